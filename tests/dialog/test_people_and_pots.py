"""Clients and friends as what is owed, money at banks of odd names, margins: over an invented freelancer's ledger."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import headline
from ledgerqa.records import Grouping, Measure, Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)
LEDGER = """
option "operating_currency" "EUR"
option "name_assets" "Activos"
2024-01-01 open Activos:Banco:Orilla:Sueldo
2024-01-01 open Activos:Banco:Orilla:Hucha
2024-01-01 open Activos:Monedero:EUR
2024-01-01 open Activos:Gestora:Cash
2024-01-01 open Activos:Gestora:FONDO      FONDO
2024-01-01 open Activos:Clientes:Garza
2024-01-01 open Activos:ConLeire
2024-01-01 open Liabilities:Loan:AuntBea
2024-01-01 open Equity:Opening
2024-01-01 open Income:Eggs
2024-01-01 open Income:Work
2024-01-01 open Expenses:Feed
2024-01-01 open Expenses:Food

2024-01-01 * "opening"
  Activos:Banco:Orilla:Sueldo   1000 EUR
  Activos:Banco:Orilla:Hucha     300 EUR
  Activos:Gestora:Cash            90 EUR
  Activos:Gestora:FONDO            2 FONDO {40 EUR}
  Liabilities:Loan:AuntBea      -200 EUR
  Equity:Opening
2024-02-01 * "Garza" "factura" ^f1
  Activos:Clientes:Garza         400 EUR
  Income:Work
2024-02-20 * "Garza" "cobro" ^f1
  Activos:Banco:Orilla:Sueldo    350 EUR
  Activos:Clientes:Garza
2024-03-01 * "a la hucha"
  Activos:Banco:Orilla:Hucha     100 EUR
  Activos:Banco:Orilla:Sueldo
2024-03-02 * "cajero"
  Activos:Monedero:EUR            50 EUR
  Activos:Banco:Orilla:Sueldo
2024-03-03 * "Leire" "cena"
  Activos:ConLeire                30 EUR
  Activos:Banco:Orilla:Sueldo
2024-03-04 * "Market" "eggs"
  Activos:Monedero:EUR            20 EUR
  Income:Eggs
2024-03-05 * "Feeds" "pellets"
  Expenses:Feed                   12 EUR
  Activos:Monedero:EUR
2024-03-06 * "Bea" "back"
  Liabilities:Loan:AuntBea        60 EUR
  Activos:Banco:Orilla:Sueldo
"""


FIGURES = [
    ("how much money do I have", "1568"),
    ("savings balance", "400"),
    ("how much of aunt Bea's loan have we repaid", "60"),
    ("egg income minus feed", "-8"),
    ("transfers to the hucha in 2024: total", "100"),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_figures(question: str, figure: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    assert [f"{row[0]:f}" for row in rows] == [figure], digest(plan)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("who owes me money", "Activos:Clientes:Garza"),
        ("what does everyone owe me", "Activos:Clientes:Garza"),
        ("what do I still owe Leire", "Activos:ConLeire"),
        ("does Leire owe me anything", "Activos:ConLeire"),
        ("open receivables", "Activos:Clientes:Garza"),
    ],
)
def test_what_people_owe(question: str, account: str, index: Index) -> None:
    for understander in (None, Scripted({"measure": ("holdings", 0.97)} if "receivables" in question else {})):
        plan = plan_question(question, [], TODAY, index, understander=understander)
        assert isinstance(plan, Plan), plan
        assert plan.measure is Measure.BALANCE
        assert account in plan.filters.accounts, digest(plan)


def test_a_client_that_has_not_paid_all(index: Index) -> None:
    plan = plan_question("has Garza paid everything", [], TODAY, index)
    assert isinstance(plan, Plan)
    said = headline(plan, gather(plan, index, TODAY), index, (), "has Garza paid everything")
    assert said.startswith("Not in full. Garza (Activos:Clientes:Garza) holds 50 EUR")


def test_unpaid_invoices_of_clients(index: Index) -> None:
    plan = plan_question("which invoices are unpaid", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.group_by) == (Measure.BALANCE, (Grouping.LINK,))
    assert [row[0] for row in gather(plan, index, TODAY).table.rows] == ["f1"]


def test_transfers_are_listed_without_openings(index: Index) -> None:
    hears = Scripted({"measure": ("list", 0.9)})
    plan = plan_question("transfers to the hucha", [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.LIST
    assert [row[3] for row in gather(plan, index, TODAY).table.rows] == ["Activos:Banco:Orilla:Hucha"], digest(plan)


def test_closed_accounts_need_no_question_word(index: Index) -> None:
    plan = plan_question("closed accounts", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert (plan.measure, plan.key) == (Measure.ACCOUNTS, "closed")


def test_what_a_security_is_worth(index: Index) -> None:
    plan = plan_question("fondo worth now", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.measure in {Measure.HOLDINGS, Measure.BALANCE}


def test_what_somebody_has_not_paid_back_yet(index: Index) -> None:
    for question in ("Garza hasn't paid me back yet, how much", "how much does Garza still have to pay me back"):
        plan = plan_question(question, [], TODAY, index)
        assert isinstance(plan, Plan), plan
        assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Activos:Clientes:Garza",))


def test_funds_are_what_is_held_at_cost(index: Index) -> None:
    plan = plan_question("what are my funds worth", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert plan.filters.currencies == ("FONDO",), digest(plan)


def test_what_is_in_an_account_is_no_list(index: Index) -> None:
    hears = Scripted({"measure": ("list", 0.95)})
    plan = plan_question("the hucha, what is in there now", [], TODAY, index, understander=hears)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.BALANCE, digest(plan)
