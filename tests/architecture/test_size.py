"""Code that fits in a head: short functions, short modules."""

import ast
from pathlib import Path, PurePath

import pytest

from tests.architecture.source import ROOT, python_files, tree

LONGEST_FUNCTION, LONGEST_MODULE = 60, 400


@pytest.mark.parametrize("path", python_files(), ids=PurePath.as_posix)
def test_size(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in long.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", python_files(), ids=PurePath.as_posix)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)) or not (ROOT / path).read_text(encoding="utf-8").strip()
