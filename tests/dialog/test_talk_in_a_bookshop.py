"""A bookshop with a reading club: two words in a row of which no account is, trades by their bills, talk that goes on.

"Card fees" are no fees at large, "van insurance" is neither all of the van nor all insurance.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Tin
2023-01-01 open Liabilities:Loans:Mum
2023-01-01 open Income:Sales
2023-01-01 open Income:Lessons
2023-01-01 open Income:Evenings
2023-01-01 open Income:ReadingClub
2023-01-01 open Expenses:Fees
2023-01-01 open Expenses:Evenings
2023-01-01 open Expenses:ReadingClub
2023-01-01 open Expenses:Van
2023-01-01 open Expenses:Dog
2023-01-01 open Expenses:Food
2023-01-01 open Expenses:Insurance
2023-01-01 open Expenses:Premises:Rent
2023-01-01 open Expenses:Premises:Upkeep
2023-01-01 open Expenses:Publicity
2023-01-01 open Expenses:Holidays

2024-01-20 * "SumUp" "card fees"
  Expenses:Fees  21.00 GBP
  Assets:Bank
2024-02-20 * "SumUp" "card fees"
  Expenses:Fees  19.00 GBP
  Assets:Bank
2024-02-25 * "Dodds & Finch" "year-end accounts"
  Expenses:Fees  500.00 GBP
  Assets:Bank
2024-03-05 * "Ama Reyes" "author evening, fee"
  Expenses:Evenings  120.00 GBP
  Assets:Bank
2025-03-06 * "Jonah Vale" "author evening, fee"
  Expenses:Evenings  90.00 GBP
  Assets:Bank
2024-03-06 * "Till" "author evening, tickets"
  Assets:Bank  180.00 GBP
  Income:Evenings
2024-04-02 * "Priya S." "grammar lessons"
  Assets:Bank  60.00 GBP
  Income:Lessons
2024-04-09 * "Mrs Okafor" "Tilly piano term"
  Expenses:Evenings  140.00 GBP
  Assets:Bank
2025-01-09 * "Mrs Okafor" "Tilly piano term"
  Expenses:Evenings  150.00 GBP
  Assets:Bank
2024-05-01 * "Harbour Mutual" "shop policy"
  Expenses:Insurance  670.00 GBP
  Assets:Bank
2024-05-02 * "Saxon" "van cover"
  Expenses:Insurance  430.00 GBP
  Assets:Bank
2024-05-03 * "Tollgate Fuel" "unleaded"
  Expenses:Van  52.00 GBP
  Assets:Bank
2024-05-04 * "Kibble Barn" "dog food"
  Expenses:Dog  23.50 GBP
  Assets:Bank
2024-05-05 * "Whisker & Paw" "Biscuit, claws"
  Expenses:Dog  38.00 GBP
  Assets:Bank
2024-05-06 * "Tanner's" "weekly shop"
  Expenses:Food  61.00 GBP
  Assets:Bank
2024-06-01 * "Quayside Estates" "rent"
  Expenses:Premises:Rent  950.00 GBP
  Assets:Bank
2024-06-02 * "Glaze & Co" "shop window pane"
  Expenses:Premises:Upkeep  340.00 GBP
  Assets:Bank
2024-06-03 * "Inky Thumb" "bookmarks and posters"
  Expenses:Publicity  145.00 GBP
  Assets:Bank
2024-06-04 * "Seaview Guest House" "Whitby" #whitby
  Expenses:Holidays  410.00 GBP
  Assets:Bank
2024-08-04 * "Loch Lodge" "Oban" #oban
  Expenses:Holidays  640.00 GBP
  Assets:Bank
2024-09-01 * "Ottilie's mum" "loan for the shelves"
  Assets:Bank  1000.00 GBP
  Liabilities:Loans:Mum
2025-01-30 * "Ottilie's mum" "bit back"
  Liabilities:Loans:Mum  100.00 GBP
  Assets:Bank
2025-03-30 * "Ottilie's mum" "bit back"
  Liabilities:Loans:Mum  150.00 GBP
  Assets:Bank
2024-01-19 * "Sister Agnes" "reading club evening"
  Assets:Tin  12.00 GBP
  Income:ReadingClub
2025-01-19 * "Sister Agnes" "reading club evening"
  Assets:Tin  18.00 GBP
  Income:ReadingClub
2024-01-19 * "Corkers" "wine for the reading club"
  Expenses:ReadingClub  9.00 GBP
  Assets:Tin
2025-01-19 * "Corkers" "wine for the reading club"
  Expenses:ReadingClub  11.00 GBP
  Assets:Tin
"""

asked = partial(asking.asked, today=TODAY)


def figures(index: Index, *turns: str) -> set[Decimal]:
    """The numbers in the rows of the last question's answer, whatever their sign."""
    *history, question = turns
    _, found = asked(index, question, None, *history)
    return {abs(cell) for row in found.table.rows for cell in row if isinstance(cell, Decimal)}


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("card fees in 2024", 40),
        ("what were the card fees", 40),
        ("author fees in 2024", 120),
        ("what did we pay authors in fees", 210),
        ("fees for authors", 210),
        ("SumUp fees in 2024", 40),
        ("fees in 2024", 540),
        ("how much were the piano lessons", 290),
        ("piano lessons in 2024", 140),
        ("grammar lessons in 2024", 60),
        ("lessons in 2024", 60),
        ("van insurance", 430),
        ("how much is the van insurance", 430),
        ("what did I spend on van and insurance", 1152),
        ("van, insurance", 1152),
        ("dog food in 2024", 23.5),
        ("dog and food in 2024", 122.5),
        ("rent upkeep in 2024", 1290),
    ],
)
def test_two_words_in_a_row_are_what_entries_say(index: Index, question: str, number: float) -> None:
    assert Decimal(str(number)) in figures(index, question)


@pytest.mark.parametrize("question", ["dog insurance", "what is the holiday insurance", "van food in 2024"])
def test_two_accounts_in_a_row_that_no_entry_joins_are_asked_about(index: Index, question: str) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Clarify), plan


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (("what did Oban cost", "and Whitby?", "how much more was Oban"), {640, 410}),
        (("what did Oban cost", "and Whitby?", "by how much was Oban dearer"), {640, 410}),
        (("what did Oban cost", "and Whitby?", "so Oban was dearer?"), {640, 410}),
        (("what did Oban cost", "how much less was Whitby"), {640, 410}),
        (("what did we buy from Harbour Mutual", "and Saxon", "what's the difference"), {670, 430}),
        (("takings from evenings in 2024", "and from lessons", "which was better"), {180, 60}),
        (("what did Oban cost", "and Whitby?", "how much was the rent"), {950}),
    ],
)
def test_the_last_two_are_set_side_by_side_whichever_is_named_again(
    index: Index, turns: tuple[str, ...], numbers: set[int]
) -> None:
    assert figures(index, *turns) >= {Decimal(each) for each in numbers}


def test_how_much_less_leaves_nothing_out(index: Index) -> None:
    plan, _ = asked(index, "how much less was the rent")
    assert not plan.filters.exclude_accounts


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (("how much do we still owe mum for the shelves", "and how much has she had back"), 250),
        (("how much do we still owe mum for the shelves", "and how much did she get back in March 2025"), 150),
        (("what did we pay Ama Reyes", "how many evenings did she do"), 1),
    ],
)
def test_who_was_spoken_of_is_meant_though_something_else_was_named_too(
    index: Index, turns: tuple[str, ...], number: int
) -> None:
    assert number in {abs(each) for row in asked(index, turns[-1], None, *turns[:-1])[1].table.rows for each in row
                      if isinstance(each, int | Decimal)}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("how much has mum had back", 250),
        ("what has mum received back so far", 250),
        ("how much have we given mum back in 2025", 250),
        ("how much do we owe mum", 750),
    ],
)
def test_what_a_lender_had_back_is_no_balance(index: Index, question: str, number: int) -> None:
    assert number in figures(index, question)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("when did the glazier come", 340),
        ("what did the printers charge", 145),
        ("how much for petrol in 2024", 52),
        ("what did the glazier chap charge", 340),
    ],
)
def test_trades_are_told_by_their_bills(index: Index, question: str, number: int) -> None:
    assert number in figures(index, question)


@pytest.mark.parametrize(
    "question", ["what did the photographer cost", "the upholsterer", "what did the architect charge"]
)
def test_a_trade_that_nobody_bills_for_is_refused(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


def test_what_is_said_of_an_account_is_not_left_aside(index: Index) -> None:
    """As in "author insurance", where authors stand in entries of no insurance."""
    assert not figures(index, "author insurance in 2024") & {Decimal(1100), Decimal(120)}


@pytest.mark.parametrize("question", ["guitar lessons", "boat insurance in 2024", "how much were the bicycle fees"])
def test_a_thing_that_stands_nowhere_is_not_passed_over_before_an_account(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(("question", "number"), [("total fees in 2024", 540), ("monthly rent", 950)])
def test_words_that_say_no_thing_are_passed_over_there(index: Index, question: str, number: int) -> None:
    assert number in figures(index, question)
