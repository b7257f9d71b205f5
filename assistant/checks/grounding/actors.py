"""Whether someone in a sentence stands where the evidence has someone else."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.grounding.alignment import nearest, share_of_pairs
from assistant.checks.grounding.lexicon import Word, is_said, listed
from assistant.checks.grounding.names import capitalised, known_names
from assistant.checks.grounding.reading import CARRYING, Evidence, Reading, Unit
from knowledge.text import STOPWORDS, fold, words

_CLOSE, _ALIKE = 0.1, 0.4


def actor_reasons(sentence: Reading, text: str, evidence: Evidence, places: tuple[str, ...]) -> Iterator[str]:
    """Where the sentence has another actor than the one place in the evidence that says the same (English)."""
    actors = (_named(text) | _named_in(evidence.paragraphs)) - _places(places)
    if not sentence.tokens & actors:
        return
    for unit in sentence.units:
        own = (unit.tokens & actors) - known_names(evidence.paragraphs).initials
        deed = [word for word in unit.words if word.text not in actors]
        units = nearest(deed, evidence.units, within=_CLOSE)
        if unit.question or not own or not _says_all(units, deed) or any(own & other.tokens for other in units):
            continue
        others = [other.tokens & actors for other in units]
        if all(others) and share_of_pairs(unit, units) >= _ALIKE:
            yield f"has '{min(own)}' where the evidence has '{min(others[0])}'"


@lru_cache(maxsize=1024)
def _named_in(paragraphs: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(listed("actors"), *(_named(paragraph) for paragraph in paragraphs))


def _named(text: str) -> frozenset[str]:
    """Names in a text that can act."""
    return frozenset(fold(name) for name in capitalised(text)) - listed("no_actors") - STOPWORDS


@lru_cache(maxsize=16)
def _places(places: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for place in places for word in words(place.replace("-", " ")))


def _says_all(units: Sequence[Unit], deed: Sequence[Word]) -> bool:
    """Whether one unit says every word with a fact, or without one every light word."""
    facts = [word for word in deed if word.weight in CARRYING] or [word for word in deed if word.weight != "stop"]
    return bool(units) and bool(facts) and all(is_said(word, units[0].roots) for word in facts)
