"""The words of a sentence that carry a fact, and the names in it, are those of its evidence."""

import pytest

from assistant.checks.grounding import check_grounding
from assistant.checks.grounding.lexicon import is_said, listed, read_word, roots_of, rules, same_wording

PLACES = ("Almelo", "Borne", "Enschede", "Hof van Twente", "Losser", "Oldenzaal", "Rijssen-Holten", "Wierden")
BODIES = ("Stadsbank Oost Nederland", "Werk en Inkomen (gemeente Hengelo)", "Viverion", "Welbions")
FUND = "Het fonds betaalt in Borne de contributie van uw kind en spullen voor school."


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Het fonds betaalt spullen voor school en de contributie van uw kind.", True),
        ("Heeft uw kind schoolspullen nodig? Het fonds helpt daarmee.", True),
        ("Voor schoolspullen en contributie kunt u in Borne bij het fonds terecht.", True),
        ("Het fonds vergoedt in Borne de contributie van uw kinderen.", True),
        ("Het fonds betaalt in Borne de laptop van uw kind.", False),
        ("Het fonds betaalt in Borne de contributie van uw ouders.", False),
        ("De bibliotheek betaalt in Borne de contributie van uw kind.", False),
        ("Het fonds betaalt in Borne de contributie van uw kind als u werkloos bent.", False),
        ("Het fonds betaalt in Borne de zorgpremie van uw kind en spullen voor school.", False),
    ],
)
def test_words_that_carry_a_fact_need_support(sentence: str, right: bool) -> None:
    outcome = check_grounding(sentence, [FUND], PLACES)
    assert outcome.passed is right, outcome.reasons


@pytest.mark.parametrize(
    "sentence",
    [
        "U kunt bellen.",
        "Vraag het na bij de gemeente.",
        "U kunt een aanvraag doen.",
        "Lukt het niet? Vraag dan om hulp.",
        "Neem gerust contact op als u nog iets wilt weten.",
    ],
)
def test_words_of_help_need_none(sentence: str) -> None:
    evidence = "De gemeente helpt u aan de telefoon als aanvragen niet lukt."
    assert check_grounding(sentence, [evidence]).reasons == ()


@pytest.mark.parametrize(
    ("word", "evidence"),
    [
        ("huurachterstand", "achterstand huur"),
        ("inkomenstoeslag", "toeslag inkomen"),
        ("toeslag", "inkomenstoeslag"),
        ("betaald", "betalen"),
        ("kleren", "kleding"),
        ("senioren", "ouderen"),
        ("inkomensgrens", "inkomen"),
        ("wasmachines", "wasmachine"),
    ],
)
def test_forms_synonyms_and_parts_say_the_same(word: str, evidence: str) -> None:
    assert is_said(read_word(word), roots_of(read_word(other) for other in evidence.split()))


@pytest.mark.parametrize(
    ("word", "evidence"),
    [("huurtoeslag", "zorgtoeslag"), ("fiets", "laptop"), ("zorg", "huur toeslag"), ("kinderbijslag", "bijstand")],
)
def test_siblings_do_not_say_the_same(word: str, evidence: str) -> None:
    assert not is_said(read_word(word), roots_of(read_word(other) for other in evidence.split()))


@pytest.mark.parametrize(
    ("sentence", "evidence", "right"),
    [
        ("De Almelose regeling helpt u.", "De regeling helpt u in Almelo.", True),
        ("De Bornse regeling helpt u.", "De regeling helpt u in Borne.", True),
        ("De Oldenzaalse regeling helpt u.", "De regeling helpt u in Oldenzaal.", True),
        ("Wierdenaren kunnen de regeling vragen.", "Inwoners van Wierden kunnen de regeling vragen.", True),
        ("Dit geldt in Rijssen-Holten.", "Dit geldt in Rijssen-Holten.", True),
        ("De Bornse regeling helpt u.", "De regeling helpt u in Losser.", False),
        ("Dit geldt in Hof van Twente.", "Dit geldt in Twente.", False),
        ("Borne helpt u met de regeling.", "Losser helpt u met de regeling.", False),
        ("Dit geldt in Zwolle.", "Dit geldt in Borne.", False),
        ("Dit geldt in heel Nederland.", "Deze regel is landelijk.", True),
        ("Twentse gemeenten doen mee.", "De gemeenten in Twente doen mee.", True),
    ],
)
def test_places(sentence: str, evidence: str, right: bool) -> None:
    outcome = check_grounding(sentence, [evidence], PLACES)
    assert outcome.passed is right, outcome.reasons


@pytest.mark.parametrize(
    ("sentence", "evidence", "right"),
    [
        ("De Stadsbank helpt u.", "De Stadsbank Oost Nederland helpt u.", True),
        ("De stadsbank oost nederland helpt u.", "De gemeente helpt u.", False),
        ("Werk en Inkomen helpt u.", "De gemeente helpt u aan werk en inkomen.", True),
        ("Welbions zoekt met u een oplossing.", "Viverion zoekt met u een oplossing.", False),
        ("U belt met SWTD.", "U belt met Stichting Welzijn Tubbergen Dinkelland.", True),
        ("U belt met Humanitas.", "U belt met Stichting Leergeld.", False),
        ("U vraagt het aan met DigiD.", "U vraagt het aan op papier.", False),
        ("Het UWV vraagt toeslag terug.", "Dienst Toeslagen vraagt toeslag terug.", False),
    ],
)
def test_bodies_and_other_names(sentence: str, evidence: str, right: bool) -> None:
    outcome = check_grounding(sentence, [evidence], PLACES, BODIES)
    assert outcome.passed is right, outcome.reasons


# The lists


def test_no_word_is_listed_twice_with_another_weight() -> None:
    kinds = ("light", "light_exact", "soft_verbs", "soft")
    found = {key: listed(key) for key in kinds}
    assert {(a, b): found[a] & found[b] for a in kinds for b in kinds if a < b and found[a] & found[b]} == {}


@pytest.mark.parametrize("key", ["hard_glosses", "soft_glosses"])
def test_glosses_are_those_of_the_glossary(key: str) -> None:
    from knowledge.gloss import load_glossary

    assert {gloss.strip() for gloss in rules()[key].split(";")} - set(load_glossary().values()) == set()


def test_no_gloss_is_both_hard_and_soft() -> None:
    hard, soft = ({gloss.strip() for gloss in rules()[key].split(";")} for key in ("hard_glosses", "soft_glosses"))
    assert hard & soft == set()


def test_every_synonym_group_has_two_words_or_more() -> None:
    assert [group for group in rules()["synonyms"] if len(set(group.split())) < 2] == []


def test_turns_of_phrase_are_read_in_one_wording() -> None:
    samples = {
        "Het fonds is onbekend": "onbekend",
        "xq0qx of ouder": "vanaf xq0qx",
        "niet meer dan xq0qx": "hoogstens xq0qx",
        "meer dan xq0qx": "meerdan xq0qx",
        "we weten niet of het kan": "onbekend",
        "dat kost niets": "gratis",
    }
    for text, reads in samples.items():
        assert reads in same_wording(text), (text, same_wording(text))
