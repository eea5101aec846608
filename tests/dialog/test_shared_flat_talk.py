"""Long talks over the books of a shared flat, a band and a small shop: what each turn keeps of those before it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.evidence import gather
from ledgerqa.records import Clarify, Plan
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 commodity TEE
  name: "Otter band T-shirt"
2023-01-01 open Assets:Bank EUR
2023-01-01 open Assets:Till EUR
2023-01-01 open Assets:Flatmates:Ada EUR
2023-01-01 open Assets:Flatmates:Tom EUR
2023-01-01 open Assets:Stock:Shirts TEE
2023-01-01 open Liabilities:Visa EUR
2023-01-01 open Income:Shop:Prints EUR
2023-01-01 open Income:MerchTable EUR
2023-01-01 open Expenses:Flat:Rent EUR
2023-01-01 open Expenses:Flat:Power EUR
2023-01-01 open Expenses:Flat:Internet EUR
2023-01-01 open Expenses:Flat:Household EUR
2023-01-01 open Expenses:Groceries EUR
2023-01-01 open Expenses:Band:Gear EUR
2023-01-01 open Expenses:Band:Van EUR
2023-01-01 open Expenses:Shop:Postage EUR
2023-01-01 open Expenses:Travel:Lodging EUR
2023-01-01 open Expenses:Travel:Food EUR

2023-02-03 * "Hullabaloo Prints" "40 shirts"
  Assets:Stock:Shirts          40 TEE {9.00 EUR}
  Assets:Bank
2023-03-01 * "Gasser" "rent"
  paid-by: "Noor"
  Expenses:Flat:Rent          600.00 EUR
  Assets:Flatmates:Ada        600.00 EUR
  Assets:Flatmates:Tom        600.00 EUR
  Assets:Bank
2023-05-08 * "Morrow Market" "big shop"
  paid-by: "Tom"
  Expenses:Groceries           31.00 EUR
  Assets:Flatmates:Tom
2023-08-12 * "Cuillin Rooms" "beds for three nights" #trip-skye
  Expenses:Travel:Lodging     140.00 EUR
  Assets:Bank
2023-08-13 * "Seumas" "supper" #trip-skye
  Expenses:Travel:Food         41.00 EUR
  Assets:Bank
2023-10-02 * "Drumhead" "cymbal"
  Expenses:Band:Gear          118.00 EUR
  Liabilities:Visa
2023-12-20 * "Tom" "transfer"
  Assets:Bank                 400.00 EUR
  Assets:Flatmates:Tom
2024-01-08 * "Voltline" "power"
  paid-by: "Ada"
  Expenses:Flat:Power          50.00 EUR
  Assets:Flatmates:Ada
2024-01-20 * "Drumhead" "pedal"
  Expenses:Band:Gear          289.00 EUR
  Liabilities:Visa
2024-02-01 * "Gasser" "rent"
  paid-by: "Noor"
  Expenses:Flat:Rent          610.00 EUR
  Assets:Flatmates:Ada        610.00 EUR
  Assets:Flatmates:Tom        610.00 EUR
  Assets:Bank
2024-03-09 * "Fjord Inn" "a room" #trip-oslo
  Expenses:Travel:Lodging     150.00 EUR
  Liabilities:Visa
2024-03-10 * "Brygga" "supper" #trip-oslo
  Expenses:Travel:Food         62.00 EUR
  Assets:Till
2024-04-12 * "Webline" "internet"
  paid-by: "Tom"
  Expenses:Flat:Internet       21.00 EUR
  Assets:Flatmates:Tom
2024-05-03 * "Morrow Market" "big shop"
  paid-by: "Ada"
  Expenses:Groceries           33.00 EUR
  Assets:Flatmates:Ada
2024-05-17 * "Bodega Sol" "fruit"
  paid-by: "Noor"
  Expenses:Groceries           12.00 EUR
  Assets:Flatmates:Ada         12.00 EUR
  Assets:Flatmates:Tom         12.00 EUR
  Assets:Bank
2024-06-05 * "Pfiff" "cleaning stuff"
  Expenses:Flat:Household      25.00 EUR
  Assets:Bank
2024-07-21 * "Pfiff" "new kettle"
  Expenses:Flat:Household      16.00 EUR
  Assets:Bank
2024-07-22 * "Parcel Post" "parcels"
  Expenses:Shop:Postage        14.00 EUR
  Assets:Bank
2024-08-17 * "Cuillin Rooms" "beds for three nights" #trip-skye-2
  Expenses:Travel:Lodging     153.00 EUR
  Assets:Bank
2024-08-18 * "Seumas" "supper" #trip-skye-2
  Expenses:Travel:Food         47.00 EUR
  Assets:Bank
2024-08-24 * "Casa Roja" "shirts" #gig-casa
  Assets:Till                 225.00 EUR
  Income:MerchTable          -225.00 EUR
2024-09-14 * "Quai" "shirts" #gig-quai
  Assets:Till                 300.00 EUR
  Income:MerchTable          -300.00 EUR
2024-10-12 * "print order 31"
  Assets:Bank                  90.00 EUR
  Income:Shop:Prints
2024-11-12 * "print order 32"
  Assets:Bank                  70.00 EUR
  Income:Shop:Prints
2024-11-20 * "Bodega Sol" "rice"
  paid-by: "Tom"
  Expenses:Groceries           35.00 EUR
  Assets:Flatmates:Tom
2024-12-20 * "Ada" "transfer"
  Assets:Bank                 380.00 EUR
  Assets:Flatmates:Ada
2024-12-21 * "Tom" "transfer"
  Assets:Bank                 420.00 EUR
  Assets:Flatmates:Tom
2025-02-20 * "Moonbase" "interface"
  Expenses:Band:Gear          412.00 EUR
  Liabilities:Visa
2025-03-02 * "Morrow Market" "big shop"
  paid-by: "Ada"
  Expenses:Groceries           29.00 EUR
  Assets:Flatmates:Ada
2025-03-28 * "Ada" "transfer"
  Assets:Bank                 150.00 EUR
  Assets:Flatmates:Ada
2025-06-28 * "Tom" "transfer"
  Assets:Bank                 170.00 EUR
  Assets:Flatmates:Tom
"""


def told(index: Index, *turns: str) -> str:
    *history, question = turns
    return digest(plan_question(question, history, TODAY, index))


def rows(index: Index, *turns: str) -> list[list[str]]:
    *history, question = turns
    plan = plan_question(question, history, TODAY, index)
    assert isinstance(plan, Plan), plan
    return [[str(cell) for cell in row] for row in gather(plan, index, TODAY).table.rows]


SKYE = "what did the skye trip cost"


@pytest.mark.parametrize(
    ("answer", "tag", "year"),
    [
        ("the second one", "trip-skye-2", ""),
        ("the first", "trip-skye", ""),
        ("the later one please", "trip-skye-2", ""),
        ("number 1", "trip-skye", ""),
        ("no, i meant the one in 2024", "trip-skye-2", " 2024"),
        ("and the oslo one", "trip-oslo", ""),
    ],
)
def test_what_was_asked_back_is_answered(answer: str, tag: str, year: str, index: Index) -> None:
    assert told(index, SKYE) == "clarify: #trip-skye, #trip-skye-2"
    assert told(index, SKYE, answer) == f"sum expenses #{tag}{year}"


def test_another_trip_there_is_more_alike_than_any_other(index: Index) -> None:
    """The trip to Oslo was in the same year."""
    assert told(index, "what did #trip-skye cost", "and the one in 2024") == "sum expenses #trip-skye-2 2024"


ADA, TOM = (f"list assets <{who}> -Assets:Flatmates:{who} + order -date limit 1" for who in ("Ada", "Tom"))


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("how much does Ada owe me", "and Tom?", "when did he last pay me", "what about her"), ADA),
        (("how much does Ada owe me", "and Tom?", "when did he last pay me", "when did she last pay me"), ADA),
        (("how much does Ada owe me", "when did she last pay me", "and him?"), TOM),  # the only one beside her
        (("how much does Ada owe me", "when did she last pay me", "how much does she owe me"), ""),
        (("how much does Tom owe me", "and her?"), "balance Assets:Flatmates:Ada by account"),
        (
            ("how much has Ada paid me this year", "and him", "and last year"),
            "sum assets <Tom> -Assets:Flatmates:Tom + 2024",
        ),
    ],
)
def test_the_other_person_is_meant(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert told(index, *turns) == (plan or "balance Assets:Flatmates:Ada by account")


def test_who_of_two_is_asked_back(index: Index) -> None:
    """Nothing tells which of them is "he", and the rent is nobody."""
    assert told(index, "how much does Tom owe me", "and Ada", "rent in 2024", "when did he last pay me") == "clarify: "
    turns = ("how much does Tom owe me", "when did he last pay me", "and Ada", "rent in 2024")
    assert told(index, *turns, "when did he last pay me") == TOM


def test_whose_label_is_another_persons(index: Index) -> None:
    turns = ("how much does Tom owe me", "rent in 2024", "and what did he put down for groceries in 2024", "and her?")
    outcome = plan_question(turns[-1], turns[:-1], TODAY, index)
    assert isinstance(outcome, Plan)
    assert [each.value for each in outcome.filters.metadata] == ["Ada"]
    assert outcome.filters.accounts == ("Expenses:Groceries",)


def test_the_last_one_is_an_entry(index: Index) -> None:
    assert told(index, "groceries in 2024", "and the last one") == "list Expenses:Groceries 2024 order -date limit 1"
    assert told(index, "groceries in 2024", "who bought the last one").startswith("sum Expenses:Groceries 2024 ")


def test_sales_of_what_sounds_like_an_order(index: Index) -> None:
    """An order to print something is one still."""
    assert told(index, "print sales by month in 2024") == "sum Income:Shop:Prints 2024 by month order key"
    assert told(index, "print the groceries of 2024").endswith(" Expenses:Groceries 2024")


def test_a_label_is_none_where_the_words_were_none(index: Index) -> None:
    """What Ada sent, and not what bears `paid-by: "Ada"`, in the other year as well."""
    asked = ("how much has Ada paid me this year", "and last year")
    assert told(index, *asked) == "sum assets <Ada> -Assets:Flatmates:Ada + 2024"
    assert rows(index, *asked) == [["380", "EUR"]]


THREE = ("power in 2024", "and rent", "and internet")


@pytest.mark.parametrize("question", ["total for the three", "all three together", "sum of those three", "all three"])
def test_the_three_of_them(question: str, index: Index) -> None:
    """And not the entries "beds for three nights"."""
    assert rows(index, *THREE, question) == [["681", "EUR"]]


def test_the_three_of_them_by_account(index: Index) -> None:
    turns = ("power in 2024", "which account was that", "same for rent", "and internet?", "total for the three")
    assert rows(index, *turns) == [["681", "EUR"]]


def test_three_where_two_were_spoken_of(index: Index) -> None:
    assert told(index, *THREE[:2], "total of all three") == "refuse"
    assert told(index, "how much were the three nights") == "sum expenses <beds for three nights>"


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("groceries in 2024", "which shop got the most of it"), "sum Expenses:Groceries 2024 by payee order -amount"),
        (("groceries in 2024", "and at which shop"), "sum Expenses:Groceries 2024 by payee"),
        (("which shop costs were there in 2024",), "sum Expenses:Shop 2024 by account"),
        (("what did the shop cost in 2024",), "sum Expenses:Shop 2024"),
    ],
)
def test_which_shop_is_no_account(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert told(index, *turns).startswith(plan)


def test_an_account_called_so_before_a_commodity_of_which_a_word_is_said(index: Index) -> None:
    assert told(index, "what have I spent on band gear") == "sum Expenses:Band:Gear"
    assert told(index, "what have we spent on gear for the band") == "sum Expenses:Band:Gear"
    assert told(index, "what did we spend on T-shirts") == "sum assets TEE + at cost"


@pytest.mark.parametrize(
    ("before", "question", "days"),
    [
        ("groceries in May 2024", "and for the whole year", "2024"),
        ("groceries in May 2024", "full year?", "2024"),
        ("groceries in May 2024", "the full quarter", "2024-04-01..2024-07-01"),
        ("groceries in 2024", "only the summer", "2024-06-01..2024-09-01"),
        ("groceries in 2024", "summer only", "2024-06-01..2024-09-01"),
        ("groceries in 2024", "the whole year", "2024"),
    ],
)
def test_a_part_of_the_time_or_the_whole(before: str, question: str, days: str, index: Index) -> None:
    assert told(index, before, question) == f"sum Expenses:Groceries {days}"


@pytest.mark.parametrize(
    ("turns", "row"),
    [
        (("list the gear", "the second one"), ["2024-01-20", "Drumhead", "pedal"]),
        (("list the gear", "the second one, when was that?"), ["2024-01-20", "Drumhead", "pedal"]),
        (("list the gear", "what was the third"), ["2025-02-20", "Moonbase", "interface"]),
        (("biggest gear purchase", "and the second?"), ["2024-01-20", "Drumhead", "pedal"]),
        (("biggest gear purchase", "and the second?", "and the third"), ["2023-10-02", "Drumhead", "cymbal"]),
        (("which shop got the most of the groceries in 2024", "and the second"), ["Morrow Market", "33", "EUR"]),
        (("groceries by payee in 2024", "the second one"), ["Morrow Market", "33", "EUR"]),
        (("merch table by month in 2024", "which one was best"), ["2024-09", "-300", "EUR"]),
        (("merch table by month in 2024", "the biggest of those"), ["2024-09", "-300", "EUR"]),
        (("groceries by month in 2024", "the worst one", "and the second"), ["2024-11", "35", "EUR"]),
    ],
)
def test_a_row_of_the_answer_before(turns: tuple[str, ...], row: list[str], index: Index) -> None:
    (found,) = rows(index, *turns)
    assert found[:3] == row


def test_there_is_at_the_second(index: Index) -> None:
    turns = ("which shop got the most of the groceries in 2024", "and the second")
    assert told(index, *turns, "how much did we spend there in 2023") == "sum expenses <Morrow Market> 2023"


@pytest.mark.parametrize(
    ("before", "question", "plan"),
    [
        ("merch table in 2024", "how much was the casa one", "sum Income:MerchTable <Casa Roja> 2024"),
        ("groceries in 2024", "how much were the bodega sol ones", "sum Expenses:Groceries <Bodega Sol> 2024"),
        ("gear", "what was the pedal one", "sum Expenses:Band:Gear <pedal>"),
        ("gear in 2024", "how much was the biggest one", "list Expenses:Band:Gear + 2024 order -amount limit 1"),
    ],
)
def test_one_of_those_spoken_of(before: str, question: str, plan: str, index: Index) -> None:
    assert told(index, before, question) == plan


def test_stuff_says_nothing(index: Index) -> None:
    """The "cleaning stuff" is but one of the entries."""
    assert told(index, "household stuff in 2024") == "sum Expenses:Flat:Household 2024"
    assert told(index, "cleaning stuff in 2024") == "sum expenses <cleaning stuff> 2024"


@pytest.mark.parametrize("question", ["as a share of it?", "what's that as a percentage of both", "as a part of that"])
def test_a_share_of_what_is_asked_back(question: str, index: Index) -> None:
    outcome = plan_question(question, ("groceries in 2024", "and rent"), TODAY, index)
    assert isinstance(outcome, Clarify)
    assert "share" in outcome.sentence


@pytest.mark.parametrize(
    ("turns", "plan"),
    [
        (("what did the oslo trip cost", "how much was food there"), "sum Expenses:Travel:Food #trip-oslo"),
        (("what did the oslo trip cost", "what was lodging for it"), "sum Expenses:Travel:Lodging #trip-oslo"),
        (
            ("what did I spend at Bodega Sol in 2024", "how much on groceries there"),
            "sum Expenses:Groceries <Bodega Sol> 2024",
        ),
        (
            ("what did the oslo trip cost", "how much did we spend on groceries in 2024"),
            "sum Expenses:Groceries 2024",
        ),
        (("what did the oslo trip cost", "how much is there in the till"), "balance Assets:Till"),
        (("gear at Drumhead", "and rent? what did I pay there in 2024"), "sum Expenses:Flat:Rent 2024"),
    ],
)
def test_a_part_of_that_place(turns: tuple[str, ...], plan: str, index: Index) -> None:
    assert told(index, *turns) == plan


@pytest.mark.parametrize(
    ("turns", "paid"),
    [
        (("gear at Drumhead", "which card did that go on"), [["Liabilities:Visa", "-407", "EUR"]]),
        (("gear at Drumhead", "how did we pay for it"), [["Liabilities:Visa", "-407", "EUR"]]),
        (("which account was the gear paid from",), [["Liabilities:Visa", "-819", "EUR"]]),
        (("biggest gear purchase", "which card was that on"), [["Liabilities:Visa", "-412", "EUR"]]),
        (("list the gear", "the second one", "how did I pay for it"), [["Liabilities:Visa", "-289", "EUR"]]),
        (("groceries in 2024", "the biggest of those", "who paid it"), [["Tom", "35", "EUR"]]),
        (
            ("how did we pay for the oslo trip",),
            [["Liabilities:Visa", "-150", "EUR"], ["Assets:Till", "-62", "EUR"]],
        ),
        (("groceries in 2024", "who paid?"), [["Tom", "35", "EUR"], ["Ada", "33", "EUR"], ["Noor", "12", "EUR"]]),
        (("groceries in 2024", "who paid it", "and in 2023"), [["Tom", "31", "EUR"]]),
        (("who paid for groceries in 2023",), [["Tom", "31", "EUR"]]),
    ],
)
def test_who_paid_and_from_what(turns: tuple[str, ...], paid: list[list[str]], index: Index) -> None:
    assert rows(index, *turns) == paid


def test_which_card_is_used_is_another_question(index: Index) -> None:
    assert told(index, "which card do I use most").startswith("count Liabilities:Visa")


@pytest.mark.parametrize(
    ("words", "today", "begins"),
    [
        ("power this winter", dt.date(2025, 2, 10), 2024),  # it runs
        ("power last winter", dt.date(2025, 2, 10), 2023),
        ("power this winter", dt.date(2025, 6, 30), 2024),
        ("power last winter", dt.date(2025, 6, 30), 2024),
        ("power this winter", dt.date(2025, 10, 10), 2025),
        ("power this winter", dt.date(2024, 12, 15), 2024),
        ("power last winter", dt.date(2024, 12, 15), 2023),
    ],
)
def test_a_winter_runs_over_the_turn_of_the_year(words: str, today: dt.date, begins: int) -> None:
    (found,) = find_periods(words, today)
    assert found.period.start == dt.date(begins, 12, 1)
