"""Follow-ups that name another of the occasions which tags tell apart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 10, 14)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Income:Entries
2023-01-01 open Expenses:Fun
2023-01-01 open Expenses:Away
2023-01-01 open Expenses:Food

2023-11-05 * "Grocer" "sausages" #bonfire-2023
  Expenses:Fun   40.00 EUR
  Assets:Bank
2024-11-05 * "Bangs" "rockets" #bonfire-2024
  Expenses:Fun   80.00 EUR
  Assets:Bank
2024-11-05 * "Grocer" "parkin" #bonfire-2024
  Expenses:Fun   30.00 EUR
  Assets:Bank
2024-07-05 * "Ferry Line" "Skye ferry" #trip-skye-2024
  Expenses:Away   100.00 EUR
  Assets:Bank
2024-06-08 * "Entrants" "entry fees" #hillclimb-2024
  Assets:Bank   90.00 EUR
  Income:Entries
2024-06-09 * "Printer" "flyers for the summer" #hillclimb-2024
  Expenses:Fun   20.00 EUR
  Assets:Bank
2025-06-08 * "Entrants" "entry fees" #hillclimb-2025
  Assets:Bank   100.00 EUR
  Income:Entries
2025-06-10 * "Tents" "marquee, summer climb" #hillclimb-2025
  Expenses:Fun   60.00 EUR
  Assets:Bank
2025-06-29 * "Chez Rock" "two nights" #trip-gaspe-2025
  Expenses:Away   300.00 EUR
  Assets:Bank
2025-07-01 * "Casse-croute Perce" "lunch" #trip-gaspe-2025
  Expenses:Food   30.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("first", "then", "figure"),
    [
        ("what did the 2023 bonfire cost?", "and the 2024 one - we did rockets that time", 110),
        ("what did the trip to Skye cost in total?", "Thanks. And this summer's one to Perce?", 330),
        ("what did the trip to Skye cost in total?", "and the 2025 one?", 330),
    ],
)
def test_another_occasion(index: Index, first: str, then: str, figure: int) -> None:
    _, found = asked(index, then, None, first)
    assert [row[0] for row in found.table.rows] == [Decimal(figure)]


def test_a_name_alone_narrows(index: Index) -> None:
    _, found = asked(index, "and only the ferry?", None, "what did the trip to Skye cost in total?")
    assert [row[0] for row in found.table.rows] == [Decimal(100)]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Did we make any money on this summer's hill climb?", 40),
        ("Did we make a profit on this summers hill climb?", 40),
        ("Did we make a profit on the hill climb in 2024?", 70),
        ("what did this summers hill climb cost us?", 60),
    ],
)
def test_this_summers(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert [{abs(cell) for cell in row if isinstance(cell, Decimal)} for row in found.table.rows] == [{Decimal(figure)}]
