"""Conversations in memory: short-lived, bounded in number, and without unmasked text."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.types import Answer, Message
from web.errors import UnknownAnswerError, UnknownConversationError

IDLE_SECONDS = 30 * 60
_MOST_TURNS = 50
_MOST_MESSAGES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A masked question, its answer, and what the reader thought of it."""

    question: str
    answer: Answer
    verdict: str | None = None
    explained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What was said in one conversation; `history` is what the assistant reads back.

    `home` is the gemeente it was started for, to go back to when the person starts again.
    """

    id: str
    gemeente: str | None = None
    home: str | None = None
    turns: tuple[Turn, ...] = ()
    history: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Slot:
    conversation: Conversation
    touched: float


class Conversations:
    """Keeps conversations until they are idle too long or too many; longest idle first. Thread-safe."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        idle_seconds: float = IDLE_SECONDS,
        most: int = 2_000,
    ) -> None:
        self._clock = clock
        self._idle_seconds = idle_seconds
        self._most = most
        self._slots: OrderedDict[str, _Slot] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            self._forget_old()
            return len(self._slots)

    def start(self, gemeente: str | None = None) -> Conversation:
        """A new conversation under an identifier nobody can guess."""
        conversation = Conversation(id=secrets.token_urlsafe(18), gemeente=gemeente, home=gemeente)
        with self._lock:
            self._forget_old()
            while len(self._slots) >= self._most:
                self._slots.popitem(last=False)
            self._slots[conversation.id] = _Slot(conversation, self._clock())
        return conversation

    def get(self, identifier: str) -> Conversation:
        """The conversation as it is now.

        Raises:
            UnknownConversationError: it never was, or is forgotten.
        """
        with self._lock:
            return self._touch(identifier).conversation

    def choose(self, identifier: str, gemeente: str | None, message: Message | None) -> Conversation:
        """Set the gemeente, and add what that says to the history.

        Raises:
            UnknownConversationError: it never was, or is forgotten.
        """
        with self._lock:
            slot = self._touch(identifier)
            history = slot.conversation.history if message is None else (*slot.conversation.history, message)
            slot.conversation = replace(slot.conversation, gemeente=gemeente, history=history[-_MOST_MESSAGES:])
            return slot.conversation

    def restart(self, identifier: str) -> Conversation:
        """Forget what was said, and the gemeente that was named; the conversation itself goes on.

        Raises:
            UnknownConversationError: it never was, or is forgotten.
        """
        with self._lock:
            slot = self._touch(identifier)
            old = slot.conversation
            slot.conversation = Conversation(id=old.id, gemeente=old.home, home=old.home)
            return slot.conversation

    def append(
        self, identifier: str, turn: Turn, messages: tuple[Message, ...] = (), gemeente: str | None = None
    ) -> Conversation:
        """Add a turn; a `gemeente` replaces the one of the conversation.

        Raises:
            UnknownConversationError: it never was, or is forgotten.
        """
        with self._lock:
            slot = self._touch(identifier)
            old = slot.conversation
            slot.conversation = replace(
                old,
                gemeente=gemeente or old.gemeente,
                turns=(*old.turns, turn)[-_MOST_TURNS:],
                history=(*old.history, *messages)[-_MOST_MESSAGES:],
            )
            return slot.conversation

    def judge(self, answer_id: str, verdict: str, *, explained: bool) -> Turn:
        """Note what a reader thought of an answer; returns its turn.

        Raises:
            UnknownAnswerError: no conversation holds this answer.
        """
        with self._lock:
            self._forget_old()
            for slot in self._slots.values():
                for index, turn in enumerate(slot.conversation.turns):
                    if turn.answer.id == answer_id:
                        judged = replace(turn, verdict=verdict, explained=explained or turn.explained)
                        turns = (
                            *slot.conversation.turns[:index],
                            judged,
                            *slot.conversation.turns[index + 1 :],
                        )
                        slot.conversation = replace(slot.conversation, turns=turns)
                        return judged
        raise UnknownAnswerError(answer_id)

    def remove(self, identifier: str) -> None:
        """Forget a conversation now; unknown ones are forgotten already."""
        with self._lock:
            self._slots.pop(identifier, None)

    def _touch(self, identifier: str) -> _Slot:
        self._forget_old()
        slot = self._slots.get(identifier)
        if slot is None:
            raise UnknownConversationError("gesprek onbekend of verlopen")
        slot.touched = self._clock()
        self._slots.move_to_end(identifier)
        return slot

    def _forget_old(self) -> None:
        """The slots stand in order of last use, so the old ones are in front."""
        limit = self._clock() - self._idle_seconds
        while self._slots and next(iter(self._slots.values())).touched < limit:
            self._slots.popitem(last=False)
