"""Step 1: danger to a person goes before everything, on the raw text."""

import re
from collections.abc import Mapping

from assistant.checks.crisis import find_crisis
from assistant.checks.personal_data import mask_personal_data
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Link, PublishedSentence, Turn
from knowledge.signposts import Signpost

_SLOT = re.compile(r"\{([\w-]+)\}")


class DetectCrisis:
    """Ends in a calm fixed text with the right help line first, and no regelingen under it."""

    name = "detect_crisis"

    def __init__(self, texts: Texts, signposts: Mapping[str, Signpost]) -> None:
        self._texts = texts
        self._signposts = signposts

    def __call__(self, turn: Turn) -> Turn | Answer:
        crisis = find_crisis(turn.question.text)
        if crisis is None:
            return turn
        text = _SLOT.sub(lambda match: self._signposts[match.group(1)].phone or "", crisis.text)
        paragraphs = (text, self._texts.get("crisis_close"))
        return Answer(
            status=AnswerStatus.SIGNPOSTED_CRISIS,
            question=mask_personal_data(turn.question.text)[0],
            text="\n\n".join(paragraphs),
            sentences=tuple(PublishedSentence(text=paragraph) for paragraph in paragraphs),
            links=tuple(
                Link(
                    kind="telefoon",
                    label=f"Bel {self._signposts[slug].name}",
                    value=self._signposts[slug].phone or "",
                )
                for slug in crisis.signposts
            ),
        )
