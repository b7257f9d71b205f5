"""A transport that connects to public addresses only.

The name is resolved here, once, and the connection goes to the address that was checked: a name that
points elsewhere a moment later gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

from ingest.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

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
    for part in _meant(ip):
        if not part.is_global or part.is_multicast or part.is_reserved:
            raise FetchError(_REFUSED)


def _meant(ip: Address) -> tuple[Address, ...]:
    """The addresses a packet to `ip` may end at: itself, or the IPv4 address packed inside it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip in _NAT64:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),)
    inside = (ip.sixtofour, *(ip.teredo or ()))
    return (ip, *(part for part in inside if part is not None))


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
