"""Orders to the assistant in a text: taken out of what people type, and a reason to leave a sentence of a source out.

The answer never depends on this alone: it is built from stored sentences. It keeps the question readable.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.checks.personal_data.words import fold_in_place
from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from knowledge.text import STOPWORDS, words

Span = tuple[int, int]
Patterns = tuple[re.Pattern[str], ...]

PATH = FOLDER / "aanvallen.yaml"
_FRAGMENT = re.compile(r"<([a-z]+)>(?![>=])")
_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|[;\n])\s*")
_CLAUSE_END = re.compile(r",\s+|:\s+|\s[-–—]\s|\s(?=(?:en|and|und|maar|but|dan|then|waarna|want)\s)|\s?[()]\s?")
_LETTER_BY_LETTER = re.compile(r"(?<!\w)(?:\w[\s.\-_*]{1,3}){7,}\w(?!\w)")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_MIXED_WORD = re.compile(r"(?<!\w)(?=[a-z]*[0-9@$])[a-z0-9@$]*[a-z][0-9@$][a-z0-9@$]*|(?<!\w)[0-9@$][a-z]{2,}")
_LOOKALIKES = str.maketrans("013457@$", "oieastas")
_JOINERS = str.maketrans("-_", "  ")
_LAST_LATIN = 0x24F
_BORDER = ' \t\n.!?;:,("“”>*#-'
_START = "<start>"
_EDGES = " \t\n,;:-–—*#=|>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """Patterns, those for where an imperative can begin apart: there are few such places, so that is quick."""

    places: re.Pattern[str]
    at_places: Patterns
    anywhere: Patterns

    def spans(self, low: str) -> Iterator[Span]:
        """Where a pattern matches."""
        places = {match.end() for match in self.places.finditer(low)}
        for pattern in self.at_places:
            for place in places:
                if match := pattern.match(low, place):
                    yield match.span()
        for pattern in self.anywhere:
            for match in pattern.finditer(low):
                yield match.start() + _leading(match.group()), match.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Orders:
    """The compiled patterns of `texts/aanvallen.yaml`."""

    orders: _Search
    roles: Patterns
    marks: Patterns
    blobs: Patterns
    asks: Patterns
    own: Patterns
    more_orders: Patterns
    soft: Patterns
    source: _Search
    squeezed: tuple[str, ...]
    filler: frozenset[str]


@lru_cache(maxsize=1)
def load_orders(path: Path = PATH) -> _Orders:
    """The patterns of what is an order.

    Raises:
        TextsError: the file is broken, or a pattern does not compile.
    """
    rows: Mapping[str, Any] = load_yaml(path)
    fragments = {name: text.replace(" |", "|") for name, text in rows["fragments"].items()}
    try:
        return _Orders(
            orders=_search([pattern for kind in rows["orders"].values() for pattern in kind], fragments),
            source=_search(rows["source"], fragments),
            **{
                key: _compiled(rows[key], fragments)
                for key in ("roles", "marks", "blobs", "asks", "own", "more_orders", "soft")
            },
            squeezed=tuple(rows["squeezed"]),
            filler=frozenset(rows["filler"]) | STOPWORDS,
        )
    except (re.error, KeyError) as error:
        raise TextsError(f"{path.name}: {error}") from error


def _search(patterns: Sequence[str], fragments: Mapping[str, str]) -> _Search:
    at_places = [pattern.removeprefix(_START) for pattern in patterns if pattern.startswith(_START)]
    anywhere = [pattern for pattern in patterns if not pattern.startswith(_START)]
    [places] = _compiled([_START], fragments)
    return _Search(places=places, at_places=_compiled(at_places, fragments), anywhere=_compiled(anywhere, fragments))


def _compiled(patterns: Sequence[str], fragments: Mapping[str, str]) -> Patterns:
    return tuple(re.compile(_filled_in(pattern, fragments)) for pattern in patterns)


def _filled_in(pattern: str, fragments: Mapping[str, str]) -> str:
    """`pattern` with its fragments; tags such as `<sys>` are no fragments."""
    return _FRAGMENT.sub(lambda m: _filled_in(fragments[m[1]], fragments) if m[1] in fragments else m[0], pattern)


def find_orders(text: str) -> tuple[str, ...]:
    """The parts of `text` that are orders to the assistant, in order; empty for an ordinary question."""
    return tuple(part for start, end in _order_spans(text) if (part := text[start:end].strip()))


def without_orders(text: str) -> tuple[str, bool]:
    """`text` without orders to the assistant, and whether there were any; without them it comes back as it is."""
    spans = _order_spans(text)
    if not spans:
        return text, False
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    kept = [text[start:end].strip(_EDGES) for start, end in list(pairwise(edges))[::2]]
    return " ".join(part for part in kept if _NO_LETTERS.sub("", part) or part.isdigit()), True


def says_nothing(text: str) -> bool:
    """Whether what is left after taking orders out is no more than a greeting or loose small words."""
    filler = load_orders().filler
    other_script = any(ord(char) > _LAST_LATIN and char.isalpha() for char in text)
    return not other_script and all(word in filler for word in words(text))


def is_order_in_source(sentence: str) -> bool:
    """Whether a sentence of a page or PDF tells an assistant what to do instead of telling readers something."""
    visible = "".join(char for char in sentence if unicodedata.category(char) != "Cf")
    low = fold_in_place(" ".join(visible.split()))
    return next(load_orders().source.spans(low), None) is not None


def has_order_in_source(paragraph: str) -> bool:
    """Whether any sentence of a paragraph is an order: then what stands around it is not to be trusted either."""
    pieces = _pieces(paragraph, 0, len(paragraph), _SENTENCE_END)
    return any(is_order_in_source(paragraph[start:end]) for start, end in pieces)


def _order_spans(text: str) -> list[Span]:
    """Where orders stand, joined where they touch."""
    low = fold_in_place(text)
    rules = load_orders()
    found = [match.span() for pattern in rules.blobs for match in pattern.finditer(text)]
    found += [match.span() for pattern in rules.marks for match in pattern.finditer(low)]
    found += _spelled_out(low)
    hits = _hits(low)
    roles = [m.start() + _leading(m.group()) for pattern in rules.roles for m in pattern.finditer(low)]
    soft = [match.span() for pattern in rules.soft for match in pattern.finditer(low)]
    if soft and not roles and all(start < soft[0][1] for start, _ in hits):
        found += soft
    elif hits or roles:
        found += _clauses_of(low, hits, roles)
    return _joined(found)


def _hits(low: str) -> list[Span]:
    """Where orders match, also when figures stand for letters ("1gn0re") or dashes for spaces."""
    plain = _MIXED_WORD.sub(lambda match: match.group().translate(_LOOKALIKES), low)
    readings = {low, plain, plain.translate(_JOINERS)}
    return [span for reading in readings for span in load_orders().orders.spans(reading)]


def _leading(matched: str) -> int:
    """Length of the border before the first word: it belongs to the clause before."""
    return len(matched) - len(matched.lstrip(_BORDER))


def _spelled_out(low: str) -> Iterator[Span]:
    for match in _LETTER_BY_LETTER.finditer(low):
        letters = _NO_LETTERS.sub("", match.group())
        if any(word in letters for word in load_orders().squeezed):
            yield match.span()


def _pieces(low: str, start: int, end: int, border: re.Pattern[str]) -> Iterator[Span]:
    """`low[start:end]` cut after every border."""
    for match in border.finditer(low, start, end):
        yield start, match.end()
        start = match.end()
    if start < end:
        yield start, end


def _clauses_of(low: str, hits: Sequence[Span], roles: Sequence[int]) -> Iterator[Span]:
    """The clauses in which an order stands, and those after it that only go on about it."""
    rules, role_line = load_orders(), False
    for start, end in _pieces(low, 0, len(low), _SENTENCE_END):
        starts_role = any(start <= role < end for role in roles)
        role_line = starts_role or (role_line and "\n" not in low[start - 1 : start + 1])
        following = role_line and not low[start:end].rstrip().endswith("?")
        for number, (clause_start, clause_end) in enumerate(_pieces(low, start, end, _CLAUSE_END)):
            clause = low[clause_start:clause_end].strip(_EDGES)
            hit = any(hit_start < clause_end and hit_end > clause_start for hit_start, hit_end in hits)
            if hit or _fits(rules.more_orders, clause):
                following = True
            elif following and (_fits(rules.asks, clause) or (not role_line and _fits(rules.own, clause))):
                following = False
            if following or (starts_role and number == 0):
                yield clause_start, clause_end


def _fits(patterns: Patterns, clause: str) -> bool:
    return any(pattern.search(clause) for pattern in patterns)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined
