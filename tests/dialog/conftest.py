"""Indexes of invented ledgers, built and opened once for each module of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from tests.dialog.ledgers import CLUB, HOUSEHOLD, SPANISH

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Of the ledger that the module of tests calls LEDGER."""
    folder = tmp_path_factory.mktemp("ledger")
    path = folder / "main.beancount"
    path.write_text(request.module.LEDGER, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    folder = tmp_path_factory.mktemp("ledgers")
    opened: dict[str, Index] = {}
    for name, text in (("household", HOUSEHOLD), ("club", CLUB), ("spanish", SPANISH)):
        path = folder / f"{name}.beancount"
        path.write_text(text, encoding="utf-8")
        build(path, folder / "data")
        opened[name] = open_index(path, folder / "data")
    yield opened
    for index in opened.values():
        index.close()
