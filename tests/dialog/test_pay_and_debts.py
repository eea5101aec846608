"""Pay before tax, pensions, who has paid back, open invoices, in against out, equity: over an invented ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "NZD"
2024-01-01 open Assets:Bank:Current
2024-01-01 open Assets:House
2024-01-01 open Assets:Pension           KIWI
2024-01-01 open Assets:Receivable:Anna
2024-01-01 open Assets:Receivable:Clients
2024-01-01 open Liabilities:Mortgage
2024-01-01 open Liabilities:Payable:Ben
2024-01-01 open Liabilities:Deposits:Cleo
2024-01-01 open Equity:Opening
2024-01-01 open Income:Salary:Fernleaf
2024-01-01 open Income:Employer:Pension
2024-01-01 open Income:Gifts
2024-01-01 open Income:Events
2024-01-01 open Income:Work
2024-01-01 open Expenses:Taxes
2024-01-01 open Expenses:Gifts
2024-01-01 open Expenses:Events
2024-01-01 open Expenses:Clothing
2024-01-01 event "chair" "Anna"

2024-01-01 * "opening"
  Assets:House             9000 NZD
  Liabilities:Mortgage    -6000 NZD
  Equity:Opening
2024-02-28 * "Fernleaf" "pay"
  Assets:Bank:Current      1600 NZD
  Expenses:Taxes            300 NZD
  Assets:Pension              3 KIWI {50 NZD}
  Income:Salary:Fernleaf  -2000 NZD
  Income:Employer:Pension   -50 NZD
2024-03-01 * "Grandma" "birthday"
  Assets:Bank:Current        80 NZD
  Income:Gifts
2024-03-02 * "Toys" "for Leo"
  Expenses:Gifts             30 NZD
  Assets:Bank:Current
2024-03-03 * "Ceilidh" "tickets"
  Assets:Bank:Current       200 NZD
  Income:Events
2024-03-04 * "Hall" "hire"
  Expenses:Events            90 NZD
  Assets:Bank:Current
2024-03-05 * "Shop" "coat"
  Expenses:Clothing         120 NZD
  Assets:Bank:Current
2024-03-08 * "Shop" "coat, wrong size"
  Expenses:Clothing         -40 NZD
  Assets:Bank:Current
2024-04-01 * "Cinema" "for Anna and Ben"
  Assets:Receivable:Anna     20 NZD
  Assets:Bank:Current
2024-04-02 * "Anna"
  Assets:Bank:Current        15 NZD
  Assets:Receivable:Anna
2024-04-03 * "Ben" "lunch"
  Expenses:Gifts             10 NZD
  Liabilities:Payable:Ben
2024-04-04 * "Ben" "lunch paid back"
  Liabilities:Payable:Ben    10 NZD
  Assets:Bank:Current
2024-05-01 * "Client" "work" ^invoice-1
  Assets:Receivable:Clients 500 NZD
  Income:Work
2024-05-20 * "Client" "paid" ^invoice-1
  Assets:Bank:Current       500 NZD
  Assets:Receivable:Clients
2024-06-01 * "Client" "more work" ^invoice-2
  Assets:Receivable:Clients 700 NZD
  Income:Work
2024-07-01 * "Cleo" "deposit"
  Assets:Bank:Current        60 NZD
  Liabilities:Deposits:Cleo
2024-08-01 * "Cleo" "deposit given back"
  Liabilities:Deposits:Cleo  25 NZD
  Assets:Bank:Current
"""

FIGURES = [
    ("how much did I earn before tax in 2024", "-2000"),
    ("what was my gross pay in 2024", "-2000"),
    ("gross income 2024", "-3530"),
    ("how much does my employer pay into the pension", "-50"),
    ("employer pension contributions 2024", "-50"),
    ("how much went into the pension in 2024", "150"),
    ("pension contributions in 2024", "150"),
    ("clothing after refunds in 2024", "80"),
    ("clothing net of refunds", "80"),
    ("what's the equity in the house", "3000"),
    ("how much is the house worth minus the mortgage", "3000"),
    ("how much did we make on events after costs", "-110"),
    ("profit on events", "-110"),
    ("how much is outstanding on invoices", "700"),
    ("how much of the deposits was given back", "25"),
    ("how much did the choir spend in 2024", "510"),
]


def answered(question: str, index: Index) -> tuple[Plan, str]:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    return plan, headline(plan, gather(plan, index, TODAY), index, (), question)


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_figures(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert [f"{row[0]:f}" for row in rows] == [figure], digest(plan)


def test_a_model_that_hears_spending_changes_no_pay(index: Index) -> None:
    hears = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)})
    plan = plan_question("how much did I earn before tax in 2024", [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Income:Salary",)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("has Anna paid everything back", "Not in full. "),
        ("did Anna pay us back", "Not in full. "),
        ("is Anna square with us", "Not in full. "),
        ("have we paid Ben back", "Yes. "),
    ],
)
def test_whether_somebody_paid_back(question: str, lead: str, index: Index) -> None:
    for understander in (None, Scripted({"measure": ("sum", 0.9)})):
        plan = plan_question(question, [], TODAY, index, understander=understander)
        assert isinstance(plan, Plan)
        assert plan.measure is Measure.BALANCE
        assert headline(plan, gather(plan, index, TODAY), index, (), question).startswith(lead)


@pytest.mark.parametrize("question", ["unpaid invoices", "any open invoices?", "which invoices are still unpaid"])
def test_open_invoices_stand_under_their_links(question: str, index: Index) -> None:
    for understander in (None, Scripted({"measure": ("recurring", 0.9)})):
        plan = plan_question(question, [], TODAY, index, understander=understander)
        assert isinstance(plan, Plan), plan
        assert plan.group_by == (Grouping.LINK,), digest(plan)
        assert [row[0] for row in gather(plan, index, TODAY).table.rows] == ["invoice-2"]


def test_in_against_out_says_what_is_left(index: Index) -> None:
    plan, said = answered("gifts in vs gifts out in 2024", index)
    assert [row[0] for row in gather(plan, index, TODAY).table.rows] == ["money in", "money out"]
    assert "money in: 80 NZD; money out: 40 NZD" in said
    assert "That is 40 NZD more in than out." in said
    _, said = answered("money in and out of the current account", index)
    assert "more in than out" in said


def test_in_against_out_by_month(index: Index) -> None:
    plan, _ = answered("money in vs money out by month in 2024", index)
    assert plan.group_by == (Grouping.MONTH,)
    assert len(plan.compare) == 2


def test_refunds_alone_are_what_came_back(index: Index) -> None:
    plan, _ = answered("refunds in 2024", index)
    assert plan.filters.sign == -1


def test_who_has_not_paid_is_what_is_owed_to_us(index: Index) -> None:
    plan, _ = answered("who hasn't paid us yet", index)
    assert all(name.startswith("Assets:Receivable") for name in plan.filters.accounts)
    plan, _ = answered("who do we owe", index)
    assert all(name.startswith("Liabilities") for name in plan.filters.accounts)


def test_where_money_comes_from_is_income(index: Index) -> None:
    plan, _ = answered("where does our money come from", index)
    assert plan.group_by == (Grouping.ACCOUNT,)
    assert [root.value for root in plan.filters.roots] == ["income"]


def test_a_year_after_an_own_account_is_a_year(index: Index) -> None:
    plan, _ = answered("money in and out of the current account 2024", index)
    assert plan.period.start == dt.date(2024, 1, 1)


def test_what_it_is_worth_asks_for_no_advice(index: Index) -> None:
    plan, _ = answered("how much KIWI do we hold and what is it worth", index)
    assert plan.measure is Measure.HOLDINGS
    assert isinstance(plan_question("is it worth buying KIWI", [], TODAY, index), Refusal)
    assert Decimal(3) in gather(plan, index, TODAY).table.rows[0]


def test_what_is_withheld_net_of_refunds_is_no_margin(index: Index) -> None:
    plan, _ = answered("how much tax was withheld in 2024, net of refunds", index)
    assert plan.filters.accounts == ("Expenses:Taxes",)


@pytest.mark.parametrize(
    ("question", "figure"),
    [("total assets", "11905"), ("total liabilities at the end of 2024", "-6035"), ("what's my balance", "2200")],
)
def test_one_side_of_what_stands(question: str, figure: str, index: Index) -> None:
    plan, _ = answered(question, index)
    rows = gather(plan, index, TODAY).table.rows
    assert plan.measure is Measure.BALANCE
    assert [f"{row[0]:f}" for row in rows if row[1] == "NZD"] == [figure], digest(plan)


def test_what_may_be_spent_is_no_question_to_a_ledger(index: Index) -> None:
    assert isinstance(plan_question("how much can I spend this month", [], TODAY, index), Refusal)


def test_what_an_employer_paid_is_no_purchase_of_shares(index: Index) -> None:
    plan, _ = answered("what did fernleaf pay me in total", index)
    assert plan.filters.accounts == ("Income:Salary:Fernleaf",), digest(plan)
