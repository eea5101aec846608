"""Things of a kind that the books keep apart by name: set side by side, ranked, picked, and what each leaves over."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.records import Measure

from . import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
_NAMES = (
    "Assets:Bank",
    *(f"Assets:Barges:{each}" for each in ("Avocet", "Bittern", "Curlew")),
    *(f"Income:Hire:{each}" for each in ("Avocet", "Bittern", "Curlew")),
    *(f"Expenses:Repairs:{each}" for each in ("Avocet", "Bittern", "Curlew")),
    *(f"Expenses:Insurance:{each}" for each in ("Avocet", "Bittern")),
    "Income:Stall:Quayside",
    "Income:Stall:Lockhead",
    "Income:KioskTakings",
    "Expenses:Kiosk:Stock",
    "Expenses:Utilities:Electricity",
    "Expenses:Utilities:Water",
    "Expenses:Utilities:Internet",
    "Expenses:Taxes",
    *(f"Expenses:{each}:Paint" for each in ("House", "Van", "Shed")),
    "Expenses:Van:Fuel",
    "Expenses:Groceries",
)
_BOOKED = (
    ("2024-03-02", "Income:Hire:Avocet", -900),
    ("2024-04-02", "Income:Hire:Bittern", -700),
    ("2024-05-02", "Income:Hire:Curlew", -400),
    ("2024-03-09", "Expenses:Repairs:Avocet", 500),
    ("2024-06-09", "Expenses:Repairs:Avocet", 350),
    ("2024-06-19", "Expenses:Repairs:Bittern", 90),
    ("2024-07-19", "Expenses:Repairs:Curlew", 40),
    ("2024-02-01", "Expenses:Insurance:Avocet", 120),
    ("2024-02-02", "Expenses:Insurance:Bittern", 130),
    ("2024-05-11", "Income:Stall:Quayside", -60),
    ("2024-05-18", "Income:Stall:Quayside", -70),
    ("2024-05-12", "Income:Stall:Lockhead", -100),
    ("2024-08-01", "Income:KioskTakings", -310),
    ("2024-08-02", "Expenses:Kiosk:Stock", 200),
    *((f"2024-{month:02}-14", "Expenses:Utilities:Electricity", 50 + month) for month in range(1, 13)),
    *((f"2024-{month:02}-15", "Expenses:Utilities:Internet", 30) for month in range(1, 13)),
    ("2024-06-20", "Expenses:Utilities:Water", 60),
    ("2024-09-20", "Expenses:Taxes", 75),
    ("2025-01-10", "Expenses:House:Paint", 300),
    ("2025-01-11", "Expenses:Van:Paint", 200),
    ("2025-01-12", "Expenses:Shed:Paint", 40),
    ("2025-02-12", "Expenses:Van:Fuel", 55),
    ("2025-02-13", "Expenses:Groceries", 7),
)
LEDGER = "\n".join(
    (
        'option "operating_currency" "GBP"',
        *(f"2024-01-01 open {name}" for name in _NAMES),
        *(f'{day} * "booked"\n  {account}  {number} GBP\n  Assets:Bank\n' for day, account, number in sorted(_BOOKED)),
    )
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The ledger above."""
    folder = tmp_path_factory.mktemp("barges")
    ledger = folder / "main.beancount"
    ledger.write_text(LEDGER, encoding="utf-8")
    build(ledger, folder / "data")
    return open_index(ledger, folder / "data")


rows = partial(asking.rows_of, today=TODAY)
asked = partial(asking.asked, today=TODAY)


def _leaves(found: list[list[str]]) -> list[str]:
    return [f"{row[0].rpartition(':')[2]} {row[1].lstrip('-')}" for row in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("hire by barge in 2024", ["Avocet 900", "Bittern 700", "Curlew 400"]),
        ("repairs per barge in 2024, dearest first", ["Avocet 850", "Bittern 90", "Curlew 40"]),
        ("which barge brings in the most hire?", ["Avocet 900"]),
        ("which barge was cheapest to repair in 2024", ["Curlew 40"]),
        ("the two dearest barges for repairs in 2024", ["Avocet 850", "Bittern 90"]),
        ("insurance per boat in 2024", ["Bittern 130", "Avocet 120"]),
        ("which stall took more in 2024", ["Quayside 130", "Lockhead 100"]),
        ("which stall earned the least", ["Lockhead 100"]),
        ("the two dearest utilities in 2024", ["Electricity 678", "Internet 360"]),
    ],
)
def test_a_row_each(index: Index, question: str, expected: list[str]) -> None:
    """The word for the kind names nothing: it says by whom what else is named, or its own account, is told."""
    assert _leaves(rows(question, index, Measure.SUM)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("profit on each barge in 2024", ["Avocet 70", "Bittern -480", "Curlew -360"]),
        ("which barge made the most profit in 2024", ["Avocet 70", "Bittern -480", "Curlew -360"]),
        ("rank the barges by how much they made after costs in 2024", ["Avocet 70", "Bittern -480", "Curlew -360"]),
        ("what did each barge clear after costs in 2024", ["Avocet 70", "Bittern -480", "Curlew -360"]),
    ],
)
def test_what_each_leaves_over(index: Index, question: str, expected: list[str]) -> None:
    """All that is called so, earned (below nothing, as booked) and spent, whatever it stands below."""
    assert [f"{row[0]} {row[1]}" for row in rows(question, index, Measure.NET_INCOME)] == expected


def test_what_each_costs(index: Index) -> None:
    """No worth of the barges, and no single repair."""
    found = rows("what did each barge cost in 2024", index, Measure.SUM)
    assert [row[:2] for row in found] == [["Avocet", "970"], ["Bittern", "220"], ["Curlew", "40"]]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("profit on the kiosk in 2024", "-110"),
        ("did the kiosk make money in 2024", "-110"),
        ("net income after taxes in 2024", "63"),
    ],
)
def test_both_sides_of_a_name(index: Index, question: str, expected: str) -> None:
    """What is spent below Kiosk is taken off KioskTakings; what all is left after is taken off anyway."""
    (row,) = rows(question, index, Measure.NET_INCOME)
    assert row[0] == expected


def test_an_average_each(index: Index) -> None:
    """Of each utility by itself, and not of all of them."""
    found = rows("what did each utility average a month in 2024", index, Measure.AVERAGE)
    assert found[0][:2] == ["Expenses:Utilities:Electricity", "56.5"]


@pytest.mark.parametrize(
    "question",
    ["the biggest repair in 2024", "biggest bill for utilities in 2024", "what did the barges cost to repair"],
)
def test_what_is_no_row_each(index: Index, question: str) -> None:
    """Single bookings, or one sum."""
    plan, _ = asked(index, question)
    assert not plan.group_by
    assert not plan.compare


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("paint for the house and the van in 2025", ["500"]),
        ("paint on the house, the van and the shed in 2025", ["540"]),
        ("house, van and shed paint in 2025", ["540"]),
        ("paint and fuel for the van in 2025", ["255"]),
        ("groceries, van paint in 2025", ["207"]),
        ("compare the paint on the house, van and shed for 2025", ["300", "200", "40"]),
    ],
)
def test_one_sort_of_cost_of_each_listed(index: Index, question: str, expected: list[str]) -> None:
    """What is said once of a list holds for all of it, and never for its first or last alone."""
    assert [row[-2] for row in rows(question, index, Measure.SUM)] == expected
