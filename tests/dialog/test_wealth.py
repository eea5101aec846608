"""What somebody asks who saves, borrows and invests: when a balance passed a sum, what sales gained, what all is."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.grounding.sentences import headline
from ledgerqa.plan_keys import PASSED
from ledgerqa.records import Measure
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "CAD"
plugin "beancount.plugins.auto_accounts"
2022-01-01 commodity OAKX
  name: "Oakvale All-World Fund"
  asset-class: "fund"
2022-01-01 commodity ELMB
  name: "Elmcrest Bond Fund"
  asset-class: "fund"
2022-01-01 commodity QUILL
  name: "Quillfeather Pens"
  asset-class: "stock"
2022-01-01 commodity HAZL
  name: "Hazelton Rail"
  asset-class: "stock"
2022-01-01 commodity BTC
  asset-class: "crypto"

2022-01-01 * "Start"
  Assets:Bank:Chequing        3000.00 CAD
  Assets:Bank:RainyDay        9000.00 CAD
  Liabilities:HouseMortgage -90000.00 CAD
  Liabilities:CarLoan        -6000.00 CAD
  Equity:Start
2022-03-01 * "Broker" "Bought QUILL"
  Assets:Broker:Shares:QUILL   20 QUILL {50.00 CAD}
  Assets:Bank:Chequing
2022-03-02 * "Broker" "Bought HAZL"
  Assets:Broker:Shares:HAZL    10 HAZL {30.00 CAD}
  Assets:Bank:Chequing
2022-04-01 * "Broker" "Bought funds"
  Assets:Broker:Funds:OAKX     10 OAKX {60.00 CAD}
  Assets:Broker:Funds:ELMB     10 ELMB {10.00 CAD}
  Assets:Bank:Chequing
2022-05-01 * "Coins" "Bought BTC"
  Assets:Coins:BTC           0.01 BTC {30000.00 CAD}
  Assets:Bank:Chequing
2022-06-01 * "To the broker"
  Assets:Broker:Cash          100.00 CAD
  Assets:Bank:Chequing
2022-07-01 * "Oakvale Securities" "Dividends"
  Assets:Broker:Cash           70.00 CAD
  Income:Dividends:QUILL      -40.00 CAD
  Income:Dividends:HAZL       -30.00 CAD
2022-08-01 * "Oakvale" "Distribution"
  Assets:Broker:Cash           20.00 CAD
  Income:Dividends:OAKX       -20.00 CAD
2023-02-01 * "Broker" "Sold QUILL"
  Assets:Broker:Shares:QUILL  -10 QUILL {50.00 CAD} @ 58.00 CAD
  Assets:Bank:Chequing        580.00 CAD
  Income:Realised             -80.00 CAD
2023-06-01 * "Broker" "Sold all HAZL"
  Assets:Broker:Shares:HAZL   -10 HAZL {30.00 CAD} @ 24.00 CAD
  Assets:Bank:Chequing        240.00 CAD
  Income:Realised              60.00 CAD
2023-01-10 * "Lender" "Mortgage"
  Liabilities:HouseMortgage   800.00 CAD
  Expenses:Interest:HouseMortgage 300.00 CAD
  Assets:Bank:Chequing
2023-01-20 * "Lender" "Car loan"
  Liabilities:CarLoan        1200.00 CAD
  Expenses:Interest:CarLoan    50.00 CAD
  Assets:Bank:Chequing
2023-03-01 * "A friend abroad"
  Assets:Coins:Dollars        500.00 USD
  Income:Gifts
2023-03-15 * "Works" "Pay"
  Assets:Bank:Chequing       9000.00 CAD
  Income:Pay
2024-01-15 * "To rainy day"
  Assets:Bank:RainyDay       1500.00 CAD
  Assets:Bank:Chequing
2024-02-15 * "Bank" "Interest"
  Assets:Bank:RainyDay         20.00 CAD
  Income:Interest:RainyDay
2024-03-15 * "Roof"
  Expenses:Repairs           2000.00 CAD
  Assets:Bank:RainyDay
2024-09-15 * "To rainy day"
  Assets:Bank:RainyDay       2500.00 CAD
  Assets:Bank:Chequing
2024-12-31 price USD 1.20 CAD
2024-12-31 price OAKX 90.00 CAD
2024-12-31 price ELMB 9.00 CAD
2024-12-31 price QUILL 60.00 CAD
2024-12-31 price BTC 90000.00 CAD
"""

asked = partial(asking.asked, today=TODAY)
rows = partial(asking.rows_of, today=TODAY)


PASSINGS = [
    ("when did rainy day first go over 10000", "2024-01-15", "first came above 10,000.00 CAD on 2024-01-15"),
    ("when did the rainy day pot last pass 10k", "2024-09-15", "last came above 10,000.00 CAD on 2024-09-15"),
    ("on what day did rainy day drop below 10,000", "2024-03-15", "fell below 10,000.00 CAD on 2024-03-15"),
    ("when did the house mortgage get under 90000", "2023-01-10", "fell below 90,000.00 CAD on 2023-01-10"),
    ("when was the car loan below 5000", "2023-01-20", "fell below 5,000.00 CAD on 2023-01-20"),
    ("when did chequing hit 7500", "2023-03-15", "reached 7,500.00 CAD on 2023-03-15"),
]


@pytest.mark.parametrize(("question", "day", "said"), PASSINGS)
def test_when_a_balance_passed_a_sum(question: str, day: str, said: str, index: Index) -> None:
    plan, evidence = asked(index, question)
    assert (plan.measure, plan.key) == (Measure.BALANCE, PASSED)
    assert str(evidence.table.rows[0][0]) == day
    assert said in headline(plan, evidence, index, (), question)


def test_a_sum_that_was_never_reached(index: Index) -> None:
    plan, evidence = asked(index, question := "when did rainy day reach 50000")
    assert "never reached 50,000" in headline(plan, evidence, index, (), question)


def test_payments_of_more_than_so_much_pass_nothing(index: Index) -> None:
    plan, _ = asked(index, "when did I move more than 1000 to rainy day")
    assert plan.key != PASSED


REALISED = [
    ("realized gain on QUILL", "-80"),
    ("how much gain did I realise on QUILL", "-80"),
    ("what did I lose on HAZL", "60"),
    ("profit I made on hazelton rail", "60"),
    ("realised loss on Hazelton in 2023", "60"),
]


@pytest.mark.parametrize(("question", "gain"), REALISED)
def test_what_was_gained_by_selling_one_share(question: str, gain: str, index: Index) -> None:
    """One account holds the gains on all; what lay on the share's own account tells them apart."""
    assert rows(question, index, Measure.SUM) == [[gain, "CAD"]]


def test_what_is_still_held_has_gained_nothing_by_sales(index: Index) -> None:
    plan, _ = asked(index, "how much am I up on QUILL")
    assert plan.measure is Measure.HOLDINGS


CHANGES = [
    "by how much did my net worth change in 2024",
    "net worth change in 2024",
    "change in net worth in 2024",
    "increase in my net worth since january",
]


@pytest.mark.parametrize("question", CHANGES)
def test_a_change_of_what_stands_has_two_sides(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    ends = [each.period.end for each in plan.compare]
    assert (plan.measure, ends) == (Measure.NET_WORTH, [dt.date(2024, 1, 1), dt.date(2025, 1, 1)])


def test_a_change_of_a_balance(index: Index) -> None:
    found = rows("change in rainy day balance in 2024", index, Measure.BALANCE)
    assert found == [["as of 2023-12-31", "9000", "CAD"], ["as of 2024-12-31", "11020", "CAD"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what am I worth", [["-75630", "CAD"]]),
        ("net worth, not converted", [["-76230", "CAD"], ["500", "USD"]]),
        ("net worth at cost", [["-77220", "CAD"], ["500", "USD"]]),
    ],
)
def test_all_one_is_worth_is_one_figure(question: str, expected: list[list[str]], index: Index) -> None:
    """In the one currency that the books are kept in, unless the monies are to be told apart."""
    assert rows(question, index, Measure.NET_WORTH) == expected


KINDS = [
    ("what stocks do I hold", ["QUILL"]),
    ("what funds do I own", ["ELMB", "OAKX"]),
    ("list my stocks and funds with quantity, cost and current value", ["ELMB", "OAKX", "QUILL"]),
    ("how much have I got in funds altogether", ["ELMB", "OAKX"]),
    ("how many units of the bond fund do I have", ["ELMB"]),
]


@pytest.mark.parametrize(("question", "codes"), KINDS)
def test_securities_of_the_kinds_that_the_books_tell(question: str, codes: list[str], index: Index) -> None:
    plan, evidence = asked(index, question)
    at = next(place for place, column in enumerate(evidence.table.columns) if column.name == "commodity")
    assert plan.measure is Measure.HOLDINGS
    assert sorted(str(row[at]) for row in evidence.table.rows) == codes


WEIGHTS = [
    ("what percent of my investments is in bitcoin", ["900", "2490"]),
    ("what share of my funds is ELMB", ["90", "990"]),
    ("how much of my portfolio is in funds", ["990", "2490"]),
    ("share of bitcoin in my portfolio", ["900", "2490"]),
    ("what % of my portfolio is quillfeather", ["600", "2490"]),
]


@pytest.mark.parametrize(("question", "sides"), WEIGHTS)
def test_a_part_of_what_is_held(question: str, sides: list[str], index: Index) -> None:
    """At market, in the money the books are kept in."""
    assert [row[1] for row in rows(question, index, Measure.SUM)] == sides


@pytest.mark.parametrize(
    ("question", "code"),
    [("which of my investments has done best", "BTC"), ("which fund did worst", "ELMB"), ("worst performer", "ELMB")],
)
def test_the_best_and_the_worst_investment(question: str, code: str, index: Index) -> None:
    assert rows(question, index, Measure.HOLDINGS)[0][1] == code


def test_the_highest_it_ever_was(index: Index) -> None:
    assert rows("highest my rainy day account ever was", index, Measure.BALANCE) == [["2024-09-15", "11020", "CAD"]]


def test_interest_on_all_loans(index: Index) -> None:
    assert rows("total interest paid on all my loans", index, Measure.SUM) == [["350", "CAD"]]


@pytest.mark.parametrize("question", ["how much cash have I got across all accounts", "how much cash do I have"])
def test_cash_is_what_banks_hold_as_well(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert set(plan.filters.accounts) == {"Assets:Bank", "Assets:Broker:Cash"}


@pytest.mark.parametrize(
    "question",
    [
        "month-end balances of rainy day in 2024",
        "rainy day month-end balances for 2024",
        "rainy day balance at each month end in 2024",
        "rainy day balance at each month end this year",
    ],
)
def test_a_row_for_each_month_end(question: str, index: Index) -> None:
    assert not asked(index, question)[0].reading  # one account is no several
    found = rows(question, index, Measure.BALANCE)
    assert (found[0], found[-1], len(found)) == (["2024-01", "10500", "CAD"], ["2024-12", "11020", "CAD"], 12)


def test_dividends_by_security(index: Index) -> None:
    """A payee called so in part is not meant, and which of them paid the most is a row of the same."""
    found = rows("dividends by security", index, Measure.SUM)
    assert [row[0].rpartition(":")[2] for row in found] == ["QUILL", "HAZL", "OAKX"]
    assert rows("which share paid me the most in dividends", index, Measure.SUM) == found[:1]
