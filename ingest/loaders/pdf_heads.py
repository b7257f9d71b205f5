"""Running heads, running feet and page numbers: lines that come back on many pages of a PDF."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from ingest.loaders.pdf_layout import Line, Page, baselines

_ZONE = 0.12
_HEAD_SHARE = 0.4
_HEAD_SHIFT = 8.0
_HEAD_ROWS = 4
_HEAD_GAP = 1.7
_PAGE_NUMBER = re.compile(
    r"(?:pagina|blz\.?|pag\.?|page|p\.)?\s*[-–|]?\s*(\d{1,4})\s*[-–|]?(?:\s*(?:van|of|/)\s*\d{1,4})?", re.IGNORECASE
)


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without lines that recur at the top or bottom of many, and without page numbers."""
    places: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            zone, distance = _zone(page, line)
            for signature in _signatures(line.text, page.number) if zone else ():
                places[zone, signature].append((page.number, distance))
    needed = max(2, round(_HEAD_SHARE * len(pages)))
    recurring: dict[tuple[str, str], float] = {}
    for key, found in places.items():
        middle = median(distance for _, distance in found)
        steady = {number for number, distance in found if abs(distance - middle) <= _HEAD_SHIFT}
        if len(pages) > 1 and len(steady) >= needed:
            recurring[key] = middle
    return [_without(page, recurring) for page in pages]


def _without(page: Page, recurring: Mapping[tuple[str, str], float]) -> Page:
    running = {id(line) for zone in ("top", "bottom") for line in _running_lines(page, zone, recurring)}
    return Page(page.number, page.bottom, page.top, tuple(line for line in page.lines if id(line) not in running))


def _running_lines(page: Page, zone: str, recurring: Mapping[tuple[str, str], float]) -> list[Line]:
    """Running lines from the edge of the page inwards, as far as white space or another size sets them apart."""
    rows = baselines(page.lines)
    if zone == "bottom":
        rows.reverse()
    usual = median(line.size for line in page.lines) if page.lines else 0.0
    taken: list[Line] = []
    block: list[Line] = []
    for row, inside in zip(rows[:_HEAD_ROWS], [*rows[1:], None], strict=False):
        if not all(_is_running(page, line, zone, recurring) for line in row):
            break
        block.extend(row)
        if inside is None or _apart(row[0], inside[0]):
            taken, block = [*taken, *block], []
            if row[0].size > 0.95 * usual:
                break
    return taken


def _apart(edge: Line, inside: Line) -> bool:
    wide = abs(edge.y - inside.y) > _HEAD_GAP * max(edge.size, inside.size)
    return wide or abs(edge.size - inside.size) > 0.1 * inside.size


def _is_running(page: Page, line: Line, zone: str, recurring: Mapping[tuple[str, str], float]) -> bool:
    found, distance = _zone(page, line)
    places = [recurring.get((zone, signature)) for signature in _signatures(line.text, page.number)]
    number = _PAGE_NUMBER.fullmatch(line.text.strip())
    own_number = number is not None and int(number.group(1)) == page.number
    recurs = any(place is not None and abs(distance - place) <= _HEAD_SHIFT for place in places)
    return found == zone and (recurs or own_number)


def _signatures(text: str, page: int) -> set[str]:
    """What a running line looks like on every page: its text, or that with a number that counts along."""
    plain = " ".join(text.casefold().split())
    counted = (
        f"{plain[: match.start()]}{int(match.group()) - page:+}{plain[match.end() :]}"
        for match in re.finditer(r"(?<!\d)\d{1,4}(?!\d)", plain)
    )
    return {plain, *counted}


def _zone(page: Page, line: Line) -> tuple[str, float]:
    height = max(page.top - page.bottom, 1.0)
    from_top, from_bottom = page.top - line.y, line.y - page.bottom
    if from_top <= _ZONE * height:
        return "top", from_top
    if from_bottom <= _ZONE * height:
        return "bottom", from_bottom
    return "", 0.0
