"""National norms by date of validity; "now" is the newest version valid on the clock's date."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT
from knowledge.types import Amount, Period, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NormVersion:
    """The figures of a norm from one day on; `page` is the page (scope/slug) that tells them."""

    start: date | None
    end: date | None
    source: Source
    amounts: tuple[Amount, ...]
    page: str | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A national norm with all versions Sam knows, oldest first; `words` are those people ask for it with."""

    slug: str
    name: str
    explanation: str
    versions: tuple[NormVersion, ...]
    words: tuple[str, ...] = ()

    def on(self, day: date) -> NormVersion | None:
        """The newest version that holds on `day`; None when none does."""
        valid = [v for v in self.versions if (v.start or date.min) <= day and (v.end is None or day <= v.end)]
        return max(valid, key=lambda version: version.start or date.min, default=None)


def _version(raw: dict[str, Any]) -> NormVersion:
    source = raw["source"]
    return NormVersion(
        start=raw.get("from"),
        end=raw.get("until"),
        source=Source(
            url=source["url"],
            title=source["title"],
            peildatum=str(source["peildatum"]),
            certainty=source["zekerheid"],
        ),
        amounts=tuple(
            Amount(
                label=amount["for_whom"],
                cents=amount.get("cents"),
                percent=amount.get("percent"),
                period=Period(amount["period"]) if amount.get("period") else None,
                note=amount.get("note"),
            )
            for amount in raw["amounts"]
        ),
        page=raw.get("page"),
        doubt=raw.get("doubt"),
    )


def load_norms(content: Path = CONTENT) -> dict[str, Norm]:
    """All norms by slug.

    Raises:
        ContentError: a file is broken; the message names it.
    """
    norms: dict[str, Norm] = {}
    for path in sorted((content / "normen").glob("*.yaml")):
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
            versions = tuple(sorted(map(_version, raw["versions"]), key=lambda version: version.start or date.min))
            norms[raw["slug"]] = Norm(
                slug=raw["slug"],
                name=raw["name"],
                explanation=raw["explanation"].strip(),
                versions=versions,
                words=tuple(raw.get("words", ())),
            )
        except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise ContentError(f"normen/{path.name} klopt niet: {error}") from error
    return norms
