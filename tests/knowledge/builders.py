"""Small documents for tests."""

from dataclasses import replace

from knowledge.types import Chunk, Document, Source

SOURCE = Source(url="https://www.enschede.nl/geld", title="Geld", peildatum="2026-01", certainty="hoog")


def chunk(identifier: str = "enschede/geld#0", text: str = "Geld van de gemeente.", **changes: object) -> Chunk:
    """A chunk with its place taken from its id: `scope/slug#order`."""
    document, _, order = identifier.partition("#")
    made = Chunk(
        id=identifier,
        document=document,
        order=int(order),
        scope=document.partition("/")[0],
        topic="minimabeleid",
        title="Geld",
        heading="Wat is het?",
        text=text,
        source=SOURCE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def document(key: str, *texts: str, digest: str = "1") -> Document:
    """A document with one chunk per text."""
    return Document(
        key=key,
        scope=key.partition("/")[0],
        title=key,
        origin="content",
        digest=digest,
        chunks=tuple(chunk(f"{key}#{order}", text) for order, text in enumerate(texts)),
    )
