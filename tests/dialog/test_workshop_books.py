"""Questions to the books of a small employer, whose year runs from April and whose costs are booked without VAT."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.records import Plan

from .asking import Scripted
from .digests import digest
from .period_tables import written

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 10, 10)
LEDGER = """
option "operating_currency" "GBP"
option "name_expenses" "Costs"
option "name_income" "Revenue"

2023-04-01 open Assets:Bank:Trading
2023-04-01 open Assets:Deposits:Landlord
2023-04-01 open Assets:Stock
2023-04-01 open Liabilities:Revenue:Payroll:PayTax
2023-04-01 open Liabilities:Revenue:Payroll:Insurance
2023-04-01 open Liabilities:VAT
2023-04-01 open Equity:Drawings
2023-04-01 open Revenue:Repairs
2023-04-01 open Revenue:Interest
2023-04-01 open Costs:Premises:Rent
2023-04-01 open Costs:Premises:Power
2023-04-01 open Costs:Phone
2023-04-01 open Costs:Stock
2023-04-01 open Costs:LoanInterest
2023-04-01 open Costs:Team:Pay:Nell
2023-04-01 open Costs:Team:Pay:Odo
2023-04-01 open Costs:Team:Pay:Wim
2023-04-01 open Costs:Team:Bonus
2023-04-01 open Costs:Team:EmployerPension

2023-04-05 * "Mill Estates" "rent"
  Costs:Premises:Rent          900 GBP
  Assets:Bank:Trading
2023-05-05 * "Voltfield" "power"
  Costs:Premises:Power         100 GBP
  Liabilities:VAT               20 GBP
  Assets:Bank:Trading
2023-05-06 * "Wheelwright" "frames"
  Assets:Stock            3 FRAME {100 GBP}
  Costs:Stock                    5 GBP
  Assets:Bank:Trading
2024-03-28 * "Nell Ash" "wages"
  Costs:Team:Pay:Nell         1000 GBP
  Costs:Team:Pay:Nell           80 GBP
    kind: "overtime"
  Costs:Team:EmployerPension    30 GBP
  Liabilities:Revenue:Payroll:PayTax  -150 GBP
  Liabilities:Revenue:Payroll:Insurance -60 GBP
  Assets:Bank:Trading
2024-03-28 * "Odo Birk" "wages"
  Costs:Team:Pay:Odo           700 GBP
  Liabilities:Revenue:Payroll:PayTax   -50 GBP
  Assets:Bank:Trading
2024-09-28 * "Wim Cole" "wages"
  Costs:Team:Pay:Wim           600 GBP
  Liabilities:Revenue:Payroll:PayTax   -40 GBP
  Assets:Bank:Trading
2024-12-20 * "Nell Ash" "christmas bonus"
  Costs:Team:Bonus             100 GBP
  Assets:Bank:Trading
2024-12-31 * "Lodebank" "interest"
  Costs:LoanInterest            40 GBP
  Revenue:Interest              -3 GBP
  Assets:Bank:Trading
2025-01-31 * "Hyde" "repair"
  Assets:Bank:Trading          240 GBP
  Revenue:Repairs             -200 GBP
  Liabilities:VAT
2025-03-06 * "Ringtel" "phone"
  Costs:Phone                   30 GBP
  Liabilities:VAT                6 GBP
  Assets:Bank:Trading
2025-04-06 * "Ringtel" "phone"
  Costs:Phone                   30 GBP
  Liabilities:VAT                6 GBP
  Assets:Bank:Trading
2025-05-06 * "Ringtel" "phone"
  Costs:Phone                   35 GBP
  Liabilities:VAT                7 GBP
  Assets:Bank:Trading
2025-02-01 * "drawings"
  Equity:Drawings              500 GBP
  Assets:Bank:Trading
"""


def of(question: str, index: Index, model: Scripted | None = None) -> str:
    return digest(plan_question(question, [], TODAY, index, understander=model))


@pytest.mark.parametrize(
    "end", [", net of vat", ", excluding vat", " - before VAT", ", from the trading account", ", paid to Voltfield"]
)
def test_what_is_named_first_is_asked_for_whatever_follows(end: str, index: Index) -> None:
    heard = Scripted(
        {"measure": ("sum", 0.95)},
        {"rent": "EXCLUDE", "vat": "NAME", "VAT": "NAME", "trading account": "NAME", "Voltfield": "NAME"},
    )
    plan = of(f"all premises costs but not the rent, 1 april 2023 till 31 march 2024{end}", index, heard)
    assert plan.startswith("sum Costs:Premises"), plan
    assert "-Costs:Premises:Rent" in plan


def test_what_is_told_before_the_question_names_nothing(index: Index) -> None:
    heard = Scripted({"measure": ("sum", 0.95)}, {"power": "NAME"})
    plan = of("the stock man called, how much did we spend on power in 2023", index, heard)
    assert plan == "sum Costs:Premises:Power 2023"


def test_a_trading_account_is_no_trade(index: Index) -> None:
    assert (
        of("premises costs in 2023 from the trading account", index)
        == "sum Costs:Premises with Assets:Bank:Trading 2023"
    )
    assert "Assets:Stock" in of("stock costs on trades in 2023", index)


YEARS = """
    loan interest: FY 23/24 vs FY 24/25 (1 Apr to 31 Mar each) => 2023-04-01/2024-03-31, 2024-04-01/2025-03-31
    power FY2023/24 vs FY2024/25 (1 Apr to 31 Mar) => 2023-04-01/2024-03-31, 2024-04-01/2025-03-31
    Our years run april-march so 23/24, 24/25 => 2023-04-01/2024-03-31, 2024-04-01/2025-03-31
    power in FY 24/25 (apr-mar), over the 12 months => 2024-04-01/2025-03-31
    power in 24/25 (apr-mar) => 2024-04-01/2025-03-31
    the year 2024/25 (1 April - 31 March) => 2024-04-01/2025-03-31
    power 23/24 and 24/25 (apr to mar) => 2023-04-01/2024-03-31, 2024-04-01/2025-03-31
    FY25 (apr-mar) power => 2024-04-01/2025-03-31
    our books run April to March. power in 24/25 against 23/24 => 2024-04-01/2025-03-31, 2023-04-01/2024-03-31
    power by financial year, ours runs april to march =>
    power in 23/24 =>
    invoice 24/25 (june) => 2025-06-01/2025-06-30
    for the year April 2024 - March 2025 => 2024-04-01/2025-03-31
    power in FY 24/25 (apr-jun) => 2024-04-01/2024-06-30
    worth at our year end 31 March 2025 => /2025-03-31
    worth at the year end (31 March 2025) => /2025-03-31
    worth at year end, 31/03/2025 => /2025-03-31
    power for the year end 31 March 2025 => 2024-04-01/2025-03-31
    worth at year end 2024 => /2024-12-31
    at year end, 5 May => /2024-12-31, 2024-05-05/2024-05-05
"""


@pytest.mark.parametrize(("question", "wanted"), [each.split("=>") for each in YEARS.strip().splitlines()])
def test_years_that_the_question_itself_says(question: str, wanted: str) -> None:
    assert ", ".join(written(each.period) for each in find_periods(question.strip(), TODAY)) == wanted.strip()


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("our books run april to march. how much power in 23/24", "Costs:Premises:Power 2023-04-01..2024-04-01"),
        ("power in FY 23/24 (apr-mar), over the 12 months", "Costs:Premises:Power 2023-04-01..2024-04-01"),
        ("interest on the loan in 2024", "Costs:LoanInterest 2024"),
        ("interest from the bank in 2024", "Revenue:Interest 2024"),
    ],
)
def test_what_years_and_costs_are_called_in_other_words(question: str, plan: str, index: Index) -> None:
    assert of(question, index) == f"sum {plan}"


def test_years_said_once_hold_for_what_follows(index: Index) -> None:
    outcome = plan_question("and in 24/25?", ["power in FY 23/24 (apr-mar)"], TODAY, index)
    assert digest(outcome) == "sum Costs:Premises:Power 2024-04-01..2025-04-01"


def test_units_of_a_period_are_no_other_period(index: Index) -> None:
    heard = Scripted(spans={"power": "NAME", "the 12": "PERIOD", "apr-mar": "PERIOD"})
    plan = plan_question("power in FY 24/25 (apr-mar), over the 12 months", [], TODAY, index, understander=heard)
    assert isinstance(plan, Plan)
    assert plan.reading == ()


@pytest.mark.parametrize(
    ("question", "valued"),
    [
        ("what was the business worth on 31 March 2025, frames at what we paid, pounds left as pounds", "at cost"),
        ("what was the business worth on 31 March 2025, leaving pounds in pounds", "at market"),
        ("what was the business worth on 31 March 2025 in pounds", "at market into GBP"),
    ],
)
def test_the_worth_of_a_business_is_valued_as_it_is_said(question: str, valued: str, index: Index) -> None:
    assert of(question, index) == f"net_worth 2025-03-31..2025-04-01 {valued}"


PAY = "Costs:Team:Pay"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("gross pay in 2024", f"{PAY} 2024"),
        ("gross wages per employee in 2024", f"{PAY} 2024 by account"),
        ("wage bill 2024 person by person, just the gross pay", f"{PAY} 2024 by account"),
        ("what was Nell's gross pay in 2024", f"{PAY}:Nell 2024"),
        ("wages for Nell in 2024", f"{PAY}:Nell 2024"),
        ("gross pay and bonus in 2024", f"{PAY} Costs:Team:Bonus 2024"),
        ("gross pay for Nell in 2024, overtime in, bonus out", f"{PAY}:Nell -Costs:Team:Bonus 2024"),
        ("gross pay for Nell in 2024, bonus out but overtime in", f"{PAY}:Nell -Costs:Team:Bonus 2024"),
        (
            "who cost more in gross pay in 2024, Nell or the other two (Odo then Wim) put together",
            f"2024 [Nell: {PAY}:Nell] [Odo and Wim: {PAY}:Odo {PAY}:Wim]",
        ),
        ("gross pay in 2024, Nell or Odo", f"2024 [Nell: {PAY}:Nell] [Odo: {PAY}:Odo]"),
    ],
)
def test_pay_in_the_books_of_an_employer_is_spent(question: str, plan: str, index: Index) -> None:
    assert of(question, index) == f"sum {plan}"


def test_what_the_owner_earns_is_no_pay_of_others(index: Index) -> None:
    assert of("what did I earn gross in 2025", index) == "sum income 2025"


@pytest.mark.parametrize(
    "question",
    ["team costs in 2024 - no bonus, pension or nell", "team costs without the bonus, pension and nell in 2024"],
)
def test_a_list_of_what_is_left_out_goes_on_after_its_commas(question: str, index: Index) -> None:
    plan = of(question, index)
    assert plan.startswith("sum Costs:Team -Costs:Team:Bonus -Costs:Team:EmployerPension"), plan


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        (
            "what did we spend on the team in 2024? bonus, employer pension as one figure",
            "sum Costs:Team:Bonus Costs:Team:EmployerPension 2024",
        ),
        (
            "we owe the revenue what for payroll now? NI, pay tax as one figure",
            "balance Liabilities:Revenue:Payroll ..2025-10-11",
        ),
        (
            "what do we owe for payroll? national contributions, pay tax in one sum",
            "balance Liabilities:Revenue:Payroll",
        ),
    ],
)
def test_parts_told_after_the_question_are_the_whole(question: str, plan: str, index: Index) -> None:
    assert of(question, index, Scripted({"measure": ("sum", 0.9)})) == plan


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (", vat included", "Assets:Bank:Trading <Ringtel> - 2025-04-06..2025-05-07 order date"),
        (", before vat", "expenses <Ringtel> 2025-04-06..2025-05-07 order date"),
        ("", "expenses <Ringtel> 2025-04-06..2025-05-07 order date"),
    ],
)
def test_a_price_with_vat_is_what_was_paid(words: str, kept: str, index: Index) -> None:
    plan = of(f"when did ringtel put the price up and what is it since{words}", index)
    assert plan == f"list {kept}"


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("did we burn less power in 2024 than in 2023", False),
        ("are we using less power in 2024", False),
        ("less power in 2024 than 2023?", False),
        ("premises costs less power in 2024", True),
        ("how much did we spend less the power in 2024", True),
        ("what did we earn less power in 2024", True),
    ],
)
def test_less_of_it_is_not_without_it(question: str, index: Index, *, left_out: bool) -> None:
    assert ("-Costs:Premises:Power" in of(question, index)) is left_out
