"""Dutch words as the index sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import STOPWORDS, character_terms, fold, ngrams, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Één", "een"), ("CAFÉ", "cafe"), ("cliënten", "clienten"), ("straße", "strasse"), ("𝐒𝐜𝐡𝐮𝐥𝐝", "schuld"), ("", "")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_keep_numbers_and_inner_apostrophes() -> None:
    assert words("Mijn foto's, € 12,50!") == ["mijn", "foto's", "12", "50"]


def test_stems_leave_out_stopwords_and_join_forms() -> None:
    assert stems("Ik heb regelingen bij de gemeente") == stems("regeling gemeenten")
    assert stem("uitkeringen") == stem("uitkering")


def test_stopwords_are_folded_words() -> None:
    assert all(words(word) == [word] for word in STOPWORDS)


def test_ngrams_mark_the_borders() -> None:
    assert ngrams("ab") == ("_ab_",)
    assert ngrams("schuld") == ("_sch", "schu", "chul", "huld", "uld_")


@given(st.text(alphabet="abcdefghij", min_size=3, max_size=30))
def test_ngrams_cover_the_word(word: str) -> None:
    grams = ngrams(word)
    assert grams[0] + "".join(gram[-1] for gram in grams[1:]) == f"_{word}_"


def test_a_typo_shares_ngrams_with_its_word() -> None:
    typo, right = set(character_terms("bijzonere bijstant")), set(character_terms("bijzondere bijstand"))
    assert len(typo & right) >= len(right) / 2


def test_character_terms_skip_stopwords_and_numbers() -> None:
    assert character_terms("een 2024 en de") == []
