"""Step 5: for which gemeente; asks only when the answer depends on it."""

import re
from dataclasses import replace
from typing import Literal, Protocol

from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Choice, PublishedSentence, Turn
from knowledge.gemeenten import Gazetteer, PlaceMention
from knowledge.text import fold
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

_MOVED_TO = re.compile(r"\b(?:naar|nu in|woon nu in|nu)\s+(?:de\s+)?$")
_MOVED = re.compile(r"\b(?:verhuis\w*|verhuiz\w*|ben van|kom van|kom uit|woonde)\b")
_BESIDE_HOME = re.compile(
    r"\b(?:vlak ?bij|dicht ?bij|naast|in de buurt van|samenwerk\w*(?: \w+)? met"
    r"|(?:ziekenhuis|kliniek|school|college|opleiding|stage|rechtbank|station|baan|(?<!woon en )werk)"
    r"(?: \w+)? (?:in|te|van))"
    r"\s+(?:de\s+)?(?:gemeente\s+)?$"
)
_NO_LONGER = re.compile(r"\s+(?:dat|dit|het|die) niet meer (?:doe|regel|uitvoer)\w*")
_ELSEWHERE_CHOICE = "ergens anders"


class LocalTopics(Protocol):
    """In how many gemeenten a topic has pages of its own."""

    def __call__(self, topic: str) -> int: ...


class ResolveGemeente:
    """Text first, then the conversation, then the website."""

    name = "resolve_gemeente"

    def __init__(self, texts: Texts, gazetteer: Gazetteer, local_topics: LocalTopics) -> None:
        self._texts = texts
        self._gazetteer = gazetteer
        self._local_topics = local_topics

    def __call__(self, turn: Turn) -> Turn | Answer:
        own = self._choose(turn.text)
        if own is not None:
            return self._settle(turn, own, "text")
        for message in reversed(turn.question.history):
            earlier = self._choose(message.text) if message.role == "gebruiker" else None
            if earlier is not None:
                return self._settle(turn, earlier, "conversation")
        if turn.question.gemeente:
            return replace(turn, gemeente=turn.question.gemeente, gemeente_from="website")
        if self._depends(turn):
            return self._ask(self._texts.get("clarification_gemeente"), tuple(self._gazetteer.gemeenten))
        return turn

    def _choose(self, text: str) -> PlaceMention | None:
        mentions = self._gazetteer.find(text)
        if len(mentions) > 1 and _MOVED.search(fold(text)):
            folded = fold(text)
            for mention in mentions:
                if _MOVED_TO.search(folded[: mention.start]):
                    return mention
        mentions = [mention for mention in mentions if not self._beside_home(fold(text), mention)]
        sure = [mention for mention in mentions if mention.kind == "gemeente"]
        return sure[0] if sure else (mentions[0] if mentions else None)

    @staticmethod
    def _beside_home(folded: str, mention: PlaceMention) -> bool:
        """Whether the place is named for something else than living there: a hospital, a neighbour, a past partner."""
        before, after = folded[: mention.start], folded[mention.start + len(mention.text) :]
        return bool(_BESIDE_HOME.search(before) or _NO_LONGER.match(after))

    def _settle(self, turn: Turn, place: PlaceMention, origin: Literal["text", "conversation"]) -> Turn | Answer:
        if place.kind == "gemeente":
            return replace(turn, gemeente=place.slugs[0], gemeente_from=origin)
        if place.kind == "ambiguous":
            website = turn.question.gemeente
            if website in place.slugs:
                return replace(turn, gemeente=website, gemeente_from="website")
            text = self._texts.get("clarification_gemeente_ambiguous", place=place.text.capitalize())
            return self._ask(text, place.slugs)
        return replace(turn, gemeente=None, notes={**turn.notes, "outside": place.elsewhere or place.text})

    def _depends(self, turn: Turn) -> bool:
        topic = turn.topics[0][0] if turn.topics else None
        return topic is not None and self._local_topics(topic) > 0

    def _ask(self, text: str, slugs: tuple[str, ...]) -> Answer:
        choices = [Choice(label=self._gazetteer.name(slug), value=self._gazetteer.name(slug)) for slug in slugs]
        choices.append(Choice(label=self._texts.get("choice_elsewhere"), value=_ELSEWHERE_CHOICE))
        return Answer(
            status=AnswerStatus.CLARIFICATION_GEMEENTE,
            text=text,
            sentences=(PublishedSentence(text=text),),
            choices=tuple(choices),
        )


def scopes_for(gemeente: str | None) -> tuple[str, ...]:
    """The scopes a question is searched in: the own gemeente, the region, the country."""
    if gemeente in (None, REGION_SCOPE, NATIONAL_SCOPE):
        return (REGION_SCOPE, NATIONAL_SCOPE)
    return (gemeente or REGION_SCOPE, REGION_SCOPE, NATIONAL_SCOPE)
