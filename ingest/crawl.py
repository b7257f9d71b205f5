"""Polite fetching: says who it is, obeys robots.txt, one request at a time with a pause, public addresses only."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from ingest.errors import FetchError, UnreadableDocumentError
from ingest.fetch_cache import CachedPage, FetchCache
from ingest.guard import PublicTransport
from ingest.loaders.xml import descendants, local, parse_xml, text

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
MAX_SITEMAP_URLS = 500
_MAX_SITEMAPS = 20
_MAX_SECONDS = 120.0
_MAX_CRAWL_DELAY = 30.0
_ROBOTS_BYTES = 500_000
_ENCODINGS = frozenset({"", "identity", "gzip", "deflate"})
_TRANSIENT_STATUS = frozenset({500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class _TransientError(Exception):
    """A failure that may be over in a moment; carries the Dutch message for when it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """A page: the address it came from in the end, its media type and its bytes."""

    url: str
    media_type: str
    body: bytes
    unchanged: bool = False


def user_agent(home: str) -> str:
    """How Sam makes itself known to websites; `home` is where their owners can ask about it."""
    try:
        version = metadata.version("sam")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"Sam/{version} (+{home})"


class Fetcher:
    """Fetches public pages, one at a time; `transport`, `clock` and `sleep` can be replaced in tests."""

    def __init__(
        self,
        *,
        home: str,
        cache: Path | None = None,
        delay: float = 1.0,
        timeout: float = 20.0,
        max_bytes: int = MAX_BYTES,
        allow_private: bool = False,
        transport: httpx.BaseTransport | None = None,
        attempts: int = 3,
        backoff: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        inner = transport or httpx.HTTPTransport(retries=0)
        self._agent = user_agent(home)
        self._client = httpx.Client(
            transport=inner if allow_private else PublicTransport(inner),
            headers={"User-Agent": self._agent, "Accept-Language": "nl", "Accept-Encoding": "gzip, deflate"},
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
        )
        self._cache = FetchCache(cache)
        self._delay = delay
        self._max_bytes = max_bytes
        self._attempts = attempts
        self._backoff = backoff
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        self._client.close()
        self._cache.close()

    def fetch(self, url: str) -> FetchedPage:
        """Get a page, following redirects; each step is checked like the first.

        Raises:
            FetchError: unreachable, refused, forbidden by robots.txt, or too large (Dutch message).
        """
        kept = self._cache.get(url)
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            if not self._allowed(address):
                raise FetchError("De website vraagt programma's om deze pagina niet op te halen (robots.txt).")
            conditions = kept.conditions if kept is not None and kept.final_url == address else {}
            response, body = self._get(address, conditions)
            if response.status_code in _REDIRECTS and "location" in response.headers:
                address = urljoin(address, response.headers["location"])
                continue
            return self._page(url, address, response, body, kept)
        raise FetchError("Deze pagina verwijst te vaak door. Open de pagina zelf en gebruik het adres waar u uitkomt.")

    def _page(
        self, url: str, address: str, response: httpx.Response, body: bytes, kept: CachedPage | None
    ) -> FetchedPage:
        if response.status_code == 304 and kept is not None:
            return FetchedPage(url=kept.final_url, media_type=kept.media_type, body=kept.body, unchanged=True)
        if response.status_code != 200:
            raise FetchError(_status_message(response.status_code))
        media_type = response.headers.get("content-type", "")
        page = CachedPage(
            url=url,
            final_url=address,
            media_type=media_type,
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
            body=body,
        )
        self._cache.put(page)
        return FetchedPage(url=address, media_type=media_type, body=body)

    def _get(self, url: str, headers: dict[str, str], limit: int = 0) -> tuple[httpx.Response, bytes]:
        """One page, tried again when the failure may pass."""
        retrying = Retrying(
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential(multiplier=self._backoff, max=20),
            retry=retry_if_exception_type(_TransientError),
            sleep=self._sleep,
        )
        try:
            return retrying(self._once, url, headers, limit or self._max_bytes)
        except RetryError as error:
            raise FetchError(str(error.last_attempt.exception())) from error

    def _once(self, url: str, headers: dict[str, str], limit: int) -> tuple[httpx.Response, bytes]:
        self._wait(_host(url))
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code in _TRANSIENT_STATUS:
                    raise _TransientError(_status_message(response.status_code))
                return response, self._body(response, limit) if response.status_code == 200 else b""
        except httpx.TimeoutException as error:
            raise _TransientError("De website antwoordt niet op tijd. Probeer het later opnieuw.") from error
        except httpx.TransportError as error:
            raise _TransientError("De website is niet bereikbaar. Klopt het adres, en doet internet het?") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise FetchError("De website gaf een antwoord dat Sam niet begrijpt.") from error
        finally:
            self._last[_host(url)] = self._clock()

    def _body(self, response: httpx.Response, limit: int) -> bytes:
        if response.headers.get("content-encoding", "").lower() not in _ENCODINGS:
            raise FetchError("De website gaf een antwoord dat Sam niet begrijpt.")
        started = self._clock()
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > limit:
                raise FetchError(f"Deze pagina is te groot: Sam haalt hoogstens {limit // 1_000_000} MB op.")
            if self._clock() - started > _MAX_SECONDS:
                raise FetchError("De website is te langzaam. Probeer het later opnieuw.")
        return bytes(body)

    def _wait(self, host: str) -> None:
        rules = self._robots.get(host)
        asked = rules.crawl_delay(self._agent) if rules is not None else None
        pause = max(self._delay, min(float(asked or 0), _MAX_CRAWL_DELAY))
        since = self._clock() - self._last.get(host, float("-inf"))
        if since < pause:
            self._sleep(pause - since)

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt lets Sam fetch `url`; none allows it, one that cannot be reached does not (RFC 9309)."""
        host = _host(url)
        if host not in self._robots:
            self._robots[host] = self._read_robots(urljoin(url, "/robots.txt"))
        rules = self._robots[host]
        return rules is None or bool(rules.can_fetch(url, self._agent))

    def _read_robots(self, address: str) -> Protego | None:
        for _ in range(MAX_REDIRECTS + 1):
            _host(address)
            response, body = self._get(address, {}, _ROBOTS_BYTES)
            if response.status_code in _REDIRECTS and "location" in response.headers:
                address = urljoin(address, response.headers["location"])
                continue
            return Protego.parse(body.decode("utf-8", errors="replace")) if response.status_code == 200 else None
        return None


def _host(url: str) -> str:
    """Scheme, host and port of an address.

    Raises:
        FetchError: it is no http(s) address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("Dit adres klopt niet.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("Sam haalt alleen adressen op die beginnen met https:// of http://.")
    if parts.username or parts.password:
        raise FetchError("In dit adres staat een naam of wachtwoord. Haal dat eruit en probeer het opnieuw.")
    return f"{parts.scheme}://{parts.hostname.lower()}{f':{port}' if port else ''}"


def _status_message(status: int) -> str:
    if status in (401, 403):
        return f"De website laat Sam deze pagina niet lezen (fout {status})."
    if status in (404, 410):
        return f"Deze pagina bestaat niet meer (fout {status}). Zoek het nieuwe adres."
    if status == 429:
        return "De website krijgt te veel vragen (fout 429). Probeer het later opnieuw."
    return f"De website gaf een fout ({status}). Probeer het later opnieuw."


def is_sitemap(body: bytes) -> bool:
    """Whether a page is a sitemap or an index of sitemaps, zipped or not."""
    start = _unzipped(body)[:2_000]
    return b"<urlset" in start or b"<sitemapindex" in start


def sitemap_urls(fetcher: Fetcher, page: FetchedPage, limit: int = MAX_SITEMAP_URLS) -> tuple[str, ...]:
    """Addresses in a sitemap and the sitemaps it names, on its own host only, at most `limit`.

    Raises:
        FetchError: the sitemap cannot be read. One that an index names and cannot be read is passed over.
    """
    host = _host(page.url)
    found: dict[str, None] = {}
    waiting, seen = [page], {page.url}
    while waiting and len(found) < limit:
        nested, pages = _locations(waiting.pop(0).body)
        found.update(dict.fromkeys(url for url in pages if _same_host(url, host)))
        for url in nested:
            if _same_host(url, host) and url not in seen and len(seen) < _MAX_SITEMAPS:
                seen.add(url)
                try:
                    waiting.append(fetcher.fetch(url))
                except FetchError:
                    continue
    return tuple(found)[:limit]


def _locations(body: bytes) -> tuple[list[str], list[str]]:
    """Sitemaps and pages that a sitemap names."""
    try:
        root = parse_xml(_unzipped(body))
    except UnreadableDocumentError as error:
        raise FetchError("Deze sitemap is niet te lezen.") from error
    places = [text(place) for entry in root for place in descendants(entry, "loc")]
    return (places, []) if local(root) == "sitemapindex" else ([], places)


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as file:
            return file.read(MAX_BYTES)
    except (OSError, EOFError):
        return b""


def _same_host(url: str, host: str) -> bool:
    try:
        return _host(url) == host
    except FetchError:
        return False
