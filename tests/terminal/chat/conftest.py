"""A chat over the sample ledger, or over a ledger of the test's own, driven as a user drives it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.samples import sample_ledger
from ledgerqa.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index
    from tests.conftest import MakeLedger

TODAY = dt.date(2025, 12, 31)
ROOM = """
    option "operating_currency" "EUR"
    2024-01-01 open Assets:Bank EUR
    2024-01-01 open Expenses:Food EUR
    2024-01-01 open Expenses:Books EUR

    2024-02-01 * "Green Grocer" "vegetables" #picnic
      Expenses:Food   12.50 EUR
      Assets:Bank

    2024-03-01 * "Paper Moon" "a book"
      Expenses:Books  20.00 EUR
      Assets:Bank
"""


@pytest.fixture
def settings(sample_index: Index, tmp_path: Path) -> Settings:
    """The sample ledger with the index that the run has built already, and no models."""
    data = sample_index.folder.parents[2]
    return Settings(
        tmp_path / "config.toml", data.parent, str(sample_ledger()), encoder="none", reader="none", planner="rules"
    )


@pytest.fixture
def room(make_ledger: MakeLedger, tmp_path: Path) -> Settings:
    """A small ledger of the test's own, not indexed yet."""
    ledger = make_ledger(ROOM)
    return Settings(
        tmp_path / "config.toml", tmp_path / "data", str(ledger), encoder="none", reader="none", planner="rules"
    )
