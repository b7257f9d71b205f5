"""Step 8: every sentence says only what its evidence says."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.checks.grounding import check_grounding
from assistant.types import Answer, Evidence, Sentence, Turn


def evidence_text(evidence: Evidence) -> str:
    """Everything a sentence may take from its source: title, heading, paragraph, who runs it, where, and its date."""
    chunk = evidence.chunk
    about = (chunk.title, chunk.heading, evidence.paragraph, chunk.executor or "", chunk.source.peildatum)
    return "\n".join((*about, chunk.amounts_from or "", chunk.scope.replace("-", " ")))


class CheckGrounding:
    """Drops sentences that their evidence does not support; counts them.

    `places` are names of gemeenten, `bodies` names of organisations that carry out regelingen.
    """

    name = "check_grounding"

    def __init__(self, places: Iterable[str], bodies: Iterable[str] = ()) -> None:
        self._places = tuple(dict.fromkeys(places))
        self._bodies = tuple(dict.fromkeys(bodies))

    def __call__(self, turn: Turn) -> Turn | Answer:
        assert turn.draft is not None
        kept = [sentence for sentence in turn.draft.sentences if self._supported(sentence)]
        removed = turn.draft.removed + len(turn.draft.sentences) - len(kept)
        return replace(turn, draft=replace(turn.draft, sentences=tuple(kept), removed=removed))

    def _supported(self, sentence: Sentence) -> bool:
        support = [evidence_text(evidence) for evidence in sentence.evidence]
        return check_grounding(sentence.text, support, self._places, self._bodies).passed
