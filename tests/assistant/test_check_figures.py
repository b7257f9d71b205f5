"""Figures of a sentence are those of its evidence: the same value, end, period and label, in any notation."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.grounding import check_grounding
from assistant.generation.sentences import split_sentences
from knowledge import figures
from knowledge.regelingen import load_regelingen


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("1250 euro", "€ 1.250,-"),
        ("€ 1.250", "1.250,00 euro"),
        ("honderd euro", "€ 100"),
        ("20 procent", "20 %"),
        ("twintig procent", "20%"),
        ("36,5 procent", "36,5%"),
        ("053-4817800", "053 - 481 78 00"),
        ("+31 53 481 78 00", "(053) 481 78 00"),
        ("www.gblt.nl", "https://www.gblt.nl/"),
        ("gblt.nl", "https://www.gblt.nl/kwijtschelding"),
        ("INFO@gblt.nl", "info@gblt.nl"),
        ("1 juli 2026", "01-07-2026"),
        ("1 juli", "1 juli 2026"),
        ("juli 2026", "1 juli 2026"),
        ("in 2026", "op 1 juli 2026"),
        ("3 jaar", "drie jaar"),
        ("drie jaar", "36 maanden"),
        ("anderhalf jaar", "18 maanden"),
        ("een half jaar", "6 maanden"),
        ("14 dagen", "2 weken"),
        ("binnen acht weken", "8 weken"),
        ("vanaf 18 jaar", "18 jaar of ouder"),
        ("18 tot 27 jaar", "van 18 tot 27 jaar"),
        ("onder de 18", "jonger dan 18 jaar"),
        ("twee keer", "tweemaal"),
        ("één keer per jaar", "eens per jaar"),
        ("half negen", "8.30 uur"),
        ("9 uur", "9.00 uur"),
        ("6 maanden", "minstens 6 maanden"),
    ],
)
def test_another_notation_is_the_same_figure(said: str, stored: str) -> None:
    assert check_grounding(f"Het gaat om {said}.", [f"Het gaat om {stored}."]).reasons == ()


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("8 maanden", "8 weken"),
        ("8 dagen", "8 weken"),
        ("10 dagen", "10 werkdagen"),
        ("3 maanden", "3 jaar"),
        ("1 maand", "4 weken"),
        ("1 juli 2025", "1 juli 2026"),
        ("1 juni", "1 juli 2026"),
        ("11 juli", "1 juli"),
        ("december 2019", "november 2019"),
        ("€ 100 per jaar", "€ 100 per maand"),
        ("€ 100 per gezin", "€ 100 per persoon"),
        ("elke maand", "elk jaar"),
        ("elk schooljaar", "elk kwartaal"),
        ("hoogstens € 500", "minstens € 500"),
        ("minstens € 500", "€ 500"),
        ("tot 18 jaar", "vanaf 18 jaar"),
        ("18 jaar of jonger", "18 jaar of ouder"),
        ("meer dan 120%", "hoogstens 120%"),
        ("hoger dan 120%", "niet hoger dan 120%"),
        ("vanaf 30 juni", "tot en met 30 juni"),
        ("www.hengelo.nl/schulden", "www.hengelo.nl/geld"),
        ("hengelo.nl", "gemeente@hengelo.nl"),
        ("zeventig mensen", "zeventien mensen"),
    ],
)
def test_another_value_end_or_period_is_caught(said: str, stored: str) -> None:
    assert check_grounding(f"Het gaat om {stored}.", [f"Het gaat om {stored}."]).passed
    assert not check_grounding(f"Het gaat om {said}.", [f"Het gaat om {stored}."]).passed


PRICES = (
    "Dit waren de bedragen in 2024, per jaar:\n- alleenstaande: € 424\n- alleenstaande met AOW: € 541\n- paar: € 601"
)
TERMS = "De gemeente beslist binnen 8 weken over uw aanvraag. U kunt binnen 6 weken bezwaar maken tegen het besluit."
CHILDREN = "- paar met kinderen: € 200\n- paar zonder kinderen: € 150"


@pytest.mark.parametrize(
    ("sentence", "evidence", "right"),
    [
        ("Een paar had in 2024 € 601 per jaar.", PRICES, True),
        ("Een paar had in 2024 € 424 per jaar.", PRICES, False),
        ("Een alleenstaande met AOW had in 2024 € 541.", PRICES, True),
        ("Een alleenstaande met AOW had in 2024 € 424.", PRICES, False),
        ("Een alleenstaande had € 424 en een paar € 601.", PRICES, True),
        ("Een alleenstaande had € 601 en een paar € 424.", PRICES, False),
        ("Bezwaar maken tegen het besluit kan binnen 6 weken.", TERMS, True),
        ("Bezwaar maken tegen het besluit kan binnen 8 weken.", TERMS, False),
        ("Een paar met kinderen heeft € 200.", CHILDREN, True),
        ("Een paar zonder kinderen heeft € 200.", CHILDREN, False),
    ],
)
def test_a_figure_keeps_its_label(sentence: str, evidence: str, right: bool) -> None:
    assert check_grounding(sentence, [evidence]).passed is right


def test_a_sentence_may_count_what_the_evidence_names_and_not_count_it_anew() -> None:
    plain = "U kunt aanvragen op twee manieren: online of op papier."
    assert check_grounding(plain, ["U kunt online of op papier aanvragen."]).passed
    assert not check_grounding(plain, ["U kunt op vier manieren aanvragen: online of op papier."]).passed


@cache
def _stored(kinds: str) -> tuple[tuple[str, str, int], ...]:
    """Every digit of such a figure in a stored sentence: the sentence, its paragraph, the place of the digit."""
    spans = {
        "amount": lambda text: [m.span() for p in (figures.EURO_BEFORE, figures.EURO_AFTER) for m in p.finditer(text)],
        "phone": lambda text: list(figures.spans_of_phones(text)),
        "date": lambda text: [match.span() for match in figures.DATE.finditer(text)],
        "length": lambda text: [m.span() for m in re.finditer(r"\d+ (?:jaar|weken|maanden|dagen|uur)\b", text)],
        "percentage": lambda text: [match.span() for match in figures.PERCENT.finditer(text)],
    }[kinds]
    return tuple(
        (sentence, paragraph, place)
        for page in load_regelingen()
        for section in page.sections
        for paragraph in section.paragraphs
        for sentence in split_sentences(paragraph)
        for start, end in spans(sentence)
        for place in range(start, end)
        if sentence[place].isdigit()
    )


@pytest.mark.parametrize("kind", ["amount", "phone", "date", "length", "percentage"])
@given(st.data())
def test_a_changed_digit_of_a_stored_sentence_is_caught(kind: str, data: st.DataObject) -> None:
    sentence, paragraph, place = data.draw(st.sampled_from(_stored(kind)))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != sentence[place]]))
    changed = sentence[:place] + digit + sentence[place + 1 :]
    assert not check_grounding(changed, [paragraph]).passed, (changed, paragraph)
