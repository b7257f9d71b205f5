"""A sentence says only what its evidence says: figures and names here, the rest beside."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.grounding import check_grounding
from assistant.composition import Assistant
from assistant.pipeline import Pipeline, Step
from assistant.steps.check_grounding import CheckGrounding
from assistant.texts import Texts
from assistant.types import Answer, Question, Sentence, Turn
from knowledge import figures
from knowledge.regelingen import load_regelingen
from tests.assistant.builders import build_chunk, build_draft, build_turn

PLACES = ("Enschede", "Hengelo", "Hof van Twente", "Borne")


@pytest.mark.parametrize(
    ("kind", "sentence", "evidence"),
    [
        ("amount", "Het bedrag is € 120.", "Het bedrag is € 210."),
        ("amount", "Het bedrag is € 1.250.", "Het bedrag is € 125."),
        ("amount", "Het is 50 tot 100 euro.", "Het is 50 tot 150 euro."),
        ("amount", "U kunt € 2 miljoen vragen.", "U kunt € 2 duizend vragen."),
        ("amount", "Het bedrag is € 100,50.", "Het bedrag is € 100,55."),
        ("percentage", "De grens is 120% van de norm.", "De grens is 110% van de norm."),
        ("percentage", "De rente is 3,5 procent.", "De rente is 35 procent."),
        ("phone", "Bel 053 - 481 78 00.", "Bel 053 - 481 78 01."),
        ("phone", "Bel 14 053.", "Bel 14 074."),
        ("phone", "Bel 0800-0113.", "Bel 0800-2000."),
        ("url", "Kijk op www.enschede.nl/geld.", "Kijk op www.hengelo.nl/geld."),
        ("email", "Mail geld@enschede.nl.", "Mail info@enschede.nl."),
        ("date", "Het kan tot 1 juli 2026.", "Het kan tot 1 juni 2026."),
        ("date", "Het kan tot 1 juli.", "Het kan tot 11 juli."),
        ("year", "Dit geldt sinds 2024.", "Dit geldt sinds 2023."),
        ("duration", "U hoort het binnen 8 weken.", "U hoort het binnen 6 weken."),
        ("duration", "Voor kinderen van 4 tot 18 jaar.", "Voor kinderen van 4 tot 17 jaar."),
        ("number", "U kunt 12 boeken lenen.", "U kunt 15 boeken lenen."),
        ("postcode", "Het adres is 7607 BL Almelo.", "Het adres is 7607 BC Almelo."),
        ("time", "Bel van 9.00 tot 12.00 uur.", "Bel van 9.30 tot 12.00 uur."),
        ("place", "Dit geldt in Hengelo.", "Dit geldt in Enschede."),
    ],
)
def test_a_wrong_figure_of_each_kind_is_caught(kind: str, sentence: str, evidence: str) -> None:
    outcome = check_grounding(sentence, [evidence], PLACES)
    assert outcome.verdict == "fail"
    assert any(reason.startswith(kind) for reason in outcome.reasons)
    assert check_grounding(sentence, [evidence, sentence], PLACES).passed, "only the planted figure was wrong"


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Het bedrag is € 1.250.", "Het gaat om 1250 euro."),
        ("Het bedrag is 1.250 euro.", "Het gaat om € 1.250,-."),
        ("Het bedrag is € 100,50.", "Het is 100,50 euro."),
        ("De grens is 120 procent.", "De grens is 120%."),
        ("De grens is 120 % van de norm.", "Dat is 120% van de norm."),
        ("Bel 053 - 481 78 00.", "Telefoon: (053) 481 78 00"),
        ("Bel 053-4817800.", "Bel +31 53 481 78 00."),
        ("Kijk op enschede.nl/geld.", "https://www.enschede.nl/geld/"),
        ("Mail GELD@enschede.nl.", "geld@enschede.nl"),
        ("Het kan tot 1 juli 2026.", "Vraag aan vóór 1 Juli 2026."),
        ("U kunt een aanvraag doen.", "Geheel andere woorden."),
        ("", ""),
        ("Dit geldt in hengelo.", "Gemeente Hengelo"),
    ],
)
def test_another_notation_of_the_same_figure_passes(sentence: str, evidence: str) -> None:
    assert check_grounding(sentence, [evidence], PLACES).reasons == ()


def test_support_may_come_from_any_of_the_paragraphs() -> None:
    assert check_grounding("€ 100 in 2026.", ["Het is € 100.", "Dit geldt in 2026."]).passed


@pytest.mark.parametrize("sentence", ["Het is € 100.", "Bel 112.", "Binnen 8 weken.", "Kijk op sam.nl."])
def test_without_evidence_no_figure_passes(sentence: str) -> None:
    assert not check_grounding(sentence, []).passed
    assert check_grounding("U kunt een aanvraag doen.", []).passed


@given(st.integers(1, 99_999_999), st.integers(1, 99_999_999))
def test_only_the_same_amount_passes(said: int, stored: int) -> None:
    sentence = f"Het bedrag is {figures.format_euro(said)}."
    assert check_grounding(sentence, [f"U leest hier {figures.format_euro(stored)}."]).passed == (said == stored)


@given(st.integers(1, 999), st.integers(1, 999))
def test_only_the_same_percentage_passes(said: int, stored: int) -> None:
    sentence = f"De grens is {said / 10:g}%.".replace(".", ",", 1) if said % 10 else f"De grens is {said // 10}%."
    written = f"{stored / 10:g}".replace(".", ",")
    assert check_grounding(sentence, [f"Het is {written} procent."]).passed == (said == stored)


def test_every_stored_sentence_passes_against_its_own_page() -> None:
    for page in load_regelingen():
        for section in page.sections:
            for paragraph in section.paragraphs:
                assert check_grounding(paragraph, [paragraph]).passed, (page.key, paragraph)


@pytest.mark.parametrize("text", ["", "!", "xq0qx xq7qx", "- ", "a" * 4000, "niet " * 800, "1 tot " * 600])
def test_no_text_breaks_the_check(text: str) -> None:
    assert check_grounding(text, [f"Het is € 100. {text}", ""], PLACES).verdict != "error"


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_sentence_and_no_evidence_break_the_check(sentence: str, evidence: str) -> None:
    assert check_grounding(sentence, [evidence], PLACES).verdict != "error"


def test_an_exception_inside_is_an_error_and_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise RuntimeError("stuk")

    monkeypatch.setattr("assistant.checks.grounding.verifier.read", broken)
    outcome = check_grounding("U kunt een aanvraag doen.", ["Het is € 100."])
    assert outcome.verdict == "error"
    assert outcome.reasons == ("RuntimeError: stuk",)
    assert not outcome.passed


@pytest.mark.parametrize(
    ("sentence", "bodies", "passes"),
    [
        ("De gemeente Hengelo helpt u.", (), False),
        ("De Stadsbank helpt u.", ("Stadsbank",), False),
        ("De stadsbank oost nederland helpt u.", ("Stadsbank Oost Nederland",), False),
        ("Iemand helpt u graag.", ("Stadsbank",), True),
        ("Eén telefoontje is al een begin.", (), True),
    ],
)
def test_without_evidence_no_place_and_no_body_passes(sentence: str, bodies: tuple[str, ...], passes: bool) -> None:
    assert check_grounding(sentence, [], PLACES, bodies).passed is passes


def test_a_fixed_text_may_name_a_place_and_needs_no_words_in_its_evidence(texts: Texts) -> None:
    bare = texts.get("no_local", gemeente="Hengelo", topic="kwijtschelding")
    assert check_grounding(bare, [], PLACES).passed
    assert not check_grounding(texts.get("no_local", gemeente="Hengelo", topic="€ 500"), [], PLACES).passed
    assert check_grounding(texts.get("outside_twente", place="Zwolle"), [], PLACES).passed
    sourced = texts.get("old_amounts", year="2024")
    assert check_grounding(sourced, ["Het is € 100.", "2024"], PLACES).passed
    assert not check_grounding(sourced, ["Het is € 100.", "2023"], PLACES).passed


def test_a_very_long_text_passes_only_as_a_copy() -> None:
    long = "Het bedrag is € 100. " * 120
    assert check_grounding(long, [long.strip()]).passed
    assert not check_grounding(long + "Het bedrag is honderd euro.", [long.strip()]).passed


def test_a_list_cut_to_some_of_its_items_stands_in_its_paragraph() -> None:
    paragraph = "Neem dit mee:\n- uw DigiD\n- een bewijs van uw inkomen\n- uw paspoort"
    assert check_grounding("Neem dit mee:\n- uw DigiD\n- uw paspoort", [paragraph]).passed
    assert not check_grounding("Neem dit mee:\n- uw DigiD\n- uw huurcontract", [paragraph]).passed


def test_the_step_drops_what_is_not_supported_and_counts_it() -> None:
    chunk = build_chunk("Het bedrag is € 100 per jaar.")
    draft = build_draft(
        ("Het bedrag is € 100 per jaar.", chunk),
        ("Het bedrag is € 200 per jaar.", chunk),
        ("Bel 053 - 111 11 11.", None),
        ("U kunt een aanvraag doen.", None),
    )
    outcome = CheckGrounding(PLACES)(build_turn("hoeveel", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    assert [s.text for s in outcome.draft.sentences] == ["Het bedrag is € 100 per jaar.", "U kunt een aanvraag doen."]
    assert outcome.draft.removed == 2


def test_the_step_takes_title_and_date_of_the_source_as_support() -> None:
    chunk = build_chunk("Het is € 100.", title="Minimabeleid 2026", peildatum="2024-07")
    draft = build_draft(("Deze informatie is van 2024.", chunk), ("Misschien past ook: Minimabeleid 2026.", chunk))
    outcome = CheckGrounding(PLACES)(build_turn("hoeveel", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    assert outcome.draft.removed == 0


@dataclass(frozen=True)
class Liar:
    """The real step, with a lie added to what it wrote, under a true source."""

    real: Step
    lie: str
    name: str = "compose_answer"

    def __call__(self, turn: Turn) -> Turn | Answer:
        outcome = self.real(turn)
        assert isinstance(outcome, Turn)
        assert outcome.draft is not None
        true = outcome.draft.sentences
        lie = Sentence(text=self.lie, evidence=next(sentence.evidence for sentence in true if sentence.evidence))
        return replace(outcome, draft=replace(outcome.draft, sentences=(*true, lie)))


@pytest.mark.parametrize("lie", ["Het bedrag is € 98.765.", "Bel 053 - 999 99 99.", "Dit geldt tot 3 maart 2031."])
def test_a_lying_generator_does_not_reach_a_reader(sam: Assistant, lie: str) -> None:
    steps = [Liar(step, lie) if step.name == "compose_answer" else step for step in sam.pipeline.steps]
    answer = Pipeline(steps, sam.texts).run(Question(text="Hoe vraag ik bijstand aan?", gemeente="enschede"))
    assert answer.status.family == "answered"
    assert lie not in answer.text
    assert answer.removed == 1


def test_the_step_counts_the_gemeente_of_the_source_as_support() -> None:
    chunk = build_chunk("De toeslag is er voor inwoners met weinig inkomen.", scope="hof-van-twente")
    draft = build_draft(
        ("De toeslag is er in Hof van Twente voor inwoners met weinig inkomen.", chunk),
        ("De toeslag is er in Borne voor inwoners met weinig inkomen.", chunk),
    )
    outcome = CheckGrounding(PLACES)(build_turn("voor wie", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    assert [s.text for s in outcome.draft.sentences] == [
        "De toeslag is er in Hof van Twente voor inwoners met weinig inkomen."
    ]


def test_the_step_drops_a_body_that_the_source_does_not_name() -> None:
    chunk = build_chunk("De gemeente helpt u met de aanvraag.", executor="Gemeente Enschede")
    draft = build_draft(("De stadsbank helpt u met de aanvraag.", chunk))
    outcome = CheckGrounding(PLACES, ["Stadsbank"])(build_turn("wie", draft=draft))
    assert isinstance(outcome, Turn)
    assert outcome.draft is not None
    assert outcome.draft.sentences == ()
