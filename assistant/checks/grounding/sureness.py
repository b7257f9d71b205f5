"""Whether a sentence is surer than its evidence: a chance made a fact, a choice made a duty, "altijd" added."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.grounding.alignment import Aligned
from assistant.checks.grounding.lexicon import listed, roots, rules
from assistant.checks.grounding.reading import Clause, Evidence, Reading, Unit, negators

_ALIGNED = 0.6
_ABLE = "kunnen"
_UNKNOWN, _MAYBE, _LIKELY, _PLAIN = 0, 1, 2, 3


@lru_cache(maxsize=1)
def _hedges() -> tuple[tuple[int, frozenset[str]], ...]:
    """Words that make a statement less sure, the least sure first."""
    found = rules()["hedges"]
    levels = ((_UNKNOWN, "unknown"), (_MAYBE, "maybe"), (_LIKELY, "likely"))
    return tuple((level, frozenset(found[name].split())) for level, name in levels)


def _hedged(unit: Unit) -> int | None:
    return next((level for level, words in _hedges() if unit.tokens & words), None)


def is_unknown(unit: Unit) -> bool:
    """Whether a sentence says that something is not known."""
    return _hedged(unit) == _UNKNOWN


def claims_little(unit: Unit) -> bool:
    """Whether a sentence says that something may be, or asks."""
    return _claimed(unit) <= _MAYBE


def sureness_reasons(sentence: Reading, aligned: Sequence[Aligned], evidence: Evidence) -> Iterator[str]:
    """Where the sentence is surer than the evidence (English)."""
    yield from _surer(aligned)
    yield from _absolutes(sentence, evidence)
    yield from _duties(aligned)


def _surer(aligned: Sequence[Aligned]) -> Iterator[str]:
    """A plain statement of what the evidence holds for a chance, for usual, or for not known."""
    for near in aligned:
        if near.share < _ALIGNED or near.unit.denials:
            continue
        if max(_sureness(place) for place in near.places) < _claimed(near.unit):
            yield "is surer than the evidence"


def _claimed(unit: Unit) -> int:
    """How sure a sentence is; a question claims nothing, and any `kan` or `mag` makes less sure."""
    hedged = _hedged(unit)
    if hedged is not None:
        return hedged
    if unit.question:
        return _UNKNOWN
    return _MAYBE if unit.tokens & listed("softened") else _PLAIN


def _sureness(unit: Unit) -> int:
    """How sure the evidence is; `kan` is a chance when someone else than the resident acts."""
    hedged = _hedged(unit)
    if hedged is not None:
        return hedged
    return _MAYBE if any(_is_chance(clause) for clause in unit.clauses) else _PLAIN


def _is_chance(clause: Clause) -> bool:
    tokens = {word.text for word in clause.words}
    if "kunt" in tokens:
        return bool(tokens & listed("chances"))
    return bool(tokens & listed("able")) and not any(word.roots & _permits() for word in clause.words)


@lru_cache(maxsize=1)
def _permits() -> frozenset[str]:
    return frozenset().union(*(roots(word) for word in listed("permits")))


# Absolutes


@lru_cache(maxsize=1)
def _absolute_words() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(said.split()), frozenset(allows.split())) for said, allows in rules()["absolutes"])


def _absolutes(sentence: Reading, evidence: Evidence) -> Iterator[str]:
    for words, allowing in _absolute_words():
        if sentence.tokens & words and not evidence.tokens & allowing and _affirms(sentence, words):
            yield f"says '{min(sentence.tokens & words)}', the evidence does not"


def _affirms(sentence: Reading, words: frozenset[str]) -> bool:
    """Whether one of the words stands where no negation can be about it."""
    return any(
        word.text in words and (place not in clause.perhaps_denied or word.text in negators())
        for unit in sentence.units
        for clause in unit.clauses
        for place, word in enumerate(clause.words)
    )


# Duties


@lru_cache(maxsize=8)
def _duty(key: str) -> frozenset[str]:
    return frozenset(rules()["duties"][key].split())


def _duties(aligned: Sequence[Aligned]) -> Iterator[str]:
    for near in aligned:
        if near.share < _ALIGNED:
            continue
        if any(_commands(clause, "must") for clause in near.unit.clauses) and _is_free(near.places):
            yield "makes a duty of a choice"
        if _forbids(near.unit) and _is_only_not_needed(near.places):
            yield "forbids what is only not needed"


def _is_free(places: Sequence[Unit]) -> bool:
    """Whether the evidence tells of a choice, or that something is not needed, and of no duty."""
    clauses = [clause for place in places for clause in place.clauses]
    choice = any(place.tokens & _duty("free") for place in places)
    not_needed = any(_duty("musts") & {clause.words[p].text for p in clause.perhaps_denied} for clause in clauses)
    return (choice or not_needed) and not any(_commands(clause, "musts") for clause in clauses)


def _commands(clause: Clause, key: str) -> bool:
    """Whether a clause has one of these words, not denied and not as a wish ("moet kunnen")."""
    said = {word.text for place, word in enumerate(clause.words) if place not in clause.perhaps_denied}
    return bool(said & _duty(key)) and _ABLE not in said


def _forbids(unit: Unit) -> bool:
    return any(clause.denials and _duty("allowed") & {word.text for word in clause.words} for clause in unit.clauses)


def _is_only_not_needed(places: Sequence[Unit]) -> bool:
    tokens = frozenset().union(*(place.tokens for place in places))
    return bool(tokens & _duty("not_needed")) and not tokens & _duty("allowed")
