"""Plain text as paragraphs and lists, with citations and phone numbers as links; never HTML from outside."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge import figures

_MARK = re.compile(r"\s?\[(\d{1,3})\]")
_ITEM = re.compile(r"^\s*[-•*]\s+")
_BEFORE_SHORT_NUMBER = re.compile(r"(?:\b(?:bel|belt|bellen|naar|nummer|op|via|of)|[:(])\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text; a citation or a phone number has a `value` to link to."""

    text: str
    kind: Literal["text", "citation", "phone"] = "text"
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or a list with its items; `language` when it is in another one than the page."""

    kind: Literal["paragraph", "list"]
    items: tuple[tuple[Run, ...], ...]
    language: str = ""


def to_blocks(text: str, numbers: Collection[int] = ()) -> tuple[Block, ...]:
    """Cut a text at blank lines and list items; `[n]` becomes a link when `n` is in `numbers`."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        prose: list[str] = []
        items: list[str] = []
        for line in paragraph.splitlines():
            if _ITEM.match(line):
                blocks.extend(_prose(prose, numbers))
                prose = []
                items.append(_ITEM.sub("", line))
            else:
                blocks.extend(_listing(items, numbers))
                items = []
                prose.append(line.strip())
        blocks.extend(_listing(items, numbers))
        blocks.extend(_prose(prose, numbers))
    return tuple(blocks)


def in_language(blocks: Sequence[Block], language: str, count: int) -> tuple[Block, ...]:
    """The same blocks, the first `count` of them marked as being in another language."""
    return tuple(replace(block, language=language) if i < count else block for i, block in enumerate(blocks))


def _prose(lines: list[str], numbers: Collection[int]) -> Iterator[Block]:
    text = " ".join(line for line in lines if line)
    if text:
        yield Block(kind="paragraph", items=(tuple(to_runs(text, numbers)),))


def _listing(items: list[str], numbers: Collection[int]) -> Iterator[Block]:
    if items:
        yield Block(kind="list", items=tuple(tuple(to_runs(item, numbers)) for item in items))


def to_runs(text: str, numbers: Collection[int] = ()) -> Iterator[Run]:
    """Text, citations and phone numbers in order."""
    position = 0
    for match in _MARK.finditer(text):
        if int(match.group(1)) in numbers:
            yield from _with_phones(text[position : match.start()])
            yield Run(text=match.group(1), kind="citation", value=match.group(1))
            position = match.end()
    yield from _with_phones(text[position:])


def _with_phones(text: str) -> Iterator[Run]:
    position = 0
    for start, end in figures.spans_of_phones(text):
        number = dial(text[start:end])
        if len(number) <= 3 and not _BEFORE_SHORT_NUMBER.search(text[:start]):
            continue  # "112 euro" is no emergency
        if text[position:start]:
            yield Run(text=text[position:start])
        yield Run(text=text[start:end], kind="phone", value=number)
        position = end
    if text[position:]:
        yield Run(text=text[position:])


def dial(phone: str) -> str:
    """The digits to dial; empty when it is not a phone number."""
    digits = figures.normalise_phone(phone)
    return digits if 3 <= len(digits) <= 15 else ""
