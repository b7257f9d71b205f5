"""What the measurements share: the assistant, its index in memory, the questions, and vectors that are known."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant.composition import Assistant
from assistant.settings import Settings
from evals.development import Case, load_cases
from knowledge.chroma_index import ChromaIndex
from knowledge.embedding import (
    CachingEmbedder,
    Embedder,
    EmbedderWithCount,
    Kind,
    SentenceTransformerEmbedder,
    Vectors,
    build_embedder,
)
from knowledge.generations import Generation, ScopeIndex, current_generation, read_manifest
from knowledge.lexical import LexicalIndex, Scores
from knowledge.retrieval import LiveIndex, RetrievalResult, embedding_text, lexical_text
from knowledge.settings import BUNDLED_EMBEDDER
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Chunk
from knowledge.vector_cache import VectorCache

FOLDER = Path(__file__).parent
CACHE = FOLDER.parent / "build" / "benchmarks"
"""Vectors made by earlier runs; never a figure."""


class KnownEmbedder:
    """An embedder that looks vectors up, so that embedding costs nothing while something else is timed."""

    def __init__(self, name: str, queries: Mapping[str, Vectors], passages: Mapping[str, Vectors]) -> None:
        self._name = name
        self._by_kind: dict[str, Mapping[str, Vectors]] = {"query": queries, "passage": passages}

    @property
    def name(self) -> str:
        """Name of the vector space."""
        return self._name

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """The known vectors of `texts`."""
        known = self._by_kind[kind]
        return np.stack([known[text] for text in texts])

    @property
    def queries(self) -> Mapping[str, Vectors]:
        """The questions it knows."""
        return self._by_kind["query"]

    def counted(self) -> EmbedderWithCount:
        """This embedder as `synchronise` wants it; nothing is ever embedded."""
        nothing = CachingEmbedder(self, VectorCache(None, CACHE / "none.sqlite"))
        return EmbedderWithCount(embedder=self, cache=nothing)


def known_queries(embedder: Embedder, questions: Sequence[str]) -> KnownEmbedder:
    """An embedder that knows the vectors of `questions` and nothing else."""
    texts = list(dict.fromkeys(questions))
    rows = embedder.embed(texts, "query")
    return KnownEmbedder(embedder.name, dict(zip(texts, rows, strict=True)), {})


class RememberingLexical(LexicalIndex):
    """A lexical index that scores a question once, for runs that only change the ranking."""

    _known: dict[str, Scores]

    def scores(self, question: str) -> Scores:
        """BM25 score of every text."""
        if not hasattr(self, "_known"):
            self._known = {}
        if question not in self._known:
            self._known[question] = super().scores(question)
        return self._known[question]


class _MemoryChroma(ChromaIndex):
    """Exact search over vectors in memory, in place of Chroma."""

    def __init__(self, scopes: Mapping[str, tuple[list[str], Vectors]]) -> None:
        self._scopes = scopes

    def query(self, name: str, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """The `count` nearest chunk ids with their cosine similarity, best first."""
        ids, rows = self._scopes[name]
        similarities = rows @ vector
        return [(ids[int(i)], float(similarities[i])) for i in np.argsort(-similarities, kind="stable")[:count]]


class _MemoryGeneration(Generation):
    def __init__(self, scopes: Mapping[str, ScopeIndex], chroma: ChromaIndex) -> None:
        self.chroma = chroma
        self._scopes = dict(scopes)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes this generation knows."""
        return tuple(self._scopes)

    def scope(self, name: str) -> ScopeIndex:
        """The index of one scope."""
        return self._scopes[name]


class MemoryIndex(LiveIndex):
    """The index without disk or Chroma, so that one part of it can be swapped and the ranking stays the real one."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        vectors: Vectors,
        lexical: type[LexicalIndex] | None = None,
        *,
        stems_only: bool = False,
    ) -> None:
        scopes: dict[str, ScopeIndex] = {}
        rows: dict[str, tuple[list[str], Vectors]] = {}
        for name in dict.fromkeys(chunk.scope for chunk in chunks):
            here = [i for i, chunk in enumerate(chunks) if chunk.scope == name]
            own = tuple(chunks[i] for i in here)
            index = (lexical or LexicalIndex).build([lexical_text(chunk) for chunk in own])
            scopes[name] = ScopeIndex(chunks=own, lexical=_only_stems(index) if stems_only else index, collection=name)
            rows[name] = ([chunk.id for chunk in own], vectors[here])
        self._memory = _MemoryGeneration(scopes, _MemoryChroma(rows))

    def generation(self) -> Generation:
        """The index in memory."""
        return self._memory


def _only_stems(index: LexicalIndex) -> LexicalIndex:
    return LexicalIndex({name: field for name, field in index._fields.items() if name == "stems"})


@dataclass
class Workbench:
    """The assistant on the index of `SAM_DATA_DIR`, and what measurements read from it."""

    assistant: Assistant

    @classmethod
    def open(cls) -> "Workbench":
        """Use the index there is; build it when there is none."""
        settings = Settings()
        if current_generation(settings.data_dir) is None:
            subprocess.run([sys.executable, "-m", "sam", "index"], check=True, cwd=FOLDER.parent)
        return cls(Assistant(settings))

    @cached_property
    def cases(self) -> list[Case]:
        """The development questions, both halves."""
        return load_cases()

    @cached_property
    def generation(self) -> Generation:
        """The open index."""
        manifest = read_manifest(self.assistant.settings.data_dir)
        assert manifest is not None
        return Generation(self.assistant.settings.data_dir, manifest)

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """All chunks of the bundled content."""
        scopes = self.generation.scopes
        return tuple(c for scope in scopes for c in self.generation.scope(scope).chunks if c.origin == "content")

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of `chunks` in the index."""
        known = {k: v for name in self.generation.manifest.collections.values() for k, v in self._rows(name)}
        return np.asarray([known[chunk.id] for chunk in self.chunks], dtype=np.float32)

    def _rows(self, collection: str) -> list[tuple[str, Vectors]]:
        return list(self.generation.chroma.vectors(collection).items())

    @cached_property
    def embedder(self) -> Embedder:
        """Sam's embedder; vectors of passages are kept between runs."""
        return build_embedder(self.assistant.settings.model_copy(update={"data_dir": CACHE})).embedder

    @cached_property
    def plain_embedder(self) -> Embedder:
        """The same model without the gloss, on the Dutch text itself."""
        model = SentenceTransformerEmbedder(BUNDLED_EMBEDDER)
        return CachingEmbedder(model, VectorCache(None, CACHE / "plain.sqlite"))

    @cached_property
    def plain_vectors(self) -> Vectors:
        """Vectors of the Dutch text of `chunks`, without the gloss."""
        return self.plain_embedder.embed([embedding_text(chunk) for chunk in self.chunks], "passage")

    def gold_pages(self, case: Case) -> set[str]:
        """The right pages: those the case names, else all of its topics in its scopes."""
        allowed = {case.expected_gemeente, REGION_SCOPE, NATIONAL_SCOPE}
        by_topic = {c.document for c in self.chunks if c.topic in case.topics and c.scope in allowed}
        return set(case.pages) or by_topic


def documents_found(result: RetrievalResult) -> list[str]:
    """Documents of a search in order of their best passage."""
    return list(dict.fromkeys(passage.chunk.document for passage in (*result.passages, *result.rejected)))
