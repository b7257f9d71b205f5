"""Misspelled words: the word of a fixed list that a writer meant."""

import re
from collections.abc import Iterable
from functools import lru_cache

import simplemma
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z]{4,}")
_ONE_SLIP_LENGTH = 6
_TWO_SLIPS_LENGTH = 10
_CACHED_WORDS = 10_000


class WordSpelling:
    """Reads a misspelled word as the listed word that sounds the same, or differs by a slip.

    `words` are folded; `sounds` are (pattern, spoken) pairs, applied in order, that make words which sound alike
    equal. Words of the Dutch word list of simplemma hold no slips. Slips are counted as Damerau-Levenshtein
    distance (optimal string alignment) between the sounds: one in a word of six letters, two in a word of ten.
    """

    def __init__(self, words: Iterable[str], sounds: Iterable[tuple[str, str]]) -> None:
        self._sounds = tuple((re.compile(written), spoken) for written, spoken in sounds)
        self._words = frozenset(words)
        self._by_sound = {self._sound(word): word for word in sorted(self._words, reverse=True)}
        self._starting: dict[str, list[str]] = {}
        for sound in self._by_sound:
            self._starting.setdefault(sound[0], []).append(sound)
        self._read = lru_cache(maxsize=_CACHED_WORDS)(self._reading)

    def corrected(self, text: str) -> str:
        """Folded `text` with every word that is a slip of a listed word replaced by it."""
        return _WORD.sub(lambda match: self._read(match.group()), text)

    def _reading(self, word: str) -> str:
        if word in self._words:
            return word
        sound = self._sound(word)
        if sound in self._by_sound:
            return self._by_sound[sound]
        if len(sound) < _ONE_SLIP_LENGTH or simplemma.is_known(word, lang="nl"):
            return word
        allowed = 2 if len(sound) >= _TWO_SLIPS_LENGTH else 1
        slips = {known: OSA.distance(sound, known, score_cutoff=allowed) for known in self._starting.get(sound[0], ())}
        nearest = min(slips, key=lambda known: slips[known], default=None)
        return word if nearest is None or slips[nearest] > allowed else self._by_sound[nearest]

    def _sound(self, word: str) -> str:
        for written, spoken in self._sounds:
            word = written.sub(spoken, word)
        return word
