"""Markdown and plain text, with or without YAML front matter."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.errors import UnreadableDocumentError
from ingest.loaders.html_tree import collect, parse_html
from ingest.loaders.sections import SectionCollector
from ingest.loaders.text import clean, decode, flatten
from ingest.types import LoadedDocument
from knowledge.types import Section

_EMPTY = "Dit bestand is leeg. Er is niets om te lezen."
_BREAKS = ("softbreak", "hardbreak")
_LISTS_OPEN = ("bullet_list_open", "ordered_list_open")
_LISTS_CLOSE = ("bullet_list_close", "ordered_list_close")


def load_markdown(data: bytes, *, name: str, url: str) -> LoadedDocument:
    """Read Markdown; front matter may give title, url, peildatum, gemeente and topic, or a `source` with these.

    Raises:
        UnreadableDocumentError: there is no text in it.
    """
    meta, body = _front_matter(decode(data))
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = _text(meta, "title") or _first_heading(tokens) or _stem(name)
    collector = SectionCollector(title)
    _Reader(collector).read(tokens)
    return _document(meta, title, url, collector.sections())


def load_text(data: bytes, *, name: str, url: str) -> LoadedDocument:
    """Read plain text: blank lines part paragraphs; it has no headings, so it is one section.

    Raises:
        UnreadableDocumentError: there is no text in it.
    """
    meta, body = _front_matter(decode(data))
    title = _text(meta, "title") or _stem(name)
    collector = SectionCollector(title)
    for block in re.split(r"\n[^\S\n]*\n", body.replace("\r\n", "\n").replace("\r", "\n")):
        for is_item, text in _text_blocks(clean(block).split("\n")):
            if is_item:
                collector.item(text)
            else:
                collector.paragraph(text)
    return _document(meta, title, url, collector.sections())


def _text_blocks(lines: Sequence[str]) -> list[tuple[bool, str]]:
    blocks: list[tuple[bool, str]] = []
    for line in lines:
        marker = re.match(r"[-*•·]\s+", line)
        if marker:
            blocks.append((True, line[marker.end() :]))
        elif blocks:
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {line}")
        else:
            blocks.append((False, line))
    return blocks


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    try:
        meta, body = frontmatter.parse(text.replace("\r\n", "\n").replace("\x00", ""))
    except (yaml.YAMLError, ValueError, TypeError):
        return {}, text
    return (meta, body) if isinstance(meta, Mapping) else ({}, text)


def _document(meta: Mapping[str, Any], title: str, url: str, sections: tuple[Section, ...]) -> LoadedDocument:
    if not sections:
        raise UnreadableDocumentError(_EMPTY)
    source = meta.get("source")
    public = _text(source, "url") or _text(meta, "url")
    return LoadedDocument(
        title=title,
        url=public if public.startswith(("https://", "http://")) else url,
        sections=sections,
        peildatum=_text(source, "peildatum") or _text(meta, "peildatum") or "onbekend",
        scope=_text(meta, "gemeente") or None,
        topic=_text(meta, "topic") or _text(meta, "onderwerp") or None,
    )


def _text(meta: object, key: str) -> str:
    value = meta.get(key) if isinstance(meta, Mapping) else None
    return flatten(str(value)) if isinstance(value, str | int | float) or hasattr(value, "isoformat") else ""


def _stem(name: str) -> str:
    return flatten(PurePath(name).stem.replace("_", " ")) or name


def _first_heading(tokens: Sequence[Token]) -> str:
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _inline(tokens[position + 1])
    return ""


class _Reader:
    """Gives the tokens of a Markdown text to a collector, one by one."""

    def __init__(self, collector: SectionCollector) -> None:
        self._collector = collector
        self._depth = 0
        self._rows: list[list[str]] = []

    def read(self, tokens: Sequence[Token]) -> None:
        for position, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(_inline(token), tokens[position - 1])
            elif token.content:
                self._block(token)
            else:
                self._structure(token.type)

    def _structure(self, kind: str) -> None:
        if kind in _LISTS_OPEN:
            self._depth += 1
            if self._depth == 1:
                self._collector.end_list()
        elif kind in _LISTS_CLOSE:
            self._depth -= 1
        elif kind == "tr_open":
            self._rows.append([])
        elif kind == "table_close":
            self._collector.table(self._rows, header=True)
            self._rows = []

    def _inline(self, text: str, parent: Token) -> None:
        if parent.type == "heading_open":
            self._collector.heading(int(parent.tag[1:]), text)
        elif parent.type in ("th_open", "td_open"):
            self._rows[-1].append(text)
        elif self._depth:
            self._collector.item(text)
        else:
            self._collector.paragraph(text)

    def _block(self, token: Token) -> None:
        """Code is text as it stands; of HTML only the text is kept."""
        if token.type == "html_block":
            tree = parse_html(token.content)
            if tree is not None:
                collect(tree, self._collector)
        else:
            self._collector.paragraph(token.content)


def _inline(token: Token) -> str:
    """Text of an inline token without its markup; an image gives its description."""
    parts = []
    for child in token.children or ():
        if child.type in _BREAKS:
            parts.append(" ")
        elif child.type != "html_inline":
            parts.append(child.content)
    return flatten("".join(parts))
