"""What one asks who invests and lends: funds with everyday words in their names, what a holding made, a child's loan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "CAD"
plugin "beancount.plugins.auto_accounts"
2022-01-01 commodity OMBR
  name: "Ombre Dividend Fund"
2022-01-01 commodity PELT
  name: "Pelt & Sons Inc"
  class: "equity"
2022-01-01 commodity GLIM
  name: "Glimmer"
  class: "crypto"

2022-02-01 * "Brokerhouse" "buy OMBR"
  Assets:Depot:OMBR   100 OMBR {10.00 CAD}
  Assets:Bank
2022-02-01 * "Brokerhouse" "buy PELT"
  Assets:Depot:PELT   40 PELT {20.00 CAD}
  Assets:Bank
2022-03-01 * "Glimmer Market" "coins"
  Assets:Wallet:GLIM   3 GLIM {100.00 CAD}
  Assets:Bank
2022-06-01 * "Ombre Dividend Fund" "distribution"
  Income:Dividends:OMBR   -30.00 CAD
  Assets:Bank
2022-09-01 * "Pelt & Sons" "dividend"
  Income:Dividends:PELT   -8.00 CAD
  Assets:Bank
2023-03-01 * "Brokerhouse" "sell PELT"
  Assets:Depot:PELT   -10 PELT {20.00 CAD} @ 26.00 CAD
  Income:Gains   -60.00 CAD
  Assets:Bank
2023-04-01 * "Glimmer Market" "coins sold"
  Assets:Wallet:GLIM   -1 GLIM {100.00 CAD} @ 150.00 CAD
  Income:Gains:Crypto   -50.00 CAD
  Assets:Bank
2023-05-02 * "Lena Ostby" "lent for her flat"
  Assets:Loans:Lena   9000.00 CAD
  Assets:Bank
2023-06-02 * "Lena Ostby" "repayment"
  Assets:Loans:Lena   -300.00 CAD
  Income:Interest:Lena   -20.00 CAD
  Assets:Bank
2023-07-02 * "Lena Ostby" "repayment"
  Assets:Loans:Lena   -300.00 CAD
  Income:Interest:Lena   -20.00 CAD
  Assets:Bank
2023-08-02 * "Northbank" "interest"
  Income:Interest:Savings   -5.00 CAD
  Assets:Bank
2023-01-01 * "older books"
  Assets:House   500000.00 CAD
  Liabilities:Mortgage   -200000.00 CAD
  Liabilities:HELOC   -9000.00 CAD
  Equity:Opening
2023-02-03 * "Northbank" "mortgage payment"
  Liabilities:Mortgage   1000.00 CAD
  Expenses:Interest:Mortgage   600.00 CAD
  Assets:Bank
2023-02-06 * "Northbank" "line of credit"
  Liabilities:HELOC   200.00 CAD
  Expenses:Interest:HELOC   45.00 CAD
  Assets:Bank
2024-05-01 price OMBR 12.00 CAD
2024-05-01 price PELT 18.00 CAD
2024-05-01 price GLIM 160.00 CAD
"""


def told(index: Index, *said: str) -> tuple[Plan, list[list[str]]]:
    """The plan of the last of these questions after the others, and its rows as they are written."""
    plan = plan_question(said[-1], said[:-1], TODAY, index)
    assert isinstance(plan, Plan), plan
    return plan, [[str(cell) for cell in row] for row in gather(plan, index, TODAY).table.rows]


SUMS = [
    ("dividends per year", [["2022", "-38", "CAD"]]),
    ("total dividends", [["-38", "CAD"]]),
    ("dividends from the ombre fund", [["-30", "CAD"]]),
    ("how much have I realised on PELT", [["-60", "CAD"]]),
    ("how much have I lent Lena", [["9000", "CAD"]]),
    ("what has Lena paid back", [["-600", "CAD"]]),
    ("how much has Lena paid off the loan", [["-600", "CAD"]]),
    ("how much interest has Lena paid me", [["-40", "CAD"]]),
    ("how much has Lena paid me", [["640", "CAD"]]),
    ("interest on the line of credit", [["45", "CAD"]]),
    ("how much have we paid the mortgage in total", [["-1600", "CAD"]]),
]


@pytest.mark.parametrize(("question", "expected"), SUMS)
def test_sums(question: str, expected: list[list[str]], index: Index) -> None:
    """An everyday word in a fund's name names no fund; what a child repays is told from the interest on it."""
    plan, rows = told(index, question)
    assert (plan.measure, rows) == (Measure.SUM, expected)


HELD = [
    ("did I make money on PELT?", "PELT"),
    ("have I made any money on glimmer", "GLIM"),
    ("how much crypto do I have", "GLIM"),
    ("what did OMBR cost me", "OMBR"),
    ("how many PELT do I have || and what did they cost me", "PELT"),
]


@pytest.mark.parametrize(("question", "code"), HELD)
def test_what_is_held(question: str, code: str, index: Index) -> None:
    plan, _ = told(index, *question.split(" || "))
    assert (plan.measure, plan.filters.currencies) == (Measure.HOLDINGS, (code,))


@pytest.mark.parametrize(
    ("question", "cost"),
    [
        ("what's my average price for OMBR", "10"),
        ("average cost of PELT || and of OMBR", "10"),
        ("average cost of OMBR || and with PELT?", "20"),
        ("average cost of OMBR || and of glimmer?", "100"),
    ],
)
def test_what_a_unit_cost(question: str, cost: str, index: Index) -> None:
    plan, rows = told(index, *question.split(" || "))
    assert (plan.measure, rows[0][0]) == (Measure.AVERAGE, cost)


def test_when_the_loan_was_made(index: Index) -> None:
    plan, _ = told(index, "when did I lend Lena the money")
    assert (plan.measure, plan.filters.accounts, plan.filters.sign) == (Measure.LIST, ("Assets:Loans:Lena",), 1)


@pytest.mark.parametrize("question", ["how much equity do we have in the house", "what equity have I got in the house"])
def test_equity_in_a_thing_is_its_worth_less_the_loan(question: str, index: Index) -> None:
    plan, rows = told(index, question)
    assert (plan.measure, rows) == (Measure.NET_WORTH, [["301000", "CAD"]])
