"""The 14 gemeenten, and the places, misspellings and postcodes that lead to them."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge import figures
from knowledge.errors import ContentError, UnknownScopeError
from knowledge.gemeenten import Gazetteer, load_gemeenten
from knowledge.gloss import load_glossary
from knowledge.regelingen import CONTENT
from knowledge.text import fold

RAW: dict[str, Any] = yaml.safe_load((CONTENT / "gemeenten.yaml").read_text(encoding="utf-8"))
AMBIGUOUS: dict[str, dict[str, Any]] = {fold(row["place"]): row for row in RAW["elsewhere"]["ambiguous"]}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(vocabulary=load_glossary())


def _slugs(gazetteer: Gazetteer, text: str) -> list[tuple[str, ...]]:
    return [mention.slugs for mention in gazetteer.find(text)]


# The data


def test_there_are_fourteen(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.gemeenten) == 14
    assert gazetteer.gemeenten.keys() == load_gemeenten().keys()


def test_codes_and_addresses_are_in_form(gazetteer: Gazetteer) -> None:
    for gemeente in gazetteer.gemeenten.values():
        assert gemeente.cbs_code.startswith("GM")
        assert gemeente.cbs_code[2:].isdigit()
        assert gemeente.owms_uri.startswith("http://standaarden.overheid.nl/owms/terms/")
        assert gemeente.website.startswith("https://")
        assert gemeente.contact_source.url.startswith("http")
    assert len({gemeente.cbs_code for gemeente in gazetteer.gemeenten.values()}) == 14


def test_every_gemeente_can_be_called_and_the_number_reads_as_one(gazetteer: Gazetteer) -> None:
    for gemeente in gazetteer.gemeenten.values():
        for phone in filter(None, (gemeente.phone, *gemeente.contact.phones)):
            assert figures.phones(phone) == {figures.normalise_phone(phone)}, (gemeente.slug, phone)


def test_executing_bodies_work_for_known_scopes_and_topics(gazetteer: Gazetteer) -> None:
    topics = {path.stem for path in (CONTENT / "onderwerpen").glob("*.yaml")}
    scopes = {*gazetteer.gemeenten, "regio-twente", "landelijk", None}
    for gemeente in gazetteer.gemeenten.values():
        for body in gemeente.bodies:
            assert body.scope in scopes
            assert set(body.topics) <= topics
            assert body.source_url.startswith("http")


def test_misspellings_point_to_a_place_of_that_gemeente(gazetteer: Gazetteer) -> None:
    for gemeente in gazetteer.gemeenten.values():
        known = {gemeente.name, *gemeente.places}
        assert {right for _, right in gemeente.misspellings} <= known, gemeente.slug


def test_postcodes_do_not_overlap(gazetteer: Gazetteer) -> None:
    shared = {row["postcode"] for row in RAW["elsewhere"]["shared_postcodes"]}
    owners: dict[int, str] = {}
    for gemeente in gazetteer.gemeenten.values():
        for low, high in gemeente.postcodes:
            assert 7000 <= low <= high <= 7999
            for code in set(range(low, high + 1)) - shared:
                assert owners.setdefault(code, gemeente.slug) == gemeente.slug, code


# Finding places


def test_every_kern_and_misspelling_leads_to_its_gemeente(gazetteer: Gazetteer) -> None:
    lost = [
        (gemeente.slug, place)
        for gemeente in gazetteer.gemeenten.values()
        for place in (gemeente.name, *gemeente.places, *(wrong for wrong, _ in gemeente.misspellings))
        if fold(place) not in AMBIGUOUS and _slugs(gazetteer, f"ik woon in {place}")[:1] != [(gemeente.slug,)]
    ]
    assert lost == []


def test_places_in_several_gemeenten_follow_what_most_people_mean(gazetteer: Gazetteer) -> None:
    for row in AMBIGUOUS.values():
        (mention,) = gazetteer.find(f"ik woon in {row['place']}")
        likely, several = row["likely"], tuple(row["gemeenten"])
        if likely == "elsewhere" or not several:
            assert (mention.kind, mention.slugs) == ("outside", ()), row["place"]
        elif likely:
            assert (mention.kind, mention.slugs) == ("gemeente", (likely,)), row["place"]
        else:
            assert (mention.kind, mention.slugs) == ("ambiguous", several), row["place"]


def test_a_place_in_several_gemeenten_lies_in_known_ones(gazetteer: Gazetteer) -> None:
    for row in AMBIGUOUS.values():
        assert set(row["gemeenten"]) <= gazetteer.gemeenten.keys()
        assert row["likely"] in (None, "elsewhere", *row["gemeenten"])


def test_places_outside_twente_are_known(gazetteer: Gazetteer) -> None:
    for row in RAW["elsewhere"]["outside"]:
        mention = gazetteer.find(f"ik woon in {row['place']}")[0]
        assert (mention.kind, mention.elsewhere) == ("outside", row["gemeente"]), row["place"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nijverdal", [("hellendoorn",)]),
        ("ik woon in NIJVERDAL.", [("hellendoorn",)]),
        ("gemeente hof van twente", [("hof-van-twente",)]),
        ("hof-van-twente", [("hof-van-twente",)]),
        ("Rijssen Holten", [("rijssen-holten",)]),
        ("van Enschede naar Hengelo", [("enschede",), ("hengelo",)]),
        ("de Enschedese markt", [("enschede",)]),
        ("wat zijn de Hengelos regels", [("hengelo",)]),
        ("enschde", [("enschede",)]),
        ("ik woon in Haaxbergen", [("haaksbergen",)]),
        ("mijn huur is te hoog", []),
        ("", []),
    ],
)
def test_finding(gazetteer: Gazetteer, text: str, expected: list[tuple[str, ...]]) -> None:
    assert _slugs(gazetteer, text) == expected


@pytest.mark.parametrize("word", RAW["elsewhere"]["common_words"])
def test_a_kern_that_is_also_a_word_needs_its_context(gazetteer: Gazetteer, word: str) -> None:
    names = {gemeente.name for gemeente in gazetteer.gemeenten.values()}
    assert len(gazetteer.find(f"ik woon in {word}")) >= 1
    if word not in names:
        assert gazetteer.find(f"geld {word.lower()} krijgen") == []


def test_a_word_of_the_glossary_is_no_misspelt_place(gazetteer: Gazetteer) -> None:
    bare = Gazetteer.load()
    assert [word for word in ("betalen", "regelen", "rekening", "uitkering") if gazetteer.find(word)] == []
    assert len(gazetteer.find("enschde")) == len(bare.find("enschde")) == 1


# Postcodes


def test_the_borders_of_every_range_lead_home(gazetteer: Gazetteer) -> None:
    for gemeente in gazetteer.gemeenten.values():
        for code in {border for both in gemeente.postcodes for border in both}:
            for text in (f"{code}", f"{code} AB", f"{code}ab", f"mijn postcode is {code}", f"ik woon in {code}"):
                found = [mention for mention in gazetteer.find(text) if gemeente.slug in mention.slugs]
                assert found, (gemeente.slug, text)


def test_a_shared_postcode_is_ambiguous(gazetteer: Gazetteer) -> None:
    for row in RAW["elsewhere"]["shared_postcodes"]:
        (mention,) = gazetteer.find(f"{row['postcode']} AB")
        assert (mention.kind, mention.slugs) == ("ambiguous", tuple(row["gemeenten"]))


@pytest.mark.parametrize(
    "text", ["7500 euro", "€ 7.500,-", "een schuld van 7500", "7500,50", "1012 AB", "17500 AB", "7500%"]
)
def test_a_number_is_not_always_a_postcode(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


# Names, and what must never happen


def test_names_for_readers(gazetteer: Gazetteer) -> None:
    assert gazetteer.name("hof-van-twente") == "Hof van Twente"
    assert gazetteer.name("regio-twente") == "Twente"
    assert gazetteer.name("landelijk") == "heel Nederland"
    with pytest.raises(UnknownScopeError, match="Kies uit: almelo"):
        gazetteer.name("amsterdam")


@given(text=st.text(max_size=80))
def test_any_text_may_be_searched(text: str) -> None:
    mentions = _SHARED.find(text)
    assert [mention.start for mention in mentions] == sorted(mention.start for mention in mentions)
    assert {slug for mention in mentions for slug in mention.slugs} <= _SHARED.gemeenten.keys()


@given(
    st.sampled_from(["Nijverdal", "Enschede", "Losser", "Hof van Twente", "Goor"]),
    st.text(alphabet=" .,!?\n", min_size=1, max_size=5),
)
def test_punctuation_around_a_place_does_not_matter(place: str, around: str) -> None:
    assert len(_SHARED.find(f"ik woon in{around}in {place}{around}")) == 1


_SHARED = Gazetteer.load()


@pytest.mark.parametrize("text", ["", "gemeenten: 3", "gemeenten: [{slug: a}]", "[x", "gemeenten: [{}]"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "gemeenten.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"gemeenten\.yaml"):
        load_gemeenten(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gemeenten\.yaml"):
        load_gemeenten(tmp_path)
