"""Real texts, help lines and places; no index needed."""

import pytest

from assistant.texts import Texts
from knowledge.gemeenten import Gazetteer
from knowledge.gloss import load_glossary
from knowledge.signposts import Signpost, load_signposts


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()


@pytest.fixture(scope="session")
def signposts() -> dict[str, Signpost]:
    return load_signposts()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(vocabulary=load_glossary())
