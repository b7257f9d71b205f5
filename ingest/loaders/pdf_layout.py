"""Where text stands on a page, and what that says: columns, reading order, tables.

Knows no PDF library: it works on lines with a place and a size. The origin is below left, as in PDF.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_MIN_COLUMN_LINES = 4
_FILLED = 0.55
_TIGHT = 1.45


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline: from `x` to `end`, at height `y`."""

    text: str
    x: float
    y: float
    end: float
    size: float
    bold: bool
    page: int
    column: int = 0


Row = list[Line]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells that stand under each other."""

    rows: tuple[tuple[str, ...], ...]
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page in the order in which the file draws them."""

    number: int
    bottom: float
    top: float
    lines: tuple[Line, ...]


def reading_order(lines: Sequence[Line]) -> Iterator[Line | Table]:
    """Lines and tables as a reader takes them: down the left column, then down the right one.

    Tables of three columns and more are found first; what lies between them may stand in two columns.
    """
    drawn = {id(line): place for place, line in enumerate(lines)}
    rows = baselines(lines)
    pending: list[Row] = []
    position = 0
    while position < len(rows):
        length = _table_length(rows[position:], cells=3)
        if length:
            yield from _segment(pending, drawn)
            pending = []
            yield _table(rows[position : position + length])
            position += length
        else:
            pending.append(rows[position])
            position += 1
    yield from _segment(pending, drawn)


def _segment(rows: Sequence[Row], drawn: Mapping[int, int]) -> Iterator[Line | Table]:
    """Rows without wide tables: bands of two columns where there are, one column elsewhere."""
    best: list[_Band] = []
    for gutter in _gutters(rows):
        bands = _bands(rows, gutter, drawn)
        if sum(band.weight for band in bands) > sum(band.weight for band in best):
            best = bands
    if not best:
        yield from _tables(rows)
    for band in best:
        if band.weight:
            for number, column in enumerate((band.left, band.right), start=1):
                yield from _tables(baselines([replace(line, column=number) for line in column]))
        else:
            yield from _tables(band.rows)


@dataclass(slots=True)
class _Band:
    """Rows between two that cross the gutter; `weight` is their number of lines when they are columns."""

    rows: list[Row]
    left: list[Line]
    right: list[Line]
    weight: int = 0


def _gutters(rows: Sequence[Row]) -> list[float]:
    """Places where a second column may start: several lines start there, none of them at the margin."""
    starts = Counter(round(line.x) for row in rows for line in row)
    if not starts:
        return []
    low, high = min(starts), max(line.end for row in rows for line in row)
    inside = (x for x in starts if low + 0.25 * (high - low) < x < low + 0.8 * (high - low))
    return sorted(float(x) for x in inside if starts[x - 1] + starts[x] + starts[x + 1] >= _MIN_COLUMN_LINES)


def _bands(rows: Sequence[Row], gutter: float, drawn: Mapping[int, int]) -> list[_Band]:
    bands = [_Band([], [], [])]
    for row in rows:
        if any(line.x < gutter - 2 and line.end > gutter + 1 for line in row):
            bands += [_Band([row], [], []), _Band([], [], [])]
            continue
        bands[-1].rows.append(row)
        for line in row:
            (bands[-1].right if line.x >= gutter - 2 else bands[-1].left).append(line)
    low = min(line.x for row in rows for line in row)
    high = max(line.end for row in rows for line in row)
    weighed = []
    for band in (band for band in bands if band.rows):
        body, after = _without_last_heading(band)
        if _are_columns(body.left, body.right, (low, gutter, high), drawn):
            body.weight = len(body.left) + len(body.right)
            weighed += [body, *after]
        else:
            weighed.append(band)
    return weighed


def _without_last_heading(band: _Band) -> tuple[_Band, list[_Band]]:
    """A larger line under both columns is the heading of what follows them."""
    last = band.rows[-1]
    usual = median(line.size for row in band.rows for line in row)
    lowest = min((line.y for line in band.right), default=0.0)
    if len(last) == 1 and last[0] in band.left and last[0].size > 1.1 * usual and last[0].y < lowest:
        left = [line for line in band.left if line is not last[0]]
        return _Band(band.rows[:-1], left, band.right), [_Band([last], [], [])]
    return band, []


def _are_columns(
    left: Sequence[Line], right: Sequence[Line], edges: tuple[float, float, float], drawn: Mapping[int, int]
) -> bool:
    if min(len(left), len(right)) < _MIN_COLUMN_LINES:
        return False
    low, start, high = edges
    filled = (
        median(line.end - line.x for line in left) / (start - low),
        median(line.end - line.x for line in right) / max(high - start, 1.0),
    )
    top, bottom = (
        min(max(s.y for s in left), max(s.y for s in right)),
        max(min(s.y for s in left), min(s.y for s in right)),
    )
    if min(filled) < _FILLED or top <= bottom:
        return False
    sides = [
        side for _, side in sorted((drawn.get(id(s), 0), side) for side, part in enumerate((left, right)) for s in part)
    ]
    return sum(a != b for a, b in pairwise(sides)) <= 1 or not _is_like_a_table(left, right)


def _is_like_a_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Columns and a table of two look alike; in a table both sides start anew at the same heights.

    Running text goes on in lower case under itself, and its paragraphs end at heights of their own.
    """
    gaps_left, gaps_right = _starts(left), _starts(right)
    shared = sum(any(abs(y - other) < 3 for other in gaps_right) for y in gaps_left)
    if min(len(gaps_left), len(gaps_right)) >= 3 and shared > 0.6 * max(len(gaps_left), len(gaps_right)):
        return True
    return min(_running_share(left), _running_share(right)) < 0.25


def _starts(lines: Sequence[Line]) -> list[float]:
    """Heights at which a paragraph or row starts: below a gap that is wider than usual."""
    ordered = sorted(lines, key=lambda line: -line.y)
    gaps = [above.y - below.y for above, below in pairwise(ordered) if above.y - below.y > 1]
    usual = median(gaps) if gaps else 0.0
    return [below.y for above, below in pairwise(ordered) if above.y - below.y > 1.25 * usual]


def _running_share(lines: Sequence[Line]) -> float:
    return sum(line.text[:1].islower() for line in lines) / len(lines)


def baselines(lines: Sequence[Line]) -> list[Row]:
    """Lines by baseline from top to bottom, each baseline from left to right."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (-line.y, line.x)):
        if rows and abs(rows[-1][0].y - line.y) < 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x) for row in rows]


def _tables(rows: Sequence[Row]) -> Iterator[Line | Table]:
    position = 0
    while position < len(rows):
        length = _table_length(rows[position:], cells=2)
        if length:
            yield _table(rows[position : position + length])
            position += length
        else:
            yield _joined(rows[position])
            position += 1


def _joined(row: Row) -> Line:
    text = " ".join(line.text for line in row)
    bold = all(line.bold for line in row)
    return replace(row[0], text=text, end=row[-1].end, size=max(line.size for line in row), bold=bold)


@dataclass(slots=True)
class _Column:
    """Where the cells of a column stand, and in which rows it has one."""

    x: float
    end: float
    rows: set[int]


class _Columns:
    """The columns of a table, widened row by row; two that never share a row may prove to be one."""

    def __init__(self) -> None:
        self._columns: list[_Column] = []

    def touched(self, line: Line) -> list[_Column]:
        """The columns a line stands in or touches."""
        return [column for column in self._columns if line.x < column.end + 1 and line.end > column.x - 1]

    def takes(self, line: Line) -> bool:
        """Whether a line can be a cell: it touches one column at most, or columns that may be one."""
        touched = self.touched(line)
        return sum(len(column.rows) for column in touched) == len(set().union(*(c.rows for c in touched)))

    def add(self, number: int, row: Row) -> None:
        """Widen the columns by the cells of row `number`."""
        for line in row:
            home = _Column(line.x, line.end, {number})
            for column in self.touched(line):
                home.x, home.end = min(home.x, column.x), max(home.end, column.end)
                home.rows |= column.rows
                self._columns.remove(column)
            self._columns.append(home)
        self._columns.sort(key=lambda column: column.x)

    def __len__(self) -> int:
        return len(self._columns)

    def place(self, line: Line) -> int:
        """Number of the column a line stands in."""
        return self._columns.index(self.touched(line)[0])


def _table_length(rows: Sequence[Row], *, cells: int) -> int:
    """How many rows from the first one make a table with rows of so many cells; 0 for none."""
    if len(rows[0]) < 2:
        return 0
    columns = _Columns()
    columns.add(0, rows[0])
    length, full, wide_gap = 1, int(len(rows[0]) >= cells), 0.0
    for above, row in pairwise(rows):
        gap = above[0].y - row[0].y
        known = [column for line in row for column in columns.touched(line)]
        if not all(columns.takes(line) for line in row):
            break
        if len(row) >= 2 and gap <= 4 * row[0].size and known:
            wide_gap = max(wide_gap, gap)
            full += len(row) >= cells
        elif gap > (max(_TIGHT * row[0].size, 1.1 * wide_gap) if known else row[0].size):
            break
        columns.add(length, row)
        length += 1
    return length if full >= 2 else 0


def _table(rows: Sequence[Row]) -> Table:
    columns = _Columns()
    for number, row in enumerate(rows):
        columns.add(number, row)
    cells: list[list[str]] = []
    for row, starts in zip(rows, _row_starts(rows), strict=True):
        if starts:
            cells.append([""] * len(columns))
        for line in row:
            place = columns.place(line)
            cells[-1][place] = f"{cells[-1][place]}\n{line.text}".strip()
    return Table(tuple(tuple(row) for row in cells), rows[0][0].page)


def _row_starts(rows: Sequence[Row]) -> list[bool]:
    """Which baselines start a row: those below a wide gap, or else those with a first cell that looks new."""
    gaps = [above[0].y - below[0].y for above, below in pairwise(rows)]
    narrow, wide = min(gaps), max(gaps)
    between = (narrow + wide) / 2
    if wide > 1.2 * narrow and sum(gap > between for gap in gaps) >= max(2, 0.25 * len(gaps)):
        return [True, *(gap > between for gap in gaps)]
    left = min(line.x for row in rows for line in row)
    looks_new = (
        len(row) >= 2 and row[0].x < left + 2 * row[0].size and not row[0].text[:1].islower() for row in rows[1:]
    )
    return [True, *(new and gap > 0.9 * rows[0][0].size for new, gap in zip(looks_new, gaps, strict=True))]


def body_size(lines: Iterable[Line]) -> float:
    """The size most characters are set in."""
    weight: dict[float, int] = defaultdict(int)
    for line in lines:
        weight[round(line.size * 2) / 2] += len(line.text)
    return max(weight, key=lambda size: weight[size], default=10.0)
