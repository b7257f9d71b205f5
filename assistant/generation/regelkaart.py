"""The generator without a model: an answer made of the page's own sentences.

Order: what the person asked first, then what to do now, then whom to call; 40 to 120 words. Every sentence
with a fact is a stored one, letter for letter, and carries its paragraph as evidence.
"""

import re
from collections.abc import Iterable, Iterator

from assistant.generation.age import Age
from assistant.generation.calling import first_call
from assistant.generation.documents import document_sentences
from assistant.generation.fitting import Piece, fit
from assistant.generation.protocol import Brief, Composition, CurrentNorm, Page
from assistant.generation.selection import PageSentences, is_cut, paragraphs_of
from assistant.texts import Texts
from assistant.types import AnswerStatus, Aspect, Draft, Evidence, Link, Sentence
from knowledge import figures
from knowledge.text import fold
from knowledge.types import NATIONAL_SCOPE, PLAN_TOPIC, REGION_SCOPE

NAME = "regelkaart"
_KEEP, _SECOND, _THIRD, _FILLER = 0, 1, 2, 3
_FEW_ITEMS = 3
_DIRECT = 3.2
_NORM_LEAP = 4.0
_DIRECT_BESIDE_ASPECT = 2.4
_HEADING = {
    Aspect.WHAT: "Wat is het?",
    Aspect.WHO: "Voor wie?",
    Aspect.AMOUNT: "Hoeveel?",
    Aspect.CONDITIONS: "Voorwaarden",
    Aspect.APPLY: "Aanvragen",
    Aspect.PAPERS: "Wat heeft u nodig?",
    Aspect.DEADLINE: "Wanneer hoort u iets?",
    Aspect.CONTACT: "Contact",
}
_SECOND_HEADING = {
    Aspect.WHO: "Voorwaarden",
    Aspect.CONDITIONS: "Voor wie?",
    Aspect.PAPERS: "Aanvragen",
    Aspect.DEADLINE: "Aanvragen",
    Aspect.AMOUNT: "Voor wie?",
}
_ANSWER_WORDS, _WHAT_WORDS, _WHO_WORDS, _APPLY_WORDS = 60, 26, 24, 30
_WISHES = (
    ("email", re.compile(r"\be-?mail|\bmail")),
    ("address", re.compile(r"\badres|\bwaar zit|\blangskomen")),
)


class RegelkaartGenerator:
    """Composes from the regeling itself."""

    def __init__(self, texts: Texts, age: Age) -> None:
        self._texts = texts
        self._age = age

    def compose(self, brief: Brief) -> Composition:
        """An answer from the best page; only the contact when no page fits."""
        if not brief.pages:
            return self._without_page(brief)
        best = brief.pages[0]
        free_form = best.first.origin == "ingest" or best.topic == PLAN_TOPIC
        pieces = [*_ranked(_KEEP, self._opening(brief)), *_ranked(_KEEP, self._place(brief, best))]
        if free_form:
            own = [passage for passage in brief.passages if passage.chunk.document == best.key]
            pieces.extend(_ranked(_KEEP, document_sentences(brief.question, own)))
        elif best.first.stopped:
            pieces.extend(self._from_stopped(brief, best))
        else:
            pieces.extend(self._from_regeling(brief, best))
        pieces.extend(_ranked(_KEEP, self._also(brief)))
        return Composition(
            draft=Draft(sentences=tuple(self._with_rest(fit(pieces, brief.most_words))), generator=NAME),
            status=_status(brief, best, free_form),
            links=tuple(_links(brief.alternative or best if best.first.stopped else best, brief.contact)),
        )

    def _with_rest(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        """The sentences, with a word after every list that was cut that the page has more."""
        for sentence in sentences:
            yield sentence
            if is_cut(sentence):
                yield Sentence(text=self._texts.get("more_items"))

    def _without_page(self, brief: Brief) -> Composition:
        sentences = [Sentence(text=self._texts.get("unanswerable_no_source"), opens=True)]
        if brief.contact is not None:
            sentences.extend(self._contact(brief, PageSentences(brief.contact, "")))
        return Composition(
            draft=Draft(sentences=tuple(sentences), generator=NAME),
            status=AnswerStatus.UNANSWERABLE_NO_SOURCE,
            links=tuple(_links(None, brief.contact)),
        )

    def _opening(self, brief: Brief) -> Iterator[Sentence]:
        if brief.outside and not brief.compact:
            yield Sentence(text=self._texts.get("outside_twente", place=brief.outside.capitalize()), opens=True)
            yield Sentence(text=self._texts.get("outside_twente_way_on"))
            yield Sentence(text=self._texts.get("outside_national"))

    def _place(self, brief: Brief, best: Page) -> Iterator[Sentence]:
        if not brief.missing_local or brief.gemeente_name is None or brief.topic is None:
            return
        text = self._texts.get("no_local", gemeente=brief.gemeente_name, topic=brief.topic.short)
        yield Sentence(text=text, opens=True)
        where = {REGION_SCOPE: "no_local_region", NATIONAL_SCOPE: "no_local_national"}.get(best.scope)
        if where:
            yield Sentence(text=self._texts.get(where))

    def _from_stopped(self, brief: Brief, page: Page) -> Iterator[Piece]:
        """That the regeling has stopped, and what there is now."""
        chosen = PageSentences(page, brief.question)
        yield from _ranked(_KEEP, paragraphs_of(chosen.under("Wat is het?", 1)))
        yield from _ranked(_KEEP, paragraphs_of(chosen.stopped(), opens=False))
        yield from _ranked(_SECOND, paragraphs_of(chosen.direct(_DIRECT, _ANSWER_WORDS)))
        if brief.alternative is None:
            yield from _ranked(_KEEP, self._contact(brief, chosen))
            return
        yield Piece(Sentence(text=self._texts.get("stopped_alternative"), opens=True), _KEEP)
        living = PageSentences(brief.alternative, brief.question)
        yield from _ranked(_KEEP, paragraphs_of(living.under("Wat is het?", _WHAT_WORDS), opens=False))
        yield from _first_kept(paragraphs_of(living.under("Aanvragen", _APPLY_WORDS)))
        yield from _ranked(_KEEP, self._contact(brief, living))

    def _from_regeling(self, brief: Brief, page: Page) -> Iterator[Piece]:
        chosen = PageSentences(page, brief.question)
        if brief.aspect is Aspect.CONTACT:
            contact = list(_ranked(_KEEP, self._contact(brief, chosen)))
            own = any(e.chunk.document == page.key for piece in contact for e in piece.sentence.evidence)
            what = list(_first_kept(paragraphs_of(chosen.under("Wat is het?", _WHAT_WORDS))))
            yield from [*contact, *what] if own else [*what, *contact]
            yield from _ranked(_SECOND, paragraphs_of(chosen.direct(_DIRECT, _ANSWER_WORDS)))
            yield from _ranked(_FILLER, paragraphs_of(chosen.under("Contact", _ANSWER_WORDS)))
            return
        yield from self._answer(brief, page, chosen)
        yield from _first_kept(paragraphs_of(chosen.under("Aanvragen", _APPLY_WORDS)))
        yield from _ranked(_KEEP, self._contact(brief, chosen))
        yield from _ranked(_SECOND, self._old_page(page))
        for heading in ("Voor wie?", "Voorwaarden"):
            yield from _ranked(_FILLER, paragraphs_of(chosen.under(heading, _WHO_WORDS)))
        if brief.background is not None:
            wider = PageSentences(brief.background, brief.question).under("Wat is het?", _WHO_WORDS)
            yield from _ranked(_FILLER, paragraphs_of(wider))

    def _answer(self, brief: Brief, page: Page, chosen: PageSentences) -> Iterator[Piece]:
        """What the person asked first, after one sentence that names the regeling."""
        if brief.aspect is Aspect.WHAT:
            yield from _first_kept(paragraphs_of(chosen.under("Wat is het?", _WHAT_WORDS)))
            best = chosen.direct(_DIRECT, _ANSWER_WORDS)
            yield from _ranked(_SECOND, self._with_current_norms(brief, page, best))
            yield from _ranked(_THIRD, paragraphs_of(chosen.under("Voor wie?", _WHO_WORDS), opens=False))
            amounts = chosen.under("Hoeveel?", _WHO_WORDS, _FEW_ITEMS)
            yield from _ranked(_THIRD, self._with_current_norms(brief, page, amounts))
            return
        yield from _ranked(_KEEP, paragraphs_of(chosen.under("Wat is het?", 1)))
        asks_amount = brief.aspect is Aspect.AMOUNT
        main = chosen.under(_HEADING[brief.aspect], _ANSWER_WORDS)
        direct: list[Sentence] = []
        if not (asks_amount and _have_figures(main)):
            direct = chosen.direct(_DIRECT_BESIDE_ASPECT, _ANSWER_WORDS, must_have_figure=asks_amount)
        national = brief.norms.get(brief.topic_norm or "")
        if asks_amount and national is not None:
            fresh = [s for s in (*direct, *main) if not self._stale_norms(brief, page, s)]
            if not _have_figures(fresh):
                key = "newer_norm" if len(fresh) < len([*direct, *main]) else "national_amount"
                yield from _ranked(_KEEP, self._norm(brief, national, key))
                return
            direct, main = [], fresh
            if self._age.amounts(page.first) is not None:
                yield from _ranked(_KEEP, self._norm(brief, national, "national_amount"))
        if not main and not direct:
            key = "no_amount" if asks_amount else "no_aspect"
            yield Piece(Sentence(text=self._texts.get(key), opens=True), _KEEP)
            main = chosen.under(_SECOND_HEADING.get(brief.aspect, "Voor wie?"), _WHO_WORDS)
        yield from _first_kept(self._with_current_norms(brief, page, [*direct, *main]), kept=3)

    def _with_current_norms(self, brief: Brief, page: Page, sentences: list[Sentence]) -> Iterator[Sentence]:
        """The sentences, with older copies of a national norm replaced by the newest figures, and their age."""
        kept: list[Sentence] = []
        replaced: dict[str, CurrentNorm] = {}
        for sentence in sentences:
            stale = self._stale_norms(brief, page, sentence)
            replaced.update(stale)
            if not stale:
                kept.append(sentence)
        for norm in replaced.values():
            yield from self._norm(brief, norm, "newer_norm")
        if replaced:
            kept = [sentence for sentence in kept if figures.amounts(sentence.text)]
        yield from paragraphs_of(kept)
        if _have_figures(kept):
            yield from self._age_of_amounts(page, kept)

    @staticmethod
    def _stale_norms(brief: Brief, page: Page, sentence: Sentence) -> dict[str, CurrentNorm]:
        said = figures.amounts(sentence.text)
        return {
            slug: brief.norms[slug]
            for slug, cents in page.first.norm_copies
            if slug in brief.norms and cents in said and cents not in brief.norms[slug].cents
        }

    def _norm(self, brief: Brief, norm: CurrentNorm, key: str) -> Iterator[Sentence]:
        yield Sentence(text=self._texts.get(key), opens=True)
        found = PageSentences(norm.page, brief.question).under("Hoeveel?", 30, leap=_NORM_LEAP)
        yield from paragraphs_of(found, opens=False)

    def _age_of_amounts(self, page: Page, found: list[Sentence]) -> Iterator[Sentence]:
        warning = self._age.amounts(page.first)
        if warning is None:
            return
        key, year = warning
        if year is None:
            yield Sentence(text=self._texts.get(key))
            return
        many = sum(len(figures.amounts(sentence.text)) for sentence in found) > 1
        key = "old_amounts" if many else "old_amount"
        if page.scope == NATIONAL_SCOPE:
            key = "old_amounts_national"
        yield Sentence(text=self._texts.get(key, year=year), evidence=found[-1].evidence)

    def _old_page(self, page: Page) -> Iterator[Sentence]:
        year = self._age.page(page.first)
        if year and not page.first.amounts_from:
            evidence = Evidence(chunk=page.first, paragraph=page.first.paragraphs[0])
            yield Sentence(text=self._texts.get("old_page", year=year), evidence=(evidence,))

    @staticmethod
    def _contact(brief: Brief, chosen: PageSentences) -> Iterator[Sentence]:
        """How to reach a person: from the page, else from the gemeente."""
        folded = fold(brief.question)
        wish = next((name for name, pattern in _WISHES if pattern.search(folded)), "phone")
        found = chosen.contact(wish)
        reachable = any(figures.phones(s.text) or figures.emails(s.text) for s in found)
        if not reachable and brief.contact is not None:
            found = [*found, *PageSentences(brief.contact, "").contact(wish)]
        yield from paragraphs_of(found)

    def _also(self, brief: Brief) -> Iterator[Sentence]:
        others = [page for page in brief.pages[1:3] if not page.first.stopped]
        if not others or brief.compact or brief.aspect is Aspect.CONTACT:
            return
        evidence = tuple(Evidence(chunk=p.first, paragraph=p.first.paragraphs[0]) for p in others)
        titles = [page.title for page in others]
        if len(others) == 1:
            text = self._texts.get("also_fits_one", title=titles[0])
        else:
            text = self._texts.get("also_fits_two", title=titles[0], other=titles[1])
        yield Sentence(text=text, evidence=evidence, opens=True)


def _status(brief: Brief, best: Page, free_form: bool) -> AnswerStatus:
    if free_form:
        return AnswerStatus.ANSWERED_DOCUMENT
    if brief.outside:
        return AnswerStatus.SIGNPOSTED_OUTSIDE
    if brief.contact is not None and best.key == brief.contact.key:
        return AnswerStatus.ANSWERED_CONTACT
    return AnswerStatus.ANSWERED_NATIONAL if best.scope == NATIONAL_SCOPE else AnswerStatus.ANSWERED_REGELING


def _have_figures(sentences: Iterable[Sentence]) -> bool:
    return any(figures.amounts(sentence.text) for sentence in sentences)


def _ranked(rank: int, sentences: Iterable[Sentence]) -> Iterator[Piece]:
    return (Piece(sentence, rank) for sentence in sentences)


def _first_kept(sentences: Iterable[Sentence], kept: int = 1) -> Iterator[Piece]:
    """The first ones must stay; the others may fall off when room is short."""
    for index, sentence in enumerate(sentences):
        yield Piece(sentence, _KEEP if index < kept else _SECOND)


def _links(page: Page | None, contact: Page | None) -> Iterator[Link]:
    """Buttons: the first phone number of the answer's page (or of the gemeente), and the page itself."""
    for source in (page, contact):
        if source is None:
            continue
        texts = [paragraph for chunk in source.under("Contact") for paragraph in chunk.paragraphs]
        numbers = [text[start:end] for text in texts for start, end in figures.spans_of_phones(text)]
        if numbers:
            call = first_call(source)
            name = source.first.executor or (call.name if call else source.title)
            yield Link(kind="telefoon", label=f"Bel {name}", value=numbers[0])
            break
    if page is not None and page.first.source.url.startswith("http"):
        yield Link(kind="website", label=f"Lees meer: {page.title}", value=page.first.source.url)
