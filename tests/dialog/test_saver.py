"""A saver's books: brokers that charge in two currencies, a split, bonds named as such, a flat with a mortgage on it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "EUR"
plugin "beancount.plugins.auto_accounts"
2023-01-01 commodity WLDX
  name: "Wild World Fund"
  class: "fund"
2023-01-01 commodity ACME
  name: "Acme Tools"
  class: "stock"
2023-01-01 commodity RB27
  name: "Republic bond 2027"
  class: "bond"
2023-01-01 commodity GLM
  name: "Glimmer"
  class: "crypto"

2023-01-01 * "older books"
  Assets:Home:Flat   200000.00 EUR
  Liabilities:Mortgage:Norbank   -120000.00 EUR
  Assets:Bank:Checking   30000.00 EUR
  Assets:Bank:Franken   500.00 CHF
  Equity:Opening   -110000.00 EUR
  Equity:Opening   -500.00 CHF
2023-02-01 * "Norbank" "mortgage"
  Liabilities:Mortgage:Norbank   400.00 EUR
  Expenses:Mortgage:Interest   300.00 EUR
  Assets:Bank:Checking
2024-02-01 * "Norbank" "mortgage"
  Liabilities:Mortgage:Norbank   410.00 EUR
  Expenses:Mortgage:Interest   290.00 EUR
  Assets:Bank:Checking
2024-08-01 * "Norbank" "mortgage"
  Liabilities:Mortgage:Norbank   420.00 EUR
  Expenses:Mortgage:Interest   280.00 EUR
  Assets:Bank:Checking
2025-02-01 * "Norbank" "mortgage"
  Liabilities:Mortgage:Norbank   430.00 EUR
  Expenses:Mortgage:Interest   270.00 EUR
  Assets:Bank:Checking
2023-02-10 * "Polder" "Wild World"
  Assets:Depots:Polder:WLDX   20 WLDX {100.00 EUR}
  Expenses:Fees:Polder   4.00 EUR
  Assets:Bank:Checking
2023-02-11 * "Polder" "Republic 2027"
  Assets:Depots:Polder:RB27   10 RB27 {98.00 EUR}
  Expenses:Fees:Polder   4.00 EUR
  Assets:Bank:Checking
2023-03-01 * "Norbank" "francs"
  Assets:Depots:Gletsch:Cash   4000.00 CHF @@ 4000.00 EUR
  Assets:Bank:Checking
2023-03-02 * "Gletsch" "Acme"
  Assets:Depots:Gletsch:ACME   10 ACME {300.00 CHF}
  Expenses:Fees:Gletsch   30.00 CHF
  Assets:Depots:Gletsch:Cash
2023-06-01 * "Acme Tools" "dividend"
  Assets:Depots:Gletsch:Cash   90.00 CHF
  Income:Dividends
2023-09-01 * "Wild World" "distribution"
  Assets:Bank:Checking   40.00 EUR
  Income:Dividends
2023-09-02 * "Polder" "distribution reinvested"
  Assets:Depots:Polder:WLDX   1 WLDX {38.00 EUR}
  Assets:Bank:Checking
2024-03-01 * "Coinhouse" "coins"
  Assets:Wallet   2 GLM {50.00 EUR}
  Assets:Bank:Checking
2024-04-15 * "Gletsch" "split, four for one"
  Assets:Depots:Gletsch:ACME   -10 ACME {300.00 CHF, 2023-03-02}
  Assets:Depots:Gletsch:ACME   40 ACME {75.00 CHF, 2023-03-02}
2024-05-02 * "Gletsch" "some Acme gone"
  Assets:Depots:Gletsch:ACME   -12 ACME {75.00 CHF, 2023-03-02} @ 90.00 CHF
  Assets:Depots:Gletsch:Cash   1080.00 CHF
  Income:TradingProfit   -180.00 CHF
2024-12-01 * "Coinhouse" "one coin sold"
  Assets:Wallet   -1 GLM {50.00 EUR} @ 80.00 EUR
  Assets:Bank:Checking   80.00 EUR
  Income:TradingProfit   -30.00 EUR
2024-06-30 price CHF 1.05 EUR
2024-12-30 price ACME 88.00 CHF
2025-06-01 price CHF 1.10 EUR
2025-06-01 price WLDX 120.00 EUR
2025-06-01 price ACME 95.00 CHF
2025-06-01 price RB27 97.00 EUR
2025-06-01 price GLM 70.00 EUR
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def sides(question: str, index: Index) -> dict[str, list[str]]:
    """What each side of a comparison comes to."""
    plan, evidence = asked(index, question)
    assert plan.compare, plan
    return {str(row[0]): [f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell) for cell in row[1:3]]
            for row in evidence.table.rows}  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "mortgage interest this year against the same months last year",
        "interest on the mortgage this year vs the same months of last year",
        "mortgage interest in the same six months of last year vs this year",
    ],
)
def test_the_same_months_are_not_the_whole_year(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert [(each.period.start, each.period.end) for each in plan.compare] == [
        (dt.date(2024, 1, 1), dt.date(2024, 7, 1)),
        (dt.date(2025, 1, 1), dt.date(2025, 7, 1)),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "how many francs do i have, all accounts together",
        "how many francs have we got altogether",
        "how many francs do I have in total?",
    ],
)
def test_francs_are_counted_and_nothing_is_turned_into_them(question: str, index: Index) -> None:
    plan, evidence = asked(index, question)
    assert (plan.measure, plan.filters.currencies, plan.convert_to) == (Measure.BALANCE, ("CHF",), None)
    assert sum(row[-2] for row in evidence.table.rows if isinstance(row[-2], Decimal)) == Decimal(2640)


def test_what_all_is_worth_in_francs_is_turned_into_them(index: Index) -> None:
    plan, _ = asked(index, "how much are all our assets worth in francs altogether")
    assert plan.convert_to == "CHF"


@pytest.mark.parametrize(
    "question", ["how much of the flat is actually mine", "how much of the flat do I own", "how much of it is ours? I mean equity in the flat"]
)  # fmt: skip
def test_what_is_ones_own_of_the_flat(question: str, index: Index) -> None:
    plan, evidence = asked(index, question)
    assert plan.measure is Measure.NET_WORTH
    assert evidence.table.rows[0][0] == Decimal("81660.00")


@pytest.mark.parametrize(
    "question", ["how much have we paid off the flat", "how much did I pay off on the flat so far"]
)
def test_what_was_paid_off_a_thing_came_off_its_loan(question: str, index: Index) -> None:
    assert rows_of(question, index, Measure.SUM) == [["1660", "EUR"]]


def test_whether_it_is_paid_off_is_what_is_owed(index: Index) -> None:
    plan, evidence = asked(index, "is the flat paid off?")
    assert plan.measure is Measure.BALANCE
    assert abs(evidence.table.rows[0][0]) == Decimal("118340.00")  # type: ignore[arg-type]


def test_no_entry_tells_how_long_it_will_take(index: Index) -> None:
    outcome = plan_question("how many years until the flat is paid off", [], TODAY, index)
    assert isinstance(outcome, Refusal)


def test_what_became_of_distributions(index: Index) -> None:
    plan, evidence = asked(index, "how much of the distribution got reinvested")
    assert plan.filters.mentions[0].narrations == ("distribution reinvested",)
    assert evidence.table.rows == ((Decimal("38.00"), "EUR"),)


@pytest.mark.parametrize(
    "question", ["how much richer am i than a year ago", "am I richer than at the start of the year?"]
)
def test_richer_sets_two_days_side_by_side(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.NET_WORTH
    assert len(plan.compare) == 2


@pytest.mark.parametrize(
    "question", ["worth of my Acme at the end of 2024", "the acme, what was it worth at the end of 2024"]
)
def test_shares_called_like_a_payee(question: str, index: Index) -> None:
    plan, evidence = asked(index, question)
    assert (plan.measure, plan.filters.currencies) == (Measure.HOLDINGS, ("ACME",))
    assert evidence.table.rows[0][1] == Decimal(28) or Decimal(28) in evidence.table.rows[0]


def test_net_worth_with_the_shares_counted_in_is_of_all(index: Index) -> None:
    plan, _ = asked(index, "what am I worth including the Acme shares")
    assert plan.measure is Measure.NET_WORTH
    assert not plan.filters.currencies


@pytest.mark.parametrize("question", ["what is the laptop worth", "what are my Coinmarket holdings worth"])
def test_what_nobody_knows_is_not_all_that_is_held(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert not isinstance(outcome, Plan) or outcome.measure is not Measure.HOLDINGS


@pytest.mark.parametrize(
    "question",
    ["how much is in funds and how much in bonds", "funds vs bonds", "how is my money split between funds and bonds"],
)
def test_kinds_of_securities_are_told_apart(question: str, index: Index) -> None:
    assert sides(question, index) == {"funds": ["2520", "EUR"], "bonds": ["970", "EUR"]}


@pytest.mark.parametrize("question", ["asset allocation", "my portfolio by class", "what I own by asset class"])
def test_all_kinds_that_the_books_know(question: str, index: Index) -> None:
    found = sides(question, index)
    assert found == {"bond": ["970", "EUR"], "crypto": ["70", "EUR"], "fund": ["2520", "EUR"], "stock": ["2926", "EUR"]}


@pytest.mark.parametrize("question", ["which funds and bonds do I own", "how much did I put into funds and bonds"])
def test_what_is_asked_of_kinds_but_their_worth(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert not plan.compare


@pytest.mark.parametrize(
    "question", ["fees by broker", "broker fees per broker", "what did each broker charge in fees"]
)
def test_fees_by_broker(question: str, index: Index) -> None:
    plan, evidence = asked(index, question)
    assert plan.group_by == (Grouping.ACCOUNT,)
    assert {(row[0], row[1]) for row in evidence.table.rows} == {
        ("Expenses:Fees:Polder", Decimal("8.00")),
        ("Expenses:Fees:Gletsch", Decimal("30.00")),
    }


def test_the_dearest_broker_is_so_in_one_currency(index: Index) -> None:
    plan, evidence = asked(index, "which broker has cost me the most")
    assert (plan.convert_to, plan.limit) == ("EUR", 1)
    assert evidence.table.rows[0][:2] == ("Expenses:Fees:Gletsch", Decimal("33.0000"))


def test_what_lies_with_each_broker(index: Index) -> None:
    assert sides("how much do I have with each broker", index) == {
        "Gletsch": ["5280", "EUR"], "Polder": ["3490", "EUR"], "Wallet": ["70", "EUR"],
    }  # fmt: skip


def test_the_best_quarter_is_so_in_one_currency(index: Index) -> None:
    plan, evidence = asked(index, "in which quarter did I get the most dividends")
    assert plan.convert_to == "EUR"
    assert evidence.table.rows[0][0] == "2023-Q2"


def test_sold_in_everyday_words(index: Index) -> None:
    plan, evidence = asked(index, "when did i get rid of some acme and at what price")
    assert (plan.measure, plan.filters.sign) == (Measure.LIST, -1)
    assert "90.00 CHF" in headline(plan, evidence, index)


@pytest.mark.parametrize("question", ["what did i make on the coins i sold", "profit on the coins I sold"])
def test_the_gain_of_one_kind(question: str, index: Index) -> None:
    assert rows_of(question, index, Measure.SUM) == [["-30", "EUR"]]


def test_after_the_split_and_now(index: Index) -> None:
    plan, evidence = asked(index, "how many acme have i got now, after that split business")
    assert plan.measure is Measure.HOLDINGS
    assert Decimal(28) in evidence.table.rows[0]
    plan, evidence = asked(index, "how many acme shares did I hold after the split")
    assert Decimal(40) in evidence.table.rows[0]


def test_before_the_split_and_after(index: Index) -> None:
    found = sides("how many acme shares did i have before the split and how many after", index)
    assert found == {"before": ["10", "ACME"], "after": ["40", "ACME"]}


@pytest.mark.parametrize(
    "question", ["how's the wild world fund doing?", "how is Acme getting on", "how is my Acme doing"]
)
def test_how_a_holding_does_is_no_price(question: str, index: Index) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.HOLDINGS


def test_how_a_currency_does_is_its_price(index: Index) -> None:
    plan, _ = asked(index, "how's the franc doing")
    assert plan.measure is Measure.PRICE


@pytest.mark.parametrize("first", ["how much did I put into Wild World", "what did I pay for WLDX in total"])
def test_and_what_it_is_worth_now(first: str, index: Index) -> None:
    plan, evidence = asked(index, "and what's it worth now", None, first)
    assert plan.measure is Measure.HOLDINGS
    assert Decimal("2520.00") in evidence.table.rows[0]


def test_nothing_is_turned_into_bonds(index: Index) -> None:
    plan, _ = asked(index, "split what I own: bonds, wallet, cash")
    assert plan.convert_to in {None, "EUR"}


def test_sides_in_two_currencies_are_set_against_each_other_in_one(index: Index) -> None:
    plan, _ = asked(index, "did Polder or Gletsch cost me more in fees")
    assert plan.convert_to == "EUR"
