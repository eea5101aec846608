"""Entries that are asked for one by one, what a shop sells, who is owed, and things that are let out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Giro
2024-01-01 open Assets:Purse:CHF
2024-01-01 open Assets:Owed:Ada
2024-01-01 open Assets:Owed:Bruno
2024-01-01 open Assets:Lent:Mo
2024-01-01 open Assets:Shares
2024-01-01 open Liabilities:Claims:Cleo
2024-01-01 open Liabilities:Claims:Dora
2024-01-01 open Liabilities:Payable
2024-01-01 open Income:HallHire
2024-01-01 open Income:Sewing
2024-01-01 open Expenses:Cleaning
2024-01-01 open Expenses:Ferries
2024-01-01 open Expenses:Groceries
2024-01-01 open Expenses:Takeaway
2024-01-01 open Expenses:Climbing
2024-01-01 open Expenses:Repairs
2024-01-01 open Expenses:Lunch
2024-01-01 open Expenses:Rent
2024-01-01 open Expenses:Wood:Tools
2024-01-01 open Expenses:Clay:Tools
2024-01-01 note Expenses:Repairs "the gutter will not last"
2024-12-01 price HYDR 12.50 EUR

2024-01-05 * "Fenwick Market" "food for the week"
  Expenses:Groceries      40 EUR
  Assets:Giro
2024-01-12 * "Fenwick Market" "the usual"
  Expenses:Groceries      41 EUR
  Assets:Giro
2024-01-13 * "Fenwick Market" "the usual"
  Expenses:Groceries      42 EUR
  Assets:Giro
2024-01-14 * "Corner Shop" "food for the week"
  Expenses:Groceries      43 EUR
  Assets:Giro
2024-01-15 * "WOKABOUT 12" ""
  Expenses:Takeaway       11 EUR
  Assets:Giro
2024-01-16 * "NOODLE BUS" ""
  Expenses:Takeaway       12 EUR
  Assets:Giro
2024-01-20 * "Drystane Climbing Hall" "day pass"
  Expenses:Climbing       14 EUR
  Assets:Giro
2024-02-20 * "Norsund Line" "to the islands"
  Expenses:Ferries        98 EUR
  Assets:Giro
2024-02-27 * "Norsund Line" "home"
  Expenses:Ferries        99 EUR
  Assets:Giro
2024-02-28 * "Norsund Line" "charged twice"
  Expenses:Ferries       -98 EUR
  Assets:Giro
2024-03-01 * "Gable" "roof"
  Expenses:Repairs       500 EUR
  Assets:Giro
2024-03-02 * "Gable" "pipe"
  Expenses:Repairs       250 EUR
  Assets:Giro
2024-03-03 * "Ironworks" "machine saw"
  Expenses:Wood:Tools    600 EUR
  Assets:Giro
2024-03-04 * "Kilns" "wheel"
  Expenses:Clay:Tools    700 EUR
  Assets:Giro
2024-04-01 * "Bistro" "Lunch"
  Expenses:Lunch          10 EUR
  Assets:Giro
2024-04-02 * "Kiosk" "Lunch with Malcolm"
  Expenses:Lunch          20 EUR
  Assets:Giro
2024-05-01 * "Bowls Club" "evening"
  Assets:Giro             60 EUR
  Income:HallHire
2024-05-02 * "Drama Circle" "play"
  Assets:Giro             80 EUR
  Income:HallHire
2024-05-03 * "Sparkle" "cleaning the hall"
  Expenses:Cleaning       15 EUR
  Assets:Giro
2024-06-01 * "Ada" "gown, to pay later"
  Assets:Owed:Ada         90 EUR
  Income:Sewing
2024-06-02 * "Bruno" "shirt, to pay later"
  Assets:Owed:Bruno       30 EUR
  Income:Sewing
2024-06-03 * "Meridian Cloth" "a bale"
  Expenses:Cleaning       70 EUR
  Liabilities:Payable
2024-06-04 * "Cleo" "cake for volunteers"
  Expenses:Groceries      16 EUR
  Liabilities:Claims:Cleo
2024-06-05 * "Dora" "stamps"
  Expenses:Groceries      17 EUR
  Liabilities:Claims:Dora
2024-06-06 * "Ada" "Paid, thanks"
  Assets:Giro             50 EUR
  Assets:Owed:Ada
2024-06-07 * "Bruno" "hem"
  Assets:Owed:Bruno        5 EUR
  Income:Sewing
2024-06-08 * "Mo" "until payday"
  Assets:Lent:Mo          25 EUR
  Assets:Giro
2024-06-09 * "Immo" "June"
  Expenses:Rent          600 EUR
  Assets:Giro
2024-06-10 * "Immo" "landlord refunds the tap"
  Expenses:Repairs       -40 EUR
  Assets:Giro
2024-07-01 * "Broker" "HYDR"
  Assets:Shares           10 HYDR {12.00 EUR}
  Assets:Giro
2024-08-01 * "Bank" "notes"
  Assets:Purse:CHF       100 CHF @ 1.05 EUR
  Assets:Giro
2024-08-02 * "Alpina" "rope" #trip-alps
  Expenses:Climbing       20 CHF
  Assets:Purse:CHF
2024-09-02 * "Seesport" "rope" #trip-lake
  Expenses:Climbing       20 EUR
  Assets:Giro
"""

PLANS = [
    # What a second ask wants of each entry makes a list of the first.
    ("what are the two biggest amounts I put down under repairs, and when was each one?",
     "list Expenses:Repairs + order -amount limit 2"),
    ("which ferries did we pay for in 2024, and what did each one cost?", "list Expenses:Ferries 2024"),
    ("Which ferries did I book in 2024, how much was each?", "list Expenses:Ferries 2024"),
    ("When did Norsund Line pay it back, and how much?", "list expenses <Norsund Line> -"),
    # What a shop alone sells narrows nothing.
    ("how many times did I get food from Fenwick Market?", "count <Fenwick Market>"),
    ("how many times have I paid wokabout for noodles", "count expenses <WOKABOUT 12>"),
    ("how many times have Malcolm and I had lunch together?", "count Expenses:Lunch <Lunch with Malcolm>"),
    ("list every tool or machine purchase", "list Expenses:Clay:Tools Expenses:Wood:Tools"),
    # Names are no words for how something changed, nor for notes.
    ("how many times have we been to the climbing hall?", "count <Drystane Climbing Hall>"),
    # Who is owed, and for what.
    ("which volunteers do we still owe for expense claims, and how much each?", "balance Liabilities:Claims by account"),
    ("which of my customers still owe me for cloth they took, and how much each", "balance Assets:Owed:Ada Assets:Owed:Bruno by account"),
    ("which customers owe me money", "balance Assets:Owed:Ada Assets:Owed:Bruno by account"),
    ("who owes me money", "balance Assets:Lent:Mo Assets:Owed:Ada Assets:Owed:Bruno by account"),
    ("how much does Bruno owe me, to the Rappen?", "balance Assets:Owed:Bruno by account"),
    ("has the landlord ever given us money back", "sum expenses <landlord refunds the tap> -"),
    # What is let out, to whom.
    ("how many times have we hired the hall out?", "count Income:HallHire"),
    ("how often did we let the hall out to the bowls club", "count Income:HallHire <Bowls Club>"),
    ("what's a unit of HYDR going for, last I put it in?", "price of HYDR"),
    ("how much of what went on groceries was at Fenwick Market in 2024, and what share of the whole was that?",
     "sum Expenses:Groceries <Fenwick Market> 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_one_by_one(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_what_two_trips_cost_in_a_currency_is_converted_and_not_paid_from_its_purse(index: Index) -> None:
    question = "alps vs lake, which of the two trips was dearer, and what was each in CHF?"
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)}, {"alps": "NAME", "lake": "NAME"})
    told = digest(plan_question(question, [], TODAY, index, understander=model))
    assert "alongside" not in told
    assert "CHF" in told


def test_what_a_customer_paid_came_in_whenever_it_was_invoiced(tmp_path: Path) -> None:
    path = tmp_path / "main.beancount"
    path.write_text(
        'option "operating_currency" "EUR"\n'
        + "".join(f"2023-01-01 open {name}\n" for name in ("Assets:Giro", "Assets:Debtors", "Income:Labour"))
        + "".join(
            f'{day} * "{payee}" "{text}"\n  {into}  {amount} EUR\n  {off}\n'
            for payee, days in (("Orford Couriers", ("2023-12-01", "2024-01-15")), ("Kestrel", ("2024-02-01",) * 2))
            for day, text, amount, into, off in (
                (days[0], "service", 100, "Assets:Debtors", "Income:Labour"),
                (days[1], "paid, thanks", 100, "Assets:Giro", "Assets:Debtors"),
            )
        )
    )
    build(path, tmp_path)
    with open_index(path, tmp_path) as index:
        came = "sum assets <{}> -Assets:Debtors + 2024"
        first = "how much has Kestrel paid me in 2024"
        assert digest(plan_question(first, [], TODAY, index)) == came.format("Kestrel")
        assert digest(plan_question("and the couriers", [first], TODAY, index)) == came.format("Orford Couriers")
        assert (
            digest(plan_question("what did I earn from Kestrel in 2024", [], TODAY, index))
            == "sum income <Kestrel> 2024"
        )
