"""A sailing club's questions of its books: what is set aside, owed by berth, granted, laid out and budgeted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted
from tests.dialog.sailing_club import SAILING_CLUB

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = SAILING_CLUB

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def _figures(question: str, index: Index, *history: str, model: Scripted | None = None) -> list[Decimal]:
    _, found = asked(index, question, model, *history)
    return [abs(cell) for row in found.table.rows for cell in row if isinstance(cell, Decimal)]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much is set aside for the slipway now", 1420),
        ("what have we put by for the slipway", 1420),
        ("how much is in the slipway fund", 1420),
        ("what's earmarked for junior boats", 150),
        ("how much is ring-fenced for the junior fleet", 150),
        ("what's in the junior boat fund", 150),
        ("how much did we set aside for the slipway in 2024", 300),
        ("how much have we set aside for the slipway since 2023", 500),
        ("what was taken out of the slipway fund in 2025", 80),
        ("what was in the slipway fund at the end of 2023", 1200),
    ],
)
def test_what_is_set_aside_stands_on_a_fund_of_equity(index: Index, question: str, figure: int) -> None:
    assert _figures(question, index) == [figure]


def test_what_no_fund_is_called_is_refused(index: Index) -> None:
    assert isinstance(plan_question("how much have we put aside for the roof", (), TODAY, index), Refusal)


def test_what_was_spent_on_it_is_not_set_aside(indexes: dict[str, Index]) -> None:
    told = plan_question("how much is set aside for groceries", (), TODAY, indexes["household"])
    assert isinstance(told, Refusal)
    assert "set aside" in told.sentence


def test_all_that_is_set_aside_adds_up_above_nought(index: Index) -> None:
    question = "what is earmarked in all"
    plan, found = asked(index, question)
    assert "Together: 1,570.00 GBP" in headline(plan, found, index, (), question)


@pytest.mark.parametrize(
    ("question", "history", "figures"),
    [
        ("and the junior one?", ("how much is in the slipway fund",), [150]),
        ("how much is that and the slipway money together?", ("what's in the junior boat fund",), [1420, 150]),
        ("how much is that and the till together?", ("what's in the current account",), None),
    ],
)
def test_a_fund_after_a_fund(index: Index, question: str, history: tuple[str, ...], figures: list[int] | None) -> None:
    plan, _ = asked(index, question, None, *history)
    if figures is None:
        assert plan.filters.accounts == ("Assets:Bank:Current", "Assets:Till")
    else:
        assert sorted(_figures(question, index, *history)) == sorted(map(Decimal, figures))


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("how many berths do we have", ["2", "5", "7"]),
        ("how many berths were paid for in 2024", ["2", "5", "7"]),
        ("which berths does Tess Rowe have", ["2"]),
    ],
)
def test_what_numbers_name_is_counted_and_never_added(index: Index, question: str, values: list[str]) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.pick) == (Measure.METADATA, "values")
    assert [row[-1] for row in found.table.rows] == values


@pytest.mark.parametrize("question", ["how many members came to the supper", "how many new members in 2025"])
def test_how_many_people_there_are_is_not_told(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("who's behind with their mooring", [["Bea Shaw", "320"], ["Ivo Lund", "160"]]),
        ("who hasn't paid their mooring", [["Bea Shaw", "320"], ["Ivo Lund", "160"]]),
        ("who is in arrears", [["Bea Shaw", "320"], ["Ivo Lund", "160"]]),
        ("which berths haven't paid", [["Assets:Owing:Berth7", "320"], ["Assets:Owing:Berth5", "160"]]),
    ],
)
def test_who_owes_for_what_was_put_on_accounts_by_number(index: Index, question: str, rows: list[list[str]]) -> None:
    assert [row[:2] for row in rows_of(question, index, Measure.BALANCE)] == rows


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much mooring money is outstanding", 480),
        ("what does berth 5 still owe us", 160),
        ("how much mooring money came in in 2025", 480),
        ("how much mooring did we collect in 2024", 900),
        ("moorings in 2025", 960),
    ],
)
def test_what_is_billed_is_not_yet_in(index: Index, question: str, figure: int) -> None:
    assert _figures(question, index) == [figure]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what do we owe Tess Rowe", "41.6"),
        ("how much did Tess lay out that she hasn't had back", "41.6"),
        ("is Tess out of pocket", "41.6"),
        ("what do we owe Ivo Lund", "95"),
    ],
)
def test_what_we_owe_a_member_is_not_what_they_owe_us(index: Index, question: str, figure: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.BALANCE
    assert sum(abs(cell) for row in found.table.rows for cell in row if isinstance(cell, Decimal)) == Decimal(figure)


def test_nothing_is_owed_to_who_has_no_debt_booked(index: Index) -> None:
    assert isinstance(plan_question("what do we owe Wain Outboards", (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("whose winter deposit have we still got", [["Ivo Lund", "-75"]]),
        ("who got their winter deposit back", [["Bea Shaw", "75"]]),
        ("what bonds are we holding", [["-40"]]),
        ("how much in winter deposits did we give back in 2025", [["75"]]),
    ],
)
def test_deposits_by_whatever_name(index: Index, question: str, rows: list[list[str]]) -> None:
    _, found = asked(index, question)
    told = [[f"{cell:f}".removesuffix(".00") if isinstance(cell, Decimal) else str(cell) for cell in row[:-1]]
            for row in found.table.rows]  # fmt: skip
    assert told == rows


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did the new outboard cost us after the insurance paid", 780),
        ("what did the tent cost us after the council grant", 140),
        ("what did the tent cost beyond the council money", 140),
        ("how much of the tent did the grant not cover", 140),
        ("what did the tent cost before the grant", 640),
        ("what did we pay Wain Outboards in 2024", 1890),
    ],
)
def test_an_affair_net_of_what_was_given_for_it(index: Index, question: str, figure: int) -> None:
    assert _figures(question, index) == [figure]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("total grants received from Sport Trust", 6000),
        ("how much has the Sport Trust given us", 6000),
        ("how much of the pontoon grant have we spent", 3100),
        ("how much of the pontoon grant haven't we spent", 2900),
    ],
)
def test_a_grant_in_hand(index: Index, question: str, figure: int) -> None:
    assert _figures(question, index) == [figure]


def test_what_is_left_of_a_grant_is_in_no_budget(index: Index) -> None:
    question = "how much of the pontoon grant is left to spend"
    plan, _ = asked(index, question, Scripted({"measure": ("budget", 0.95)}))
    assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Liabilities:Grants:Pontoon",))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "subs against budget in 2024",
            "320.00 GBP received in 2024 of a budget of 300.00 GBP (yearly), 20.00 GBP more",
        ),
        (
            "subs against budget in 2025",
            "225.00 GBP received in 2025 of a budget of 300.00 GBP (yearly), 75.00 GBP short",
        ),
        ("petrol against budget in 2024", "90.00 GBP spent in 2024 of a budget of 100.00 GBP (yearly), 10.00 GBP left"),
    ],
)
def test_a_budget_of_what_comes_in(index: Index, question: str, told: str) -> None:
    plan, found = asked(index, question)
    assert told in headline(plan, found, index, (), question)


def test_more_came_in_than_budgeted_exceeds_nothing(index: Index) -> None:
    plan, found = asked(index, "which budgets did we go over in 2024")
    assert plan.failing
    assert not found.table.rows


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("petrol in 2024, including what Ivo claimed", 90),
        ("what went on petrol in 2024 - counting whatever Ivo paid", 90),
        ("petrol in 2024, only what Ivo paid", 30),
    ],
)
def test_what_somebody_did_with_a_part_is_counted_in(index: Index, question: str, figure: int) -> None:
    assert _figures(question, index) == [figure]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much did we clear on the learn-to-sail course in 2024", 635),
        ("what did the boat jumble make in 2024", "251.2"),
    ],
)
def test_what_is_left_of_an_event_by_two_names(index: Index, question: str, figure: float | str) -> None:
    model = Scripted({"measure": ("sum", 0.95)})
    assert _figures(question, index, model=model) == [Decimal(figure)]


def test_a_gift_is_no_gift_aid(index: Index) -> None:
    assert _figures("how much did we get in gifts in 2024", index) == [100]
    assert _figures("how much gift aid did we get", index) == [Decimal("287.5")]


def test_boats_are_no_part_of_a_boat_jumble(index: Index) -> None:
    plan, _ = asked(index, "how much did the boat jumble bring in in 2024")
    assert plan.filters.accounts == ("Income:JumbleTable",)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("insurance has gone up again hasn't it - by how much on last year?", ["402.5", "455.75"]),
        ("did insurance go up last year", ["0", "402.5"]),
    ],
)
def test_by_how_much_on_last_year(index: Index, question: str, figures: list[str]) -> None:
    plan, _ = asked(index, question)
    starts = [side.period.start for side in plan.compare]
    assert starts == ([dt.date(2024, 1, 1), dt.date(2025, 1, 1)] if "again" in question else starts)
    if "again" in question:
        assert _figures(question, index) == [Decimal(each) for each in figures]


@pytest.mark.parametrize("question", ["has Webspin gone up", "did Webspin put their price up"])
def test_who_is_paid_has_no_balance_that_rises(index: Index, question: str) -> None:
    plan, found = asked(index, question, Scripted({"measure": ("balance", 0.95)}))
    assert plan.measure is not Measure.BALANCE
    assert "went up by 2.50 GBP" in headline(plan, found, index, (), question)


def test_a_price_in_another_money_has_not_gone_up_or_down(index: Index) -> None:
    plan = Plan(Measure.LIST, Filters(accounts=("Expenses:Charts",)), order=Order("date"), pick="changed")
    told = headline(plan, gather(plan, index, TODAY), index, (), "have the charts gone up")
    assert "30.00 EUR from 2024-01-07" in told
    assert "28.00 GBP from 2024-04-07" in told
    assert "It went" not in told


def test_now_of_what_moves_is_the_year_that_runs(index: Index) -> None:
    plan, _ = asked(index, "what were full subs in 2024 and what are they now")
    assert [side.period.start for side in plan.compare] == [dt.date(2024, 1, 1), dt.date(2025, 1, 1)]


def test_more_than_on_a_day_sets_it_against_today(index: Index) -> None:
    plan, _ = asked(index, "is there more in the current account than at the end of 2024")
    assert [side.period.end for side in plan.compare] == [dt.date(2025, 1, 1), dt.date(2025, 7, 1)]


@pytest.mark.parametrize(("question", "who"), [("who chairs us", "Rhys Owen"), ("who chaired us in 2024", "Una Bell")])
def test_who_does_what_an_event_is_called(index: Index, question: str, who: str) -> None:
    rows = rows_of(question, index, Measure.EVENTS)
    assert len(rows) == 1
    assert who in rows[0]


def test_sides_that_share_the_top(index: Index) -> None:
    question = "moorings in 2024 for Tess Rowe, Ivo Lund and Bea Shaw compared"
    plan, found = asked(index, question)
    told = headline(plan, found, index, (), question)
    assert len(plan.compare) < 3 or "All are the same in GBP" in told
    assert "Both are the same" not in told


def test_payments_by_payee_stay_as_they_were(index: Index) -> None:
    plan, _ = asked(index, "who gave us the most")
    assert plan.group_by == (Grouping.PAYEE,)
