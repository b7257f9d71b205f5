"""Personal data in a text, masked before anything stores, logs or sends it.

Amounts, years, dates, ages and the figures of a postcode, which tell the gemeente, stay.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from assistant.checks.personal_data import numbers
from assistant.checks.personal_data.addresses import addresses
from assistant.checks.personal_data.names import names
from assistant.checks.personal_data.words import fold_in_place, load_words, mask

Span = tuple[int, int]
Finder = Callable[[str, str], Iterable[Span]]

_FIGURE = re.compile(r"\d")
_MOST_ROUNDS = 4


def without_masks(text: str) -> str:
    """`text` without the words that stand for masked data, for reading what the person means."""
    return " ".join(_mask_pattern().sub(" ", text).split())


def mask_personal_data(text: str) -> tuple[str, bool]:
    """`text` with personal data replaced by words in square brackets, and whether anything was.

    A second round sees what the first one changed (a date between brackets after a masked name), so masking
    what is masked already changes nothing.
    """
    masked = text
    for _ in range(_MOST_ROUNDS):
        before, masked = masked, _mask_once(masked)
        if masked == before:
            break
    return masked, masked != text


def _mask_once(text: str) -> str:
    for kind, needs_digits, finder in _FINDERS:
        if needs_digits and not _FIGURE.search(text):
            continue
        text = _replace(text, finder(text, fold_in_place(text)), mask(kind))
    return text


def _replace(text: str, spans: Iterable[Span], word: str) -> str:
    parts, place = [], 0
    for start, end in sorted(spans):
        if start >= place:
            apart = " " if text[start - 1 : start].isalnum() and start else ""
            parts += [text[place:start], apart, word]
            place = end
    return "".join((*parts, text[place:])) if parts else text


@lru_cache(maxsize=1)
def _mask_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in load_words()["masks"].values()))


def _in_low(find: Callable[[str], Iterator[Span]]) -> Finder:
    return lambda text, low: find(low)


# In this order: a longer or surer kind goes before one that could take a part of it.
_FINDERS: tuple[tuple[str, bool, Finder], ...] = (
    ("email", False, _in_low(numbers.emails)),
    ("account", True, _in_low(numbers.accounts)),
    ("secret", True, _in_low(numbers.secrets)),
    ("birth", True, _in_low(numbers.births)),
    ("service", True, _in_low(numbers.cued_service_numbers)),
    ("card", True, _in_low(numbers.cards)),
    ("phone", True, _in_low(numbers.phones)),
    ("reference", True, _in_low(numbers.references)),
    ("service", True, _in_low(numbers.service_numbers)),
    ("plate", True, lambda text, low: (*numbers.plates(low), *numbers.bare_plates(text))),
    ("reference", True, _in_low(numbers.long_numbers)),
    ("address", True, addresses),
    ("name", False, names),
)
