"""Does search stay fast when more gemeenten join? From 14 to 342 gemeenten, up to 100,000 chunks.

The extra gemeenten are made up: real pages under another name, some words swapped, real vectors with a
little noise. The first 14 are the same in both sizes and are the ones that are asked about.
"""

import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np

from benchmarks.plain_recipe import OneCollection, Piece
from benchmarks.report import Section, percentile, show, spread, table, watch
from benchmarks.workbench import KnownEmbedder, Workbench, known_queries
from ingest.synchronise import synchronise
from knowledge.embedding import Vectors
from knowledge.gemeenten import load_gemeenten
from knowledge.retrieval import LiveIndex, Retriever, embedding_text
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Chunk, Document

SMALL, LARGE = 14, 342
PER_GEMEENTE = 290
ROUNDS = 3
COUNT = 10
BAR = 1.5
_NOISE = 0.01
_SWAPPED = 0.08
_CHECKED = 30
_SHARED = (REGION_SCOPE, NATIONAL_SCOPE)
Search = Callable[[str, tuple[str, ...]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Documents of a number of gemeenten with the vectors of their chunks."""

    documents: tuple[Document, ...]
    vectors: Mapping[str, Vectors]

    @property
    def chunks(self) -> list[Chunk]:
        """All chunks."""
        return [chunk for document in self.documents for chunk in document.chunks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An index on disk and what it cost."""

    folder: Path
    chunks: int
    seconds: float
    megabytes: float


def _shuffled(text: str, chance: random.Random) -> str:
    """`text` with some words in another place; paragraphs stay."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        words = paragraph.split(" ")
        for _ in range(int(len(words) * _SWAPPED)):
            a, b = chance.randrange(len(words)), chance.randrange(len(words))
            words[a], words[b] = words[b], words[a]
        paragraphs.append(" ".join(words))
    return "\n\n".join(paragraphs)


def _document(chunks: Sequence[Chunk], scope: str) -> Document:
    key = chunks[0].document
    return Document(
        key=key, scope=scope, title=chunks[0].title, origin="content", digest=f"v1-{key}", chunks=tuple(chunks)
    )


class Multiplier:
    """Makes gemeenten out of the pages of the real ones."""

    def __init__(self, bench: Workbench) -> None:
        self._names = {slug: gemeente.name for slug, gemeente in load_gemeenten().items()}
        rows = {chunk.id: row for chunk, row in zip(bench.chunks, bench.vectors, strict=True)}
        pages = [list(group) for _, group in groupby(bench.chunks, key=lambda chunk: chunk.document)]
        self._own = [page for page in pages if page[0].scope in self._names]
        self._shared = [_document(page, page[0].scope) for page in pages if page[0].scope in _SHARED]
        self._rows = rows

    def world(self, gemeenten: int) -> World:
        """The region, the country and `gemeenten` made-up gemeenten."""
        vectors = {embedding_text(c): self._rows[c.id] for document in self._shared for c in document.chunks}
        documents = list(self._shared)
        for number in watch(range(gemeenten), f"growth: {gemeenten} gemeenten"):
            made, known = self._gemeente(number)
            documents += made
            vectors |= known
        return World(documents=tuple(documents), vectors=vectors)

    def _gemeente(self, number: int) -> tuple[list[Document], dict[str, Vectors]]:
        chance, noise = random.Random(number), np.random.default_rng(number)  # noqa: S311
        slug, name = scope_of(number), f"Voorbeeld{number:03}"
        pages, size = [], 0
        while size < PER_GEMEENTE:
            page = self._own[chance.randrange(len(self._own))]
            pages.append(page[: PER_GEMEENTE - size])
            size += len(pages[-1])
        made = []
        for order, page in enumerate(pages):
            key = f"{slug}/pagina-{order}"
            made.append(_document([self._chunk(chunk, key, slug, name, chance) for chunk in page], slug))
        rows = np.stack([self._rows[chunk.id] for page in pages for chunk in page])
        rows = rows + noise.normal(0, _NOISE, rows.shape)
        rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        texts = [embedding_text(chunk) for document in made for chunk in document.chunks]
        return made, dict(zip(texts, rows, strict=True))

    def _chunk(self, chunk: Chunk, key: str, slug: str, name: str, chance: random.Random) -> Chunk:
        real = self._names[chunk.scope]
        return replace(
            chunk,
            id=f"{key}#{chunk.order}",
            document=key,
            scope=slug,
            title=chunk.title.replace(real, name),
            text=_shuffled(chunk.text.replace(real, name), chance),
        )


def scope_of(number: int) -> str:
    """Slug of a made-up gemeente."""
    return f"voorbeeld{number:03}"


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def build_sam(world: World, folder: Path) -> Built:
    """Sam's own index of a world, and how long one changed page takes."""
    embedder = KnownEmbedder("growth", {}, world.vectors).counted()
    report = synchronise(world.documents, data_dir=folder, embedder=embedder, origin="content")
    return Built(folder=folder, chunks=report.chunks, seconds=report.seconds, megabytes=_megabytes(folder))


def change_one_page(world: World, folder: Path) -> float:
    """Seconds to bring the index up to date when one page changed."""
    changed = [d if d.key != f"{scope_of(0)}/pagina-0" else replace(d, digest="v2") for d in world.documents]
    embedder = KnownEmbedder("growth", {}, world.vectors).counted()
    return synchronise(changed, data_dir=folder, embedder=embedder, origin="content").seconds


def build_plain(world: World, folder: Path, queries: KnownEmbedder) -> tuple[OneCollection, Built]:
    """The plain recipe over the same chunks and vectors."""
    pieces = [Piece(id=c.id, page=c.document, scope=c.scope, text=c.text) for c in world.chunks]
    rows = np.stack([world.vectors[embedding_text(chunk)] for chunk in world.chunks])
    started = time.perf_counter()
    store = OneCollection(folder, queries)
    store.add(pieces, rows)
    seconds = time.perf_counter() - started
    return store, Built(folder=folder, chunks=len(pieces), seconds=seconds, megabytes=_megabytes(folder))


def time_rounds(searches: Mapping[str, Search], questions: Sequence[str]) -> dict[str, list[list[float]]]:
    """Milliseconds per question, per round, of every search; they take turns, so noise hits all alike."""
    times: dict[str, list[list[float]]] = {name: [] for name in searches}
    names = list(searches)
    for number in watch(range(ROUNDS + 1), "growth: questions"):
        for name in names:
            times[name].append([])
        for i, question in enumerate(questions[:40] if number == 0 else questions):
            scopes = (scope_of(i % SMALL), *_SHARED)
            for name in names[i % len(names) :] + names[: i % len(names)]:
                started = time.perf_counter()
                searches[name](question, scopes)
                times[name][-1].append((time.perf_counter() - started) * 1000)
        if number == 0:  # The first round opens what is opened lazily.
            for name in names:
                times[name].clear()
    return times


def recall(
    search: Callable[[str, tuple[str, ...]], Sequence[str]],
    world: World,
    queries: KnownEmbedder,
    questions: Sequence[str],
) -> float:
    """Share of the truly nearest chunks that a search by meaning finds."""
    chunks = world.chunks
    rows = np.stack([world.vectors[embedding_text(chunk)] for chunk in chunks])
    scopes = np.array([chunk.scope for chunk in chunks])
    shares = []
    for i, question in enumerate(questions):
        asked = (scope_of(i % SMALL), *_SHARED)
        allowed = np.flatnonzero(np.isin(scopes, asked))
        similarities = rows[allowed] @ queries.embed([question], "query")[0]
        nearest = {chunks[int(allowed[j])].id for j in np.argsort(-similarities)[:COUNT]}
        shares.append(len(nearest & set(search(question, asked))) / COUNT)
    return float(np.mean(shares))


def _ratios(times: Mapping[str, list[list[float]]], large: str, small: str, share: float) -> list[float]:
    pairs = zip(times[large], times[small], strict=True)
    return [percentile(big, share) / percentile(little, share) for big, little in pairs]


def _row(name: str, times: Mapping[str, list[list[float]]], kind: str, built: Mapping[int, Built]) -> list[str]:
    large, small = f"{kind} {LARGE}", f"{kind} {SMALL}"
    own = [percentile(row, 95) for row in times[large]]
    sam = [percentile(row, 95) for row in times[f"sam {LARGE}"]]
    return [
        name,
        spread(_ratios(times, large, small, 50)),
        spread(_ratios(times, large, small, 95)),
        spread([a / b for a, b in zip(own, sam, strict=True)]),
        f"{built[LARGE].seconds / built[SMALL].seconds:.1f}",
        f"{built[LARGE].megabytes / built[SMALL].megabytes:.1f}",
    ]


def measure(bench: Workbench) -> Section:
    """Build both sizes both ways, then ask every fourth question of all four."""
    questions = [case.question for case in bench.cases][::4]
    queries = known_queries(bench.embedder, questions)
    searchable = KnownEmbedder("growth", queries.queries, {})
    multiplier = Multiplier(bench)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        root = Path(name)
        worlds = {size: multiplier.world(size) for size in (SMALL, LARGE)}
        sam = {size: build_sam(world, root / f"sam-{size}") for size, world in worlds.items()}
        change = {size: change_one_page(world, root / f"sam-{size}") for size, world in worlds.items()}
        made = {size: build_plain(world, root / f"plain-{size}", searchable) for size, world in worlds.items()}
        indexes = {size: LiveIndex(built.folder, "growth") for size, built in sam.items()}
        retrievers = {size: Retriever(index, searchable) for size, index in indexes.items()}
        topics = {question: dict(bench.assistant.scorer.scores(question)) for question in questions}
        searches: dict[str, Search] = {f"sam {size}": _whole(r, topics) for size, r in retrievers.items()}
        searches |= {f"plain {size}": store.search for size, (store, _) in made.items()}
        times = time_rounds(searches, questions)
        cold = {size: _first_searches(retriever, questions, size) for size, retriever in retrievers.items()}
        plain_found = recall(
            lambda q, scopes: [hit.id for hit in made[LARGE][0].search(q, scopes, COUNT)],
            worlds[LARGE],
            searchable,
            questions[:_CHECKED],
        )
        sam_found = recall(
            lambda q, scopes: _by_meaning(indexes[LARGE], searchable, q, scopes),
            worlds[LARGE],
            searchable,
            questions[:_CHECKED],
        )
        for index in indexes.values():
            index.generation().close()
        for store, _ in made.values():
            store.close()
        rows = [
            _row("Sam: a collection per scope, words and meaning", times, "sam", sam),
            _row("one collection with a filter, meaning only", times, "plain", {s: b for s, (_, b) in made.items()}),
        ]
        return _section(rows, times, sam, change, cold, (sam_found, plain_found))


def _by_meaning(index: LiveIndex, queries: KnownEmbedder, question: str, scopes: Sequence[str]) -> list[str]:
    generation, vector = index.generation(), queries.embed([question], "query")[0]
    found = [pair for s in scopes for pair in generation.chroma.query(generation.scope(s).collection, vector, COUNT)]
    return [key for key, _ in sorted(found, key=lambda pair: -pair[1])[:COUNT]]


def _whole(retriever: Retriever, topics: Mapping[str, Mapping[str, float]]) -> Search:
    """A search as an answer does it: with topics, for a resident of the first scope."""
    return lambda q, scopes: retriever.search(q, scopes, topics=topics[q], resident_of=scopes[0])


def _first_searches(retriever: Retriever, questions: Sequence[str], size: int) -> list[float]:
    """Milliseconds of the first question for gemeenten that were not asked before; empty when there are none."""
    times = []
    for number in range(SMALL, min(size, SMALL + 20)):
        started = time.perf_counter()
        retriever.search(questions[number % len(questions)], (scope_of(number), *_SHARED))
        times.append((time.perf_counter() - started) * 1000)
    return times


def _section(
    rows: Sequence[Sequence[str]],
    times: Mapping[str, list[list[float]]],
    sam: Mapping[int, Built],
    change: Mapping[int, float],
    cold: Mapping[int, Sequence[float]],
    found: tuple[float, float],
) -> Section:
    ratios = _ratios(times, f"sam {LARGE}", f"sam {SMALL}", 95)
    asked, grown = len(times[f"sam {SMALL}"][0]), sam[LARGE].chunks / sam[SMALL].chunks
    verdict = "within" if float(np.median(ratios)) <= BAR else "over"
    warm = percentile([value for row in times[f"sam {LARGE}"] for value in row], 50)
    first = percentile(cold[LARGE], 50) / warm
    return Section(
        title=f"Growth: from {SMALL} to {LARGE} gemeenten",
        lines=(
            f"{sam[SMALL].chunks:,} chunks become {sam[LARGE].chunks:,}. The same questions ({asked}),",
            f"in turn for the same {SMALL} gemeenten, with vectors made beforehand; median of {ROUNDS} rounds",
            "(lowest–highest).",
            "",
            *table(
                ["", "p50 large / small", "p95 large / small", "p95 large / Sam large", "build time ×", "disk ×"], rows
            ),
            f"- p95 of Sam grows by {spread(ratios)}: {verdict} the bar of {BAR}. Chunks grew by {grown:.1f}.",
            f"- Truly nearest {COUNT} found by meaning, large: Sam {found[0]:.1%},"
            f" one collection with a filter {found[1]:.1%}.",
            f"- One changed page costs {change[LARGE] / sam[LARGE].seconds:.0%} of a full build in the large size and"
            f" {change[SMALL] / sam[SMALL].seconds:.0%} in the small one;"
            f" it grows {change[LARGE] / change[SMALL]:.1f} times, because a generation is copied whole.",
            f"- The first question for a gemeente opens it: {first:.0f} times the median of a later one.",
        ),
    )


if __name__ == "__main__":
    show(measure(Workbench.open()))
