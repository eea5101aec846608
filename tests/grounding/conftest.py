"""One small ledger that has something for every measure, indexed once, and plans said over it."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.evidence import gather
from ledgerqa.grounding import bearers, cite, gate, sentences, warnings, with_elsewhen, with_span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.records import Citation, Evidence, Plan, Verification

TODAY = dt.date(2024, 7, 1)

LEDGER = """
    option "title" "Orchard Lane"
    option "operating_currency" "EUR"
    option "name_income" "Revenue"

    2022-01-01 open Assets:Bank:Giro EUR
      number: "DE-4711"
    2022-01-01 open Assets:Broker:Shares
    2022-01-01 open Assets:Wallet
    2022-01-01 open Liabilities:Card:Blue EUR
    2022-01-01 open Liabilities:Friends:Ada EUR
    2022-01-01 open Equity:Opening
    2022-01-01 open Revenue:Salary
    2022-01-01 open Expenses:Food:Market
    2022-01-01 open Expenses:Food:CornerBakery
    2022-01-01 open Expenses:Home:Rent
    2022-01-01 open Expenses:Gifts
    2022-01-01 open Expenses:Old
    2023-12-31 close Expenses:Old

    2022-01-01 commodity ORCH
      name: "Orchard Fund"

    2022-01-02 * "Opening"
      Assets:Bank:Giro       5000.00 EUR
      Equity:Opening
    2023-01-31 * "Mill & Sons" "Wages"
      Assets:Bank:Giro       3000.00 EUR
      Revenue:Salary        -3000.00 EUR
    2023-02-01 * "Landlord" "Rent"
      Expenses:Home:Rent      900.00 EUR
      Assets:Bank:Giro
    2023-03-01 * "Landlord" "Rent"
      Expenses:Home:Rent      900.00 EUR
      Assets:Bank:Giro
    2023-03-04 * "Green Grocer" "Apples" #cider
      Expenses:Food:Market     12.50 EUR
      Liabilities:Card:Blue
    2023-05-06 * "Green Grocer" "Pears" #cider ^press
      receipt: "GG 2023/118"
      Expenses:Food:Market     40.255 EUR
      Liabilities:Card:Blue
    2023-06-07 * "Crust" "Rolls"
      Expenses:Food:CornerBakery 3.20 EUR
      Liabilities:Card:Blue
    2024-02-03 * "Green Grocer" "Apples returned"
      Expenses:Food:Market     -5.00 EUR
      Assets:Bank:Giro
    2024-03-03 * "Fund" "Buy"
      Assets:Broker:Shares     10 ORCH {100.00 EUR}
      Assets:Bank:Giro      -1000.00 EUR
    2024-03-05 * "Ada" "Lent"
      Liabilities:Friends:Ada  30.00 EUR
      Assets:Bank:Giro
    2024-03-06 * "Ether in"
      Assets:Wallet            1.234567890123456789 ETH
      Equity:Opening          -1.234567890123456789 ETH

    2024-04-01 price ORCH 110.00 EUR
    2024-05-01 price ORCH 105.00 EUR
    2023-01-01 custom "budget" Expenses:Food "monthly" 50.00 EUR
    2023-01-01 event "town" "Delft"
    2024-01-01 event "town" "Ghent"
    2024-01-02 note Assets:Bank:Giro "Asked for a new card on 5 January"
    2024-01-03 query "fruit" "SELECT account WHERE account ~ 'Market'"
    2024-06-01 balance Assets:Bank:Giro 1.00 EUR
"""


@dataclass(frozen=True)
class Said:
    """What a plan came to."""

    text: str
    evidence: Evidence
    citations: tuple[Citation, ...]
    verification: Verification
    warnings: tuple[str, ...]


@pytest.fixture(scope="session")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("orchard")
    main = folder / "orchard.beancount"
    main.write_text(textwrap.dedent(LEDGER), encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as index:
        yield index


def said(plan: Plan, index: Index, question: str = "") -> Said:
    """A plan through all of grounding."""
    evidence = with_span(plan, with_elsewhen(plan, gather(plan, index, TODAY), index, TODAY))
    citations = cite(plan, evidence, index)
    drafted = sentences(plan, evidence, index, citations, question)
    shown, verification = gate(drafted, bearers(plan, evidence, citations, TODAY))
    return Said(" ".join(shown), evidence, citations, verification, warnings(plan, evidence, index))


class Say(Protocol):
    """Says a plan over the orchard's ledger, or over another index."""

    def __call__(self, plan: Plan, question: str = "", index: Index | None = None) -> Said: ...


@pytest.fixture
def say(orchard: Index) -> Say:
    def over(plan: Plan, question: str = "", index: Index | None = None) -> Said:
        return said(plan, index or orchard, question)

    return over
