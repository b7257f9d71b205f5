"""Every figure of a text with what the text says about it: an end of a range, a period, and the words around it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.checks.grounding.lexicon import Word, rules
from assistant.checks.grounding.reading import LABEL, Reading, Unit, clause_of, read
from knowledge.quantities import MARK, Quantity

Bound = Literal["lower", "upper"]
_PIECE_END = re.compile(
    r",(?! (?:dan|is|zijn|telt|mag|moet|kan|was|waren|geldt)\b)| en (?!meer|hoger|met)| maar | of (?!meer|hoger)"
)
_MAIN = frozenset({"amount", "percentage", "phone", "email", "url"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure in its sentence.

    `periods` are those the amount can be for, read as near to it as they stand; `words` and `beside` are the words
    and the other figures in its part of the sentence, `denied` the places of the words that this part denies;
    `listed` says that it is a list item, whose words are those before the colon.
    """

    quantity: Quantity
    bound: Bound | None
    periods: frozenset[str]
    words: tuple[Word, ...]
    denied: frozenset[int]
    beside: frozenset[tuple[Quantity, Bound | None]]
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    lower: re.Pattern[str]
    upper: re.Pattern[str]
    date_lower: re.Pattern[str]
    date_upper: re.Pattern[str]
    lower_after: re.Pattern[str]
    upper_after: re.Pattern[str]


@lru_cache(maxsize=1)
def _ends() -> _Ends:
    found: Mapping[str, str] = rules()["bounds"]
    filler = found["filler"]
    return _Ends(
        lower=re.compile(found["lower_before"] + filler),
        upper=re.compile(found["upper_before"] + filler),
        date_lower=re.compile(found["date_lower"] + filler),
        date_upper=re.compile(found["date_upper"] + filler),
        lower_after=re.compile(found["lower_after"]),
        upper_after=re.compile(found["upper_after"]),
    )


def bound_at(text: str, start: int, end: int, kind: str) -> Bound | None:
    """Which end of a range the figure between `start` and `end` is."""
    ends = _ends()
    before, after = text[max(0, start - 60) : start], text[end : end + 30]
    lower, upper = (ends.date_lower, ends.date_upper) if kind in ("date", "year", "time") else (ends.lower, ends.upper)
    if lower.search(before) or ends.lower_after.search(after):
        return "lower"
    return "upper" if upper.search(before) or ends.upper_after.search(after) else None


@lru_cache(maxsize=1)
def _periods() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile("|".join(patterns))) for name, patterns in rules()["periods"].items())


def periods_in(text: str) -> frozenset[str]:
    """Periods that a folded text names."""
    return frozenset(name for name, pattern in _periods() if pattern.search(text))


@lru_cache(maxsize=4096)
def facts(text: str) -> tuple[Fact, ...]:
    """The facts of a text, in order; remembered, because the same evidence comes back."""
    reading = read(text)
    return tuple(_facts(reading))


def _facts(reading: Reading) -> Iterator[Fact]:
    lead: frozenset[str] = frozenset()
    for unit in reading.units:
        if not unit.quantities:
            lead = periods_in(unit.text) or lead
            continue
        yield from _facts_of(unit, reading.quantities, lead)


def _facts_of(unit: Unit, quantities: tuple[Quantity, ...], lead: frozenset[str]) -> Iterator[Fact]:
    own = periods_in(unit.text)
    for piece in _pieces(unit.text, quantities):
        label = clause_of(piece.partition(LABEL)[0] if LABEL in piece else piece)
        near = periods_in(piece) or own or lead
        ends = {int(m[1]): _end_of(unit.text, int(m[1]), quantities) for m in MARK.finditer(piece)}
        for number, bound in ends.items():
            yield Fact(
                quantity=quantities[number],
                bound=bound,
                periods=near,
                words=label.words,
                denied=label.denied,
                beside=frozenset((quantities[n], end) for n, end in ends.items() if n != number),
                listed=LABEL in unit.text,
            )


def _end_of(text: str, number: int, quantities: tuple[Quantity, ...]) -> Bound | None:
    mark = f"xq{number}qx"
    start = text.index(mark)
    return bound_at(text, start, start + len(mark), quantities[number].kind)


def _pieces(text: str, quantities: tuple[Quantity, ...]) -> list[str]:
    """Parts of a sentence that each hold a figure of their own; a part without one joins the next."""
    kinds = {quantities[int(m[1])].kind for m in MARK.finditer(text)}
    telling = kinds & _MAIN or kinds
    pieces: list[str] = []
    waiting = ""
    start = 0
    for end in [*_PIECE_END.finditer(text), None]:
        waiting += text[start : end.start() if end else len(text)] + " "
        if any(quantities[int(m[1])].kind in telling for m in MARK.finditer(waiting)):
            pieces.append(waiting)
            waiting = ""
        start = end.end() if end else start
    if waiting.strip() and pieces:
        return [*pieces[:-1], pieces[-1] + waiting]
    return [*pieces, waiting] if waiting.strip() else pieces
