"""A money emergency: one number to call today, what the law says, what to have at hand, then the regeling."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.checks.emergency import Emergency, Law
from assistant.generation.calling import first_call
from assistant.generation.fitting import Piece, fit
from assistant.generation.protocol import Composition, Page
from assistant.generation.selection import PageSentences, paragraphs_of
from assistant.generation.sentences import split_sentences
from assistant.texts import Texts
from assistant.types import AnswerStatus, Draft, Evidence, Link, Sentence
from knowledge import figures
from knowledge.signposts import Signpost

NAME = "regelkaart"
_KEEP, _SECOND, _THIRD = 0, 1, 2
_TELLS_NOTHING = re.compile(r"(?:We|Wij) (?:vonden|weten)\b")
_SLOT = re.compile(r"\{([\w-]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyBrief:
    """Everything an answer to an emergency may use.

    `desk` is the page with the number to call, `fallback` one for when nobody answers; `law` the sentences to
    quote with their pages; `regeling` what may help next; `alarm` the page of the alarm number; `national` tells
    that the gemeente is not known.
    """

    emergency: Emergency
    question: str
    desk: Page | None
    fallback: Page | None
    law: tuple[tuple[Page, Law], ...]
    regeling: Page | None
    alarm: Page | None = None
    national: bool = False
    beside: bool = False


class EmergencyComposer:
    """Writes the answer; every figure comes from a stored sentence."""

    def __init__(self, texts: Texts, signposts: Mapping[str, Signpost]) -> None:
        self._texts = texts
        self._signposts = signposts

    def compose(self, brief: EmergencyBrief, most_words: int) -> Composition:
        """An answer of at most about `most_words` words; the number to call always stays.

        With `beside` it stands next to another emergency that already gave the number.
        """
        sentences = fit(list(self._pieces(brief)), most_words)
        return Composition(
            draft=Draft(sentences=tuple(sentences), generator=NAME),
            status=AnswerStatus.ANSWERED_EMERGENCY,
            links=tuple(self._links(brief)),
        )

    def _pieces(self, brief: EmergencyBrief) -> Iterator[Piece]:
        emergency = brief.emergency
        desk, other = first_call(brief.desk), first_call(brief.fallback)
        if not brief.beside:
            yield Piece(Sentence(text=emergency.urgent, opens=True), _KEEP)
            if desk is not None:
                text = self._texts.get("emergency_call", name=desk.name, phone=desk.phone)
                yield Piece(Sentence(text=text, evidence=(desk.evidence,)), _KEEP)
            if other is not None and (desk is None or _digits(other.phone) != _digits(desk.phone)):
                text = self._texts.get("emergency_else", name=other.name, phone=other.phone)
                yield Piece(Sentence(text=text, evidence=(other.evidence,)), _SECOND)
            if brief.national:
                yield Piece(Sentence(text=self._texts.get("emergency_national")), _KEEP)
        for place, (page, law) in enumerate(brief.law):
            for sentence in _quote(page, law):
                yield Piece(Sentence(text=sentence.text, evidence=sentence.evidence, opens=place == 0), _KEEP)
        for place, text in enumerate(split_sentences(emergency.at_hand)):
            yield Piece(replace(self._filled(text, brief.alarm), opens=place == 0), _KEEP)
        for text in split_sentences(emergency.after):
            yield Piece(self._filled(text, brief.alarm), _SECOND)
        yield from self._regeling(brief)

    def _regeling(self, brief: EmergencyBrief) -> Iterator[Piece]:
        if brief.regeling is None or brief.beside:
            return
        chosen = PageSentences(brief.regeling, brief.question)
        what = chosen.under("Wat is het?", 1)
        if not what:
            return
        yield Piece(Sentence(text=self._texts.get("emergency_regeling"), opens=True), _SECOND)
        yield from (Piece(sentence, _SECOND) for sentence in paragraphs_of(what, opens=False))
        apply = [s for s in chosen.under("Aanvragen", 1) if not _TELLS_NOTHING.match(s.text)]
        yield from (Piece(sentence, _THIRD) for sentence in paragraphs_of(apply, opens=False))

    def _filled(self, text: str, alarm: Page | None) -> Sentence:
        """A fixed sentence; one with a number in it rests on the page of that number."""
        filled = _SLOT.sub(lambda match: self._signposts[match.group(1)].phone or "", text)
        if filled == text or alarm is None:
            return Sentence(text=filled)
        wanted = figures.phones(filled)
        paragraphs = [(chunk, paragraph) for chunk in alarm.chunks for paragraph in chunk.paragraphs]
        found = next(((c, p) for c, p in paragraphs if wanted <= figures.phones(p)), None)
        evidence = (Evidence(chunk=found[0], paragraph=found[1]),) if found else ()
        return Sentence(text=filled, evidence=evidence)

    def _links(self, brief: EmergencyBrief) -> Iterator[Link]:
        given: set[str] = set()
        for page in (brief.desk, brief.fallback):
            call = first_call(page)
            if call is not None and _digits(call.phone) not in given:
                given.add(_digits(call.phone))
                yield Link(kind="telefoon", label=f"Bel {call.name}", value=call.phone)
        if brief.regeling is not None and brief.regeling.first.source.url.startswith("http"):
            page = brief.regeling
            yield Link(kind="website", label=f"Lees meer: {page.title}", value=page.first.source.url)


def _quote(page: Page, law: Law) -> Iterator[Sentence]:
    """The stored sentence that holds the words of the law, letter for letter."""
    for chunk in page.chunks:
        for paragraph in chunk.paragraphs:
            for sentence in split_sentences(paragraph):
                if law.find in sentence:
                    yield Sentence(text=sentence, evidence=(Evidence(chunk=chunk, paragraph=paragraph),))
                    return


def _digits(phone: str) -> str:
    return figures.normalise_phone(phone)
