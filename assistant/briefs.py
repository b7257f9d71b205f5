"""What a generator may use for a turn: the pages that fit, what holds nationally, and whom to call."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.checks.emergency import Emergency
from assistant.generation.age import Age
from assistant.generation.emergency import EmergencyBrief
from assistant.generation.protocol import Brief, CurrentNorm, Page
from assistant.steps.resolve_gemeente import LocalTopics
from assistant.types import Aspect, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.normen import Norm
from knowledge.ranking import best_per_document
from knowledge.retrieval import Retriever
from knowledge.text import stem, stems
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Chunk, Topic

CONTACT_PAGE = "_contact"
NATIONAL_DESK = "landelijk/geldfit-en-nederlandse-schuldhulproute"
_ALARM = "landelijk/alarmnummer-112"
_CONTACT_TOPIC = "contact"
_SURE = 0.45
_CERTAIN = 0.8
_FITS = 0.6
_HELPFUL = frozenset({"Aanvragen"})
_LESS_USEFUL = 0.93
_ENDED = 0.8
_VERY_OLD_YEARS = 7
_VERY_OLD = 0.97
_NO_FORM = frozenset({"contact", "crisis", "plan"})
_LOCAL_ENOUGH = 5
_TOPIC_NORMS = {
    "bijstand": ("bijstandsnorm", "vermogensgrens"),
    "studietoeslag": ("studietoeslag",),
    "beslagvrije-voet": ("beslagvrije-voet",),
}


class Briefs:
    """Gathers briefs from the index and the data beside it."""

    def __init__(
        self,
        *,
        retriever: Retriever,
        gazetteer: Gazetteer,
        topics: Mapping[str, Topic],
        norms: Mapping[str, Norm],
        age: Age,
        local_topics: LocalTopics,
    ) -> None:
        self._retriever = retriever
        self._gazetteer = gazetteer
        self._topics = topics
        self._norms = norms
        self._age = age
        self._local_topics = local_topics

    def for_turn(self, turn: Turn) -> Brief:
        """Everything the generator may use for this turn."""
        topic_slug, probability = turn.topics[0] if turn.topics else (None, 0.0)
        topic = self._topics.get(topic_slug or "")
        pages = () if self._nothing_on(turn, topic, probability) else self._pages(turn)
        local = turn.gemeente is not None and turn.gemeente not in (REGION_SCOPE, NATIONAL_SCOPE)
        missing = (
            local
            and probability >= _SURE
            and bool(pages)
            and pages[0].scope != turn.gemeente
            and not any(p.chunk.scope == turn.gemeente and p.chunk.topic == topic_slug for p in turn.passages)
            and self._is_local_topic(topic_slug)
        )
        return Brief(
            question=" ".join((turn.about, *turn.memory.household)),
            aspect=turn.aspect,
            mood=turn.mood,
            gemeente=turn.gemeente,
            gemeente_name=self._gazetteer.name(turn.gemeente) if turn.gemeente else None,
            topic=self._topics.get(topic_slug or ""),
            pages=pages,
            passages=turn.passages,
            missing_local=missing,
            outside=turn.notes.get("outside"),
            norms=self._current_norms(pages[0]) if pages else {},
            topic_norm=self._asked_norm(turn, pages[0]) if pages else None,
            alternative=self._alternative(turn, pages[0]) if pages and pages[0].first.stopped else None,
            background=self._background(turn, pages[0]) if pages else None,
            contact=self._contact_page(turn.gemeente),
        )

    def for_person(self, turn: Turn) -> Brief:
        """The page that tells how to reach a person: of the gemeente, else of the country."""
        own = self._contact_page(turn.gemeente)
        page = own or self._page_of(NATIONAL_DESK)
        return Brief(
            question=turn.about,
            aspect=Aspect.CONTACT,
            mood=turn.mood,
            gemeente=turn.gemeente,
            gemeente_name=self._gazetteer.name(turn.gemeente) if turn.gemeente else None,
            topic=None,
            pages=(page,) if page else (),
            passages=(),
            contact=own,
        )

    def for_emergency(self, turn: Turn, emergency: Emergency, *, beside: bool = False) -> EmergencyBrief:
        """Whom to call, what the law says and which regeling may help."""
        own, national = self._contact_page(turn.gemeente), self._page_of(NATIONAL_DESK)
        local = emergency.desk == "gemeente"
        desk = (own or national) if local else self._page_of(emergency.desk)
        law = [(page, rule) for rule in emergency.law if (page := self._page_of(rule.page))]
        return EmergencyBrief(
            emergency=emergency,
            question=turn.about,
            desk=desk,
            fallback=self._general_number(turn.gemeente) if local else own,
            law=tuple(law),
            regeling=self._regeling_for(turn, emergency, {page.key for page, _ in law}),
            alarm=self._page_of(_ALARM),
            national=local and own is None,
            beside=beside,
        )

    def _regeling_for(self, turn: Turn, emergency: Emergency, used: set[str]) -> Page | None:
        """The best living page of the own gemeente on the topics of the emergency."""
        best = best_per_document((p.chunk, p.score) for p in turn.passages if not p.chunk.stopped)
        fitting = [
            pair
            for pair in best.values()
            if pair[0].scope == turn.gemeente
            and pair[0].topic in emergency.topics
            and pair[0].document not in used
            and not self._has_ended(pair[0])
        ]
        if not fitting:
            return None
        order = {topic: place for place, topic in enumerate(emergency.topics)}
        chunk, score = max(fitting, key=lambda p: (p[0].scope == turn.gemeente, -order.get(p[0].topic or "", 99), p[1]))
        return self._page(chunk.scope, chunk.document, score)

    def _general_number(self, gemeente: str | None) -> Page | None:
        """The general number of the gemeente, as the last part of its contact page."""
        page = self._contact_page(gemeente)
        return replace(page, chunks=page.chunks[1:]) if page and len(page.chunks) > 1 else None

    def _page_of(self, key: str) -> Page | None:
        scope, _, _ = key.partition("/")
        return self._page(scope, key, 0.0) if self._retriever.document(scope, key) else None

    @staticmethod
    def _nothing_on(turn: Turn, topic: Topic | None, probability: float) -> bool:
        """Whether the question is surely about a topic on which no passage was found, nor on what it falls under."""
        if topic is None or probability < _CERTAIN:
            return False
        found = {passage.chunk.topic for passage in turn.passages}
        return not found & {topic.slug, None, *topic.falls_under}

    def _is_local_topic(self, topic: str | None) -> bool:
        """Whether people may expect a page of their own gemeente: enough other gemeenten have one."""
        return topic is not None and self._local_topics(topic) >= _LOCAL_ENOUGH

    def _pages(self, turn: Turn) -> tuple[Page, ...]:
        """The best page and up to two more of its topic that score close to it."""
        best = best_per_document((passage.chunk, passage.score) for passage in turn.passages)
        ranked = sorted(best.values(), key=lambda pair: -pair[1] * self._usefulness(pair[0]))
        if not self._wants_contact_page(turn, ranked):
            ranked = [pair for pair in ranked if not pair[0].document.endswith(CONTACT_PAGE)] or ranked
        if not ranked:
            return ()
        top, top_score = ranked[0]
        fitting = [
            (chunk, score)
            for chunk, score in ranked
            if score >= _FITS * top_score
            and chunk.topic == top.topic
            and chunk.scope == top.scope
            and (chunk is top or not self._has_ended(chunk))
        ]
        return tuple(self._page(chunk.scope, chunk.document, score) for chunk, score in fitting[:3])

    @staticmethod
    def _wants_contact_page(turn: Turn, ranked: list[tuple[Chunk, float]]) -> bool:
        """Whether someone asks how to reach a gemeente of which there is no other page on that."""
        asks = bool(turn.topics) and turn.topics[0][0] == _CONTACT_TOPIC
        own = [chunk for chunk, _ in ranked if chunk.topic == _CONTACT_TOPIC and chunk.scope == turn.gemeente]
        return asks and bool(own) and all(chunk.document.endswith(CONTACT_PAGE) for chunk in own)

    def _usefulness(self, chunk: Chunk) -> float:
        """A page that says how to apply, or whom to call, helps more than one that only tells of a rule."""
        headings = {c.heading for c in self._retriever.document(chunk.scope, chunk.document)}
        useful = 1.0 if headings & _HELPFUL or chunk.topic in _NO_FORM or chunk.origin == "ingest" else _LESS_USEFUL
        if self._age.years_old(chunk) >= _VERY_OLD_YEARS:
            useful *= _VERY_OLD
        return useful * (_ENDED if self._has_ended(chunk) else 1.0)

    def _has_ended(self, chunk: Chunk) -> bool:
        return chunk.valid_until is not None and chunk.valid_until < self._age.today().isoformat()

    def _page(self, scope: str, key: str, score: float) -> Page:
        chunks = self._retriever.document(scope, key)
        first = chunks[0]
        return Page(key=key, scope=scope, topic=first.topic, title=first.title, chunks=chunks, score=score)

    def _current_norms(self, best: Page) -> dict[str, CurrentNorm]:
        """The newest national figures of the norms that the best page copies, and of its topic."""
        slugs = {norm for norm, _ in best.first.norm_copies} | set(_TOPIC_NORMS.get(best.topic or "", ()))
        found: dict[str, CurrentNorm] = {}
        for slug in slugs & set(self._norms):
            version = self._norms[slug].on(self._age.today())
            if version is None or version.page is None or version.page == best.key:
                continue
            scope, _, _ = version.page.partition("/")
            if self._retriever.document(scope, version.page):
                cents = frozenset(amount.cents for amount in version.amounts if amount.cents is not None)
                found[slug] = CurrentNorm(page=self._page(scope, version.page, 0.0), cents=cents)
        return found

    def _asked_norm(self, turn: Turn, best: Page) -> str | None:
        """The norm of the topic that the question names by its words, else the first one."""
        norms = [slug for slug in _TOPIC_NORMS.get(best.topic or "", ()) if slug in self._norms]
        asked = set(stems(turn.about))
        named = [slug for slug in norms if asked & {stem(word) for word in self._norms[slug].words}]
        return next(iter([*named, *norms]), None)

    def _alternative(self, turn: Turn, stopped: Page) -> Page | None:
        """The best page that still holds: own gemeente first, then the same topic before what is related to it."""
        topic = self._topics.get(stopped.topic or "")
        wanted = {slug: place for place, slug in enumerate((stopped.topic, *(topic.related if topic else ())))}
        best = best_per_document((p.chunk, p.score) for p in turn.passages if not p.chunk.stopped)
        fitting = [pair for pair in best.values() if pair[0].topic in wanted and not self._has_ended(pair[0])]
        if not fitting:
            return None
        chunk, score = max(
            fitting, key=lambda p: (-min(wanted[p[0].topic], 1), p[0].scope == turn.gemeente, -wanted[p[0].topic], p[1])
        )
        return self._page(chunk.scope, chunk.document, score)

    def _background(self, turn: Turn, best: Page) -> Page | None:
        """The best page on the topic of `best` that holds in the region or the country, when `best` is local."""
        if best.scope in (REGION_SCOPE, NATIONAL_SCOPE):
            return None
        wider = [
            passage
            for passage in turn.passages
            if passage.chunk.topic == best.topic
            and passage.chunk.scope != best.scope
            and not passage.chunk.stopped
            and not self._has_ended(passage.chunk)
        ]
        if not wider:
            return None
        chunk = max(wider, key=lambda passage: passage.score).chunk
        return self._page(chunk.scope, chunk.document, 0.0)

    def _contact_page(self, gemeente: str | None) -> Page | None:
        if gemeente is None:
            return None
        key = f"{gemeente}/{CONTACT_PAGE}"
        return self._page(gemeente, key, 0.0) if self._retriever.document(gemeente, key) else None
