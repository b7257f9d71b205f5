"""The nouns of the assistant: a question goes in, a Turn grows step by step, an Answer comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from knowledge.types import Chunk, Passage


class AnswerStatus(StrEnum):
    """How a question ended: `family_reason`. The closed list behind texts, filters and reports."""

    ANSWERED_REGELING = "answered_regeling"
    ANSWERED_NATIONAL = "answered_landelijk"
    ANSWERED_DOCUMENT = "answered_document"
    ANSWERED_CONTACT = "answered_contact"
    ANSWERED_EMERGENCY = "answered_emergency"
    CLARIFICATION_GEMEENTE = "clarification_gemeente"
    CLARIFICATION_VAGUE = "clarification_vague"
    CLARIFICATION_TALK = "clarification_talk"
    SIGNPOSTED_CRISIS = "signposted_crisis"
    SIGNPOSTED_OUTSIDE = "signposted_outside"
    SIGNPOSTED_DESK = "signposted_desk"
    UNANSWERABLE_SCOPE = "unanswerable_scope"
    UNANSWERABLE_NO_SOURCE = "unanswerable_no_source"
    UNANSWERABLE_MODEL = "unanswerable_model"
    UNANSWERABLE_STOPPED = "unanswerable_stopped"
    BLOCKED_INPUT = "blocked_input"
    ERROR_INPUT = "error_input"
    ERROR_INTERNAL = "error_internal"

    @property
    def family(self) -> str:
        """The part before the first underscore."""
        return self.value.partition("_")[0]


class Aspect(StrEnum):
    """What a person wants to know of a regeling."""

    WHAT = "wat"
    WHO = "wie"
    AMOUNT = "hoeveel"
    CONDITIONS = "voorwaarden"
    APPLY = "aanvragen"
    PAPERS = "papieren"
    DEADLINE = "termijn"
    CONTACT = "contact"


class Mood(StrEnum):
    """How a person sounds; decides only whether the answer opens with a kind line."""

    NEUTRAL = "neutraal"
    ANGRY = "boos"
    ASHAMED = "beschaamd"
    TROUBLED = "bezorgd"
    PROFESSIONAL = "vrijwilliger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An earlier message of the conversation."""

    role: Literal["gebruiker", "sam"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person typed, where they typed it and what was said before.

    `gemeente` is the one of the website or of the command; `history` is oldest first.
    """

    text: str
    gemeente: str | None = None
    history: tuple[Message, ...] = ()
    conversation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One stored paragraph that supports a sentence, letter for letter."""

    chunk: Chunk
    paragraph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a draft. Without evidence it may hold no facts. `opens` starts a new paragraph."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Sentences that a generator wrote; not yet checked."""

    sentences: tuple[Sentence, ...]
    generator: str
    removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way on: a phone number, an address on the web, an e-mail address."""

    kind: Literal["telefoon", "website", "email"]
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quick reply."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered source of an answer; `quote` is the stored paragraph."""

    number: int
    chunk: Chunk
    quote: str
    warning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSentence:
    """A checked sentence with the numbers of its citations."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """That a step ran, how long it took, and what it noted."""

    name: str
    milliseconds: float
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How an answer came about: steps, index generation, chunks."""

    steps: tuple[StepRecord, ...] = ()
    generation: str | None = None
    chunks: tuple[str, ...] = ()
    topics: tuple[tuple[str, float], ...] = ()
    aspect: str | None = None
    emergency: str | None = None
    language: str = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reader gets.

    `question` has its personal data masked; `restarts` asks to forget what was said before. `language` is the one
    the person wrote in, and the first `own_words` paragraphs of the text are in that language (ISO 639-1).
    """

    status: AnswerStatus
    text: str
    question: str = ""
    id: str = ""
    conversation: str | None = None
    gemeente: str | None = None
    sentences: tuple[PublishedSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    generator: str = "vast"
    grounded: bool = True
    removed: int = 0
    restarts: bool = False
    language: str = "nl"
    own_words: int = 0
    milliseconds: float = 0.0
    receipt: Receipt = Receipt()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the conversation told so far, read back from its messages; nothing of it is stored.

    `subject` is what the last question was about, standing alone; `asked` a later question that only asked more
    of it ("hoeveel dan?"); `household` holds the person's own words about their household; `said` what Sam said,
    oldest first; `options` what Sam named last, for "die eerste". `asked_subject` and `asked_gemeente` tell that
    Sam's last message asked for that.
    """

    subject: str = ""
    asked: str = ""
    household: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    asked_subject: bool = False
    asked_gemeente: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question on its way through the steps; every step returns a new one.

    `text` is cleaned and masked, `plain` is that in Dutch without "nee, ik bedoel", `standalone` can also be
    understood without the conversation (`leans` tells what it took from there: "", "subject", "place", "option"),
    `subject` is that without the places it names, `gemeente` is the scope the answer is for, `topics` holds
    probabilities by slug, best first. `memory` is what the conversation told so far, `emergency` the slug of
    a money emergency, `others` further subjects of the same message, less urgent than this one. `language`
    is the one the person wrote in (ISO 639-1).
    """

    question: Question
    text: str = ""
    plain: str = ""
    standalone: str = ""
    leans: str = ""
    subject: str = ""
    masked: bool = False
    language: str = "nl"
    memory: Memory = Memory()
    emergency: str | None = None
    others: tuple["Turn", ...] = ()
    aspect: Aspect = Aspect.WHAT
    mood: Mood = Mood.NEUTRAL
    topics: tuple[tuple[str, float], ...] = ()
    gemeente: str | None = None
    gemeente_from: Literal["text", "conversation", "website"] | None = None
    passages: tuple[Passage, ...] = ()
    draft: Draft | None = None
    draft_status: AnswerStatus = AnswerStatus.ANSWERED_REGELING
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """What the question is about; places only say where the person lives."""
        return self.subject or self.standalone
