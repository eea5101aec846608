"""A therapist's practice that draws no pay, and somebody who is paid by an employer: what came in, and what is left.

Insurers pay for their patients there, and are no insurers of its own; one account holds what all of them owe.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index
    from ledgerqa.records import Evidence

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-06-01 open Assets:Bank
2023-06-01 open Assets:Till
2023-06-01 open Assets:Receivable:Insurers
2023-06-01 open Liabilities:Loan
2023-06-01 open Equity:Drawings
2023-06-01 open Income:Sessions:Insurers
2023-06-01 open Income:Sessions:Private
2023-06-01 open Income:Interest
2023-06-01 open Expenses:Rent
2023-06-01 open Expenses:Wages
2023-06-01 open Expenses:Insurance
2023-06-01 open Expenses:Depreciation
2023-06-01 open Expenses:LoanInterest

2023-06-15 * "Credit Union" "loan"
  Assets:Bank  1000.00 EUR
  Liabilities:Loan
2023-11-10 * "session"
  Assets:Bank  400.00 EUR
  Income:Sessions:Private
2024-01-15 * "sessions"
  Assets:Bank  500.00 EUR
  Income:Sessions:Private
2024-02-15 * "sessions"
  Assets:Till  300.00 EUR
  Income:Sessions:Private
2024-04-15 * "sessions"
  Assets:Bank  700.00 EUR
  Income:Sessions:Private
2025-01-15 * "sessions"
  Assets:Bank  600.00 EUR
  Income:Sessions:Private
2025-03-15 * "sessions"
  Assets:Till  250.00 EUR
  Income:Sessions:Private
2025-05-15 * "sessions"
  Assets:Bank  900.00 EUR
  Income:Sessions:Private
2024-03-01 * "Alba Health" "patients of February"
  Assets:Receivable:Insurers  800.00 EUR
  Income:Sessions:Insurers
2024-03-02 * "Nordic Care" "patients of February"
  Assets:Receivable:Insurers  500.00 EUR
  Income:Sessions:Insurers
2024-04-02 * "Nordic Care" "paid"
  Assets:Bank  500.00 EUR
  Assets:Receivable:Insurers
2024-04-20 * "Alba Health" "paid"
  Assets:Bank  450.00 EUR
  Assets:Receivable:Insurers
2024-05-20 * "Alba Health" "paid the rest"
  Assets:Bank  350.00 EUR
  Assets:Receivable:Insurers
2025-05-01 * "Nordic Care" "patients of April"
  Assets:Receivable:Insurers  220.00 EUR
  Income:Sessions:Insurers
2024-06-30 * "Bank" "interest"
  Assets:Bank  20.00 EUR
  Income:Interest
2024-01-02 * "Quay Estates" "rent"
  Expenses:Rent  600.00 EUR
  Assets:Bank
2025-01-02 * "Quay Estates" "rent"
  Expenses:Rent  400.00 EUR
  Assets:Bank
2024-05-31 * "Bo Lind" "wages"
  Expenses:Wages  300.00 EUR
  Assets:Bank
2025-05-31 * "Bo Lind" "wages"
  Expenses:Wages  100.00 EUR
  Assets:Bank
2024-09-01 * "Hiscott" "indemnity"
  Expenses:Insurance  90.00 EUR
  Assets:Bank
2024-12-30 * "wear"
  Expenses:Depreciation  200.00 EUR
  Assets:Till
2024-12-31 * "Credit Union" "interest on the loan"
  Expenses:LoanInterest  30.00 EUR
  Assets:Bank
2024-08-31 * "me"
  Equity:Drawings  350.00 EUR
  Assets:Bank
2025-04-30 * "me"
  Equity:Drawings  150.00 EUR
  Assets:Bank
"""
PAID = """
2024-01-01 open Assets:Current
2024-01-01 open Assets:Savings
2024-01-01 open Income:Salary
2024-01-01 open Income:Interest
2024-01-01 open Income:Lessons
2024-01-01 open Expenses:Tax
2024-01-01 open Expenses:Deductions:Pension
2024-01-01 open Expenses:Food

2024-01-31 * "Bray College" "pay"
  Assets:Current  1500.00 EUR
  Expenses:Tax  300.00 EUR
  Expenses:Deductions:Pension  200.00 EUR
  Income:Salary
2024-06-30 * "Bray College" "pay"
  Assets:Current  1500.00 EUR
  Expenses:Tax  300.00 EUR
  Expenses:Deductions:Pension  200.00 EUR
  Income:Salary
2024-11-30 * "Bray College" "pay"
  Assets:Current  1500.00 EUR
  Expenses:Tax  300.00 EUR
  Expenses:Deductions:Pension  200.00 EUR
  Income:Salary
2025-04-30 * "Bray College" "pay"
  Assets:Current  1650.00 EUR
  Expenses:Tax  330.00 EUR
  Expenses:Deductions:Pension  220.00 EUR
  Income:Salary
2025-05-31 * "Bray College" "pay"
  Assets:Current  1650.00 EUR
  Expenses:Tax  330.00 EUR
  Expenses:Deductions:Pension  220.00 EUR
  Income:Salary
2024-12-31 * "Harbour Bank" "interest"
  Assets:Savings  12.00 EUR
  Income:Interest
2025-05-15 * "Tax Office" "refund of last year"
  Assets:Current  80.00 EUR
  Expenses:Tax
2025-05-10 * "Market" "food"
  Expenses:Food  130.00 EUR
  Assets:Current
2025-05-12 * "lessons"
  Assets:Current  60.00 EUR
  Income:Lessons
"""

LETTING = """
2024-01-01 open Assets:Bank
2024-01-01 open Income:Lodger
2024-01-01 open Income:Gigs
2024-01-01 open Income:Sundry:Insurance
2024-01-01 open Expenses:Rent
2024-01-01 open Expenses:Insurance
2024-01-01 open Expenses:Away

2024-02-02 * "Ines Okafor" "room"
  Assets:Bank  400.00 EUR
  Income:Lodger
2025-02-02 * "Ines Okafor" "room"
  Assets:Bank  450.00 EUR
  Income:Lodger
2024-02-03 * "Co-op" "rent"
  Expenses:Rent  900.00 EUR
  Assets:Bank
2024-03-03 * "Choir" "fee"
  Assets:Bank  120.00 EUR
  Income:Gigs
2024-04-03 * "Orchestra" "concert"
  Assets:Bank  300.00 EUR
  Income:Gigs
2024-05-01 * "Magpie Cover" "bicycle cover"
  Expenses:Insurance  40.00 EUR
  Assets:Bank
2024-06-01 * "Magpie Claims" "stolen bicycle"
  Assets:Bank  210.00 EUR
  Income:Sundry:Insurance
2024-07-01 * "Hostel" "two nights"
  Expenses:Away  70.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def _opened(text: str, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("books")
    path = folder / "main.beancount"
    path.write_text(text, encoding="utf-8")
    build(path, folder / "data")
    return open_index(path, folder / "data")


@pytest.fixture(scope="module")
def paid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with _opened(PAID, tmp_path_factory) as opened:
        yield opened


@pytest.fixture(scope="module")
def letting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with _opened(LETTING, tmp_path_factory) as opened:
        yield opened


def _figures(evidence: Evidence) -> list[Decimal]:
    return [abs(cell) for row in evidence.table.rows for cell in row if isinstance(cell, Decimal)]


# ------------------------------------------------------------------------------------------------ pay as it arrives


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did I bring in net of deductions and tax in May 2025", 1650),
        ("how much did I bring in after tax in May 2025", 1650),  # and not what the tax office sent back
        ("and my take-home pay in 2024, how much landed in the bank", 4500),  # a bank pays interest, and no salary
        ("what did I earn net in 2024", 4500),
        ("what's my net salary these days", 1650),
        ("what do I earn net at the moment", 1650),
    ],
)
def test_pay_is_told_as_it_arrives(paid: Index, question: str, figure: int) -> None:
    _, found = asked(paid, question)
    assert _figures(found)[-1] == figure


@pytest.mark.parametrize("question", ["what was deducted from my pay in May 2025", "deductions in May 2025"])
def test_deductions_are_still_told(paid: Index, question: str) -> None:
    _, found = asked(paid, question)
    assert 1650 not in _figures(found)


@pytest.mark.parametrize(
    "question",
    ["did the college ever give me a raise", "was I ever given a pay raise", "has Bray College raised my salary"],
)
def test_a_raise_that_is_given(paid: Index, question: str) -> None:
    plan, found = asked(paid, question)
    assert [str(cell) for row in found.table.rows for cell in row if isinstance(cell, dt.date)] == [
        "2024-11-30",
        "2025-04-30",
    ], plan


@pytest.mark.parametrize(
    ("question", "figure"),
    [("what did I take home in 2024", 350), ("how much have I taken home this year", 150)],
)
def test_what_a_business_pays_its_owner_is_drawn(index: Index, question: str, figure: int) -> None:
    plan, found = asked(index, question)
    assert plan.filters.accounts == ("Equity:Drawings",)
    assert _figures(found)[-1] == figure


# ------------------------------------------------------------------------------------- those who pay for customers


@pytest.mark.parametrize(
    "question",
    [
        "what is still to come in from insurers",
        "how much is yet to come in from the insurers",
        "how much money is still to come in",
        "what are we still waiting for from Nordic Care",
    ],
)
def test_what_is_to_come_in_is_what_stands(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.BALANCE
    assert _figures(found)[-1] == 220


def test_what_is_to_come_in_is_no_debt_of_ours(paid: Index) -> None:
    assert isinstance(plan_question("how much money is still to come in", (), TODAY, paid), Refusal)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much came in from the insurers in 2024", 1300),
        ("what did we get from insurers in 2024", 1300),
        ("income from insurers 2024", 1300),
    ],
)
def test_insurers_who_pay_for_patients_pay_out_nothing(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert _figures(found)[-1] == figure


def test_our_own_insurer_pays_out(index: Index) -> None:
    plan, _ = asked(index, "did the insurance ever pay out")
    assert plan.filters.mentions[0].payees == ("Hiscott",)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("which insurer paid us the most in 2024", [["Alba Health", "800"]]),
        ("which of the insurers paid us the least in 2024", [["Nordic Care", "500"]]),
        ("how much did each insurer pay us in 2024", [["Alba Health", "800"], ["Nordic Care", "500"]]),
    ],
)
def test_those_who_share_an_account_are_told_apart(index: Index, question: str, rows: list[list[str]]) -> None:
    assert [row[:2] for row in rows_of(question, index, Measure.SUM)] == rows


# ------------------------------------------------------------------------------------------- growth between two times


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("by how much did income grow from h1 2024 to h1 2025", [2820, 1970]),
        ("how much did our income rise from q1 2024 to q1 2025", [2100, 850]),
        ("growth in income from spring 2024 to spring 2025", [2000, 1370]),
        ("how did income change from May 2024 to May 2025", [1120]),
    ],
)
def test_the_same_part_of_two_years_is_two_sides(index: Index, question: str, sides: list[int]) -> None:
    plan, found = asked(index, question)
    assert len(plan.compare) == 2
    assert [each for each in _figures(found) if each] == sides


@pytest.mark.parametrize("question", ["income from May 2024 to May 2025", "how did income grow from 2023 to 2025"])
def test_a_range_stays_one(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert not plan.compare


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("how much has the till grown since the start of 2025", ["2024-12-31", "2025-06-30"]),
        ("how much did net worth grow during 2024", ["2023-12-31", "2024-12-31"]),
        ("how much has our net worth gone up since 1 March 2025", ["2025-02-28", "2025-06-30"]),
    ],
)
def test_what_stands_grew_from_the_eve(index: Index, question: str, days: list[str]) -> None:
    plan, _ = asked(index, question)
    assert [each.label for each in plan.compare] == [f"as of {day}" for day in days]


def test_whether_what_stands_grew_in_a_year_is_of_that_year(index: Index) -> None:
    question = "did our bank balance grow in 2024"
    plan, found = asked(index, question)
    assert [each.label for each in plan.compare] == ["as of 2023-12-31", "as of 2024-12-31"]
    assert headline(plan, found, index, (), question).startswith("Yes.")


# --------------------------------------------------------------------------------------------- left out, and shares


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much of 2024's income was not from sessions", 20),
        ("how much of our income in 2024 didn't come from sessions", 20),
        ("how much of our income in 2024 was from sessions", 2800),
    ],
)
def test_what_is_not_from_it(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert _figures(found)[0] == figure


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("profit before depreciation in 2024", 1800),
        ("profit before depreciation and interest in 2024", 1830),
        ("net income before rent in 2024", 2200),
        ("profit after rent in 2024", 1600),
    ],
)
def test_profit_before_a_cost(index: Index, question: str, figure: int) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    assert _figures(found)[-1] == figure


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("what % of turnover goes on rent in 2025", [400, 1970]),
        ("does the rent eat up more than half of what we bring in in 2025", [400, 1970]),
        ("do wages take more than 10% of our takings in 2025", [100, 1970]),
        ("are wages more than a quarter of our income in 2025", [100, 1970]),
        ("do private sessions make up over half of our income in 2025", [1750, 1970]),
        ("what's our margin in 2024", [1600, 2820]),
        ("margin in 2024", [1600, 2820]),
        ("costs as a percentage of income in 2024", [1220, 2820]),
    ],
)
def test_a_share_of_what_was_earned(index: Index, question: str, sides: list[int]) -> None:
    plan, found = asked(index, question)
    assert plan.key == RATIO
    assert _figures(found) == sides


# ------------------------------------------------------------------------------------------------- where it went to


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much of the private sessions went into the till", 550),
        ("private sessions paid into the till in 2025", 250),
        ("private sessions in 2025", 1750),
    ],
)
def test_what_was_paid_into_an_own_account(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert _figures(found)[-1] == figure


# --------------------------------------------------------------------------------------------------- what was left


@pytest.mark.parametrize(
    "question",
    [
        "what's left over at the end of a typical month in 2024",
        "what is left at the end of an average month in 2024",
        "average monthly surplus in 2024",
        "what do we save in a typical month in 2024",
    ],
)
def test_what_is_left_of_a_usual_month(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")
    assert round(_figures(found)[-1], 2) == Decimal("133.33")


def test_what_is_usually_left_at_the_end_of_the_month(index: Index) -> None:
    plan, _ = asked(index, "what do we usually have left at the end of the month")
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("what profit was left at the end of May 2025", "in May 2025"),
        ("what profit was left at the end of q1 2025", "in Q1 2025"),
        ("what profit was left at the end of 2024", "in 2024"),
    ],
)
def test_what_was_left_at_the_end_is_of_that_time(index: Index, question: str, label: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    assert plan.period.label == label


# -------------------------------------------------------------------------------------------- pay that is not booked


def test_no_pay_of_ones_own_is_none_of_the_staff(index: Index) -> None:
    assert isinstance(plan_question("what's my net salary these days", (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    [
        "did I draw more than we made in 2024",
        "did I take out more than the profit",
        "were drawings covered by profit in 2024",
    ],
)
def test_what_is_drawn_against_profit(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.key == RATIO
    assert _figures(found) == ([350, 1600] if "2024" in question else [500, 3470])


def test_what_is_grossed_is_before_deductions(paid: Index) -> None:
    _, found = asked(paid, "what did I gross in 2024")
    assert _figures(found)[-1] == 6000


# ----------------------------------------------------------------------------------------------- statements in time


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("profit and loss by quarter in 2025", 4),
        ("show revenue and costs side by side per month in 2025", 5),
        ("income statement for 2023 and 2025", 3),
        ("income statement q1 2024 and q1 2025", 4),
    ],
)
def test_statements_of_several_times_are_rows(index: Index, question: str, rows: int) -> None:
    plan, found = asked(index, question)
    assert [each.label for each in plan.compare] == ["money in", "money out"]
    assert len(found.table.rows) == rows
    assert not any("2024" in str(cell) for row in found.table.rows for cell in row) or "2024" in question


def test_one_statement_stays_one(index: Index) -> None:
    plan, _ = asked(index, "income statement for 2024")
    assert plan.measure is Measure.INCOME_STATEMENT


def test_these_days_beside_a_year_are_that_year(index: Index) -> None:
    plan, _ = asked(index, "how much do we spend these days, this year")
    assert not plan.compare
    assert plan.period.label == "in 2025"


# ------------------------------------------------------------------------------------------- rent, and other income


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what rent do we get", 850),
        ("how much rent comes in", 850),
        ("how much rent does Ines pay us", 850),
        ("lodger's rent in 2024", 400),
        ("how much rent did I take in 2024", 400),
        ("rent we pay minus rent we get in 2024", 500),
        ("how much rent do we pay", 900),
        ("rent in 2024", 900),
    ],
)
def test_rent_that_comes_in_is_no_rent_that_is_paid(letting: Index, question: str, figure: int) -> None:
    _, found = asked(letting, question)
    assert _figures(found)[-1] == figure


def test_rent_that_never_came_in(index: Index) -> None:
    assert isinstance(plan_question("how much rent do we get", (), TODAY, index), Refusal)


def test_what_insurers_paid_may_be_booked_as_income(letting: Index) -> None:
    _, found = asked(letting, "money from insurance in 2024")
    assert _figures(found)[-1] == 210


def test_the_word_for_what_is_earned_narrows_nothing(letting: Index) -> None:
    _, found = asked(letting, "average gig fee")
    assert _figures(found)[0] == 210


def test_what_is_put_away_is_nothing_called_away(letting: Index) -> None:
    plan, _ = asked(letting, "how much did we put away in 2024")
    assert plan.measure is Measure.NET_INCOME
    assert not plan.filters.accounts


# ------------------------------------------------------------------------------------------ less these, or after this


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much is left after wages and rent in 2024", 1920),
        ("what remains once the wages are paid in 2025", 1870),
        ("how much is left after expenses in 2024", 1600),
    ],
)
def test_what_is_left_after_some_costs(index: Index, question: str, figure: int) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    assert _figures(found)[-1] == figure


def test_profit_of_a_usual_month_is_no_income(index: Index) -> None:
    plan, found = asked(index, "how much profit do we make in a typical month in 2024")
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")
    assert round(_figures(found)[-1], 2) == Decimal("133.33")


def test_the_source_after_the_first(index: Index, paid: Index) -> None:
    assert rows_of("biggest source of income after the salary", paid, Measure.SUM)[0][0] == "Income:Lessons"
    plan, _ = asked(index, "what do we spend most on after rent")
    assert plan.filters.exclude_accounts == ("Expenses:Rent",)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("what would our net worth be without the loan", ("Liabilities:Loan",)),
        ("net worth without our debts", ("Liabilities:Loan",)),
        ("net worth after the loan", ()),
        ("net worth", ()),
    ],
)
def test_net_worth_without_a_debt(index: Index, question: str, left_out: tuple[str, ...]) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.NET_WORTH
    assert plan.filters.exclude_accounts == left_out


# ----------------------------------------------------------------------------------------- what came to an account


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much came into the current account in May 2025", 1790),
        ("how much landed in the current account in May 2025", 1790),
    ],
)
def test_all_that_came_to_an_account(paid: Index, question: str, figure: int) -> None:
    _, found = asked(paid, question)
    assert _figures(found)[-1] == figure


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how many months in 2024 did we take more than 500", 2),
        ("did income exceed 500 in every month of 2025", 2),
        ("how many months did we run a deficit in 2024", 4),
    ],
)
def test_months_that_come_to_so_much(index: Index, question: str, rows: int) -> None:
    _, found = asked(index, question)
    assert len(found.table.rows) == rows


def test_rent_both_ways(letting: Index) -> None:
    plan, found = asked(letting, "rent I receive vs rent I pay in 2024")
    assert [each.label for each in plan.compare] == ["money in", "money out"]
    assert _figures(found) == [400, 900]


def test_what_began_since_then_is_told_by_its_course(index: Index) -> None:
    plan, _ = asked(index, "how much has the till grown since January 2024")
    assert not plan.compare
    assert plan.period.start == dt.date(2024, 1, 1)


def test_what_began_in_a_year_is_told_within_it(index: Index) -> None:
    plan, _ = asked(index, "did our till balance grow in 2024")
    assert not plan.compare
    assert plan.period.label == "in 2024"


def test_parts_of_years_are_not_set_against_each_other(index: Index) -> None:
    plan, _ = asked(index, "is our income going up")
    assert plan.group_by == (Grouping.QUARTER,)
    plan, _ = asked(index, "is our income going up year by year")
    assert plan.group_by == (Grouping.YEAR,)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("what was our net worth at the end of 2024", "how much has it grown since"),
        ("how much was in the till at the end of 2024", "and how much has it gone up since then?"),
    ],
)
def test_how_much_it_grew_since_the_day_spoken_of(index: Index, before: str, question: str) -> None:
    plan, _ = asked(index, question, None, before)
    assert [each.label for each in plan.compare] == ["as of 2024-12-31", "as of 2025-06-30"]
