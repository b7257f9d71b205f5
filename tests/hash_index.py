"""Indexes without a model, quick enough to build in a test."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.synchronise import synchronise
from knowledge.embedding import CachingEmbedder, EmbedderWithCount, HashEmbedder
from knowledge.retrieval import LiveIndex, Retriever
from knowledge.types import Document
from knowledge.vector_cache import VectorCache


@dataclass(frozen=True)
class BuiltIndex:
    """A data folder with an index, and what it was made with."""

    data_dir: Path
    embedder: EmbedderWithCount

    @property
    def retriever(self) -> Retriever:
        """A retriever on this index."""
        return Retriever(LiveIndex(self.data_dir, self.embedder.embedder.name), self.embedder.embedder)


@dataclass(frozen=True)
class IndexBuilder:
    """Builds or updates an index with the hash embedder."""

    data_dir: Path
    dimension: int = 256
    embedder: EmbedderWithCount = field(init=False)

    def __post_init__(self) -> None:
        base = HashEmbedder(self.dimension)
        cache = CachingEmbedder(base, VectorCache(None, self.data_dir / "vectors" / f"{base.name}.sqlite"))
        object.__setattr__(self, "embedder", EmbedderWithCount(embedder=cache, cache=cache))

    def build(self, documents: Iterable[Document], origin: str = "content") -> BuiltIndex:
        """Synchronise `documents` into the index."""
        synchronise(documents, data_dir=self.data_dir, embedder=self.embedder, origin=origin)
        return BuiltIndex(self.data_dir, self.embedder)
