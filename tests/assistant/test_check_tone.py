"""Sam does not shout, press, talk down or pity, and keeps sentences short."""

import pytest

from assistant.checks.tone import check_tone, load_tone
from assistant.generation.sentences import split_sentences
from assistant.steps.check_answer import CheckAnswer
from assistant.texts import FOLDER, Texts, load_yaml
from assistant.types import Turn
from knowledge.regelingen import load_regelingen
from tests.assistant.builders import build_chunk, build_draft, build_turn

LONG = "Dit is een zin met heel veel woorden " + "die maar doorgaat en doorgaat en doorgaat " * 3 + "tot het eind."


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("pressure", "Bel nu meteen de gemeente."),
        ("pressure", "U moet nu direct bellen."),
        ("pressure", "Betaal op tijd, anders staat u op straat."),
        ("pressure", "Dit is uw laatste kans."),
        ("condescension", "Dat is toch niet zo moeilijk."),
        ("condescension", "Zoals iedereen weet, moet u dat aanvragen."),
        ("condescension", "U moet eindelijk leren sparen."),
        ("condescension", "Wees blij dat u hulp kunt vragen."),
        ("condescension", "Voor mensen zoals u is er een loket."),
        ("condescension", "Ga gewoon werken."),
        ("pity", "Wat erg voor u."),
        ("pity", "Ach, dat is een treurig verhaal."),
        ("pity", "De voedselbank is er voor arme stakkers."),
        ("rude", "U heeft er een puinhoop van gemaakt."),
        ("rude", "Pech gehad."),
        ("familiar", "Je kunt bellen."),
        ("familiar", "Vraag het aan jouw gemeente."),
        ("shouting", "Bel NU de gemeente."),
        ("shouting", "Vraag het vandaag nog aan!"),
        ("shouting", "LET OP: vraag het vooraf aan."),
        ("long", LONG),
        ("long", f"Neem mee:\n- {LONG}\n- uw DigiD"),
    ],
)
def test_how_sam_never_talks(kind: str, sentence: str) -> None:
    outcome = check_tone(sentence)
    assert outcome.verdict == "fail"
    assert any(reason.startswith(kind) for reason in outcome.reasons), outcome.reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "U kunt de gemeente bellen: 053 - 481 78 00.",
        "Vraag het aan bij het UWV, de SVB of het CAK.",
        "De IOAW en de IOAZ zijn er voor oudere werklozen.",
        "Dat is een moeilijke situatie. Goed dat u het vraagt.",
        "Hallo!",
        "Kijk op www.ROZgroep.nl.",
        "Neem mee:\n" + "\n".join(f"- papier {number} van uw inkomen en uw vermogen" for number in range(9)),
        "",
    ],
)
def test_how_sam_does_talk(sentence: str) -> None:
    assert check_tone(sentence).reasons == ()


def test_the_longest_sentence_may_be_said_and_a_longer_one_not() -> None:
    longest = load_tone().longest_sentence
    assert check_tone(" ".join(["woord"] * longest)).passed
    assert not check_tone(" ".join(["woord"] * (longest + 1))).passed


def test_a_stored_sentence_may_be_long() -> None:
    assert check_tone(LONG, stored=True).passed


def test_no_stored_sentence_has_the_wrong_tone() -> None:
    found = [
        (page.key, sentence)
        for page in load_regelingen()
        for section in page.sections
        for paragraph in section.paragraphs
        for sentence in split_sentences(paragraph)
        if not check_tone(sentence).passed
    ]
    assert found == []


def test_the_step_drops_the_wrong_tone_and_keeps_stored_and_fixed_texts() -> None:
    chunk = build_chunk(f"De toeslag is € 100 per jaar. {LONG}")
    fixed = next(
        " ".join(t.split()) for t in load_yaml(FOLDER / "antwoorden.yaml").values() if "{" not in t and "!" in t
    )
    draft = build_draft(
        ("De toeslag is € 100 per jaar.", chunk),
        (LONG, chunk),
        (f"{LONG} Echt waar", chunk),
        ("Bel nu meteen.", chunk),
        (fixed, None),
    )
    outcome = CheckAnswer(Texts.load())(build_turn("hoeveel", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    kept = [sentence.text for sentence in outcome.draft.sentences]
    assert kept == ["De toeslag is € 100 per jaar.", LONG, fixed]
    assert outcome.draft.removed == 2
