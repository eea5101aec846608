"""What investors ask: units under a company's name, trades with their prices, money put in, positions in order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Clarify, Measure, Plan, Valuation

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.records import Cell
    from tests.conftest import MakeLedger

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "NOK"
plugin "beancount.plugins.auto_accounts"
2021-01-01 commodity AMBR
  name: "Amberkyst Global Equity"
2021-01-01 commodity TIDL
2021-01-01 commodity SOLV
  name: "Solvind ASA"

2021-03-01 * "Megler" "Kjøp AMBR"
  Assets:Broker:AMBR   10 AMBR {50.00 EUR}
  Expenses:Fees:Trading   4.00 EUR
  Assets:Broker:Cash
2022-02-10 * "Tidevann Works" "shares bought"
  Assets:Broker:TIDL   40 TIDL {20.00 NOK}
  Expenses:Fees:Trading   30.00 NOK
  Assets:Bank
2022-06-15 * "Megler" "Kjøp AMBR"
  Assets:Broker:AMBR   5 AMBR {62.00 EUR}
  Expenses:Fees:Trading   4.00 EUR
  Assets:Broker:Cash
2022-09-01 * "Solvind" "new shares"
  Assets:Broker:SOLV   10 SOLV {100.00 NOK}
  Assets:Bank
2023-04-20 * "Tidevann Works" "dividend"
  Income:Dividends:TIDL   -80.00 NOK
  Expenses:Taxes:Withheld   12.00 NOK
  Assets:Bank
2023-05-25 * "Fjordlaks AS" "pay"
  Income:Salary          -30000 NOK
  Expenses:Taxes:Income    9000 NOK
  Assets:Bank
2023-08-08 * "Tidevann Works" "shares sold"
  Assets:Broker:TIDL   -15 TIDL {20.00 NOK} @ 26.00 NOK
  Expenses:Fees:Trading   30.00 NOK
  Income:Gains:TIDL   -90.00 NOK
  Assets:Bank
2024-01-09 * "Megler" "Salg AMBR"
  Assets:Broker:AMBR   -3 AMBR {50.00 EUR} @ 71.00 EUR
  Income:Gains:AMBR   -63.00 EUR
  Assets:Broker:Cash
2024-02-02 * "Kiwi" "food"
  Expenses:Food   210 NOK
  Assets:Bank
2022-12-30 price AMBR 58.00 EUR
2023-06-30 price AMBR 66.00 EUR
2023-12-29 price AMBR 70.00 EUR
2024-05-10 price AMBR 75.00 EUR
2023-12-29 price TIDL 27.00 NOK
2023-12-29 price SOLV 80.00 NOK
2023-12-29 price EUR 11.00 NOK
"""

AMBR = ("12", "AMBR", "660", "EUR", "900", "EUR", "240", "EUR")
TIDL = ("25", "TIDL", "500", "NOK", "675", "NOK", "175", "NOK")
SOLV = ("10", "SOLV", "1000", "NOK", "800", "NOK", "-200", "NOK")


def planned(question: str, index: Index, *history: str) -> Plan:
    plan = plan_question(question, list(history), TODAY, index)
    assert isinstance(plan, Plan), plan
    return plan


def rows(plan: Plan, index: Index) -> list[tuple[str, ...]]:
    """The rows, each cell as it is written."""
    return [tuple(_written(cell) for cell in row) for row in gather(plan, index, TODAY).table.rows]


def _written(cell: Cell) -> str:
    return "" if cell is None else str(cell)


@pytest.mark.parametrize(
    "question",
    [
        "how many Tidevann shares do i still have",
        "how many shares of tidevann works do we hold",
        "do i still own any Tidevann stock",
        "what are my Tidevann shares worth",
    ],
)
def test_units_under_the_name_of_who_sells_them(question: str, index: Index) -> None:
    plan = planned(question, index)
    assert (plan.measure, plan.filters.currencies) == (Measure.HOLDINGS, ("TIDL",))
    assert rows(plan, index) == [("Assets:Broker:TIDL", *TIDL)]


@pytest.mark.parametrize(
    "question", ["how many units of amberkyst do I own", "how many amberkyst global equity shares have I got left"]
)
def test_units_under_the_name_of_the_commodity(question: str, index: Index) -> None:
    assert rows(planned(question, index), index) == [("Assets:Broker:AMBR", *AMBR)]


def test_the_cost_of_what_is_still_owned_is_that_of_the_holding(index: Index) -> None:
    plan = planned("what did I pay in total for the AMBR I still own?", index)
    assert (plan.measure, rows(plan, index)) == (Measure.HOLDINGS, [AMBR])


def test_what_it_was_trading_at_is_a_price(index: Index) -> None:
    assert rows(planned("what was AMBR trading at on 2023-07-03", index), index) == [
        ("2023-06-30", "AMBR", "66", "EUR")
    ]


def test_what_was_made_on_a_position_is_its_gain(index: Index) -> None:
    assert rows(planned("how much have I made on AMBR", index), index) == [("Assets:Broker:AMBR", *AMBR)]


def test_units_of_an_earlier_day(index: Index) -> None:
    found = rows(planned("how many Tidevann shares did I have at the end of 2022", index), index)
    assert found[0][:3] == ("Assets:Broker:TIDL", "40", "TIDL")


def test_a_broker_is_no_commodity(index: Index) -> None:
    """Entries under the broker's name book several commodities or none in particular."""
    plan = plan_question("how much did I pay Kiwi", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert rows(plan, index) == [("210", "NOK")]


@pytest.mark.parametrize(
    "question",
    [
        "what did i pay on average per AMBR share",
        "average cost of my AMBR",
        "average purchase price of amberkyst",
        "what did AMBR cost me per share",
    ],
)
def test_average_is_cost_over_units_held(question: str, index: Index) -> None:
    plan = planned(question, index)
    assert (plan.measure, plan.valuation, plan.commodity) == (Measure.AVERAGE, Valuation.COST, "AMBR")
    assert rows(plan, index) == [("55", "EUR")]


PURCHASES = [
    ("2021-03-01", "Megler", "Kjøp AMBR", "Assets:Broker:AMBR", "10", "AMBR", "50", "EUR"),
    ("2022-06-15", "Megler", "Kjøp AMBR", "Assets:Broker:AMBR", "5", "AMBR", "62", "EUR"),
]


@pytest.mark.parametrize(
    "question",
    [
        "when did I buy AMBR and at what price",
        "my AMBR purchases",
        "list all purchases of amberkyst",
        "did we buy AMBR",
    ],
)
def test_purchases_are_postings_of_the_commodity(question: str, index: Index) -> None:
    assert rows(planned(question, index), index) == PURCHASES


@pytest.mark.parametrize(
    "question", ["did i sell any tidevann", "list all sales of TIDL", "when did we sell tidevann stock"]
)
def test_sales_have_their_price(question: str, index: Index) -> None:
    sold = (
        "2023-08-08",
        "Tidevann Works",
        "shares sold",
        "Assets:Broker:TIDL",
        "-15",
        "TIDL",
        "20",
        "NOK",
        "26",
        "NOK",
    )
    assert rows(planned(question, index), index) == [sold]


def test_trades_by_period_and_place_in_time(index: Index) -> None:
    assert rows(planned("did i sell any solvind shares", index), index) == []
    assert rows(planned("when did i last buy AMBR", index), index) == PURCHASES[1:]
    assert [row[0] for row in rows(planned("what shares did I sell", index), index)] == ["2023-08-08", "2024-01-09"]
    bought = sorted(rows(planned("how many shares did I buy in 2022", index), index))
    assert bought == [("10", "SOLV"), ("40", "TIDL"), ("5", "AMBR")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what did I invest in 2022", [("1800", "NOK"), ("310", "EUR")]),
        ("how much have we invested in 2021", [("500", "EUR")]),
        ("how much did I put into AMBR in 2022", [("310", "EUR")]),
        ("how much money did I put into tidevann shares", [("800", "NOK")]),
        ("invested per year", [("2021", "500", "EUR"), ("2022", "1800", "NOK"), ("2022", "310", "EUR")]),
    ],
)
def test_investing_is_what_was_bought_at_cost(question: str, expected: list[tuple[str, ...]], index: Index) -> None:
    assert rows(planned(question, index), index) == expected


def test_a_period_alone_asks_the_same_of_other_days(index: Index) -> None:
    assert rows(planned("and in 2021?", index, "what did I invest in 2022"), index) == [("500", "EUR")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which position has gained the most", AMBR),
        ("what is my biggest gain among my stocks", AMBR),
        ("which stock lost the most", SOLV),
        ("worst performer", (*SOLV, "-20.0")),
        ("what's our best performing share", (*AMBR, "36.4")),
        ("biggest holding", AMBR),
        ("my smallest position", TIDL),
    ],
)
def test_one_position_in_order(question: str, expected: tuple[str, ...], index: Index) -> None:
    """240 EUR are more than 175 NOK, 900 EUR more than 800 NOK; cash gains nothing."""
    assert rows(planned(question, index), index) == [expected]


def test_several_positions_in_order(index: Index) -> None:
    assert rows(planned("top 2 holdings", index), index) == [AMBR, SOLV]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("how has the AMBR price moved", ["2022-12-30", "2023-06-30", "2023-12-29", "2024-05-10"]),
        ("AMBR price history", ["2022-12-30", "2023-06-30", "2023-12-29", "2024-05-10"]),
        ("price of amberkyst over 2023", ["2023-06-30", "2023-12-29"]),
        ("price of AMBR", ["2024-05-10"]),
        ("price of AMBR at the end of 2023", ["2023-12-29"]),
    ],
)
def test_prices_over_time_are_rows(question: str, days: list[str], index: Index) -> None:
    assert [row[0] for row in rows(planned(question, index), index)] == days


@pytest.mark.parametrize(
    "question", ["realised gains by stock", "realized gains per security", "what are my realised gains, by position"]
)
def test_gains_by_security_are_by_account(question: str, index: Index) -> None:
    found = rows(planned(question, index), index)
    assert sorted(found) == [("Income:Gains:AMBR", "-63", "EUR"), ("Income:Gains:TIDL", "-90", "NOK")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("withholding tax on dividends", [("12", "NOK")]),
        ("how much tax did they keep on my dividends", [("12", "NOK")]),
        ("tax on my salary", [("9000", "NOK")]),
        ("fees on purchases", [("30", "NOK"), ("8", "EUR")]),
        ("trading fees on sales", [("30", "NOK")]),
        ("income tax on my salary in 2023", [("9000", "NOK")]),
    ],
)
def test_a_part_of_other_entries_is_no_sum_of_both(
    question: str, expected: list[tuple[str, ...]], index: Index
) -> None:
    assert rows(planned(question, index), index) == expected


def test_what_is_never_booked_together_is_asked_back(index: Index) -> None:
    outcome = plan_question("fees on my salary", [], TODAY, index)
    assert isinstance(outcome, Clarify)
    assert [choice.label for choice in outcome.choices] == ["fees", "salary"]


def test_a_split_and_a_move_are_no_purchases(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    plugin "beancount.plugins.auto_accounts"
    2022-02-10 * "Megler" "shares bought"
      Assets:Broker:TIDL   10 TIDL {20.00 NOK}
      Assets:Bank
    2022-06-01 * "Megler" "split, four for one"
      Assets:Broker:TIDL  -10 TIDL {20.00 NOK}
      Assets:Broker:TIDL   40 TIDL {5.00 NOK}
    2022-09-01 * "Megler" "to the new depot"
      Assets:Broker:TIDL  -40 TIDL {5.00 NOK, 2022-06-01}
      Assets:Depot:TIDL    40 TIDL {5.00 NOK, 2022-06-01}
    """
    main = make_ledger(test_a_split_and_a_move_are_no_purchases.__doc__ or "")
    build(main, data_dir)
    with open_index(main, data_dir) as opened:
        assert rows(planned("what did I invest in 2022", opened), opened) == [("200", "NOK")]
        assert len(rows(planned("when did I buy TIDL", opened), opened)) == 1
        assert rows(planned("did i sell any TIDL", opened), opened) == []


def test_gains_that_no_rate_compares_are_each_shown(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    plugin "beancount.plugins.auto_accounts"
    2022-02-10 * "Megler" "bought"
      Assets:Broker:TIDL   10 TIDL {20.00 NOK}
      Assets:Bank
    2022-02-11 * "Broker" "bought"
      Assets:Abroad:AMBR   10 AMBR {50.00 EUR}
      Assets:Euros
    2023-01-01 price TIDL 90.00 NOK
    2023-01-01 price AMBR 60.00 EUR
    """
    main = make_ledger(test_gains_that_no_rate_compares_are_each_shown.__doc__ or "")
    build(main, data_dir)
    with open_index(main, data_dir) as opened:
        gained = rows(planned("which position has gained the most", opened), opened)
    assert sorted(row[-2:] for row in gained) == [("100", "EUR"), ("700", "NOK")]
