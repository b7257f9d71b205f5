"""Choosing the sentences of a page that answer a question."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from assistant.checks.injection import has_order_in_source
from assistant.generation.protocol import Page
from assistant.generation.sentences import list_parts, split_sentences, word_count
from assistant.types import Evidence, Sentence
from knowledge import figures
from knowledge.text import fold, ngrams, stems
from knowledge.types import Chunk

MOST_ITEMS = 6
_TITLE_WEIGHT = 0.3
_FIGURE_BONUS = 1.2
_LEAP = 1.0
_PENALTY = {"Contact": 9.0, "Let op": 0.5, "Wat is het?": 0.3}
_ASKS_TIME = re.compile(
    r"\b(?:hoe ?lang|wanneer|tot wanneer|termijn|hoe snel|hoe ?veel (?:dagen|weken|maanden|jaar|uur)|meteen|eerst)\b"
)
_ASKS_SHARE = re.compile(r"\b(?:percentage|procent|inkomensgrens|hoeveel mag|tot welk|grens)\b")
_ASKS_MONEY = re.compile(r"\b(?:hoe ?veel|bedrag\w*|hoe hoog|euro)\b")
_TIME = re.compile(
    r"\b(?:\d+|een|één|twee|drie|vier|vijf|zes|acht|tien|twaalf)\s+(?:werk)?(?:dag|dagen|week|weken|maand|maanden|jaar|uur)\b"
    r"|\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a page with where it stands."""

    text: str
    chunk: Chunk
    paragraph: str
    place: int

    def sentence(self, question: str, most_items: int = MOST_ITEMS) -> Sentence:
        """The sentence with its evidence; a long list is cut to the items that meet the question."""
        evidence = Evidence(chunk=self.chunk, paragraph=self.paragraph)
        return Sentence(text=shorten(self.text, question, most_items), evidence=(evidence,))


class PageSentences:
    """The sentences of one page, scored for one question; remembers which were used."""

    def __init__(self, page: Page, question: str) -> None:
        self.page = page
        self._question = question
        self._folded = fold(question)
        self._used: set[str] = set()

    @cached_property
    def _candidates(self) -> list[Candidate]:
        found: list[Candidate] = []
        for chunk in self.page.chunks:
            for paragraph in filter(partial(is_trusted, chunk), chunk.paragraphs):
                found.extend(
                    Candidate(text, chunk, paragraph, len(found) + i)
                    for i, text in enumerate(split_sentences(paragraph))
                )
        return found

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How telling each word of the question is on this page; words of the title tell little."""
        frequency = Counter(stem for candidate in self._candidates for stem in _stored_stems(candidate.text))
        title = set(stems(self.page.title))
        total = len(self._candidates)
        return {
            stem: math.log(1 + total / frequency[stem]) * (_TITLE_WEIGHT if stem in title else 1.0)
            for stem in set(stems(self._question))
            if frequency[stem]
        }

    @cached_property
    def _misspelt(self) -> list[set[str]]:
        """N-grams of the words of the question that the page does not hold as they are."""
        return [
            set(ngrams(stem)) for stem in set(stems(self._question)) if stem not in self._weights and len(stem) >= 5
        ]

    def score(self, candidate: Candidate) -> float:
        """How well a sentence meets the question: telling words, near misses, and the kind of figure asked for."""
        found = _stored_stems(candidate.text)
        score = sum(weight for stem, weight in self._weights.items() if stem in found)
        grams = [set(ngrams(stem)) for stem in found if len(stem) >= 5]
        for wanted in self._misspelt:
            score += max((len(wanted & have) / len(wanted | have) for have in grams), default=0.0)
        return score + _FIGURE_BONUS * self._has_asked_figure(candidate.text)

    def _has_asked_figure(self, text: str) -> bool:
        if _ASKS_TIME.search(self._folded):
            return bool(_TIME.search(text))
        if _ASKS_SHARE.search(self._folded) and figures.percentages(text):
            return True
        return bool(_ASKS_MONEY.search(self._folded)) and bool(figures.amounts(text))

    def under(self, heading: str, budget: int, most_items: int = MOST_ITEMS, *, leap: float = _LEAP) -> list[Sentence]:
        """Unused sentences under a heading in page order, within `budget` words.

        They begin at the first paragraph, or at a later one that meets the question better by `leap`.
        """
        candidates = [c for c in self._candidates if c.chunk.heading == heading and c.text not in self._used]
        if not candidates:
            return []
        paragraphs = list(dict.fromkeys(c.paragraph for c in candidates))
        scores = {p: max(self.score(c) for c in candidates if c.paragraph == p) for p in paragraphs}
        best = max(paragraphs, key=lambda p: scores[p])
        start = best if scores[best] > scores[paragraphs[0]] + leap else paragraphs[0]
        ordered = [c for p in paragraphs[paragraphs.index(start) :] for c in candidates if c.paragraph == p]
        return self._take(ordered, budget, most_items)

    def direct(self, threshold: float, budget: int, *, must_have_figure: bool = False) -> list[Sentence]:
        """The one sentence anywhere on the page that meets the question best, when it meets it well.

        With `must_have_figure` only sentences with an amount or a percentage count.
        """
        open_ = [c for c in self._candidates if c.text not in self._used]
        if must_have_figure:
            open_ = [c for c in open_ if figures.amounts(c.text) or figures.percentages(c.text)]
        scores = {c: self.score(c) - _PENALTY.get(c.chunk.heading, 0.0) for c in open_}
        best = max(open_, key=lambda c: (scores[c], -c.place), default=None)
        if best is None or scores[best] < threshold:
            return []
        return self._take([best], budget, MOST_ITEMS)

    def stopped(self) -> list[Sentence]:
        """The sentence that says the regeling has stopped."""
        found = [c for c in self._candidates if c.chunk.heading == "Let op" and "gestopt" in c.text]
        return self._take(found[:1], 10_000, MOST_ITEMS)

    def contact(self, wish: str) -> list[Sentence]:
        """The sentence under Contact that has what is wished for: "phone", "email" or "address"."""
        found = [c for c in self._candidates if c.chunk.heading == "Contact" and c.text not in self._used]
        reads = {"phone": figures.phones, "email": figures.emails}
        read = reads.get(wish, figures.phones)
        fitting = [c for c in found if read(c.text)] or [c for c in found if figures.phones(c.text)] or found
        return self._take(fitting[:1], 10_000, MOST_ITEMS)

    def _take(self, candidates: Sequence[Candidate], budget: int, most_items: int) -> list[Sentence]:
        chosen: list[Sentence] = []
        words = 0
        for candidate in candidates:
            sentence = candidate.sentence(self._question, most_items)
            words += word_count(sentence.text)
            if chosen and words > budget:
                break
            chosen.append(sentence)
            self._used.add(candidate.text)
        return chosen


@lru_cache(maxsize=20_000)
def _stored_stems(text: str) -> frozenset[str]:
    """The stems of a stored sentence."""
    return frozenset(stems(text))


def is_trusted(chunk: Chunk, paragraph: str) -> bool:
    """Whether a paragraph may be quoted: of brought documents, none in which something orders an assistant about."""
    return chunk.origin != "ingest" or not has_order_in_source(paragraph)


def shorten(text: str, question: str, most_items: int = MOST_ITEMS) -> str:
    """A list cut to the items that meet the question, in their own order."""
    lead, items = list_parts(text)
    if len(items) <= most_items:
        return text
    wanted = set(stems(question))
    hits = [len(wanted & set(stems(item))) for item in items]
    ranked = sorted(range(len(items)), key=lambda i: (-hits[i], i))[:most_items]
    if max(hits) and len({hits[i] for i in ranked}) > 1:
        ranked = [i for i in ranked if hits[i]]
    return "\n".join([lead, *(f"- {items[i]}" for i in sorted(ranked))])


def is_cut(sentence: Sentence) -> bool:
    """Whether a list in the sentence lacks items that its paragraph has."""
    shown = len(list_parts(sentence.text)[1])
    return 0 < shown < max((len(list_parts(e.paragraph)[1]) for e in sentence.evidence), default=0)


def paragraphs_of(sentences: Sequence[Sentence], *, opens: bool = True) -> Iterator[Sentence]:
    """The same sentences, the first one opening a new paragraph or not."""
    for index, sentence in enumerate(sentences):
        yield Sentence(text=sentence.text, evidence=sentence.evidence, opens=opens and index == 0)
