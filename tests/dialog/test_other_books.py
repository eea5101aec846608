"""Questions over a club whose entries are raw bank lines, and over a workshop that keeps its books in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from tests.dialog.digests import digest
from tests.dialog.ledgers import TODAY

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

CLUB_PLANS = [
    ("how much rent have we paid", "sum Expenses:Boathouse:Rent"),
    ("rent for the boathouse in 2020", "sum Expenses:Boathouse:Rent 2020"),
    ("total dues per year", "sum Revenue:MemberDues by year order key"),
    (
        "how much came in from dues in 2020 compared to 2021",
        "sum Revenue:MemberDues [2020: Revenue:MemberDues 2020] [2021: Revenue:MemberDues 2021]",
    ),
    ("donations by source", "sum Revenue:Donations by account"),
    ("how much did the raffle bring in", "sum Revenue:Donations:Raffle"),
    (
        "what did we spend at Screwfix",
        "sum expenses <CARD 7712 SCREWFIX #1190 SLOUGH><CARD 7712 SCREWFIX DIRECT #0871 READING>",
    ),
    (
        "list all screwfix purchases",
        "list expenses <CARD 7712 SCREWFIX #1190 SLOUGH><CARD 7712 SCREWFIX DIRECT #0871 READING>",
    ),
    ("tesco spend in 2020", "sum expenses <TESCO STORES 2291> 2020"),
    ("how much at sainsburys", "refuse"),
    ("what did the rowing machine cost?", "sum Expenses:Equipment:RowingMachine"),
    (
        "what did the rowing machines cost in total",
        "sum Expenses:Equipment:RowingMachine Expenses:Equipment:RowingMachine2",
    ),
    ("when did we buy the oar rack stuff", "list Expenses:Equipment:OarRack"),
    ("what was cheque 000451 for?", "list expenses <CHEQUE 000451>"),
    ("how much is in the bank", "balance Assets:Bank"),
    ("petty cash balance at end of November 2020", "balance Assets:PettyCash ..2020-12-01"),
    ("who have we borrowed from", "balance liabilities by account"),
    ("how much do we owe lender-03", "balance Liabilities:Lender-03"),
    ("did we make a profit in 2020?", "net_income 2020"),
    ("p&l 2020", "income_statement 2020"),
    ("income and expenditure 2021", "income_statement 2021"),
    ("what did cloud hosting cost us", "sum Expenses:Admin:WebHosting"),
    ("website hosting total 2020", "sum Expenses:Admin:WebHosting 2020"),
    ("how much was the summer party", "sum Expenses:Events:SummerParty"),
    ("which balance assertion fails", "balance_checks failing"),
    (
        "how many dues batches came in during 2020",
        "count income <GOCARDLESS DUES BATCH 118><GOCARDLESS DUES BATCH 119><GOCARDLESS DUES BATCH 131> 2020",
    ),
    ("biggest payment in 2020", "list expenses + 2020 order -amount limit 1"),
    (
        "what bank balance was recorded on the March 2020 rent",
        "metadata Expenses:Boathouse:Rent 2020-03 key bank-balance",
    ),
    ("spending on equipment by item", "sum Expenses:Equipment by account"),
    ("how much did we spend on each piece of equipment in 2021", "sum Expenses:Equipment 2021 by account"),
    ("largest expense category", "sum expenses by account depth 2 order -amount limit 1"),
    (
        "average dues batch",
        "average income <GOCARDLESS DUES BATCH 118><GOCARDLESS DUES BATCH 119><GOCARDLESS DUES BATCH 131>",
    ),
    ("how many members do we have", "refuse"),
    ("monthly rent 2020", "sum Expenses:Boathouse:Rent 2020 by month order key"),
    ("is there any month in 2020 in which dues did not come in?", "gaps Revenue:MemberDues 2020 by month"),
    ("did anyone pay boat hire?", "list Revenue:BoatHire"),
    ("expenses over £100", "sum expenses >100"),
    ("expenses between 100 and 500 pounds in 2020", "sum expenses >=100 <=500 2020"),
    ("what did we pay to CLOUDPEAK", "sum expenses <DD CLOUDPEAK HOSTING 99120><DD CLOUDPEAK HOSTING 99121>"),
    (
        "faster payments in Feb 2020",
        "sum expenses <FASTER PAYMENT 4471 BOATHOUSE TRUST RENT FEB><FASTER PAYMENT 4471 BOATHOUSE TRUST RENT MAR> 2020-02",
    ),
]

SPANISH_PLANS = [
    ("how much rent did I pay in 2022", "sum Gastos:Casa:Alquiler 2022"),
    ("how much on groceries?", "sum Gastos:Comida:Supermercado"),
    ("electricity bill March 2022", "sum Gastos:Casa:Luz 2022-03"),
    ("what did I spend on tools", "sum Gastos:Taller:Herramientas"),
    ("how much at Bodega Nandu", "sum expenses <Bodega Ñandú>"),
    ("ferreteria lopez", "sum expenses <Ferretería López>"),
    ("how much did the workshop insurance cost", "sum Gastos:Taller:Seguro"),
    ("how much do I owe on the card", "balance Pasivos:Tarjeta"),
    ("cash balance", "balance Activos:Efectivo"),
    ("bank account balance end of February 2022", "balance Activos:Banco ..2022-03-01"),
    ("sales in march 2022", "sum Ingresos:Ventas 2022-03"),
    ("Gastos por categoría", "sum expenses by account depth 2"),
    ("spending by category", "sum expenses by account depth 2"),
    ("Comida in 2022", "sum Gastos:Comida 2022"),
    ("how much did cliente ruiz pay me", "sum income <Cliente Ruiz>"),
    ("profit in 2022", "net_income 2022"),
    ("what taxes did I pay", "sum Gastos:Impuestos by payee"),
    (
        "how much went to restaurants vs groceries",
        "sum [restaurants: Gastos:Comida:Restaurantes] [groceries: Gastos:Comida:Supermercado]",
    ),
]


@pytest.mark.parametrize(("question", "plan"), CLUB_PLANS)
def test_a_club_whose_entries_are_raw_bank_lines(question: str, plan: str, indexes: dict[str, Index]) -> None:
    assert digest(plan_question(question, (), TODAY["club"], indexes["club"])) == plan


@pytest.mark.parametrize(("question", "plan"), SPANISH_PLANS)
def test_a_ledger_in_another_language(question: str, plan: str, indexes: dict[str, Index]) -> None:
    assert digest(plan_question(question, (), TODAY["spanish"], indexes["spanish"])) == plan
