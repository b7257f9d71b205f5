"""Cases of a dataset and the judgements on them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATASETS = Path(__file__).parents[1] / "datasets"
TUNED, UNSEEN = "ontwikkel", "onbekend"
PARTS = (TUNED, UNSEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether one case (or one turn of it) went right; `measure` names the rate it counts for."""

    case: str
    measure: str
    right: bool
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with its count."""

    right: int
    count: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 when nothing was judged."""
        return self.right / self.count if self.count else 0.0


def load(name: str, part: str) -> list[dict[str, Any]]:
    """The cases of one half of a dataset; empty when it has no such half.

    Raises:
        ValueError: a line is not JSON, or says it belongs to the other half.
    """
    path = DATASETS / f"{name}.{part}.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    strays = [row["id"] for row in rows if row.get("deel") != part]
    if strays:
        raise ValueError(f"{path.name}: {', '.join(strays)} belong to the other half")
    return rows


def rates(judgements: Iterable[Judgement]) -> dict[str, Rate]:
    """The rate of every measure, in the order they were first judged."""
    counted: dict[str, list[bool]] = {}
    for judgement in judgements:
        counted.setdefault(judgement.measure, []).append(judgement.right)
    return {measure: Rate(right=sum(found), count=len(found)) for measure, found in counted.items()}


def wrong(judgements: Iterable[Judgement]) -> Iterator[Judgement]:
    """The judgements that went wrong."""
    return (judgement for judgement in judgements if not judgement.right)
