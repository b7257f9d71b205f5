"""Whether a sentence shouts, presses, talks down, pities, or is too long to follow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.checks.outcome import Outcome, guarded
from assistant.generation.sentences import list_parts, split_sentences
from assistant.texts import FOLDER, load_yaml
from knowledge.text import fold

_CAPITALS = re.compile(r"[A-ZÀ-Ý]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """What the file of tones holds; lengths in words."""

    longest_sentence: int
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]
    shouting: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def load_tone(path: Path = FOLDER / "toon.yaml") -> Tone:
    """The rules of tone.

    Raises:
        TextsError: the file is missing or not YAML.
    """
    rows = load_yaml(path)
    return Tone(
        longest_sentence=rows["longest_sentence"],
        patterns={kind: tuple(re.compile(pattern) for pattern in found) for kind, found in rows["patterns"].items()},
        shouting=tuple(re.compile(pattern) for pattern in rows["shouting"]),
    )


def check_tone(sentence: str, *, stored: bool = False) -> Outcome:
    """Judge one sentence; `stored` says that it stands in its source letter for letter, then it may be long.

    The words of a sentence are counted without list items, which count one by one. An exception is an error.
    """
    return guarded(lambda: [*_heard(sentence), *(() if stored else _too_long(sentence))])


@lru_cache(maxsize=4096)
def _heard(sentence: str) -> tuple[str, ...]:
    """What is wrong with its tone; remembered, because stored sentences come back."""
    return tuple(_hear(sentence))


def _hear(sentence: str) -> Iterator[str]:
    tone, folded = load_tone(), fold(sentence)
    for kind, patterns in tone.patterns.items():
        yield from (f"{kind}: {match.group()}" for pattern in patterns if (match := pattern.search(folded)))
    if "!" in sentence or _CAPITALS.search(sentence):
        yield from (f"shouting: {match.group()}" for pattern in tone.shouting if (match := pattern.search(sentence)))


def _too_long(sentence: str) -> Iterator[str]:
    longest = load_tone().longest_sentence
    lead, items = list_parts(sentence)
    for part in (*split_sentences(lead), *items):
        if (words := len(part.split())) > longest:
            yield f"long: {words} words"
