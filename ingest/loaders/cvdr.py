"""Local regulations as lokaleregelgeving.overheid.nl publishes them (CVDR)."""

import re
from datetime import date
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableDocumentError
from ingest.loaders.scopes import scope_of
from ingest.loaders.sections import SectionCollector
from ingest.loaders.text import flatten
from ingest.loaders.xml import first, local, parse_xml, text, value
from ingest.types import LoadedDocument

_IDENTIFIER = re.compile(r"(?:CVDR)?(\d+)_(\d+)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIVISIONS = {
    "boek": 1,
    "deel": 2,
    "titeldeel": 2,
    "hoofdstuk": 3,
    "afdeling": 4,
    "paragraaf": 5,
    "subparagraaf": 6,
    "sub-paragraaf": 6,
    "artikel": 9,
    "enig-artikel": 9,
    "bijlage": 3,
    "nota-toelichting": 3,
    "toelichting": 3,
    "algemeen": 5,
    "artikelsgewijs": 5,
    "divisie": 4,
    "circulaire.divisie": 4,
}
_SKIPPED = ("meta", "kop", "intitule", "regeling-sluiting", "colspec", "lidnr", "li.nr", "noot.nr", "plaatje")
_INLINE = ("al", "tussenkop", "titel", "label")


def identifier_of(raw: str) -> str:
    """`112779_1` and `CVDR100394_2` as `CVDR<number>_<version>`; empty when it is neither."""
    match = _IDENTIFIER.search(raw)
    return f"CVDR{match.group(1)}_{match.group(2)}" if match else ""


def address_of(identifier: str) -> str:
    """Where a regulation stands on lokaleregelgeving.overheid.nl."""
    number, _, version = identifier.partition("_")
    return f"https://lokaleregelgeving.overheid.nl/{number}/{version}"


def load_cvdr(data: bytes, *, name: str, url: str, today: date) -> LoadedDocument:
    """Read a regulation; one that has ended before `today` gets `valid_until`.

    Raises:
        UnreadableDocumentError: it is no CVDR, or holds no text.
    """
    root = first(parse_xml(data), "cvdr")
    if root is None:
        raise UnreadableDocumentError("Dit XML-bestand is geen lokale regeling (CVDR).")
    title = value(root, "title") or value(root, "intitule") or name
    collector = SectionCollector(title)
    body = first(root, "body")
    _walk(body if body is not None else root, collector)
    sections = collector.sections()
    if not sections:
        raise UnreadableDocumentError("In deze regeling staat geen tekst. Kijk op lokaleregelgeving.overheid.nl.")
    identifier = identifier_of(value(root, "identifier"))
    start, end = value(root, "inwerkingtredingDatum"), value(root, "uitwerkingtredingDatum")
    return LoadedDocument(
        title=title,
        url=address_of(identifier) if identifier else url,
        sections=sections,
        peildatum=_date(start) or _date(value(root, "modified")) or "onbekend",
        scope=scope_of(value(root, "creator")),
        valid_until=_date(end) if _date(end) and _date(end) <= today.isoformat() else None,
    )


def _date(raw: str) -> str:
    match = _DATE.match(raw)
    return match.group() if match else ""


def _walk(element: Element, collector: SectionCollector) -> None:
    for child in element:
        name = local(child)
        if name in _SKIPPED or not name:
            continue
        if name in _DIVISIONS:
            heading = _heading(child)
            if heading:
                collector.heading(_DIVISIONS[name], heading)
            _walk(child, collector)
        elif name == "tussenkop":
            collector.heading(8, text(child))
        elif name == "lid":
            _article_part(child, collector)
        elif name == "al":
            collector.paragraph(text(child))
        elif name in ("lijst", "specificatielijst"):
            collector.end_list()
            _list(child, collector)
        elif name == "table":
            collector.table(_rows(child), header=any(local(part) == "thead" for part in child.iter()))
        else:
            _walk(child, collector)


def _heading(element: Element) -> str:
    kop = next((child for child in element if local(child) == "kop"), None)
    return flatten(" ".join(text(part) for part in kop)) if kop is not None else ""


def _article_part(lid: Element, collector: SectionCollector) -> None:
    """A member of an article: its number stands before its first sentence."""
    number = value(lid, "lidnr")
    for child in lid:
        name = local(child)
        if name == "al":
            collector.paragraph(f"{number} {text(child)}" if number else text(child))
            number = ""
        elif name in ("lijst", "specificatielijst"):
            collector.end_list()
            _list(child, collector)
        elif name == "table":
            collector.table(_rows(child), header=any(local(part) == "thead" for part in child.iter()))


def _list(element: Element, collector: SectionCollector) -> None:
    for item in element:
        if local(item) not in ("li", "specificatie"):
            continue
        number = value(item, "li.nr") or (item.get("nr") or "")
        marker = "" if number.strip() in ("", "•", "-", "–", "▪", "o", "◦") else f"{number.strip()} "
        own = " ".join(text(part) for part in item if local(part) in _INLINE)
        collector.item(f"{marker}{own}")
        for part in item:
            if local(part) == "lijst":
                _list(part, collector)


def _rows(table: Element) -> list[list[str]]:
    """Cells of a table; `al` elements in a cell are parted by a space."""
    rows = []
    for row in table.iter():
        if local(row) == "row":
            cells = [cell for cell in row if local(cell) == "entry"]
            rows.append([flatten(" ".join(text(part) for part in cell) or text(cell)) for cell in cells])
    return rows
