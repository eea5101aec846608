"""A short name fits several things that come to different figures: a question back, unless the question decides."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 10, 1)
_ACCOUNTS = """
Assets:Bank:Hovden Assets:Bank:Reserve Assets:Pots:Roof Assets:Pots:Organ Assets:Broker:Shares Assets:Fund
Liabilities:Loan:Hovden Liabilities:Held:Ola Liabilities:Held:Runa
Income:Gifts Income:Zins Income:Rooms:Front Income:Rooms:Back Income:Work Income:Gains Income:Salary
Expenses:Gifts Expenses:CarInterest Expenses:Car:Insurance Expenses:Shop:Cover Expenses:Shop:Rent Expenses:Groceries
Expenses:Phone Expenses:Tools Expenses:Repairs Expenses:Tax Expenses:Conferences
"""
_POSTED = """
2023-02-01 "Aunt Dagny" "for my birthday" | Income:Gifts -50
2024-02-01 "Aunt Dagny" "for my birthday" | Income:Gifts -60
2023-03-01 "Florist" "for Dagny" | Expenses:Gifts 20
2024-03-01 "Florist" "for Dagny" | Expenses:Gifts 30
2024-03-31 "interest" | Income:Zins -3
2024-06-30 "interest" | Income:Zins -4
2024-03-31 "car loan, interest" | Expenses:CarInterest 9
2024-06-30 "car loan, interest" | Expenses:CarInterest 8
2024-01-02 "Estates" "shop rent" | Expenses:Shop:Rent 400
2024-02-02 "Estates" "shop rent" | Expenses:Shop:Rent 400
2024-01-03 "Pieter" "front room rent" | Income:Rooms:Front -300
2024-02-03 "Pieter" "front room rent" | Income:Rooms:Front -300
2024-02-04 "Agency" "back room" | Income:Rooms:Back -280
2024-03-04 "Agency" "back room" | Income:Rooms:Back -280
2024-04-01 "Haftwell" "car, a year" | Expenses:Car:Insurance 90
2024-05-01 "Haftwell" "shop, a year" | Expenses:Shop:Cover 70
2024-01-10 "into the pot" | Assets:Pots:Roof 20
2024-02-10 "into the pot" | Assets:Pots:Organ 30
2024-01-11 "Nordtel" "mobile" | Expenses:Phone 10
2024-02-11 "Nordtel" "mobile" | Expenses:Phone 10
2024-03-11 "Whaup" "mobile" | Expenses:Phone 12
2024-04-11 "Whaup" "mobile" | Expenses:Phone 12
2024-01-12 "Kestrel Lane Surgery" "bikes serviced" | Income:Work -80
2024-02-12 "Kestrel Lane Surgery" "bikes serviced" | Income:Work -80
2024-03-12 "Kestrel Savings" "units" | Assets:Fund 25
2024-04-12 "Kestrel Savings" "units" | Assets:Fund 25
2024-01-15 "paid back" | Liabilities:Loan:Hovden 40
2023-11-04 "locker bond Ola" | Liabilities:Held:Ola -50
2023-12-18 "locker bond Runa" | Liabilities:Held:Runa -75
2024-05-11 "Parkhurst" "MIG welder" | Expenses:Tools 300
2024-06-14 "Parkhurst" "MIG welder, 120 V" | Expenses:Tools 320
2024-07-01 "Parkhurst" "lathe, first half" | Expenses:Tools 500
2024-08-01 "Parkhurst" "lathe, second half" | Expenses:Tools 500
2023-08-23 "Dunmore Plumbing" "kitchen drain" | Expenses:Repairs 188
2024-02-05 "Dunmore Plumbing" "water heater" | Expenses:Repairs 900
2023-05-02 "Riverbend" "ticket" | Expenses:Conferences 400
2024-05-06 "Riverbend" "ticket" | Expenses:Conferences 420
2024-01-31 "Silberbach" "salary" | Income:Salary -900
2024-02-29 "Silberbach" "salary" | Income:Salary -900
2024-01-20 "Kornhof" "food" | Expenses:Groceries 30
2024-02-20 "Kornhof" "food" | Expenses:Groceries 30
"""
_REST = """
2024-01-05 * "Broker" "bought"
  Assets:Broker:Shares   20 NRDX {10 EUR}
  Assets:Bank:Reserve
2024-04-05 * "Broker" "sold some"
  Assets:Broker:Shares   -5 NRDX {10 EUR}
  Assets:Bank:Reserve    70 EUR
  Income:Gains
2024-08-05 * "Broker" "sold more"
  Assets:Broker:Shares   -5 NRDX {10 EUR}
  Assets:Bank:Reserve    80 EUR
  Income:Gains
"""


def _ledger() -> str:
    opened = "".join(f"2023-01-01 open {name}\n" for name in _ACCOUNTS.split())
    entries = []
    for line in _POSTED.strip().splitlines():
        head, _, posting = line.partition(" | ")
        day, _, names = head.partition(" ")
        entries.append(f"{day} * {names}\n  {posting} EUR\n  Assets:Bank:Hovden\n")
    return f'option "operating_currency" "EUR"\n{opened}{"".join(entries)}{_REST}'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("several")
    (folder / "main.beancount").write_text(_ledger(), encoding="utf-8")
    build(folder / "main.beancount", folder / "data")
    with open_index(folder / "main.beancount", folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("gifts in 2024, what was the sum?", ("Expenses:Gifts", "Income:Gifts")),
        ("gifts 2024", ("Expenses:Gifts", "Income:Gifts")),
        ("how much was the interest this year?", ("Expenses:CarInterest", "Income:Zins")),
        ("rent?", ("Expenses:Shop:Rent", "Income:Rooms:Front")),
        ("what is in the pot at the moment?", ("Assets:Pots:Organ", "Assets:Pots:Roof")),
        ("how much is the room a month", ("Income:Rooms:Back", "Income:Rooms:Front")),
        ("how much did we pay the insurance", ("Expenses:Car:Insurance", "Expenses:Shop:Cover")),
        ("what did the insurance cost me?", ("Expenses:Car:Insurance", "Expenses:Shop:Cover")),
        ("how much is the locker bond", ("Liabilities:Held:Ola", "Liabilities:Held:Runa")),
        ("how much have we paid the phone company", ("Nordtel", "Whaup")),
        ("total for Kestrel?", ("Kestrel Lane Surgery", "Kestrel Savings")),
        ("how much did I pay Hovden?", ("Assets:Bank:Hovden", "Liabilities:Loan:Hovden")),
        ("how much for the welder?", ("2024-05-11: Parkhurst, MIG welder", "2024-06-14: Parkhurst, MIG welder, 120 V")),
        (
            "what was the plumber's bill?",
            ("2023-08-23: Dunmore Plumbing, kitchen drain", "2024-02-05: Dunmore Plumbing, water heater"),
        ),
        ("total i spent on the conference", ("2023-05-02: Riverbend, ticket", "2024-05-06: Riverbend, ticket")),
        ("how much did I make on the sale?", ("2024-04-05: Broker, sold some", "2024-08-05: Broker, sold more")),
    ],
)
def test_what_fits_several_is_asked_back(question: str, labels: tuple[str, ...], index: Index) -> None:
    asked = plan_question(question, [], TODAY, index)
    assert isinstance(asked, Clarify), asked
    assert tuple(choice.label for choice in asked.choices) == labels
    for choice in asked.choices:
        assert isinstance(plan_question(choice.question, [], TODAY, index), Plan), choice.question


@pytest.mark.parametrize(
    "question",
    [
        "how much did I spend on gifts in 2024",
        "gifts received in 2024",
        "gifts given in 2024",
        "how much rent did I get",
        "interest paid this year",
        "what did the shop rent come to in 2024",
        "how much is in the pots",
        "how much is in the roof pot",
        "how much rent did we get for the rooms in 2024",
        "how much did we spend on insurance",
        "what did the insurance cost in 2024",
        "what did the insurance cost altogether",
        "how much did we spend on phones",
        "how much did we pay Whaup",
        "how much did Kestrel Lane Surgery pay us",
        "what did the lathe cost",
        "how much have we paid the plumber",
        "salary 2024",
        "groceries?",
        "how much did we spend on the grocery shop",
        "what did conferences cost us in total",
    ],
)
def test_what_the_question_decides_is_answered(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Plan)


def test_an_earlier_question_decides(index: Index) -> None:
    plan = plan_question("and gifts in 2024?", ["how much did I spend on phones in 2024?"], TODAY, index)
    assert isinstance(plan, Plan)
