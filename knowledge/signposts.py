"""Emergency and help lines, each with its source."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT
from knowledge.types import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """A help line or desk: whom it is for and how to reach it."""

    slug: str
    name: str
    phone: str | None
    phone_text: str | None
    url: str | None
    hours: str | None
    audience: str
    kind: str
    source: Source
    doubt: str | None = None


def load_signposts(content: Path = CONTENT) -> dict[str, Signpost]:
    """All help lines by slug.

    Raises:
        ContentError: the file is broken.
    """
    try:
        rows = yaml.safe_load((content / "signposts.yaml").read_text(encoding="utf-8"))["signposts"]
        return {
            row["slug"]: Signpost(
                slug=row["slug"],
                name=row["name"],
                phone=row.get("phone"),
                phone_text=row.get("phone_text"),
                url=row.get("url"),
                hours=row.get("hours"),
                audience=row["for"],
                kind=row["kind"],
                source=Source(
                    url=row["source_url"],
                    title=row["name"],
                    peildatum=str(row["peildatum"]),
                    certainty=row["zekerheid"],
                ),
                doubt=row.get("doubt"),
            )
            for row in rows
        }
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ContentError(f"signposts.yaml klopt niet: {error}") from error
