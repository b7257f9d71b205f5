"""Which language a message is written in: Dutch, unless it clearly is another.

A Dutch question that is taken for another language gets no real answer, so doubt always counts as Dutch. The
library judges bytes (naive Bayes over n-grams, py3langid). Names of places and regelingen stay out of it: people keep
them when they write in their own language. Enough Dutch words overrule it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assistant.texts import FOLDER, load_yaml
from knowledge.gemeenten import load_gemeenten
from knowledge.gloss import load_glossary
from knowledge.text import STOPWORDS, fold

_FILE = FOLDER / "taalherkenning.yaml"
DUTCH = "nl"
ENGLISH = "en"

_LATIN = "en de tr pl fr es it pt ro hu sq so ku hr"
_CYRILLIC = "uk ru bg sr"
_ARABIC = "ar fa"
_OTHER = "el zh vi am"
_LANGUAGES = tuple(f"{DUTCH} {_LATIN} {_CYRILLIC} {_ARABIC} {_OTHER}".split())
_SCRIPTS = (
    (re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"), ("el",)),
    (re.compile(r"[\u0400-\u052f]"), tuple(_CYRILLIC.split())),
    (re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), tuple(_ARABIC.split())),
    (re.compile(r"[\u1200-\u139f]"), ("am",)),
    (re.compile(r"[\u4e00-\u9fff]"), ("zh",)),
)
_LETTER = re.compile(r"[^\W\d_]")
_NOISE = re.compile(r"https?://\S{1,300}|\bwww\.\S{1,300}|\S{1,64}@\S{1,64}|\[[^\[\]]{1,40}\]|[\d€$%_*#<>/\\|]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻĞİŞČĐŠŽ][^\W\d_]*[a-zà-öø-ÿąćęłńśźżğışčđšž]")
_LONGEST = 600
_FEWEST_WORDS = 3
_SHORT = 4
# How probable the other language must be, by itself and compared with Dutch.
_LEAST_PROBABLE, _LEAST_PROBABLE_SHORT = 0.3, 0.85
_TIMES_DUTCH = 4
# A message is Dutch when so much of it is everyday Dutch, or words that can be Dutch.
_DUTCH_SHARE, _POSSIBLE_SHARE = 0.25, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    dutch: frozenset[str]
    possible: frozenset[str]
    kept: re.Pattern[str]


def kept_words() -> tuple[str, ...]:
    """Dutch names of regelingen and desks that people keep when they write in their own language."""
    return tuple(load_yaml(_FILE)["kept"])


@lru_cache(maxsize=1)
def _words(path: Path = _FILE) -> _Words:
    lists: dict[str, list[str]] = load_yaml(path)
    places = [gemeente.name for gemeente in load_gemeenten().values()]
    kept = sorted((fold(word) for word in (*lists["kept"], *places)), key=len, reverse=True)
    return _Words(
        dutch=frozenset(fold(word) for word in lists["dutch"]),
        possible=STOPWORDS.union(load_glossary()),
        kept=re.compile(r"\b(?:" + "|".join(map(re.escape, kept)) + r")\b", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """The library's model, cut down to the languages that matter; the full one is let go."""
    full: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    full.set_languages(_LANGUAGES)
    return LanguageIdentifier(
        np.ascontiguousarray(full.nb_ptc),
        full.nb_pc,
        full.nb_classes,
        full.tk_nextmove,
        full.tk_output,
        norm_probs=True,
        tk_row=full.tk_row,
    )


def _rank(text: str) -> list[tuple[str, float]]:
    """(language, probability), best first."""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    return ranked


def detect_language(text: str, earlier: Sequence[str] = ()) -> str:
    """The language of `text` as an ISO 639-1 code; "nl" when in doubt or too short.

    Args:
        text: what the person wrote, in any script.
        earlier: what the same person wrote before, oldest first. When `text` is too short to tell ("how much?"),
            the language of the last of these that does tell is taken.
    """
    for message in (text, *reversed(earlier)):
        language = _judge(message)
        if language is not None:
            return language
    return DUTCH


def _judge(text: str) -> str | None:
    """The language, or None when the text does not tell."""
    cleaned = _NOISE.sub(" ", text[:_LONGEST])
    by_script = _by_script(cleaned)
    if by_script is not None:
        return by_script
    rest = _words().kept.sub(" ", cleaned)
    words = _WORD.findall(fold(rest))
    few = len(words) < _FEWEST_WORDS or sum(len(word) > 1 for word in words) < _FEWEST_WORDS - 1
    if _is_dutch(words, names=len(_NAME.findall(rest))) or (not few and _may_be_dutch(words)):
        return DUTCH
    return None if few else _by_model(rest, short=len(_WORD.findall(cleaned)) < _SHORT)


def _is_dutch(words: Sequence[str], *, names: int) -> bool:
    """Whether enough of the folded `words` are surely Dutch; `names` of them, such as surnames, are of no language."""
    dutch = sum(word in _words().dutch for word in words)
    return dutch > 0 and dutch >= _DUTCH_SHARE * (len(words) - names)


def _may_be_dutch(words: Sequence[str]) -> bool:
    """Whether nearly all folded `words` occur in Dutch."""
    return sum(word in _words().possible for word in words) >= _POSSIBLE_SHARE * len(words)


def _by_script(text: str) -> str | None:
    """The language of a text that is mostly in another script than ours."""
    letters = len(_LETTER.findall(text))
    for script, languages in _SCRIPTS:
        found = script.findall(text)
        if len(found) * 2 > letters:
            return next(language for language, _ in _rank(text) if language in languages)
    return None


def _by_model(text: str, *, short: bool) -> str | None:
    ranked = _rank(text.casefold())
    best, probability = ranked[0]
    if best == DUTCH:
        return DUTCH
    enough = max(_LEAST_PROBABLE_SHORT if short else _LEAST_PROBABLE, _TIMES_DUTCH * dict(ranked)[DUTCH])
    return best if probability >= enough else None
