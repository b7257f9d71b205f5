"""Cutting stored paragraphs into sentences that can be said one by one."""

import re
from functools import lru_cache

_ABBREVIATION = re.compile(
    r"(?:\b(?:bijv|ca|nr|tel|art|dhr|mevr|ma|o\.a|d\.w\.z|t\.a\.v|incl|excl|max|min|evt|enz|e\.d|St)\.|\b[A-Z]\.)$"
)
_BREAK = re.compile(r"(?<=[.!?])[\"'’”)]?\s+(?=[\"'‘“(]?[A-ZÀ-Ý0-9€])")


@lru_cache(maxsize=20_000)
def split_sentences(paragraph: str) -> tuple[str, ...]:
    """The sentences of a stored running paragraph; a paragraph with a list is one sentence."""
    if "\n- " in paragraph or paragraph.startswith("- "):
        return (paragraph,)
    flat = " ".join(paragraph.split())
    sentences: list[str] = []
    start = 0
    for match in _BREAK.finditer(flat):
        piece = flat[start : match.start()]
        if _ABBREVIATION.search(piece):
            continue
        sentences.append(flat[start : match.end()].strip())
        start = match.end()
    if start < len(flat):
        sentences.append(flat[start:].strip())
    return tuple(sentences)


def list_parts(paragraph: str) -> tuple[str, list[str]]:
    """Lead-in and items of a paragraph with a list; no items for running text."""
    lines = paragraph.splitlines()
    items = [line[2:].strip() for line in lines if line.startswith("- ")]
    lead = " ".join(line.strip() for line in lines if not line.startswith("- "))
    return lead, items


def word_count(text: str) -> int:
    """Number of words of `text`."""
    return len(text.split())
