"""How a measurement is written down: sections of Markdown, ratios with their spread."""

import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the report."""

    title: str
    lines: tuple[str, ...]

    @property
    def markdown(self) -> str:
        """The section as it stands in RESULTS.md."""
        return f"## {self.title}\n\n" + "\n".join(self.lines) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table: first column left, the others right."""
    rule = ["---", *("---:" for _ in header[1:])]
    lines = [header, rule, *([str(cell) for cell in row] for row in rows)]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 100) of `values` lies."""
    return float(np.percentile(np.asarray(values, dtype=float), share))


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Median with the lowest and the highest: "1.10 (1.02–1.25)"."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def mean_interval(values: Sequence[float], seed: int = 0) -> str:
    """Mean in percent with half the width of its 95% bootstrap interval: "63.1 ±7.2"."""
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).choice(sample, size=(1000, len(sample))).mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{100 * sample.mean():.1f} ±{50 * (high - low):.1f}"


def watch(items: Sequence[Item], description: str) -> Iterable[Item]:
    """`items` with a progress bar on the terminal; silent when nobody looks."""
    console = Console(stderr=True)
    return track(items, description=description, console=console, disable=not sys.stderr.isatty(), transient=True)


def show(section: Section) -> None:
    """Print a section that was measured alone."""
    print(section.markdown)
