"""Step 4: what someone wants to know, how they sound, and whether it is for Sam."""

from dataclasses import dataclass

import pytest

from assistant.composition import Assistant
from assistant.steps.route_question import RouteQuestion
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Aspect, Mood, Question, Turn
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
    bezorgd      ik schaam me
    bezorgd      HELP!!
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


def router(scorer: FixedScorer | None = None, *, ingested: bool = False) -> RouteQuestion:
    return RouteQuestion(
        Texts.load(),
        TOPICS,
        scorer or FixedScorer(),  # type: ignore[arg-type]
        DESKS,
        lambda: ingested,
    )


def routed(text: str, scorer: FixedScorer | None = None) -> Turn:
    outcome = router(scorer)(build_turn(text))
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
    assert answer.status is AnswerStatus.CLARIFICATION_VAGUE
    assert answer.text == Texts.load().get("greeting")
    assert answer.choices


@pytest.mark.parametrize("text", ["dank je wel", "Bedankt!", "bedankt voor de hulp", "ok", "top"])
def test_thanks_are_thanked_without_choices(sam: Assistant, text: str) -> None:
    answer = sam.pipeline.run(Question(text=text))
    assert answer.text == Texts.load().get("thanks")
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
