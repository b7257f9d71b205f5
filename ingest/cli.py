"""`sam index` and `sam ingest`."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.crawl import Fetcher
from ingest.errors import IngestError
from ingest.gather import Choices, Gatherer
from ingest.register import load_register
from ingest.settings import IngestSettings
from ingest.splitting import contact_document, plan_document, regeling_document
from ingest.synchronise import synchronise
from ingest.texts import text
from ingest.types import Action, Report
from knowledge.embedding import EmbedderWithCount, build_embedder
from knowledge.errors import KnowledgeError
from knowledge.gemeenten import load_gemeenten
from knowledge.plannen import load_plans
from knowledge.regelingen import load_regelingen
from knowledge.settings import KnowledgeSettings
from knowledge.topics import TopicScorer, load_topics
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Document

Index = Annotated[Path | None, typer.Option("--index", help="Een andere map voor de index.")]
Verbose = Annotated[bool, typer.Option("--uitgebreid", help="Noem elke wijziging, met de reden.")]


def index(index: Index = None, verbose: Verbose = False) -> None:
    """Maak de index van de meegeleverde kennis, of werk hem bij."""
    with _dutch_errors():
        embedder = _synchronise(content_documents(), index, "content", verbose)
        TopicScorer.open(embedder.embedder, KnowledgeSettings().with_data_dir(index).data_dir)


def ingest(
    targets: Annotated[list[str] | None, typer.Argument(metavar="BESTAND_OF_ADRES...", show_default=False)] = None,
    gemeente: Annotated[
        str | None, typer.Option("--gemeente", "-g", help="Voor welke gemeente, of regio-twente of landelijk.")
    ] = None,
    topic: Annotated[str | None, typer.Option("--onderwerp", "-o", help="Over welk onderwerp.")] = None,
    everything: Annotated[bool, typer.Option("--alles", help="Alles uit het bronnenregister.")] = False,
    url: Annotated[str | None, typer.Option("--url", help="Het openbare adres van dit ene bestand.")] = None,
    index: Index = None,
    verbose: Verbose = False,
) -> None:
    """Voeg bestanden, mappen, webpagina's of een sitemap toe aan de index."""
    if not targets and not everything:
        _usage(text("gebruik_ingest"))
    if url is not None and (not url.startswith(("https://", "http://")) or everything or len(targets or ()) != 1):
        _usage(text("gebruik_url"))
    with _dutch_errors():
        choices = _choices(gemeente, topic, url)
        settings = KnowledgeSettings().with_data_dir(index)
        crawling = IngestSettings()
        with Fetcher(
            home=crawling.crawl_contact,
            cache=settings.data_dir / "fetch.sqlite3",
            delay=crawling.crawl_delay,
            allow_private=crawling.crawl_allow_private,
        ) as fetcher:
            gatherer = Gatherer(fetcher, choices, today=date.today(), report=typer.echo)
            documents = [document for target in targets or () for document in gatherer.target(target)]
            if everything:
                documents += [document for source in load_register() for document in gatherer.registered(source)]
        if documents:
            _synchronise(documents, index, "ingest", verbose)
        else:
            typer.echo(text("niets_gelezen"))
        typer.echo(text("samenvatting", gelukt=gatherer.succeeded, mislukt=gatherer.failed))
    raise typer.Exit(1 if gatherer.failed and not gatherer.succeeded else 0)


def content_documents() -> Iterator[Document]:
    """All of the content: pages, plan documents and the contact of each gemeente."""
    yield from map(regeling_document, load_regelingen())
    yield from map(plan_document, load_plans())
    yield from map(contact_document, load_gemeenten().values())


def _choices(gemeente: str | None, topic: str | None, url: str | None) -> Choices:
    scopes = [*load_gemeenten(), REGION_SCOPE, NATIONAL_SCOPE]
    topics = list(load_topics())
    scope = gemeente.strip().lower().replace(" ", "-") if gemeente else None
    if scope is not None and scope not in scopes:
        _usage(text("onbekende_gemeente", gekozen=gemeente, mogelijk=", ".join(scopes)))
    if topic is not None and topic not in topics:
        _usage(text("onbekend_onderwerp", gekozen=topic, mogelijk=", ".join(topics)))
    return Choices(scopes=frozenset(scopes), topics=frozenset(topics), scope=scope, topic=topic, url=url)


def _synchronise(documents: Iterable[Document], index: Path | None, origin: str, verbose: bool) -> EmbedderWithCount:
    settings = KnowledgeSettings().with_data_dir(index)
    embedder = build_embedder(settings)
    with _progress() as progress:
        report = synchronise(
            documents,
            data_dir=settings.data_dir,
            embedder=embedder,
            origin=origin,
            chroma_url=settings.chroma_url,
            progress=progress,
        )
    _print_report(report, verbose)
    return embedder


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the screen of a person; nothing in a file or pipe."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(text("index_bezig"), total=None)

        def show(label: str, done: int, total: int) -> None:
            bar.update(task, description=label, completed=done, total=total)

        yield show


def _print_report(report: Report, verbose: bool) -> None:
    if verbose:
        for change in report.changes:
            typer.echo(text("wijziging", wat=change.action, document=change.document, reden=change.reason))
    typer.echo(text("index_klaar"))
    typer.echo(
        text(
            "telling",
            nieuw=report.count(Action.CREATED),
            bijgewerkt=report.count(Action.UPDATED),
            ongewijzigd=report.count(Action.UNCHANGED),
            ingetrokken=report.count(Action.WITHDRAWN),
        )
    )
    seconds = f"{report.seconds:.1f}".replace(".", ",")
    typer.echo(text("telling_stukken", stukken=report.chunks, omgezet=report.embedded, seconden=seconds))


@contextmanager
def _dutch_errors() -> Iterator[None]:
    """An error of ours is one Dutch sentence and exit code 1, without a trace."""
    try:
        yield
    except (KnowledgeError, IngestError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _usage(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
