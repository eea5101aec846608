"""What a question counts over: what it leaves out, limits, parts of a whole, sides with a condition on top."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.asking import understanding
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "title" "Two in a windmill"
option "operating_currency" "EUR"

2023-01-01 open Assets:Bank:Giro
2023-01-01 open Assets:Jar
2023-01-01 open Assets:Receivable:Buurtkrant
2023-01-01 open Liabilities:Payable:Wietske
2023-01-01 open Liabilities:Card
2023-01-01 open Income:Workshops
2023-01-01 open Expenses:Mill:Rent
2023-01-01 open Expenses:Mill:Power
2023-01-01 open Expenses:Mill:Internet
2023-01-01 open Expenses:Mill:Repairs
2023-01-01 open Expenses:Food:Market
2023-01-01 open Expenses:Food:Restaurants
2023-01-01 open Expenses:Clothes
2023-01-01 open Expenses:Outings:Skiing
2023-01-01 open Expenses:Outings:Theatre
2023-01-01 open Expenses:Away:Flights
2023-01-01 open Expenses:Away:Hotels

2024-01-05 * "Vaartland" "rent"
  Expenses:Mill:Rent         700.00 EUR
  Assets:Bank:Giro
2024-01-20 * "Stroomhuis" "power, a cold winter"
  Expenses:Mill:Power        310.00 EUR
  Assets:Bank:Giro
2024-04-20 * "Stroomhuis" "power"
  Expenses:Mill:Power        110.00 EUR
  Assets:Bank:Giro
2024-03-01 * "Draadloos" "fibre"
  Expenses:Mill:Internet      40.00 EUR
  Assets:Bank:Giro
2024-03-09 * "Timmerman Bos" "a sail of the mill"
  Expenses:Mill:Repairs      240.00 EUR
  Assets:Jar
2024-05-02 * "Groenteman" "leeks"
  Expenses:Food:Market        12.00 EUR
  Assets:Jar
2024-05-03 * "De Gouden Pan" "dinner"
  Expenses:Food:Restaurants   48.00 EUR
  Liabilities:Card
2024-07-11 * "Vliegveer" "to Bergamo" #bergamo-2024
  Expenses:Away:Flights      180.00 EUR
  Liabilities:Card
2024-07-12 * "Trattoria Nona" "risotto" #bergamo-2024
  Expenses:Food:Restaurants   61.00 EUR
  Liabilities:Card
2024-09-01 * "Draad & Knoop" "coat"
  Expenses:Clothes           150.00 EUR
  Liabilities:Card
2024-09-09 * "Draad & Knoop" "coat sent back"
  Expenses:Clothes          -150.00 EUR
  Liabilities:Card
2024-12-03 * "De Gouden Pan" "dinner"
  Expenses:Food:Restaurants   52.00 EUR
  Liabilities:Card
2024-12-28 * "Bergbaan" "day ticket"
  Expenses:Outings:Skiing     60.00 EUR
  Liabilities:Card
2025-01-18 * "Bergbaan" "day ticket"
  Expenses:Outings:Skiing     62.00 EUR
  Liabilities:Card
2025-02-08 * "Schouwburg" "two seats"
  Expenses:Outings:Theatre    44.00 EUR
  Assets:Bank:Giro
2024-10-02 * "IJzerwinkel" "hinges"
  Expenses:Mill:Repairs       18.00 EUR
  Liabilities:Payable:Wietske
2024-10-20 * "Wietske" "paid back"
  Liabilities:Payable:Wietske 18.00 EUR
  Assets:Bank:Giro
2025-02-20 * "Buurtkrant" "invoice for a workshop"
  Assets:Receivable:Buurtkrant  90.00 EUR
  Income:Workshops
2025-03-02 * "stamps"
  Expenses:Mill:Repairs        2.00 EUR
  Assets:Jar
2025-03-10 * "Buurtkrant" "workshop"
  Assets:Bank:Giro           200.00 EUR
  Income:Workshops
"""

LEFT_OUT = [
    ("food in 2024, restaurants don't count", "sum Expenses:Food -Expenses:Food:Restaurants 2024"),
    ("food in 2024 (no restaurants please)", "sum Expenses:Food -Expenses:Food:Restaurants 2024"),
    ("mill costs in 2024 - dont count the rent", "sum Expenses:Mill -Expenses:Mill:Rent 2024"),
    ("mill costs in 2024, rent not included", "sum Expenses:Mill -Expenses:Mill:Rent 2024"),
    ("what did we spend in 2024 that wasn't rent?", "sum expenses -Expenses:Mill:Rent 2024"),
    ("what did we spend in 2024, not at De Gouden Pan", "sum expenses -<De Gouden Pan> 2024"),
    ("list every expense over 100 euros in 2024 that wasn't rent", "list expenses -Expenses:Mill:Rent >100 2024"),
    ("which entries over 100 in 2024 were not rent", "list expenses -Expenses:Mill:Rent >100 2024"),
    ("restaurants in 2024 but nothing that belongs to a trip", "sum Expenses:Food:Restaurants -#bergamo-2024 2024"),
    (
        "restaurants in 2024 outside of holidays",
        "sum Expenses:Food:Restaurants -Expenses:Away:Flights -Expenses:Away:Hotels -#bergamo-2024 2024",
    ),
    ("restaurants in 2024 ignoring december", "sum Expenses:Food:Restaurants -2024-12 2024"),
    ("average power bill if you ignore the crazy one in January 2024", "average Expenses:Mill:Power -2024-01"),
    ("power per month in 2024 except July", "sum Expenses:Mill:Power -2024-07 2024 by month order key"),
    ("clothes in 2024 before refunds", "sum Expenses:Clothes + 2024"),
    ("clothes in 2024, leaving out what came back", "sum Expenses:Clothes + 2024"),
    ("how often did we buy at Draad & Knoop in 2024? don't count the refund", "count expenses <Draad & Knoop> + 2024"),
    ("clothes in 2024 net of refunds", "sum Expenses:Clothes 2024"),
    ("clothes in 2024 net of what came back", "sum Expenses:Clothes 2024"),
    (
        "what did restaurants cost in 2024, not counting anything over 50 euros",
        "sum Expenses:Food:Restaurants <=50 2024",
    ),
    ("list restaurant bills except those under 50", "list Expenses:Food:Restaurants >=50"),
    ("power per month in 2024, but skip January", "sum Expenses:Mill:Power -2024-01 2024 by month order key"),
    ("did we spend less this year than last year", "sum expenses [2025: expenses 2025] [2024: expenses 2024]"),
]

WHOLES = [
    ("mill costs in 2024, split: rent, power, whatever else is in there", "sum Expenses:Mill 2024 by account"),
    ("split up rent, power, internet and whatever else, 2024", "sum Expenses:Mill 2024 by account"),
    ("2024 mill costs, one line each: rent, power", "sum Expenses:Mill:Rent Expenses:Mill:Power 2024 by account"),
    ("all outings ever, skiing vs theatre", "sum Expenses:Outings:Skiing Expenses:Outings:Theatre by account"),
    ("the mill in 2024 - the two dearest kinds only", "sum Expenses:Mill 2024 by account order -amount limit 2"),
    ("food and mill in 2024", "sum Expenses:Food Expenses:Mill 2024"),
    ("food and restaurants in 2024", "sum Expenses:Food 2024"),
]
SIDES = [
    (
        "how much on clothes and risotto in 2024",
        "sum expenses 2024 [clothes: Expenses:Clothes] [risotto: expenses <risotto>]",
    ),
    ("rent and power in 2024, each", "sum 2024 [rent: Expenses:Mill:Rent] [power: Expenses:Mill:Power]"),
    (
        "first three months of this year vs the same three last year for power",
        "sum Expenses:Mill:Power [from 2025-01-01 to 2025-03-31: Expenses:Mill:Power 2025-01-01..2025-04-01] [from 2024-01-01 to 2024-03-31: Expenses:Mill:Power 2024-01-01..2024-04-01]",
    ),
    (
        "De Gouden Pan or Trattoria Nona, who got more in 2024?",
        "sum expenses 2024 [De Gouden Pan: expenses <De Gouden Pan>] [Trattoria Nona: expenses <Trattoria Nona>]",
    ),
]
PAID_FROM = [
    ("what came out of the jar that wasn't food", "list expenses -Expenses:Food with Assets:Jar"),
    ("what came out of the jar over a hundred that wasn't food", "list expenses -Expenses:Food >100 with Assets:Jar"),
    ("what went on the card in July 2024", "sum expenses with Liabilities:Card 2024-07"),
    ("restaurants on the card in 2024", "sum Expenses:Food:Restaurants with Liabilities:Card 2024"),
]
ONE_SIDED = [
    ("what did Wietske buy out of her own pocket in 2024", "list Liabilities:Payable:Wietske - 2024"),
    ("how often did Wietske lay out her own money for us", "count Liabilities:Payable:Wietske -"),
    ("how many invoices did I write in 2025", "count Assets:Receivable:Buurtkrant + 2025"),
    ("number of invoices I sent in 2025", "count Assets:Receivable:Buurtkrant + 2025"),
]
NAMELESS = [
    ("how many entries have no payee", "count <>"),
    ("what did we spend without a payee in 2025", "sum expenses <> 2025"),
    ("average cost per restaurant visit in 2024", "average Expenses:Food:Restaurants 2024"),
    ("how many skiing trips in 2024", "count Expenses:Outings:Skiing 2024"),
    ("average quarterly bill of Stroomhuis", "average expenses <Stroomhuis>"),
    ("what did fixing up the mill cost in 2024", "sum Expenses:Mill:Repairs 2024"),
]
TIMES = [
    ("skiing in the 2024/25 winter", "sum Expenses:Outings:Skiing 2024-12-01..2025-03-01"),
    ("how often did we go skiing in the 2024/25 season", "count Expenses:Outings:Skiing 2024-07-01..2025-07-01"),
    ("outings in the ski season 2024/25", "sum Expenses:Outings 2024-07-01..2025-07-01"),
]
CAME_BACK = [
    ("what did Draad & Knoop give back to us", "list expenses <Draad & Knoop> -"),
    ("what did Draad & Knoop send back over time", "list expenses <Draad & Knoop> -"),
    ("Stroomhuis with the price of each", "list expenses <Stroomhuis>"),
]


@pytest.mark.parametrize(("question", "plan"), LEFT_OUT)
def test_what_is_left_out(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@dataclass
class Scripted:
    """A model that says what it is told to."""

    fields: Mapping[str, tuple[str, float]]
    spans: Mapping[str, str] = field(default_factory=dict)
    name: str = "scripted"
    sha256: str = "0"

    def understand(self, text: str) -> Understanding:
        return understanding(text, self.fields, {words: label for words, label in self.spans.items() if words in text})


def planned(question: str, index: Index, model: Scripted) -> str:
    return digest(plan_question(question, [], TODAY, index, understander=model))


def test_what_a_model_hears_before_the_words_for_leaving_out_is_asked_for(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95)}, {"food": "EXCLUDE", "restaurants": "EXCLUDE"})
    assert planned("food in 2024 without restaurants", index, model) == (
        "sum Expenses:Food -Expenses:Food:Restaurants 2024"
    )


def test_a_model_that_hears_rows_a_shop_is_overruled_by_all_shops(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95), "group": ("payee", 0.95)}, {"market": "NAME"})
    assert planned("market in 2024, all shops", index, model) == "sum Expenses:Food:Market 2024"


def test_limits_on_amounts_are_of_entries(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.99), "flow": ("spend", 0.9)}, {"jar": "NAME"})
    assert planned("what came out of the jar over 100 that wasn't food", index, model) == (
        "list expenses -Expenses:Food >100 with Assets:Jar"
    )


@pytest.mark.parametrize(("question", "plan"), [*WHOLES, *SIDES, *PAID_FROM, *ONE_SIDED, *NAMELESS, *TIMES, *CAME_BACK])
def test_over_what_it_counts(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan
