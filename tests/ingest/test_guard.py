"""No address inside a closed network is ever visited."""

from collections.abc import Sequence

import httpx
import pytest

from ingest.crawl import Fetcher
from ingest.errors import FetchError
from ingest.guard import PublicTransport, check_address, public_addresses

HOME = "https://voorbeeld.nl/sam"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    ],
)  # fmt: skip
def test_closed_addresses(address: str) -> None:
    with pytest.raises(FetchError, match="besloten netwerk"):
        check_address(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2a00:1450:4001:81b::200e", "::ffff:93.184.216.34"])
def test_public_addresses(address: str) -> None:
    check_address(address)


def test_one_closed_address_among_many_is_enough() -> None:
    with pytest.raises(FetchError, match="besloten netwerk"):
        public_addresses("slim.example", lambda host: ("93.184.216.34", "10.0.0.1"))


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8080/", "http://169.254.169.254/latest/meta-data"])
def test_fetcher_refuses_them(url: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, text="geheim")

    fetcher = Fetcher(home=HOME, delay=0, transport=httpx.MockTransport(answer))
    with fetcher, pytest.raises(FetchError, match="besloten netwerk"):
        fetcher.fetch(url)
    assert asked == []


def test_a_redirect_into_a_closed_network_is_refused() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        return httpx.Response(302, headers={"Location": "http://10.0.0.1/beheer"})

    guarded = PublicTransport(httpx.MockTransport(answer), lambda host: ("93.184.216.34",))
    fetcher = Fetcher(home=HOME, delay=0, transport=guarded, allow_private=True)
    with fetcher, pytest.raises(FetchError, match="besloten netwerk"):
        fetcher.fetch("https://www.enschede.nl/regeling")


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="ok")

    answers = iter([("93.184.216.34",), ("10.0.0.1",)])

    def lookup(host: str) -> Sequence[str]:
        return next(answers)

    with httpx.Client(transport=PublicTransport(httpx.MockTransport(answer), lookup)) as client:
        client.get("https://www.enschede.nl/regeling")
        assert seen[0].url.host == "93.184.216.34"
        assert seen[0].headers["Host"] == "www.enschede.nl"
        assert seen[0].extensions["sni_hostname"] == "www.enschede.nl"
        with pytest.raises(FetchError):
            client.get("https://www.enschede.nl/regeling")


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host != "93.184.216.34":
            raise httpx.ConnectError("no route", request=request)
        return httpx.Response(200, text="ok")

    transport = PublicTransport(httpx.MockTransport(answer), lambda host: ("2a00:1450:4001:81b::200e", "93.184.216.34"))
    with httpx.Client(transport=transport) as client:
        assert client.get("https://www.enschede.nl/").text == "ok"


def test_an_unknown_name() -> None:
    with pytest.raises(FetchError, match="niet te vinden"):
        public_addresses("bestaat-niet.example", lambda host: ())
