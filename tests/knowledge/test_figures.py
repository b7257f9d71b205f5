"""Figures in Dutch text: every notation of the same figure gives the same value, and no figure is read as another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import (
    amounts,
    dates,
    emails,
    format_euro,
    format_percent,
    normalise_phone,
    normalise_url,
    number_words,
    numbers,
    percentages,
    phones,
    spans_of_phones,
    urls,
    with_digits,
    years,
)

cents = st.integers(min_value=0, max_value=10**10)
national_numbers = st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True)
areas = st.sampled_from([2, 3, 4])


# Amounts


@given(cents)
def test_a_formatted_amount_reads_back(value: int) -> None:
    assert amounts(format_euro(value)) == {value}
    assert amounts(f"U kunt hoogstens {format_euro(value)} per jaar aanvragen.") == {value}


@given(cents)
def test_euro_sign_and_the_word_euro_are_the_same_amount(value: int) -> None:
    plain = format_euro(value).removeprefix("€ ")
    assert amounts(f"{plain} euro") == amounts(f"€ {plain}") == amounts(f"€{plain}") == amounts(f"EUR {plain}")


@given(st.lists(cents, min_size=1, max_size=6))
def test_every_amount_of_a_text_is_found_and_nothing_else(values: list[int]) -> None:
    text = "\n".join(f"- in dit geval: {format_euro(value)}" for value in values)
    assert amounts(text) == set(values)


@pytest.mark.parametrize(
    "text",
    [
        "€ 1.250,-",
        "€ 1.250,–",
        "€1250",
        "€ 1250,00",
        "1250 euro",
        "1.250 euro",
        "1.250,00 euro",
        "1.250,- euro",
        "EUR 1.250",
    ],
)
def test_notations_of_one_amount(text: str) -> None:
    assert amounts(text) == {125_000}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 tot 100 euro", {5_000, 10_000}),
        ("€ 50 tot € 100", {5_000, 10_000}),
        ("€ 50 - € 100", {5_000, 10_000}),
        ("tussen de 50 en 100 euro", {5_000, 10_000}),
        ("50 à 100 euro", {5_000, 10_000}),
        ("10, 20 of 30 euro", {1_000, 2_000, 3_000}),
        ("€ 65 per kind, € 130 vanaf 12 jaar", {6_500, 13_000}),
    ],
)
def test_ranges_and_lists_give_every_end(text: str, expected: set[int]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€ 2 miljoen", {200_000_000}),
        ("2,5 miljoen euro", {250_000_000}),
        ("100 duizend euro", {10_000_000}),
        ("25 eurocent", {25}),
        ("€ 0,10", {10}),
        ("€ 100, en daarna niets", {10_000}),
        ("€ 1.250,50.", {125_050}),
        ("€\u00a01.250", {125_000}),
    ],
)
def test_scales_cents_and_closing_punctuation(text: str, expected: set[int]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize("text", ["12 maanden", "in 2024", "110%", "bel 053 - 481 78 00", "kamer 1.250", "", "€ ?"])
def test_what_is_no_amount(text: str) -> None:
    assert amounts(text) == set()


def test_format_euro_is_dutch() -> None:
    assert [format_euro(c) for c in (0, 5, 11_400, 134_567, 100_000_000)] == [
        "€ 0", "€ 0,05", "€ 114", "€ 1.345,67", "€ 1.000.000",
    ]  # fmt: skip


# Percentages


@given(st.integers(min_value=0, max_value=99_999))
def test_a_formatted_percentage_reads_back(hundredths: int) -> None:
    assert percentages(format_percent(hundredths / 100)) == {hundredths / 100}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("110%", {110.0}),
        ("110 procent van de bijstandsnorm", {110.0}),
        ("36,5 %", {36.5}),
        ("13,730%", {13.73}),
        ("1.000%", {1000.0}),
        ("20-30%", {20.0, 30.0}),
        ("20 tot en met 30 procent", {20.0, 30.0}),
        ("120 euro", set()),
        ("procent", set()),
    ],
)
def test_percentages(text: str, expected: set[float]) -> None:
    assert percentages(text) == expected


# Phone numbers


def _written(number: str, area: int, style: str) -> str:
    head, tail = number[:area], number[area:]
    grouped = f"{tail[:3]} {tail[3:5]} {tail[5:]}".strip()
    return {
        "dash": f"{head}-{tail}",
        "spaced": f"{head} - {grouped}",
        "brackets": f"({head}) {grouped}",
        "plus": f"+31 {head[1:]} {grouped}",
        "plus zero": f"+31 (0){head[1:]} {grouped}",
        "double zero": f"0031 {head[1:]}{tail}",
    }[style]


styles = st.sampled_from(["dash", "spaced", "brackets", "plus", "plus zero", "double zero"])


@given(national_numbers, areas, styles)
def test_spacing_brackets_and_country_code_do_not_matter(number: str, area: int, style: str) -> None:
    written = _written(number, area, style)
    assert normalise_phone(written) == number
    assert phones(f"Bel {written}. De lijn is open.") == {number}


@given(national_numbers, areas, styles)
def test_the_span_of_a_number_is_the_number(number: str, area: int, style: str) -> None:
    text = f"Bel {_written(number, area, style)} vandaag"
    ((start, end),) = spans_of_phones(text)
    assert normalise_phone(text[start:end]) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel 112", {"112"}),
        ("bel 113.", {"113"}),
        ("0800-0113", {"08000113"}),
        ("0900 1450", {"09001450"}),
        ("14 053", {"14053"}),
        ("14 0546", {"140546"}),
        ("06 12 34 56 78 of 053 48 17 800", {"0612345678", "0534817800"}),
    ],
)
def test_short_and_service_numbers(text: str, expected: set[str]) -> None:
    assert phones(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "120.000 euro", "€ 112", "€ 113 per maand", "113 euro", "112%", "112 procent", "01-07-2026", "op 01 07 2026",
        "www.enschede.nl/0534817800", "post.0534817800@enschede.nl", "7511 AB", "in 1125 gevallen", "90 dagen",
    ],
)  # fmt: skip
def test_what_is_no_phone_number(text: str) -> None:
    assert phones(text) == set()


# Addresses


@pytest.mark.parametrize(
    "written",
    ["https://www.enschede.nl/", "http://enschede.nl", "WWW.ENSCHEDE.NL", "enschede.nl.", "https://enschede.nl)"],
)
def test_one_address_in_many_notations(written: str) -> None:
    assert normalise_url(written) == "enschede.nl"


def test_urls_and_emails_do_not_mix() -> None:
    text = "Mail info@wijkteams.nl of kijk op www.wijkteams.nl/geld, https://x.nl/a?b=1."
    assert urls(text) == {"wijkteams.nl/geld", "x.nl/a?b=1"}
    assert emails(text) == {"info@wijkteams.nl"}


@given(st.text(max_size=80))
def test_readers_never_fail_and_do_not_depend_on_the_call(text: str) -> None:
    for read in (amounts, percentages, phones, urls, emails, years, dates, numbers):
        assert read(text) == read(text)


# Years and dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2024", {2024}),
        ("van 2022 tot 2026", {2022, 2026}),
        ("1 juli 2026", {2026}),
        ("2024/2025", {2024, 2025}),
        ("€ 2.024", set()),
        ("2024 euro", set()),
        ("2.024", set()),
        ("€2024", set()),
        ("2049", {2049}),
        ("2050", set()),
        ("12024", set()),
    ],
)
def test_years_are_no_amounts(text: str, expected: set[int]) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 juli 2026", {"2026-07-01"}),
        ("01-07-2026 of 1/8/2026", {"2026-07-01", "2026-08-01"}),
        ("06-12-34567890", set()),
        ("1 juli", {"07-01"}),
        ("31 December 2025 en 1 mei", {"2025-12-31", "05-01"}),
        ("juli 2026", set()),
        ("maart is mooi", set()),
    ],
)
def test_dates(text: str, expected: set[str]) -> None:
    assert dates(text) == expected


def test_numbers_include_ages_and_terms() -> None:
    assert numbers("Binnen 8 weken, vanaf 21 jaar, hoogstens 1.250,50.") == {8.0, 21.0, 1250.5}


# Number words


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Drie jaar", "3 jaar"),
        ("één keer", "1 keer"),
        ("een keer", "een keer"),
        ("een jaar", "1 jaar"),
        ("eenentwintig of tweeëndertig", "21 of 32"),
        ("honderdtwintig, vijftienhonderd, duizend", "120, 1500, 1000"),
        ("anderhalf jaar", "18 maanden"),
        ("anderhalve maand", "1,5 maand"),
        ("elk half jaar", "elk 6 maanden"),
        ("twee en een half jaar", "2,5 jaar"),
        ("eenmaal, tweemaal, eenmalig, normaal", "1 keer, 2 keer, 1 keer, normaal"),
        ("eens per jaar, ineens", "1 keer per jaar, ineens"),
        ("half negen, half 12 uur", "8.30 uur, 11.30 uur"),
        ("zeven zeventien zeventig", "7 17 70"),
        ("De achtste", "De achtste"),
    ],
)
def test_number_words_become_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits


def test_number_words_are_many_and_name_no_number_twice() -> None:
    words = number_words()
    assert words["negenennegentig"] == 99
    assert words["negentienhonderdnegenennegentig"] == 1999
    assert "een" not in words
    assert set(range(2, 100)) <= set(words.values())


@given(st.text(max_size=60))
def test_digits_stay_as_they_are(text: str) -> None:
    assert with_digits(with_digits(text)) == with_digits(text)
