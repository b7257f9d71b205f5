"""`sam vraag` and `sam zoek`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from assistant.composition import Assistant
from assistant.settings import Settings
from assistant.steps.resolve_gemeente import scopes_for
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Message, PublishedSentence, Question
from assistant.wire import answer_to_json, passages_to_json
from knowledge.errors import KnowledgeError

Gemeente = Annotated[str | None, typer.Option("--gemeente", "-g", help="Voor welke gemeente, bijvoorbeeld enschede.")]
Index = Annotated[Path | None, typer.Option("--index", help="Een andere map voor de index.")]
AsJson = Annotated[bool, typer.Option("--json", help="Geef het antwoord als JSON.")]


_ROLES: dict[str, Literal["gebruiker", "sam"]] = {"gebruiker": "gebruiker", "sam": "sam"}


class _BatchLine(BaseModel):
    """A line of a batch file."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    vraag: str
    gemeente: str | None = None
    historie: list[dict[str, str]] | None = None


def vraag(
    question: Annotated[str | None, typer.Argument(metavar="VRAAG", help="Uw vraag, tussen aanhalingstekens.")] = None,
    gemeente: Gemeente = None,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="Een bestand met een vraag per regel (JSONL).")] = None,
    out: Annotated[Path | None, typer.Option("--uit", help="Waar de antwoorden van --batch komen.")] = None,
    index: Index = None,
) -> None:
    """Stel een vraag en lees het antwoord met bronnen."""
    assistant = _assistant(index)
    if batch is not None:
        if out is None or question is not None:
            _usage("Gebruik: sam vraag --batch IN.jsonl --uit UIT.jsonl")
        _run_batch(assistant, batch, out)
        return
    if question is None:
        _usage('Stel een vraag, bijvoorbeeld: sam vraag "Mijn wasmachine is kapot" --gemeente enschede')
    answer = _guard(lambda: assistant.pipeline).run(Question(text=question, gemeente=_slug(assistant, gemeente)))
    if answer.status is AnswerStatus.ERROR_INTERNAL:
        _guard(lambda: assistant.retriever.scopes)  # without an index this says what to do
    if as_json:
        print(json.dumps(answer_to_json(answer), ensure_ascii=False, indent=2))
    else:
        _show(answer)
    raise typer.Exit(1 if answer.status.family == "error" else 0)


def zoek(
    question: Annotated[str, typer.Argument(metavar="VRAAG", help="Waar u naar zoekt.")],
    gemeente: Gemeente = None,
    count: Annotated[int, typer.Option("--aantal", "-n", min=1, max=100, help="Hoeveel passages.")] = 5,
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Zoek passages in de regelingen, zonder antwoord."""
    assistant = _assistant(index)
    slug = _slug(assistant, gemeente)

    def search() -> Any:
        known = assistant.retriever.scopes
        scopes = scopes_for(slug) if slug else known
        topics = dict(assistant.scorer.scores(question))
        return assistant.retriever.search(question, scopes, count=count, topics=topics, resident_of=slug)

    result = _guard(search)
    if as_json:
        print(json.dumps(passages_to_json(result.passages), ensure_ascii=False, indent=2))
        return
    console = Console()
    if not result.passages:
        console.print("Niets gevonden. Probeer andere woorden, of een andere gemeente.")
    for rank, passage in enumerate(result.passages, start=1):
        chunk = passage.chunk
        page = f", bladzijde {chunk.page}" if chunk.page else ""
        console.print(f"[bold]{rank}. {escape(chunk.title)}[/bold] · {escape(chunk.heading)}{page} · {chunk.scope}")
        console.print(f"   [dim]{passage.score:.3f}  {escape(', '.join(passage.why))}[/dim]")
        console.print(escape(chunk.text))
        console.print(f"   [dim]{escape(chunk.source.url)} (peildatum {escape(chunk.source.peildatum)})[/dim]\n")


def _assistant(index: Path | None) -> Assistant:
    settings = Settings()
    return Assistant(settings.model_copy(update={"data_dir": index}) if index else settings)


def _slug(assistant: Assistant, gemeente: str | None) -> str | None:
    """The scope someone typed, as its slug; a place or another spelling will do."""
    if gemeente is None:
        return None
    wanted = gemeente.strip().lower().replace(" ", "-")
    if wanted in (*assistant.gazetteer.gemeenten, "regio-twente", "landelijk"):
        return wanted
    found = [m for m in assistant.gazetteer.find(gemeente) if m.kind == "gemeente"]
    if not found:
        _usage(f"Sam kent de gemeente '{gemeente}' niet. Kies uit: {', '.join(assistant.gazetteer.gemeenten)}")
    return found[0].slugs[0]


def _guard(action: Any) -> Any:
    try:
        return action()
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


def _usage(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(2)


def _show(answer: Answer) -> None:
    console = Console(highlight=False)
    console.print(escape(answer.text), soft_wrap=False)
    if answer.choices:
        console.print("\n" + escape(" · ".join(choice.label for choice in answer.choices)))
    if answer.citations:
        console.print("\n[bold]Bronnen[/bold]")
    for citation in answer.citations:
        chunk = citation.chunk
        page = f", bladzijde {chunk.page}" if chunk.page else ""
        console.print(f"  \\[{citation.number}] {escape(chunk.title)} · {escape(chunk.heading)}{page} ({chunk.scope})")
        console.print(f"      [dim]{escape(chunk.source.url)} · peildatum {escape(chunk.source.peildatum)}[/dim]")
        if citation.warning:
            console.print(f"      [yellow]{escape(citation.warning)}[/yellow]")


def _run_batch(assistant: Assistant, source: Path, target: Path) -> None:
    try:
        lines = source.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        _usage(f"{source} is niet te lezen. Klopt de naam, en is het UTF-8? ({type(error).__name__})")
    pipeline = _guard(lambda: assistant.pipeline)
    _guard(assistant.warm_up)
    rows = [line for line in lines if line.strip()]
    try:
        with target.open("w", encoding="utf-8") as out:
            for line in track(
                rows, description="Antwoorden", disable=not sys.stderr.isatty(), console=Console(stderr=True)
            ):
                out.write(json.dumps(_answer_line(assistant, pipeline, line), ensure_ascii=False) + "\n")
    except OSError as error:
        _usage(f"{target} is niet te schrijven. Bestaat de map?")
        raise AssertionError from error


def _answer_line(assistant: Assistant, pipeline: Any, line: str) -> dict[str, Any]:
    identifier: object = None
    try:
        raw = json.loads(line)
        identifier = raw.get("id") if isinstance(raw, dict) else None
        row = _BatchLine.model_validate(raw)
        if row.gemeente is not None and row.gemeente not in (
            *assistant.gazetteer.gemeenten,
            "regio-twente",
            "landelijk",
        ):
            raise ValueError(f"de gemeente '{row.gemeente}' is niet bekend")
        history = tuple(_messages(row.historie or []))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) or "regel" for item in error.errors())
        return _bad_line(assistant.texts, identifier, f"deze velden kloppen niet: {fields}")
    except ValueError as error:
        reason = "dit is geen geldige JSON" if isinstance(error, json.JSONDecodeError) else str(error)
        return _bad_line(assistant.texts, identifier, reason)
    answer = pipeline.run(Question(text=row.vraag, gemeente=row.gemeente, history=history))
    return {**answer_to_json(answer), "id": row.id}


def _messages(history: list[dict[str, str]]) -> Iterator[Message]:
    for entry in history:
        role = _ROLES.get(entry.get("rol", ""))
        if role is None:
            raise ValueError("in historie is rol 'gebruiker' of 'sam'")
        yield Message(role=role, text=entry.get("tekst", ""))


def _bad_line(texts: Texts, identifier: object, reason: str) -> dict[str, Any]:
    text = texts.get("error_input", reason=reason)
    answer = Answer(status=AnswerStatus.ERROR_INPUT, text=text, sentences=(PublishedSentence(text=text),))
    return {**answer_to_json(answer), "id": identifier}
