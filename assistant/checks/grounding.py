"""Whether a sentence says only what its evidence says.

Every figure of the sentence (amount, percentage, phone number, web address, e-mail address, date, year,
other number) and every gemeente it names must stand in the evidence, after normalisation.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.checks.outcome import Outcome, judge
from knowledge import figures

_READINGS: tuple[tuple[str, Callable[[str], set[Any]]], ...] = (
    ("amount", figures.amounts),
    ("percentage", figures.percentages),
    ("phone", figures.phones),
    ("url", figures.urls),
    ("email", figures.emails),
    ("date", figures.dates),
    ("year", figures.years),
    ("number", figures.numbers),
)


def check_grounding(sentence: str, evidence: Sequence[str], places: Iterable[str] = ()) -> Outcome:
    """Judge one sentence against the paragraphs it cites.

    `places` are names of gemeenten and kernen; one that the sentence names must stand in the evidence.
    A sentence without evidence may hold no figures and no places.
    """
    support = "\n".join(evidence)
    reasons: list[str] = []
    for name, read in _READINGS:
        unsupported = read(sentence) - read(support)
        reasons.extend(f"{name} {figure} is not in the evidence" for figure in sorted(unsupported, key=str))
    lowered, found = sentence.casefold(), support.casefold()
    reasons.extend(
        f"place {place} is not in the evidence"
        for place in places
        if place.casefold() in lowered and place.casefold() not in found
    )
    return judge(reasons)
