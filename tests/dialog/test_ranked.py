"""The biggest of what was paid in several currencies, one of them without a rate; and who gave most where some are unnamed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from .asking import asked

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "GBP"
2024-01-01 open Assets:Bank
2024-01-01 open Income:Gifts
2024-01-01 open Expenses:Trip
2024-01-01 price JPY 0.005 GBP

2024-02-01 * "Ryokan" "two nights"
  Expenses:Trip   30000 JPY
  Assets:Bank
2024-02-02 * "Airline" "flight"
  Expenses:Trip     700 GBP
  Assets:Bank
2024-02-03 * "Kiosk" "tea"
  Expenses:Trip       9 GBP
  Assets:Bank
2024-02-04 * "Stall" "beads"
  Expenses:Trip   90000 SHELLS
  Assets:Bank
2024-03-01 * "plate"
  Assets:Bank       500 GBP
  Income:Gifts
2024-03-02 * "Aunt Ivy" "for the roof"
  Assets:Bank       200 GBP
  Income:Gifts
"""


@pytest.mark.parametrize(
    ("question", "payees"),
    [
        ("what was my biggest expense", ["Airline"]),
        ("the 3 biggest expenses", ["Airline", "Ryokan", "Kiosk"]),
        ("the smallest expense", ["Kiosk"]),
        ("the biggest expense in JPY", ["Ryokan"]),
        ("who gave the most", ["Aunt Ivy"]),
    ],
)
def test_first_in_order(index: Index, question: str, payees: list[str]) -> None:
    _, evidence = asked(index, question, today=TODAY)
    column = [each.name for each in evidence.table.columns].index("payee")
    assert [row[column] for row in evidence.table.rows] == payees


def test_what_has_no_rate_is_told(index: Index) -> None:
    plan, _ = asked(index, "what was my biggest expense", today=TODAY)
    assert "SHELLS left aside: no rate to GBP is known" in plan.reading
