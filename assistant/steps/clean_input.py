"""Step 2: a text that can be worked with, personal data masked."""

import re
import unicodedata
from dataclasses import replace

from assistant.checks.personal_data import mask_personal_data, without_masks
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, PublishedSentence, Turn

_MARKUP = re.compile(r"<[/!?a-zA-Z][^<>]{0,200}>")
_LETTERS = re.compile(r"[^\W_]")


def clean(text: str) -> str:
    """`text` without markup, invisible and control characters, white space folded."""
    bare = _MARKUP.sub(" ", text)
    visible = "".join(
        char if unicodedata.category(char)[0] != "C" else " " for char in unicodedata.normalize("NFC", bare)
    )
    return " ".join(visible.split())


class CleanInput:
    """Blocks what cannot be read (empty, symbols only, far too long) and says what to do."""

    name = "clean_input"

    def __init__(self, texts: Texts, longest: int) -> None:
        self._texts = texts
        self._longest = longest

    def __call__(self, turn: Turn) -> Turn | Answer:
        text = clean(turn.question.text)
        if not text:
            return self._blocked(self._texts.get("blocked_empty"))
        if len(text) > self._longest:
            return self._blocked(self._texts.get("blocked_long", limit=f"{self._longest:,}".replace(",", ".")))
        if not _LETTERS.search(text):
            return self._blocked(self._texts.get("blocked_symbols"))
        masked, changed = mask_personal_data(text)
        return replace(turn, text=masked, standalone=without_masks(masked), masked=changed)

    @staticmethod
    def _blocked(text: str) -> Answer:
        return Answer(status=AnswerStatus.BLOCKED_INPUT, text=text, sentences=(PublishedSentence(text=text),))
