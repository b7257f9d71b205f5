"""What is new, changed, the same or gone in the index, and an index that is damaged."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.splitting import loaded_document
from ingest.synchronise import synchronise
from ingest.types import Action, LoadedDocument, Report
from knowledge.errors import IndexBusyError, IndexUnavailableError
from knowledge.generations import build_lock, current_generation, index_folder, read_manifest
from knowledge.types import Document, Section
from tests.hash_index import IndexBuilder


def page(name: str, text: str = "De gemeente helpt bij geldzorgen.", scope: str = "borne") -> Document:
    section = Section(heading="Wat is het?", paragraphs=(text,))
    document = LoadedDocument(title=name, url=f"https://x.nl/{name}", sections=(section,))
    made = loaded_document(document, scope=scope, topic=None)
    return replace(made, origin="content", chunks=tuple(replace(chunk, origin="content") for chunk in made.chunks))


def added(name: str, text: str = "Een toegevoegd bestand over schulden.", scope: str = "borne") -> Document:
    section = Section(heading="Bestand", paragraphs=(text,), page=2)
    return loaded_document(
        LoadedDocument(title=name, url=f"file:///{name}", sections=(section,)), scope=scope, topic=None
    )


def run(builder: IndexBuilder, *documents: Document, origin: str = "content") -> Report:
    return synchronise(documents, data_dir=builder.data_dir, embedder=builder.embedder, origin=origin)


def actions(report: Report) -> dict[str, Action]:
    return {change.document.rpartition("/")[2]: change.action for change in report.changes}


def titles(builder: IndexBuilder, *scopes: str) -> set[str]:
    retriever = builder.build((), origin="ingest").retriever
    found = retriever.search("gemeente geldzorgen schulden bestand", scopes or retriever.scopes, count=50)
    return {passage.chunk.title for passage in found.passages}


@pytest.fixture
def builder(index_builder: IndexBuilder) -> IndexBuilder:
    return index_builder


class TestChanges:
    def test_created(self, builder: IndexBuilder) -> None:
        report = run(builder, page("a"), page("b", scope="almelo"))
        assert actions(report) == {"a": Action.CREATED, "b": Action.CREATED}
        assert (report.chunks, report.embedded) == (2, 2)
        assert all(change.reason for change in report.changes)

    def test_unchanged_builds_nothing(self, builder: IndexBuilder) -> None:
        run(builder, page("a"))
        before = current_generation(builder.data_dir)
        report = run(builder, page("a"))
        assert actions(report) == {"a": Action.UNCHANGED}
        assert report.embedded == 0
        assert current_generation(builder.data_dir) == before

    def test_updated(self, builder: IndexBuilder) -> None:
        run(builder, page("a"), page("b", "Een tweede tekst."))
        report = run(builder, page("a", "Een nieuwe tekst over huur."), page("b", "Een tweede tekst."))
        assert actions(report) == {"a": Action.UPDATED, "b": Action.UNCHANGED}
        assert report.embedded == 1

    def test_withdrawn(self, builder: IndexBuilder) -> None:
        run(builder, page("a"), page("b", scope="almelo"))
        assert actions(run(builder, page("a"))) == {"a": Action.UNCHANGED, "b": Action.WITHDRAWN}
        assert titles(builder) == {"a"}
        manifest = read_manifest(builder.data_dir)
        assert manifest is not None
        assert set(manifest.collections) == {"borne"}

    def test_only_scopes_that_changed_are_rebuilt(self, builder: IndexBuilder) -> None:
        run(builder, page("a"), page("b", scope="almelo"))
        before = read_manifest(builder.data_dir)
        run(builder, page("a", "Anders."), page("b", scope="almelo"))
        after = read_manifest(builder.data_dir)
        assert before is not None
        assert after is not None
        assert before.collections["almelo"] == after.collections["almelo"]
        assert before.collections["borne"] != after.collections["borne"]

    def test_another_embedder_rebuilds_all(self, builder: IndexBuilder) -> None:
        run(builder, page("a"))
        other = IndexBuilder(builder.data_dir, dimension=128)
        report = run(other, page("a"))
        assert report.embedded == 1
        assert titles(other) == {"a"}


class TestAdding:
    def test_added_files_stay_beside_the_content(self, builder: IndexBuilder) -> None:
        run(builder, page("a"))
        report = run(builder, added("brief"), origin="ingest")
        assert actions(report) == {"brief": Action.CREATED}
        assert titles(builder) == {"a", "brief"}
        run(builder, page("a", "Nieuwe tekst over de gemeente."))
        assert titles(builder) == {"a", "brief"}

    def test_an_added_file_that_changed_replaces_itself(self, builder: IndexBuilder) -> None:
        run(builder, added("brief"), origin="ingest")
        assert actions(run(builder, added("brief", "Andere inhoud."), origin="ingest")) == {"brief": Action.UPDATED}
        chunks = builder.build((), origin="ingest").retriever.document("borne", "borne/file:///brief")
        assert [chunk.text for chunk in chunks] == ["Andere inhoud."]
        assert chunks[0].page == 2

    def test_files_in_an_empty_index_are_all_it_knows(self, builder: IndexBuilder) -> None:
        run(builder, added("brief"), origin="ingest")
        assert titles(builder) == {"brief"}


class TestDamage:
    @staticmethod
    def folder(builder: IndexBuilder) -> Path:
        return index_folder(builder.data_dir) / (current_generation(builder.data_dir) or "")

    @pytest.mark.parametrize("damage", ["manifest", "format", "current", "chroma", "database", "lexical"])
    def test_a_damaged_index_is_built_anew(self, builder: IndexBuilder, damage: str) -> None:
        run(builder, page("a"), page("b", scope="almelo"))
        folder = self.folder(builder)
        match damage:
            case "manifest":
                (folder / "manifest.json").write_text("{kapot")
            case "format":
                (folder / "manifest.json").write_text('{"format": 0}')
            case "current":
                (folder.parent / "CURRENT").write_text("g-bestaat-niet")
            case "database":
                (folder / "chroma" / "chroma.sqlite3").write_bytes(b"geen database" * 400)
            case _:
                shutil.rmtree(folder / damage)
        run(builder, page("a"), page("b", scope="almelo"))
        assert titles(builder) == {"a", "b"}

    def test_nothing_is_added_to_a_damaged_index(self, builder: IndexBuilder) -> None:
        run(builder, page("a"))
        shutil.rmtree(self.folder(builder) / "lexical")
        with pytest.raises(IndexUnavailableError, match="sam index"):
            run(builder, added("brief"), origin="ingest")

    def test_two_builders_do_not_mix(self, builder: IndexBuilder) -> None:
        with build_lock(builder.data_dir), pytest.raises(IndexBusyError, match="al aan de index gewerkt"):
            run(builder, page("a"))
