"""Turns, chunks and drafts for tests of the assistant layer; no index needed."""

from typing import Any

from assistant.types import Draft, Evidence, Question, Sentence, Turn
from knowledge.types import Chunk, Source


def build_turn(text: str = "", **values: Any) -> Turn:
    """A turn as it is after the first steps, for a question that was typed as `text`."""
    question = Question(
        text=text,
        gemeente=values.pop("website", None),
        history=values.pop("history", ()),
        conversation=values.pop("conversation", None),
    )
    defaults: dict[str, Any] = {"question": question, "text": text, "plain": text, "standalone": text}
    return Turn(**(defaults | values))


def build_chunk(text: str = "De toeslag is € 100 per jaar.", **values: Any) -> Chunk:
    """A chunk of a page of Enschede; fields of its source are given as `url`, `peildatum`, `certainty`."""
    source = Source(
        url=values.pop("url", "https://www.enschede.nl/toeslag"),
        title="Gemeente Enschede",
        peildatum=values.pop("peildatum", "2026-06"),
        certainty=values.pop("certainty", "hoog"),
    )
    defaults: dict[str, Any] = {
        "id": "enschede/toeslag#0",
        "document": "enschede/toeslag",
        "order": 0,
        "scope": "enschede",
        "topic": "individuele-inkomenstoeslag",
        "title": "Individuele inkomenstoeslag",
        "heading": "Hoeveel?",
        "source": source,
    }
    return Chunk(text=text, **(defaults | values))


def build_draft(*sentences: tuple[str, Chunk | None]) -> Draft:
    """A draft of sentences, each resting on the first paragraph of its chunk."""
    return Draft(
        sentences=tuple(
            Sentence(text=text, evidence=(Evidence(chunk=chunk, paragraph=chunk.paragraphs[0]),) if chunk else ())
            for text, chunk in sentences
        ),
        generator="regelkaart",
    )
