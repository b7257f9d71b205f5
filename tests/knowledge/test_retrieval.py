"""Search in the scopes asked, and only there; with reasons, times and what was rejected."""

from typing import Any

import pytest

from knowledge.errors import IndexUnavailableError
from knowledge.ranking import RankingWeights
from knowledge.retrieval import LiveIndex, Retriever, embedding_text, lexical_text
from knowledge.types import NATIONAL_SCOPE, REGION_SCOPE, Regeling
from tests.hash_index import BuiltIndex, IndexBuilder
from tests.knowledge.builders import chunk, document

GEMEENTEN = (
    "almelo", "borne", "dinkelland", "enschede", "haaksbergen", "hellendoorn", "hengelo", "hof-van-twente",
    "losser", "oldenzaal", "rijssen-holten", "tubbergen", "twenterand", "wierden",
)  # fmt: skip
QUESTIONS = (
    "mijn wasmachine is kapot",
    "individuele inkomenstoeslag",
    "hoeveel krijgen ze in Enschede en in Hengelo?",
    "regelingen van de gemeente Tubbergen en Dinkelland",
    "kwijtschelding gemeentelijke belastingen",
    "bel 053 - 481 78 00",
    "sport en cultuur voor kinderen in Hof van Twente",
    "",
    "?",
    "xqzvw",
)


@pytest.fixture(scope="module")
def retriever(hash_index: BuiltIndex) -> Retriever:
    return hash_index.retriever


def test_the_index_knows_all_scopes(retriever: Retriever) -> None:
    assert set(retriever.scopes) == {*GEMEENTEN, REGION_SCOPE, NATIONAL_SCOPE}


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_another_gemeente_never_shows_up(retriever: Retriever, gemeente: str) -> None:
    allowed = {gemeente, REGION_SCOPE, NATIONAL_SCOPE}
    for question in QUESTIONS:
        result = retriever.search(question, (gemeente, REGION_SCOPE, NATIONAL_SCOPE), count=10)
        for passage in (*result.passages, *result.rejected):
            assert passage.chunk.scope in allowed, question
            assert passage.chunk.document.startswith(f"{passage.chunk.scope}/")


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_a_page_for_some_gemeenten_is_left_out_for_residents_of_others(retriever: Retriever, gemeente: str) -> None:
    for question in (*QUESTIONS, "voedselbank", "stichting leergeld", "energieloket witgoed"):
        result = retriever.search(question, retriever.scopes, count=10, resident_of=gemeente)
        for passage in (*result.passages, *result.rejected):
            assert not passage.chunk.only_for or gemeente in passage.chunk.only_for, question


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_alone_a_gemeente_finds_only_itself(retriever: Retriever, gemeente: str) -> None:
    for question in QUESTIONS:
        result = retriever.search(question, (gemeente,), count=100)
        assert {passage.chunk.scope for passage in result.passages} <= {gemeente}


def test_the_title_of_a_page_finds_that_page(retriever: Retriever, regelingen: tuple[Regeling, ...]) -> None:
    local = [page for page in regelingen if page.scope in GEMEENTEN]
    missed = [
        page.key
        for page in local
        if page.key not in {p.chunk.document for p in retriever.search(page.title, (page.scope,), count=5).passages}
    ]
    assert len(missed) <= len(local) // 50, missed


def test_passages_are_ordered_and_the_rest_is_rejected(retriever: Retriever) -> None:
    scopes = ("enschede", REGION_SCOPE, NATIONAL_SCOPE)
    few, many = (retriever.search("schulden", scopes, count=count) for count in (3, 50))
    scores = [passage.score for passage in (*few.passages, *few.rejected)]
    assert scores == sorted(scores, reverse=True)
    assert len(few.passages) == 3
    assert few.passages == many.passages[:3]
    assert (*few.passages, *few.rejected) == (*many.passages, *many.rejected)
    found = [passage.chunk.id for passage in (*few.passages, *few.rejected)]
    assert len(found) == len(set(found))


def test_every_passage_says_why(retriever: Retriever) -> None:
    result = retriever.search("wasmachine kapot", ("enschede",), topics={"witgoed": 0.8})
    assert all(passage.why for passage in result.passages)
    first = result.passages[0]
    assert first.chunk.topic == "witgoed"
    assert "woorden 1" in first.why
    assert "onderwerp 0.80" in first.why


def test_a_stopped_regeling_says_so(retriever: Retriever) -> None:
    result = retriever.search("energietoeslag 2022", ("enschede",), count=40)
    stopped = [passage for passage in (*result.passages, *result.rejected) if passage.chunk.stopped]
    assert stopped
    assert all("gestopt" in passage.why for passage in stopped)


def test_times_are_told(retriever: Retriever) -> None:
    timings = retriever.search("huur", ("enschede",)).timings
    assert list(timings) == ["embed", "search", "rank"]
    assert all(milliseconds >= 0 for milliseconds in timings.values())


def test_the_topic_raises_its_pages(retriever: Retriever) -> None:
    scopes = ("enschede", REGION_SCOPE, NATIONAL_SCOPE)
    plain = retriever.search("hulp van de gemeente", scopes, count=5)
    steered = retriever.search("hulp van de gemeente", scopes, count=5, topics={"kinderopvang": 1.0})

    def count(result: Any) -> int:
        return sum(passage.chunk.topic == "kinderopvang" for passage in result.passages)

    assert count(steered) > count(plain)


def test_the_same_question_gives_the_same_answer(retriever: Retriever) -> None:
    one, two = (retriever.search("schulden", ("borne", REGION_SCOPE)).passages for _ in range(2))
    assert one == two


def test_unknown_and_double_scopes_are_no_trouble(retriever: Retriever) -> None:
    once = retriever.search("schulden", ("borne",)).passages
    assert retriever.search("schulden", ("borne", "nergens", "borne")).passages == once
    assert retriever.search("schulden", ("nergens",)).passages == ()
    assert retriever.search("schulden", ()).passages == ()


def test_who_lives_nowhere_known_sees_no_page_for_some_gemeenten(retriever: Retriever) -> None:
    scopes = (REGION_SCOPE, NATIONAL_SCOPE)
    anyone = retriever.search("voedselbank", scopes, count=200)
    unknown = retriever.search("voedselbank", scopes, count=200, resident_of="")
    assert any(passage.chunk.only_for for passage in anyone.passages)
    assert not any(passage.chunk.only_for for passage in (*unknown.passages, *unknown.rejected))


def test_a_document_comes_whole_and_in_order(retriever: Retriever) -> None:
    chunks = retriever.document("enschede", "enschede/individuele-inkomenstoeslag")
    assert [chunk.order for chunk in chunks] == list(range(len(chunks)))
    assert chunks[0].heading == "Wat is het?"
    assert retriever.document("hengelo", "enschede/individuele-inkomenstoeslag") == ()
    assert retriever.document("nergens", "nergens/geld") == ()


def test_whether_someone_added_documents(retriever: Retriever, index_builder: IndexBuilder) -> None:
    assert not retriever.holds_ingested()
    index_builder.build([document("enschede/geld", "Geld.")])
    assert not index_builder.build([]).retriever.holds_ingested()


def test_the_region_weighs_less_than_the_own_gemeente(index_builder: IndexBuilder) -> None:
    pages = [document(f"{scope}/geld", "Hulp bij schulden.") for scope in ("landelijk", "regio-twente", "almelo")]
    built = index_builder.build(pages)
    scopes = ("landelijk", "regio-twente", "almelo")
    found = built.retriever.search("hulp bij schulden", scopes, resident_of="almelo").passages
    assert [passage.chunk.scope for passage in found] == ["almelo", "regio-twente", "landelijk"]
    even = Retriever(
        LiveIndex(built.data_dir, built.embedder.embedder.name),
        built.embedder.embedder,
        RankingWeights(region=0.0, national=-1.0),
    )
    assert even.search("hulp bij schulden", scopes, resident_of="almelo").passages[0].chunk.scope == "landelijk"


def test_without_an_index_searching_says_what_to_do(index_builder: IndexBuilder) -> None:
    empty = Retriever(LiveIndex(index_builder.data_dir, "hash-256"), index_builder.embedder.embedder)
    with pytest.raises(IndexUnavailableError, match="sam index"):
        empty.search("huur", ("enschede",))


def test_what_is_embedded_and_indexed() -> None:
    one = chunk(text="De tekst.", title="Titel", heading="Hoeveel?")
    assert embedding_text(one) == "Titel. Hoeveel? De tekst."
    assert lexical_text(one).count("Titel") == 2
