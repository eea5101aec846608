"""A small firm's books: clients who are payees only where they pay, jobs by label, timesheets, PAYE and VAT accounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Grouping, Measure, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
_ACCOUNTS = (
    "Assets:Bank Assets:Receivable Assets:Hours:Una Assets:Hours:Rafe Assets:VAT:Input Liabilities:VAT:Output"
    " Liabilities:PAYE Equity:Hours Income:Fees Expenses:Wages Expenses:Materials Expenses:Fuel Expenses:Repairs"
)


def _invoice(day: str, number: str, job: str, client: str, net: str, vat: str) -> str:
    gross = Decimal(net) + Decimal(vat)
    return (
        f'{day} * "Invoice {number} {job}" ^{number}\n  client: "{client}"\n  project: "{job}"\n'
        f"  Assets:Receivable  {gross} EUR\n  Income:Fees  -{net} EUR\n  Liabilities:VAT:Output  -{vat} EUR\n"
    )


def _paid(day: str, number: str, client: str, gross: str) -> str:
    under = f'  client: "{client}"\n'
    return f'{day} * "{client}" "paid {number}" ^{number}\n{under}  Assets:Bank  {gross} EUR\n  Assets:Receivable\n'


def _bought(day: str, payee: str, said: str, account: str, amount: str, under: str) -> str:
    return f'{day} * "{payee}" "{said}"\n{under}  Expenses:{account}  {amount} EUR\n  Assets:Bank\n'


def _hours(day: str, who: str, *worked: tuple[int, str]) -> str:
    legs = "".join(f'  Assets:Hours:{who}  {many} HOUR\n    project: "{job}"\n' for many, job in worked)
    return f'{day} * "Timesheet {who}"\n{legs}  Equity:Hours\n'


def _wages(day: str, gross: str, tax: str) -> str:
    return f'{day} * "Payroll" "wages"\n  Expenses:Wages  {gross} EUR\n  Liabilities:PAYE  -{tax} EUR\n  Assets:Bank\n'


def _to_the_office(day: str, account: str, amount: str) -> str:
    return f'{day} * "Revenue Office" "{account} due"\n  Liabilities:{account}  {amount} EUR\n  Assets:Bank\n'


LEDGER = 'option "operating_currency" "EUR"\n2023-01-01 commodity HOUR\n' + "".join(
    (
        *(f"2023-01-01 open {name}\n" for name in _ACCOUNTS.split()),
        _invoice("2024-01-10", "a1", "jetty", "Nore Harbour Trust", "1000", "200"),
        _paid("2024-02-10", "a1", "Nore Harbour Trust", "1200"),
        _invoice("2024-03-10", "a2", "jetty", "Nore Harbour Trust", "500", "100"),
        _invoice("2024-04-10", "a3", "belfry", "Corrigan", "800", "160"),
        _paid("2024-04-30", "a3", "Corrigan", "960"),
        _invoice("2024-06-10", "a4", "belfry", "Corrigan", "300", "60"),
        _paid("2024-07-10", "a4", "Corrigan", "360"),
        _bought("2024-01-20", "Timber Co", "oak", "Materials", "90", '  project: "jetty"\n'),
        _bought("2024-04-20", "Timber Co", "ash", "Materials", "40", '  project: "belfry"\n'),
        _bought("2024-05-20", "Timber Co", "glue", "Materials", "7", ""),
        _bought("2024-02-20", "Pump", "diesel", "Fuel", "60", '  vehicle: "Rover"\n'),
        _bought("2024-08-20", "Pump", "diesel", "Fuel", "50", '  vehicle: "Rover"\n'),
        _bought("2024-09-20", "Pump", "diesel", "Fuel", "33", '  vehicle: "Pony"\n'),
        _bought("2024-10-20", "Pump", "diesel", "Fuel", "31", '  vehicle: "Pony"\n'),
        _bought("2024-11-20", "Pump", "diesel", "Fuel", "35", '  vehicle: "Pony"\n'),
        _bought("2024-09-25", "Garage", "Rover tyres", "Repairs", "120", '  vehicle: "Rover"\n'),
        _hours("2024-01-31", "Una", (30, "jetty"), (6, "belfry")),
        _hours("2024-02-29", "Una", (12, "jetty")),
        _hours("2024-02-29", "Rafe", (9, "belfry")),
        _hours("2025-05-31", "Una", (4, "belfry")),
        _wages("2024-01-31", "2000", "400"),
        _wages("2024-02-29", "2000", "410"),
        _to_the_office("2024-02-19", "PAYE", "400"),
        _to_the_office("2024-03-19", "PAYE", "410"),
        _to_the_office("2024-05-07", "VAT:Output", "300"),
    )
)
asked = partial(asking.asked, today=TODAY)


def figure(index: Index, question: str, *history: str) -> Decimal:
    _, found = asked(index, question, None, *history)
    (row,) = found.table.rows
    return next(abs(Decimal(cell)) for cell in row if isinstance(cell, int | Decimal))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        # a client who is a payee where they pay, and stands under a key of each invoice
        ("how much have we billed Corrigan", 1100),
        ("what did we invoice Nore Harbour Trust in 2024", 1500),
        ("what have we earned from Corrigan", 1100),
        ("what did Corrigan pay us in 2024", 1320),
        ("has Nore Harbour Trust paid everything", 600),
        # a label that narrations say, too
        ("what did the jetty cost in materials", 90),
        ("materials for the belfry", 40),
        ("spend on the Rover in 2024", 230),
        # work that is never taken off again
        ("hours Una worked in February 2024", 12),
        ("how many hours in 2024", 57),
        ("how many hours did we spend on the jetty", 42),
        ("how many hours on the belfry job all told", 19),
        # what was withheld, and what was charged, on accounts below their tax
        ("what did we pay in PAYE in 2024", 810),
        ("what did we pay the Revenue Office for PAYE in 2024", 810),
        ("how much VAT did we charge in 2024", 520),
    ],
)
def test_one_figure(index: Index, question: str, number: int) -> None:
    assert figure(index, question) == number


def test_who_is_slow_to_pay_by_the_name_of_the_client(index: Index) -> None:
    plan, found = asked(index, "how long does Corrigan take to pay")
    assert plan.pick == "settled"
    assert {row[-1] for row in found.table.rows} == {20, 30}


def test_hours_side_by_side_and_month_by_month(index: Index) -> None:
    plan, found = asked(index, "hours by month in 2024")
    assert plan.measure is Measure.SUM
    assert [row[1] for row in found.table.rows] == [36, 21]
    _, found = asked(index, "Una vs Rafe, hours in 2024")
    assert {row[-2] for row in found.table.rows} == {48, 9}


def test_what_stands_is_still_what_stands(index: Index) -> None:
    plan, found = asked(index, "what is our PAYE balance")
    assert plan.measure is Measure.BALANCE
    assert found.table.rows == ()
    plan, _ = asked(index, "how many hours were there at the end of 2024")
    assert plan.filters.accounts


def test_another_key_of_what_bears_a_label(index: Index) -> None:
    plan, found = asked(index, "which client is the belfry for")
    assert (plan.group_by, plan.by_key) == ((Grouping.METADATA,), "client")
    assert found.table.rows[0] == ("Corrigan", 2)


@pytest.mark.parametrize("question", ["how many hours on the zeppelin", "any projects with no hours in 2025"])
def test_what_cannot_be_told_is_refused(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did we spend at Timber Co in 2024", 137),
        ("what did we pay Garage", 120),
        ("how much went to wages in 2024", 4000),
        ("how much did we pay the Revenue Office in 2024", 1110),
    ],
)
def test_payees_and_wages_are_read_as_ever(index: Index, question: str, number: int) -> None:
    assert figure(index, question) == number
