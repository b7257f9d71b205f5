"""Documents from content and from files."""

import re
from dataclasses import replace

import pytest
import yaml

from ingest.cli import content_documents
from ingest.splitting import (
    MAX_CHARACTERS,
    contact_document,
    loaded_document,
    plan_document,
    regeling_document,
    split_section,
)
from ingest.texts import all_texts, text
from ingest.types import LoadedDocument
from knowledge.gemeenten import load_gemeenten
from knowledge.plannen import load_plans
from knowledge.regelingen import CONTENT
from knowledge.types import Regeling, Section

GEMEENTEN = load_gemeenten()


def loaded(*paragraphs: str) -> LoadedDocument:
    section = Section(heading="Aanvragen", path=("Hulp",), paragraphs=paragraphs, page=3, anchor="aanvragen")
    return LoadedDocument(title="Hulp bij geld", url="https://x.nl/hulp", sections=(section,), peildatum="2025-01")


class TestSplitting:
    def test_a_section_that_fits_is_one_chunk(self) -> None:
        section = Section(heading="K", paragraphs=("Eerste.", "Tweede."))
        assert list(split_section(section)) == ["Eerste.\n\nTweede."]

    def test_a_long_section_is_cut_between_paragraphs(self) -> None:
        paragraphs = tuple(f"Alinea {n}. " + "Woord " * 60 for n in range(8))
        pieces = list(split_section(Section(heading="K", paragraphs=paragraphs)))
        assert all(len(piece) <= MAX_CHARACTERS + 20 for piece in pieces)
        assert [p.strip() for piece in pieces for p in piece.split("\n\n")] == [p.strip() for p in paragraphs]

    def test_a_long_paragraph_is_cut_between_sentences(self) -> None:
        paragraph = " ".join(f"Dit is zin nummer {n} over hulp bij geldzorgen." for n in range(80))
        pieces = list(split_section(Section(heading="K", paragraphs=(paragraph,))))
        assert all(len(piece) <= MAX_CHARACTERS for piece in pieces)
        assert all(piece.rstrip().endswith(".") for piece in pieces)
        assert " ".join(" ".join(pieces).split()) == paragraph


class TestLoaded:
    def test_where_it_came_from(self) -> None:
        document = loaded_document(loaded("Bel de gemeente."), scope="borne", topic="schuldhulp")
        (chunk,) = document.chunks
        assert (document.key, document.origin) == ("borne/https://x.nl/hulp", "ingest")
        assert chunk.source.url == "https://x.nl/hulp#aanvragen"
        assert (chunk.page, chunk.heading, chunk.topic, chunk.scope) == (3, "Hulp > Aanvragen", "schuldhulp", "borne")
        assert chunk.source.peildatum == "2025-01"
        assert not chunk.stopped

    def test_an_ended_regulation_is_marked(self) -> None:
        document = loaded_document(replace(loaded("Tekst."), valid_until="2020-01-01"), scope="borne", topic=None)
        assert document.chunks[0].stopped
        assert document.chunks[0].valid_until == "2020-01-01"

    def test_the_digest_follows_what_is_indexed(self) -> None:
        digests = {
            loaded_document(page, scope=scope, topic=None).digest
            for page in (loaded("A."), loaded("B."), replace(loaded("A."), peildatum="2026"))
            for scope in ("borne", "almelo")
        }
        assert len(digests) == 6


class TestContact:
    @pytest.mark.parametrize("slug", GEMEENTEN)
    def test_every_figure_comes_from_the_data(self, slug: str) -> None:
        chunks = contact_document(GEMEENTEN[slug]).chunks
        text = "\n".join(chunk.text for chunk in chunks)
        rows = yaml.safe_load((CONTENT / "gemeenten.yaml").read_text(encoding="utf-8"))["gemeenten"]
        known = str(next(row for row in rows if row["slug"] == slug))
        assert all(figure in known for figure in re.findall(r"\d[\d. -]*\d", text))
        assert all(url.rstrip(".") in known for url in re.findall(r"https?://\S+", text))
        assert "None" not in text
        assert "{" not in text

    @pytest.mark.parametrize("slug", GEMEENTEN)
    def test_it_names_the_gemeente_and_its_source(self, slug: str) -> None:
        gemeente = GEMEENTEN[slug]
        document = contact_document(gemeente)
        assert (document.key, document.origin) == (f"{slug}/_contact", "content")
        desk, *own = document.chunks
        assert {(chunk.topic, chunk.title) for chunk in document.chunks} == {
            ("contact", f"Contact met de gemeente {gemeente.name}")
        }
        assert desk.source == gemeente.contact_source
        assert gemeente.name in desk.text
        assert all(phone in desk.text for phone in gemeente.contact.phones)
        assert [(chunk.source, str(gemeente.phone) in chunk.text) for chunk in own] == (
            [(gemeente.phone_source, True)] if gemeente.phone else []
        )

    def test_sentences_are_short(self) -> None:
        texts = [chunk.text for gemeente in GEMEENTEN.values() for chunk in contact_document(gemeente).chunks]
        sentences = [part for text in texts for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)]
        assert max(len(sentence.split()) for sentence in sentences) <= 20


class TestContent:
    def test_everything_once(self, regelingen: tuple[Regeling, ...]) -> None:
        keys = [document.key for document in content_documents()]
        assert len(keys) == len(set(keys)) == len(regelingen) + len(load_plans()) + len(GEMEENTEN)

    def test_plans(self) -> None:
        for plan in load_plans():
            document = plan_document(plan)
            assert document.key == f"regio-twente/plan-{plan.slug}"
            assert {chunk.topic for chunk in document.chunks} == {"plan"}
            assert {chunk.source for chunk in document.chunks} == {plan.source}

    def test_chunks_have_names_of_their_own(self) -> None:
        identifiers = [chunk.id for document in content_documents() for chunk in document.chunks]
        assert len(identifiers) == len(set(identifiers))

    def test_the_digest_of_a_page(self, regelingen: tuple[Regeling, ...]) -> None:
        page = regelingen[0]
        assert regeling_document(page).digest == regeling_document(page).digest
        assert regeling_document(page).digest != regeling_document(replace(page, title="Anders")).digest


def test_texts_want_exactly_their_variables() -> None:
    assert text("niets_gelezen") == all_texts()["niets_gelezen"]
    assert text("contact_titel", gemeente="Borne") == "Contact met de gemeente Borne"
    with pytest.raises(KeyError):
        text("contact_titel")
    with pytest.raises(KeyError):
        text("contact_kop", gemeente="x")
    assert all(all_texts().values())
