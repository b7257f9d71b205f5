"""Whether the figures of a sentence are those of its evidence: same value, same end, same period, same label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.grounding.alignment import share_of_pairs
from assistant.checks.grounding.facts import Bound, Fact, facts, periods_in
from assistant.checks.grounding.lexicon import Word, is_said, roots_of, rules
from assistant.checks.grounding.reading import Evidence, Reading, read_evidence
from knowledge.quantities import Quantity

_MONTHS_OF = {"maand": 1, "kwartaal": 3, "jaar": 12}
_FEW, _BEHIND, _FIGURE_WEIGHT, _COPIED = 4, 2, 2, 0.5
_UNLABELLED = ("number", "year", "date", "time", "postcode")
_PLACED = ("year", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The figures of the evidence: with their places, as values, and the periods and shares that it names."""

    facts: tuple[Fact, ...]
    known: frozenset[Quantity]
    counted: frozenset[str]
    periods: frozenset[str]
    shares: frozenset[str]


@lru_cache(maxsize=1024)
def _stored(paragraphs: tuple[str, ...]) -> _Stored:
    evidence = read_evidence(paragraphs)
    found = tuple(fact for paragraph in paragraphs for fact in facts(paragraph))
    counted = [noun for reading in evidence.readings for q in reading.quantities for noun in _counted(reading, q)]
    return _Stored(
        facts=found,
        known=frozenset(fact.quantity for fact in found),
        counted=frozenset().union(*(noun.roots for noun in counted)),
        periods=periods_in(evidence.folded),
        shares=frozenset(_shares().findall(evidence.folded)),
    )


def figure_reasons(sentence: Reading, said: Sequence[Fact], evidence: Evidence) -> list[str]:
    """Why figures of the sentence are not those of the evidence (English); empty when all are."""
    stored = _stored(evidence.paragraphs)
    reasons = [
        f"{quantity.kind} {_shown(quantity)} is not in the evidence"
        for quantity in dict.fromkeys(sentence.quantities)
        if not quantity.said_by(stored.known)
        and not _only_counts(quantity, sentence, stored)
        and not any(_has_length(period, [quantity]) for period in stored.periods)
    ]
    if reasons:
        return reasons
    return [
        *_wrong_ends(said, stored, sentence),
        *_moved_ends(said, stored.facts),
        *_wrong_periods(said, stored),
        *_other_periods(sentence, stored),
        *_other_shares(sentence, stored),
        *_wrong_labels(said, stored.facts),
        *_wrong_places(sentence, evidence),
    ]


def _shown(quantity: Quantity) -> str:
    value = quantity.value
    return f"{value / 100:g}" if quantity.kind == "amount" and isinstance(value, int | float) else str(value)


def _only_counts(quantity: Quantity, sentence: Reading, stored: _Stored) -> bool:
    """Whether a small number counts what the evidence names and does not count itself ("op twee manieren")."""
    if quantity.kind != "number" or not isinstance(quantity.value, float) or quantity.value > _FEW:
        return False
    nouns = list(_counted(sentence, quantity))
    return bool(nouns) and not any(noun.roots & stored.counted for noun in nouns)


def _counted(reading: Reading, quantity: Quantity) -> Iterator[Word]:
    """What a number counts: the first words with a meaning behind it."""
    if quantity.kind != "number":
        return
    mark = f"xq{reading.quantities.index(quantity)}qx"
    for unit in reading.units:
        for place, word in enumerate(unit.words):
            if word.text == mark:
                behind = unit.words[place + 1 : place + 1 + _BEHIND]
                yield from (other for other in behind if other.weight != "stop")


def _wrong_ends(said: Sequence[Fact], stored: _Stored, sentence: Reading) -> Iterator[str]:
    """A lower end said of what is an upper end in the evidence, or the other way round."""
    denies = any(unit.denials for unit in sentence.units)
    for fact in said:
        ends = {other.bound for other in _places_of(fact, stored.facts)}
        if fact.bound is None or fact.bound in ends or not ends:
            continue
        at_least = fact.bound == "lower" and fact.quantity.kind == "amount" and rules()["at_least"] in sentence.tokens
        if at_least if ends == {None} else not denies:
            yield f"{fact.quantity.kind} {_shown(fact.quantity)} is the {fact.bound} end only in the sentence"


def _places_of(fact: Fact, stored: Iterable[Fact]) -> list[Fact]:
    """Where the evidence has the figure."""
    return [other for other in stored if fact.quantity.said_by([other.quantity])]


def _moved_ends(said: Sequence[Fact], stored: Sequence[Fact]) -> Iterator[str]:
    """A figure that stands as often in both, but not at the same ends ("onder de 21 … vanaf 21")."""
    for quantity in {fact.quantity for fact in said}:
        here = sorted(str(fact.bound) for fact in said if fact.quantity == quantity)
        there = sorted(str(fact.bound) for fact in stored if fact.quantity == quantity)
        if len(here) > 1 and len(here) == len(there) and here != there and "None" not in here:
            yield f"{quantity.kind} {_shown(quantity)} is at other ends in the evidence"


def _wrong_periods(said: Iterable[Fact], stored: _Stored) -> Iterator[str]:
    """An amount per month that is one per year in the evidence."""
    for fact in said:
        if fact.quantity.kind != "amount" or not fact.periods:
            continue
        found = [other.periods for other in _places_of(fact, stored.facts)]
        if any(fact.periods & periods for periods in found):
            continue
        apart = any(not periods for periods in found) and fact.periods <= stored.periods
        if not apart and not any(_has_length(period, stored.known) for period in fact.periods):
            yield f"amount {_shown(fact.quantity)} is not per {'/'.join(sorted(fact.periods))} in the evidence"


def _has_length(period: str, known: Iterable[Quantity]) -> bool:
    """Whether the evidence names the period by its length: "per 12 maanden"."""
    months = _MONTHS_OF.get(period)
    return any(q.kind == "duration" and isinstance(q.value, tuple) and q.value[:2] == (months, "maand") for q in known)


def _other_periods(sentence: Reading, stored: _Stored) -> Iterator[str]:
    said = frozenset().union(*(periods_in(unit.text) for unit in sentence.units))
    for period in said - stored.periods:
        if not _has_length(period, stored.known):
            yield f"per {period} is not in the evidence"


@lru_cache(maxsize=1)
def _shares() -> re.Pattern[str]:
    words = rules()["shares"].replace(" ", "|")
    return re.compile(rf"\b(?:per|voor elke?|voor iedere?|elke?|iedere?) ({words})\b")


def _other_shares(sentence: Reading, stored: _Stored) -> Iterator[str]:
    """An amount per person that is one per household in the evidence."""
    for unit in sentence.units:
        for word in _shares().findall(unit.text):
            if unit.quantities and stored.shares and word not in stored.shares:
                yield f"per {word} is not in the evidence"


def _wrong_places(sentence: Reading, evidence: Evidence) -> Iterator[str]:
    """A year or a date in a copied sentence that stands in another sentence of the evidence."""
    for unit in sentence.units:
        said = [quantity for quantity in unit.quantities if quantity.kind in _PLACED]
        copied = [place for place in evidence.units if said and share_of_pairs(unit, [place]) >= _COPIED]
        for kind in {quantity.kind for quantity in said} if copied else ():
            here = [q for q in said if q.kind == kind]
            if not any(_same_figures(here, [q for q in place.quantities if q.kind == kind]) for place in copied):
                yield f"{kind} {_shown(here[0])} stands in another sentence of the evidence"


def _same_figures(here: Sequence[Quantity], there: Sequence[Quantity]) -> bool:
    """Whether a sentence with as many figures of a kind as its copy has the same ones."""
    same = all(q.said_by(there) for q in here) and all(any(q.said_by([o]) for q in here) for o in there)
    return same or len(here) != len(there)


def _wrong_labels(said: Iterable[Fact], stored: Sequence[Fact]) -> Iterator[str]:
    """A figure that the evidence gives for something else: the words around it belong to another figure."""
    for fact in said:
        if fact.quantity.kind in _UNLABELLED:
            continue
        same = _places_of(fact, stored)
        others = [o for o in stored if o.quantity.kind == fact.quantity.kind and o not in same]
        rival = next((other for other in others if _fits_better(fact, other, same)), None)
        if rival is not None:
            yield f"{fact.quantity.kind} {_shown(fact.quantity)} belongs to other words in the evidence"


def _fits_better(fact: Fact, rival: Fact, own: Sequence[Fact]) -> bool:
    """Whether the words beside the figure stand by the rival and by none of its own places in the evidence."""
    for place in own:
        only_own, only_rival = _hits(fact, place, rival), _hits(fact, rival, place)
        tie = only_own == only_rival and place.listed and rival.listed
        if only_own >= only_rival and not (tie and _left_over(fact, place) > _left_over(fact, rival)):
            return False
    return bool(own)


def _hits(fact: Fact, at: Fact, beside: Fact) -> int:
    """How many words and figures of the sentence stand at one place and not at the other, denied or not alike."""
    words = sum(
        _stands(word, place in fact.denied, at) and not _stands(word, place in fact.denied, beside)
        for place, word in enumerate(fact.words)
        if word.weight != "stop"
    )
    figures = sum(_has(figure, at.beside) and not _has(figure, beside.beside) for figure in fact.beside)
    return words + _FIGURE_WEIGHT * figures


def _stands(word: Word, denied: bool, at: Fact) -> bool:
    labels = roots_of(w for place, w in enumerate(at.words) if w.weight != "stop" and (place in at.denied) == denied)
    return is_said(word, labels)


def _has(figure: tuple[Quantity, Bound | None], others: Iterable[tuple[Quantity, Bound | None]]) -> bool:
    """Whether a figure stands among others, at the same end when both say one."""
    quantity, bound = figure
    return any(quantity.said_by([other]) and (bound is None or end in (None, bound)) for other, end in others)


def _left_over(fact: Fact, place: Fact) -> int:
    """How many words of a list item the sentence does not say."""
    return sum(
        word.weight != "stop" and not _stands(word, spot in place.denied, fact) for spot, word in enumerate(place.words)
    )
