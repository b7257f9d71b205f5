"""Whether a name in a text is meant as a place: many kernen are also ordinary words, surnames or streets."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.text import fold

_TOKEN = re.compile(r"[a-z0-9]+")
_ARTICLES = r"\s+(?:de\s+|het\s+)?(?:gemeente\s+)?$"
_BEFORE_OWN = re.compile(r"\b(?:in|uit|te|bij|naar|gemeente|gem\.?|van|omgeving)" + _ARTICLES)
_IN = re.compile(r"\b(?:in|uit|naar|gemeente|bij|van)\s+$")
_BEFORE_OTHER = re.compile(r"\b(?:in|uit|gemeente)" + _ARTICLES)
_LIVES = re.compile(
    r"\b(?:woon\w*|wonen|kom(?:en|t)?|verhuis\w*|zit|gemeente)(?:\s+\w+){0,4}\s+(?:in|uit|naar)\s+$|\bgemeente\s+$"
)
_LIVES_THERE = re.compile(r"\b(?:woon\w*|wonen|verhuis\w*)(?:\s+\w+){0,4}\s+(?:in|naar)\s+(?:de\s+)?$")
_OTHER_NAME = re.compile(
    r"(?<!inwoner )(?<!bewoner )(?<!inwoners )(?<!bewoners )\b(?:van|van de|van der|van den|de|der)\s+$"
)
_FULL_NAME = re.compile(r"(?<=[a-z,:;] )([A-Z][\w'-]+) [Vv]an (?:de |der |den |het )?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s*)[\"'(]*$")
_QUALIFIED = (
    r"(?:\W{{1,3}}(?:maar|dan|die|dat|wel|ligt|het)\b){{0,4}}\W{{1,3}}(?:(?:in|bij)\s+)?(?:de\s+)?(?:{words})\b"
)
_WINDOW = 100


def key_of(name: str) -> str:
    """The folded words of a name, as it is looked up: "'t Loo" gives "t loo"."""
    return " ".join(_TOKEN.findall(fold(name)))


def fold_in_place(text: str) -> str:
    """`text` folded, every character at its own position, also when folding makes some longer or shorter."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(char)[:1] or " " for char in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A name in a folded text: what stands before and after it, and how it was written.

    `expected` says that the text answers the question where someone lives; `first_name` is the word with a capital
    in "ik ben Willem van Rossum".
    """

    before: str
    after: str
    capital: bool
    expected: bool
    first_name: str = ""

    @classmethod
    def of(cls, folded: str, span: tuple[int, int], written: str, *, expected: bool) -> "Surroundings":
        """The surroundings of `folded[span]`; `written` is the whole text as typed, equally long."""
        start, end = span
        before = folded[max(0, start - _WINDOW) : start].rstrip("'’\"(")
        capital = written[start].isupper() and not written.isupper() and not _SENTENCE_START.search(before)
        full_name = _FULL_NAME.search(written[max(0, start - _WINDOW) : start])
        return cls(
            before=before,
            after=folded[end : end + _WINDOW],
            capital=capital,
            expected=expected,
            first_name=fold(full_name.group(1)) if full_name else "",
        )

    @property
    def opens(self) -> bool:
        """Whether the text begins with the name, set apart: "Goor, huur niet betaald"."""
        return not self.before.strip() and self.after[:1] in (",", ":")


class PlaceRules:
    """The word lists and patterns of `gemeenten.yaml` that tell a place from a word, a surname or a street."""

    def __init__(self, elsewhere: Mapping[str, Any], free: Collection[str]) -> None:
        """`free` holds the keys of names that always count, the gemeenten themselves."""

        def keys(field: str) -> frozenset[str]:
            return frozenset(key_of(word) for word in elsewhere.get(field, ()))

        self._common = keys("common_words") - frozenset(free)
        self._capital = keys("capital_words")
        towns = {key_of(town) for listed in elsewhere.get("outside_towns", {}).values() for town in listed}
        self._strict = keys("strict_words") | towns
        self._home = keys("home_words")
        self._guarded = self._common | self._strict | self._home
        self._services = frozenset(elsewhere.get("services", ()))
        services = "|".join(re.escape(word) for word in self._services)
        self._service = re.compile(rf"\b(?:{services})\s+$")
        qualifiers = "|".join(re.escape(word) for word in elsewhere.get("qualifiers", ())) or "(?!)"
        self._qualified = re.compile(_QUALIFIED.format(words=qualifiers))
        self._fillers = frozenset(elsewhere.get("fillers", ()))
        self._never_before = [re.compile(pattern) for pattern in elsewhere.get("no_place_before", ())]
        self._never_after = [re.compile(pattern) for pattern in elsewhere.get("no_place_after", ())]
        self._uses = {
            key: [re.compile(pattern) for pattern in patterns]
            for key, patterns in elsewhere.get("ordinary_uses", {}).items()
        }

    def is_place(self, key: str, around: Surroundings, *, own: bool) -> bool:
        """Whether the name `key` is a place there; `own` when it lies in Twente."""
        if any(pattern.search(around.before) for pattern in self._never_before):
            return False
        if any(pattern.search(around.after) for pattern in self._never_after):
            return False
        if around.first_name and around.first_name not in self._services:
            return False
        if key in self._uses and not around.capital and not _IN.search(around.before):
            return not self._is_ordinary_use(key, around)
        return self._own_counts(key, around) if own else self._other_counts(key, around)

    @property
    def guarded(self) -> frozenset[str]:
        """Names that are also an ordinary word, a surname or a region, so that they only count in some places."""
        return self._guarded

    def is_the_other(self, around: Surroundings) -> bool:
        """Whether the words after a name say that a place of that name elsewhere is meant: "Hengelo (Gld)"."""
        return bool(self._qualified.match(around.after))

    def expects_place(self, around: Surroundings) -> bool:
        """Whether the words before a name say that a place comes."""
        return around.expected or bool(_BEFORE_OWN.search(around.before)) or self._is_bare(around)

    def _is_ordinary_use(self, key: str, around: Surroundings) -> bool:
        text = f"{around.before}{key}{around.after}"
        start = len(around.before)
        return any(m.start() <= start < m.end() for pattern in self._uses[key] for m in pattern.finditer(text))

    def _own_counts(self, key: str, around: Surroundings) -> bool:
        if key not in self._common or self.expects_place(around):
            return True
        if around.capital and key in self._capital:
            return True
        return around.opens or bool(self._service.search(around.before))

    def _other_counts(self, key: str, around: Surroundings) -> bool:
        if key in self._home:
            return bool(_LIVES_THERE.search(around.before))
        if self.is_the_other(around) or (around.expected and self._is_bare(around)):
            return True
        if key in self._strict:
            preposition = around.capital and bool(_BEFORE_OTHER.search(around.before))
            return preposition or bool(_LIVES.search(around.before))
        if key in self._common:
            return (
                bool(_BEFORE_OTHER.search(around.before) or _LIVES.search(around.before))
                or self._is_bare(around)
                or around.opens
                or (around.capital and key in self._capital)
            )
        return not _OTHER_NAME.search(around.before)

    def _is_bare(self, around: Surroundings) -> bool:
        """Whether nothing but small words stands around the name."""
        words = (*_TOKEN.findall(around.before), *_TOKEN.findall(around.after))
        return all(word in self._fillers for word in words)
