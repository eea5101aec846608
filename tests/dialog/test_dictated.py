"""Questions as they are dictated: years and days in words, what is taken back at once, talk around them.

The books are those of a family with two cars, a cat and a barn that they rebuild.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.spoken_dates import dates_in_figures
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.records import Clarify
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "USD"
2022-01-01 open Assets:Bank:Checking
2022-01-01 open Assets:Bank:RainFund
2022-01-01 open Liabilities:Visa
2022-01-01 open Income:Pay:Ursula
2022-01-01 open Income:Pay:Henk
2022-01-01 open Expenses:Cars:Volvo:Gas
2022-01-01 open Expenses:Cars:Volvo:Insurance
2022-01-01 open Expenses:Cars:Jeep:Gas
2022-01-01 open Expenses:Cars:Jeep:Insurance
2022-01-01 open Expenses:Cat:Food
2022-01-01 open Expenses:Cat:Vet
2022-01-01 open Expenses:Barn:Roof
2022-01-01 open Expenses:Barn:Labor
2022-01-01 open Expenses:Food:Groceries
2022-01-01 open Expenses:Food:Restaurants
2022-01-01 open Expenses:School:Tuition
2022-01-01 open Expenses:School:Lunches
2022-01-01 open Expenses:Cars:Pickup:Repairs
2022-01-01 open Expenses:MortgageInterest
2022-01-01 open Expenses:Cat:Grooming
2022-01-01 open Expenses:Glasses
2022-01-01 open Income:Refunds

2023-03-25 * "Vanderlyn Roofing" "deposit" #barn
  Expenses:Barn:Roof  900.00 USD
  Liabilities:Visa
2024-03-25 * "Vanderlyn Roofing" "balance" #barn
  Expenses:Barn:Roof  1900.00 USD
  Liabilities:Visa
2024-04-02 * "Odell Carpentry" "beams" #barn
  Expenses:Barn:Labor  700.00 USD
  Assets:Bank:Checking
2024-03-02 * "Market Basket" "weekly"
  Expenses:Food:Groceries  80.00 USD
  Liabilities:Visa
2024-04-02 * "Wegmans" "weekly"
  Expenses:Food:Groceries  90.00 USD
  Liabilities:Visa
2024-05-02 * "Corner Noodle" ""
  Expenses:Food:Restaurants  40.00 USD
  Liabilities:Visa
2023-05-02 * "Paws & Claws" "shots"
  Expenses:Cat:Vet  140.00 USD
  Liabilities:Visa
2024-05-02 * "Paws & Claws" "shots"
  Expenses:Cat:Vet  150.00 USD
  Liabilities:Visa
2024-05-03 * "Twenty Twenty Opticians" "lenses"
  Expenses:Glasses  210.00 USD
  Liabilities:Visa
2024-02-01 * "Fuel Stop" ""
  Expenses:Cars:Volvo:Gas  41.00 USD
  Liabilities:Visa
2024-02-02 * "Fuel Stop" ""
  Expenses:Cars:Jeep:Gas  61.00 USD
  Liabilities:Visa
2024-03-04 * "Market Basket" "returned blender"
  Liabilities:Visa  20.00 USD
  Expenses:Food:Groceries
2024-03-05 * "Treasury" "taxes"
  Assets:Bank:Checking  700.00 USD
  Income:Refunds
2024-06-01 * "Miller's Garage" "gearbox"
  Expenses:Cars:Pickup:Repairs  800.00 USD
  Liabilities:Visa
2024-06-03 * "Filling Hut" "gas for truck"
  Expenses:Cars:Jeep:Gas  51.00 USD
  Liabilities:Visa
2024-06-04 * "Kibble Barn" ""
  Expenses:Cat:Food  30.00 USD
  Liabilities:Visa
2024-06-05 * "Snip" ""
  Expenses:Cat:Grooming  35.00 USD
  Liabilities:Visa
2024-06-06 * "Hillside School" "fees"
  Expenses:School:Tuition  600.00 USD
  Expenses:School:Lunches  50.00 USD
  Liabilities:Visa
2024-06-07 * "Lakeside Mortgage" "payment"
  Expenses:MortgageInterest  9000.00 USD
  Assets:Bank:Checking
2024-01-15 * "Hospital" "payroll"
  Assets:Bank:Checking  3000.00 USD
  Income:Pay:Ursula
2024-01-28 * "Mill" "payroll"
  Assets:Bank:Checking  2800.00 USD
  Income:Pay:Henk
"""


@pytest.mark.parametrize(
    ("dictated", "figures"),
    [
        ("march twenty twenty four", "march 2024"),
        ("in twenty twenty three twenty twenty four and twenty-twenty-five", "in 2023 2024 and 2025"),
        ("in twenty three and twenty four", "in 23 and 24"),
        ("in twenty oh nine or two thousand and eight", "in 2009 or 2008"),
        ("since nineteen ninety nine", "since 1999"),
        ("the twenty fifth of march twenty twenty four", "the 25th of march 2024"),
        ("may the third two thousand twenty four", "may 3rd 2024"),
        ("march twenty twenty twenty four", "march 20th 2024"),
        ("between january fifteenth and march thirtieth", "between january 15th and march 30th"),
        ("from the fifteenth to the twenty second", "from the 15th to the 22nd"),
        ("q one twenty twenty five", "q1 2025"),
        ("the last twenty four months", "the last 24 months"),
    ],
)
def test_years_and_days_in_words(index: Index, dictated: str, figures: str) -> None:
    assert dates_in_figures(dictated, vocabulary(index)) == figures


@pytest.mark.parametrize(
    "said",
    [
        "over two hundred twenty five dollars",
        "anything over two thousand twenty dollars",
        "we spent two thousand twenty four on the roof",
        "twenty twenty dollar notes",
        "a choir of forty people in thirty rooms",
        "a class of thirty-four without a mistake",
        "in march twenty entries",
        "in march ten most expensive",
        "at twenty twenty opticians",
        "in one hundred twenty days",
        "the first of the month",
    ],
)
def test_amounts_counts_and_names_keep_their_words(index: Index, said: str) -> None:
    assert dates_in_figures(said, vocabulary(index)) == said


TAKEN_BACK = [
    # A time for a time, with what it leaves to be said by the one before.
    ("how much was the vet in twenty twenty three no wait i mean twenty twenty four", "sum Expenses:Cat:Vet 2024"),
    ("how much did ursula make in 2023 sorry 2024", "sum Income:Pay:Ursula 2024"),
    ("how much did ursula make in 2023 no 2024", "sum Income:Pay:Ursula 2024"),
    ("how much did ursula make in 2023, actually, make that 2024", "sum Income:Pay:Ursula 2024"),
    ("groceries in march 2024 no wait april", "sum Expenses:Food:Groceries 2024-04"),
    ("groceries in march no april 2024", "sum Expenses:Food:Groceries 2024-04"),
    ("groceries in march 2023 i mean 2024", "sum Expenses:Food:Groceries 2024-03"),
    ("groceries from january to march 2024 no wait april", "sum Expenses:Food:Groceries 2024-01-01..2024-05-01"),
    (
        "groceries from january to march twenty twenty three hang on twenty twenty four",
        "sum Expenses:Food:Groceries 2024-01-01..2024-04-01",
    ),
    ("cat food last year sorry the year before", "sum Expenses:Cat:Food 2023"),
    ("cat food the year before last no hold on last year", "sum Expenses:Cat:Food 2024"),
    ("last year or rather the year before that what was the vet", "sum Expenses:Cat:Vet 2023"),
    ("in 2023 how much was the vet no wait 2024", "sum Expenses:Cat:Vet 2024"),
    ("groceries in 2023 i mean from january to march", "sum Expenses:Food:Groceries 2023-01-01..2023-04-01"),
    (
        "what did the roof cost on march twenty fourth twenty twenty four no wait the twenty fifth",
        "sum Expenses:Barn:Roof 2024-03-25..2024-03-26",
    ),
    ("groceries in 2024 not 2023", "sum Expenses:Food:Groceries 2024"),
    ("groceries not in 2023 but in 2024", "sum Expenses:Food:Groceries 2024"),
    # A name for a name.
    ("how much at market basket no wait wegmans in 2024", "sum expenses <Wegmans> 2024"),
    ("groceries at market basket oh sorry at wegmans in 2024", "sum Expenses:Food:Groceries <Wegmans> 2024"),
    ("how much did ursula sorry henk make in 2024", "sum Income:Pay:Henk 2024"),
    ("how much did we spend on the volvo last year no wait the jeep", "sum Expenses:Cars:Jeep 2024"),
    ("whats in checking no the rain fund", "balance Assets:Bank:RainFund"),
    ("groceries scratch that restaurants in 2024", "sum Expenses:Food:Restaurants 2024"),
    # A number for a number, a question for a question.
    ("show everything over fifty no wait two hundred dollars in 2024", "list expenses >200 2024"),
    (
        "groceries in 2024 scratch that how many times did we buy groceries",
        "count Expenses:Food:Groceries 2024",
    ),
]


@pytest.mark.parametrize(("question", "plan"), TAKEN_BACK)
def test_what_is_taken_back_at_once(index: Index, question: str, plan: str) -> None:
    told = digest(plan_question(question, (), TODAY, index))
    assert told == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("groceries but no restaurants in 2024", "-Expenses:Food:Restaurants"),
        ("groceries in 2024 without the vet", "Expenses:Food:Groceries -Expenses:Cat:Vet"),
        ("how much did we actually spend on groceries in 2024", "sum Expenses:Food:Groceries 2024"),
        ("how much did groceries cost in 2024 sorry to bother you", "sum Expenses:Food:Groceries 2024"),
        ("which shops did we pay in 2024 but not in 2023", "2024"),
        ("compare groceries in 2023 and 2024", "2023] [2024"),
        ("what did checking hold on 1 May 2024", "balance Assets:Bank:Checking"),
        ("sorry for my english, i need the sum of groceries in 2024", "sum Expenses:Food:Groceries 2024"),
        ("groceries in 2024 rather than 2023", "2023"),
        ("the vet in 2024, i mean all of 2024", "sum Expenses:Cat:Vet 2024"),
    ],
)
def test_what_only_sounds_taken_back(index: Index, question: str, plan: str) -> None:
    told = digest(plan_question(question, (), TODAY, index))
    assert all(part in told for part in plan.split("] [")), told


def test_what_is_taken_back_goes_before_a_model_hears_talk(index: Index) -> None:
    """It may hear "no wait" as talk, and both years would be left."""
    question = "how much was the vet in 2023 no wait 2024"
    told = plan_question(question, (), TODAY, index, understander=Scripted(talk=("no wait",)))
    assert digest(told) == "sum Expenses:Cat:Vet 2024"


def test_an_earlier_question_is_carried_as_it_was_meant(index: Index) -> None:
    told = plan_question("and restaurants?", ("groceries in 2023 no wait twenty twenty four",), TODAY, index)
    assert digest(told) == "sum Expenses:Food:Restaurants 2024"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        # Without commas: an entry has one payee, and what lies side by side is listed.
        ("market basket wegmans in 2024", "sum expenses <Market Basket><Wegmans> 2024"),
        ("tuition lunches in 2024", "sum Expenses:School:Tuition Expenses:School:Lunches 2024"),
        (
            "vet food grooming for the cat in 2024",
            "sum Expenses:Cat:Vet Expenses:Cat:Food Expenses:Cat:Grooming 2024",
        ),
        ("how much on the cat i mean the vet and the food in 2024", "sum Expenses:Cat:Vet Expenses:Cat:Food 2024"),
        ("school lunches in 2024", "sum Expenses:School:Lunches 2024"),
        # What a thing is called elsewhere, before a line that happens to have the word.
        ("what did the truck cost us in 2024", "sum Expenses:Cars:Pickup 2024"),
        # Money that came back, though other refunds have an account.
        ("how much did market basket refund us", "sum expenses <Market Basket> -"),
        ("did we ever get a refund from market basket", "list expenses <Market Basket> -"),
        ("refunds from the treasury", "sum Income:Refunds <Treasury>"),
        # The next after it.
        (
            "who did we pay the most after the mortgage in 2024",
            "sum expenses -<Lakeside Mortgage> 2024 by payee order -amount limit 1",
        ),
        # Who says so is no name to look for.
        ("ursula says i spend too much at wegmans how much was it in 2024", "sum expenses <Wegmans> 2024"),
        ("whats in the rain budget i mean the rain fund", "balance Assets:Bank:RainFund"),
        ("what was ursulas grade in math", "refuse"),
        (
            "market basket or uh wegmans in 2024",
            "sum expenses 2024 [market basket: expenses <Market Basket>] [wegmans: expenses <Wegmans>]",
        ),
    ],
)
def test_how_people_talk(index: Index, question: str, plan: str) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


@pytest.mark.parametrize("question", ["cat insurance in 2024", "how much did school gas cost us last year"])
def test_what_is_called_nothing_there_is_no_sum_of_both(index: Index, question: str) -> None:
    """Insurance is kept for the cars alone: all of the cat and all of the insurance are no answer."""
    told = plan_question(question, (), TODAY, index)
    assert isinstance(told, Clarify)
    assert told.sentence.startswith("No account is called")


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("cat vet in 2024", "sum Expenses:Cat:Vet 2024"),
        ("cat food and groceries in 2024", "sum Expenses:Cat:Food Expenses:Food:Groceries 2024"),
        ("groceries restaurants in 2024", "sum Expenses:Food:Groceries Expenses:Food:Restaurants 2024"),
        ("glasses and cat in 2024", "sum Expenses:Glasses Expenses:Cat 2024"),
    ],
)
def test_what_is_there_or_listed_is_summed(index: Index, question: str, plan: str) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


@pytest.mark.parametrize(
    "question",
    [
        "whats the balance of the rain fund and how much do we owe on the visa",
        "how much do we owe on the visa and what is in the rain fund",
    ],
)
def test_what_is_held_and_what_is_owed_are_no_one_figure(index: Index, question: str) -> None:
    told = digest(plan_question(question, (), TODAY, index))
    assert {*told.split()} == {"balance", "Assets:Bank:RainFund", "Liabilities:Visa", "by", "account"}
