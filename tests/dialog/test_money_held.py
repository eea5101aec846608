"""How much money there is, and which accounts are not in use: over a small invented ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Measure, Plan, Root
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "NZD"
2022-01-01 open Assets:Bank:Tui:Current
2022-01-01 open Assets:Bank:Tui:Savings
2022-01-01 open Assets:Purse:Cash
2022-01-01 open Assets:House
2022-01-01 open Assets:Broker:Cash
2022-01-01 open Assets:Receivable:Anna
2022-01-01 open Liabilities:Card
2022-01-01 open Liabilities:Payable:Ben
2022-01-01 open Equity:Opening
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:Food:Club
2022-01-01 open Expenses:Never
2022-01-01 open Expenses:Gone
2023-06-01 close Expenses:Gone

2022-01-01 * "opening"
  Assets:Bank:Tui:Current   100 NZD
  Assets:Bank:Tui:Savings   200 NZD
  Assets:Purse:Cash          30 NZD
  Assets:House             9000 NZD
  Assets:Broker:Cash         70 NZD
  Equity:Opening
2023-02-01 * "Club" "meal"
  Expenses:Food:Club         10 NZD
  Liabilities:Card
2024-06-01 * "Shop" "food for Anna, too"
  Expenses:Food              10 NZD
  Assets:Receivable:Anna      5 NZD
  Liabilities:Payable:Ben
"""


@pytest.mark.parametrize(
    "question",
    [
        "how much money do I have",
        "how much do we have in total",
        "money available",
        "how much money is in all our accounts",
        "how much money do i have left",
    ],
)
def test_money_is_what_banks_and_purses_hold(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert plan.filters.accounts == ("Assets:Bank", "Assets:Purse"), digest(plan)
    assert gather(plan, index, TODAY).table.rows[0][0] == Decimal(330)


def test_all_balances_are_all_accounts(index: Index) -> None:
    plan = plan_question("all my account balances", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.roots == (Root.ASSETS, Root.LIABILITIES)


def test_what_several_accounts_hold_is_told_together(index: Index) -> None:
    plan = plan_question("balance of all bank accounts by account", [], TODAY, index)
    assert isinstance(plan, Plan)
    evidence = gather(plan, index, TODAY)
    assert headline(plan, evidence, index).endswith("Together: 300 NZD.")


@pytest.mark.parametrize("question", ["how much am I owed", "what is owed to me"])
def test_what_is_owed_to_me_is_no_debt(question: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert [name.split(":")[1] for name in plan.filters.accounts] == ["Receivable"], digest(plan)


IDLE = [
    ("which accounts haven't been used this year", 9),
    ("unused accounts", 9),
    ("accounts with no activity in 2024", 9),
    ("are there any dormant accounts", 9),
    ("which expense accounts were not used in 2024", 2),
    ("accounts we have never used", 1),
]


@pytest.mark.parametrize(("question", "number"), IDLE)
def test_accounts_that_are_not_in_use(question: str, number: int, index: Index) -> None:
    for understander in (None, Scripted({"measure": ("sum", 0.9)})):
        plan = plan_question(question, [], TODAY, index, understander=understander)
        assert isinstance(plan, Plan), plan
        assert plan.measure is Measure.ACCOUNTS
        rows = gather(plan, index, TODAY).table.rows
        assert len(rows) == number, [row[0] for row in rows]
        assert "Expenses:Gone" not in {row[0] for row in rows}


def test_when_an_idle_account_was_last_used(index: Index) -> None:
    plan = plan_question("which expense accounts were not used in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    said = headline(plan, gather(plan, index, TODAY), index)
    assert said.startswith("2 open accounts with nothing booked in 2024")
    assert "Expenses:Food:Club, last used on 2023-02-01" in said
    assert "Expenses:Never, never used" in said
