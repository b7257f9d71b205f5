"""The gemeenten Sam works for, and the places, misspellings and postcodes that lead to them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.errors import ContentError, UnknownScopeError
from knowledge.place_rules import PlaceRules, Surroundings, fold_in_place, key_of
from knowledge.place_spelling import PlaceSpelling
from knowledge.regelingen import CONTENT
from knowledge.types import Contact, ExecutingBody, Gemeente, Source

_TOKEN = re.compile(r"[a-z0-9]+")
_LONG_ENOUGH = 7
_JOINT = re.compile(r"[ ]?[-'’(/]?[ ]?|(?<=\b[a-z])\. ?|(?<=\bst)\. ?|(?<=\bgem)\. ?")
_POSTCODE = re.compile(
    r"(?<![\d.,€])(?<!€ )([1-9]\d{3})(?:\s?([a-z]{2})(?![a-z]))?"
    r"(?![\d.,]*\d|\s*(?:euro|eur\b|,-|%|procent|jaar|uur|gulden|per\b|p/m|keer|mensen|schuld|boete|m2))"
)
_BEFORE_POSTCODE = re.compile(r"\b(?:woon\w*|wonen|zit|leef|adres|verhuis\w*|live)\b.{0,30}\b(?:in|te|op|naar)\s+$")
_NAMED_POSTCODE = re.compile(r"\b(?:post[ck]ode\w*|pc)\b[^\d]{0,20}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named in a text: where it stands, and which gemeenten it may be.

    `kind` is "gemeente" for one of Sam's gemeenten (by any of its names), "ambiguous" when the
    place lies in several, "outside" when it lies elsewhere, "region" for Twente as a whole. `text` is as it
    was written, `start` its position in the text, `name` how the place is called. `several` holds every gemeente
    that a part of the place lies in, also when most people mean one of them. `elsewhere` names the gemeente
    outside Twente, or the place itself when it has none.
    """

    kind: Literal["gemeente", "ambiguous", "outside", "region"]
    text: str
    start: int
    slugs: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    name: str = ""
    elsewhere: str | None = None
    note: str | None = None

    @property
    def end(self) -> int:
        """Position after the last character."""
        return self.start + len(self.text)


def load_gemeenten(content: Path = CONTENT) -> dict[str, Gemeente]:
    """All gemeenten by slug, in the order of the file.

    Raises:
        ContentError: the file is broken.
    """
    return _gemeenten(_read(content))


def _gemeenten(raw: Any) -> dict[str, Gemeente]:
    try:
        return {row["slug"]: _gemeente(row) for row in raw["gemeenten"]}
    except (KeyError, TypeError) as error:
        raise ContentError(f"gemeenten.yaml klopt niet: {error}") from error


def _read(content: Path) -> Any:
    try:
        return yaml.safe_load((content / "gemeenten.yaml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ContentError(f"gemeenten.yaml is niet te lezen: {error}") from error


def _gemeente(row: Mapping[str, Any]) -> Gemeente:
    contact = row["contact"]
    return Gemeente(
        slug=row["slug"],
        name=row["name"],
        cbs_code=row["cbs_code"],
        owms_uri=row["owms_uri"],
        places=tuple(row["kernen"]),
        misspellings=tuple(row["misspellings"].items()),
        postcodes=tuple((low, high) for low, high in row["postcodes"]),
        website=row["website"],
        phone=row["phone"],
        phone_source=_phone_source(row),
        contact=Contact(
            organisation=contact["organisation"],
            phones=(contact["phone"],) if contact.get("phone") else (),
            email=contact.get("email"),
            address=contact.get("address"),
            url=contact.get("url"),
            hours=contact.get("hours"),
        ),
        contact_source=Source(
            url=contact["source_url"],
            title=contact["organisation"],
            peildatum=str(contact["peildatum"]),
            certainty=contact.get("zekerheid") or "middel",
        ),
        bodies=tuple(
            ExecutingBody(
                name=body["name"],
                scope=body.get("scope"),
                topics=tuple(body.get("topics") or ()),
                role=body["role"],
                source_url=body["source_url"],
            )
            for body in row.get("bodies") or ()
        ),
    )


def _ambiguous(row: Mapping[str, Any], count: int) -> PlaceMention:
    """A place in several of `count` gemeenten; `likely` is what most people mean by it, null when Sam must ask."""
    likely, several = row.get("likely"), tuple(row["gemeenten"])
    kind: Literal["gemeente", "ambiguous", "outside", "region"] = "gemeente" if likely else "ambiguous"
    if likely == "elsewhere":
        kind = "outside"
    elif len(several) in (0, count):
        kind = "region"
    slugs = {"gemeente": (str(likely),), "ambiguous": several}.get(kind, ())
    return PlaceMention(
        kind=kind,
        text="",
        start=0,
        slugs=slugs,
        several=() if kind == "region" else several,
        name=row["place"],
        elsewhere=row.get("elsewhere") or (row["place"] if kind == "outside" else None),
        note=row.get("note"),
    )


def _phone_source(row: Mapping[str, Any]) -> Source | None:
    """Where the general number comes from; those pages carry no date of their own."""
    url = row.get("phone_source_url")
    if url is None:
        return None
    return Source(url=url, title=f"Gemeente {row['name']}", peildatum="onbekend", certainty="middel")


class Gazetteer:
    """Finds places in text. `vocabulary` holds ordinary words that are never read as a misspelt place."""

    def __init__(
        self,
        gemeenten: Mapping[str, Gemeente],
        elsewhere: Mapping[str, Any],
        vocabulary: Collection[str] = (),
    ) -> None:
        self.gemeenten = dict(gemeenten)
        self._places = self._collect(elsewhere)
        self._rules = PlaceRules(elsewhere, {key_of(gemeente.name) for gemeente in gemeenten.values()})
        self._longest: dict[str, int] = {}
        for key in self._places:
            first, count = key.partition(" ")[0], key.count(" ") + 1
            self._longest[first] = max(count, self._longest.get(first, 0))
        self._postcodes = _postcodes(gemeenten.values(), elsewhere["shared_postcodes"])
        self._postcode_words = frozenset(elsewhere.get("postcode_words", ()))
        self._postcode_units = frozenset(elsewhere.get("postcode_units", ()))
        self._spelling = self._build_spelling(elsewhere, vocabulary)

    @classmethod
    def load(cls, content: Path = CONTENT, vocabulary: Collection[str] = ()) -> "Gazetteer":
        """Read `gemeenten.yaml`.

        Raises:
            ContentError: the file is broken.
        """
        raw = _read(content)
        try:
            return cls(_gemeenten(raw), raw["elsewhere"], vocabulary)
        except (KeyError, TypeError, AttributeError, re.error) as error:
            raise ContentError(f"gemeenten.yaml klopt niet: {error}") from error

    def name(self, slug: str) -> str:
        """Name of a scope for readers.

        Raises:
            UnknownScopeError: Sam does not know it.
        """
        special = {"regio-twente": "Twente", "landelijk": "heel Nederland"}
        if slug in special:
            return special[slug]
        if slug not in self.gemeenten:
            raise UnknownScopeError(f"Sam kent de gemeente '{slug}' niet. Kies uit: {', '.join(self.gemeenten)}")
        return self.gemeenten[slug].name

    @property
    def bodies(self) -> tuple[str, ...]:
        """Names of all bodies that do work for a gemeente, each once, in the order of the file."""
        return tuple(dict.fromkeys(body.name for gemeente in self.gemeenten.values() for body in gemeente.bodies))

    def find(self, text: str, *, expected: bool = False) -> list[PlaceMention]:
        """Places named in `text`, in order: known names, postcodes, and names with a typo.

        `expected` says that the text answers the question where someone lives; then a bare "best" is Best.
        """
        folded = fold_in_place(text)
        mentions = [*self._by_name(folded, text, expected), *self._by_postcode(folded, text)]
        return sorted(mentions, key=lambda mention: mention.start)

    def _collect(self, elsewhere: Mapping[str, Any]) -> dict[str, PlaceMention]:
        places: dict[str, PlaceMention] = {}
        for row in elsewhere["outside"]:
            places[key_of(row["place"])] = PlaceMention(
                kind="outside", text="", start=0, name=row["place"], elsewhere=row["gemeente"] or row["place"]
            )
        for own, towns in elsewhere.get("outside_towns", {}).items():
            for town in towns:
                places[key_of(town)] = PlaceMention(kind="outside", text="", start=0, name=town, elsewhere=own)
        for gemeente in self.gemeenten.values():
            known = PlaceMention(kind="gemeente", text="", start=0, slugs=(gemeente.slug,), several=(gemeente.slug,))
            places |= {key_of(place): replace(known, name=place) for place in gemeente.places}
            places |= {key_of(wrong): replace(known, name=right) for wrong, right in gemeente.misspellings}
        for row in elsewhere["ambiguous"]:
            places[key_of(row["place"])] = _ambiguous(row, len(self.gemeenten))
        for gemeente in self.gemeenten.values():
            for key in (key_of(gemeente.name), key_of(gemeente.slug)):
                known = places.get(key, PlaceMention(kind="gemeente", text="", start=0))
                slugs = (gemeente.slug,)
                places[key] = replace(known, kind="gemeente", name=gemeente.name, slugs=slugs, several=slugs)
        return places

    def _build_spelling(self, elsewhere: Mapping[str, Any], vocabulary: Collection[str]) -> PlaceSpelling:
        single = {key: place for key, place in self._places.items() if " " not in key and place.kind != "region"}
        meaning = {
            key: " ".join(place.slugs) or str(place.elsewhere)
            for key, place in single.items()
            if place.kind != "outside" or key not in self._rules.guarded
        }
        own = self.gemeenten.values()
        names = {gemeente.name for gemeente in own if len(gemeente.name) > _LONG_ENOUGH - 2}
        names |= {place for gemeente in own for place in gemeente.places if len(place) >= _LONG_ENOUGH}
        slips = {slip for g in own for slip, name in g.misspellings if name == g.name and len(slip) >= _LONG_ENOUGH}
        sure = {key_of(name) for name in names | slips}
        words = {*vocabulary, *(key_of(word) for word in elsewhere.get("no_misspelling", ()))}
        return PlaceSpelling(meaning, sure - self._rules.guarded, words)

    def _by_name(self, folded: str, text: str, expected: bool) -> Iterator[PlaceMention]:
        """Known names, the longest first, and words that look like one."""
        tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(folded)]
        position = 0
        while position < len(tokens):
            length, key = self._longest_name(folded, tokens, position)
            start, end = tokens[position][1], tokens[position + max(length, 1) - 1][2]
            found = self._place(key, folded, text, (start, end), expected) if key else None
            if found is None and length <= 1:
                length, found = 1, self._misspelt(folded, text, (start, end), expected)
            if found is not None:
                yield found
            position += length if found is not None else 1

    def _longest_name(self, folded: str, tokens: list[tuple[str, int, int]], position: int) -> tuple[int, str]:
        """How many words the name there has, and its key; 0 and "" when none is known."""
        first = tokens[position][0]
        for length in range(min(self._longest.get(first, 0), len(tokens) - position), 0, -1):
            part = tokens[position : position + length]
            key = " ".join(word for word, _, _ in part)
            joints = ((left[2], right[1]) for left, right in pairwise(part))
            if key in self._places and all(_JOINT.fullmatch(folded, *joint) for joint in joints):
                return length, key
        if first.endswith("s") and first[:-1] in self._places:
            return 1, first[:-1]
        return 0, ""

    def _place(self, key: str, folded: str, text: str, span: tuple[int, int], expected: bool) -> PlaceMention | None:
        place = self._places[key]
        around = Surroundings.of(folded, span, text, expected=expected)
        if not self._rules.is_place(key, around, own=place.kind != "outside"):
            return None
        mention = replace(place, text=text[span[0] : span[1]], start=span[0])
        if place.kind != "outside" and place.elsewhere and self._rules.is_the_other(around):
            return replace(mention, kind="outside", slugs=(), several=())
        return mention

    def _misspelt(self, folded: str, text: str, span: tuple[int, int], expected: bool) -> PlaceMention | None:
        word = folded[span[0] : span[1]]
        nearest = self._spelling.nearest(word) if word not in self._places else None
        if nearest is None:
            return None
        key, sure = nearest
        around = Surroundings.of(folded, span, text, expected=expected)
        if not sure and not self._rules.expects_place(around):
            return None
        return self._place(key, folded, text, span, expected)

    def _by_postcode(self, folded: str, text: str) -> Iterator[PlaceMention]:
        codes = list(_POSTCODE.finditer(folded))
        lonely = len(codes) == 1
        for match in codes:
            before = folded[max(0, match.start() - 40) : match.start()]
            letters = match.group(2)
            named = bool(_NAMED_POSTCODE.search(before)) or (lonely and "postcode" in folded)
            if letters and not named and self._is_word(letters, text[match.start(2) : match.end(2)], text):
                letters = None
            start, end = match.start(), match.end() if letters else match.end(1)
            near = named or _BEFORE_POSTCODE.search(before) or folded.strip(" .!,") == match.group().strip()
            slugs = self._postcodes.get(int(match.group(1)), ())
            written = text[start:end]
            if slugs and (letters or near):
                kind: Literal["gemeente", "ambiguous"] = "gemeente" if len(slugs) == 1 else "ambiguous"
                yield PlaceMention(kind=kind, text=written, start=start, slugs=slugs, several=slugs, name=written)
            elif not slugs and (named or (letters and (near or written[-2:].isupper()))):
                yield PlaceMention(kind="outside", text=written, start=start, name=written, elsewhere=written)

    def _is_word(self, letters: str, written: str, text: str) -> bool:
        """Whether two letters after four digits are a word or a unit and no postcode ("7500 in de maand")."""
        capitals = written.isupper() and not text.isupper()
        return letters in self._postcode_units or (letters in self._postcode_words and not capitals)


def _postcodes(gemeenten: Iterable[Gemeente], shared: Iterable[Mapping[str, Any]]) -> dict[int, tuple[str, ...]]:
    """The gemeenten in which addresses have a code, by the four digits."""
    codes: dict[int, tuple[str, ...]] = {}
    for gemeente in gemeenten:
        for low, high in gemeente.postcodes:
            for code in range(low, high + 1):
                codes[code] = (*codes.get(code, ()), gemeente.slug)
    return codes | {row["postcode"]: tuple(row["gemeenten"]) for row in shared}
