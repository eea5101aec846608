"""What a question takes for granted: money that was lent, given back or got for a thing that was sold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.linking.candidates import Candidate, Near
from ledgerqa.dialog.linking.candidates import meant as stands_clear
from ledgerqa.records import Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Giro
2023-01-01 open Assets:Cello
2023-01-01 open Assets:Deposit:Flat
2023-01-01 open Assets:Owed:Nell
2023-01-01 open Liabilities:Loan:Gran
2023-01-01 open Liabilities:Visa
2023-01-01 open Income:Lessons
2023-01-01 open Expenses:Clothes
2023-01-01 open Expenses:Food
2023-01-05 * "Haus Nord" "deposit"
  Assets:Deposit:Flat  900.00 EUR
  Assets:Giro
2023-02-01 * "Gran" "lent me for the cello"
  Assets:Giro  1500.00 EUR
  Liabilities:Loan:Gran
2023-02-02 * "Luthier Amsel" "a cello"
  Assets:Cello  1400.00 EUR
  Assets:Giro
2023-03-01 * "Robin Pike" "two lessons"
  Assets:Giro  80.00 EUR
  Income:Lessons
2023-04-01 * "Konsum" "food"
  Expenses:Food  30.00 EUR
  Liabilities:Visa
2023-05-01 * "Lotte" "red coat"
  Expenses:Clothes  120.00 EUR
  Assets:Giro
2023-05-09 * "Lotte" "red coat taken back"
  Expenses:Clothes  -120.00 EUR
  Assets:Giro
2023-06-01 * "Gran" "to Gran"
  Liabilities:Loan:Gran  300.00 EUR
  Assets:Giro
2023-07-01 * "Nell Marsh" "for her bike"
  Assets:Owed:Nell  90.00 EUR
  Assets:Giro
2024-01-08 * "Orchestra" "the cello, sold"
  Assets:Giro  1600.00 EUR
  Assets:Cello  -1400.00 EUR
  Income:Lessons  -200.00 EUR
2023-01-01 open Assets:Gold
2023-01-01 open Income:Luck
2023-08-01 * "Mint" "two bars"
  Assets:Gold  20 AU {50.00 EUR}
  Assets:Giro
2024-01-20 * "Mint" "one bar"
  Assets:Gold  -10 AU {50.00 EUR} @ 70.00 EUR
  Assets:Giro  700.00 EUR
  Income:Luck
2024-02-01 * "Haus Nord" "part of the deposit"
  Assets:Giro  650.00 EUR
  Assets:Deposit:Flat
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("premises")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder)
    with open_index(main, folder) as opened:
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "when did I pay Robin Pike back",
        "how much did Robin Pike lend me",
        "when did we repay Konsum",
    ],
)
def test_nothing_is_told_of_a_debt_that_never_was(question: str, index: Index) -> None:
    refused = plan_question(question, [], TODAY, index)
    assert isinstance(refused, Refusal)
    assert refused.sentence.startswith("Nothing is booked as borrowed from")


@pytest.mark.parametrize(
    ("question", "accounts", "sign"),
    [
        ("when did I pay Gran back", ("Liabilities:Loan:Gran",), 1),
        ("how much have I paid Gran back", ("Liabilities:Loan:Gran",), 1),
        ("how much did Gran lend me", ("Liabilities:Loan:Gran",), -1),
        ("how much of the flat deposit did I get back", ("Assets:Deposit:Flat",), -1),
        ("what did I get for the old cello", ("Assets:Giro",), 1),
        ("how much did the cello go for", ("Assets:Giro",), 1),
        ("how much did I sell the gold for", ("Assets:Giro",), 1),
        ("what did I get for the gold I sold", ("Assets:Giro",), 1),
    ],
)
def test_money_that_went_one_way(question: str, accounts: tuple[str, ...], sign: int, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == accounts
    assert plan.filters.sign == sign


def test_what_was_taken_back_is_no_cost(index: Index) -> None:
    plan = plan_question("what did the red coat cost me in the end", [], TODAY, index)
    assert isinstance(plan, Plan)
    (mention,) = plan.filters.mentions
    assert set(mention.narrations) == {"red coat", "red coat taken back"}


@pytest.mark.parametrize(
    ("kind", "score", "lead", "clear"),
    [
        ("payee", 0.44, 0.06, False),
        ("narration", 0.42, 0.07, False),
        ("payee", 0.45, 0.12, True),
        ("account", 0.42, 0.07, True),
    ],
)
def test_a_bill_of_the_same_theme_is_not_what_was_meant(kind: str, score: float, lead: float, *, clear: bool) -> None:
    near = Near(kind, "Lotte", score)  # type: ignore[arg-type]
    assert (
        stands_clear((Candidate("Expenses:Clothes", score, lead, (near,), score, ("Lotte",)),)) is not None
    ) == clear


@pytest.mark.parametrize("question", ["what did the saxophone bring in", "how much did I earn from saxophones"])
def test_money_said_to_come_in_is_matched_to_no_spending(question: str, index: Index) -> None:
    spent = Candidate("Expenses:Clothes", 0.8, 0.3, (Near("payee", "Lotte", 0.8),), 0.8, ("Lotte",))
    assert isinstance(plan_question(question, [], TODAY, index, meaning=lambda _: (spent,)), Refusal)


def test_what_was_only_spent_on_brought_nothing_in(index: Index) -> None:
    refused = plan_question("what did the food bring in", [], TODAY, index)
    assert isinstance(refused, Refusal)
    assert refused.sentence.startswith("No money came in")
