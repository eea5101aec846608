"""Private people's books: pensioners with grandchildren and a camper, and a student who spent a term in Denmark."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Measure, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index
    from ledgerqa.records import Plan

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "GBP"
2022-12-01 open Assets:Monzo
2022-12-01 open Assets:Lunar
2022-12-01 open Assets:Pots:Summer
2022-12-01 open Liabilities:StudentLoan
2022-12-01 open Equity:Start
2022-12-01 open Income:StatePension:Wilf
2022-12-01 open Income:StatePension:Maureen
2022-12-01 open Income:RailwayPension
2022-12-01 open Income:Wages
2022-12-01 open Income:Tips
2022-12-01 open Income:Grant
2022-12-01 open Expenses:Tax
2022-12-01 open Expenses:Rent
2022-12-01 open Expenses:Groceries
2022-12-01 open Expenses:Camper:Pitches
2022-12-01 open Expenses:Camper:Insurance
2022-12-01 open Expenses:House:Insurance
2022-12-01 open Expenses:Grandchildren:Alfie
2022-12-01 open Expenses:Grandchildren:Poppy
2022-12-01 event "camper" "in the barn"
2024-04-03 event "camper" "on the road"
2024-11-02 event "camper" "in the barn"
2024-09-01 price DKK 0.11 GBP

2023-01-02 * "what we start with"
  Assets:Monzo  900.00 GBP
  Assets:Pots:Summer  -5.00 GBP
  Equity:Start
2024-03-06 * "DWP" "State pension Wilf"
  Assets:Monzo  800.00 GBP
  Income:StatePension:Wilf
2024-03-13 * "DWP" "State pension Maureen"
  Assets:Monzo  600.00 GBP
  Income:StatePension:Maureen
2024-04-06 * "DWP" "State pension Wilf"
  Assets:Monzo  800.00 GBP
  Income:StatePension:Wilf
2024-04-13 * "DWP" "State pension Maureen"
  Assets:Monzo  600.00 GBP
  Income:StatePension:Maureen
2024-05-06 * "DWP" "State pension Wilf"
  Assets:Monzo  800.00 GBP
  Income:StatePension:Wilf
2024-05-13 * "DWP" "State pension Maureen"
  Assets:Monzo  600.00 GBP
  Income:StatePension:Maureen
2024-03-25 * "Railway Pension Scheme" "monthly pension"
  Assets:Monzo  900.00 GBP
  Expenses:Tax  100.00 GBP
  Income:RailwayPension  -1000.00 GBP
2024-06-01 * "The Pub" "wages"
  Assets:Monzo  400.00 GBP
  Income:Wages
2024-06-02 * "The Pub" "tips"
  Assets:Monzo  100.00 GBP
  Income:Tips
2023-02-21 * "Alfie" "birthday money"
  Expenses:Grandchildren:Alfie  25.00 GBP
  Assets:Monzo
2024-09-07 * "Wave Leisure" "swimming"
  Expenses:Grandchildren:Poppy  80.00 GBP
  Assets:Monzo
2024-12-23 * "Poppy" "Christmas"
  Expenses:Grandchildren:Poppy  40.00 GBP
  Assets:Monzo
2025-03-08 * "Hailsham Academy" "school trip"
  Expenses:Grandchildren:Alfie  110.00 GBP
  Assets:Monzo
2023-03-11 * "Caravan Guard" "insurance"
  Expenses:Camper:Insurance  410.00 GBP
  Assets:Monzo
2024-03-11 * "Caravan Guard" "insurance"
  Expenses:Camper:Insurance  440.00 GBP
  Assets:Monzo
2025-03-11 * "Caravan Guard" "insurance"
  Expenses:Camper:Insurance  520.00 GBP
  Assets:Monzo
2023-06-08 * "Springhill Farm" "pitch" #northumberland-2023
  Expenses:Camper:Pitches  60.00 GBP
  Assets:Monzo
2023-06-11 * "Beadnell Bay" "pitch" #northumberland-2023
  Expenses:Camper:Pitches  90.00 GBP
  Assets:Monzo
2024-05-14 * "Hendre Mynach" "pitch" #wales-2024
  Expenses:Camper:Pitches  70.00 GBP
  Assets:Monzo
2024-05-17 * "Shell Island" "pitch" #wales-2024
  Expenses:Camper:Pitches  50.00 GBP
  Assets:Monzo
2023-12-20 * "Lidl" "food"
  Expenses:Groceries  30.00 GBP
  Assets:Monzo
2024-07-04 * "Lidl" "food"
  Expenses:Groceries  20.00 GBP
  Assets:Monzo
2024-12-28 * "Lidl" "food"
  Expenses:Groceries  45.00 GBP
  Assets:Monzo
2024-09-03 * "Wise" "pounds to kroner" #erasmus
  Assets:Lunar  4000.00 DKK @ 0.11 GBP
  Assets:Monzo
2024-09-04 * "Studenterhus" "rent" #erasmus
  Expenses:Rent  3000.00 DKK
  Assets:Lunar
2024-09-10 * "Erasmus+" "grant"
  Assets:Lunar  9000.00 DKK
  Income:Grant
2025-02-01 * "Headingley Lets" "rent"
  Expenses:Rent  500.00 GBP
  Assets:Monzo
2024-09-23 * "Student Loans Company" "maintenance loan instalment"
  Assets:Monzo  1600.00 GBP
  Liabilities:StudentLoan
2025-04-22 * "Student Loans Company" "maintenance loan instalment"
  Assets:Monzo  1700.00 GBP
  Liabilities:StudentLoan
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def _declined(question: str, index: Index, model: Scripted | None = None) -> Refusal:
    outcome = plan_question(question, [], TODAY, index, understander=model)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def _figure(question: str, index: Index, model: Scripted | None = None) -> tuple[Plan, Decimal]:
    plan, found = asked(index, question, model)
    assert len(found.table.rows) == 1, found.table.rows
    return plan, next(abs(cell) for cell in found.table.rows[0] if isinstance(cell, Decimal))


# ------------------------------------------------------------------------------------------- grandchildren, pensions


@pytest.mark.parametrize(
    "question",
    [
        "spending per grandchild",
        "what did we spend on each grandchild",
        "what was spent on each of the grandchildren",
        "compare the grandchildren",
    ],
)
def test_each_grandchild_is_a_row_and_no_shop(index: Index, question: str) -> None:
    plan, found = asked(index, question, Scripted({"measure": ("sum", 0.99), "group": ("payee", 0.99)}))
    assert {(row[0], row[1]) for row in found.table.rows} == {
        ("Expenses:Grandchildren:Alfie", Decimal(135)),
        ("Expenses:Grandchildren:Poppy", Decimal(120)),
    }
    assert not any("not divided" in note for note in plan.reading)


@pytest.mark.parametrize("question", ["which grandchild have we spent the most on", "which grandchild cost the most"])
def test_the_dearest_grandchild_is_no_single_booking(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert found.table.rows[0][:2] == ("Expenses:Grandchildren:Alfie", Decimal(135))


def test_a_breakdown_by_payee_stays_one(index: Index) -> None:
    assert len(rows_of("spending on the grandchildren by payee", index, Measure.SUM)) == 4


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("our pension income in 2024", 5200),
        ("how much pension did we get in 2024", 5200),
        ("how much pension did we get in April 2024", 1400),
        ("the railway pension in 2024", 1000),
        ("the state pension in 2024", 4200),
    ],
)
def test_a_word_of_several_accounts_is_all_of_them(index: Index, question: str, number: int) -> None:
    assert _figure(question, index)[1] == number


def test_one_of_two_pensions_is_asked_back(index: Index) -> None:
    assert isinstance(plan_question("what's the pension", [], TODAY, index), Clarify)


def test_which_pension_pays_most_is_told_by_account(index: Index) -> None:
    _, found = asked(index, "which pension pays the most")
    assert found.table.rows[0][:2] == ("Income:StatePension:Wilf", Decimal(-2400))


def test_two_pensions_of_one_office_are_regular_each(index: Index) -> None:
    model = Scripted({"measure": ("recurring", 0.99), "flow": ("income", 0.99)})
    _, found = asking.asked(index, "our regular income", model, today=dt.date(2024, 6, 1))
    assert [(row[1], row[2], abs(row[3])) for row in found.table.rows if isinstance(row[3], Decimal)] == [
        ("Income:StatePension:Wilf", "monthly", Decimal(800)),
        ("Income:StatePension:Maureen", "monthly", Decimal(600)),
    ]


@pytest.mark.parametrize("question", ["how much does Maureen get", "which insurance is the dearest"])
def test_a_plain_question_of_what_is_named_is_not_declined_by_a_model(index: Index, question: str) -> None:
    model = Scripted({"outcome": ("refuse", 0.95), "measure": ("sum", 0.9)})
    asked(index, question, model)


def test_what_is_said_to_be_best_may_be(index: Index) -> None:
    _declined("which insurance is the best", index, Scripted({"outcome": ("refuse", 0.95)}))


# ------------------------------------------------------------------------------------------------ camper and trips


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("where was the camper at Christmas 2024", "in the barn"),
        ("where was the camper on 1 May 2024", "on the road"),
        ("where is the camper now", "in the barn"),
    ],
)
def test_where_something_was_is_what_an_event_tells(index: Index, question: str, held: str) -> None:
    (row,) = rows_of(question, index, Measure.EVENTS)
    assert held in row


def test_a_yearly_bill_has_risen_though_it_does_each_year(index: Index) -> None:
    (row,) = rows_of("which bills went up this year", index, Measure.RECURRING)
    assert row[0] == "Caravan Guard"
    assert row[3] == "520"
    assert "440" in row


def test_trips_are_what_spends_on_what_only_trips_do(index: Index) -> None:
    _, found = asked(index, "which trip was the dearest")
    assert found.table.rows[0][:2] == ("northumberland-2023", Decimal(150))
    plan, _ = asked(index, "how many trips did we take")
    assert (plan.count_of, plan.filters.tags) == ("tags", ("northumberland-2023", "wales-2024"))


# ------------------------------------------------------------------------------------------------ what is left out


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("spending on Poppy without Christmas in 2024", 80),
        ("spending on Poppy apart from Christmas, last year", 80),
        ("spending on the grandchildren apart from birthdays and Christmas, last year", 80),
        ("groceries except in December last year", 20),
        ("groceries in 2024 apart from July and December", 0),
        ("groceries without December, 2024", 20),
    ],
)
def test_a_part_of_a_year_that_is_left_out_leaves_the_year(index: Index, question: str, number: int) -> None:
    plan, found = asked(index, question)
    assert plan.period.start == dt.date(2024, 1, 1), plan
    told = [cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)]
    assert sum(told) == number


def test_a_month_of_its_own_year_is_left_out_of_all_time(index: Index) -> None:
    assert _figure("groceries except December 2024", index)[1] == 50


# ------------------------------------------------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("groceries the winter before last", dt.date(2023, 12, 1), dt.date(2024, 3, 1)),
        ("groceries two winters ago", dt.date(2023, 12, 1), dt.date(2024, 3, 1)),
        ("groceries in the summer before last", dt.date(2023, 6, 1), dt.date(2023, 9, 1)),
        ("groceries last summer but one", dt.date(2023, 6, 1), dt.date(2023, 9, 1)),
        ("groceries the August before last", dt.date(2023, 8, 1), dt.date(2023, 9, 1)),
        ("groceries two Christmases ago", dt.date(2023, 12, 24), dt.date(2023, 12, 27)),
    ],
)
def test_seasons_are_counted_back(index: Index, question: str, start: dt.date, end: dt.date) -> None:
    plan, _ = asked(index, question)
    assert (plan.period.start, plan.period.end) == (start, end)


def test_the_winter_before_last_beside_the_last(index: Index) -> None:
    _, found = asked(index, "groceries the winter before last against last winter")
    assert [row[1] for row in found.table.rows] == [Decimal(30), Decimal(45)]


@pytest.mark.parametrize("question", ["groceries by account 2024", "spending per account 2024"])
def test_the_year_after_what_makes_rows(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.period.start == dt.date(2024, 1, 1)


# ------------------------------------------------------------------------------------------- money of two countries


@pytest.mark.parametrize("question", ["what did I spend during erasmus", "how much did erasmus cost me"])
def test_the_tag_of_what_was_spent_before_who_only_paid_us(index: Index, question: str) -> None:
    plan, number = _figure(question, index)
    assert plan.filters.tags == ("erasmus",)
    assert number == 3000


@pytest.mark.parametrize("question", ["how much has erasmus paid me", "income from erasmus"])
def test_who_paid_us_is_asked_for_by_name(index: Index, question: str) -> None:
    assert _figure(question, index)[1] == 9000


@pytest.mark.parametrize("question", ["how much rent did I pay in kroner", "rent paid in kroner"])
def test_what_was_paid_in_kroner_is_not_converted(index: Index, question: str) -> None:
    plan, number = _figure(question, index, Scripted({"measure": ("sum", 0.99), "convert": ("yes", 0.99)}))
    assert (plan.convert_to, number) == (None, Decimal(3000))


@pytest.mark.parametrize("question", ["how much is in the Danish account", "what's left in my danish bank account"])
def test_the_account_of_a_land_is_that_which_holds_its_money(index: Index, question: str) -> None:
    plan, number = _figure(question, index)
    assert (plan.filters.accounts, number) == (("Assets:Lunar",), Decimal(10000))


def test_the_account_of_another_land_is_none(index: Index) -> None:
    assert isinstance(plan_question("how much is in the Swiss account", [], TODAY, index), Clarify | Refusal)


@pytest.mark.parametrize("question", ["what did the kroner cost me", "how much did those kroner cost me in pounds"])
def test_what_money_cost_is_what_was_given_for_it(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.pick, plan.commodity) == ("exchanged", "DKK")


@pytest.mark.parametrize("question", ["am I overdrawn", "which accounts are below zero", "is any account overdrawn"])
def test_what_stands_below_zero_now(index: Index, question: str) -> None:
    plan, number = _figure(question, index)
    assert (plan.filters.accounts, number) == (("Assets:Pots:Summer",), Decimal(5))


# ------------------------------------------------------------------------------------- what is not all there is


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how many shifts did I do this year", "shifts"),
        ("how many walks in 2024", "walks"),
        ("how many nights away in 2024", "nights away"),
    ],
)
def test_what_no_entry_tells_of_is_not_counted_as_all_entries(index: Index, question: str, name: str) -> None:
    model = Scripted({"measure": ("count", 0.99)})
    assert f'"{name}"' in _declined(question, index, model).sentence


@pytest.mark.parametrize("question", ["how many payments in 2024", "how many were there in 2024"])
def test_entries_are_counted(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.COUNT


@pytest.mark.parametrize("question", ["loan instalments", "how much has the loan company paid me so far"])
def test_a_loan_is_not_all_that_is_spent_or_earned(index: Index, question: str) -> None:
    assert _figure(question, index)[1] == 3300


@pytest.mark.parametrize(
    "question", ["groceries as a share of my wages in 2024", "pitches as a percentage of groceries in 2024"]
)
def test_one_account_as_a_share_of_another_is_no_sum(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.key == "ratio"
    assert [len(each.filters.accounts) for each in plan.compare] == [1, 1]


def test_our_share_of_two_things_is_of_both(index: Index) -> None:
    plan, _ = asked(index, "share of the rent and groceries in 2024")
    assert plan.key != "ratio"
