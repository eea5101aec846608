"""Ledgers that speak Spanish, or German and English by turns, asked in English: what decides that a word names something."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


TODAY: Final = dt.date(2025, 6, 30)
# Day, payee, narration, account, amount, and the account on the other side.
BOOKS: Final = {
    "es": (
        "Activos Pasivos Patrimonio Ingresos Gastos",
        """2024-01-02||saldo|Activos:Caixa:Corriente|3000|Patrimonio:Apertura
        2024-01-02||saldo|Activos:Caixa:Ahorro|900|Patrimonio:Apertura; 2024-01-03||cajero|Activos:Efectivo|80|Activos:Caixa:Corriente
        2024-02-01|Paqui|alquiler|Gastos:Piso:Alquiler|600|Activos:Caixa:Corriente
        2024-06-20|Hacienda|renta 2023|Gastos:Impuestos:IRPF|120|Activos:Caixa:Corriente
        2024-03-01|Seguridad Social|cuota|Gastos:Trabajo:Autonomos|294|Activos:Caixa:Corriente
        2024-04-01|Casa Social Mar|cena|Gastos:Ocio:Espectaculos|20|Activos:Efectivo
        2024-03-05|Repsal|gasoil|Gastos:Coche:Gasoil|50|Activos:Efectivo; 2024-03-06|Gas del Sur|gas|Gastos:Piso:Gas|40|Activos:Efectivo
        2024-05-07|Ximo|revisión|Gastos:Coche:Taller|210|Activos:Efectivo; 2024-05-09|Xúquer|seguro|Gastos:Coche:Seguro|390|Activos:Efectivo
        2024-07-01|Lluna|donativo|Gastos:Donativos|60|Activos:Efectivo; 2024-12-24|Iaia|aguinaldo|Activos:Efectivo|200|Ingresos:Regalos
        2024-07-05|Ajuntament|vado|Gastos:Impuestos:Tasas|45|Activos:Efectivo; 2024-09-01|Voz|factura|Gastos:FacturaTelefono|18|Activos:Efectivo
        2024-12-01|Tio Nel|Reyes|Gastos:Regalos|70|Activos:Efectivo; 2025-06-18|Hacienda|devolución de la renta 2024|Activos:Efectivo|85|Ingresos:Otros""",
    ),
    "de": (
        "Assets Liabilities Equity Income Expenses",
        """2024-01-02||Bestand|Assets:Giro|5000|Equity:Anfang; 2024-01-03|Krause|Kaution|Assets:Kaution|1900|Assets:Giro
        2024-02-01|Krause|Miete|Expenses:Wohnung:Miete|640|Assets:Giro; 2024-02-02|DB|tickets to Kiel|Expenses:Verkehr:Bahn|58|Assets:Giro
        2024-12-20|DB|Heimfahrt|Expenses:Verkehr:Bahn|85|Assets:Giro; 2024-03-31|FU|Semesterbeitrag|Expenses:Uni:Semesterbeitrag|315|Assets:Giro
        2025-03-31|FU|semester fee Jule|Expenses:Uni:Semesterbeitrag|338|Assets:Giro
        2024-04-01|Amt|Bello|Expenses:Hundesteuer|120|Assets:Giro; 2024-04-03|Amt|Zone 12|Expenses:Auto:Parkgebühren|22|Assets:Giro
        2024-05-01|See|Pension Alster#kiel|Expenses:Reisen:Unterkunft|96|Assets:Giro; 2024-05-27|RV|Mai|Expenses:Rentenversicherung|19|Assets:Giro
        2024-06-01|Lidl|Einkauf|Expenses:Essen:Lebensmittel|30|Assets:Giro; 2024-06-02|Rad|Reifen|Expenses:Verkehr:Fahrrad|50|Assets:Giro
        2024-09-02|Rad|Reparatur|Expenses:Verkehr:Fahrrad|64|Assets:Giro; 2024-06-14|Alm|31 Personen#probenwochenende|Expenses:Chor|148|Assets:Giro
        2024-09-17|Copy|Plakate|Expenses:Chor|64|Assets:Giro; 2024-07-01|Rosa|vier Proben|Expenses:Chor|80|Assets:Giro
        2024-10-01|Buch|Statistik|Expenses:Uni:Bücher|49|Assets:Giro; 2024-01-20|Ikea|Schreibtisch|Expenses:Haushalt|129|Assets:Giro""",
    ),
}
PLANS: Final = {
    "es": [
        ("rent in 2024", "sum Gastos:Piso:Alquiler 2024"),
        ("monthly rent", "sum Gastos:Piso:Alquiler by month order key"),
        ("social security in 2024", "sum expenses <Seguridad Social> 2024"),
        ("how much cash do we have", "balance Activos:Efectivo"),
        ("fuel in 2024", "sum Gastos:Coche:Gasoil 2024"),
        ("gas in 2024", "sum Gastos:Piso:Gas 2024"),
        ("gifts received", "sum Ingresos:Regalos"),
        ("gifts given", "sum Gastos:Regalos"),
        ("donations in 2024", "sum Gastos:Donativos 2024"),
        ("when did the tax refund come", "list income <devolución de la renta 2024>"),
        ("how much tax did we get back", "sum income <devolución de la renta 2024>"),
        ("when did we last have the car serviced", "list Gastos:Coche:Taller order -date limit 1"),
        ("town hall", "sum expenses <Ajuntament>"),
        ("when was the last service of the car", "list Gastos:Coche:Taller order -date limit 1"),
        ("the insurance of the car in 2024", "sum Gastos:Coche:Seguro 2024"),
        ("phone bill 2024", "sum Gastos:FacturaTelefono 2024"),
        ("balance of the current account", "balance Activos:Caixa:Corriente"),
    ],
    "de": [
        ("semester fees so far", "sum Expenses:Uni:Semesterbeitrag"),
        ("tickets of the train in 2024", "sum Expenses:Verkehr:Bahn 2024"),
        ("how much is the deposit of the flat?", "sum Assets:Kaution"),
        ("how much did the bike cost", "sum Expenses:Verkehr:Fahrrad"),
        (
            "did the desk cost more than the bike",
            "sum expenses [desk: expenses <Schreibtisch>] [bike: Expenses:Verkehr:Fahrrad]",
        ),
        ("how much until now in 2025 for rent", "sum Expenses:Wohnung:Miete 2025-01-01..2025-07-01"),
        ("what did the weekend in Kiel cost", "sum expenses #kiel"),
        ("the fees of the university", "sum Expenses:Uni"),
        ("rehearsal weekend in 2024", "sum expenses #probenwochenende 2024"),
        ("the rehearsal", "refuse"),
        ("posters", "sum expenses <Plakate>"),
        ("dog tax 2024", "sum Expenses:Hundesteuer 2024"),
        ("parking fees in 2024", "sum Expenses:Auto:Parkgebühren 2024"),
        ("pension contributions in 2024", "sum Expenses:Rentenversicherung 2024"),
        ("hotels in 2024", "sum Expenses:Reisen:Unterkunft 2024"),
    ],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Index]]:
    folder = tmp_path_factory.mktemp("books")
    opened: dict[str, Index] = {}

    def index(tongue: str) -> Index:
        if tongue not in opened:
            path = folder / f"{tongue}.beancount"
            path.write_text(_ledger(*BOOKS[tongue]), encoding="utf-8")
            build(path, folder / tongue)
            opened[tongue] = open_index(path, folder / tongue)
        return opened[tongue]

    yield index
    for each in opened.values():
        each.close()


def _ledger(roots: str, book: str) -> str:
    kinds = ("assets", "liabilities", "equity", "income", "expenses")
    lines = [f'option "name_{kind}" "{name}"' for kind, name in zip(kinds, roots.split(), strict=True)]
    rows = [row.strip().split("|") for row in book.replace("\n", ";").split(";")]
    accounts = dict.fromkeys(account for row in rows for account in (row[3], row[5]))
    lines += [f"2023-01-01 open {account}" for account in accounts]
    for day, payee, narration, account, amount, other in rows:
        text, tag, name = narration.partition("#")
        lines += [f'{day} * "{payee}" "{text}" {tag}{name}', f"  {account}  {amount} EUR", f"  {other}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("tongue", "question", "plan"), [(tongue, *each) for tongue, plans in PLANS.items() for each in plans]
)
def test_a_name_in_the_words_of_the_ledger(tongue: str, question: str, plan: str, kept: Callable[[str], Index]) -> None:
    assert digest(plan_question(question, [], TODAY, kept(tongue))) == plan
