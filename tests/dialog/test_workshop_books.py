"""Questions to the books of a small employer, whose year runs from April and whose costs are booked without VAT."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question

from .asking import Scripted
from .digests import digest

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
2023-04-01 open Liabilities:Revenue:PayTax
2023-04-01 open Liabilities:Revenue:Insurance
2023-04-01 open Liabilities:VAT
2023-04-01 open Equity:Drawings
2023-04-01 open Revenue:Repairs
2023-04-01 open Revenue:Interest
2023-04-01 open Costs:Premises:Rent
2023-04-01 open Costs:Premises:Power
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
  Liabilities:Revenue:PayTax  -150 GBP
  Liabilities:Revenue:Insurance -60 GBP
  Assets:Bank:Trading
2024-03-28 * "Odo Birk" "wages"
  Costs:Team:Pay:Odo           700 GBP
  Liabilities:Revenue:PayTax   -50 GBP
  Assets:Bank:Trading
2024-09-28 * "Wim Cole" "wages"
  Costs:Team:Pay:Wim           600 GBP
  Liabilities:Revenue:PayTax   -40 GBP
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
