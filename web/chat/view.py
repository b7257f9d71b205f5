"""What the templates show: plain values, made from conversations and regelingen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from assistant.types import AnswerStatus, Choice, Citation, Link
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Contact, Gemeente, Regeling
from web.catalogue import Catalogue, in_words
from web.chat.blocks import Block, dial, in_language, to_blocks
from web.conversations import Conversation, Turn

_URGENT = frozenset({AnswerStatus.SIGNPOSTED_CRISIS, AnswerStatus.ANSWERED_EMERGENCY})
_KEEP_TYPED = frozenset({"blocked", "error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A numbered paragraph that an answer leans on, and where on its page it stands."""

    number: int
    anchor: str
    heading: str
    blocks: tuple[Block, ...]
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A page under an answer, with the paragraphs used of it."""

    title: str
    place: str
    date: str | None
    warning: str | None
    url: str | None
    reading: str | None
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A button to a person or a page; without `href` it is only text."""

    kind: str
    label: str
    value: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A question and its answer on the page."""

    anchor: str
    answer_id: str
    question: str
    blocks: tuple[Block, ...]
    sources: tuple[SourceView, ...]
    links: tuple[LinkView, ...]
    choices: tuple[Choice, ...]
    urgent: bool
    asks_verdict: bool
    verdict: str | None
    explained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Whom to call in a gemeente."""

    slug: str
    gemeente: str
    organisation: str
    phone: str | None
    dial: str
    hours: str | None
    address: str | None
    website: str | None


def safe_url(url: str | None) -> str | None:
    """The address when it leads to the web, else None; text from outside never becomes another scheme."""
    text = (url or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None


def link_view(link: Link) -> LinkView:
    """A way on as a button."""
    href: str | None
    if link.kind == "telefoon":
        number = dial(link.value)
        href = f"tel:{number}" if number else None
    elif link.kind == "email":
        plain = "@" in link.value and not any(c.isspace() or c in "?&<>" for c in link.value)
        href = f"mailto:{quote(link.value, safe='@.+-_')}" if plain else None
    else:
        href = safe_url(link.value)
    shown = "" if href and link.value in link.label else link.value
    return LinkView(kind=link.kind, label=link.label, value=shown, href=href)


def person_view(gemeente: Gemeente) -> PersonView:
    """The desk for money worries of a gemeente, or its general number."""
    contact: Contact = gemeente.contact
    phone = contact.phones[0] if contact.phones else gemeente.phone
    return PersonView(
        slug=gemeente.slug,
        gemeente=gemeente.name,
        organisation=contact.organisation,
        phone=phone,
        dial=dial(phone or ""),
        hours=contact.hours,
        address=contact.address,
        website=safe_url(contact.url) or safe_url(gemeente.website),
    )


class Presenter:
    """Turns what the site holds into what a page shows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def people(self) -> Mapping[str, PersonView]:
        """Whom to call, by gemeente."""
        return {slug: person_view(g) for slug, g in self._catalogue.gazetteer.gemeenten.items()}

    def turns(self, conversation: Conversation | None) -> list[TurnView]:
        """The conversation, oldest first; only the last answer offers quick replies."""
        if conversation is None:
            return []
        last = len(conversation.turns) - 1
        return [self._turn(turn, is_last=index == last) for index, turn in enumerate(conversation.turns)]

    def _turn(self, turn: Turn, *, is_last: bool) -> TurnView:
        answer = turn.answer
        anchor = f"antwoord-{answer.id}"
        return TurnView(
            anchor=anchor,
            answer_id=answer.id,
            question=turn.question,
            blocks=in_language(
                to_blocks(answer.text, {citation.number for citation in answer.citations}),
                answer.language,
                answer.own_words,
            ),
            sources=tuple(self._sources(answer.citations, anchor)),
            links=tuple(link_view(link) for link in answer.links),
            choices=answer.choices if is_last else (),
            urgent=answer.status in _URGENT,
            asks_verdict=answer.status.family in ("answered", "unanswerable"),
            verdict=turn.verdict,
            explained=turn.explained,
        )

    def _sources(self, citations: Sequence[Citation], anchor: str) -> Iterator[SourceView]:
        """One source per page, in order of first use."""
        by_page: dict[tuple[str, str], list[Citation]] = {}
        for citation in citations:
            by_page.setdefault((citation.chunk.document, citation.chunk.source.url), []).append(citation)
        for group in by_page.values():
            chunk = group[0].chunk
            known = chunk.document in self._catalogue.regelingen
            yield SourceView(
                title=chunk.title,
                place=self.place(chunk.scope),
                date=in_words(chunk.source.peildatum),
                warning=next((citation.warning for citation in group if citation.warning), None),
                url=safe_url(chunk.source.url),
                reading=f"/regelingen/{quote(chunk.document)}" if known else None,
                quotes=tuple(_quote(citation, anchor) for citation in group),
            )

    def place(self, scope: str) -> str:
        """Name of a scope for readers; one that is not known stays as it is."""
        special = scope in (REGION_SCOPE, NATIONAL_SCOPE)
        return self._catalogue.gazetteer.name(scope) if special or scope in self.people() else scope

    def sections(self, page: Regeling) -> list[tuple[str, tuple[Block, ...]]]:
        """The headings of a regeling with their text."""
        return [(section.heading, to_blocks("\n\n".join(section.paragraphs))) for section in page.sections]


def _quote(citation: Citation, anchor: str) -> QuoteView:
    return QuoteView(
        number=citation.number,
        anchor=f"{anchor}-bron-{citation.number}",
        heading=citation.chunk.heading,
        blocks=to_blocks(citation.quote),
        page=citation.chunk.page,
    )


def keeps_typed(turn: Turn) -> bool:
    """Whether what was typed must stay in the field, because it could not be answered."""
    return turn.answer.status.family in _KEEP_TYPED
