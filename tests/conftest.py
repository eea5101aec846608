"""What the tests have in common: ledgers, folders of their own, no network, and repeatable hypothesis runs."""

from __future__ import annotations

import ipaddress
import os
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledgerqa.corpus import Index

SHARED_LEDGERS = Path(__file__).resolve().parents[2] / "shared" / "ledgers"

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as where questions are asked; before NumPy is imported
os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"  # beanquery leaves no pickle beside a ledger that is slow to load

hypothesis.settings.register_profile(
    "ci",
    deadline=None,  # the speed of the machine is no property of the program
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile("explore", parent=hypothesis.settings.get_profile("ci"), derandomize=False)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# ----------------------------------------------------------------------------------------------------- ledgers


class MakeLedger(Protocol):
    """Writes a ledger and returns its main file; without a text, the test's own docstring is the ledger."""

    def __call__(self, text: str | None = None, includes: Mapping[str, str] | None = None) -> Path: ...


@pytest.fixture
def make_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> MakeLedger:
    def make(text: str | None = None, includes: Mapping[str, str] | None = None) -> Path:
        body = request.function.__doc__ if text is None else text
        assert body, "make_ledger needs a text, or a test with a docstring"
        for name, content in {"main.beancount": body, **(includes or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(content), encoding="utf-8")
        return tmp_path / "main.beancount"

    return make


@pytest.fixture(scope="session")
def shared_ledgers() -> Path:
    """The folder of collected real ledgers that may lie beside the checkout; tests on them skip where it does not."""
    if not SHARED_LEDGERS.is_dir():
        pytest.skip("the collected ledgers (../shared/ledgers) do not lie beside this checkout")
    return SHARED_LEDGERS


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder for indexes, of this test alone."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the sample ledger, built once for the whole run; read-only."""
    from ledgerqa.corpus import build, open_index
    from ledgerqa.samples import sample_ledger

    folder = tmp_path_factory.mktemp("sample-index")
    build(sample_ledger(), folder)
    with open_index(sample_ledger(), folder) as index:
        yield index


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the configuration or the indexes of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("LEDGERQA_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))


# ----------------------------------------------------------------------------------------------------- network


class NetworkUsedError(BaseException):
    """A connection beyond this machine; no Exception, so that no `except Exception` or `OSError` can hide it."""


_attempts: list[str] = []
_watching = False


def _beyond_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name in {"localhost", ""}:
        return False
    try:
        return not ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return True  # a name to be resolved is asked of a server


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's audit hook: called for every socket of every library that goes through the interpreter."""
    if not _watching or not event.startswith("socket."):
        return
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # AF_UNIX has a path, a connected socket None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host is not None and _beyond_loopback(host):
        _attempts.append(f"{event} to {host!r}")
        raise NetworkUsedError(_attempts[-1])


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """A connection beyond loopback fails the test that made it, even where the failure was swallowed."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away again, only told to look elsewhere
    _watching = True
    _attempts.clear()
    yield
    _watching = False
    assert not _attempts, f"the network was used: {_attempts}"
