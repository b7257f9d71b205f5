"""Fixed texts: every key is used, every use exists, with the variables that the text declares."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.architecture.source import ROOT, called_name, calls, python_files, strings

ANSWERS = Path("assistant/texts/antwoorden.yaml")
_VARIABLE = re.compile(r"\{(\w+)\}")


def _texts(path: Path) -> dict[str, set[str]]:
    """Keys of a file of texts, with the variables that each declares; empty for another kind of file."""
    rows = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    if not isinstance(rows, dict) or not all(isinstance(text, str) for text in rows.values()):
        return {}
    return {key: set(_VARIABLE.findall(text)) for key, text in rows.items()}


def _files(package: str) -> list[Path]:
    found = (path.relative_to(ROOT) for path in (ROOT / package).rglob("*.yaml") if "content" not in path.parts)
    return sorted(path for path in found if _texts(path))


def _is_texts(call: ast.Call) -> bool:
    """Whether this is `texts.get(…)`, `self._texts.get(…)` or `text(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr == "get" and ast.unparse(function.value).rpartition(".")[2] in ("texts", "_texts")
    return called_name(call) == "text"


def _keys(node: ast.expr) -> list[str]:
    """The keys an argument can be, as far as they stand in the code."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_keys(node.body), *_keys(node.orelse)]
    return []


def _uses() -> Iterator[tuple[Path, int, str, set[str] | None]]:
    """Every use of a text: module, line, key, variables (None when they are passed on with `**`)."""
    for path in python_files():
        for call in calls(path):
            if _is_texts(call) and call.args:
                names = {keyword.arg for keyword in call.keywords}
                for key in _keys(call.args[0]):
                    yield path, call.lineno, key, None if None in names else {name for name in names if name}


def test_there_are_texts_and_uses() -> None:
    assert len(_texts(ANSWERS)) > 30
    assert len(list(_uses())) > 40


def test_every_use_names_a_text_of_its_package_with_its_variables() -> None:
    wrong = []
    for path, line, key, variables in _uses():
        # `web` also shows texts of `assistant`; each package has its own files.
        packages = ("web", "assistant") if path.parts[0] == "web" else (path.parts[0],)
        known = [texts[key] for package in packages for file in _files(package) if key in (texts := _texts(file))]
        if not known or (variables is not None and variables not in known):
            wrong.append(f"{path}:{line} {key} {sorted(variables or ())}")
    assert wrong == []


@pytest.mark.parametrize("file", [ANSWERS, Path("assistant/texts/doctor.yaml")], ids=lambda path: path.stem)
def test_every_text_of_an_answer_is_used(file: Path) -> None:
    used = {text for path in python_files() for text in strings(path)}
    assert sorted(_texts(file).keys() - used) == []


@pytest.mark.parametrize(
    "file", [file for package in ("assistant", "ingest", "web") for file in _files(package)], ids=str
)
def test_texts_promise_nothing_and_say_u(file: Path) -> None:
    rows = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))
    for key, text in rows.items():
        assert text.strip(), key
        assert not re.search(r"\bu (?:krijgt|ontvangt|heeft recht op)\b", text, re.IGNORECASE), key
        assert not re.search(r"\b(?:jij|jou|jouw|jullie)\b", text), key


def test_pattern_files_compile() -> None:
    for file in sorted((ROOT / "assistant" / "texts").glob("*.yaml")):
        for pattern in re.findall(r"^\s*- '(.+)'$", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            re.compile(pattern.replace("''", "'"))
