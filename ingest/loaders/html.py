"""Web pages: the main content without menus, banners and scripts, with the anchor of each heading."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree

from ingest.errors import UnreadableDocumentError
from ingest.loaders.html_tree import HEADINGS, UNWANTED, collect, parse_html, tag, text_of
from ingest.loaders.sections import SectionCollector
from ingest.loaders.text import decode, flatten
from ingest.types import LoadedDocument
from knowledge.types import Section

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
_BANNER = re.compile(r"cookie|consent|skip-?link|breadcrumb|kruimelpad|readspeaker", re.IGNORECASE)
_MENU_ROLES = ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_MIN_CHARACTERS = 60
_ENOUGH_SHARE = 0.4
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def load_html(data: bytes, *, name: str, url: str) -> LoadedDocument:
    """Read a web page.

    Raises:
        UnreadableDocumentError: there is no readable text on it.
    """
    found = _CHARSET.search(data[:4096])
    tree = parse_html(decode(data, found.group(1).decode("ascii") if found else None))
    if tree is None:
        raise UnreadableDocumentError("Deze pagina is leeg. Er is niets om te lezen.")
    needs_script = tree.find(".//script") is not None
    _drop_unwanted(tree)
    page = etree.tostring(tree, encoding="unicode", method="html")
    extracted: Any = trafilatura.bare_extraction(
        page,
        url=url if url.startswith("http") else None,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": False, "outputformat": "%Y-%m-%d"},
    )
    title = _title(tree, extracted) or flatten(PurePath(name).stem) or name
    sections = _sections(tree, extracted, title)
    if sum(len(paragraph) for section in sections for paragraph in section.paragraphs) < _MIN_CHARACTERS:
        raise UnreadableDocumentError(_no_text(needs_script))
    date = str(getattr(extracted, "date", None) or "")
    return LoadedDocument(
        title=title,
        url=_canonical(tree, url),
        sections=sections,
        peildatum=date if _DATE.fullmatch(date) else "onbekend",
    )


def _no_text(needs_script: bool) -> str:
    if needs_script:
        return (
            "Op deze pagina staat geen tekst die Sam kan lezen: de pagina werkt alleen met JavaScript. "
            "Bewaar de tekst als pdf of als tekstbestand en voeg dat toe."
        )
    return "Op deze pagina staat bijna geen tekst. Klopt het adres?"


def _drop_unwanted(tree: etree._Element) -> None:
    """Take out what is no content for sure, so that no later step has to know it."""
    for element in list(tree.iter()):
        name = tag(element)
        marks = f"{element.get('id') or ''} {element.get('class') or ''}" if name else ""
        parent = element.getparent()
        unwanted = (
            (name in UNWANTED and name not in ("title", "meta", "link"))
            or element.get("role") in _MENU_ROLES
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "")
            or (name not in ("html", "body", "main", "article") and _BANNER.search(marks))
            or (name == "header" and parent is not None and tag(parent) == "body")
        )
        if unwanted and parent is not None and not _holds_main(element):
            _remove(element)


def _holds_main(element: etree._Element) -> bool:
    return any(tag(part) == "main" for part in element.iter())


def _remove(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _title(tree: etree._Element, extracted: Any) -> str:
    """The one main heading, else the title the page gives itself, without the name of the site."""
    headings = [text_of(heading) for heading in tree.iter("h1")]
    if len([heading for heading in headings if heading]) == 1:
        return next(heading for heading in headings if heading)
    named = flatten(str(getattr(extracted, "title", None) or ""))
    return named or next((re.split(r"\s[|–]\s", text_of(t, skip=frozenset()))[0] for t in tree.iter("title")), "")


def _sections(tree: etree._Element, extracted: Any, title: str) -> tuple[Section, ...]:
    """What trafilatura finds, or all of the main element when trafilatura drops most of it."""
    anchors = _Anchors(tree)
    body = getattr(extracted, "body", None)
    found = _collected(body, title, anchors) if body is not None else ()
    main = next((e for e in tree.iter("main", "article")), None)
    if main is None and not found:
        main = next(iter(tree.iter("body")), None)
    if main is None:
        return found
    whole = _collected(main, title, _Anchors(tree))
    return whole if _length(found) < _ENOUGH_SHARE * _length(whole) else found


def _collected(root: etree._Element, title: str, anchors: "_Anchors") -> tuple[Section, ...]:
    collector = SectionCollector(title)
    collect(root, collector, anchors.of)
    return collector.sections()


def _length(sections: Sequence[Section]) -> int:
    return sum(len(paragraph) for section in sections for paragraph in section.paragraphs)


class _Anchors:
    """Anchors of the headings of a page, by their text and order: extraction loses the ids."""

    def __init__(self, tree: etree._Element) -> None:
        self._anchors: dict[str, list[str | None]] = {}
        for heading in tree.iter(*HEADINGS):
            self._anchors.setdefault(text_of(heading), []).append(next(_ids(heading), None))

    def of(self, heading: etree._Element) -> str | None:
        found = self._anchors.get(text_of(heading))
        return found.pop(0) if found else None


def _ids(heading: etree._Element) -> Iterator[str]:
    """Ids of a heading: its own, one inside it, or of the nearest element it opens."""
    for part in heading.iter():
        identifier = part.get("id") or (part.get("name") if tag(part) == "a" else None)
        if identifier:
            yield identifier
    child = heading
    for ancestor in heading.iterancestors():
        first = next((part for part in ancestor if tag(part)), None)
        if tag(ancestor) in ("body", "html", "main") or first is not child or (ancestor.text or "").strip():
            return
        if ancestor.get("id"):
            yield str(ancestor.get("id"))
        child = ancestor


def _canonical(tree: etree._Element, url: str) -> str:
    """The address the page calls its own, when that is on the same host; a page may not speak for another."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            own = urljoin(url, str(link.get("href")).strip())
            parts, asked = urlsplit(own), urlsplit(url)
            local = asked.scheme not in ("http", "https")
            if parts.scheme in ("http", "https") and (local or parts.netloc == asked.netloc):
                return own.partition("#")[0]
    return url
