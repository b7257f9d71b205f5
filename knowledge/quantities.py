"""The figures of a text, each with its kind and value, and the text with a mark where each one stood.

Two texts agree on a figure when kind and value are equal, or when `Quantity.said_by` finds the one in the other:
"1 juli" in "1 juli 2026", "12 maanden" in "1 jaar", "18" in "18 jaar".
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from knowledge import figures
from knowledge.figures import MONTHS

Kind = Literal[
    "amount", "percentage", "phone", "url", "email", "date", "year", "time", "duration", "postcode", "number"
]  # fmt: skip
Value = str | float | tuple[float | str | None, ...]
MARK = re.compile(r"xq(\d+)qx")
_UNITS: dict[str, tuple[str, float]] = {
    "jaar": ("maand", 12), "jaren": ("maand", 12), "jarige": ("maand", 12), "jarigen": ("maand", 12),
    "kwartaal": ("maand", 3), "kwartalen": ("maand", 3), "maand": ("maand", 1), "maanden": ("maand", 1),
    "week": ("dag", 7), "weken": ("dag", 7), "dag": ("dag", 1), "dagen": ("dag", 1),
    "werkdag": ("werkdag", 1), "werkdagen": ("werkdag", 1), "schooljaar": ("schooljaar", 1),
    "schooljaren": ("schooljaar", 1), "uur": ("uur", 1), "uren": ("uur", 1),
    "minuut": ("uur", 1 / 60), "minuten": ("uur", 1 / 60),
}  # fmt: skip
_COUNT = r"(?:\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)"
_JOINS = r"\s*(?:,|-|–|tot en met|t/m|tot|of|en|à|/)\s*"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_DURATION = re.compile(rf"(?<![\w.,])(?P<counts>{_COUNT}(?:{_JOINS}{_COUNT})*)[\s-]*(?P<unit>{_UNIT})\b", re.IGNORECASE)
_PLUS = re.compile(r"(?<![\w.,])(\d{2})(?:\+(?!\d)|-?plus(?:sers?)?\b)", re.IGNORECASE)
_TIME = re.compile(r"(?<![\d.,:-])([01]?\d|2[0-4])[.:]([0-5]\d)(?![\d,:]|\.\d)(?:\s*uur\b)?", re.IGNORECASE)
_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Z]{2})\b")
_MONTH_WORD = re.compile(rf"\b({'|'.join(MONTHS)})(?:\s+((?:19|20)\d\d))?\b", re.IGNORECASE)
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?![\d-])")
_ANY_NUMBER = re.compile(r"(?<!xq)(?<!\d)\d+(?:[.,]\d+)*")
_COUNT_RE = re.compile(_COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One figure. `value`: cents, percent, digits, address, (year, month, day), year, (hour, minute),
    (count, base unit, count as written), (digits, letters) or number.
    """

    kind: Kind
    value: Value

    def said_by(self, others: Collection["Quantity"]) -> bool:
        """Whether `others` say this figure; a day and its year may stand apart when that day has no other year."""
        return self in others or any(self._equals(other) for other in others) or self._said_in_parts(others)

    def _equals(self, other: "Quantity") -> bool:
        if self.kind == other.kind and self.value == other.value:
            return True
        return _ALIKE.get((self.kind, other.kind), _never)(self.value, other.value)

    def _said_in_parts(self, others: Collection["Quantity"]) -> bool:
        if self.kind != "date" or not isinstance(self.value, tuple):
            return False
        year, *day = self.value
        same_day = [
            o.value for o in others if o.kind == "date" and isinstance(o.value, tuple) and [*o.value[1:]] == day
        ]
        has_year = any(o.kind == "year" and o.value == year for o in others)
        return bool(same_day) and has_year and all(value[0] is None for value in same_day)


def _never(said: Value, stored: Value) -> bool:
    return False


def _date_in_date(said: Value, stored: Value) -> bool:
    """A date without its year or its day is said by the whole one, never the other way round."""
    assert isinstance(said, tuple)
    assert isinstance(stored, tuple)
    return all(part is None or part == whole for part, whole in zip(said, stored, strict=True))


def _same_length(said: Value, stored: Value) -> bool:
    assert isinstance(said, tuple)
    assert isinstance(stored, tuple)
    return said[:2] == stored[:2]


def _host_of(said: Value, stored: Value) -> bool:
    return str(stored).startswith(f"{said}/")


def _count_of(said: Value, stored: Value) -> bool:
    assert isinstance(stored, tuple)
    return said == stored[2]


def _first_of(said: Value, stored: Value) -> bool:
    assert isinstance(stored, tuple)
    return said == stored[0]


def _hour(said: Value, stored: Value) -> bool:
    assert isinstance(said, tuple)
    assert isinstance(stored, tuple)
    return said[1] == "uur" and stored == (said[2], 0)


def _whole_hour(said: Value, stored: Value) -> bool:
    return _hour(stored, said)


def _euros(said: Value, stored: Value) -> bool:
    return isinstance(said, float | int) and said * 100 == stored


def _equal(said: Value, stored: Value) -> bool:
    return said == stored


_ALIKE: dict[tuple[Kind, Kind], Callable[[Value, Value], bool]] = {
    ("date", "date"): _date_in_date,
    ("year", "date"): _first_of,
    ("duration", "duration"): _same_length,
    ("url", "url"): _host_of,
    ("number", "duration"): _count_of,
    ("number", "amount"): _euros,
    ("number", "percentage"): _equal,
    ("number", "year"): _equal,
    ("duration", "time"): _hour,
    ("time", "duration"): _whole_hour,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text in which a mark (`xq0qx`, `xq1qx`, …) stands for each figure, in the order of `quantities`."""

    text: str
    quantities: tuple[Quantity, ...]


def mark_number(word: str) -> int | None:
    """The place in `Marked.quantities` that a word marks; None when it is no mark."""
    match = MARK.fullmatch(word)
    return int(match.group(1)) if match else None


def mark_quantities(text: str) -> Marked:
    """Every figure of `text` replaced by its mark; number words count as figures ("drie weken")."""
    marker = _Marker(figures.with_digits(MARK.sub(" ", text)))
    for needs, read in _READERS:
        if marker.has(needs):
            read(marker)
    return marker.marked()


class _Marker:
    """A text on its way to marks; each reader takes out the figures of one kind."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Quantity] = []

    def has(self, needs: tuple[str, ...]) -> bool:
        """Whether one of the texts stands in what is left of the text."""
        lowered = self._text.lower()
        return any(need in lowered for need in needs)

    def mark(self, kind: Kind, value: Value) -> str:
        self._found.append(Quantity(kind=kind, value=value))
        return f" xq{len(self._found) - 1}qx "

    def replace(self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], str]) -> None:
        self._text = pattern.sub(make, self._text)

    def marked(self) -> Marked:
        return Marked(text=self._text, quantities=tuple(self._found))


def _number(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def _read_addresses(marker: _Marker) -> None:
    marker.replace(figures.EMAIL, lambda m: marker.mark("email", m.group().lower().rstrip(".")) + _stop(m.group()))
    marker.replace(figures.URL, lambda m: marker.mark("url", figures.normalise_url(m.group())) + _stop(m.group()))


def _stop(written: str) -> str:
    """The closing punctuation that an address took along."""
    return written[-1] if written[-1] in ".,;:!?)" else ""


def _read_amounts(marker: _Marker) -> None:
    marker.replace(figures.EURO_BEFORE, lambda m: marker.mark("amount", figures.to_cents(m["first"], m["scale"])))
    marker.replace(figures.EURO_AFTER, lambda m: _amounts_before_euro(marker, m))


def _amounts_before_euro(marker: _Marker, match: re.Match[str]) -> str:
    parts = 100 if match["cent"] else 1
    return figures.NUMBER.sub(
        lambda m: marker.mark("amount", figures.to_cents(m.group(), match["scale"]) // parts), match["numbers"]
    )


def _read_percentages(marker: _Marker) -> None:
    marker.replace(
        figures.PERCENT,
        lambda m: figures.SHARE.sub(lambda n: marker.mark("percentage", _number(n.group())), m["numbers"]),
    )


def _read_dates(marker: _Marker) -> None:
    marker.replace(
        figures.DATE_IN_DIGITS,
        lambda m: marker.mark("date", (int(m.group(4)), int(m.group(3)), int(m.group(1)))),
    )
    marker.replace(_ISO, lambda m: marker.mark("date", (int(m[1]), int(m[2]), int(m[3]) if m[3] else None)))
    marker.replace(figures.DATE, lambda m: marker.mark("date", (int(m[3]) if m[3] else None, _month(m[2]), int(m[1]))))


def _read_months(marker: _Marker) -> None:
    marker.replace(_MONTH_WORD, lambda m: marker.mark("date", (int(m[2]) if m[2] else None, _month(m[1]), None)))


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1


def _read_phones(marker: _Marker) -> None:
    marker.replace(figures.PHONE, lambda m: marker.mark("phone", figures.normalise_phone(m.group())))


def _read_places_and_times(marker: _Marker) -> None:
    marker.replace(_POSTCODE, lambda m: marker.mark("postcode", (m[1], m[2])))
    marker.replace(_TIME, lambda m: marker.mark("time", (int(m[1]), int(m[2]))))


def _read_durations(marker: _Marker) -> None:
    marker.replace(_DURATION, lambda m: _durations(marker, m))
    marker.replace(_PLUS, lambda m: marker.mark("duration", (int(m[1]) * 12, "maand", int(m[1]))) + " of ouder ")


def _durations(marker: _Marker, match: re.Match[str]) -> str:
    base, size = _UNITS[match["unit"].lower()]

    def one(count: re.Match[str]) -> str:
        number = _number(count.group())
        if 1950 <= number < 2050 and base != "uur":
            return marker.mark("year", int(number))
        return marker.mark("duration", (round(number * size, 4), base, number))

    return _COUNT_RE.sub(one, match["counts"])


def _read_numbers(marker: _Marker) -> None:
    marker.replace(figures.YEAR, lambda m: marker.mark("year", int(m.group())))
    marker.replace(_ANY_NUMBER, lambda m: marker.mark("number", _plain(m.group())))


def _plain(written: str) -> Value:
    """A number as its value; digits that are no Dutch number ("074", "1.2.3") as they are."""
    if figures.NUMBER.fullmatch(written) and not re.match(r"0\d", written):
        return _number(written)
    return written


_DIGITS = tuple("0123456789")
# Each with texts of which one stands in every text that has such a figure.
_READERS = (
    (("@", "."), _read_addresses), (("€", "eur"), _read_amounts), (("%", "procent"), _read_percentages),
    (_DIGITS, _read_dates), (_DIGITS, _read_phones), (_DIGITS, _read_places_and_times), (MONTHS, _read_months),
    (_DIGITS, _read_durations), (_DIGITS, _read_numbers),
)  # fmt: skip
