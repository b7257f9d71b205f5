"""The gemeenten Sam works for, and the places, misspellings and postcodes that lead to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from rapidfuzz import fuzz, process

from knowledge.errors import ContentError, UnknownScopeError
from knowledge.regelingen import CONTENT
from knowledge.text import fold
from knowledge.types import Contact, ExecutingBody, Gemeente, Source

_POSTCODE = re.compile(
    r"(?<![\d.,])([1-9]\d{3})(?:\s?[a-z]{2}(?![a-z]))?(?![\d.,]*\d|\s*(?:euro|,-|%|procent|jaar|uur))"
)
_BEFORE_PLACE = re.compile(r"\b(?:in|uit|te|bij|naar|gemeente|gem|van|omgeving)\s+(?:de\s+|het\s+)?$")
# Not "van": "een schuld van 7500" is no postcode.
_BEFORE_POSTCODE = re.compile(r"\b(?:in|uit|te|bij|naar|gemeente|gem|omgeving)\s+$")
_FUZZY_LENGTH = 6
_FUZZY_SCORE = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named in a text: where it stands, and which gemeenten it may be.

    `kind` is "gemeente" for one of Sam's gemeenten (by any of its names), "ambiguous" when the
    place lies in several, "outside" when it lies elsewhere; then `elsewhere` names its gemeente.
    """

    kind: Literal["gemeente", "ambiguous", "outside"]
    text: str
    start: int
    slugs: tuple[str, ...] = ()
    elsewhere: str | None = None
    note: str | None = None


def load_gemeenten(content: Path = CONTENT) -> dict[str, Gemeente]:
    """All gemeenten by slug, in the order of the file.

    Raises:
        ContentError: the file is broken.
    """
    raw = _read(content)
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


def _ambiguous(row: Mapping[str, Any]) -> PlaceMention:
    """A place in several gemeenten; `likely` says what most people mean by it, null when Sam must ask."""
    likely = row.get("likely")
    kind: Literal["gemeente", "ambiguous", "outside"] = "gemeente" if likely else "ambiguous"
    if likely == "elsewhere" or not row["gemeenten"]:
        kind = "outside"
    slugs: dict[str, tuple[str, ...]] = {
        "gemeente": (str(likely),),
        "ambiguous": tuple(row["gemeenten"]),
        "outside": (),
    }
    return PlaceMention(
        kind=kind,
        text=row["place"],
        start=0,
        slugs=slugs[kind],
        elsewhere=row.get("elsewhere"),
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
        vocabulary: Iterable[str] = (),
    ) -> None:
        self.gemeenten = dict(gemeenten)
        self._vocabulary = frozenset(vocabulary)
        self._common = {fold(word) for word in elsewhere.get("common_words", ())}
        self._common -= {fold(gemeente.name) for gemeente in gemeenten.values()}
        self._places = self._collect(elsewhere)
        self._shared_postcodes = {row["postcode"]: tuple(row["gemeenten"]) for row in elsewhere["shared_postcodes"]}

    @classmethod
    def load(cls, content: Path = CONTENT, vocabulary: Iterable[str] = ()) -> "Gazetteer":
        """Read `gemeenten.yaml`.

        Raises:
            ContentError: the file is broken.
        """
        return cls(load_gemeenten(content), _read(content)["elsewhere"], vocabulary)

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

    def _collect(self, elsewhere: Mapping[str, Any]) -> dict[str, PlaceMention]:
        places: dict[str, PlaceMention] = {}
        for row in elsewhere["outside"]:
            places[fold(row["place"])] = PlaceMention(
                kind="outside", text=row["place"], start=0, elsewhere=row["gemeente"]
            )
        for gemeente in self.gemeenten.values():
            for place in (*gemeente.places, *(wrong for wrong, _ in gemeente.misspellings)):
                places[fold(place)] = PlaceMention(kind="gemeente", text=place, start=0, slugs=(gemeente.slug,))
        for row in elsewhere["ambiguous"]:
            places[fold(row["place"])] = _ambiguous(row)
        for gemeente in self.gemeenten.values():
            for name in (gemeente.name, gemeente.slug, gemeente.slug.replace("-", " ")):
                places[fold(name)] = PlaceMention(kind="gemeente", text=gemeente.name, start=0, slugs=(gemeente.slug,))
        return places

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._places, key=len, reverse=True)
        return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(name) for name in names) + r")(?:s)?(?![\w-])")

    @cached_property
    def _long_names(self) -> list[str]:
        return [name for name in self._places if len(name) >= _FUZZY_LENGTH and " " not in name]

    def find(self, text: str) -> list[PlaceMention]:
        """Places named in `text`, in order: exact names, postcodes, then names with a typo."""
        folded = fold(text)
        mentions = [*self._exact(folded, text), *self._by_postcode(folded)]
        taken = {position for m in mentions for position in range(m.start, m.start + len(m.text))}
        mentions.extend(m for m in self._misspelt(folded) if m.start not in taken)
        return sorted(mentions, key=lambda mention: mention.start)

    def _exact(self, folded: str, text: str) -> Iterator[PlaceMention]:
        same_length = len(folded) == len(text)
        for match in self._pattern.finditer(folded):
            name = match.group()
            key = name if name in self._places else name[:-1]
            if key in self._common:
                capital = same_length and text[match.start()].isupper() and match.start() > 0
                if not capital and not _BEFORE_PLACE.search(folded[: match.start()]):
                    continue
            yield self._mention(key, name, match.start())

    def _by_postcode(self, folded: str) -> Iterator[PlaceMention]:
        for match in _POSTCODE.finditer(folded):
            code = int(match.group(1))
            has_letters = len(match.group().replace(" ", "")) == 6
            near = _BEFORE_POSTCODE.search(folded[: match.start()]) or "postcode" in folded
            slugs = self._shared_postcodes.get(code) or tuple(
                g.slug for g in self.gemeenten.values() if any(low <= code <= high for low, high in g.postcodes)
            )
            if slugs and (has_letters or near or folded.strip() == match.group().strip()):
                kind: Literal["gemeente", "ambiguous"] = "gemeente" if len(slugs) == 1 else "ambiguous"
                yield PlaceMention(kind=kind, text=match.group(), start=match.start(), slugs=slugs)

    def _misspelt(self, folded: str) -> Iterator[PlaceMention]:
        for match in re.finditer(rf"[a-z]{{{_FUZZY_LENGTH},}}", folded):
            word = match.group()
            if word in self._vocabulary or word in self._places:
                continue
            best = process.extractOne(word, self._long_names, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
            if best is not None and best[0][0] == word[0]:
                yield self._mention(best[0], word, match.start())

    def _mention(self, key: str, written: str, start: int) -> PlaceMention:
        place = self._places[key]
        return PlaceMention(
            kind=place.kind,
            text=written,
            start=start,
            slugs=place.slugs,
            elsewhere=place.elsewhere,
            note=place.note,
        )
