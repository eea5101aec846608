"""Measures and rows in phrasings by many hands: one by one or together, the one largest, what is usual, net, by kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 15)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Savings
2023-01-01 open Assets:BoatPot
2023-01-01 open Liabilities:Amex
2023-01-01 open Liabilities:Visa
2023-01-01 open Income:Donation
2023-01-01 open Income:CakeStall
2023-01-01 open Income:Raffle
2023-01-01 open Income:Salary
2023-01-01 open Income:TaxRefund
2023-01-01 open Expenses:Paint
2023-01-01 open Expenses:Rope
2023-01-01 open Expenses:Slipway
2023-01-01 open Expenses:Insurance
2023-01-01 open Expenses:Medical
2023-01-01 open Expenses:Taxi
2023-01-01 open Expenses:FerryFare

2024-02-03 * "Harbour Stores" "paint" #refit
  Expenses:Paint  40.00 GBP
  Liabilities:Amex
2024-03-09 * "Chandler & Co" "paint" #refit
  Expenses:Paint  95.00 GBP
  Liabilities:Amex
2024-04-14 * "Harbour Stores" "rope"
  Expenses:Rope  22.00 GBP
  Assets:Bank
2024-05-05 * "Ann Ogle" "donation"
  Assets:Bank  50.00 GBP
  Income:Donation
2024-06-01 * "Bert Pim" "donation"
  Assets:Bank  30.00 GBP
  Income:Donation
2024-06-15 * "Bert Pim" "donation"
  Assets:Bank  35.00 GBP
  Income:Donation
2024-07-06 * "Harbour Office" "slipway"
  Expenses:Slipway  60.00 GBP
  Assets:Bank
2024-07-31 * "Works" "pay"
  Assets:Bank  900.00 GBP
  Income:Salary
2024-08-01 * "to the pot"
  Assets:BoatPot  200.00 GBP
  Assets:Bank
2024-09-01 * "from the pot"
  Assets:BoatPot  -80.00 GBP
  Assets:Bank
2024-10-01 * "Revenue" "back"
  Assets:Bank  40.00 GBP
  Income:TaxRefund
2025-05-17 * "the fete" "cake stall"
  Assets:Bank  120.00 GBP
  Income:CakeStall
2025-05-18 * "the fete" "raffle"
  Assets:Bank  80.00 GBP
  Income:Raffle
2025-06-07 * "Harbour Stores" "rope"
  Expenses:Rope  18.00 GBP
  Liabilities:Amex
2025-06-21 * "Mutual" "premium"
  Expenses:Insurance  300.00 GBP
  Assets:Bank
2025-06-28 * "Dr Gale" "visit"
  Expenses:Medical  45.00 GBP
  Assets:Bank
2025-07-05 ! "Harbour Stores" "rope"
  Expenses:Rope  11.00 GBP
  Assets:Savings
2025-07-06 * "Quay Cabs" "to the boat"
  Expenses:Taxi  15.00 GBP
  Assets:Bank
2025-07-07 * "the ferry" "across"
  Expenses:FerryFare  9.00 GBP
  Assets:Bank
2025-09-06 * "Harbour Stores" "brush"
  Expenses:Paint  6.00 GBP
  Assets:Bank
2025-09-13 * "Chandler & Co" "varnish"
  Expenses:Paint  14.00 GBP
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("again")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


@dataclass
class WithWords(Scripted):
    """A model with a word list, which knows the words that are English."""

    def knows(self, word: str) -> bool:
        return word != "zazrebi"


def planned(question: str, index: Index, fields: dict[str, tuple[str, float]] | None = None) -> str:
    model = Scripted(fields) if fields is not None else None
    return digest(plan_question(question, [], TODAY, index, understander=model))


LISTED = {"measure": ("list", 0.96)}
SUMMED = {"measure": ("sum", 0.96)}
LARGEST = LISTED | {"order": ("-amount", 0.96), "single": ("yes", 0.96)}


# ------------------------------------------------------------------------------------------- one by one, or together


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("purchases in 2024, each", "list expenses 2024"),
        ("paint in 2024, each", "list Expenses:Paint 2024"),
        ("each paint bill in 2024", "list Expenses:Paint 2024"),
        ("what donations did we get in 2024", "list Income:Donation 2024"),
        ("which donations did we get in 2024", "sum Income:Donation 2024 by payee"),
        ("statement of the bank from May 2024 to July 2024", "list Assets:Bank 2024-05-01..2024-08-01"),
        (
            "paint on the amex in 2024, not for rope, one line each",
            "list Expenses:Paint -Expenses:Rope with Liabilities:Amex 2024",
        ),
        ("last 2 Harbour Stores", "list expenses <Harbour Stores> order -date limit 2"),
        # a figure for each of several
        ("paint and rope in 2024, each", "sum 2024 [paint: Expenses:Paint] [rope: Expenses:Rope]"),
        ("paint and rope in 2024, how much for each", "sum 2024 [paint: Expenses:Paint] [rope: Expenses:Rope]"),
        ("rope, paint: one line each", "sum Expenses:Rope Expenses:Paint by account"),
    ],
)
def test_each_of_one_is_each_entry_and_each_of_several_a_figure(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, LISTED) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what did I pay Harbour Stores, each payment", "list expenses <Harbour Stores>"),
        ("total of the last two donations", "list Income:Donation order -date limit 2"),
        ("average of the last two donations", "list Income:Donation order -date limit 2"),
        ("what did I pay Harbour Stores", "sum expenses <Harbour Stores>"),
        ("paint and rope, each payment", "sum [paint: Expenses:Paint] [rope: Expenses:Rope]"),
        ("what did we spend over the last two weekends", "sum expenses weekday 5 weekday 6 2025-09-06..2025-09-15"),
    ],
)
def test_a_few_entries_are_told_though_a_sum_is_heard(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, SUMMED) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("largest donation in 2024, from whom", "list Income:Donation - 2024 order -amount limit 1"),
        ("who gave the largest donation", "list Income:Donation - order -amount limit 1"),
        ("which donation was the largest", "list Income:Donation - order -amount limit 1"),
        ("the 2 biggest donations in 2024", "list Income:Donation - 2024 order -amount limit 2"),
        ("which month had the biggest donation", "sum Income:Donation - by month order -amount limit 1"),
    ],
)
def test_the_largest_booking_is_one_booking(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, LARGEST | {"flow": ("income", 0.96)}) == expected


def test_weekends_that_are_over_are_counted_back(index: Index) -> None:
    expected = "sum expenses weekday 5 weekday 6 2025-08-23..2025-09-15"
    assert planned("what was spent over the last four weekends", index) == expected
    assert planned("spending over the next two weekends", index) != expected


# --------------------------------------------------------------------------------------------------- what is usual


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when I buy paint, how much am I in for usually", "average Expenses:Paint"),
        ("when Harbour Stores calls, what's it normally", "average expenses <Harbour Stores>"),
        ("how much is paint usually, when we refit", "average Expenses:Paint #refit"),
    ],
)
def test_what_it_usually_is_when_something_happens_is_no_day(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, {"measure": ("average", 0.96), "flow": ("spend", 0.96)}) == expected


@pytest.mark.parametrize(
    "question", ["when do we usually buy paint", "tell me when we usually buy paint", "paint is usually bought when"]
)
def test_the_usual_day_is_still_one(question: str, index: Index) -> None:
    assert planned(question, index, LISTED) == "list Expenses:Paint order -date key usual day"


# ------------------------------------------------------------------------------------------ what the books bear


@pytest.mark.parametrize(
    ("question", "measure", "expected"),
    [
        ("most recently closed account", ("accounts", 0.88), "accounts order -date limit 1"),
        ("newest paper we put with savings", ("documents", 0.9), "documents Assets:Savings order -date limit 1"),
        ("latest paint", ("notes", 0.6), "list Expenses:Paint order -date limit 1"),
        ("savings last used", ("metadata", 0.4), "list Assets:Savings order -date limit 1"),
    ],
)
def test_the_latest_of_what_the_books_bear_is_no_booking(
    question: str, measure: tuple[str, float], expected: str, index: Index
) -> None:
    fields = {"measure": measure, "order": ("-date", 0.96), "single": ("yes", 0.96)}
    assert planned(question, index, fields) == expected


@pytest.mark.parametrize(
    ("question", "sure", "expected"),
    [
        ("my addresses over time", 0.9, "refuse"),
        ("which visa was I on in 2024, it is an event", 0.83, "events 2024"),
        ("where did I work, which hospital", 0.97, "refuse"),
        ("which hospital did I go to", 0.84, "sum Expenses:Medical"),
    ],
)
def test_events_that_there_are_none_of_are_no_spending(question: str, sure: float, expected: str, index: Index) -> None:
    assert planned(question, index, {"measure": ("events", sure)}) == expected


# ------------------------------------------------------------------------------------------------------ the rows


@pytest.mark.parametrize(
    ("question", "group", "expected"),
    [
        ("paint month for month in 2024", "month", "sum Expenses:Paint 2024 by month order key"),
        ("paint by the quarter in 2024", "quarter", "sum Expenses:Paint 2024 by quarter order key"),
        ("paint for each of our tags", "tag", "sum Expenses:Paint by tag"),
        ("Harbour Stores, refit: what each of them got", "payee", "sum expenses <Harbour Stores> #refit by payee"),
        ("spending by category", "account", "sum expenses by account depth 2"),
    ],
)
def test_rows_are_of_what_is_told_apart(question: str, group: str, expected: str, index: Index) -> None:
    assert planned(question, index, SUMMED | {"group": (group, 0.96)}) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("my paint total in 2024, no need for the breakdown", "sum Expenses:Paint 2024"),
        ("how much was spent in the paint category", "sum Expenses:Paint"),
        ("never mind who paid: paint in 2024", "sum Expenses:Paint 2024"),
        ("small jobs under 50, do they even add up to anything? paint in 2024", "sum Expenses:Paint <50 2024"),
        (
            "the annual letter needs paint and rope since 2024, in one number",
            "sum Expenses:Paint Expenses:Rope 2024-01-01..",
        ),
        ("annual paint since 2024", "sum Expenses:Paint 2024-01-01.. by year order key"),
        ("paint total in 2024, with a breakdown by shop", "sum Expenses:Paint 2024 by payee"),
    ],
)
def test_no_rows_are_told_that_nobody_asked_for(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, SUMMED) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what do we use the amex for", "sum expenses with Liabilities:Amex by account"),
        ("what did we use the amex for in 2024", "sum expenses with Liabilities:Amex 2024 by account"),
        ("what did we use the savings for", "sum expenses with Assets:Savings by account"),
        ("the amex by account", "balance Liabilities:Amex by account"),
    ],
)
def test_what_a_card_is_used_for(question: str, expected: str, index: Index) -> None:
    assert planned(question, index) == expected


def test_what_most_of_a_card_is_spent_on(index: Index) -> None:
    fields = SUMMED | {"flow": ("spend", 0.96), "group": ("account", 0.96), "order": ("-amount", 0.96)}
    most = planned("what is most of the amex spent on", index, fields | {"single": ("yes", 0.96)})
    assert most == "sum expenses with Liabilities:Amex by account order -amount limit 1"


# --------------------------------------------------------------------------------------------- what is not meant


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("net flow of the boat pot per month in 2024", "sum Assets:BoatPot 2024 by month order key"),
        ("what went through the boat pot in 2024, ins less outs", "sum Assets:BoatPot 2024"),
        ("what the cake stall and the raffle raised in 2025", "sum Income:CakeStall Income:Raffle 2025"),
        ("what did we allot to paint in 2024", "budget Expenses:Paint ..2025-01-01"),
        ("did I overshoot paint in 2024", "budget Expenses:Paint ..2025-01-01"),
        ("which subscriptions raised their price", "recurring expenses -Expenses:Insurance risen"),
    ],
)
def test_a_sum_heard_is_of_what_is_asked(question: str, expected: str, index: Index) -> None:
    assert planned(question, index, SUMMED) == expected


def test_ahead_or_behind_by_year_is_what_is_left_of_income(index: Index) -> None:
    fields = {"measure": ("net_income", 0.96), "group": ("year", 0.96)}
    assert planned("ahead or behind, year by year", index, fields).startswith("net_income by year")
    assert planned("paint year by year", index, fields).startswith("sum Expenses:Paint by year")


def test_in_another_tongue_no_english_word_need_ask_for_entries(index: Index) -> None:
    model = WithWords({"measure": ("list", 0.85)})
    listed = digest(plan_question("zazrebi paint 2024", [], TODAY, index, understander=model))
    summed = digest(plan_question("gross paint 2024", [], TODAY, index, understander=model))
    assert (listed, summed) == ("list Expenses:Paint 2024", "sum Expenses:Paint 2024")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("savings without pending", "balance Assets:Savings *"),
        ("balance of savings if pending entries are left out", "balance Assets:Savings *"),
        ("how much did I spend on rope, ignoring anything pending", "sum Expenses:Rope *"),
        ("pending in savings", "list Assets:Savings !"),
        ("how much is pending for rope", "sum Expenses:Rope !"),
    ],
)
def test_what_is_pending_is_left_out_where_it_is_said_so(question: str, expected: str, index: Index) -> None:
    assert planned(question, index) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("taxi fares in 2025", "sum Expenses:Taxi 2025"),
        ("ferry fares in 2025", "sum Expenses:FerryFare 2025"),
        ("taxi insurance in 2025", "clarify: Expenses:Taxi, Expenses:Insurance"),
        ("what's that charge of 300 in June 2025", "list expenses >=300 <=300 2025-06"),
        ("when was the last time something over 50 left savings", "list Assets:Savings >50 order -date limit 1"),
        ("when did savings last stand over 50", "balance Assets:Savings >50 by day order -key limit 1 key passed"),
    ],
)
def test_what_words_beside_a_name_do_not_mean(question: str, expected: str, index: Index) -> None:
    assert planned(question, index) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("take-home after all bills in 2024, what remained", "net_income 2024"),
        (
            "how did our worth, debts deducted, move by month in 2024",
            "net_worth 2024 by month order key at market key change",
        ),
        ("b/s at the end of 2024", "balance_sheet ..2025-01-01 at cost"),
        ("what did I spend money on on 9 March 2024", "sum expenses 2024-03-09..2024-03-10 by account"),
        ("how much was swallowed by premiums in 2024", "sum Expenses:Insurance 2024"),
        ("what did I fork out for #refit", "sum expenses #refit"),
        ("refunds on paint in 2024", "sum Expenses:Paint - 2024"),
        ("refunds in 2024", "sum Income:TaxRefund 2024"),
        ("tax refund in 2024", "sum Income:TaxRefund 2024"),
    ],
)
def test_other_words_for_what_is_asked(question: str, expected: str, index: Index) -> None:
    assert planned(question, index) == expected


def test_payees_and_months_are_counted_without_rows(index: Index) -> None:
    count = {"measure": ("count", 0.96), "group": ("payee", 0.96)}
    places = planned("number of separate places we got paint from", index, count | {"count_of": ("payees", 0.96)})
    assert places == "count Expenses:Paint of payees"
    count |= {"count_of": ("months", 0.96), "flow": ("income", 0.96), "group": ("account", 0.01)}
    assert planned("months in 2024 in which clients paid, how many", index, count) == "count income 2024 of months"
