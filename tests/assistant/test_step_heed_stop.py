"""Where staff stopped Sam, people get the contacts, and nothing else of the answer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answers import STOPPED
from assistant.composition import Assistant
from assistant.steps.heed_stop import HeedStop
from assistant.switch import EVERYWHERE, OffSwitch
from assistant.types import Answer, AnswerStatus, Question, Turn
from knowledge import figures
from tests.assistant.builders import build_turn


@pytest.fixture
def switch(tmp_path: Path) -> OffSwitch:
    return OffSwitch(tmp_path, clock=lambda: datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def stopped(sam: Assistant, switch: OffSwitch) -> Assistant:
    """Sam on the same index, with a switch of its own."""
    other = Assistant(sam.settings, sam.clock)
    other.switch, other.embedder = switch, sam.embedder
    return other


def test_a_turn_passes_when_nothing_is_stopped(switch: OffSwitch) -> None:
    turn = build_turn("hallo", gemeente="borne")
    assert HeedStop(switch)(turn) is turn


def test_a_stop_is_noted_and_drops_the_other_subjects(switch: OffSwitch) -> None:
    switch.stop("borne", "storing", "Ans")
    outcome = HeedStop(switch)(build_turn("hallo", gemeente="borne", others=(build_turn("huur"),)))
    assert isinstance(outcome, Turn)
    assert outcome.notes[STOPPED] == "borne"
    assert outcome.others == ()


def ask(assistant: Assistant, text: str, gemeente: str | None) -> Answer:
    return assistant.pipeline.run(Question(text=text, gemeente=gemeente))


@pytest.mark.parametrize("scope", [EVERYWHERE, "enschede"])
def test_people_get_whom_to_call_and_no_regeling(stopped: Assistant, switch: OffSwitch, scope: str) -> None:
    switch.stop(scope, "de bedragen kloppen niet", "Ans")
    answer = ask(stopped, "Mijn wasmachine is kapot, wat kan ik krijgen?", "enschede")
    assert answer.status is AnswerStatus.UNANSWERABLE_STOPPED
    assert {citation.chunk.topic for citation in answer.citations} == {"contact"}
    assert figures.phones(answer.text)
    assert answer.links[0].kind == "telefoon"
    assert "kloppen niet" not in answer.text, "the reason is for the log"


def test_without_a_gemeente_there_is_a_national_number(stopped: Assistant, switch: OffSwitch) -> None:
    switch.stop(EVERYWHERE, "storing", "Ans")
    answer = ask(stopped, "Wat is de beslagvrije voet?", None)
    assert answer.status in (AnswerStatus.UNANSWERABLE_STOPPED, AnswerStatus.CLARIFICATION_GEMEENTE)
    if answer.status is AnswerStatus.UNANSWERABLE_STOPPED:
        assert figures.phones(answer.text)


def test_another_gemeente_goes_on(stopped: Assistant, switch: OffSwitch) -> None:
    switch.stop("enschede", "storing", "Ans")
    assert ask(stopped, "Hoe vraag ik bijstand aan?", "hengelo").status is AnswerStatus.ANSWERED_REGELING


def test_a_cry_for_help_is_always_heard(stopped: Assistant, switch: OffSwitch) -> None:
    switch.stop(EVERYWHERE, "storing", "Ans")
    assert ask(stopped, "ik wil niet meer leven", "enschede").status is AnswerStatus.SIGNPOSTED_CRISIS
