"""`sam serve`: the website on this computer."""

import logging
import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from assistant.composition import Assistant
from assistant.settings import Settings
from knowledge.errors import KnowledgeError
from knowledge.generations import read_manifest
from web.app import create_app
from web.texts import load_texts

_BACKLOG = 256
_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - recognised, not chosen


def serve(
    host: Annotated[str, typer.Option("--host", help="Adres waarop de site luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="Poort waarop de site luistert.")] = 8000,
    index: Annotated[Path | None, typer.Option("--index", file_okay=False, help="Andere map met een index.")] = None,
) -> None:
    """Start de website van Sam."""
    texts = load_texts("starten")
    settings = Settings()
    if index is not None:
        settings = settings.model_copy(update={"data_dir": index})
    try:
        if read_manifest(settings.data_dir) is None:
            _stop(texts.get("geen_index", map=str(settings.data_dir)))
    except KnowledgeError as error:
        _stop(texts.get("index_stuk", reden=str(error)))
    listener = _listen(host, port)
    if listener is None:
        _stop(texts.get("poort_bezet", adres=f"{host}:{port}", ander=str(port % 65_535 + 1)))
    else:
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        typer.echo(texts.get("opwarmen"))
        address = f"http://{_readable(host)}:{listener.getsockname()[1]}"
        _run(Assistant(settings), listener, texts.get("klaar", adres=address))


class _Server(uvicorn.Server):
    """Says so when it listens."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            typer.echo(self._ready)


def _run(assistant: Assistant, listener: socket.socket, ready: str) -> None:
    # No access log: paths of the API hold the secret name of a conversation.
    config = uvicorn.Config(
        create_app(assistant),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    with suppress(KeyboardInterrupt):
        _Server(config, ready).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket | None:
    """A listening socket, or None when the address cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError:
        return None


def _readable(host: str) -> str:
    """The host as one types it in a browser."""
    if host in _EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(1)
