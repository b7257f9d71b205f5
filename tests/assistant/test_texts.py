"""Fixed texts: a variable that is missing or not used is an error, and every text is used and kind."""

import re
from pathlib import Path

import pytest

import assistant
from assistant.errors import TextsError
from assistant.texts import FOLDER, Texts, compile_patterns, load_yaml
from assistant.types import Aspect, Mood

TEXTS = Texts({"plain": "Dag.", "one": "Dag {name}.", "two": "{a} en {b} en {a}"})
CODE = Path(assistant.__file__).parent


def test_variables_are_filled_in() -> None:
    assert TEXTS.get("plain") == "Dag."
    assert TEXTS.get("one", name="Sam") == "Dag Sam."
    assert TEXTS.get("two", a="1", b="2") == "1 en 2 en 1"


@pytest.mark.parametrize(
    ("key", "variables"),
    [
        ("one", {}),
        ("one", {"nam": "Sam"}),
        ("one", {"name": "Sam", "extra": "x"}),
        ("plain", {"name": "Sam"}),
        ("two", {"a": "1"}),
    ],
)
def test_a_missing_or_extra_variable_is_an_error(key: str, variables: dict[str, str]) -> None:
    with pytest.raises(TextsError, match=key):
        TEXTS.get(key, **variables)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(TextsError, match="nothing"):
        TEXTS.get("nothing")


def test_what_is_filled_in_is_not_read_again() -> None:
    assert TEXTS.get("two", a="{b}", b="x") == "{b} en x en {b}"


@pytest.mark.parametrize("content", ["key: [a, b]", "key: 3", "key:"])
def test_a_file_with_something_else_than_text_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TextsError, match="key"):
        Texts.load(path)


def test_a_missing_or_broken_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match=r"nothing\.yaml"):
        load_yaml(tmp_path / "nothing.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [", encoding="utf-8")
    with pytest.raises(TextsError, match=r"broken\.yaml"):
        load_yaml(broken)
    broken.write_text("name: ['(']", encoding="utf-8")
    with pytest.raises(TextsError, match="name"):
        compile_patterns(broken)


@pytest.mark.parametrize("name", ["antwoorden.yaml", "doctor.yaml"])
def test_every_text_is_used_in_the_code(name: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE.rglob("*.py"))
    keys = Texts.load(FOLDER / name).keys()
    unused = {key for key in keys if f'"{key}"' not in code}
    assert unused == set()


def test_the_word_lists_name_what_the_code_knows() -> None:
    assert {Aspect(name) for name in compile_patterns(FOLDER / "aspecten.yaml")} == set(Aspect) - {Aspect.WHAT}
    assert {Mood(name) for name in compile_patterns(FOLDER / "stemming.yaml")} == set(Mood) - {Mood.NEUTRAL}


@pytest.mark.parametrize("key", sorted(Texts.load().keys()))
def test_a_text_is_short_and_says_u(key: str) -> None:
    text = load_yaml(FOLDER / "antwoorden.yaml")[key].strip()
    sentences = [part for part in re.split(r"(?<=[.!?:])\s+", text) if part]
    assert max(len(sentence.split()) for sentence in sentences) <= 18, text
    assert not re.search(r"\b(?:jij|jouw|je)\b", text)
