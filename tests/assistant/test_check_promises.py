"""Sam promises no right, blames nobody, shames nobody."""

import pytest

from assistant.checks.promises import check_promises
from assistant.steps.check_answer import CheckAnswer
from assistant.texts import FOLDER, Texts, load_yaml
from assistant.types import Answer, AnswerStatus, Turn
from knowledge.gemeenten import load_gemeenten
from knowledge.regelingen import load_regelingen
from tests.assistant.builders import build_chunk, build_draft, build_turn


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("promise", "U krijgt € 100 per jaar."),
        ("promise", "Dan krijgt u het geld. U krijgt het in juli."),
        ("promise", "U ontvangt het bedrag in juli."),
        ("promise", "U heeft recht op bijstand."),
        ("promise", "U heeft zeker recht op bijstand."),
        ("promise", "Dit wordt gegarandeerd betaald."),
        ("promise", "Het geld is gegarandeerd."),
        ("promise", "U hoeft zich geen zorgen te maken."),
        ("promise", "Dan krijgt u bijstand."),
        ("promise", "Zonder werk krijgt u in Enschede bijstand."),
        ("promise", "U heeft altijd recht op de toeslag."),
        ("promise", "Heeft u weinig geld, dan heeft u recht op bijstand."),
        ("promise", "U komt in aanmerking voor de toeslag."),
        ("promise", "Uw aanvraag wordt goedgekeurd."),
        ("promise", "De gemeente keurt uw aanvraag goed."),
        ("promise", "Wij regelen het voor u."),
        ("promise", "Het komt goed."),
        ("promise", "BudgetAlert lost al uw schulden op."),
        ("promise", "Binnen een jaar bent u schuldenvrij."),
        ("promise", "U kunt erop rekenen."),
        ("promise", "De kosten worden altijd vergoed."),
        ("promise", "Uw bedrijf krijgt het krediet."),
        ("verdict", "U wint deze zaak."),
        ("verdict", "Dat is illegaal."),
        ("verdict", "De verhuurder mag u nooit uitzetten."),
        ("verdict", "De gemeente moet uw aanvraag goedkeuren."),
        ("verdict", "De deurwaarder handelt in strijd met de wet."),
        ("verdict", "U heeft gelijk."),
        ("blame", "Dat is uw eigen schuld."),
        ("blame", "Dat heeft u aan uzelf te danken."),
        ("blame", "U kunt niet goed met geld omgaan."),
        ("fraud", "U heeft gesjoemeld met uw aanvraag."),
        ("fraud", "U verzwijgt inkomsten."),
        ("blame", "U had beter moeten opletten."),
        ("blame", "Het is uw fout."),
        ("shame", "Dat is slordig."),
        ("shame", "Dat was onverantwoordelijk."),
        ("fraud", "Fraudeurs betalen terug."),
    ],
)
def test_what_sam_never_says(kind: str, sentence: str) -> None:
    outcome = check_promises(sentence)
    assert not outcome.passed
    assert outcome.reasons[0].startswith(kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "U kunt bijstand aanvragen.",
        "U krijgt binnen 8 weken een brief.",
        "Daarna ontvangt u per post een uitnodiging.",
        "Dan krijgt u bericht van de gemeente.",
        "Misschien krijgt u geld terug.",
        "U krijgt geen toeslag als u studeert.",
        "Krijgt u een uitkering?",
        "Heeft u recht op een andere uitkering?",
        "Of u recht op bijstand heeft, beslist de gemeente.",
        "Wat u krijgt, hangt af van uw inkomen.",
        "Misschien heeft u recht op bijstand.",
        "De gemeente beslist of uw aanvraag is goedgekeurd.",
        "Een verhuurder mag u niet zelf uit huis zetten.",
        "De deurwaarder moet de beslagvrije voet opnieuw berekenen.",
        "Bent u opgelicht? Bel de Fraudehelpdesk.",
        "U heeft misschien recht op bijstand.",
        "U krijgt misschien geld terug.",
        "Het bedrag is € 100.",
        "De gemeente beslist of u het krijgt.",
        "U hoort het binnen acht weken.",
        "Schulden zijn niet uw schuld.",
        "De gemeente rekent schuld niet mee.",
        "Een domein op internet.",
        "Meld fraude bij de Fraudehelpdesk.",
    ],
)
def test_what_sam_does_say(sentence: str) -> None:
    assert check_promises(sentence).reasons == ()


def test_no_fixed_text_promises_blames_or_shames() -> None:
    texts = load_yaml(FOLDER / "antwoorden.yaml")
    assert {key: check_promises(text).reasons for key, text in texts.items() if not check_promises(text).passed} == {}


def test_no_page_promises_blames_or_shames() -> None:
    found = [
        (page.key, paragraph)
        for page in load_regelingen()
        for section in page.sections
        for paragraph in section.paragraphs
        if not check_promises(paragraph).passed
    ]
    assert found == []


def test_the_step_drops_the_promise_and_keeps_the_rest() -> None:
    chunk = build_chunk()
    draft = build_draft(("U krijgt € 100.", chunk), ("U kunt het aanvragen.", chunk))
    outcome = CheckAnswer(Texts.load())(build_turn("hoeveel", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    assert [sentence.text for sentence in outcome.draft.sentences] == ["U kunt het aanvragen."]
    assert outcome.draft.removed == 1


def test_nothing_with_a_source_left_is_no_answer() -> None:
    draft = build_draft(("U krijgt € 100.", build_chunk()), ("Goed dat u het vraagt.", None))
    outcome = CheckAnswer(Texts.load())(build_turn("hoeveel", draft=draft))
    assert isinstance(outcome, Answer)
    assert outcome.status is AnswerStatus.UNANSWERABLE_MODEL
    assert "€" not in outcome.text
    assert outcome.citations == ()


def test_a_name_of_a_gemeente_is_never_a_reason() -> None:
    for gemeente in load_gemeenten().values():
        assert check_promises(f"De gemeente {gemeente.name} helpt u.").passed
