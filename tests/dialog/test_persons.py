"""What stands between the books and a person: laid out, sent, gone back, behind, and one thing of several."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Clarify, Measure
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Receivable:Oona
2022-01-01 open Assets:Receivable:Piet
2022-01-01 open Liabilities:Payable:Oona
2022-01-01 open Liabilities:Deposits:Oona
2022-01-01 open Assets:MitSunniva
2022-01-01 open Income:Dues:Oona
2022-01-01 open Income:Dues:Piet
2022-01-01 open Expenses:House
2022-01-01 open Expenses:Fines

2024-01-01 * "dues January"
  Assets:Receivable:Oona   100.00 EUR
  Income:Dues:Oona
2024-01-01 * "dues January"
  Assets:Receivable:Piet   100.00 EUR
  Income:Dues:Piet
2024-01-05 * "Oona" "dues"
  Assets:Bank   70.00 EUR
  Assets:Receivable:Oona
2024-01-06 * "Piet" "dues"
  Assets:Bank   100.00 EUR
  Assets:Receivable:Piet
2024-02-01 * "Oona" "deposit"
  Assets:Bank   200.00 EUR
  Liabilities:Deposits:Oona
2024-02-05 * "Ironmonger" "hooks"
  Expenses:House   12.00 EUR
  Liabilities:Payable:Oona
2024-03-05 * "Glazier" "pane"
  Expenses:House   30.00 EUR
  Liabilities:Payable:Oona
2024-04-01 * "Oona" "settling up"
  Liabilities:Payable:Oona   35.00 EUR
  Assets:Bank
2024-05-01 * "City" "parking fine, Piet's" ^parkfine
  Assets:Receivable:Piet   25.00 EUR
  Assets:Bank
2024-05-09 * "Piet" "fine money" ^parkfine
  Assets:Bank   25.00 EUR
  Assets:Receivable:Piet
2024-06-01 * "Sunniva" "for her crown" ^crown24
  Assets:MitSunniva   90.00 EUR
  Assets:Bank
2024-07-01 * "Sunniva" "part of it" ^crown24
  Assets:Bank   60.00 EUR
  Assets:MitSunniva
2024-08-01 * "Grocer" "food"
  paid-by: "Sunniva"
  Expenses:House   20.00 EUR
  Assets:MitSunniva
2025-01-03 * "Sunniva" "transfer"
  Assets:Bank   15.00 EUR
  Assets:MitSunniva
"""


asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much has gone back to Oona over the years", "35"),
        ("how much have we paid back to Oona", "35"),
        ("how much did Sunniva send me in total", "75"),
        ("how much did Sunniva transfer to me in 2025", "15"),
        ("how much did Oona lay out for the house", "-42"),
        ("knock what Oona paid out of her own pocket off what she owes, what's left", "23"),
        ("what stood between us and Oona on 10 February 2024", "18"),
        ("how did Sunniva and I stand on 2024-06-15", "90"),
        ("of those 90 that I lent Sunniva for her crown, how much is still missing", "30"),
        ("Wie standen Sunniva und ich am 15. Juni 2024?", "90"),
        ("¿Cómo estábamos Sunniva y yo a 15 de junio de 2024?", "90"),
    ],
)
def test_one_figure_between_two(index: Index, question: str, figure: str) -> None:
    _, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [Decimal(figure)]


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("what did Oona buy out of her own pocket in 2024", ["2024-02-05", "2024-03-05"]),
        ("what did Sunniva pay out of her own pocket", ["2024-08-01"]),
        ("did Piet ever settle the park fine thing", ["2024-05-09"]),
        ("did Sunniva give me the crown money back", ["2024-07-01"]),
    ],
)
def test_what_one_did(index: Index, question: str, days: list[str]) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.LIST
    assert [str(row[0]) for row in found.table.rows] == days


@pytest.mark.parametrize("question", ["who's behind with their money right now", "who is in arrears with the dues"])
def test_who_is_behind(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert ("Assets:Receivable:Oona", Decimal(30), "EUR") in found.table.rows
    assert all("Piet" not in str(row[0]) for row in found.table.rows)


def test_a_model_that_hears_rows_by_year_changes_nothing(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.9), "group": ("year", 0.9)}, {"Oona": "NAME"})
    plan, found = asked(index, "how much money has gone back to Oona over the years", model)
    assert plan.group_by == ()
    assert [row[0] for row in found.table.rows] == [Decimal(35)]


def test_months_in_which_one_did_not_pay(index: Index) -> None:
    plan, found = asked(index, "which month in 2024 did Sunniva's part never come in")
    assert plan.measure is Measure.GAPS
    assert plan.filters.accounts == ("Assets:MitSunniva",)
    assert plan.filters.sign == -1
    assert "2024-07" not in {row[0] for row in found.table.rows}
    assert "2024-06" in {row[0] for row in found.table.rows}


def test_what_is_owed_for_a_trip_is_less_what_came_back_without_its_tag(tmp_path: Path) -> None:
    path = tmp_path / "trip.beancount"
    path.write_text(
        """
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Owed:Ana
2024-01-01 open Assets:Owed:Bo
2024-01-01 open Expenses:Trips
2024-06-01 * "Villa" "house" #menorca-2024
  Expenses:Trips       60 EUR
  Assets:Owed:Ana      60 EUR
  Assets:Owed:Bo       60 EUR
  Assets:Bank
2024-07-01 * "Ana" "part of it"
  Assets:Bank          20 EUR
  Assets:Owed:Ana
2024-07-02 * "Lender" "lent to Bo"
  Assets:Owed:Bo       50 EUR
  Assets:Bank
2024-07-03 * "Bo" "paid some"
  Assets:Bank          10 EUR
  Assets:Owed:Bo
""",
        encoding="utf-8",
    )
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as opened:
        for question, figure in (
            ("Ana and Menorca - has she settled up or is there something left, and how much", "40"),
            ("does Ana owe us anything, Menorca", "40"),
            ("does Bo owe us anything, Menorca", "60"),  # what was lent since is no part of it
        ):
            rows = asking.rows_of(question, opened, Measure.BALANCE, today=TODAY)
            assert len(rows) == 1
            assert figure in rows[0], rows


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("what's the balance on Rory's account", True),
        ("how much is on Rory's current account", False),
        ("what stands on all of Rory's accounts", False),
        ("what's the balance on Ines's account", False),
    ],
)
def test_an_account_of_somebody_who_has_several(question: str, *, asks: bool, tmp_path: Path) -> None:
    path = tmp_path / "two.beancount"
    path.write_text(
        """
2024-01-01 open Assets:Rory:Current
2024-01-01 open Assets:Rory:Savings
2024-01-01 open Assets:Ines:Current
2024-01-01 open Income:Pay
2024-02-01 * "Firm" "pay"
  Assets:Rory:Current   50 EUR
  Assets:Rory:Savings   10 EUR
  Assets:Ines:Current   60 EUR
  Income:Pay
""",
        encoding="utf-8",
    )
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as opened:
        assert isinstance(plan_question(question, [], TODAY, opened), Clarify) is asks
