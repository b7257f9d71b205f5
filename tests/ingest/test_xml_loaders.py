"""Regulations and catalogues in XML, and XML that means harm."""

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocumentError
from ingest.loaders import load
from ingest.loaders.catalogus import load_catalogus
from ingest.loaders.cvdr import address_of, identifier_of, load_cvdr
from ingest.loaders.scopes import scope_of, topic_of
from ingest.types import LoadedDocument

SAMPLES = Path(__file__).parent / "samples"
STANDARDS = Path(__file__).parents[3] / "shared" / "standaarden"
REGULATION = (SAMPLES / "verordening.xml").read_bytes()


def regulation(data: bytes = REGULATION, today: date = date(2025, 1, 1)) -> LoadedDocument:
    return load_cvdr(data, name="verordening.xml", url="u", today=today)


class TestRegulation:
    def test_what_it_says_about_itself(self) -> None:
        document = regulation()
        assert document.title == "Verordening meedoen gemeente Hof van Twente"
        assert document.url == "https://lokaleregelgeving.overheid.nl/CVDR123456/2"
        assert document.scope == "hof-van-twente"
        assert document.peildatum == "2024-01-01"

    def test_articles_with_their_chapters(self) -> None:
        assert [(s.path, s.heading) for s in regulation().sections] == [
            ((), "Verordening meedoen gemeente Hof van Twente"),
            (("Hoofdstuk 1 Algemeen",), "Artikel 1 Begrippen"),
            (("Hoofdstuk 2 De bijdrage", "Paragraaf 2.1 Recht"), "Artikel 2 Voor wie"),
            (("Hoofdstuk 2 De bijdrage", "Paragraaf 2.1 Recht"), "Artikel 3 Hoogte"),
        ]

    def test_members_lists_and_tables(self) -> None:
        sections = {section.heading: section.paragraphs for section in regulation().sections}
        assert sections["Artikel 1 Begrippen"] == (
            "In deze verordening betekent:\n- a. inkomen: het geld dat u elke maand krijgt;\n"
            "- b. peildatum: de dag van de aanvraag.",
        )
        assert sections["Artikel 2 Voor wie"][1] == "2. De aanvrager is achttien jaar of ouder."
        assert sections["Artikel 3 Hoogte"][1] == "- Wie: Volwassene; Bedrag: € 111\n- Wie: Kind; Bedrag: € 222"

    def test_the_signature_is_left_out(self) -> None:
        assert "Vries" not in str(regulation().sections)

    @pytest.mark.parametrize(
        ("today", "ended"),
        [(date(2025, 6, 30), None), (date(2025, 7, 1), "2025-07-01"), (date(2026, 1, 1), "2025-07-01")],
    )
    def test_an_ended_regulation(self, today: date, ended: str | None) -> None:
        assert regulation(today=today).valid_until == ended

    def test_a_regulation_without_end(self) -> None:
        data = REGULATION.replace(
            b"<overheidrg:uitwerkingtredingDatum>2025-07-01</overheidrg:uitwerkingtredingDatum>", b""
        )
        assert regulation(data, date(2030, 1, 1)).valid_until is None

    @pytest.mark.parametrize("raw", ["112779_1", "CVDR112779_1", " 112779_1 ", "CVDR://112779_1"])
    def test_identifiers(self, raw: str) -> None:
        assert identifier_of(raw) == "CVDR112779_1"
        assert address_of("CVDR112779_1") == "https://lokaleregelgeving.overheid.nl/CVDR112779/1"

    def test_no_regulation(self) -> None:
        with pytest.raises(UnreadableDocumentError, match="geen lokale regeling"):
            regulation(b"<a><b/></a>")

    @pytest.mark.parametrize(
        ("name", "ended"), [("cvdr-voorbeeld-1.xml", "2012-04-25"), ("cvdr-voorbeeld-2.xml", None)]
    )
    def test_published_examples(self, name: str, ended: str | None) -> None:
        path = STANDARDS / name
        if not path.exists():
            pytest.skip("the published examples are not on this machine")
        document = load(path.read_bytes(), name=name, url="u", today=date(2026, 1, 1))
        assert document.valid_until == ended
        assert document.url.startswith("https://lokaleregelgeving.overheid.nl/CVDR")
        assert len(str(document.sections)) > 5_000


class TestCatalogue:
    def test_products(self) -> None:
        first, second = load_catalogus((SAMPLES / "catalogus.xml").read_bytes(), name="c.xml", url="https://x.nl/c")
        assert (first.title, first.url) == (
            "Extra kosten? Bijzondere bijstand",
            "https://www.voorbeeld.nl/bijzondere-bijstand",
        )
        assert (first.scope, first.topic, first.peildatum) == ("borne", "bijzondere-bijstand", "2025-03-14")
        assert [section.heading for section in first.sections] == [first.title, "Voorwaarden"]
        assert first.sections[1].paragraphs == ("De kosten zijn echt nodig.", "- U heeft een laag inkomen.")
        assert (second.url, second.scope) == ("https://x.nl/c#18", None)
        assert "alert" not in str(second.sections)

    def test_a_catalogue_without_text(self) -> None:
        with pytest.raises(UnreadableDocumentError, match="geen productbeschrijving"):
            load_catalogus(b"<r><scproduct><title>Leeg</title></scproduct></r>", name="c.xml", url="u")

    def test_published_example(self) -> None:
        path = STANDARDS / "samenwerkende-catalogi-record.xml"
        if not path.exists():
            pytest.skip("the published example is not on this machine")
        document = load(path.read_bytes(), name=path.name, url="u")
        assert document.topic == "bijzondere-bijstand"
        assert document.url.startswith("https://www.denhaag.nl/")


@pytest.mark.parametrize(
    ("authority", "slug"),
    [("Hof van Twente", "hof-van-twente"), ("gemeente Rijssen-Holten", "rijssen-holten"), ("ENSCHEDE", "enschede")],
)
def test_authority_to_scope(authority: str, slug: str) -> None:
    assert scope_of(authority) == slug


def test_unknown_authority_and_product() -> None:
    assert scope_of("Den Haag") is None
    assert topic_of("rijbewijs") is None
    assert topic_of("") is None


def test_product_names_in_several_spellings() -> None:
    assert {topic_of(n) for n in ("bijzonderebijstandsuitkering", "bijzondere bijstandsuitkering")} == {
        "bijzondere-bijstand"
    }


LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE cvdr [<!ENTITY a "ha">%s]><cvdr><body><al>&z;</al></body></cvdr>"""
    % b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25))
)


@pytest.mark.parametrize(
    "attack",
    [
        LAUGHS,
        b'<?xml version="1.0"?><!DOCTYPE cvdr [<!ENTITY x SYSTEM "file:///etc/passwd">]><cvdr><body><al>&x;</al></body></cvdr>',
        b'<?xml version="1.0"?><!DOCTYPE cvdr [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><cvdr><al>a</al></cvdr>',
    ],
)
def test_entities_are_refused(attack: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="onveilige verwijzingen"):
        load(attack, name="kwaad.xml", url="u")


@pytest.mark.parametrize(
    "data", [REGULATION[:900], b"<?xml version='1.0'?><cvdr><al>", b"<?xml version='1.0'?><cvdr/>"]
)
def test_broken_xml(data: bytes) -> None:
    with pytest.raises(UnreadableDocumentError):
        load(data, name="kapot.xml", url="u")


def test_very_deep_xml() -> None:
    data = b"<cvdr><body>" + b"<hoofdstuk>" * 20_000 + b"<al>x</al>" + b"</hoofdstuk>" * 20_000 + b"</body></cvdr>"
    with pytest.raises(UnreadableDocumentError):
        load(data, name="diep.xml", url="u")
