"""A self-employed cook talks on about home, kitchen and van: what was told first is pointed at, put right, set aside.

"That shop" and "that month" are no names: they are looked up as the answer before was, or asked back.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan

from .asking import asked
from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "GBP"

2022-01-01 open Assets:Bank
2022-01-01 open Assets:TaxPot
2022-01-01 open Assets:Owing:Harlow
2022-01-01 open Liabilities:VanLoan
2022-01-01 open Liabilities:Aunt
2022-01-01 open Income:Kitchen:Dinners
2022-01-01 open Income:Kitchen:Shifts
2022-01-01 open Income:Wages
2022-01-01 open Expenses:Kitchen:Meat
2022-01-01 open Expenses:Kitchen:Fish
2022-01-01 open Expenses:Van:Petrol
2022-01-01 open Expenses:Home:Groceries
2022-01-01 open Expenses:Home:Films
2022-01-01 open Expenses:Home:Phone
2022-01-01 open Expenses:Home:Away
2022-01-01 open Expenses:Tax

2023-01-02 * "Northbank" "van loan"
  Assets:Bank  2000 GBP
  Liabilities:VanLoan
2023-01-03 * "Aunt" "for the boiler"
  Assets:Bank  500 GBP
  Liabilities:Aunt
2023-03-01 * "Northbank" "instalment"
  Liabilities:VanLoan  300 GBP
  Assets:Bank
2024-03-01 * "Northbank" "instalment"
  Liabilities:VanLoan  400 GBP
  Assets:Bank
2024-05-01 * "Aunt" "back"
  Liabilities:Aunt  100 GBP
  Assets:Bank
2025-05-01 * "Aunt" "back"
  Liabilities:Aunt  150 GBP
  Assets:Bank
2023-06-01 * "put by"
  Assets:TaxPot  300 GBP
  Assets:Bank
2024-10-01 * "put by"
  Assets:TaxPot  200 GBP
  Assets:Bank
2023-02-03 * "Applegrove" "fill"
  Expenses:Van:Petrol  50 GBP
  Assets:Bank
2023-02-20 * "Jetty" "fill"
  Expenses:Van:Petrol  60 GBP
  Assets:Bank
2023-07-20 * "Jetty" "fill"
  Expenses:Van:Petrol  70 GBP
  Assets:Bank
2024-04-20 * "Jetty" "fill"
  Expenses:Van:Petrol  40 GBP
  Assets:Bank
2024-09-20 * "Applegrove" "fill"
  Expenses:Van:Petrol  56 GBP
  Assets:Bank
2023-02-10 * "Lidgate" "shop"
  Expenses:Home:Groceries  30 GBP
  Assets:Bank
2024-04-10 * "Lidgate" "shop"
  Expenses:Home:Groceries  90 GBP
  Assets:Bank
2024-09-11 * "Aldwin" "shop"
  Expenses:Home:Groceries  80 GBP
  Assets:Bank
2025-05-11 * "Aldwin" "shop"
  Expenses:Home:Groceries  20 GBP
  Assets:Bank
2025-05-12 * "Lidgate" "shop"
  Expenses:Home:Groceries  25 GBP
  Assets:Bank
2025-05-13 * "Lidgate" "birthday candles"
  Expenses:Home:Away  5 GBP
  Assets:Bank
2024-02-01 * "Prosser" "lamb"
  Expenses:Kitchen:Meat  210 GBP
  Assets:Bank
2024-03-01 * "Prosser" "beef"
  Expenses:Kitchen:Meat  150 GBP
  Assets:Bank
2023-03-04 * "Prosser" "beef"
  Expenses:Kitchen:Meat  100 GBP
  Assets:Bank
2024-03-02 * "Haven" "cod"
  Expenses:Kitchen:Fish  75 GBP
  Assets:Bank
2024-04-02 * "Harlow" "dinner for ten" ^d-01
  Assets:Owing:Harlow  700 GBP
  Income:Kitchen:Dinners
2024-05-02 * "Harlow" "paid" ^d-01
  Assets:Bank  700 GBP
  Assets:Owing:Harlow
2025-06-02 * "Harlow" "dinner for six" ^d-02
  Assets:Owing:Harlow  400 GBP
  Income:Kitchen:Dinners
2023-09-02 * "Okafor" "dinner"
  Assets:Bank  300 GBP
  Income:Kitchen:Dinners
2024-09-02 * "Okafor" "dinner"
  Assets:Bank  200 GBP
  Income:Kitchen:Dinners
2024-12-01 * "School" "kitchen wages"
  Assets:Bank  800 GBP
  Expenses:Tax  200 GBP
  Income:Wages
2023-12-01 * "School" "kitchen wages"
  Assets:Bank  600 GBP
  Expenses:Tax  150 GBP
  Income:Wages
2023-08-05 * "Cove Cottages" "week away" #cornwall23
  Expenses:Home:Away  400 GBP
  Assets:Bank
2024-08-05 * "Cove Cottages" "week away" #cornwall24
  Expenses:Home:Away  500 GBP
  Assets:Bank
2024-08-06 * "Harbour Inn" "supper" #cornwall24
  Expenses:Home:Away  40 GBP
  Assets:Bank
2024-01-14 * "Flickering" "films"
  Expenses:Home:Films  8 GBP
  Assets:Bank
2024-02-14 * "Flickering" "films"
  Expenses:Home:Films  8 GBP
  Assets:Bank
2024-03-14 * "Flickering" "films"
  Expenses:Home:Films  11 GBP
  Assets:Bank
2024-01-09 * "Gabble" "phone"
  Expenses:Home:Phone  18 GBP
  Assets:Bank
2024-02-09 * "Gabble" "phone"
  Expenses:Home:Phone  21 GBP
  Assets:Bank
2024-03-09 * "Gabble" "phone"
  Expenses:Home:Phone  21 GBP
  Assets:Bank
"""


def told(index: Index, *questions: str) -> str:
    return digest(plan_question(questions[-1], questions[:-1], TODAY, index))


def figures(index: Index, *questions: str) -> list[str]:
    """The amounts in the rows that the last question comes to, without their signs."""
    _, evidence = asked(index, questions[-1], None, *questions[:-1], today=TODAY)
    cells = (cell for row in evidence.table.rows for cell in row)
    return [f"{abs(cell).normalize():f}" for cell in cells if isinstance(cell, Decimal)]


SHOP = "where do i buy the most groceries"
WORST = "which month was the worst for petrol in 2023"
AT_LIDGATE = "sum expenses <Lidgate>"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much did i spend at that shop last month", f"{AT_LIDGATE} 2025-05"),
        ("what did I spend there in 2024", f"{AT_LIDGATE} 2024"),
        ("and how much have we paid them this year", f"{AT_LIDGATE} 2025"),
        ("when was i last there", "list expenses <Lidgate> order -date limit 1"),
        ("how often do i shop at that place", "count <Lidgate>"),
        ("what was that in 2023", f"{AT_LIDGATE} 2023"),
    ],
)
def test_the_shop_that_was_told(index: Index, question: str, plan: str) -> None:
    """It is Lidgate, with 145 against 100: never all groceries."""
    assert told(index, SHOP, question) == plan


def test_the_shop_stays_spoken_of(index: Index) -> None:
    talk = (SHOP, "how much did i spend at that shop last month")
    assert told(index, *talk, "and the month before?") == f"{AT_LIDGATE} 2025-04"
    assert told(index, "groceries at Aldwin", "and at that shop in 2024?") == (
        "sum Expenses:Home:Groceries <Aldwin> 2024"
    )


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        ((WORST, "how many fills that month"), "count <fill> 2023-02"),
        ((WORST, "what did i spend on groceries in that month"), "sum Expenses:Home:Groceries 2023-02"),
        (("petrol last month", "and groceries that month?"), "sum Expenses:Home:Groceries 2025-05"),
        (("petrol in 2024", "and groceries that month?"), "clarify: "),
        (("how many fills that month",), "clarify: "),
        (
            ("In April 2024 we were away. What did petrol cost that month?",),
            "sum Expenses:Van:Petrol 2024-04",
        ),
        (("my biggest petrol bill", "what else did i buy that month"), "list expenses outgoing 2023-07"),
    ],
)
def test_the_month_that_was_told(index: Index, questions: tuple[str, ...], plan: str) -> None:
    """Both fills of February come to more than July's."""
    assert told(index, *questions) == plan


def test_of_those_told_in_order_by_their_places(index: Index) -> None:
    talk = ("petrol in 2023", "the two top places", "how much did i pay the second one in 2024")
    assert told(index, *talk) == "sum expenses <Applegrove> 2024"
    assert told(index, *talk, "and the first one?") == "sum expenses <Jetty> 2024"


def test_where_nothing_was_told_it_is_asked_back(index: Index) -> None:
    """Nobody was paid in 2030, and so no shop is meant."""
    assert told(
        index, "who got most for petrol and groceries in may 2025", "what did i spend at that shop in 2024"
    ) == (f"{AT_LIDGATE} 2024")
    assert told(index, "who got most for dinners in 2030", "what did i spend at that shop in 2024") == "clarify: "


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        (
            ("what do i owe my aunt", "how much have i paid back so far"),
            "sum Liabilities:Aunt +",
        ),
        (("what do i owe on the van loan", "how much did we pay off in 2024"), "sum Liabilities:VanLoan + 2024"),
        (("what do i owe on the van loan", "how much have i repaid", "and in 2023"), "sum Liabilities:VanLoan + 2023"),
        (("how much have i paid back so far",), "clarify: "),
        (("groceries in 2024", "how much did i repay in 2024"), "clarify: "),
    ],
)
def test_what_was_paid_back_of_the_debt_spoken_of(index: Index, questions: tuple[str, ...], plan: str) -> None:
    assert told(index, *questions) == plan


def test_what_they_paid_who_owed(index: Index) -> None:
    assert figures(index, "does harlow owe me anything", "how much have they paid me in all") == ["700"]


@pytest.mark.parametrize(
    ("questions", "sides"),
    [
        (("groceries in 2024", "as a share of everything"), ["170", "1528"]),
        (("groceries at Lidgate in 2024", "what percent of groceries is that"), ["90", "170"]),
        (("petrol in 2023", "what's that as a proportion of all my spending"), ["180", "860"]),
        (("dinners in 2024", "what share of my income is that"), ["900", "1900"]),
    ],
)
def test_that_as_a_part_of_a_whole(index: Index, questions: tuple[str, ...], sides: list[str]) -> None:
    assert figures(index, *questions)[:2] == sides


@pytest.mark.parametrize("question", ["no, i meant net", "and after costs?", "sorry, profit", "net of expenses"])
def test_less_what_it_cost(index: Index, question: str) -> None:
    assert told(index, "what did the kitchen bring in in 2024", question) == (
        "net_income Income:Kitchen Expenses:Kitchen 2024"
    )


def test_net_pay_and_back_to_gross(index: Index) -> None:
    assert figures(index, "wages in 2024", "i meant net") == ["800"]
    assert figures(index, "wages in 2024", "i meant net", "and in 2023?") == ["600"]
    assert figures(index, "net wages in 2024", "sorry, gross") == ["1000"]
    assert told(index, "groceries in 2024", "after costs") == "sum Expenses:Home:Groceries 2024"


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        (("average petrol bill in 2024", "no, per month i meant"), "average Expenses:Van:Petrol 2024 per month"),
        (("average petrol bill in 2024", "a week?", "per bill"), "average Expenses:Van:Petrol 2024"),
        (("petrol in 2024", "per month"), "sum Expenses:Van:Petrol 2024 by month order key"),
        (("how many times did i buy petrol in 2024", "in money?"), "sum Expenses:Van:Petrol 2024"),
        (("dinners in 2024", "how many dinners"), "count Income:Kitchen:Dinners 2024"),
        (("petrol in 2024", "how many dinners"), "count Income:Kitchen:Dinners"),
    ],
)
def test_measured_otherwise(index: Index, questions: tuple[str, ...], plan: str) -> None:
    assert told(index, *questions) == plan


MEAT_AND_FISH = ("what did i spend on meat in 2024", "and fish?")
BOTH = "sum Expenses:Kitchen:Meat Expenses:Kitchen:Fish"


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        ((*MEAT_AND_FISH, "both together by month"), f"{BOTH} 2024 by month order key"),
        ((*MEAT_AND_FISH, "both together in 2023"), f"{BOTH} 2023"),
        ((*MEAT_AND_FISH, "how many was that", "both together, in money"), f"{BOTH} 2024"),
    ],
)
def test_both_together_and_more(index: Index, questions: tuple[str, ...], plan: str) -> None:
    assert told(index, *questions) == plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("back to cornwall - what about the year before", "sum expenses #cornwall23"),
        ("back to cornwall", "sum expenses #cornwall24"),
    ],
)
def test_back_to_what_was_spoken_of(index: Index, question: str, plan: str) -> None:
    talk = (
        "what did the cornwall trip cost in 2024",
        "who was most of it paid to?",
        "how much is in the tax pot",
        "when did i last put money in it",
    )
    assert told(index, *talk, question).startswith(plan)


def test_who_most_of_it_was_paid_to(index: Index) -> None:
    plan = plan_question("who was most of it paid to?", ("groceries in 2024",), TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.limit) == (Measure.SUM, 1)


@pytest.mark.parametrize(
    ("questions", "plan"),
    [
        (
            ("which month was the dearest of all", "break it down"),
            "sum expenses 2024-08 by account",
        ),
        (
            ("petrol in 2023", "what was the first one", "and the last one"),
            "list Expenses:Van:Petrol 2023 order -date limit 1",
        ),
        (("groceries last month", "how much did they cost in 2024"), "sum Expenses:Home:Groceries 2024"),
        (("what do i owe", "how much have i paid them so far"), "clarify: "),
        (("who paid us the most in 2024", "what did they bring in the year before"), "sum income <School> 2023"),
        (("who got most in 2024", "list what i bought there that year"), "list expenses <Cove Cottages> 2024"),
        (("have i paid off the van loan",), "balance Liabilities:VanLoan key owed"),
    ],
)
def test_what_is_meant_of_what_was_told(index: Index, questions: tuple[str, ...], plan: str) -> None:
    assert told(index, *questions) == plan


@pytest.mark.parametrize("question", ["how much has it grown then", "what's the difference", "has it gone up since"])
def test_what_stood_then_and_stands_now(index: Index, question: str) -> None:
    plan = plan_question(question, ("what's in the tax pot", "and a year ago?"), TODAY, index)
    assert isinstance(plan, Plan)
    assert [each.period.end for each in plan.compare] == [dt.date(2024, 7, 1), dt.date(2025, 7, 1)]


@pytest.mark.parametrize(
    "question", ["when did i buy it", "who from", "what date", "where did we get that", "what was it for"]
)
def test_the_one_that_was_told(index: Index, question: str) -> None:
    talk = ("dearest thing for the kitchen in 2024",)
    assert told(index, *talk, question) == told(index, *talk)


def test_the_one_of_another_time(index: Index) -> None:
    one = told(index, "dearest thing for the kitchen in 2024", "and how much was that in 2023")
    assert one == told(index, "dearest thing for the kitchen in 2023")


def test_when_another_price_changed(index: Index) -> None:
    assert figures(index, "when did flickering go up", "and the phone?") == figures(index, "when did the phone go up")


def test_another_topic_takes_nothing_along(index: Index) -> None:
    assert told(index, "what do i owe my aunt", "and groceries last month?") == ("sum Expenses:Home:Groceries 2025-05")
    assert told(index, "what did i spend most on in 2024", "how much was that in 2023").startswith(
        "sum Expenses:Home:Away 2023"
    )
