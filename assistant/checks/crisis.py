"""Whether a text tells of danger to a person; works on the raw text, before anything can reject it.

What counts as danger is data. First `texts/crisis.yaml`: patterns, which say exactly what they saw. Then
`texts/crisis_voorbeelden.tsv`: examples, for what people say in words that no pattern foresaw.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from assistant.checks.crisis_examples import learned
from assistant.checks.crisis_reading import Reader
from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from assistant.types import Message
from knowledge.signposts import Signpost
from knowledge.word_spelling import WordSpelling

DEFAULT_LANGUAGE = "nl"
_EXAMPLES = "voorbeelden"
BY_EXAMPLE = "voorbeelden"
_PIECE = re.compile(r"<([a-z_]+)>")
_SLOT = re.compile(r"\{([\w-]+)\}")
_FIRST_SENTENCE = re.compile(r"[^.!?]+[.!?]")
# How many characters before and after its first part a rule looks for its other parts: about twelve words.
_REACH = 75
# A shorter text tells the examples less, so that it must be more like them.
_ENOUGH_WORDS = 6

# A pattern, or a list of patterns of which one is enough.
_Alternatives = str | list[str]
_Entry = str | Mapping[str, list[_Alternatives]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisRule:
    """One way people say it: `parts` stand near each other in one sentence in any order, and no `unless` with them."""

    language: str
    idea: str
    parts: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...] = ()

    def matches(self, reading: str) -> bool:
        """Whether `reading` (one line a sentence) says it."""
        if len(self.parts) == 1 and not self.unless:
            return self.parts[0].search(reading) is not None
        return any(
            all(part.search(window) for part in self.parts[1:]) and not any(p.search(window) for p in self.unless)
            for window in self._windows(reading)
        )

    def _windows(self, reading: str) -> Iterator[str]:
        """The words around each place where the first part stands, within its sentence."""
        for hit in self.parts[0].finditer(reading):
            start = max(reading.rfind("\n", 0, hit.start()) + 1, hit.start() - _REACH)
            end = reading.find("\n", hit.end())
            yield reading[start : min(end if end >= 0 else len(reading), hit.end() + _REACH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisPattern:
    """One kind of crisis: how people tell of it, what only resembles it, and the help lines in order.

    `name` is unique; `kind` is what it counts as. `speaker` says who is written to; `for_child` names the crisis that
    takes its place when a child tells it. `later` opens answers further on in the conversation. In `text` and `later`
    `{slug}` stands for the number of a signpost.
    """

    name: str
    kind: str
    speaker: Literal["kind", "volwassene"]
    rules: tuple[CrisisRule, ...]
    exceptions: tuple[re.Pattern[str], ...]
    signposts: tuple[str, ...]
    text: str
    later: str
    for_child: str | None = None

    def without_lookalikes(self, reading: str) -> str:
        """`reading` without what only resembles it."""
        for exception in self.exceptions:
            reading = exception.sub(" ", reading)
        return reading

    def rule_in(self, reading: str) -> CrisisRule | None:
        """The rule that sees it in `reading`."""
        rest = self.without_lookalikes(reading)
        return next((rule for rule in self.rules if rule.matches(rest)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisMatch:
    """The crisis that a text tells of.

    `language` is the ISO 639-1 code of the pattern that saw it, "nl" when examples did. `seen_by` says what saw it.
    """

    crisis: CrisisPattern
    language: str = DEFAULT_LANGUAGE
    seen_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Policy:
    """All of `crisis.yaml`, compiled. `child` shows that a child is writing, `grown_up` that it is none after all."""

    crises: Mapping[str, CrisisPattern]
    child: tuple[re.Pattern[str], ...]
    grown_up: tuple[re.Pattern[str], ...]
    reader: Reader
    least_like_examples: float
    more_per_missing_word: float


def load_crisis(path: Path = FOLDER / "crisis.yaml") -> tuple[CrisisPattern, ...]:
    """The kinds of crisis, most urgent first.

    Raises:
        TextsError: the file is broken.
    """
    return tuple(_load(path).crises.values())


def find_crisis(text: str) -> CrisisMatch | None:
    """The most urgent crisis that `text` tells of, or None; markup, spelling and hidden characters hide nothing."""
    policy = _load()
    read = policy.reader.readings(text)
    match = _by_pattern(policy, read) or _by_example(policy, read[-1])
    if match is None or match.crisis.for_child is None or not _by_child(policy, read):
        return match
    return CrisisMatch(crisis=policy.crises[match.crisis.for_child], language=match.language, seen_by=match.seen_by)


def reading_of(text: str) -> str:
    """`text` as it is compared with the examples."""
    return _load().reader.readings(text)[-1]


def earlier_crisis(history: Sequence[Message]) -> CrisisPattern | None:
    """The most urgent crisis of the conversation so far, or None.

    A person told of it, or Sam answered with the text of a crisis; long histories may have lost what was asked.
    """
    found = {crisis.name for message in history if (crisis := _told_in(message)) is not None}
    return next((crisis for crisis in load_crisis() if crisis.name in found), None)


def crisis_text(crisis: CrisisPattern, signposts: Mapping[str, Signpost]) -> str:
    """The text of a crisis with its phone numbers.

    Raises:
        KeyError: a slot names no signpost.
    """
    return _fill(crisis.text, signposts)


def later_text(crisis: CrisisPattern, signposts: Mapping[str, Signpost]) -> str:
    """The sentence that opens later answers, with its phone numbers.

    Raises:
        KeyError: a slot names no signpost.
    """
    return _fill(crisis.later, signposts)


def _fill(text: str, signposts: Mapping[str, Signpost]) -> str:
    return _SLOT.sub(lambda match: signposts[match.group(1)].phone or "", text)


def _by_pattern(policy: _Policy, read: Sequence[str]) -> CrisisMatch | None:
    for crisis in policy.crises.values():
        if crisis.speaker == "kind" and not _by_child(policy, read):
            continue
        for reading in read:
            rule = crisis.rule_in(reading)
            if rule is not None:
                return CrisisMatch(crisis=crisis, language=rule.language, seen_by=rule.idea)
    return None


def _by_example(policy: _Policy, reading: str) -> CrisisMatch | None:
    """The crisis of the examples that `reading` is like, also when what only resembles a crisis is left out."""
    name = _like(policy, reading)
    if name is None:
        return None
    rest = reading
    for crisis in policy.crises.values():
        rest = crisis.without_lookalikes(rest)
    if rest != reading and _like(policy, rest) is None:
        return None
    return CrisisMatch(crisis=policy.crises[name], seen_by=_EXAMPLES)


def _like(policy: _Policy, reading: str) -> str | None:
    odds, name = learned().judge(reading)
    missing_words = max(_ENOUGH_WORDS - len(reading.split()), 0)
    return name if odds >= policy.least_like_examples + missing_words * policy.more_per_missing_word else None


def _by_child(policy: _Policy, read: Sequence[str]) -> bool:
    def shows(patterns: Sequence[re.Pattern[str]]) -> bool:
        return any(pattern.search(reading) for pattern in patterns for reading in read)

    return shows(policy.child) and not shows(policy.grown_up)


def _told_in(message: Message) -> CrisisPattern | None:
    if message.role == "gebruiker":
        match = find_crisis(message.text)
        return match.crisis if match else None
    said = " ".join(message.text.split())
    return next((crisis for crisis in load_crisis() if any(first in said for first in _openings(crisis))), None)


def _openings(crisis: CrisisPattern) -> list[str]:
    """The first sentences by which the texts of a crisis are known again."""
    return [match.group() for text in (crisis.text, crisis.later) if (match := _FIRST_SENTENCE.match(text))]


@lru_cache(maxsize=4)
def _load(path: Path = FOLDER / "crisis.yaml") -> _Policy:
    rows = load_yaml(path)
    try:
        pieces = {name: _joined(piece) for name, piece in rows["pieces"].items()}
        crises = [_crisis(row, pieces) for row in rows["crises"]]
        return _Policy(
            crises={crisis.name: crisis for crisis in crises},
            child=tuple(_compile(pattern, pieces) for pattern in rows["child"]),
            grown_up=tuple(_compile(pattern, pieces) for pattern in rows["grown_up"]),
            reader=Reader(
                spelling=WordSpelling(rows["spelling"], [(sound[0], sound[1]) for sound in rows["sounds"]]),
                dialect=rows["dialect"],
                dialect_only=frozenset(rows["dialect_only"]),
            ),
            least_like_examples=float(rows["least_like_examples"]),
            more_per_missing_word=float(rows["more_per_missing_word"]),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise TextsError(f"{path.name}: {error}") from error


def _crisis(row: Mapping[str, Any], pieces: Mapping[str, str]) -> CrisisPattern:
    rules = [
        rule
        for language, ideas in row.get("patterns", {}).items()
        for idea, entries in ideas.items()
        for rule in _rules(language, idea, entries, pieces)
    ]
    return CrisisPattern(
        name=row["name"],
        kind=row["kind"],
        speaker=row["speaker"],
        for_child=row.get("for_child"),
        # A loan word in a Dutch sentence says less about the language than a sentence in another one.
        rules=tuple(sorted(rules, key=lambda rule: rule.language == DEFAULT_LANGUAGE)),
        exceptions=tuple(_compile(pattern, pieces) for pattern in row.get("exceptions", ())),
        signposts=tuple(row["signposts"]),
        text=row["text"].strip(),
        later=row["later"].strip(),
    )


def _rules(language: str, idea: str, entries: Sequence[_Entry], pieces: Mapping[str, str]) -> Iterator[CrisisRule]:
    """An entry is a pattern, or `near` (all of these together) with perhaps `unless` (none of these with them).

    The patterns of an idea are searched as one, which takes a third of the time.
    """
    plain = [entry for entry in entries if isinstance(entry, str)]
    if plain:
        yield CrisisRule(language=language, idea=idea, parts=(_compile(plain, pieces),))
    for entry in entries:
        if not isinstance(entry, str):
            yield CrisisRule(
                language=language,
                idea=idea,
                parts=tuple(_compile(pattern, pieces) for pattern in entry["near"]),
                unless=tuple(_compile(pattern, pieces) for pattern in entry.get("unless", ())),
            )


def _compile(alternatives: _Alternatives, pieces: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with the pieces it names filled in; it begins and ends at the border of a word."""
    pattern = _joined(alternatives)
    while _PIECE.search(pattern):
        pattern = _PIECE.sub(lambda match: f"(?:{pieces[match.group(1)]})", pattern)
    return re.compile(rf"\b(?:{pattern})\b", re.MULTILINE)


def _joined(alternatives: _Alternatives) -> str:
    return alternatives if isinstance(alternatives, str) else "|".join(alternatives)
