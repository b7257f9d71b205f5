"""The regelingen as a catalogue: to look one up, to filter, to search, and to say how old a page is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.composition import Assistant
from assistant.errors import AssistantError
from assistant.generation.age import Age
from knowledge import figures
from knowledge.errors import KnowledgeError
from knowledge.gemeenten import Gazetteer
from knowledge.regelingen import load_regelingen
from knowledge.topics import load_topics
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Regeling, Topic
from web.errors import UnavailableError

PAGE_SIZE = 20
_PASSAGES = 200
_MOST_HITS = 60
_FITS = 0.35
_DAY = re.compile(r"((?:19|20)\d\d)(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """One page of a filtered list, with the size of the whole."""

    pages: tuple[Regeling, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        """Number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // PAGE_SIZE))


class Catalogue:
    """All regelingen of the content, by key."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @cached_property
    def regelingen(self) -> Mapping[str, Regeling]:
        """Every page by `scope/slug`."""
        return {page.key: page for page in load_regelingen()}

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by slug."""
        return load_topics()

    @property
    def gazetteer(self) -> Gazetteer:
        """The gemeenten and places."""
        return self._assistant.gazetteer

    @property
    def scopes(self) -> tuple[str, ...]:
        """Every scope a page can have."""
        return (*self.gazetteer.gemeenten, REGION_SCOPE, NATIONAL_SCOPE)

    def select(self, *, scope: str | None, topic: str | None, search: str, number: int) -> Selection:
        """The pages of a scope and a topic; with `search` those that fit it, best first.

        Raises:
            UnavailableError: there is no index to search.
        """
        pages: Sequence[Regeling] = list(self.regelingen.values())
        if search.strip():
            pages = self._search(search, (scope,) if scope else self.scopes)
        else:
            pages = sorted(pages, key=lambda page: (self.scopes.index(page.scope), page.title.casefold()))
        kept = [page for page in pages if scope in (None, page.scope) and topic in (None, page.topic)]
        start = (number - 1) * PAGE_SIZE
        return Selection(pages=tuple(kept[start : start + PAGE_SIZE]), total=len(kept), number=number)

    def _search(self, text: str, scopes: Sequence[str]) -> list[Regeling]:
        try:
            topics = dict(self._assistant.scorer.scores(text))
            found = self._assistant.retriever.search(text, scopes, count=_PASSAGES, topics=topics).passages
        except (KnowledgeError, AssistantError) as error:
            raise UnavailableError(str(error)) from error
        least = _FITS * found[0].score if found else 0.0
        keys = dict.fromkeys(passage.chunk.document for passage in found if passage.score >= least)
        return [self.regelingen[key] for key in keys if key in self.regelingen][:_MOST_HITS]

    def warning(self, page: Regeling) -> str | None:
        """What a reader must know before trusting the page, most serious first."""
        texts = self._assistant.texts
        if page.validity.stopped:
            return texts.get("warning_stopped")
        age = Age(self._assistant.clock, self._assistant.settings.old_after_months)
        year = age.old_year(page.source.peildatum)
        if year:
            return texts.get("warning_old", year=year)
        if in_words(page.source.peildatum) is None:
            return texts.get("warning_undated")
        return texts.get("warning_doubtful") if page.doubtful else None


def in_words(peildatum: str | None) -> str | None:
    """A date as people say it: "2024-07" gives "juli 2024"; None when it is not known."""
    match = _DAY.fullmatch((peildatum or "").strip())
    if match is None:
        return None
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    words = f"{figures.MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words
