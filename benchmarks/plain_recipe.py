"""The plain recipe, to stand beside Sam: recursive splitting, one Chroma collection, a metadata filter.

The way most tutorials build it. It uses the embedder it is given, so that only the recipe differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Where
from chromadb.config import Settings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.embedding import Embedder, Vectors
from knowledge.types import Regeling

_SIZE, _OVERLAP = 1000, 200
_STEP = 5_000
_NAME = "alles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a page, cut by length."""

    id: str
    page: str
    scope: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A piece that was found."""

    id: str
    page: str
    scope: str
    similarity: float


def split_pages(pages: Sequence[Regeling]) -> list[Piece]:
    """Pages cut by length with overlap, as the recipe has it."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP)
    return [
        Piece(id=f"{page.key}#{order}", page=page.key, scope=page.scope, text=text)
        for page in pages
        for order, text in enumerate(splitter.split_text(f"{page.title}\n\n{page.body}"))
    ]


class OneCollection:
    """Every gemeente in one Chroma collection; a query filters on the gemeente."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        self._client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
        self._collection = self._client.get_or_create_collection(
            _NAME, configuration={"hnsw": {"space": "ip", "ef_search": 200}}, embedding_function=None
        )

    def add(self, pieces: Sequence[Piece], vectors: Vectors) -> None:
        """Store pieces with their vectors."""
        for start in range(0, len(pieces), _STEP):
            part = pieces[start : start + _STEP]
            self._collection.add(
                ids=[piece.id for piece in part],
                embeddings=vectors[start : start + _STEP],
                documents=[piece.text for piece in part],
                metadatas=[{"gemeente": piece.scope, "pagina": piece.page} for piece in part],
            )

    def search(self, question: str, scopes: Sequence[str], count: int = 10) -> list[Hit]:
        """The nearest pieces of these scopes, best first."""
        vector = self._embedder.embed([question], "query")[0]
        asked = cast(Where, {"gemeente": {"$in": list(scopes)}})
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=count,
            where=asked,
            include=["documents", "metadatas", "distances"],
        )
        metadatas: Sequence[Mapping[str, object]] = (found["metadatas"] or [[]])[0]
        distances = (found["distances"] or [[]])[0]
        return [
            Hit(id=key, page=str(row["pagina"]), scope=str(row["gemeente"]), similarity=1 - distance)
            for key, row, distance in zip(found["ids"][0], metadatas, distances, strict=True)
        ]

    def close(self) -> None:
        """Let go of the files."""
        SharedSystemClient.clear_system_cache()
