"""Whether a sentence promises a right, judges a case, blames, shames, or hints at fraud."""

import re
from functools import lru_cache
from pathlib import Path

from assistant.checks.outcome import Outcome, guarded
from assistant.texts import FOLDER, compile_patterns
from knowledge.text import fold

_HARMLESS = "harmless"


@lru_cache(maxsize=1)
def _patterns(path: Path = FOLDER / "beloften.yaml") -> dict[str, tuple[re.Pattern[str], ...]]:
    return compile_patterns(path)


def check_promises(sentence: str) -> Outcome:
    """Judge one sentence against the patterns of `texts/beloften.yaml`; an exception inside is an error."""
    return guarded(lambda: list(_reasons(sentence)))


@lru_cache(maxsize=4096)
def _reasons(sentence: str) -> tuple[str, ...]:
    """Why a sentence may not be said; remembered, because stored sentences come back."""
    folded = fold(sentence)
    for pattern in _patterns()[_HARMLESS]:
        folded = pattern.sub(" ", folded)
    return tuple(
        f"{kind}: {match.group()}"
        for kind, patterns in _patterns().items()
        if kind != _HARMLESS
        for pattern in patterns
        if (match := pattern.search(folded))
    )
