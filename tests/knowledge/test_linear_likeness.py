"""Likeness to examples: what was learned holds for other words, for one sentence of many, and in a file."""

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.linear_likeness import LinearLikeness, learn

EXAMPLES = [
    ("kat", "de kat spint op de bank"),
    ("kat", "onze kat slaapt de hele dag"),
    ("kat", "een kater miauwt bij de deur"),
    ("hond", "de hond blaft naar de post"),
    ("hond", "onze hond kwispelt en blaft"),
    ("hond", "een blaffende hond bij de deur"),
    ("geen", "de fiets staat bij de deur"),
    ("geen", "de post komt elke dag"),
    ("geen", "onze bank is stuk"),
    ("geen", "ik betaal de huur elke maand"),
]


@pytest.fixture(scope="module")
def model() -> LinearLikeness:
    return learn(EXAMPLES, neutral="geen", weights=[1.0] * len(EXAMPLES), learned_from="deze")


@pytest.mark.parametrize(
    ("text", "name"),
    [("mijn kat spint", "kat"), ("die hont blaft", "hond"), ("blaffende honden", "hond")],
)
def test_other_words_and_misspellings_are_still_like_the_examples(model: LinearLikeness, text: str, name: str) -> None:
    odds, found = model.judge(text)
    assert odds > 0
    assert found == name


@pytest.mark.parametrize("text", ["ik betaal elke maand de huur", "de fiets is stuk"])
def test_what_is_like_the_neutral_examples_is_not(model: LinearLikeness, text: str) -> None:
    assert model.judge(text)[0] < 0


def test_one_sentence_of_many_counts_as_much_as_alone(model: LinearLikeness) -> None:
    sentence = "onze hond blaft en kwispelt " * 8
    around = "ik betaal de huur elke maand " * 20
    assert model.judge(around)[0] < 0
    odds, found = model.judge(f"{around}{sentence}{around}")
    assert odds > 0
    assert found == "hond"


def test_nothing_known_is_judged_without_error(model: LinearLikeness) -> None:
    assert model.judge("")[0] == model.judge("")[0]
    assert isinstance(model.judge("qqq")[1], str)


def test_an_example_that_matters_more_is_judged_more_like_itself() -> None:
    text = "de kat van de buren is een fiets"
    odds = []
    for weight in (0.1, 20.0):
        weights = [1.0] * len(EXAMPLES) + [weight]
        model = learn([*EXAMPLES, ("geen", text)], neutral="geen", weights=weights, learned_from="deze")
        odds.append(model.judge(text)[0])
    assert odds[1] < odds[0]


@pytest.mark.parametrize("more", [[], [("vis", "de vis zwemt in de kom"), ("vis", "een goudvis in het water")]])
def test_every_class_is_told_apart(more: list[tuple[str, str]]) -> None:
    examples = [*EXAMPLES, *more]
    model = learn(examples, neutral="geen", weights=[1.0] * len(examples), learned_from="deze")
    assert [model.judge(text)[1] for name, text in examples if name != "geen"] == [
        n for n, _ in examples if n != "geen"
    ]


def test_what_was_learned_is_kept_in_a_file(model: LinearLikeness, tmp_path: Path) -> None:
    path = tmp_path / "geleerd.npz"
    model.save(path)
    again = LinearLikeness.load(path)
    assert again.learned_from == "deze"
    assert again.classes == ("hond", "kat")
    for _, text in EXAMPLES:
        assert again.judge(text)[0] == pytest.approx(model.judge(text)[0], abs=0.05)
        assert again.judge(text)[1] == model.judge(text)[1]


@pytest.mark.parametrize("content", [None, b"", b"geen archief"])
def test_a_missing_or_broken_file_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "geleerd.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ContentError, match=r"geleerd\.npz"):
        LinearLikeness.load(path)
