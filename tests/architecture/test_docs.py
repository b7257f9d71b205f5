"""The documentation names what there is, and nothing that is not."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import typer
from pydantic_settings import BaseSettings

import sam
from assistant.types import AnswerStatus
from tests.architecture.source import ROOT, python_files, table_rows


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# Settings


def _settings() -> Iterator[type[BaseSettings]]:
    for path in python_files():
        if path.name == "settings.py":
            module = import_module(".".join(path.with_suffix("").parts))
            for found in vars(module).values():
                if isinstance(found, type) and issubclass(found, BaseSettings) and found is not BaseSettings:
                    yield found


@cache
def _fields() -> dict[str, object]:
    """Every setting that Sam reads, with its default."""
    return {
        f"{model.model_config['env_prefix']}{name}".upper(): field.get_default(call_default_factory=False)
        for model in _settings()
        for name, field in model.model_fields.items()
    }


def _told_settings() -> dict[str, str]:
    rows = table_rows("docs/instellingen.md")
    return {row[0].strip("`"): row[1] for row in rows if row[0].startswith("`SAM_")}


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    assert all(name.startswith("SAM_") for name in _fields())
    assert _told_settings().keys() == _fields().keys()


def test_defaults_in_the_docs_are_the_defaults() -> None:
    for name, told in _told_settings().items():
        default = _fields()[name]
        if told == "leeg":
            assert default in ("", None), name
        elif told.startswith("`") and isinstance(default, int | float | str) and not isinstance(default, bool):
            assert told.strip("`") in (str(default), f"{default:g}" if isinstance(default, float) else ""), name


# Statuses


def test_every_status_is_explained_and_every_explained_status_exists() -> None:
    cells = [row[0].strip("`") for row in table_rows("docs/statussen.md")]
    told = {cell for cell in cells if re.fullmatch(r"[a-z]+_[a-z_]+", cell)}
    assert told == {status.value for status in AnswerStatus}
    assert {status.family for status in AnswerStatus} <= set(cells)


def test_statuses_are_family_and_reason() -> None:
    families = {"answered", "clarification", "signposted", "unanswerable", "blocked", "error"}
    assert {status.family for status in AnswerStatus} == families


# Commands


def _commands() -> list[str]:
    return list(sam._COMMANDS)


def _section(command: str) -> str:
    parts = re.split(r"^## ", _text("docs/opdrachten.md"), flags=re.MULTILINE)
    (section,) = [part for part in parts if part.startswith(f"sam {command}\n")]
    return section


def test_every_command_is_explained_and_every_explained_command_exists() -> None:
    headings = re.findall(r"^## sam (\w+)$", _text("docs/opdrachten.md"), flags=re.MULTILINE)
    assert sorted(headings) == sorted(_commands())
    first_cells = " ".join(row[0] for row in table_rows("docs/opdrachten.md"))
    assert all(f"`sam {command}`" in first_cells for command in _commands())


@pytest.mark.parametrize("command", _commands())
def test_every_option_is_explained_and_every_explained_option_exists(command: str) -> None:
    parameters = typer.main.get_command(sam.build_app([command])).commands[command].params  # type: ignore[attr-defined]
    options = {opt for p in parameters if p.param_type_name == "option" for opt in (*p.opts, *p.secondary_opts)}
    options -= {"--help"}
    section = _section(command)
    first_cells = " ".join(re.findall(r"^\| `[^|]*\|", section, flags=re.MULTILINE))
    told = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", first_cells))
    assert told == options


def test_the_readme_names_the_two_commands_to_start_with() -> None:
    readme = _text("README.md")
    assert "make run" in readme
    assert "make test" in readme


@pytest.mark.parametrize("target", ["install", "run", "test", "check", "fix", "bench", "clean"])
def test_make_targets_say_what_they_do(target: str) -> None:
    assert re.search(rf"^{target}:.*## \S", _text("Makefile"), flags=re.MULTILINE)


# Links


_DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))]


@pytest.mark.parametrize("document", _DOCUMENTS)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    text = re.sub(r"```.*?```", "", _text(document), flags=re.DOTALL)
    broken = []
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (ROOT / document).parent / path if path else ROOT / document
        if not there.exists():
            broken.append(target)
        elif anchor and there.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), flags=re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if anchor not in slugs:
                broken.append(target)
    assert broken == []


def test_pictures_are_there_and_say_what_they_show() -> None:
    if not (ROOT / "docs" / "beeld").is_dir():
        pytest.skip("docs/beeld: no pictures were made yet")
    for document in _DOCUMENTS:
        for description, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", _text(document)):
            assert len(description) > 10, document
            assert ((ROOT / document).parent / target).exists(), (document, target)


def test_adrs_are_numbered_in_a_row() -> None:
    numbers = [int(Path(path).name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md")) if path.name[:4].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
