"""A build that is killed, at whatever moment, leaves the old index in use."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.synchronise import synchronise
from knowledge.embedding import build_embedder
from knowledge.retrieval import LiveIndex, Retriever
from knowledge.settings import KnowledgeSettings
from tests.ingest.test_synchronise import page

ROOT = Path(__file__).parents[2]
TEXT = "De gemeente helpt bij geldzorgen en schulden."
BUILD = """
import sys
from pathlib import Path
from ingest.synchronise import synchronise
from knowledge.embedding import build_embedder
from knowledge.settings import KnowledgeSettings
from tests.ingest.test_crash import many

settings = KnowledgeSettings().with_data_dir(Path(sys.argv[1]))
print("start", flush=True)
synchronise(
    many(sys.argv[2]),
    data_dir=settings.data_dir,
    embedder=build_embedder(settings),
    origin="content",
    progress=lambda label, done, total: print(label, done, flush=True),
)
"""


def many(version: str) -> list[object]:
    """Pages in several scopes, different for each version."""
    scopes = ("almelo", "borne", "enschede", "hengelo")
    return [page(f"{scope}-{n}", f"{TEXT} Versie {version}, nummer {n}.", scope) for scope in scopes for n in range(60)]


def build(data_dir: Path, version: str) -> subprocess.Popen[str]:
    environment = os.environ | {"SAM_EMBEDDING_MODEL": "hash", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(data_dir), version],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )


def versions_found(data_dir: Path) -> set[str]:
    settings = KnowledgeSettings(embedding_model="hash", data_dir=data_dir)
    embedder = build_embedder(settings).embedder
    index = LiveIndex(data_dir, embedder.name)
    found = Retriever(index, embedder).search(TEXT, ("almelo", "borne", "enschede", "hengelo"), count=1_000)
    index.generation().close()
    return {passage.chunk.text.split("Versie ")[1].split(",")[0] for passage in found.passages}


def test_the_old_index_stays_readable(tmp_path: Path) -> None:
    settings = KnowledgeSettings(embedding_model="hash", data_dir=tmp_path)
    synchronise(many("nul"), data_dir=tmp_path, embedder=build_embedder(settings), origin="content")  # type: ignore[arg-type]
    assert versions_found(tmp_path) == {"nul"}
    for attempt, (lines, pause) in enumerate([(1, 0.0), (2, 0.0), (3, 0.02), (5, 0.0), (8, 0.05), (8, 0.2)]):
        process = build(tmp_path, f"poging{attempt}")
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        found = versions_found(tmp_path)
        assert len(found) == 1, f"a mix of versions: {found}"
        assert found <= {"nul", *(f"poging{n}" for n in range(attempt + 1))}
    report = synchronise(many("klaar"), data_dir=tmp_path, embedder=build_embedder(settings), origin="content")  # type: ignore[arg-type]
    assert report.chunks == 240
    assert versions_found(tmp_path) == {"klaar"}


@pytest.mark.parametrize("version", ["eerste"])
def test_a_killed_first_build_leaves_nothing_in_the_way(tmp_path: Path, version: str) -> None:
    process = build(tmp_path, version)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    settings = KnowledgeSettings(embedding_model="hash", data_dir=tmp_path)
    synchronise(many("klaar"), data_dir=tmp_path, embedder=build_embedder(settings), origin="content")  # type: ignore[arg-type]
    assert versions_found(tmp_path) == {"klaar"}
    leftovers = [folder for folder in (tmp_path / "index").glob("g*") if not (folder / "manifest.json").exists()]
    assert leftovers == []
