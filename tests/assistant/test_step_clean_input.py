"""Step 2: what cannot be read is blocked with advice; what can is cleaned and masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.steps.clean_input import CleanInput
from assistant.texts import Texts
from assistant.types import Answer, AnswerStatus, Turn
from tests.assistant.builders import build_turn

LONGEST = 2_000
STEP = CleanInput(Texts.load(), LONGEST)


def cleaned(text: str) -> Turn:
    outcome = STEP(build_turn(text))
    assert isinstance(outcome, Turn), outcome
    return outcome


def blocked(text: str) -> Answer:
    outcome = STEP(build_turn(text))
    assert isinstance(outcome, Answer), outcome
    assert outcome.status is AnswerStatus.BLOCKED_INPUT
    return outcome


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b\u200b", "\u00ad", "<br>", "<p></p>", "\x00\x01"])
def test_nothing_to_read(text: str) -> None:
    assert blocked(text).text == Texts.load().get("blocked_empty")


@pytest.mark.parametrize("text", ["?", "!!!", "...", "😀😀", "-_-", "€ %", "(){}[]"])
def test_only_symbols(text: str) -> None:
    assert blocked(text).text == Texts.load().get("blocked_symbols")


@pytest.mark.parametrize("length", [LONGEST + 1, 10_000, 1_000_000])
def test_far_too_long_says_how_long_it_may_be(length: int) -> None:
    assert "2.000" in blocked("a" * length).text


def test_exactly_long_enough() -> None:
    assert len(cleaned("a" * LONGEST).text) == LONGEST


def test_white_space_does_not_count_for_the_length() -> None:
    assert cleaned("hulp" + " " * 10_000 + "nodig").text == "hulp nodig"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Mijn   wasmachine\n\nis kapot ", "Mijn wasmachine is kapot"),
        ("Mijn\u00a0wasmachine\u200b is kapot", "Mijn wasmachine is kapot"),
        ("Mijn wasmachine\x07 is\x00 kapot", "Mijn wasmachine is kapot"),
        ("<b>Mijn</b> wasmachine <script>is</script> kapot", "Mijn wasmachine is kapot"),
        ("Mijn wasmachine is kapot<img src=x onerror=alert(1)>", "Mijn wasmachine is kapot"),
        ("5 < 6 en 7 > 3", "5 < 6 en 7 > 3"),
        ("e\u0301e\u0301n", "één"),
        ("\u202eMijn wasmachine is kapot\u202c", "Mijn wasmachine is kapot"),
    ],
)
def test_what_is_kept(typed: str, read: str) -> None:
    assert cleaned(typed).text.replace("  ", " ") == read


def test_personal_data_is_masked_and_the_turn_says_so() -> None:
    turn = cleaned("Mijn BSN is 111222333 en ik heb schulden")
    assert turn.masked
    assert "111222333" not in turn.text
    assert "111222333" not in turn.standalone
    assert "schulden" in turn.standalone


def test_without_personal_data_nothing_is_said_to_be_masked() -> None:
    assert not cleaned("Ik heb schulden").masked


@given(st.text(max_size=300))
def test_any_text_is_read_or_blocked(text: str) -> None:
    outcome = STEP(build_turn(text))
    if isinstance(outcome, Turn):
        assert outcome.text == " ".join(outcome.text.split())
        assert any(char.isalnum() for char in outcome.text)
    else:
        assert outcome.status is AnswerStatus.BLOCKED_INPUT
        assert outcome.text


@pytest.mark.parametrize("text", ["a", "5", "schuld", "ё", "ب", "中"])
def test_one_letter_of_any_script_is_enough(text: str) -> None:
    assert cleaned(text).text == text
