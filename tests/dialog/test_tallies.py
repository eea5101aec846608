"""Three who share a flat by the quay keep one ledger: what stands with each on an account that says no more than a name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "title" "Flat B, Quayside"
option "operating_currency" "EUR"
option "name_expenses" "Costs"

2024-01-01 open Assets:Jar:Tin
2024-01-01 open Assets:Jar:Card
2024-01-01 open Assets:Scores:Mads
2024-01-01 open Assets:Scores:Oda
2024-01-01 open Assets:Scores:Pim
2024-01-01 open Assets:HeldByHarbour
2024-01-01 open Liabilities:BondParts:Mads
2024-01-01 open Liabilities:BondParts:Oda
2024-01-01 open Liabilities:BondParts:Pim
2024-01-01 open Costs:Mooring
2024-01-01 open Costs:Diesel
2024-01-01 open Costs:Larder:Basics
2024-01-01 open Costs:Larder:Feasts
2024-01-01 open Costs:Kit
2024-01-01 open Costs:Pints
2024-01-01 open Costs:Subscriptions
2024-01-01 open Costs:Travel
2024-01-01 open Costs:Lodging
2024-01-01 open Equity:Divided

2024-01-01 event "front-bunk" "Sven"
2024-06-01 event "front-bunk" "Pim"

2024-01-02 * "Harbour Office" "bond"
  Assets:HeldByHarbour      300 EUR
  Liabilities:BondParts:Mads  -100 EUR
  Liabilities:BondParts:Oda   -100 EUR
  Liabilities:BondParts:Pim   -100 EUR
2024-02-01 * "Harbour Office" "mooring"
  Costs:Mooring             200 EUR
  Assets:Scores:Mads
2024-03-01 * "Harbour Office" "mooring"
  Costs:Mooring             200 EUR
  Assets:Scores:Oda
2024-03-02 * "Mads" "tin money"
  Assets:Jar:Tin             20 EUR
  Assets:Scores:Mads
2024-03-03 * "Oda" "tin money"
  Assets:Jar:Card            20 EUR
  Assets:Scores:Oda
2024-03-04 * "Pim" "tin money"
  Assets:Jar:Tin             20 EUR
  Assets:Scores:Pim
2024-03-05 * "Larder Lou" "bread"
  Costs:Larder:Basics        12 EUR
  Assets:Jar:Tin
2024-03-06 * "Larder Lou" "crab for all"
  Costs:Larder:Feasts        40 EUR
  Assets:Scores:Pim
2024-03-07 * "Hawser & Sons" "lamp for the flat"
  Costs:Kit                  30 EUR
  Assets:Jar:Card
2024-03-09 * "Hawser & Sons" "lamp sent back"
  Costs:Kit                 -30 EUR
  Assets:Jar:Card
2024-03-31 * "divided"
  Assets:Scores:Mads        160 EUR
  Assets:Scores:Oda         160 EUR
  Assets:Scores:Pim         160 EUR
  Equity:Divided
2024-04-04 * "Pim" "paid Oda back"
  Assets:Scores:Oda         90 EUR
  Assets:Scores:Pim
2024-04-05 * "Mads" "paid Oda back"
  Assets:Scores:Oda         10 EUR
  Assets:Scores:Mads
2024-04-11 * "Pub Pod" "round"
  Costs:Pints                11 EUR
  Assets:Jar:Card
2024-04-12 * "Drunken Ewe" "round"
  Costs:Pints                12 EUR
  Assets:Jar:Card
2024-04-13 * "Flimmer" "films"
  Costs:Subscriptions         9 EUR
  Assets:Jar:Card
2024-04-14 * "Daily Gull" "paper"
  Costs:Subscriptions         8 EUR
  Assets:Jar:Card
2024-05-01 * "Skarv Rail" "seats to Lund" #easter-away
  Costs:Travel          70 EUR
  Assets:Jar:Card
2024-05-02 * "Gästis" "two nights" #easter-away
  Costs:Lodging        140 EUR
  Assets:Jar:Card
2024-05-10 * "Tanker Ty" "diesel, came late!"
  Costs:Diesel               55 EUR
  Assets:Jar:Card
2024-06-10 * "Tanker Ty" "diesel"
  Costs:Diesel               56 EUR
  Assets:Jar:Card
2024-08-10 * "Tanker Ty" "diesel, chocolate on the house"
  Costs:Diesel               57 EUR
  Assets:Jar:Card
"""

PLANS = [
    ("who owes and who is owed", "balance Assets:Scores:Mads Assets:Scores:Oda Assets:Scores:Pim by account"),
    ("so where do we all stand, who owes what?", "balance Assets:Scores:Mads Assets:Scores:Oda Assets:Scores:Pim by account"),
    ("How much has Pim paid Oda back?", "sum Assets:Scores:Oda <Pim> +"),
    ("has Mads given Oda anything back", "list Assets:Scores:Oda <Mads> +"),
    ("did Pim put anything in the jar in May?", "list Assets:Jar <Pim> + 2024-05"),
    ("how much did Oda chip into the jar", "sum Assets:Jar <Oda> +"),
    ("what mooring has Mads fronted", "list Assets:Scores:Mads - with Costs:Mooring"),
    ("how much mooring has each of us fronted?", "sum Assets:Scores:Mads Assets:Scores:Oda Assets:Scores:Pim - with Costs:Mooring by account"),
    ("how much has each of us paid for the mooring?", "sum Assets:Scores:Mads Assets:Scores:Oda Assets:Scores:Pim - with Costs:Mooring by account"),
    ("whose bond is it that the harbour holds", "balance Liabilities:BondParts by account"),
    ("what did the flat cost us by account", "sum expenses by account"),
    ("when did the diesel come late", "list Costs:Diesel /\\blate\\b/"),
    ("list every time the diesel was paid late", "list Costs:Diesel /\\blate\\b/"),
    ("when did the mooring come late", "list Costs:Mooring"),
    ("spending by category", "sum expenses by account"),
    ("how much was spent on the Lund trip", "sum expenses #easter-away"),
    ("how much was our trip to Lund, split up by travel, lodging, whatever else", "sum expenses #easter-away by account"),
    ("how much was spent on our trip to Lund, without Oda's share of the nights", "sum expenses -<Oda> #easter-away"),
    ("what did the seats to Lund cost", "sum expenses <seats to Lund>"),
    ("how much on travel and lodging for easter away", "sum Costs:Travel Costs:Lodging #easter-away"),
    ("how much has each pub cost us?", "sum Costs:Pints by payee"),
    ("list the subscriptions and how much each one has cost us in 2024", "sum Costs:Subscriptions 2024 by payee"),
    ("costs in 2024 without anything that goes on diesel", "sum expenses -Costs:Diesel 2024"),
    ("costs in 2024 leaving out kit, mooring and everything that went on diesel (the tanker and so on)", "sum expenses -Costs:Kit -Costs:Mooring -Costs:Diesel 2024"),
    ("who had the front bunk before Pim?", "events ..2024-06-01 order -date limit 1 key front-bunk"),
    ("every refund on things we bought, kit or otherwise", "list expenses -"),
    ("does Tanker Ty bill us every month? which one is missing", "gaps <Tanker Ty> by month"),
    ("Tanker Ty comes every month, which one did we skip?", "gaps <Tanker Ty> by month"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_stands_between_them(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("before", "question", "plan"),
    [
        ("How much has Pim paid Oda back?", "and Mads?", "sum Assets:Scores:Oda <Mads> +"),
        ("what did Oda put in the jar", "What about Pim?", "list Assets:Jar <Pim> +"),
    ],
)
def test_the_next_of_them(before: str, question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [before], TODAY, index)) == plan
