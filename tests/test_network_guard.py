"""The guard that keeps tests off the network."""

import socket

import pytest


def test_another_host_is_refused_loudly() -> None:
    with pytest.raises(pytest.fail.Exception, match="network"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_the_refusal_cannot_be_caught_as_an_ordinary_error() -> None:
    assert not issubclass(pytest.fail.Exception, Exception)


def test_loopback_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=1):
        pass
