"""Step 7: choose the pages that fit and let the generator write."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.generation.age import Age
from assistant.generation.protocol import Brief, Generator, Page
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Aspect, PublishedSentence, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.normen import Norm
from knowledge.ranking import best_per_document
from knowledge.retrieval import Retriever
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Topic

CONTACT_PAGE = "_contact"
_SURE = 0.45
_FITS = 0.6
_TOPIC_NORM = {
    "bijstand": "bijstandsnorm",
    "studietoeslag": "studietoeslag",
    "beslagvrije-voet": "beslagvrije-voet",
}
_GENERAL_AMOUNT_TOPICS = frozenset({"bijstand", "beslagvrije-voet"})


class ComposeAnswer:
    """From passages to a draft with its evidence."""

    name = "compose_answer"

    def __init__(
        self,
        *,
        texts: Texts,
        generator: Generator,
        retriever: Retriever,
        gazetteer: Gazetteer,
        topics: Mapping[str, Topic],
        norms: Mapping[str, Norm],
        age: Age,
    ) -> None:
        self._texts = texts
        self._generator = generator
        self._retriever = retriever
        self._gazetteer = gazetteer
        self._topics = topics
        self._norms = norms
        self._age = age

    def __call__(self, turn: Turn) -> Turn | Answer:
        composition = self._generator.compose(self.brief(turn))
        if not composition.draft.sentences:
            text = self._texts.get("unanswerable_model")
            return Answer(
                status=AnswerStatus.UNANSWERABLE_MODEL, text=text, sentences=(PublishedSentence(text=text),)
            )
        return replace(
            turn, draft=composition.draft, draft_status=composition.status, links=composition.links
        )

    def brief(self, turn: Turn) -> Brief:
        """Everything the generator may use for this turn."""
        pages = self._pages(turn)
        topic_slug, probability = turn.topics[0] if turn.topics else (None, 0.0)
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
            question=turn.standalone,
            aspect=turn.aspect,
            mood=turn.mood,
            gemeente=turn.gemeente,
            gemeente_name=self._gazetteer.name(turn.gemeente) if turn.gemeente else None,
            topic=self._topics.get(topic_slug or ""),
            pages=pages,
            passages=turn.passages,
            missing_local=missing,
            outside=turn.notes.get("outside"),
            norm=self._norm_page(turn, pages[0]) if pages else None,
            contact=self._contact_page(turn.gemeente),
            masked=turn.masked,
        )

    def _is_local_topic(self, topic: str | None) -> bool:
        return topic in self._topics and topic not in ("toeslagen", "wsnp", "incassokosten", "bankrekening")

    def _pages(self, turn: Turn) -> tuple[Page, ...]:
        """The best page and up to two more of its topic that score close to it."""
        best = best_per_document((passage.chunk, passage.score) for passage in turn.passages)
        ranked = sorted(best.values(), key=lambda pair: -pair[1])
        ranked = [pair for pair in ranked if not pair[0].document.endswith(CONTACT_PAGE)] or ranked
        if not ranked:
            return ()
        top, top_score = ranked[0]
        fitting = [
            (chunk, score)
            for chunk, score in ranked
            if score >= _FITS * top_score and chunk.topic == top.topic and chunk.scope == top.scope
        ]
        return tuple(self._page(chunk.scope, chunk.document, score) for chunk, score in fitting[:3])

    def _page(self, scope: str, key: str, score: float) -> Page:
        chunks = self._retriever.document(scope, key)
        first = chunks[0]
        return Page(key=key, scope=scope, topic=first.topic, title=first.title, chunks=chunks, score=score)

    def _norm_page(self, turn: Turn, best: Page) -> Page | None:
        """The page with the newest national figures, when the best page holds older copies or none of its own."""
        wanted = _TOPIC_NORM.get(best.topic or "")
        copies = [slug for slug in best.first.norms if slug in self._norms]
        slug = wanted if wanted in copies else (copies[0] if copies else wanted)
        if slug is None or slug not in self._norms or best.topic not in _TOPIC_NORM:
            return None
        if turn.aspect is not Aspect.AMOUNT and not copies:
            return None
        has_own = bool(best.under("Hoeveel?")) and not copies
        if has_own and best.topic not in _GENERAL_AMOUNT_TOPICS:
            return None
        version = self._norms[slug].on(self._age.today())
        if version is None or version.page is None or version.page == best.key:
            return None
        scope, _, _ = version.page.partition("/")
        chunks = self._retriever.document(scope, version.page)
        if not chunks:
            return None
        return Page(key=version.page, scope=scope, topic=best.topic, title=chunks[0].title, chunks=chunks, score=0.0)

    def _contact_page(self, gemeente: str | None) -> Page | None:
        if gemeente is None:
            return None
        key = f"{gemeente}/{CONTACT_PAGE}"
        return self._page(gemeente, key, 0.0) if self._retriever.document(gemeente, key) else None

