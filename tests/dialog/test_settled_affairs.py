"""An affair that a link or a tag holds together, told in the words of its entries, of which some money came back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Filters, Plan
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Insurer
2023-01-01 open Expenses:Health
2023-01-01 open Expenses:Repairs
2023-01-01 open Expenses:Goods
2023-01-01 open Expenses:Insurance
2023-01-01 open Income:Claims
2023-01-01 open Expenses:Garage

2024-01-12 * "water through the ceiling, boxes binned" #ceilingleak
  Expenses:Goods   300.00 EUR
  Assets:Bank
2024-01-15 * "Tib Roofing" "patch" #ceilingleak ^c-77
  Expenses:Repairs   240.00 EUR
  Assets:Bank
2024-03-07 * "Marl Mutual" "leak claim paid out" #ceilingleak ^c-77
  Assets:Bank   400.00 EUR
  Income:Claims
2024-05-02 * "City Clinic" "X-ray, Otto fractured elbow" ^c-81
  Expenses:Health   500.00 EUR
  Assets:Bank
2024-05-20 * "Marl Mutual" "claim filed, elbow" ^c-81
  Assets:Insurer   350.00 EUR
  Expenses:Health
2024-07-20 * "Marl Mutual" "claim paid, elbow" ^c-81
  Assets:Bank   350.00 EUR
  Assets:Insurer
2024-06-02 * "City Clinic" "check-up"
  Expenses:Health   60.00 EUR
  Assets:Bank
2024-09-03 * "City Clinic" "blood test"
  Expenses:Health   40.00 EUR
  Assets:Bank
2025-02-03 * "cash box gone after the break-in" #night-of-the-third
  Expenses:Goods   86.00 EUR
  Assets:Bank
2025-02-04 * "Pete" "new lock" #night-of-the-third
  Expenses:Repairs   165.00 EUR
  Assets:Bank
2025-03-19 * "Marl Mutual" "what they allow for the night" #night-of-the-third
  Assets:Bank   215.00 EUR
  Income:Claims
2024-11-04 * "Fixit" "plumber, drip under the bath" ^bath
  Expenses:Repairs   92.00 EUR
  Assets:Bank
2024-11-28 * "Harrow Lettings" "landlord pays back half" ^bath
  Expenses:Repairs   -46.00 EUR
  Assets:Bank
2025-04-02 * "Kwik Garage" "service"
  Expenses:Garage   210.00 EUR
  Assets:Bank
2025-05-02 * "Marl Mutual" "premium"
  Expenses:Insurance   120.00 EUR
  Assets:Bank
"""

asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("After insurance paid their share what did Otto's fractured elbow actually cost us?", 150),
        ("what was left for us of the elbow x-ray, net of what Marl Mutual paid back?", 150),
        ("the plumber for the drip under the bath - what did that cost after the landlord chipped in", 46),
        ("The leak under the bath in November 2024: what was I out of pocket in the end?", 46),
        ("The burglary in February: net cost to us after the insurance paid out?", 36),
        ("ceiling leaking that January - what did it cost us before the insurance paid?", 540),
        ("the leaking ceiling, roofer and all: what were we out of pocket once the claim was settled?", 140),
        ("How much did the insurance cough up after the break-in?", 215),
        ("what did the landlord pay towards the leak under the bath?", -46),
    ],
)
def test_what_is_left_of_an_affair(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert {abs(each) for each in found.table.rows[0] if isinstance(each, Decimal)} == {abs(Decimal(figure))}


@pytest.mark.parametrize(
    "question",
    [
        "health costs in 2024 after insurance paid their share",  # all of the account
        "what did we actually pay at the City Clinic in 2024?",
        "what did the new lock cost?",
        "the garage service: what did it cost us in the end?",
        "what did Kwik Garage cost after the landlord's leak was settled?",  # has no part in the affair
        "what did the elbow cost in 2023 after the insurance paid?",
    ],
)
def test_a_plain_name_stays_one(index: Index, question: str) -> None:
    plan = plan_question(question, [], TODAY, index)
    filters = plan.filters if isinstance(plan, Plan) else Filters()
    assert (filters.links, filters.tags) == ((), ())
