"""Step 1: danger to a person goes before everything, on the raw text."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import CAREFUL
from assistant.checks.crisis import BY_EXAMPLE, CrisisMatch, crisis_text, earlier_crisis, find_crisis, later_text
from assistant.checks.emergency import find_emergencies
from assistant.checks.personal_data import mask_personal_data
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Link, PublishedSentence, Turn
from knowledge.signposts import Signpost

_MOST_READ = 6_000
# A lender at the door is a money emergency and may be danger at once.
_DANGER_NOW, _LENDER = "direct-gevaar", "woekerlening"


class DetectCrisis:
    """Ends in a calm fixed text with the right help line first, and no regelingen under it.

    After an earlier crisis in the conversation it leaves a careful line for what is said later.
    """

    name = "detect_crisis"

    def __init__(self, texts: Texts, signposts: Mapping[str, Signpost]) -> None:
        self._texts = texts
        self._signposts = signposts

    def __call__(self, turn: Turn) -> Turn | Answer:
        match = self._told(_ends_of(turn.question.text))
        if match is None:
            earlier = earlier_crisis(turn.question.history)
            if earlier is None:
                return turn
            return replace(turn, notes={**turn.notes, CAREFUL: later_text(earlier, self._signposts)})
        paragraphs = (crisis_text(match.crisis, self._signposts), self._texts.get("crisis_close"))
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
                for slug in match.crisis.signposts
            ),
        )

    @staticmethod
    def _told(text: str) -> CrisisMatch | None:
        """The crisis; what only resembles one is none when a money emergency explains it."""
        match = find_crisis(text)
        if match is None or match.seen_by != BY_EXAMPLE:
            return match
        urgent = find_emergencies(text)
        threatened = match.crisis.kind == _DANGER_NOW and any(emergency.kind == _LENDER for emergency in urgent)
        return match if threatened or not urgent else None


def _ends_of(text: str) -> str:
    """The text, or of an endless one its beginning and its end."""
    return text if len(text) <= _MOST_READ else f"{text[: _MOST_READ // 2]}\n{text[-_MOST_READ // 2 :]}"
