"""Step 9: no promise of a right, no blame, no shame, no wrong tone."""

from dataclasses import replace

from assistant.checks.fixed import fixed_text
from assistant.checks.grounding.stored import stands_in
from assistant.checks.promises import check_promises
from assistant.checks.tone import check_tone
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, PublishedSentence, Sentence, Turn


class CheckAnswer:
    """Drops sentences that promise or hurt; without a sourced sentence left there is no answer."""

    name = "check_answer"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, turn: Turn) -> Turn | Answer:
        assert turn.draft is not None
        kept = tuple(sentence for sentence in turn.draft.sentences if _may_be_said(sentence))
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


def _may_be_said(sentence: Sentence) -> bool:
    """Whether a sentence passes; a stored one may be long, and the tone of the fixed texts is decided with them."""
    if not check_promises(sentence.text).passed:
        return False
    stored = stands_in(sentence.text, [evidence.paragraph for evidence in sentence.evidence])
    return fixed_text(sentence.text) is not None or check_tone(sentence.text, stored=stored).passed
