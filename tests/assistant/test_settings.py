"""Settings come from the environment when asked, with sane bounds."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SAM_{name.upper()}", raising=False)


def test_without_anything_set() -> None:
    settings = Settings()
    assert settings.max_question_characters == 2_000
    assert settings.old_after_months == 18
    assert settings.data_dir.name == "sam"
    assert settings.chroma_url == ""


def test_the_environment_is_read_at_the_moment_of_asking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SAM_OLD_AFTER_MONTHS", "6")
    monkeypatch.setenv("SAM_MAX_QUESTION_CHARACTERS", "500")
    settings = Settings()
    assert (settings.data_dir, settings.old_after_months, settings.max_question_characters) == (tmp_path, 6, 500)
    monkeypatch.setenv("SAM_OLD_AFTER_MONTHS", "7")
    assert Settings().old_after_months == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [("SAM_MAX_QUESTION_CHARACTERS", "99"), ("SAM_OLD_AFTER_MONTHS", "0"), ("SAM_OLD_AFTER_MONTHS", "veel")],
)
def test_what_cannot_be_right_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("SAM_").lower()):
        Settings()


def test_settings_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAM_SOMETHING_ELSE", "1")
    assert not hasattr(Settings(), "something_else")


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    guide = Path(__file__).parents[2] / "docs" / "instellingen.md"
    assert f"`SAM_{name.upper()}`" in guide.read_text(encoding="utf-8")
