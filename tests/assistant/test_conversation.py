"""What a conversation told, and what a follow-up means because of it."""

import pytest

from assistant.conversation import Conversation, SmallTalk
from assistant.texts import Texts
from assistant.types import Choice, Memory, Message
from knowledge.gemeenten import Gazetteer

FIRST = "Hoe vraag ik individuele inkomenstoeslag aan?"
SUBJECTS = ("bijstand", "zorgpremie", "wasmachine", "koelkast", "huur", "energie", "kwijtschelding", "voedselbank")
ALSO = Texts.load().get("also_fits_two", title="Bijzondere bijstand", other="Witgoedregeling")
ASKED = Texts.load().get("clarification_vague")


def names_a_subject(text: str) -> bool:
    return any(word in text.lower() for word in SUBJECTS)


@pytest.fixture
def conversation(gazetteer: Gazetteer, texts: Texts) -> Conversation:
    choices = (Choice(label="Boodschappen", value="Ik heb geen geld voor boodschappen"),)
    return Conversation(gazetteer, texts, names_a_subject, choices)


def spoken(*lines: str) -> tuple[Message, ...]:
    """Messages in turn: the person first."""
    return tuple(Message(role="gebruiker" if place % 2 == 0 else "sam", text=text) for place, text in enumerate(lines))


def after(conversation: Conversation, text: str, *lines: str) -> str:
    return conversation.read(text, conversation.recall(spoken(*lines))).standalone


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hallo", SmallTalk.GREETING),
        ("Goedemorgen!", SmallTalk.GREETING),
        ("dank u wel", SmallTalk.THANKS),
        ("ok bedankt", SmallTalk.THANKS),
        ("top, dank je", SmallTalk.THANKS),
        ("duidelijk", SmallTalk.THANKS),
        ("doei", SmallTalk.GOODBYE),
        ("nee dat was het", SmallTalk.GOODBYE),
        ("opnieuw beginnen", SmallTalk.RESTART),
        ("ik wil graag opnieuw beginnen", SmallTalk.RESTART),
        ("begin maar opnieuw", SmallTalk.RESTART),
        ("ja", SmallTalk.YES),
        ("nee hoor", SmallTalk.NO),
        ("kunt u mij helpen?", SmallTalk.HELP),
        ("ik heb een vraag", SmallTalk.HELP),
        ("ik wil met een mens praten", SmallTalk.HUMAN),
        ("kan ik een medewerker spreken", SmallTalk.HUMAN),
    ],
)
def test_small_talk(conversation: Conversation, text: str, kind: SmallTalk) -> None:
    assert conversation.small_talk(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "ok hoeveel dan",
        "dank u, en hoe vraag ik dat aan?",
        "moet ik opnieuw aanvragen?",
        "hallo, mijn wasmachine is kapot",
        "ja maar ik heb geen digid",
        "nee in Borne",
        "top en wanneer hoor ik iets",
        "goed, wat moet ik meenemen",
        "help ik kan de huur niet betalen",
        "fijn maar hoe lang duurt het",
    ],
)
def test_a_question_is_no_small_talk(conversation: Conversation, text: str) -> None:
    assert conversation.small_talk(text) is None


@pytest.mark.parametrize(
    "follow_up",
    [
        "En hoeveel is dat?",
        "hoeveel?",
        "Hoe lang duurt het?",
        "Welke papieren heb ik daarvoor nodig?",
        "en voor mijn partner?",
        "en voor mijn zoontje",
        "waar moet ik dan heen",
        "hoe meld ik me aan",
        "kan dat ook zonder digid",
    ],
)
def test_a_follow_up_gets_the_subject_of_before(conversation: Conversation, follow_up: str) -> None:
    assert after(conversation, follow_up, FIRST, "Antwoord.") == f"{FIRST} {follow_up}"


@pytest.mark.parametrize(
    "question",
    [
        "Mijn wasmachine is kapot",
        "en hoe zit het met kwijtschelding",
        "waar is de voedselbank",
        "kan ik ook hulp krijgen voor de energie?",
    ],
)
def test_a_question_with_its_own_subject_stands_alone(conversation: Conversation, question: str) -> None:
    assert after(conversation, question, FIRST, "Antwoord.") == question


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nee ik bedoel de wasmachine", "de wasmachine"),
        ("Nee, ik bedoel de koelkast", "de koelkast"),
        ("sorry, het gaat om de huur", "de huur"),
        ("niet de huur maar de energie", "de energie"),
        ("nee niet huur, energie", "energie"),
    ],
)
def test_a_correction_replaces_the_subject(conversation: Conversation, text: str, meant: str) -> None:
    assert after(conversation, text, FIRST, "Antwoord.") == meant


@pytest.mark.parametrize("place", ["Enschede", "nee, in Nijverdal", "ik woon in Hengelo", "en in Borne?", "7511 AB"])
def test_another_place_keeps_the_question(conversation: Conversation, place: str) -> None:
    memory = conversation.recall(spoken(FIRST, "In welke gemeente woont u?"))
    reading = conversation.read(place, memory)
    assert reading.leans == "place"
    assert reading.standalone.startswith(FIRST)


def test_another_place_keeps_what_was_asked_last(conversation: Conversation) -> None:
    said = after(conversation, "en in Borne?", FIRST, "Antwoord.", "welke papieren heb ik nodig", "Antwoord.")
    assert "papieren" in said
    assert said.startswith(FIRST)


def test_a_place_is_never_the_subject(conversation: Conversation) -> None:
    said = after(conversation, "hoeveel is dat?", FIRST, "Welke gemeente?", "Enschede", "Antwoord.")
    assert said == f"{FIRST} hoeveel is dat?"


def test_a_chain_of_follow_ups_keeps_the_first_subject(conversation: Conversation) -> None:
    lines = (FIRST, "A.", "hoeveel dan", "B.", "en welke papieren", "C.")
    assert after(conversation, "hoe lang duurt het", *lines) == f"{FIRST} hoe lang duurt het"


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("die eerste", FIRST),
        ("de tweede", "Bijzondere bijstand"),
        ("de tweede dan graag", "Bijzondere bijstand dan graag"),
        ("de laatste", "Witgoedregeling"),
        ("2", "Bijzondere bijstand"),
    ],
)
def test_a_place_in_the_list_points_to_what_sam_named(conversation: Conversation, text: str, chosen: str) -> None:
    assert after(conversation, text, FIRST, f"Antwoord. {ALSO}") == chosen


@pytest.mark.parametrize("text", ["de eerste maand", "mijn tweede kind", "de laatste brief"])
def test_counting_something_else_is_no_choice(conversation: Conversation, text: str) -> None:
    memory = conversation.recall(spoken(FIRST, f"Antwoord. {ALSO}"))
    assert conversation.read(text, memory).leans != "option"


def test_a_choice_of_the_vague_question_stands_for_its_question(conversation: Conversation) -> None:
    assert after(conversation, "boodschappen", "help", ASKED) == "Ik heb geen geld voor boodschappen"


def test_after_a_vague_start_the_answer_stands_alone(conversation: Conversation) -> None:
    assert after(conversation, "mijn bril", "alles gaat mis", ASKED) == "mijn bril"


def test_that_sam_asked_is_remembered_until_sam_says_something_else(conversation: Conversation) -> None:
    assert conversation.recall(spoken("help", ASKED)).asked_subject
    assert not conversation.recall(spoken("help", ASKED, "huur", "Antwoord.")).asked_subject


def test_the_question_for_the_gemeente_is_recognised(conversation: Conversation, texts: Texts) -> None:
    for key, variables in (
        ("clarification_gemeente", {}),
        ("clarification_gemeente_ambiguous", {"place": "Albergen"}),
    ):
        assert conversation.recall(spoken("huur", texts.get(key, **variables))).asked_gemeente


def test_the_household_is_kept(conversation: Conversation) -> None:
    memory = conversation.recall(
        spoken("Ik ben alleenstaande moeder met twee kinderen, is er bijstand?", "A.", "en kwijtschelding?", "B.")
    )
    assert "alleenstaande moeder" in memory.household
    assert any("kinderen" in words for words in memory.household)


def test_telling_who_lives_in_the_house_leans_on_the_question(conversation: Conversation) -> None:
    said = after(conversation, "we hebben 2 kleine kinderen", FIRST, "Antwoord.")
    assert said.startswith(FIRST)


def test_starting_again_forgets(conversation: Conversation) -> None:
    history = spoken(FIRST, "Antwoord.", "opnieuw beginnen", "We beginnen opnieuw.")
    assert [message.role for message in conversation.since_restart(history)] == ["sam"]
    memory = conversation.recall(conversation.since_restart(history))
    assert memory.subject == ""
    assert memory.household == ()


def test_small_talk_is_not_the_subject(conversation: Conversation) -> None:
    assert conversation.recall(spoken(FIRST, "Antwoord.", "dank u", "Graag gedaan.")).subject == FIRST


def test_what_sam_said_is_never_the_subject(conversation: Conversation) -> None:
    memory = conversation.recall(spoken("hallo", "U krijgt kwijtschelding."))
    assert memory.subject == ""
    assert memory.said == ("U krijgt kwijtschelding.",)


def test_without_a_conversation_nothing_is_added(conversation: Conversation) -> None:
    for text in ("En hoeveel is dat?", "Enschede", "die eerste", "nee in Borne"):
        assert conversation.read(text, Memory()).standalone == text
