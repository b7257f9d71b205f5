"""Personal data is masked, whatever it is; the figures people ask about are not."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from assistant.checks.personal_data import mask_personal_data

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


@st.composite
def service_numbers(draw: st.DrawFn) -> str:
    """Nine digits that pass the eleven-test."""
    digits = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(lambda found: found[0] != 0))
    check = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    if check == 10:
        digits[-1] = (digits[-1] + 1) % 10
        check = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    if check == 10:
        digits[-1] = (digits[-1] + 1) % 10
        check = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    return "".join(map(str, (*digits, check)))


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """A Dutch account with a good check number (mod 97)."""
    bank = draw(st.sampled_from(["INGB", "ABNA", "RABO", "SNSB", "TRIO", "BUNQ", "KNAB"]))
    account = draw(st.text(string.digits, min_size=10, max_size=10))
    check = mod_97_10.calc_check_digits(f"{bank}{account}NL")
    return f"NL{check}{bank}{account}"


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A Dutch number as people write it."""
    eight = draw(st.text(string.digits, min_size=8, max_size=8))
    six = draw(st.text(string.digits, min_size=6, max_size=6))
    area = draw(st.sampled_from(["053", "074", "0541", "0546", "0548", "0572"]))
    rest = draw(st.text(string.digits, min_size=10 - len(area), max_size=10 - len(area)))
    return draw(
        st.sampled_from(
            [
                f"06{eight}",
                f"06-{eight}",
                f"06 {eight[:2]} {eight[2:4]} {eight[4:6]} {eight[6:]}",
                f"+316{eight}",
                f"+31 6 {eight}",
                f"00316{eight}",
                f"{area}-{rest}",
                f"{area} {rest}",
                f"({area}) {rest}",
                f"0800{six[:4]}12",
            ]
        )
    )


PLACES = st.sampled_from(
    ["{}", "mijn gegeven is {}", "Hallo, {} is van mij. Hoe nu verder?", "({})", "{}, en ook schulden"]
)


@given(service_numbers(), PLACES, st.sampled_from(["", " ", "."]))
def test_every_service_number_is_masked(number: str, sentence: str, gap: str) -> None:
    written = gap.join((number[:3], number[3:6], number[6:]))
    masked, changed = mask_personal_data(sentence.format(written))
    assert changed
    assert written not in masked


@given(ibans(), PLACES, st.booleans(), st.booleans())
def test_every_bank_account_is_masked(account: str, sentence: str, spaced: bool, lower: bool) -> None:
    written = " ".join(account[i : i + 4] for i in range(0, len(account), 4)) if spaced else account
    masked, changed = mask_personal_data(sentence.format(written.lower() if lower else written))
    assert changed
    assert account[-6:] not in masked.replace(" ", "")


@given(phones(), PLACES)
def test_every_phone_number_is_masked(number: str, sentence: str) -> None:
    masked, changed = mask_personal_data(sentence.format(number))
    assert changed
    assert "[telefoonnummer]" in masked
    assert number not in masked


@given(
    st.text(string.ascii_lowercase + string.digits + "._-", min_size=1, max_size=12).filter(lambda t: t[0].isalnum()),
    st.sampled_from(["gmail.com", "hotmail.nl", "ziggo.nl", "mijn-domein.eu", "mail.overijssel.nl"]),
    PLACES,
)
def test_every_mail_address_is_masked(user: str, host: str, sentence: str) -> None:
    masked, changed = mask_personal_data(sentence.format(f"{user}@{host}"))
    assert changed
    assert "@" not in masked
    assert host not in masked


@given(st.integers(1, 9_999_999), st.sampled_from(["{} euro", "€ {}", "€{}", "{} euro per maand", "€ {},-"]))
def test_no_amount_is_masked(euros: int, written: str) -> None:
    amount = f"{euros:,}".replace(",", ".")
    text = "Ik verdien " + written.format(amount)
    assert mask_personal_data(text) == (text, False)


@given(st.integers(1900, 2099), st.sampled_from(["in {}", "sinds {}.", "de norm van {}", "{} en {}"]))
def test_no_year_is_masked(year: int, written: str) -> None:
    text = written.format(year, year + 1)
    assert mask_personal_data(text) == (text, False)


@given(st.integers(1000, 9999), st.text(string.ascii_uppercase, min_size=2, max_size=2), st.sampled_from([" ", ""]))
def test_no_postcode_is_masked(number: int, letters: str, gap: str) -> None:
    text = f"Ik woon op {number}{gap}{letters}"
    assert mask_personal_data(text) == (text, False)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_no_date_of_eight_digits_is_masked(day: date) -> None:
    for written in (f"{day:%d%m%Y}", f"{day:%Y%m%d}", f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"):
        text = f"De brief is van {written}."
        assert mask_personal_data(text) == (text, False)


@pytest.mark.parametrize(
    "text",
    [
        "Mijn schuld is 120.000 euro",
        "Ik heb 120.000 euro schuld",
        "€ 1.234.567 voor een huis",
        "Ik verdien 1.500,50 euro",
        "1250 euro per maand",
        "€ 111222333",
        "Op 01012026 gaat het in",
        "artikel 36b van de Participatiewet",
        "ik ben 45 en heb 3 kinderen van 6, 8 en 11",
        "120% van de bijstandsnorm",
        "bel 112 of 113",
        "Kan ik 14 053 bellen?",
        "aanvraag 1 van 2 op 12-10-2026",
    ],
)
def test_what_people_ask_about_stays(text: str) -> None:
    assert mask_personal_data(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "gone", "mask"),
    [
        ("geboren op 12-03-1980", "1980", "[geboortedatum]"),
        ("Geboortedatum: 12 maart 1980", "maart", "[geboortedatum]"),
        ("ik woon aan de Deurningerstraat 12a", "12a", "[adres]"),
        ("Mijn naam is Fatima El Amrani", "Fatima", "[naam]"),
        ("ik heet Jan de Vries", "Vries", "[naam]"),
        ("klantnummer 445566", "445566", "[nummer]"),
        ("mijn pas is 5555 4444 3333 2222", "5555", "[kaartnummer]"),
    ],
)
def test_other_personal_data(text: str, gone: str, mask: str) -> None:
    masked, changed = mask_personal_data(text)
    assert changed
    assert gone not in masked
    assert mask in masked


@given(st.text(max_size=200))
def test_it_never_fails_and_masking_again_changes_nothing(text: str) -> None:
    masked, changed = mask_personal_data(text)
    assert changed == (masked != text)
    assert mask_personal_data(masked)[0] == masked
