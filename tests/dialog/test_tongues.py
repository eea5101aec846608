"""Questions in German, French and Spanish: the frame is put into English, the names stay; English is left alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.tongues import in_english
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Bank:Giro
2023-01-01 open Liabilities:CreditCard
2023-01-01 open Income:Salary
2023-01-01 open Expenses:Food:Groceries
2023-01-01 open Expenses:Rent

2023-03-02 * "Kornblume" "März Einkauf"
  Expenses:Food:Groceries  31.20 EUR
  Liabilities:CreditCard
2024-04-03 * "Kornblume" ""
  Expenses:Food:Groceries  12.00 EUR
  Liabilities:CreditCard
2024-04-05 * "Hausverwaltung Lutz" "enero"
  Expenses:Rent  700 EUR
  Assets:Bank:Giro
2024-04-28 * "Silberbach AG" "pay"
  Assets:Bank:Giro  2000 EUR
  Income:Salary
"""

GROCERIES = "sum Expenses:Food:Groceries"
YEARS = "[2023: income expenses 2023] [2024: income expenses 2024] by account depth 1 key change"
PLANS = [
    ("sind die Lebensmittel teurer geworden?", f"{GROCERIES} by quarter order key key change"),
    ("vergleiche 2023 und 2024", f"sum income expenses {YEARS}"),
    ("warum war April 2024 so teuer", "sum expenses 2024-04 by account order -amount key why"),
    ("Entwicklung der Lebensmittel", f"{GROCERIES} by quarter order key key change"),
    ("¿han subido los gastos de alimentación?", "sum Expenses:Food by quarter order key key change"),
    ("compara 2023 y 2024", f"sum income expenses {YEARS}"),
    ("por qué fue abril tan caro", "sum expenses 2024-04 by account order -amount key why"),
    ("Wie viel habe ich letzten Monat für Lebensmittel ausgegeben?", f"{GROCERIES} 2024-04"),
    ("wieviel haben wir 2023 bei Kornblume ausgegeben", "sum expenses <Kornblume> 2023"),
    ("Zeig mir alle Buchungen bei Kornblume im März 2023", "list <Kornblume> 2023-03 entries"),
    ("Einnahmen im April", "sum income 2024-04"),
    ("Ausgaben nach Kategorie 2023", "sum expenses 2023 by account depth 2"),
    ("Wann habe ich zuletzt Miete bezahlt?", "list Expenses:Rent order -date limit 1"),
    ("Combien ai-je dépensé en alimentation en mars 2023 ?", f"{GROCERIES} 2023-03"),
    ("combien j'ai gagné l'année dernière", "sum income 2023"),
    ("montre-moi les dépenses de mars 2023", "sum expenses 2023-03"),
    ("dépenses par catégorie cette année", "sum expenses 2024 by account depth 2"),
    ("¿Cuánto gasté en alquiler en abril?", "sum Expenses:Rent 2024-04"),
    ("cuanto debo de tarjeta", "balance Liabilities:CreditCard"),
    ("ingresos de enero", "sum income 2024-01"),
    ("größte Ausgabe 2024", "list expenses + 2024 order -amount limit 1"),
    ("quelle est ma plus grosse dépense en 2024", "list expenses + 2024 order -amount limit 1"),
    ("¿cuál fue mi mayor gasto en 2024?", "list expenses + 2024 order -amount limit 1"),
    ("wie oft waren wir 2024 bei Kornblume", "count <Kornblume> 2024"),
    ("¿cuánto pagué de alquiler este año?", "sum Expenses:Rent 2024"),
    ("Wie viel verdiene ich im Monat?", "average income per month"),
    ("Wie hoch ist mein Vermögen?", "net_worth at market"),
    ("Combien est-ce que je dépense en moyenne par mois en alimentation ?", f"average {GROCERIES[4:]} per month"),
    ("Quel est le solde de mon compte ?", "balance Assets:Bank:Giro"),
    ("¿Cuál es el saldo de mi cuenta?", "balance Assets:Bank:Giro"),
    ("¿Cuándo pagué el alquiler por última vez?", "list Expenses:Rent order -date limit 1"),
    ("Quanto ho speso per la spesa nel 2023?", f"{GROCERIES} 2023"),
    ("quanto ho guadagnato l'anno scorso", "sum income 2023"),
    ("Qual è il saldo del mio conto?", "balance Assets:Bank:Giro"),
    ("Qual è il mio patrimonio netto?", "net_worth at market"),
    ("Quante volte sono stato da Kornblume nel 2024?", "count <Kornblume> 2024"),
    ("Quanto spendo in media al mese per l'affitto?", "average Expenses:Rent per month"),
    ("spese per categoria nel 2023", "sum expenses 2023 by account depth 2"),
    ("Quanto gastei em supermercado em março de 2023?", f"{GROCERIES} 2023-03"),
    ("Qual é o saldo da minha conta?", "balance Assets:Bank:Giro"),
    ("Qual é o meu património líquido?", "net_worth at market"),
    ("Quantas vezes fui ao Kornblume em 2024?", "count <Kornblume> 2024"),
    ("quanto ganhei no ano passado", "sum income 2023"),
    ("Quando paguei o aluguel pela última vez?", "list Expenses:Rent order -date limit 1"),
    ("Hoeveel heb ik in 2023 aan boodschappen uitgegeven?", f"{GROCERIES} 2023"),
    ("Wat is het saldo van mijn rekening?", "balance Assets:Bank:Giro"),
    ("Wat is mijn vermogen?", "net_worth at market"),
    ("hoe vaak was ik in 2024 bij Kornblume", "count <Kornblume> 2024"),
    ("Wanneer heb ik voor het laatst huur betaald?", "list Expenses:Rent order -date limit 1"),
    ("Hoeveel geef ik gemiddeld per maand uit aan huur?", "average Expenses:Rent per month"),
    ("Haben wir 2024 mehr eingenommen als 2023?", "sum income [2024: income 2024] [2023: income 2023]"),
    ("¿cuánto pago de alquiler al mes?", "average Expenses:Rent per month"),
    ("combien j'ai sur mon compte courant", "balance Assets:Bank:Giro"),
    ("uitgaven per categorie in 2023", "sum expenses 2023 by account depth 2"),
]
ENGLISH = [
    "Monthly totals for Ausgaben in 2024",
    "how much is in Saldo Bank",
    "groceries march?",
    "what was my gasto in Lisboa",
    "show Ingresos by month",
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_question_in_another_language(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize("question", ENGLISH)
def test_english_stays_as_it_is(question: str) -> None:
    assert in_english(question) == question


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    in_english(f"cuánto gasté {text}")
    in_english(text)
