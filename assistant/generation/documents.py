"""Choosing sentences from documents without fixed headings: plans, and what was ingested."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.generation.selection import is_trusted, shorten
from assistant.generation.sentences import split_sentences, word_count
from assistant.types import Evidence, Sentence
from knowledge.text import stems
from knowledge.types import Chunk, Passage

_PASSAGES = 5
_HEADING_SHARE = 0.5
_LATER_PASSAGE = 0.35
_MOST_WORDS = 75


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sentence, the passage it stands in, and its place in its paragraph."""

    rank: int
    paragraph: int
    position: int
    text: str
    evidence: Evidence


def document_sentences(question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
    """The sentences that meet the question best, each with what follows it, in reading order."""
    spots = list(_spots(passages[:_PASSAGES]))
    wanted = _weights(question, [spot.text for spot in spots])
    headings = {spot.rank: set(stems(_heading(passages[spot.rank].chunk))) for spot in spots}

    def score(spot: _Spot) -> float:
        found = set(stems(spot.text))
        said = sum(weight for stem, weight in wanted.items() if stem in found)
        above = sum(weight for stem, weight in wanted.items() if stem in headings[spot.rank])
        return said + _HEADING_SHARE * above - _LATER_PASSAGE * spot.rank

    chosen: list[_Spot] = []
    words = 0
    for best in sorted(spots, key=lambda spot: (-score(spot), spot.rank, spot.paragraph, spot.position)):
        for spot in (best, *(s for s in spots if _follows(s, best))):
            if spot not in chosen and words + word_count(spot.text) <= _MOST_WORDS:
                chosen.append(spot)
                words += word_count(spot.text)
        if words > _MOST_WORDS / 2:
            break
    ordered = sorted(chosen, key=lambda spot: (spot.rank, spot.paragraph, spot.position))
    for index, spot in enumerate(ordered):
        yield Sentence(text=shorten(spot.text, question), evidence=(spot.evidence,), opens=index == 0)


def _spots(passages: Sequence[Passage]) -> Iterator[_Spot]:
    for rank, passage in enumerate(passages):
        for number, paragraph in enumerate(passage.chunk.paragraphs):
            if not is_trusted(passage.chunk, paragraph):
                continue
            evidence = Evidence(chunk=passage.chunk, paragraph=paragraph)
            for position, text in enumerate(split_sentences(paragraph)):
                yield _Spot(rank, number, position, text, evidence)


def _heading(chunk: Chunk) -> str:
    return f"{chunk.heading} {chunk.title}"


def _weights(question: str, texts: Sequence[str]) -> dict[str, float]:
    """How telling each word of the question is among these sentences."""
    frequency = Counter(stem for text in texts for stem in set(stems(text)))
    return {stem: math.log(1 + len(texts) / (1 + frequency[stem])) for stem in set(stems(question))}


def _follows(spot: _Spot, other: _Spot) -> bool:
    """Whether `spot` comes straight after `other` in the same paragraph."""
    return (spot.rank, spot.paragraph, spot.position) == (other.rank, other.paragraph, other.position + 1)
