"""What stands and what is written beside the entries, on the ledger of `conftest.SMALL`: rows reckoned by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.evidence import gather
from ledgerqa.records import (
    Filters,
    Grouping,
    Measure,
    Order,
    Period,
    Plan,
    Root,
    Valuation,
)
from tests.evidence.asking import FOOD, RENT, TODAY, Y2022, D, ask, facts, names, rows

if TYPE_CHECKING:
    from decimal import Decimal

    from tests.evidence.conftest import Ledger

# ------------------------------------------------------------------------------------------------- balances


def test_a_balance_counts_from_the_beginning_and_leaves_out_noughts(small: Ledger) -> None:
    found = ask(small, Measure.BALANCE, filters=Filters(accounts=("Assets:Depot",)), period=Y2022)
    assert rows(found) == [(D("9.333"), "FUND"), (D("0.1234567890123456780123"), "COIN")]
    assert rows(ask(small, Measure.BALANCE, filters=Filters(accounts=("Assets:Bank:Savings",)))) == []


def test_a_balance_is_valued_on_its_last_day(small: Ledger) -> None:
    depot = Filters(accounts=("Assets:Depot:FUND",))
    cost = ask(small, Measure.BALANCE, filters=depot, valuation=Valuation.COST)
    assert rows(cost) == [(D("97.59633"), "EUR")]
    value = ask(
        small, Measure.BALANCE, filters=depot, valuation=Valuation.MARKET, period=Period(end=dt.date(2022, 8, 1))
    )
    assert rows(value) == [(D("150.6629"), "EUR")]  # 13.333 at 11.3
    newest = ask(small, Measure.BALANCE, filters=depot, valuation=Valuation.MARKET)
    assert rows(newest) == [(D("111.0627"), "EUR")]  # 9.333 at 11.9


def test_what_cannot_be_converted_is_shown_and_named(small: Ledger) -> None:
    found = ask(small, Measure.NET_WORTH, convert_to="USD", at=dt.date(2022, 1, 2))
    assert found.unconverted == ("COIN", "JPY")
    assert [row[1] for row in rows(found)] == ["USD", "COIN", "JPY"]


def test_a_series_of_balances_has_a_row_for_each_month_even_an_idle_one(small: Ledger) -> None:
    found = ask(
        small,
        Measure.BALANCE,
        dt.date(2022, 4, 10),
        filters=Filters(accounts=("Assets:Depot:FUND",)),
        group_by=(Grouping.MONTH,),
        valuation=Valuation.MARKET,
    )
    assert rows(found) == [(f"2022-0{month}", D(101), "EUR") for month in (1, 2, 3, 4)]
    units = ask(small, Measure.BALANCE, filters=Filters(accounts=("Assets:Depot:FUND",)), group_by=(Grouping.QUARTER,))
    assert [row[:2] for row in rows(units)] == [
        ("2022-Q1", D(10)),
        ("2022-Q2", D("13.333")),
        ("2022-Q3", D("9.333")),
        ("2022-Q4", D("9.333")),
        ("2023-Q1", D("9.333")),
        ("2023-Q2", D("9.333")),
    ]


def test_a_series_starts_from_what_was_there(small: Ledger) -> None:
    span = Period(dt.date(2022, 11, 1), dt.date(2023, 2, 1))
    found = ask(
        small,
        Measure.BALANCE,
        filters=Filters(accounts=("Liabilities:Card",), currencies=("EUR",)),
        period=span,
        group_by=(Grouping.MONTH,),
    )
    assert rows(found) == [
        ("2022-11", D("-65.5"), "EUR"),
        ("2022-12", D("-65.5"), "EUR"),
        ("2023-01", D("-74.81"), "EUR"),
    ]


def test_statements_have_totals_and_what_is_left(small: Ledger) -> None:
    span = Period(dt.date(2022, 1, 1), dt.date(2022, 2, 1))
    income = ask(small, Measure.INCOME_STATEMENT, period=span)
    assert rows(income) == [
        ("Earnings:Wage", D(-2000), "EUR"),
        ("Expenses:Home:Rent", D(700), "EUR"),
        ("Expenses:Fees", D("1.99"), "EUR"),
    ]
    assert facts(income, "expenses") == [(D("701.99"), "EUR")]
    assert facts(income, "net") == [(D("-1298.01"), "EUR")]
    sheet = ask(small, Measure.BALANCE_SHEET, period=Period(end=dt.date(2022, 1, 4)))
    assert facts(sheet, "assets") == [(D(300), "EUR"), (D("20.5"), "USD")]
    assert facts(sheet, "net") == [(D(700), "EUR")]


# ------------------------------------------------------------------------------------- holdings and prices


def test_holdings_have_cost_value_and_gain(small: Ledger) -> None:
    found = ask(small, Measure.HOLDINGS, filters=Filters(currencies=("FUND",)))
    assert names(found) == [
        "account",
        "units",
        "commodity",
        "cost",
        "currency",
        "value",
        "currency",
        "gain",
        "currency",
    ]
    assert rows(found) == [
        ("Assets:Depot:FUND", D("9.333"), "FUND", D("97.59633"), "EUR", D("111.0627"), "EUR", D("13.46637"), "EUR")
    ]
    ((average, currency),) = facts(found, "average_cost")
    assert (round(average, 6), currency) == (D("10.457123"), "EUR")
    assert facts(found, "price") == [(D("11.9"), "EUR")]


def test_holdings_are_what_is_no_money_of_the_ledger(small: Ledger) -> None:
    found = ask(small, Measure.HOLDINGS, group_by=(Grouping.CURRENCY,))
    assert {row[1] for row in rows(found)} == {"FUND", "COIN", "USD", "JPY"}


def test_the_average_cost_of_a_unit(small: Ledger) -> None:
    found = ask(small, Measure.AVERAGE, commodity="FUND")
    assert names(found) == ["average", "currency"]
    assert rows(found)[0][0] * D("9.333") - D("97.59633") < D("1e-20")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"commodity": "FUND", "at": dt.date(2022, 12, 31)}, [(dt.date(2022, 7, 1), "FUND", D("11.3"), "EUR")]),
        ({"commodity": "FUND", "at": dt.date(2022, 7, 1)}, [(dt.date(2022, 7, 1), "FUND", D("11.3"), "EUR")]),
        ({"commodity": "FUND", "at": dt.date(2021, 7, 1)}, []),
        ({"commodity": "FUND"}, [(dt.date(2023, 9, 1), "FUND", D("11.9"), "EUR")]),
        (
            {"commodity": "FUND", "order": Order("amount", descending=True), "limit": 1},
            [(dt.date(2023, 1, 1), "FUND", D("12.37"), "EUR")],
        ),
        (
            {"commodity": "FUND", "period": Y2022},
            [(dt.date(2022, 1, 2), "FUND", D("10.1"), "EUR"), (dt.date(2022, 7, 1), "FUND", D("11.3"), "EUR")],
        ),
        (
            {"commodity": "FUND", "group_by": (Grouping.YEAR,)},
            [(dt.date(2022, 7, 1), "FUND", D("11.3"), "EUR"), (dt.date(2023, 9, 1), "FUND", D("11.9"), "EUR")],
        ),
        ({"commodity": "JPY", "quote": "EUR"}, [(dt.date(2022, 3, 3), "JPY", 1 / D("130.45"), "EUR")]),
    ],
)
def test_prices(changes: dict[str, Any], expected: list[tuple[Any, ...]], small: Ledger) -> None:
    found = ask(small, Measure.PRICE, **changes)
    assert rows(found) == expected
    assert [entry.type for entry in small.index.entries(found.entry_ids)] == ["price"] * len(expected)
    assert all(row is not None for row in found.row_entries)


# ---------------------------------------------------------------------------------------------- directives


def test_budgets_in_force_and_against_spending(small: Ledger) -> None:
    found = ask(small, Measure.BUDGET, filters=FOOD)
    assert rows(found) == [("Expenses:Food", "weekly", D(35), "EUR")]
    before = ask(small, Measure.BUDGET, filters=FOOD, at=dt.date(2022, 2, 1))
    assert rows(before) == [("Expenses:Food", "monthly", D(100), "EUR")]
    february = ask(small, Measure.BUDGET, filters=FOOD, period=Period(dt.date(2022, 2, 1), dt.date(2022, 3, 1)))
    assert rows(february) == [("Expenses:Food", "monthly", D(100), "EUR", D("58.2"), "EUR", D("41.8"), "EUR")]
    assert facts(february, "used") == [(D("58.2"), "%")]
    types = [entry.type for entry in small.index.entries(february.entry_ids)]
    assert types == ["custom", *["transaction"] * 5]


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        (dt.date(2023, 4, 1), dt.date(2024, 4, 1), D(8400)),
        (dt.date(2023, 4, 6), dt.date(2024, 4, 6), D(8400)),
        (dt.date(2023, 10, 1), dt.date(2024, 3, 1), D(3500)),
        (dt.date(2024, 2, 1), dt.date(2024, 3, 1), D(700)),
        (dt.date(2021, 10, 1), dt.date(2022, 3, 1), D(1400)),  # stated from January on
        (dt.date(2023, 4, 1), dt.date(2023, 4, 11), D(8400) * 10 / 365),
    ],
)
def test_whole_months_have_as_many_twelfths_of_a_year(
    small: Ledger, start: dt.date, end: dt.date, allowed: Decimal
) -> None:
    found = ask(small, Measure.BUDGET, filters=Filters(accounts=("Expenses:Home:Rent",)), period=Period(start, end))
    assert [round(row[2], 20) for row in rows(found)] == [round(allowed, 20)]


def test_metadata_of_accounts_commodities_and_entries(small: Ledger) -> None:
    account = ask(small, Measure.METADATA, filters=Filters(accounts=("Assets:Bank:Checking",)), key="number")
    assert rows(account) == [(dt.date(2022, 1, 1), "Assets:Bank:Checking", "DE 12")]
    commodity = ask(small, Measure.METADATA, commodity="FUND", key="class")
    assert rows(commodity) == [(dt.date(1990, 1, 1), "FUND", "stock")]
    entry = ask(small, Measure.METADATA, filters=Filters(tags=("trip",)))
    assert [row[2:] for row in rows(entry)] == [("receipt", "r-17"), ("who", "Ada")]
    nobody = ask(small, Measure.METADATA, filters=Filters(accounts=("Liabilities:Card",)), key="who")
    assert rows(nobody) == []


def test_accounts_opened_closed_and_open_at_a_time(small: Ledger) -> None:
    closed = ask(small, Measure.ACCOUNTS, key="closed")
    assert rows(closed) == [("Assets:Old", dt.date(2022, 1, 1), dt.date(2023, 6, 30), "")]
    assert [entry.type for entry in small.index.entries(closed.entry_ids)] == ["close"]
    then = ask(small, Measure.ACCOUNTS, filters=Filters(roots=(Root.ASSETS,)), period=Period(dt.date(2023, 7, 1)))
    assert [row[0] for row in rows(then)] == [
        "Assets:Bank:Checking",
        "Assets:Bank:Savings",
        "Assets:Cash",
        "Assets:Depot:COIN",
        "Assets:Depot:FUND",
        "Assets:Lent:Ada",
    ]


def test_other_directives(small: Ledger) -> None:
    city = Plan(
        Measure.EVENTS,
        period=Period(end=dt.date(2022, 8, 2)),
        order=Order("date", descending=True),
        limit=1,
        key="city",
    )
    assert rows(gather(city, small.index, TODAY)) == [(dt.date(2022, 8, 1), "city", "Basel")]
    assert rows(ask(small, Measure.NOTES))[0][1:] == ("Assets:Bank:Checking", "called the bank")
    assert rows(ask(small, Measure.QUERIES)) == [("food", "SELECT sum(position) WHERE account ~ 'Food'")]
    assert rows(ask(small, Measure.DOCUMENTS)) == []
    names_of = {row[0]: row[1] for row in rows(ask(small, Measure.COMMODITIES))}
    assert names_of == {"EUR": "Euro", "FUND": "A fund", "USD": None, "JPY": None, "COIN": None}
    failing = ask(small, Measure.BALANCE_CHECKS, failing=True)
    assert [row[1:4] for row in rows(failing)] == [("Assets:Cash", D(1), "USD")]
    assert len(rows(ask(small, Measure.BALANCE_CHECKS))) == 2
    assert [row[2] for row in rows(ask(small, Measure.LEDGER_ERRORS))] == ["BalanceError"]


# --------------------------------------------------------------------------------------- gaps and recurring


def test_gaps_are_spans_without_a_match_up_to_today(small: Ledger) -> None:
    found = ask(small, Measure.GAPS, dt.date(2022, 6, 10), filters=RENT, period=Y2022)
    assert rows(found) == [("2022-04",), ("2022-06",)]
    assert facts(found, "looked_at") == [(D(6), "")]
    assert len(found.entry_ids) == 4
    quarters = ask(small, Measure.GAPS, dt.date(2022, 9, 30), filters=RENT, group_by=(Grouping.QUARTER,))
    assert rows(quarters) == [("2022-Q3",)]


def test_recurring_payments_have_a_cadence(small: Ledger) -> None:
    found = ask(small, Measure.RECURRING, dt.date(2022, 5, 20))
    assert rows(found) == []  # a month was left out: two of three intervals are no habit
    steady = ask(small, Measure.RECURRING, dt.date(2022, 3, 20), period=Period(end=dt.date(2022, 4, 1)))
    assert rows(steady) == [
        ("The Landlord", "Expenses:Home:Rent", "monthly", D(720), "EUR", 3, dt.date(2022, 1, 3), dt.date(2022, 3, 3))
    ]
    assert facts(steady, "yearly") == [(D(8640), "EUR")]


def test_what_recurs_is_told_for_a_single_month(small: Ledger) -> None:
    march = Period(dt.date(2022, 3, 1), dt.date(2022, 4, 1))
    found = ask(small, Measure.RECURRING, dt.date(2022, 3, 20), period=march)
    day = dt.date(2022, 3, 3)
    assert rows(found) == [("The Landlord", "Expenses:Home:Rent", "monthly", D(720), "EUR", 1, day, day)]
    assert len(found.entry_ids) == 1


def test_what_has_ended_does_not_recur(small: Ledger) -> None:
    found = ask(
        small, Measure.RECURRING, dt.date(2023, 4, 1), filters=Filters(accounts=("Expenses:Home:Rent",), maximum=D(720))
    )
    assert rows(found) == []
