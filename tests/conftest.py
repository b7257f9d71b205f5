"""What all tests share: no network, steady property tests, and indexes of the bundled content, built once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from assistant.composition import Assistant
from assistant.settings import Settings
from knowledge.regelingen import load_regelingen
from knowledge.types import Regeling
from tests.hash_index import BuiltIndex, IndexBuilder
from tests.network import network_guard

TODAY = date(2026, 11, 1)

hypothesis_settings.register_profile("sam", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("sam")


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test runs behind the guard, except those that say they are `live`."""
    if request.node.get_closest_marker("live"):
        yield
        return
    with network_guard():
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out `live` tests unless the marker expression names them."""
    if "live" in (config.option.markexpr or ""):
        return
    for item in items:
        if item.get_closest_marker("live"):
            item.add_marker(pytest.mark.skip(reason="talks to the outside world; ask for it with -m live"))


@pytest.fixture(scope="session")
def regelingen() -> tuple[Regeling, ...]:
    """All bundled pages."""
    return load_regelingen()


@pytest.fixture(scope="session")
def hash_index(tmp_path_factory: pytest.TempPathFactory) -> BuiltIndex:
    """An index of all bundled documents, without a model. Read only: tests that write make their own."""
    from ingest.cli import content_documents

    return IndexBuilder(tmp_path_factory.mktemp("hash-index")).build(content_documents())


@pytest.fixture
def index_builder(tmp_path: Path) -> IndexBuilder:
    """Builds indexes without a model in an own, empty folder."""
    return IndexBuilder(tmp_path / "data")


@pytest.fixture(scope="session")
def sam_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of all bundled documents, made with the bundled embedder."""
    from ingest.cli import content_documents
    from ingest.synchronise import synchronise
    from knowledge.embedding import build_embedder
    from knowledge.settings import KnowledgeSettings

    data_dir = tmp_path_factory.mktemp("sam")
    embedder = build_embedder(KnowledgeSettings(data_dir=data_dir))
    synchronise(content_documents(), data_dir=data_dir, embedder=embedder, origin="content")
    return data_dir


@pytest.fixture(scope="session")
def sam(sam_index: Path) -> Assistant:
    """The real Sam over the bundled content, on a fixed day."""
    assistant = Assistant(Settings(data_dir=sam_index), clock=lambda: TODAY)
    assistant.warm_up()
    return assistant
