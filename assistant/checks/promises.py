"""Whether a sentence promises a right, blames, or shames."""

import re
from functools import lru_cache
from pathlib import Path

from assistant.checks.outcome import Outcome, judge
from assistant.texts import FOLDER, compile_patterns
from knowledge.text import fold


@lru_cache(maxsize=1)
def _patterns(path: Path = FOLDER / "beloften.yaml") -> dict[str, tuple[re.Pattern[str], ...]]:
    return compile_patterns(path)


def check_promises(sentence: str) -> Outcome:
    """Judge one sentence against the patterns of `texts/beloften.yaml`."""
    folded = fold(sentence)
    return judge(
        [f"{kind}: {match.group()}" for kind, ps in _patterns().items() for p in ps if (match := p.search(folded))]
    )
