"""Several subjects in one message: told apart, most urgent first; and one subject stays one."""

import pytest

from assistant.composition import Assistant
from assistant.subjects import Subjects
from assistant.texts import FOLDER, load_yaml
from knowledge.topics import load_topics

TOPICS = load_topics()


@pytest.fixture(scope="module")
def subjects(sam: Assistant) -> Subjects:
    return Subjects(sam.scorer, TOPICS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mijn wasmachine is kapot en ik heb schulden", ("schulden", "wasmachine")),
        ("Kan ik kwijtschelding krijgen? En hoe zit het met zorgtoeslag?", ("zorgtoeslag", "kwijtschelding")),
        ("ik kan de huur niet betalen en mijn zoon wil op voetbal", ("huur", "voetbal")),
        ("hulp bij schulden en bril kapot, wat nu", ("schulden", "bril")),
        ("bril, fiets voor mijn kind", ("bril", "fiets")),
        ("Ik heb geen eten. Ook moet ik de tandarts nog betalen", ("eten", "tandarts")),
    ],
)
def test_two_subjects_are_told_apart_most_urgent_first(subjects: Subjects, text: str, words: tuple[str, ...]) -> None:
    found = subjects.split(text)
    assert len(found) == len(words)
    for word, part in zip(words, found, strict=True):
        assert word in part


@pytest.mark.parametrize(
    "text",
    [
        "Hoe vraag ik bijstand aan?",
        "ik zit in de bijstand en mijn koelkast is kapot",
        "mijn kind wil op voetbal en op zwemles",
        "ik heb schulden en de deurwaarder belt steeds",
        "school vraagt geld, ouderbijdrage. ik kan niet. wie helpt?",
        "Ik woon in Almelo en zoek werk en ik heb een vraag",
        "hallo, ik ben Sam, kan ik kwijtschelding krijgen van de waterschapsbelasting en de rioolheffing?",
        "",
    ],
)
def test_one_subject_stays_one(subjects: Subjects, text: str) -> None:
    assert subjects.split(text) == (text,)


def test_at_most_three(subjects: Subjects) -> None:
    text = "mijn bril is kapot, wasmachine kapot, energie niet betaald, geen eten, kwijtschelding nodig"
    found = subjects.split(text)
    assert len(found) == 3
    assert "eten" in found[0]


def test_no_word_of_a_subject_is_lost(subjects: Subjects) -> None:
    found = " ".join(subjects.split("de wasmachine is stuk, al drie weken. en ik heb schulden bij de bank"))
    assert all(word in found for word in ("wasmachine", "drie", "weken", "schulden", "bank"))


def test_the_data_names_topics_that_exist() -> None:
    raw = load_yaml(FOLDER / "routering.yaml")
    named = {*raw["urgent_first"], *raw["anchors"], *(slug for row in raw["together"] for slug in row)}
    assert named <= set(TOPICS)
    assert set(raw["never_beside"]) - {"buiten"} <= set(TOPICS)


def test_every_choice_leads_to_one_subject(subjects: Subjects) -> None:
    assert len(subjects.choices) >= 6
    for choice in subjects.choices:
        assert len(subjects.split(choice.value)) == 1, choice
