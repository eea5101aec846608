"""What is asked by the values of a metadata key, over a small firm's books: projects, clients, vans, units, sites."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Grouping, Measure, Plan
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
BY = (Grouping.METADATA,)


def _booked(day: str, payee: str, said: str, *legs: str, under: str = "", link: str = "") -> str:
    kept = "".join(f"  {each}\n" for each in under.split("; ") if each)
    return f'{day} * "{payee}" "{said}"{link}\n{kept}' + "".join(f"  {leg}\n" for leg in legs)


LEDGER = 'option "operating_currency" "EUR"\n2022-01-01 commodity HOUR\n  name: "hours worked"\n' + "".join(
    (
        "".join(
            f"2022-01-01 open {name}\n"
            for name in (
                "Assets:Bank",
                "Assets:Receivable",
                "Assets:Hours",
                "Equity:Hours",
                "Expenses:Materials",
                "Expenses:Fuel",
                "Expenses:Phone",
                "Income:Fees",
                "Income:Rent",
            )
        ),
        *(
            _booked(day, "Sawmill", "boards", f"Expenses:Materials  {amount} EUR", "Assets:Bank", under=under)
            for day, amount, under in (
                ("2023-02-01", "110", 'project: "alder"; cost-centre: "yard"'),
                ("2023-08-01", "70", 'project: "birch"; cost-centre: "yard"'),
                ("2024-02-01", "40", 'project: "alder"; cost-centre: "shop"'),
                ("2024-03-01", "90", 'project: "cedar"; cost-centre: "shop"'),
                ("2024-04-01", "25", ""),
            )
        ),
        _booked(
            "2024-05-01",
            "Sawmill",
            "boards",
            "Expenses:Materials  10 EUR",
            "Expenses:Materials  15 EUR",
            '  project: "birch"',
            "Assets:Bank",
            under='project: "cedar"',
        ),
        *(
            _booked(day, "Pump", "diesel", f"Expenses:Fuel  {amount} EUR", "Assets:Bank", under=under)
            for day, amount, under in (
                ("2023-05-01", "50", 'vehicle: "lorry"; litres: 30'),
                ("2024-05-02", "30", 'vehicle: "scooter"; litres: 18'),
                ("2024-06-02", "44", 'vehicle: "lorry"; litres: 26'),
                ("2024-07-02", "8", "litres: 5"),
            )
        ),
        *(
            _booked(
                day, "", f"invoice {number}", f"Assets:Receivable  {amount} EUR", "Income:Fees", under=under, link=f" ^{number}"
            )
            for day, number, amount, under in (
                ("2023-03-01", "i1", "500", 'client: "Hollow Farm"; project: "alder"'),
                ("2024-03-02", "i2", "300", 'client: "Reed & Son"; project: "birch"'),
                ("2024-06-01", "i3", "450", 'client: "Hollow Farm"; project: "cedar"'),
                ("2024-09-01", "i4", "200", 'client: "Pont Abbey"'),
            )
        ),
        *(
            _booked(day, who, "paid", f"Assets:Bank  {amount} EUR", "Assets:Receivable", under=f'client: "{who}"', link=link)
            for day, who, amount, link in (
                ("2023-04-01", "Hollow Farm", "500", " ^i1"),
                ("2024-04-01", "Reed & Son", "300", " ^i2"),
            )
        ),
        *(
            _booked(day, "", "let", "Assets:Bank", f"Income:Rent  -{amount} EUR", under=f'unit: "{unit}"')
            for day, amount, unit in (
                ("2024-01-05", "400", "barn"),
                ("2024-02-05", "400", "barn"),
                ("2024-02-06", "150", "shed"),
            )
        ),
        _booked(
            "2024-02-28",
            "",
            "timesheet",
            "Assets:Hours  12 HOUR",
            '  project: "alder"',
            "Assets:Hours  5 HOUR",
            '  project: "cedar"',
            "Assets:Hours  2 HOUR",
            "Equity:Hours",
        ),
        _booked("2024-01-09", "Telco", "line", "Expenses:Phone  33 EUR", "Assets:Bank"),
    )
)  # fmt: skip
asked = partial(asking.asked, today=TODAY)


def told(index: Index, question: str, *history: str) -> tuple[Plan, list[tuple[str, int]]]:
    plan, found = asked(index, question, None, *history)
    return plan, [(str(row[0]), int(Decimal(str(row[1])))) for row in found.table.rows]


D = Decimal


@pytest.mark.parametrize(
    ("question", "key", "rows"),
    [
        ("materials per project in 2024", "project", [("cedar", 100), ("alder", 40), ("birch", 15), ("", 25)]),
        ("what did each project cost in materials in 2023", "project", [("alder", 110), ("birch", 70)]),
        ("material spend by cost centre", "cost-centre", [("yard", 180), ("shop", 130), ("", 50)]),
        ("materials for each cost center in 2023", "cost-centre", [("yard", 180)]),
        ("fuel by vehicle", "vehicle", [("lorry", 94), ("scooter", 30), ("", 8)]),
        ("rent by unit", "unit", [("barn", -800), ("shed", -150)]),
        ("fees by client in 2024", "client", [("Hollow Farm", -450), ("Reed & Son", -300), ("Pont Abbey", -200)]),
        ("how many hours went on each project", "project", [("alder", 12), ("cedar", 5), ("", 2)]),
        ("litres by vehicle", "vehicle", [("lorry", 56), ("scooter", 18), ("", 5)]),
        ("top 2 projects by materials", "project", [("alder", 150), ("cedar", 100)]),
        ("how much is owed to us by each client", "client", [("Hollow Farm", 450), ("Pont Abbey", 200)]),
        ("who owes us money", "client", [("Hollow Farm", 450), ("Pont Abbey", 200)]),
    ],
)
def test_a_row_each_value(index: Index, question: str, key: str, rows: list[tuple[str, int]]) -> None:
    plan, found = told(index, question)
    assert (plan.by_key, plan.group_by) == (key, BY)
    assert found == rows


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("which project did we spend the most on materials for", ("alder", 150)),
        ("which client did we bill most in 2024", ("Hollow Farm", 450)),
        ("our biggest client", ("Hollow Farm", -950)),
        ("which vehicle is the cheapest on fuel", ("scooter", 30)),
        ("which unit brought in the most rent", ("barn", -800)),
    ],
)
def test_the_first_is_one_that_has_a_value(index: Index, question: str, row: tuple[str, int]) -> None:
    _, found = told(index, question)
    assert (found[0][0], abs(found[0][1])) == (row[0], abs(row[1]))


def test_a_result_a_limit_a_count_and_the_values_themselves(index: Index) -> None:
    plan, found = told(index, "profit by project")
    assert (plan.measure, plan.group_by) == (Measure.NET_INCOME, BY)
    assert dict(found)["alder"] == -350
    _, found = told(index, "which projects cost more than 90 in materials")
    assert found == [("alder", 150), ("cedar", 100)]
    plan, found = told(index, "how many invoices per client")
    assert (plan.measure, found[0]) == (Measure.COUNT, ("Hollow Farm", 2))
    plan, counted = asked(index, "how many projects did we work on in 2024")
    assert (plan.count_of, plan.by_key, counted.table.rows) == ("values", "project", ((3,),))


def test_two_groupings(index: Index) -> None:
    plan, _ = asked(index, "materials by month and project in 2024")
    assert set(plan.group_by) == {Grouping.METADATA, Grouping.MONTH}
    plan, found = asked(index, "materials by project and year")
    assert plan.group_by == (Grouping.METADATA, Grouping.YEAR)
    assert ("alder", "2023", D(110), "EUR") in found.table.rows


@pytest.mark.parametrize(
    ("history", "question", "rows"),
    [
        (["materials in 2024"], "by project", [("cedar", 100), ("alder", 40), ("birch", 15), ("", 25)]),
        (["materials by project"], "in 2023", [("alder", 110), ("birch", 70)]),
        (["materials by project in 2023"], "and by cost centre?", [("yard", 180)]),
    ],
)
def test_follow_ups_by_a_key(index: Index, history: list[str], question: str, rows: list[tuple[str, int]]) -> None:
    assert told(index, question, *history)[1] == rows


@pytest.mark.parametrize(
    ("history", "question", "figure"),
    [
        (["materials by project in 2024"], "only alder", 40),
        (["materials by project in 2024", "only alder"], "and birch?", 15),
        (["fees by client"], "just Hollow Farm", -950),
        (["fees by client"], "only Abbey", -200),
        (["fees by client", "just Hollow Farm"], "in 2024", -450),
    ],
)
def test_one_of_the_rows(index: Index, history: list[str], question: str, figure: int) -> None:
    plan, found = asked(index, question, None, *history)
    assert plan.group_by == ()
    assert [row[0] for row in found.table.rows] == [figure]


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("spending by category", (Grouping.ACCOUNT,)),
        ("spending by payee in 2024", (Grouping.PAYEE,)),
        ("spending by supplier", (Grouping.PAYEE,)),  # no entry bears such a key
        ("fuel by month in 2024", (Grouping.MONTH,)),
        ("phone per year", (Grouping.YEAR,)),
    ],
)
def test_what_is_no_key_is_read_as_ever(index: Index, question: str, groups: tuple[Grouping, ...]) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.group_by, plan.by_key) == (groups, None)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much did project alder cost in 2023", 110),
        ("how many hours did we spend on alder", 12),
        ("hours for the cedar project", 5),
        ("average price per litre of fuel in 2023", D(50) / D(30)),
    ],
)
def test_one_value_and_one_litre_are_no_rows(index: Index, question: str, figure: Decimal) -> None:
    plan, found = asked(index, question)
    assert Grouping.METADATA not in plan.group_by
    number = next(cell for row in found.table.rows for cell in row if isinstance(cell, Decimal))
    assert abs(number - figure) < D("0.0001")


def test_totals_are_told_where_an_average_of_values_is_asked_for(index: Index) -> None:
    plan, _ = told(index, "average material cost per project")
    assert plan.measure is Measure.SUM
    assert any("no average" in note for note in plan.reading)
