"""`sam doctor`: exit 0 when all is well, 1 when something must be done."""

from pathlib import Path

from tests.commands.conftest import Command


def test_all_is_well(sam_command: Command) -> None:
    done = sam_command("doctor")
    assert done.exit_code == 0, done.output
    assert "zoekmodel" in done.output
    assert "fout" not in done.output


def test_no_index_is_something_to_do(sam_command: Command, tmp_path: Path) -> None:
    done = sam_command("doctor", "--index", str(tmp_path))
    assert done.exit_code == 1
    assert "sam index" in done.output
