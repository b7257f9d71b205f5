"""Where the name of a person stands in a text, as far as rules can tell.

A name is read after a cue ("ik heet", "mevrouw", "mijn man", "groetjes"), or where a given name of the list stands.
Ordinary words, places of the region and names of organisations are kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from assistant.checks.personal_data.words import NameWords, fold_in_place, load_name_words, load_words

Span = tuple[int, int]

_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,5}|[^\W\d_]+(?:['-][^\W\d_]+)*")
_SPACE = re.compile(r"\s{1,2}")
_JOINS = re.compile(r"\s?[,&/+]\s?")
_INFLECTED = re.compile(r"(?:de|te|den|ten|t)$")
_AND = frozenset({"en", "and", "und", "ve"})
_PERSON = frozenset({"ik", "hij", "zij", "ze", "i", "he", "she", "ich", "er", "sie"})
_MOST_PARTS, _MOST_PARTICLES, _NEAR = 4, 3, 3


class _Kind(Enum):
    """How sure a cue makes it that a name follows."""

    SAID = "name_cues"
    COLON = "name_cues_with_colon"
    SELF = "self_cues"
    CALLED = "called_cues"
    TITLE = "titles"
    CLOSING = "closings"
    RELATION = "relations"
    LIST = "list"


_BETWEEN = {
    _Kind.SAID: re.compile(r"\s{0,2}[:=,-]?\s{0,2}"),
    _Kind.COLON: re.compile(r"\s?[:=]\s{0,2}"),
    _Kind.SELF: re.compile(r"\s{1,2}"),
    _Kind.CALLED: re.compile(r"\s{1,2}"),
    _Kind.TITLE: re.compile(r"\.?\s{1,2}"),
    _Kind.CLOSING: re.compile(r"[\s,.!:–-]{1,6}"),
    _Kind.RELATION: re.compile(r"\s?[,(:]?\s{0,2}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    start: int
    end: int
    word: str
    written: str

    @property
    def capital(self) -> bool:
        return self.written[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.written) > 1 and self.written.isupper()

    @property
    def initials(self) -> bool:
        return self.written.endswith(".") and self.capital


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, tuple[tuple[tuple[str, ...], _Kind], ...]]:
    """Cues by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Kind]]] = {}
    for kind in _Kind:
        for phrase in load_words().get(kind.value, ()):
            words = tuple(_TOKEN.findall(fold_in_place(phrase)))
            found.setdefault(words[0], []).append((words, kind))
    return {first: tuple(sorted(cues, key=lambda cue: -len(cue[0]))) for first, cues in found.items()}


def names(text: str, low: str) -> Iterator[Span]:
    """Names of persons; `low` is `text` after `fold_in_place`."""
    yield from _Reader(text, low).names()


class _Reader:
    """Reads the tokens of one text from left to right."""

    def __init__(self, text: str, low: str) -> None:
        self._low = low
        self._tokens = [
            _Token(start=m.start(), end=m.end(), word=m.group(), written=text[m.start() : m.end()])
            for m in _TOKEN.finditer(low)
        ]
        self._shouting = text.isupper()
        self._words: NameWords = load_name_words()

    def names(self) -> Iterator[Span]:
        """Spans of names, in order."""
        place = 0
        while place < len(self._tokens):
            start, end = self._name_at(place)
            if end is None:
                place = max(start, place + 1)
                continue
            yield self._tokens[start].start, self._tokens[end - 1].end
            place = end
            while (following := self._listed(place)) is not None:
                yield self._tokens[following[0]].start, self._tokens[following[1] - 1].end
                place = following[1]

    def _name_at(self, place: int) -> tuple[int, int | None]:
        """First token and end of a name that a cue at `place` announces, or that stands there itself."""
        for words, kind in _cues().get(self._tokens[place].word, ()):
            after = place + len(words)
            if after >= len(self._tokens) or not self._is_cue(place, words):
                continue
            if _BETWEEN[kind].fullmatch(self._gap(after)):
                end = self._read(after, self._sure(kind, place))
                if end is not None:
                    return after, end
        if self._tokens[place].initials:
            end = self._read(place, _Kind.RELATION)
            return place, end
        if self._is_given(place):
            return place, self._rest(place + 1, _Kind.RELATION)
        return place, None

    def _listed(self, place: int) -> tuple[int, int] | None:
        """The next name of "Tim, Lisa en Bram"."""
        if place >= len(self._tokens):
            return None
        start = place + 1 if self._tokens[place].word in _AND else place
        joined = start > place or _JOINS.fullmatch(self._gap(place))
        if not joined or start >= len(self._tokens) or (start > place and not _SPACE.fullmatch(self._gap(start))):
            return None
        end = self._read(start, _Kind.LIST)
        return None if end is None else (start, end)

    def _is_cue(self, place: int, words: Sequence[str]) -> bool:
        tokens = self._tokens[place : place + len(words)]
        return all(
            token.word == word and (i == 0 or len(self._gap(place + i)) <= 2)
            for i, (token, word) in enumerate(zip(tokens, words, strict=False))
        )

    def _gap(self, place: int) -> str:
        """What stands before this token, since the one before it."""
        edge = self._tokens[place - 1].end if place else 0
        return self._low[edge : self._tokens[place].start]

    def _sure(self, kind: _Kind, place: int) -> _Kind:
        """ "De regeling heet …" names no person, "mijn zoon heet …" does."""
        if kind is _Kind.CALLED:
            before = {token.word for token in self._tokens[max(0, place - _NEAR) : place]}
            if before & (_PERSON | _relations()):
                return _Kind.SAID
        return kind

    def _read(self, place: int, kind: _Kind) -> int | None:
        """Where the name that begins here ends; None when it is no name."""
        token = self._tokens[place]
        if token.initials or (token.word in self._words.particles and kind in (_Kind.SAID, _Kind.TITLE)):
            end = self._rest(place if not token.initials else place + 1, kind)
            return end if end > place + (1 if token.initials else 0) else None
        if not self._may_be_name(token):
            return None
        return self._rest(place + 1, kind) if self._opens(place, kind) else None

    def _may_be_name(self, token: _Token) -> bool:
        words = self._words
        return len(token.word) > 1 and token.word not in words.never and token.word not in words.places

    def _opens(self, place: int, kind: _Kind) -> bool:
        """Whether a name of this kind can begin with this token."""
        token, words = self._tokens[place], self._words
        known = token.word in words.given or (token.word in words.given_or_word and self._is_meant(place, kind))
        unusual = token.word not in words.ordinary
        if known and (kind is not _Kind.CALLED or not token.shouted):
            return True
        if kind in (_Kind.SAID, _Kind.COLON):
            return token.capital or unusual
        if kind is _Kind.TITLE:
            family = token.word in words.family
            return family or (unusual and (token.capital or not _INFLECTED.search(token.word)))
        if kind is _Kind.CLOSING:
            return (token.capital and unusual) or ((token.capital or unusual) and self._at_end(place))
        proper = token.capital and unusual and (not token.shouted or self._shouting)
        if kind is _Kind.SELF:
            return proper and self._rest(place + 1, kind) > place + 1
        return proper and kind in (_Kind.RELATION, _Kind.LIST)

    def _is_meant(self, place: int, kind: _Kind) -> bool:
        """Whether a name that is a word too is meant as a name here."""
        if kind is _Kind.CLOSING:
            return self._tokens[place].capital or self._at_end(place)
        sure = self._tokens[place].capital or kind is _Kind.SAID
        return sure or (kind is not _Kind.CALLED and self._at_boundary(place))

    def _at_end(self, place: int) -> bool:
        """Whether no more than a name stands between here and the end of the text."""
        tail = self._low[self._tokens[place].start :]
        return len(self._tokens) - place <= _MOST_PARTS and not re.search(r"[?!;:]|\.\s\w", tail)

    def _is_given(self, place: int) -> bool:
        token = self._tokens[place]
        if token.shouted and not self._shouting:
            return False
        also_word = token.word in self._words.given_or_word and token.capital and self._may_be_name(token)
        return token.word in self._words.given or (also_word and self._rest(place + 1, _Kind.LIST) > place + 1)

    def _rest(self, place: int, kind: _Kind) -> int:
        """Where a name ends of which the first part ends before `place`: particles and family names are added."""
        end = place
        for _ in range(_MOST_PARTS):
            after = end
            while after < len(self._tokens) and after - end < _MOST_PARTICLES and self._is_particle(after):
                after += 1
            if after >= len(self._tokens) or not self._continues(after, kind, after > end):
                break
            end = after + 1
        return end

    def _is_particle(self, place: int) -> bool:
        return self._tokens[place].word in self._words.particles and self._adjacent(place)

    def _adjacent(self, place: int) -> bool:
        return bool(_SPACE.fullmatch(self._gap(place)))

    def _continues(self, place: int, kind: _Kind, after_particle: bool) -> bool:
        """Whether this token is a further part of a name."""
        token, words = self._tokens[place], self._words
        if not self._adjacent(place) or not self._may_be_name(token):
            return False
        family = token.word in words.family or token.word in words.given_or_word
        unusual = token.word not in words.ordinary
        if token.capital:
            return (family or unusual) and (not token.shouted or self._shouting or self._tokens[place - 1].shouted)
        if after_particle:
            return family or unusual
        if family and unusual:
            return True
        return unusual and kind in (_Kind.SAID, _Kind.CLOSING, _Kind.TITLE) and self._at_boundary(place)

    def _at_boundary(self, place: int) -> bool:
        """Whether the text ends here, or goes on with punctuation or a small word."""
        if place + 1 >= len(self._tokens):
            return True
        return not self._adjacent(place + 1) or self._tokens[place + 1].word in self._words.never


@lru_cache(maxsize=1)
def _relations() -> frozenset[str]:
    return frozenset(word for phrase in load_words()["relations"] for word in fold_in_place(phrase).split())
