"""A text is most like the class of examples whose words it uses."""

import pytest

from knowledge.likeness import ExampleModel

EXAMPLES = {
    "water": ["het water is afgesloten", "geen water uit de kraan", "ons water is dicht"],
    "eten": ["geen eten in huis", "de kinderen hebben honger", "niks te eten"],
    "geen": [
        "hoe bespaar ik op water",
        "wat kost water",
        "gezond eten voor weinig geld",
        "waar is het loket",
        "een bril",
    ],
}


@pytest.fixture(scope="module")
def model() -> ExampleModel:
    return ExampleModel(EXAMPLES, "geen")


@pytest.mark.parametrize(
    ("text", "kind"), [("ons water is afgesloten", "water"), ("mijn kinderen hebben niks te eten", "eten")]
)
def test_the_likeliest_class_uses_the_same_words(model: ExampleModel, text: str, kind: str) -> None:
    odds = model.odds(text)
    assert max(odds, key=lambda name: odds[name]) == kind
    assert odds[kind] > 0


def test_a_text_like_the_neutral_examples_has_odds_below_zero(model: ExampleModel) -> None:
    assert max(model.odds("wat kost een bril").values()) < 0


@pytest.mark.parametrize("text", ["", "xyzzy plugh"])
def test_without_known_words_only_the_number_of_examples_counts(model: ExampleModel, text: str) -> None:
    assert model.odds(text) == model.odds("")
    assert set(model.odds(text)) == {"water", "eten"}


def test_the_neutral_class_needs_examples() -> None:
    with pytest.raises(ValueError, match="geen"):
        ExampleModel({"water": ["het water is afgesloten"]}, "geen")
