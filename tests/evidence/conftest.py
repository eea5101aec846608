"""Ledgers indexed once for the whole run, each beside the same ledger in beanquery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from tests.evidence.oracle import Oracle
from tests.evidence.plans import Material, material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index


@dataclass(frozen=True)
class Ledger:
    """One ledger: our index, beanquery's tables, and the names to ask for."""

    index: Index
    oracle: Oracle
    material: Material


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Ledger]]:
    """A ledger by its main file, indexed at most once."""
    folder = tmp_path_factory.mktemp("evidence")
    ready: dict[Path, Ledger] = {}

    def open_ledger(path: Path) -> Ledger:
        if path not in ready:
            build(path, folder)
            index = open_index(path, folder)
            ready[path] = Ledger(index, Oracle(path), material(index))
        return ready[path]

    yield open_ledger
    for ledger in ready.values():
        ledger.index.close()


@pytest.fixture(scope="session")
def small(indexed: Callable[[Path], Ledger], tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of a few lines that has one of everything."""
    path = tmp_path_factory.mktemp("small") / "small.beancount"
    path.write_text(SMALL, encoding="utf-8")
    return indexed(path)


SMALL = """
option "title" "One of everything"
option "operating_currency" "EUR"
option "name_income" "Earnings"

1990-01-01 commodity EUR
  name: "Euro"
1990-01-01 commodity FUND
  name: "A fund"
  class: "stock"

2022-01-01 open Assets:Bank:Checking
  number: "DE 12"
2022-01-01 open Assets:Bank:Savings          EUR
2022-01-01 open Assets:Cash
2022-01-01 open Assets:Depot:FUND            FUND
2022-01-01 open Assets:Depot:COIN
2022-01-01 open Assets:Lent:Ada
2022-01-01 open Liabilities:Card
2022-01-01 open Equity:Opening
2022-01-01 open Earnings:Wage
2022-01-01 open Earnings:Interest
2022-01-01 open Expenses:Food
2022-01-01 open Expenses:Food:Market
2022-01-01 open Expenses:Food:Out
2022-01-01 open Expenses:Foodstamps
2022-01-01 open Expenses:Home:Rent
2022-01-01 open Expenses:Home:Power
2022-01-01 open Expenses:Fees
2022-01-01 open Assets:Old
2023-06-30 close Assets:Old

2022-01-02 price FUND 10.10 EUR
2022-07-01 price FUND 11.3 EUR
2023-01-01 price FUND 12.37 EUR
2023-09-01 price FUND 11.9 EUR
2022-01-02 price USD 0.88 EUR
2022-11-01 price USD 0.97 EUR
2023-03-01 price EUR 1.07 USD
2022-01-05 price COIN 3001.123456789 USD
2023-05-05 price COIN 2800.5 USD
2022-03-03 price EUR 130.45 JPY

2022-01-01 * "Opening" ^start
  Assets:Bank:Checking      1000.00 EUR
  Assets:Cash                 20.5 USD
  Equity:Opening

2022-01-03 * "The Landlord" "Rent 01/2022"
  Expenses:Home:Rent         700 EUR
  Assets:Bank:Checking
2022-02-03 * "The Landlord" "Rent 02/2022"
  Expenses:Home:Rent         700 EUR
  Assets:Bank:Checking
2022-03-03 * "The Landlord" "Rent 03/2022"
  Expenses:Home:Rent         720 EUR
  Assets:Bank:Checking
2022-05-03 * "The Landlord" "Rent 05/2022"
  Expenses:Home:Rent         720 EUR
  Assets:Bank:Checking

2022-01-31 * "Employer" "January" #work
  Earnings:Wage            -2000.00 EUR
  Assets:Bank:Checking      2000.00 EUR
2022-02-28 * "Employer" "February" #work
  Earnings:Wage            -2100.00 EUR
  Assets:Bank:Checking      2100.00 EUR

2022-02-05 * "Joe's \\"Diner\\"" "Lunch with Ada" #trip #food ^ada
  receipt: "r-17"
  Expenses:Food:Out           31.40 EUR
    who: "Ada"
  Assets:Lent:Ada             10.00 EUR
  Liabilities:Card
2022-02-06 * "O'Brien" "Beer; and more"
  guests: 7.5
  Expenses:Food:Out            4.20 EUR
  Expenses:Food:Out            4.20 EUR
  Liabilities:Card
2022-02-06 * "O'Brien" "Beer; and more"
  Expenses:Food:Out            4.20 EUR
  Expenses:Food:Out            4.20 EUR
  Liabilities:Card
2022-02-12 ! "Market" "veg" #food
  Expenses:Food:Market        12.34 EUR
  Assets:Cash                 -3.00 USD @ 0.90 EUR
  Liabilities:Card
2022-02-13 * "Market" "returned" #food
  Expenses:Food:Market        -2.34 EUR
  Liabilities:Card
2022-12-31 * "market" "party, straße"
  Expenses:Food              100 USD
  Assets:Cash               -100 USD
2023-01-01 * "Ада" "ужин"
  Expenses:Food:Out           10 USD @@ 9.31 EUR
  Liabilities:Card
2023-04-01 * "Stamps"
  Expenses:Foodstamps          5.00 EUR
  Liabilities:Card
2023-02-01 * "Card" "payment"
  Liabilities:Card            50.00 EUR
  Assets:Bank:Checking

2022-01-10 * "Broker" "buy"
  Assets:Depot:FUND           10 FUND {10.15 EUR}
  Expenses:Fees                1.99 EUR
  Assets:Bank:Checking
2022-06-10 * "Broker" "buy" ^deal
  Assets:Depot:FUND         3.333 FUND {11.01 EUR, "second"}
  Assets:Bank:Checking
2022-09-10 * "Broker" "sell"
  Assets:Depot:FUND           -4 FUND {10.15 EUR} @ 11.2 EUR
  Assets:Bank:Checking      44.80 EUR
  Earnings:Interest
2022-01-11 * "Exchange" "coins"
  Assets:Depot:COIN   0.123456789012345678 COIN {3000.01 USD}
  Assets:Cash
2022-01-12 * "Exchange" "dust"
  Assets:Depot:COIN   0.0000000000000000000123 COIN {3000.01 USD}
  Assets:Cash
2022-01-12 * "Big" "number"
  Assets:Cash   123456789012345678901234 JPY
  Equity:Opening

2022-12-31 balance Assets:Bank:Savings 0 EUR
2023-01-01 balance Assets:Cash 1 USD

2022-01-01 event "city" "Bern"
2022-08-01 event "city" "Basel"
2022-02-02 note Assets:Bank:Checking "called the bank"
2022-01-01 query "food" "SELECT sum(position) WHERE account ~ 'Food'"
2022-01-01 custom "budget" Expenses:Food "monthly" 100 EUR
2022-03-10 custom "budget" Expenses:Food "weekly" 35.00 EUR
2022-01-01 custom "budget" Expenses:Home:Rent "yearly" 8400 EUR
2022-01-01 custom "budget" Expenses:Fees "quarterly" 9 EUR
2022-01-01 custom "budget" Expenses:Fees "daily" 0.10 USD
"""
