"""Whether a text tells of danger to a person; works on the raw text, before anything can reject it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.texts import FOLDER, load_yaml
from knowledge.text import fold


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
    """The most urgent kind of crisis that `text` tells of, or None."""
    folded = re.sub(r"\s+", " ", fold(text))
    for crisis in load_crisis():
        cleared = folded
        for exception in crisis.exceptions:
            cleared = exception.sub(" ", cleared)
        if any(pattern.search(cleared) for pattern in crisis.patterns):
            return crisis
    return None
