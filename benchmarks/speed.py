"""How fast is a whole answer, and how does it stand beside the plain recipe?"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.composition import Assistant
from assistant.settings import Settings
from assistant.steps.resolve_gemeente import scopes_for
from assistant.types import Question
from benchmarks.meaning import judge
from benchmarks.plain_recipe import Hit, OneCollection, Piece, split_pages
from benchmarks.report import Section, mean_interval, percentile, show, spread, table, watch
from benchmarks.workbench import FOLDER, Workbench, documents_found
from evals.development import Case
from knowledge.embedding import Embedder, GlossingEmbedder, SentenceTransformerEmbedder
from knowledge.gloss import Glosser, load_glossary
from knowledge.regelingen import load_regelingen
from knowledge.retrieval import LiveIndex, Retriever
from knowledge.settings import BUNDLED_EMBEDDER
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

ROUNDS = 3
_BATCHES = 2
_BATCH_QUESTIONS = 160
_PIECES = 100
_FAR = {REGION_SCOPE: 0.7, NATIONAL_SCOPE: 0.6}
_PROBE = "--probe"
Times = dict[str, list[list[float]]]


def resident_megabytes() -> float:
    """Resident memory of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def probe() -> None:
    """Start as the site starts, and print what that took; run in a process of its own."""
    started = time.perf_counter()
    assistant = Assistant(Settings())
    assistant.warm_up()
    assistant.pipeline.run(Question(text="Mijn wasmachine is kapot", gemeente="enschede"))
    print(json.dumps({"seconds": time.perf_counter() - started, "megabytes": resident_megabytes()}))


def _run(*arguments: str) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *arguments], check=True, cwd=FOLDER.parent, capture_output=True, text=True
    )
    return time.perf_counter() - started, done.stdout


def batch_seconds(cases: Sequence[Case], count: int) -> float:
    """Wall time of `sam vraag --batch` on the first `count` questions, start-up included."""
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "in.jsonl", Path(name) / "out.jsonl"
        rows = [{"id": case.id, "vraag": case.question, "gemeente": case.gemeente} for case in cases[:count]]
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return _run("sam", "vraag", "--batch", str(source), "--uit", str(target))[0]


def time_turns(actions: Mapping[str, Callable[[Case], object]], cases: Sequence[Case]) -> Times:
    """Milliseconds per question and round of every action; they take turns. Each round asks its own third."""
    times: Times = {name: [] for name in actions}
    names = list(actions)
    for number in watch(range(ROUNDS + 1), "speed"):
        rows: dict[str, list[float]] = {name: [] for name in names}
        for i, case in enumerate(cases[:40] if number == 0 else cases[number - 1 :: ROUNDS]):
            for name in names[i % len(names) :] + names[: i % len(names)]:
                started = time.perf_counter()
                actions[name](case)
                rows[name].append((time.perf_counter() - started) * 1000)
        if number > 0:
            for name in names:
                times[name].append(rows[name])
    return times


def _other_pages(bench: Workbench) -> list[Piece]:
    """Content that is no regeling (plans, contact), as Sam has cut it."""
    regelingen = {page.key for page in load_regelingen()}
    return [
        Piece(id=chunk.id, page=chunk.document, scope=chunk.scope, text=f"{chunk.title}\n\n{chunk.text}")
        for chunk in bench.chunks
        if chunk.document not in regelingen
    ]


def _forgetful_retriever(bench: Workbench, model: Embedder) -> Retriever:
    """Sam's retriever, embedding every question anew; Sam's own remembers the vector of the last answer."""
    embedder = GlossingEmbedder(model, Glosser(load_glossary()))
    return Retriever(LiveIndex(bench.assistant.settings.data_dir, embedder.name), embedder)


def plain_recipe(bench: Workbench, folder: Path, model: Embedder) -> OneCollection:
    """The plain recipe over the bundled pages."""
    pieces = [*split_pages(load_regelingen()), *_other_pages(bench)]
    rows = bench.plain_embedder.embed([piece.text for piece in pieces], "passage")
    store = OneCollection(folder, model)
    store.add(pieces, np.asarray(rows))
    return store


def _near_first(hits: Sequence[Hit]) -> list[Hit]:
    """Hits with the similarity of region and country lowered: the plain recipe, helped a little."""
    return sorted(hits, key=lambda hit: -hit.similarity * _FAR.get(hit.scope, 1.0))


def _quality(bench: Workbench, store: OneCollection, cases: Sequence[Case]) -> list[list[str]]:
    unseen = [case for case in cases if case.part == "onbekend"]
    assistant = bench.assistant
    found = {case.id: store.search(case.question, scopes_for(case.expected_gemeente), _PIECES) for case in unseen}
    plain = {key: list(dict.fromkeys(hit.page for hit in hits)) for key, hits in found.items()}
    near = {key: list(dict.fromkeys(hit.page for hit in _near_first(hits))) for key, hits in found.items()}
    sam = {
        case.id: documents_found(
            assistant.retriever.search(
                case.question,
                scopes_for(case.expected_gemeente),
                topics=dict(assistant.scorer.scores(case.question)),
                resident_of=case.expected_gemeente or "",
            )
        )
        for case in unseen
    }
    rows = []
    for name, ranked in (("Sam", sam), ("plain recipe", plain), ("plain recipe, own gemeente first", near)):
        rows.append([name, *(mean_interval(values) for values in judge(bench, ranked, unseen).values())])
    return rows


def _ratio(times: Times, name: str, beside: str, share: float) -> str:
    pairs = zip(times[name], times[beside], strict=True)
    return spread([percentile(a, share) / percentile(b, share) for a, b in pairs])


def measure(bench: Workbench) -> Section:
    """Answer everything three times, in turns with the plain recipe."""
    cases = [case for case in bench.cases if bench.gold_pages(case)]
    pipeline = bench.assistant.pipeline
    bench.assistant.warm_up()
    model = SentenceTransformerEmbedder(BUNDLED_EMBEDDER)
    retriever = _forgetful_retriever(bench, model)
    steps: dict[str, list[float]] = defaultdict(list)

    def answer(case: Case) -> None:
        for record in pipeline.run(Question(text=case.question, gemeente=case.gemeente)).receipt.steps:
            steps[record.name].append(record.milliseconds)

    with tempfile.TemporaryDirectory() as name:
        store = plain_recipe(bench, Path(name), model)
        actions: dict[str, Callable[[Case], object]] = {
            "answer": answer,
            "search": lambda case: retriever.search(case.question, scopes_for(case.expected_gemeente)),
            "plain": lambda case: store.search(case.question, scopes_for(case.expected_gemeente)),
        }
        times = time_turns(actions, cases)
        quality = _quality(bench, store, cases)
        store.close()
    return _section(times, steps, quality, _process(cases))


def _process(cases: Sequence[Case]) -> dict[str, str]:
    """Start-up, memory and batch speed, measured from outside."""
    known = json.loads(_run("benchmarks.speed", _PROBE)[1])
    count = min(_BATCH_QUESTIONS, len(cases))
    pairs = [(batch_seconds(cases, 1), batch_seconds(cases, count)) for _ in range(_BATCHES)]
    rates = [(count - 1) / (whole - start) for start, whole in pairs if whole > start]
    return {
        "start": f"{known['seconds']:.1f} s",
        "memory": f"{known['megabytes']:.0f} MB",
        "rate": f"{spread(rates, 0)} answers per second" if len(rates) == _BATCHES else "not measurable in this run",
        "batch start": f"{min(start for start, _ in pairs):.1f} s",
    }


def _section(
    times: Times, steps: Mapping[str, Sequence[float]], quality: Sequence[Sequence[str]], process: Mapping[str, str]
) -> Section:
    def all_rounds(name: str, share: float) -> str:
        return spread([percentile(row, share) for row in times[name]], 1)

    whole = percentile([value for row in times["answer"] for value in row], 95)
    rows = [
        ["whole answer of Sam", all_rounds("answer", 50), all_rounds("answer", 95), *_both(times, "answer")],
        [
            "search of Sam, embedding included",
            all_rounds("search", 50),
            all_rounds("search", 95),
            *_both(times, "search"),
        ],
        ["search of the plain recipe, no answer", all_rounds("plain", 50), all_rounds("plain", 95), "1", "1"],
    ]
    shares = [[name, len(values), f"{percentile(values, 95) / whole:.1%}"] for name, values in steps.items()]
    return Section(
        title="Speed of a whole answer",
        lines=(
            f"{sum(map(len, times['answer']))} questions in {ROUNDS} rounds, warm, in turns; median of the rounds"
            " (lowest–highest).",
            "Milliseconds say something about one machine only; compare the ratios. The plain recipe: recursive",
            "splitting, one Chroma collection with a metadata filter, the same model on the Dutch text.",
            "",
            *table(["", "p50 ms", "p95 ms", "p50 / plain", "p95 / plain"], rows),
            *table(["step", "times run", "p95 as share of p95 of the answer"], shares),
            "Pages found, on the half `onbekend` (percent ± half a 95% interval):",
            "",
            *table(["", "hit@1", "hit@3", "nDCG@10"], quality),
            f"- `sam vraag --batch`: {process['rate']}, start-up taken off.",
            f"- Start of a process until its first answer, imports apart: {process['start']};"
            f" `sam vraag --batch` with one question, all in: {process['batch start']}.",
            f"- Resident memory of that process, warm: {process['memory']}.",
        ),
    )


def _both(times: Times, name: str) -> tuple[str, str]:
    return _ratio(times, name, "plain", 50), _ratio(times, name, "plain", 95)


if __name__ == "__main__":
    if _PROBE in sys.argv:
        probe()
    else:
        show(measure(Workbench.open()))
