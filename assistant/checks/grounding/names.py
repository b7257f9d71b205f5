"""Whether the places, bodies and other names in a sentence stand in its evidence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from assistant.checks.grounding.lexicon import roots, rules
from knowledge.text import fold, stem, words

_TOKEN = re.compile(r"(?<!\d)[^\W\d_][\w'’&-]*|[.?!:;\n•]|\d+(?:[.,]\d+)*")
_OPENERS = frozenset(".?!:;\n•")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_SHORTEST_PREFIX, _LONGEST_ENDING = 4, 4


def name_reasons(sentence: str, stored: "KnownNames", places: Iterable[str], bodies: tuple[str, ...]) -> list[str]:
    """Why names in the sentence are not in the evidence (English); empty when all are."""
    reasons = [f"place {place} is not in the evidence" for place in named_places(sentence, places, stored.folded)]
    reasons.extend(f"body {body} is not in the evidence" for body in named_bodies(sentence, bodies, stored))
    reasons.extend(f"name {name} is not in the evidence" for name in capitalised(sentence) if not stored.knows(name))
    return reasons


class KnownNames:
    """What the evidence can be said to name."""

    def __init__(self, evidence: str) -> None:
        self.folded = fold(evidence)
        self.words = frozenset(words(evidence.replace("-", " ")))
        self.stems = frozenset(stem(word) for word in self.words)
        self._roots = frozenset().union(*(roots(word) for word in self.words))
        self.initials = frozenset(_initials(evidence))

    def knows(self, name: str) -> bool:
        """Whether a name, or each word of it, is in the evidence."""
        return all(self._knows_word(word) for word in words(name.replace("-", " ")))

    def _knows_word(self, word: str) -> bool:
        if word in _no_names() or word.isdigit() or word in self.initials or stem(word) in self.stems:
            return True
        if roots(word) & self._roots & _landwide():
            return True
        return any(_same_name(word, other) for other in self.words)


@lru_cache(maxsize=1024)
def known_names(paragraphs: tuple[str, ...]) -> KnownNames:
    """The names in paragraphs; remembered, because sentences of one answer share them."""
    return KnownNames("\n".join(paragraphs))


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(rules()["no_names"].split())


@lru_cache(maxsize=1)
def _landwide() -> frozenset[str]:
    """Roots by which "Nederland" and "landelijk", or "Twents" and "regio", are the same."""
    groups = [group for group in rules()["synonyms"] if group.split()[0] in rules()["areas"].split()]
    return frozenset().union(*(roots(word) for group in groups for word in group.split()))


def _same_name(word: str, other: str) -> bool:
    """Whether two words are one name with another ending: "Almelose" and "Almelo"."""
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < _SHORTEST_PREFIX or len(longer) - len(shorter) > _LONGEST_ENDING:
        return False
    bases = {shorter, shorter.removesuffix("e"), shorter.removesuffix("en")}
    return any(
        len(base) >= _SHORTEST_PREFIX and longer.startswith(base) and longer[len(base) :] in _endings()
        for base in bases
    )


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    return frozenset(fold(rules()["name_endings"]).replace("'", "").split()) | {"", "e", "s"}


def _initials(text: str) -> Iterator[str]:
    """Abbreviations that the capitals of a row of words make: "swtd" for Stichting Welzijn Tubbergen Dinkelland."""
    for row in re.findall(r"(?:\b[A-Z][\w-]*\s+){1,5}[A-Z][\w-]*", text):
        parts = row.split()
        for start in range(len(parts) - 1):
            yield "".join(part[0] for part in parts[start:]).lower()


@lru_cache(maxsize=4096)
def capitalised(text: str) -> tuple[str, ...]:
    """Words with a capital inside a sentence; the first word of a sentence only when it has more capitals."""
    return tuple(_capitalised(text))


def _capitalised(text: str) -> Iterator[str]:
    opening = True
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _OPENERS:
            opening = True
            continue
        inner = token[1:]
        if (token[0].isupper() and not opening) or inner != inner.lower():
            yield token
        opening = False


@lru_cache(maxsize=256)
def _place_pattern(place: str) -> re.Pattern[str]:
    ending = next((ending for ending in ("en", "e") if place.endswith(ending)), "")
    base = re.escape(place.removesuffix(ending)) + (f"(?:{ending})?" if ending else "")
    endings = "|".join(sorted(fold(rules()["name_endings"]).split(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-]){base}(?:{endings}|['’]s)?(?![\w-])")


def named_places(sentence: str, places: Iterable[str], folded_evidence: str = "") -> Iterator[str]:
    """Places that the sentence names with a capital, in any ending, and the evidence does not."""
    for place in places:
        if place[:4] not in sentence and place not in sentence:
            continue
        stored = folded_evidence and fold(place).replace("-", " ") in folded_evidence.replace("-", " ")
        if not stored and _place_pattern(place).search(sentence):
            yield place


@lru_cache(maxsize=16)
def _bodies_by_word(bodies: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Bodies with the words of their names, without what stands in brackets or behind a comma, by the first word."""
    found: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for body in bodies:
        name = tuple(words(_PARENTHESES.sub("", body).partition(",")[0].replace("-", " ")))
        if name:
            found[name[0]].append((body, name))
    return {word: tuple(named) for word, named in found.items()}


def named_bodies(sentence: str, bodies: tuple[str, ...], stored: KnownNames | None = None) -> Iterator[str]:
    """Bodies that the sentence names, those of one word with a capital, and the evidence does not name in full."""
    said = words(sentence.replace("-", " "))
    capitals = {fold(token) for token in _TOKEN.findall(sentence) if token[0].isupper()}
    by_word = _bodies_by_word(bodies)
    for place, word in enumerate(said):
        for body, name in by_word.get(word, ()):
            is_name = len(name) > 1 or word in capitals
            if (
                is_name
                and tuple(said[place : place + len(name)]) == name
                and not (stored and stored.knows(" ".join(name)))
            ):
                yield body
