"""What people ask of their household: days beside one that is known, changes of what comes round, gaps, subscriptions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan, Root

from .asking import Scripted, asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.records import Evidence

TODAY = dt.date(2024, 12, 31)


def _monthly(payee: str, account: str, day: int, amounts: list[str], source: str = "Assets:Giro") -> str:
    months = [(2023 + place // 12, place % 12 + 1) for place in range(24)][-len(amounts) :]
    return "\n".join(
        f'{year}-{month:02}-{day:02} * "{payee}"\n  {account}  {amount} EUR\n  {source}\n'
        for (year, month), amount in zip(months, amounts, strict=True)
    )


LEDGER = "\n".join(
    (
        'option "operating_currency" "EUR"',
        "2023-01-01 open Assets:Giro",
        "2023-01-01 open Income:Salary",
        *(
            f"2023-01-01 open Expenses:{name}"
            for name in (
                "Rent",
                "Groceries",
                "Restaurant",
                "Internet",
                "Hair",
                "Tv",
                "Coffee",
                "Travel:Hotels",
                "Clothes",
            )
        ),
        _monthly("Halm", "Income:Salary", 27, ["-2000.00"] * 24),
        _monthly("Ott", "Expenses:Rent", 1, ["800.00"] * 14 + ["840.00"] * 10),
        _monthly("Netlin", "Expenses:Internet", 5, ["30.00"] * 18 + ["33.00"] * 6),
        _monthly("Flimm", "Expenses:Tv", 7, ["9.90"] * 24),
        _monthly("Markt", "Expenses:Groceries", 9, [f"{50 + place}.00" for place in range(24)]),
        '2023-02-10 * "Salon Ria"\n  Expenses:Hair  30.00 EUR\n  Assets:Giro\n',
        '2023-04-10 * "Salon Ria"\n  Expenses:Hair  30.00 EUR\n  Assets:Giro\n',
        '2023-09-07 * "Salon Ria"\n  Expenses:Hair  32.00 EUR\n  Assets:Giro\n',
        '2023-07-01 * "Forno"\n  Expenses:Restaurant  20.00 EUR\n  Assets:Giro\n',
        '2024-07-01 * "Forno"\n  Expenses:Restaurant  44.00 EUR\n  Assets:Giro\n',
        '2024-12-23 * "Forno"\n  Expenses:Restaurant  17.00 EUR\n  Assets:Giro\n',
        '2024-12-26 * "Forno"\n  Expenses:Restaurant  19.00 EUR\n  Assets:Giro\n',
        '2024-12-28 * "Forno"\n  Expenses:Restaurant  12.00 EUR\n  Assets:Giro\n',
        '2024-05-01 * "Seeblick" #trip-lake\n  Expenses:Travel:Hotels  90.00 EUR\n  Assets:Giro\n',
        '2024-05-02 * "Forno" #trip-lake\n  Expenses:Restaurant  10.00 EUR\n  Assets:Giro\n',
    )
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("everyday")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def found(question: str, index: Index, model: Scripted | None = None) -> tuple[Plan, Evidence]:
    return asked(index, question, model, today=TODAY)


def figure(question: str, index: Index) -> Decimal:
    _, evidence = found(question, index)
    ((*_, number, _),) = evidence.table.rows
    assert isinstance(number, Decimal)
    return number


# ------------------------------------------------------------------------------------------- a day beside another


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("what was in the giro the day before my last salary came in?", "2024-12-26"),
        ("what was in the giro the day after my last salary came in?", "2024-12-28"),
        ("what was my balance the day after the rent was paid in March 2024?", "2024-03-02"),
        ("what was in the giro the day before the first rent?", "2022-12-31"),
    ],
)
def test_what_stood_there_beside_the_day_of_a_booking(question: str, day: str, index: Index) -> None:
    plan, _ = found(question, index)
    assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Assets:Giro",))
    assert plan.period.end == dt.date.fromisoformat(day) + dt.timedelta(days=1)


def test_no_day_is_guessed_of_several(index: Index) -> None:
    plan = plan_question("what was in the giro the day before the rent?", [], TODAY, index)
    assert not isinstance(plan, Plan) or plan.period.end is None


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did I spend the day after my last salary came in?", "12.00"),
        ("how much did I spend on restaurants the day after my last salary came in?", "12.00"),
        ("what did I spend the day after Christmas 2024?", "19.00"),
        ("what did I spend on the day before Christmas Eve 2024?", "17.00"),
    ],
)
def test_what_was_spent_on_the_day_beside(question: str, number: str, index: Index) -> None:
    assert figure(question, index) == Decimal(number)


@pytest.mark.parametrize("joint", ["or", "than"])
def test_the_summer_before_is_set_beside_the_last(joint: str, index: Index) -> None:
    question = f"did I spend more on restaurants last summer {joint} the summer before?"
    _, evidence = found(question, index)
    assert [row[1] for row in evidence.table.rows] == [Decimal("44.00"), Decimal("20.00")]


# ------------------------------------------------------------------------------------------------ what comes round


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("when did our rent change, and from what to what?", ["800.00", "840.00"]),
        ("has my rent payment changed?", ["800.00", "840.00"]),
        ("how often did the rent go up?", ["800.00", "840.00"]),
        ("when did my internet change?", ["30.00", "33.00"]),
    ],
)
@pytest.mark.parametrize("model", [None, Scripted({"measure": ("events", 0.9)})])
def test_the_amounts_that_a_regular_payment_had(
    question: str, amounts: list[str], model: Scripted | None, index: Index
) -> None:
    plan, evidence = found(question, index, model)
    assert plan.pick == "changed"
    assert [row[4] for row in evidence.table.rows] == [Decimal(each) for each in amounts]


@pytest.mark.parametrize(
    "question",
    ["what are we paying for the internet?", "how much is the internet a month?", "what do we pay for internet now"],
)
def test_what_one_is_paying_is_the_latest_amount(question: str, index: Index) -> None:
    plan, evidence = found(question, index)
    assert (plan.measure, plan.limit) == (Measure.LIST, 1)
    assert evidence.table.rows[0][-2] == Decimal("33.00")


@pytest.mark.parametrize(
    "question",
    ["what do groceries cost me a month?", "how much do groceries cost us per month", "what does food cost each month"],
)
def test_what_something_costs_a_month_is_one_figure(question: str, index: Index) -> None:
    plan, _ = found(question, index)
    assert (plan.measure, plan.per, plan.group_by) == (Measure.AVERAGE, "month", ())


@pytest.mark.parametrize("question", ["what subscriptions do we have?", "list all my subscriptions"])
def test_neither_rent_nor_groceries_is_a_subscription(question: str, index: Index) -> None:
    _, evidence = found(question, index)
    assert {row[0] for row in evidence.table.rows} == {"Netlin", "Flimm"}


# ------------------------------------------------------------------------------------------------- the longest gap


@pytest.mark.parametrize(
    "question",
    [
        "what was the longest gap between two haircuts?",
        "longest break between visits to the hairdresser",
        "what's the longest I went without a haircut?",
        "the longest we have gone without visiting Salon Ria",
    ],
)
def test_the_longest_gap(question: str, index: Index) -> None:
    plan, evidence = found(question, index)
    assert plan.pick == "gap"
    assert [row[0] for row in evidence.table.rows] == [dt.date(2023, 4, 10), dt.date(2023, 9, 7)]
    assert {one.name: one.number for one in evidence.facts} == {"gap": 150, "gap_open": 481}


def test_the_longest_gap_is_told_with_what_still_lasts(index: Index) -> None:
    plan, evidence = found("what was the longest gap between two haircuts?", index)
    said = headline(plan, evidence, index)
    assert "was 150 days, from 2023-04-10 to 2023-09-07" in said
    assert "Since 2023-09-07 there has been none: 481 days already." in said


def test_of_one_booking_there_is_no_gap(index: Index) -> None:
    plan, evidence = found("what was the longest gap between two bookings at Seeblick?", index)
    assert (plan.pick, evidence.table.rows) == ("gap", ())


# ---------------------------------------------------------------------------------------------------- other words


def test_going_out_is_eating_out_where_there_is_no_more(index: Index) -> None:
    assert figure("what did going out cost us in July 2024?", index) == Decimal("44.00")


def test_what_is_going_out_of_an_account_is_no_pastime(index: Index) -> None:
    plan = plan_question("how much is going out of the giro every month?", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert "Expenses:Restaurant" not in plan.filters.accounts


@pytest.mark.parametrize("model", [None, Scripted({"measure": ("balance", 0.9)})])
def test_what_one_lives_on_is_what_comes_in(model: Scripted | None, index: Index) -> None:
    plan, _ = found("what do we live on?", index, model)
    assert (plan.measure, plan.filters.roots, plan.group_by) == (Measure.SUM, (Root.INCOME,), (Grouping.ACCOUNT,))


def test_holidays_by_trip_are_all_that_was_spent_on_them(index: Index) -> None:
    model = Scripted({"group": ("tag", 0.95)})
    _, evidence = found("what did our holidays cost?", index, model)
    assert evidence.table.rows == (("trip-lake", Decimal("100.00"), "EUR"),)
