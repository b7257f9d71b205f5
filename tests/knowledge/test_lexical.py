"""Words with typos, and the files of the word index."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import IndexUnavailableError
from knowledge.lexical import LexicalIndex

TEXTS = (
    "Bijzondere bijstand voor een wasmachine of koelkast",
    "Individuele inkomenstoeslag: een extra bedrag per jaar",
    "Schuldhulp bij de Stadsbank Oost Nederland",
    "Kwijtschelding van gemeentelijke belastingen",
)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("mijn wasmachine is kapot", 0),
        ("wasmachien", 0),
        ("inkomenstoeslagen", 1),
        ("inkomstetoeslag", 1),
        ("schulthulp", 2),
        ("kwijtschelling belasting", 3),
        ("KWIJTSCHELDING", 3),
    ],
)
def test_a_word_a_form_of_it_and_a_typo_find_their_text(index: LexicalIndex, question: str, expected: int) -> None:
    assert int(np.argmax(index.scores(question))) == expected


@pytest.mark.parametrize("question", ["", "   ", "de het een", "?!", "xqzvw"])
def test_a_question_without_known_words_scores_nothing(index: LexicalIndex, question: str) -> None:
    assert np.array_equal(index.scores(question), np.zeros(len(TEXTS), dtype=np.float32))


def test_an_exact_word_beats_a_typo(index: LexicalIndex) -> None:
    assert index.scores("wasmachine")[0] > index.scores("wasmachien")[0] > 0


@given(st.text(max_size=60))
def test_scores_are_finite_and_one_per_text(question: str) -> None:
    scores = LexicalIndex.build(TEXTS[:2]).scores(question) if len(question) > 55 else _SHARED.scores(question)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()


_SHARED = LexicalIndex.build(TEXTS)


def test_a_saved_index_scores_the_same(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    again = LexicalIndex.load(tmp_path / "lexical")
    for question in ("wasmachine", "wasmachien kapot", "", "schulden bij de stadsbank"):
        assert np.array_equal(index.scores(question), again.scores(question))


def test_no_pickle_is_written(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} <= {".npy", ".json"}


def test_texts_without_words_can_be_indexed() -> None:
    assert LexicalIndex.build(["", "de", "wasmachine"]).scores("wasmachine").argmax() == 2


def test_missing_and_broken_files_say_what_to_do(index: LexicalIndex, tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="sam index"):
        LexicalIndex.load(tmp_path / "nergens")
    index.save(tmp_path / "kapot")
    for path in (tmp_path / "kapot").rglob("*.json"):
        path.write_text("{", encoding="utf-8")
    with pytest.raises(IndexUnavailableError, match="sam index"):
        LexicalIndex.load(tmp_path / "kapot")
