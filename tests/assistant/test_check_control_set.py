"""The checks together on sentences with one planted error and on true paraphrases, each with its real evidence."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.checks.grounding import check_grounding
from assistant.checks.promises import check_promises
from assistant.checks.tone import check_tone
from knowledge.gemeenten import load_gemeenten
from knowledge.regelingen import load_regelingen

DATASET = Path(__file__).parents[2] / "evals" / "datasets" / "controle.ontwikkel.jsonl"
FIGURES = {"bedrag", "percentage", "datum", "termijn", "leeftijd", "telefoon", "url", "email", "gemeente"}
KINDS = FIGURES | {"instantie", "ontkenning", "modaliteit", "belofte", "toon", "inhoud", "parafrase"}


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in DATASET.read_text(encoding="utf-8").splitlines())


@cache
def _passed() -> dict[str, bool]:
    gemeenten = load_gemeenten().values()
    places = tuple(gemeente.name for gemeente in gemeenten)
    bodies = tuple(body.name for gemeente in gemeenten for body in gemeente.bodies)
    checked = {}
    for row in _rows():
        grounded = check_grounding(row["zin"], row["bewijs"], places=places, bodies=bodies)
        others = (check_promises(row["zin"]), check_tone(row["zin"]))
        assert all(outcome.verdict != "error" for outcome in (grounded, *others)), row["id"]
        checked[row["id"]] = grounded.passed and all(outcome.passed for outcome in others)
    return checked


def _share(rows: Iterable[dict[str, Any]], passed: bool) -> float:
    found = [_passed()[row["id"]] is passed for row in rows]
    return sum(found) / len(found)


def test_the_set_is_large_enough_and_well_formed() -> None:
    rows = _rows()
    assert len({row["id"] for row in rows}) == len({row["zin"] for row in rows}) == len(rows)
    assert sum(row["goed"] for row in rows) >= 160
    assert sum(not row["goed"] for row in rows) >= 160
    assert {row["soort"] for row in rows} == KINDS
    assert all(row["goed"] is (row["soort"] == "parafrase") for row in rows)


def test_the_evidence_is_stored_text() -> None:
    stored = {t for page in load_regelingen() for section in page.sections for t in section.paragraphs}
    assert [row["id"] for row in _rows() if not set(row["bewijs"]) <= stored] == []


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_every_wrong_figure_and_gemeente_is_caught(kind: str) -> None:
    assert [row["zin"] for row in _rows() if row["soort"] == kind and _passed()[row["id"]]] == []


@pytest.mark.parametrize("kind", sorted(KINDS - FIGURES - {"parafrase"}))
def test_nearly_every_other_error_is_caught(kind: str) -> None:
    assert _share((row for row in _rows() if row["soort"] == kind), passed=False) >= 0.95


def test_errors_are_caught_and_paraphrases_pass() -> None:
    assert _share((row for row in _rows() if not row["goed"]), passed=False) >= 0.98
    assert _share((row for row in _rows() if row["goed"]), passed=True) >= 0.95
