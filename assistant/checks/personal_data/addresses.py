"""Where a street with a house number stands in a text. A postcode keeps its figures: they tell the gemeente."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.personal_data.words import cue, either, load_name_words, load_words
from knowledge.text import STOPWORDS

Span = tuple[int, int]

_LEADING = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w'’.-]{0,30}|[Vv]an|[Dd]en?|[Dd]er|[Tt]en|[Tt]er|'t|[Hh]et|1e|2e|3e|[Ii]n)\s){1,4}$"
)
_POSTCODE = re.compile(
    r"(?<![\d.,€])[1-9]\d{3}(?:\s([A-Z]{2})|([A-Za-z]{2}))(?:,?\s(?:huis)?(?:nummer|nr\.?)?\s?|,\s?)"
    r"(\d{1,5}(?:\s?-?\s?[a-hA-H]\b)?)(?![\d.,]*\d|\s?(?:euro|€|%))"
)
_LAST_WORD = re.compile(r"[^\W_](?:[^\W_]|['.’-](?=[^\W_])){0,60}(?=[.,]?$)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_POSTCODE_LIKE = re.compile(r"[1-9]\d{3}(?!\d)")
_NOUN = re.compile(r"\d{1,5}\s([^\W\d_]{3,})")
_BEFORE = 90
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Streets:
    """What makes a word before a number a street; all patterns end where the number begins."""

    number: re.Pattern[str]
    house: re.Pattern[str]
    lives: re.Pattern[str]
    heads: re.Pattern[str]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    never: frozenset[str]


def addresses(text: str, low: str) -> Iterator[Span]:
    """Streets with their house number; `low` is `text` after `fold_in_place`."""
    streets = _streets()
    for match in streets.number.finditer(low):
        start = _street_start(text, low, match.start())
        if start is not None:
            yield start, match.end()
    yield from (match.span(1) for match in streets.house.finditer(low))
    for match in _POSTCODE.finditer(text):
        if (match.group(1) or match.group(2)).lower() not in STOPWORDS:
            yield match.start() + 4, match.end(3)


def _street_start(text: str, low: str, end: int) -> int | None:
    """Where the street begins whose house number stands at `end`; None when no street stands there."""
    streets, edge = _streets(), max(0, end - _BEFORE)
    before = low[edge:end]
    heads = streets.heads.search(before)
    if heads and heads.group().split()[-1].strip(".,:;") not in load_name_words().never:
        return _with_leading(text, edge + heads.start())
    last = _LAST_WORD.search((before.split() or [""])[-1])
    start = edge + before.rindex(last.group()) if last else end
    if last and _is_street(text, last.group(), start, numbered=not _YEAR.match(low, end)):
        return _with_leading(text, start)
    lives = streets.lives.search(before)
    if lives is None or _YEAR.match(low, end) or _POSTCODE_LIKE.match(low, end) or _counts(text, low, end):
        return None
    return _after_place(low, edge + lives.start(1), end)


def _is_street(text: str, name: str, start: int, *, numbered: bool) -> bool:
    """Whether the word at `start` is a street by its ending; what may be a year is no number for a doubtful one."""
    streets = _streets()
    if name.endswith(streets.strong) and name not in streets.never and _has_stem(name, streets.strong):
        return True
    written = text[start : start + len(name)]
    numbered = numbered and name not in load_name_words().ordinary
    return numbered and name.endswith(streets.weak) and written[0].isupper() and not written.isupper()


def _counts(text: str, low: str, end: int) -> bool:
    """Whether the number at `end` counts the noun after it ("3 schuldeisers")."""
    following = _NOUN.match(low, end)
    if following is None or text[following.start(1)].isupper():
        return False
    words = load_name_words()
    return following.group(1) not in words.never and following.group(1) not in words.places


def _after_place(low: str, start: int, end: int) -> int | None:
    """Where the street begins in "almelo klokkenplas 12"; None in "almelo 12"."""
    for match in re.finditer(r"\S+\s", low[start:end]):
        if match.group().strip(" ,.") in load_name_words().places:
            return _after_place(low, start + match.end(), end) if start + match.end() < end else None
    return start


def _has_stem(name: str, endings: tuple[str, ...]) -> bool:
    return any(name.endswith(ending) and len(name) >= len(ending) + _SHORTEST_STEM for ending in endings)


def _with_leading(text: str, start: int) -> int:
    """Where the name of the street begins: "Burgemeester van der Zaanstraat" is one name."""
    match = _LEADING.search(text, max(0, start - _BEFORE), start)
    words = match.group().split() if match else []
    while words and words[0].lower() != "van" and (words[0].lower() in STOPWORDS or words[0][0].islower()):
        words.pop(0)
    return start - sum(len(word) + 1 for word in words)


@lru_cache(maxsize=1)
def _streets() -> _Streets:
    rows = load_words()
    counted = rf"(?!\s?(?:{either(rows['units'])}\b|[%€])|[.,:]\d|\d)"
    suffix = rf"(?:\s?-?\s?[a-h](?![\w'])|\s{either(rows['house_suffixes'])}\b|\s?[-/]\s?\d{{1,4}}|-?\d?\s?hoog\b)?"
    small = r"(?:is|op|aan|in|de|het|nu|momenteel|tijdelijk|van)"
    return _Streets(
        number=re.compile(rf"(?<=\s)(?:(?:huis)?(?:nummer|nr\.?)\s)?\d{{1,5}}{counted}{suffix}{counted}"),
        house=re.compile(rf"{cue('house_cues')}(?:\sis)?[\s:]{{1,3}}(\d{{1,5}}{suffix})"),
        lives=re.compile(
            rf"{cue('live_cues')}(?:[\s:,]{{1,3}}{small}\b){{0,4}}[\s:]{{1,3}}(?!{small}\s)((?:[^\W\d][^\s,;.!?]{{0,40}}\s){{1,4}})$"
        ),
        heads=re.compile(
            rf"(?<![\w']){either(rows['street_heads'])}\s(?:(?:van|der|de|den|het|'t)\s){{0,2}}[^\W\d]\S{{0,40}}\s$"
        ),
        strong=tuple(rows["street_strong"]),
        weak=tuple(rows["street_weak"]),
        never=frozenset(rows["not_streets"]),
    )
