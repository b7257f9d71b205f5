"""Step 2: a text that can be worked with: visible, without markup, without orders to the assistant, masked."""

import re
from dataclasses import replace
from hashlib import blake2b

from assistant.answers import fixed_answer
from assistant.checks.injection import load_orders, says_nothing, without_orders
from assistant.checks.personal_data import mask_personal_data, without_masks
from assistant.plain_text import clean, clean_lines
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Message, Question, Turn

__all__ = ["CleanInput", "clean"]

_LETTERS = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"[!-~\u00c0-\u024f]{101,}")
_MOST_MESSAGES = 20
_MOST_RAW, _MOST_SAID, _MOST_REMEMBERED = 50, 4, 500
_WARM_UP = "ik heet 0"


class CleanInput:
    """Blocks what cannot be read (empty, symbols only, far too long) and says what to do.

    After this step the turn holds nothing that is unmasked: neither in the question nor in what was said before.
    Orders to the assistant are left out; the money question around them goes on.
    """

    name = "clean_input"

    def __init__(self, texts: Texts, longest: int) -> None:
        """Load the word lists now, so that the first question does not wait for them.

        `longest` is the most characters a question may have once it is cleaned.
        """
        self._texts = texts
        self._longest = longest
        # Sam's own long messages come back with every question; kept masked, and by digest, so nothing leaks from it.
        self._said: dict[bytes, str] = {}
        mask_personal_data(_WARM_UP)
        load_orders()

    def __call__(self, turn: Turn) -> Turn | Answer:
        raw = turn.question.text
        lines = clean_lines(raw) if len(raw) <= _MOST_RAW * self._longest else raw
        text = " ".join(lines.split())
        if not text:
            return self._blocked(turn, self._texts.get("blocked_empty"))
        if len(text) > self._longest:
            return self._blocked(turn, self._texts.get("blocked_long", limit=f"{self._longest:,}".replace(",", ".")))
        kept, ordered = without_orders(lines)
        kept = " ".join(_LONG_WORD.sub(" ", kept).split())
        if ordered and says_nothing(kept):
            return self._refused(turn, text)
        if not _LETTERS.search(kept):
            return self._blocked(turn, self._texts.get("blocked_symbols"))
        masked, changed = mask_personal_data(kept)
        meant = without_masks(masked)
        return replace(
            turn,
            question=replace(turn.question, text=masked, history=self._history(turn.question)),
            text=masked,
            plain=meant,
            standalone=meant,
            masked=changed,
            notes={**turn.notes, "orders": "ja"} if ordered else turn.notes,
        )

    def _history(self, question: Question) -> tuple[Message, ...]:
        """What was said before, cleaned in the same way; whoever calls may have made it up, Sam's part too."""
        said = question.history[-_MOST_MESSAGES:]
        messages = (replace(message, text=self._safe(message)) for message in said)
        return tuple(message for message in messages if message.text)

    def _safe(self, message: Message) -> str:
        """A message of before; of Sam's own the lines stay, because they tell what was listed."""
        text = message.text[: _MOST_SAID * self._longest]
        if message.role == "gebruiker":
            return mask_personal_data(" ".join(_LONG_WORD.sub(" ", without_orders(clean_lines(text))[0]).split()))[0]
        key = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        safe = self._said.get(key)
        if safe is None:
            safe = mask_personal_data(_LONG_WORD.sub(" ", without_orders(clean_lines(text))[0]).strip())[0]
            if len(self._said) >= _MOST_REMEMBERED:
                self._said.clear()
            self._said[key] = safe
        return safe

    def _refused(self, turn: Turn, text: str) -> Answer:
        """For a message that holds orders and no question."""
        answer = fixed_answer(turn, AnswerStatus.UNANSWERABLE_SCOPE, self._texts.get("unanswerable_orders"))
        return replace(answer, question=mask_personal_data(text)[0])

    @staticmethod
    def _blocked(turn: Turn, text: str) -> Answer:
        return fixed_answer(turn, AnswerStatus.BLOCKED_INPUT, text)
