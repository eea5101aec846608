"""Books of one who lives on the road: what was got when money was changed, and what a country cost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import cite, sentences
from ledgerqa.records import Measure, Plan

from .asking import asked

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
plugin "beancount.plugins.auto_accounts"

2024-01-01 price THB 0.025 EUR
2024-01-01 price USD 0.90 EUR
2024-12-01 price USD 0.95 EUR

2024-02-01 * "Superrich" "changed euros" #thailand
  Assets:Cash:THB           11400 THB @@ 300 EUR
  Assets:Wise:EUR            -303 EUR
  Expenses:Fees:Exchange        3 EUR
2024-02-03 * "Nimman Hostel" "4 nights" #thailand
  Expenses:Stay:Hotels       2400 THB
  Assets:Cash:THB
2024-02-09 * "Khun Noi" "rooms" #thailand
  Expenses:Stay:Rooms         500 EUR
  Assets:Wise:EUR
2024-03-01 * "Superrich" "changed euros" #thailand
  Assets:Cash:THB            7600 THB @@ 200 EUR
  Assets:Wise:EUR            -202 EUR
  Expenses:Fees:Exchange        2 EUR
2024-04-01 * "Banh Mi Phuong" "lunch" #vietnam
  Expenses:Food             90000 VND
  Assets:Cash:VND
2024-04-04 * "Hoi An Riverside" "two nights, river side" #vietnam
  Expenses:Stay:Hotels         60 EUR
  Assets:Wise:EUR
2024-05-01 * "Tasca" "supper" #portugal
  Expenses:Food                40 EUR
  Assets:Wise:EUR
2024-06-01 * "Lingofirm" "batch"
  Assets:Wise:USD            2000 USD
  Income:Translation
2024-08-05 * "Wise" "dollars into euros"
  Assets:Wise:USD           -1000 USD @ 0.92 EUR
  Assets:Wise:EUR             920 EUR
"""


@pytest.mark.parametrize(
    ("question", "got"),
    [
        ("what rate did I get when I changed dollars in August 2024?", [("920", "EUR", "1000", "USD")]),
        ("how many euros did I get for my dollars", [("920", "EUR", "1000", "USD")]),
        ("when did I last buy baht", [("7600", "THB", "200", "EUR")]),
        ("what rate did I get from Superrich last time", [("7600", "THB", "200", "EUR")]),
        ("how many euros did I change into baht", [("11400", "THB", "300", "EUR"), ("7600", "THB", "200", "EUR")]),
        ("what did I pay for the baht in march", [("7600", "THB", "200", "EUR")]),
        ("how many dollars did I sell", [("920", "EUR", "1000", "USD")]),
    ],
)
def test_what_was_got_in_an_exchange(index: Index, question: str, got: list[tuple[str, ...]]) -> None:
    plan, evidence = asked(index, question, today=TODAY)
    assert plan.pick == "exchanged"
    rows = [
        tuple(f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row[4:8]) for row in evidence.table.rows
    ]
    assert rows == got


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("what have the exchange fees cost me", Measure.SUM),
        ("convert my spending in thailand to euros", Measure.SUM),
        ("what is the dollar rate", Measure.PRICE),
        ("exchange rate dollar to euro on 1 August 2024", Measure.PRICE),
        ("exchange rate from the dollar to the euro", Measure.PRICE),
        ("how many dollars do I have left", Measure.BALANCE),
    ],
)
def test_what_is_no_exchange(index: Index, question: str, measure: Measure) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan)
    assert (outcome.measure, outcome.pick) == (measure, "")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("which country was the most expensive", [("thailand", "565", "EUR")]),
        ("what did I spend in each country", [("portugal", "40", "EUR"), ("thailand", "505", "EUR")]),
        ("how many countries have I been to", [("3",)]),
    ],
)
def test_countries_are_tags(index: Index, question: str, rows: list[tuple[str, ...]]) -> None:
    _, evidence = asked(index, question, today=TODAY)
    assert set(rows) <= {tuple(str(cell) for cell in row) for row in evidence.table.rows}


def test_what_has_no_rate_is_left_aside(index: Index) -> None:
    plan, _ = asked(index, "which country was the dearest", today=TODAY)
    assert "VND left aside: no rate to EUR is known" in plan.reading


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("did I spend more in Portugal or in Thailand", "EUR"),
        ("was Thailand dearer than Portugal", "EUR"),
        ("Portugal vs Thailand", None),
        ("did I spend more in Vietnam or in Thailand", None),  # what lunch in dong comes to is not known
    ],
)
def test_sides_in_other_currencies(index: Index, question: str, target: str | None) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert len(plan.compare) == 2
    assert plan.convert_to == target


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how much did I spend in thailand, converted to euros", "at the newest rates (of 2024-01-01)"),
        ("how much did I spend in thailand, in euros", "amounts in EUR alone, none in THB converted"),
        ("what did I earn in euros", "at the newest rates (of 2024-12-01)"),
        ("food in Vietnam vs Portugal", "They have no currency in common, so neither can be called higher."),
        ("how many dollars did I change in August", "920 EUR for 1,000 USD, at 0.92 EUR per USD"),
    ],
)
def test_what_is_said_of_rates(index: Index, question: str, said: str) -> None:
    plan, evidence = asked(index, question, today=TODAY)
    assert said in " ".join(sentences(plan, evidence, index, cite(plan, evidence, index), question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("average cost of a hotel night in Thailand", "600.00 THB per night"),
        ("what does a hotel night cost on average", "30.00 EUR and 600.00 THB per night"),
        ("what did I pay per night at Hoi An Riverside", "30.00 EUR per night"),
    ],
)
def test_what_a_night_cost(index: Index, question: str, said: str) -> None:
    plan, evidence = asked(index, question, today=TODAY)
    assert said in " ".join(sentences(plan, evidence, index, cite(plan, evidence, index), question))
