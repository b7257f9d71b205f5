"""Who may import whom, and the one home of every library that we may want to replace."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from tests.architecture.source import PACKAGES, ROOT, called_name, calls, python_files, table_rows, tree

HOMES = {
    "chromadb": "knowledge/chroma_index.py",
    "sentence_transformers": "knowledge/embedding.py",
    "transformers": "knowledge/embedding.py",
    "bm25s": "knowledge/lexical.py",
    "sklearn": "knowledge/topics.py knowledge/likeness.py knowledge/linear_likeness.py",
    "simplemma": "knowledge/gloss.py knowledge/place_spelling.py knowledge/word_spelling.py",
    "Stemmer": "knowledge/text.py",
    "rapidfuzz": "knowledge/place_spelling.py knowledge/word_spelling.py",
    "py3langid": "assistant/checks/language.py",
    "sqlite3": "knowledge/vector_cache.py ingest/fetch_cache.py",
    "langchain_text_splitters": "ingest/splitting.py",
    "pypdf": "ingest/loaders/",
    "langchain_core": "assistant/generation/",
    "langchain_ollama": "assistant/generation/",
    "langchain_openai": "assistant/generation/",
    "ollama": "assistant/generation/",
    "openai": "assistant/generation/",
    "fastapi": "web/",
    "starlette": "web/",
    "jinja2": "web/",
    "uvicorn": "web/",
}
RIGHT_OF = {
    "web": {"evals", "assistant", "knowledge"},
    "evals": {"assistant", "ingest", "knowledge"},
    "assistant": {"knowledge"},
    "ingest": {"knowledge"},
    "knowledge": set[str](),
}


def _imported(path: Path) -> Iterator[str]:
    """Modules that a module imports, also inside functions and by name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
    for call in calls(path):
        if called_name(call) in ("import_module", "find_spec", "__import__"):
            yield from (str(a.value) for a in call.args if isinstance(a, ast.Constant))


def _at_home(path: Path, homes: str) -> bool:
    return any(
        path.as_posix() == home or (home.endswith("/") and path.as_posix().startswith(home)) for home in homes.split()
    )


@pytest.mark.parametrize("path", python_files(), ids=PurePath.as_posix)
def test_libraries_stay_at_home(path: Path) -> None:
    strays = {
        library
        for library in (name.partition(".")[0] for name in _imported(path))
        if library in HOMES and not _at_home(path, HOMES[library])
    }
    assert strays == set()


def test_homes_exist_and_the_architecture_page_names_the_same() -> None:
    for homes in HOMES.values():
        assert all((ROOT / home).exists() for home in homes.split())
    told = [
        row for row in table_rows("docs/architectuur.md") if len(row) == 2 and row[1].strip("`").endswith((".py", "/"))
    ]
    libraries = [(library.strip(), row[1].strip("`")) for row in told for library in row[0].split(",")]
    libraries = [(library, home) for library, home in libraries if library in HOMES]
    assert len(libraries) >= 8
    for library, home in libraries:
        assert home.startswith(HOMES[library]), library


@pytest.mark.parametrize("path", python_files(), ids=PurePath.as_posix)
def test_a_package_imports_only_to_its_right(path: Path) -> None:
    package = path.parts[0]
    if package not in PACKAGES:
        return
    used = {name.partition(".")[0] for name in _imported(path)} & set(PACKAGES)
    assert used - {package} <= RIGHT_OF[package]


def test_import_linter_keeps_its_contracts() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


def test_help_loads_no_package() -> None:
    code = f"import sys, sam; sam.build_app([]); print([name for name in {PACKAGES} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
