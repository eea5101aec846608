"""Questions of a treasurer over the books of a school's parents: events, grants, dues, receipts, what was paid back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan
from tests.dialog.asking import Scripted, asked, rows_of
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 5, 20)
LEDGER = """
option "title" "Parents of Elm Street School"
option "operating_currency" "USD"
2023-09-01 open Assets:Bank:Checking
2023-09-01 open Assets:Tin
2023-09-01 open Liabilities:Owed-To-Parents
2023-09-01 open Liabilities:TaxOffice
2023-09-01 open Equity:Opening
2023-09-01 open Income:Dues
2023-09-01 open Income:Fair
2023-09-01 open Income:Concert
2023-09-01 open Income:Grants:Arts
2023-09-01 open Income:Legacies
2023-09-01 open Expenses:Events:Fair
2023-09-01 open Expenses:Events:Concert
2023-09-01 open Expenses:Residency
2023-09-01 open Expenses:Penalties
2023-09-01 open Expenses:Supplies

2024-01-01 custom "budget" Expenses:Events:Fair "yearly" 300 USD
2024-01-01 custom "budget" Expenses:Supplies "yearly" 100 USD
2024-11-20 document Expenses:Events:Fair "invoice.txt"

2023-09-01 * "Opening"
  Assets:Bank:Checking    1000 USD
  Equity:Opening
2023-09-10 * "Abare family" "Dues"
  Assets:Bank:Checking      25 USD
  Income:Dues
2023-09-11 * "Tran family" "Dues"
  Assets:Tin                25 USD
  Income:Dues
2024-09-12 * "Abare family" "Dues"
  Assets:Bank:Checking      25 USD
  Income:Dues
2024-09-13 * "Okafor family" "Dues"
  Assets:Bank:Checking      25 USD
  Income:Dues
2023-11-08 * "Fair" "takings" #fair-2023
  Assets:Tin               700 USD
  Income:Fair
2023-11-20 * "Scholar Books" #fair-2023
  Expenses:Events:Fair     450 USD
  Assets:Bank:Checking
2024-11-08 * "Fair" "takings" #fair-2024
  Assets:Bank:Checking     900 USD
  Income:Fair
2024-11-20 * "Scholar Books" #fair-2024
  check: "1010"
  Expenses:Events:Fair     600 USD
  Assets:Bank:Checking
2024-12-05 * "Concert" "tickets"
  Assets:Bank:Checking     200 USD
  Income:Concert
2024-12-06 * "Piano tuner"
  Expenses:Events:Concert   80 USD
  Assets:Bank:Checking
2024-01-22 * "State Arts Council" #arts
  Assets:Bank:Checking    2500 USD
  Income:Grants:Arts
2024-04-03 * "Marta Ruiz" #arts
  Expenses:Residency      1800 USD
  Assets:Bank:Checking
2024-06-01 * "Estate of Ada Pell"
  Assets:Bank:Checking     500 USD
  Income:Legacies
2024-10-18 * "Erin Lamoureux" "pumpkins"
  Expenses:Supplies         84 USD
  Liabilities:Owed-To-Parents
2024-11-02 * "Erin Lamoureux"
  Liabilities:Owed-To-Parents 84 USD
  Assets:Bank:Checking
2025-05-03 * "Will Sorensen" "hose"
  Expenses:Supplies        122 USD
  Liabilities:Owed-To-Parents
2025-03-01 * "State Revenue" "return"
  Expenses:Penalties        10 USD
  Liabilities:TaxOffice     90 USD
  Assets:Bank:Checking
2025-03-02 ! "Hannaford" "not sure"
  Expenses:Supplies         12 USD
  Assets:Bank:Checking
"""
FAIR = "Income:Fair Expenses:Events:Fair"
PLANS = [
    ("how did the fair do last year", f"net_income {FAIR} 2024"),
    ("How is the fair doing?", f"net_income {FAIR} by year"),
    ("how did the concert go in 2024", "net_income Income:Concert Expenses:Events:Concert 2024"),
    ("what did we net on the fair in 2023", "net_income Expenses:Events:Fair Income:Fair 2023"),
    ("How much of the arts grant is left?", "net_income #arts"),
    ("what remains unspent of the arts grant", "net_income #arts"),
    ("how much of the legacy is left", "refuse"),
    ("treasurer's report for 2024 please", "income_statement 2024"),
    ("annual accounts 2024", "income_statement 2024"),
    ("opening balance of checking for 2024", "balance Assets:Bank:Checking ..2024-01-01"),
    ("who was reimbursed and how much", "sum Liabilities:Owed-To-Parents + by payee"),
    ("are we over budget on anything", "budget 2025 failing"),
    ("which entries need attention", "list ! entries"),
    ("what still needs sorting out", "list ! entries"),
    ("how much have we spent on supplies", "sum Expenses:Supplies"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_a_treasurer_asks(question: str, plan: str, index: Index) -> None:
    told = digest(plan_question(question, (), TODAY, index))
    assert told == plan


@pytest.mark.parametrize("question", ["give me a cash flow for 2024", "show me the treasurer's report for 2024"])
def test_a_statement_by_its_name_is_no_list(question: str, index: Index) -> None:
    model = Scripted({"measure": ("list", 0.97)})
    outcome = plan_question(question, (), TODAY, index, understander=model)
    assert isinstance(outcome, Plan)
    assert outcome.measure in {Measure.NET_INCOME, Measure.INCOME_STATEMENT}


def test_both_ends_of_a_year_are_told(index: Index) -> None:
    for question in (
        "opening and closing balance of checking for 2024",
        "how much was in checking at the start and end of 2024",
    ):
        plan, _ = asked(index, question, today=TODAY)
        ends = [side.period.end for side in plan.compare]
        assert ends == [dt.date(2024, 1, 1), dt.date(2025, 1, 1)]


def test_who_has_not_paid_paid_at_another_time(index: Index) -> None:
    for question in (
        "which families haven't paid dues in 2024",
        "who didnt pay dues last year",
        "who hasn't paid their dues yet?",
    ):
        rows = rows_of(question, index, Measure.SUM, today=TODAY)
        assert [row[0] for row in rows] == ["Tran family"]


def test_payments_without_a_document_keep_their_bounds(index: Index) -> None:
    plan, evidence = asked(index, "payments over 400 with no receipt", today=TODAY)
    assert plan.filters.unfiled
    assert len(evidence.table.rows) == 2  # the books of 2023 and the residency, not those of 2024


def test_the_number_of_a_check_is_no_account(index: Index) -> None:
    plan, _ = asked(index, "check 1010 - what was that for", today=TODAY)
    assert plan.filters.metadata
    assert not any("Checking" in note for note in plan.reading)
