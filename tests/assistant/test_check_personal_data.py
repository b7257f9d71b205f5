"""Personal data is masked, whatever it is; the figures people ask about are not."""

import json
import string
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

import evals
from assistant.checks.personal_data import mask_personal_data, without_masks
from assistant.checks.personal_data.words import load_name_words, load_words
from assistant.errors import TextsError

THOUSAND = settings(max_examples=1_000)
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
CASES = [
    json.loads(line)
    for line in (Path(evals.__file__).parent / "datasets" / "persoonsgegevens.ontwikkel.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def check_digit(digits: list[int]) -> int:
    return sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11


@st.composite
def service_numbers(draw: st.DrawFn) -> str:
    """Nine digits that pass the eleven-test, written in one of the usual groupings."""
    eight = st.lists(st.integers(0, 9), min_size=8, max_size=8)
    digits = draw(eight.filter(lambda found: found[0] != 0 and check_digit(found) != 10))
    number = "".join(map(str, (*digits, check_digit(digits))))
    groups = draw(st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (3, 2, 4), (3, 2, 2, 2)]))
    gap = draw(st.sampled_from([" ", ".", "-"]))
    parts, place = [], 0
    for size in groups:
        parts.append(number[place : place + size])
        place += size
    return gap.join(parts)


# Countries with the form of their accounts: n for figures, c for letters.
FORMS = {"NL": "c4n10", "DE": "n18", "BE": "n12", "PL": "n24", "GB": "c4n14", "FR": "n23", "TR": "n22", "ES": "n20"}


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """An account with a good check number (mod 97), written as people do."""
    country = draw(st.sampled_from(sorted(FORMS)))
    form = FORMS[country]
    bank = draw(st.sampled_from(["INGB", "ABNA", "RABO", "SNSB", "TRIO", "BUNQ"])) if "c4" in form else ""
    figures = int(form.replace("c4", "").strip("n"))
    account = bank + draw(st.text(string.digits, min_size=figures, max_size=figures))
    number = f"{country}{mod_97_10.calc_check_digits(f'{account}{country}')}{account}"
    gap = draw(st.sampled_from(["", " ", ".", "-", "  "]))
    written = gap.join(number[i : i + 4] for i in range(0, len(number), 4))
    return written.lower() if draw(st.booleans()) else written


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A card number that passes the Luhn test."""
    digits = draw(st.sampled_from(["4", "51", "34", "6011"]))
    digits += draw(st.text(string.digits, min_size=15 - len(digits), max_size=15 - len(digits)))
    number = digits + luhn.calc_check_digit(digits)
    gap = draw(st.sampled_from(["", " ", "-"]))
    return gap.join(number[i : i + 4] for i in range(0, 16, 4))


@st.composite
def phones(draw: st.DrawFn) -> str:
    """A Dutch or foreign number as people write it."""
    d = draw(st.text(string.digits, min_size=8, max_size=8))
    area = draw(st.sampled_from(["053", "074", "0541", "0546", "0548", "0572", "020", "088"]))
    rest = draw(st.text(string.digits, min_size=10 - len(area), max_size=10 - len(area)))
    gap = draw(st.sampled_from([" ", "-", ".", " - ", "  ", "/", " – "]))
    mobile = ["6", *(d[i : i + 2] for i in range(0, 8, 2))]
    return draw(
        st.sampled_from(
            [
                f"06{d}",
                f"06{gap}{d}",
                f"06{gap}{d[:4]} {d[4:]}",
                f"06 {d[:2]} {d[2:5]} {d[5:]}",
                f"06 {d[:3]} {d[3:6]} {d[6:]}",
                "0" + gap.join(mobile),
                " ".join(f"06{d}"),
                f"o6-{d}",
                f"+316{d}",
                f"+31 6 {d}",
                f"+31 (0)6 {d[:4]} {d[4:]}",
                f"+31(0)6{d}",
                f"00316{d}",
                f"0031 6 {d}",
                f"{area}{gap}{rest}",
                f"({area}) {rest}",
                f"{area} {rest[:3]} {rest[3:]}",
                f"+49 171 {d}",
                f"+48 {d[:3]} {d[3:6]} {d[5:]}",
                f"0090 532 {d[:3]} {d[3:5]} {d[5:7]}",
                f"0800-{d[:4]}",
                f"0900 {d[:4]}",
            ]
        )
    )


PLACES = st.sampled_from(
    [
        "{}",
        "mijn gegeven is {}",
        "Hallo, {} is van mij. Hoe nu verder?",
        "({})",
        "{}, en ook schulden",
        "ik heb 3 kinderen en {} en 2 schulden",
        "ik kan het niet meer betalen {} wat nu?",
    ]
)


def remains(written: str, sentence: str) -> str:
    """What stays of a sentence, as figures and letters only."""
    masked, changed = mask_personal_data(sentence.format(written))
    assert changed, sentence.format(written)
    return "".join(filter(str.isalnum, masked)).lower()


def bare(written: str) -> str:
    return "".join(filter(str.isalnum, written)).lower()


@THOUSAND
@given(service_numbers(), PLACES)
def test_every_service_number_is_masked(number: str, sentence: str) -> None:
    assert bare(number)[2:] not in remains(number, sentence)


@THOUSAND
@given(ibans(), PLACES)
def test_every_bank_account_is_masked(account: str, sentence: str) -> None:
    assert bare(account)[-6:] not in remains(account, sentence)


@THOUSAND
@given(cards(), PLACES)
def test_every_card_is_masked(card: str, sentence: str) -> None:
    assert bare(card)[-6:] not in remains(card, sentence)


@THOUSAND
@given(phones(), PLACES)
def test_every_phone_number_is_masked(number: str, sentence: str) -> None:
    assert bare(number)[-4:] not in remains(number, sentence)


@THOUSAND
@given(
    st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=12).filter(lambda t: t[0].isalnum()),
    st.sampled_from(["gmail.com", "hotmail.nl", "ziggo.nl", "mijn-domein.eu", "mail.overijssel.nl", "x.org"]),
    st.sampled_from(["@", " @ ", "(at)", " apenstaartje "]),
    PLACES,
)
def test_every_mail_address_is_masked(user: str, host: str, at: str, sentence: str) -> None:
    masked, changed = mask_personal_data(sentence.format(f"{user}{at}{host}"))
    assert changed
    assert host not in masked
    assert "[e-mailadres]" in masked


AMOUNTS = ["{} euro", "€ {}", "€{}", "{} euro per maand", "€ {},-", "{},50", "EUR {}", "{} euro schuld en 3 kinderen"]


@THOUSAND
@given(st.integers(1, 9_999_999), st.sampled_from(AMOUNTS), st.booleans())
def test_no_amount_is_masked(euros: int, written: str, points: bool) -> None:
    amount = f"{euros:,}".replace(",", ".") if points else str(euros)
    text = "Ik verdien " + written.format(amount)
    assert mask_personal_data(text) == (text, False)


YEARS = ["in {}", "sinds {}.", "de norm van {}", "{} en {}", "van {} tot {}", "{}, {} of later", "de jaren {} {}"]


@THOUSAND
@given(st.integers(1900, 2099), st.sampled_from(YEARS))
def test_no_year_is_masked(year: int, written: str) -> None:
    text = "Ik heb schulden " + written.format(year, year + 1)
    assert mask_personal_data(text) == (text, False)


@THOUSAND
@given(
    st.integers(1000, 9999),
    st.text(string.ascii_letters, min_size=2, max_size=2),
    st.sampled_from([" ", ""]),
    st.sampled_from(["Ik woon op {}", "postcode {}", "{} is mijn postcode", "ik zit in {}, huur te hoog"]),
)
def test_no_postcode_is_masked(number: int, letters: str, gap: str, sentence: str) -> None:
    text = sentence.format(f"{number}{gap}{letters}")
    assert mask_personal_data(text) == (text, False)


MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)
DATES = st.sampled_from(
    ["{:%d%m%Y}", "{:%Y%m%d}", "{:%d-%m-%Y}", "{:%d/%m/%Y}", "{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d-%m-%y}", "{:%d %m %Y}"]
)
SAID = st.sampled_from(
    ["De brief is van {}.", "op {} om 10:30 uur", "van {} tot {}", "betalen voor {}, anders 40 euro erbij"]
)


@THOUSAND
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), DATES, SAID)
def test_no_date_is_masked(day: date, form: str, sentence: str) -> None:
    text = sentence.format(form.format(day), form.format(day))
    assert mask_personal_data(text) == (text, False)


@given(st.dates(date(1930, 1, 1), date(2024, 12, 31)), DATES, st.sampled_from(["geboren op {}", "{} geboren"]))
def test_a_date_of_birth_is_masked(day: date, form: str, sentence: str) -> None:
    masked, changed = mask_personal_data("Ik ben " + sentence.format(form.format(day)))
    assert changed
    assert not any(char.isdigit() for char in masked)


@given(st.integers(1, 28), st.sampled_from(MONTHS), st.integers(1930, 2024))
def test_a_date_of_birth_in_words_is_masked(day: int, month: str, year: int) -> None:
    text = f"mijn geboortedatum is {day} {month} {year}"
    assert mask_personal_data(text)[0] == "mijn geboortedatum is [geboortedatum]"
    assert not mask_personal_data(f"mijn afspraak is {day} {month} {year}")[1]


@pytest.mark.parametrize(
    "text",
    [
        "Mijn schuld is 120.000 euro",
        "€ 1.234.567 voor een huis",
        "€ 111222333",
        "artikel 36b van de Participatiewet",
        "ik ben 45 en heb 3 kinderen van 6, 8 en 11",
        "120% van de bijstandsnorm",
        "bel 112 of 113",
        "Kan ik 14 053 bellen?",
        "aanvraag 1 van 2 op 12-10-2026",
        "01-02-2024 12:30 afspraak bij de kredietbank",
        "ik woon in Almelo 1500 euro huur",
        "ik woon in Oldenzaal 7572 ab",
        "wij staan op straat 12 dagen nu",
        "Mijn rekening 1500 is niet betaald",
        "kenmerk van deze brief 2024",
        "ik ben mijn wachtwoord kwijt, wachtwoord is vergeten",
        "Ik ben Wajonger en mijn vrouw Turkse",
        "de regeling heet Meedoenregeling",
        "Bedankt Sam, groeten uit Hengelo",
        "Alvast bedankt! Hoe lang duurt het?",
        "Hallo, met mij gaat het niet goed",
        "Geachte heer/mevrouw, ik kan niet betalen",
        "mijn kind ADHD, mijn dochter MBO niveau 2",
        "jan, mei en juni niet betaald",
        " 12 ",
        "\n12",
        "Ongeveer 20 rekeningen open, Hof van Twente 1200 inkomen",
        "het gerechtshof 12 maart uitspraak",
        "mijn zus Vasse en mevrouw Rossum, Geesteren en ik Borne",
        "deurwaarder Flanderijn en Klarna bellen elke dag",
    ],
)
def test_what_people_ask_about_stays(text: str) -> None:
    assert mask_personal_data(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mijn zoon (geb. 12-3-15) is ziek", "mijn zoon (geb. [geboortedatum]) is ziek"),
        ("Sanne (12-03-2015) is ziek", "[naam] ([geboortedatum]) is ziek"),
        ("ik woon aan de Deurningerstraat 12a", "ik woon aan de [adres]"),
        ("Dorpsstraat 12 bis in Goor", "[adres] in Goor"),
        ("kerkweg 3-a te hoge huur", "[adres] te hoge huur"),
        ("Burgemeester van der Zaanstraat 4", "[adres]"),
        ("ik woon op de Klokkenplas 12", "ik woon op de [adres]"),
        ("Laan van Driene 33", "[adres]"),
        ("7511AB 12", "7511 [adres]"),
        ("7511 AB, 12a", "7511 [adres]"),
        ("postcode 7555 huisnummer 40", "postcode 7555 huisnummer [adres]"),
        ("Mijn naam is Fatima El Amrani", "Mijn naam is [naam]"),
        ("ik heet jan de vries en heb schulden", "ik heet [naam] en heb schulden"),
        ("IK HEET MOHAMMED EN IK HEB SCHULDEN", "IK HEET [naam] EN IK HEB SCHULDEN"),
        ("hoi ik ben piet en ik ben blut", "hoi ik ben [naam] en ik ben blut"),
        ("mijn man Ahmed en mijn dochter Sanne (8)", "mijn man [naam] en mijn dochter [naam] (8)"),
        ("mijn kinderen Tim, Lisa en Bram", "mijn kinderen [naam], [naam] en [naam]"),
        ("mevrouw el idrissi van de bank", "mevrouw [naam] van de bank"),
        ("meneer van den Berg belde", "meneer [naam] belde"),
        ("kan dat? groetjes, Jan de Boer", "kan dat? groetjes, [naam]"),
        ("kan dat? Met vriendelijke groet A.B. van der Veen", "kan dat? Met vriendelijke groet [naam]"),
        ("kan dat? groetjes Jan de Vries Almelo", "kan dat? groetjes [naam] Almelo"),
        ("Ahmed Yilmaz krijgt niks", "[naam] krijgt niks"),
        ("klantnummer bij Essent is 445566", "klantnummer bij Essent is [nummer]"),
        ("zaak 778899", "zaak [nummer]"),
        ("Kenmerk: BB/2025/4471.", "Kenmerk: [nummer]."),
        ("paspoortnummer NWP4K2L96", "paspoortnummer [nummer]"),
        ("mijn v-nummer 2851234567", "mijn v-nummer [nummer]"),
        ("bsn 123456789", "bsn [burgerservicenummer]"),
        ("iban NL91ABNA0417164301", "iban [rekeningnummer]"),
        ("mijn pas is 5555 4444 3333 2222", "mijn pas is [kaartnummer]"),
        ("digid gebruikersnaam is jdevries85", "digid gebruikersnaam is [inloggegevens]"),
        ("pincode 4821", "pincode [inloggegevens]"),
        ("kenteken 12-xyz-3 en GT-482-K", "kenteken [kenteken] en [kenteken]"),
        ("bel me op 612345678", "bel me op [telefoonnummer]"),
    ],
)
def test_other_personal_data(text: str, masked: str) -> None:
    assert mask_personal_data(text) == (masked, True)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_real_messages(case: dict[str, Any]) -> None:
    masked, _ = mask_personal_data(case["tekst"])
    assert [part for part in case["moet_weg"] if part in masked] == []
    assert [part for part in case["moet_blijven"] if part not in masked] == []


def test_no_development_question_is_masked() -> None:
    path = Path(evals.__file__).parent / "datasets" / "vragen.jsonl"
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    questions = [row["vraag"] for row in asked if row["deel"] == "ontwikkel"]
    assert len(questions) > 300
    assert [question for question in questions if mask_personal_data(question)[1]] == []


@given(st.text(max_size=200))
def test_it_never_fails_and_masking_again_changes_nothing(text: str) -> None:
    masked, changed = mask_personal_data(text)
    assert changed == (masked != text)
    assert mask_personal_data(masked)[0] == masked


@given(st.lists(st.sampled_from([case["tekst"] for case in CASES]), min_size=1, max_size=3))
def test_masking_real_messages_again_changes_nothing(messages: list[str]) -> None:
    masked, _ = mask_personal_data(" ".join(messages))
    assert mask_personal_data(masked) == (masked, False)


def test_without_masks_leaves_what_the_person_means() -> None:
    every = " ".join(load_words()["masks"].values())
    assert without_masks(f"ik {every} heb schulden") == "ik heb schulden"
    assert without_masks("[1] of [Naam]") == "[1] of [Naam]"


def test_names_that_stand_alone_are_no_words_and_no_places() -> None:
    words = load_name_words()
    assert words.given & (words.ordinary | words.places | words.never) == set()
    assert len(words.given) > 500


def test_the_file_holds_only_words(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("titles: [mw, 3]", encoding="utf-8")
    with pytest.raises(TextsError, match="titles"):
        load_words.__wrapped__(wrong)


HOSTILE = ["a", "0 ", "1", "a@", "nl91 ", "12-", "geboren ", "mijn naam is ", "bsn ", "(0", "straat 1 ", "[naam] ("]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_little_time(piece: str) -> None:
    text = (piece * 4_000)[:4_000]
    started = time.process_time()
    mask_personal_data(text)
    assert time.process_time() - started < 0.5
