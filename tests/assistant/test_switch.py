"""The off switch: at once, for everyone or one gemeente, with a reason in a log, and closed when in doubt."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import SwitchError
from assistant.switch import EVERYWHERE, OffSwitch

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)


@pytest.fixture
def switch(tmp_path: Path) -> OffSwitch:
    return OffSwitch(tmp_path, clock=lambda: NOW)


def log(switch: OffSwitch) -> list[dict[str, str]]:
    return [json.loads(line) for line in switch.log.read_text(encoding="utf-8").splitlines()]


def test_without_a_stop_sam_answers(switch: OffSwitch) -> None:
    assert switch.stops() == ()
    assert switch.stopped(None) is None
    assert switch.stopped("enschede") is None


def test_a_stop_for_everyone_holds_for_every_gemeente_and_for_none(switch: OffSwitch) -> None:
    switch.stop(EVERYWHERE, "bedragen kloppen niet", "Ans")
    assert switch.stopped(None) is not None
    assert switch.stopped("enschede") is not None


def test_a_stop_for_one_gemeente_leaves_the_others(switch: OffSwitch) -> None:
    switch.stop("borne", "nieuwe verordening", "Ans")
    stopped = switch.stopped("borne")
    assert stopped is not None
    assert stopped.scope == "borne"
    assert switch.stopped("hengelo") is None
    assert switch.stopped(None) is None


def test_another_process_sees_it_at_once(tmp_path: Path) -> None:
    mine, theirs = OffSwitch(tmp_path), OffSwitch(tmp_path)
    assert theirs.stopped("almelo") is None
    mine.stop("almelo", "storing", "Ans")
    assert theirs.stopped("almelo") is not None
    mine.resume("almelo", "opgelost", "Ans")
    assert theirs.stopped("almelo") is None


def test_every_turn_is_logged_with_who_when_and_why(switch: OffSwitch) -> None:
    switch.stop("borne", "nieuwe verordening", "Ans")
    switch.resume("borne", "staat erin", "Bert")
    assert [(row["actie"], row["scope"], row["reason"], row["by"]) for row in log(switch)] == [
        ("stop", "borne", "nieuwe verordening", "Ans"),
        ("hervat", "borne", "staat erin", "Bert"),
    ]
    assert {row["since"] for row in log(switch)} == {"2026-11-20T12:30:00+00:00"}


def test_personal_data_in_a_reason_is_masked(switch: OffSwitch) -> None:
    switch.stop(EVERYWHERE, "klacht van jan@voorbeeld.nl", "Ans")
    assert "jan@voorbeeld.nl" not in switch.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_changes(switch: OffSwitch, reason: str) -> None:
    with pytest.raises(SwitchError, match="reden"):
        switch.stop(EVERYWHERE, reason, "Ans")
    assert switch.stops() == ()
    assert not switch.log.exists()


def test_what_is_not_stopped_cannot_resume(switch: OffSwitch) -> None:
    with pytest.raises(SwitchError, match="geen stop"):
        switch.resume("borne", "klaar", "Ans")


@pytest.mark.parametrize("broken", ["", "{", '[{"scope": "borne"}]', '"tekst"', "\x00"])
def test_a_state_that_cannot_be_read_stops_everything(switch: OffSwitch, broken: str) -> None:
    switch.stop("borne", "storing", "Ans")
    (switch.log.parent / "stops.json").write_text(broken + " " * 7, encoding="utf-8")
    assert switch.stopped("enschede") is not None


def test_staff_can_end_a_stop_whose_state_was_broken(switch: OffSwitch) -> None:
    switch.stop("borne", "storing", "Ans")
    (switch.log.parent / "stops.json").write_text("kapot", encoding="utf-8")
    switch.resume(EVERYWHERE, "bestand hersteld", "Ans")
    assert switch.stopped("enschede") is None
