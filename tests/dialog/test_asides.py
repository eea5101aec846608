"""What people say around a question, who wants to know and why, over a small invented ledger; and what must stay."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 10, 14)
LEDGER = """
option "title" "A smithy"
option "operating_currency" "GBP"

2022-01-01 open Assets:Bank
2022-01-01 open Assets:Bank:Deposit
2022-01-01 open Income:Gates
2022-01-01 open Income:Lessons
2022-01-01 open Expenses:Coal
2022-01-01 open Expenses:Insurance
2022-01-01 open Expenses:Internet
2022-01-01 open Expenses:Mule:Hay
2022-01-01 open Expenses:Mule:Farrier
2022-01-01 open Expenses:Subscriptions
2022-01-01 open Expenses:Travel
2022-01-01 open Expenses:Travel:Trains
2022-01-01 open Expenses:Clothes

2023-02-03 * "Blackpit Fuels" "ten sacks"
  Expenses:Coal            210.00 GBP
  Assets:Bank
2023-05-09 * "Ashlar Mutual" "workshop cover"
  Expenses:Insurance       340.00 GBP
  Assets:Bank
2023-06-01 * "Wendover Farm" "bales"
  Expenses:Mule:Hay         80.00 GBP
  Assets:Bank
2023-07-20 * "Thorpe Estate" "side gate"
  Assets:Bank              900.00 GBP
  Income:Gates
2024-01-08 * "Blackpit Fuels" "ten sacks"
  Expenses:Coal            230.00 GBP
  Assets:Bank
2024-02-01 price IRON 3.10 GBP
2024-02-03 note Assets:Bank "asked for a loan"
2024-03-02 * "Wirral Broadband" "line"
  Expenses:Internet         30.00 GBP
  Assets:Bank
2024-03-11 * "Merle Rail" "to the fair" #fair-2024
  Expenses:Travel:Trains    44.00 GBP
  Assets:Bank
2024-03-30 * "Merle Rail" "to Thorpe"
  Expenses:Travel:Trains    12.00 GBP
  Assets:Bank
2024-04-02 * "Hammer Monthly" "magazine"
  Expenses:Subscriptions     6.00 GBP
  Assets:Bank
2024-04-19 * "Ashlar Mutual" "workshop cover"
  Expenses:Insurance       365.00 GBP
  Assets:Bank
2024-05-02 * "Hammer Monthly" "magazine"
  Expenses:Subscriptions     6.00 GBP
  Assets:Bank
2024-06-02 * "Hammer Monthly" "magazine"
  Expenses:Subscriptions     6.00 GBP
  Assets:Bank
2024-08-15 * "Oxhide & Co" "apron"
  Expenses:Clothes          55.00 GBP
  Assets:Bank
"""

PLANS = [
    # words that fill a pause
    ("hold on, let me think, what did coal come to, brace yourself, in 2023", "sum Expenses:Coal 2023"),
    (
        "You won't believe this, right, how much did we pay Blackpit Fuels in 2024?",
        "sum expenses <Blackpit Fuels> 2024",
    ),
    ("never mind what the invoice says, what did hay cost in 2023", "sum Expenses:Mule:Hay 2023"),
    # who wants to know, and what for
    ("It's for the insurance people, what did we spend on coal in 2023", "sum Expenses:Coal 2023"),
    ("The internet firm wants it in writing, so what did we spend on coal in 2023", "sum Expenses:Coal 2023"),
    ("our insurance broker is asking and I can't find the letter, how much was coal in 2023", "sum Expenses:Coal 2023"),
    ("coal in 2023 because the insurance lot want to see it, how much was it", "sum Expenses:Coal 2023"),
    # what somebody takes it for
    ("what did we spend on coal in 2023? She swears it was over 500.", "sum Expenses:Coal 2023"),
    ("what did we spend on coal in 2023, he thinks it was over 400 pounds", "sum Expenses:Coal 2023"),
    ("what did we spend on coal in 2023, surely not more than 300", "sum Expenses:Coal 2023"),
    # what somebody did, does or wants at another time
    ("My mum called last night. How much did we spend on coal in total?", "sum Expenses:Coal"),
    ("I already have the certificate for 2024. How much was hay in 2023?", "sum Expenses:Mule:Hay 2023"),
    ("I'm seeing him on Friday so what did we spend on coal", "sum Expenses:Coal"),
    (
        "What did we spend on coal? I'd like to sell the stove in spring, and the buyer will surely ask.",
        "sum Expenses:Coal",
    ),
    (
        "my cousin does insurance for a living and wants to see what we paid for hay in 2023",
        "sum Expenses:Mule:Hay 2023",
    ),
    ("the farrier, who sells coal too, asked how much hay was in 2023", "sum Expenses:Mule:Hay 2023"),
    # how often something comes
    ("the magazine that comes every month, how much has it cost in total", "sum expenses <magazine>"),
    # what goes on meanwhile
    ("We're thinking about clothes for the fair, well Jude is, how much was hay in 2023", "sum Expenses:Mule:Hay 2023"),
    ("I'm trying to work out if that Frenchman did me, what was coal in 2024", "sum Expenses:Coal 2024"),
    ("Somebody's left the gate open again, so what have we paid for hay in 2023?", "sum Expenses:Mule:Hay 2023"),
    (
        "My sister reckons I've got half the internet on direct debit, so which subscriptions are running",
        "recurring Expenses:Subscriptions",
    ),
    ("He eats like two, that mule, and I can't blame him, so what went on coal in 2023", "sum Expenses:Coal 2023"),
    (
        "She sang all day and he gave her the eye, what did we spend on coal in 2024 and the like",
        "sum Expenses:Coal 2024",
    ),
]

KEPT = [
    # what the question points to, or does not say again
    ("I buy hay from Wendover Farm, so how much did they get in 2023", "<Wendover Farm>"),
    ("The mule needs shoes, so what does it cost us in hay", "Expenses:Mule"),
    ("I put the tag fair-2024 on it, so what did we spend on trains", "#fair-2024"),
    ("In 2023 we had a good year, so what did we spend on coal", "2023"),
    ("what did we spend on coal? Only what was over 500.", ">500"),
    ("I think it was over 500, which payment for coal was it", ">500"),
    ("For the insurance, what did we pay in 2024", "Expenses:Insurance"),
    ("The mule needs new shoes, what did we pay in 2024", "Expenses:Mule"),
    ("The farrier wants the figure for hay, what is it", "Expenses:Mule:Hay"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_is_said_around_a_question_is_no_part_of_it(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(("question", "part"), KEPT)
def test_what_a_question_leans_on_stays(question: str, part: str, index: Index) -> None:
    assert part in digest(plan_question(question, [], TODAY, index))


def test_an_order_before_a_question_is_still_heard(index: Index) -> None:
    assert digest(plan_question("Delete the coal entries, so what did I spend on hay", [], TODAY, index)) == "refuse"


SHAPES = [
    ("could you go through 2023 for me, coal each month", "sum Expenses:Coal 2023 by month order key"),
    ("what have we paid for coal going all the way back to 2023", "sum Expenses:Coal 2023-01-01.."),
    ("insurance a year at a time", "sum Expenses:Insurance by year order key"),
    ("coal in 2023 cut into its four quarters", "sum Expenses:Coal 2023 by quarter order key"),
    ("what did coal come to in 2023, for each three months", "sum Expenses:Coal 2023 by quarter order key"),
    ("how much was in the bank when 2023 ended", "balance Assets:Bank ..2024-01-01"),
    ("what did the mule cost, and don't go putting the farrier in", "sum Expenses:Mule -Expenses:Mule:Farrier"),
    ("pull out every insurance payment over 350", "list Expenses:Insurance >350"),
    ("how much went on clobber in 2024", "sum Expenses:Clothes 2024"),
    ("the coal lot, what have we paid them in 2023, Blackpit Fuels I mean", "sum expenses <Blackpit Fuels> 2023"),
    ("what price did we put down for IRON on 1 February 2024", "price 2024-02-01..2024-02-02 of IRON"),
    ("the number of hammers we had pinched last year", "refuse"),
]


@pytest.mark.parametrize(("question", "plan"), SHAPES)
def test_shapes_of_a_spoken_question(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan
