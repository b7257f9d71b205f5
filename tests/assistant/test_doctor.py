"""What `sam doctor` finds, and what it says to do about it."""

from datetime import date
from pathlib import Path

import pytest

from assistant.doctor import Finding, examine
from assistant.settings import Settings
from tests.conftest import TODAY


def findings(settings: Settings, today: date = TODAY) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(settings, today)}


def test_a_healthy_sam(sam_index: Path) -> None:
    found = findings(Settings(data_dir=sam_index))
    assert not [finding for finding in found.values() if finding.verdict == "fout"]
    assert {"python", "chromadb", "torch", "zoekmodel", "taalmodel", "index", "kennis"} <= set(found)
    assert "16 gebieden" in found["index"].text
    assert "14 gemeenten" in found["kennis"].text
    assert "384" in found["zoekmodel"].text


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    found = findings(Settings(data_dir=tmp_path, embedding_model="hash"))
    assert found["index"].verdict == "fout"
    assert "sam index" in found["index"].text


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    found = findings(Settings(data_dir=tmp_path, embedding_model="does-not-exist"))
    assert found["zoekmodel"].verdict == "fout"
    assert "SAM_EMBEDDING_MODEL" in found["zoekmodel"].text


def test_a_package_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.doctor._PACKAGES", ("no-such-package",))
    found = findings(Settings(data_dir=tmp_path, embedding_model="hash"))
    assert found["no-such-package"].verdict == "fout"
    assert "make install" in found["no-such-package"].text


def test_old_knowledge_is_counted_and_grows_older(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedding_model="hash")
    now, later = findings(settings), findings(settings, date(2040, 1, 1))
    assert now["kennis"].verdict == "let op"
    assert now["kennis"].text != later["kennis"].text
    assert later["oudste"].verdict == "let op"
