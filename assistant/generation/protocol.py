"""What a generator is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from assistant.types import AnswerStatus, Aspect, Draft, Link, Mood
from knowledge.types import Chunk, Passage, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document that fits the question, all its sections in order, and how well it fits."""

    key: str
    scope: str
    topic: str | None
    title: str
    chunks: tuple[Chunk, ...]
    score: float

    @property
    def first(self) -> Chunk:
        """The chunk the page opens with."""
        return self.chunks[0]

    def under(self, heading: str) -> tuple[Chunk, ...]:
        """The chunks under a heading."""
        return tuple(chunk for chunk in self.chunks if chunk.heading == heading)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentNorm:
    """The page with the newest national figures of a norm, and those figures in integer cents."""

    page: Page
    cents: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything a generator may use.

    `pages` are the fitting pages best first; `missing_local` says that the gemeente has no page of its
    own on `topic`; `norms` holds the newest national figures that beat copies on the best page;
    `topic_norm` names the norm that tells the amounts of the topic itself; `alternative` is a
    page that still holds, when the best one has stopped; `background` is what holds for everyone on the
    same topic; `contact` tells how to reach the gemeente. The answer has at most about `most_words` words;
    a `compact` one stands beside another subject and leaves out what that already told.
    """

    question: str
    aspect: Aspect
    mood: Mood
    gemeente: str | None
    gemeente_name: str | None
    topic: Topic | None
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    missing_local: bool = False
    outside: str | None = None
    norms: Mapping[str, CurrentNorm] = field(default_factory=dict)
    topic_norm: str | None = None
    alternative: Page | None = None
    background: Page | None = None
    contact: Page | None = None
    most_words: int = 120
    compact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A draft, the status it deserves, and the ways on."""

    draft: Draft
    status: AnswerStatus
    links: tuple[Link, ...] = ()


class Generator(Protocol):
    """Writes a draft from a brief."""

    def compose(self, brief: Brief) -> Composition:
        """Sentences with their evidence.

        Raises:
            GenerationError: nothing could be written.
        """
        ...
