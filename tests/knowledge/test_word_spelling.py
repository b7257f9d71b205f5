"""Misspelled words are read as the listed word that was meant; other words stay as they are."""

import pytest

from knowledge.word_spelling import WordSpelling

SPELLING = WordSpelling(
    ["deurwaarder", "afgesloten", "boodschappen", "gestopt", "gestort", "slapen"],
    [("ch", "g"), ("(.)\\1", "\\1"), ("dt?$", "t"), ("en$", "e")],
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("deurwaarder", "deurwaarder"),
        ("deurwaarer", "deurwaarder"),
        ("deurwarder", "deurwaarder"),
        ("afgeslote", "afgesloten"),
        ("afgslote", "afgesloten"),
        ("boodschapen", "boodschappen"),
        ("slape", "slapen"),
        ("de deurwarder heeft afgeslooten", "de deurwaarder heeft afgesloten"),
    ],
)
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert SPELLING.corrected(written) == meant


@pytest.mark.parametrize(
    "text", ["aangesloten", "gestort", "gestuurd", "bericht", "leergeld", "xyz", "slap", "", "12 50"]
)
def test_dutch_words_and_short_ones_stay(text: str) -> None:
    assert SPELLING.corrected(text) == text


def test_a_word_that_starts_otherwise_is_another_word() -> None:
    assert SPELLING.corrected("teurwaarder") == "teurwaarder"
