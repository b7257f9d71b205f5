"""Which places in the evidence a sentence is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.checks.grounding.lexicon import Word, is_said
from assistant.checks.grounding.reading import Evidence, Reading, Unit
from knowledge.quantities import mark_number

_CLOSE = 0.12
_WEIGHTS = {"stop": 0, "light": 1, "soft": 2, "content": 2, "hard": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A unit of a sentence, the places in the evidence that say most of it, and the share that the best one says."""

    unit: Unit
    places: tuple[Unit, ...]
    share: float


def align(sentence: Reading, evidence: Evidence) -> list[Aligned]:
    """The units of a sentence, each with its places in the evidence."""
    found = []
    for unit in sentence.units:
        places = nearest(unit.words, evidence.units)
        found.append(Aligned(unit=unit, places=tuple(places), share=share_said(unit, places)))
    return found


def nearest(said: Sequence[Word], stored: Sequence[Unit], within: float = _CLOSE) -> list[Unit]:
    """The units that say most of the words; light words count half, `within` is how much less still counts."""
    weighed = [(word, weight) for word in said if (weight := _WEIGHTS[word.weight])]
    total = sum(weight for _, weight in weighed)
    if not total:
        return []
    scores = [sum(weight for word, weight in weighed if is_said(word, unit.roots)) / total for unit in stored]
    best = max(scores, default=0.0)
    return [unit for unit, score in zip(stored, scores, strict=True) if score and score >= best - within]


def share_said(unit: Unit, places: Iterable[Unit]) -> float:
    """Which share of the words of `unit` that carry a fact the best of `places` says; 0 without places."""
    core = unit.core
    if not core:
        return 0.0
    return max((sum(is_said(word, place.roots) for word in core) / len(core) for place in places), default=0.0)


def share_of_pairs(unit: Unit, places: Iterable[Unit]) -> float:
    """Which share of its pairs of neighbouring words one of `places` has as well: how much it is worded alike."""
    pairs = _pairs(unit.text)
    return max((len(pairs & _pairs(place.text)) / len(pairs) for place in places), default=0.0) if pairs else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(word for word in text.replace(",", " ").split() if mark_number(word) is None))
