"""Which loader reads what."""

import pytest

from ingest.errors import UnreadableDocumentError, UnsupportedFormatError
from ingest.loaders import kind_of, load
from tests.ingest.conftest import web_page
from tests.ingest.pdf_samples import flowed, paragraph

PDF = flowed([paragraph("Een bladzijde met genoeg tekst om te lezen, over hulp bij geldzorgen.")] * 3)
HTML = web_page("Hulp").encode()


@pytest.mark.parametrize(
    ("data", "name", "media_type", "kind"),
    [
        (PDF, "plan.pdf", None, "pdf"),
        (PDF, "download", "text/html", "pdf"),
        (b"\r\n" + PDF, "plan", "application/octet-stream", "pdf"),
        (HTML, "pagina.html", None, "html"),
        (HTML, "https://www.enschede.nl/regeling", "text/html; charset=utf-8", "html"),
        (HTML, "https://www.enschede.nl/regeling.php", None, "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "x", None, "html"),
        (b"# Kop", "x.MD", None, "markdown"),
        (b"# Kop", "https://x.nl/lees.md", "text/plain", "markdown"),
        (b"Tekst", "x.txt", None, "text"),
        (b"Tekst", "LEESMIJ", None, "text"),
        (b"<?xml version='1.0'?><cvdr xmlns='http://standaarden.overheid.nl/cvdr/terms/'/>", "x.xml", None, "cvdr"),
        (b"<r><scproduct/></r>", "x.xml", None, "catalogus"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "x", "application/xhtml+xml", "html"),
    ],
)
def test_kind(data: bytes, name: str, media_type: str | None, kind: str) -> None:
    assert kind_of(data, name, media_type) == kind


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"PK\x03\x04rest", "brief.docx", None),
        (b"PK\x03\x04rest", "brief.pdf", None),
        (b"\x89PNG\r\n", "scan.png", "image/png"),
        (b"a;b;c", "lijst.csv", "text/csv"),
        (b"<?xml version='1.0'?><rss/>", "nieuws.xml", None),
        (b"{}", "x", "application/json"),
    ],
)
def test_what_sam_does_not_read_names_what_it_does(data: bytes, name: str, media_type: str | None) -> None:
    with pytest.raises(UnsupportedFormatError, match="Sam leest pdf, HTML, Markdown"):
        kind_of(data, name, media_type)


def test_empty_file() -> None:
    with pytest.raises(UnreadableDocumentError, match="leeg"):
        load(b" \n ", name="leeg.pdf", url="u")


def test_a_web_page_called_pdf_is_read_as_what_it_is() -> None:
    assert load(HTML, name="plan.pdf", url="u").title == "Hulp"
