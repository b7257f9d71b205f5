"""A real server over the real content, and a real browser that can reach nothing else."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from assistant.composition import Assistant
from assistant.settings import Settings
from web.app import create_app

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """An index of the bundled content, made by the same code as `sam index`.

    Vectors are kept from run to run: they are named by the digest of their text, so a changed page is embedded anew.
    """
    from ingest.cli import content_documents
    from ingest.synchronise import synchronise
    from knowledge.embedding import build_embedder

    folder = tmp_path_factory.mktemp("sam")
    if pytestconfig.pluginmanager.hasplugin("cacheprovider"):
        (folder / "vectors").symlink_to(pytestconfig.cache.mkdir("sam-vectors"))
    embedder = build_embedder(Settings(data_dir=folder))
    synchronise(content_documents(), data_dir=folder, embedder=embedder, origin="content")
    return folder


@pytest.fixture(scope="session")
def site(data_dir: Path) -> Iterator[str]:
    """The address of a running site."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(Assistant(Settings(data_dir=data_dir)))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        assert thread.is_alive(), "the server stopped"
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium; without it these tests are skipped, except where they must run."""
    executable = shutil.which("chromium")
    if executable is None:
        reason = "chromium is not installed: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()
