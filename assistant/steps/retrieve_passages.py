"""Step 6: passages from the own gemeente, the region and the country."""

from dataclasses import replace

from assistant.steps.resolve_gemeente import scopes_for
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, PublishedSentence, Turn
from knowledge.retrieval import Retriever
from knowledge.types import NATIONAL_SCOPE

_COUNT = 40


class RetrievePassages:
    """Searches with the stand-alone question and the topic scores."""

    name = "retrieve_passages"

    def __init__(self, texts: Texts, retriever: Retriever) -> None:
        self._texts = texts
        self._retriever = retriever

    def __call__(self, turn: Turn) -> Turn | Answer:
        scopes = (NATIONAL_SCOPE,) if "outside" in turn.notes else scopes_for(turn.gemeente)
        known = set(self._retriever.scopes)
        if not known & set(scopes):
            scopes = tuple(known)
        result = self._retriever.search(
            turn.standalone, scopes, count=_COUNT, topics=dict(turn.topics), resident_of=turn.gemeente or ""
        )
        if not result.passages:
            text = self._texts.get("unanswerable_no_source")
            return Answer(
                status=AnswerStatus.UNANSWERABLE_NO_SOURCE,
                text=text,
                sentences=(PublishedSentence(text=text),),
            )
        notes = {**turn.notes, "generation": self._retriever.generation_name}
        return replace(turn, passages=result.passages, notes=notes)
