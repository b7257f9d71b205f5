"""`sam vraag --batch`: same order, ids kept, a bad line never stops the rest."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.test_wire import ANSWER_FIELDS
from tests.commands.conftest import Command

GOOD = {"id": "goed", "vraag": "Hoe vraag ik bijstand aan?", "gemeente": "enschede"}


def batch(sam_command: Command, tmp_path: Path, content: str | bytes) -> list[dict[str, Any]]:
    """The answers to a batch file with this content."""
    source, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = sam_command("vraag", "--batch", str(source), "--uit", str(target))
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def rows(*entries: object) -> str:
    return "\n".join(entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries)


def test_good_and_bad_lines_keep_their_order_and_ids(sam_command: Command, tmp_path: Path) -> None:
    answers = batch(
        sam_command,
        tmp_path,
        rows(
            {**GOOD, "id": "a"},
            "{dit is geen json",
            {"id": "c", "vraag": "Hoe vraag ik bijstand aan?", "gemeente": "amsterdam"},
            {"id": "d"},
            {"vraag": "geen id"},
            {"id": 6, "vraag": "ik wil niet meer leven"},
            "[1, 2]",
            '"los"',
            "null",
            {"id": "j", "vraag": 5},
            {"id": "k", "vraag": "x", "gemeente": 3},
            {"id": "l", "vraag": ""},
            {**GOOD, "id": "m", "onbekend": "veld"},
        ),
    )
    assert [answer["id"] for answer in answers] == ["a", None, "c", "d", None, 6, None, None, None, "j", "k", "l", "m"]
    assert [answer["status"] for answer in answers] == [
        "answered_regeling",
        "error_input",
        "error_input",
        "error_input",
        "error_input",
        "signposted_crisis",
        "error_input",
        "error_input",
        "error_input",
        "error_input",
        "error_input",
        "blocked_input",
        "answered_regeling",
    ]
    assert all(list(answer) == ANSWER_FIELDS for answer in answers)


def test_a_bad_line_says_what_is_wrong(sam_command: Command, tmp_path: Path) -> None:
    bad, unknown, missing = batch(
        sam_command, tmp_path, rows("{", {"id": "2", "vraag": "x", "gemeente": "amsterdam"}, {"id": "3"})
    )
    assert "JSON" in bad["tekst"]
    assert "amsterdam" in unknown["tekst"]
    assert "vraag" in missing["tekst"]


def test_empty_lines_are_skipped(sam_command: Command, tmp_path: Path) -> None:
    answers = batch(sam_command, tmp_path, f"\n\n{json.dumps(GOOD)}\n   \n{json.dumps({**GOOD, 'id': 'b'})}\n\n")
    assert [answer["id"] for answer in answers] == ["goed", "b"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_gives_an_empty_file(sam_command: Command, tmp_path: Path, content: bytes) -> None:
    assert batch(sam_command, tmp_path, content) == []


def test_a_byte_order_mark_and_windows_line_ends(sam_command: Command, tmp_path: Path) -> None:
    lines = "\r\n".join((json.dumps(GOOD), json.dumps({**GOOD, "id": "b"})))
    answers = batch(sam_command, tmp_path, b"\xef\xbb\xbf" + lines.encode() + b"\r\n")
    assert [(answer["id"], answer["status"]) for answer in answers] == [
        ("goed", "answered_regeling"),
        ("b", "answered_regeling"),
    ]


def test_a_line_separator_inside_a_question_does_not_cut_the_line(sam_command: Command, tmp_path: Path) -> None:
    question = "Hoe vraag ik\u2028bijstand\u0085aan in Borne?"
    answers = batch(sam_command, tmp_path, rows({"id": "a", "vraag": question}, {**GOOD, "id": "b"}))
    assert [(answer["id"], answer["status"]) for answer in answers] == [
        ("a", "answered_regeling"),
        ("b", "answered_regeling"),
    ]


def test_history_counts(sam_command: Command, tmp_path: Path) -> None:
    history = [
        {"rol": "gebruiker", "tekst": "Hoeveel is de individuele inkomenstoeslag in Borne?"},
        {"rol": "sam", "tekst": "Dat is een bedrag per jaar."},
    ]
    with_history, without = batch(
        sam_command,
        tmp_path,
        rows(
            {"id": "1", "vraag": "En hoe vraag ik het aan?", "historie": history},
            {"id": "2", "vraag": "En hoe vraag ik het aan?"},
        ),
    )
    assert with_history["gemeente"] == "borne"
    assert with_history["bronnen"][0]["onderwerp"] == "individuele-inkomenstoeslag"
    assert without["status"].startswith("clarification")


@pytest.mark.parametrize(
    "history",
    [[{"rol": "bot", "tekst": "x"}], [{"tekst": "x"}], [{"rol": "sam", "tekst": 3}], "tekst", [["rol", "sam"]], [{}]],
)
def test_a_wrong_history_is_a_bad_line(sam_command: Command, tmp_path: Path, history: object) -> None:
    answers = batch(sam_command, tmp_path, rows({**GOOD, "historie": history}, {**GOOD, "id": "b"}))
    assert [answer["status"] for answer in answers] == ["error_input", "answered_regeling"]


@pytest.mark.parametrize("value", [None, []])
def test_no_gemeente_and_no_history_may_be_written_out(sam_command: Command, tmp_path: Path, value: object) -> None:
    entry = {"id": "1", "vraag": "Hoe vraag ik bijstand aan in Borne?", "gemeente": None, "historie": value}
    assert batch(sam_command, tmp_path, rows(entry))[0]["status"] == "answered_regeling"


def test_lines_are_answered_apart_from_each_other(sam_command: Command, tmp_path: Path) -> None:
    first, second = batch(
        sam_command,
        tmp_path,
        rows(
            {"id": "1", "vraag": "Hoe vraag ik bijstand aan in Borne?"},
            {"id": "2", "vraag": "Hoe vraag ik bijstand aan?"},
        ),
    )
    assert first["gemeente"] == "borne"
    assert second["status"] == "clarification_gemeente"


def test_a_file_that_is_not_there_exits_2(sam_command: Command, tmp_path: Path) -> None:
    done = sam_command("vraag", "--batch", str(tmp_path / "niets.jsonl"), "--uit", str(tmp_path / "uit.jsonl"))
    assert done.exit_code == 2
    assert "niet te lezen" in done.stderr


def test_a_file_that_is_not_utf8_exits_2(sam_command: Command, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes("{'é'}".encode("latin-1"))
    done = sam_command("vraag", "--batch", str(source), "--uit", str(tmp_path / "uit.jsonl"))
    assert done.exit_code == 2
    assert "UTF-8" in done.stderr


def test_a_place_that_cannot_be_written_exits_2(sam_command: Command, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(GOOD), encoding="utf-8")
    done = sam_command("vraag", "--batch", str(source), "--uit", str(tmp_path / "geen" / "map" / "uit.jsonl"))
    assert done.exit_code == 2
    assert "niet te schrijven" in done.stderr


def test_without_an_index_a_batch_exits_1_and_writes_nothing(sam_command: Command, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "uit.jsonl"
    source.write_text(json.dumps(GOOD), encoding="utf-8")
    done = sam_command("vraag", "--batch", str(source), "--uit", str(target), "--index", str(tmp_path / "leeg"))
    assert done.exit_code == 1
    assert "sam index" in done.stderr
    assert not target.exists()
