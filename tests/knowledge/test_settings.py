"""Settings come from `SAM_…` when asked, never at import."""

from pathlib import Path

import pytest

from knowledge.settings import BUNDLED_EMBEDDER, KnowledgeSettings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KnowledgeSettings.model_fields:
        monkeypatch.delenv(f"SAM_{name.upper()}", raising=False)


def test_defaults_work_without_any_setting() -> None:
    settings = KnowledgeSettings()
    assert settings.data_dir.name == "sam"
    assert settings.data_dir.is_absolute()
    assert settings.embedding_model == BUNDLED_EMBEDDER
    assert (settings.embedding_language, settings.chroma_url) == ("", "")


def test_the_environment_is_read_when_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SAM_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("DATA_DIR", "/elsewhere")
    first = KnowledgeSettings()
    assert (first.data_dir, first.embedding_model) == (tmp_path, "hash")
    monkeypatch.setenv("SAM_EMBEDDING_MODEL", "other")
    assert KnowledgeSettings().embedding_model == "other"


def test_settings_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAM_SOMETHING_ELSE", "1")
    assert KnowledgeSettings() == KnowledgeSettings()


def test_another_data_folder(tmp_path: Path) -> None:
    settings = KnowledgeSettings(chroma_url="http://127.0.0.1:8001")
    assert settings.with_data_dir(None) is settings
    moved = settings.with_data_dir(tmp_path)
    assert (moved.data_dir, moved.chroma_url) == (tmp_path, settings.chroma_url)
