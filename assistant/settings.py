"""Settings of the assistant, on top of those of the knowledge layer."""

from pydantic import Field

from knowledge.settings import KnowledgeSettings


class Settings(KnowledgeSettings):
    """Everything `SAM_…` that the assistant, the site and the commands read."""

    max_question_characters: int = Field(default=2_000, ge=100)
    old_after_months: int = Field(default=18, ge=1)
