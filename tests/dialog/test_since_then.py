"""Times told by what was booked or noted: "gas since my last haircut", "since I moved"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 6, 20)
LEDGER = """
option "operating_currency" "USD"
2023-01-01 open Assets:Bank
2023-01-01 open Expenses:Gas
2023-01-01 open Expenses:Hair
2023-01-01 open Expenses:Food
2023-01-01 event "home" "Elm Street"
2024-02-01 event "home" "Quay Road"
"""
BOOKED = (
    ("2023-02-10", "Fade", "haircut", "Hair"),
    ("2024-05-03", "Fade", "haircut", "Hair"),
    ("2023-11-04", "Corner Shop", "party for Dee", "Food"),
    *((f"2024-{month:02}-09", "City Gas", "gas bill", "Gas") for month in range(1, 7)),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("since")
    entries = (f'{day} * "{who}" "{what}"\n  Expenses:{kept}  20 USD\n  Assets:Bank' for day, who, what, kept in BOOKED)
    path = folder / "main.beancount"
    path.write_text(f"{LEDGER}\n" + "\n".join(entries) + "\n", encoding="utf-8")
    build(path, folder / "data")
    opened = open_index(path, folder / "data")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much on gas since my last haircut", "sum Expenses:Gas 2024-05-03.."),
        ("gas since the first haircut", "sum Expenses:Gas 2023-02-10.."),
        ("what have I spent since the party", "sum expenses 2023-11-04.."),
        ("what have I spent since I moved", "sum expenses 2024-02-01.."),
        ("gas since the move", "sum Expenses:Gas 2024-02-01.."),
        ("gas before I moved", "sum Expenses:Gas ..2024-02-01"),
        ("gas since I moved to Elm Street", "sum Expenses:Gas 2023-01-01.."),
        ("how long since my last haircut", "list expenses <haircut> order -date limit 1"),
        ("gas since January", "sum Expenses:Gas 2024-01-01.."),
    ],
)
def test_a_booking_tells_the_day(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("question", "clause"),
    [("gas since the haircut", "since the haircut"), ("gas since we got married", "since we got married")],
)
def test_what_tells_no_day_is_told_and_not_added_up(question: str, clause: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert isinstance(outcome, Plan)
    assert digest(outcome) == "sum Expenses:Gas"
    assert f'no day is known for "{clause}"' in outcome.reading
