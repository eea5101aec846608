"""Two words of one account, misspelt or half said by entries, and depths that are debts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question

from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Liabilities:Mortgage
2024-01-01 open Liabilities:Cards:FalconVisa
2024-01-01 open Expenses:Home:MortgageInterest
2024-01-01 open Expenses:Car:Interest
2024-01-01 open Expenses:Ines:Fees
2024-02-03 note Liabilities:Cards:FalconVisa "New card number after the business, closed the old"
2024-02-02 * "Lender" "instalment"
  Expenses:Home:MortgageInterest  50.00 GBP
  Liabilities:Mortgage  10.00 GBP
  Assets:Bank
2024-02-04 * "Garage" "loan interest"
  Expenses:Car:Interest  7.00 GBP
  Assets:Bank
2024-03-03 * "School" "Ines' term fees"
  Expenses:Ines:Fees  70.00 GBP
  Liabilities:Cards:FalconVisa
2024-04-03 * "School" "choir credit"
  Expenses:Ines:Fees  -15.00 GBP
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("of_two_words") / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, path.with_name("data"))
    with open_index(path, path.with_name("data")) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how much mortgage intrest did we pay in 2024", "sum Expenses:Home:MortgageInterest 2024"),
        ("Ines's term fees 2024", "sum Expenses:Ines:Fees <Ines' term fees> 2024"),
        ("Ines's term fees 2024 after the choir credit came off", "sum Expenses:Ines:Fees 2024"),
        (
            "how deep were we in on the Falcon card when 2024 closed",
            "balance Liabilities:Cards:FalconVisa ..2025-01-01",
        ),
    ],
)
def test_what_is_meant(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], dt.date(2025, 6, 30), index)) == plan
