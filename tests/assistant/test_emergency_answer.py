"""An answer to a money emergency: one number first, the law letter for letter, what to have at hand, the regeling."""

import pytest

from assistant.briefs import NATIONAL_DESK
from assistant.checks.emergency import OWN_GEMEENTE, load_emergencies
from assistant.composition import Assistant
from assistant.types import Answer, AnswerStatus, Message, Question
from knowledge import figures
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

ASKED = {
    "geen-slaapplek": "ik heb vannacht geen slaapplek",
    "ontruiming": "morgen word ik uit mijn huis gezet",
    "energie-afsluiting": "ze sluiten vrijdag mijn stroom af",
    "water-afsluiting": "het water wordt morgen afgesloten",
    "geen-eten": "ik heb geen eten meer voor de kinderen",
    "deurwaarder": "de deurwaarder staat aan de deur",
    "beslag": "er is beslag gelegd op mijn loon",
    "uitkering-gestopt": "mijn uitkering is gestopt",
    "identiteitsfraude": "iemand heeft op mijn naam telefoons gekocht",
    "geldezel": "ik heb mijn pinpas uitgeleend en nu ben ik geldezel",
    "woekerlening": "ik heb een woekerlening en moet elke week meer terugbetalen",
}
PLACES = ("enschede", "borne", "tubbergen")


def ask(sam: Assistant, text: str, gemeente: str | None = None, history: tuple[Message, ...] = ()) -> Answer:
    return sam.pipeline.run(Question(text=text, gemeente=gemeente, history=history))


def test_every_kind_is_asked() -> None:
    assert ASKED.keys() == load_emergencies().keys()


@pytest.mark.parametrize("gemeente", [*PLACES, None])
@pytest.mark.parametrize("kind", ASKED)
def test_the_number_to_call_comes_first(sam: Assistant, kind: str, gemeente: str | None) -> None:
    answer = ask(sam, ASKED[kind], gemeente)
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert answer.receipt.emergency == kind
    desk = load_emergencies()[kind].desk
    if desk != OWN_GEMEENTE or gemeente is None:
        page = NATIONAL_DESK if desk == OWN_GEMEENTE else desk
        chunks = sam.retriever.document(NATIONAL_SCOPE, page)
        expected = {phone for chunk in chunks if chunk.heading == "Contact" for phone in figures.phones(chunk.text)}
    else:
        expected = {figures.normalise_phone(phone) for phone in sam.gazetteer.gemeenten[gemeente].contact.phones}
    assert figures.normalise_phone(answer.links[0].value) in expected
    first = answer.text.split("\n\n", maxsplit=1)[0]
    assert figures.phones(first) & expected


@pytest.mark.parametrize("gemeente", PLACES)
@pytest.mark.parametrize("kind", ASKED)
def test_it_says_that_it_is_urgent_and_what_to_keep_at_hand(sam: Assistant, kind: str, gemeente: str) -> None:
    answer = ask(sam, ASKED[kind], gemeente)
    emergency = load_emergencies()[kind]
    assert emergency.urgent.split(".", maxsplit=1)[0] in answer.text
    assert emergency.at_hand.split(".", maxsplit=1)[0] in answer.text
    assert len(answer.text.split()) <= 190


@pytest.mark.parametrize("kind", ASKED)
def test_the_law_is_quoted_letter_for_letter(sam: Assistant, kind: str) -> None:
    answer = ask(sam, ASKED[kind], "hengelo")
    quoted = {citation.chunk.document: citation.quote for citation in answer.citations}
    for law in load_emergencies()[kind].law:
        assert law.find in answer.text
        assert law.find in quoted[law.page]


@pytest.mark.parametrize("gemeente", PLACES)
@pytest.mark.parametrize("kind", ASKED)
def test_no_other_gemeente_is_named_as_source(sam: Assistant, kind: str, gemeente: str) -> None:
    answer = ask(sam, ASKED[kind], gemeente)
    assert {citation.chunk.scope for citation in answer.citations} <= {gemeente, REGION_SCOPE, NATIONAL_SCOPE}


def test_without_a_gemeente_there_is_an_answer_and_the_choice(sam: Assistant) -> None:
    answer = ask(sam, ASKED["ontruiming"])
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert {"Hengelo", "Borne"} <= {choice.value for choice in answer.choices}
    assert sam.texts.get("emergency_national") in answer.text


def test_the_gemeente_said_afterwards_gives_its_own_number(sam: Assistant) -> None:
    first = ask(sam, ASKED["ontruiming"])
    history = (Message(role="gebruiker", text=ASKED["ontruiming"]), Message(role="sam", text=first.text))
    answer = ask(sam, "Hengelo", history=history)
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert figures.normalise_phone(answer.links[0].value) == figures.normalise_phone("14 074")


def test_a_question_after_it_is_not_urgent_again(sam: Assistant) -> None:
    first = ask(sam, ASKED["energie-afsluiting"], "almelo")
    history = (Message(role="gebruiker", text=ASKED["energie-afsluiting"]), Message(role="sam", text=first.text))
    answer = ask(sam, "wie helpt bij schulden", "almelo", history)
    assert answer.status is AnswerStatus.ANSWERED_REGELING


def test_two_emergencies_are_answered_together_with_one_number(sam: Assistant) -> None:
    answer = ask(sam, "ik heb geen eten en morgen komt de deurwaarder aan de deur", "hengelo")
    kinds = load_emergencies()
    assert kinds["geen-eten"].at_hand.split(".", maxsplit=1)[0] in answer.text
    assert kinds["deurwaarder"].at_hand.split(".", maxsplit=1)[0] in answer.text
    assert answer.text.count("Bel vandaag nog") == 1


def test_an_emergency_and_another_subject_are_both_answered(sam: Assistant) -> None:
    answer = ask(sam, "ze zetten me morgen uit huis. en mijn zoon wil op voetbal", "enschede")
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert "meedoenregeling" in {citation.chunk.topic for citation in answer.citations}


def test_outside_twente_the_number_is_national(sam: Assistant) -> None:
    answer = ask(sam, "ik woon in Zwolle en word morgen uit mijn huis gezet")
    assert answer.status is AnswerStatus.ANSWERED_EMERGENCY
    assert answer.choices == ()
    assert figures.phones(answer.text)
