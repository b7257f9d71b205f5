"""Dutch text as English glosses."""

from pathlib import Path

import pytest

from knowledge import figures
from knowledge.errors import ContentError
from knowledge.gloss import Glosser, load_glossary

SMALL = {
    "wasmachine": "washing machine",
    "vergoeding": "reimbursement",
    "schuld": "debt",
    "kind": "child",
    "bijzondere bijstand": "special assistance",
    "bijzonder": "special",
    "bijstand": "welfare",
    "de": "-",
    "gemeente": "municipality",
    "raad": "council",
}


@pytest.fixture(scope="module")
def small() -> Glosser:
    return Glosser(SMALL)


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("bijzondere bijstand", "special assistance"),
        ("Bijzondere Bijstand", "special assistance"),
        ("de wasmachine", "washing machine"),
        ("schulden", "debt"),
        ("kinderen", "child"),
        ("wasmachinevergoeding", "washing machine reimbursement"),
        ("gemeenteraad", "municipality council"),
        ("xyzzy", "xyzzy"),
        ("", ""),
    ],
)
def test_phrases_lemmas_compounds_and_unknown_words(small: Glosser, dutch: str, english: str) -> None:
    assert small.gloss(dutch) == english


def test_the_longest_phrase_wins() -> None:
    glosser = Glosser({"a b": "two", "a b c": "three", "a": "one"})
    assert glosser.gloss("a b c") == "three"
    assert glosser.gloss("a b d") == "two d"
    assert glosser.gloss("a c") == "one c"


def test_numbers_stay(small: Glosser) -> None:
    text = "De bijstand is € 1.250,50 voor 3 kinderen in 2026, 110%"
    digits = [token for token in small.gloss(text).split() if token.isdigit()]
    assert digits == ["1", "250", "50", "3", "2026", "110"]


def test_another_glossary_is_another_fingerprint(small: Glosser) -> None:
    assert Glosser(SMALL).fingerprint == small.fingerprint
    assert Glosser(dict(reversed(SMALL.items()))).fingerprint == small.fingerprint
    assert Glosser({**SMALL, "schuld": "guilt"}).fingerprint != small.fingerprint
    assert Glosser({**SMALL, "nieuw": "new"}).fingerprint != small.fingerprint


def test_the_bundled_glossary_knows_money_words() -> None:
    glossary = load_glossary()
    glosser = Glosser(glossary)
    assert "debt" in glosser.gloss("Ik heb schulden")
    assert "washing machine" in glosser.gloss("mijn wasmachine is kapot")
    assert figures.years(glosser.gloss("in 2026")) == {2026}


def test_a_line_without_two_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "glossarium.tsv"
    path.write_text("nl\ten\nschuld\tdebt\nkapot\n", encoding="utf-8")
    with pytest.raises(ContentError, match="regel 3"):
        load_glossary(path)


def test_a_missing_glossary_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"weg\.tsv"):
        load_glossary(tmp_path / "weg.tsv")


def test_keys_are_folded_and_quotes_are_text(tmp_path: Path) -> None:
    path = tmp_path / "glossarium.tsv"
    path.write_text('nl\ten\nCliënt\tclient\n"\tquote\n', encoding="utf-8")
    assert load_glossary(path) == {"client": "client", '"': "quote"}
