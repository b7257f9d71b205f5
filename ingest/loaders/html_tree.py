"""Walks an HTML tree (or trafilatura's TEI-like tree) and collects its headings, paragraphs, lists and tables."""

import re
from collections.abc import Callable, Iterator

from lxml import etree, html

from ingest.loaders.sections import SectionCollector
from ingest.loaders.text import flatten

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "head", "summary")
_ITEMS = ("li", "item", "dd")
_LISTS = ("ul", "ol", "list", "dl")
_TABLE_ROWS = ("tr", "row")
_CELLS = ("td", "th", "cell")
_BREAKS = ("br", "lb")
_BLOCKS = (
    {*HEADINGS, *_ITEMS, *_LISTS, *_TABLE_ROWS, *_CELLS, "table", "thead", "tbody", "tfoot", "caption", "dt"}
    | {"p", "div", "section", "article", "main", "body", "html", "details", "address", "fieldset", "form"}
    | {"blockquote", "quote", "pre", "code", "figure", "figcaption", "ab"}
)
UNWANTED = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "iframe", "object", "embed", "svg"}
    | {"button", "input", "select", "textarea", "canvas", "video", "audio", "dialog", "math", "title", "meta", "link"}
)
_LEVEL_OF_SUMMARY = 4

Anchor = Callable[[etree._Element], str | None]


def parse_html(text: str) -> etree._Element | None:
    """The tree of an HTML page or fragment; None when there is nothing in it. No entity or link is followed."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def tag(element: etree._Element) -> str:
    """Local name of an element, lower case; empty for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def text_of(element: etree._Element, *, skip: frozenset[str] = UNWANTED) -> str:
    """All text in an element on one line, breaks and blocks as spaces."""
    return flatten(" ".join(_pieces(element, skip)))


def _pieces(element: etree._Element, skip: frozenset[str]) -> Iterator[str]:
    run = element.text or ""
    for child in element:
        name = tag(child)
        if name in skip:
            run += " "
        elif name in _BREAKS or name in _BLOCKS:
            yield run
            run = ""
            yield from _pieces(child, skip)
        elif name:
            run += " ".join(_pieces(child, skip))
        run += child.tail or ""
    yield run


def collect(root: etree._Element, collector: SectionCollector, anchor: Anchor = lambda element: None) -> None:
    """Add everything under `root` to `collector`; `anchor` says where a heading stands on the page."""
    _Walker(collector, anchor).walk(root)


class _Walker:
    def __init__(self, collector: SectionCollector, anchor: Anchor) -> None:
        self._collector = collector
        self._anchor = anchor
        self._run = ""
        self._term = ""

    def walk(self, root: etree._Element) -> None:
        self._children(root)
        self._flush()

    def _children(self, element: etree._Element) -> None:
        self._run += element.text or ""
        for child in element:
            self._element(child)
            self._run += child.tail or ""

    def _element(self, element: etree._Element) -> None:
        name = tag(element)
        if name in UNWANTED or not name:
            return
        if name in HEADINGS:
            self._flush()
            self._collector.heading(_level(element), text_of(element), anchor=self._anchor(element))
        elif name == "table":
            self._flush()
            self._table(element)
        elif name in _LISTS:
            self._flush()
            self._collector.end_list()
            self._list(element, depth=1)
        elif name in _BREAKS:
            self._run += "\n"
        elif name in _BLOCKS:
            self._flush()
            self._children(element)
            self._flush()
        else:
            self._children(element)

    def _flush(self) -> None:
        lines = (flatten(line) for line in re.split(r"\n", self._run.replace("\r", "")))
        text = " ".join(line for line in lines if line)
        self._run = ""
        if text:
            self._collector.paragraph(text)

    def _list(self, element: etree._Element, depth: int) -> None:
        """Items of a list; a list inside an item follows as items of its own, a table as its rows."""
        for child in element:
            name = tag(child)
            if name in _LISTS:
                self._list(child, depth + 1)
            elif name == "dt" or (child.get("rend") or "").startswith("dt"):
                self._term = text_of(child)
            elif name in _ITEMS:
                inner = [part for part in child.iter() if part is not child and tag(part) in (*_LISTS, "table")]
                own = text_of(child, skip=UNWANTED | {*_LISTS, "table"}) if inner else text_of(child)
                self._collector.item(f"{self._term.rstrip(':')}: {own}" if self._term else own)
                self._term = ""
                self._nested(child, depth)
            elif name and name not in UNWANTED:
                self._list(child, depth)

    def _nested(self, item: etree._Element, depth: int) -> None:
        for part in item:
            if tag(part) in _LISTS:
                self._list(part, depth + 1)
            elif tag(part) == "table":
                for line in _rows(part)[0]:
                    self._collector.item("; ".join(line))
            elif tag(part) not in UNWANTED:
                self._nested(part, depth)

    def _table(self, table: etree._Element) -> None:
        rows, header = _rows(table)
        caption = next((text_of(part) for part in table if tag(part) == "caption"), "")
        if caption:
            self._collector.paragraph(caption)
        self._collector.table(rows, header=header)


def _rows(table: etree._Element) -> tuple[list[list[str]], bool]:
    """Cells of a table, a spanning cell repeated, and whether its first row is a header."""
    rows: list[list[str]] = []
    header = False
    for row in table.iter():
        if tag(row) not in _TABLE_ROWS:
            continue
        cells = [cell for cell in row if tag(cell) in _CELLS]
        if not rows:
            header = bool(cells) and all(tag(cell) == "th" or cell.get("role") == "head" for cell in cells)
        texts: list[str] = []
        for cell in cells:
            span = cell.get("colspan") or "1"
            texts.extend([text_of(cell)] + [""] * (min(int(span), 20) - 1 if span.isdigit() else 0))
        rows.append(texts)
    return rows, header


def _level(element: etree._Element) -> int:
    name = element.get("rend") if tag(element) == "head" else tag(element)
    return int(name[1]) if name and re.fullmatch(r"h[1-6]", name) else _LEVEL_OF_SUMMARY
