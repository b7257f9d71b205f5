"""How old a fact is on the clock's date, and whether a reader must be told."""

import re
from collections.abc import Callable
from datetime import date

from knowledge.types import Chunk

Clock = Callable[[], date]
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)(?:-(\d\d))?")


class Age:
    """Judges age against a clock; older than `months` counts as old."""

    def __init__(self, clock: Clock, months: int) -> None:
        self._clock = clock
        self._months = months

    def today(self) -> date:
        """The clock's date."""
        return self._clock()

    def old_year(self, peildatum: str | None) -> str | None:
        """The year of a peildatum that is too old; None when it is recent or unknown."""
        match = _YEAR_MONTH.search(peildatum or "")
        if match is None:
            return None
        today = self._clock()
        month = int(match.group(2) or 12)
        age = (today.year - int(match.group(1))) * 12 + today.month - month
        return match.group(1) if age > self._months else None

    def years_old(self, chunk: Chunk) -> int:
        """Whole calendar years since the page's peildatum; 0 when that is unknown."""
        match = _YEAR_MONTH.search(chunk.source.peildatum)
        return self._clock().year - int(match.group(1)) if match else 0

    def page(self, chunk: Chunk) -> str | None:
        """The year a page is from, when it is old."""
        return self.old_year(chunk.source.peildatum)

    def amounts(self, chunk: Chunk) -> tuple[str, str | None] | None:
        """What to say of a page's amounts: ("old_amounts", year), ("undated_amounts", None), or None when recent."""
        dated = chunk.amounts_from or chunk.source.peildatum
        year = self.old_year(dated)
        if year:
            return "old_amounts", year
        return None if _YEAR_MONTH.search(dated) else ("undated_amounts", None)
