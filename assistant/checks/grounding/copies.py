"""Whether a sentence is a copy of one in its evidence in which a word that matters was changed.

A copy is compared word by word: a figure, a place, a denial, an end of a range or a word that says how sure
something is may not be other than in the sentence it copies. What a copy leaves out at its ends does not count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.checks.grounding.alignment import share_of_pairs
from assistant.checks.grounding.lexicon import rules
from assistant.checks.grounding.reading import Evidence, Reading, Unit
from knowledge.quantities import Quantity, mark_number
from knowledge.text import STOPWORDS, fold

_COPIED, _SHORTEST, _LONG_ENOUGH = 0.5, 3, 5
_WAY = "way"
Token = str | Quantity


def copy_reasons(sentence: Reading, evidence: Evidence, places: tuple[str, ...]) -> Iterator[str]:
    """Which changes in copied sentences matter (English)."""
    towns = _towns(places)
    for unit in sentence.units:
        if len(unit.words) < _SHORTEST:
            continue
        copied = [place for place in evidence.units if share_of_pairs(unit, [place]) >= _COPIED]
        changes = [_change(_tokens(unit, sentence.quantities), tokens, towns) for tokens in _stored(copied, evidence)]
        if changes and all(changes):
            yield f"a copy with {changes[0]}"


def _stored(copied: Sequence[Unit], evidence: Evidence) -> Iterator[list[Token]]:
    for reading in evidence.readings:
        yield from (_tokens(unit, reading.quantities) for unit in reading.units if unit in copied)


def _tokens(unit: Unit, quantities: Sequence[Quantity]) -> list[Token]:
    numbers = ((word.text, mark_number(word.text)) for word in unit.words)
    return [text if number is None else quantities[number] for text, number in numbers]


@lru_cache(maxsize=16)
def _towns(places: tuple[str, ...]) -> frozenset[str]:
    """The words of names of places, without those that say nothing."""
    return frozenset(word for place in places for word in fold(place).replace("-", " ").split()) - STOPWORDS


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """The kind of each word that matters in a copy."""
    return {word: kind for kind, words in rules()["copied"].items() for word in words.split()}


def _change(said: Sequence[Token], stored: Sequence[Token], towns: frozenset[str]) -> str:
    """The first change that matters between a copy and its original; "" without one, or when words only moved."""
    matcher = SequenceMatcher(a=[str(token) for token in stored], b=[str(token) for token in said], autojunk=False)
    if len(said) == len(stored) and _towns_in(said, towns) - _towns_in(stored, towns):
        return "another place"
    more, fewer = _kinds_in(said) - _kinds_in(stored), _kinds_in(stored) - _kinds_in(said)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        at_edge = a_start == 0 or a_end == len(stored)
        if kind == "equal" or (kind == "delete" and at_edge):
            continue
        new, old = said[b_start:b_end], stored[a_start:a_end]
        change = _moved_figure(new, old) or _moved_place(new, old, towns)
        added, dropped = _kinds_in(new) - _kinds_in(old), _kinds_in(old) - _kinds_in(new)
        change = change or (_turn(added & more, dropped & fewer) if len(said) >= _LONG_ENOUGH else "")
        if change:
            return change
    return ""


def _moved_figure(said: Sequence[Token], stored: Sequence[Token]) -> str:
    figures, known = _figures(said), _figures(stored)
    return "another figure" if known and any(not figure.said_by(known) for figure in figures) else ""


def _moved_place(said: Sequence[Token], stored: Sequence[Token], towns: frozenset[str]) -> str:
    here, there = _towns_in(said, towns), _towns_in(stored, towns)
    return "another place" if there and here - there else ""


def _turn(added: Counter[str], dropped: Counter[str]) -> str:
    """Which kinds of words were added or dropped that may not be."""
    kinds = (added.keys() & _listed("may_not_add")) | (dropped.keys() & _listed("may_not_drop"))
    if dropped.keys() & _listed("may_not_swap"):
        kinds |= added.keys() & _listed("may_not_swap")
    if _WAY in dropped:
        kinds |= added.keys() & _listed("instead_of_way")
    return " and ".join(sorted(kinds))


def _figures(tokens: Iterable[Token]) -> list[Quantity]:
    return [token for token in tokens if isinstance(token, Quantity)]


def _towns_in(tokens: Iterable[Token], towns: frozenset[str]) -> Counter[str]:
    return Counter(token for token in tokens if isinstance(token, str) and token in towns)


def _kinds_in(tokens: Iterable[Token]) -> Counter[str]:
    return Counter(_kinds()[token] for token in tokens if isinstance(token, str) and token in _kinds())


@lru_cache(maxsize=4)
def _listed(key: str) -> frozenset[str]:
    return frozenset(rules()[key].split())
