"""What was fetched before, so that a second run asks only for what changed. Deleting the file loses nothing."""

import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, final_url TEXT NOT NULL, media_type TEXT NOT NULL,
    etag TEXT NOT NULL, last_modified TEXT NOT NULL, body BLOB NOT NULL
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPage:
    """A page as it came, with what the server said to recognise it by."""

    url: str
    final_url: str
    media_type: str
    etag: str
    last_modified: str
    body: bytes

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only when it changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class FetchCache:
    """Pages by address, in one SQLite file; without a file it remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._database = self._open(path) if path is not None else None

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection | None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path)
            database.execute(_SCHEMA)
        except (OSError, sqlite3.Error):
            return None
        return database

    def get(self, url: str) -> CachedPage | None:
        """The page kept for an address; a damaged one counts as none."""
        if self._database is None:
            return None
        query = "SELECT final_url, media_type, etag, last_modified, body FROM pages WHERE url = ?"
        try:
            row = self._database.execute(query, (url,)).fetchone()
            if row is None:
                return None
            final_url, media_type, etag, last_modified, body = row
            return CachedPage(
                url=url,
                final_url=final_url,
                media_type=media_type,
                etag=etag,
                last_modified=last_modified,
                body=zlib.decompress(body),
            )
        except (sqlite3.Error, zlib.error, TypeError):
            return None

    def put(self, page: CachedPage) -> None:
        """Keep a page, unless the server gave nothing to recognise it by."""
        if self._database is None or not page.conditions:
            return
        row = (page.url, page.final_url, page.media_type, page.etag, page.last_modified, zlib.compress(page.body))
        try:
            with self._database:
                self._database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", row)
        except sqlite3.Error:
            return

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None
