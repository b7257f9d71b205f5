"""Code is English; the Dutch words in it stand in a closed list, with the reason why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.gloss import load_glossary
from tests.architecture.source import PACKAGES, ROOT, python_files, table_rows, tree

# Words of the glossary that are English too, or names of formats and tools.
ENGLISH_TOO = {
    "agent", "analyse", "apart", "app", "bad", "band", "best", "box", "brief", "chat", "code", "codes", "data",
    "deed", "direct", "flat", "folder", "gap", "iban", "info", "int", "ipv", "kind", "lang", "last", "links", "long",
    "lost", "mail", "min", "nat", "norm", "over", "past", "percentages", "plan", "post", "privacy", "records",
    "rest", "routes", "schema", "site", "slot", "stem", "super", "taken", "ten", "top", "training", "type", "word",
}  # fmt: skip


def _begrippen() -> dict[str, str]:
    return {row[0]: row[1] for row in table_rows("docs/begrippen.md") if row[0] != "begrip" and len(row) == 2}


def _parts(name: str) -> Iterator[str]:
    return (part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name))


def _names(path: Path) -> Iterator[str]:
    yield from path.with_suffix("").parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg | ast.keyword):
            yield node.arg or ""
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def _identifier_words() -> dict[str, str]:
    """Every word in an identifier, with a place where it stands."""
    return {part: f"{path}: {name}" for path in python_files() for name in _names(path) for part in _parts(name)}


def test_every_dutch_word_in_an_identifier_is_in_the_list() -> None:
    glossary = load_glossary()
    dutch = {
        word: place
        for word, place in _identifier_words().items()
        if len(word) > 2 and glossary.get(word, word) != word and word not in ENGLISH_TOO
    }
    unknown = {word: place for word, place in dutch.items() if word not in _begrippen()}
    assert unknown == {}, "use an English word, or add the Dutch one to docs/begrippen.md with its reason"


def test_the_list_holds_the_words_that_code_is_known_to_use() -> None:
    known = {
        "gemeente",
        "gemeenten",
        "regeling",
        "regelingen",
        "regelkaart",
        "peildatum",
        "vraag",
        "zoek",
        "upl",
        "bsn",
    }
    assert known <= _begrippen().keys()
    assert known <= _identifier_words().keys()


def _all_words() -> set[str]:
    """Words of the product itself: code, texts, templates, and names in the content."""
    files = [ROOT / path for path in python_files()]
    files += [
        p for package in PACKAGES for p in (ROOT / package).rglob("*") if p.suffix in (".yaml", ".html", ".jsonl")
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return {part for name in set(re.findall(r"[A-Za-z]+", text)) for part in (*_parts(name), name.lower())}


def test_every_word_of_the_list_is_used_and_explained() -> None:
    begrippen = _begrippen()
    assert len(begrippen) > 50
    assert sorted(begrippen.keys() - _all_words()) == []
    assert [word for word, reason in begrippen.items() if len(reason) < 5] == []


def test_the_list_is_in_order_and_without_doubles() -> None:
    words = [row[0] for row in table_rows("docs/begrippen.md") if row[0] != "begrip"]
    assert words == sorted(set(words))


def test_the_exceptions_are_needed() -> None:
    assert sorted(ENGLISH_TOO - load_glossary().keys()) == []
