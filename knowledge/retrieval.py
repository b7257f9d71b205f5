"""From a question to passages: lexical and dense search in the scopes asked, fused and ranked.

A search sees only the scopes it is given, so another gemeente's page cannot appear.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from knowledge.embedding import Embedder
from knowledge.errors import IndexUnavailableError
from knowledge.generations import Generation, current_generation, read_manifest
from knowledge.ranking import RankingWeights, reciprocal_rank_fusion, scope_distance, validity_weight
from knowledge.types import PLAN_TOPIC, Chunk, Passage

_CANDIDATES = 40
_WORTH_TELLING = 0.05
_LIKELY_TOPIC = 0.1


def embedding_text(chunk: Chunk) -> str:
    """What is embedded of a chunk: its title, heading and text."""
    return f"{chunk.title}. {chunk.heading} {chunk.text}"


def lexical_text(chunk: Chunk) -> str:
    """What the word index sees of a chunk; the title counts twice."""
    return f"{chunk.title} {chunk.title} {chunk.heading} {chunk.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalResult:
    """Passages best first, what fell outside the count, and the time each part took (milliseconds)."""

    passages: tuple[Passage, ...]
    rejected: tuple[Passage, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)


class LiveIndex:
    """The generation in use; follows when a new one is swapped in. Safe for threads."""

    def __init__(self, data_dir: Path, embedder_name: str, chroma_url: str = "") -> None:
        self._data_dir = data_dir
        self._embedder_name = embedder_name
        self._chroma_url = chroma_url
        self._lock = threading.Lock()
        self._generation: Generation | None = None

    def generation(self) -> Generation:
        """The open generation.

        Raises:
            IndexUnavailableError: nothing was built yet, or it was built with another embedder.
        """
        name = current_generation(self._data_dir)
        with self._lock:
            if self._generation is None or self._generation.manifest.generation != name:
                self._generation = self._open()
            return self._generation

    def _open(self) -> Generation:
        manifest = read_manifest(self._data_dir)
        if manifest is None:
            raise IndexUnavailableError("Er is nog geen index. Draai: sam index")
        if manifest.embedder != self._embedder_name:
            raise IndexUnavailableError(
                f"De index is gemaakt met '{manifest.embedder}', "
                f"maar nu is '{self._embedder_name}' ingesteld. Draai: sam index"
            )
        return Generation(self._data_dir, manifest, self._chroma_url)


class Retriever:
    """Finds passages in a live index."""

    def __init__(self, index: LiveIndex, embedder: Embedder, weights: RankingWeights | None = None) -> None:
        self._index = index
        self._embedder = embedder
        self._weights = weights or RankingWeights()

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes the index knows."""
        return self._index.generation().scopes

    @property
    def generation_name(self) -> str:
        """Name of the generation in use."""
        return self._index.generation().manifest.generation

    def holds_ingested(self) -> bool:
        """Whether the index holds documents beside the bundled content."""
        return any(entry.origin == "ingest" for entry in self._index.generation().manifest.documents.values())

    def topics_of(self, scope: str) -> frozenset[str]:
        """The topics on which a scope has documents; empty for a scope the index does not know."""
        generation = self._index.generation()
        if scope not in generation.scopes:
            return frozenset()
        return generation.scope(scope).topics

    def document(self, scope: str, key: str) -> tuple[Chunk, ...]:
        """All chunks of one document in order; empty when the scope does not hold it."""
        generation = self._index.generation()
        if scope not in generation.scopes:
            return ()
        return generation.scope(scope).by_document.get(key, ())

    def search(
        self,
        question: str,
        scopes: Sequence[str],
        *,
        count: int = 10,
        topics: Mapping[str, float] | None = None,
        resident_of: str | None = None,
    ) -> RetrievalResult:
        """Passages for `question` in `scopes` that the index knows.

        `topics` holds the probability that the question is about a topic; without it only the
        words and meaning count. With `resident_of` (a gemeente, or "" for an unknown one) pages that
        are only for residents of other gemeenten are left out, and what is nearer to the resident goes first.

        Raises:
            IndexUnavailableError: there is no index to search.
            EmbeddingError: the embedding model failed.
        """
        clock = [time.perf_counter()]
        generation = self._index.generation()
        known = [scope for scope in dict.fromkeys(scopes) if scope in generation.scopes]
        vector = self._embedder.embed([question], "query")[0]
        clock.append(time.perf_counter())
        chunks: dict[str, Chunk] = {}
        lexical: list[tuple[str, float]] = []
        dense: list[tuple[str, float]] = []
        for scope in known:
            part = generation.scope(scope)
            scores = part.lexical.scores(question)
            for position in np.argsort(-scores)[:_CANDIDATES]:
                if scores[position] > 0:
                    chunk = part.chunks[int(position)]
                    chunks[chunk.id] = chunk
                    lexical.append((chunk.id, float(scores[position])))
            for identifier, similarity in generation.chroma.query(part.collection, vector, _CANDIDATES):
                chunks[identifier] = part.by_id[identifier]
                dense.append((identifier, similarity))
            likely = {topic for topic, probability in (topics or {}).items() if probability >= _LIKELY_TOPIC}
            chunks.update((chunk.id, chunk) for chunk in part.chunks if chunk.topic in likely)
        clock.append(time.perf_counter())
        if resident_of is not None:
            chunks = {key: c for key, c in chunks.items() if not c.only_for or resident_of in c.only_for}
        ranked = self._rank(chunks, lexical, dense, topics or {}, near=resident_of is not None)
        clock.append(time.perf_counter())
        steps = zip(("embed", "search", "rank"), clock, clock[1:], strict=False)
        return RetrievalResult(
            passages=tuple(ranked[:count]),
            rejected=tuple(ranked[count:]),
            timings={name: (end - start) * 1000 for name, start, end in steps},
        )

    def _rank(
        self,
        chunks: Mapping[str, Chunk],
        lexical: list[tuple[str, float]],
        dense: list[tuple[str, float]],
        topics: Mapping[str, float],
        near: bool,
    ) -> list[Passage]:
        weights = self._weights
        lexical = [pair for pair in lexical if pair[0] in chunks]
        by_words = [identifier for identifier, _ in sorted(lexical, key=_best_first)][:_CANDIDATES]
        by_meaning = [key for key, _ in sorted(dense, key=_best_first) if key in chunks][:_CANDIDATES]
        fused = reciprocal_rank_fusion(
            [(by_words, weights.lexical), (by_meaning, weights.dense)], weights.rank_constant
        )
        word_rank = {identifier: rank for rank, identifier in enumerate(by_words, start=1)}
        meaning_rank = {identifier: rank for rank, identifier in enumerate(by_meaning, start=1)}
        likeliest = max(topics.values(), default=0.0)
        certain = likeliest >= weights.certain_topic
        topical = likeliest > 0 and any(chunk.topic for chunk in chunks.values())
        word_weight = weights.strength if topical else weights.strength_alone
        strengths = dict(lexical)
        strongest = max(strengths.values(), default=1.0)
        passages = []
        for identifier, chunk in chunks.items():
            score = fused.get(identifier, 0.0)
            prior = topics.get(chunk.topic, 0.0) if chunk.topic else weights.without_topic * likeliest
            factor, why = validity_weight(chunk, weights)
            strength = strengths.get(identifier, 0.0) / strongest
            total = score + word_weight * strength + weights.topic * prior
            reasons = _reasons(word_rank.get(identifier), meaning_rank.get(identifier), prior)
            total *= factor
            if certain and prior < weights.off_topic_below:
                total *= weights.off_topic
            if chunk.topic == PLAN_TOPIC and prior < _LIKELY_TOPIC and topics:
                total *= weights.plan
            if near:
                total -= scope_distance(chunk, weights)
            passages.append(Passage(chunk=chunk, score=total, why=(*reasons, *why)))
        return sorted(passages, key=lambda passage: (-passage.score, passage.chunk.id))


def _best_first(pair: tuple[str, float]) -> tuple[float, str]:
    return -pair[1], pair[0]


def _reasons(word_rank: int | None, meaning_rank: int | None, prior: float) -> tuple[str, ...]:
    reasons = [f"{label} {rank}" for label, rank in (("woorden", word_rank), ("betekenis", meaning_rank)) if rank]
    if prior >= _WORTH_TELLING:
        reasons.append(f"onderwerp {prior:.2f}")
    return tuple(reasons)
