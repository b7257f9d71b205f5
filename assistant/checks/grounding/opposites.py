"""Whether a sentence says the opposite of its evidence: lower for higher, before for after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.grounding.lexicon import Word, listed, rules
from assistant.checks.grounding.reading import CARRYING, Clause, Evidence, Reading, Unit
from knowledge.quantities import mark_number

_NEAR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Words that may not be said where the evidence only has one of the others."""

    said: frozenset[str]
    against: frozenset[str]


@lru_cache(maxsize=1)
def _pairs() -> tuple[_Pair, ...]:
    found = rules()
    both = [*found["mild_opposites"], *found["opposites"]]
    rows = [*both, *((other, one) for one, other in both), *found["against"]]
    return tuple(_Pair(said=frozenset(said.split()), against=frozenset(other.split())) for said, other in rows)


def opposite_reasons(sentence: Reading, evidence: Evidence) -> Iterator[str]:
    """Which words of the sentence are the opposite of the evidence (English)."""
    for pair in _pairs():
        if sentence.tokens & pair.said and evidence.tokens & pair.against:
            for unit in sentence.units:
                yield from _swapped(unit, pair, evidence)


def _swapped(unit: Unit, pair: _Pair, evidence: Evidence) -> Iterator[str]:
    for clause in unit.clauses:
        for place, word in enumerate(clause.words):
            if word.text not in pair.said or place in clause.perhaps_denied or _is_end(clause, place):
                continue
            beside = _beside(clause, place)
            same, opposite = _places(pair.said, evidence), _places(pair.against, evidence)
            if not same and opposite:
                yield f"says '{word.text}', the evidence the opposite"
            elif beside is not None and _stands(beside, opposite) and not _stands(beside, same):
                yield f"says '{word.text}' of '{beside.text}', the evidence the opposite"


def _is_end(clause: Clause, place: int) -> bool:
    """Whether a word only says at which end of a range the figure is that follows."""
    behind = clause.words[place + 1 : place + 1 + _NEAR]
    is_range = clause.words[place].text in listed("range_words")
    return is_range and any(mark_number(word.text) is not None for word in behind)


def _beside(clause: Clause, place: int) -> Word | None:
    """The word with a fact that follows."""
    return next((word for word in clause.words[place + 1 :] if word.weight in CARRYING), None)


def _places(words: frozenset[str], evidence: Evidence) -> list[Word | None]:
    """The words that follow each of `words` in the evidence."""
    return [
        _beside(clause, place)
        for unit in evidence.units
        if unit.tokens & words
        for clause in unit.clauses
        for place, word in enumerate(clause.words)
        if word.text in words and place not in clause.denied
    ]


def _stands(word: Word, places: Sequence[Word | None]) -> bool:
    return any(other is not None and other.roots & word.roots for other in places)
