"""The word lists of `texts/persoonsgegevens.yaml`, and helpers to make patterns of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from knowledge.gemeenten import load_gemeenten
from knowledge.gloss import load_glossary
from knowledge.text import STOPWORDS, fold

PATH = FOLDER / "persoonsgegevens.yaml"


class _Letters(dict[int, str]):
    """Every character as its lower case base letter or ASCII digit, filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        decimal = unicodedata.decimal(char, None)
        base = [part for part in unicodedata.normalize("NFKD", char.lower()) if not unicodedata.combining(part)]
        self[code] = str(decimal) if decimal is not None else base[0] if len(base) == 1 else char
        return self[code]


_LETTERS = _Letters({ord(quote): "'" for quote in "’‘`´"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Folded words for reading names.

    `given` are names wherever they stand, `given_or_word` and `family` only beside a cue or a name;
    `ordinary` are words of the language, `never` those that no capital makes a name, `places` are kept.
    """

    given: frozenset[str]
    given_or_word: frozenset[str]
    family: frozenset[str]
    particles: frozenset[str]
    ordinary: frozenset[str]
    never: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=1)
def load_words(path: Path = PATH) -> Mapping[str, Any]:
    """The file as it is: lists by name.

    Raises:
        TextsError: it is missing, not YAML, or holds something else than words.
    """
    rows: Mapping[str, Any] = load_yaml(path)
    for key, value in rows.items():
        words = value.values() if isinstance(value, dict) else [value] if isinstance(value, str) else value
        if not words or not all(isinstance(word, str) for word in words):
            raise TextsError(f"{path.name}: bij '{key}' staat iets anders dan woorden")
    return rows


@lru_cache(maxsize=1)
def load_name_words() -> NameWords:
    """Names, ordinary words and the places of the region, folded."""
    rows = load_words()
    lists = {key: frozenset(fold(rows[key]).split()) for key in ("first_names", "first_names_also_words", "surnames")}
    gemeenten = load_gemeenten().values()
    named = (name for gemeente in gemeenten for name in (gemeente.name, *gemeente.places))
    return NameWords(
        given=lists["first_names"] - lists["first_names_also_words"],
        given_or_word=lists["first_names_also_words"],
        family=lists["surnames"],
        particles=frozenset(map(fold, rows["particles"])),
        ordinary=frozenset(load_glossary()) | STOPWORDS,
        never=frozenset(map(fold, rows["not_names"])) | (STOPWORDS - {"sam"}),
        places=frozenset(word for name in named for word in re.split(r"[\s-]+", fold(name)) if len(word) > 2),
    )


def mask(kind: str) -> str:
    """The words in square brackets that replace this kind of data."""
    return str(load_words()["masks"][kind])


def fold_in_place(text: str) -> str:
    """Lower case without accents, every character at its old place: spans found in it hold for `text`."""
    return text.translate(_LETTERS)


def either(words: Iterable[str]) -> str:
    """A pattern for any of `words` in text from `fold_in_place`, longest first; spaces may be wider."""
    patterns = sorted({re.escape(fold_in_place(word)).replace(r"\ ", r"\s{1,2}") for word in words}, key=len)
    return "(?:" + "|".join(reversed(patterns)) + ")"


def cue(*keys: str) -> str:
    """A pattern for any word of these lists, not inside a longer word."""
    return rf"(?<![\w-]){either(word for key in keys for word in load_words()[key])}(?!\w)"
