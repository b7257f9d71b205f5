"""Web pages: what is kept, where it stands, and what never comes in."""

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocumentError
from ingest.loaders.html import load_html
from ingest.types import LoadedDocument
from knowledge.types import Section
from tests.ingest.conftest import web_page

SAMPLES = Path(__file__).parent / "samples"
URL = "https://www.voorbeeld.nl/inkomenstoeslag?utm=1"


def read(page: str | bytes, url: str = URL) -> LoadedDocument:
    return load_html(page.encode() if isinstance(page, str) else page, name="pagina.html", url=url)


def text(document: LoadedDocument) -> str:
    return "\n".join(part for s in document.sections for part in (s.heading, *s.path, *s.paragraphs))


@pytest.fixture(scope="module")
def page() -> LoadedDocument:
    return read((SAMPLES / "pagina.html").read_bytes())


def test_title_address_and_date(page: LoadedDocument) -> None:
    assert page.title == "Individuele inkomenstoeslag"
    assert page.url == "https://www.voorbeeld.nl/inkomenstoeslag"
    assert page.peildatum == "2025-03-04"


def test_headings_with_their_anchors(page: LoadedDocument) -> None:
    assert [(s.path, s.heading, s.anchor) for s in page.sections] == [
        ((), "Individuele inkomenstoeslag", None),
        ((), "Hoeveel is het?", "hoeveel"),
        ((), "Voorwaarden", "voorwaarden"),
        (("Voorwaarden",), "Vermogen", "vermogen"),
        (("Voorwaarden", "Vermogen"), "Hoe vraag ik het aan?", "vraag1"),
    ]


def test_lists_and_tables_can_be_read(page: LoadedDocument) -> None:
    by_heading = {section.heading: section for section in page.sections}
    assert by_heading["Hoeveel is het?"].paragraphs[1] == (
        "- Situatie: Alleenstaand; Bedrag: € 450\n- Situatie: Samenwonend; Bedrag: € 600"
    )
    assert by_heading["Voorwaarden"].paragraphs == (
        "U voldoet aan deze voorwaarden:\n- U bent 21 jaar of ouder.\n- U heeft een laag inkomen:\n"
        "- al drie jaar\n- zonder uitzicht op meer",
    )


@pytest.mark.parametrize("gone", ["cookies", "Belastingen", "Copyright", "Lees ook", "geheim", "color", "verborgen"])
def test_what_is_no_content_is_gone(page: LoadedDocument, gone: str) -> None:
    assert gone not in text(page)


def test_no_markup_is_kept(page: LoadedDocument) -> None:
    assert "onclick" not in text(page)
    assert "Letterlijk <script> als tekst is geen code." in text(page)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert('x')</script>",
        "<img src=x onerror=alert('x')>",
        "<iframe srcdoc=\"<script>alert('x')</script>\"></iframe>",
        "<svg><script>alert('x')</script></svg>",
        "<style>@import 'x'; alert</style>",
        "<template><p>alert</p></template>",
        "<noscript><p>alert</p></noscript>",
        "<object data='javascript:alert(1)'>alert</object>",
    ],
)
def test_hostile_markup_leaves_nothing_behind(attack: str) -> None:
    document = read(web_page("Hulp bij schulden", f"U kunt bellen met de gemeente. {attack} Dat is altijd gratis."))
    assert "alert" not in text(document)
    assert "U kunt bellen met de gemeente." in text(document)
    assert "Dat is altijd gratis." in text(document)


def test_a_page_may_not_speak_for_another_website() -> None:
    page = web_page("Regeling").replace(
        "<head>", '<head><link rel="canonical" href="https://www.enschede.nl/regeling">'
    )
    assert read(page, "https://kwaad.example/regeling").url == "https://kwaad.example/regeling"
    assert read(page, "https://www.enschede.nl/x").url == "https://www.enschede.nl/regeling"
    assert read(page, "file:///tmp/regeling.html").url == "https://www.enschede.nl/regeling"


@pytest.mark.parametrize(
    "empty",
    [
        "<html><body></body></html>",
        '<html><body><div id="root"></div><script src="/app.js"></script></body></html>',
        "<html><body><nav><a href='/'>Home</a></nav><noscript>Zet JavaScript aan.</noscript></body></html>",
    ],
)
def test_a_page_without_text(empty: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="pagina"):
        read(empty)


def test_a_page_that_needs_javascript_says_so() -> None:
    with pytest.raises(UnreadableDocumentError, match="werkt alleen met JavaScript"):
        read('<html><body><div id="app"></div><script>start()</script></body></html>')


def test_an_old_encoding() -> None:
    page = web_page("Financiële hulp", "Eén regeling voor coördinatie van financiële hulp.").replace(
        "<head>", '<head><meta charset="iso-8859-1">'
    )
    assert "Eén regeling voor coördinatie van financiële hulp." in text(read(page.encode("cp1252")))


def test_a_page_without_main_element() -> None:
    body = "<div><h2>Schulden</h2><p>De gemeente helpt mensen met schulden. Dat is gratis en vertrouwelijk.</p></div>"
    document = read(f"<html><head><title>Hulp | Voorbeeld</title></head><body>{body}</body></html>")
    assert "De gemeente helpt mensen met schulden." in text(document)


def test_short_sections_are_not_dropped() -> None:
    rows = "".join(f'<h2 id="v{n}">Vraag {n}</h2><p>Antwoord {n}.</p>' for n in range(12))
    page = web_page("Vragen").replace("</main>", f"{rows}</main>")
    sections = {section.heading: section for section in read(page).sections}
    assert all(
        sections[f"Vraag {n}"] == Section(heading=f"Vraag {n}", paragraphs=(f"Antwoord {n}.",), anchor=f"v{n}")
        for n in range(12)
    )


def test_deeply_nested_markup_does_not_break() -> None:
    page = "<html><body><main>" + "<div>" * 5_000 + "<p>Diep verborgen tekst.</p>" + "</div>" * 5_000
    try:
        read(page + "</main></body></html>")
    except UnreadableDocumentError as error:
        assert "pagina" in str(error)  # noqa: PT017
