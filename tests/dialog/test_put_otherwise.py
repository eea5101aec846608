"""The same asked in other words: idioms, clause shapes, names said again, over the books of a small theatre."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 14)
LEDGER = """
option "title" "The Barrel Stage"
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank GBP
  target: "9000 GBP"
2023-01-01 open Assets:Pot-Bar
2023-01-01 open Assets:Pot-Door
2023-01-01 open Assets:Debtors
2023-01-01 open Assets:Receivable:Oswin
2023-01-01 open Assets:VAT
2023-01-01 open Liabilities:VAT
2023-01-01 open Liabilities:Claims:Imelda
2023-01-01 open Liabilities:Claims:Bertram
2023-01-01 open Liabilities:Mortgage
2023-01-01 open Income:Tickets
2023-01-01 open Income:Shows:Matinee
2023-01-01 open Income:Shows:Evening
2023-01-01 open Income:Interest
2023-01-01 open Expenses:Props
2023-01-01 open Expenses:Props:Wigs
2023-01-01 open Expenses:Posters
2023-01-01 open Expenses:House:Heating
2023-01-01 open Expenses:House:MortgageInterest
2023-01-01 open Expenses:Lights
2023-01-01 open Equity:Opening
2023-01-01 commodity LUMF
  name: "Lumen Fund"

2023-01-01 event "stage-manager" "Imelda"
2024-06-01 event "stage-manager" "Bertram"
2023-03-01 price LUMF 10.00 GBP
2024-03-01 price LUMF 12.00 GBP
2025-03-01 price LUMF 11.00 GBP
2024-01-10 price NGN 0.0005 GBP

2023-01-01 * "Opening" ""
  Assets:Bank  5000.00 GBP
  Liabilities:Mortgage  -40000.00 GBP
  Equity:Opening
2023-02-02 * "Lumen" "fund"
  Assets:Bank  5 LUMF {10.00 GBP}
  Assets:Bank  -50.00 GBP
2023-05-05 * "Wiggery" "two wigs" #panto-2023
  Expenses:Props:Wigs  60.00 GBP
  Assets:Bank
2023-05-06 * "Box office" "panto" #panto-2023
  Assets:Bank  300.00 GBP
  Income:Tickets
2024-04-04 * "Wiggery" "a wig"
  Expenses:Props:Wigs  45.00 GBP
  Assets:Bank
2024-05-05 * "Inkhouse" "posters, spring"
  Expenses:Posters  30.00 GBP
  Assets:Bank
2024-05-06 * "Lagos Prints" "posters printed abroad"
  Expenses:Posters  90000 NGN
  Assets:Bank  -45.00 GBP @@ 90000 NGN
2024-07-01 * "Meter" "heating"
  Expenses:House:Heating  110.00 GBP
  Assets:Bank
2024-07-15 * "Society" "mortgage"
  Liabilities:Mortgage  200.00 GBP
  Expenses:House:MortgageInterest  90.00 GBP
  Assets:Bank
2024-08-01 * "Society" "interest credited"
  Assets:Bank  3.00 GBP
  Income:Interest
2024-09-01 ! "Imelda" "paint, out of her own purse"
  Expenses:Props  25.00 GBP
  Liabilities:Claims:Imelda
2024-09-02 * "Bertram" "lamp"
  Expenses:Lights  35.00 GBP
  Liabilities:Claims:Bertram
2024-10-01 * "Hillside School" "matinee, invoiced"
  invoice: "7"
  Assets:Debtors  120.00 GBP
  Income:Shows:Matinee  -100.00 GBP
  Liabilities:VAT
2024-10-09 * "Oswin" "ticket money lent"
  Assets:Receivable:Oswin  15.00 GBP
  Assets:Bank
2024-11-01 * "Pier Club" "evening show"
  Assets:Bank  200.00 GBP
  Income:Shows:Evening
2024-12-01 * "Bar" "takings"
  Assets:Pot-Bar  20.00 GBP
  Assets:Pot-Door  10.00 GBP
  Income:Tickets
2025-03-02 * "Kiosk 24" "glue"
  Expenses:Props  4.00 GBP
  Assets:Bank
2025-03-03 * "Lamp Shop" "bulbs"
  Expenses:Lights  18.00 GBP
  Assets:Bank
2025-03-09 document Expenses:Props:Wigs "wigs.pdf"
"""

PLANS = [
    # idioms of paying, owing and earning
    ("what have we forked out for posters in 24", "sum Expenses:Posters 2024"),
    ("how much went up in smoke on heating in 2024", "sum Expenses:House:Heating 2024"),
    ("whats bleeding us dry", "sum expenses by account order -amount limit 1"),
    ("how much did we rake in from tickets in 23", "sum Income:Tickets 2023"),
    ("how much are we in hock to bertram", "balance Liabilities:Claims:Bertram"),
    ("how much did we put by in 24", "net_income 2024"),
    # what is kept to, and what is told as one
    ("props 2024, wigs and nothing else", "sum Expenses:Props:Wigs 2024"),
    ("wigs 2023 and 2024 put together", "sum Expenses:Props:Wigs 2023-01-01..2025-01-01"),
    ("posters 2024 gbp spending", "sum Expenses:Posters GBP 2024"),
    ("how much naira went on posters", "sum Expenses:Posters NGN"),
    ("posters through 2024", "sum Expenses:Posters 2024"),
    ("three dearest months for props in 2024", "sum Expenses:Props 2024 by month order -amount limit 3"),
    ("quarterly totals of our monthly heating bills 2024", "sum Expenses:House:Heating 2024 by quarter order key"),
    ("wigs, posters and lights side by side, 2024",
     "sum 2024 [wigs: Expenses:Props:Wigs] [posters: Expenses:Posters] [lights: Expenses:Lights]"),
    ("tickets, every one of them on its own line, 2023", "sum Income:Tickets 2023 by account"),
    ("posters and lights 2024, separate figures",
     "sum 2024 [posters: Expenses:Posters] [lights: Expenses:Lights]"),
    ("heating, 23 v 24", "sum Expenses:House:Heating [2023: Expenses:House:Heating 2023] [2024: Expenses:House:Heating 2024]"),
    # debts
    ("which members have we not paid back yet",
     "balance Liabilities:Claims:Bertram Liabilities:Claims:Imelda by account"),
    ("who is out of pocket for us", "balance Liabilities:Claims:Bertram Liabilities:Claims:Imelda by account"),
    ("how much have we not paid back to bertram", "balance Liabilities:Claims:Bertram by account"),
    ("is there any money still to come from oswin", "balance Assets:Receivable:Oswin by account"),
    ("interest on the home loan in 2024", "sum Expenses:House:MortgageInterest 2024"),
    # look-ups
    ("what did we spend at kiosk 24", "sum expenses <Kiosk 24>"),
    ("wiggery visits, total number", "count <Wiggery>"),
    ("list the stage managers with their dates", "events key stage-manager"),
    ("which entries still have my ! on them cos im not sure", "list ! entries"),
    ("posters, list them with name date and amount", "list Expenses:Posters"),
    ("whats the goal for the bank", "metadata Assets:Bank key target"),
    ("all-time high of the lumen fund price", "price order -amount limit 1 of LUMF"),
    ("list every lumen fund price of 2024", "price 2024 order date of LUMF"),
    ("pot balance?", "clarify: Assets:Pot-Bar, Assets:Pot-Door"),
    ("panto: total taken and total spent",
     "sum #panto-2023 [money in: income #panto-2023] [money out: expenses #panto-2023] key both ways"),
    ("2024 top 2 customers by amount billed, incl vat",
     "sum Assets:Debtors invoice=None + 2024 by payee order -amount limit 2"),
    ("total billed in 2024", "sum income 2024"),
    ("add up everyting the choir spent in 2024", "sum expenses 2024"),
    ("did we finish ahead or behind in 2024", "net_income 2024"),
    # no question to a ledger
    ("what's bertram's monthly wage", "refuse"),
    ("is the heating gonna go up", "refuse"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS, ids=[question for question, _ in PLANS])
def test_the_same_in_other_words(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


HEARD = [  # what a model makes of it, and the plan
    (
        "what we took in in 2024, each income acct",
        {"measure": ("list", 0.91), "flow": ("income", 0.98)},
        {},
        "sum income 2024 by account",
    ),
    (
        "what did we pay 2024",
        {"measure": ("list", 0.97), "flow": ("spend", 0.6)},
        {"2024": "PERIOD"},
        "sum expenses 2024",
    ),
    (
        "who sold us the bulbs, when, and how much was it",
        {"measure": ("events", 0.96)},
        {},
        "list expenses <bulbs>",
    ),
    (
        "list the receipts stored under wigs",
        {"measure": ("list", 0.92)},
        {"wigs": "NAME"},
        "documents Expenses:Props:Wigs",
    ),
    ("sept lights", {"measure": ("sum", 0.95)}, {"sept": "NAME"}, "sum Expenses:Lights 2025-09"),
    (
        "props in 2024, and don't forget the posters",
        {"measure": ("sum", 0.95)},
        {"posters": "EXCLUDE"},
        "sum Expenses:Props Expenses:Posters 2024",
    ),
    ("lights 24 pls", {"measure": ("sum", 0.9)}, {"24": "NUMBER"}, "sum Expenses:Lights 2024"),
    ("lamp purchases, number in total", {"measure": ("sum", 0.9)}, {}, "count expenses <Lamp Shop>"),
]


@pytest.mark.parametrize(("question", "fields", "spans", "plan"), HEARD, ids=[each[0] for each in HEARD])
def test_where_a_model_hears_something_else(
    question: str, fields: dict[str, tuple[str, float]], spans: dict[str, str], plan: str, index: Index
) -> None:
    model = Scripted(fields, spans)
    assert digest(plan_question(question, [], TODAY, index, understander=model)) == plan
