"""Sections to chunks: retrieve the section, cite the paragraph.

A section that fits is one chunk. A longer one is cut between paragraphs; a paragraph that is too long
by itself is cut between sentences by langchain-text-splitters. No chunk crosses a heading.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.types import LoadedDocument
from knowledge.types import Chunk, Document, Regeling, Section, Source

MAX_CHARACTERS = 1_200
FORMAT = "1"
_SPLITTER = RecursiveCharacterTextSplitter(
    chunk_size=MAX_CHARACTERS,
    chunk_overlap=0,
    separators=["\n", ". ", "? ", "! ", "; ", ", ", " ", ""],
    keep_separator="end",
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def split_section(section: Section) -> Iterator[str]:
    """The text of a section in pieces of at most `MAX_CHARACTERS`, whole paragraphs where possible."""
    pending: list[str] = []
    for paragraph in section.paragraphs:
        pieces = [paragraph]
        if len(paragraph) > MAX_CHARACTERS:
            pieces = [piece.strip() for piece in _SPLITTER.split_text(paragraph)]
        for piece in pieces:
            if pending and sum(map(len, pending)) + len(piece) > MAX_CHARACTERS:
                yield "\n\n".join(pending)
                pending = []
            pending.append(piece)
    if pending:
        yield "\n\n".join(pending)


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in (FORMAT, *parts)).encode()).hexdigest()


def regeling_document(page: Regeling) -> Document:
    """A bundled page as a document; its digest covers everything that reaches the index."""
    years = [m.group() for a in page.amounts if a.kind == "bedrag" and a.valid for m in _YEAR.finditer(a.valid)]
    copies = {(a.norm, a.cents) for a in page.amounts if a.norm and a.cents is not None}
    chunks = tuple(
        Chunk(
            id=f"{page.key}#{order}",
            document=page.key,
            order=order,
            scope=page.scope,
            topic=page.topic,
            title=page.title,
            heading=section.heading,
            text=text,
            source=page.source,
            stopped=page.validity.stopped,
            doubtful=page.doubtful,
            amounts_from=max(years, default=None),
            norm_copies=tuple(sorted(copies)),
            executor=page.executor,
        )
        for order, (section, text) in enumerate((s, t) for s in page.sections for t in split_section(s))
    )
    return Document(
        key=page.key,
        scope=page.scope,
        title=page.title,
        origin="content",
        digest=_digest(chunks),
        chunks=chunks,
    )


def loaded_document(loaded: LoadedDocument, *, scope: str, topic: str | None) -> Document:
    """A file or web page as a document of `scope`; its address is its key."""
    key = f"{scope}/{loaded.url}"
    short = hashlib.sha256(key.encode()).hexdigest()[:16]
    pieces = [(section, text) for section in loaded.sections for text in split_section(section)]
    chunks = tuple(
        Chunk(
            id=f"{short}#{order}",
            document=key,
            order=order,
            scope=scope,
            topic=topic,
            title=loaded.title,
            heading=" > ".join((*section.path, section.heading)) or loaded.title,
            text=text,
            source=Source(
                url=f"{loaded.url}#{section.anchor}" if section.anchor else loaded.url,
                title=loaded.title,
                peildatum=loaded.peildatum,
                certainty="middel",
            ),
            origin="ingest",
            page=section.page,
            stopped=loaded.valid_until is not None,
        )
        for order, (section, text) in enumerate(pieces)
    )
    return Document(
        key=key, scope=scope, title=loaded.title, origin="ingest", digest=_digest(chunks), chunks=chunks
    )
