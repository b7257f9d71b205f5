"""The gate on quality: all development questions, both halves, and what must hold for every single answer."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.checks.promises import check_promises
from assistant.composition import Assistant
from assistant.generation.sentences import word_count
from assistant.types import Answer, AnswerStatus, Citation, Question
from assistant.wire import answer_to_json
from evals.development import Result, load_cases, rate
from knowledge import figures
from knowledge.regelingen import CONTENT

HALVES = ("ontwikkel", "onbekend")
WIDER = {"regio-twente", "landelijk"}
QUESTIONS = (
    "Hoe vraag ik bijstand aan?",
    "Hoeveel is de individuele inkomenstoeslag?",
    "Mijn wasmachine is kapot en ik heb geen geld",
    "Ik heb schulden, wie helpt mij?",
    "Mijn kind wil op voetbal maar dat kan ik niet betalen",
    "Wat is het telefoonnummer van de gemeente?",
    "Kan ik kwijtschelding krijgen van de gemeentelijke belasting?",
    "Waar is de voedselbank?",
    "Is er een goedkope zorgverzekering voor mensen met weinig geld?",
    "Bestaat de energietoeslag nog?",
    "Wie krijgt bijzondere bijstand?",
    "Welke regelingen zijn er voor mensen met een laag inkomen?",
)


def of(half: str, results: list[Result]) -> list[Result]:
    return [result for result in results if result.case.part == half]


def show(results: list[Result]) -> str:
    """Which questions went wrong, for the message of a failing gate."""
    return "\n".join(
        f"{r.case.id} {r.case.question} -> {[c.chunk.document for c in r.answer.citations][:1]}" for r in results
    )


def test_both_halves_are_large_enough() -> None:
    assert min(Counter(case.part for case in load_cases()).values()) >= 150
    assert {case.part for case in load_cases()} == set(HALVES)


@pytest.mark.parametrize("half", HALVES)
def test_the_topic_is_among_the_first_three(development: list[Result], half: str) -> None:
    share, count = rate(result.topic_in_top3 for result in of(half, development))
    assert count >= 150
    assert share >= 0.95, show([r for r in of(half, development) if not r.topic_in_top3])


@pytest.mark.parametrize("half", HALVES)
def test_the_first_source_is_right(development: list[Result], half: str) -> None:
    share, count = rate(result.first_right for result in of(half, development))
    assert count >= 150
    assert share >= 0.88, show([r for r in of(half, development) if r.first_right is False])


@pytest.mark.parametrize("half", HALVES)
def test_no_source_of_another_gemeente(development: list[Result], half: str) -> None:
    wrong = [result for result in of(half, development) if result.wrong_gemeente]
    assert wrong == [], show(wrong)


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_that_its_source_does_not_hold(development: list[Result], half: str) -> None:
    wrong = [result for result in of(half, development) if result.unsupported]
    assert wrong == [], show(wrong)


def test_no_answer_is_an_error_or_empty(development: list[Result]) -> None:
    wrong = [r for r in development if r.answer.status.family == "error" or not r.answer.text.strip()]
    assert wrong == [], show(wrong)


def test_no_answer_promises_a_right(development: list[Result]) -> None:
    found = [r for r in development if re.search(r"\bu krijgt\b|\bu heeft recht op\b", r.answer.text, re.IGNORECASE)]
    assert found == [], show(found)
    for result in development:
        for sentence in result.answer.sentences:
            assert check_promises(sentence.text).passed, sentence.text


def test_every_sentence_with_a_figure_has_a_source(development: list[Result]) -> None:
    for result in development:
        for sentence in result.answer.sentences:
            if figures.amounts(sentence.text) or figures.phones(sentence.text) or figures.percentages(sentence.text):
                assert sentence.citations, (result.case.id, sentence.text)


def test_every_answer_with_information_has_a_source(development: list[Result]) -> None:
    for result in development:
        if result.answer.status.family == "answered":
            cited = [sentence for sentence in result.answer.sentences if sentence.citations]
            assert cited, result.case.id
            # An emergency also says what to have at hand, which rests on no page.
            share = 4 if result.answer.status is AnswerStatus.ANSWERED_EMERGENCY else 2
            assert len(cited) >= len(result.answer.sentences) / share, (result.case.id, result.answer.text)


def stored(citation: Citation) -> Path | None:
    """The file that a citation comes from; None for the contact of a gemeente, which is made from data."""
    scope, _, slug = citation.chunk.document.partition("/")
    page = CONTENT / "regelingen" / scope / f"{slug}.md"
    if page.exists():
        return page
    plan = CONTENT / "plannen" / f"{slug.removeprefix('plan-')}.md"
    return plan if plan.exists() else None


def test_every_quote_stands_letter_for_letter_in_its_file(sam: Assistant, development: list[Result]) -> None:
    checked = 0
    for result in development:
        for citation, source in zip(result.answer.citations, answer_to_json(result.answer)["bronnen"], strict=True):
            path = stored(citation)
            if path is not None:
                text = path.read_text(encoding="utf-8")
                assert f"\n{source['citaat']}\n" in f"{text}\n", (citation.chunk.document, source["citaat"])
            else:
                assert citation.chunk.document.endswith("/_contact")
                chunks = sam.retriever.document(citation.chunk.scope, citation.chunk.document)
                assert source["citaat"] in [p for chunk in chunks for p in chunk.paragraphs]
                gemeente = sam.gazetteer.gemeenten[citation.chunk.scope]
                known = figures.phones(" ".join((gemeente.phone or "", *gemeente.contact.phones)))
                assert figures.phones(source["citaat"]) <= known
            checked += 1
    assert checked > 500


def test_every_mark_in_the_text_has_its_source(development: list[Result]) -> None:
    for result in development:
        marks = {int(number) for number in re.findall(r"\[(\d+)\]", result.answer.text)}
        assert marks == {citation.number for citation in result.answer.citations}, result.case.id


def words(answer: Answer) -> int:
    return sum(word_count(sentence.text) for sentence in answer.sentences)


def test_most_answers_are_40_to_120_words(development: list[Result]) -> None:
    answered = [result for result in development if result.answer.status.family == "answered"]
    fitting = [result for result in answered if 40 <= words(result.answer) <= 120]
    assert len(fitting) / len(answered) >= 0.9, sorted(
        (words(r.answer), r.case.id) for r in answered if r not in fitting
    )
    # Several subjects, or a number with the law and a regeling, take more room.
    assert max(words(result.answer) for result in answered) <= 180


def test_a_phone_number_when_the_gemeente_has_one(sam: Assistant, development: list[Result]) -> None:
    """Whom to call stands in the answer itself, or at least as a button."""
    without = [
        result
        for result in development
        if result.answer.status.value == "answered_regeling"
        and result.answer.gemeente in sam.gazetteer.gemeenten
        and sam.gazetteer.gemeenten[result.answer.gemeente].phone
        and not figures.phones(result.answer.text)
        and not any(link.kind == "telefoon" for link in result.answer.links)
    ]
    answered = [result for result in development if result.answer.status.value == "answered_regeling"]
    assert len(without) <= 0.02 * len(answered), show(without)


def test_sentences_are_short_on_average(development: list[Result]) -> None:
    means = [answer_to_json(result.answer)["controle"]["woorden_per_zin"] for result in development]
    assert sum(means) / len(means) <= 13


def test_a_source_that_is_old_is_said_to_be_old(development: list[Result]) -> None:
    for result in development:
        for citation in result.answer.citations:
            year = citation.chunk.source.peildatum[:4]
            if year.isdigit() and int(year) <= 2024:
                assert citation.warning, citation.chunk.document


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_never_cites_another_gemeente(sam: Assistant, question: str) -> None:
    for slug in sam.gazetteer.gemeenten:
        answer = sam.pipeline.run(Question(text=question, gemeente=slug))
        assert {c.chunk.scope for c in answer.citations} <= {slug} | WIDER, (slug, question)
        assert answer.status.family in ("answered", "unanswerable"), (slug, question, answer.status)
        assert answer.gemeente == slug
        only_for = [c.chunk for c in answer.citations if c.chunk.only_for and slug not in c.chunk.only_for]
        assert only_for == [], (slug, question)


def test_naming_the_gemeente_gives_the_same_sources_as_the_website(sam: Assistant) -> None:
    for slug, gemeente in sam.gazetteer.gemeenten.items():
        named = sam.pipeline.run(Question(text=f"Hoe vraag ik bijstand aan in {gemeente.name}?"))
        assert named.gemeente == slug
        assert {c.chunk.scope for c in named.citations} <= {slug} | WIDER


def test_the_gate_sees_a_wrong_answer(sam: Assistant) -> None:
    """The judgement itself: an answer for another gemeente, or on another topic, is judged wrong."""
    from evals.development import judge

    case = next(case for case in load_cases() if case.expected_gemeente == "enschede" and case.pages)
    other = sam.pipeline.run(Question(text="Hoe vraag ik bijstand aan?", gemeente="almelo"))
    result = judge(case, other, [])
    assert result.wrong_gemeente
    assert not result.first_right
    assert not result.topic_in_top3
