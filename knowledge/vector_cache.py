"""Content-addressed vectors: the ones shipped with the bundled content, and those made here.

A key is the first 16 bytes of the SHA-256 of the text as the model read it (the gloss, for an English
model), so a changed gloss asks for a new vector and an unchanged one never does. One cache, one model.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.float32]
SHIPPED = Path(__file__).parent / "vectors"


def cache_slug(name: str) -> str:
    """File name of a vector space."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


class VectorCache:
    """Reads shipped vectors (npz) and keeps new ones in SQLite; safe for several processes."""

    def __init__(self, shipped: Path | None, database: Path) -> None:
        self._database = database
        self._keys: dict[bytes, int] = {}
        self._rows: npt.NDArray[np.float16] = np.zeros((0, 0), dtype=np.float16)
        if shipped is not None and shipped.exists():
            with np.load(shipped, allow_pickle=False) as stored:
                self._keys = {bytes(key): i for i, key in enumerate(stored["keys"])}
                self._rows = stored["rows"]

    @classmethod
    def open(cls, embedder_name: str, data_dir: Path) -> "VectorCache":
        """The cache of one vector space: shipped file plus `data_dir`/vectors/<name>.sqlite."""
        slug = cache_slug(embedder_name)
        return cls(SHIPPED / f"{slug}.npz", data_dir / "vectors" / f"{slug}.sqlite")

    def get(self, keys: Iterable[bytes]) -> dict[bytes, Row]:
        """The vectors that are known, float32, by key."""
        wanted = list(dict.fromkeys(keys))
        found = {key: self._rows[self._keys[key]].astype(np.float32) for key in wanted if key in self._keys}
        rest = [key for key in wanted if key not in found]
        if rest and self._database.exists():
            with closing(self._connect()) as connection:
                for key in rest:
                    row = connection.execute("SELECT row FROM vectors WHERE key = ?", (key,)).fetchone()
                    if row is not None:
                        found[key] = np.frombuffer(row[0], dtype=np.float16).astype(np.float32)
        return found

    def put(self, rows: Mapping[bytes, Row]) -> None:
        """Remember vectors; a key that exists keeps its vector."""
        with closing(self._connect()) as connection, connection:
            connection.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(key, row.astype(np.float16).tobytes()) for key, row in rows.items()],
            )

    def _connect(self) -> sqlite3.Connection:
        self._database.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._database, timeout=30)
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, row BLOB NOT NULL)")
        return connection


def write_shipped(path: Path, rows: Mapping[bytes, Row]) -> None:
    """Write the file that ships with the content, sorted by key so that equal content gives equal bytes."""
    keys = sorted(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    stacked = np.stack([rows[key] for key in keys]).astype(np.float16)
    np.savez_compressed(path, keys=np.array([np.frombuffer(key, dtype=np.uint8) for key in keys]), rows=stacked)


def content_key(text: str) -> bytes:
    """Cache key of a text as the model reads it."""
    return hashlib.sha256(text.encode()).digest()[:16]
