"""The nouns of the ingest layer."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.types import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDocument:
    """A document as a loader read it: its title, where it is from, how old it says it is, its sections.

    `valid_until` is the last day a regulation holds (ISO date), None when it still does.
    """

    title: str
    url: str
    sections: tuple[Section, ...]
    peildatum: str = "onbekend"
    scope: str | None = None
    topic: str | None = None
    valid_until: str | None = None


class Action(StrEnum):
    """What happened to a document."""

    CREATED = "nieuw"
    UPDATED = "bijgewerkt"
    UNCHANGED = "ongewijzigd"
    WITHDRAWN = "ingetrokken"
    FAILED = "mislukt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one document, and why (Dutch)."""

    document: str
    action: Action
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Outcome of a synchronisation."""

    changes: tuple[Change, ...]
    embedded: int
    chunks: int
    seconds: float

    def count(self, action: Action) -> int:
        """How many documents this happened to."""
        return sum(change.action is action for change in self.changes)
