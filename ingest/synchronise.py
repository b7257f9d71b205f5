"""Documents into the index: what is new, changed, the same or gone, each with a reason.

Only scopes in which something changed are rebuilt; the others are taken over as they are.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.types import Action, Change, Report
from knowledge.chroma_index import ChromaIndex
from knowledge.embedding import Embedder, EmbedderWithCount, Vectors
from knowledge.errors import IndexUnavailableError
from knowledge.generations import (
    DocumentEntry,
    Manifest,
    activate,
    build_lock,
    current_generation,
    index_folder,
    new_generation_folder,
    read_manifest,
    remove_stale,
)
from knowledge.lexical import LexicalIndex
from knowledge.retrieval import embedding_text, lexical_text
from knowledge.types import Chunk, Document

Progress = Callable[[str, int, int], None]
_BATCH = 128


@dataclass(frozen=True, slots=True)
class _Plan:
    changes: tuple[Change, ...]
    documents: Mapping[str, Document]
    kept: frozenset[str]
    rebuild: frozenset[str]


def _plan(old: Manifest | None, new: Mapping[str, Document], *, origin: str, embedder: str) -> _Plan:
    entries = dict(old.documents) if old else {}
    changes: list[Change] = []
    rebuild: set[str] = set()
    for key, document in sorted(new.items()):
        entry = entries.get(key)
        if entry is None:
            changes.append(Change(document=key, action=Action.CREATED, reason="stond nog niet in de index"))
            rebuild.add(document.scope)
        elif entry.digest != document.digest:
            changes.append(Change(document=key, action=Action.UPDATED, reason="de inhoud is veranderd"))
            rebuild |= {document.scope, entry.scope}
        else:
            changes.append(Change(document=key, action=Action.UNCHANGED, reason="de inhoud is gelijk"))
    withdrawn = {k for k, e in entries.items() if e.origin == origin == "content" and k not in new}
    for key in sorted(withdrawn):
        changes.append(Change(document=key, action=Action.WITHDRAWN, reason="staat niet meer in de inhoud"))
        rebuild.add(entries[key].scope)
    if old is not None and old.embedder != embedder:
        rebuild |= set(old.collections) | {document.scope for document in new.values()}
    kept = frozenset(key for key in entries if key not in new and key not in withdrawn)
    return _Plan(tuple(changes), new, kept, frozenset(rebuild))


def synchronise(
    documents: Iterable[Document],
    *,
    data_dir: Path,
    embedder: EmbedderWithCount,
    origin: str,
    chroma_url: str = "",
    progress: Progress = lambda label, done, total: None,
) -> Report:
    """Bring the index up to date with `documents` and swap it in whole.

    With `origin` "content" the documents are all of the content: what is missing is withdrawn. With
    "ingest" they are added to what is there.

    Raises:
        IndexBusyError: another process is building.
        IndexUnavailableError: documents would be added to an index that is damaged.
        EmbeddingError: the model failed; the index is as it was.
    """
    started = time.monotonic()
    new = {document.key: document for document in documents}
    before = embedder.cache.embedded
    with build_lock(data_dir):
        old = _usable_manifest(data_dir, chroma_url, origin)
        plan = _plan(old, new, origin=origin, embedder=embedder.embedder.name)
        chunks = sum(entry.chunks for entry in old.documents.values()) if old else 0
        if old is None or plan.rebuild:
            manifest = _Builder(data_dir, chroma_url, embedder.embedder, progress).build(old, plan)
            chunks = sum(entry.chunks for entry in manifest.documents.values())
    return Report(
        changes=plan.changes,
        embedded=embedder.cache.embedded - before,
        chunks=chunks,
        seconds=time.monotonic() - started,
    )


def _usable_manifest(data_dir: Path, chroma_url: str, origin: str) -> Manifest | None:
    """The manifest in use; a damaged index counts as none, so that building the content repairs it.

    Adding documents to a damaged index would leave them alone in it, so that is refused.
    """
    try:
        manifest = read_manifest(data_dir)
        if manifest is not None:
            _check_complete(data_dir, manifest, chroma_url)
    except IndexUnavailableError:
        if origin != "content":
            raise
        return None
    return manifest


def _check_complete(data_dir: Path, manifest: Manifest, chroma_url: str) -> None:
    folder = index_folder(data_dir) / manifest.generation
    wanted = set(manifest.collections.values())
    present = {lexical.name for lexical in (folder / "lexical").glob("*")}
    if wanted and (chroma_url or (folder / "chroma").is_dir()):
        with closing(ChromaIndex(folder / "chroma", chroma_url)) as chroma:
            present &= chroma.names()
    elif wanted:
        present = set()
    if not wanted <= present:
        raise IndexUnavailableError("De index is beschadigd. Draai: sam index")


class _Builder:
    def __init__(self, data_dir: Path, chroma_url: str, embedder: Embedder, progress: Progress) -> None:
        self._data_dir = data_dir
        self._url = chroma_url
        self._embedder = embedder
        self._progress = progress

    def build(self, old: Manifest | None, plan: _Plan) -> Manifest:
        copied = old.generation if old and set(old.collections) - plan.rebuild else None
        folder = new_generation_folder(self._data_dir, copied)
        previous = current_generation(self._data_dir)
        with closing(ChromaIndex(folder / "chroma", self._url)) as chroma:
            collections = {s: c for s, c in (old.collections.items() if old else ()) if s not in plan.rebuild}
            entries = {key: old.documents[key] for key in plan.kept} if old else {}
            kept_chunks = self._kept_chunks(old, plan)
            for scope in sorted(plan.rebuild):
                chunks = [chunk for chunk in kept_chunks if chunk.scope == scope]
                for key, document in sorted(plan.documents.items()):
                    if document.scope == scope:
                        chunks.extend(document.chunks)
                        entries[key] = _entry(document)
                if chunks:
                    collections[scope] = self._write_scope(chroma, folder, scope, chunks)
            for key, document in plan.documents.items():
                entries.setdefault(key, _entry(document))
            manifest = Manifest(
                generation=folder.name,
                embedder=self._embedder.name,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                documents=entries,
                collections=collections,
            )
            if copied:
                _remove_unused(chroma, folder, set(collections.values()))
        activate(self._data_dir, folder, manifest)
        self._tidy(old, manifest, {folder.name, previous or ""})
        return manifest

    def _kept_chunks(self, old: Manifest | None, plan: _Plan) -> list[Chunk]:
        """Chunks of documents that stay in scopes that are rebuilt."""
        if old is None or not plan.kept:
            return []
        folder = index_folder(self._data_dir) / old.generation / "chroma"
        with closing(ChromaIndex(folder, self._url)) as chroma:
            return [
                chunk
                for scope, collection in old.collections.items()
                if scope in plan.rebuild
                for chunk in chroma.read(collection)
                if chunk.document in plan.kept
            ]

    def _write_scope(self, chroma: ChromaIndex, folder: Path, scope: str, chunks: list[Chunk]) -> str:
        chunks.sort(key=lambda chunk: (chunk.document, chunk.order))
        digest = hashlib.sha256(self._embedder.name.encode())
        for chunk in chunks:
            digest.update(repr(chunk).encode())
        name = f"{scope}-{digest.hexdigest()[:12]}"
        chroma.write(name, chunks, self._embed(scope, [embedding_text(chunk) for chunk in chunks]))
        LexicalIndex.build([lexical_text(chunk) for chunk in chunks]).save(folder / "lexical" / name)
        return name

    def _embed(self, scope: str, texts: list[str]) -> Vectors:
        parts = []
        for start in range(0, len(texts), _BATCH):
            self._progress(scope, start, len(texts))
            parts.append(self._embedder.embed(texts[start : start + _BATCH], "passage"))
        self._progress(scope, len(texts), len(texts))
        return np.concatenate(parts)

    def _tidy(self, old: Manifest | None, manifest: Manifest, keep: set[str]) -> None:
        remove_stale(self._data_dir, keep)
        if self._url and old is not None:
            with closing(ChromaIndex(Path(), self._url)) as chroma:
                for collection in set(old.collections.values()) - set(manifest.collections.values()):
                    chroma.delete(collection)


def _entry(document: Document) -> DocumentEntry:
    return DocumentEntry(
        scope=document.scope,
        title=document.title,
        origin=document.origin,
        digest=document.digest,
        chunks=len(document.chunks),
    )


def _remove_unused(chroma: ChromaIndex, folder: Path, used: set[str]) -> None:
    for name in chroma.names() - used:
        chroma.delete(name)
    for lexical in (folder / "lexical").iterdir():
        if lexical.name not in used:
            for file in sorted(lexical.rglob("*"), reverse=True):
                file.unlink() if file.is_file() else file.rmdir()
            lexical.rmdir()
