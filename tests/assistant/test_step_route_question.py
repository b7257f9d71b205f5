"""Step 4: what someone wants to know, how they sound, and whether it is for Sam."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pytest

from assistant.answers import LOST
from assistant.composition import Assistant
from assistant.conversation import Conversation
from assistant.steps.route_question import RouteQuestion
from assistant.subjects import Subjects
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Aspect, Memory, Message, Mood, Question, Turn
from knowledge import figures
from knowledge.gemeenten import Gazetteer
from knowledge.gloss import load_glossary
from knowledge.topics import OUTSIDE, load_outside, load_topics
from tests.assistant.builders import build_turn

TOPICS, DESKS = load_topics(), load_outside().desks
ASPECTS = """
    hoeveel      Hoeveel is de individuele inkomenstoeslag?
    hoeveel      Hoeveel geld kan ik krijgen voor een fiets?
    hoeveel      hoe veel is een fiets voor een kind
    hoeveel      Welk bedrag krijg ik?
    hoeveel      Wat is het bedrag van de studietoeslag?
    hoeveel      Hoe hoog is de bijstand?
    hoeveel      wat krijg ik dan
    hoeveel      Wat kost bewindvoering?
    hoeveel      Wat is de bijstandsnorm?
    papieren     Welke papieren heb ik nodig?
    papieren     Wat moet ik meenemen naar het gesprek?
    papieren     Welke documenten moet ik inleveren?
    papieren     wat heb ik allemaal nodig voor de aanvraag
    papieren     Welke bewijsstukken vraagt de gemeente?
    papieren     wat voor formulieren moet ik opsturen
    papieren     Wat moet mijn client meenemen?
    termijn      Hoe lang duurt het?
    termijn      Wanneer krijg ik bericht?
    termijn      Hoeveel weken duurt de aanvraag?
    termijn      hoelang moet ik wachten
    termijn      Binnen welke termijn beslist de gemeente?
    termijn      Tot wanneer kan ik het aanvragen?
    termijn      wat is de deadline
    termijn      hoe snel komt het geld
    contact      Wat is het telefoonnummer?
    contact      Waar kan ik terecht?
    contact      Wie kan ik bellen?
    contact      Waar moet ik heen?
    contact      Wat zijn de openingstijden?
    contact      wat is het e-mailadres van het loket
    contact      Bij wie kan ik terecht met mijn schulden?
    contact      Wanneer is het spreekuur?
    aanvragen    Hoe vraag ik bijstand aan?
    aanvragen    Hoe kan ik het aanvragen?
    aanvragen    Waar kan ik een aanvraag doen?
    aanvragen    Hoe meld ik mij aan?
    aanvragen    Waar vind ik het formulier?
    aanvragen    kan ik mijn kind opgeven voor zwemles
    wie          Kom ik in aanmerking?
    wie          Heb ik recht op bijstand?
    wie          Voor wie is het bedoeld?
    wie          Wie kan het krijgen?
    wie          komt mijn client in aanmerking
    voorwaarden  Wat zijn de voorwaarden?
    voorwaarden  Aan welke eisen moet ik voldoen?
    voorwaarden  Wat is de inkomensgrens?
    voorwaarden  Mag ik spaargeld hebben?
    wat          Wat is het kindpakket?
    wat          Mijn wasmachine is kapot
    wat          is er iets voor mensen met weinig geld
"""
MOODS = """
    bezorgd      Ik ben wanhopig
    bezorgd      mijn wasmachine is kapot
    bezorgd      de deurwaarder staat voor de deur
    bezorgd      ik kan de huur niet betalen
    bezorgd      ik heb geen eten meer
    bezorgd      Ik lig wakker van de schulden
    beschaamd    ik schaam me
    boos         ik ben het zat met die gemeente, niemand luistert
    bezorgd      HELP!! ik weet het niet meer
    vrijwilliger Mijn cliënt heeft schulden en is wanhopig
    vrijwilliger Ik begeleid iemand met schulden
    vrijwilliger als vrijwilliger van de thuisadministratie
    neutraal     Hoe vraag ik bijstand aan?
    neutraal     Wat is de inkomensgrens?
"""


def rows(block: str) -> list[tuple[str, str]]:
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in block.splitlines() if line.strip()]


@dataclass(frozen=True)
class FixedScorer:
    """Gives the same scores for every question."""

    best: str = "bijstand"
    probability: float = 0.9

    def scores(self, question: str) -> list[tuple[str, float]]:
        return [(self.best, self.probability), ("schuldhulp", 0.05)]

    def scores_by_words(self, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
        return [self.scores(text) for text in texts]

    def named(self, text: str) -> frozenset[str]:
        return frozenset()


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.load(vocabulary=load_glossary())


def router(scorer: FixedScorer | None = None, *, ingested: bool = False) -> RouteQuestion:
    texts, chosen = Texts.load(), scorer or FixedScorer()
    subjects = Subjects(chosen, TOPICS)
    conversation = Conversation(gazetteer(), texts, subjects.known, subjects.choices)
    return RouteQuestion(texts, chosen, DESKS, lambda: ingested, conversation, subjects)


def routed(text: str, scorer: FixedScorer | None = None) -> Turn:
    """The turn of a follow-up, which may ask without naming a subject."""
    outcome = router(scorer)(build_turn(text, leans="subject", memory=Memory(subject="bijstand")))
    assert isinstance(outcome, Turn), outcome
    return outcome


@pytest.mark.parametrize(("aspect", "question"), rows(ASPECTS))
def test_the_aspect_of_a_question(aspect: str, question: str) -> None:
    assert routed(question).aspect is Aspect(aspect)


@pytest.mark.parametrize(("mood", "question"), rows(MOODS))
def test_how_a_person_sounds(mood: str, question: str) -> None:
    assert routed(question).mood is Mood(mood)


def test_the_lists_are_long_enough() -> None:
    assert len(rows(ASPECTS)) >= 40
    assert {Aspect(aspect) for aspect, _ in rows(ASPECTS)} == set(Aspect)
    assert {Mood(mood) for mood, _ in rows(MOODS)} == set(Mood)


def test_topics_go_along_best_first_without_the_outside() -> None:
    turn = routed("Hoe vraag ik bijstand aan bij de gemeente Borne?", FixedScorer(best=OUTSIDE, probability=0.3))
    assert turn.topics == (("schuldhulp", 0.05),)


@pytest.mark.parametrize("text", ["hallo", "Hoi!", "Goedemorgen", "hey sam", "Dag", "moi", "goede middag"])
def test_a_greeting_is_greeted_with_choices(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text))
    assert answer.status is AnswerStatus.CLARIFICATION_TALK
    assert answer.text == Texts.load().get("talk_greeting")
    assert answer.choices


@pytest.mark.parametrize("text", ["dank je wel", "Bedankt!", "bedankt voor de hulp", "ok", "top"])
def test_thanks_are_thanked_without_choices(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text))
    assert answer.text == Texts.load().get("talk_thanks")
    assert answer.choices == ()


@pytest.mark.parametrize(
    "text",
    [
        "hallo, hoe vraag ik bijstand aan",
        "Dag, mijn wasmachine is kapot",
        "Dank, en hoe vraag ik bijstand aan in Borne?",
    ],
)
def test_a_greeting_with_a_question_is_a_question(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text, gemeente="borne"))
    assert answer.status is AnswerStatus.ANSWERED_REGELING


@pytest.mark.parametrize("text", ["help", "ik heb een vraag", "wat kunt u", "ik heb problemen", "kunt u mij helpen"])
def test_too_vague_is_asked_back_with_choices(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text, gemeente="enschede"))
    assert answer.status is AnswerStatus.CLARIFICATION_VAGUE
    assert answer.text == Texts.load().get("clarification_vague")
    assert len(answer.choices) >= 5


@pytest.mark.parametrize("website", ["enschede", "wierden"])
def test_every_choice_leads_to_an_answer(sam: Assistant, website: str) -> None:
    for choice in sam.pipeline.run(Question(text="help", gemeente=website)).choices:
        answer = sam.pipeline.run(Question(text=choice.value, gemeente=website))
        assert answer.status.family in ("answered", "unanswerable"), choice.value
        assert answer.citations, choice.value


@pytest.mark.parametrize(
    ("text", "desk"),
    [
        ("Hoe vraag ik een nieuw paspoort aan?", "Burgerzaken"),
        ("Wanneer wordt het grofvuil opgehaald?", "afvalinzamelaar"),
        ("Ik wil een parkeervergunning voor mijn straat", "Vergunningen"),
        ("ik heb koorts en hoofdpijn", "huisarts"),
        ("Onze buren hebben elke nacht harde muziek aan", "wijkagent"),
    ],
)
def test_outside_scope_names_the_desk_that_does_know(sam: Assistant, text: str, desk: str) -> None:
    answer = sam.pipeline.run(Question(text=text, gemeente="hengelo"))
    assert answer.status is AnswerStatus.SIGNPOSTED_DESK
    assert desk in answer.text
    assert answer.citations == ()


@pytest.mark.parametrize(
    "text", ["recept voor appeltaart", "wat voor weer wordt het morgen", "wie wint de voetbalwedstrijd"]
)
def test_outside_scope_without_a_desk_invents_none(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text, gemeente="hengelo"))
    assert answer.status is AnswerStatus.UNANSWERABLE_SCOPE
    assert answer.text == Texts.load().get("unanswerable_scope")


def test_with_documents_of_their_own_nothing_is_outside_scope() -> None:
    outside = FixedScorer(best=OUTSIDE, probability=0.99)
    assert isinstance(router(outside, ingested=True)(build_turn("Wat zegt het reglement over honden?")), Turn)
    assert isinstance(router(outside)(build_turn("Wat zegt het reglement over honden?")), Answer)


def ask(sam: Assistant, text: str, *history: str, gemeente: str | None = "enschede") -> Answer:
    """The answer after messages in turn, the person's first."""
    messages = tuple(
        Message(role="gebruiker" if place % 2 == 0 else "sam", text=said) for place, said in enumerate(history)
    )
    return sam.pipeline.run(Question(text=text, gemeente=gemeente, history=messages))


@pytest.mark.parametrize("gemeente", ["enschede", None])
@pytest.mark.parametrize("text", ["weet ik niet", "pff alles", "help", "gewoon"])
def test_who_stays_vague_gets_a_person_and_no_second_question(sam: Assistant, text: str, gemeente: str | None) -> None:
    asked = ask(sam, "help", gemeente=gemeente)
    answer = ask(sam, text, "help", asked.text, gemeente=gemeente)
    assert answer.status is AnswerStatus.ANSWERED_CONTACT
    assert figures.phones(answer.text)
    assert answer.text.startswith(Texts.load().get("lost"))


@pytest.mark.parametrize("text", ["ik wil met een mens praten", "kan ik een medewerker spreken"])
def test_who_wants_a_person_gets_one(sam: Assistant, text: str) -> None:
    answer = ask(sam, text)
    assert answer.status is AnswerStatus.ANSWERED_CONTACT
    assert figures.phones(answer.text)


def test_the_vague_question_names_its_choices_in_the_text(sam: Assistant) -> None:
    text = ask(sam, "help").text.lower()
    assert all(word in text for word in ("boodschappen", "huur", "schulden", "kinderen"))


def test_starting_again_asks_to_forget(sam: Assistant) -> None:
    answer = ask(sam, "opnieuw beginnen", "hoe vraag ik bijstand aan", "Antwoord.")
    assert answer.status is AnswerStatus.CLARIFICATION_TALK
    assert answer.restarts
    assert not ask(sam, "dank u").restarts


def test_a_question_that_only_asks_how_much_needs_a_subject(sam: Assistant) -> None:
    assert ask(sam, "hoeveel krijg ik?").status is AnswerStatus.CLARIFICATION_VAGUE


def test_a_follow_up_keeps_the_aspect_that_was_asked() -> None:
    turn = build_turn(
        "en in Hengelo?", plain="en in Hengelo?", standalone="hoeveel is de bijstand en in Hengelo?", leans="place"
    )
    outcome = router()(turn)
    assert isinstance(outcome, Turn)
    assert outcome.aspect is Aspect.AMOUNT


def test_a_leaning_question_is_never_out_of_scope() -> None:
    outside = FixedScorer(best=OUTSIDE, probability=0.9)
    turn = build_turn("en als het regent?", plain="en als het regent?", leans="subject", memory=Memory(subject="huur"))
    assert isinstance(router(outside)(turn), Turn)


def test_being_lost_is_noted_for_the_steps_after() -> None:
    turn = build_turn("weet niet", memory=Memory(asked_subject=True))
    outcome = router(FixedScorer(probability=0.1))(turn)
    assert isinstance(outcome, Turn)
    assert outcome.notes[LOST] == "lost"


def test_several_subjects_are_routed_apart(sam: Assistant) -> None:
    answer = ask(sam, "mijn wasmachine is kapot en ik heb schulden")
    topics = [citation.chunk.topic for citation in answer.citations]
    assert topics[0] == "schuldhulp"
    assert {"witgoed", "bijzondere-bijstand"} & set(topics)
    assert answer.text.count("Over ") >= 2


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Mijn wasmachine is kapot", "witgoed"),
        ("ik kan de huur niet betalen en moet mijn huis uit", "huisuitzetting"),
        ("Mijn kind wil op voetbal maar dat kan ik niet betalen", "meedoenregeling"),
        ("ik heb schulden", "schuldhulp"),
        ("ik heb geen eten meer", "kledingbank-voedselbank"),
        ("Hoe vraag ik bijzondere bijstand aan?", "bijzondere-bijstand"),
        ("mijn gas en licht wordt afgesloten", "energie"),
        ("kan ik kwijtschelding krijgen van de waterschapsbelasting", "kwijtschelding"),
        ("ik betaal de zorgpremie al maanden niet", "zorgschuld"),
        ("schuldhulpverlenning aanvraagen", "schuldhulp"),
    ],
)
def test_the_topic_is_among_the_first_three(sam: Assistant, question: str, topic: str) -> None:
    assert topic in [slug for slug, _ in sam.scorer.scores(question)[:3]]
