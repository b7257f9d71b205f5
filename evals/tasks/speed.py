"""Time of all steps but retrieval, warm, in milliseconds; turning a question into a vector counts as retrieval."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composition import Assistant
from assistant.settings import Settings
from assistant.types import Question
from knowledge.embedding import Embedder, EmbedderWithCount, Kind, Vectors

RETRIEVAL, ROUTING = "retrieve_passages", "route_question"


class _Clocked:
    """The embedder with a stopwatch."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.milliseconds = 0.0

    @property
    def name(self) -> str:
        return self._embedder.name

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        started = time.perf_counter()
        try:
            return self._embedder.embed(texts, kind)
        finally:
            self.milliseconds += (time.perf_counter() - started) * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Percentiles over the questions, in milliseconds."""

    p50: float
    p95: float
    steps: dict[str, float]


def measure(settings: Settings, questions: Sequence[Question]) -> Timing:
    """Ask every question once with a warm assistant."""
    assistant = Assistant(settings)
    clocked = _Clocked(assistant.embedder.embedder)
    assistant.embedder = EmbedderWithCount(embedder=clocked, cache=assistant.embedder.cache)
    assistant.warm_up()
    totals: list[float] = []
    steps: dict[str, list[float]] = {}
    for question in questions:
        clocked.milliseconds = 0.0
        answer = assistant.pipeline.run(question)
        own = {record.name: record.milliseconds for record in answer.receipt.steps if record.name != RETRIEVAL}
        if ROUTING in own:
            own[ROUTING] = max(0.0, own[ROUTING] - clocked.milliseconds)
        totals.append(sum(own.values()))
        for name, value in own.items():
            steps.setdefault(name, []).append(value)
    return Timing(
        p50=statistics.median(totals),
        p95=_p95(totals),
        steps={name: _p95(values) for name, values in steps.items()},
    )


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
