"""Step 5: what someone says goes before the conversation, and that goes before the website."""

import pytest

from assistant.steps.resolve_gemeente import ResolveGemeente, scopes_for
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Message, Turn
from knowledge.gemeenten import Gazetteer
from tests.assistant.builders import build_turn

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
