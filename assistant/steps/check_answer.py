"""Step 9: no promise of a right, no blame, no shame."""

from dataclasses import replace

from assistant.checks.promises import check_promises
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, PublishedSentence, Turn


class CheckAnswer:
    """Drops sentences that promise or hurt; without a sourced sentence left there is no answer."""

    name = "check_answer"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, turn: Turn) -> Turn | Answer:
        assert turn.draft is not None
        kept = tuple(s for s in turn.draft.sentences if check_promises(s.text).passed)
        removed = turn.draft.removed + len(turn.draft.sentences) - len(kept)
        answered = turn.draft_status.family in ("answered", "signposted")
        if answered and not any(sentence.evidence for sentence in kept):
            text = self._texts.get("unanswerable_model")
            return Answer(
                status=AnswerStatus.UNANSWERABLE_MODEL,
                text=text,
                sentences=(PublishedSentence(text=text),),
                links=turn.links,
                removed=removed,
            )
        return replace(turn, draft=replace(turn.draft, sentences=kept, removed=removed))
