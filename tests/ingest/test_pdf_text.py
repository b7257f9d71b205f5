"""Words cut at a line end, and the order in which lines on a page are read."""

from collections import Counter

import pytest

from ingest.loaders.pdf_heads import without_running_heads
from ingest.loaders.pdf_layout import Line, Page, Table, reading_order
from ingest.loaders.pdf_text import join_line


def line(text: str, x: float, y: float, *, width: float | None = None, page: int = 1) -> Line:
    return Line(text, x, y, x + (5.0 * len(text) if width is None else width), 10, False, page)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("de schuldhulp-", "verlening helpt", "de schuldhulpverlening helpt"),
        ("uit de IZA-", "middelen betaald", "uit de IZA-middelen betaald"),
        ("voor 65-", "plussers", "voor 65-plussers"),
        ("in Rijssen-", "Holten", "in Rijssen-Holten"),
        ("met welzijns-", "en zorgpartners", "met welzijns- en zorgpartners"),
        ("de regio-", "opgaven", "de regio-opgaven"),
        ("stuur een e-", "mail", "stuur een e-mail"),
        ("niet-", "bijstandsgerechtigde inwoners", "niet-bijstandsgerechtigde inwoners"),
        ("de schuld\u00ad", "hulp", "de schuldhulp"),
        ("het bedrag -", "per maand", "het bedrag - per maand"),
        ("gewone tekst", "gaat door", "gewone tekst gaat door"),
    ],
)
def test_a_word_cut_at_the_line_end(first: str, second: str, joined: str) -> None:
    assert join_line(first, second) == joined


def test_the_document_itself_tells_how_a_word_is_written() -> None:
    assert join_line("het sociaal-", "medisch advies", Counter({"sociaal-medisch": 2})) == "het sociaal-medisch advies"
    assert join_line("de zee-", "egel", Counter({"zeeegel": 1})) == "de zeeegel"


def test_running_heads_are_found_by_text_and_place() -> None:
    pages = [
        Page(n, 0, 842, (line("Plan 2025", 50, 815), line(f"Tekst {n} van het plan", 50, 600), line(str(n), 500, 25)))
        for n in range(1, 6)
    ]
    kept = [[part.text for part in page.lines] for page in without_running_heads(pages)]
    assert kept == [[f"Tekst {n} van het plan"] for n in range(1, 6)]


def test_a_single_page_loses_only_its_own_number() -> None:
    page = Page(1, 0, 842, (line("Brief", 50, 815), line("Tekst", 50, 600), line("Pagina 1 van 1", 500, 25)))
    assert [part.text for part in without_running_heads([page])[0].lines] == ["Brief", "Tekst"]


def test_a_wrapped_cell_stays_in_its_row() -> None:
    lines = [
        *(line(text, x, 700) for text, x in (("Project", 50), ("Fase", 200), ("Verwacht", 350))),
        *(line(text, x, 680) for text, x in (("Kinderarmoede", 50), ("Start", 200), ("Klaar", 350))),
        *(line(text, x, 660) for text, x in (("Bereik vergroten", 50), ("Bezig", 200), ("Klaar", 350))),
        line("van de aanpak", 50, 647),
        *(line(text, x, 627) for text, x in (("Jongeren", 50), ("Bezig", 200), ("Bezig", 350))),
    ]
    (found,) = reading_order(lines)
    assert isinstance(found, Table)
    assert found.rows[2] == ("Bereik vergroten\nvan de aanpak", "Bezig", "Klaar")
    assert len(found.rows) == 4


def test_words_far_apart_on_one_line_are_no_table() -> None:
    (found,) = reading_order([line("Datum:", 50, 700), line("31 oktober 2024", 150, 700)])
    assert isinstance(found, Line)
    assert found.text == "Datum: 31 oktober 2024"


def test_nothing_on_the_page() -> None:
    assert list(reading_order([])) == []
