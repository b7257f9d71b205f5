"""Settings of the ingest layer, read from the environment (`SAM_…`) when asked, never at import."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class IngestSettings(BaseSettings):
    """How Sam visits websites; every field is described in `docs/instellingen.md`.

    `crawl_contact` is the address in the User-Agent, where the owner of a website can ask about Sam.
    """

    model_config = SettingsConfigDict(env_prefix="SAM_", extra="ignore")

    crawl_contact: str = "https://twentsekoers.nl/"
    crawl_delay: float = 1.0
    crawl_allow_private: bool = False
