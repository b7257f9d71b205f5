"""The nouns of the knowledge layer: frozen values without behaviour of their own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Certainty = Literal["hoog", "middel", "laag"]
AmountKind = Literal["bedrag", "grens", "overig"]

NATIONAL_SCOPE = "landelijk"
REGION_SCOPE = "regio-twente"
PLAN_TOPIC = "plan"

HEADINGS = (
    "Wat is het?",
    "Voor wie?",
    "Hoeveel?",
    "Voorwaarden",
    "Aanvragen",
    "Wat heeft u nodig?",
    "Wanneer hoort u iets?",
    "Let op",
    "Contact",
)


class Period(StrEnum):
    """The time an amount covers."""

    HOUR = "uur"
    DAY = "dag"
    WEEK = "week"
    MONTH = "maand"
    QUARTER = "kwartaal"
    YEAR = "jaar"
    ONCE = "eenmalig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The public page a fact comes from, and what that page says about its own age."""

    url: str
    title: str
    peildatum: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of money (integer cents) or a percentage; exactly one of the two is set.

    `norm` names the national norm (a slug of `normen/`) that this figure is a copy of.
    """

    label: str
    cents: int | None = None
    percent: float | None = None
    period: Period | None = None
    note: str | None = None
    valid: str | None = None
    kind: AmountKind = "bedrag"
    norm: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom a resident can call, write to or visit."""

    organisation: str
    phones: tuple[str, ...] = ()
    email: str | None = None
    address: str | None = None
    url: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """From when until when a regeling holds (ISO dates or years), and whether it has stopped."""

    start: str | None = None
    end: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of a document with its paragraphs; a list is one paragraph.

    `path` holds the headings above it, outermost first; `page` (1-based) or `anchor` says where it stands.
    """

    heading: str
    paragraphs: tuple[str, ...]
    path: tuple[str, ...] = ()
    page: int | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regeling:
    """One page of `content/regelingen`: what one scope says about one regeling."""

    slug: str
    title: str
    scope: str
    topic: str
    executor: str | None
    source: Source
    validity: Validity
    amounts: tuple[Amount, ...]
    income_limit: str | None
    wealth_limit: str | None
    contact: Contact | None
    phones: tuple[str, ...]
    links: tuple[str, ...]
    upl: tuple[str, ...]
    only_for: tuple[str, ...]
    doubtful: bool
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        """Unique name over all pages: `scope/slug`."""
        return f"{self.scope}/{self.slug}"

    @property
    def body(self) -> str:
        """The whole text, headings included."""
        return "\n\n".join(f"## {s.heading}\n\n" + "\n\n".join(s.paragraphs) for s in self.sections)

    def section(self, heading: str) -> Section | None:
        """The section under `heading`, or None."""
        return next((section for section in self.sections if section.heading == heading), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The unit of retrieval: one section (or part of a long one) of a document.

    `text` holds whole paragraphs parted by blank lines; a paragraph is what is cited. `document` is
    the key of the page or ingested file, `order` the place of the chunk in it. `amounts_from` is the
    newest year its amounts are said to hold for, `norm_copies` the (norm, integer cents) pairs that its
    document copies from a national norm. `only_for` names the gemeenten a wider page is limited to, `valid_until`
    the last day (ISO date) it holds.
    """

    id: str
    document: str
    order: int
    scope: str
    topic: str | None
    title: str
    heading: str
    text: str
    source: Source
    origin: Literal["content", "ingest"] = "content"
    page: int | None = None
    stopped: bool = False
    doubtful: bool = False
    amounts_from: str | None = None
    norm_copies: tuple[tuple[str, int], ...] = ()
    only_for: tuple[str, ...] = ()
    valid_until: str | None = None
    executor: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The citable paragraphs of this chunk."""
        return tuple(part for part in self.text.split("\n\n") if part.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page or file as it goes into the index: its chunks and the digest that tells whether it changed."""

    key: str
    scope: str
    title: str
    origin: Literal["content", "ingest"]
    digest: str
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A chunk that was found, with its score and the reasons for its place."""

    chunk: Chunk
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gemeente:
    """One of the gemeenten Sam works for."""

    slug: str
    name: str
    cbs_code: str
    owms_uri: str
    places: tuple[str, ...]
    misspellings: tuple[tuple[str, str], ...]
    postcodes: tuple[tuple[int, int], ...]
    website: str
    phone: str | None
    phone_source: Source | None
    contact: Contact
    contact_source: Source
    bodies: tuple["ExecutingBody", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutingBody:
    """An organisation that carries out regelingen for a gemeente; `scope` when it is a gemeente itself."""

    name: str
    scope: str | None
    topics: tuple[str, ...]
    role: str
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject people ask about, with the words and questions that lead to it.

    `falls_under` names the topics under which a gemeente without a page of its own on it handles it.
    """

    slug: str
    name: str
    short: str
    description: str
    upl: tuple[tuple[str, str], ...]
    lay_words: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]
    related: tuple[str, ...]
    questions: tuple[str, ...]
    falls_under: tuple[str, ...] = ()
