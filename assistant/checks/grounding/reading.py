"""A text as the checks see it: sentences of words in one wording, with figures and negations found."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from assistant.checks.grounding.lexicon import Word, read_word, roots, roots_of, rules, same_wording
from knowledge.quantities import MARK, Quantity, mark_quantities
from knowledge.text import fold

_SENTENCE_END = re.compile(r"(?:[.?!;\n]|:(?!\s*xq))+")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_SPACES = re.compile(r"[^\S\n]+")
_LIST_ITEM = re.compile(r"^\s*[-•]\s(.*)$", re.MULTILINE)
_REACH, _LONGEST_PHRASE, _FEW = 2, 3, 2
CARRYING = ("soft", "content", "hard")
LABEL = "="
_LARGER = {"maand": (12, "jaar"), "dag": (7, "week")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a sentence with its words.

    `denied` are the places of the words that a negation is about, `perhaps_denied` of those it can be about;
    `denied_first` are the words that each negation is about first; `denials` counts the negations, `strong` those
    that are about more than a phrase.
    """

    words: tuple[Word, ...]
    denied: frozenset[int] = frozenset()
    perhaps_denied: frozenset[int] = frozenset()
    denied_first: tuple[Word, ...] = ()
    denials: int = 0
    strong: int = 0

    @property
    def denied_words(self) -> tuple[Word, ...]:
        """The words that a negation is about, in order."""
        return tuple(self.words[place] for place in sorted(self.denied))


# No slots in the classes below: what follows from their fields is worked out once and kept.
@dataclass(frozen=True, kw_only=True)
class Unit:
    """A sentence, a list item or the lead of a list."""

    text: str
    question: bool
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words, in order."""
        return tuple(word for clause in self.clauses for word in clause.words)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that carry a fact, much or little."""
        return tuple(word for word in self.words if word.weight in CARRYING)

    @cached_property
    def core(self) -> tuple[Word, ...]:
        """The words that carry a fact, with the light ones when there are few."""
        if len(self.content) >= _FEW:
            return self.content
        return tuple(word for word in self.words if word.weight != "stop" and word.text not in negators())

    @cached_property
    def denials(self) -> int:
        """How many negations it has."""
        return sum(clause.denials for clause in self.clauses)

    @cached_property
    def strong(self) -> int:
        """How many of them are about more than a phrase."""
        return sum(clause.strong for clause in self.clauses)

    @cached_property
    def roots(self) -> frozenset[str]:
        return roots_of(word for word in self.words if word.weight != "stop") | roots_of_figures(self.quantities)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every word as it stands."""
        return frozenset(word.text for word in self.words)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A whole text: its units, all its roots and all its figures."""

    units: tuple[Unit, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset().union(*(unit.roots for unit in self.units))

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset().union(*(unit.tokens for unit in self.units))


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The paragraphs that a sentence cites, read together."""

    paragraphs: tuple[str, ...]
    readings: tuple[Reading, ...]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for reading in self.readings for unit in reading.units)

    @cached_property
    def folded(self) -> str:
        return fold("\n".join(self.paragraphs))

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset().union(*(reading.roots for reading in self.readings))

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset().union(*(reading.tokens for reading in self.readings))


@lru_cache(maxsize=1024)
def read_evidence(paragraphs: tuple[str, ...]) -> Evidence:
    """The reading of paragraphs together; remembered, because sentences of one answer share them."""
    return Evidence(paragraphs=paragraphs, readings=tuple(read(paragraph) for paragraph in paragraphs))


@lru_cache(maxsize=1)
def _figure_words() -> dict[str, frozenset[str]]:
    """Roots of the words that a figure says, by kind or unit."""
    found = rules()["said_by_figures"].items()
    return {name: frozenset().union(*(roots(word) for word in words.split())) for name, words in found}


def roots_of_figures(quantities: Iterable[Quantity]) -> frozenset[str]:
    """Roots of the words that figures say: "12 maanden" says month and year, a number to call says phone."""
    words = _figure_words()
    found: set[str] = set()
    for quantity in quantities:
        found |= words.get(quantity.kind, frozenset())
        if quantity.kind == "duration" and isinstance(quantity.value, tuple):
            size, unit = float(quantity.value[0] or 1), str(quantity.value[1])
            found |= words.get(unit, frozenset())
            whole, larger = _LARGER.get(unit, (1, ""))
            if larger and size % whole == 0:
                found |= roots(larger)
    return frozenset(found)


@lru_cache(maxsize=1)
def negators() -> dict[str, str]:
    """Each word that denies with how far it reaches: all "around" it, what comes "after" it, or a "phrase"."""
    return {word: reach for reach, words in rules()["negators"].items() for word in words.split()}


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The reading of a text; remembered, because the same evidence comes back."""
    marked = mark_quantities(_LIST_ITEM.sub(lambda item: item.group(1).replace(": ", f" {LABEL} "), text))
    wording = same_wording(_SPACES.sub(" ", fold(marked.text)))
    units = tuple(_units(wording, marked.quantities))
    return Reading(units=units, quantities=marked.quantities)


def _units(wording: str, quantities: tuple[Quantity, ...]) -> Iterator[Unit]:
    start = 0
    ends = [*_SENTENCE_END.finditer(wording), None]
    for end in ends:
        text = wording[start : end.start() if end else len(wording)].strip()
        if text:
            own = tuple(quantities[int(match[1])] for match in MARK.finditer(text))
            question = end is not None and "?" in end.group()
            yield Unit(text=text, question=question, clauses=tuple(_clauses(text)), quantities=own)
        start = end.end() if end else start


@lru_cache(maxsize=1)
def _clause_end() -> re.Pattern[str]:
    conjunctions, subjects = (rules()[key].replace(" ", "|") for key in ("conjunctions", "subjects"))
    return re.compile(rf"[,()–—=]|\s-\s|\b(?:{conjunctions})\b|\bdat (?=(?:{subjects})\b)")


def _clauses(text: str) -> Iterator[Clause]:
    start = 0
    ends = [*_clause_end().finditer(text), None]
    for end in ends:
        words = tuple(read_word(word) for word in _WORD.findall(text[start : end.start() if end else len(text)]))
        if words:
            yield _clause(words)
        # The word that opens a clause belongs to it.
        start = end.start() + (0 if end.group()[0].isalpha() else 1) if end else start


def _clause(words: tuple[Word, ...]) -> Clause:
    reaches = [(place, negators()[word.text]) for place, word in enumerate(words) if word.text in negators()]
    if not reaches:
        return Clause(words=words)
    about = [_around(words, place) if reach == "around" else _phrase(words, place) for place, reach in reaches]
    perhaps = [
        found if reach == "phrase" else range(len(words)) for found, (_, reach) in zip(about, reaches, strict=True)
    ]
    return Clause(
        words=words,
        denied=frozenset(chain(*about)),
        perhaps_denied=frozenset(chain(*perhaps)),
        denied_first=tuple(words[found[0]] for found in about if found),
        denials=len(reaches),
        strong=sum(reach != "phrase" for _, reach in reaches),
    )


def clause_of(text: str) -> Clause:
    """A folded text as one clause."""
    return _clause(tuple(read_word(word) for word in _WORD.findall(text)))


def _around(words: tuple[Word, ...], place: int) -> list[int]:
    return _nearest(words, range(place + 1, len(words))) or _nearest(words, range(place - 1, -1, -1))


def _phrase(words: tuple[Word, ...], place: int) -> list[int]:
    """The words of a noun phrase that follows: up to the next word that says nothing."""
    found: list[int] = []
    for next_place in range(place + 1, len(words)):
        if words[next_place].weight == "stop":
            if found:
                break
            continue
        found.append(next_place)
    return found[:_LONGEST_PHRASE]


def _nearest(words: tuple[Word, ...], places: range) -> list[int]:
    """The first words with a fact, at most two; without one the first light word."""
    content = [place for place in places if words[place].weight in CARRYING]
    if content:
        return content[:_REACH]
    return [place for place in places if words[place].weight == "light"][:1]
