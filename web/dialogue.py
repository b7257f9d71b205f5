"""A conversation with Sam, as the API and the chat page both hold it."""

from assistant.checks.personal_data import mask_personal_data
from assistant.composition import Assistant
from assistant.errors import AssistantError
from assistant.steps.clean_input import clean
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Message, Question
from knowledge.errors import KnowledgeError
from web.conversations import Conversation, Conversations, Turn
from web.errors import UnavailableError
from web.feedback import Feedback, FeedbackLog

_LONGEST_ECHO = 600
_NOT_REMEMBERED = frozenset({"blocked", "error"})


class Dialogue:
    """Asks the assistant, and remembers what was said for as long as the conversation lasts."""

    def __init__(self, assistant: Assistant, conversations: Conversations, feedback: FeedbackLog, texts: Texts) -> None:
        self._assistant = assistant
        self.conversations = conversations
        self._feedback = feedback
        self._texts = texts

    def ask(self, identifier: str, text: str) -> Answer:
        """Answer a question in a conversation.

        Raises:
            UnknownConversationError: the conversation never was, or is forgotten.
            UnavailableError: there is no index, or a model failed to load.
        """
        conversation = self.conversations.get(identifier)
        question = Question(
            text=text, gemeente=conversation.gemeente, history=conversation.history, conversation=identifier
        )
        try:
            answer = self._assistant.pipeline.run(question)
        except (KnowledgeError, AssistantError) as error:
            raise UnavailableError(str(error)) from error
        shown = answer.question or mask_personal_data(clean(text))[0]
        turn = Turn(question=_shorten(shown), answer=answer)
        if answer.restarts:
            self.conversations.restart(identifier)
        known = answer.gemeente if answer.gemeente in self._assistant.gazetteer.gemeenten else None
        self.conversations.append(identifier, turn, _messages(turn), known)
        return answer

    def choose(self, identifier: str, gemeente: str | None) -> Conversation:
        """Set the gemeente by hand; the assistant reads it as something the person said.

        Raises:
            UnknownConversationError: the conversation never was, or is forgotten.
        """
        conversation = self.conversations.get(identifier)
        if conversation.gemeente == gemeente:
            return conversation
        message = None
        if gemeente is not None and conversation.history:
            name = self._assistant.gazetteer.name(gemeente)
            message = Message(role="gebruiker", text=self._texts.get("gemeente_gekozen", gemeente=name))
        return self.conversations.choose(identifier, gemeente, message)

    def judge(self, answer_id: str, feedback: Feedback) -> None:
        """Store a verdict on an answer.

        Raises:
            UnknownAnswerError: no conversation holds this answer.
        """
        explained = bool(feedback.reason or feedback.remark)
        turn = self.conversations.judge(answer_id, feedback.verdict, explained=explained)
        self._feedback.append(feedback, turn)


def _messages(turn: Turn) -> tuple[Message, ...]:
    """What the next question may lean on; not what could not be read.

    Of a cry for help only Sam's answer stays, so that what follows is careful without the words being kept.
    """
    status = turn.answer.status
    if status.family in _NOT_REMEMBERED:
        return ()
    if status is AnswerStatus.SIGNPOSTED_CRISIS:
        return (Message(role="sam", text=turn.answer.text),)
    return (Message(role="gebruiker", text=turn.question), Message(role="sam", text=turn.answer.text))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO].rstrip()} …"
