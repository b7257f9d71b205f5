"""Generations on disk: swapped in whole, cleaned up late, built by one process at a time."""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.synchronise import synchronise
from knowledge.embedding import CachingEmbedder, EmbedderWithCount, HashEmbedder, Kind, Vectors
from knowledge.errors import EmbeddingError, IndexBusyError, IndexUnavailableError
from knowledge.generations import (
    DocumentEntry,
    Generation,
    Manifest,
    activate,
    build_lock,
    current_generation,
    index_folder,
    new_generation_folder,
    read_manifest,
    remove_stale,
)
from knowledge.retrieval import LiveIndex
from knowledge.vector_cache import VectorCache
from tests.hash_index import IndexBuilder
from tests.knowledge.builders import document

ENTRY = DocumentEntry(scope="enschede", title="Geld", origin="content", digest="abc", chunks=3)


def _manifest(name: str, **changes: Any) -> Manifest:
    values: dict[str, Any] = {
        "generation": name,
        "embedder": "hash-256",
        "created": "2026-07-01T00:00:00+00:00",
        "documents": {"enschede/geld": ENTRY},
        "collections": {"enschede": "enschede-1"},
    }
    return Manifest(**{**values, **changes})


def _make(data_dir: Path) -> Path:
    folder = new_generation_folder(data_dir, None)
    activate(data_dir, folder, _manifest(folder.name))
    return folder


# The manifest


def test_a_manifest_reads_back() -> None:
    manifest = _manifest("g1")
    assert Manifest.from_json(manifest.to_json()) == manifest


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"format": 1}', '{"format": 1, "generation": "g", "documents": {"a": {"b": 1}}}'],
)
def test_what_is_no_manifest_is_damage(text: str) -> None:
    with pytest.raises(IndexUnavailableError, match="sam index"):
        Manifest.from_json(text)


def test_a_manifest_of_another_format_says_so() -> None:
    raw = json.loads(_manifest("g1").to_json())
    with pytest.raises(IndexUnavailableError, match="andere versie"):
        Manifest.from_json(json.dumps({**raw, "format": raw["format"] + 1}))


def test_nothing_built_is_none_and_a_lost_generation_is_damage(tmp_path: Path) -> None:
    assert current_generation(tmp_path) is None
    assert read_manifest(tmp_path) is None
    folder = _make(tmp_path)
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexUnavailableError, match="beschadigd"):
        read_manifest(tmp_path)


# The swap


def test_the_pointer_moves_only_when_a_generation_is_complete(tmp_path: Path) -> None:
    first = _make(tmp_path)
    second = new_generation_folder(tmp_path, None)
    assert current_generation(tmp_path) == first.name
    activate(tmp_path, second, _manifest(second.name))
    assert current_generation(tmp_path) == second.name
    assert read_manifest(tmp_path) == _manifest(second.name)


def test_activating_leaves_no_temporary_pointer(tmp_path: Path) -> None:
    _make(tmp_path)
    assert [path.name for path in index_folder(tmp_path).glob("CURRENT*")] == ["CURRENT"]


def test_a_copy_takes_the_files_but_not_the_manifest(tmp_path: Path) -> None:
    first = _make(tmp_path)
    (first / "lexical").mkdir()
    (first / "lexical" / "a.json").write_text("{}", encoding="utf-8")
    second = new_generation_folder(tmp_path, first.name)
    assert (second / "lexical" / "a.json").exists()
    assert not (second / "manifest.json").exists()


def test_generations_have_different_names(tmp_path: Path) -> None:
    assert len({new_generation_folder(tmp_path, None).name for _ in range(20)}) == 20


# Cleaning up


def _age(folder: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder, (then, then))


def test_stale_generations_go_and_the_rest_stays(tmp_path: Path) -> None:
    old, recent, kept = (_make(tmp_path) for _ in range(3))
    unfinished = new_generation_folder(tmp_path, None)
    leftover = index_folder(tmp_path) / "CURRENT.abc123"
    leftover.write_text("x", encoding="utf-8")
    _age(old, 7_200)
    _age(kept, 7_200)
    remove_stale(tmp_path, {kept.name})
    assert {path.name for path in index_folder(tmp_path).glob("g*")} == {recent.name, kept.name}
    assert not unfinished.exists()
    assert not leftover.exists()
    assert current_generation(tmp_path) == kept.name


# The lock


def test_only_one_builds_at_a_time(tmp_path: Path) -> None:
    with build_lock(tmp_path), pytest.raises(IndexBusyError, match="Wacht even"), build_lock(tmp_path):
        pass
    with build_lock(tmp_path):
        pass


def test_the_lock_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), build_lock(tmp_path):
        raise ZeroDivisionError
    with build_lock(tmp_path):
        pass


# An open generation, and the live index that follows


def test_a_live_index_follows_a_swap(index_builder: IndexBuilder) -> None:
    index_builder.build([document("enschede/geld", "Oude tekst.")])
    live = LiveIndex(index_builder.data_dir, "hash-256")
    before = live.generation()
    assert live.generation() is before
    index_builder.build([document("enschede/geld", "Nieuwe tekst.", digest="2"), document("hengelo/geld", "Hengelo.")])
    after = live.generation()
    assert after.manifest.generation != before.manifest.generation
    assert [chunk.text for chunk in after.scope("enschede").chunks] == ["Nieuwe tekst."]
    assert after.scopes == ("enschede", "hengelo")
    assert [chunk.text for chunk in before.scope("enschede").chunks] == ["Oude tekst."]


def test_another_embedder_is_refused(index_builder: IndexBuilder) -> None:
    index_builder.build([document("enschede/geld", "Tekst.")])
    with pytest.raises(IndexUnavailableError, match=r"hash-256.*hash-64.*sam index"):
        LiveIndex(index_builder.data_dir, "hash-64").generation()


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="sam index"):
        LiveIndex(tmp_path, "hash-256").generation()


def test_an_unknown_scope_is_an_error(index_builder: IndexBuilder) -> None:
    built = index_builder.build([document("enschede/geld", "Tekst.")])
    manifest = read_manifest(built.data_dir)
    assert manifest is not None
    generation = Generation(built.data_dir, manifest)
    with pytest.raises(IndexUnavailableError, match="hengelo"):
        generation.scope("hengelo")
    generation.close()


class _Failing:
    name = "hash-256"

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if any("kapot" in text for text in texts):
            raise EmbeddingError("Het taalmodel gaf een fout.")
        return HashEmbedder().embed(texts, kind)


def test_a_build_that_dies_leaves_the_old_generation_in_use(tmp_path: Path) -> None:
    cache = CachingEmbedder(_Failing(), VectorCache(None, tmp_path / "vectors.sqlite"))
    embedder = EmbedderWithCount(embedder=cache, cache=cache)
    good, bad = document("enschede/geld", "Goed."), document("enschede/geld", "kapot", digest="2")
    synchronise([good], data_dir=tmp_path, embedder=embedder, origin="content")
    before = current_generation(tmp_path)
    with pytest.raises(EmbeddingError):
        synchronise([bad], data_dir=tmp_path, embedder=embedder, origin="content")
    assert current_generation(tmp_path) == before
    assert [chunk.text for chunk in LiveIndex(tmp_path, "hash-256").generation().scope("enschede").chunks] == ["Goed."]
    repaired = document("enschede/geld", "Beter.", digest="3")
    synchronise([repaired], data_dir=tmp_path, embedder=embedder, origin="content")
    manifests = [path for path in index_folder(tmp_path).glob("g*") if not (path / "manifest.json").exists()]
    assert manifests == [], "what a dead build left behind goes at the next one"
