"""Ledgers kept in Portuguese, Polish and Swedish, asked in English, and one kept in English asked in other languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.dictionary import tongues_of
from ledgerqa.dialog.language.vocabulary import vocabulary
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY: Final = dt.date(2025, 1, 10)
# Account, payee, narration and what more the entry says.
BOOKS: Final = {
    "pt": """Carro:Gasóleo|Galp|depósito|; Carro:Oficina|Zé|quatro pneus|; Carro:Oficina|Zé|óleo|; Casa:Gás|EDP|botija|
        Comer:Supermercado|Pingo|compras|; Comer:Mercado|Banca 4|peixe|; Filhos:Ama|Rita|sábado|; Filhos:Creche|Sol|maio|
        Cadela:Cabeleireiro|Patas|corte|; Cadela:Veterinário|VetSul|vacina|; Pessoal:Cabeleireiro|Salão|corte|
        Saúde:Consultas|Clínica Riso|cárie|; Saúde:Consultas|Clínica Riso|desvitalização|; Telemóveis|Voz|fatura|
        Casa:Eletrodomésticos|Maré|máquina de lavar|garantia; Casa:Eletrodomésticos|Maré|forno|garantia
        Trabalho:Sindicato|SINTRA|quota|; Donativos|Banco Alimentar|natal|; Casa:Obras|Nogueira|sinal|#obra-cozinha; Carro:Multas|PSP|radar|""",
    "pl": """Jedzenie:Spożywcze|Biedronka|zakupy|; Samochód:Paliwo|Orlen|bak|; Samochód:Mandaty|Policja|radar|
        Dom:Prąd|Tauron|marzec|; Dom:Czynsz|Wspólnota|marzec|; Dom:AGD|Neo|lodówka|gwarancja; Dom:AGD|Neo|pralka|gwarancja
        Dzieci:Niania|Ola|wieczór|; Dzieci:Przedszkole|Tęcza|maj|; Samochód:Ubezpieczenie|PZU|OC|numer-polisy
        Fryzjer|Ewa|cięcie|; Prezenty|Empik|dla mamy|; Darowizny|WOŚP|finał|""",
    "sv": """Mat:Livsmedel|ICA|vecka|; Boende:Hyra|Värden|maj|; Boende:El|Kraft|maj|; Bil:Bensin|OK|tank|
        Bil:Böter|Polisen|fort|; Bil:Skatt|Verket|år|; Barn:Förskola|Staden|maj|; Fack|Unionen|maj|; Hund:Veterinär|Djur|vaccin|""",
    "en": """Car:Petrol|Shell|tank|; Home:Gas|Engie|winter|; Kids:Babysitter|Ama Owusu|Saturday|; Kids:Nursery|Sun|May|
        Food:Groceries|Aldi|week|; Food:Takeaway|Wok|rice|; Food:Restaurants|Nonna|pasta|; Gym|Fit|yoga mat|; Gifts|Daunt|book|""",
}
PLANS: Final = {
    "pt": [
        ("how much went on diesel in 2024", "sum Expenses:Carro:Gasóleo 2024"),
        ("supermarket spend in 2024", "sum Expenses:Comer:Supermercado 2024"),
        ("how much did we leave at the market in 2024", "sum Expenses:Comer:Mercado 2024"),
        ("babysitting in 2024", "sum Expenses:Filhos:Ama 2024"),
        ("when was the last time at the dog groomer's", "list Expenses:Cadela:Cabeleireiro order -date limit 1"),
        ("the garage in 2024", "sum Expenses:Carro:Oficina 2024"),
        ("how much has the dentist had off us in 2024", "sum expenses <Clínica Riso> 2024"),
        ("union dues in 2024", "sum Expenses:Trabalho:Sindicato 2024"),
        ("donations in 2024", "sum Expenses:Donativos 2024"),
        ("what did the kitchen works cost", "sum expenses #obra-cozinha"),
        ("mobile phones in 2024", "sum Expenses:Telemóveis 2024"),
        ("what did the washing machine cost", "sum expenses <máquina de lavar>"),
        ("how much for the tyres", "sum expenses <quatro pneus>"),
        ("until when is the oven under guarantee?", "metadata <forno> key garantia"),
    ],
    "pl": [
        ("groceries in 2024", "sum Expenses:Jedzenie:Spożywcze 2024"),
        ("speeding tickets in 2024", "sum Expenses:Samochód:Mandaty 2024"),
        ("electricity in 2024", "sum Expenses:Dom:Prąd 2024"),
        ("nanny in 2024", "sum Expenses:Dzieci:Niania 2024"),
        ("haircuts in 2024", "sum Expenses:Fryzjer 2024"),
        ("how much did I donate in 2024", "sum Expenses:Darowizny 2024"),
        ("car insurance policy number", "metadata Expenses:Samochód:Ubezpieczenie key numer-polisy"),
        ("when does the fridge's guarantee run out", "metadata <lodówka> key gwarancja"),
    ],
    "sv": [
        ("groceries in 2024", "sum Expenses:Mat:Livsmedel 2024"),
        ("rent in 2024", "sum Expenses:Boende:Hyra 2024"),
        ("fines in 2024", "sum Expenses:Bil:Böter 2024"),
        ("road tax in 2024", "sum Expenses:Bil:Skatt 2024"),
        ("nursery in 2024", "sum Expenses:Barn:Förskola 2024"),
        ("union fees in 2024", "sum Expenses:Fack 2024"),
    ],
    "en": [
        ("combien pour l'essence en 2024", "sum Expenses:Car:Petrol 2024"),
        ("wat kostte de oppas in 2024", "sum Expenses:Kids:Babysitter 2024"),
        ("diesel in 2024", "sum Expenses:Car:Petrol 2024"),
        ("gas in 2024", "sum Expenses:Home:Gas 2024"),
        ("ama in 2024", "sum expenses <Ama Owusu> 2024"),
        ("mat in 2024", "sum expenses <yoga mat> 2024"),
        ("eating out in 2024", "sum Expenses:Food:Restaurants Expenses:Food:Takeaway 2024"),
    ],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Index]]:
    folder = tmp_path_factory.mktemp("tongues")
    opened: dict[str, Index] = {}

    def index(tongue: str) -> Index:
        if tongue not in opened:
            path = folder / f"{tongue}.beancount"
            path.write_text(_ledger(BOOKS[tongue]), encoding="utf-8")
            build(path, folder / tongue)
            opened[tongue] = open_index(path, folder / tongue)
        return opened[tongue]

    yield index
    for each in opened.values():
        each.close()


def _ledger(book: str) -> str:
    rows = [row.strip().split("|") for row in book.replace("\n", ";").split(";")]
    lines = ["2023-01-01 open Assets:Bank"]
    lines += [f"2023-01-01 open Expenses:{account}" for account in dict.fromkeys(row[0] for row in rows)]
    for at, (account, payee, narration, key) in enumerate(rows, 1):
        lines.append(
            f'2024-{1 + at // 28:02}-{1 + at % 28:02} * "{payee}" "{narration}" {key if key[:1] == "#" else ""}'
        )
        lines += [f'  {key}: "2027-01-{at:02}"'] if key[:1] > "#" else []
        lines += [f"  Expenses:{account}  {at} EUR", "  Assets:Bank"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("tongue", "question", "plan"), [(tongue, *each) for tongue, plans in PLANS.items() for each in plans]
)
def test_a_name_in_another_language(tongue: str, question: str, plan: str, kept: Callable[[str], Index]) -> None:
    assert digest(plan_question(question, [], TODAY, kept(tongue))) == plan


@pytest.mark.parametrize("tongue", list(BOOKS))
def test_the_languages_of_a_ledger(tongue: str, kept: Callable[[str], Index]) -> None:
    spoken = vocabulary(kept(tongue)).tongues
    assert spoken == frozenset() if tongue == "en" else tongue in spoken


def test_few_names_of_a_language_are_none() -> None:
    assert tongues_of([("ama",), ("rent",), ("food",), ("clothe",), ("gym",)]) == frozenset()
