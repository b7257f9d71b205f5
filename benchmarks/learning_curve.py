"""How many example questions does a topic need? The topic model with 20 to 80 of them."""

import os
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np

from benchmarks.report import Section, show, spread, table, watch
from benchmarks.workbench import KnownEmbedder, Workbench
from evals.development import Case
from knowledge.topics import OUTSIDE, OutsideExamples, TopicScorer, _train, load_outside, load_topics, training_texts
from knowledge.types import Topic

SIZES = (20, 40, 60, 80)
ALONE = (40, 120)
"""Sizes that are also tried without lay words."""
SEEDS = (1, 2, 3)
_CLIMBS = 0.01
Hits = dict[str, tuple[bool, bool]]
Key = tuple[int, int, bool]


def seeds(*, lay: bool) -> tuple[int, ...]:
    """The draws: all with lay words, two without, to save time."""
    return SEEDS if lay else SEEDS[:2]


def sizes(*, lay: bool) -> tuple[int, ...]:
    """The numbers of examples per topic."""
    return SIZES if lay else ALONE


def draw(topics: Mapping[str, Topic], size: int, seed: int, *, lay_words: bool) -> dict[str, Topic]:
    """Topics with `size` of their example questions each, at random; with all lay words or none."""
    chance = np.random.default_rng(seed)
    return {
        slug: replace(
            topic,
            questions=tuple(str(q) for q in chance.permutation(topic.questions)[:size]),
            lay_words=topic.lay_words if lay_words else (),
            elsewhere=topic.elsewhere if lay_words else (),
        )
        for slug, topic in topics.items()
    }


def hits(topics: Mapping[str, Topic], outside: OutsideExamples, embedder: KnownEmbedder, cases: Sequence[Case]) -> Hits:
    """Per case: the right topic first, and among the first three; the class "outside" is left out, as Sam does."""
    scorer = TopicScorer(_train(training_texts(topics, outside), embedder), topics, embedder)
    found: Hits = {}
    for case in cases:
        ranked = [slug for slug, _ in scorer.scores(case.question) if slug != OUTSIDE]
        found[case.id] = (ranked[0] in case.topics, any(slug in case.topics for slug in ranked[:3]))
    return found


def _job(arguments: tuple[dict[str, Topic], OutsideExamples, KnownEmbedder, Sequence[Case]]) -> Hits:
    return hits(*arguments)


def known(bench: Workbench, topics: Mapping[str, Topic], outside: OutsideExamples) -> KnownEmbedder:
    """Vectors of all examples and questions, made once."""
    embedder = bench.embedder
    texts = list(dict.fromkeys(text for text, _, _ in training_texts(topics, outside)))
    questions = list(dict.fromkeys(case.question for case in bench.cases))
    return KnownEmbedder(
        embedder.name,
        dict(zip(questions, embedder.embed(questions, "query"), strict=True)),
        dict(zip(texts, embedder.embed(texts, "passage"), strict=True)),
    )


def run(bench: Workbench) -> dict[Key, Hits]:
    """Hits for every size and seed, with and without lay words; trainings run side by side, one thread each."""
    topics, outside = load_topics(), load_outside()
    embedder = known(bench, topics, outside)
    cases = [case for case in bench.cases if case.part == "ontwikkel"]
    keys = [(size, seed, lay) for lay in (True, False) for size in sizes(lay=lay) for seed in seeds(lay=lay)]
    jobs = [(draw(topics, size, seed, lay_words=lay), outside, embedder, cases) for size, seed, lay in keys]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with ProcessPoolExecutor(max_workers=min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        results = pool.map(_job, jobs)
        return {key: next(results) for key in watch(keys, "learning curve")}


def _rates(results: Mapping[Key, Hits], size: int, place: int, *, lay: bool = True) -> list[float]:
    return [statistics.fmean(hit[place] for hit in results[size, seed, lay].values()) for seed in seeds(lay=lay)]


def climbing(results: Mapping[Key, Hits], cases: Sequence[Case]) -> list[tuple[str, float, int]]:
    """Topics whose hit@1 rose between the first and last size of `ALONE`, with their number of questions."""
    rise: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        early, late = (
            statistics.fmean(results[size, seed, False][case.id][0] for seed in seeds(lay=False))
            for size in (ALONE[0], ALONE[-1])
        )
        rise[case.topics[0]].append(late - early)
    means = [(slug, statistics.fmean(values), len(values)) for slug, values in rise.items()]
    return sorted((row for row in means if row[1] > 0), key=lambda row: -row[1] * row[2])


def measure(bench: Workbench) -> Section:
    """The curve, and where it still climbs."""
    results = run(bench)
    cases = [case for case in bench.cases if case.part == "ontwikkel"]
    rows = []
    for size in sorted({*SIZES, *ALONE}):
        with_words, alone = (
            [spread([100 * r for r in _rates(results, size, i, lay=lay)], 1) for i in (0, 1)]
            if size in sizes(lay=lay)
            else ["", ""]
            for lay in (True, False)
        )
        rows.append([size, *with_words, *alone])
    names = ", ".join(f"{slug} (+{100 * rise:.0f}, n = {count})" for slug, rise, count in climbing(results, cases)[:8])
    return Section(
        title="Topic lexicon: how many examples are enough",
        lines=(
            f"Topic hit@1 and hit@3 in percent on the {len(cases)} questions of `ontwikkel`, with so many example",
            f"questions per topic, drawn at random. Median of {len(SEEDS)} draws, without lay words"
            f" {len(seeds(lay=False))} (lowest–highest).",
            "",
            *table(
                ["examples per topic", "hit@1", "hit@3", "hit@1 without lay words", "hit@3 without lay words"], rows
            ),
            f"- With lay words: {_slope(results, lay=True)}",
            f"- Examples alone: {_slope(results, lay=False)}",
            f"- Topics that gained between {ALONE[0]} and {ALONE[-1]} examples, these alone (points of hit@1):"
            f" {names or 'none'}.",
        ),
    )


def _slope(results: Mapping[Key, Hits], *, lay: bool) -> str:
    """Whether the end of the curve rises by more than draws differ (Markdown)."""
    before, last = sizes(lay=lay)[-2:]
    early, late = (_rates(results, size, 0, lay=lay) for size in (before, last))
    gain, noise = statistics.fmean(late) - statistics.fmean(early), max(early) - min(early)
    still = "still climbs" if gain > max(_CLIMBS, noise) else "is about level"
    return (
        f"from {before} to {last} hit@1 changes by {100 * gain:+.1f} points;"
        f" draws of {before} differ by {100 * noise:.1f}. The curve {still}."
    )


if __name__ == "__main__":
    show(measure(Workbench.open()))
