"""Whether a text tells of a money emergency: what is happening or announced, and nothing that is only asked about."""

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checks.emergency import (
    OWN_GEMEENTE,
    Emergency,
    Law,
    Sign,
    find_emergencies,
    load_emergencies,
    what_is_told,
)
from assistant.generation.sentences import split_sentences
from assistant.texts import FOLDER
from knowledge import figures
from knowledge.regelingen import load_regelingen
from knowledge.signposts import Signpost
from knowledge.text import fold
from knowledge.topics import load_topics
from knowledge.types import Regeling

DATASETS = Path(__file__).parents[2] / "evals" / "datasets"
NONE = "geen"
KINDS = load_emergencies()
MOST_WORDS, MOST_IN_A_SENTENCE = 45, 12
MOST_SECONDS = 1.0

# What translations into Dutch say, and how people say the same.
TOLD = {
    "geen-slaapplek": """
        geen slaapplek vannacht
        ik slaap al drie nachten in mijn auto
        waar kan ik vannacht slapen
        ik ben dakloos
        slape we weer buiten vannacht
    """,
    "ontruiming": """
        word uit huis gezet
        we worden ontruimt op maandag
        Mijn cliënt heeft een dwangbevel en morgen ontruiming, wat kan ik nog doen?
        de bank laat mijn huis veilen
        huisbaas zegt dat ik er vrijdag uit moet
    """,
    "energie-afsluiting": """
        stroom afgesloten
        gas afgesloten
        ze gaan morgen het gas afslote
        Vattenfall dreigt met afsluiten
        Ik word van het gas afgesloten. Hoe lang duurt dat?
    """,
    "water-afsluiting": """
        water afgesloten
        vitens draait vrijdag de kraan dicht
        geen water meer, rekening niet betaald
    """,
    "geen-eten": """
        geen geld voor eten
        de koelkast is leeg en mijn geld is op
        ik kan geen boodschapen meer betalen
        de kinderen hebben honger
    """,
    "deurwaarder": """
        deurwaarder aan de deur
        deurwarder komt morgen
        ik heb een exploot gekregen
        de deurwaarder dreigt met beslag
    """,
    "beslag": """
        beslag op loon
        beslag op mijn rekening
        loonbeslach wat nu
        het cjib heeft mijn rekening leeggehaald
    """,
    "uitkering-gestopt": """
        uitkering gestopt
        uitkeering niet gekrege deze maand
        de gemeente heeft mijn bijstand ingetrokken
    """,
    "identiteitsfraude": """
        identiteitsfraude
        iemand heeft op mijn naam een lening afgesloten
        ik ben opgelicht, mijn spaargeld is weg
    """,
    "geldezel": """
        geldezel
        ik heb mijn pinpas uitgeleend aan een jongen van snapchat
        ik moest geld pinnen voor iemand en nu is mijn rekening dicht
    """,
    "woekerlening": """
        woekerlening
        geld geleend van een man in de buurt, hij wil nu het dubbele
        ik betaal elke week rente aan iemand die mij bedreigt
    """,
}

HARMLESS = """
    Hoeveel is de beslagvrije voet?
    Wat doet een voedselbank?
    kan ik huurtoeslag aanvragen
    mag mijn huisbaas de huur verhogen
    bed en vloer kopen voor nieuw huis
    Mijn WW stopt volgende maand, hoe vraag ik bijstand aan?
    hoe word ik deurwaarder
    vorig jaar was ik bijna ontruimd, nu zoek ik een cursus budgetteren
    Voor school maak ik een werkstuk over de voedselbank
    Hoe lang duurt het voordat een ontruiming plaatsvindt?
    Ik wil mijn energiecontract stopzetten en overstappen
    stopt mijn bijstand als ik ga samenwonen
    er is stroomstoring in de wijk, wie moet ik bellen
    mijn schuldregeling is klaar en het beslag is opgeheven
    Ik heb met de deurwaarder een betalingsregeling afgesproken
    hoe voorkom ik identiteitsfraude
    hoeveel rente betaal ik bij de Stadsbank
    mijn koelkast is kapot
    ik ben dakloos geweest en heb nu een flat
    hallo
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip()]


def first_kind(text: str) -> str | None:
    found = find_emergencies(text)
    return found[0].kind if found else None


@pytest.fixture(scope="module")
def pages() -> dict[str, Regeling]:
    return {page.key: page for page in load_regelingen()}


@pytest.fixture(scope="module")
def examples() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load((FOLDER / "noodvoorbeelden.yaml").read_text(encoding="utf-8"))
    return loaded


def dataset(part: str) -> list[dict[str, Any]]:
    text = (DATASETS / f"noodgevallen.{part}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, block in TOLD.items() for text in lines(block)])
def test_an_emergency_is_seen(kind: str, text: str) -> None:
    assert first_kind(text) == kind


@pytest.mark.parametrize("text", lines(HARMLESS))
def test_a_question_for_information_is_no_emergency(text: str) -> None:
    assert first_kind(text) is None


@pytest.mark.parametrize("text", ["", " ", "?!", "...", "👍", "1234", "\n\n"])
def test_nothing_is_told_without_words(text: str) -> None:
    assert find_emergencies(text) == ()


def test_kinds_stand_in_order_of_urgency() -> None:
    assert list(KINDS) == [
        "geen-slaapplek", "ontruiming", "energie-afsluiting", "water-afsluiting", "geen-eten", "deurwaarder",
        "beslag", "uitkering-gestopt", "identiteitsfraude", "geldezel", "woekerlening",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("mijn uitkering is gestopt en morgen word ik uit huis gezet", ("ontruiming", "uitkering-gestopt")),
        ("er ligt beslag op mijn loon en we hebben geen eten meer", ("geen-eten", "beslag")),
        ("stroom afgesloten en ook het water is afgesloten", ("energie-afsluiting", "water-afsluiting")),
    ],
)
def test_the_most_urgent_of_two_comes_first(text: str, kinds: tuple[str, ...]) -> None:
    assert tuple(found.kind for found in find_emergencies(text)) == kinds


@pytest.mark.parametrize(
    "told",
    [
        "mijn deurwaarder staat voor de deur",
        "MIJN DEURWAARDER STAAT VOOR DE DEUR",
        "mijn déurwaarder staat\nvoor de deur",
    ],
)
def test_case_accents_and_line_breaks_do_not_matter(told: str) -> None:
    assert first_kind(told) == "deurwaarder"


def test_one_sentence_in_a_long_story_is_heard() -> None:
    before = (
        "Ik zoek een budgetcoach en wil weten of ik huurtoeslag aanvraag. Hoeveel kost zwemles en een laptop? " * 14
    )
    after = " Ik volg een cursus en de kinderen gaan naar de sportclub. Is er een regeling voor schoolkosten?" * 14
    story = before + "Morgen sluiten ze de stroom af omdat ik niet heb betaald." + after
    assert first_kind(story) == "energie-afsluiting"


@pytest.mark.parametrize(
    "piece",
    ["geen stroom ", "moet uit huis ", "rekening geld pas ", "deurwaarder, brief. ", "a", "niet gestort uitkering? "],
)
def test_a_message_of_any_content_is_read_in_time(piece: str) -> None:
    find_emergencies("stroom")
    started = time.perf_counter()
    find_emergencies((piece * 4000)[:4000])
    assert time.perf_counter() - started < MOST_SECONDS


def test_questions_to_develop_on_are_read_right() -> None:
    rows = dataset("ontwikkel")
    urgent = [row for row in rows if row["soort"]]
    calm = [row for row in rows if not row["soort"]]
    right = sum(first_kind(row["vraag"]) == row["soort"] for row in urgent)
    alarms = sum(first_kind(row["vraag"]) is not None for row in calm)
    assert right / len(urgent) >= 0.95
    assert alarms / len(calm) <= 0.06


def test_the_questions_to_develop_on_are_enough_of_every_kind() -> None:
    rows = dataset("ontwikkel")
    counts = Counter(row["soort"] for row in rows)
    assert counts.keys() == {*KINDS, None}
    assert min(counts.values()) >= 12
    assert counts[None] >= 80
    assert len({row["id"] for row in rows}) == len({fold(row["vraag"]) for row in rows}) == len(rows)


def test_examples_are_of_every_kind_unique_and_not_measured_with(examples: dict[str, list[str]]) -> None:
    assert examples.keys() == {*KINDS, NONE}
    texts = [fold(text).strip() for group in examples.values() for text in group]
    assert len(texts) == len(set(texts))
    assert not set(texts) & {fold(row["vraag"]).strip() for row in dataset("ontwikkel")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_sign_is_seen_in_an_example(kind: str, examples: dict[str, list[str]]) -> None:
    seen = {sign.find.pattern for text in examples[kind] for sign in KINDS[kind].signs_in(what_is_told(text))}
    assert [sign.find.pattern for sign in KINDS[kind].signs if sign.find.pattern not in seen] == []


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_are_written_for_folded_text(kind: str) -> None:
    for pattern in patterns(KINDS[kind]):
        bare = re.sub(r"\\.", "", pattern)
        assert bare == fold(bare), f"{pattern} can never match folded text"


def patterns(emergency: Emergency) -> list[str]:
    found = [emergency.about, *emergency.harmless]
    for sign in emergency.signs:
        found.extend(pattern for pattern in (sign.find, *sign.near, *sign.beside, sign.unless) if pattern)
    return [pattern.pattern for pattern in found]


@pytest.mark.parametrize("law", [law for kind in KINDS.values() for law in kind.law], ids=lambda law: law.find)
def test_the_law_is_one_stored_sentence_that_still_holds(law: Law, pages: dict[str, Regeling]) -> None:
    page = pages[law.page]
    stored = [sentence for part in page.sections for text in part.paragraphs for sentence in split_sentences(text)]
    assert sum(law.find in sentence for sentence in stored) == 1
    assert not page.validity.stopped
    assert page.validity.end is None


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_someone_to_call_and_a_subject_to_read_about(kind: str, pages: dict[str, Regeling]) -> None:
    emergency = KINDS[kind]
    assert set(emergency.topics) <= load_topics().keys()
    assert emergency.topics
    assert emergency.subject
    assert not emergency.subject[0].isupper()
    if emergency.desk != OWN_GEMEENTE:
        contact = [part for part in pages[emergency.desk].sections if part.heading == "Contact"]
        assert figures.phones(" ".join(text for part in contact for text in part.paragraphs))


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_short_and_hold_no_figures_and_no_promise(kind: str, signposts: dict[str, Signpost]) -> None:
    emergency = KINDS[kind]
    whole = f"{emergency.urgent} {emergency.at_hand} {emergency.after}"
    slots = set(re.findall(r"\{([\w-]+)\}", whole))
    assert all(signposts[slot].phone for slot in slots)
    assert not re.search(r"\d", re.sub(r"\{[\w-]+\}", "", whole))
    assert not re.search(r"\bu (?:krijgt|ontvangt|heeft recht op)\b|\b(?:jij|je|jouw|jullie)\b", whole, re.IGNORECASE)
    assert len(whole.split()) <= MOST_WORDS
    assert max(len(sentence.split()) for sentence in split_sentences(whole)) <= MOST_IN_A_SENTENCE


def test_a_sign_needs_what_stands_near_and_around_it_and_nothing_against_it() -> None:
    sign = Sign(
        find=re.compile("pas"), near=(re.compile("geleend"),), beside=(re.compile("bank"),), unless=re.compile("vader")
    )
    assert sign.seen_in("mijn pas geleend en nu belt de bank")
    assert not sign.seen_in("mijn pas is kwijt en nu belt de bank")
    assert not sign.seen_in("mijn pas geleend")
    assert not sign.seen_in("mijn vader heeft mijn pas geleend van de bank")
    assert not sign.seen_in("mijn pas " + "ligt thuis op tafel " * 5 + "geleend van de bank")
