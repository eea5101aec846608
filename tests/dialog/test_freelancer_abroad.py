"""Books of two in several currencies: who invoiced what, a span said more closely, one currency, both ways by account."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.records import Clarify, Measure, Plan
from tests.dialog.asking import Scripted, asked, rows_of

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 5, 20)
LEDGER = """
option "operating_currency" "EUR"
option "operating_currency" "SEK"
plugin "beancount.plugins.auto_accounts"
2024-01-01 commodity TRAK
  name: "Norrlund Indeks Global"
2024-01-01 commodity EUR
2024-01-01 commodity SEK

2024-05-02 * "Relmar" "walking boots"
  serial: "RX-77"
  Expenses:Clothes                 120 EUR
  Assets:Bank:Home
2024-06-03 * "Relmar" "boots sent back"
  Expenses:Clothes                 -20 EUR
  Assets:Bank:Home
2024-06-10 * "Velodrom" "Folding bike, second-hand"
  Expenses:Sports                  150 EUR
  Assets:Bank:Home
2024-06-28 * "Market" "Sold the folding bike"
  Assets:Bank:Home                  90 EUR
  Income:Second-Hand
2024-07-01 * "Salrie" "lunch"
  Expenses:Restaurant               18 EUR
  Assets:Bank:Home
2024-08-01 * "Fjord Ferry" "crossing"
  Expenses:Ferries                 400 SEK
  Assets:Bank:Away
2024-08-09 * "Fjord Ferry" "Compensation, late"
  Expenses:Ferries                -100 SEK
  Assets:Bank:Away
2024-09-01 * "Mamma" "for the boat"
  Assets:Bank:Home                3000 EUR
  Liabilities:Mamma-Loan
2024-10-01 * "Broker" "buy"
  Assets:Broker:TRAK                10 TRAK {20 EUR}
  Assets:Bank:Home
2024-10-05 price TRAK 25 EUR
2025-01-10 * "Telia" "phone"
  Expenses:Phone:Ingrid             90 SEK
  Assets:Bank:Away
2025-01-11 * "Ansgar" "his half"
  Assets:Due:Ansgar                 15 EUR
  Assets:Bank:Home
2025-01-12 * "Kestrel" "invoice"
  Income:Ingrid:Translations      -500 EUR
  Assets:Due:Clients
2025-02-12 * "Moor Press" "invoice"
  Income:Ingrid:Translations      -700 SEK
  Assets:Due:Clients
2025-03-31 * "Shipyard" "pay"
  Income:Pay:Olav                -2000 EUR
  Assets:Bank:Home
2025-03-10 * "Corner Shop" "food"
  Expenses:Groceries                60 EUR
  Assets:Bank:Home
2025-03-12 * "Ica" "food"
  Expenses:Groceries               200 SEK
  Assets:Bank:Away
2025-04-12 * "Corner Shop" "food"
  Expenses:Groceries                30 EUR
  Assets:Bank:Home
2025-05-12 * "Corner Shop" "food"
  Expenses:Groceries                12 EUR
  Assets:Bank:Home
2025-03-20 * "Telenor" "mobile"
  Expenses:Phone:Olav                9 EUR
  Assets:Bank:Home
"""

rows = partial(rows_of, today=TODAY)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("diesel in 2024 up to august", dt.date(2024, 1, 1), dt.date(2024, 8, 31)),
        ("rent by month, 2024 until the end of june", dt.date(2024, 1, 1), dt.date(2024, 6, 30)),
        ("fuel 2023, from october on", dt.date(2023, 10, 1), dt.date(2023, 12, 31)),
        ("wages in the tax year 6 april 2023 - 5 april 2024", dt.date(2023, 4, 6), dt.date(2024, 4, 5)),
        ("profit of the financial year, i.e. 1 July 2023 to 30 June 2024", dt.date(2023, 7, 1), dt.date(2024, 6, 30)),
    ],
)
def test_a_span_said_more_closely_is_one(text: str, start: dt.date, end: dt.date) -> None:
    (found,) = find_periods(text, TODAY)
    assert found.period.end is not None
    assert (found.period.start, found.period.end - dt.timedelta(days=1)) == (start, end)


@pytest.mark.parametrize("month", ["june", "april", "march", "august", "may"])
def test_up_to_a_month_that_is_a_name_too_is_that_month(month: str) -> None:
    (found,) = find_periods(f"what did power cost up to {month}", TODAY)
    assert found.kind == "until"


def test_spans_set_against_each_other_stay_two() -> None:
    assert len(find_periods("fuel in 2024 against until may 2025", TODAY)) == 2


@pytest.mark.parametrize(
    "question", ["what did Ingrid invoice in 2025, per currency", "how much has Ingrid billed in 2025 by currency"]
)
def test_what_one_of_two_invoiced_is_that_ones_income(question: str, index: Index) -> None:
    assert sorted(rows(question, index, Measure.SUM)) == [["EUR", "-500", "EUR"], ["SEK", "-700", "SEK"]]


def test_what_was_invoiced_is_split_as_the_next_question_says(index: Index) -> None:
    found = rows("now split that by payee", index, Measure.SUM, "how much did we invoice in euros in 2025?")
    assert found == [["Kestrel", "-500", "EUR"]]


def test_a_currency_named_last_is_kept_to_whatever_a_model_hears(index: Index) -> None:
    model = Scripted({"measure": ("average", 0.98), "convert": ("yes", 0.98)})
    plan, evidence = asked(index, "monthly average for groceries march to april 2025, euros", model, today=TODAY)
    assert plan.convert_to is None
    assert evidence.table.rows[0][0] == 45


def test_both_ways_account_by_account_is_the_statement(index: Index) -> None:
    found = rows("what came in and what went out in march 2025, account by account", index, Measure.INCOME_STATEMENT)
    assert {row[0] for row in found} >= {"Income:Pay:Olav", "Expenses:Groceries"}


@pytest.mark.parametrize(
    "question", ["what did Olav get paid in march 2025 all told?", "how much was Olav paid in march 2025"]
)
def test_what_one_of_us_was_paid_is_income(index: Index, question: str) -> None:
    """Whose pay is booked as income of these books is not paid out of them, phone of his or no."""
    assert rows(question, index, Measure.SUM) == [["-2000", "EUR"]]


def test_compensation_netted_off_names_nothing(index: Index) -> None:
    found = rows("what has the ferry cost, compensation netted off?", index, Measure.SUM)
    assert found == [["300", "SEK"]]


def test_what_came_back_is_taken_from_a_figure_and_no_list(index: Index) -> None:
    model = Scripted({"measure": ("list", 0.98)})
    plan, evidence = asked(index, "everything that went to Relmar, minus what they refunded", model, today=TODAY)
    assert plan.measure is Measure.SUM
    assert evidence.table.rows[0][0] == 100


def test_letters_of_a_key_in_another_order_name_no_key(index: Index) -> None:
    found = rows("when was the last lunch at Salrie and what did it come to", index, Measure.LIST)
    assert [row[1] for row in found] == ["Salrie"]


@pytest.mark.parametrize("question", ["market value of the index fund", "what is our index fund worth?"])
def test_a_fund_called_by_its_kind_is_what_is_held(question: str, index: Index) -> None:
    ((account, number, code, *_),) = rows(question, index, Measure.HOLDINGS)
    assert (account, number, code) == ("Assets:Broker:TRAK", "10", "TRAK")


def test_a_mother_by_any_name_is_owed_her_loan(index: Index) -> None:
    assert rows("what did we owe my mum at the end of 2024", index, Measure.BALANCE) == [["-3000", "EUR"]]


@pytest.mark.parametrize("question", ["is it more than last time?", "are they higher than before?"])
def test_more_than_what_is_asked_back(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Clarify)


@pytest.mark.parametrize(
    "question", ["when did we sell the folding bike", "when did we get rid of the folding bike and what did it fetch"]
)
def test_what_was_sold_is_what_came_in(question: str, index: Index) -> None:
    model = Scripted({"measure": ("list", 0.98)})
    plan, evidence = asked(index, question, model, today=TODAY)
    assert plan.measure is Measure.LIST
    assert [str(row[2]) for row in evidence.table.rows] == ["Sold the folding bike"]


def test_what_a_payee_charges_is_what_it_took_last(index: Index) -> None:
    found = rows("what does Telia charge these days", index, Measure.LIST)
    assert [row[1] for row in found] == ["Telia"]


def test_accounts_that_are_counted_are_accounts(index: Index) -> None:
    plan = plan_question("how much cash was in the two accounts at the end of 2024", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.BALANCE
