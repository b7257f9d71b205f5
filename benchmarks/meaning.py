"""Dutch meaning without a Dutch model: what each part adds to finding the right page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ir_measures import Success, iter_calc, nDCG

from assistant.steps.resolve_gemeente import scopes_for
from benchmarks.report import Section, mean_interval, show, table, watch
from benchmarks.workbench import MemoryIndex, Workbench, documents_found, known_queries
from evals.development import Case
from knowledge.embedding import Embedder
from knowledge.ranking import RankingWeights
from knowledge.retrieval import Retriever

MEASURES = (Success @ 1, Success @ 3, nDCG @ 10)
Scores = dict[str, list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to search: an index, a space of meaning, weights, and whether the topic lexicon joins in."""

    name: str
    index: MemoryIndex
    embedder: Embedder
    weights: RankingWeights
    lexicon: bool = False
    nearer_first: bool = False


def variants(bench: Workbench) -> list[Variant]:
    """From the plain model to Sam, one part at a time."""
    questions = [case.question for case in bench.cases]
    gloss, plain = (known_queries(e, questions) for e in (bench.embedder, bench.plain_embedder))
    glossed = MemoryIndex(bench.chunks, bench.vectors)
    dutch = MemoryIndex(bench.chunks, bench.plain_vectors)
    stems = MemoryIndex(bench.chunks, bench.vectors, stems_only=True)
    meaning = RankingWeights(lexical=0, strength=0, strength_alone=0, topic=0)
    by_words = RankingWeights(dense=0, topic=0)
    return [
        Variant(name="MiniLM on the Dutch text", index=dutch, embedder=plain, weights=meaning),
        Variant(name="MiniLM on the gloss", index=glossed, embedder=gloss, weights=meaning),
        Variant(name="BM25, stems", index=stems, embedder=gloss, weights=by_words),
        Variant(name="BM25, stems + n-grams", index=glossed, embedder=gloss, weights=by_words),
        Variant(name="gloss + BM25", index=glossed, embedder=gloss, weights=RankingWeights()),
        Variant(
            name="gloss + BM25 + topic lexicon",
            index=glossed,
            embedder=gloss,
            weights=RankingWeights(),
            lexicon=True,
        ),
        Variant(
            name="the same, nearer pages first (Sam)",
            index=glossed,
            embedder=gloss,
            weights=RankingWeights(),
            lexicon=True,
            nearer_first=True,
        ),
    ]


def judge(bench: Workbench, rankings: Mapping[str, Sequence[str]], cases: Sequence[Case]) -> Scores:
    """Scores per question of rankings of pages, by measure."""
    gold = {case.id: dict.fromkeys(bench.gold_pages(case), 1) for case in cases}
    run = {case.id: {doc: -float(i) for i, doc in enumerate(rankings[case.id])} for case in cases}
    found: Scores = {str(measure): [] for measure in MEASURES}
    for metric in iter_calc(MEASURES, gold, run):
        found[str(metric.measure)].append(metric.value)
    return found


def rank_pages(
    variant: Variant, cases: Sequence[Case], topics: Mapping[str, Mapping[str, float]]
) -> dict[str, list[str]]:
    """Pages in order for every question; pages for residents of other gemeenten never take part."""
    weights = variant.weights
    if not variant.nearer_first:
        weights = replace(weights, some_gemeenten=0, region=0, national=0)
    retriever = Retriever(variant.index, variant.embedder, weights)
    return {
        case.id: documents_found(
            retriever.search(
                case.question,
                scopes_for(case.expected_gemeente),
                topics=topics[case.id] if variant.lexicon else None,
                resident_of=case.expected_gemeente or "",
            )
        )
        for case in cases
    }


def measure(bench: Workbench) -> Section:
    """Table per half of the questions."""
    cases = [case for case in bench.cases if bench.gold_pages(case)]
    topics = {case.id: dict(bench.assistant.scorer.scores(case.question)) for case in cases}
    halves = {part: [case for case in cases if case.part == part] for part in ("ontwikkel", "onbekend")}
    rows = []
    for variant in watch(variants(bench), "meaning"):
        ranked = rank_pages(variant, cases, topics)
        cells = [variant.name]
        for half in halves.values():
            cells.extend(mean_interval(values) for values in judge(bench, ranked, half).values())
        rows.append(cells)
    named = [f"{label} {part}" for part in halves for label in ("hit@1", "hit@3", "nDCG@10")]
    counts = ", ".join(f"{part} n = {len(half)}" for part, half in halves.items())
    return Section(
        title="Dutch meaning without a Dutch model",
        lines=(
            "Is the right page found? Every row searches the same chunks, in the own gemeente, the region and the",
            "country. The last row is what `sam zoek` does. Percentages with half the width of a 95% bootstrap",
            f"interval over the questions. {counts}; weights were tuned on `ontwikkel` only.",
            "",
            *table(["", *named], rows),
        ),
    )


if __name__ == "__main__":
    show(measure(Workbench.open()))
