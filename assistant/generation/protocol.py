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
class Brief:
    """Everything a generator may use.

    `pages` are the fitting pages best first; `missing_local` says that the gemeente has no page of its
    own on `topic`; `norm` is the page with the newest national figures where these beat the local ones;
    `contact` is the page that tells how to reach the gemeente.
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
    norm: Page | None = None
    norm_chunks: tuple[Chunk, ...] = ()
    contact: Page | None = None
    masked: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)


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
