"""Subscriptions that went quiet or still run, tags spelt out, an affair of several entries, what was taken twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.records import Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2022-01-01 open Assets:Bank
2022-01-01 open Liabilities:Card:Blue
2022-01-01 open Expenses:Subscriptions
2022-01-01 open Expenses:Rent
2022-01-01 open Expenses:Repairs
2022-01-01 open Expenses:Removal
2022-01-01 open Expenses:Crockery
2022-01-01 open Expenses:Judo

2024-11-19 * "Rohrfrei" "call-out, leak" ^leak-nov24
  Expenses:Repairs   78.00 EUR
  Assets:Bank
2024-11-22 * "Rohrfrei" "valve" ^leak-nov24
  Expenses:Repairs   160.00 EUR
  Assets:Bank
2024-12-09 * "Landlord" "pays half" ^leak-nov24
  Expenses:Repairs   -119.00 EUR
  Assets:Bank
2024-12-30 * "Glashaus" "glass hire" #new-year-2024
  Expenses:Crockery   32.00 EUR
  Assets:Bank
2024-12-30 * "Grocer" "snacks" #new-year-2024
  Expenses:Crockery   50.00 EUR
  Assets:Bank
2025-01-03 * "Glashaus" "deposit back on glasses" #new-year-2024
  Expenses:Crockery   -20.00 EUR
  Assets:Bank
2024-03-01 * "Van" "rental" #removal
  Expenses:Removal   90.00 EUR
  Assets:Bank
2024-03-02 * "Store" "plates" #removal
  Expenses:Crockery   10.00 EUR
  Assets:Bank
2025-01-08 * "Dojo" "monthly"
  Expenses:Judo   35.00 EUR
  Assets:Bank
2025-01-09 * "Dojo" "monthly"
  Expenses:Judo   35.00 EUR
  Assets:Bank
2025-02-02 * "Dojo" "monthly, given back"
  Expenses:Judo   -35.00 EUR
  Assets:Bank
""" + "".join(
    f'2025-{month:02}-04 * "Flimmer" "films"\n  Expenses:Subscriptions   9.00 EUR\n  Liabilities:Card:Blue\n'
    f'2025-{month:02}-05 * "Klang" "music"\n  Expenses:Subscriptions   5.00 EUR\n  Assets:Bank\n'
    f'2025-{month:02}-01 * "Landlord" "rent"\n  Expenses:Rent   500.00 EUR\n  Assets:Bank\n'
    f'2024-{month:02}-12 * "Blatt" "paper"\n  Expenses:Subscriptions   7.00 EUR\n  Liabilities:Card:Blue\n'
    for month in range(1, 7)
)


asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "payees"),
    [
        ("one of our subs went quiet without anyone cancelling it - last payment when?", ["Blatt"]),
        ("which subscriptions have stopped", ["Blatt"]),
        ("what subscriptions did I cancel and when was the last payment", ["Blatt"]),
        ("list the subscriptions we got rid of", ["Blatt"]),
        ("which subscriptions were cancelled in 2024", ["Blatt"]),
        ("what memberships have I given up in 2025", []),
        ("did we cancel the Klang subscription", []),
        ("what recurring payments ended", ["Blatt"]),
        ("what subscriptions do we have", ["Flimmer", "Klang"]),
        ("which small subscriptions are still running on the Blue card?", ["Flimmer"]),
        ("what subscriptions am I still paying from the bank", ["Klang"]),
    ],
)
def test_subscriptions(index: Index, question: str, payees: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.RECURRING
    assert [row[0] for row in found.table.rows] == payees


@pytest.mark.parametrize(
    "question",
    [
        "the leak saga november 2024 - every line of it incl what we got back",
        "show me the entire leak affair",
        "everything about the leak",
    ],
)
def test_an_affair_is_what_is_linked(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [str(row[0]) for row in found.table.rows] == ["2024-11-19", "2024-11-22", "2024-12-09"]


@pytest.mark.parametrize(
    "question",
    ["new year party 2024 net of what came back on the glasses", "what did the new year party 2024 cost"],
)
def test_a_tag_spelt_out(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.filters.tags == ("new-year-2024",)
    assert [row[0] for row in found.table.rows] == [Decimal(62)]


@pytest.mark.parametrize("question", ["removal: what did I spend, by account", "removal cost going by the removal tag"])
def test_a_tag_that_is_called_as_an_account(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.tags == ("removal",)
    assert plan.filters.accounts == ()


def test_whether_what_was_taken_twice_came_back(index: Index) -> None:
    model = Scripted({"measure": ("list", 0.9), "sign": ("-1", 0.9)}, {"judo": "NAME"})
    for heard in (None, model):
        _, found = asked(index, "they took the judo fee twice in january. Did they give it back?", heard)
        assert [str(row[0]) for row in found.table.rows] == ["2025-02-02"]
