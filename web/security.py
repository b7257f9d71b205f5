"""What every response carries, and what no request may do. Plain ASGI, so it costs next to nothing."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_VERSION = "1.0.0"
LARGEST_BODY = 64 * 1024
_API_PREFIXES = ("/api", "/health", "/openapi.json")

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Refuse = Callable[[Request, int], Awaitable[Response]]


def is_api(path: str) -> bool:
    """Whether a path belongs to the API, so that errors are JSON and the version is told."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _API_PREFIXES)


def add_headers(headers: MutableHeaders, path: str, query: bytes = b"") -> None:
    """The security headers, the API version, and how long a response may be kept."""
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    if is_api(path):
        headers["API-Version"] = API_VERSION
        headers.setdefault("Cache-Control", "no-store")
    elif path.startswith("/static/"):
        lasting = query.startswith(b"v=")
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "public, max-age=3600"
    else:
        # Not no-store: then the Back button would lose a conversation without JavaScript.
        headers.setdefault("Cache-Control", "private, no-cache")


class SecurityHeaders:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = local_path(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), path, scope.get("query_string", b""))
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Refuses a body over `LARGEST_BODY` with status 413, whatever length the client announces."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        body = None
        if announced.isdecimal() and int(announced) <= LARGEST_BODY:
            body = await _read(receive)
        if body is None:
            response = await self._refuse(Request(scope), 413)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


def local_path(scope: Scope) -> str:
    """The path as the site knows it, without the prefix a proxy may have put before it."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root) if root else path


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None when it is too large."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)
