"""What loans cost and what went off cards: over a small invented ledger."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "NZD"
2024-01-01 open Assets:Bank
2024-01-01 open Assets:House
2024-01-01 open Liabilities:Mortgage
2024-01-01 open Liabilities:CarLoan
2024-01-01 open Liabilities:Card:Heron
2024-01-01 open Equity:Opening
2024-01-01 open Income:Interest
2024-01-01 open Expenses:Home:MortgageInterest
2024-01-01 open Expenses:Car:Interest
2024-01-01 open Expenses:Car:Hire
2024-01-01 open Expenses:Food

2024-01-01 * "opening"
  Assets:Bank             9000 NZD
  Liabilities:CarLoan    -3000 NZD
  Equity:Opening
2024-02-01 * "Notary" "the house"
  Assets:House           90000 NZD
  Assets:Bank            -5000 NZD
  Liabilities:Mortgage
2024-03-01 * "Kea Bank" "mortgage"
  Expenses:Home:MortgageInterest 300 NZD
  Liabilities:Mortgage     100 NZD
  Assets:Bank
2024-04-01 * "Kea Bank" "mortgage"
  Expenses:Home:MortgageInterest 299 NZD
  Liabilities:Mortgage     101 NZD
  Assets:Bank
2024-04-02 * "Kea Bank" "interest"
  Assets:Bank                7 NZD
  Income:Interest
2024-05-01 * "Auto Finance" "instalment"
  Expenses:Car:Interest     20 NZD
  Liabilities:CarLoan       80 NZD
  Assets:Bank
2024-05-02 * "Rent-a-Car Tui" "trip"
  Expenses:Car:Hire         60 NZD
  Liabilities:Card:Heron
2024-05-03 * "Rent-a-Car Tui" "deposit back"
  Liabilities:Card:Heron    10 NZD
  Expenses:Car:Hire
2024-06-01 * "Heron" "statement"
  Liabilities:Card:Heron    50 NZD
  Assets:Bank
"""

FIGURES = [
    ("what do we still owe on the house", "-84799"),
    ("how much is left to pay on the car", "-2920"),
    ("what is outstanding on the house at the end of march 2024?", "-84900"),
    ("how much interest did we pay in 2024", "619"),
    ("total interest paid", "619"),
    ("how much interest did we earn in 2024", "-7"),
    ("how much interest did we pay on the car loan", "20"),
    ("how much principal did we pay on the mortgage in 2024", "201"),
    ("how much principal have we paid on all loans", "281"),
    ("principal still outstanding on the mortgage", "-84799"),
    ("how much did we pay on the mortgage in 2024", "-800"),
    ("total mortgage payments", "-800"),
    ("what did we pay towards the car loan", "-100"),
    ("how much of the mortgage have we paid off", "201"),
    ("how much is still owed on the car", "-2920"),
    ("how much did we pay the Heron card in 2024", "50"),
    ("how much did we pay off the card", "50"),
    ("what went to pay the card in 2024: total card payments", "50"),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_what_a_loan_costs(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert [f"{row[0]:f}" for row in rows] == [figure], digest(plan)


@pytest.mark.parametrize(
    ("question", "figure"), [("how much principal did we pay on the mortgage", "201"), ("mortgage payments", "-400")]
)
def test_a_model_that_hears_spending_or_a_list(question: str, figure: str, index: Index) -> None:
    hears = Scripted({"measure": ("list" if "payments" in question else "sum", 0.95), "flow": ("spend", 0.9)})
    plan = plan_question(question, [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan), plan
    row = gather(plan, index, TODAY).table.rows[0]
    assert figure in {f"{cell:f}" for cell in row if not isinstance(cell, str | dt.date | None)}, digest(plan)


def test_the_purchase_of_the_house_is_no_instalment(index: Index) -> None:
    plan = plan_question("how many mortgage payments did we make", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.COUNT
    assert [row[0] for row in gather(plan, index, TODAY).table.rows] == [2]


def test_principal_beside_interest(index: Index) -> None:
    plan = plan_question("principal vs interest on the mortgage in 2024", [], TODAY, index)
    assert isinstance(plan, Plan)
    rows = gather(plan, index, TODAY).table.rows
    assert [(row[0], f"{row[1]:f}") for row in rows] == [("principal", "201"), ("interest", "599")]


def test_the_biggest_of_savings_is_one(index: Index) -> None:
    plan = plan_question("biggest transfer out of the bank", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.limit == 1


def test_what_entries_say_names_the_loan_that_they_pay_down(tmp_path: Path) -> None:
    path = tmp_path / "emi.beancount"
    path.write_text(
        """
2024-01-01 open Assets:Bank
2024-01-01 open Liabilities:Loan:Ghar
2024-01-01 open Liabilities:Loan:Gaadi
2024-01-01 open Equity:Opening
2024-01-01 * "opening"
  Liabilities:Loan:Ghar  -900 INR
  Liabilities:Loan:Gaadi -300 INR
  Equity:Opening
2024-02-01 * "Sahyadri" "EMI home loan"
  Liabilities:Loan:Ghar    20 INR
  Assets:Bank
2024-02-05 * "Sahyadri" "EMI car"
  Liabilities:Loan:Gaadi   50 INR
  Assets:Bank
2024-03-01 * "Sahyadri" "EMI home loan"
  Liabilities:Loan:Ghar    20 INR
  Assets:Bank
2024-03-05 * "Sahyadri" "EMI car"
  Liabilities:Loan:Gaadi   50 INR
  Assets:Bank
""",
        encoding="utf-8",
    )
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as opened:
        for question, figure in (
            ("how much is left on the car loan", "-200"),
            ("what do we still owe on the home loan?", "-860"),
            ("home loan outstanding as on 2024-02-10", "-880"),
        ):
            plan = plan_question(question, [], TODAY, opened)
            assert isinstance(plan, Plan), plan
            assert f"{gather(plan, opened, TODAY).table.rows[0][0]:f}" == figure, digest(plan)


def test_a_loan_named_in_another_form_of_its_word(tmp_path: Path) -> None:
    path = tmp_path / "parish.beancount"
    path.write_text(
        """
2024-01-01 open Assets:Bank
2024-01-01 open Liabilities:DioceseLoan
2024-01-01 open Expenses:Levy
2024-01-02 * "Diocese" "loan for the roof"
  Assets:Bank   900 EUR
  Liabilities:DioceseLoan
2024-02-02 * "Diocese" "repayment"
  Liabilities:DioceseLoan   100 EUR
  Assets:Bank
2024-02-03 * "Diocese" "Diocesan levy"
  Expenses:Levy   30 EUR
  Assets:Bank
""",
        encoding="utf-8",
    )
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as opened:
        plan = plan_question("how much is outstanding on the diocesan loan", [], TODAY, opened)
        assert isinstance(plan, Plan), plan
        assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Liabilities:DioceseLoan",))
        assert isinstance(plan_question("what is outstanding on the diocesan levy", [], TODAY, opened), Refusal)


def test_interest_on_the_loan_for_a_thing_that_no_account_of_interest_is_called_after(tmp_path: Path) -> None:
    path = tmp_path / "motor.beancount"
    path.write_text(
        """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Motor
2023-01-01 open Liabilities:MotorFinance
2023-01-01 open Liabilities:Card
2023-01-01 open Income:Interest
2023-01-01 open Expenses:Motor:Interest
2023-01-01 open Expenses:Motor:Petrol
2023-01-02 * "Bell Motors" "the motor"
  Assets:Motor               900 GBP
  Liabilities:MotorFinance
2023-02-01 * "Bell Motors" "finance"
  Expenses:Motor:Interest     30 GBP
  Liabilities:MotorFinance    70 GBP
  Assets:Bank
2024-02-01 * "Bell Motors" "finance"
  Expenses:Motor:Interest     20 GBP
  Liabilities:MotorFinance    80 GBP
  Assets:Bank
2024-03-01 * "Bank" "interest"
  Assets:Bank                  7 GBP
  Income:Interest
2024-03-02 * "Fuel Stop" "petrol"
  Expenses:Motor:Petrol       40 GBP
  Liabilities:Card
2024-03-04 * "Bank of Ayr" "motor club"
  Expenses:Motor:Petrol       10 GBP
  Assets:Bank
""",
        encoding="utf-8",
    )
    build(path, tmp_path / "data")
    with open_index(path, tmp_path / "data") as opened:
        for question, expected in (
            ("is the interest on the motor loan finally going down? year by year", "Expenses:Motor:Interest"),
            ("the interest on the motor finance by year", "Expenses:Motor:Interest"),
            ("what interest did we earn by year", "Income:Interest"),
        ):
            hears = Scripted({"measure": ("sum", 0.95), "flow": ("income", 0.95)})
            plan = plan_question(question, [], TODAY, opened, understander=hears)
            assert isinstance(plan, Plan), plan
            assert (plan.filters.accounts, plan.filters.mentions) == ((expected,), ()), digest(plan)
        owed = "balance Liabilities:MotorFinance"
        for question, before, expected in (
            ("and the one for the motor", "what do we still owe on the card", owed),
            ("ok, what about the one for the motor?", "how much is outstanding on the card", owed),
            ("how much do we still owe the bank for the motor", "", owed),
        ):
            plan = plan_question(question, [before] if before else [], TODAY, opened)
            assert isinstance(plan, Plan), plan
            assert digest(plan) == expected
