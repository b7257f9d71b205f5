"""How passages are ordered: pure functions over ids and numbers.

Fusion is reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): a list adds
weight / (k + rank) to every id it holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingWeights:
    """Every constant of the ranking; tuned on the development half of the questions only."""

    rank_constant: int = 20
    lexical: float = 1.0
    dense: float = 1.0
    topic: float = 3.0
    region: float = 0.9
    national: float = 0.85
    stopped: float = 0.7
    uncertain: float = 0.95
    thin: float = 0.85


def reciprocal_rank_fusion(
    rankings: Sequence[tuple[Sequence[str], float]], rank_constant: int
) -> dict[str, float]:
    """Fused score of every id in `rankings`, each a (ids best first, weight) pair.

    Scaled so that an id that leads every list scores 1.
    """
    fused: dict[str, float] = {}
    best = sum(weight for _, weight in rankings) / (rank_constant + 1)
    for ids, weight in rankings:
        for rank, identifier in enumerate(ids, start=1):
            fused[identifier] = fused.get(identifier, 0.0) + weight / (rank_constant + rank)
    return {identifier: score / best for identifier, score in fused.items()} if best else fused


def scope_weight(scope: str, weights: RankingWeights) -> float:
    """The own gemeente first, then the region, then the country."""
    return {REGION_SCOPE: weights.region, NATIONAL_SCOPE: weights.national}.get(scope, 1.0)


def quality_weight(chunk: Chunk, weights: RankingWeights) -> tuple[float, tuple[str, ...]]:
    """Factor for certainty and validity of a chunk, with the reasons (Dutch)."""
    factor, why = 1.0, []
    if chunk.stopped:
        factor *= weights.stopped
        why.append("gestopt")
    if chunk.source.certainty == "laag":
        factor *= weights.uncertain
        why.append("bron minder zeker")
    return factor, tuple(why)


def best_per_document(scores: Iterable[tuple[Chunk, float]]) -> Mapping[str, tuple[Chunk, float]]:
    """The best chunk of every document with its score."""
    best: dict[str, tuple[Chunk, float]] = {}
    for chunk, score in scores:
        if chunk.document not in best or score > best[chunk.document][1]:
            best[chunk.document] = (chunk, score)
    return best
