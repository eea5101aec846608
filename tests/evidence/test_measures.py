"""What moved, on the ledger of `conftest.SMALL`: rows reckoned by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.evidence import gather
from ledgerqa.records import (
    Filters,
    Grouping,
    Measure,
    Mention,
    MetadataFilter,
    Order,
    Period,
    Plan,
    Root,
    Variant,
)
from tests.evidence.asking import FOOD, RENT, TODAY, Y2022, Y2023, D, ask, facts, names, rows

if TYPE_CHECKING:
    from tests.evidence.conftest import Ledger

# ------------------------------------------------------------------------------------------------------ sums


def test_a_sum_takes_an_account_with_those_below_it_and_no_namesake(small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=FOOD, period=Y2022)
    assert rows(found) == [(D("58.20"), "EUR"), (D(100), "USD")]
    assert names(found) == ["amount", "currency"]
    assert (found.contributing, found.first_date, found.last_date) == (6, dt.date(2022, 2, 5), dt.date(2022, 12, 31))


def test_nothing_that_matches_is_no_row(small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=FOOD, period=Period(dt.date(1999, 1, 1), dt.date(2000, 1, 1)))
    assert (rows(found), found.contributing, found.entry_ids) == ([], 0, ())


def test_a_breakdown_runs_from_the_greatest_down_with_total_and_shares(small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=FOOD, period=Y2022, group_by=(Grouping.PAYEE,))
    assert rows(found) == [
        ('Joe\'s "Diner"', D("31.4"), "EUR"),
        ("O'Brien", D("16.8"), "EUR"),
        ("Market", D(10), "EUR"),
        ("market", D(100), "USD"),
    ]
    assert facts(found, "total") == [(D("58.2"), "EUR"), (D(100), "USD")]
    assert facts(found, "share") == [(D("54.0"), "%"), (D("28.9"), "%"), (D("17.2"), "%"), (D("100.0"), "%")]


def test_a_limit_says_how_many_there_are_and_cites_those_shown(small: Ledger) -> None:
    top = gather(Plan(Measure.SUM, FOOD, Y2022, group_by=(Grouping.PAYEE,), limit=1), small.index, TODAY)
    assert rows(top) == [('Joe\'s "Diner"', D("31.4"), "EUR")]
    assert (top.table.row_count, top.table.truncated, top.contributing) == (4, True, 1)
    assert [entry.payee for entry in small.index.entries(top.entry_ids)] == ['Joe\'s "Diner"']


@pytest.mark.parametrize(
    ("grouping", "keys"),
    [
        (Grouping.MONTH, ["2022-01", "2022-02", "2022-03", "2022-05"]),
        (Grouping.QUARTER, ["2022-Q1", "2022-Q2"]),
        (Grouping.YEAR, ["2022"]),
        (Grouping.WEEK, ["2022-W01", "2022-W05", "2022-W09", "2022-W18"]),
        (Grouping.DAY, [dt.date(2022, 1, 3), dt.date(2022, 2, 3), dt.date(2022, 3, 3), dt.date(2022, 5, 3)]),
        (Grouping.WEEKDAY, ["Monday", "Tuesday", "Thursday"]),
    ],
)
def test_series_run_forward(grouping: Grouping, keys: list[object], small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=RENT, group_by=(grouping,))
    assert [row[0] for row in rows(found)] == keys


def test_accounts_are_cut_to_a_depth(small: Ledger) -> None:
    found = ask(
        small, Measure.SUM, filters=Filters(roots=(Root.EXPENSES,)), group_by=(Grouping.ACCOUNT,), account_depth=2
    )
    assert [row[0] for row in rows(found) if row[2] == "EUR"] == [
        "Expenses:Home",
        "Expenses:Food",
        "Expenses:Foodstamps",
        "Expenses:Fees",
    ]


def test_an_entry_with_two_tags_stands_in_both_groups_and_no_total_is_claimed(small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=FOOD, group_by=(Grouping.TAG,))
    assert rows(found) == [("food", D("41.4"), "EUR"), ("trip", D("31.4"), "EUR")]
    assert found.facts == ()
    only = ask(small, Measure.SUM, filters=Filters(accounts=FOOD.accounts, tags=("trip",)), group_by=(Grouping.TAG,))
    assert rows(only) == [("trip", D("31.4"), "EUR")]


def test_sides_have_rows_difference_and_change(small: Ledger) -> None:
    wage = Filters(accounts=("Earnings:Wage",))
    months = [Period(dt.date(2022, month, 1), dt.date(2022, month + 1, 1)) for month in (1, 2, 3)]
    sides = tuple(Variant(name, wage, span) for name, span in zip(("Jan", "Feb", "Mar"), months, strict=True))
    found = ask(small, Measure.SUM, compare=sides[:2])
    assert rows(found) == [("Jan", D(-2000), "EUR"), ("Feb", D(-2100), "EUR")]
    assert facts(found, "difference") == [(D(-100), "EUR")]
    assert facts(found, "change") == [(D("5.0"), "%")]  # more was earned, whatever the sign
    empty = ask(small, Measure.SUM, compare=sides[1:])
    assert rows(empty) == [("Feb", D(-2100), "EUR"), ("Mar", D(0), "EUR")]
    assert facts(empty, "change") == [(D("-100.0"), "%")]


def test_what_the_sides_have_in_common_need_not_be_repeated(small: Ledger) -> None:
    sides = (Variant("2022", Filters(), Y2022), Variant("2023", Filters(), Y2023))
    found = ask(small, Measure.SUM, filters=RENT, compare=sides)
    assert rows(found) == [("2022", D(2840), "EUR"), ("2023", D(0), "EUR")]


def test_net_income_keeps_the_ledgers_sign_under_a_renamed_root(small: Ledger) -> None:
    found = ask(small, Measure.NET_INCOME, period=Period(dt.date(2022, 1, 1), dt.date(2022, 2, 1)))
    assert rows(found) == [(D("-1298.01"), "EUR")]


# -------------------------------------------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("filters", "entries"),
    [
        (Filters(mentions=(Mention("joe", payees=('Joe\'s "Diner"',)),)), 1),
        (Filters(mentions=(Mention("market", pattern="market"),)), 3),  # without regard to case
        (Filters(mentions=(Mention("ужин", pattern="УЖИН"),)), 1),
        (Filters(mentions=(Mention("x", pattern="broker"), Mention("y", narrations=("buy",)))), 2),
        (Filters(roots=(Root.EXPENSES,), exclude_mentions=(Mention("x", pattern="landlord|market"),)), 6),
        (Filters(tags=("food",)), 3),
        (Filters(tags=("food", "work")), 5),
        (Filters(tags=("food",), exclude_tags=("trip",)), 2),
        (Filters(mentions=(Mention("no payee", payees=("",)),)), 2),
        (Filters(tags=("food",), exclude_periods=(Period(end=dt.date(9999, 1, 1)),)), 0),
        (Filters(links=("ada", "deal")), 2),
        (Filters(metadata=(MetadataFilter("receipt"),)), 1),
        (Filters(metadata=(MetadataFilter("who", "Ada"),)), 1),
        (Filters(metadata=(MetadataFilter("who", "Bob"),)), 0),
        (Filters(flags=("!",)), 1),
        (Filters(currencies=("JPY",)), 1),
        (Filters(weekdays=(6,), roots=(Root.EXPENSES,)), 4),
        (Filters(minimum=D(720), roots=(Root.EXPENSES,)), 0),
        (Filters(minimum=D(720), inclusive=True, roots=(Root.EXPENSES,)), 2),
        (Filters(maximum=D("4.2"), inclusive=True, roots=(Root.EXPENSES,)), 4),
        (Filters(sign=-1, roots=(Root.EXPENSES,)), 1),
        (Filters(minimum=D(10) ** 22), 1),  # more than the exact column holds
        (Filters(accounts=("Expenses:Food",), exclude_accounts=("Expenses:Food:Out",)), 3),
    ],
)
def test_filters(filters: Filters, entries: int, small: Ledger) -> None:
    found = ask(small, Measure.COUNT, filters=filters)
    assert rows(found) == [(entries,)]
    assert found.contributing == entries


def test_metadata_of_a_posting_is_that_postings_alone(small: Ledger) -> None:
    found = ask(small, Measure.SUM, filters=Filters(metadata=(MetadataFilter("who"),)))
    assert rows(found) == [(D("31.4"), "EUR")]


# ------------------------------------------------------------------------------------- counts and averages


@pytest.mark.parametrize(
    ("what", "count"),
    [("postings", 8), ("entries", 6), ("days", 5), ("months", 2), ("years", 1), ("payees", 4), ("accounts", 3)],
)
def test_counts(what: str, count: int, small: Ledger) -> None:
    assert rows(ask(small, Measure.COUNT, filters=FOOD, period=Y2022, count_of=what)) == [(count,)]


def test_a_count_by_group(small: Ledger) -> None:
    found = ask(small, Measure.COUNT, filters=FOOD, period=Y2022, group_by=(Grouping.ACCOUNT,))
    assert rows(found) == [("Expenses:Food:Out", 3), ("Expenses:Food:Market", 2), ("Expenses:Food", 1)]


def test_nothing_counts_nought(small: Ledger) -> None:
    assert rows(ask(small, Measure.COUNT, filters=Filters(tags=("none",)))) == [(0,)]


def test_an_average_booking(small: Ledger) -> None:
    found = ask(small, Measure.AVERAGE, filters=RENT)
    assert rows(found) == [(D(710), "EUR")]
    assert (facts(found, "total"), facts(found, "divisor")) == ([(D(2840), "EUR")], [(D(4), "")])


@pytest.mark.parametrize(
    ("span", "today", "divisor", "noted"),
    [
        (Y2022, TODAY, 12, False),  # a month without rent counts
        (Period(), TODAY, 5, False),  # from the first to the last booking
        (Period(dt.date(2022, 1, 1)), TODAY, 18, True),  # open: up to today
        (Y2022, dt.date(2022, 6, 10), 6, True),  # what lies ahead does not count, the current month does
        (Y2022, dt.date(2022, 6, 30), 6, False),
        (Period(end=dt.date(2022, 4, 1)), TODAY, 3, False),
    ],
)
def test_an_average_month(span: Period, today: dt.date, divisor: int, noted: bool, small: Ledger) -> None:  # noqa: FBT001
    found = ask(small, Measure.AVERAGE, today, filters=RENT, period=span, per="month")
    assert facts(found, "divisor") == [(D(divisor), "")]
    assert bool(found.notes) == noted


def test_an_average_month_of_each_year(small: Ledger) -> None:
    span = Period(dt.date(2022, 3, 1), dt.date(2023, 3, 1))
    found = ask(
        small,
        Measure.AVERAGE,
        filters=Filters(roots=(Root.EXPENSES,), currencies=("EUR",)),
        period=span,
        per="month",
        group_by=(Grouping.YEAR,),
    )
    assert facts(found, "divisor") == [(D(10), "")]
    assert rows(found) == [("2022", D(144), "EUR")]


# ------------------------------------------------------------------------------------------------ listings


def test_a_list_of_postings(small: Ledger) -> None:
    found = ask(small, Measure.LIST, filters=RENT, order=Order("date", descending=True), key="receipt")
    assert names(found) == ["date", "payee", "narration", "account", "amount", "currency", "receipt"]
    assert rows(found)[0] == (
        dt.date(2022, 5, 3),
        "The Landlord",
        "Rent 05/2022",
        "Expenses:Home:Rent",
        D(720),
        "EUR",
        None,
    )
    assert found.row_entries == found.entry_ids
    assert [entry.date.month for entry in small.index.entries(found.entry_ids)] == [5, 3, 2, 1]


def test_a_list_of_entries_shows_each_once_by_its_weightiest_posting(small: Ledger) -> None:
    mention = Filters(mentions=(Mention("b", payees=("O'Brien",)),))
    found = ask(small, Measure.LIST, filters=mention, unit="entry")
    assert [row[5:] for row in rows(found)] == [(D("-8.4"), "EUR")] * 2
    spent = Filters(mentions=mention.mentions, roots=(Root.EXPENSES,))
    assert [row[4:] for row in rows(ask(small, Measure.LIST, filters=spent, unit="entry"))] == [
        ("Expenses:Food:Out", D("4.2"), "EUR")
    ] * 2


def test_the_largest_amounts_come_first_even_those_beyond_the_column(small: Ledger) -> None:
    found = gather(Plan(Measure.LIST, order=Order("amount", descending=True), limit=2), small.index, TODAY)
    assert [(abs(row[4]), row[5]) for row in rows(found)] == [(D("123456789012345678901234"), "JPY")] * 2
    assert (found.table.row_count > 2, found.table.truncated, found.contributing) == (True, True, 1)


def test_a_list_converts_before_it_orders(small: Ledger) -> None:
    plan = Plan(
        Measure.LIST,
        Filters(currencies=("USD", "EUR"), roots=(Root.EXPENSES,)),
        Y2022,
        order=Order("amount", descending=True),
        convert_to="USD",
        at=dt.date(2022, 1, 2),
        limit=1,
    )
    assert rows(gather(plan, small.index, TODAY))[0][4:] == (720 * (1 / D("0.88")), "USD")
