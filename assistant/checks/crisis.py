"""Whether a text tells of danger to a person; works on the raw text, before anything can reject it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.texts import FOLDER, load_yaml
from knowledge.text import fold

_MARKUP = re.compile(r"<[/!?a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisPattern:
    """One kind of crisis: what it looks like, what only resembles it, and the help lines in order."""

    kind: str
    patterns: tuple[re.Pattern[str], ...]
    exceptions: tuple[re.Pattern[str], ...]
    signposts: tuple[str, ...]
    text: str


@lru_cache(maxsize=1)
def load_crisis(path: Path = FOLDER / "crisis.yaml") -> tuple[CrisisPattern, ...]:
    """The kinds of crisis, most urgent first.

    Raises:
        TextsError: the file is broken.
    """
    return tuple(
        CrisisPattern(
            kind=row["kind"],
            patterns=tuple(re.compile(pattern) for pattern in row["patterns"]),
            exceptions=tuple(re.compile(pattern) for pattern in row.get("exceptions", ())),
            signposts=tuple(row["signposts"]),
            text=row["text"].strip(),
        )
        for row in load_yaml(path)["crises"]
    )


def find_crisis(text: str) -> CrisisPattern | None:
    """The most urgent kind of crisis that `text` tells of, or None; markup and invisible characters hide nothing."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    readings = [re.sub(r"\s+", " ", fold(reading)) for reading in (visible, _MARKUP.sub(" ", visible))]
    for crisis in load_crisis():
        if any(_tells_of(crisis, reading) for reading in dict.fromkeys(readings)):
            return crisis
    return None


def _tells_of(crisis: CrisisPattern, folded: str) -> bool:
    for exception in crisis.exceptions:
        folded = exception.sub(" ", folded)
    return any(pattern.search(folded) for pattern in crisis.patterns)
