"""How many there are in a month on average: a number of entries over months, and no money."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding import headline
from ledgerqa.records import Measure
from tests.dialog.asking import asked, rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 7, 1)
LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Restaurants
2024-01-01 open Income:Gifts

2024-01-05 * "Da Toni"
  Expenses:Restaurants  30.00 EUR
  Assets:Bank
2024-01-25 * "Da Toni"
  Expenses:Restaurants  10.00 EUR
  Assets:Bank
2024-04-05 * "Ramen Ya"
  Expenses:Restaurants  20.00 EUR
  Assets:Bank
2024-05-05 * "Mum" "birthday"
  Assets:Bank  50.00 EUR
  Income:Gifts
"""


@pytest.mark.parametrize(
    ("question", "mean"),
    [
        ("average number of restaurant visits per month", "0.75"),  # January to April
        ("how many times a month do we eat at restaurants on average", "0.75"),
        ("on average how many restaurant visits were there each month in 2024", "0.25"),
        ("the mean number of restaurants payments a quarter in 2024", "0.75"),
        (
            "what's the average monthly number of payments to Da Toni in the first half of 2024",
            "0.3333333333333333333333333333",
        ),
    ],
)
def test_entries_over_months(question: str, mean: str, index: Index) -> None:
    assert rows_of(question, index, Measure.COUNT, today=TODAY) == [[mean]]


def test_what_it_comes_from_is_told(index: Index) -> None:
    plan, found = asked(index, "average number of restaurant visits per month in 2024", today=TODAY)
    assert "0.25 entries per month" in headline(plan, found, index)
    assert "(3 entries divided by 12 months)" in headline(plan, found, index)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("average restaurant bill in 2024", Measure.AVERAGE),
        ("how much do we spend at restaurants a month on average", Measure.AVERAGE),
        ("how often do we eat at restaurants on average", Measure.COUNT),  # every so many days
        ("how many restaurant visits were there in 2024", Measure.COUNT),
    ],
)
def test_other_averages_and_counts_stay(question: str, measure: Measure, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert (plan.measure, plan.averaged) == (measure, False)
