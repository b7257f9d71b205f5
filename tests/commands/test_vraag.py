"""`sam vraag`: one question, one answer."""

import json
from pathlib import Path

import pytest

from tests.assistant.test_wire import ANSWER_FIELDS
from tests.commands.conftest import Command


def test_an_answer_to_read(sam_command: Command) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?", "--gemeente", "enschede")
    assert done.exit_code == 0
    assert "[1]" in done.output
    assert "Bronnen" in done.output
    assert "https://" in done.output
    assert "peildatum" in done.output


def test_an_answer_as_json(sam_command: Command) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?", "-g", "enschede", "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert list(data) == ANSWER_FIELDS
    assert data["gemeente"] == "enschede"
    assert data["status"] == "answered_regeling"


@pytest.mark.parametrize(
    ("question", "family"),
    [
        ("ik wil niet meer leven", "signposted"),
        ("", "blocked"),
        ("?!", "blocked"),
        ("x" * 10_000, "blocked"),
        ("hallo", "clarification"),
        ("Hoe vraag ik bijstand aan?", "clarification"),
        ("recept voor appeltaart", "unanswerable"),
        ("Ik woon in Deventer en heb schulden", "signposted"),
    ],
)
def test_every_family_but_error_exits_0(sam_command: Command, question: str, family: str) -> None:
    done = sam_command("vraag", question, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["status"].partition("_")[0] == family


def test_choices_are_shown(sam_command: Command) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?")
    assert "In welke gemeente woont u?" in done.output
    assert "Rijssen-Holten" in done.output


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Enschede", "enschede"),
        ("hof van twente", "hof-van-twente"),
        ("Nijverdal", "hellendoorn"),
        ("RIJSSEN-HOLTEN", "rijssen-holten"),
    ],
)
def test_a_gemeente_may_be_typed_in_many_ways(sam_command: Command, typed: str, slug: str) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?", "--gemeente", typed, "--json")
    assert json.loads(done.stdout)["gemeente"] == slug


@pytest.mark.parametrize("typed", ["Amsterdam", "xyz", "Haarle", ""])
def test_an_unknown_gemeente_exits_2_with_the_list(sam_command: Command, typed: str) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?", "--gemeente", typed)
    assert done.exit_code == 2
    assert "Kies uit" in done.stderr
    assert "hof-van-twente" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [(), ("--json",), ("vraag", "--batch", "in.jsonl"), ("--batch", "in.jsonl")])
def test_wrong_use_exits_2_with_an_example(sam_command: Command, arguments: tuple[str, ...]) -> None:
    done = sam_command("vraag", *arguments)
    assert done.exit_code == 2
    assert "sam vraag" in done.stderr


def test_without_an_index_a_question_gives_a_dutch_message_and_exit_1(sam_command: Command, tmp_path: Path) -> None:
    done = sam_command("vraag", "Hoe vraag ik bijstand aan?", "-g", "enschede", "--index", str(tmp_path))
    assert done.exit_code == 1
    assert "sam index" in done.stderr
    assert "Traceback" not in done.output


def test_without_an_index_a_person_in_danger_is_still_helped(sam_command: Command, tmp_path: Path) -> None:
    done = sam_command("vraag", "ik wil niet meer leven", "--index", str(tmp_path))
    assert done.exit_code == 0
    assert "113" in done.output


def test_markup_of_the_terminal_in_a_question_does_no_harm(sam_command: Command) -> None:
    assert sam_command("vraag", "[bold]Hoe vraag ik [/red] bijstand aan?[/]", "-g", "borne").exit_code == 0
