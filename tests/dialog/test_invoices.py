"""What became of invoices: past due, paid in pieces, given up, sent, and the money that came for one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from pathlib import Path


TODAY = dt.date(2025, 3, 31)
LEDGER = """
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Clients:Ravn
2022-01-01 open Assets:Clients:Tindal
2022-01-01 open Income:Drawings
2022-01-01 open Expenses:BadDebt
2022-01-01 open Expenses:Fees

2024-01-10 * "Ravn AS" "drawing 1" ^inv2024-001
  number: "2024/001"
  faellig: 2024-02-10
  Assets:Clients:Ravn   500.00 EUR
  Income:Drawings
2024-02-20 * "Ravn AS" "on account" ^inv2024-001
  Assets:Bank   200.00 EUR
  Assets:Clients:Ravn
2024-04-02 * "Ravn AS" "the rest" ^inv2024-001
  Assets:Bank   298.00 EUR
  Expenses:Fees   2.00 EUR
  Assets:Clients:Ravn
2024-05-10 * "Tindal Ltd" "drawing 2" ^inv2024-002
  number: "2024/002"
  faellig: 2024-06-10
  Assets:Clients:Tindal   300.00 EUR
  Income:Drawings
2024-12-20 * "Tindal Ltd" "gone bankrupt" ^inv2024-002
  Expenses:BadDebt   300.00 EUR
  Assets:Clients:Tindal
2025-01-10 * "Ravn AS" "drawing 3" ^inv2025-001
  number: "2025/001"
  faellig: 2025-02-10
  Assets:Clients:Ravn   80.00 EUR
  Income:Drawings
2025-03-10 * "Ravn AS" "drawing 4" ^inv2025-002
  number: "2025/002"
  faellig: 2025-04-10
  Assets:Clients:Ravn   90.00 EUR
  Income:Drawings
"""


asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "which invoices are past their due date and not paid yet",
        "overdue invoices",
        "which clients are late",
        "invoices whose deadline has passed",
    ],
)
def test_past_due(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert found.table.rows == (("inv2025-001", Decimal(80), "EUR"),)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        (
            "Ravn paid me one invoice of 2024 in two pieces, tell me dates and how much each time",
            ["2024-02-20", "2024-04-02"],
        ),
        ("which invoice was paid in instalments, no wait, in several parts", ["2024-02-20", "2024-04-02"]),
        ("when came the money of the Ravn invoice 2024/001 and how much was it", ["2024-02-20", "2024-04-02"]),
        ("when was invoice 2024/001 paid", ["2024-02-20", "2024-04-02"]),
        ("who is the client I gave up on, when did I book it as lost and how much was it", ["2024-12-20"]),
        ("what did I write off", ["2024-12-20"]),
        ("which client never paid", ["2024-12-20"]),
    ],
)
def test_entries_that_tell(index: Index, question: str, days: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.LIST
    assert [str(row[0]) for row in found.table.rows] == days


def test_a_model_that_hears_a_sum_changes_nothing(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95), "flow": ("income", 0.9)}, {"Ravn": "NAME"})
    plan, found = asked(index, "when came the money of the Ravn invoice 2024/001", model)
    assert plan.measure is Measure.LIST
    assert [row[4] for row in found.table.rows] == [Decimal(200), Decimal(298)]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("how many invoices did I send in 2024", 2),
        ("how many invoices have I issued", 4),
        ("how many invoices did we write to Ravn", 3),
    ],
)
def test_invoices_are_counted_where_they_are_owed(index: Index, question: str, count: int) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.COUNT
    assert found.table.rows[0][0] == count


def test_open_invoices_of_one_client(index: Index) -> None:
    _, found = asked(index, "invoices of Ravn not paid yet")
    assert sorted(str(row[0]) for row in found.table.rows) == ["inv2025-001", "inv2025-002"]


def test_a_year_is_no_number_of_an_invoice(index: Index) -> None:
    plan, _ = asked(index, "money that came in from Ravn in 2024")
    assert plan.filters.links == ()


def test_nothing_is_lost_where_there_is_no_account_for_it(tmp_path: Path) -> None:
    path = tmp_path / "main.beancount"
    path.write_text(LEDGER.replace("Expenses:BadDebt", "Expenses:Sundry"), encoding="utf-8")
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as other:
        assert isinstance(plan_question("what did I write off", (), TODAY, other), Refusal)


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("average invoice 2024", "in 2024"),
        ("what was our biggest invoice 2024", "in 2024"),
        ("smallest invoice 2025", "in 2025"),
    ],
)
def test_one_of_all_invoices_of_a_year(index: Index, question: str, period: str) -> None:
    plan, _ = asked(index, question)
    assert plan.period.label.startswith(period)
    assert plan.filters.accounts == ("Assets:Clients:Ravn", "Assets:Clients:Tindal")


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("average invoice in 2024 vs 2025", [400, 85]),
        ("how many invoices did we send in 2024 vs 2025", [2, 2]),
    ],
)
def test_times_set_against_each_other_stay_apart(index: Index, question: str, figures: list[int]) -> None:
    _, found = asked(index, question)
    assert [row[1] for row in found.table.rows] == figures


@pytest.mark.parametrize(
    "question",
    [
        "is 2025 better than 2024?",
        "which was the better year, 2024 or 2025",
        "is this year better than last",
        "was this year as good as last year",
    ],
)
def test_a_better_year_is_one_that_left_more(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    assert {each.period.label for each in plan.compare} == {"in 2024", "in 2025"}


@pytest.mark.parametrize(
    ("question", "rows", "note"),
    [
        ("who owes me money and since when", ["Assets:Clients:Ravn"], "Assets:Clients:Ravn 2025-01-10 (80 days)"),
        ("since when does Ravn owe me", ["Assets:Clients:Ravn"], "2025-01-10 (80 days)"),
        ("how long has Ravn owed me", ["Assets:Clients:Ravn"], "2025-01-10 (80 days)"),
        ("who has owed me the longest", ["Assets:Clients:Ravn"], "the longest = Assets:Clients:Ravn, since 2025-01-10"),
        ("overdue invoices", ["inv2025-001"], "^inv2025-001 due 2025-02-10, Ravn AS"),
        ("which invoices must be paid by the end of april", ["inv2025-002", "inv2025-001"], "due 2025-04-10, Ravn AS"),
        ("invoices due in April", ["inv2025-002"], "^inv2025-002 due 2025-04-10, Ravn AS"),
    ],
)
def test_since_when_and_until_when_it_is_owed(index: Index, question: str, rows: list[str], note: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.BALANCE
    assert [row[0] for row in found.table.rows] == rows
    assert note in "; ".join(plan.reading)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("when is the Ravn invoice due", ["2025-02-10", "2025-04-10"]),
        ("by when must Ravn pay", ["2025-02-10", "2025-04-10"]),
    ],
)
def test_the_day_of_what_is_still_open(index: Index, question: str, values: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.key == "faellig"
    assert [row[-1] for row in found.table.rows] == values


@pytest.mark.parametrize(
    ("question", "note"),
    [("since when?", "2025-01-10"), ("which of those are overdue?", "^inv2025-001 due 2025-02-10")],
)
def test_asked_further_of_what_is_owed(index: Index, question: str, note: str) -> None:
    plan, _ = asked(index, question, None, "who owes me money")
    assert note in "; ".join(plan.reading)


@pytest.mark.parametrize(
    ("question", "history", "figure"),
    [
        ("how much did clients pay us in 2024", (), 498),
        ("what came in from customers in 2024", (), 498),
        ("client payments in 2024", (), 498),
        ("and how much came in?", ("what did we invoice in 2024",), 498),
        ("and how much of that was paid?", ("how much have we invoiced in 2024",), 498),
    ],
)
def test_what_customers_paid_is_what_came_in(
    index: Index, question: str, history: tuple[str, ...], figure: int
) -> None:
    plan, found = asked(index, question, None, *history)
    assert plan.measure is Measure.SUM
    assert [row[0] for row in found.table.rows] == [figure]


@pytest.mark.parametrize(
    "question",
    [
        "what did we invoice in 2024 against what came in",
        "invoiced vs paid in 2024",
        "how much did we bill in 2024 and how much did we receive",
    ],
)
def test_what_was_invoiced_beside_what_came_in(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [(row[0], row[1]) for row in found.table.rows] == [("invoiced", 800), ("paid", 498)]


@pytest.mark.parametrize("question", ["how much came in in 2024", "what did we invoice in 2024"])
def test_income_stays_what_was_earned(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [-800]
