"""The source register, `content/bronnen.yaml`: the public pages the content rests on."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredSource:
    """A public page, and the scopes and topics it is about."""

    url: str
    title: str
    gemeenten: tuple[str, ...]
    topics: tuple[str, ...]
    kind: str
    peildatum: str


def load_register(content: Path = CONTENT) -> tuple[RegisteredSource, ...]:
    """All pages in the register, in its order.

    Raises:
        ContentError: the file is unreadable or a row misses a field.
    """
    try:
        rows = yaml.safe_load((content / "bronnen.yaml").read_text(encoding="utf-8"))["bronnen"]
        return tuple(
            RegisteredSource(
                url=row["url"],
                title=row["title"],
                gemeenten=tuple(row["gemeenten"]),
                topics=tuple(row["topics"]),
                kind=row["kind"],
                peildatum=str(row.get("peildatum") or "onbekend"),
            )
            for row in rows
        )
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ContentError(f"bronnen.yaml klopt niet: {error}") from error
