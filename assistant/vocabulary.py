"""Finds words of a language in a text, however they are inflected, and gives the Dutch for them.

A pattern in the data is read like this:
`word`        that word
`word*`       every word that starts so, `*word*` every word that holds it
`two words`   next to each other, in this order
`a|b c`       "a c" or "b c"; `a|b_c` is "a" or "b c"
`a + b`       both, in any order, not far from each other
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from assistant.errors import TextsError
from knowledge.text import fold

_APOSTROPHES = re.compile(r"['’ʼ`´]")
_TOKEN = re.compile(r"[^\W_]+")
_NEAR = 8
_SHORTEST_AFTER_PREFIX = 3
_SHORTEST_PREFIX = 2
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How a language is made comparable: letters with more than one spelling, and prefixes that stick to words.

    `letters` are (old, new) pairs, applied in order to folded text.
    """

    letters: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()

    def plain(self, text: str) -> str:
        """`text` folded, without apostrophes, with one spelling of every letter."""
        plain = _APOSTROPHES.sub("", fold(text))
        for old, new in self.letters:
            plain = plain.replace(old, new)
        return plain

    def forms(self, token: str) -> Iterator[str]:
        """`token`, and what is left of it after each prefix that it may start with."""
        yield token
        for prefix in self.prefixes:
            if token.startswith(prefix) and len(token) >= len(prefix) + _SHORTEST_AFTER_PREFIX:
                yield token[len(prefix) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Alternatives of which one must occur; each is a row of adjacent words."""

    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    dutch: str
    tier: int
    groups: tuple[_Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A pattern found: the words it rests on, and how much of the text that is, in letters."""

    pattern: _Pattern
    places: frozenset[int]
    weight: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Lower goes first: the tier, then the longest, then the first in the text."""
        return self.pattern.tier, -self.weight, min(self.places)


class Vocabulary:
    """Dutch phrases by the words of another language.

    Args:
        tiers: Dutch phrase to the patterns that mean it; a word that an earlier tier took is not read again.
        spelling: how that language is made comparable.

    Raises:
        TextsError: a pattern has an empty part.
    """

    def __init__(self, tiers: Sequence[Mapping[str, Sequence[str]]], spelling: Spelling) -> None:
        self._spelling = spelling
        self._patterns = [
            self._parse(dutch, tier, pattern)
            for tier, words in enumerate(tiers)
            for dutch, patterns in words.items()
            for pattern in patterns
        ]

    def _parse(self, dutch: str, tier: int, pattern: str) -> _Pattern:
        groups = []
        for group in pattern.split("+"):
            choices = [word.split("|") for word in self._spelling.plain(group).split()]
            rows = [tuple("_".join(row).split("_")) for row in product(*choices)]
            if not all(word.strip("*") for row in rows for word in row):
                raise TextsError(f"'{dutch}': een leeg deel in '{pattern}'")
            groups.append(_Group(alternatives=tuple(rows)))
        return _Pattern(dutch=dutch, tier=tier, groups=tuple(groups))

    def plain(self, text: str) -> str:
        """`text` as words with one space between them, made comparable."""
        return " ".join(_TOKEN.findall(self._spelling.plain(text)))

    def phrases(self, text: str, *, last_tier: int | None = None) -> list[str]:
        """The Dutch for what is found, in the order of the text, each once; the longest match wins.

        With `last_tier` only the tiers up to that one are read, counted from 0.
        """
        tokens = _TOKEN.findall(self._spelling.plain(text))
        places = self._places(tokens)
        patterns = [pattern for pattern in self._patterns if last_tier is None or pattern.tier <= last_tier]
        matches = [match for pattern in patterns for match in _matches(pattern, places, tokens)]
        taken: set[int] = set()
        found: list[_Match] = []
        for match in sorted(matches, key=lambda match: match.rank):
            if taken.isdisjoint(match.places):
                taken |= match.places
                found.append(match)
        found.sort(key=lambda match: min(match.places))
        return list(dict.fromkeys(match.pattern.dutch for match in found))

    @cached_property
    def _pattern_words(self) -> frozenset[str]:
        return frozenset(
            word for pattern in self._patterns for group in pattern.groups for row in group.alternatives for word in row
        )

    @cached_property
    def _anywhere(self) -> tuple[str, ...]:
        return tuple(word for word in self._pattern_words if word.startswith("*"))

    def _places(self, tokens: Sequence[str]) -> dict[str, list[int]]:
        """For every pattern word that occurs, the positions of the tokens it fits."""
        places: dict[str, list[int]] = {}
        for position, token in enumerate(tokens):
            for word in {word for form in self._spelling.forms(token) for word in self._fitting(form)}:
                places.setdefault(word, []).append(position)
        return places

    def _fitting(self, form: str) -> Iterator[str]:
        if form in self._pattern_words:
            yield form
        for end in range(_SHORTEST_PREFIX, len(form) + 1):
            if (prefix := f"{form[:end]}*") in self._pattern_words:
                yield prefix
        for word in self._anywhere:
            if word.strip("*") in form if word.endswith("*") else form.endswith(word[1:]):
                yield word


def _matches(pattern: _Pattern, places: Mapping[str, list[int]], tokens: Sequence[str]) -> Iterator[_Match]:
    spans = [_spans(group, places) for group in pattern.groups]
    if not all(spans):
        return
    for first in spans[0]:
        chosen = [first]
        for others in spans[1:]:
            near = _nearest(others, first, chosen)
            if near is None:
                break
            chosen.append(near)
        else:
            positions = frozenset(place for start, end in chosen for place in range(start, end))
            yield _Match(pattern=pattern, places=positions, weight=sum(len(tokens[place]) for place in positions))


def _spans(group: _Group, places: Mapping[str, list[int]]) -> list[Span]:
    """(first token, token after the last) of every place where an alternative stands, in order."""
    spans = set()
    for row in group.alternatives:
        later = [frozenset(places.get(word, ())) for word in row[1:]]
        for start in places.get(row[0], ()):
            if all(start + offset in found for offset, found in enumerate(later, start=1)):
                spans.add((start, start + len(row)))
    return sorted(spans)


def _nearest(spans: Sequence[Span], to: Span, taken: Sequence[Span]) -> Span | None:
    """The nearest of the sorted `spans` that is not far from `to` and overlaps none of `taken`."""
    low, high = bisect_left(spans, (to[0] - _NEAR, 0)), bisect_left(spans, (to[1] + _NEAR, 0))
    free = [span for span in spans[low:high] if all(span[1] <= start or stop <= span[0] for start, stop in taken)]
    return min(free, key=lambda span: abs(span[0] - to[0]), default=None)
