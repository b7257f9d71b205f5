"""The `sam` command, called as a person would, on the real index."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sam import build_app

Command = Callable[..., Result]


@pytest.fixture
def sam_command(sam_index: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `sam ...` in this process; stdout and stderr stay apart."""
    monkeypatch.setenv("SAM_DATA_DIR", str(sam_index))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(build_app(list(arguments)), list(arguments))

    return call
