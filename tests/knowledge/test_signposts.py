"""Emergency and help lines."""

from pathlib import Path

import pytest

from knowledge import figures
from knowledge.errors import ContentError
from knowledge.signposts import Signpost, load_signposts

KINDS = {
    "emergency", "crisis", "violence", "child", "listening", "victim",
    "fraud", "debt", "legal", "housing", "food", "mental",
}  # fmt: skip


@pytest.fixture(scope="module")
def signposts() -> dict[str, Signpost]:
    return load_signposts()


def test_the_lines_that_save_lives_are_there_with_their_number(signposts: dict[str, Signpost]) -> None:
    numbers = {
        "112": "112",
        "113": "113",
        "113-0800": "08000113",
        "veilig-thuis": "08002000",
        "kindertelefoon": "08000432",
    }
    assert {slug: figures.normalise_phone(signposts[slug].phone or "") for slug in numbers} == numbers


def test_every_line_can_be_reached_or_says_where(signposts: dict[str, Signpost]) -> None:
    for line in signposts.values():
        assert line.kind in KINDS
        assert line.audience.endswith(".")
        assert line.source.url.startswith("http")
        assert line.phone or line.url or "in de bibliotheek" in line.name, line.slug
        assert line.url is None or line.url.startswith("http")


def test_numbers_read_as_numbers_and_are_spelt_out(signposts: dict[str, Signpost]) -> None:
    for line in signposts.values():
        if line.phone:
            assert figures.phones(line.phone) == {figures.normalise_phone(line.phone)}, line.slug
            assert line.phone_text, line.slug
            assert not any(char.isdigit() for char in line.phone_text), line.slug


def test_the_paid_number_that_nobody_confirmed_is_not_shown(signposts: dict[str, Signpost]) -> None:
    assert signposts["juridisch-loket"].phone is None


@pytest.mark.parametrize("text", ["", "signposts: 3", "signposts: [{slug: x}]", "[x", "andere: []"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "signposts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"signposts\.yaml"):
        load_signposts(tmp_path)
