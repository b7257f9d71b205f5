"""Whether a sentence stands in its evidence letter for letter."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.generation.sentences import list_parts, split_sentences


def stands_in(sentence: str, evidence: Iterable[str]) -> bool:
    """Whether every sentence and every line of it is a whole sentence or line of one of the paragraphs.

    A list that was cut to some of its items stands in its paragraph; part of a sentence does not.
    """
    said = [part for line in _lines(sentence) for part in split_sentences(line)]
    return bool(said) and any(_pieces(paragraph).issuperset(said) for paragraph in evidence)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=4096)
def _pieces(text: str) -> frozenset[str]:
    """The lines of a text, its sentences, and what leads in its list."""
    lines = _lines(text)
    lead, _ = list_parts(text)
    sentences = [part for line in (*lines, lead, " ".join(lines)) for part in split_sentences(line)]
    return frozenset((*lines, *sentences))
