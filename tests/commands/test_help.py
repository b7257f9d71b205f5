"""`sam` itself: help is instant, and wrong use is told in time."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Command

ROOT = Path(__file__).parents[2]
HEAVY = ("torch", "chromadb", "sentence_transformers", "transformers", "fastapi", "langchain_core", "sklearn", "pypdf")
WATCH = f"""
import sys
import sam
sys.argv = ["sam", "--help"]
try:
    sam.main()
except SystemExit as ended:
    print("exit", ended.code)
print("loaded", [name for name in {HEAVY!r} if name in sys.modules])
"""


def run(*command: str, data_dir: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    if data_dir is not None:
        environment["SAM_DATA_DIR"] = str(data_dir)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_help_loads_nothing_heavy_and_names_every_command() -> None:
    started = time.monotonic()
    done = run(sys.executable, "-c", WATCH)
    assert "exit 0" in done.stdout
    assert "loaded []" in done.stdout
    assert time.monotonic() - started < 10, "instant on a machine that has nothing else to do"
    for command in ("vraag", "zoek", "index", "ingest", "serve", "doctor"):
        assert command in done.stdout


def test_a_real_process_answers_with_the_right_exit_code(sam_index: Path) -> None:
    done = run(sys.executable, "sam.py", "vraag", "hallo", data_dir=sam_index)
    assert done.returncode == 0, done.stderr
    assert "Ik ben Sam" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["zoek", "vraag"])
def test_a_real_process_without_an_index(tmp_path: Path, command: str) -> None:
    done = run(sys.executable, "sam.py", command, "Hoe vraag ik bijstand aan?", data_dir=tmp_path)
    assert done.returncode == 1
    assert "Er is nog geen index. Draai: sam index" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("onzin",), ("vraag", "--onzin"), ("zoek",), ("zoek", "x", "--aantal", "0")])
def test_wrong_use_exits_2(sam_command: Command, arguments: tuple[str, ...]) -> None:
    assert sam_command(*arguments).exit_code == 2


def test_without_arguments_help_is_shown(sam_command: Command) -> None:
    assert "vraag" in sam_command().output


@pytest.mark.parametrize("command", ["vraag", "zoek", "doctor"])
def test_help_of_a_command_is_dutch(sam_command: Command, command: str) -> None:
    done = sam_command(command, "--help")
    assert done.exit_code == 0
    assert "--index" in done.output
    assert "map" in done.output
