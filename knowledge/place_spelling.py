"""Misspelt place names: the known name that a word nearest resembles, or none."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5
_SURE_LENGTH = 6
_ANY_START_LENGTH = 7
_TWO_SLIPS_LENGTH = 7
_TWO_SLIPS_SURE_LENGTH = 10
_CANDIDATES = 8
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_CACHED_WORDS = 20_000
_SOUNDS = (
    (re.compile(r"ij|ei|ey|y"), "i"),
    (re.compile(r"ck|k|c|q"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"v|ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"d(?=e?n?$)"), "t"),
    (re.compile(r"(?<=e)n$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound(word: str) -> str:
    """A folded word roughly as it sounds in Dutch: "rijssen" and "reizen" both give "rise"."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


class PlaceSpelling:
    """Compares a word with known names by Damerau-Levenshtein distance (optimal string alignment) and by sound.

    `meaning` holds the names (folded, one word) with what they stand for. Those in `sure` may be recognised anywhere;
    the others, and weak likenesses, only where a place is expected. Ordinary words are never read as a name:
    those of `vocabulary`, and every word in the Dutch word list of simplemma.
    """

    def __init__(self, meaning: Mapping[str, str], sure: Collection[str], vocabulary: Collection[str]) -> None:
        self._meaning = meaning
        self._sure = frozenset(sure)
        self._names = [name for name in self._meaning if len(name) >= _SHORTEST]
        self._sounds: dict[str, set[str]] = {}
        for name in self._names:
            self._sounds.setdefault(sound(name), set()).add(name)
        self._vocabulary = vocabulary
        self.nearest = lru_cache(maxsize=_CACHED_WORDS)(self._nearest)

    def _nearest(self, word: str) -> tuple[str, bool] | None:
        """The name that a folded `word` is a slip of, and whether that is sure without a place expected there."""
        if len(word) < _SHORTEST or word in self._vocabulary or simplemma.is_known(word, lang="nl"):
            return None
        word = _DRAWN_OUT.sub(r"\1", word)
        found = self._candidates(word)
        if not found:
            return None
        distance = min(found.values())
        best = [name for name, slips in found.items() if slips == distance]
        if len({self._meaning[name] for name in best}) > 1:
            return None
        alike = [name for name in found if self._meaning[name] == self._meaning[best[0]]]
        return best[0], any(self._is_sure(name, word, found[name]) for name in alike)

    def _candidates(self, word: str) -> dict[str, int]:
        """Names with the number of slips that lie between them and `word`."""
        allowed = 2 if len(word) >= _TWO_SLIPS_LENGTH else 1
        near = process.extract(word, self._names, scorer=OSA.distance, score_cutoff=allowed, limit=_CANDIDATES)
        found = {name: int(slips) for name, slips, _ in near}
        found |= {name: min(1, found.get(name, 1)) for name in self._sounds.get(sound(word), ())}
        return {name: slips for name, slips in found.items() if self._may_start(name, word, slips)}

    @staticmethod
    def _may_start(name: str, word: str, slips: int) -> bool:
        return name[0] == word[0] or (slips == 1 and len(word) >= _ANY_START_LENGTH)

    def _is_sure(self, name: str, word: str, slips: int) -> bool:
        if name not in self._sure or len(word) < _SURE_LENGTH:
            return False
        return slips < 2 or len(word) >= _TWO_SLIPS_SURE_LENGTH
