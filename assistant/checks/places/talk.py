"""For which gemeente a message is meant: what it says itself, then the conversation, then the website."""

from dataclasses import dataclass
from typing import Literal

from assistant.checks.places.choice import Heard, Place
from assistant.checks.places.roles import Role

Origin = Literal["text", "conversation", "website"]

_OTHERS = (Role.RELATIVE, Role.CLIENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """For which gemeente an answer is, and where that was said.

    `outside` names a place outside Twente; `ambiguous` holds the gemeenten that it may be, of which Sam must
    ask one, with in `place` the name that did not tell. All empty when nobody named a place.
    """

    gemeente: str | None = None
    origin: Origin | None = None
    outside: str | None = None
    ambiguous: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a person told about places: in this message, `before` (last first), and by the `site` they are on.

    `asked` says that Sam's last message asked where they live.
    """

    heard: Heard
    before: tuple[Heard, ...] = ()
    site: str | None = None
    asked: bool = False

    def resolve(self) -> Resolution:
        """The gemeente that is meant."""
        if self.heard.place is not None:
            return self._meant(self.heard.place, "text", self.heard.named)
        found = self._at_home() if self.heard.here else None
        return found or self._of_relative() or self._earlier() or self._of_site() or Resolution()

    @property
    def _home(self) -> Place | None:
        """Where the person said before to live."""
        return next((heard.home for heard in self.before if heard.home is not None), None)

    def _of_site(self) -> Resolution | None:
        return Resolution(gemeente=self.site, origin="website") if self.site else None

    def _at_home(self) -> Resolution | None:
        """Where the person said to live, else the gemeente of the site."""
        home = self._home
        return self._meant(home, "conversation", frozenset()) if home is not None else self._of_site()

    def _meant(self, place: Place, origin: Origin, named: frozenset[str]) -> Resolution:
        """The gemeente of a place; of several the one that was named beside it, or the one of the site."""
        at_home = self._at_home() if place.role is Role.WEAK else None
        if at_home is not None:
            return at_home
        if place.outside is not None:
            return Resolution(outside=place.outside)
        if place.slug is not None:
            return Resolution(gemeente=place.slug, origin=origin)
        return self._one_of(place, origin, named)

    def _one_of(self, place: Place, origin: Origin, named: frozenset[str]) -> Resolution:
        """One of the gemeenten that a place may be."""
        home = self._home if origin == "text" else None
        possible = set(place.slugs)
        told = named & possible if named & possible != possible else frozenset()
        if len(told) != 1 and home is not None and home.slug in possible:
            told = frozenset({home.slug})
        if len(told) == 1:
            return Resolution(gemeente=next(iter(told)), origin="conversation")
        if self.site in possible:
            return Resolution(gemeente=self.site, origin="website")
        return Resolution(ambiguous=place.slugs, place=place.name)

    def _of_relative(self) -> Resolution | None:
        """The place of somebody the conversation comes back to: "nog even over mijn moeder"."""
        for earlier in self.before:
            place = earlier.place
            if place is not None and place.role in _OTHERS and self.heard.relatives & earlier.relatives:
                return self._meant(place, "conversation", frozenset())
        return None

    def _earlier(self) -> Resolution | None:
        """The last place meant in the conversation."""
        named, refused = self.heard.named, self.heard.refused
        for earlier in self.before:
            place = earlier.place
            if place is not None and place.role in _OTHERS and self.heard.own:
                place = earlier.home
            if place is not None and place.slug not in refused:
                found = self._meant(place, "conversation", named)
                return Resolution() if found.ambiguous and self.asked else found
            if earlier.wrong:
                return Resolution()
            named, refused = named | earlier.named, refused | earlier.refused
        return None
