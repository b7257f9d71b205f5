"""The JSON of an answer and of passages: exactly the fields that others rely on."""

import json

import pytest

from assistant.composition import Assistant
from assistant.types import Answer, AnswerStatus, Choice, Citation, Link, PublishedSentence, Question
from assistant.wire import answer_to_json, passages_to_json, words_per_sentence
from knowledge.types import Passage
from tests.assistant.builders import build_chunk

ANSWER_FIELDS = [
    "id", "gesprek", "vraag", "status", "gemeente", "taal", "tekst", "zinnen", "bronnen", "vervolg", "keuzes",
    "generator", "controle", "duur_ms",
]  # fmt: skip
SOURCE_FIELDS = [
    "nummer", "gemeente", "onderwerp", "titel", "kop", "citaat", "url", "pagina", "peildatum", "zekerheid",
    "waarschuwing",
]  # fmt: skip
PASSAGE_FIELDS = ["rang", "score", "gemeente", "onderwerp", "titel", "kop", "tekst", "url", "pagina", "peildatum"]
FULL = Answer(
    status=AnswerStatus.ANSWERED_REGELING,
    text="Het bedrag is € 100. [1]",
    question="hoeveel?",
    id="a1",
    conversation="g1",
    gemeente="enschede",
    sentences=(PublishedSentence(text="Het bedrag is € 100.", citations=(1,)),),
    citations=(Citation(number=1, chunk=build_chunk(page=4), quote="Het bedrag is € 100.", warning="Let op"),),
    links=(Link(kind="telefoon", label="Bel", value="053 - 481 78 00"),),
    choices=(Choice(label="Enschede", value="enschede"),),
    generator="regelkaart",
    removed=2,
    milliseconds=41.26,
)


def test_a_full_answer() -> None:
    assert answer_to_json(FULL) == {
        "id": "a1",
        "gesprek": "g1",
        "vraag": "hoeveel?",
        "status": "answered_regeling",
        "gemeente": "enschede",
        "taal": "nl",
        "tekst": "Het bedrag is € 100. [1]",
        "zinnen": [{"tekst": "Het bedrag is € 100.", "bronnen": [1]}],
        "bronnen": [
            {
                "nummer": 1,
                "gemeente": "enschede",
                "onderwerp": "individuele-inkomenstoeslag",
                "titel": "Individuele inkomenstoeslag",
                "kop": "Hoeveel?",
                "citaat": "Het bedrag is € 100.",
                "url": "https://www.enschede.nl/toeslag",
                "pagina": 4,
                "peildatum": "2026-06",
                "zekerheid": "hoog",
                "waarschuwing": "Let op",
            }
        ],
        "vervolg": [{"soort": "telefoon", "label": "Bel", "waarde": "053 - 481 78 00"}],
        "keuzes": [{"label": "Enschede", "waarde": "enschede"}],
        "generator": "regelkaart",
        "controle": {"gegrond": True, "verwijderde_zinnen": 2, "woorden_per_zin": 5.0},
        "duur_ms": 41.3,
    }


def test_an_empty_answer_has_the_same_fields() -> None:
    data = answer_to_json(Answer(status=AnswerStatus.BLOCKED_INPUT, text="Ik zie geen vraag."))
    assert list(data) == ANSWER_FIELDS
    assert data["gesprek"] is None
    assert data["gemeente"] is None
    assert data["bronnen"] == data["vervolg"] == data["keuzes"] == data["zinnen"] == []


@pytest.mark.parametrize(
    "text", ["Hoe vraag ik bijstand aan?", "ik wil dood", "", "hallo", "paspoort", "Ik woon in Zwolle en heb schulden"]
)
def test_every_real_answer_has_these_fields_and_types(sam: Assistant, text: str) -> None:
    data = json.loads(json.dumps(answer_to_json(sam.pipeline.run(Question(text=text, gemeente="enschede")))))
    assert list(data) == ANSWER_FIELDS
    assert all(list(source) == SOURCE_FIELDS for source in data["bronnen"])
    assert all(set(sentence) == {"tekst", "bronnen"} for sentence in data["zinnen"])
    assert all(set(link) == {"soort", "label", "waarde"} for link in data["vervolg"])
    assert {link["soort"] for link in data["vervolg"]} <= {"telefoon", "website", "email"}
    assert set(data["controle"]) == {"gegrond", "verwijderde_zinnen", "woorden_per_zin"}
    assert data["status"] in {status.value for status in AnswerStatus}
    assert data["id"]
    assert data["tekst"]
    assert isinstance(data["duur_ms"], float)
    used = [number for sentence in data["zinnen"] for number in sentence["bronnen"]]
    assert [source["nummer"] for source in data["bronnen"]] == list(dict.fromkeys(used))
    assert data["tekst"].startswith(data["zinnen"][0]["tekst"][:20])


def test_passages() -> None:
    passage = Passage(chunk=build_chunk("De toeslag.", page=2), score=0.123456, why=("woorden 1",))
    data = passages_to_json([passage, passage])["passages"]
    assert [row["rang"] for row in data] == [1, 2]
    assert set(PASSAGE_FIELDS) <= set(data[0])
    assert data[0]["score"] == 0.1235
    assert data[0]["tekst"] == "De toeslag."
    assert data[0]["pagina"] == 2
    assert data[0]["waarom"] == ["woorden 1"]
    assert passages_to_json([]) == {"passages": []}


def test_the_families_are_the_closed_list() -> None:
    families = {"answered", "clarification", "signposted", "unanswerable", "blocked", "error"}
    assert {status.family for status in AnswerStatus} == families


def test_words_per_sentence_counts_list_items() -> None:
    listed = PublishedSentence(text="Neem mee:\n- een pas\n- een brief van de bank")
    answer = Answer(status=AnswerStatus.ANSWERED_REGELING, text="x", sentences=(listed,))
    assert words_per_sentence(answer) == pytest.approx(3.7)
    assert words_per_sentence(Answer(status=AnswerStatus.BLOCKED_INPUT, text="x")) == 0.0
