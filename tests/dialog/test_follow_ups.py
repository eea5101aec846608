"""What a question leaves unsaid, taken from the questions before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.digests import digest
from tests.dialog.ledgers import TODAY

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

FOLLOW_UPS = [
    (("how much did we spend on groceries in 2022?",), "and restaurants?", "sum Expenses:Food:Restaurants 2022"),
    (("how much did we spend on groceries in 2022?",), "and in 2021?", "sum Expenses:Food:Groceries 2021"),
    (
        ("how much did we spend on groceries in 2022?",),
        "what about the year before?",
        "sum Expenses:Food:Groceries 2021",
    ),
    (
        ("how much did we spend on groceries in 2022?",),
        "per month",
        "sum Expenses:Food:Groceries 2022 by month order key",
    ),
    (("how much did we spend on groceries in 2022?",), "show them", "list Expenses:Food:Groceries 2022"),
    (
        ("how much did we spend on groceries in 2022?",),
        "which of those was the largest?",
        "list Expenses:Food:Groceries + 2022 order -amount limit 1",
    ),
    (
        ("how much did we spend on groceries in 2022?", "and electricity in 2021?"),
        "and fuel?",
        "sum Expenses:Car:Fuel 2021",
    ),
    (
        ("how much did we spend on groceries in 2022?",),
        "what did restaurants cost us in that same year?",
        "sum Expenses:Food:Restaurants 2022",
    ),
    (("groceries in March 2022",), "what did restaurants cost that year?", "sum Expenses:Food:Restaurants 2022"),
    (("how much did we spend on groceries in 2022?",), "as a list", "list Expenses:Food:Groceries 2022"),
    (("how much did we spend on groceries in 2022?",), "one by one please", "list Expenses:Food:Groceries 2022"),
    (("how much did we spend on groceries in 2021?",), "same thing for 2022", "sum Expenses:Food:Groceries 2022"),
    (("how much did we spend on groceries in 2022?",), "list the entries", "list Expenses:Food:Groceries 2022"),
    (
        ("how much did we spend on groceries in 2022?",),
        "how many times was that?",
        "count Expenses:Food:Groceries 2022",
    ),
    (
        ("how much did we spend on groceries in 2022?",),
        "on average per month?",
        "average Expenses:Food:Groceries 2022 per month",
    ),
    (
        ("how much did we spend on food in 2022?", "by account"),
        "only restaurants",
        "sum Expenses:Food:Restaurants 2022 by account",
    ),
    (("how much did we spend on food in 2022?",), "break that down", "sum Expenses:Food 2022 by account"),
    (("how much did we spend on food in 2022?",), "just at Meridian", "sum Expenses:Food <Meridian Supermarket> 2022"),
    (
        ("how much did we spend on food in 2022?",),
        "without restaurants",
        "sum Expenses:Food -Expenses:Food:Restaurants 2022",
    ),
    (("how much did the lisbon trip cost?",), "only hotels", "sum Expenses:Travel:Hotels #trip-lisbon"),
    (("how much did the lisbon trip cost?",), "and rome?", "sum expenses #trip-rome"),
    (("net worth at end of 2021",), "and 2022?", "net_worth 2022 at market into EUR"),
    (("balance of the visa",), "and at the end of May 2022?", "balance Liabilities:Visa ..2022-06-01"),
    (("salary in 2022",), "and the bonus?", "sum Income:Fjordtech:Bonus 2022"),
    (
        ("did I spend more on fuel or on electricity in 2022",),
        "and in 2021?",
        "sum 2021 [fuel: Expenses:Car:Fuel] [electricity: Expenses:Home:Electricity]",
    ),
    (
        ("compare groceries in 2021 and 2022",),
        "same for restaurants",
        "sum Expenses:Food:Restaurants [2021: Expenses:Food:Restaurants 2021] [2022: Expenses:Food:Restaurants 2022]",
    ),
    (("how much did we spend on groceries in 2022?",), "in dollars", "sum Expenses:Food:Groceries 2022 into USD"),
    (
        ("how much did we spend on groceries in 2022?",),
        "compare that with 2021",
        "sum Expenses:Food:Groceries [2022: Expenses:Food:Groceries 2022] [2021: Expenses:Food:Groceries 2021]",
    ),
    (("how much did we spend on groceries in 2022?",), "what's my net worth?", "net_worth at market into EUR"),
    (("how much did we spend on groceries in 2022?",), "How much did I spend on fuel?", "sum Expenses:Car:Fuel"),
    (("how many WLDX do we own",), "what are they worth", "holdings assets WLDX by account at market"),
    (("what did the vet cost last year",), "when was that?", "list Expenses:Pets:Vet 2022"),
    (("biggest expense of 2022",), "and the second biggest?", "list expenses + 2022 order -amount limit 1 skip 1"),
    (("biggest expense of 2022",), "and of 2021?", "list expenses + 2021 order -amount limit 1"),
    (("top 3 shops in 2022",), "top 5", "sum expenses 2022 by payee order -amount limit 5"),
    (("top 3 shops in 2022",), "make it by category", "sum expenses 2022 by account depth 2 order -amount limit 3"),
    (("what did I spend at Bean There",), "and at the vet", "sum Expenses:Pets:Vet"),
    (("how many WLDX do we own",), "and the other one?", "holdings assets WLDX by account"),
    (
        ("what did we spend on restaurants on the lisbon trip?",),
        "and rome?",
        "sum Expenses:Food:Restaurants #trip-rome",
    ),
    (("what did we spend on restaurants on the lisbon trip?",), "and rome in total?", "sum expenses #trip-rome"),
    (("what did I spend at Bean There",), "thanks", "sum expenses <Bean There>"),
]


@pytest.mark.parametrize(("history", "question", "plan"), FOLLOW_UPS)
def test_follow_ups(history: tuple[str, ...], question: str, plan: str, indexes: dict[str, Index]) -> None:
    assert digest(plan_question(question, history, TODAY["household"], indexes["household"])) == plan
