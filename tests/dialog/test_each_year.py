"""The same part of every year, raises within a year, what is still paid: over a small invented ledger."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 12, 31)
LEDGER = """
option "operating_currency" "CAD"
2022-01-01 open Assets:Bank
2022-01-01 open Income:Salary
2022-01-01 open Expenses:Heating
2022-01-01 open Expenses:Sport

2023-06-30 * "Works" "pay"
  Income:Salary      -3000 CAD
  Assets:Bank
2024-06-30 * "Works" "pay"
  Income:Salary      -3000 CAD
  Assets:Bank
2024-12-31 * "Works" "pay"
  Income:Salary      -3000 CAD
  Assets:Bank
2025-01-31 * "Works" "pay"
  Income:Salary      -3100 CAD
  Assets:Bank
2025-02-28 * "Works" "pay"
  Income:Salary      -3100 CAD
  Assets:Bank
2023-01-10 * "Oil" "tank"
  Expenses:Heating      200 CAD
  Assets:Bank
2024-01-12 * "Oil" "tank"
  Expenses:Heating      210 CAD
  Assets:Bank
2024-07-12 * "Oil" "tank"
  Expenses:Heating       90 CAD
  Assets:Bank
2025-01-09 * "Oil" "tank"
  Expenses:Heating      250 CAD
  Assets:Bank
2024-03-01 * "Gym on the Quay" "month"
  Expenses:Sport         30 CAD
  Assets:Bank
2024-04-01 * "Gym on the Quay" "month"
  Expenses:Sport         30 CAD
  Assets:Bank
2024-05-01 * "Gym on the Quay" "month"
  Expenses:Sport         30 CAD
  Assets:Bank
"""
JANUARIES = [("January 2023", "200"), ("January 2024", "210"), ("January 2025", "250")]


@pytest.mark.parametrize(
    "question",
    ["heating in January each year", "what does heating cost every january?", "heating in january over the years"],
)
def test_the_same_month_of_every_year(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert [(row[0], f"{row[1]:f}") for row in rows] == JANUARIES, digest(plan)


@pytest.mark.parametrize("question", ["heating each year", "heating in January 2024", "heating in january"])
def test_what_names_no_part_of_every_year(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert not plan.compare, digest(plan)


@pytest.mark.parametrize("measure", ["sum", "recurring", "list"])
def test_a_raise_is_told_by_the_pay_before_it(measure: str, index: Index) -> None:
    hears = Scripted({"measure": (measure, 0.9)})
    plan = plan_question("did I get a raise in 2025", [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan), plan
    amounts = [f"{row[4]:f}" for row in gather(plan, index, TODAY).table.rows]
    assert amounts == ["-3000", "-3100"], digest(plan)


@pytest.mark.parametrize("question", ["do I still pay for the gym", "are we still being charged by the gym?"])
def test_what_is_still_paid_is_no_debt(question: str, index: Index) -> None:
    hears = Scripted({"measure": ("balance", 0.9), "key": ("shared", 0.9)})
    plan = plan_question(question, [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan), plan
    assert plan.measure is Measure.LIST, digest(plan)
    assert [str(row[0]) for row in gather(plan, index, TODAY).table.rows] == ["2024-05-01"]


def test_how_we_are_doing_is_what_is_left(index: Index) -> None:
    plan = plan_question("how are we doing this year", [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.measure is Measure.NET_INCOME, digest(plan)
