"""Step 3: a follow-up is read together with what came before; a full question is left alone."""

import pytest

from assistant.steps.condense_question import CondenseQuestion
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


def standalone(gazetteer: Gazetteer, text: str, *earlier: str) -> str:
    outcome = CondenseQuestion(gazetteer)(build_turn(text, history=messages(*earlier)))
    assert isinstance(outcome, Turn)
    assert outcome.text == text, "what was typed stays as it is"
    return outcome.standalone


@pytest.mark.parametrize(
    "follow_up",
    [
        "En hoeveel is dat?",
        "hoeveel?",
        "Hoe lang duurt het?",
        "Welke papieren heb ik daarvoor nodig?",
        "en voor mijn partner?",
        "Wanneer krijg ik dat?",
        "Waar moet ik dan heen?",
        "maar wie betaalt dat dan?",
        "waarvoor?",
        "ja",
    ],
)
def test_a_follow_up_gets_the_question_before_it(gazetteer: Gazetteer, follow_up: str) -> None:
    assert standalone(gazetteer, follow_up, FIRST) == f"{FIRST} {follow_up}"


@pytest.mark.parametrize("place", ["Enschede", "in Nijverdal", "ik woon in Hengelo", "gemeente Wierden", "7511 AB"])
def test_the_answer_to_which_gemeente_gets_the_question(gazetteer: Gazetteer, place: str) -> None:
    assert standalone(gazetteer, place, FIRST) == f"{FIRST} {place}"


def test_a_place_is_not_the_question_that_a_follow_up_leans_on(gazetteer: Gazetteer) -> None:
    assert standalone(gazetteer, "En hoeveel is dat?", FIRST, "Enschede").startswith(FIRST)


@pytest.mark.parametrize(
    "question",
    [
        "Mijn wasmachine is kapot en ik heb geen geld voor een nieuwe",
        "Kan ik kwijtschelding krijgen van de waterschapsbelasting?",
        "Hoe meld ik mij aan bij de voedselbank in Hengelo?",
        "Wat moet ik meenemen naar het spreekuur van de formulierenbrigade?",
    ],
)
def test_a_full_question_stands_alone(gazetteer: Gazetteer, question: str) -> None:
    assert standalone(gazetteer, question, FIRST) == question


@pytest.mark.parametrize("text", ["En hoeveel is dat?", "Enschede", "hoeveel?"])
def test_without_a_conversation_nothing_is_added(gazetteer: Gazetteer, text: str) -> None:
    assert standalone(gazetteer, text) == text


def test_what_sam_said_is_never_added(gazetteer: Gazetteer) -> None:
    assert "kwijtschelding" not in standalone(gazetteer, "En hoeveel is dat?", FIRST)


def test_the_last_question_counts_not_the_first(gazetteer: Gazetteer) -> None:
    later = "Mijn kind wil op voetbal maar ik heb geen geld"
    assert standalone(gazetteer, "hoeveel is dat dan?", FIRST, later).startswith(later)
