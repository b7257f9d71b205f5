"""Reads `content/plannen`: the regional plan documents retold in own words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from knowledge.errors import ContentError
from knowledge.regelingen import CONTENT, split_sections
from knowledge.types import Section, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One plan document: its sections with free headings, cited to document and year."""

    slug: str
    title: str
    scope: str
    topic: str
    year: str
    source: Source
    sections: tuple[Section, ...]


def load_plans(content: Path = CONTENT) -> tuple[Plan, ...]:
    """All plan documents, by slug.

    Raises:
        ContentError: a file is unreadable or misses a field; the message names it.
    """
    return tuple(_parse(path) for path in sorted((content / "plannen").glob("*.md")))


def _parse(path: Path) -> Plan:
    try:
        post = frontmatter.load(str(path))
        meta: dict[str, Any] = dict(post.metadata)
        source = meta["source"]
        return Plan(
            slug=path.stem,
            title=meta["title"],
            scope=meta["gemeente"],
            topic=meta["topic"],
            year=str(meta["year"]),
            source=Source(
                url=source["url"],
                title=source["title"],
                peildatum=str(source["peildatum"]),
                certainty=source["zekerheid"],
            ),
            sections=split_sections(post.content),
        )
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise ContentError(f"plannen/{path.name} klopt niet: {error}") from error
