"""Markdown and plain text, in the encodings they come in."""

import pytest

from ingest.errors import UnreadableDocumentError
from ingest.loaders.markdown import load_markdown, load_text
from ingest.types import LoadedDocument


def markdown(text: str, name: str = "regeling.md") -> LoadedDocument:
    return load_markdown(text.encode(), name=name, url="file:///regeling.md")


def test_headings_of_both_kinds() -> None:
    document = markdown("Titel\n=====\n\nInleiding.\n\nOnderdeel\n---------\n\nTekst.\n\n### Dieper\n\nNog meer.\n")
    assert document.title == "Titel"
    assert [(s.path, s.heading, s.paragraphs) for s in document.sections] == [
        ((), "Titel", ("Inleiding.",)),
        ((), "Onderdeel", ("Tekst.",)),
        (("Onderdeel",), "Dieper", ("Nog meer.",)),
    ]


def test_code_is_no_heading() -> None:
    document = markdown("# Titel\n\n```\n# geen kop\n```\n\n    ## ook niet\n")
    assert [section.heading for section in document.sections] == ["Titel"]
    assert document.sections[0].paragraphs == ("# geen kop", "## ook niet")


def test_text_without_headings_is_one_section_with_the_title() -> None:
    document = markdown("Eerste alinea,\nop twee regels.\n\nTweede alinea.", "hulp_bij_schulden.md")
    (section,) = document.sections
    assert (section.heading, document.title) == ("hulp bij schulden", "hulp bij schulden")
    assert section.paragraphs == ("Eerste alinea, op twee regels.", "Tweede alinea.")


def test_front_matter() -> None:
    document = markdown(
        "---\ntitle: Witgoed\npeildatum: 2024-07-01\nurl: https://www.borne.nl/witgoed\n"
        "gemeente: borne\ntopic: witgoed\n---\n\n## Voor wie?\n\nVoor inwoners van Borne.\n"
    )
    assert (document.title, document.peildatum, document.url) == (
        "Witgoed",
        "2024-07-01",
        "https://www.borne.nl/witgoed",
    )
    assert (document.scope, document.topic) == ("borne", "witgoed")


def test_front_matter_of_a_plan() -> None:
    document = markdown(
        "---\ntitle: Regioplan\ngemeente: regio-twente\ntopic: plan\n"
        'source: {url: "https://twentsekoers.nl/plan", title: Plan, peildatum: "2023-12", zekerheid: hoog}\n'
        "---\n\n## Ouderen\n\nHet plan gaat ook over ouderen.\n"
    )
    assert (document.url, document.peildatum, document.scope) == (
        "https://twentsekoers.nl/plan",
        "2023-12",
        "regio-twente",
    )


@pytest.mark.parametrize("head", ["---\n[: kapot\n---\n", "---\n- een lijst\n---\n"])
def test_broken_front_matter_does_not_lose_the_text(head: str) -> None:
    assert "De tekst zelf." in str(markdown(f"{head}\nDe tekst zelf.\n").sections)


def test_an_address_in_front_matter_must_be_a_web_address() -> None:
    document = markdown("---\nurl: javascript:alert(1)\n---\n\nDe tekst zelf.\n")
    assert document.url == "file:///regeling.md"


def test_lists_and_tables() -> None:
    document = markdown(
        "# T\n\nNeem mee:\n\n- paspoort\n- loonstrook\n  - van deze maand\n\n1. Bel\n2. Kom langs\n\n"
        "| Wie | Bedrag |\n| --- | --- |\n| Kind | € 10 |\n"
    )
    assert document.sections[0].paragraphs == (
        "Neem mee:\n- paspoort\n- loonstrook\n- van deze maand",
        "- Bel\n- Kom langs",
        "- Wie: Kind; Bedrag: € 10",
    )


def test_markup_and_html_become_plain_text() -> None:
    document = markdown(
        "# T\n\n**Bel** de [gemeente](https://x.nl) of `mail`.\n\n"
        "<div onclick='x'><p>In html.</p><script>kwaad()</script></div>\n"
    )
    assert document.sections[0].paragraphs == ("Bel de gemeente of mail.", "In html.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings(encoding: str) -> None:
    text = "# Financiële hulp\n\nEén coördinator helpt u met uw financiële vragen. Dat is privé en óók gratis.\n"
    document = load_markdown(text.encode(encoding), name="hulp.md", url="u")
    assert document.title == "Financiële hulp"
    assert document.sections[0].paragraphs == (text.split("\n")[2],)


def test_euro_sign_and_quotes_of_windows() -> None:
    text = "De toeslag is € 450 per jaar. Dat heet een ‘eenmalige’ bijdrage – u vraagt hem zelf aan."
    assert load_text(text.encode("cp1252"), name="t.txt", url="u").sections[0].paragraphs == (text,)


def test_plain_text_keeps_signs_that_look_like_markup() -> None:
    document = load_text(b"# nummer 1\r\n\r\n* een\r\n* twee\r\n\r\n1. eerst\r\n", name="brief.txt", url="u")
    assert document.sections[0].heading == "brief"
    assert document.sections[0].paragraphs == ("# nummer 1", "- een\n- twee", "1. eerst")


@pytest.mark.parametrize("data", [b"   \n\n", b"---\ntitle: Niets\n---\n", b"# Alleen een kop\n"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="leeg"):
        load_markdown(data, name="leeg.md", url="u")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UnreadableDocumentError, match="geen tekst"):
        load_text(bytes(range(256)) * 8, name="foto.txt", url="u")
