"""What a place in a text is named for: a home, a relative's home, work, a place left behind.

The rules are in `texts/plaatsen.yaml`; a place without a role there is just named, and may well be the home.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.errors import TextsError
from assistant.texts import FOLDER, load_yaml
from knowledge.gemeenten import PlaceMention
from knowledge.place_rules import fold_in_place
from knowledge.text import fold

_WINDOW = 160
_WORD_LIST = re.compile(r"<(\w+)>")
_SPACES = re.compile(r"\s+")


class Role(StrEnum):
    """What a place is named for; the values are the words of `plaatsen.yaml`."""

    HOME = "wonen"
    ORIGIN = "herkomst"
    LATER = "verhuizing"
    ASKED = "vraag"
    CLIENT = "client"
    RELATIVE = "naaste"
    NAMED = "genoemd"
    WEAK = "zwak"
    FORMER = "vroeger"
    NOT = "niet"
    BESIDE = "elders"


_INHERITED = {Role.BESIDE, Role.FORMER, Role.RELATIVE, Role.CLIENT, Role.HOME, Role.ORIGIN, Role.WEAK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A place with its role, the folded clause before it, and what follows it in the sentence."""

    mention: PlaceMention
    role: Role
    clause: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    clause: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    role: Role
    clause: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sentence: re.Pattern[str] | None

    def holds(self, context: _Context) -> bool:
        return (
            (self.clause is None or bool(self.clause.search(context.clause)))
            and (self.after is None or bool(self.after.search(context.after)))
            and (self.before is None or bool(self.before.search(context.before)))
            and (self.sentence is None or bool(self.sentence.search(context.sentence)))
        )


class PlaceRoles:
    """Gives every place of a text its role, and finds the other signals of `plaatsen.yaml` in a text."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """Raises: TextsError: a pattern does not compile, or a role or a word list is not known."""
        try:
            words = {name: _alternation(listed) for name, listed in raw["words"].items()}
            self._rules = tuple(_rule(row, words) for row in raw["rules"])
            self._signals = {name: _compile(pattern, words) for name, pattern in raw["signals"].items()}
            self._break, self._end, self._filler, self._joint, self._correction = (
                _compile(raw[name], words) for name in ("clause_break", "sentence_end", "filler", "joint", "correction")
            )
            self.elsewhere_name: str = raw["elsewhere_name"]
        except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
            raise TextsError(f"plaatsen.yaml klopt niet: {error}") from error

    def of(self, text: str, mentions: Sequence[PlaceMention]) -> tuple[Placed, ...]:
        """The places of `text` with their roles, in order."""
        folded = fold_in_place(text)
        placed: list[Placed] = []
        for index, mention in enumerate(mentions):
            previous = mentions[index - 1] if index else None
            context = self._context(folded, mention, previous.end if previous else 0)
            role = next((rule.role for rule in self._rules if rule.holds(context)), Role.NAMED)
            placed.append(Placed(mention=mention, role=role, clause=context.clause, after=context.after))
        return self._joined(folded, placed)

    def signals(self, name: str, text: str) -> bool:
        """Whether the signal `name` is in `text`."""
        return bool(self._signals[name].search(_SPACES.sub(" ", fold(text))))

    def words(self, name: str, text: str) -> frozenset[str]:
        """The words of `text` in which the signal `name` stands."""
        return frozenset(match.group() for match in self._signals[name].finditer(_SPACES.sub(" ", fold(text))))

    def corrects(self, text: str, first: PlaceMention, second: PlaceMention) -> bool:
        """Whether the words between two places take the first one back."""
        return bool(self._correction.search(fold(text[first.end : second.start])))

    def _context(self, folded: str, mention: PlaceMention, previous_end: int) -> _Context:
        before = folded[max(0, mention.start - _WINDOW) : mention.start]
        before = self._end.split(before)[-1]
        after = self._end.split(folded[mention.end : mention.end + _WINDOW])[0]
        clause = before[max(0, len(before) - (mention.start - previous_end)) :]
        if clause.rstrip().endswith("("):
            clause = clause.rstrip()[:-1]
        clause = self._break.split(clause)[-1]
        return _Context(
            clause=self._bare(clause),
            before=_SPACES.sub(" ", before).lstrip(),
            after=_SPACES.sub(" ", after).rstrip(),
            sentence=_SPACES.sub(" ", f"{before}{mention.text.casefold()}{after}"),
        )

    def _bare(self, clause: str) -> str:
        """A clause without articles and "gemeente" at its end."""
        clause = _SPACES.sub(" ", clause).strip()
        while (match := self._filler.search(clause)) is not None:
            clause = clause[: match.start()].rstrip()
        return clause

    def _joined(self, folded: str, placed: list[Placed]) -> tuple[Placed, ...]:
        """The same places; one that is only listed with the one before it ("Almelo en Borne") shares its role."""
        joined = placed[:1]
        for first, second in pairwise(placed):
            between = folded[first.mention.end : second.mention.start]
            role = second.role
            if role is Role.NAMED and self._joint.match(between):
                role = joined[-1].role if joined[-1].role in _INHERITED else role
            joined.append(replace(second, role=role))
        return tuple(joined)


def _alternation(listed: str) -> str:
    words = sorted({word.strip() for word in listed.replace('"', "").split(",")}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


def _compile(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(_WORD_LIST.sub(lambda match: words[match.group(1)], pattern))


def _rule(row: Mapping[str, str], words: Mapping[str, str]) -> _Rule:
    unknown = row.keys() - {"rol", "voor", "ruw", "na", "zin"}
    if unknown:
        raise ValueError(f"onbekend: {', '.join(unknown)}")
    clause, before, after, sentence = (
        _compile(row[name], words) if name in row else None for name in ("voor", "ruw", "na", "zin")
    )
    return _Rule(role=Role(row["rol"]), clause=clause, before=before, after=after, sentence=sentence)


@lru_cache(maxsize=1)
def load_place_roles(path: Path = FOLDER / "plaatsen.yaml") -> PlaceRoles:
    """The rules of the bundled file.

    Raises:
        TextsError: the file is missing or broken.
    """
    return PlaceRoles(load_yaml(path))
