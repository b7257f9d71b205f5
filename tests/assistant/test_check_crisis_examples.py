"""The examples of danger: read from their file, and learned from again."""

from pathlib import Path

import pytest

from assistant.checks.crisis_examples import HARMLESS, load_examples
from assistant.checks.crisis_learning import relearn
from assistant.errors import TextsError


def test_examples_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "voorbeelden.tsv"
    path.write_text('soort\tzin\ngeen\tdag "allemaal"\nzelfdoding\tik wil dood\n', encoding="utf-8")
    assert load_examples(path) == [("geen", 'dag "allemaal"'), ("zelfdoding", "ik wil dood")]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match=r"weg\.tsv"):
        load_examples(tmp_path / "weg.tsv")


def test_a_line_without_two_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "voorbeelden.tsv"
    path.write_text("soort\tzin\ngeen\tgoed\nfout\n", encoding="utf-8")
    with pytest.raises(TextsError, match="regel 3"):
        load_examples(path)


def test_there_is_enough_to_learn_from() -> None:
    names = [name for name, _ in load_examples()]
    assert names.count(HARMLESS) > 1000
    assert all(names.count(name) > 150 for name in set(names))


def test_learning_again_gives_what_is_kept(tmp_path: Path) -> None:
    texts = [("zelfdoding", "ik wil dood"), ("geen", "ik wil een fiets"), ("zelfdoding", "laat mij maar sterven")]
    path = tmp_path / "geleerd.npz"
    model = relearn(path, examples=[*texts, ("direct-gevaar", "hij heeft een mes")])
    assert path.exists()
    assert model.judge("ik wil sterven")[1] == "zelfdoding"
    assert model.judge("ik wil sterven")[0] > model.judge("waar vraag ik een fiets aan")[0]
