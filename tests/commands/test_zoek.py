"""`sam zoek`: passages with scores and why, no answer."""

import json
from pathlib import Path

import pytest

from tests.assistant.test_wire import PASSAGE_FIELDS
from tests.commands.conftest import Command


def test_passages_as_json(sam_command: Command) -> None:
    done = sam_command("zoek", "kwijtschelding van belasting", "--gemeente", "hengelo", "--json")
    assert done.exit_code == 0
    passages = json.loads(done.stdout)["passages"]
    assert len(passages) == 5
    assert all(set(PASSAGE_FIELDS) <= set(passage) for passage in passages)
    assert [passage["rang"] for passage in passages] == [1, 2, 3, 4, 5]
    scores = [passage["score"] for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert {passage["gemeente"] for passage in passages} <= {"hengelo", "regio-twente", "landelijk"}
    assert passages[0]["onderwerp"] == "kwijtschelding"
    assert all(passage["tekst"] and passage["url"].startswith("http") for passage in passages)


@pytest.mark.parametrize("count", [1, 12])
def test_as_many_as_asked(sam_command: Command, count: int) -> None:
    done = sam_command("zoek", "bijstand", "-g", "borne", "-n", str(count), "--json")
    assert len(json.loads(done.stdout)["passages"]) == count


def test_without_a_gemeente_everywhere(sam_command: Command) -> None:
    done = sam_command("zoek", "individuele inkomenstoeslag", "--aantal", "30", "--json")
    assert len({passage["gemeente"] for passage in json.loads(done.stdout)["passages"]}) > 3


def test_passages_to_read(sam_command: Command) -> None:
    done = sam_command("zoek", "schoolreisje betalen", "-g", "hengelo", "-n", "2")
    assert done.exit_code == 0
    assert "1. " in done.output
    assert "2. " in done.output
    assert "peildatum" in done.output
    assert "hengelo" in done.output


def test_an_unknown_gemeente_exits_2_with_the_list(sam_command: Command) -> None:
    done = sam_command("zoek", "bijstand", "--gemeente", "Amsterdam")
    assert done.exit_code == 2
    assert "hof-van-twente" in done.stderr


def test_without_an_index(sam_command: Command, tmp_path: Path) -> None:
    done = sam_command("zoek", "bijstand", "--index", str(tmp_path))
    assert done.exit_code == 1
    assert done.stderr.strip() == "Er is nog geen index. Draai: sam index"


def test_an_index_of_another_model_is_told(sam_command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAM_EMBEDDING_MODEL", "hash")
    done = sam_command("zoek", "bijstand")
    assert done.exit_code == 1
    assert "sam index" in done.stderr


@pytest.mark.parametrize("question", ["", "???", "x" * 5_000, "[red]"])
def test_odd_questions_do_not_break_it(sam_command: Command, question: str) -> None:
    assert sam_command("zoek", question, "--json").exit_code == 0
