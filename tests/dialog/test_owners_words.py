"""What the owner of a small pottery says of it: "the firm", "my own money", "the landlord", what is written down."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.protocols import Labelled
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.intent.exclusions import with_heard
from ledgerqa.records import Refusal

from .digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "GBP"

2023-01-01 open Assets:Bank
2023-01-01 open Assets:Till
2023-01-01 open Assets:Deposits:Landlord
2023-01-01 open Assets:Debtors:HeronCafe
2023-01-01 open Assets:Debtors:WrenGallery
2023-01-01 open Assets:Kiln:WrittenDown
2023-01-01 open Liabilities:Creditors:Claybank
2023-01-01 open Liabilities:OwedToMona
2023-01-01 open Equity:Mona:Drawings
2023-01-01 open Equity:Mona:PaidIn
2023-01-01 open Equity:Start
2023-01-01 open Income:Sales
2023-01-01 open Expenses:Rent
2023-01-01 open Expenses:Clay
2023-01-01 open Expenses:Travel
2023-01-01 open Expenses:Phone:Tess
2023-01-01 open Expenses:Money:CardFees
2023-01-01 open Expenses:Staff:Pension
2023-01-01 open Expenses:Staff:Pay:Tess

2023-01-01 event "opening-hours" "Tue-Sat 9-17"
2023-11-01 event "opening-hours" "Tue-Sat 10-16"
2023-06-01 note Assets:Debtors:WrenGallery "Ludo says cash is tight until spring, agreed to wait"
2023-07-01 note Expenses:Staff:Pay:Tess "Tess prefers to be paid on Fridays"
2023-08-01 balance Assets:Till 5 GBP

2023-01-02 * "start"
  Assets:Bank                 4000 GBP
  Assets:Deposits:Landlord     900 GBP
  Equity:Start
2023-02-01 * "Hollin Estates" "unit 7"
  Expenses:Rent                300 GBP
  Assets:Bank
2023-03-01 * "Holin Estates" "unit 7"
  Expenses:Rent                300 GBP
  Assets:Bank
2023-04-01 * "Hollin Estates" "unit 7"
  Expenses:Rent                300 GBP
  Assets:Bank
2024-02-01 * "Hollin Estates" "unit 7"
  Expenses:Rent                310 GBP
  Assets:Bank
2023-03-01 * "Mona" "to get over March"
  Assets:Bank                  500 GBP
  Equity:Mona:PaidIn
2023-04-01 * "Mona" "drawings"
  Equity:Mona:Drawings         200 GBP
  Assets:Bank
2023-05-01 * "Railways" "to the fair, Mona paid"
  Expenses:Travel               47 GBP
  Liabilities:OwedToMona
2023-05-02 * "Gasthof Linde" "two nights at the fair"
  Expenses:Travel              120 GBP
  Assets:Bank
2023-05-03 * "Terminal" "fees"
  Expenses:Money:CardFees        9 GBP
  Assets:Bank
2023-06-30 * "Tess" "pay"
  Expenses:Staff:Pay:Tess      800 GBP
  Expenses:Staff:Pension        40 GBP
  Assets:Bank
2023-07-02 * "Nordtel" "mobile"
  Expenses:Phone:Tess           12 GBP
  Assets:Bank
2023-08-02 * "Heron Cafe" "mugs"
  Assets:Debtors:HeronCafe     150 GBP
  Income:Sales
2023-09-02 * "Claybank" "stoneware"
  invoice: "CB7705"
  due: 2023-10-02
  Expenses:Clay                 80 GBP
  Liabilities:Creditors:Claybank
"""
PLANS = [
    ("hotel bill at the fair", "sum expenses <Gasthof Linde>"),
    ("how much went on the pension", "sum Expenses:Staff:Pension"),
    ("list everyone owing us money", "balance Assets:Debtors:HeronCafe by account"),
    ("what was spent under Money in 2023", "sum Expenses:Money 2023"),
    ("last time I put my own money into the firm - date and how much?", "list Equity:Mona:PaidIn order -date limit 1"),
    ("how much of my own money did I put into the business", "sum Equity:Mona:PaidIn"),
    ("how much have I taken out of the business in 2023", "sum Equity:Mona:Drawings 2023"),
    ("anything the firm still has to give back to me for stuff I bought myself?", "balance Liabilities:OwedToMona"),
    ("what does the shop owe me", "balance Liabilities:OwedToMona"),
    ("what did the landlord get out of us in 2024", "sum Expenses:Rent 2024"),
    ("how much has gone to the landlord in 2024", "sum Expenses:Rent 2024"),
    ("net change of landlord in 2024", "balance Assets:Deposits:Landlord [as of 2023-12-31: Assets:Deposits:Landlord ..2024-01-01] [as of 2024-12-31: Assets:Deposits:Landlord ..2025-01-01]"),
    ("how much does the landlord hold", "balance Assets:Deposits:Landlord"),
    ("whats written down about ludo being late with money", "notes <Ludo says cash is tight until spring, agreed to wait>"),
    ("we spelt the landlords name wrong once, which payment was that", "list <Holin Estates> entries"),
    ("which entry has Hollin Estates misspelt", "list <Holin Estates> entries"),
    ("what did we spend on Tess's phone bill", "sum Expenses:Phone:Tess"),
    ("what did we spend on Tess's birthday", "sum Expenses:Phone:Tess Expenses:Staff:Pay:Tess"),
    ("a balance check doesnt work out. which and what is the gap", "balance_checks failing"),
    ("what is the difference on the balance assertion that fails", "balance_checks failing"),
    ("opening times on 1 december 2023", "events ..2023-12-02 order -date limit 1 key opening-hours"),
    ("which hours were we open on 1 december 2023", "events ..2023-12-02 order -date limit 1 key opening-hours"),
    ("by when must CB7705 be paid", "metadata invoice=CB7705 key due"),
    ("when do we have to settle CB7705", "metadata invoice=CB7705 key due"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_plan(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    "question",
    [
        "where does Tess live",
        "what is Tess's address",
        "when was Tess born",
        "when is Tess's birthday",
        "where do my parents live",
    ],
)
def test_what_nobody_wrote_down(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "heard", "left_out"),
    [
        ("serial number of the chipped ex demo wheel", "demo wheel", False),
        ("what did the ex-display kiln fetch", "display kiln", False),
        ("what did I pay my ex wife", "wife", False),
        ("spending in 2023 ex rent", "rent", True),
        ("income ex rental in 2023", "rental", True),
        ("costs ex vat", "vat", True),
    ],
)
def test_ex(question: str, heard: str, left_out: bool) -> None:  # noqa: FBT001
    start = question.index(heard)
    span = Labelled("EXCLUDE", start, start + len(heard), 0.95)
    assert bool(with_heard([], [span], question)) is left_out
