"""The store of vectors by digest of their text."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vector_cache import Row, VectorCache, content_key, write_shipped


def _row(value: float, size: int = 4) -> Row:
    return np.full(size, value, dtype=np.float32)


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(None, tmp_path / "vectors" / "test.sqlite")


def test_an_empty_cache_knows_nothing_and_makes_no_file(cache: VectorCache, tmp_path: Path) -> None:
    assert cache.get([content_key("a")]) == {}
    assert not (tmp_path / "vectors").exists()


def test_what_is_put_is_found(cache: VectorCache) -> None:
    rows = {content_key(text): _row(index) for index, text in enumerate("abc")}
    cache.put(rows)
    found = cache.get([*rows, content_key("d")])
    assert found.keys() == rows.keys()
    assert all(np.array_equal(found[key], rows[key]) for key in rows)
    assert all(row.dtype == np.float32 for row in found.values())


def test_a_known_key_keeps_its_vector(cache: VectorCache) -> None:
    key = content_key("a")
    cache.put({key: _row(1)})
    cache.put({key: _row(2)})
    assert np.array_equal(cache.get([key])[key], _row(1))


def test_a_new_process_finds_it_too(cache: VectorCache, tmp_path: Path) -> None:
    key = content_key("a")
    cache.put({key: _row(1)})
    assert key in VectorCache(None, tmp_path / "vectors" / "test.sqlite").get([key])


def test_shipped_vectors_go_before_the_database(tmp_path: Path) -> None:
    shipped, key, other = tmp_path / "shipped.npz", content_key("a"), content_key("b")
    write_shipped(shipped, {key: _row(1)})
    cache = VectorCache(shipped, tmp_path / "own.sqlite")
    cache.put({key: _row(9), other: _row(2)})
    found = cache.get([key, other, key])
    assert np.array_equal(found[key], _row(1))
    assert np.array_equal(found[other], _row(2))


def test_equal_content_ships_equal_bytes(tmp_path: Path) -> None:
    rows = {content_key(text): _row(index) for index, text in enumerate("abcdef")}
    write_shipped(tmp_path / "one.npz", rows)
    write_shipped(tmp_path / "two.npz", dict(reversed(rows.items())))
    one, two = (np.load(tmp_path / name) for name in ("one.npz", "two.npz"))
    with one, two:
        assert np.array_equal(one["keys"], two["keys"])
        assert np.array_equal(one["rows"], two["rows"])


def test_every_model_has_its_own_file(tmp_path: Path) -> None:
    first, second = (VectorCache.open(name, tmp_path) for name in ("Model/A v1", "model-b"))
    first.put({content_key("a"): _row(1)})
    assert second.get([content_key("a")]) == {}
    assert [path.name for path in (tmp_path / "vectors").glob("*.sqlite")] == ["model-a-v1.sqlite"]


@given(st.text(), st.text())
def test_keys_are_equal_only_for_equal_texts(one: str, two: str) -> None:
    assert (content_key(one) == content_key(two)) == (one == two)
    assert len(content_key(one)) == 16


_WRITER = """
import sys
from pathlib import Path
import numpy as np
from knowledge.vector_cache import VectorCache, content_key
cache = VectorCache(None, Path(sys.argv[1]))
for batch in range(20):
    cache.put({content_key(f"shared {batch} {i}"): np.full(4, batch, dtype=np.float32) for i in range(10)})
    cache.put({content_key(f"{sys.argv[2]} {batch}"): np.ones(4, dtype=np.float32)})
    assert len(cache.get(content_key(f"shared {batch} {i}") for i in range(10))) == 10
"""


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    database = tmp_path / "vectors.sqlite"
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(database), name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], errors
    cache = VectorCache(None, database)
    shared = [content_key(f"shared {batch} {i}") for batch in range(20) for i in range(10)]
    own = [content_key(f"{name} {batch}") for name in ("one", "two") for batch in range(20)]
    assert len(cache.get([*shared, *own])) == len(shared) + len(own)
