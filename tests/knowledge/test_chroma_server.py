"""The same index on a real Chroma server of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

START_SECONDS = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(port)]
    folder = tmp_path_factory.mktemp("chroma")
    with subprocess.Popen(
        [*command, "--path", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{url}/api/v2/heartbeat", timeout=1).is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            run.kill()
            pytest.fail("the Chroma server did not start")
        yield url
        run.terminate()


# In a process of its own: the client library leaves its connections open until the process ends.
SCRIPT = """
import sys
from pathlib import Path
from ingest.synchronise import synchronise
from knowledge.embedding import CachingEmbedder, EmbedderWithCount, HashEmbedder
from knowledge.errors import KnowledgeError
from knowledge.retrieval import LiveIndex, Retriever
from knowledge.vector_cache import VectorCache
from tests.knowledge.builders import document

data_dir, url = Path(sys.argv[1]), sys.argv[2]
cache = CachingEmbedder(HashEmbedder(), VectorCache.open("hash-256", data_dir))
embedder = EmbedderWithCount(embedder=cache, cache=cache)
try:
    for text in ("Hulp bij schulden.", "Hulp bij huur."):
        documents = [document("enschede/geld", text, digest=text), document("borne/geld", "Hulp.")]
        synchronise(documents, data_dir=data_dir, embedder=embedder, origin="content", chroma_url=url)
        retriever = Retriever(LiveIndex(data_dir, cache.name, url), cache)
        for scope in ("enschede", "borne"):
            print(scope, [passage.chunk.text for passage in retriever.search("hulp", [scope]).passages])
except KnowledgeError as error:
    print(error)
"""


def _run(data_dir: Path, url: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(data_dir), url], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.splitlines()


def test_it_answers_and_follows_a_change(server: str, tmp_path: Path) -> None:
    assert _run(tmp_path, server) == [
        "enschede ['Hulp bij schulden.']",
        "borne ['Hulp.']",
        "enschede ['Hulp bij huur.']",
        "borne ['Hulp.']",
    ]


def test_a_server_that_is_away_says_which_setting_to_check(tmp_path: Path) -> None:
    (line,) = _run(tmp_path, f"http://127.0.0.1:{_free_port()}")
    assert "SAM_CHROMA_URL" in line
