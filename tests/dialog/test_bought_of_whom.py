"""Who sold us something is whom it was bought of; "when we …" after a time tells the time, and asks for no date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan, Refusal

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 7, 1)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Van
2023-01-01 open Expenses:Van:Fuel
2023-01-01 open Expenses:Groceries

2023-05-10 * "Dougal McPhie" "the van, with a full tank"
  Assets:Van           14250.00 EUR
  Assets:Bank
2023-06-01 * "Esso" "diesel"
  Expenses:Van:Fuel       80.00 EUR
  Assets:Bank
2023-12-04 * "Mercearia Bonfim" "food" #portugal
  Expenses:Groceries      64.13 EUR
  Assets:Bank
2024-01-09 * "Mercearia Bonfim" "food" #portugal
  Expenses:Groceries      35.87 EUR
  Assets:Bank
"""


def _payees(question: str, index: Index) -> set[str]:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.LIST
    return {entry.payee for entry in index.entries(gather(plan, index, TODAY).entry_ids)}


@pytest.mark.parametrize(
    "question",
    [
        "who sold us the van and what did we pay",
        "who sold me the van?",
        "who did we get the van off",
        "who did we get the van from?",
        "who did we buy the van from",
    ],
)
def test_who_sold_it_to_us(question: str, index: Index) -> None:
    assert _payees(question, index) == {"Dougal McPhie"}


@pytest.mark.parametrize("question", ["who did we sell the van to", "how much did we sell the van for"])
def test_what_we_never_sold(question: str, index: Index) -> None:
    refusal = plan_question(question, [], TODAY, index)
    assert isinstance(refusal, Refusal)
    assert "No sale" in str(refusal)


@pytest.mark.parametrize(
    "question",
    ["groceries in december 2023 and january 2024 when we sat in portugal", "groceries in 2024 when i lived abroad"],
)
def test_a_clause_of_time_asks_for_no_entries(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.SUM


@pytest.mark.parametrize("question", ["tell me when we bought the diesel", "the diesel, and when we bought it"])
def test_an_indirect_question_does(question: str, index: Index) -> None:
    assert _payees(question, index) == {"Esso"}
