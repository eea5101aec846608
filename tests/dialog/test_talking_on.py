"""People who talk on: both together, more than before, the other card, who got the most of those, sorry I meant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan

from .asking import Scripted, asked
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 11, 10)
LEDGER = """
option "operating_currency" "NZD"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Savings
2023-01-01 open Liabilities:Visa:Moana
2023-01-01 open Liabilities:Visa:Piet
2023-01-01 open Income:Pension:Moana
2023-01-01 open Income:Pension:Piet
2023-01-01 open Income:Shed
2023-01-01 open Expenses:Power
2023-01-01 open Expenses:Rates
2023-01-01 open Expenses:Water
2023-01-01 open Expenses:Shed:Rent
2023-01-01 open Expenses:Bach:Rent
2023-01-01 open Expenses:Groceries
2023-01-01 open Expenses:Presents:Ruby
2023-01-01 open Expenses:Presents:Otis

2023-02-01 * "Bank" "start"
  Assets:Savings             900 NZD
  Assets:Bank
2023-06-01 * "Spark Line" "power"
  Expenses:Power             100 NZD
  Assets:Bank
2024-06-01 * "Spark Line" "power"
  Expenses:Power             120 NZD
  Assets:Bank
2024-07-01 * "Council" "rates"
  Expenses:Rates             300 NZD
  Assets:Bank
2024-07-02 * "Council" "water"
  Expenses:Water              40 NZD
  Assets:Bank
2024-08-01 * "Green Barn" "weekly shop"
  Expenses:Groceries          50 NZD
  Liabilities:Visa:Moana
2024-08-02 * "Green Barn" "weekly shop"
  Expenses:Groceries          60 NZD
  Liabilities:Visa:Piet
2024-08-03 * "Tuipak" "weekly shop"
  Expenses:Groceries          70 NZD
  Assets:Bank
2024-08-04 * "Tuipak" "box of biscuits for Ruby"
  Expenses:Presents:Ruby      20 NZD
  Assets:Bank
2024-08-05 * "Toy Hut" "kite"
  Expenses:Presents:Otis      30 NZD
  Assets:Bank
2024-09-01 * "Hay Sheds" "quarter"
  Expenses:Shed:Rent         200 NZD
  Assets:Bank
2024-09-02 * "Bach Lets" "rent"
  Expenses:Bach:Rent         500 NZD
  Assets:Bank
2024-09-03 * "Hay Sheds" "bees let out"
  Assets:Bank                 15 NZD
  Income:Shed
2024-10-01 * "State" "pension"
  Assets:Bank               1500 NZD
  Income:Pension:Moana
2024-10-02 * "State" "pension"
  Assets:Bank               1400 NZD
  Income:Pension:Piet
2025-06-01 * "Spark Line" "power"
  Expenses:Power             130 NZD
  Assets:Bank
"""
POWER = "power in 2024"


def told(index: Index, *questions: str) -> str:
    return digest(plan_question(questions[-1], questions[:-1], TODAY, index))


@pytest.mark.parametrize(
    "question", ["both together?", "so together?", "what do they come to?", "add them up", "and the sum of the two"]
)
def test_both_together(index: Index, question: str) -> None:
    assert told(index, POWER, "and the rates?", question) == "sum Expenses:Power Expenses:Rates 2024"


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        (
            (POWER, "and the rates?", "and water?", "all three together?"),
            "sum Expenses:Power Expenses:Rates Expenses:Water 2024",
        ),
        ((POWER, "and the rates?", "and water?", "the last two together?"), None),
        ((POWER, "and in 2023?", "both years together"), "sum Expenses:Power 2023-01-01..2025-01-01"),
        (
            (POWER, "and the rates?", "how many were there?", "how much?", "both together?"),
            "sum Expenses:Power Expenses:Rates 2024",
        ),
        ((POWER, "and the rates?", "the biggest one?"), "list Expenses:Rates + 2024 order -amount limit 1"),
        ((POWER, "both together?"), "sum Expenses:Power 2024"),
    ],
)
def test_what_is_taken_together(index: Index, questions: tuple[str, ...], plan: str | None) -> None:
    assert plan is None or told(index, *questions) == plan


def sides(index: Index, *questions: str) -> list[tuple[str, ...]]:
    plan = plan_question(questions[-1], questions[:-1], TODAY, index)
    assert isinstance(plan, Plan)
    return [(*each.filters.accounts, each.period.label) for each in plan.compare]


@pytest.mark.parametrize(
    "question", ["what's the difference?", "which was more?", "compare the two", "which of them cost more?"]
)
def test_the_last_two_side_by_side(index: Index, question: str) -> None:
    assert sides(index, POWER, "and the rates?", question) == [("Expenses:Power", ""), ("Expenses:Rates", "")]
    years = [("Expenses:Power", "in 2023"), ("Expenses:Power", "in 2024")]
    assert sides(index, POWER, "and in 2023?", question) == years


@pytest.mark.parametrize(
    "question",
    [
        "is that more than the year before?",
        "was it less the year before?",
        "is it up on the previous year?",
        "more than in 2023?",
    ],
)
def test_more_than_before(index: Index, question: str) -> None:
    plan = plan_question(question, (POWER,), TODAY, index)
    assert isinstance(plan, Plan)
    assert [each.period.label for each in plan.compare] == ["in 2023", "in 2024"]
    assert not plan.reading


def test_more_than_something_else(index: Index) -> None:
    for question in ("is that more than the rates?", "was it more than we paid for rates?"):
        assert sides(index, POWER, question) == [("Expenses:Power", ""), ("Expenses:Rates", "")]


def test_a_list_compared(index: Index) -> None:
    plan = plan_question("how does that compare to 2023?", ("list the power bills of 2024",), TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.SUM
    assert {each.period.label for each in plan.compare} == {"in 2023", "in 2024"}


def test_years_by_their_numbers_are_whole(index: Index) -> None:
    """Though the one is not over: "power in 2025" was of all of it, too."""
    assert sides(index, "power in 2025", "how does that compare to 2024?") == [
        ("Expenses:Power", "in 2025"),
        ("Expenses:Power", "in 2024"),
    ]


def test_a_change_that_names_something(index: Index) -> None:
    assert not sides(index, POWER, "did that go up on the rates?")


def test_days_of_the_year_before(index: Index) -> None:
    assert sides(index, "power this year", "is that more than the year before?") == [
        ("Expenses:Power", "from 2024-01-01 to 2024-11-10"),
        ("Expenses:Power", "from 2025-01-01 to 2025-11-10"),
    ]


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        (("groceries at Green Barn in 2024", "and at Tuipak?"), "sum Expenses:Groceries <Tuipak> 2024"),
        (("groceries at Green Barn in 2024", "Tuipak?"), "sum Expenses:Groceries <Tuipak> 2024"),
        (("groceries at Green Barn in 2024", "and the Toy Hut?"), "sum expenses <Toy Hut> 2024"),
        (("shed rent in 2024", "and of the bach?"), "sum Expenses:Bach:Rent 2024"),
        (("shed rent in 2024", "and the power?"), "sum Expenses:Power 2024"),
        (("rent of the shed in 2024", "and the bach?"), "sum Expenses:Bach:Rent 2024"),
        ((POWER, "sorry, I meant the rates"), "sum Expenses:Rates 2024"),
        ((POWER, "no, 2023"), "sum Expenses:Power 2023"),
        ((POWER, "wait, sorry, 2023"), "sum Expenses:Power 2023"),
        ((POWER, "now the rates: what did they cost us in that year"), "sum Expenses:Rates 2024"),
        (("power in 2023", "and the year after?"), "sum Expenses:Power 2024"),
        ((POWER, "just the biggest one"), "list Expenses:Power + 2024 order -amount limit 1"),
        ((POWER, "only the last one"), "list Expenses:Power 2024 order -date limit 1"),
        ((POWER, "break it down by month"), "sum Expenses:Power 2024 by month order key"),
        (("how much pension did Moana get in 2024", "same for Piet"), "sum Income:Pension:Piet 2024"),
    ],
)
def test_in_its_place(index: Index, questions: tuple[str, ...], plan: str) -> None:
    assert told(index, *questions) == plan


@pytest.mark.parametrize("question", ["sorry, the other card", "no, I meant Piet's", "and on Piet's visa?"])
def test_what_it_was_paid_with(index: Index, question: str) -> None:
    plan = plan_question(question, ("groceries on Moana's visa in 2024",), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.filters.accounts, plan.filters.alongside) == (("Expenses:Groceries",), ("Liabilities:Visa:Piet",))


def test_who_of_those_told(index: Index) -> None:
    told_each = "presents in 2024 by account"
    most = "sum Expenses:Presents 2024 by account order -amount limit 1"
    assert told(index, told_each, "who got the most?") == most
    assert told(index, told_each, "which one got the most?") == most
    assert "by payee" in told(index, told_each, "who did we pay most?")


def test_a_flow_that_names_contradict(index: Index) -> None:
    """What only a model hears gives way to an account called just so: rent is paid, though the shed earns, too."""
    model = Scripted({"measure": ("sum", 0.9), "flow": ("income", 0.9)}, {"rent": "NAME", "shed": "NAME"})
    plan, _ = asked(index, "rent of the shed in 2024", model, today=TODAY)
    assert plan.filters.accounts == ("Expenses:Shed:Rent",)
    plan, _ = asked(index, "what the shed brought in 2024", model, today=TODAY)
    assert plan.filters.accounts == ("Income:Shed",)
