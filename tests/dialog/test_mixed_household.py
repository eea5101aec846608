"""Households that keep books in one language and ask in two: times, figures and names in German, French and English.

Books in German and in French, with an event for the move, people who borrow, an account never used, a charity whose
name a restaurant's nickname is part of.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.mixed_tongues import plain_figures
from ledgerqa.dialog.language.tongues import in_english
from ledgerqa.dialog.understanding.own_tongue import in_own_tongue
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted, understanding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.backends.protocols import Understanding
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
GERMAN = """
option "operating_currency" "EUR"
option "name_assets" "Aktiva"
option "name_liabilities" "Passiva"
option "name_equity" "Eigenkapital"
option "name_income" "Ertrag"
option "name_expenses" "Aufwand"
2023-01-01 open Aktiva:Girokonto
2023-01-01 open Aktiva:Forderungen:Bernd
2023-01-01 open Aktiva:Forderungen:Uschi
2023-01-01 open Passiva:Darlehen:TanteGerda
2023-01-01 open Ertrag:Lohn
2023-01-01 open Ertrag:Steuererstattung
2023-01-01 open Aufwand:Wohnen:Miete
2023-01-01 open Aufwand:Wohnen:Strom
2023-01-01 open Aufwand:Lebensmittel:Supermarkt
2023-01-01 open Aufwand:Lebensmittel:Bäcker
2023-01-01 open Aufwand:Freizeit:Essengehen
2023-01-01 open Aufwand:Gesundheit:Apotheke
2023-01-01 open Aufwand:Verkehr:Bahn
2023-01-01 open Aufwand:Verkehr:Monatskarte
2023-01-01 open Aufwand:Auto:Steuer
2023-01-01 event "wohnort" "Bremen"
2024-04-01 event "wohnort" "Kassel"

2023-02-01 * "Vermieter Alt" "Miete"
  Aufwand:Wohnen:Miete  700 EUR
  Aktiva:Girokonto
2024-07-01 * "Frau Neu" "Miete"
  Aufwand:Wohnen:Miete  900 EUR
  Aktiva:Girokonto
2025-05-01 * "Frau Neu" "Miete"
  Aufwand:Wohnen:Miete  1200 EUR
  Aktiva:Girokonto
2023-03-01 * "Stadtwerke" "Strom"
  Aufwand:Wohnen:Strom  60 EUR
  Aktiva:Girokonto
2024-07-03 * "Stadtwerke" "Strom"
  Aufwand:Wohnen:Strom  80 EUR
  Aktiva:Girokonto
2024-10-03 * "Stadtwerke" "Strom"
  Aufwand:Wohnen:Strom  90 EUR
  Aktiva:Girokonto
2025-05-08 * "Backstube" "Brot"
  Aufwand:Lebensmittel:Bäcker  7 EUR
  Aktiva:Girokonto
2025-06-08 * "Backstube" "Brot"
  Aufwand:Lebensmittel:Bäcker  9 EUR
  Aktiva:Girokonto
2025-06-09 * "Krone Markt" "Einkauf"
  Aufwand:Lebensmittel:Supermarkt  50 EUR
  Aktiva:Girokonto
2024-07-20 * "Gasthof" "essen mit Uschi"
  Aufwand:Freizeit:Essengehen  40 EUR
  Aktiva:Girokonto
2024-03-10 * "Apotheke am Markt" "Salbe"
  Aufwand:Gesundheit:Apotheke  12 EUR
  Aktiva:Girokonto
2024-08-10 * "Apotheke am Markt" "Tropfen"
  Aufwand:Gesundheit:Apotheke  18 EUR
  Aktiva:Girokonto
2025-01-05 * "Deutsche Bahn" "Monatskarte"
  Aufwand:Verkehr:Monatskarte  58 EUR
  Aktiva:Girokonto
2025-01-20 * "Zoll" "Kfz-Steuer"
  Aufwand:Auto:Steuer  118 EUR
  Aktiva:Girokonto
2024-09-12 * "Finanzamt" "Steuererstattung"
  Aktiva:Girokonto  498 EUR
  Ertrag:Steuererstattung
2024-11-28 * "Werk" "Lohn"
  Aktiva:Girokonto  2000 EUR
  Ertrag:Lohn
2024-12-01 * "Bernd" "geliehen"
  Aktiva:Forderungen:Bernd  300 EUR
  Aktiva:Girokonto
2025-02-03 * "Bernd" "etwas wieder da"
  Aktiva:Girokonto  120 EUR
  Aktiva:Forderungen:Bernd
2025-05-30 * "Uschi" "Karten"
  Aktiva:Forderungen:Uschi  64 EUR
  Aktiva:Girokonto
2023-01-05 * "Tante Gerda" "geliehen"
  Aktiva:Girokonto  500 EUR
  Passiva:Darlehen:TanteGerda
2024-01-05 * "Tante Gerda" "abgestottert"
  Passiva:Darlehen:TanteGerda  200 EUR
  Aktiva:Girokonto
"""
FRENCH = """
option "operating_currency" "EUR"
option "name_assets" "Actif"
option "name_liabilities" "Passif"
option "name_equity" "Capitaux"
option "name_income" "Revenus"
option "name_expenses" "Depenses"
2023-01-01 open Actif:Compte
2023-01-01 open Revenus:Salaire:Hugo
2023-01-01 open Depenses:Courses
2023-01-01 open Depenses:Boulangerie
2023-01-01 open Depenses:Cantine
2023-01-01 open Depenses:Essence
2023-01-01 open Depenses:Mutuelle
2023-01-01 open Depenses:Loisirs:Restaurants
2023-01-01 open Depenses:Dons
2023-01-01 open Depenses:FraisBancaires
2023-01-01 open Depenses:Chaussures

2023-11-10 * "Station" "Plein"
  Depenses:Essence  40 EUR
  Actif:Compte
2024-07-10 * "Station" "Plein"
  Depenses:Essence  60 EUR
  Actif:Compte
2025-05-10 * "Station" "Plein"
  Depenses:Essence  70 EUR
  Actif:Compte
2024-08-03 * "Auberge" "Resto en famille"
  Depenses:Loisirs:Restaurants  55 EUR
  Actif:Compte
2024-12-18 * "Restos du Coeur" "Don"
  Depenses:Dons  80 EUR
  Actif:Compte
2025-05-12 * "Marché U" "Courses"
  Depenses:Courses  90 EUR
  Actif:Compte
2025-05-14 * "Cora Lens" "Courses"
  Depenses:Courses  30 EUR
  Actif:Compte
2025-05-15 * "Total Lens" "Bidon"
  Depenses:Essence  5 EUR
  Actif:Compte
2025-05-20 * "Mairie" "Cantine"
  Depenses:Cantine  62 EUR
  Actif:Compte
2025-05-22 * "Fournil" "Pain"
  Depenses:Boulangerie  4 EUR
  Actif:Compte
2024-03-05 * "MGEN" "Cotisation"
  Depenses:Mutuelle  90 EUR
  Actif:Compte
2025-03-05 * "MGEN" "Cotisation"
  Depenses:Mutuelle  104 EUR
  Actif:Compte
2024-03-28 * "Banque" "Frais"
  Depenses:FraisBancaires  7 EUR
  Actif:Compte
2024-05-02 * "Bata" "Bottes de Hugo"
  Depenses:Chaussures  49 EUR
  Actif:Compte
2024-05-28 * "Atelier" "Paie"
  Actif:Compte  2100 EUR
  Revenus:Salaire:Hugo
"""

asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(tmp_path_factory, "haushalt", GERMAN)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    yield from _opened(tmp_path_factory, "foyer", FRENCH)


def _opened(tmp_path_factory: pytest.TempPathFactory, name: str, ledger: str) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp(name)
    path = folder / f"{name}.beancount"
    path.write_text(ledger, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("was haben wir letzten sommer ausgegeben", "how much did i spend last summer"),
        ("was haben wir im herbst für strom bezahlt", "how much did i pay in autumn on strom"),
        ("wieviel im letzten halbjahr für strom", "how much last half year on strom"),
        ("combien on a dépensé l'hiver dernier", "how much did i spend last winter"),
        ("combien on a dépensé au premier semestre", "how much did i spend in the first half of this year"),
        ("combien on a dépensé ces trois derniers mois", "how much did i spend last 3 months"),
        ("combien on a dépensé le week-end dernier", "how much did i spend last weekend"),
        ("quanto abbiamo speso l'estate scorsa", "how much did i spend last summer"),
        ("quanto gastamos no verão passado", "how much did i spend last summer"),
        ("hoeveel hebben we deze winter uitgegeven", "how much did i spend this winter"),
        ("vergleich strom vor und nach dem umzug", "compare strom before and after the umzug"),
        ("combien on a mis de côté en 2024", "how much did i save in 2024"),
    ],
)
def test_times_and_frames_are_turned(question: str, english: str) -> None:
    assert in_english(question) == english


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("how much essence en mai", "how much essence in may"),
        ("what did the kita cost us letzten Monat", "what did the kita cost us last month"),
        ("how much for Strom seit Januar", "how much for Strom since january"),
        ("how much on sprit in Mai", "how much on sprit in may"),
        ("how much did the gatto cost us l'anno scorso", "how much did the gatto cost us last year"),
        ("combien did the cat cost us l'année dernière", "how much did the cat cost us last year"),
        ("strom im herbst 2024", "strom in autumn 2024"),
    ],
)
def test_a_time_in_another_language_inside_a_question(question: str, english: str) -> None:
    assert in_english(question).replace("in 2024", "2024") == english


@pytest.mark.parametrize(
    "question",
    [
        "how much did we spend at Cinco de Mayo",
        "how much did we pay in Mai Thai",
        "did Mai pay us back",
        "how much in set aside this year",
        "online courses total",
        "golf courses vs lessons",
        "total per payer",
    ],
)
def test_what_only_looks_like_another_language_stays(question: str) -> None:
    assert in_english(question) == question


@pytest.mark.parametrize(
    ("text", "comma", "plain"),
    [
        ("expenses over 1.500,50 €", False, "expenses over 1500.50 €"),
        ("expenses over 99,90 euros", False, "expenses over 99.90 euros"),
        ("mehr als 1.000", True, "mehr als 1000"),
        ("held 1.500 VT", False, "held 1.500 VT"),
        ("over 1,500 EUR", False, "over 1,500 EUR"),
        ("am 31.12.2024 über 12 €", True, "am 31.12.2024 über 12 €"),
    ],
)
def test_figures_as_they_are_written(text: str, plain: str, *, comma: bool) -> None:
    assert plain_figures(text, comma=comma) == plain


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("was haben wir letzten sommer für strom bezahlt", [["80", "EUR"]]),
        ("what did we pay for Strom im Herbst", [["90", "EUR"]]),
        ("rent before the move", [["700", "EUR"]]),
        ("miete nach dem umzug", [["2100", "EUR"]]),
        ("was haben wir nach dem umzug für strom bezahlt", [["170", "EUR"]]),
        ("was haben wir bei der bahn bezahlt", [["58", "EUR"]]),
        ("how much did we pay the Bahn", [["58", "EUR"]]),
        ("wieviel steuer haben wir 2024 zurückbekommen", [["-498", "EUR"]]),
        ("did we earn more than we spent in 2024", [["1358", "EUR"]]),
        ("wieviel für essen", [["106", "EUR"]]),
        ("kosten für strom 2024", [["170", "EUR"]]),
        ("wieviel haben wir vor 2024 für strom gezahlt", [["60", "EUR"]]),
        ("unsere kosten im juni", [["59", "EUR"]]),
    ],
)
def test_a_figure_of_books_in_german(question: str, rows: list[list[str]], german: Index) -> None:
    plan, evidence = asked(german, question)
    told = [[f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell) for cell in row]
            for row in evidence.table.rows]  # fmt: skip
    assert [[each.removeprefix("-") for each in row] for row in told] == [
        [each.removeprefix("-") for each in row] for row in rows
    ], plan


@pytest.mark.parametrize("question", ["rent before and after the move", "vergleich miete vor und nach dem umzug"])
def test_both_sides_of_the_move(question: str, german: Index) -> None:
    plan, evidence = asked(german, question)
    assert [(each.period.start, each.period.end) for each in plan.compare] == [
        (None, dt.date(2024, 4, 1)),
        (dt.date(2024, 4, 1), None),
    ]
    assert [row[1] for row in evidence.table.rows] == [Decimal(700), Decimal(2100)]


def test_a_move_of_which_no_day_is_known_is_said(french: Index) -> None:
    plan, _ = asked(french, "essence since the move")
    assert any("no day is known" in each for each in plan.reading)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("who did we lend money to", [["Aktiva:Forderungen:Bernd", "300", "EUR"],
                                      ["Aktiva:Forderungen:Uschi", "64", "EUR"]]),
        ("wem haben wir geld geliehen", [["Aktiva:Forderungen:Bernd", "300", "EUR"],
                                         ["Aktiva:Forderungen:Uschi", "64", "EUR"]]),
        ("who has paid us back so far", [["Aktiva:Forderungen:Bernd", "-120", "EUR"]]),
        ("wer hat uns geld zurückgezahlt", [["Aktiva:Forderungen:Bernd", "-120", "EUR"]]),
        ("wieviel hat bernd schon zurückgezahlt", [["-120", "EUR"]]),
        ("wieviel haben wir tante gerda schon zurückgezahlt", [["200", "EUR"]]),
    ],
)  # fmt: skip
def test_who_lent_and_gave_back(question: str, rows: list[list[str]], german: Index) -> None:
    assert rows_of(question, german, Measure.SUM) == rows


def test_nobody_owes_anything_in_books_without_such_accounts(french: Index) -> None:
    assert isinstance(plan_question("who did we lend money to", [], TODAY, french), Refusal)


def test_the_biggest_expenses_are_several(german: Index) -> None:
    plan, _ = asked(german, "list the biggest expenses in 2024")
    assert plan.limit is None
    assert asked(german, "what was the biggest expense in 2024")[0].limit == 1


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        ("how much did we spend on restos in 2024", ("Depenses:Loisirs:Restaurants",)),
        ("how much did we spend on groceries", ("Depenses:Courses",)),
        ("combien de courses en mai", ("Depenses:Courses",)),
        ("combien de frais bancaires par an", ("Depenses:FraisBancaires",)),
        ("combien Hugo a gagné en 2024", ("Revenus:Salaire:Hugo",)),
    ],
)
def test_what_a_name_means_in_books_in_french(question: str, accounts: tuple[str, ...], french: Index) -> None:
    plan, _ = asked(french, question)
    assert (plan.measure, plan.filters.accounts) == (Measure.SUM, accounts)


def test_groceries_called_courses_are_no_school(french: Index) -> None:
    assert isinstance(plan_question("how much school", [], TODAY, french), Refusal)


def test_bread_by_its_name_is_no_pain(french: Index) -> None:
    assert rows_of("how much pain did we buy", french, Measure.SUM) == [["4", "EUR"]]


def test_a_shop_in_a_town_is_one_name(french: Index) -> None:
    assert rows_of("how much did we spend at Cora in Lens", french, Measure.SUM) == [["30", "EUR"]]


@pytest.mark.parametrize("question", ["kitakosten letztes jahr", "apothekenkosten 2024", "strom kosten 2024"])
def test_costs_are_added_up(question: str, german: Index) -> None:
    plan = plan_question(question, [], TODAY, german)
    assert not isinstance(plan, Plan) or plan.measure is Measure.SUM


def test_what_is_only_spent_does_not_stand(french: Index) -> None:
    """ "Did the mutuelle go up", of which a model takes the balance: years are set side by side, not all until then."""
    plan, _ = asked(french, "did the mutuelle go up this year", Scripted({"measure": ("balance", 0.76)}))
    assert [each.period.start for each in plan.compare] == [dt.date(2024, 1, 1), dt.date(2025, 1, 1)]


class _Hearing:
    """A model that hears one thing in each text."""

    name, sha256 = "hearing", "0"

    def __init__(self, heard: Callable[[str], str]) -> None:
        self._heard = heard

    def understand(self, text: str) -> Understanding:
        return understanding(text, {"measure": (self._heard(text), 0.95)}, {})


def test_a_frame_turned_as_a_whole_is_heard_in_english() -> None:
    question = "combien de frais bancaires par an"
    model = _Hearing(lambda text: "sum" if text.startswith("how much") else "count")
    listening = in_own_tongue(model, question)
    assert listening is not None
    heard = listening.understand("how much did i spend on frais bancaires per year")
    assert max(heard.fields["measure"], key=lambda each: heard.fields["measure"][each]) == "sum"
    half = listening.understand("frais bancaires combien per year")
    assert max(half.fields["measure"], key=lambda each: half.fields["measure"][each]) == "count"
