"""Which fixed text a text is, whatever its variables are filled with."""

import re
from functools import lru_cache
from pathlib import Path

from assistant.texts import FOLDER, load_yaml

_VARIABLE = re.compile(r"\\\{\w+\\\}")
_VALUE = ".{1,120}"


@lru_cache(maxsize=1)
def _fixed(path: Path = FOLDER / "antwoorden.yaml") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every fixed text with its pattern."""
    texts = [" ".join(text.split()) for text in load_yaml(path).values()]
    return tuple((text, re.compile(_VARIABLE.sub(_VALUE, re.escape(text)))) for text in texts)


@lru_cache(maxsize=1024)
def fixed_text(text: str) -> str | None:
    """The fixed text of `texts/antwoorden.yaml` that a whole text is, its variables open; None when it is none."""
    flat = " ".join(text.split())
    return next((fixed for fixed, pattern in _fixed() if pattern.fullmatch(flat)), None)
