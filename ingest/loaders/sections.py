"""Collects headings and paragraphs into sections; every loader ends here.

A list is one paragraph of lines that start with "- ", under the sentence that leads it in; a table is a
list of its rows, so that each row can be understood without its header.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.loaders.text import clean, flatten
from knowledge.types import Section

_HEADER_LENGTH = 60


@dataclass(slots=True)
class _Open:
    heading: str
    path: tuple[str, ...]
    page: int | None = None
    anchor: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    in_list: bool = False


class SectionCollector:
    """Takes headings and paragraphs in reading order; text above the first heading comes under `title`."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._stack: list[tuple[int, str]] = []
        self._sections = [_Open(title, ())]

    def heading(
        self, level: int, text: str, *, anchor: str | None = None, page: int | None = None, above: Sequence[str] = ()
    ) -> None:
        """Start a section; `above` holds headings over it that have no level of their own."""
        heading = flatten(text)
        if not heading:
            return
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        path = (*(name for _, name in self._stack), *above)
        if heading == self._title and not path:
            self._sections.append(_Open(heading, (), page, anchor))
            return
        self._stack.append((level, heading))
        self._sections.append(_Open(heading, path, page, anchor))

    def paragraph(self, text: str, *, page: int | None = None) -> None:
        """Add a paragraph of running text."""
        if body := clean(text):
            section = self._section(page)
            section.in_list = False
            section.paragraphs.append(body)

    def item(self, text: str, *, page: int | None = None) -> None:
        """Add an item to the list that is going on, or start one."""
        body = flatten(text)
        if not body:
            return
        section = self._section(page)
        led_in = bool(section.paragraphs) and section.paragraphs[-1].endswith(":")
        if section.paragraphs and (section.in_list or led_in):
            section.paragraphs[-1] += f"\n- {body}"
        else:
            section.paragraphs.append(f"- {body}")
        section.in_list = True

    def end_list(self) -> None:
        """The next item starts a new list."""
        self._sections[-1].in_list = False

    def table(self, rows: Sequence[Sequence[str]], *, header: bool = False, page: int | None = None) -> None:
        """Add a table, one line for each row."""
        self.end_list()
        for line in table_lines(rows, header=header):
            self.item(line, page=page)
        self.end_list()

    def sections(self) -> tuple[Section, ...]:
        """All sections with text."""
        return tuple(
            Section(
                heading=section.heading,
                paragraphs=tuple(section.paragraphs),
                path=section.path,
                page=section.page,
                anchor=section.anchor,
            )
            for section in self._sections
            if section.paragraphs
        )

    def _section(self, page: int | None) -> _Open:
        """The open section; on a new page its text goes on in a section of that page."""
        section = self._sections[-1]
        if page is not None and section.page != page:
            if section.paragraphs:
                section = _Open(section.heading, section.path, page)
                self._sections.append(section)
            section.page = page
        return section


def table_lines(rows: Sequence[Sequence[str]], *, header: bool = False) -> list[str]:
    """A line for each row: "column: value; column: value" when there is a header, else its cells.

    A first row of short texts without figures above rows with figures counts as a header.
    """
    table = [[flatten(cell) for cell in row] for row in rows]
    table = [row for row in table if any(row)]
    if not table:
        return []
    names = table[0] if len(table) > 1 and (header or _looks_like_header(table)) else []
    lines = []
    for row in table[1:] if names else table:
        cells = [(name, cell) for name, cell in zip(_padded(names, len(row)), row, strict=True) if cell]
        if len(cells) == 1:
            lines.append(cells[0][1])
        elif any(name for name, _ in cells):
            lines.append("; ".join(f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in cells))
        elif len(cells) == 2:
            lines.append(f"{cells[0][1].rstrip(':')}: {cells[1][1]}")
        else:
            lines.append("; ".join(cell for _, cell in cells))
    return lines


def _looks_like_header(table: Sequence[Sequence[str]]) -> bool:
    first, rest = table[0], table[1:]
    named = len(first) > 1 and all(cell and len(cell) <= _HEADER_LENGTH for cell in first)
    without_figures = not any(re.search(r"\d", cell) for cell in first)
    return named and (len(first) > 2 or (without_figures and all(re.search(r"\d", "".join(row)) for row in rest)))


def _padded(names: Sequence[str], length: int) -> list[str]:
    return [names[i] if i < len(names) else "" for i in range(length)]
