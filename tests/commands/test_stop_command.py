"""`sam stop` and `sam hervat`, as staff type them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.switch import OffSwitch
from sam import build_app

RUNNER = CliRunner()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAM_DATA_DIR", str(tmp_path))
    return tmp_path


def call(*arguments: str) -> tuple[int, str]:
    result = RUNNER.invoke(build_app(arguments), arguments)
    return result.exit_code, result.output


def test_stop_and_resume_for_one_gemeente(data: Path) -> None:
    code, said = call("stop", "--gemeente", "Borne", "--reden", "nieuwe regels", "--door", "Ans")
    assert (code, OffSwitch(data).stopped("borne") is not None) == (0, True)
    assert "Gestopt: borne" in said
    code, said = call("hervat", "--gemeente", "borne", "--reden", "staat erin", "--door", "Ans")
    assert (code, OffSwitch(data).stops()) == (0, ())
    assert "Hervat: borne" in said


def test_stop_for_everyone_and_list(data: Path) -> None:
    assert call("stop", "--reden", "storing", "--door", "Ans")[0] == 0
    code, said = call("stop", "--lijst")
    assert code == 0
    assert "alle" in said
    assert "storing" in said


def test_the_list_without_a_stop(data: Path) -> None:
    assert call("stop", "--lijst") == (0, "Er is nu niets gestopt. Sam antwoordt voor iedereen.\n")


def test_a_stop_needs_a_reason(data: Path) -> None:
    code, said = call("stop")
    assert code == 2
    assert "reden" in said
    assert OffSwitch(data).stops() == ()


def test_an_unknown_gemeente_is_said_so(data: Path) -> None:
    code, said = call("stop", "--gemeente", "Utrecht", "--reden", "storing")
    assert code == 2
    assert "Utrecht" in said
    assert OffSwitch(data).stops() == ()


def test_what_is_not_stopped_cannot_resume(data: Path) -> None:
    code, said = call("hervat", "--reden", "klaar")
    assert code == 1
    assert "geen stop" in said


def test_the_user_of_the_machine_is_named_when_nobody_is(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "beheerder")
    monkeypatch.setenv("LOGNAME", "beheerder")
    call("stop", "--reden", "storing")
    assert json.loads(OffSwitch(data).log.read_text(encoding="utf-8"))["by"] == "beheerder"
