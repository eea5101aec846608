"""The guard of conftest.py itself: what goes beyond loopback fails, what stays on the machine does not."""

from __future__ import annotations

import contextlib
import socket

import pytest

from tests import conftest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_beyond_loopback_is_refused_and_remembered(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with (
        contextlib.suppress(OSError),
        socket.socket(family) as plug,
        pytest.raises(BaseException, match=r"socket\.connect"),
    ):
        plug.connect((host, 80))
    _forget(host)


def test_resolving_a_name_is_refused() -> None:
    with pytest.raises(BaseException, match=r"socket\.getaddrinfo"):
        socket.getaddrinfo("ledger.invalid", 80)
    _forget("ledger.invalid")


def test_loopback_is_open() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()) as client:
            assert client.getpeername() == server.getsockname()


def _forget(host: str) -> None:
    """The attempt was noted (else the guard would not hold); take it back, for it was made on purpose."""
    assert any(host in attempt for attempt in conftest._attempts)
    conftest._attempts.clear()
