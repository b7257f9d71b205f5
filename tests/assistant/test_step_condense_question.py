"""Step 3: a message is read together with what was said before; what was typed stays as it is."""

import pytest

from assistant.conversation import Conversation
from assistant.steps.condense_question import CondenseQuestion
from assistant.texts import Texts
from assistant.types import Message, Turn
from knowledge.gemeenten import Gazetteer
from tests.assistant.builders import build_turn

FIRST = "Hoe vraag ik individuele inkomenstoeslag aan?"


def messages(*texts: str) -> tuple[Message, ...]:
    """Messages of a person, each followed by a reply of Sam."""
    spoken = [
        (Message(role="gebruiker", text=text), Message(role="sam", text="Antwoord over kwijtschelding."))
        for text in texts
    ]
    return tuple(message for pair in spoken for message in pair)


@pytest.fixture
def step(gazetteer: Gazetteer, texts: Texts) -> CondenseQuestion:
    return CondenseQuestion(Conversation(gazetteer, texts, lambda text: "wasmachine" in text.lower()))


def condensed(step: CondenseQuestion, text: str, *earlier: str) -> Turn:
    outcome = step(build_turn(text, history=messages(*earlier)))
    assert isinstance(outcome, Turn)
    assert outcome.text == text, "what was typed stays as it is"
    return outcome


def test_a_follow_up_gets_the_subject_of_before(step: CondenseQuestion) -> None:
    turn = condensed(step, "En hoeveel is dat?", FIRST)
    assert turn.standalone == f"{FIRST} En hoeveel is dat?"
    assert turn.plain == "En hoeveel is dat?"
    assert turn.leans == "subject"


@pytest.mark.parametrize("place", ["Enschede", "in Nijverdal", "ik woon in Hengelo", "gemeente Wierden", "7511 AB"])
def test_the_answer_to_which_gemeente_gets_the_question(step: CondenseQuestion, place: str) -> None:
    turn = condensed(step, place, FIRST)
    assert turn.leans == "place"
    assert turn.standalone.startswith(FIRST)
    assert place not in turn.subject, "a place is no subject"


def test_a_full_question_stands_alone(step: CondenseQuestion) -> None:
    question = "Mijn wasmachine is kapot en ik heb geen geld voor een nieuwe"
    assert condensed(step, question, FIRST).standalone == question


def test_what_sam_said_is_never_added(step: CondenseQuestion) -> None:
    assert "kwijtschelding" not in condensed(step, "En hoeveel is dat?", FIRST).standalone


def test_what_was_said_before_starting_again_is_gone_for_every_step_after(step: CondenseQuestion) -> None:
    turn = condensed(step, "En hoeveel is dat?", FIRST, "opnieuw beginnen")
    assert [message.role for message in turn.question.history] == ["sam"]
    assert turn.standalone == "En hoeveel is dat?"


def test_the_language_of_the_person_is_noted(step: CondenseQuestion) -> None:
    assert condensed(step, "How can I apply for help with my rent?").language == "en"
    assert condensed(step, "how much?", "How can I apply for help with my rent?").language == "en"
    assert condensed(step, "Hoe vraag ik bijstand aan?").language == "nl"
