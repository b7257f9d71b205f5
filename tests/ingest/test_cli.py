"""`sam index` and `sam ingest` as a person uses them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from ingest import cli
from ingest.register import load_register
from ingest.splitting import contact_document
from ingest.types import Action
from knowledge.gemeenten import load_gemeenten
from knowledge.generations import read_manifest
from knowledge.topics import TopicScorer
from knowledge.types import Chunk
from tests.hash_index import IndexBuilder
from tests.ingest.conftest import Site, web_page
from tests.ingest.pdf_samples import flowed, heading, paragraph, scanned
from tests.ingest.test_crawl import sitemap

SAMPLES = Path(__file__).parent / "samples"
Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on a data folder of its own, with the hash embedder; the topic model is not trained for it."""
    monkeypatch.setattr(TopicScorer, "open", lambda *arguments: None)
    monkeypatch.setenv("SAM_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("SAM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SAM_CRAWL_DELAY", "0")
    monkeypatch.setenv("SAM_CRAWL_ALLOW_PRIVATE", "1")
    app = typer.Typer()
    app.command("index")(cli.index)
    app.command("ingest")(cli.ingest)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def chunks(tmp_path: Path) -> Callable[[], list[Chunk]]:
    """All chunks in the index."""

    def read() -> list[Chunk]:
        retriever = IndexBuilder(tmp_path / "data").build((), origin="ingest").retriever
        found = retriever.search("hulp", retriever.scopes, count=10_000)
        return [passage.chunk for passage in (*found.passages, *found.rejected)]

    return read


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture
def little_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two gemeenten are all the content there is."""
    gemeenten = load_gemeenten()
    monkeypatch.setattr(cli, "content_documents", lambda: [contact_document(gemeenten[s]) for s in ("almelo", "borne")])


class TestIndex:
    def test_all_of_the_content(self, run: Run, tmp_path: Path) -> None:
        result = run("index")
        assert result.exit_code == 0, result.output
        manifest = read_manifest(tmp_path / "data")
        assert manifest is not None
        assert len(manifest.collections) == 16
        assert f"{len(manifest.documents)} nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 ingetrokken." in result.output

    @pytest.mark.usefixtures("little_content")
    def test_twice(self, run: Run) -> None:
        assert "De index is bijgewerkt.\n2 nieuw," in run("index").output
        second = run("index", "--uitgebreid")
        assert second.output.startswith(f"{Action.UNCHANGED}: almelo/_contact (de inhoud is gelijk)")
        assert "0 nieuw, 0 bijgewerkt, 2 ongewijzigd" in second.output
        assert ", 0 opnieuw omgezet, in " in second.output

    @pytest.mark.usefixtures("little_content")
    def test_another_folder(self, run: Run, tmp_path: Path) -> None:
        assert run("index", "--index", tmp_path / "elders").exit_code == 0
        assert (tmp_path / "elders" / "index" / "CURRENT").exists()
        assert not (tmp_path / "data" / "index").exists()

    @pytest.mark.usefixtures("little_content")
    def test_our_errors_are_one_dutch_line(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SAM_EMBEDDING_MODEL", "bestaat/niet")
        result = run("index")
        assert result.exit_code == 1
        assert "SAM_EMBEDDING_MODEL" in result.output
        assert "Traceback" not in result.output


class TestFiles:
    def test_a_pdf_for_a_gemeente(self, run: Run, tmp_path: Path, chunks: Callable[[], list[Chunk]]) -> None:
        text = "De gemeente helpt inwoners met schulden. Het gesprek is gratis en u mag iemand meenemen."
        path = write(tmp_path, "plan.pdf", flowed([heading("Schuldhulp"), *[paragraph(text)] * 3], title="Beleidsplan"))
        result = run("ingest", path, "--gemeente", "borne", "--onderwerp", "schuldhulp")
        assert result.exit_code == 0, result.output
        assert f"gelezen: {path}" in result.output
        assert "1 nieuw" in result.output
        (chunk,) = chunks()
        assert (chunk.scope, chunk.topic, chunk.title, chunk.page) == ("borne", "schuldhulp", "Beleidsplan", 1)
        assert chunk.source.url == "plan.pdf"

    def test_a_folder_with_good_and_bad(self, run: Run, tmp_path: Path, chunks: Callable[[], list[Chunk]]) -> None:
        folder = tmp_path / "map"
        write(folder, "goed.md", "# Goed\n\nDeze tekst is te lezen.\n")
        write(folder, "diep/er/ook.txt", "Ook deze tekst is te lezen.")
        write(folder, "scan.pdf", scanned(1))
        write(folder, "leeg.pdf", "")
        write(folder, "kapot.pdf", "%PDF-1.4 kapot")
        write(folder, "brief.docx", b"PK\x03\x04")
        write(folder, ".verborgen.md", "# Verborgen\n\nNiet lezen.\n")
        result = run("ingest", folder)
        failures = [line for line in result.output.splitlines() if line.startswith("mislukt: ")]
        assert result.exit_code == 0, result.output
        assert len(failures) == 4
        assert {line.split(": ")[1].rpartition("/")[2] for line in failures} == {
            "scan.pdf", "leeg.pdf", "kapot.pdf", "brief.docx",
        }  # fmt: skip
        assert "2 gelezen, 4 mislukt." in result.output
        assert {chunk.title for chunk in chunks()} == {"Goed", "ook"}

    def test_all_failed(self, run: Run, tmp_path: Path) -> None:
        result = run("ingest", write(tmp_path, "leeg.txt", ""), tmp_path / "bestaat-niet.pdf")
        assert result.exit_code == 1
        assert result.output.count("mislukt: ") == 2
        assert "Er is niets toegevoegd." in result.output

    def test_an_empty_folder(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "leeg").mkdir()
        assert run("ingest", tmp_path / "leeg").exit_code == 1

    def test_a_loader_that_breaks_does_not_stop_the_rest(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ingest.loaders import markdown

        def broken(*arguments: object, **options: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(markdown, "load_text", broken)
        result = run("ingest", write(tmp_path, "a.txt", "Tekst."), write(tmp_path, "b.md", "Ook tekst."))
        assert result.exit_code == 0
        assert "ZeroDivisionError" in result.output
        assert "1 gelezen, 1 mislukt." in result.output

    def test_the_gemeente_of_the_document(self, run: Run, tmp_path: Path, chunks: Callable[[], list[Chunk]]) -> None:
        result = run(
            "ingest", SAMPLES / "verordening.xml", write(tmp_path, "a.md", "---\ngemeente: Borne\n---\n\nTekst.")
        )
        assert "voor: hof-van-twente, volgens het document" in result.output
        assert "voor: borne, volgens het document" in result.output
        assert {chunk.scope for chunk in chunks()} == {"hof-van-twente", "borne"}

    def test_no_gemeente_is_landelijk_and_said(self, run: Run, tmp_path: Path) -> None:
        result = run("ingest", write(tmp_path, "a.txt", "Een tekst zonder gemeente."))
        assert "voor: landelijk, want het document noemt geen gemeente van Sam" in result.output

    def test_the_choice_of_the_user_goes_first(self, run: Run, chunks: Callable[[], list[Chunk]]) -> None:
        run("ingest", SAMPLES / "verordening.xml", "-g", "Hof van Twente", "-o", "meedoenregeling")
        assert {(chunk.scope, chunk.topic) for chunk in chunks()} == {("hof-van-twente", "meedoenregeling")}

    def test_an_ended_regulation_is_marked(self, run: Run, chunks: Callable[[], list[Chunk]]) -> None:
        run("ingest", SAMPLES / "verordening.xml")
        assert all(chunk.stopped for chunk in chunks())

    def test_a_public_address_for_a_file(self, run: Run, tmp_path: Path, chunks: Callable[[], list[Chunk]]) -> None:
        run("ingest", write(tmp_path, "a.txt", "Tekst."), "--url", "https://www.borne.nl/a.txt")
        assert chunks()[0].source.url == "https://www.borne.nl/a.txt"

    def test_a_catalogue_gives_all_its_products(self, run: Run, chunks: Callable[[], list[Chunk]]) -> None:
        assert run("ingest", SAMPLES / "catalogus.xml").exit_code == 0
        assert {(chunk.title, chunk.scope) for chunk in chunks()} == {
            ("Extra kosten? Bijzondere bijstand", "borne"),
            ("Hulp bij schulden", "landelijk"),
        }

    def test_twice_changes_nothing(self, run: Run, tmp_path: Path) -> None:
        path = write(tmp_path, "a.txt", "Tekst.")
        run("ingest", path)
        assert "0 nieuw, 0 bijgewerkt, 1 ongewijzigd" in run("ingest", path).output

    @pytest.mark.usefixtures("little_content")
    def test_content_stays(self, run: Run, tmp_path: Path) -> None:
        run("index")
        run("ingest", write(tmp_path, "a.txt", "Tekst."), "-g", "almelo")
        manifest = read_manifest(tmp_path / "data")
        assert manifest is not None
        assert sum(entry.origin == "ingest" for entry in manifest.documents.values()) == 1
        assert "almelo/_contact" in manifest.documents
        assert " 0 ingetrokken." in run("index").output
        assert len(read_manifest(tmp_path / "data").documents) == len(manifest.documents)  # type: ignore[union-attr]


class TestAddresses:
    def test_a_page(self, run: Run, site: Site, chunks: Callable[[], list[Chunk]]) -> None:
        result = run("ingest", site.put("/hulp", web_page("Hulp bij schulden")), "-g", "enschede")
        assert result.exit_code == 0, result.output
        assert {chunk.source.url for chunk in chunks()} == {site.url("/hulp"), site.url("/hulp#aanvragen")}

    def test_a_sitemap(self, run: Run, site: Site, chunks: Callable[[], list[Chunk]]) -> None:
        site.put("/a", web_page("Eerste pagina"))
        site.put("/b", web_page("Tweede pagina"))
        site.put("/sitemap.xml", sitemap(*map(site.url, ("/a", "/weg", "/b"))), Content_Type="application/xml")
        result = run("ingest", site.url("/sitemap.xml"), "-g", "hengelo")
        assert result.exit_code == 0
        assert f"mislukt: {site.url('/weg')}: Deze pagina bestaat niet meer (fout 404)." in result.output
        assert "2 gelezen, 1 mislukt." in result.output
        assert {chunk.title for chunk in chunks()} == {"Eerste pagina", "Tweede pagina"}

    def test_a_closed_network_is_refused(self, run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SAM_CRAWL_ALLOW_PRIVATE", "0")
        result = run("ingest", site.put("/hulp", web_page("Hulp")))
        assert result.exit_code == 1
        assert "besloten netwerk" in result.output
        assert site.asked == []

    def test_everything_in_the_register(
        self, run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chunks: Callable[[], list[Chunk]]
    ) -> None:
        site.put("/a", web_page("Voor twee gemeenten"))
        rows = "\n".join(
            f"  - {{url: '{site.url(path)}', title: T, gemeenten: [{scopes}], topics: [{topics}], kind: html}}"
            for path, scopes, topics in (("/a", "almelo, borne", "schuldhulp"), ("/weg", "almelo", "energie, crisis"))
        )
        (tmp_path / "bronnen.yaml").write_text(f"bronnen:\n{rows}\n")
        monkeypatch.setattr(cli, "load_register", lambda: load_register(tmp_path))
        result = run("ingest", "--alles")
        assert result.exit_code == 0, result.output
        assert "1 gelezen, 1 mislukt." in result.output
        assert {(chunk.scope, chunk.topic) for chunk in chunks()} == {("almelo", "schuldhulp"), ("borne", "schuldhulp")}


class TestUsage:
    def test_nothing_asked(self, run: Run) -> None:
        result = run("ingest")
        assert result.exit_code == 2
        assert "Geef een bestand" in result.output

    def test_an_unknown_gemeente_lists_the_known(self, run: Run) -> None:
        result = run("ingest", "a.pdf", "--gemeente", "utrecht")
        assert result.exit_code == 2
        assert "almelo, borne" in result.output
        assert "regio-twente, landelijk" in result.output

    def test_an_unknown_topic_lists_the_known(self, run: Run) -> None:
        result = run("ingest", "a.pdf", "--onderwerp", "vakantie")
        assert result.exit_code == 2
        assert "bijzondere-bijstand" in result.output

    @pytest.mark.parametrize("arguments", [("a", "b", "--url", "https://x.nl"), ("a", "--url", "javascript:x")])
    def test_an_address_for_one_file_only(self, run: Run, arguments: tuple[str, ...]) -> None:
        assert run("ingest", *arguments).exit_code == 2


def test_the_register_can_be_read() -> None:
    sources = load_register()
    assert len(sources) > 300
    assert all(source.url.startswith("http") and source.gemeenten for source in sources)
