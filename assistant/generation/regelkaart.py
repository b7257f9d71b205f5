"""The generator without a model: an answer made of the page's own sentences.

Order: what the person asked first, then what to do now, then whom to call; 40 to 120 words. Every sentence
with a fact is a stored one, letter for letter, and carries its paragraph as evidence.
"""

from collections.abc import Iterable, Iterator

from assistant.generation.age import Age
from assistant.generation.protocol import Brief, Composition, Page
from assistant.generation.sentences import list_parts, split_sentences, word_count
from assistant.texts import Texts
from assistant.types import AnswerStatus, Aspect, Draft, Evidence, Link, Mood, Sentence
from knowledge import figures
from knowledge.text import stems
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE

NAME = "regelkaart"
_MOST_WORDS = 120
_MOST_ITEMS = 6
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
_NEXT_BEST = {
    Aspect.WHO: ("Voorwaarden",),
    Aspect.CONDITIONS: ("Voor wie?",),
    Aspect.PAPERS: ("Aanvragen",),
    Aspect.DEADLINE: ("Aanvragen",),
    Aspect.AMOUNT: ("Voor wie?", "Voorwaarden"),
}
_BUDGET = {"answer": 62, "what": 26, "who": 24, "apply": 30, "contact": 22}


class RegelkaartGenerator:
    """Composes from the regeling itself."""

    def __init__(self, texts: Texts, age: Age) -> None:
        self._texts = texts
        self._age = age

    def compose(self, brief: Brief) -> Composition:
        """An answer from the best page; nothing but the contact when no page fits."""
        if not brief.pages:
            return self._without_page(brief)
        best = brief.pages[0]
        sentences = [*self._opening(brief), *self._place(brief, best)]
        if best.chunks[0].origin == "ingest" or best.topic == "plan":
            body = self._from_document(brief, best)
        else:
            body = self._from_regeling(brief, best)
        sentences.extend(self._fit([*sentences, *body])[len(sentences) :])
        sentences.extend(self._also(brief))
        return Composition(
            draft=Draft(sentences=tuple(sentences), generator=NAME),
            status=self._status(brief, best),
            links=tuple(_links(best, brief.contact)),
        )

    @staticmethod
    def _status(brief: Brief, best: Page) -> AnswerStatus:
        if best.first.origin == "ingest" or best.topic == "plan":
            return AnswerStatus.ANSWERED_DOCUMENT
        if brief.outside:
            return AnswerStatus.SIGNPOSTED_OUTSIDE
        return AnswerStatus.ANSWERED_NATIONAL if best.scope == NATIONAL_SCOPE else AnswerStatus.ANSWERED_REGELING

    def _without_page(self, brief: Brief) -> Composition:
        sentences = [Sentence(text=self._texts.get("unanswerable_no_source"), opens=True)]
        sentences.extend(self._contact(brief.contact))
        return Composition(
            draft=Draft(sentences=tuple(sentences), generator=NAME),
            status=AnswerStatus.UNANSWERABLE_NO_SOURCE,
            links=tuple(_links(None, brief.contact)),
        )

    def _opening(self, brief: Brief) -> Iterator[Sentence]:
        if brief.mood is Mood.TROUBLED:
            yield Sentence(text=self._texts.get("opening_troubled"), opens=True)
        if brief.outside:
            yield Sentence(text=self._texts.get("outside_twente", place=brief.outside.capitalize()), opens=True)
            yield Sentence(text=self._texts.get("outside_twente_way_on"))
            yield Sentence(text=self._texts.get("outside_national"))

    def _place(self, brief: Brief, best: Page) -> Iterator[Sentence]:
        if not brief.missing_local or brief.gemeente_name is None or brief.topic is None:
            return
        yield Sentence(
            text=self._texts.get("no_local", gemeente=brief.gemeente_name, topic=brief.topic.short), opens=True
        )
        where = {REGION_SCOPE: "no_local_region", NATIONAL_SCOPE: "no_local_national"}.get(best.scope)
        if where:
            yield Sentence(text=self._texts.get(where))

    def _from_regeling(self, brief: Brief, page: Page) -> Iterator[Sentence]:
        yield from self._stopped(page)
        aspect = brief.aspect
        what = _best_sentences(page, "Wat is het?", brief.question, _BUDGET["what"])
        if aspect is Aspect.CONTACT:
            yield from self._contact(page if page.under("Contact") else brief.contact)
            yield from _mark(what)
            return
        if aspect is Aspect.WHAT:
            yield from _mark(what)
            yield from _mark(_best_sentences(page, "Voor wie?", brief.question, _BUDGET["who"]), opens=False)
            yield from self._amounts(brief, page, most_items=3)
        elif aspect is Aspect.AMOUNT:
            yield from _mark(what[:1])
            yield from self._amounts(brief, page)
        else:
            yield from _mark(what[:1])
            yield from self._aspect(brief, page)
        if aspect is not Aspect.APPLY:
            yield from _mark(_best_sentences(page, "Aanvragen", "", _BUDGET["apply"]))
        yield from self._contact(page if page.under("Contact") else brief.contact)
        yield from self._old_page(page)

    def _stopped(self, page: Page) -> Iterator[Sentence]:
        if page.first.stopped:
            yield from _mark(_best_sentences(page, "Let op", "", 20)[:2])

    def _aspect(self, brief: Brief, page: Page) -> Iterator[Sentence]:
        for heading in (_HEADING[brief.aspect], *_NEXT_BEST.get(brief.aspect, ())):
            found = _best_sentences(page, heading, brief.question, _BUDGET["answer"])
            if found:
                if heading != _HEADING[brief.aspect]:
                    yield Sentence(text=self._texts.get("no_aspect"), opens=True)
                yield from _mark(found, opens=heading == _HEADING[brief.aspect])
                return
        yield Sentence(text=self._texts.get("no_aspect"), opens=True)

    def _amounts(self, brief: Brief, page: Page, most_items: int = _MOST_ITEMS) -> Iterator[Sentence]:
        if brief.norm is not None:
            key = "newer_norm" if page.first.norms else "national_amount"
            found = _best_sentences(brief.norm, "Hoeveel?", brief.question, _BUDGET["answer"], most_items)
            yield Sentence(text=self._texts.get(key), opens=True)
            yield from _mark(found, opens=False)
            return
        found = _best_sentences(page, "Hoeveel?", brief.question, _BUDGET["answer"], most_items)
        if not found:
            if brief.aspect is Aspect.AMOUNT:
                yield Sentence(text=self._texts.get("no_amount"), opens=True)
                yield from self._aspect(brief, page)
            return
        yield from _mark(found)
        if any(figures.amounts(sentence.text) for sentence in found):
            yield from self._age_of_amounts(page, found)

    def _age_of_amounts(self, page: Page, found: list[Sentence]) -> Iterator[Sentence]:
        warning = self._age.amounts(page.first)
        if warning is None:
            return
        key, year = warning
        evidence = found[-1].evidence if year else ()
        if year:
            many = sum(len(figures.amounts(sentence.text)) for sentence in found) > 1
            key = "old_amounts" if many else "old_amount"
            if page.scope == NATIONAL_SCOPE:
                key = "old_amounts_national"
            yield Sentence(text=self._texts.get(key, year=year), evidence=evidence)
        else:
            yield Sentence(text=self._texts.get(key))

    def _old_page(self, page: Page) -> Iterator[Sentence]:
        year = self._age.page(page.first)
        if year and not page.first.amounts_from:
            first = page.first
            evidence = Evidence(chunk=first, paragraph=first.paragraphs[0])
            yield Sentence(text=self._texts.get("old_page", year=year), evidence=(evidence,))

    @staticmethod
    def _contact(page: Page | None) -> Iterator[Sentence]:
        if page is None:
            return
        found = _best_sentences(page, "Contact", "", _BUDGET["contact"])
        with_phone = [s for s in found if figures.phones(s.text)] or _with_phone(page)
        yield from _mark((with_phone or found)[:1])

    def _also(self, brief: Brief) -> Iterator[Sentence]:
        others = [page for page in brief.pages[1:3] if not page.first.stopped]
        if not others or brief.aspect is Aspect.CONTACT:
            return
        evidence = tuple(Evidence(chunk=p.first, paragraph=p.first.paragraphs[0]) for p in others)
        titles = [page.title for page in others]
        if len(others) == 1:
            text = self._texts.get("also_fits_one", title=titles[0])
        else:
            text = self._texts.get("also_fits_two", title=titles[0], other=titles[1])
        yield Sentence(text=text, evidence=evidence, opens=True)

    def _from_document(self, brief: Brief, best: Page) -> Iterator[Sentence]:
        """The best sentences of the passages of this document, for what has no fixed headings."""
        wanted = set(stems(brief.question))
        scored = []
        for rank, passage in enumerate(p for p in brief.passages if p.chunk.document == best.key):
            for paragraph in passage.chunk.paragraphs:
                for position, text in enumerate(split_sentences(paragraph)):
                    overlap = len(wanted & set(stems(text))) + 0.5 * len(wanted & set(stems(passage.chunk.heading)))
                    score = overlap - 0.3 * rank - 0.05 * position
                    scored.append((score, len(scored), text, Evidence(chunk=passage.chunk, paragraph=paragraph)))
            if rank >= 4:
                break
        chosen = sorted(sorted(scored, key=lambda row: (-row[0], row[1]))[:4], key=lambda row: row[1])
        for index, (_, _, text, evidence) in enumerate(chosen):
            yield Sentence(text=_shorten(text, brief.question), evidence=(evidence,), opens=index == 0)

    def _fit(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        """At most `_MOST_WORDS` words; what falls off is the middle, never the contact at the end."""
        kept = list(sentences)
        while sum(word_count(sentence.text) for sentence in kept) > _MOST_WORDS and len(kept) > 4:
            middle = [i for i in range(2, len(kept) - 1) if not figures.phones(kept[i].text)]
            if not middle:
                break
            kept.pop(max(middle))
        return kept


def _mark(sentences: Iterable[Sentence], *, opens: bool = True) -> Iterator[Sentence]:
    """The same sentences, the first one opening a paragraph or not."""
    for index, sentence in enumerate(sentences):
        yield Sentence(text=sentence.text, evidence=sentence.evidence, opens=opens and index == 0)


def _with_phone(page: Page) -> list[Sentence]:
    return [
        Sentence(text=text, evidence=(Evidence(chunk=chunk, paragraph=paragraph),))
        for chunk in page.under("Contact")
        for paragraph in chunk.paragraphs
        for text in split_sentences(paragraph)
        if figures.phones(text)
    ]


def _best_sentences(
    page: Page, heading: str, question: str, budget: int, most_items: int = _MOST_ITEMS
) -> list[Sentence]:
    """Sentences under a heading in page order, from the paragraph that meets the question best, within `budget` words."""
    wanted = set(stems(question))
    paragraphs = [(chunk, paragraph) for chunk in page.under(heading) for paragraph in chunk.paragraphs]
    if not paragraphs:
        return []
    overlap = [len(wanted & set(stems(paragraph))) for _, paragraph in paragraphs]
    start = overlap.index(max(overlap)) if max(overlap, default=0) > overlap[0] + 1 else 0
    chosen: list[Sentence] = []
    words = 0
    for chunk, paragraph in paragraphs[start:]:
        for text in split_sentences(paragraph):
            short = _shorten(text, question, most_items)
            if chosen and words + word_count(short) > budget:
                return chosen
            chosen.append(Sentence(text=short, evidence=(Evidence(chunk=chunk, paragraph=paragraph),)))
            words += word_count(short)
    return chosen


def _shorten(text: str, question: str, most_items: int = _MOST_ITEMS) -> str:
    """A list cut to the items that meet the question, in their own order."""
    lead, items = list_parts(text)
    if len(items) <= most_items:
        return text
    wanted = set(stems(question))
    ranked = sorted(range(len(items)), key=lambda i: (-len(wanted & set(stems(items[i]))), i))[:most_items]
    return "\n".join([lead, *(f"- {items[i]}" for i in sorted(ranked))])


def _links(page: Page | None, contact: Page | None) -> Iterator[Link]:
    """Buttons: the first phone number of the answer's page (or of the gemeente), and the page itself."""
    for source in (page, contact):
        if source is None:
            continue
        numbers = [text for sentence in _with_phone(source) for text in _phone_texts(sentence.text)]
        if numbers:
            organisation = source.first.executor or source.title
            yield Link(kind="telefoon", label=f"Bel {organisation}", value=numbers[0])
            break
    if page is not None and page.first.source.url.startswith("http"):
        yield Link(kind="website", label=f"Lees meer: {page.title}", value=page.first.source.url)


def _phone_texts(text: str) -> list[str]:
    return [text[start:end] for start, end in figures.spans_of_phones(text)]

