"""The regional plan documents."""

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.plannen import load_plans

GOOD = """---
title: Plan
gemeente: regio-twente
topic: plan
year: 2025
source: {url: https://plan.example, title: Plan, peildatum: 2025-01, zekerheid: hoog}
---

## Waar gaat het over?

Het gaat over Twente.
"""


def _write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "plannen").mkdir(exist_ok=True)
    (tmp_path / "plannen" / "plan.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_plan_is_read(tmp_path: Path) -> None:
    (plan,) = load_plans(_write(tmp_path, GOOD))
    assert (plan.slug, plan.title, plan.scope, plan.topic, plan.year) == (
        "plan",
        "Plan",
        "regio-twente",
        "plan",
        "2025",
    )
    assert plan.source.peildatum == "2025-01"
    assert [(section.heading, section.paragraphs) for section in plan.sections] == [
        ("Waar gaat het over?", ("Het gaat over Twente.",))
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Plan\n", ""),
        ("year: 2025\n", ""),
        ("url: https://plan.example, ", ""),
        ("source: {", "source: ["),
        ("## Waar", "Losse tekst.\n\n## Waar"),
    ],
)
def test_a_broken_plan_is_named(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ContentError, match=r"plannen/plan\.md"):
        load_plans(_write(tmp_path, GOOD.replace(old, new, 1)))


def test_no_plans_are_no_trouble(tmp_path: Path) -> None:
    assert load_plans(tmp_path) == ()
