"""Questions in Italian, Portuguese, Dutch, French and Spanish over ledgers kept in those languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.tongues import in_english
from ledgerqa.dialog.language.words import inflected
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2025, 5, 20)
OPTIONS = """
option "operating_currency" "EUR"
option "name_assets" "Attivi"
option "name_liabilities" "Debiti"
option "name_income" "Entrate"
option "name_expenses" "Uscite"
"""
LEDGER = """
2023-01-01 open Attivi:Banca:ContoCorrente
2023-01-01 open Debiti:CartaDiCredito
2023-01-01 open Entrate:Stipendio
2023-01-01 open Uscite:Casa:Affitto
2023-01-01 open Uscite:Casa:Luce
2023-01-01 open Uscite:Ristoranti
2023-01-01 open Uscite:Boodschappen
2023-01-01 open Uscite:Padaria
2023-01-01 open Uscite:Boulangerie
2023-01-01 event "residenza" "Lucca"
2024-03-01 note Uscite:Casa:Luce "contatore nuovo"
2024-01-01 custom "budget" Uscite:Ristoranti "monthly" 50 EUR

2024-01-03 * "Immobiliare" "affitto"
  Uscite:Casa:Affitto  500 EUR
  Attivi:Banca:ContoCorrente
2025-04-09 * "Osteria da Pia" "cena" #torino
  Uscite:Ristoranti  31 EUR
  Debiti:CartaDiCredito
2025-04-11 * "Boulangerie du Coin" "pain"
  Uscite:Boulangerie  3 EUR
  Debiti:CartaDiCredito
2025-04-12 * "Jumbo" "brood"
  Uscite:Boodschappen  13 EUR
  Uscite:Padaria  2 EUR
  Uscite:Casa:Luce  40 EUR
  Debiti:CartaDiCredito
2025-04-28 * "Ditta" "paga"
  Attivi:Banca:ContoCorrente  2000 EUR
  Entrate:Stipendio
"""

EATING, FOOD, LIGHT = "Uscite:Ristoranti", "Uscite:Boodschappen", "Uscite:Casa:Luce"
PLANS = [
    ("quanto ho speso al ristorante il mese scorso", f"sum {EATING} 2025-04"),
    ("quanto ho pagato di affitto nel 2024?", "sum Uscite:Casa:Affitto 2024"),
    ("saldo della carta di credito", "balance Debiti:CartaDiCredito"),
    ("quanto ho guadagnato quest'anno", "sum income 2025"),
    ("elenca le spese da Osteria da Pia", "list expenses <Osteria da Pia>"),
    ("qual è il mio patrimonio netto?", "net_worth at market"),
    ("quando sono andato l'ultima volta al ristorante", f"list {EATING} order -date limit 1"),
    ("ho sforato il budget dei ristoranti ad aprile", f"budget {EATING} 2025-04"),
    ("in che mese manca la bolletta della luce?", f"gaps {LIGHT} by month"),
    ("dove abitavo a marzo 2024", "events 2023-01-01..2024-04-01 key residenza"),
    ("quanto è costato il viaggio a torino", "sum expenses #torino"),
    ("hoeveel heb ik vorige maand aan boodschappen uitgegeven?", f"sum {FOOD} 2025-04"),
    ("wat kostten de boodschappen in april", f"sum {FOOD} 2025-04"),
    ("uitgaven per categorie dit jaar", "sum expenses 2025 by account"),
    ("wat is ons eigen vermogen", "net_worth at market"),
    ("hoe vaak waren we bij Jumbo in 2025?", "count <Jumbo> 2025"),
    ("quanto gastei na padaria mês passado", "sum Uscite:Padaria 2025-04"),
    ("qual foi a maior despesa deste ano", "list expenses + 2025 order -amount limit 1"),
    ("despesas de janeiro a março de 2025", "sum expenses 2025-01-01..2025-04-01"),
    ("combien j'ai dépensé à la boulangerie du coin en avril", "sum expenses <Boulangerie du Coin> 2025-04"),
    ("qu'ai-je noté sur la luce", f"notes {LIGHT}"),
    ("cuánto gasté en boodschappen entre enero y mayo de 2025", f"sum {FOOD} 2025-01-01..2025-06-01"),
]
TURNED = [
    ("compte de résultat 2025 jusqu'à fin septembre", "income statement in 2025 until the end of september"),
    ("cuánto facturé a hallberg en 2025", "how much did i invoice hallberg in 2025"),
    ("combien d'essence en avril", "how much essence in april"),
    ("wat verdient mijn buurman", "how much does my buurman earn"),
    ("facturas sin cobrar", "unpaid invoices"),
    ("vai chover amanhã?", "will it rain tomorrow?"),
    ("quanto ho pagato con la carta a settembre", "how much did i spend with the carta in september"),
    ("les 3 plus grosses dépenses de 2025", "3 biggest expenses in 2025"),
    ("movimientos del 1 al 15 de marzo de 2025", "transactions from 1 to 15 march 2025"),
    ("ho pagato la luce a giugno?", "did i pay luce in june?"),
    ("paguei a luz em maio?", "did i pay luz in may?"),
    ("quand ai-je payé les impôts", "when did i pay the impôts"),
    ("verschil tussen inkomsten en uitgaven in 2025", "income minus expenses in 2025"),
    ("e no mês anterior?", "and the previous month?"),
    ("gastos acima de 1000 reais", "spending over 1000 reais"),
    ("combien chez le dr kaddour", "how much did i spend at dr kaddour"),
    ("hoeveel staat er op de spaarrekening", "how much is in spaarrekening"),
    ("confronta la luce di gennaio-marzo con luglio-settembre",
     "compare luce from january to march with from july to september"),
    ("e nel 2025?", "and in 2025?"),
    ("et en 2025 ?", "and in 2025 ?"),
    ("y en marzo?", "and march?"),
    ("combien reste-t-il à payer sur le prêt", "how much is left to pay on prêt"),
    ("quem me deve dinheiro", "who owes me money"),
    ("quanto ho speso da Osteria del Sole negli ultimi tre mesi",
     "how much did i spend at Osteria of the Sole last three months"),
]  # fmt: skip
ENGLISH = [
    "van der Berg payments per month",
    "groceries per month in la",
    "payments to Casa do Pão in 2024",
    "de facto balance",
    "how much did I spend on spesa",
    "Waar Fonds worth",
    "did Wat Phone cost more in May",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("more-tongues")
    path = folder / "casa.beancount"
    path.write_text(OPTIONS + LEDGER, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_question_in_another_language(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(("question", "english"), TURNED)
def test_the_frame_is_turned(question: str, english: str) -> None:
    assert in_english(question) == english


@pytest.mark.parametrize("question", ENGLISH)
def test_english_stays_as_it_is(question: str) -> None:
    assert in_english(question) == question


@pytest.mark.parametrize(
    "question", ["price of gold over 2023", "was food over 300 in may", "rent we owe per person is over"]
)
def test_small_words_that_english_has_as_well_tell_no_other_language(question: str) -> None:
    assert in_english(question) == question


DUTCH = """
option "operating_currency" "EUR"
2024-01-01 open Assets:Betaalrekening
2024-01-01 open Expenses:Voeding
2024-01-01 open Expenses:Voeding:Boodschappen
2024-01-01 open Expenses:UitEten
2024-01-01 open Expenses:Kinderopvang
2024-01-01 open Expenses:Zwemlessen
2024-01-01 open Expenses:Gemeentebelasting
2024-01-01 open Income:Rente
2024-01-01 open Expenses:HypotheekRente
2024-02-01 * "Kok" "" #noel-2024
  Expenses:Voeding  5 EUR
  Expenses:Voeding:Boodschappen  6 EUR
  Expenses:UitEten  7 EUR
  Expenses:Kinderopvang  7 EUR
  Expenses:Zwemlessen  7 EUR
  Expenses:Gemeentebelasting  7 EUR
  Expenses:HypotheekRente  7 EUR
  Assets:Betaalrekening
2024-07-01 * "Gare" "" #reis-italie
  Expenses:Voeding  5 EUR
  Assets:Betaalrekening
2024-12-31 * "Bank" ""
  Assets:Betaalrekening  1 EUR
  Income:Rente
"""
NAMED = [
    ("how much were groceries", "sum Expenses:Voeding:Boodschappen"),
    ("how much did we spend on food", "sum Expenses:Voeding"),
    ("what did day care cost in 2024", "sum Expenses:Kinderopvang 2024"),
    ("how often did we eat out in 2024", "count Expenses:UitEten 2024"),
    ("property tax in 2024", "sum Expenses:Gemeentebelasting 2024"),
    ("how much interest did i get", "sum Income:Rente"),
    ("how much interest did we pay in 2024", "sum Expenses:HypotheekRente 2024"),
    ("hoeveel rente betaalden we in 2024", "sum Expenses:HypotheekRente 2024"),
    ("hoeveel betaalde ik voor de zwemlessen", "sum Expenses:Zwemlessen"),
    ("what did the trip to italy cost", "sum expenses #reis-italie"),
]


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("dutch")
    path = folder / "huis.beancount"
    path.write_text(DUTCH, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(("question", "plan"), NAMED)
def test_what_accounts_and_tags_are_called_in_another_language(question: str, plan: str, dutch: Index) -> None:
    assert digest(plan_question(question, [], TODAY, dutch)) == plan


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bolletta", "bollette", True),
        ("doacao", "doacoe", True),
        ("viagem", "viagen", True),
        ("verzekering", "verzekeringen", True),
        ("cadeau", "cadeaux", True),
        ("rent", "rente", False),
        ("garden", "gardener", False),
    ],
)
def test_stems_in_two_numbers(one: str, other: str, *, same: bool) -> None:
    assert inflected(one, other) is same
