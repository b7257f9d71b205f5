"""Step 4: which subjects, which aspect, in or out of scope, whether it can wait, and how the person sounds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from assistant.answers import LOST, fixed_answer
from assistant.checks.emergency import Emergency, find_emergencies
from assistant.conversation import Conversation, SmallTalk
from assistant.subjects import Subjects
from assistant.texts import FOLDER, Texts, compile_patterns
from assistant.types import Answer, AnswerStatus, Aspect, Mood, Turn
from knowledge.text import STOPWORDS, fold, words
from knowledge.topics import OUTSIDE

_OUTSIDE_LIMIT = 0.5
_VAGUE_LIMIT = 0.16
_VAGUE_LIMIT_SHORT = 0.4
_FEW_WORDS = 2
_CONTACT_TOPIC = "contact"
_ANOTHER_SUBJECT = 0.15
_CONTACT_SHARE = 0.4
_EMERGENCY_SHARE = 0.5
_BEFORE = 0.65
_TALK = {
    SmallTalk.RESTART: "talk_restart",
    SmallTalk.GREETING: "talk_greeting",
    SmallTalk.GOODBYE: "talk_goodbye",
    SmallTalk.THANKS: "talk_thanks",
    SmallTalk.YES: "talk_yes",
    SmallTalk.NO: "talk_no",
}
_TALK_WITH_CHOICES = frozenset({SmallTalk.RESTART, SmallTalk.GREETING, SmallTalk.YES})


class Scorer(Protocol):
    """Topic probabilities of a question, best first."""

    def scores(self, question: str) -> list[tuple[str, float]]: ...


class Ingested(Protocol):
    """Whether the index holds documents beside the bundled content."""

    def __call__(self) -> bool: ...


class RouteQuestion:
    """Scores topics, reads the aspect and the mood; asks back when the question is too vague."""

    name = "route_question"

    def __init__(
        self,
        texts: Texts,
        scorer: Scorer,
        desks: tuple[tuple[str, str], ...],
        ingested: Ingested,
        conversation: Conversation,
        subjects: Subjects,
    ) -> None:
        self._texts = texts
        self._scorer = scorer
        self._desks = desks
        self._ingested = ingested
        self._conversation = conversation
        self._subjects = subjects

    def __call__(self, turn: Turn) -> Turn | Answer:
        talk = self._conversation.small_talk(turn.text)
        if talk is SmallTalk.HUMAN:
            return _to_a_person(turn, "human")
        if talk is SmallTalk.HELP:
            return self._ask_or_hand_over(turn)
        if talk is not None:
            return self._talk(turn, talk)
        turn = replace(turn, aspect=self._aspect_of(turn), mood=self._mood(fold(turn.standalone)))
        urgent = find_emergencies(turn.standalone if turn.leans in ("", "place") else turn.plain)
        if urgent and not self._ingested():
            return self._with_emergencies(turn, urgent)
        routed = self._routed(turn)
        if isinstance(routed, Answer) or self._ingested() or turn.leans:
            return routed
        parts = self._parts(turn)
        return replace(parts[0], others=tuple(parts[1:])) if len(parts) > 1 else routed

    def _talk(self, turn: Turn, talk: SmallTalk) -> Answer:
        text = self._texts.get(_TALK[talk])
        choices = self._subjects.choices if talk in _TALK_WITH_CHOICES else ()
        answer = fixed_answer(turn, AnswerStatus.CLARIFICATION_TALK, text, choices=choices)
        return replace(answer, restarts=talk is SmallTalk.RESTART)

    def _with_emergencies(self, turn: Turn, urgent: Sequence[Emergency]) -> Turn:
        """The most urgent emergency first; another one, or another subject, beside it."""
        found = [self._emergency(turn, emergency) for emergency in urgent[:2]]
        covered = {topic for emergency in urgent for topic in emergency.topics}
        beside = self._as_turns(turn, self._subjects.beside(turn.about, covered))
        others = (*found[1:], *(beside if len(found) < 2 else ()))
        return replace(found[0], others=others[:1])

    def _emergency(self, turn: Turn, emergency: Emergency) -> Turn:
        """The turn as one about this emergency: its topics, best first, as far as the words agree."""
        scores = dict(self._scorer.scores(turn.about))
        share = {slug: _EMERGENCY_SHARE / (place + 1) for place, slug in enumerate(emergency.topics)}
        topics = sorted(((slug, share[slug] + scores.get(slug, 0.0)) for slug in share), key=lambda pair: -pair[1])
        notes = {**turn.notes, "emergency": emergency.kind}
        return replace(turn, emergency=emergency.kind, topics=tuple(topics), aspect=Aspect.WHAT, notes=notes)

    def _parts(self, turn: Turn) -> list[Turn]:
        """Every subject of the message as a turn of its own, most urgent first."""
        texts = self._subjects.split(turn.about)
        return self._as_turns(turn, texts) if len(texts) > 1 else []

    def _as_turns(self, turn: Turn, texts: Sequence[str]) -> list[Turn]:
        """Every text as a turn of its own, but what is not about money worries."""
        parts = []
        for text in texts:
            part = replace(turn, standalone=text, subject=text, aspect=self._aspect(fold(text)))
            routed, outside = self._scored(part)
            if routed.topics and not outside:
                parts.append(routed)
        return parts

    def _scored(self, turn: Turn) -> tuple[Turn, bool]:
        """The turn with its topics, and whether the question is surely about something else."""
        scores = self._scores(turn)
        best, probability = scores[0]
        outside = best == OUTSIDE and probability > _OUTSIDE_LIMIT
        if turn.aspect is Aspect.CONTACT:
            scores = _less_contact(scores)
        return replace(turn, topics=tuple((slug, p) for slug, p in scores if slug != OUTSIDE)), outside

    def _scores(self, turn: Turn) -> list[tuple[str, float]]:
        """The scores of the question; when it only leans on the subject of before, that subject counts most."""
        scores = self._scorer.scores(turn.about)
        if turn.leans != "subject":
            return scores
        before = dict(self._scorer.scores(turn.memory.subject))
        blended = [(slug, (1 - _BEFORE) * p + _BEFORE * before.get(slug, 0.0)) for slug, p in scores]
        return sorted(blended, key=lambda pair: -pair[1])

    def _routed(self, turn: Turn) -> Turn | Answer:
        routed, outside = self._scored(turn)
        if self._ingested():
            return routed
        if not turn.leans and outside:
            return self._out_of_scope(turn)
        if not turn.leans and self._is_vague(routed):
            return self._ask_or_hand_over(turn)
        return routed

    def _is_vague(self, turn: Turn) -> bool:
        content = [word for word in words(turn.about) if word not in STOPWORDS]
        if turn.aspect is not Aspect.CONTACT and self._conversation.only_asks(turn.about):
            return True
        probability = max((p for _, p in turn.topics), default=0.0)
        short = len(content) <= _FEW_WORDS or turn.memory.asked_subject
        return probability < (_VAGUE_LIMIT_SHORT if short else _VAGUE_LIMIT) or not content

    def _ask_or_hand_over(self, turn: Turn) -> Turn | Answer:
        """One friendly question back; whoever stays vague after that gets a person to talk to."""
        if turn.memory.asked_subject:
            return _to_a_person(turn, "lost")
        text = self._texts.get("clarification_vague")
        return fixed_answer(turn, AnswerStatus.CLARIFICATION_VAGUE, text, choices=self._subjects.choices)

    @cached_property
    def _aspects(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        return compile_patterns(FOLDER / "aspecten.yaml")

    @cached_property
    def _moods(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        return compile_patterns(FOLDER / "stemming.yaml")

    def _aspect_of(self, turn: Turn) -> Aspect:
        """What this message asks; a follow-up that names no aspect asks what was asked before."""
        own = self._aspect(fold(turn.plain))
        return self._aspect(fold(turn.standalone)) if own is Aspect.WHAT and turn.leans else own

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

    def _out_of_scope(self, turn: Turn) -> Answer:
        folded = fold(turn.standalone)
        desk = next((desk for word, desk in self._desks if re.search(rf"\b{re.escape(fold(word))}", folded)), None)
        text = self._texts.get("unanswerable_scope")
        if desk is None:
            return fixed_answer(turn, AnswerStatus.UNANSWERABLE_SCOPE, text)
        named = self._texts.get("unanswerable_scope_desk", desk=desk)
        return fixed_answer(turn, AnswerStatus.SIGNPOSTED_DESK, f"{text} {named}")


def _to_a_person(turn: Turn, why: str) -> Turn:
    """The turn as one that gets whom to call; `why` names the text that leads it in."""
    return replace(turn, topics=((_CONTACT_TOPIC, 1.0),), aspect=Aspect.CONTACT, notes={**turn.notes, LOST: why})


def _less_contact(scores: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Someone who asks whom to call about a subject is asking about that subject."""
    others = [probability for slug, probability in scores if slug not in (_CONTACT_TOPIC, OUTSIDE)]
    if max(others, default=0.0) < _ANOTHER_SUBJECT:
        return scores
    lowered = [(slug, p * _CONTACT_SHARE if slug == _CONTACT_TOPIC else p) for slug, p in scores]
    return sorted(lowered, key=lambda pair: -pair[1])
