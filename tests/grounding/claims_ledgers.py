"""Two small ledgers and the plans over which the reader's sentences are judged, each by a short name."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.corpus import build, open_index
from ledgerqa.evidence import gather
from ledgerqa.grounding import cite, sentences, with_span
from ledgerqa.grounding.witnesses import witnesses
from ledgerqa.records import Filters, Grouping, Measure, Mention, Order, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.grounding.witnesses import Witnesses
    from ledgerqa.records import Citation, Evidence

TODAY = dt.date(2024, 7, 1)

HARBOUR = """
    option "operating_currency" "USD"
    2022-01-01 open Assets:Checking
    2022-01-01 open Assets:Savings
    2022-01-01 open Assets:Broker:Shares
    2022-01-01 open Assets:Broker:Cash
    2022-01-01 open Liabilities:Visa
    2022-01-01 open Equity:Opening
    2022-01-01 open Income:Salary
    2022-01-01 open Income:Interest
    2022-01-01 open Expenses:Food:Groceries
    2022-01-01 open Expenses:Food:Restaurant
    2022-01-01 open Expenses:Home:Rent
    2022-01-01 open Expenses:Home:Household
    2022-01-01 open Expenses:Transport
    2022-01-01 open Expenses:Taxes

    2022-01-01 * "Opening"
      Assets:Checking         8000.00 USD
      Equity:Opening
    2023-01-31 * "Brightwell Ltd" "January wages" #job
      Assets:Checking         2400.00 USD
      Expenses:Taxes           600.00 USD
      Income:Salary          -3000.00 USD
    2023-02-01 * "Quay Lettings" "Rent"
      Expenses:Home:Rent       950.00 USD
      Assets:Checking
    2023-03-04 * "Fennel Market" "Weekly shop"
      Expenses:Food:Groceries   45.20 USD
      Liabilities:Visa
    2023-03-18 * "Fennel Market" "Party food" #party
      Expenses:Food:Groceries   88.75 USD
      Assets:Checking
    2023-04-02 * "Cargo 24" "Kitchen things and apples"
      Expenses:Home:Household   30.00 USD
      Expenses:Food:Groceries   12.40 USD
      Liabilities:Visa         -42.40 USD
    2023-05-12 * "Osteria Luna" "Dinner with Ines"
      Expenses:Food:Restaurant  61.00 USD
      Liabilities:Visa
    2023-05-20 * "Fennel Market" "Apples returned"
      Expenses:Food:Groceries   -5.60 USD
      Liabilities:Visa           5.60 USD
    2023-06-01 * "Move to savings"
      Assets:Savings           500.00 USD
      Assets:Checking         -500.00 USD
    2023-06-15 * "Harbour Bank" "Interest"
      Assets:Savings             3.17 USD
      Income:Interest
    2023-09-09 * "Ferry Line" "Crossing" #island
      Expenses:Transport        27.30 EUR @ 1.10 USD
      Assets:Checking          -30.03 USD
    2024-01-31 * "Brightwell Ltd" "January wages" #job
      Assets:Checking         3100.00 USD
      Income:Salary
    2024-02-10 * "Fund desk" "Buy"
      Assets:Broker:Shares        8 TIDE {50.00 USD}
      Assets:Checking         -400.00 USD
    2024-03-02 * "Fennel Market" "Weekly shop"
      Expenses:Food:Groceries   52.15 USD
      Liabilities:Visa
    2024-03-09 * "Osteria Luna" "Lunch"
      Expenses:Food:Restaurant  45.20 USD
      Assets:Checking
    2024-04-01 price TIDE 55.00 USD
    2024-05-01 price TIDE 53.50 USD
    2023-01-01 custom "budget" Expenses:Food:Groceries "monthly" 120.00 USD
    2024-06-01 balance Assets:Savings 503.17 USD
    2023-01-01 event "home" "Quayside"
    2024-01-01 event "home" "Hillcrest"
"""

CHOIR = """
    option "operating_currency" "EUR"
    option "name_assets" "Vermoegen"
    option "name_income" "Einnahmen"
    option "name_expenses" "Ausgaben"
    option "name_liabilities" "Schulden"
    2021-01-01 open Vermoegen:Bank
    2021-01-01 open Vermoegen:Kasse
    2021-01-01 open Schulden:Anna
    2021-01-01 open Einnahmen:Beitraege
    2021-01-01 open Einnahmen:Konzerte
    2021-01-01 open Ausgaben:Noten
    2021-01-01 open Ausgaben:Raummiete
    2021-01-01 open Ausgaben:Kaffee

    2022-01-10 * "Gemeinde Süd" "Raum im Januar"
      Ausgaben:Raummiete       120.00 EUR
      Vermoegen:Bank
    2022-02-10 * "Gemeinde Süd" "Raum im Februar"
      Ausgaben:Raummiete       120.00 EUR
      Vermoegen:Bank
    2022-03-05 * "Musikhaus Øst" "Chorbuch"
      Ausgaben:Noten           210.50 EUR
      Schulden:Anna
    2022-03-20 * "Anna" "Auslage zurück"
      Schulden:Anna            210.50 EUR
      Vermoegen:Bank
    2022-04-01 * "Mitglieder" "Beiträge"
      Vermoegen:Bank           960.00 EUR
      Einnahmen:Beitraege
    2022-06-18 * "Abendkasse" "Sommerkonzert" #sommer
      Vermoegen:Kasse          412.35 EUR
      Einnahmen:Konzerte
    2022-06-18 * "Café Blau" "Kaffee für alle" #sommer
      Ausgaben:Kaffee           38.90 EUR
      Vermoegen:Kasse
    2022-07-02 * "Musikhaus Øst" "Chorbuch zurück"
      Vermoegen:Bank            18.25 EUR
      Ausgaben:Noten
    2023-04-01 * "Mitglieder" "Beiträge"
      Vermoegen:Bank          1020.00 EUR
      Einnahmen:Beitraege
    2023-05-06 * "Café Blau" "Proben"
      Ausgaben:Kaffee           12.10 EUR
      Vermoegen:Kasse
"""


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number + 1, 1, 1), f"{number}")


def spending(*accounts: str, period: Period | None = None, **more: object) -> Plan:
    filters = Filters(roots=(Root.EXPENSES,), accounts=accounts)
    return Plan(Measure.SUM, filters, period or Period(), **more)  # type: ignore[arg-type]


def at(*payees: str) -> tuple[Mention, ...]:
    return tuple(Mention(payee.casefold(), payees=(payee,)) for payee in payees)


GROCERIES, SALARY, NOTES = "Expenses:Food:Groceries", "Income:Salary", "Ausgaben:Noten"

PLANS: dict[str, tuple[str, Plan]] = {
    # Harbour
    "groceries": (HARBOUR, spending(GROCERIES, period=year(2023))),
    "food": (HARBOUR, spending("Expenses:Food", period=year(2023), group_by=(Grouping.ACCOUNT,))),
    "months": (HARBOUR, spending(GROCERIES, period=year(2023), group_by=(Grouping.MONTH,))),
    "payees": (HARBOUR, spending(period=year(2023), group_by=(Grouping.PAYEE,))),
    "all": (HARBOUR, Plan(Measure.LIST, Filters(), year(2023), unit="entry")),
    "all24": (HARBOUR, Plan(Measure.LIST, Filters(), year(2024), unit="entry")),
    "fennel": (HARBOUR, Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), mentions=at("Fennel Market")), year(2023))),
    "largest": (
        HARBOUR,
        Plan(
            Measure.LIST,
            Filters(accounts=("Expenses:Food",)),
            year(2023),
            order=Order("amount", descending=True),
            limit=1,
        ),
    ),
    "latest": (
        HARBOUR,
        Plan(Measure.LIST, Filters(mentions=at("Fennel Market")), order=Order("date", descending=True), limit=1),
    ),
    "salary": (HARBOUR, Plan(Measure.SUM, Filters(roots=(Root.INCOME,), accounts=(SALARY,)), year(2023))),
    "count": (HARBOUR, Plan(Measure.COUNT, Filters(mentions=at("Fennel Market")), year(2023))),
    "average": (
        HARBOUR,
        Plan(Measure.AVERAGE, Filters(roots=(Root.EXPENSES,), accounts=(GROCERIES,)), year(2023), per="month"),
    ),
    "visa": (
        HARBOUR,
        Plan(
            Measure.BALANCE, Filters(accounts=("Liabilities:Visa",)), Period(None, dt.date(2024, 1, 1), "end of 2023")
        ),
    ),
    "savings": (
        HARBOUR,
        Plan(Measure.BALANCE, Filters(accounts=("Assets:Savings",)), Period(None, dt.date(2024, 1, 1), "2023-12-31")),
    ),
    "worth": (HARBOUR, Plan(Measure.NET_WORTH, period=Period(None, dt.date(2023, 7, 1), "2023-06-30"))),
    "net": (HARBOUR, Plan(Measure.NET_INCOME, period=year(2023))),
    "holdings": (HARBOUR, Plan(Measure.HOLDINGS, Filters(accounts=("Assets:Broker",)))),
    "price": (HARBOUR, Plan(Measure.PRICE, commodity="TIDE", quote="USD")),
    "budget": (HARBOUR, Plan(Measure.BUDGET, Filters(accounts=(GROCERIES,)))),
    "checks": (HARBOUR, Plan(Measure.BALANCE_CHECKS)),
    "events": (HARBOUR, Plan(Measure.EVENTS)),
    "years": (
        HARBOUR,
        Plan(
            Measure.SUM,
            Filters(roots=(Root.EXPENSES,), accounts=(GROCERIES,)),
            compare=tuple(
                Variant(str(number), Filters(roots=(Root.EXPENSES,), accounts=(GROCERIES,)), year(number))
                for number in (2023, 2024)
            ),
        ),
    ),
    "big": (
        HARBOUR,
        Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), minimum=Decimal(50)), year(2023)),
    ),
    # Choir
    "rent": (CHOIR, Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), accounts=("Ausgaben:Raummiete",)), year(2022))),
    "scores": (CHOIR, Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), accounts=(NOTES,)), year(2022))),
    "returned": (
        CHOIR,
        Plan(
            Measure.SUM,
            Filters(roots=(Root.EXPENSES,), accounts=(NOTES,)),
            Period(dt.date(2022, 7, 1), dt.date(2022, 8, 1), "July 2022"),
        ),
    ),
    "choir": (CHOIR, Plan(Measure.LIST, Filters(), year(2022), unit="entry")),
    "fees": (
        CHOIR,
        Plan(Measure.SUM, Filters(roots=(Root.INCOME,), accounts=("Einnahmen:Beitraege",)), group_by=(Grouping.YEAR,)),
    ),
    "summer": (CHOIR, Plan(Measure.SUM, Filters(roots=(Root.INCOME,), tags=("sommer",)))),
    "cash": (CHOIR, Plan(Measure.BALANCE, Filters(accounts=("Vermoegen:Kasse",)))),
    "anna": (
        CHOIR,
        Plan(Measure.BALANCE, Filters(accounts=("Schulden:Anna",)), Period(None, dt.date(2022, 3, 11), "2022-03-10")),
    ),
}


@dataclass(frozen=True)
class Case:
    """A plan over its ledger, as the gate sees it."""

    plan: Plan
    evidence: Evidence
    citations: tuple[Citation, ...]
    witnesses: Witnesses
    headline: tuple[str, ...]


def cases(folder: Path) -> dict[str, Case]:
    """Every plan run over its ledger."""
    found: dict[str, Case] = {}
    for text in dict.fromkeys(text for text, _ in PLANS.values()):
        main = folder / f"{len(found)}" / "main.beancount"
        main.parent.mkdir()
        main.write_text(textwrap.dedent(text), encoding="utf-8")
        build(main, main.parent / "data")
        with open_index(main, main.parent / "data") as index:
            found |= {name: case(plan, index) for name, (ledger, plan) in PLANS.items() if ledger is text}
    return found


def case(plan: Plan, index: Index) -> Case:
    evidence = with_span(plan, gather(plan, index, TODAY))
    citations = cite(plan, evidence, index)
    headline = sentences(plan, evidence, index, citations)
    return Case(plan, evidence, citations, witnesses(plan, evidence, citations, index), headline)
