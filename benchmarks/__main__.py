"""Every measurement, into RESULTS.md: `python -m benchmarks`."""

import platform
import sys
import time
from datetime import date
from importlib.metadata import version

from benchmarks import documents, growth, learning_curve, meaning, speed
from benchmarks.report import Section
from benchmarks.workbench import FOLDER, Workbench

PARTS = {
    "growth": growth.measure,
    "learning_curve": learning_curve.measure,
    "meaning": meaning.measure,
    "speed": speed.measure,
    "documents": documents.measure,
}
RESULTS = FOLDER / "RESULTS.md"
_LIBRARIES = ("chromadb", "bm25s", "sentence-transformers", "torch", "scikit-learn")


def _preface(bench: Workbench) -> str:
    chunks = len(bench.chunks)
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return "\n".join(
        (
            "# Measurements",
            "",
            f"Made by `python -m benchmarks` (`make bench`) on {date.today().isoformat()}; do not edit by hand.",
            "",
            "- Compare ratios, not milliseconds: both sides of a ratio ran in turns in one run on one machine.",
            "- A figure with a range in brackets is the median with the lowest and highest of its rounds.",
            f"- Content: {chunks:,} chunks in {len(bench.generation.scopes)} scopes;"
            f" {len(bench.cases)} development questions.",
            f"- Embedder: `{bench.assistant.embedder.embedder.name}`.",
            f"- Python {platform.python_version()}; {libraries}.",
            "- One part alone: `python -m benchmarks.growth`, and so for "
            + ", ".join(f"`{name}`" for name in PARTS if name != "growth")
            + ".",
            "",
        )
    )


def main() -> None:
    """Measure everything and write the report."""
    bench = Workbench.open()
    sections: list[Section] = []
    for name, measure in PARTS.items():
        started = time.perf_counter()
        sections.append(measure(bench))
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    RESULTS.write_text("\n".join([_preface(bench), *(section.markdown for section in sections)]), encoding="utf-8")
    print(f"Written: {RESULTS.relative_to(FOLDER.parent)}", file=sys.stderr)


if __name__ == "__main__":
    main()
