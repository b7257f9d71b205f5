"""Several subjects in one message, told apart and put in order of urgency."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.texts import FOLDER, load_yaml
from assistant.types import Choice
from knowledge.text import STOPWORDS, fold, words
from knowledge.types import Topic

_SURE = 0.55
_NAMED = 0.2
_MOST = 3
_BARE_NOUN = 4
Scores = Sequence[tuple[str, float]]


class WordScorer(Protocol):
    """Topic probabilities by words alone, for many texts at once."""

    def scores_by_words(self, texts: Sequence[str]) -> Sequence[Scores]: ...

    def named(self, text: str) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    topic: str
    asks: bool


class Subjects:
    """Splits a message. The order of urgency and the words that split are in `routering.yaml`."""

    def __init__(self, scorer: WordScorer, topics: Mapping[str, Topic], path: Path = FOLDER / "routering.yaml") -> None:
        raw = load_yaml(path)
        self._scorer = scorer
        self._topics = topics
        self._urgency = {slug: place for place, slug in enumerate(raw["urgent_first"])}
        self._never = frozenset(raw["never_beside"])
        self._together = tuple(frozenset(row) for row in raw["together"])
        self._anchors = {slug: re.compile(pattern) for slug, pattern in raw["anchors"].items()}
        self._break = re.compile(raw["breaks"])
        self._needs = [re.compile(pattern) for pattern in raw["needs"]]
        self._background = [re.compile(pattern) for pattern in raw["background"]]
        self.choices = tuple(Choice(label=row["label"], value=row["question"]) for row in raw["choices"])

    def urgency(self, topic: str | None) -> int:
        """Place in the order of urgency; lower is more urgent."""
        return self._urgency.get(topic or "", len(self._urgency))

    def known(self, text: str) -> bool:
        """Whether a text surely names a subject of its own, by its words."""
        [scores] = self._scorer.scores_by_words([text])
        return scores[0][1] >= _SURE

    def split(self, text: str) -> tuple[str, ...]:
        """The subjects of a message, each as text, most urgent first; one when there is only one, at most three."""
        groups = self._groups(text)
        return tuple(part for _, part in groups) if len(groups) > 1 else (text,)

    def beside(self, text: str, covered: Collection[str]) -> tuple[str, ...]:
        """The subjects of a message on other topics than those that are `covered` already."""
        return tuple(
            part for topic, part in self._groups(text) if not any(self._same(topic, other) for other in covered)
        )

    def _groups(self, text: str) -> list[tuple[str, str]]:
        """(topic, text) of every subject that is asked about, most urgent first."""
        groups: list[tuple[str, list[str]]] = []
        for clause in self._clauses(text):
            match = next((group for group in groups if self._same(group[0], clause.topic)), None)
            if match is not None:
                match[1].append(clause.text)
            elif clause.topic and clause.asks:
                groups.append((clause.topic, [clause.text]))
            elif groups:
                groups[-1][1].append(clause.text)
        ordered = sorted(groups, key=lambda group: self.urgency(group[0]))[:_MOST]
        return [(topic, ". ".join(texts)) for topic, texts in ordered]

    def _clauses(self, text: str) -> list[_Clause]:
        folded = fold(text)
        source = text if len(folded) == len(text) else folded
        spans, start = [], 0
        for match in self._break.finditer(folded):
            spans.append((start, match.start()))
            start = match.end()
        spans.append((start, len(folded)))
        texts = [source[a:b].strip() for a, b in spans if any(word not in STOPWORDS for word in words(source[a:b]))]
        if len(texts) < 2:
            return []
        scored = self._scorer.scores_by_words(texts)
        asking = self._asking(texts)
        return [
            _Clause(text=piece, topic=self._topic(piece, scores), asks=asks)
            for piece, scores, asks in zip(texts, scored, asking, strict=True)
        ]

    def _topic(self, text: str, scores: Scores) -> str:
        """The topic of a clause: one that its lay words name, and that its words make likely."""
        folded = fold(text)
        if any(pattern.search(folded) for pattern in self._background):
            return ""
        anchored = {slug for slug, pattern in self._anchors.items() if pattern.search(folded)}
        named = (self._scorer.named(text) | anchored) - self._never
        likely = next((slug for slug, probability in scores if slug in named and probability >= _NAMED), "")
        best, probability = scores[0]
        return likely or (best if named and probability >= _SURE and best not in self._never else "")

    def _asking(self, texts: Sequence[str]) -> list[bool]:
        """Which clauses ask for something; a bare noun asks when the clause beside it does, or when all are bare."""
        own = [any(pattern.search(fold(text)) for pattern in self._needs) for text in texts]
        bare = [len(words(text)) <= _BARE_NOUN for text in texts]
        if not any(own):
            return [all(bare) or text for text in bare]
        asking: list[bool] = []
        for place, asks in enumerate(own):
            beside = (bool(asking) and asking[-1]) or own[min(place + 1, len(own) - 1)]
            asking.append(asks or (bare[place] and beside))
        return asking

    def _same(self, one: str, other: str) -> bool:
        """Whether two topics are so close that one answer serves both."""
        if one == other or any({one, other} <= row for row in self._together):
            return True
        a, b = self._topics.get(one), self._topics.get(other)
        return (a is not None and other in a.falls_under) or (b is not None and one in b.falls_under)
