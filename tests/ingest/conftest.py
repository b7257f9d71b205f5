"""A real website on this machine for the tests of fetching, and text to put on it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.crawl import Fetcher

PAGE = """<!doctype html><html lang="nl"><head><title>{title} | Gemeente Voorbeeld</title></head>
<body><main><h1>{title}</h1><p>{text}</p><h2 id="aanvragen">Aanvragen</h2>
<p>U vraagt het aan met een formulier. Dat kan online of aan het loket van de gemeente.</p></main></body></html>"""


def web_page(title: str, text: str = "Heeft u weinig geld? Dan kunt u hulp vragen bij de gemeente.") -> str:
    """An ordinary page of a gemeente."""
    return PAGE.format(title=title, text=text)


@dataclass
class Reply:
    """What the website answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass
class Site:
    """A website: what it answers by path, and what it was asked."""

    port: int = 0
    replies: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str | bytes = "", status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = Reply(data, status, {"Content-Type": "text/html; charset=utf-8"} | named)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A running website; without a page it answers 404."""
    website = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = dict(self.headers.items())
            website.asked.append((self.path, headers))
            reply = website.replies.get(self.path, Reply(status=404))
            reply = reply if isinstance(reply, Reply) else reply(headers)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *arguments: object) -> None:
            """Keep the test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    website.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield website
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    """A fetcher that may visit this machine and does not wait."""
    with Fetcher(
        home="https://voorbeeld.nl/sam",
        cache=tmp_path / "fetch.sqlite3",
        delay=0,
        backoff=0,
        timeout=5,
        allow_private=True,
    ) as made:
        yield made
