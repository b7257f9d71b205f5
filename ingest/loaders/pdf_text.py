"""Lines of a PDF to sections: paragraphs rebuilt, words joined, headings found."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from statistics import median

from ingest.loaders.pdf_heads import without_running_heads
from ingest.loaders.pdf_layout import Line, Page, Table, body_size, reading_order
from ingest.loaders.sections import SectionCollector
from ingest.loaders.text import flatten
from knowledge.types import Section

_BULLET = re.compile(r"(?:[•▪■●◦○‣∙·➢✓✔►▶\uf0b7\uf0a7\uf0d8]\s*(?:o\s+)?|[-–]\s+)(?=\S)")
_CONTENTS = re.compile(r"(?:inhoud|inhoudsopgave)\W*", re.IGNORECASE)
_LEADS_TO_PAGE = re.compile(r"\d+\W*$")
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_END = re.compile(r"[.!?:;…][\"'’”)\]]*$")
_SENTENCE_END = re.compile(r"[.!?;,][\"'’”)]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLASH = re.compile(r"aa|ee|ii|oo|uu|a[eiu]|e[aiu]|ie|o[eiu]|ui|ij")
_FIRST_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni")
_MONTHS = (*_FIRST_MONTHS, "juli", "augustus", "september", "oktober", "november", "december")
_DATE = re.compile(rf"(?:(\d{{1,2}})\s+)?({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
_POOR_TITLE = re.compile(
    r"untitled|unspecified|naamloos|^microsoft|^document\d*$|\.(?:docx?|pdf|pptx?|indd|xlsx?)$", re.I
)
_HEADING_LENGTH = 160
_HEADING_LEADING = 1.5
_EMPTY_HEADINGS, _CONTENTS_LENGTH = 4, 8
_HYPHENED_PREFIXES = ("niet", "non", "ex")


def document_title(pages: Sequence[Page], stated: str, name: str) -> str:
    """The title the file gives itself, else its largest first line, else its name."""
    if stated and not _POOR_TITLE.search(stated):
        return stated
    lines = [line for page in pages[:1] for line in page.lines if re.search(r"[^\W\d_]{3}", line.text)]
    largest = max(lines, key=lambda line: round(line.size), default=None)
    if largest is not None and largest.size > 1.15 * body_size(line for page in pages for line in page.lines):
        return largest.text
    return flatten(PurePath(name).stem.replace("_", " ").replace("-", " ")) or name


def stated_date(pages: Sequence[Page], title: str) -> str:
    """The date a document says it is of: a short line with a date on its first pages, or the year in its title."""
    for line in (line for page in pages[:2] for line in page.lines if len(line.text) <= 60):
        match = _DATE.search(line.text)
        if match:
            day, month, year = match.groups()
            number = f"{year}-{_MONTHS.index(month.lower()) + 1:02d}"
            return f"{number}-{int(day):02d}" if day else number
    years = set(_YEAR.findall(title))
    return years.pop() if len(years) == 1 else "onbekend"


@dataclass(slots=True)
class _Block:
    """A heading, paragraph, list item or table in the making."""

    kind: str
    lines: list[Line]
    table: Table | None = None

    @property
    def page(self) -> int:
        return self.table.page if self.table else self.lines[0].page


def document_sections(pages: Sequence[Page], title: str) -> tuple[Section, ...]:
    """The sections of a document; text that goes on over a page stays with the page where it starts."""
    clean_pages = without_running_heads(pages)
    lines = [line for page in clean_pages for line in page.lines]
    size = body_size(lines)
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    bold_body = sum(len(s.text) for s in lines if s.bold) > 0.5 * sum(len(s.text) for s in lines)
    parts = [part for page in clean_pages for part in reading_order(page.lines)]
    blocks = list(_BlockMaker(size, bold_body, _usual_leading(parts)).blocks(parts))
    return _Writer(title, words, size).write(_regrouped(blocks))


def _usual_leading(parts: Sequence[Line | Table]) -> float:
    """Distance between baselines within a paragraph, as a multiple of the size."""
    ratios = [
        round((above.y - below.y) / below.size, 2)
        for above, below in pairwise(part for part in parts if isinstance(part, Line))
        if above.page == below.page
        and abs(above.size - below.size) < 0.5
        and 0.9 < (above.y - below.y) / below.size < 2.2
    ]
    return Counter(ratios).most_common(1)[0][0] if ratios else 1.3


class _BlockMaker:
    def __init__(self, size: float, bold_body: bool, leading: float) -> None:
        self._size = size
        self._bold_body = bold_body
        self._leading = leading
        self._margins: dict[tuple[int, int], float] = {}

    def blocks(self, parts: Sequence[Line | Table]) -> Iterator[_Block]:
        """Lines grouped by how they stand: same style, no wider gap than usual, no list marker."""
        self._measure([part for part in parts if isinstance(part, Line)])
        block: _Block | None = None
        for part in parts:
            if isinstance(part, Table):
                if block is not None:
                    yield block
                yield _Block("table", [], part)
                block = None
                continue
            kind = self._kind(part)
            if block is not None and self._goes_on(block, part, kind):
                block.lines.append(part)
                continue
            if block is not None:
                yield block
            block = _Block(kind, [part])
        if block is not None:
            yield block

    def _measure(self, lines: Sequence[Line]) -> None:
        ends: dict[tuple[int, int], list[float]] = {}
        for line in lines:
            ends.setdefault((line.page, line.column), []).append(line.end)
        self._margins = {key: max(found) for key, found in ends.items()}

    def _kind(self, line: Line) -> str:
        larger = line.size >= 1.12 * self._size
        bold = line.bold and not self._bold_body
        if (larger or bold) and re.search(r"[^\W\d_]", line.text) and not _BULLET.match(line.text):
            return "heading"
        return "item" if _BULLET.match(line.text) or _NUMBER.match(line.text) else "text"

    def _goes_on(self, block: _Block, line: Line, kind: str) -> bool:
        last = block.lines[-1]
        if (last.page, last.column) != (line.page, line.column):
            return False
        gap = (last.y - line.y) / max(line.size, last.size)
        if block.kind == "heading" or kind == "heading":
            same_style = abs(last.size - line.size) < 0.5 and last.bold == line.bold
            return block.kind == kind and same_style and 0 <= gap <= _HEADING_LEADING
        tight = 0 <= gap <= 1.2 * self._leading
        return tight and kind == "text" and not self._ends_early(last, line)

    def _ends_early(self, last: Line, line: Line) -> bool:
        """A sentence that stops where the next word would have fitted ends its paragraph."""
        word = line.text.split(" ", 1)[0]
        room = self._margins[last.page, last.column] - last.end
        width = (line.end - line.x) * (len(word) + 1) / max(len(line.text), 1)
        return bool(_END.search(last.text)) and room > width + 2 * line.size and not line.text[:1].islower()


def _regrouped(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks with headings that are no headings made text, and broken paragraphs made whole."""
    after: _Block | None = None
    for block in reversed(blocks):
        if block.kind == "heading" and _is_text(block, after):
            block.kind = "text"
        after = block
    texts = [block for block in blocks if block.kind == "text"]
    broken = sum(block.lines[0].text[:1].islower() for block in texts)
    loose = len(texts) > 10 and broken > 0.1 * len(texts)
    whole: list[_Block] = []
    for block in blocks:
        if whole and block.kind == "text" and _continues(whole[-1], block, loose):
            whole[-1].lines.extend(block.lines)
        else:
            whole.append(block)
    return whole


def _is_text(block: _Block, after: _Block | None) -> bool:
    """Whether a block in the style of a heading is a sentence, or the first half of one."""
    text = " ".join(line.text for line in block.lines)
    goes_on = after is not None and after.kind == "text" and after.lines[0].text[:1].islower()
    return len(text) > _HEADING_LENGTH or bool(_SENTENCE_END.search(text)) or text[:1].islower() or goes_on


def _continues(before: _Block, block: _Block, loose: bool) -> bool:
    """Whether `block` goes on in the middle of a sentence that `before` left open.

    In a loose document (sentences cut by white space) a long open line also goes on with a capital.
    """
    if before.kind not in ("text", "item"):
        return False
    last, line = before.lines[-1], block.lines[0]
    if _END.search(last.text) or (abs(last.size - line.size) > 0.6 and not line.text[:1].islower()):
        return False
    if line.text[:1].islower() or last.text.endswith(("-", ",")):
        return True
    moved = (last.page, last.column) != (line.page, line.column)
    usual = median(s.end - s.x for s in before.lines)
    full = last.end - last.x >= 0.9 * usual and len(last.text) > 30
    length = sum(len(s.text) for s in before.lines)
    return (moved and full) or (loose and length > 60 and len(line.text) > 20)


class _Writer:
    def __init__(self, title: str, words: Counter[str], size: float) -> None:
        self._collector = SectionCollector(title)
        self._words = words
        self._size = size
        self._waiting: list[_Block] = []
        self._in_contents = False

    def write(self, blocks: Sequence[_Block]) -> tuple[Section, ...]:
        ranks = sorted({self._style(block) for block in blocks if block.kind == "heading"}, reverse=True)
        for block in blocks:
            if block.kind == "heading":
                self._waiting.append(block)
                continue
            self._open_heading(ranks)
            if block.table is not None:
                rows = [[self._text(cell.split("\n")) for cell in row] for row in block.table.rows]
                if not (self._in_contents and all(_LEADS_TO_PAGE.search(" ".join(row)) for row in rows)):
                    self._collector.table(rows, page=block.page)
                continue
            text = self._text([line.text for line in block.lines])
            if self._in_contents and _LEADS_TO_PAGE.search(text):
                continue
            if block.kind == "item":
                self._collector.item(_BULLET.sub("", text, count=1) if _BULLET.match(text) else text, page=block.page)
            else:
                self._collector.paragraph(text, page=block.page)
        return self._collector.sections()

    def _style(self, block: _Block) -> tuple[float, bool]:
        return (round(block.lines[0].size), block.lines[0].bold)

    def _open_heading(self, ranks: Sequence[tuple[float, bool]]) -> None:
        """Start the section of the last heading read; headings of its rank without text of their own stand over it.

        A long row of headings without text is a table of contents, and says nothing about what follows.
        """
        if not self._waiting:
            return
        *empty, block = self._waiting
        self._waiting = []
        level = ranks.index(self._style(block)) + 1
        above: list[str] = []
        if _EMPTY_HEADINGS <= len(empty) < _CONTENTS_LENGTH:
            self._title_page(empty)
            empty = []
        for other in empty if len(empty) < _EMPTY_HEADINGS else ():
            rank = ranks.index(self._style(other)) + 1
            text = self._text([line.text for line in other.lines])
            if rank < level:
                self._collector.heading(rank, text, page=other.page)
            else:
                above.append(text)
        heading = self._text([line.text for line in block.lines])
        self._in_contents = bool(_CONTENTS.fullmatch(heading))
        self._collector.heading(level, heading, page=block.page, above=above)

    def _title_page(self, blocks: Sequence[_Block]) -> None:
        """Headings that are text, as on a title page: for whom, by whom, the date."""
        first, *others = (self._text([line.text for line in block.lines]) for block in blocks)
        self._collector.heading(1, first, page=blocks[0].page)
        for other, block in zip(others, blocks[1:], strict=True):
            self._collector.paragraph(other, page=block.page)

    def _text(self, lines: Sequence[str]) -> str:
        text = ""
        for line in lines:
            text = join_line(text, line, self._words) if text else line
        return flatten(text)


def join_line(text: str, line: str, words: Counter[str] | None = None) -> str:
    """`line` after `text`; a word that was cut at the line end becomes whole, a real hyphen stays.

    Real are the hyphens after a capital or figure ("IZA-middelen"), before a capital, between vowels
    that would clash ("regio-opgaven"), after one letter ("e-mail"), and those of a word that the
    document writes with one elsewhere. Before "en" and "of" a hyphen stands for a word left out.
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if not re.search(r"\w-$", text) or not line:
        return f"{text} {line}"
    first = _WORD.match(line)
    last = re.search(r"[^\W_]+(?:-[^\W_]+)*-$", text)
    if first is None or last is None:
        return f"{text}{line}"
    head, tail = last.group()[:-1], first.group()
    if tail.casefold() in ("en", "of", "tot", "als", "dan", "maar"):
        return f"{text} {line}"
    known = words or Counter()
    whole, hyphened = known[f"{head}{tail}".casefold()], known[f"{head}-{tail}".casefold()]
    if whole or hyphened:
        real = hyphened > whole
    else:
        real = (
            len(head) == 1
            or head.casefold() in _HYPHENED_PREFIXES
            or head[-1].isupper()
            or head[-1].isdigit()
            or tail[0].isupper()
            or _CLASH.fullmatch(f"{head[-1]}{tail[0]}".casefold()) is not None
        )
    return f"{text}{line}" if real else f"{text[:-1]}{line}"
