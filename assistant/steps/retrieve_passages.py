"""Step 6: passages from the own gemeente, the region and the country."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import LOST, STOPPED, fixed_answer
from assistant.steps.resolve_gemeente import scopes_for
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Turn
from knowledge.retrieval import Retriever
from knowledge.types import NATIONAL_SCOPE, Passage, Topic

_COUNT = 40
_PASSED_ON = 0.7


class RetrievePassages:
    """Searches with the stand-alone question and the topic scores."""

    name = "retrieve_passages"

    def __init__(self, texts: Texts, retriever: Retriever, topics: Mapping[str, Topic]) -> None:
        self._texts = texts
        self._retriever = retriever
        self._topics = topics

    def __call__(self, turn: Turn) -> Turn | Answer:
        if turn.notes.keys() & {LOST, STOPPED}:
            return turn
        passages = self._search(turn)
        if not passages:
            return fixed_answer(turn, AnswerStatus.UNANSWERABLE_NO_SOURCE, self._texts.get("unanswerable_no_source"))
        others = tuple(self._beside(other, turn) for other in turn.others)
        notes = {**turn.notes, "generation": self._retriever.generation_name}
        return replace(turn, passages=passages, others=others, notes=notes)

    def _beside(self, other: Turn, turn: Turn) -> Turn:
        """Another subject of the message, for the same gemeente."""
        placed = replace(other, gemeente=turn.gemeente, gemeente_from=turn.gemeente_from, notes=turn.notes)
        return replace(placed, passages=self._search(placed))

    def _search(self, turn: Turn) -> tuple[Passage, ...]:
        scopes = (NATIONAL_SCOPE,) if "outside" in turn.notes else scopes_for(turn.gemeente)
        known = set(self._retriever.scopes)
        if not known & set(scopes):
            scopes = tuple(known)
        result = self._retriever.search(
            turn.about, scopes, count=_COUNT, topics=self._priors(turn), resident_of=turn.gemeente or ""
        )
        return result.passages

    def _priors(self, turn: Turn) -> dict[str, float]:
        """The topic scores; one that the gemeente has no page on passes most of its score on to what it falls under."""
        priors = dict(turn.topics)
        own = self._retriever.topics_of(turn.gemeente) if turn.gemeente else frozenset()
        for slug, probability in turn.topics:
            if turn.gemeente and slug not in own and slug in self._topics:
                for wider in self._topics[slug].falls_under:
                    priors[wider] = max(priors.get(wider, 0.0), _PASSED_ON * probability)
        return priors
