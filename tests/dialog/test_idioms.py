"""Turns of speech that say what plainer words say, over the small ledger of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.idioms import idioms
from tests.dialog.digests import digest
from tests.dialog.ledgers import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledgerqa.corpus import Index

IDIOMS = [
    ("how much went down the drain on coffee in 2022?", "sum Expenses:Food:Coffee 2022"),
    ("how much of our money has gone up in flames on flights, all told", "sum Expenses:Travel:Flights"),
    ("how big a dent did the Lisbon trip make in our budget", "sum expenses #trip-lisbon"),
    ("what did we rake in in 2022", "sum income 2022"),
    ("are we in hock to Maja", "balance Assets:Receivable:Maja"),
    ("if we cashed in the bond fund today, how much would it fetch?", "holdings assets BNDX by account at market"),
    ("how many dollars would we get for the bond fund if we sold it", "holdings assets BNDX by account at market into USD"),
    ("who got the lion's share of our money in 2022", "sum expenses outgoing 2022 by payee order -amount limit 1"),
    ("which month hit us the hardest in 2022", "sum expenses 2022 by month order -amount limit 1"),
    ("what's the most we ever forked out for a meal", "list Expenses:Food:Restaurants + order -amount limit 1"),
    ("what's left to pay on the plastic", "balance Liabilities:Visa"),
]  # fmt: skip
APART_OR_TOGETHER = [
    (
        "what did we eat and drink for in 2022? keep the coffee and the restaurants apart",
        "sum Expenses:Food:Coffee Expenses:Food:Restaurants 2022 by account",
    ),
    ("what did electricity come to in 2021 and 2022 put together", "sum Expenses:Home:Electricity 2021-01-01..2023-01-01"),
    ("lump the two kinds of food together and give me a total per year", "sum Expenses:Food by year order key"),
    ("what did we spend in 2022? leave out anything that wasn't in dollars", "sum expenses USD 2022"),
    ("what did we spend in 2022? don't mix the euros and the dollars, one sum for each", "sum expenses EUR USD 2022"),
    ("leaving restaurants to one side, what did food cost in 2022", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
    ("food costs of 2022; restaurants don't come into it", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
    ("leave restaurants out of it: what did 2022 cost us", "sum expenses -Expenses:Food:Restaurants 2022"),
    ("how much was food in 2022, bar the restaurants", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
    ("forget about restaurants: what was food in 2022", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
    ("with the exception of restaurants, how much went on food in 2022", "sum Expenses:Food -Expenses:Food:Restaurants 2022"),
]  # fmt: skip
WHOLES = [
    ("all debts taken off and shares at what the market would pay, what am I worth", "net_worth at market into EUR"),
    ("the bank wants to know what we were worth at the end of 2022", "net_worth ..2023-01-01 at market into EUR"),
]
SPANS = [
    ("groceries from March 2022 up to and including July 2022", "sum Expenses:Food:Groceries 2022-03-01..2022-08-01"),
    ("groceries month by month through 2022", "sum Expenses:Food:Groceries 2022 by month order key"),
    ("which purchases in 2022 ran past the 100 euro mark", "list expenses >100 + outgoing 2022"),
    ("which flights did we pay more than 300 for", "list Expenses:Travel:Flights >300"),
    ("who charged us more over the years, Volt Energi or Lynx Telecom",
     "sum expenses [Volt Energi: expenses <Volt Energi>] [Lynx Telecom: expenses <Lynx Telecom>]"),
    ("our dearest month of 2022", "sum expenses 2022 by month order -amount limit 1"),
    ("give me every dollar rate noted in 2022", "price 2022 order date of USD"),
]  # fmt: skip
REFUSED = [
    "do you reckon our electricity bill will have climbed by Christmas?",
    "what's the floor area of the house in square metres?",
]


@pytest.mark.parametrize(("question", "plan"), [*IDIOMS, *APART_OR_TOGETHER, *WHOLES, *SPANS])
def test_a_turn_of_speech(question: str, plan: str, indexes: Mapping[str, Index]) -> None:
    assert digest(plan_question(question, [], TODAY["household"], indexes["household"])) == plan


@pytest.mark.parametrize("question", REFUSED)
def test_what_is_to_come_and_what_is_measured_are_not_told(question: str, indexes: Mapping[str, Index]) -> None:
    assert digest(plan_question(question, [], TODAY["household"], indexes["household"])).startswith("refuse")


def test_a_form_of_a_verb_is_that_of_the_plain_one() -> None:
    forms = {verb: meant for verb, pattern, meant in idioms() if r"\b in(?!" in pattern}
    assert (forms["rake"], forms["raking"]) == ("earn", "earning")
