"""Words that look like a comparison, a payment, a purchase or a list of payees, and are none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 15)
LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Assets:MoneyMarket
2024-01-01 open Expenses:Motoring:Fuel
2024-01-01 open Expenses:Motoring:Insurance
2024-01-01 open Expenses:PaperBags
2024-01-01 open Income:NursingPay
2024-01-01 open Income:Job
2024-01-01 open Income:Job:Bonus
2025-08-02 * "Ridley Oil" "petrol"
  category: "oops"
  Expenses:Motoring:Fuel  50.00 GBP
  Assets:Bank
2025-08-03 * "Coverall" "car"
  Expenses:Motoring:Insurance  70.00 GBP
  Assets:Bank
2025-08-04 * "Packwell" "bags"
  Expenses:PaperBags  9.00 GBP
  Assets:Bank
2025-08-28 * "St Anne" "pay"
  Assets:Bank  900.00 GBP
  Income:NursingPay
2025-08-29 * "Halden" "pay"
  Assets:Bank  700.00 GBP
  Income:Job  -600.00 GBP
  Income:Job:Bonus
2025-08-30 * "Bank" "put by"
  Assets:MoneyMarket  10.00 GBP
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("up_or_down")
    (folder / "main.beancount").write_text(LEDGER, encoding="utf-8")
    build(folder / "main.beancount", folder / "data")
    with open_index(folder / "main.beancount", folder / "data") as found:
        yield found


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("are we up or down this month", "net_income 2025-09"),
        ("is fuel up on last month", "sum Expenses:Motoring:Fuel [from 2025-08-01 to 2025-08-15"),
        ("how is motoring made up in August 2025", "sum Expenses:Motoring 2025-08"),
        ("how many times was i paid by St Anne in August", "count income <St Anne> 2025-08"),
        ("was i paid for nursing in August", "sum Income:NursingPay 2025-08"),
        ("what did paper bags cost the shop in August", "sum Expenses:PaperBags 2025-08"),
        ("what paper bags cost the shop in August", "sum Expenses:PaperBags 2025-08"),
        ("everything we bought in August 2025, how much money", "sum expenses 2025-08"),
        ("everything with category oops in 2025", "refuse"),
        ("are we up or down in 2025", "net_income 2025"),
        ("wages from the job in 2025, no bonus", "sum Income:Job -Income:Job:Bonus 2025"),
    ],
)
def test_what_it_looks_like_it_is_not(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)).startswith(plan)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("what do fuel and paper bags cost us each, year by year", 2),
        ("fuel and paper bags by month in 2025, separately", 2),
        ("fuel and paper bags each month in 2025", 0),
        ("fuel and paper bags by year", 0),
    ],
)
def test_what_is_asked_of_each_is_told_of_each(question: str, sides: int, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (len(plan.compare), len(plan.group_by)) == (sides, 1)


MOVED = """
2025-03-01 * "Van hire" "moving day" #move
  Expenses:Motoring:Fuel  5.00 GBP
  Assets:Bank
"""


@pytest.fixture(scope="module")
def with_a_move(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("moved")
    (folder / "main.beancount").write_text(LEDGER + MOVED, encoding="utf-8")
    build(folder / "main.beancount", folder / "data")
    with open_index(folder / "main.beancount", folder / "data") as found:
        yield found


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("paper bags since we moved", "sum Expenses:PaperBags 2025-03-01.."),
        ("since we moved, how much were paper bags", "sum Expenses:PaperBags 2025-03-01.."),
        ("after we moved, how much were paper bags", "sum Expenses:PaperBags 2025-03-02.."),
        ("paper bags before we moved house", "sum Expenses:PaperBags ..2025-03-01"),
    ],
)
def test_a_tag_tells_when_we_moved(question: str, plan: str, with_a_move: Index) -> None:
    assert digest(plan_question(question, [], TODAY, with_a_move)) == plan


@pytest.mark.parametrize(
    "question", ["after we moved, how much were paper bags", "after I retired, paper bags in total"]
)
def test_a_time_that_no_entry_tells_is_told_as_unread(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan)
    assert any(each.startswith("no day is known for") for each in outcome.reading)
