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
from knowledge.place_rules import fold_in_place, key_of
from knowledge.place_spelling import PlaceSpelling, sound
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
        if likely == "elsewhere":
            assert (mention.kind, mention.slugs) == ("outside", ()), row["place"]
        elif len(several) in (0, len(gazetteer.gemeenten)):
            assert (mention.kind, mention.slugs) == ("region", ()), row["place"]
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
        assert (mention.kind, mention.elsewhere) == ("outside", row["gemeente"] or row["place"]), row["place"]


def test_further_towns_outside_twente_are_known(gazetteer: Gazetteer) -> None:
    wrong = [
        town
        for gemeente, towns in RAW["elsewhere"]["outside_towns"].items()
        for town in towns
        if [m.elsewhere for m in gazetteer.find(f"ik woon in {town}")] != [gemeente]
    ]
    assert wrong == []


def test_every_gemeente_of_the_country_is_known(gazetteer: Gazetteer) -> None:
    """342 gemeenten in 2025, of which 14 in Twente; three share their name with another place."""
    outside = {row["gemeente"] for row in RAW["elsewhere"]["outside"]} - {None}
    assert len(outside) == 342 - 14 - 1  # Bergen is two


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


@pytest.mark.parametrize("text", ["7500 euro", "€ 7.500,-", "een schuld van 7500", "7500,50", "17500 AB", "7500%"])
def test_a_number_is_not_always_a_postcode(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


@pytest.mark.parametrize("text", ["mijn postcode is 1012 AB", "1012 AB", "postcode 7411", "ik woon op 8011AA"])
def test_a_postcode_elsewhere_is_outside(gazetteer: Gazetteer, text: str) -> None:
    assert [mention.kind for mention in gazetteer.find(text)] == ["outside"]


@pytest.mark.parametrize(
    "text", ["7500 in de maand", "1750 pm", "ik heb 7600 op de bank", "van 7500 naar 9000", "1750 PM", "in 2024 en nu"]
)
def test_an_amount_with_a_word_behind_it_is_no_postcode(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


# A name is not always a place


@pytest.mark.parametrize(
    "text",
    [
        "ik wil losser met geld omgaan",
        "het gaat steeds losser",
        "we wierden boos",
        "de rekeningen wierden niet betaald",
        "alles is goor in huis",
        "druk op enter",
        "mevrouw van Hengelo belt nooit terug",
        "meneer Jansen van Delden",
        "ik ben Willem van Rossum",
        "[naam] van Wierden",
        "Hengelosestraat 12",
        "Oude Almelose weg 3",
        "ik woon aan de Laan van Driene",
        "mijn dochter Linde danst",
        "mijn huis en de dieren",
        "dit is het best",
        "schulden in bergen",
        "ik zit met putten in het dak",
        "hoge nood, heel erg",
        "borneo is ver",
        "jan hengeveld",
        "I have lesser income",
    ],
)
def test_words_surnames_and_streets_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bijstand losser", "Losser"),
        ("weet u of losser geld geeft", "Losser"),
        ("in wierden minder", "Wierden"),
        ("kwijtschelding goor", "Goor"),
        ("Goor, huur niet betaald", "Goor"),
        ("nee, in enter", "Enter"),
        ("enter", "Enter"),
        ("ik woon in best", "Best"),
        ("gemeente Epe", "Epe"),
        ("wij wonen in 't Harde", "'t Harde"),
        ("inwoner van Rijswijk", "Rijswijk"),
        ("de Hengelose regels", "Hengelo"),
        ("een echte Almeloër", "Almelo"),
        ("7607bl", "7607bl"),
    ],
)
def test_the_same_words_are_places_in_their_context(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert [mention.name for mention in gazetteer.find(text)] == [name]


def test_an_ordinary_word_is_a_place_when_it_answers_the_question(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Best") == []
    assert [mention.name for mention in gazetteer.find("Best", expected=True)] == ["Best"]


@pytest.mark.parametrize(
    "text", ["Hengelo (Gld)", "hengelo gelderland", "Hengelo, maar dan die bij Doetinchem", "Beuningen bij Nijmegen"]
)
def test_words_beside_a_name_tell_that_the_other_one_is_meant(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text)[0].kind == "outside"


def test_no_word_of_the_glossary_is_a_place_outside_by_itself(gazetteer: Gazetteer) -> None:
    assert [word for word in load_glossary() for m in gazetteer.find(word) if m.kind == "outside"] == ["schiphol"]


def test_guarded_words_are_places_that_are_known() -> None:
    known = {key_of(row["place"]) for row in (*RAW["elsewhere"]["outside"], *RAW["elsewhere"]["ambiguous"])}
    for gemeente in RAW["gemeenten"]:
        known |= {key_of(name) for name in (gemeente["name"], *gemeente["kernen"], *gemeente["misspellings"])}
    for field in ("common_words", "capital_words", "strict_words", "home_words"):
        assert {word for word in RAW["elsewhere"][field] if key_of(word) not in known} == set(), field


# Misspellings


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("enshedee", "enschede"), ("enschedeeee", "enschede"), ("hengllo", "hengelo"), ("glanerburg", "glanerbrug"),
        ("vriesenfeen", "vriezenveen"), ("haakesbergen", "haaksbergen"), ("oldezaal", "oldenzaal"),
    ],
)  # fmt: skip
def test_a_slip_is_read_as_the_name(gazetteer: Gazetteer, word: str, name: str) -> None:
    (slug,) = {mention.slugs for mention in gazetteer.find(name)}
    assert _slugs(gazetteer, f"{word} huurtoeslag") == [slug]


@pytest.mark.parametrize(
    ("text", "count"), [("zij heeft bornne", 0), ("ik woon in bornne", 1), ("ik woon in apeldorn", 1)]
)
def test_a_weak_likeness_needs_a_place_to_be_expected(gazetteer: Gazetteer, text: str, count: int) -> None:
    assert len(gazetteer.find(text)) == count


def test_a_word_between_two_names_is_neither() -> None:
    spelling = PlaceSpelling({"holten": "a", "halten": "b"}, {"holten", "halten"}, ())
    assert spelling.nearest("hilten") is None
    assert spelling.nearest("holtenn") == ("holten", True)


def test_words_that_sound_alike() -> None:
    assert sound("rijssen") == sound("reisen")
    assert sound("vriezenveen") == sound("friesenfeen")
    assert sound("borne") != sound("goor")


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


@given(text=st.text(max_size=80))
def test_a_mention_stands_where_it_says(text: str) -> None:
    padded = f"{text} in Enschede {text}"
    assert len(fold_in_place(padded)) == len(padded)
    for mention in _SHARED.find(padded):
        assert padded[mention.start : mention.end] == mention.text


def test_the_bodies_that_work_for_a_gemeente_are_named_once(gazetteer: Gazetteer) -> None:
    every = {body.name for gemeente in gazetteer.gemeenten.values() for body in gemeente.bodies}
    assert len(gazetteer.bodies) == len(every) == len(set(gazetteer.bodies))
    assert set(gazetteer.bodies) == every
    assert "Stadsbank Oost Nederland" in gazetteer.bodies


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


def test_a_broken_pattern_is_named(tmp_path: Path) -> None:
    broken = RAW | {"elsewhere": RAW["elsewhere"] | {"no_place_before": ["("]}}
    (tmp_path / "gemeenten.yaml").write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContentError, match=r"gemeenten\.yaml"):
        Gazetteer.load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gemeenten\.yaml"):
        load_gemeenten(tmp_path)
