"""A transport that connects to public addresses only.

The name is resolved here, once, and the connection goes to the address that was checked: a name that
points elsewhere a moment later gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

from ingest.errors import FetchError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MAX_TRIES = 3
_REFUSED = "Dit adres ligt in een besloten netwerk. Sam haalt alleen openbare pagina's op."
_UNKNOWN = "De website is niet te vinden. Klopt het adres?"


def check_address(address: str) -> None:
    """Refuse an address that is not on the public internet.

    Raises:
        FetchError: loopback, private, link-local, multicast, reserved, or such an address inside an IPv6 one.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    teredo = getattr(ip, "teredo", None)
    if ip in _NAT64:
        inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
    for part in (ip, inner, *(teredo or ())):
        if part is not None and (not part.is_global or part.is_multicast or part.is_reserved):
            raise FetchError(_REFUSED)


def look_up(host: str) -> tuple[str, ...]:
    """The addresses of a name.

    Raises:
        FetchError: the name is unknown.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_UNKNOWN) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(host: str, lookup: Callable[[str], Sequence[str]] = look_up) -> tuple[str, ...]:
    """The addresses of `host`, all of them public.

    Raises:
        FetchError: the name is unknown, or any of its addresses is not public.
    """
    literal = host.strip("[]")
    addresses = (literal,) if _is_address(literal) else tuple(lookup(host))
    for address in addresses:
        check_address(address)
    if not addresses:
        raise FetchError(_UNKNOWN)
    return addresses


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


class PublicTransport(httpx.BaseTransport):
    """Passes a request on to the checked address of its host; certificates are checked for the name."""

    def __init__(
        self, inner: httpx.BaseTransport | None = None, lookup: Callable[[str], Sequence[str]] = look_up
    ) -> None:
        self._inner = inner or httpx.HTTPTransport(retries=0)
        self._lookup = lookup

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            FetchError: the host is not public.
        """
        host = request.url.host
        *others, last = public_addresses(host, self._lookup)[:_MAX_TRIES]
        for address in others:
            try:
                return self._send(request, host, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._send(request, host, last)

    def _send(self, request: httpx.Request, host: str, address: str) -> httpx.Response:
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()
