"""Whether a text tells of a money emergency: something that cannot wait until tomorrow."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from knowledge.likeness import ExampleModel
from knowledge.text import fold
from knowledge.word_spelling import WordSpelling

OWN_GEMEENTE = "gemeente"
_NONE = "geen"

# Log odds, measured on the questions to develop on: without a sign an emergency must be likelier than none; with a
# sign only a text that is very like the examples of none is let go.
_SURE, _SURE_WITH_SIGN = 0.0, -4.0
# Words: a long story is weighed in passages that overlap by half, so that it does not hide one sentence.
_PASSAGE = 50
# Characters: how far what stands near or beside the words of a sign may be from them.
_NEAR, _BESIDE = 60, 200

_FAMILY = re.compile(r"\{([a-z_]+)\}")
_SENTENCE = re.compile(r"[?!;\n]+|\.+(?!\d)")
_CLAUSE = re.compile(r"[,:()](?!\d)|\b(?=(?:maar|nu|nou|inmiddels|toch)\b)")
_NO_WORD = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile(r"['’`´]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A stored sentence to quote: the page it stands on, and words that only it holds."""

    page: str
    find: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One way people tell of it: `find`, with each of `near` close by, each of `beside` around and no `unless`."""

    find: re.Pattern[str]
    near: tuple[re.Pattern[str], ...] = ()
    beside: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None

    def seen_in(self, told: str) -> bool:
        """Whether `told`, the words of a text without its harmless parts, holds this sign."""
        return any(self._fits(told, match) for match in self.find.finditer(told))

    def _fits(self, told: str, match: re.Match[str]) -> bool:
        close, around = _around(told, match, _NEAR), _around(told, match, _BESIDE)
        return (
            all(pattern.search(close) for pattern in self.near)
            and all(pattern.search(around) for pattern in self.beside)
            and not (self.unless is not None and self.unless.search(around))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """One kind of money emergency.

    `subject` names it in a few words. `desk` tells whom to call today: "gemeente" (the desk for money worries of the
    own gemeente) or the key of a page with a phone number. `topics` says where the regeling that helps is found, best
    first. The texts hold no figures of their own. `signs` are ways people tell of it; `harmless` is what only looks
    like it; a text without one of the words of `about` is about something else.
    """

    kind: str
    subject: str
    about: re.Pattern[str]
    signs: tuple[Sign, ...]
    harmless: tuple[re.Pattern[str], ...]
    desk: str
    topics: tuple[str, ...]
    law: tuple[Law, ...]
    urgent: str
    at_hand: str
    after: str

    def signs_in(self, told: str) -> Iterator[Sign]:
        """The signs of this kind in `told`, a text as `what_is_told` gives it."""
        for pattern in self.harmless:
            told = pattern.sub(" ", told)
        return (sign for sign in self.signs if sign.seen_in(told))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reduces a text to the words of what it says is happening."""

    spelling: WordSpelling
    asking: tuple[re.Pattern[str], ...]
    own: re.Pattern[str]
    happening: re.Pattern[str]
    harmless: tuple[re.Pattern[str], ...]

    def told(self, text: str) -> str:
        """Those words; sentences are parted by a dot of its own. Empty when the text only asks for information."""
        folded = self.spelling.corrected(_APOSTROPHE.sub("", fold(text)))
        sentences = [said for sentence in _SENTENCE.split(folded) if (said := self._said(sentence))]
        if not any(self.happening.search(said) for said in sentences):
            sentences = [said for said in sentences if not self._only_asks(said)]
        return " . ".join(sentences)

    def _said(self, sentence: str) -> str:
        clauses = (_NO_WORD.sub(" ", clause).strip() for clause in _CLAUSE.split(sentence))
        return " ".join(said for said in clauses if said and not any(part.search(said) for part in self.harmless))

    def _only_asks(self, sentence: str) -> bool:
        return any(pattern.search(sentence) for pattern in self.asking) and not self.own.search(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Emergencies:
    reader: _Reader
    likeness: ExampleModel
    kinds: tuple[Emergency, ...]


@lru_cache(maxsize=1)
def _load(path: Path = FOLDER / "noodsituaties.yaml", examples: Path = FOLDER / "noodvoorbeelden.yaml") -> _Emergencies:
    raw, told = load_yaml(path), load_yaml(examples)
    try:
        families = _families(raw["families"])
        reader = _Reader(
            spelling=WordSpelling(raw["spelling"]["words"].split(), raw["spelling"]["sounds"]),
            asking=_compile(raw["asking"], families),
            own=_pattern(raw["own"], families),
            happening=_pattern(raw["happening"], families),
            harmless=_compile(raw["harmless"], families),
        )
        return _Emergencies(
            reader=reader,
            likeness=ExampleModel({kind: [reader.told(text) for text in texts] for kind, texts in told.items()}, _NONE),
            kinds=tuple(_emergency(row, families) for row in raw["emergencies"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise TextsError(f"{path.name} of {examples.name} klopt niet: {error}") from error


def _families(raw: Mapping[str, str]) -> dict[str, str]:
    """The families of words by name; one may use those above it."""
    families: dict[str, str] = {}
    for name, pattern in raw.items():
        families[name] = _expanded(pattern, families)
    return families


def _expanded(pattern: str, families: Mapping[str, str]) -> str:
    return _FAMILY.sub(lambda match: families[match.group(1)], pattern)


def _pattern(pattern: str, families: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_expanded(pattern, families))


def _compile(patterns: Iterable[str], families: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(pattern, families) for pattern in patterns)


def _emergency(row: Mapping[str, Any], families: Mapping[str, str]) -> Emergency:
    return Emergency(
        kind=row["kind"],
        subject=row["subject"],
        about=_pattern(row["about"], families),
        signs=tuple(_sign(sign, families) for sign in row["signs"]),
        harmless=_compile(row.get("harmless", ()), families),
        desk=row["desk"],
        topics=tuple(row["topics"]),
        law=tuple(Law(page=rule["page"], find=rule["find"]) for rule in row["law"]),
        urgent=row["urgent"],
        at_hand=row["at_hand"],
        after=row["after"],
    )


def _sign(raw: str | Mapping[str, Any], families: Mapping[str, str]) -> Sign:
    parts = {"find": raw} if isinstance(raw, str) else raw
    return Sign(
        find=_pattern(parts["find"], families),
        near=_compile(_listed(parts.get("near")), families),
        beside=_compile(_listed(parts.get("beside")), families),
        unless=_pattern(parts["unless"], families) if "unless" in parts else None,
    )


def _listed(patterns: str | list[str] | None) -> list[str]:
    return [patterns] if isinstance(patterns, str) else patterns or []


def load_emergencies() -> dict[str, Emergency]:
    """All kinds by slug, most urgent first.

    Raises:
        TextsError: the file is broken.
    """
    return {emergency.kind: emergency for emergency in _load().kinds}


def what_is_told(text: str) -> str:
    """What `text` says is happening, in folded words with their spelling mended; sentences are parted by " . ".

    A sentence that only asks about a subject, and a part about the past or about somebody's study, are left out.
    """
    return _load().reader.told(text)


def find_emergencies(text: str) -> tuple[Emergency, ...]:
    """The kinds of emergency that `text` tells of, most urgent first; empty when nothing cannot wait.

    What is told is weighed by likeness to examples, and counts sooner when it holds a sign. Without any sign only
    the likeliest kind counts.
    """
    told = what_is_told(text)
    if not told:
        return ()
    loaded = _load()
    odds = _best_odds(loaded.likeness, told)
    found = [kind for kind in loaded.kinds if odds[kind.kind] > _SURE_WITH_SIGN and any(kind.signs_in(told))]
    if not found:
        likely = [kind for kind in loaded.kinds if odds[kind.kind] > _SURE and kind.about.search(told)]
        found = sorted(likely, key=lambda kind: odds[kind.kind])[-1:]
    return tuple(found)


def _best_odds(likeness: ExampleModel, told: str) -> dict[str, float]:
    """Of every kind the log odds against none, in the passage that is most like it."""
    words = told.split()
    starts = range(0, max(1, len(words) - _PASSAGE // 2), _PASSAGE // 2)
    passages = [likeness.odds(" ".join(words[start : start + _PASSAGE])) for start in starts]
    return {kind: max(odds[kind] for odds in passages) for kind in passages[0]}


def _around(text: str, match: re.Match[str], reach: int) -> str:
    return text[max(0, match.start() - reach) : match.end() + reach]
