"""Step 5: for which gemeente; asks only when the answer depends on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answers import LOST, fixed_answer
from assistant.checks.places.choice import Choosing, Heard
from assistant.checks.places.talk import Resolution, Told
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Choice, Message, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

__all__ = ["LocalTopics", "Resolution", "ResolveGemeente", "scopes_for"]

_ELSEWHERE_CHOICE = "ergens anders"
# With fewer gemeenten that have pages of their own, the national pages answer.
_LOCAL_ENOUGH = 2
_QUESTION = "clarification_gemeente"


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
        self._choosing = Choosing(gazetteer)
        self._questions = tuple(texts.matcher(key) for key in sorted(texts.keys()) if key.startswith(_QUESTION))

    def __call__(self, turn: Turn) -> Turn | Answer:
        found = self.resolve(turn.text, turn.question.history, turn.question.gemeente)
        if found.gemeente is not None:
            return self._settle(turn, found)
        if found.outside is not None:
            return replace(turn, notes={**turn.notes, "outside": found.outside})
        if turn.emergency or "emergency" in turn.notes:
            return turn
        if found.ambiguous:
            return self._ask_which(turn, found)
        if self._depends(turn) and not self._asks_where(turn.question.history):
            return self._ask(turn, self._texts.get(_QUESTION), tuple(self._gazetteer.gemeenten))
        return turn

    def resolve(self, text: str, history: Sequence[Message], website: str | None) -> Resolution:
        """For which gemeente a message is meant; `history` is oldest first, `website` the gemeente of the site."""
        asked = self._asks_where(history)
        heard = self._choosing.hear(text, expected=asked)
        if heard.wrong and heard.place is None:
            return Resolution()
        before = tuple(self._heard_before(history))
        refused = heard.refused.union(*(earlier.refused for earlier in before))
        site = website if website not in refused else None
        return Told(heard=heard, before=before, site=site, asked=asked).resolve()

    def _heard_before(self, history: Sequence[Message]) -> Iterator[Heard]:
        """What the person said about places, last message first."""
        for position in range(len(history) - 1, -1, -1):
            if history[position].role == "gebruiker":
                yield self._choosing.hear(history[position].text, expected=self._asks_where(history[:position]))

    def _asks_where(self, history: Sequence[Message]) -> bool:
        """Whether the last thing Sam said was the question in which gemeente the person lives."""
        if not history or history[-1].role != "sam":
            return False
        said = history[-1].text
        return any(question.search(said) for question in self._questions) or self._choosing.asks_where(said)

    def _settle(self, turn: Turn, found: Resolution) -> Turn:
        website = turn.question.gemeente
        elsewhere = website is not None and found.gemeente != website
        notes = {**turn.notes, "says_gemeente": "ja"} if elsewhere else turn.notes
        return replace(turn, gemeente=found.gemeente, gemeente_from=found.origin, notes=notes)

    def _ask_which(self, turn: Turn, found: Resolution) -> Answer:
        text = self._texts.get("clarification_gemeente_ambiguous", place=found.place)
        return self._ask(turn, text, found.ambiguous)

    def _depends(self, turn: Turn) -> bool:
        """Whether the answer differs by gemeente; who only needs a person to call is not asked more."""
        topic = turn.topics[0][0] if turn.topics and LOST not in turn.notes else None
        return topic is not None and self._local_topics(topic) >= _LOCAL_ENOUGH

    def _ask(self, turn: Turn, text: str, slugs: tuple[str, ...]) -> Answer:
        choices = [Choice(label=self._gazetteer.name(slug), value=self._gazetteer.name(slug)) for slug in slugs]
        choices.append(Choice(label=self._texts.get("choice_elsewhere"), value=_ELSEWHERE_CHOICE))
        return fixed_answer(turn, AnswerStatus.CLARIFICATION_GEMEENTE, text, choices=choices)


def scopes_for(gemeente: str | None) -> tuple[str, ...]:
    """The scopes a question is searched in: the own gemeente, the region, the country."""
    if gemeente in (None, REGION_SCOPE, NATIONAL_SCOPE):
        return (REGION_SCOPE, NATIONAL_SCOPE)
    return (gemeente or REGION_SCOPE, REGION_SCOPE, NATIONAL_SCOPE)
