"""Words for a trade that stand nowhere in the ledger are taken for those whose bills say what it does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Mention, Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 7, 1)

LEDGER = """
    2023-01-01 open Assets:Cash
    2023-01-01 open Expenses:Misc
    2023-01-01 open Income:Gifts
    2023-02-03 * "Ulmenhof" "filling, upper right"
      Expenses:Misc   80.00 EUR
      Assets:Cash
    2023-04-05 * "Ulmenhof" "scale and polish"
      Expenses:Misc   40.00 EUR
      Assets:Cash
    2023-04-06 * "Paws & Co" "shampoo"
      Expenses:Misc   10.00 EUR
      Assets:Cash
    2023-04-07 * "Paws & Co" "brush for Rex's teeth"
      Expenses:Misc    4.00 EUR
      Assets:Cash
    2023-04-08 * "Paws & Co" "food"
      Expenses:Misc   20.00 EUR
      Assets:Cash
    2023-05-01 * "Grand Bazaar" "laptop for Jo"
      Expenses:Misc  700.00 EUR
      Assets:Cash
    2023-05-02 * "Grand Bazaar" "socks"
      Expenses:Misc    7.00 EUR
      Assets:Cash
    2023-05-03 * "Grand Bazaar" "umbrella"
      Expenses:Misc    9.00 EUR
      Assets:Cash
    2023-06-01 * "Aunt" "flowers sold"
      Assets:Cash      5.00 EUR
      Income:Gifts
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("trades")
    main = folder / "main.beancount"
    main.write_text("\n".join(line[4:] for line in LEDGER.splitlines()))
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def planned(question: str, index: Index) -> Any:
    return plan_question(question, [], TODAY, index)


@pytest.mark.parametrize(
    ("question", "mention"),
    [
        ("how much did the dentist cost?", {"payees": ("Ulmenhof",)}),
        ("dentist appointments in 2023", {"payees": ("Ulmenhof",)}),
        ("was hat der Zahnarzt gekostet?", {"payees": ("Ulmenhof",)}),
        ("what did the new computer cost", {"narrations": ("laptop for Jo",)}),  # who sells much else
    ],
)
def test_whom_or_what_a_trade_is(question: str, mention: dict[str, tuple[str, ...]], index: Index) -> None:
    plan = planned(question, index)
    assert isinstance(plan, Plan)
    assert [{"payees": each.payees} if each.payees else {"narrations": each.narrations} for each in _names(plan)] == [
        mention
    ]
    assert any("stands nowhere in the ledger; taken for" in note for note in plan.reading)
    assert plan.meaning


def _names(plan: Plan) -> tuple[Mention, ...]:
    return plan.filters.mentions


@pytest.mark.parametrize("question", ["how much did the plumber cost?", "what did the florist charge", "dentist choir"])
def test_a_trade_that_bills_nothing_here_is_refused(question: str, index: Index) -> None:
    assert isinstance(planned(question, index), Refusal)
