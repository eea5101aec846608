"""Names told in full or by two words, numbers under their key, and one side of a whole, in a family's plain books."""

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
option "operating_currency" "USD"

2023-01-01 open Assets:Firth:Checking
  number: "11-204"
2023-01-01 open Assets:Firth:Savings
  number: "11-205"
2023-01-01 open Assets:Moor:Savings
2023-01-01 open Assets:Job:Leave      LVHR
2023-01-01 open Assets:Receivable:Pell
2023-01-01 open Liabilities:Mortgage
2023-01-01 open Income:Job
2023-01-01 open Income:Leave          LVHR
2023-01-01 open Income:Firth
2023-01-01 open Expenses:Home:Gas
2023-01-01 open Expenses:Home:Phone
2023-01-01 open Expenses:Car:Fuel
2023-01-01 open Expenses:Health:Insurance
2023-01-01 open Expenses:Health:Dental:Insurance
2023-01-01 open Expenses:Food
2023-01-01 open Expenses:Food:Groceries
2023-01-01 open Expenses:Travel:Food
2023-01-01 open Expenses:Pet
2023-01-01 open Equity:Start

2023-01-02 * "start"
  Assets:Firth:Checking     5000 USD
  Assets:Firth:Savings       900 USD
  Assets:Moor:Savings        100 USD
  Liabilities:Mortgage    -70000 USD
  Equity:Start
2023-01-31 * "Millwork" "pay"
  Assets:Firth:Checking     2000 USD
  Income:Job               -2000 USD
  Assets:Job:Leave             8 LVHR
  Income:Leave                -8 LVHR
2023-02-01 * "Firth" "interest"
  Assets:Firth:Savings         3 USD
  Income:Firth
2023-03-01 * "Gasco" "heating"
  Expenses:Home:Gas           60 USD
  Assets:Firth:Checking
2023-03-02 * "Road Stop Fuel" "tank"
  Expenses:Car:Fuel           40 USD
  Assets:Firth:Checking
2023-03-03 * "Carewell" "premium"
  Expenses:Health:Insurance   90 USD
  Expenses:Health:Dental:Insurance 12 USD
  Assets:Firth:Checking
2023-04-01 * "Tele" "line"
  Expenses:Home:Phone         30 USD
  Assets:Firth:Checking
2023-05-01 * "Tele" "line"
  Expenses:Home:Phone         30 USD
  Assets:Firth:Checking
2023-06-01 * "Tele" "line"
  Expenses:Home:Phone        130 USD
  Assets:Firth:Checking
2023-06-05 * "roofer" "half of the fence"
  check: "1053"
  Assets:Receivable:Pell     300 USD
  Assets:Firth:Checking
2023-07-05 * "Ada Pell" "fence, part"
  Assets:Firth:Checking      100 USD
  Assets:Receivable:Pell
2023-08-01 * "Road Stop Fuel" "on the way" #roadtrip-dunes-2023
  Expenses:Car:Fuel           45 USD
  Assets:Firth:Checking
2023-08-02 * "Dune Grill" "lunch" #roadtrip-dunes-2023
  Expenses:Travel:Food        25 USD
  Assets:Firth:Checking
2023-09-01 * "Nana Ilse" "for the birthday"
  Assets:Firth:Checking       50 USD
  Income:Job
2023-09-10 * "Pancake Barn" "with Ilse" #visit-ilse-2023
  Expenses:Travel:Food        33 USD
  Assets:Firth:Checking
2023-10-01 * "Greens" "weekly"
  Expenses:Food:Groceries     80 USD
  Assets:Firth:Checking
2023-10-02 * "Dr. Paws" "Rex shots"
  Expenses:Pet                55 USD
  Assets:Firth:Checking
2023-10-03 * "Chow" "kibble"
  Expenses:Pet                20 USD
  Assets:Firth:Checking
"""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        # a tag whose words are all said, in whatever form
        ("what did the dunes road trip cost", "sum expenses #roadtrip-dunes-2023"),
        ("what did we spend visiting Ilse in 2023", "sum expenses #visit-ilse-2023"),
        # what two words mean together, though one is another account's name
        ("how much on gas for the car in 2023", "sum Expenses:Car:Fuel 2023"),
        ("gas in 2023", "sum Expenses:Home:Gas 2023"),
        # just these words before what lies below others
        ("health insurance in 2023", "sum Expenses:Health:Insurance 2023"),
        ("dental insurance in 2023", "sum Expenses:Health:Dental:Insurance 2023"),
        ("what did Rex cost us in 2023? (the whole pet account)", "sum Expenses:Pet 2023"),
        ("what does Ada Pell owe us", "balance Assets:Receivable:Pell by account"),
    ],
)
def test_names(question: str, wanted: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == wanted


def test_a_name_within_an_occasion_is_what_was_booked_there(index: Index) -> None:
    outcome = plan_question("just the food", ["what did the dunes road trip cost"], TODAY, index)
    assert "Expenses:Travel:Food #roadtrip-dunes-2023" in digest(outcome)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what was check 1053 for", "check=1053"),
        ("account number of our Firth savings", "metadata Assets:Firth:Savings"),
        ("which phone bill was way off", "list Expenses:Home:Phone"),
        ("how many hours did Ada work", "refuse"),
        ("just the liabilities side of the balance sheet at the end of 2023", "balance liabilities"),
        ("what did we have in savings going into 2024", "2024-01-01"),
    ],
)
def test_what_is_kept(question: str, wanted: str, index: Index) -> None:
    assert wanted in digest(plan_question(question, [], TODAY, index))


@pytest.mark.parametrize(
    "question", ["how many hours of leave have I left", "vacation hours left", "how much vacation do we have left"]
)
def test_leave_that_is_booked(question: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == "balance Assets:Job:Leave"


@pytest.mark.parametrize("question", ["spending growth 2023 to 2024", "change in spending from 2023 to 2024"])
def test_what_changed_between_two_years(question: str, index: Index) -> None:
    told = digest(plan_question(question, [], TODAY, index))
    assert told.startswith("sum expenses")
    assert told.endswith("by year") or "[2024" in told


def test_charged_to_a_card_is_put_on_it(index: Index) -> None:
    put = digest(plan_question("how much did we put on the mortgage in 2023", [], TODAY, index))
    assert digest(plan_question("how much did we charge to the mortgage in 2023", [], TODAY, index)) == put


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("weekly shop 2023", "2023"),
        ("food by shop 2023", "2023"),
        ("any double charges in 2023", "list expenses 2023"),
        ("how many ACME shares do we have", "refuse"),
        ("what did we spend on netflix", "refuse"),
        ("average days until a bill is paid", "refuse"),
        ("how many times did we see Dr. Paws", "count"),
    ],
)
def test_what_names_nothing(question: str, wanted: str, index: Index) -> None:
    assert wanted in digest(plan_question(question, [], TODAY, index))


@pytest.mark.parametrize(
    ("question", "like"),
    [
        ("profit margin in 2023", "savings rate in 2023"),
        ("days since the last pet food", "when was the last pet food"),
        ("how much cash do we have", "how much money do we have"),
    ],
)
def test_other_words_for_it(question: str, like: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == digest(plan_question(like, [], TODAY, index))
