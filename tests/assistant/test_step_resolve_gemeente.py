"""Step 5: what someone says goes before the conversation, and that goes before the website."""

import json
import re
import time
from pathlib import Path

import pytest

import evals
from assistant.checks.places.roles import PlaceRoles, Role, load_place_roles
from assistant.errors import TextsError
from assistant.steps.resolve_gemeente import Resolution, ResolveGemeente, scopes_for
from assistant.texts import FOLDER, Texts, load_yaml
from assistant.types import Answer, AnswerStatus, Message, Turn
from knowledge.gemeenten import Gazetteer
from knowledge.text import fold
from tests.assistant.builders import build_turn

DATASET = Path(evals.__file__).parent / "datasets" / "gemeenten.ontwikkel.jsonl"
RULES = load_yaml(FOLDER / "plaatsen.yaml")

TOPICS = (("bijstand", 0.9),)


@pytest.fixture(scope="module")
def step(texts: Texts, gazetteer: Gazetteer) -> ResolveGemeente:
    return ResolveGemeente(texts, gazetteer, lambda topic: 14 if topic == "bijstand" else 0)


def said(text: str) -> tuple[Message, ...]:
    return (Message(role="gebruiker", text=text), Message(role="sam", text="Ik woon zelf in Almelo."))


def settled(step: ResolveGemeente, text: str, *, website: str | None = None, earlier: str | None = None) -> Turn:
    history = said(earlier) if earlier else ()
    outcome = step(build_turn(text, website=website, history=history, topics=TOPICS))
    assert isinstance(outcome, Turn), outcome
    return outcome


def asked(step: ResolveGemeente, text: str, **values: object) -> Answer:
    outcome = step(build_turn(text, **({"topics": TOPICS} | values)))
    assert isinstance(outcome, Answer), outcome
    assert outcome.status is AnswerStatus.CLARIFICATION_GEMEENTE
    return outcome


@pytest.mark.parametrize(
    ("text", "earlier", "website", "gemeente", "origin"),
    [
        ("bijstand in Enschede", "ik woon in Borne", "losser", "enschede", "text"),
        ("bijstand in Enschede", None, "losser", "enschede", "text"),
        ("hoe vraag ik bijstand aan", "ik woon in Borne", "losser", "borne", "conversation"),
        ("hoe vraag ik bijstand aan", "ik heb schulden", "losser", "losser", "website"),
        ("hoe vraag ik bijstand aan", None, "losser", "losser", "website"),
    ],
)
def test_text_then_conversation_then_website(
    step: ResolveGemeente, text: str, earlier: str | None, website: str, gemeente: str, origin: str
) -> None:
    turn = settled(step, text, website=website, earlier=earlier)
    assert (turn.gemeente, turn.gemeente_from) == (gemeente, origin)


def test_the_last_place_in_the_conversation_counts(step: ResolveGemeente) -> None:
    history = (*said("ik woon in Borne"), *said("nee, in Wierden"))
    outcome = step(build_turn("hoe vraag ik bijstand aan", history=history, topics=TOPICS))
    assert isinstance(outcome, Turn)
    assert outcome.gemeente == "wierden"


def test_what_sam_says_does_not_count(step: ResolveGemeente) -> None:
    assert settled(step, "bijstand", website="losser", earlier="ik heb schulden").gemeente == "losser"


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("ik woon in Nijverdal", "hellendoorn"),
        ("Ik woon in Glanerbrug", "enschede"),
        ("wij wonen in Goor", "hof-van-twente"),
        ("bijstand in vriezenveen", "twenterand"),
        ("ik kom uit Rijssen", "rijssen-holten"),
        ("mijn postcode is 7511 AB", "enschede"),
        ("ik woon in Enschdee", "enschede"),
        ("IK WOON IN OLDENZAAL", "oldenzaal"),
        ("gemeente Hof van Twente", "hof-van-twente"),
        ("in Hengelo", "hengelo"),
    ],
)
def test_villages_postcodes_and_typos(step: ResolveGemeente, text: str, gemeente: str) -> None:
    assert settled(step, text, website="tubbergen").gemeente == gemeente


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("Ik ben van Hengelo naar Borne verhuisd", "borne"),
        ("ik ben verhuisd van Almelo naar Wierden", "wierden"),
        ("Ik verhuis van Enschede naar Hengelo", "hengelo"),
        ("ik woonde in Goor en woon nu in Rijssen", "rijssen-holten"),
    ],
)
def test_who_moved_lives_where_they_went(step: ResolveGemeente, text: str, gemeente: str) -> None:
    assert settled(step, text).gemeente == gemeente


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("Ik werk in Hengelo en woon in Borne", "borne"),
        ("Mijn vrouw ligt in het ziekenhuis in Hengelo. Wie betaalt de reis?", "losser"),
        ("Ik woon vlakbij Oldenzaal, in Denekamp", "dinkelland"),
        ("Mijn dochter zit op school in Enschede", "losser"),
        ("Nu Wierden dit niet meer doet, waar kan ik dan heen?", "losser"),
        ("Ik woon en werk in Enschede", "enschede"),
        ("Werk en inkomen in Hengelo", "hengelo"),
    ],
)
def test_a_place_named_for_something_else_is_not_home(step: ResolveGemeente, text: str, gemeente: str) -> None:
    assert settled(step, text, website="losser").gemeente == gemeente


@pytest.mark.parametrize(
    ("place", "choices"), [("Haarle", ["Hellendoorn", "Tubbergen"]), ("Piksen", ["Hellendoorn", "Wierden"])]
)
def test_a_place_in_two_gemeenten_is_asked_about(step: ResolveGemeente, place: str, choices: list[str]) -> None:
    answer = asked(step, f"ik woon in {place}")
    assert place in answer.text
    assert [choice.label for choice in answer.choices[:-1]] == choices


def test_the_website_settles_a_place_in_two_gemeenten(step: ResolveGemeente) -> None:
    assert settled(step, "ik woon in Haarle", website="tubbergen").gemeente == "tubbergen"


@pytest.mark.parametrize(
    "text", ["ik woon in Deventer", "ik kom uit Apeldoorn", "bijstand in Zwolle", "ik woon in Hardenberg"]
)
def test_outside_twente_no_gemeente_is_taken(step: ResolveGemeente, text: str) -> None:
    turn = settled(step, text, website="almelo")
    assert turn.gemeente is None
    assert turn.notes["outside"]


def test_it_asks_when_the_answer_depends_on_it(step: ResolveGemeente, gazetteer: Gazetteer) -> None:
    answer = asked(step, "hoe vraag ik bijstand aan")
    assert [choice.label for choice in answer.choices[:-1]] == [g.name for g in gazetteer.gemeenten.values()]
    assert len(answer.choices) == 15


@pytest.mark.parametrize("topics", [(("toeslagen", 0.9),), ()])
def test_it_does_not_ask_when_it_does_not_matter(step: ResolveGemeente, topics: tuple[tuple[str, float], ...]) -> None:
    outcome = step(build_turn("hoe werkt zorgtoeslag", topics=topics))
    assert isinstance(outcome, Turn)
    assert outcome.gemeente is None


def test_every_choice_leads_to_its_gemeente(step: ResolveGemeente, gazetteer: Gazetteer) -> None:
    for choice, slug in zip(asked(step, "bijstand").choices, gazetteer.gemeenten, strict=False):
        assert settled(step, choice.value).gemeente == slug


@pytest.mark.parametrize(
    ("gemeente", "scopes"),
    [
        ("enschede", ("enschede", "regio-twente", "landelijk")),
        (None, ("regio-twente", "landelijk")),
        ("landelijk", ("regio-twente", "landelijk")),
        ("regio-twente", ("regio-twente", "landelijk")),
    ],
)
def test_scopes_are_the_own_gemeente_and_wider(gemeente: str | None, scopes: tuple[str, ...]) -> None:
    assert scopes_for(gemeente) == scopes


# Which gemeente the answer is for, told in the answer


@pytest.mark.parametrize(
    ("text", "website", "earlier", "says"),
    [
        ("bijstand in Enschede", "losser", None, True),
        ("hoe vraag ik bijstand aan", "losser", "ik woon in Borne", True),
        ("bijstand in Losser", "losser", None, False),
        ("hoe vraag ik bijstand aan", "losser", None, False),
        ("bijstand in Enschede", None, None, False),
    ],
)
def test_an_answer_for_another_gemeente_than_the_site_says_so(
    step: ResolveGemeente, text: str, website: str | None, earlier: str | None, says: bool
) -> None:
    assert settled(step, text, website=website, earlier=earlier).notes.get("says_gemeente") == ("ja" if says else None)


# When Sam does not ask


@pytest.mark.parametrize("text", ["hoe vraag ik bijstand aan", "ik woon in Haarle"])
@pytest.mark.parametrize("values", [{"emergency": "ontruiming"}, {"notes": {"emergency": "ontruiming"}}])
def test_in_an_emergency_nothing_is_asked(step: ResolveGemeente, text: str, values: dict[str, object]) -> None:
    outcome = step(build_turn(text, topics=TOPICS, **values))
    assert isinstance(outcome, Turn)
    assert outcome.gemeente is None


@pytest.mark.parametrize(
    "reply", ["weet ik niet", "doet er niet toe", "waarom wilt u dat weten?", "bij Almelo in de buurt"]
)
def test_the_same_question_is_not_asked_twice_in_a_row(step: ResolveGemeente, texts: Texts, reply: str) -> None:
    question = Message(role="sam", text=texts.get("clarification_gemeente"))
    history = (Message(role="gebruiker", text="bijstand"), question)
    outcome = step(build_turn(reply, history=history, topics=TOPICS))
    assert isinstance(outcome, Turn)
    assert outcome.gemeente is None


def test_which_of_two_is_not_asked_twice_in_a_row(step: ResolveGemeente, texts: Texts) -> None:
    question = texts.get("clarification_gemeente_ambiguous", place="Haarle")
    history = (Message(role="gebruiker", text="ik woon in Haarle"), Message(role="sam", text=question))
    assert isinstance(step(build_turn("weet ik niet", history=history, topics=TOPICS)), Turn)
    assert step.resolve("die bij Nijverdal", history, None).gemeente == "hellendoorn"
    later = (*history, *said("die bij Nijverdal"))
    assert step.resolve("en hoeveel is dat", later, None).gemeente == "hellendoorn"


def test_someone_who_lives_elsewhere_is_outside(step: ResolveGemeente, texts: Texts) -> None:
    history = (Message(role="sam", text=texts.get("clarification_gemeente")),)
    assert step.resolve("ergens anders", history, "almelo").outside
    assert step.resolve("ergens anders", (), "almelo") == Resolution(gemeente="almelo", origin="website")


# Roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("ik woon in Losser maar werk in Enschede", [Role.HOME, Role.BESIDE]),
        ("verhuisd van Hengelo naar Borne", [Role.FORMER, Role.HOME]),
        ("ik wil verhuizen naar Borne", [Role.LATER]),
        ("mijn moeder in Almelo heeft schulden", [Role.RELATIVE]),
        ("een cliënt uit Rijssen", [Role.CLIENT]),
        ("niet Almelo maar Wierden", [Role.NOT, Role.NAMED]),
        ("hoe zit het in Hengelo", [Role.ASKED]),
        ("ik kom uit Goor", [Role.ORIGIN]),
        ("de voedselbank Almelo", [Role.WEAK]),
        ("ik werk in Hengelo en Enschede", [Role.BESIDE, Role.BESIDE]),
        ("bijstand in Almelo", [Role.NAMED]),
    ],
)
def test_what_a_place_is_named_for(gazetteer: Gazetteer, text: str, roles: list[Role]) -> None:
    assert [placed.role for placed in load_place_roles().of(text, gazetteer.find(text))] == roles


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("Mijn zus in Borne zei dat er een potje is, ik woon zelf in Wierden", "wierden"),
        ("ik woon in Losser, mijn dochter in Enschede kan haar huur niet betalen, waar kan zij heen", "enschede"),
        ("ik woon in Rijssen, mijn zoon in Utrecht heeft schulden", "rijssen-holten"),
        ("ik woon in zwolle, mijn moeder in almelo heeft schulden", "almelo"),
    ],
)
def test_who_is_helped_counts_and_who_only_told_does_not(step: ResolveGemeente, text: str, gemeente: str) -> None:
    assert step.resolve(text, (), None).gemeente == gemeente


def test_two_gemeenten_with_nothing_to_choose_by_are_asked_about(step: ResolveGemeente) -> None:
    found = step.resolve("is de toeslag in Hengelo hoger dan in Borne", (), None)
    assert found.ambiguous == ("hengelo", "borne")
    assert step.resolve("is de toeslag in Hengelo hoger dan in Borne", (), "borne").gemeente == "borne"


@pytest.mark.parametrize("place", ["twente", "overijssel"])
def test_a_region_is_no_gemeente(step: ResolveGemeente, place: str) -> None:
    assert step.resolve(f"ik woon in {place}", (), None) == Resolution()
    assert step.resolve(f"ik woon in {place}", (), "losser").gemeente == "losser"


# In a conversation

MOTHER = said("mijn moeder in Almelo heeft schulden, waar kan ze heen")


@pytest.mark.parametrize(
    ("text", "gemeente"),
    [
        ("kan ze ook kwijtschelding krijgen", "almelo"),
        ("en voor mij zelf?", "wierden"),
        ("en hoe is dat hier bij ons", "wierden"),
        ("nee, in Borne", "borne"),
        ("dat is niet mijn gemeente", None),
    ],
)
def test_for_whom_the_conversation_goes_on(step: ResolveGemeente, text: str, gemeente: str | None) -> None:
    assert step.resolve(text, MOTHER, "wierden").gemeente == gemeente


def test_the_conversation_comes_back_to_somebody(step: ResolveGemeente) -> None:
    history = (*MOTHER, *said("ik woon zelf in Enschede en mijn koelkast is stuk"))
    assert step.resolve("nog even over mijn moeder, waar moet zij heen", history, None).gemeente == "almelo"
    assert step.resolve("en hoeveel is dat", history, None).gemeente == "enschede"


@pytest.mark.parametrize("text", ["ik woon niet in Almelo", "ik ben vertrokken uit Almelo"])
def test_a_gemeente_that_is_denied_no_longer_counts(step: ResolveGemeente, text: str) -> None:
    assert step.resolve(text, said("ik woon in Almelo"), "almelo") == Resolution()


def test_what_was_denied_stays_denied(step: ResolveGemeente) -> None:
    history = (*said("ik woon in Almelo"), *said("nee, ik woon niet in Almelo"), *said("hallo"))
    assert step.resolve("hoe vraag ik bijstand aan", history, "almelo") == Resolution()


# The data


def test_every_rule_and_signal_is_for_folded_text() -> None:
    patterns = [pattern for rule in RULES["rules"] for name, pattern in rule.items() if name != "rol"]
    bare = [re.sub(r"\\[A-Z]", "", pattern) for pattern in (*patterns, *RULES["signals"].values())]
    assert [pattern for pattern in bare if fold(pattern) != pattern] == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NAMED])
def test_every_role_has_a_rule(role: Role) -> None:
    assert any(rule["rol"] == role for rule in RULES["rules"])


@pytest.mark.parametrize(
    "broken",
    [
        {"rules": [{"rol": "wonen", "voor": "("}]},
        {"rules": [{"rol": "onbekend"}]},
        {"rules": [{"rol": "wonen", "achter": "x"}]},
        {"rules": [{"rol": "wonen", "voor": "<geenlijst>"}]},
        {"words": None},
    ],
)
def test_broken_rules_are_named(broken: dict[str, object]) -> None:
    with pytest.raises(TextsError, match=r"plaatsen\.yaml"):
        PlaceRoles({**RULES, **broken})


def _outcome(found: Resolution) -> str:
    return found.gemeente or ("buiten" if found.outside else "vraag" if found.ambiguous else "onbekend")


def test_the_development_questions_lead_to_their_gemeente(step: ResolveGemeente, gazetteer: Gazetteer) -> None:
    rows = [json.loads(line) for line in DATASET.read_text(encoding="utf-8").splitlines()]
    missed: list[tuple[str, str, str]] = []
    wrong: list[tuple[str, str, str]] = []
    for row in rows:
        history = tuple(Message(role=turn["rol"], text=turn["tekst"]) for turn in row["historie"])
        got = _outcome(step.resolve(row["vraag"], history, row["gemeente"]))
        if got != row["verwacht"]:
            (wrong if got in gazetteer.gemeenten else missed).append((row["id"], got, row["verwacht"]))
    assert wrong == []
    assert len(missed) <= 0.02 * len(rows), missed


@pytest.mark.parametrize("part", ["ik woon in ", "mijn moeder ", "naar ", "mevrouw ", "niet meer ", "a", "in 7511 "])
def test_a_long_text_takes_no_long_time(step: ResolveGemeente, part: str) -> None:
    text = (part * 4000)[:3980] + " in Enschede"
    start = time.perf_counter()
    step.resolve(text, (), None)
    assert time.perf_counter() - start < 1.0
