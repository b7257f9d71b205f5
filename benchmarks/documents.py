"""Search in documents someone brought along: words, meaning and both, with and without typing errors.

Two collections: pages and PDFs that this measurement makes itself, and the regional plans as PDF, when they
are at hand. Both are read by the loaders that `sam ingest` uses.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from assistant.steps.resolve_gemeente import scopes_for
from benchmarks.paper import pdf_of
from benchmarks.report import Section, mean_interval, show, table, watch
from benchmarks.workbench import (
    FOLDER,
    KnownEmbedder,
    MemoryIndex,
    RememberingLexical,
    Workbench,
    documents_found,
    known_queries,
)
from ingest.loaders import load
from ingest.splitting import loaded_document
from knowledge.gemeenten import load_gemeenten
from knowledge.ranking import RankingWeights
from knowledge.retrieval import Retriever, embedding_text
from knowledge.types import REGION_SCOPE, Chunk, Passage

DATA = FOLDER / "data"
PLANS = FOLDER.parent.parent / "shared" / "bronnen"
PLACES = (1, 3)
_PRIORS = (0.0, 0.25, 0.5, 0.75, 1.0)
SETUPS: Mapping[str, RankingWeights] = {
    "hybrid": RankingWeights(),
    "BM25": RankingWeights(dense=0),
    "dense": RankingWeights(lexical=0, strength=0, strength_alone=0),
}
_TYPO_SHARE = 0.35
_SHORTEST_TYPO = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A question with the phrase that a right passage holds."""

    id: str
    collection: str
    question: str
    document: str
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Documents as chunks, with their questions, clean and misspelt, and all vectors."""

    name: str
    chunks: tuple[Chunk, ...]
    vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    lookups: tuple[Lookup, ...]
    queries: KnownEmbedder

    index: MemoryIndex


def load_lookups() -> list[Lookup]:
    """The questions of `data/documenten.jsonl`."""
    rows = [json.loads(line) for line in (DATA / "documenten.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Lookup(
            id=row["id"],
            collection=row["verzameling"],
            question=row["vraag"],
            document=row["document"],
            phrase=row["frase"],
        )
        for row in rows
    ]


def misspelt(question: str) -> str:
    """`question` with typing errors in about a third of its longer words, at least one; always the same."""
    chance = random.Random(question)  # noqa: S311
    words = question.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= _SHORTEST_TYPO]
    chosen = [i for i in long if chance.random() < _TYPO_SHARE] or long[:1]
    for i in chosen:
        words[i] = _wrong(words[i], chance)
    return " ".join(words)


def _wrong(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice("aeiourstn") + word[at + 1 :]


def _own_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted((DATA / "documenten").iterdir()):
        if path.suffix == ".md":
            yield f"{path.stem}.pdf", pdf_of(path)
        else:
            yield path.name, path.read_bytes()


def _plan_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted(PLANS.glob("*.pdf")):
        yield path.name, path.read_bytes()


def collections(bench: Workbench) -> list[Collection]:
    """The own documents, and the plans when they are there."""
    sources = {"eigen": _own_files(), "plannen": _plan_files()}
    lookups = load_lookups()
    made = []
    for name, files in sources.items():
        documents = [
            loaded_document(
                load(data, name=file, url=f"https://voorbeeld.example/{file}"), scope=REGION_SCOPE, topic=None
            )
            for file, data in files
        ]
        chunks = tuple(chunk for document in documents for chunk in document.chunks)
        if not chunks:
            continue
        asked = tuple(lookup for lookup in lookups if lookup.collection == name)
        texts = [text for lookup in asked for text in (lookup.question, misspelt(lookup.question))]
        rows = bench.embedder.embed([embedding_text(chunk) for chunk in chunks], "passage")
        made.append(
            Collection(
                name=name,
                chunks=chunks,
                vectors=rows,
                lookups=asked,
                queries=known_queries(bench.embedder, texts),
                index=MemoryIndex(chunks, rows, RememberingLexical),
            )
        )
    return made


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold())


def place(lookup: Lookup, passages: Sequence[Passage]) -> int:
    """Rank of the first passage that holds the phrase; 0 when none does."""
    phrase = _plain(lookup.phrase)
    ranks = (rank for rank, passage in enumerate(passages, start=1) if phrase in _plain(passage.chunk.text))
    return next(ranks, 0)


def ranks(collection: Collection, weights: RankingWeights, *, typos: bool) -> list[int]:
    """Rank of the right passage for every question."""
    retriever = Retriever(collection.index, collection.queries, weights)
    found = []
    for lookup in collection.lookups:
        question = misspelt(lookup.question) if typos else lookup.question
        found.append(place(lookup, retriever.search(question, [REGION_SCOPE]).passages))
    return found


def share(found: Sequence[int], within: int) -> float:
    """Share of questions with the right passage among the first `within`."""
    return sum(0 < rank <= within for rank in found) / len(found)


def _quality_rows(found: Mapping[tuple[str, str, bool], Sequence[int]], names: Sequence[str]) -> list[list[str]]:
    rows = []
    for name, typos in product(names, (False, True)):
        for setup in SETUPS:
            here = found[name, setup, typos]
            cells = [mean_interval([float(0 < rank <= within) for rank in here]) for within in PLACES]
            rows.append([f"{name}, {'with typing errors' if typos else 'clean'}: {setup}", *cells])
    return rows


def _never_below(found: Mapping[tuple[str, str, bool], Sequence[int]], names: Sequence[str]) -> list[str]:
    lines = []
    for name, typos, within in product(names, (False, True), PLACES):
        best, label = max((share(found[name, setup, typos], within), setup) for setup in ("BM25", "dense"))
        own = share(found[name, "hybrid", typos], within)
        if own < best:
            kind = "with typing errors" if typos else "clean"
            lines.append(f"- {name}, {kind}, hit@{within}: hybrid {own:.1%} stays below {label} {best:.1%}.")
    return lines or ["- Hybrid is never below the better of the two."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Weights with the ranks they give: per question the clean and the misspelt one."""

    weights: RankingWeights
    found: tuple[tuple[int, int], ...]

    def score(self, half: int) -> float:
        """Mean of hit@1 and hit@3, clean and misspelt, over one half of the questions."""
        here = [rank for pair in self.found[half::2] for rank in pair]
        return sum(share(here, within) for within in PLACES) / len(PLACES)


def _pairs(all_collections: Sequence[Collection], weights: RankingWeights) -> tuple[tuple[int, int], ...]:
    return tuple(
        pair
        for c in all_collections
        for pair in zip(ranks(c, weights, typos=False), ranks(c, weights, typos=True), strict=True)
    )


def candidates(all_collections: Sequence[Collection]) -> list[Candidate]:
    """The present weights and others around them, with what they find."""
    grid = product((5, 10, 20, 40), (0.25, 0.5, 0.75, 1.0, 1.25), (1.0, 2.0, 3.0, 4.0))
    made = [RankingWeights(), *(RankingWeights(rank_constant=k, dense=d, strength_alone=s) for k, d, s in grid)]
    return [
        Candidate(weights=weights, found=_pairs(all_collections, weights))
        for weights in watch(made, "documents: weights")
    ]


def _in_every_gemeente(chunks: Sequence[Chunk], scopes: Sequence[str]) -> tuple[Chunk, ...]:
    return tuple(replace(chunk, id=f"{scope}-{chunk.id}", scope=scope) for scope in scopes for chunk in chunks)


def beside_content(bench: Workbench, collection: Collection) -> list[list[str]]:
    """Per prior for chunks without a topic: documents found, and pages found, in one index with all content.

    The prior is a share of the best topic's probability. The documents stand in every gemeente.
    """
    own = tuple(load_gemeenten())
    chunks = (*bench.chunks, *_in_every_gemeente(collection.chunks, own))
    rows = np.concatenate([bench.vectors, *([collection.vectors] * len(own))])
    cases = [case for case in bench.cases if case.expected_gemeente in own and bench.gold_pages(case)]
    texts = [*(lookup.question for lookup in collection.lookups), *(case.question for case in cases)]
    index, queries = MemoryIndex(chunks, rows, RememberingLexical), known_queries(bench.embedder, texts)
    topics = {text: dict(bench.assistant.scorer.scores(text)) for text in texts}
    cells = []
    for prior in watch(_PRIORS, "documents: beside content"):
        retriever = Retriever(index, queries, RankingWeights(without_topic=prior))
        found = []
        for i, x in enumerate(collection.lookups):
            scope = own[i % len(own)]
            searched = retriever.search(x.question, scopes_for(scope), topics=topics[x.question], resident_of=scope)
            found.append(place(x, searched.passages))
        right: dict[str, list[bool]] = {"ontwikkel": [], "onbekend": []}
        for case in cases:
            searched = retriever.search(
                case.question,
                scopes_for(case.expected_gemeente),
                topics=topics[case.question],
                resident_of=case.expected_gemeente,
            )
            right[case.part].append(documents_found(searched)[0] in bench.gold_pages(case))
        shares = [share(found, within) for within in PLACES] + [sum(hits) / len(hits) for hits in right.values()]
        cells.append([f"{prior:g}", *(f"{value:.1%}" for value in shares)])
    return cells


def measure(bench: Workbench) -> Section:
    """Quality of the three ways, where hybrid loses, and which weights would do better."""
    made = collections(bench)
    names = [collection.name for collection in made]
    found: dict[tuple[str, str, bool], Sequence[int]] = {}
    for collection in watch(made, "documents"):
        for (setup, weights), typos in product(SETUPS.items(), (False, True)):
            found[collection.name, setup, typos] = ranks(collection, weights, typos=typos)
    return Section(
        title="Documents someone brought along",
        lines=(
            "Does a search, without any topic, find the passage that holds the answer? Percent ± half a 95% bootstrap",
            "interval. "
            + "; ".join(f"`{c.name}`: {len(c.lookups)} questions, {len(c.chunks)} chunks" for c in made)
            + ".",
            "" if len(made) > 1 else "The regional plans were not at hand, so that part was left out.",
            *table(["", "hit@1", "hit@3"], _quality_rows(found, names)),
            *_never_below(found, names),
            "- `strength_alone` was chosen with these questions in view, so the line above describes and does not test;"
            " the two lines below each leave half of the questions unseen.",
            *_advice(candidates(made)),
            *_beside_lines(bench, made),
        ),
    )


def _beside_lines(bench: Workbench, made: Sequence[Collection]) -> list[str]:
    header = ["`without_topic`", *(f"document hit@{n}" for n in PLACES), "page hit@1 ontwikkel", "page hit@1 onbekend"]
    lines = [
        "",
        "In one index with the bundled content a document without a topic gets a share of the probability of the",
        f"best topic, `without_topic`, now {RankingWeights().without_topic:g}. What does it do to `eigen`, put in",
        "every gemeente, and to the bundled pages?",
        "",
    ]
    return [*lines, *table(header, beside_content(bench, made[0]))]


def _advice(tried: Sequence[Candidate]) -> list[str]:
    present = tried[0]
    lines = []
    for half, label in ((0, "even"), (1, "odd")):
        best = max(tried, key=lambda candidate: candidate.score(half))
        w = best.weights
        lines.append(
            f"- Best of {len(tried)} weights on one half ({label}): rank_constant {w.rank_constant}, dense {w.dense},"
            f" strength_alone {w.strength_alone}."
            f" On the unseen half the mean of hit@1 and hit@3 is {best.score(1 - half):.1%};"
            f" present weights {present.score(1 - half):.1%}."
        )
    return lines


if __name__ == "__main__":
    show(measure(Workbench.open()))
