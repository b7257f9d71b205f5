"""Step 4: which topics, which aspect, in or out of scope, and how the person sounds."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from assistant.checks.personal_data import without_masks
from assistant.texts import FOLDER, Texts, compile_patterns
from assistant.types import Answer, AnswerStatus, Aspect, Choice, Mood, PublishedSentence, Turn
from knowledge.text import STOPWORDS, fold, words
from knowledge.topics import OUTSIDE, TopicScorer
from knowledge.types import Topic

_OUTSIDE_LIMIT = 0.5
_VAGUE_LIMIT = 0.16
_VAGUE_LIMIT_SHORT = 0.4
_FEW_WORDS = 2
_CONTACT_TOPIC = "contact"
_ANOTHER_SUBJECT = 0.15
_CONTACT_SHARE = 0.4
_GREETING = re.compile(
    r"^(?:hallo|hoi|hey|hee|hai|dag|goede\w*(?: (?:morgen|middag|avond|dag))?|moi|sam|test)"
    r"(?: sam| daar| allemaal)?[ !.,?]*$"
)
_THANKS = re.compile(r"^(?:dank\w*|bedankt|dankjewel|thanks|top|fijn|ok(?:e|ay)?)(?: \w+){0,3}[ !.,]*$")
_CHOICES = (
    "kledingbank-voedselbank", "schuldhulp", "huisuitzetting", "energie", "bijstand",
    "meedoenregeling", "witgoed", "zorgschuld", "minimabeleid",
)  # fmt: skip


class Ingested(Protocol):
    """Whether the index holds documents beside the bundled content."""

    def __call__(self) -> bool: ...


class RouteQuestion:
    """Scores topics, reads the aspect and the mood; asks back when the question is too vague."""

    name = "route_question"

    def __init__(
        self,
        texts: Texts,
        topics: Mapping[str, Topic],
        scorer: TopicScorer,
        desks: tuple[tuple[str, str], ...],
        ingested: Ingested,
    ) -> None:
        self._texts = texts
        self._topics = topics
        self._scorer = scorer
        self._desks = desks
        self._ingested = ingested

    def __call__(self, turn: Turn) -> Turn | Answer:
        folded = fold(without_masks(turn.text))
        if _GREETING.match(folded):
            return self._ask_back(self._texts.get("greeting"))
        if _THANKS.match(folded):
            return self._ask_back(self._texts.get("thanks"), choices=False)
        aspect = self._aspect(folded)
        scores = self._scorer.scores(turn.about)
        if aspect is Aspect.CONTACT:
            scores = _less_contact(scores)
        best, probability = scores[0]
        routed = replace(
            turn,
            topics=tuple((slug, p) for slug, p in scores if slug != OUTSIDE),
            aspect=aspect,
            mood=self._mood(fold(turn.standalone)),
        )
        if self._ingested():
            return routed
        if best == OUTSIDE and probability > _OUTSIDE_LIMIT:
            return self._out_of_scope(fold(turn.standalone))
        content = [word for word in words(turn.about) if word not in STOPWORDS]
        if probability < (_VAGUE_LIMIT if len(content) > _FEW_WORDS else _VAGUE_LIMIT_SHORT) or not content:
            return self._ask_back(self._texts.get("clarification_vague"))
        return routed

    @cached_property
    def _aspects(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        return compile_patterns(FOLDER / "aspecten.yaml")

    @cached_property
    def _moods(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        return compile_patterns(FOLDER / "stemming.yaml")

    def _aspect(self, folded: str) -> Aspect:
        return next(
            (Aspect(name) for name, ps in self._aspects.items() if any(p.search(folded) for p in ps)),
            Aspect.WHAT,
        )

    def _mood(self, folded: str) -> Mood:
        return next(
            (Mood(name) for name, ps in self._moods.items() if any(p.search(folded) for p in ps)),
            Mood.NEUTRAL,
        )

    def _out_of_scope(self, folded: str) -> Answer:
        desk = next((desk for word, desk in self._desks if re.search(rf"\b{re.escape(fold(word))}", folded)), None)
        parts = [self._texts.get("unanswerable_scope")]
        if desk:
            parts.append(self._texts.get("unanswerable_scope_desk", desk=desk))
        return Answer(
            status=AnswerStatus.SIGNPOSTED_DESK if desk else AnswerStatus.UNANSWERABLE_SCOPE,
            text=" ".join(parts),
            sentences=tuple(PublishedSentence(text=part) for part in parts),
        )

    def _ask_back(self, text: str, *, choices: bool = True) -> Answer:
        known = [self._topics[slug] for slug in _CHOICES if slug in self._topics] if choices else []
        return Answer(
            status=AnswerStatus.CLARIFICATION_VAGUE,
            text=text,
            sentences=(PublishedSentence(text=text),),
            choices=tuple(Choice(label=topic.name, value=topic.name) for topic in known),
        )


def _less_contact(scores: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Someone who asks whom to call about a subject is asking about that subject."""
    others = [probability for slug, probability in scores if slug not in (_CONTACT_TOPIC, OUTSIDE)]
    if max(others, default=0.0) < _ANOTHER_SUBJECT:
        return scores
    lowered = [(slug, p * _CONTACT_SHARE if slug == _CONTACT_TOPIC else p) for slug, p in scores]
    return sorted(lowered, key=lambda pair: -pair[1])
