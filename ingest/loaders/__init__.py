"""Reading files and pages: which loader reads what."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from ingest.errors import UnreadableDocumentError, UnsupportedFormatError
from ingest.types import LoadedDocument

_KINDS_BY_TYPE = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "text",
    "text/xml": "xml",
    "application/xml": "xml",
}
_KINDS_BY_EXTENSION = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".xml": "xml",
}
EXTENSIONS = frozenset(_KINDS_BY_EXTENSION)
_OTHER_BYTES = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
)
_READS = "Sam leest pdf, HTML, Markdown, tekst (txt), CVDR-XML en Samenwerkende Catalogi."
_TOO_DEEP = "Dit bestand zit te ingewikkeld in elkaar om te lezen. Sla de tekst op als pdf of als tekstbestand."
_EMPTY = "Dit bestand is leeg. Er is niets om te lezen."


def load(
    data: bytes, *, name: str, url: str, media_type: str | None = None, today: date | None = None
) -> LoadedDocument:
    """Read a file or page; of a file with more documents (a catalogue) the first one.

    Raises:
        UnsupportedFormatError: Sam does not read this kind of file.
        UnreadableDocumentError: broken, encrypted, scanned or empty.
    """
    return load_all(data, name=name, url=url, media_type=media_type, today=today)[0]


def load_all(
    data: bytes, *, name: str, url: str, media_type: str | None = None, today: date | None = None
) -> tuple[LoadedDocument, ...]:
    """Read all documents in a file or page; `today` decides which regulations have ended.

    Raises:
        UnsupportedFormatError: Sam does not read this kind of file.
        UnreadableDocumentError: broken, encrypted, scanned or empty.
    """
    if not data.strip():
        raise UnreadableDocumentError(_EMPTY)
    kind = kind_of(data, name, media_type)
    try:
        if kind == "catalogus":
            from ingest.loaders.catalogus import load_catalogus

            return load_catalogus(data, name=name, url=url)
        return (_loader(kind, today)(data, name=name, url=url),)
    except RecursionError as error:
        raise UnreadableDocumentError(_TOO_DEEP) from error


def _loader(kind: str, today: date | None) -> Callable[..., LoadedDocument]:
    """The loader of a kind, imported only now: a text file need not wait for the PDF library."""
    if kind == "pdf":
        from ingest.loaders.pdf import load_pdf

        return load_pdf
    if kind == "html":
        from ingest.loaders.html import load_html

        return load_html
    if kind == "cvdr":
        from ingest.loaders.cvdr import load_cvdr

        return partial(load_cvdr, today=today or date.today())
    from ingest.loaders.markdown import load_markdown, load_text

    return load_markdown if kind == "markdown" else load_text


def kind_of(data: bytes, name: str, media_type: str | None) -> str:
    """What a file is, by its first bytes, its extension and the media type it came with.

    Raises:
        UnsupportedFormatError: nothing Sam reads.
    """
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    extension = PurePath(unquote(urlsplit(name).path) if "://" in name else name).suffix.lower()
    if start.startswith(_OTHER_BYTES):
        raise UnsupportedFormatError(f"Dit soort bestand kan Sam niet lezen. {_READS}")
    kind = _KINDS_BY_TYPE.get((media_type or "").partition(";")[0].strip().lower())
    by_extension = _KINDS_BY_EXTENSION.get(extension)
    if kind is None or (kind == "text" and by_extension is not None):
        kind = by_extension or kind
    if start[:5] == b"<?xml" or kind == "xml":
        return _kind_of_xml(data)
    if start[:9].lower() == b"<!doctype" or start[:5].lower() == b"<html":
        return "html"
    if kind is None and not extension and not media_type:
        return "text"
    if kind is None:
        raise UnsupportedFormatError(
            f"Een bestand van het soort '{extension or media_type}' kan Sam niet lezen. {_READS}"
        )
    return kind


def _kind_of_xml(data: bytes) -> str:
    for mark, kind in ((b"cvdr/terms", "cvdr"), (b"<cvdr", "cvdr"), (b"scproduct", "catalogus"), (b"<html", "html")):
        if mark in data:
            return kind
    raise UnsupportedFormatError(f"Dit soort XML kan Sam niet lezen. {_READS}")
