"""The `sam` command, called as a person would, on the real index."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.composition import Assistant
from assistant.settings import Settings
from sam import build_app

Command = Callable[..., Result]


@pytest.fixture
def sam_command(sam: Assistant, sam_index: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `sam ...` in this process; on the shared index the models are loaded once for all tests."""
    monkeypatch.setenv("SAM_DATA_DIR", str(sam_index))
    monkeypatch.setenv("COLUMNS", "200")

    def build(settings: Settings) -> Assistant:
        return sam if settings == sam.settings else Assistant(settings)

    monkeypatch.setattr("assistant.cli.Assistant", build)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(build_app(list(arguments)), list(arguments))

    return call
