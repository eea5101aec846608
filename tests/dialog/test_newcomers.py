"""What people ask first of their books: now against earlier, what looks odd, fiscal years, whom they pay."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Cell

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "SEK"
2022-01-01 open Assets:Bank:Lonekonto
2022-01-01 open Assets:Bank:Sparkonto
2022-01-01 open Income:Salary
2022-01-01 open Income:Gifts:Farmor
2022-01-01 open Income:Gifts:Ludvig
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:Power
2022-01-01 open Expenses:Taxes
2022-01-01 open Expenses:Boat

2022-04-02 * "Almby Kraft" "power"
  Expenses:Power   300 SEK
  Assets:Bank:Lonekonto
2023-02-10 * "Almby Kraft" "power"
  Expenses:Power   410 SEK
  Assets:Bank:Lonekonto
2023-05-25 * "Nordverk AB" "pay"
  Income:Salary          -30000 SEK
  Expenses:Taxes           9000 SEK
  Assets:Bank:Lonekonto
2023-08-10 * "Almby Kraft" "power"
  Expenses:Power   220 SEK
  Assets:Bank:Lonekonto
2023-09-01 * "Bryggan Varv" "hull painted"
  Expenses:Boat   4100 SEK
  Assets:Bank:Lonekonto
2023-09-08 * "Bryggan Varv" "paint given back"
  Expenses:Boat   -600 SEK
  Assets:Bank:Lonekonto
2023-12-24 * "Julklapp" ""
  Assets:Bank:Sparkonto  500 SEK
  Income:Gifts:Farmor
2024-01-05 * "Julklapp" ""
  Assets:Bank:Sparkonto  200 SEK
  Income:Gifts:Ludvig
2024-02-12 * "Almby Kraft" "power"
  Expenses:Power   530 SEK
  Assets:Bank:Lonekonto
2024-03-01 * "Livs i Hamnen" "food"
  Expenses:Food    90 SEK
  Assets:Bank:Lonekonto
2024-03-08 * "Livs i Hamnen" "food"
  Expenses:Food    90 SEK
  Assets:Bank:Lonekonto
2024-03-25 * "Nordverk AB" "pay"
  Income:Salary          -31500 SEK
  Expenses:Taxes           9500 SEK
  Assets:Bank:Lonekonto
2024-05-03 * "to savings"
  Assets:Bank:Sparkonto  1000 SEK
  Assets:Bank:Lonekonto
2024-05-13 * "back from savings"
  Assets:Bank:Sparkonto  -250 SEK
  Assets:Bank:Lonekonto
"""


def planned(question: str, index: Index, fiscal_start: int | None = None) -> Plan:
    plan = plan_question(question, [], TODAY, index, fiscal_start=fiscal_start)
    assert isinstance(plan, Plan), plan
    return plan


def rows(plan: Plan, index: Index) -> list[tuple[str, ...]]:
    """The rows, each cell as it is written."""
    return [tuple(_written(cell) for cell in row) for row in gather(plan, index, TODAY).table.rows]


def _written(cell: Cell) -> str:
    return "" if cell is None else str(cell)


# ------------------------------------------------------------------------------------------ now against earlier

YEARS = [
    ("from 2023-01-01 to 2023-05-20", "410", "SEK"),
    ("from 2024-01-01 to 2024-05-20", "530", "SEK"),
]


@pytest.mark.parametrize(
    "question",
    [
        "did the power bill go up compared to last year",
        "is power more than last year?",
        "are we spending more on power than we used to",
        "is our power up on last year",
        "has power gone up since last year?",
        "how does power compare to last year",
        "do we pay more for power than in 2023",
        "is power costing us more than before",
    ],
)
def test_an_earlier_year_is_set_against_the_same_part_of_this_one(question: str, index: Index) -> None:
    plan = planned(question, index)
    assert rows(plan, index) == YEARS
    assert "this year so far against the same days of the earlier year" in plan.reading


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("power last year", "sum Expenses:Power 2023"),
        ("list power bills over 400 last year", "list Expenses:Power >400 2023"),
        ("more on power or on food last year?", "sum 2023 [power: Expenses:Power] [food: Expenses:Food]"),
    ],
)
def test_a_year_by_itself_stays_one(question: str, plan: str, index: Index) -> None:
    assert digest(planned(question, index)) == plan


def test_what_is_held_is_set_against_the_same_day(index: Index) -> None:
    plan = planned("net worth compared to last year", index)
    assert [side.period.end for side in plan.compare] == [dt.date(2023, 5, 21), dt.date(2024, 5, 21)]


def test_the_period_of_an_earlier_question_is_not_set_against_anything(index: Index) -> None:
    plan = plan_question("break that down", ["power in 2023"], TODAY, index)
    assert digest(plan) == "sum Expenses:Power 2023 by payee"


def test_less_on_something_leaves_nothing_out(index: Index) -> None:
    plan = planned("did we spend less on food than last month", index)
    assert plan.compare[0].filters.accounts == ("Expenses:Food",)
    assert plan.compare[0].filters.exclude_accounts == ()


# ------------------------------------------------------------------------------------------------- what looks odd


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("anything odd lately?", "list expenses 2024-04-21..2024-05-21 unusual"),
        ("does anything look off", "list expenses 2024-02-21..2024-05-21 unusual"),
        ("any weird charges", "list expenses 2024-02-21..2024-05-21 unusual"),
        ("what looks strange to you?", "list expenses 2024-02-21..2024-05-21 unusual"),
        ("any fishy payments in 2023", "list expenses 2023 unusual"),
        ("is something off with the power bills?", "list Expenses:Power unusual"),
    ],
)
def test_what_looks_odd_is_looked_for(question: str, plan: str, index: Index) -> None:
    assert digest(planned(question, index)) == plan


# --------------------------------------------------------------------------------------------------- fiscal years


@pytest.mark.parametrize("question", ["power by fiscal year", "power fy by fy", "each tax year, what did power cost"])
def test_a_row_a_fiscal_year(question: str, index: Index) -> None:
    assert rows(planned(question, index, fiscal_start=4), index) == [
        ("fiscal year 2022-23 (2022-04-01 to 2023-03-31)", "710", "SEK"),
        ("fiscal year 2023-24 (2023-04-01 to 2024-03-31)", "750", "SEK"),
        ("fiscal year 2024-25 (2024-04-01 to 2025-03-31)", "0", "SEK"),
    ]


def test_fiscal_years_begin_where_the_question_says(index: Index) -> None:
    plan = planned("power by tax year (july to june)", index)
    assert [side.period.start for side in plan.compare][-1] == dt.date(2023, 7, 1)


def test_without_a_known_start_calendar_years_are_shown_and_it_is_said(index: Index) -> None:
    plan = planned("power by fiscal year", index)
    assert rows(plan, index) == [("2022", "300", "SEK"), ("2023", "630", "SEK"), ("2024", "530", "SEK")]
    assert any("no start of the fiscal year is known" in note for note in plan.reading)


# --------------------------------------------------------------------------------------------------- whom they pay


@pytest.mark.parametrize("question", ["who did we pay most?", "biggest payee", "to whom did we pay the most"])
def test_a_payslip_pays_nobody(question: str, index: Index) -> None:
    """The employer's entries book 18,500 SEK of taxes, the yard's 4,100 less 600 that came back."""
    plan = planned(question, index)
    assert rows(plan, index) == [("Bryggan Varv", "3500", "SEK")]
    assert any("no payments" in note for note in plan.reading)


def test_expenses_by_payee_are_all_expenses(index: Index) -> None:
    plan = planned("expenses by payee in 2023", index)
    assert ("Nordverk AB", "9000", "SEK") in rows(plan, index)


# ------------------------------------------------------------------------------------------------ pay and presents


@pytest.mark.parametrize(
    "question", ["did I get a raise?", "have we had a pay rise", "when did my salary go up?", "my last raise"]
)
def test_a_raise_is_told_by_the_pay_before_and_after_it(question: str, index: Index) -> None:
    plan = planned(question, index)
    assert plan.measure is Measure.LIST
    assert [(row[0], row[4]) for row in rows(plan, index)] == [("2023-05-25", "-30000"), ("2024-03-25", "-31500")]


def test_where_pay_never_rose_all_of_it_is_listed(index: Index) -> None:
    plan = planned("did I get a raise in 2023?", index)
    assert [row[0] for row in rows(plan, index)] == ["2023-05-25"]
    assert any("no pay is above" in note for note in plan.reading)


@pytest.mark.parametrize("question", ["who gave us gifts", "who contributed gifts?", "from whom did we get gifts"])
def test_without_payees_that_tell_the_givers_stand_in_the_accounts(question: str, index: Index) -> None:
    plan = planned(question, index)
    assert ("Income:Gifts:Farmor", "-500", "SEK") in rows(plan, index)


@pytest.mark.parametrize("question", ["in and out of savings in may", "money in vs money out of sparkonto in may"])
def test_both_directions_of_an_account(question: str, index: Index) -> None:
    plan = planned(question.replace("savings", "sparkonto"), index)
    assert rows(plan, index) == [("money in", "1000", "SEK"), ("money out", "-250", "SEK")]


# ------------------------------------------------------------------------------------------- checks, years and rates


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("checks over 1000", "list expenses >1000"),
        ("any cheques to Bryggan Varv", "list expenses <Bryggan Varv>"),
        ("which checks fail", "balance_checks failing"),
        ("food this year? (2024)", "sum Expenses:Food 2024"),
    ],
)
def test_words_with_two_senses(question: str, plan: str, index: Index) -> None:
    assert digest(planned(question, index)) == plan


RATES = """
option "operating_currency" "SEK"
2023-01-01 open Assets:Bank
2023-01-01 open Expenses:Travel
2022-12-15 price NOK 0.95 SEK
2023-02-10 price NOK 1.00 SEK
2023-05-02 price NOK 0.98 SEK
2023-02-20 * "Fjelltoget" "tickets"
  Expenses:Travel   200 NOK
  Assets:Bank
"""


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("rates")
    path = folder / "rates.beancount"
    path.write_text(RATES, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def test_the_rate_on_the_first_day_of_each_span_is_the_one_then_in_force(rates: Index) -> None:
    plan = planned("rate of NOK at the start of each quarter in 2023", rates)
    assert rows(plan, rates) == [
        ("2023-01-01", "NOK", "0.95", "SEK"),
        ("2023-04-01", "NOK", "1", "SEK"),
        ("2023-07-01", "NOK", "0.98", "SEK"),
        ("2023-10-01", "NOK", "0.98", "SEK"),
    ]
    months = rows(planned("NOK exchange rate at the beginning of every month in 2023", rates), rates)
    assert months[:3] == [
        ("2023-01-01", "NOK", "0.95", "SEK"),
        ("2023-02-01", "NOK", "0.95", "SEK"),
        ("2023-03-01", "NOK", "1", "SEK"),
    ]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("travel in 2023 in SEK at the rate of 2022-12-31", "190"),
        ("travel in 2023 converted to SEK at the exchange rate on 1 march 2023", "200"),
        ("travel in SEK using the rate of 2023-06-30", "196"),
    ],
)
def test_amounts_are_converted_at_the_rate_of_the_day_that_was_said(question: str, amount: str, rates: Index) -> None:
    plan = planned(question, rates)
    assert rows(plan, rates) == [(amount, "SEK")]
    assert any(note.startswith("at the rates of") for note in plan.reading)
