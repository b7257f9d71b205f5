"""Sections to chunks: retrieve the section, cite the paragraph.

A section that fits is one chunk. A longer one is cut between paragraphs; a paragraph that is too long
by itself is cut between sentences by langchain-text-splitters. No chunk crosses a heading.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.texts import text as fixed_text
from ingest.types import LoadedDocument
from knowledge.plannen import Plan
from knowledge.types import Chunk, Document, Gemeente, Regeling, Section, Source

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
            only_for=page.only_for,
            valid_until=page.validity.end,
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
    # Readers see the name of a local file, never the folders of the server.
    address = loaded.url if loaded.url.startswith("http") else unquote(loaded.url.rpartition("/")[2])
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
                url=f"{address}#{section.anchor}" if section.anchor else address,
                title=loaded.title,
                peildatum=loaded.peildatum,
                certainty="middel",
            ),
            origin="ingest",
            page=section.page,
            stopped=loaded.valid_until is not None,
            valid_until=loaded.valid_until,
        )
        for order, (section, text) in enumerate(pieces)
    )
    return Document(key=key, scope=scope, title=loaded.title, origin="ingest", digest=_digest(chunks), chunks=chunks)


def plan_document(plan: Plan) -> Document:
    """A regional plan document, retold in own words, as a document."""
    key = f"{plan.scope}/plan-{plan.slug}"
    parts = [(section, plan.source) for section in plan.sections]
    return _content_document(key, plan.scope, plan.topic, plan.title, parts)


def contact_document(gemeente: Gemeente) -> Document:
    """Whom to call or visit in a gemeente, made from its data through the templates of `texts.yaml`."""
    heading = fixed_text("contact_kop")
    parts = [(Section(heading=heading, paragraphs=(_desk_paragraph(gemeente),)), gemeente.contact_source)]
    if gemeente.phone and gemeente.phone_source:
        own = fixed_text("contact_bellen", gemeente=gemeente.name, telefoon=gemeente.phone)
        website = fixed_text("contact_website", gemeente=gemeente.name, website=gemeente.website)
        parts.append((Section(heading=heading, paragraphs=(f"{own} {website}",)), gemeente.phone_source))
    title = fixed_text("contact_titel", gemeente=gemeente.name)
    return _content_document(f"{gemeente.slug}/_contact", gemeente.slug, "contact", title, parts)


def _desk_paragraph(gemeente: Gemeente) -> str:
    """The desk for money worries; every sentence can stand alone."""
    contact = gemeente.contact
    name = contact.organisation
    desk = [fixed_text("contact_hulp", gemeente=gemeente.name, organisatie=name)]
    desk += [fixed_text("contact_hulp_telefoon", organisatie=name, telefoon=phone) for phone in contact.phones]
    if contact.email:
        desk.append(fixed_text("contact_hulp_mail", organisatie=name, mail=contact.email))
    if contact.address:
        desk.append(fixed_text("contact_hulp_adres", organisatie=name, adres=contact.address))
    if contact.hours:
        desk.append(contact.hours)
    if contact.url and contact.url != gemeente.website:
        desk.append(fixed_text("contact_hulp_website", organisatie=name, website=contact.url))
    return " ".join(desk)


def _content_document(
    key: str, scope: str, topic: str, title: str, parts: Iterable[tuple[Section, Source]]
) -> Document:
    """A document of the content that is no regeling: its sections, each with its source."""
    pieces = [(section.heading, text, source) for section, source in parts for text in split_section(section)]
    chunks = tuple(
        Chunk(
            id=f"{key}#{order}",
            document=key,
            order=order,
            scope=scope,
            topic=topic,
            title=title,
            heading=heading,
            text=text,
            source=source,
        )
        for order, (heading, text, source) in enumerate(pieces)
    )
    return Document(key=key, scope=scope, title=title, origin="content", digest=_digest(chunks), chunks=chunks)
