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
        ("blame", "Dat is uw eigen schuld."),
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
