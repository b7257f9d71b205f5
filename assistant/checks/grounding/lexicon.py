"""What Dutch words mean to a check: which carry a fact, and which say the same.

Two words say the same when they share a root: their stem, their gloss in the glossary, or a group of
`texts/synoniemen.yaml`. A compound also counts by its two parts. `texts/woorden.yaml` says which words carry a fact.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from assistant.texts import FOLDER, load_yaml
from knowledge.gloss import Glosser, load_glossary
from knowledge.quantities import mark_number
from knowledge.text import STOPWORDS, fold, stem

Weight = Literal["stop", "light", "soft", "content", "hard"]
_SHORTEST_WORD, _SHORTEST_HEAD, _SHORTEST_TAIL = 2, 3, 4
_LINKS = ("", "s", "en", "e", "n", "er", "-")
_FILES = ("woorden.yaml", "synoniemen.yaml", "gronding.yaml")
_NO_GLOSS = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A folded word: how much of a fact it carries, its roots, and its parts when it is a compound.

    `own` are the roots without the groups of words that say about the same.
    """

    text: str
    weight: Weight
    roots: frozenset[str]
    own: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()
    light_tail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A turn of phrase that is read as another; one of `needs` stands in every text that has it."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    reads: str


@lru_cache(maxsize=1)
def rules(folder: Path = FOLDER) -> Mapping[str, Any]:
    """The words and patterns of the files, by key; no two files have a key in common.

    Raises:
        TextsError: a file is missing or not YAML.
    """
    found: dict[str, Any] = {}
    for name in _FILES:
        found.update(load_yaml(folder / name))
    return found


@lru_cache(maxsize=1)
def rewrites() -> tuple[Rewrite, ...]:
    """Turns of phrase in the order in which they are applied."""
    return tuple(
        Rewrite(needs=tuple(needs.split(";")), pattern=re.compile(pattern), reads=reads)
        for needs, pattern, reads in rules()["alike"]
    )


def same_wording(folded: str) -> str:
    """`folded` with its turns of phrase in one wording."""
    for rewrite in rewrites():
        if any(need in folded for need in rewrite.needs):
            folded = rewrite.pattern.sub(rewrite.reads, folded)
    return folded


@lru_cache(maxsize=1)
def _glosser() -> Glosser:
    return Glosser(load_glossary())


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Ordinary words that a compound can be made of."""
    return frozenset(word for word in load_glossary() if " " not in word and len(word) >= _SHORTEST_HEAD)


def _gloss(word: str) -> str | None:
    gloss = _glosser().lookup(word)
    return None if gloss in (None, _NO_GLOSS) else f"={gloss}"


def _own_roots(word: str) -> set[str]:
    gloss = _gloss(word)
    return {stem(word), gloss} if gloss else {stem(word)}


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    """Group marks by root."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for number, group in enumerate(rules()["synonyms"]):
        for word in fold(group).split():
            for root in _own_roots(word):
                found[root].add(f"~{number}")
    return {root: frozenset(marks) for root, marks in found.items()}


@lru_cache(maxsize=20_000)
def roots(word: str) -> frozenset[str]:
    """Everything by which a folded word can be recognised as saying the same as another."""
    own = _own_roots(word)
    groups = _groups()
    return frozenset(own.union(*(groups.get(root, frozenset()) for root in own)))


@lru_cache(maxsize=16)
def listed(key: str) -> frozenset[str]:
    """The words under a key, as they stand."""
    return frozenset(fold(rules()[key]).split())


@lru_cache(maxsize=4)
def _listed_roots(key: str) -> frozenset[str]:
    """Stems and glosses of the words under a key."""
    return frozenset().union(*(_own_roots(word) for word in listed(key)))


@lru_cache(maxsize=4)
def _endings(key: str) -> tuple[str, ...]:
    return tuple(rules()[key].split())


@lru_cache(maxsize=4)
def _glosses(key: str) -> frozenset[str]:
    return frozenset(f"={gloss.strip()}" for gloss in rules()[key].split(";"))


def _weight(word: str) -> Weight:
    if word in STOPWORDS or len(word) < _SHORTEST_WORD:
        return "stop"
    own = _own_roots(word)
    if word in listed("light_exact") or own & _listed_roots("light"):
        return "light"
    if _is_soft(word, own):
        return "soft"
    return "hard" if own & _glosses("hard_glosses") or _has_hard_tail(word) else "content"


def _has_hard_tail(word: str) -> bool:
    """Whether the second part of a compound is what a sentence can be about."""
    parts = _parts(word)
    return parts is not None and _weight(parts[1]) == "hard"


def _is_soft(word: str, own: set[str]) -> bool:
    """Whether a word says little: listed, a verb that is listed, or a word that the glossary knows in no way."""
    if word in listed("soft") or own & _glosses("soft_glosses") or word in _turning_words():
        return True
    if own & _listed_roots("soft_verbs") and not word.endswith(_endings("noun_endings")):
        return True
    if _gloss(word) is not None or word in listed("no_actors"):
        return False
    parts = _parts(word)
    if parts is None:
        return word.endswith(_endings("other_endings"))
    return parts[1] in listed("light_tails") or _weight(parts[1]) in ("light", "soft")


@lru_cache(maxsize=1)
def _turning_words() -> frozenset[str]:
    """Words whose meaning the opposites guard."""
    return frozenset(word for pair in rules()["mild_opposites"] for side in pair for word in side.split())


@lru_cache(maxsize=1)
def _light_tails() -> frozenset[str]:
    return frozenset(stem(word) for word in fold(rules()["light_tails"]).split())


def _parts(word: str) -> tuple[str, str] | None:
    """The two words a compound is made of, the longest known tail first."""
    known = _vocabulary()
    for start in range(_SHORTEST_HEAD, len(word) - _SHORTEST_TAIL + 1):
        if word[start:] not in known:
            continue
        for link in _LINKS:
            head = word[: start - len(link)]
            if word[:start].endswith(link) and len(head) >= _SHORTEST_HEAD and head in known:
                return head, word[start:]
    return None


@lru_cache(maxsize=20_000)
def read_word(text: str) -> Word:
    """What a folded word means; the mark of a figure means nothing here."""
    if mark_number(text) is not None:
        return Word(text=text, weight="stop", roots=frozenset())
    weight = _weight(text)
    parts = _parts(text) if weight in ("soft", "content", "hard") else None
    if parts is None:
        return Word(text=text, weight=weight, roots=roots(text), own=frozenset(_own_roots(text)))
    head, tail = parts
    return Word(
        text=text,
        weight=weight,
        roots=roots(text),
        own=frozenset(_own_roots(text)),
        head=roots(head),
        tail=roots(tail),
        light_tail=stem(tail) in _light_tails(),
    )


def is_said(word: Word, among: frozenset[str] | set[str]) -> bool:
    """Whether a word, or each part of it, has a root among `among`."""
    if word.roots & among:
        return True
    return bool(word.head & among) and (word.light_tail or bool(word.tail & among))


def roots_of(words: Iterable[Word]) -> frozenset[str]:
    """The roots of words and of their parts."""
    found: set[str] = set()
    for word in words:
        found |= word.roots | word.head | word.tail
    return frozenset(found)
