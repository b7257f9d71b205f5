"""Chooses how an answer opens and closes, so that a conversation does not repeat itself."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from assistant.types import Mood

Kind = Literal["opening", "closing"]


@lru_cache(maxsize=1)
def load_tone(path: Path = FOLDER / "openingen.yaml") -> Mapping[str, Mapping[Mood, tuple[str, ...]]]:
    """The openings and closings of every mood.

    Raises:
        TextsError: the file is broken or names another mood.
    """
    raw = load_yaml(path)
    try:
        return {
            kind: {Mood(mood): tuple(text.strip() for text in texts) for mood, texts in raw[kind].items()}
            for kind in ("opening", "closing")
        }
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise TextsError(f"{path.name} klopt niet: {error}") from error


def choose(kind: Kind, mood: Mood, said: Sequence[str], seed: str) -> str | None:
    """An opening or closing that fits the mood, or None when there is none or all have been said.

    Args:
        kind: which of the two.
        mood: how the person sounds.
        said: Sam's earlier messages; a text that one of them holds is not chosen again.
        seed: the same seed gives the same choice, on every machine.
    """
    left = [text for text in load_tone()[kind].get(mood, ()) if not any(text in message for message in said)]
    if not left:
        return None
    return min(left, key=lambda text: hashlib.sha256(f"{seed}\n{text}".encode()).digest())
