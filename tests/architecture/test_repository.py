"""What is published names no place on a machine and no one's notes."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, product_files

# Written in pieces, so that this file does not name them itself.
PLACES = re.compile(
    r"(?<![\w./-])/(?:work|root|home/\w+|Users/\w+)/"
    + "|"
    + "scr"
    + r"atch/|\bBRIEF"
    + r"\.md|\bHAB"
    + r"ITS\.md|\bCONTR"
    + r"ACT\.md"
)
NOTES = re.compile(r"(?<![\w-])(?:\.\./)?shar" + r"ed/")
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b")
TEXT = {".md", ".py", ".yaml", ".yml", ".toml", ".html", ".css", ".js", ".tsv", ".jsonl", ".txt", ".cfg", ".svg", ""}
FILES = [path for path in product_files() if path.suffix in TEXT]

pytestmark = pytest.mark.skipif(not product_files(), reason="this is no git checkout")


def _lines(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_one_machine() -> None:
    assert _lines(PLACES, FILES) == []


def test_only_tests_and_benchmarks_may_look_beside_the_repository() -> None:
    product = [path for path in FILES if path.parts[0] not in ("tests", "benchmarks")]
    assert _lines(NOTES, product) == []


def test_no_file_holds_a_key() -> None:
    assert _lines(SECRETS, FILES) == []


def test_no_file_is_large() -> None:
    large = [str(path) for path in product_files() if (ROOT / path).stat().st_size > 8_000_000]
    assert large == []


def test_text_files_are_utf8_and_end_with_a_line_end() -> None:
    for path in FILES:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not text or text.endswith("\n"), path
        assert "\r" not in text, path


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "publiccode.yml"]
)
def test_what_a_public_repository_needs(name: str) -> None:
    assert (ROOT / name).stat().st_size > 100
