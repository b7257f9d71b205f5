"""The Chroma store: every field of a chunk survives, and scopes stay apart."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma_index import ChromaIndex
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import IndexUnavailableError
from knowledge.types import Chunk
from tests.knowledge.builders import chunk

FULL = chunk(
    "enschede/geld#3",
    "Eerste alinea: € 114.\n\nTweede alinea met een é en een – streep.",
    origin="ingest",
    page=7,
    stopped=True,
    doubtful=True,
    amounts_from="2024",
    norm_copies=(("bijstandsnorm", 136_906), ("vermogensgrens", 757_500)),
    executor="Stadsbank Oost Nederland",
    only_for=("enschede", "hengelo"),
    valid_until="2026-12-31",
)
BARE = chunk("enschede/geld#0", topic=None)


def _vectors(*chunks: Chunk) -> Vectors:
    return HashEmbedder(32).embed([each.text for each in chunks], "passage")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    opened = ChromaIndex(tmp_path / "chroma")
    yield opened
    opened.close()


def test_the_full_example_is_full() -> None:
    defaults = {field.name: field.default for field in fields(Chunk) if field.default is not MISSING}
    unset = [name for name, default in defaults.items() if getattr(FULL, name) == default]
    assert unset == [], "a new field of Chunk belongs in FULL, so that its round trip is tested"


@pytest.mark.parametrize("original", [FULL, BARE], ids=["full", "bare"])
def test_every_field_comes_back(index: ChromaIndex, original: Chunk) -> None:
    index.write("enschede-1", [original], _vectors(original))
    assert index.read("enschede-1") == (original,)


def test_chunks_come_back_by_document_and_order(index: ChromaIndex) -> None:
    chunks = [chunk(identifier) for identifier in ("enschede/b#0", "enschede/a#10", "enschede/a#2")]
    index.write("enschede-1", chunks, _vectors(*chunks))
    assert [each.id for each in index.read("enschede-1")] == ["enschede/a#2", "enschede/a#10", "enschede/b#0"]


def test_the_nearest_comes_first_with_its_cosine(index: ChromaIndex) -> None:
    chunks = [chunk("enschede/a#0", "wasmachine kapot"), chunk("enschede/a#1", "paspoort verlengen")]
    vectors = _vectors(*chunks)
    index.write("enschede-1", chunks, vectors)
    found = index.query("enschede-1", vectors[0], 2)
    assert [key for key, _ in found] == ["enschede/a#0", "enschede/a#1"]
    assert [score for _, score in found] == pytest.approx([1.0, float(vectors[0] @ vectors[1])], abs=1e-3)


def test_vectors_come_back(index: ChromaIndex) -> None:
    index.write("enschede-1", [FULL], _vectors(FULL))
    assert np.allclose(index.vectors("enschede-1")[FULL.id], _vectors(FULL)[0])


def test_collections_do_not_see_each_other(index: ChromaIndex) -> None:
    here, there = chunk("enschede/a#0", "schulden"), chunk("hengelo/a#0", "schulden")
    index.write("enschede-1", [here], _vectors(here))
    index.write("hengelo-1", [there], _vectors(there))
    assert [key for key, _ in index.query("enschede-1", _vectors(here)[0], 10)] == ["enschede/a#0"]


def test_writing_again_replaces(index: ChromaIndex) -> None:
    index.write("enschede-1", [FULL, BARE], _vectors(FULL, BARE))
    changed = replace(BARE, text="Anders.")
    index.write("enschede-1", [changed], _vectors(changed))
    assert index.names() == {"enschede-1"}


def test_a_deleted_collection_is_gone(index: ChromaIndex) -> None:
    index.write("enschede-1", [BARE], _vectors(BARE))
    index.read("enschede-1")
    index.delete("enschede-1")
    index.delete("never-there")
    assert index.names() == set()
    with pytest.raises(IndexUnavailableError):
        index.read("enschede-1")


def test_an_unknown_collection_says_what_to_do(index: ChromaIndex) -> None:
    for ask in (index.read, index.vectors, lambda name: index.query(name, _vectors(BARE)[0], 1)):
        with pytest.raises(IndexUnavailableError, match="sam index"):
            ask("nergens-1")


def test_it_stays_on_disk(tmp_path: Path) -> None:
    first = ChromaIndex(tmp_path / "chroma")
    first.write("enschede-1", [FULL], _vectors(FULL))
    first.close()
    second = ChromaIndex(tmp_path / "chroma")
    assert second.read("enschede-1") == (FULL,)
    second.close()


def test_a_file_in_place_of_the_folder_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("geen map", encoding="utf-8")
    with pytest.raises(IndexUnavailableError, match="sam index"):
        ChromaIndex(tmp_path / "chroma")


def test_a_server_that_is_not_there_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="SAM_CHROMA_URL"):
        ChromaIndex(tmp_path, "http://127.0.0.1:9")
