"""Figures with their kind and value, and the text that is left with a mark for each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.quantities import MARK, Quantity, mark_number, mark_quantities


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("€ 1.250,50", "amount", 125_050),
        ("25 eurocent", "amount", 25),
        ("36,5 procent", "percentage", 36.5),
        ("(053) 481 78 00", "phone", "0534817800"),
        ("https://www.x.nl/geld/", "url", "x.nl/geld"),
        ("Geld@X.nl", "email", "geld@x.nl"),
        ("1 juli 2026", "date", (2026, 7, 1)),
        ("01-07-2026", "date", (2026, 7, 1)),
        ("2026-07-01", "date", (2026, 7, 1)),
        ("2026-07", "date", (2026, 7, None)),
        ("1 juli", "date", (None, 7, 1)),
        ("juli 2026", "date", (2026, 7, None)),
        ("2026", "year", 2026),
        ("9.30 uur", "time", (9, 30)),
        ("7607 BL", "postcode", ("7607", "BL")),
        ("8 weken", "duration", (56, "dag", 8)),
        ("anderhalf jaar", "duration", (18, "maand", 18)),
        ("3 jaar", "duration", (36, "maand", 3)),
        ("10 werkdagen", "duration", (10, "werkdag", 10)),
        ("1.225 uur", "duration", (1225, "uur", 1225)),
        ("16-jarige", "duration", (192, "maand", 16)),
        ("65+", "duration", (780, "maand", 65)),
        ("17", "number", 17),
        ("zeventien", "number", 17),
        ("074", "number", "074"),
    ],
)
def test_a_figure_has_its_kind_and_value(text: str, kind: str, value: object) -> None:
    (found,) = mark_quantities(text).quantities
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("50 tot 100 euro", [5_000, 10_000]),
        ("tussen 20 en 30 procent", [20, 30]),
        ("van 18 tot 27 jaar", [(216, "maand", 18), (324, "maand", 27)]),
        ("van 9.00 tot 17.00 uur", [(9, 0), (17, 0)]),
        ("na 3 of 6 maanden", [(3, "maand", 3), (6, "maand", 6)]),
    ],
)
def test_every_end_of_a_range_is_a_figure(text: str, values: list[object]) -> None:
    assert sorted((found.value for found in mark_quantities(text).quantities), key=str) == sorted(values, key=str)


def test_marks_stand_where_the_figures_stood() -> None:
    marked = mark_quantities("Bel 14 074 of kom op 1 juli.")
    words = [word for word in marked.text.split() if mark_number(word.rstrip(".")) is not None]
    kinds = [marked.quantities[mark_number(word.rstrip(".")) or 0].kind for word in words]
    assert kinds == ["phone", "date"]


@given(st.text(max_size=120))
def test_no_digit_is_left_unread(text: str) -> None:
    marked = mark_quantities(text)
    left = MARK.sub(" ", marked.text)
    assert not any(character in "0123456789" for character in left)
    assert len(MARK.findall(marked.text)) == len(marked.quantities)


@pytest.mark.parametrize(
    ("said", "stored", "agree"),
    [
        (("date", (None, 7, 1)), ("date", (2026, 7, 1)), True),
        (("date", (2026, 7, 1)), ("date", (None, 7, 1)), False),
        (("year", 2026), ("date", (2026, 7, 1)), True),
        (("duration", (12.0, "maand", 12.0)), ("duration", (12.0, "maand", 1.0)), True),
        (("duration", (7.0, "dag", 7.0)), ("duration", (7.0, "werkdag", 7.0)), False),
        (("number", 18.0), ("duration", (216.0, "maand", 18.0)), True),
        (("number", 100.0), ("amount", 10_000), True),
        (("number", "074"), ("amount", 7_400), False),
        (("duration", (9.0, "uur", 9.0)), ("time", (9, 0)), True),
        (("url", "x.nl"), ("url", "x.nl/geld"), True),
        (("url", "x.nl/geld"), ("url", "x.nl"), False),
        (("phone", "14074"), ("number", 14_074.0), False),
    ],
)
def test_when_one_figure_says_another(said: tuple, stored: tuple, agree: bool) -> None:  # type: ignore[type-arg]
    (kind, value), (other_kind, other) = said, stored
    assert Quantity(kind=kind, value=value).said_by([Quantity(kind=other_kind, value=other)]) is agree


def test_a_day_and_its_year_may_stand_apart_unless_the_day_has_another_year() -> None:
    day = Quantity(kind="date", value=(2026, 7, 1))
    year = Quantity(kind="year", value=2026)
    assert day.said_by([Quantity(kind="date", value=(None, 7, 1)), year])
    assert not day.said_by([Quantity(kind="date", value=(2025, 7, 1)), year])


def test_marks_in_the_text_itself_are_no_figures() -> None:
    assert mark_quantities("xq0qx xq12qx").quantities == ()
