"""Questions of somebody with little time: words cut short, subjects left away, a year in two digits at the end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.understanding.plain_words import in_plain_words
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 10, 2)
LEDGER = """
option "operating_currency" "USD"
2024-01-01 open Assets:Bank:Checking USD
2024-01-01 open Assets:Bank:Savings USD
2024-01-01 open Liabilities:Card:CapitalOne USD
2024-01-01 open Income:Wages USD
2024-01-01 open Income:TaxRefund USD
2024-01-01 open Expenses:Groceries USD
2024-01-01 open Expenses:Car:Insurance USD
2024-01-01 open Expenses:Utilities:Electric USD
2024-01-01 open Expenses:Doctor USD
2024-01-01 open Expenses:Medicine USD
2024-02-05 * "Sip N Go" "groceries"
  Expenses:Groceries  20.00 USD
  Assets:Bank:Checking
2024-03-05 * "Store" ""
  Expenses:Groceries  30.00 USD
  Liabilities:Card:CapitalOne
2024-04-05 * "Diner" "pay"
  Income:Wages  -500.00 USD
  Assets:Bank:Checking
2024-05-05 * "IRS" "refund"
  Income:TaxRefund  -300.00 USD
  Assets:Bank:Savings
2024-06-05 * "Ins-to-go" "six months"
  Expenses:Car:Insurance  60.00 USD
  Assets:Bank:Checking
2024-07-05 * "Dr. Amador" "cough"
  Expenses:Doctor  45.00 USD
  Assets:Bank:Checking
2024-07-06 * "Pharma" "syrup"
  Expenses:Medicine  9.00 USD
  Assets:Bank:Checking
2025-09-05 * "Store" ""
  Expenses:Groceries  40.00 USD
  Assets:Bank:Checking
2025-09-25 * "Diner" "pay"
  Income:Wages  -550.00 USD
  Assets:Bank:Checking
"""

asked = partial(asking.asked, today=TODAY)
WORDS = frozenset("ins inc med cap one cart sub insurance groceries electric savings checking store".split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("grocs last mo", "groceries last month"),
        ("elec tot 24", "electric total 24"),
        ("chk bal", "checking balance"),
        ("bal cap one", "balance capital one"),
        ("ins this yr", "insurance this year"),
        ("dr + meds 24", "doctor + medicine 24"),
        ("hw mch pd 2 store", "how much paid to store"),
        ("tot inc w/o wages", "total income without wages"),
        ("24 w/o tax refund", "24 without tax refund"),
        ("gas/mo 25", "gas per month 25"),
        # names and words of their own stay
        ("dr amador tot", "dr amador total"),
        ("sub", "sub"),
        ("cart in march", "cart in march"),
        ("wait a mo", "wait a mo"),
        ("what does it tot up to", "what does it tot up to"),
        ("total inc vat", "total inc vat"),
    ],
)
def test_words_cut_short_are_written_out(index: Index, typed: str, read: str) -> None:
    assert in_plain_words(typed, vocabulary(index), WORDS.__contains__) == read


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("rent total 24", [2024]),
        ("net 24", [2024]),
        ("net worth 24 vs 23", [2024, 2023]),
        ("spent 24", [2024]),
        ("rent paid 24", [2024]),
        ("is the total 24?", []),
        ("who paid 24", []),
        ("what did i pay 24", []),
        ("total 24 payments", []),
        ("shares worth 24", []),
    ],
)
def test_two_digits_close_a_question_as_a_year(question: str, years: list[int]) -> None:
    assert [each.period.start.year for each in find_periods(question, TODAY) if each.period.start] == years


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tot income 24 w/o tax refund", ["-500.00"]),
        ("how much came in in 2024 without the tax refund", ["-500.00"]),
        ("income before tax 2024", ["-800.00"]),
        ("made last mo", ["-550.00"]),
        ("in vs out sept", ["-510.00"]),
        ("made vs spent sept", ["-510.00"]),
        ("net income total 24", ["-636.00"]),
        ("cap one bal", ["-30.00"]),
    ],
)
def test_questions_cut_short(index: Index, question: str, expected: list[str]) -> None:
    _, found = asked(index, question)
    assert [cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)] == [
        Decimal(each) for each in expected
    ]


CALLED_LIKE_DEEDS = """
option "operating_currency" "USD"
2024-01-01 open Assets:Bank:Checking USD
2024-01-01 open Income:Rides USD
2024-01-01 open Income:Meals USD
2024-01-01 open Expenses:Fees:Overdraft USD
2024-01-01 open Expenses:Fees:CashOut USD
2024-02-05 * "Hail" "payout"
  Income:Rides  -90.00 USD
  Expenses:Fees:CashOut  2.00 USD
  Assets:Bank:Checking
2024-02-06 * "Fetch" "payout"
  Income:Meals  -40.00 USD
  Assets:Bank:Checking
2024-03-14 * "Bank" ""
  Expenses:Fees:Overdraft  37.00 USD
  Assets:Bank:Checking
2025-07-06 * "Bank" ""
  Expenses:Fees:Overdraft  35.00 USD
  Assets:Bank:Checking
"""


@pytest.fixture(scope="module")
def fees(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("fees")
    path = folder / "main.beancount"
    path.write_text(CALLED_LIKE_DEEDS, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def test_a_name_that_is_called_like_a_deed_orders_nothing(fees: Index) -> None:
    sure = Scripted({"outcome": ("change", 0.9)})
    assert isinstance(plan_question("cash out fees 24", (), TODAY, fees, understander=sure), Plan)
    assert isinstance(plan_question("scrub the fees", (), TODAY, fees, understander=sure), Refusal)


@pytest.mark.parametrize("question", ["overdraft dates", "dates of overdrafts", "list the overdrafts"])
def test_the_entries_of_an_account_that_is_called_like_a_state(fees: Index, question: str) -> None:
    plan, found = asked(fees, question)
    assert plan.measure is Measure.LIST
    assert len(found.table.rows) == 2


@pytest.mark.parametrize("question", ["income by app", "income per gig in 2024", "income by job 24"])
def test_who_pays_is_called_by_what_he_is(fees: Index, question: str) -> None:
    plan, found = asked(fees, question)
    assert plan.group_by == (Grouping.PAYEE,)
    assert {row[0] for row in found.table.rows} == {"Hail", "Fetch"}
