"""The Chroma store: one collection per scope, so a search never sees another gemeente.

The only module that knows chromadb. Collections are named `<scope>-<digest>`; the manifest says which
ones belong to the current index.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from knowledge.embedding import Vectors
from knowledge.errors import IndexUnavailableError
from knowledge.types import Chunk, Source

_UNAVAILABLE = "De index is niet te lezen. Draai: sam index"


def _to_metadata(chunk: Chunk) -> dict[str, Any]:
    metadata = {
        "document": chunk.document,
        "order": chunk.order,
        "scope": chunk.scope,
        "topic": chunk.topic,
        "title": chunk.title,
        "heading": chunk.heading,
        "url": chunk.source.url,
        "source_title": chunk.source.title,
        "peildatum": chunk.source.peildatum,
        "certainty": chunk.source.certainty,
        "origin": chunk.origin,
        "page": chunk.page,
        "stopped": chunk.stopped,
        "doubtful": chunk.doubtful,
        "amounts_from": chunk.amounts_from,
        "norm_copies": " ".join(f"{norm}:{cents}" for norm, cents in chunk.norm_copies) or None,
        "only_for": " ".join(chunk.only_for) or None,
        "valid_until": chunk.valid_until,
        "executor": chunk.executor,
    }
    return {key: value for key, value in metadata.items() if value is not None}


def _norm_copy(pair: str) -> tuple[str, int]:
    norm, _, cents = pair.partition(":")
    return norm, int(cents)


def _to_chunk(identifier: str, text: str, metadata: Any) -> Chunk:
    return Chunk(
        id=identifier,
        document=metadata["document"],
        order=metadata["order"],
        scope=metadata["scope"],
        topic=metadata.get("topic"),
        title=metadata["title"],
        heading=metadata["heading"],
        text=text,
        source=Source(
            url=metadata["url"],
            title=metadata["source_title"],
            peildatum=metadata["peildatum"],
            certainty=metadata["certainty"],
        ),
        origin=metadata["origin"],
        page=metadata.get("page"),
        stopped=metadata["stopped"],
        doubtful=metadata["doubtful"],
        amounts_from=metadata.get("amounts_from"),
        norm_copies=tuple(_norm_copy(pair) for pair in metadata.get("norm_copies", "").split()),
        only_for=tuple(metadata.get("only_for", "").split()),
        valid_until=metadata.get("valid_until"),
        executor=metadata.get("executor"),
    )


class ChromaIndex:
    """Vectors and texts of all scopes, embedded in a folder or on a Chroma server."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self._client = self._connect(folder, url)
        self._collections: dict[str, Collection] = {}

    @staticmethod
    def _connect(folder: Path, url: str) -> ClientAPI:
        quiet = Settings(anonymized_telemetry=False)
        try:
            if url:
                parts = urlsplit(url)
                host, secure = parts.hostname or "localhost", parts.scheme == "https"
                return chromadb.HttpClient(
                    host=host, port=parts.port or (443 if secure else 8000), ssl=secure, settings=quiet
                )
            folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(path=str(folder), settings=quiet)
        except (ChromaError, ValueError, OSError) as error:
            where = f"De Chroma-server op {url} is niet bereikbaar. Klopt SAM_CHROMA_URL?" if url else _UNAVAILABLE
            raise IndexUnavailableError(where) from error

    def close(self) -> None:
        """Let go of the files, so that the folder may be moved or removed."""
        self._collections.clear()
        close = getattr(self._client, "close", None)
        if close is not None:
            close()
        SharedSystemClient.clear_system_cache()

    def names(self) -> set[str]:
        """Names of all collections.

        Raises:
            IndexUnavailableError: the store is damaged.
        """
        try:
            return {collection.name for collection in self._client.list_collections()}
        except (ChromaError, ValueError) as error:
            raise IndexUnavailableError(_UNAVAILABLE) from error

    def write(self, name: str, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Create collection `name` with these chunks; rows of `vectors` belong to `chunks` in order."""
        if name in self.names():
            self._client.delete_collection(name)
        collection = self._client.create_collection(
            name, configuration={"hnsw": {"space": "ip", "ef_search": 200}}, embedding_function=None
        )
        step = self._client.get_max_batch_size()
        for start in range(0, len(chunks), step):
            part = chunks[start : start + step]
            collection.add(
                ids=[chunk.id for chunk in part],
                embeddings=vectors[start : start + step],
                documents=[chunk.text for chunk in part],
                metadatas=[_to_metadata(chunk) for chunk in part],
            )

    def delete(self, name: str) -> None:
        """Remove a collection; nothing happens when it is not there."""
        self._collections.pop(name, None)
        if name in self.names():
            self._client.delete_collection(name)

    def read(self, name: str) -> tuple[Chunk, ...]:
        """All chunks of a collection, by document and order.

        Raises:
            IndexUnavailableError: the collection is not there.
        """
        stored = self._collection(name).get(include=["documents", "metadatas"])
        texts, metadatas = stored["documents"] or [], stored["metadatas"] or []
        chunks = [_to_chunk(*row) for row in zip(stored["ids"], texts, metadatas, strict=True)]
        return tuple(sorted(chunks, key=lambda chunk: (chunk.document, chunk.order)))

    def vectors(self, name: str) -> dict[str, Any]:
        """Vectors of a collection by chunk id."""
        stored = self._collection(name).get(include=["embeddings"])
        embeddings = stored["embeddings"]
        return dict(zip(stored["ids"], embeddings if embeddings is not None else [], strict=True))

    def query(self, name: str, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """The `count` nearest chunk ids with their cosine similarity, best first.

        Raises:
            IndexUnavailableError: the collection is not there.
        """
        collection = self._collection(name)
        try:
            found = collection.query(query_embeddings=vector[np.newaxis, :], n_results=count, include=["distances"])
        except ChromaError as error:
            self._collections.pop(name, None)
            raise IndexUnavailableError(_UNAVAILABLE) from error
        distances = found["distances"] or [[]]
        return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _collection(self, name: str) -> Collection:
        if name not in self._collections:
            try:
                self._collections[name] = self._client.get_collection(name, embedding_function=None)
            except (ChromaError, ValueError) as error:
                raise IndexUnavailableError(_UNAVAILABLE) from error
        return self._collections[name]
