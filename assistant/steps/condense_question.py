"""Step 3: a message is read together with what was said before, by rules, and in Dutch."""

from dataclasses import replace

from assistant.checks.language import detect_language
from assistant.conversation import Conversation
from assistant.types import Answer, Turn


class CondenseQuestion:
    """Fills in what a follow-up leans on; forgets what was said before the person started again."""

    name = "condense_question"

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def __call__(self, turn: Turn) -> Turn | Answer:
        history = self._conversation.since_restart(turn.question.history)
        memory = self._conversation.recall(history)
        reading = self._conversation.read(turn.text, memory)
        return replace(
            turn,
            question=replace(turn.question, history=history),
            language=detect_language(turn.text, [m.text for m in history if m.role == "gebruiker"]),
            memory=memory,
            plain=reading.plain,
            standalone=reading.standalone,
            leans=reading.leans,
            subject=self._conversation.without_places(reading.standalone),
        )
