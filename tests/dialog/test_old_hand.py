"""Questions of one who uses all that Beancount has: fiscal years, lots and a split, checks, papers, events."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.grounding.existence import opening
from ledgerqa.plan_keys import CHANGE, IN_ALL
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted
from tests.dialog.old_hand_books import OLD_HAND

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = OLD_HAND

asked = partial(asking.asked, today=TODAY)
LAST_YEAR = (dt.date(2024, 4, 1), dt.date(2025, 4, 1))


def told(question: str, index: Index, model: Scripted | None = None) -> str:
    """The sentence that answers, with the yes or no before it."""
    plan, found = asked(index, question, model)
    return f"{opening(question, plan, found)} {headline(plan, found, index, (), question)}".strip()


def numbers(question: str, index: Index, model: Scripted | None = None) -> set[Decimal]:
    """The figures of the rows."""
    _, found = asked(index, question, model)
    return {abs(cell).normalize() for row in found.table.rows for cell in row if isinstance(cell, Decimal)}


@pytest.mark.parametrize(
    "question",
    [
        "what did I spend fy24/25",
        "spending last fiscal year",
        "what did I spend in FY25",
        "spending in the last financial year (april to april)",
    ],
)
def test_the_ledgers_own_option_says_where_fiscal_years_begin(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.period.start, plan.period.end) == LAST_YEAR
    assert not any("calendar years" in note for note in plan.reading)


def test_a_start_that_is_said_or_configured_goes_before_the_option(index: Index) -> None:
    said, _ = asked(index, "our fiscal year runs July to June, what did I spend last fiscal year")
    assert said.period.start == dt.date(2023, 7, 1)
    configured = plan_question("spending last fiscal year", (), TODAY, index, 9)
    assert isinstance(configured, Plan)
    assert configured.period.start == dt.date(2023, 9, 1)


@pytest.mark.parametrize("question", ["fy to date spend", "spending this fy to date", "spent so far this fiscal year"])
def test_the_fiscal_year_so_far(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.period.start, plan.period.end) == (dt.date(2025, 4, 1), dt.date(2025, 7, 1))


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("student loan balance at fy end", dt.date(2025, 4, 1)),
        ("net worth at the last fiscal year end", dt.date(2025, 4, 1)),
        ("net worth at the end of the fiscal year", dt.date(2025, 4, 1)),
        ("net worth at financial year end 2024", dt.date(2024, 4, 1)),
        ("net worth at year end", dt.date(2025, 1, 1)),
    ],
)
def test_the_end_of_a_fiscal_year_is_no_end_of_december(index: Index, question: str, end: dt.date) -> None:
    plan, _ = asked(index, question)
    assert plan.period.end == end


def test_each_fiscal_years_end_is_told_to_its_last_day(index: Index) -> None:
    plan, _ = asked(index, "net worth at each fiscal year end")
    assert dt.date(2025, 4, 1) in {each.period.end for each in plan.compare}


@pytest.mark.parametrize(
    ("question", "together"),
    [
        ("realised and unrealised gains together", "a gain of 778.00 EUR in all"),
        ("how much did I make on FELD altogether", "a gain of 550.00 EUR in all"),
        ("what have I made on QRTZ in total, sold and still held", "a gain of 228.00 EUR in all"),
        ("total profit on Feldspar", "a gain of 550.00 EUR in all"),
    ],
)
def test_what_sales_gained_is_told_with_what_is_unrealised(index: Index, question: str, together: str) -> None:
    plan, _ = asked(index, question)
    assert plan.key == IN_ALL
    assert together in told(question, index)


@pytest.mark.parametrize("question", ["unrealised gain on FELD", "what are my holdings worth"])
def test_what_is_unrealised_alone_stays_alone(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.key != IN_ALL


@pytest.mark.parametrize("question", ["dividend yield on QRTZ", "what's the yield of QRTZ"])
def test_no_yield_is_told_in_the_place_of_one(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("how many QRTZ did I have before the split", 10),
        ("how many QRTZ after the split", 20),
        ("how many FELD did I hold before the sale", 20),
        ("how many QRTZ do I have", 16),
    ],
)
def test_what_was_held_before_a_split_or_a_sale(index: Index, question: str, units: int) -> None:
    assert Decimal(units).normalize() in numbers(question, index)


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("price of QRTZ after the split", "44.00 EUR"),
        ("price of QRTZ before the split", "88.00 EUR"),
        ("GBP rate on the day I sent 1000 to Wiresmith", "1.13 EUR"),
        ("price of QRTZ when I moved to Liege", "50.00 EUR"),
        ("price of QRTZ", "40.00 EUR"),
    ],
)
def test_a_price_on_a_day_that_something_booked_tells(index: Index, question: str, price: str) -> None:
    assert f"is {price}" in told(question, index)


def test_no_price_is_told_of_a_day_that_nothing_tells(index: Index) -> None:
    assert isinstance(plan_question("price of QRTZ when I paid the rent", (), TODAY, index), Refusal)


def test_what_was_sold_at_a_loss(index: Index) -> None:
    _, found = asked(index, "did I sell anything at a loss")
    assert [row[0] for row in found.table.rows] == [dt.date(2025, 4, 8)]


def test_what_gained_within_a_time_is_not_guessed(index: Index) -> None:
    assert isinstance(plan_question("which holding lost the most since new year", (), TODAY, index), Refusal)
    assert isinstance(plan_question("which holding has lost the most", (), TODAY, index), Plan)


@pytest.mark.parametrize(
    "question", ["all my pounds in euros", "total GBP in euros", "how many pounds do I have in euros"]
)
def test_all_that_is_held_of_a_money_in_another(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.convert_to) == (Measure.BALANCE, "EUR")


@pytest.mark.parametrize("question", ["100 pounds in euros", "how many euros is 50 pounds", "what's 250 GBP in EUR"])
def test_so_many_of_a_money_in_another_is_a_rate(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.commodity) == (Measure.PRICE, "GBP")


@pytest.mark.parametrize("question", ["hens net of eggs", "what did the hens cost, eggs off", "hens less eggs"])
def test_a_cost_net_of_what_it_earned(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.NET_INCOME
    assert set(plan.filters.accounts) == {"Income:Eggs", "Expenses:Hens"}


def test_a_shop_that_is_left_out_is_no_income(index: Index) -> None:
    plan, _ = asked(index, "hens without Coop & Run")
    assert plan.measure is not Measure.NET_INCOME


def test_tax_on_dividends_is_no_dividend(index: Index) -> None:
    assert numbers("withholding tax on QRTZ dividends", index) == {Decimal(6)}


@pytest.mark.parametrize("question", ["hens without a receipt", "which hen costs have no receipt"])
def test_a_value_that_says_there_is_none_is_none(index: Index, question: str) -> None:
    assert numbers(question, index) == {Decimal(50).normalize(), Decimal(20).normalize()}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("which physio bills are not claimed", "FALSE"),
        ("unclaimed physio", "FALSE"),
        ("physio not claimed yet", "FALSE"),
        ("what physio have I claimed", "TRUE"),
    ],
)
def test_a_key_of_yes_and_no(index: Index, question: str, value: str) -> None:
    plan, _ = asked(index, question)
    assert [(each.key, each.value) for each in plan.filters.metadata] == [("claimed", value)]


def test_whether_one_thing_was_claimed_is_its_value(index: Index) -> None:
    plan, _ = asked(index, "was the knee claimed")
    assert plan.measure is Measure.METADATA


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("has the Leeds deposit come back", "Not in full."),
        ("did I get the Leeds deposit back", "Not in full."),
        ("did I get the studio deposit back", "Yes."),
        ("did Noor pay for Bergen", "Not in full."),
    ],
)
def test_whether_money_held_by_others_is_back(index: Index, question: str, answer: str) -> None:
    assert told(question, index).startswith(answer)


def test_a_deposit_that_is_out_is_no_count_that_is_out(index: Index) -> None:
    plan, found = asked(index, "is the Liege deposit still out")
    assert plan.measure is Measure.BALANCE
    assert Decimal(1500) in found.table.rows[0]


@pytest.mark.parametrize("question", ["by how much is the tin off", "how far out is the tin", "is the tin off"])
def test_how_far_a_checked_balance_is_off(index: Index, question: str) -> None:
    assert "off by 5.00 EUR" in told(question, index)


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("what's filed under Liege", "2024-03-04-contract.pdf"),
        ("is there a p60", "2024-02-20-p60.pdf"),
        ("where's the lease", "2025-01-10-lease.pdf"),
    ],
)
def test_a_paper_by_its_account_its_name_or_its_tag(index: Index, question: str, path: str) -> None:
    _, found = asked(index, question)
    assert any(path in str(cell) for row in found.table.rows for cell in row)


def test_a_saved_query_is_run_by_its_name(index: Index) -> None:
    plan, _ = asked(index, "run hen-costs")
    assert plan.measure is Measure.QUERIES


@pytest.mark.parametrize("question", ["what do the subs come to a month now", "subs per month at the moment"])
def test_what_comes_round_from_several_is_no_average_with_what_ended(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.RECURRING
    assert "15.00 EUR a month" in headline(plan, found, index, (), question)


@pytest.mark.parametrize("question", ["has Tuneful gone up", "did Tuneful get dearer"])
def test_an_amount_is_no_more_than_one_in_other_money(index: Index, question: str) -> None:
    said = told(question, index)
    assert "2.00 EUR (22.2%)" in said
    assert "9.00 EUR from 2024-01-05" in said


def test_a_year_paid_in_two_monies_is_no_years_rent(index: Index) -> None:
    plan, found = asked(index, "how has my rent changed over the years")
    assert plan.key == CHANGE
    risen = [each.note for each in found.facts if each.name == "risen"]
    assert all("2023" not in note.split(" to ")[0] or "GBP" in note for note in risen)


@pytest.mark.parametrize("question", ["am I over on eating out this month", "over budget on eating out this month?"])
def test_over_on_what_is_called_otherwise_is_of_that_budget(index: Index, question: str) -> None:
    outcome = plan_question(question, (), TODAY, index)
    assert not isinstance(outcome, Plan) or outcome.filters.accounts == ("Expenses:Eat:Out",)


def test_the_months_over_a_budget_are_no_gaps(index: Index) -> None:
    model = Scripted({"measure": ("gaps", 0.95), "group": ("month", 0.95)})
    plan, _ = asked(index, "which months was I over on Out in 2025", model)
    assert plan.measure is Measure.BUDGET


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("power since I moved to Liege vs before", {(dt.date(2024, 1, 10), None), (None, dt.date(2024, 1, 10))}),
        ("power before moving to Liege and after", {(dt.date(2024, 1, 10), None), (None, dt.date(2024, 1, 10))}),
        ("power since 2024 vs before", {(dt.date(2024, 1, 1), None), (None, dt.date(2024, 1, 1))}),
    ],
)
def test_the_other_side_of_a_day(
    index: Index, question: str, sides: set[tuple[dt.date | None, dt.date | None]]
) -> None:
    plan, _ = asked(index, question)
    assert {(each.period.start, each.period.end) for each in plan.compare} == sides


def test_a_month_of_unequal_times_is_an_average(index: Index) -> None:
    plan, _ = asked(index, "power per month since I moved to Liege vs before")
    assert (plan.measure, plan.per) == (Measure.AVERAGE, "month")


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("power in each place I lived", ["Leeds", "Liege"]),
        ("spending per month at each job", ["Ashgrove", "Borel"]),
    ],
)
def test_each_time_that_events_tell(index: Index, question: str, labels: list[str]) -> None:
    plan, _ = asked(index, question)
    assert [each.label.partition(" (")[0] for each in plan.compare] == labels


def test_each_place_is_no_event_where_nobody_lived_there(index: Index) -> None:
    plan, _ = asked(index, "what did I spend in each shop")
    assert not plan.compare


def test_the_biggest_outlier_is_no_largest_payment(index: Index) -> None:
    plan, _ = asked(index, "biggest outlier in 2025")
    assert plan.pick == "unusual"
    assert gather(plan, index, TODAY).table is not None
