"""How passages are ordered: pure functions over ids and numbers.

Fusion is reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): a list adds
weight / (k + rank) to every id it holds. Ranks forget by how much a passage leads, so the share of the best
lexical score is added: a question that names a regeling finds it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingWeights:
    """Every constant of the ranking; tuned on the development half of the questions only.

    `strength_alone` counts where no topic is known, so words must carry more. `without_topic` is the share of
    the best topic's probability for a document without a topic of its own.
    """

    rank_constant: int = 20
    lexical: float = 1.0
    dense: float = 1.25
    strength: float = 1.0
    strength_alone: float = 3.0
    without_topic: float = 0.25
    topic: float = 1.5
    some_gemeenten: float = 0.6
    region: float = 1.0
    national: float = 1.3
    stopped: float = 0.9
    certain_topic: float = 0.6
    plan: float = 0.5
    off_topic_below: float = 0.02
    off_topic: float = 0.7


def reciprocal_rank_fusion(rankings: Sequence[tuple[Sequence[str], float]], rank_constant: int) -> dict[str, float]:
    """Fused score of every id in `rankings`, each a (ids best first, weight) pair.

    Scaled so that an id that leads every list scores 1.
    """
    fused: dict[str, float] = {}
    best = sum(weight for _, weight in rankings) / (rank_constant + 1)
    for ids, weight in rankings:
        for rank, identifier in enumerate(ids, start=1):
            fused[identifier] = fused.get(identifier, 0.0) + weight / (rank_constant + rank)
    return {identifier: score / best for identifier, score in fused.items()} if best else fused


def scope_distance(chunk: Chunk, weights: RankingWeights) -> float:
    """What a passage must make up for: nothing for the own gemeente, then some gemeenten, the region, the country.

    Taken off the score, not multiplied with it: a national page that is clearly the answer still leads.
    """
    if chunk.only_for:
        return weights.some_gemeenten
    return {REGION_SCOPE: weights.region, NATIONAL_SCOPE: weights.national}.get(chunk.scope, 0.0)


def validity_weight(chunk: Chunk, weights: RankingWeights) -> tuple[float, tuple[str, ...]]:
    """Factor for a regeling that has stopped, with the reason (Dutch); it stays findable."""
    return (weights.stopped, ("gestopt",)) if chunk.stopped else (1.0, ())


def best_per_document(scores: Iterable[tuple[Chunk, float]]) -> Mapping[str, tuple[Chunk, float]]:
    """The best chunk of every document with its score."""
    best: dict[str, tuple[Chunk, float]] = {}
    for chunk, score in scores:
        if chunk.document not in best or score > best[chunk.document][1]:
            best[chunk.document] = (chunk, score)
    return best
