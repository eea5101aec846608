"""Questions in German over a ledger in German: frames, dates, inflected words, compounds, and words for accounts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.tongues import in_english, language
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.linking.compounds import told_apart
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 5, 20)
LEDGER = """
option "operating_currency" "EUR"
option "name_assets" "Vermoegen"
option "name_liabilities" "Schulden"
option "name_income" "Ertraege"
option "name_expenses" "Aufwand"
option "name_equity" "Eigenkapital"
2023-01-01 commodity SEK
2023-01-01 open Vermoegen:Bank:Geschaeftskonto
2023-01-01 open Vermoegen:Barkasse
2023-01-01 open Schulden:Kreditkarte
2023-01-01 open Ertraege:Keramik:Teller
2023-01-01 open Ertraege:Kurse
2023-01-01 open Aufwand:Werkstatt:Miete
2023-01-01 open Aufwand:Werkstatt:Strom
2023-01-01 open Aufwand:Bueromaterial
2023-01-01 open Aufwand:Zuschuesse
2023-01-01 open Aufwand:Kinder:Kleidung
2023-01-01 open Aufwand:Rundfunk
2023-01-01 open Aufwand:Fahrten
2023-01-01 open Aufwand:Kurse
2023-01-01 open Eigenkapital:Privatentnahme
2023-01-02 price SEK 0.09 EUR

2023-03-01 * "Vermieter Ost" "Miete"
  Aufwand:Werkstatt:Miete  300 EUR
  Vermoegen:Bank:Geschaeftskonto
2024-03-01 * "Vermieter Ost" "Miete"
  Aufwand:Werkstatt:Miete  310 EUR
  Vermoegen:Bank:Geschaeftskonto
2024-04-02 * "Papierladen" "Ordner"
  Aufwand:Bueromaterial  31.20 EUR
  Schulden:Kreditkarte
2024-05-02 * "Bahn" "Fahrkarte" #malmoe-2024
  Aufwand:Fahrten  90 EUR
  Schulden:Kreditkarte
2024-05-09 * "Bahn" "Fahrkarte" #wien-2024
  Aufwand:Fahrten  80 EUR
  Schulden:Kreditkarte
2024-05-10 * "Hotel Mozart" "2 Nächte" #wien-2024
  Aufwand:Kinder:Kleidung  110 EUR
  Schulden:Kreditkarte
2024-05-11 * "Stand 4" "Messe" #buchmesse-2024
  Aufwand:Kurse  50 EUR
  Schulden:Kreditkarte
2024-06-02 * "Gasthaus Feld" "Teller"
  Vermoegen:Bank:Geschaeftskonto  900 EUR
  Ertraege:Keramik:Teller
2024-07-02 * "Privatentnahme"
  Eigenkapital:Privatentnahme  500 EUR
  Vermoegen:Bank:Geschaeftskonto
2024-08-02 * "Tauschladen" "Futterhäuschen"
  Aufwand:Kinder:Kleidung  12 EUR
  Vermoegen:Barkasse
2024-08-02 * "Wechselstube" "Kronen"
  Vermoegen:Barkasse  100 SEK
  Vermoegen:Bank:Geschaeftskonto  -9 EUR
"""

PLANS = [
    ("Wie viel Werkstattmiete hab ich 2024 gezahlt?", "sum Aufwand:Werkstatt:Miete 2024"),
    ("werkstattmiete pro jahr", "sum Aufwand:Werkstatt:Miete by year order key"),
    ("was kostet mich die Werkstatt im Jahr", "sum Aufwand:Werkstatt by year order key"),
    ("büromaterial 2024", "sum Aufwand:Bueromaterial 2024"),
    ("Zuschüssen 2024", "sum Aufwand:Zuschuesse 2024"),
    ("wieviel hab ich mit tellern verdient", "sum Ertraege:Keramik:Teller"),
    ("wie stand die Kreditkarte Ende 2024", "balance Schulden:Kreditkarte ..2025-01-01"),
    ("Gewinn- und Verlustrechnung 1. Quartal 2024", "income_statement 2024-01-01..2024-04-01"),
    ("Reinvermögen am 31.12.2024", "net_worth 2024-12-31..2025-01-01 at market into EUR"),
    ("kronenkurs am 2. Januar 2023", "price 2023-01-02..2023-01-03 of SEK"),
    ("was hat die Malmöreise gekostet", "sum expenses #malmoe-2024"),
    ("Ausgaben ohne Miete in den letzten drei Monaten", "sum expenses -Aufwand:Werkstatt:Miete 2025-02-21..2025-05-21"),
    ("ausgaben vom 1.2. bis 15.3.2024", "sum expenses 2024-02-01..2024-03-16"),
    ("Welche Ausgaben kommen jeden Monat wieder", "recurring"),
    ("In welchem Monat fehlt die Zahlung an Vermieter Ost", "gaps <Vermieter Ost> by month"),
    ("was ist noch in der barkasse", "balance Vermoegen:Barkasse"),
    ("Gewinn oder Verlust 2024", "net_income 2024"),
    ("gez 2024", "sum Aufwand:Rundfunk 2024"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_question_in_german(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Ausgaben im 2. Halbjahr 2024", "spending in the second half of 2024"),
        ("Ausgaben in den letzten sechs Monaten", "spending in the last 6 months"),
        ("Was habe ich vor 2 Monaten gekauft", "what did i buy 2 months ago"),
        ("Kontostand am 31.12.", "balance on 31 december"),
        ("Einnahmen von Januar bis März 2024", "income from january to march 2024"),
        ("was habe ich seit anfang 2024 verdient", "how much did i earn since the start of 2024"),
        ("Umsatz nach Kunden", "income by client"),
        ("Wie viel habe ich bei The Lane gelassen", "how much did i spend at The Lane"),
        ("größte Ausgabe", "biggest expense"),
        ("wie hoch sind unsere schulden", "how much do i owe in total"),
        ("Bestand der Kasse Ende 2023", "balance of Kasse at the end of 2023"),
        ("Spenden je Quartal", "Spenden by quarter"),
        ("wie viel ist 2024 vom Giro aufs Tagesgeld gegangen", "how much went in 2024 from Giro to the Tagesgeld"),
        ("Wie viel Geld ist diesen Monat schon weg", "how much did i spend this month"),
        ("Was kam im Mai 2025 rein", "how much did i receive in may 2025"),
        ("alle Buchungen vom 12. August 2024", "all transactions on 12 August 2024"),
        ("wieviel sparen wir pro monat", "how much do i save per month"),
        ("Wieviel Prozent unserer Ausgaben ist Miete", "what percentage of my spending is Miete"),
        ("Wer ist mein größter Kunde", "which client paid me the most"),
        ("wann war die Kasse am niedrigsten", "when was the Kasse at its lowest"),
        ("was hab ich jeden monat für essen ausgegeben", "how much did i spend per month on essen"),
        ("wann haben wir das letzte Mal Heizöl gekauft", "when did i last buy Heizöl"),
    ],
)
def test_the_frame_is_turned(german: str, english: str) -> None:
    assert in_english(german) == english


def test_english_with_a_german_word_is_english() -> None:
    for question in ("how much did I spend on Miete and Strom", "show Ausgaben for 2024", "what is in the Kasse"):
        assert language(question) is None
        assert in_english(question) == question


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Werkstattstrom", "Werkstatt Strom"),
        ("Tellern", "Teller"),
        ("Tellereinnahmen", "income from Teller"),
        ("Futterhäuschen", "Futterhäuschen"),  # as entries say it
        ("Donaudampfschiff", "Donaudampfschiff"),
        ('"Werkstattmiete"', '"Werkstattmiete"'),
    ],
)
def test_words_as_the_ledger_spells_them(text: str, apart: str, index: Index) -> None:
    assert told_apart(text, vocabulary(index), german=True) == apart


def test_a_compound_in_an_english_question_is_of_the_ledgers_own_names(index: Index) -> None:
    names = vocabulary(index)
    assert told_apart("pay for Werkstattmiete", names, german=False) == "pay for Werkstatt Miete"
    assert told_apart("the Tellerkosten", names, german=False) == "the Tellerkosten"


def test_umlauts_are_known_in_both_spellings() -> None:
    words = lexicon()
    assert words.groups_of(("buromaterial",)) == words.groups_of(("bueromaterial",))
    assert "fees" in words.groups_of_name("Kontogebuehren")[0]


def test_a_compound_known_of_its_own_is_not_what_its_last_part_is() -> None:
    words = lexicon()
    assert "dues" in words.groups_of_name("Fantasiebeiträge")[0]
    assert "dues" not in words.groups_of_name("Teilnehmerbeiträge")[0]


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("What did the Vienna trip cost me?", "sum expenses #wien-2024"),
        ("cost of the book fair", "sum expenses #buchmesse-2024"),
    ],
)
def test_a_tag_is_found_in_another_language(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


@pytest.mark.parametrize("question", ["of that, how much was Fahrten?", "wie viel davon war für Fahrten"])
def test_of_that_keeps_what_was_asked_before(question: str, index: Index) -> None:
    found = plan_question(question, ["Was hat die Wienreise gekostet?"], TODAY, index)
    assert digest(found) == "sum Aufwand:Fahrten #wien-2024"


def test_nobody_books_what_an_hour_costs(index: Index) -> None:
    assert digest(plan_question("welchen Stundensatz berechne ich?", [], TODAY, index)) == "refuse"
