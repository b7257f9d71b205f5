"""Which of the places in a text counts: the home, the person who is helped, or the place that is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.checks.places.roles import Placed, PlaceRoles, Role, load_place_roles
from knowledge.gemeenten import Gazetteer, PlaceMention

_RANKS = (
    frozenset({Role.ASKED}),
    frozenset({Role.CLIENT, Role.RELATIVE}),
    frozenset({Role.HOME}),
    frozenset({Role.ORIGIN}),
    frozenset({Role.LATER}),
    frozenset({Role.NAMED}),
    frozenset({Role.WEAK}),
)
_LAST_COUNTS = {Role.ASKED, Role.HOME, Role.ORIGIN, Role.LATER}
_HOMES = {Role.HOME, Role.ORIGIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that counts: the gemeenten it may be, or `outside`, the name of what lies outside Twente."""

    slugs: tuple[str, ...] = ()
    outside: str | None = None
    name: str = ""
    role: Role = Role.NAMED

    @property
    def slug(self) -> str | None:
        """The gemeente, when there is only one that it may be."""
        return self.slugs[0] if len(self.slugs) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a message says about places.

    `place` is the one that counts, `home` where the person says to live, `named` every gemeente that
    was named in whatever role, `refused` those that it is not. `own` and `here` say that the question is for
    the person, or for the own gemeente, whatever was said before; `wrong` that the gemeente of before is wrong.
    `relatives` are the words for people close by ("moeder"), when the question is for one of them.
    """

    place: Place | None = None
    home: Place | None = None
    named: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    own: bool = False
    here: bool = False
    wrong: bool = False
    relatives: frozenset[str] = frozenset()


class Choosing:
    """Reads one message."""

    def __init__(self, gazetteer: Gazetteer, roles: PlaceRoles | None = None) -> None:
        self._gazetteer = gazetteer
        self._roles = roles or load_place_roles()

    def hear(self, text: str, *, expected: bool = False) -> Heard:
        """What `text` says about places; `expected` when it answers the question where the person lives."""
        found = [m for m in self._gazetteer.find(text, expected=expected) if m.kind != "region"]
        placed = self._sharpened(text, self._roles.of(text, found))
        counting = self._counting(text, placed)
        place = self._best(counting)
        if place is None and self._beyond(text, expected=expected):
            place = Place(outside=self._roles.elsewhere_name)
        home = self._of_rank([p for p in counting if p.role in _HOMES])
        not_home = (Role.NOT, Role.FORMER) if self._roles.signals("left", text) else (Role.NOT,)
        refused = {slug for p in placed if p.role in not_home for slug in p.mention.slugs}
        return Heard(
            place=place,
            home=home,
            named=frozenset(slug for p in placed if p.role is not Role.NOT for slug in p.mention.slugs),
            refused=frozenset(refused - set(place.slugs if place else ())),
            own=self._roles.signals("own", text),
            here=self._roles.signals("here", text),
            wrong=self._roles.signals("refused", text),
            relatives=self._roles.words("relative", text)
            if place or self._roles.signals("third", text)
            else frozenset(),
        )

    def _relatives(self, text: str) -> frozenset[str]:
        return self._roles.words("relative", text)

    def asks_where(self, said: str) -> bool:
        """Whether a text of Sam asks where the person lives."""
        return self._roles.signals("asks_where", said)

    def _beyond(self, text: str, *, expected: bool) -> bool:
        return self._roles.signals("beyond", text) or (expected and self._roles.signals("elsewhere", text))

    def _sharpened(self, text: str, placed: Sequence[Placed]) -> list[Placed]:
        """The same places; one that lies in several gemeenten becomes the one that is named with it."""
        return [self._sharpen(text, one, placed) for one in placed]

    def _sharpen(self, text: str, one: Placed, placed: Sequence[Placed]) -> Placed:
        place = one.mention
        if len(place.several) < 2:
            return one
        for other in placed:
            slugs = other.mention.slugs
            if other is one or len(slugs) != 1 or slugs[0] not in place.several or other.role is Role.NOT:
                continue
            if place.kind == "ambiguous" or self._specifies(text, place, other.mention):
                return replace(one, mention=replace(place, kind="gemeente", slugs=slugs, several=slugs))
        return one

    @staticmethod
    def _specifies(text: str, place: PlaceMention, other: PlaceMention) -> bool:
        """Whether `other` is written as the gemeente of `place`: "Azelo, gemeente Borne", "7627 Azelo"."""
        between = text[min(place.end, other.end) : max(place.start, other.start)].casefold()
        return "gemeente" in between or not between.strip(" ,(/-")

    def _counting(self, text: str, placed: Sequence[Placed]) -> list[Placed]:
        """The places that may be the answer to "for which gemeente", with a relative's only when that one is helped."""
        counting = [p for p in self._uncorrected(text, placed) if p.role not in (Role.NOT, Role.FORMER, Role.BESIDE)]
        at_home = [p for p in counting if p.role in _HOMES]
        in_twente = any(p.mention.kind != "outside" for p in at_home)
        others = (Role.RELATIVE, Role.CLIENT) if at_home else (Role.RELATIVE,)
        kept = [p for p in counting if p.role not in others or self._is_helped(text, p, at_home=in_twente)]
        if in_twente:
            kept = [p for p in kept if p.role in _HOMES or p.mention.kind != "outside"]
        if self._roles.signals("there", text):
            kept = [replace(p, role=Role.ASKED) if p.role is Role.LATER else p for p in kept]
        return kept

    def _uncorrected(self, text: str, placed: Sequence[Placed]) -> list[Placed]:
        """The places that the person did not take back: "in Hellendoorn, nee, in Heeten"."""
        taken_back = [
            first
            for first, second in pairwise(placed)
            if second.role not in (Role.NOT, Role.FORMER, Role.BESIDE, Role.RELATIVE)
            and self._roles.corrects(text, first.mention, second.mention)
        ]
        return [p for p in placed if p not in taken_back]

    def _is_helped(self, text: str, relative: Placed, *, at_home: bool) -> bool:
        """Whether the question is for the relative, who may also only have told or got something.

        `at_home` says that the person named a home in Twente; then the relative's place needs more to count.
        """
        if self._roles.signals("with_me", text):
            return False
        if self._roles.signals("third", text):
            return True
        told = self._roles.signals("told", relative.after) or self._roles.signals("told_before", relative.clause)
        if told or self._roles.signals("own_need", text):
            return False
        sure = not at_home and relative.mention.kind != "outside"
        return sure or self._roles.signals("their_need", relative.after)

    def _best(self, counting: Sequence[Placed]) -> Place | None:
        for rank in _RANKS:
            place = self._of_rank([p for p in counting if p.role in rank])
            if place is not None:
                return place
        return None

    def _of_rank(self, equals: Sequence[Placed]) -> Place | None:
        """One place out of equals: the last one, or all gemeenten that it may be."""
        if not equals:
            return None
        last = equals[-1]
        if last.role in _LAST_COUNTS:
            return _place(last)
        inside = [p for p in equals if p.mention.kind != "outside"]
        sure = [p for p in inside if p.mention.kind == "gemeente"] or inside
        if not sure:
            return _place(equals[0])
        slugs = tuple(dict.fromkeys(slug for p in sure for slug in p.mention.slugs))
        return replace(_place(sure[0]), slugs=slugs)


def _place(placed: Placed) -> Place:
    mention = placed.mention
    outside = (mention.elsewhere or mention.name) if mention.kind == "outside" else None
    return Place(slugs=mention.slugs, outside=outside, name=mention.name, role=placed.role)
