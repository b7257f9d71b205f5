"""Step 10: sources are numbered by first use, and their age is told."""

from datetime import date
from typing import Any

import pytest

from assistant.generation.age import Age
from assistant.steps.publish import Publish
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Draft, Evidence, Link, Sentence
from knowledge.types import Chunk
from tests.assistant.builders import build_chunk, build_draft, build_turn

TEXTS = Texts.load()
FIRST = build_chunk("Het bedrag is € 100.\n\nU kunt het aanvragen.", id="a#0")
SECOND = build_chunk("Bel de gemeente.", id="a#1", heading="Contact")


def publish(draft: Draft, *, masked: bool = False, links: tuple[Link, ...] = (), **values: object) -> Answer:
    step = Publish(TEXTS, Age(lambda: date(2026, 11, 1), 18))
    outcome = step(build_turn("vraag", draft=draft, masked=masked, links=links, **values))
    assert isinstance(outcome, Answer)
    return outcome


def sentence(text: str, *evidence: tuple[Chunk, int], opens: bool = False) -> Sentence:
    found = tuple(Evidence(chunk=chunk, paragraph=chunk.paragraphs[place]) for chunk, place in evidence)
    return Sentence(text=text, evidence=found, opens=opens)


def draft(*sentences: Sentence) -> Draft:
    return Draft(sentences=sentences, generator="regelkaart", removed=3)


def test_numbers_follow_first_use() -> None:
    answer = publish(
        draft(
            sentence("Bel.", (SECOND, 0)),
            sentence("Het bedrag.", (FIRST, 0)),
            sentence("Nog eens.", (SECOND, 0)),
            sentence("Beide.", (FIRST, 1), (SECOND, 0)),
        )
    )
    assert [s.citations for s in answer.sentences] == [(1,), (2,), (1,), (3, 1)]
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
    assert [citation.quote for citation in answer.citations] == [
        "Bel de gemeente.",
        "Het bedrag is € 100.",
        "U kunt het aanvragen.",
    ]
    assert answer.text == "Bel. [1] Het bedrag. [2] Nog eens. [1] Beide. [3][1]"


def test_the_same_paragraph_twice_under_one_sentence_is_one_number() -> None:
    answer = publish(draft(sentence("Bel.", (SECOND, 0), (SECOND, 0))))
    assert answer.text == "Bel. [1]"
    assert len(answer.citations) == 1


def test_equal_text_of_two_chunks_is_two_sources() -> None:
    twin = build_chunk("Bel de gemeente.", id="b#0")
    answer = publish(draft(sentence("Bel.", (SECOND, 0)), sentence("Bel.", (twin, 0))))
    assert [citation.number for citation in answer.citations] == [1, 2]


def test_a_sentence_that_opens_starts_a_paragraph() -> None:
    answer = publish(draft(sentence("Eerst."), sentence("Dan."), sentence("Later.", opens=True), sentence("Ook.")))
    assert answer.text == "Eerst. Dan.\n\nLater. Ook."


def test_a_list_stands_on_lines_of_its_own() -> None:
    answer = publish(
        draft(sentence("Eerst."), sentence("U heeft nodig:\n- een pas\n- een brief", (FIRST, 0)), sentence("Daarna."))
    )
    assert answer.text == "Eerst.\nU heeft nodig:\n- een pas\n- een brief [1]\nDaarna."


def test_a_sentence_without_a_source_has_no_mark() -> None:
    answer = publish(draft(sentence("Goed dat u het vraagt.")))
    assert answer.text == "Goed dat u het vraagt."
    assert answer.citations == ()


def test_masked_data_is_told_last() -> None:
    answer = publish(draft(sentence("Bel.", (SECOND, 0))), masked=True)
    assert answer.text.split("\n\n")[-1] == TEXTS.get("masked_note")
    assert answer.sentences[-1].citations == ()


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"peildatum": "2026-06"}, None),
        ({"peildatum": "2025-05"}, None),
        ({"peildatum": "2025-04"}, TEXTS.get("warning_old", year="2025")),
        ({"peildatum": "2021"}, TEXTS.get("warning_old", year="2021")),
        ({"peildatum": "onbekend"}, TEXTS.get("warning_undated")),
        ({"peildatum": "2026-06", "doubtful": True}, TEXTS.get("warning_doubtful")),
        ({"peildatum": "2021", "stopped": True}, TEXTS.get("warning_stopped")),
        ({"peildatum": "onbekend", "doubtful": True}, TEXTS.get("warning_undated")),
    ],
)
def test_the_warning_of_a_source(values: dict[str, Any], warning: str | None) -> None:
    answer = publish(draft(sentence("Het bedrag.", (build_chunk(**values), 0))))
    assert [citation.warning for citation in answer.citations] == [warning]


def test_what_the_turn_holds_goes_along() -> None:
    link = Link(kind="telefoon", label="Bel", value="112")
    answer = publish(draft(sentence("Bel.", (SECOND, 0))), links=(link,), draft_status=AnswerStatus.ANSWERED_NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED_NATIONAL
    assert answer.links == (link,)
    assert answer.generator == "regelkaart"
    assert answer.removed == 3


def test_no_unused_source_is_published() -> None:
    assert publish(build_draft(("Het.", FIRST))).citations[0].chunk is FIRST
