"""PDF files. The only module that knows pypdf."""

import logging
import math
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
from pypdf import apply_configuration
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic._font import Font

from ingest.errors import UnreadableDocumentError
from ingest.loaders.pdf_layout import Line, Page
from ingest.loaders.pdf_text import document_sections, document_title, stated_date
from ingest.loaders.text import flatten
from ingest.types import LoadedDocument

_log = logging.getLogger(__name__)

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
_STREAM_LIMIT = 40_000_000
_EMPTY = "Deze pdf is leeg. Controleer het bestand en sla het opnieuw op."
_BROKEN = "Deze pdf is beschadigd. Open het bestand, sla het opnieuw op als pdf en probeer het nog eens."
_LOCKED = "Deze pdf is beveiligd met een wachtwoord. Sla het bestand op zonder wachtwoord en probeer het opnieuw."
_SCANNED = (
    "Deze pdf bestaat uit plaatjes. Maak er eerst leesbare tekst van (OCR), "
    "bijvoorbeeld met de scanner of met een programma voor pdf-bestanden."
)
_TOO_LONG = f"Deze pdf is te groot: Sam leest hoogstens {MAX_PAGES} bladzijden. Splits het bestand."
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_CHARACTERS_PER_PAGE = 8
# Codes without a character of their own show as a bullet in WinAnsiEncoding (PDF 32000, annex D).
_BULLETS = str.maketrans(dict.fromkeys("\x7f\x81\x8d\x8f\x90\x9d", "•"))
_MARKER = re.compile(r"\s*(?:[^\w\s€]|\d{1,2}[.)]|[a-z][.)]|o)\s*")
_TAB, _TAB_AFTER_MARKER = 0.7, 3.0

# pypdf raises errors of every kind on broken files; each is mapped to one of ours here.
_FOREIGN = (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError)
_FOREIGN_TOO = (OSError, RecursionError, TypeError, ValueError)


def load_pdf(data: bytes, *, name: str, url: str) -> LoadedDocument:
    """Read a PDF: headings, paragraphs in reading order and tables, each with its page.

    Raises:
        UnreadableDocumentError: empty, broken, encrypted, scanned or too large; the message says what to do.
    """
    if not data.strip():
        raise UnreadableDocumentError(_EMPTY)
    with (
        _quiet(),
        apply_configuration(
            zlib_maximum_output_length=_STREAM_LIMIT,
            lzw_maximum_output_length=_STREAM_LIMIT,
            array_based_stream_maximum_output_length=_STREAM_LIMIT,
            disable_legacy_handling=True,
        ),
    ):
        reader = _open(data)
        pages = _pages(reader, name)
        metadata_title = _metadata_title(reader)
    if sum(len(line.text) for page in pages for line in page.lines) < _CHARACTERS_PER_PAGE * len(pages):
        raise UnreadableDocumentError(_SCANNED)
    title = document_title(pages, metadata_title, name)
    sections = document_sections(pages, title)
    if not sections:
        raise UnreadableDocumentError(_SCANNED)
    return LoadedDocument(title=title, url=url, sections=sections, peildatum=stated_date(pages, title))


@contextmanager
def _quiet() -> Iterator[None]:
    """What pypdf notices about a file is of no use to the reader: the outcome says it."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _open(data: bytes) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocumentError(_LOCKED)
        count = len(reader.pages)
    except DependencyError as error:
        raise UnreadableDocumentError(_LOCKED) from error
    except (*_FOREIGN, *_FOREIGN_TOO) as error:
        raise UnreadableDocumentError(_BROKEN) from error
    if count == 0:
        raise UnreadableDocumentError(_EMPTY)
    if count > MAX_PAGES:
        raise UnreadableDocumentError(_TOO_LONG)
    return reader


def _pages(reader: pypdf.PdfReader, name: str) -> list[Page]:
    """All pages; one that cannot be read is left out, unless none can."""
    pages: list[Page] = []
    failures = characters = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            pages.append(_page(page, number))
        except (*_FOREIGN, *_FOREIGN_TOO) as error:
            failures += 1
            _log.warning("%s: page %d cannot be read (%s)", name, number, type(error).__name__)
            continue
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > MAX_CHARACTERS:
            raise UnreadableDocumentError(_TOO_LONG)
    if failures > len(pages):
        raise UnreadableDocumentError(_BROKEN)
    return pages


def _page(page: pypdf.PageObject, number: int) -> Page:
    runs = _Runs(number)
    page.extract_text(visitor_text=runs)
    turned = runs.angle
    box = page.mediabox
    low, high = (float(box.bottom), float(box.top)) if turned in (0, 180) else (float(box.left), float(box.right))
    bottom, top = (-high, -low) if turned in (90, 180) else (low, high)
    return Page(number, bottom, top, tuple(runs.lines()))


def _metadata_title(reader: pypdf.PdfReader) -> str:
    try:
        return flatten(str(reader.metadata.title or "")) if reader.metadata else ""
    except (*_FOREIGN, *_FOREIGN_TOO):
        return ""


class _Runs:
    """Receives runs of text from pypdf and makes lines of them."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._runs: list[Line] = []
        self._angles: list[int] = []
        self._fonts: dict[int, tuple[Callable[[str], float], bool]] = {}

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if not text.strip():
            if text.strip("\n") and self._runs:
                self._runs[-1] = replace(self._runs[-1], text=self._runs[-1].text + " ")
            return
        a, b = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        angle = round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90
        scale = math.hypot(a, b) or 1.0
        height = abs(size) * math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        width, bold = self._font(font)
        turned = {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[angle]
        for number, part in enumerate(text.split("\n")):
            if part.strip():
                length = width(part.rstrip()) * abs(size) * scale / 1000
                place = (turned[0], turned[1] - number * height, turned[0] + length)
                self._runs.append(Line(part.translate(_BULLETS), *place, height, bold, self._page))
                self._angles.append(angle)

    def _font(self, resource: Any) -> tuple[Callable[[str], float], bool]:
        key = id(resource)
        if key not in self._fonts:
            bold = bool(_BOLD.search(str((resource or {}).get("/BaseFont", ""))))
            self._fonts[key] = (_width_function(resource), bold)
        return self._fonts[key]

    @property
    def angle(self) -> int:
        """The direction most text runs in, in degrees."""
        weight = {0: 0}
        for angle, run in zip(self._angles, self._runs, strict=True):
            weight[angle] = weight.get(angle, 0) + len(run.text)
        return max(weight, key=lambda angle: weight[angle])

    def lines(self) -> Iterator[Line]:
        """The runs that read in the main direction, joined where they go on on the same baseline."""
        main = self.angle
        open_line: Line | None = None
        previous = None
        for angle, run in zip(self._angles, self._runs, strict=True):
            place = (run.text, round(run.x), round(run.y))
            if angle != main or place == previous or run.size < 1:
                continue
            previous = place
            if open_line is not None and _goes_on(open_line, run):
                open_line = _joined(open_line, run)
                continue
            if open_line is not None:
                yield from _cleaned(open_line)
            open_line = run
        if open_line is not None:
            yield from _cleaned(open_line)


def _goes_on(line: Line, run: Line) -> bool:
    size = max(line.size, run.size)
    tab = _TAB_AFTER_MARKER if _MARKER.fullmatch(line.text) else _TAB
    return abs(line.y - run.y) < 0.45 * size and -0.6 * size < run.x - line.end < tab * size


def _joined(line: Line, run: Line) -> Line:
    spaced = line.text.endswith(" ") or run.text.startswith(" ")
    gap = " " if not spaced and run.x - line.end > 0.18 * line.size else ""
    longer = line if len(line.text) >= len(run.text) else run
    text = line.text + gap + run.text
    return Line(text, line.x, longer.y, run.end, longer.size, line.bold and run.bold, line.page)


def _cleaned(line: Line) -> Iterator[Line]:
    text = flatten(line.text)
    if text:
        yield replace(line, text=text)


def _width_function(resource: Any) -> Callable[[str], float]:
    """Widths of a font's characters, in thousandths of its size; half an em where they are unknown."""
    try:
        font = Font.from_font_resource(resource)
        widths = {font.character_map.get(raw, raw): width for raw, width in font.character_widths.items()}
        default = float(widths.get("default", 500)) or 500.0
    except (*_FOREIGN, *_FOREIGN_TOO):
        widths, default = {}, 500.0
    return lambda text: sum(float(widths.get(char, default)) for char in text)
