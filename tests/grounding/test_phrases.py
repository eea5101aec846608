"""Parts of a sentence: periods, names, what a figure is of, and how it is valued."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ledgerqa.grounding import phrases
from ledgerqa.records import Filters, Measure, Mention, MetadataFilter, Period, Plan, Valuation

MAY = Period(dt.date(2024, 5, 1), dt.date(2024, 6, 1))


@pytest.mark.parametrize(
    ("label", "flow", "balance"),
    [
        ("2023", "in 2023", "at the end of 2023"),
        ("in May 2024", "in May 2024", "at the end of May 2024"),
        ("2024-05-31", "on 2024-05-31", "on 2024-05-31"),
        ("31 May 2024", "on 31 May 2024", "on 31 May 2024"),
        ("as of 2024-05-31", "as of 2024-05-31", "as of 2024-05-31"),
        ("from 2024-05-01 to 2024-05-31", "from 2024-05-01 to 2024-05-31", "on 2024-05-31"),
        ("until 2024-05-31", "until 2024-05-31", "on 2024-05-31"),
        ("last month", "last month", "at the end of last month"),
        ("end of May 2024", "at the end of May 2024", "at the end of May 2024"),
        ("past 30 days", "in the past 30 days", "at the end of the past 30 days"),
        ("", "from 2024-05-01 to 2024-05-31", "on 2024-05-31"),
    ],
)
def test_periods(label: str, flow: str, balance: str) -> None:
    period = Period(MAY.start, MAY.end, label)
    assert phrases.during(period) == flow
    assert phrases.at_the_end_of(period) == balance


def test_open_periods() -> None:
    assert phrases.during(Period()) == ""
    assert phrases.during(Period(start=MAY.start)) == "since 2024-05-01"
    assert phrases.at_the_end_of(Period(start=MAY.start, label="since 2024-05-01")) == ""


def test_subject_names_every_filter() -> None:
    filters = Filters(
        accounts=("Expenses:Food:CornerBakery",),
        mentions=(Mention("crust", payees=("Crust",)), Mention("rolls", payees=("A", "B"))),
        exclude_accounts=("Expenses:Home",),
        tags=("trip",),
        links=("inv-1",),
        metadata=(MetadataFilter("receipt"), MetadataFilter("kind", "late")),
        currencies=("EUR",),
        flags=("!",),
        weekdays=(5, 6),
        minimum=Decimal("12.50"),
    )
    assert phrases.subject(filters, "on", "at") == (
        "on Corner Bakery (Expenses:Food:CornerBakery) with Crust and “rolls”, tagged #trip, linked ^inv-1, "
        "with receipt and with kind “late”, in EUR, flagged !, on Saturdays and Sundays, of more than 12.5, "
        "leaving out Home (Expenses:Home)"
    )
    assert phrases.subject(Filters()) == ""
    many = Filters(accounts=("A:X", "B:X"), mentions=(Mention("crust", payees=("Crust",)),), tags=tuple("abcdef"))
    assert phrases.subject(many, "on", "at") == "on A:X and B:X at Crust, tagged #a, #b, #c or others"


@pytest.mark.parametrize(
    ("low", "high", "inclusive", "text"),
    [
        (None, "5", True, "of at most 5"),
        ("5", None, True, "of at least 5"),
        ("5", "9", True, "between 5 and 9"),
        ("5", "5", True, "of exactly 5"),
        (None, "5", False, "of less than 5"),
    ],
)
def test_bounds(low: str | None, high: str | None, inclusive: bool, text: str) -> None:  # noqa: FBT001
    filters = Filters(
        minimum=Decimal(low) if low else None, maximum=Decimal(high) if high else None, inclusive=inclusive
    )
    assert phrases.subject(filters) == text


def test_valuation_is_named_with_its_day() -> None:
    day = dt.date(2020, 12, 31)
    assert phrases.valuation(Plan(Measure.SUM)) == ""
    assert phrases.valuation(Plan(Measure.SUM, valuation=Valuation.COST)) == "at cost"
    assert phrases.valuation(Plan(Measure.SUM, valuation=Valuation.MARKET, at=day)) == "at market prices of 2020-12-31"
    worth = Plan(Measure.NET_WORTH, valuation=Valuation.MARKET, period=MAY, convert_to="USD")
    assert phrases.valuation(worth) == "at market prices of 2024-05-31, converted to USD"
    assert phrases.valuation(Plan(Measure.SUM, convert_to="USD")) == "converted to USD at the newest rates"


def test_many_names_and_long_texts_are_cut_at_a_word() -> None:
    assert phrases.names(["a", "b", "c", "d", "e"]) == "a, b, c and others"
    assert phrases.shown("one\n  two") == "one two"
    cut = phrases.shown("12.50 EUR " * 20)
    assert cut.endswith(" …")
    assert len(cut) <= phrases.LONG_TEXT + 2
