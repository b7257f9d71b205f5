"""Generations of the index on disk: built beside the one in use, then swapped in whole.

    <data_dir>/index/CURRENT             name of the generation in use
    <data_dir>/index/<generation>/       manifest.json, chroma/, lexical/<collection>/

A generation is complete before CURRENT names it, and CURRENT is replaced in one rename: whatever
moment a build dies, the old generation stays in use. What it left behind goes at the next build.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.chroma_index import ChromaIndex
from knowledge.errors import IndexBusyError, IndexUnavailableError
from knowledge.lexical import LexicalIndex
from knowledge.types import Chunk

FORMAT = 1
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_GRACE_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """What the manifest remembers of a document."""

    scope: str
    title: str
    origin: str
    digest: str
    chunks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds: documents by key, and the collection of each scope."""

    generation: str
    embedder: str
    created: str
    documents: Mapping[str, DocumentEntry]
    collections: Mapping[str, str]

    def to_json(self) -> str:
        """The manifest as it is written to disk."""
        documents = {key: asdict(entry) for key, entry in sorted(self.documents.items())}
        payload = {
            "format": FORMAT,
            "generation": self.generation,
            "embedder": self.embedder,
            "created": self.created,
            "collections": dict(sorted(self.collections.items())),
            "documents": documents,
        }
        return json.dumps(payload, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote.

        Raises:
            IndexUnavailableError: it is not a manifest of this format.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise IndexUnavailableError("De index is van een andere versie van Sam. Draai: sam index")
            return cls(
                generation=data["generation"],
                embedder=data["embedder"],
                created=data["created"],
                documents={key: DocumentEntry(**entry) for key, entry in data["documents"].items()},
                collections=data["collections"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise IndexUnavailableError("De index is beschadigd. Draai: sam index") from error


def index_folder(data_dir: Path) -> Path:
    """Where the generations of a data folder live."""
    return data_dir / "index"


def current_generation(data_dir: Path) -> str | None:
    """Name of the generation in use, or None when nothing was built yet."""
    try:
        return (index_folder(data_dir) / _CURRENT).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def read_manifest(data_dir: Path) -> Manifest | None:
    """Manifest of the generation in use, or None when nothing was built yet.

    Raises:
        IndexUnavailableError: the index is damaged.
    """
    generation = current_generation(data_dir)
    if generation is None:
        return None
    try:
        text = (index_folder(data_dir) / generation / _MANIFEST).read_text(encoding="utf-8")
    except OSError as error:
        raise IndexUnavailableError("De index is beschadigd. Draai: sam index") from error
    return Manifest.from_json(text)


@dataclass(frozen=True)
class ScopeIndex:
    """One scope of a generation: chunks, their lexical index, and the name of their collection."""

    chunks: tuple[Chunk, ...]
    lexical: LexicalIndex
    collection: str

    @cached_property
    def by_id(self) -> Mapping[str, Chunk]:
        """The chunks by their id."""
        return {chunk.id: chunk for chunk in self.chunks}

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Chunk, ...]]:
        """The chunks of every document, in order."""
        return {key: tuple(group) for key, group in groupby(self.chunks, key=lambda chunk: chunk.document)}

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics it has documents on."""
        return frozenset(chunk.topic for chunk in self.chunks if chunk.topic)


class Generation:
    """An open generation, read scope by scope when first asked."""

    def __init__(self, data_dir: Path, manifest: Manifest, chroma_url: str = "") -> None:
        self.manifest = manifest
        self._folder = index_folder(data_dir) / manifest.generation
        self.chroma = ChromaIndex(self._folder / "chroma", chroma_url)
        self._scopes: dict[str, ScopeIndex] = {}

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes this generation knows."""
        return tuple(self.manifest.collections)

    def scope(self, name: str) -> ScopeIndex:
        """The index of one scope.

        Raises:
            IndexUnavailableError: the scope is not in this generation, or its files are broken.
        """
        if name not in self._scopes:
            collection = self.manifest.collections.get(name)
            if collection is None:
                raise IndexUnavailableError(f"De index kent '{name}' niet.")
            self._scopes[name] = ScopeIndex(
                chunks=self.chroma.read(collection),
                lexical=LexicalIndex.load(self._folder / "lexical" / collection),
                collection=collection,
            )
        return self._scopes[name]

    def close(self) -> None:
        """Let go of the files."""
        self._scopes.clear()
        self.chroma.close()


@contextmanager
def build_lock(data_dir: Path) -> Iterator[None]:
    """Only one process builds at a time.

    Raises:
        IndexBusyError: another one is building.
    """
    folder = index_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError("Er wordt al aan de index gewerkt. Wacht even en probeer het opnieuw.") from error
    try:
        yield
    finally:
        lock.release()


def new_generation_folder(data_dir: Path, copy_of: str | None) -> Path:
    """A folder for a new generation, with the unchanged parts of `copy_of` in it when that is given."""
    name = f"g{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:6]}"
    folder = index_folder(data_dir) / name
    if copy_of is None:
        folder.mkdir(parents=True)
    else:
        shutil.copytree(index_folder(data_dir) / copy_of, folder, ignore=shutil.ignore_patterns(_MANIFEST))
    return folder


def activate(data_dir: Path, folder: Path, manifest: Manifest) -> None:
    """Write the manifest and make this generation the one in use, in one rename."""
    _write_durably(folder / _MANIFEST, manifest.to_json())
    temporary = index_folder(data_dir) / f"{_CURRENT}.{uuid.uuid4().hex[:6]}"
    _write_durably(temporary, manifest.generation)
    temporary.replace(index_folder(data_dir) / _CURRENT)


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def remove_stale(data_dir: Path, keep: set[str]) -> None:
    """Remove generations that are neither in `keep` nor so recent that a server may still read them."""
    folder = index_folder(data_dir)
    for candidate in folder.glob("g*"):
        finished = (candidate / _MANIFEST).exists()
        recent = finished and time.time() - candidate.stat().st_mtime < _GRACE_SECONDS
        if candidate.name not in keep and not recent:
            shutil.rmtree(candidate, ignore_errors=True)
    for leftover in folder.glob(f"{_CURRENT}.*"):
        leftover.unlink(missing_ok=True)
