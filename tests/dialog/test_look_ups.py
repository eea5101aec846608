"""Look-ups and oddities as people ask for them, over a small invented ledger: doubles, budgets, what is filed where."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.records import Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Cell

TODAY = dt.date(2024, 5, 20)
LEDGER = """
option "operating_currency" "CHF"
2022-01-01 open Assets:Bank:Giro
  institution: "Bergkasse"
  number: "11-204-7"
2022-01-01 open Income:Salary
2022-01-01 open Liabilities:Payable:Ueli
2022-01-01 open Assets:Cash
2022-01-01 open Assets:Receivable:Invoices
2022-01-01 open Assets:Owed:Weber
2022-01-01 open Expenses:Pets:Vet
2022-01-01 open Income:Design
2022-01-01 open Expenses:Food:Groceries
2022-01-01 open Expenses:Food:Restaurants
2022-01-01 open Expenses:Bicycle
2022-01-01 open Expenses:Hens:Feed
2022-01-01 open Expenses:Hens:Coop
  policy: "HS 5-881"
2022-01-01 open Expenses:Pets:Food
2022-01-01 open Expenses:Power
2022-01-01 open Expenses:Shopping
2022-01-01 open Expenses:Travel
2022-01-01 open Expenses:Gifts

2022-01-01 event "home" "Sattelgasse 4"
2023-09-01 event "home" "Mill Lane 9"
2022-03-01 event "flatmates" "Ueli, Reto"
2022-04-01 event "licence" "dog"
2022-05-06 document Expenses:Gifts "meldeschein.pdf"

2022-01-01 query "unpaid-bills" "SELECT date WHERE account ~ 'Receivable'"
2022-01-01 query "hens" "SELECT date, position WHERE account ~ 'Hens'"

2023-01-01 custom "budget" Expenses:Hens "yearly" 200 CHF
2023-01-01 custom "budget" Expenses:Food:Groceries "monthly" 60 CHF
2023-01-01 custom "budget" Expenses:Power "quarterly" 90 CHF

2023-03-01 note Expenses:Hens:Coop "fox got in through the hatch"
2023-06-01 note Expenses:Power "rang Aarkraft about the meter"
2022-05-05 document Expenses:Bicycle "frame-warranty.txt"

2023-02-10 * "Aarkraft" "power"
  kwh: 210
  Expenses:Power   41 CHF
  Assets:Bank:Giro
2023-05-10 * "Aarkraft" "power"
  kwh: 190
  Expenses:Power   39 CHF
  Assets:Bank:Giro
2024-02-10 * "Aarkraft" "power"
  kwh: 205.5
  Expenses:Power   44 CHF
  Assets:Bank:Giro
2023-04-02 * "Velo Zumstein" "used touring bike" #christmas
  Expenses:Bicycle   410 CHF
  Assets:Bank:Giro
2023-07-02 * "Velo Zumstein" "new chain"
  Expenses:Bicycle    64.90 CHF
  Assets:Bank:Giro
2023-07-05 * "Dorfladen" "shop"
  Expenses:Food:Groceries   70 CHF
  Assets:Bank:Giro
2023-07-09 * "Migrolino" "shop"
  Expenses:Food:Groceries   12.40 CHF
  Assets:Cash
2023-08-11 * "Landi" "feed" #hens
  Expenses:Hens:Feed   260 CHF
  Assets:Bank:Giro
2023-08-12 * "Landi" "litter" #cats
  Expenses:Pets:Food   30 CHF
  Assets:Bank:Giro
2023-08-12 * "cash machine"
  Assets:Cash   100 CHF
  Assets:Bank:Giro
2023-09-10 * "Nachtzug" "Trieste" #trip-trieste-2023
  receipt: "https://r.example/nz/77120"
  Expenses:Travel   120 CHF
  Assets:Bank:Giro
2023-09-11 * "Trattoria Bora" "dinner" #trip-trieste-2023
  Expenses:Food:Restaurants   38 CHF
  Assets:Bank:Giro
2023-10-01 * "Weber & Co" "invoice 7" ^inv-7
  Assets:Receivable:Invoices   900 CHF
  Income:Design
2023-10-20 * "Weber & Co" "pays invoice 7" ^inv-7
  Assets:Bank:Giro   900 CHF
  Assets:Receivable:Invoices
2024-01-25 * "Dorfschule" "salary"
  Assets:Bank:Giro   3000 CHF
  Income:Salary
2024-02-25 * "Dorfschule" "salary"
  Assets:Bank:Giro   3100 CHF
  Income:Salary
2022-03-01 * "Verhuizers" "van" #move-2022
  Expenses:Travel   300 CHF
  Assets:Bank:Giro
2022-03-02 * "Weber & Co" "train, to be paid back"
  Assets:Owed:Weber   40 CHF
  Assets:Bank:Giro
2022-03-12 * "Weber & Co" "train"
  Assets:Bank:Giro   40 CHF
  Assets:Owed:Weber
2022-03-13 * "COOP PRONTO" "fund for the vet"
  Expenses:Gifts     5 CHF
  Assets:Cash
2022-03-14 * "Dr. Hahn" "wing"
  Expenses:Pets:Vet     55 CHF
  Assets:Cash
2024-03-14 * "GASTRO KRONE 118"
  Expenses:Food:Restaurants     25 CHF
  Assets:Cash
2024-03-15 * "GASTRO KRONE 118"
  Expenses:Food:Restaurants     26 CHF
  Assets:Cash
2024-05-19 * "Ueli" "seed"
  Expenses:Hens:Feed   18 CHF
  Liabilities:Payable:Ueli
2024-03-02 * "Helvia Schutz" "claim for the coop"
  Assets:Bank:Giro   150 CHF
  Expenses:Hens:Coop
2024-04-11 * "The Teasel" "two nights" #trip-kent-2024
  Expenses:Travel   90 GBP
  Assets:Bank:Giro -103.50 CHF @@ 90 GBP
2024-04-11 price GBP 1.15 CHF
2023-10-07 * "Kiosk Egger" "paper"
  Expenses:Shopping   4 CHF
  Assets:Cash
2023-10-08 * "Kiosk Egger" "paper"
  Expenses:Shopping   4 CHF
  Assets:Cash
2023-11-08 * "Kiosk Egger" "paper"
  Expenses:Shopping   4.10 CHF
  Assets:Cash
2023-11-18 * "Kiosk Egger" "paper"
  Expenses:Shopping   4.20 CHF
  Assets:Cash
2023-12-01 * "Kiosk Egger" "paper"
  Expenses:Shopping   4.30 CHF
  Assets:Cash
2023-12-08 * "Kiosk Egger" "paper"
  Expenses:Shopping   4.40 CHF
  Assets:Cash
2023-12-18 * "Kiosk Egger" "paper"
  Expenses:Shopping   4.50 CHF
  Assets:Cash
2023-12-30 * "Kiosk Egger" "drinks" #hen-night-2023
  Expenses:Shopping   14 CHF
  Assets:Cash
2023-12-20 * "Spielkiste" "puzzle" #christmas
  Expenses:Gifts   25 CHF
  Assets:Bank:Giro
2024-05-02 ! "SUMUP 4471" "?"
  Expenses:Shopping   34.95 CHF
  Assets:Bank:Giro
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("look_ups")
    path = folder / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    for name in ("frame-warranty.txt", "meldeschein.pdf"):
        (folder / name).write_text("scanned", encoding="utf-8")
    build(path, folder / "data")
    opened = open_index(path, folder / "data")
    yield opened
    opened.close()


PLANS = [
    ("any double payments?", "list expenses twice"),
    ("did we pay the same bill twice", "list expenses twice"),
    ("were we charged the same amount more than once", "list expenses twice"),
    ("did the double charge at Dorfladen come back", "list expenses <Dorfladen> -"),
    ("any outliers in power last year", "list Expenses:Power 2023 unusual"),
    ("is there anything irregular in 2023", "list expenses 2023 unusual"),
    ("anything pending?", "list ! entries"),
    ("what is flagged in my books", "list ! entries"),
    ("refunds in 2023", "sum expenses - 2023"),
    ("which day did we buy the bike", "list expenses <used touring bike>"),
    ("which day did we spend the most in 2023", "sum expenses + 2023 by day order -amount limit 1"),
    ("how much of the hens budget is left", "budget Expenses:Hens 2024"),
    ("how much of the power budget is left", "budget Expenses:Power 2024-04-01..2024-07-01"),
    ("how much of the groceries budget is left", "budget Expenses:Food:Groceries 2024-05"),
    ("which budgets did we blow in 2023", "budget 2023 failing"),
    ("did we stay within our budgets in 2023", "budget 2023"),
    ("any notes about the hens?", "notes Expenses:Hens"),
    ("notes about aarkraft", "notes /aarkraft/"),
    ("is there a warranty on file", "documents <frame-warranty.txt>"),
    ("documents for the bike", "documents Expenses:Bicycle"),
    ("what was that 35 franc thing in may", "list expenses CHF >33.25 <36.75 2024-05"),
    ("that 100 franc payment in august 2023", "list CHF >=100 <=100 2023-08 entries"),
    ("what did I buy for about 60 francs in 2023", "list expenses CHF >=54.0 <=66.0 + 2023"),
    ("purchases over 100 in 2023", "list expenses >100 + 2023"),
    ("how much was the Trieste holiday", "sum expenses #trip-trieste-2023"),
    ("viaje a Trieste", "sum expenses #trip-trieste-2023"),
    ("what did we spend on christmas", "sum expenses #christmas"),
    ("how much did we spend at christmas", "sum expenses 2023-12-24..2023-12-27"),
    (
        "who got more in 2023, Dorfladen or Landi",
        "sum expenses 2023 [Dorfladen: expenses <Dorfladen>] [Landi: expenses <Landi>]",
    ),
    ("how many invoices did I send in 2023", "count Assets:Receivable:Invoices + 2023"),
    ("how much cash did we take out in 2023", "sum Assets:Cash + with Assets:Bank:Giro 2023"),
    ("where did we live in June 2023", "events 2022-01-01..2023-07-01 key home"),
    ("where did we spend the most in 2023", "sum expenses 2023 by payee order -amount limit 1"),
    ("why did we spend so much on hens in 2023", "sum Expenses:Hens 2023 by account order -amount key why"),
    ("what is Weber's phone number", "refuse"),
    ("where is the receipt for the washing machine", "refuse"),
    (
        "how much did we spend on groceries and how much on power in 2023",
        "sum 2023 [groceries: Expenses:Food:Groceries] [power: Expenses:Power]",
    ),
    ("how often did we shop at Dorfladen and what did it cost", "sum expenses <Dorfladen>"),
    ("is anything overdue", "balance Assets:Owed:Weber Assets:Receivable:Invoices Liabilities:Payable:Ueli by account"),
    ("how much did Helvia pay us back", "sum expenses <Helvia Schutz> -"),
    ("how many trips did we take", "count #trip-kent-2024 #trip-trieste-2023 of tags"),
    (
        "which trip was the cheapest",
        "sum expenses #trip-kent-2024 #trip-trieste-2023 by tag order amount limit 1 into CHF",
    ),
    ("show the entry with the receipt 77120", "list receipt=https://r.example/nz/77120 entries key receipt"),
    ("which bank is the giro at", "metadata Assets:Bank:Giro key institution"),
    ("run the saved query hens", "queries <hens>"),
    ("what does the unpaid-bills query say", "queries <unpaid-bills>"),
    ("what is my salary", "list Income:Salary order -date limit 1"),
    ("cat food in 2023", "sum Expenses:Pets:Food 2023"),
    ("power vs turf in 2023", "refuse"),
    ("how many days since we last bought groceries", "list Expenses:Food:Groceries order -date limit 1"),
    ("what did I buy on my birthday the 5th of July 2023", "list expenses 2023-07-05..2023-07-06"),
    ("when did the power start", "list Expenses:Power order date limit 1"),
    ("flatmates in June 2023", "events 2022-03-01..2023-07-01 key flatmates"),
    ("are the hens worth it", "refuse"),
    ("what did hen night 2023 cost", "sum expenses #hen-night-2023"),
    ("biggest Dorfladen shop in 2023", "list expenses <Dorfladen> + 2023 order -amount limit 1"),
    ("who owes the house", "balance Assets:Owed:Weber Assets:Receivable:Invoices Liabilities:Payable:Ueli by account"),
    ("what is the policy number of the coop insurance", "metadata Expenses:Hens:Coop key policy"),
    ("has Kiosk Egger charged us twice", "list expenses <Kiosk Egger> twice"),
    ("what did the move cost", "sum expenses #move-2022"),
    ("how much did we move to giro", "sum Assets:Bank:Giro + with Assets:Owed:Weber"),
    ("when did we get the dog licence", "events /dog/ key licence"),
    ("meldeschein", "documents <meldeschein.pdf>"),
    ("when were we last at the vet", "list Expenses:Pets:Vet order -date limit 1"),
    ("favourite restaurant", "count Expenses:Food:Restaurants by narration order -amount limit 1"),
    ("how much did Weber pay me back", "sum Assets:Owed:Weber -"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_look_up(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


FOLLOW_UPS = [
    ("groceries in 2023", "what about restaurants instead", "sum Expenses:Food:Restaurants 2023"),
    ("groceries in 2023", "where mostly?", "sum Expenses:Food:Groceries 2023 by payee"),
    ("groceries in 2023", "why so much", "sum Expenses:Food:Groceries 2023 by payee"),
    ("spending in 2023", "why?", "sum expenses 2023 by account"),
    ("groceries in 2023", "why so little", "sum Expenses:Food:Groceries 2023 by payee"),
    (
        "how often did we buy groceries in 2023",
        "biggest one",
        "list Expenses:Food:Groceries + 2023 order -amount limit 1",
    ),
]


@pytest.mark.parametrize(("before", "question", "plan"), FOLLOW_UPS)
def test_a_follow_up(before: str, question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [before], TODAY, index)) == plan


def test_a_model_that_takes_outliers_for_what_is_largest_still_gets_them(index: Index) -> None:
    heard = Scripted(fields={"order": ("-amount", 0.6)})
    plan = plan_question("any outliers in power last year", (), TODAY, index, understander=heard)
    assert digest(plan) == "list Expenses:Power + 2023 unusual"


def _rows(question: str, index: Index) -> list[tuple[Cell, ...]]:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    return list(gather(plan, index, TODAY).table.rows)


def test_of_budgets_that_were_exceeded_only_those_are_told(index: Index) -> None:
    assert [row[0] for row in _rows("which budgets did we blow in 2023", index)] == ["Expenses:Hens"]
    assert len(_rows("did we stay within our budgets in 2023", index)) == 3


def test_the_numbers_under_a_key_are_added_up(index: Index) -> None:
    assert _rows("how many kwh did we use in 2023", index) == [(Decimal(400),)]
    assert _rows("kwh by year", index) == [("2023", Decimal(400)), ("2024", Decimal("205.5"))]


def test_values_that_are_asked_for_are_listed(index: Index) -> None:
    assert len(_rows("what was the kwh of each power bill", index)) == 3


def test_the_largest_payments_are_several_whatever_a_model_hears(index: Index) -> None:
    heard = Scripted(fields={"measure": ("list", 0.9), "order": ("-amount", 0.95), "single": ("yes", 0.9)})
    plan = plan_question("show the largest payments of 2023", (), TODAY, index, understander=heard)
    assert isinstance(plan, Plan)
    assert plan.limit is None


def test_the_day_on_which_something_ended_is_looked_for_whatever_a_model_hears(index: Index) -> None:
    heard = Scripted(fields={"measure": ("balance", 0.7), "key": ("closed", 0.5)})
    plan = plan_question("when did the feed end", (), TODAY, index, understander=heard)
    assert digest(plan) == "list Expenses:Hens:Feed order -date limit 1"


def test_a_model_alone_asks_of_no_debts_where_nobody_speaks_of_them(index: Index) -> None:
    heard = Scripted(fields={"measure": ("balance", 0.62), "key": ("shared", 0.76)})
    assert digest(plan_question("who am I married to", (), TODAY, index, understander=heard)) == "refuse"


def test_a_model_alone_refuses_no_bill_that_is_booked(index: Index) -> None:
    heard = Scripted(fields={"outcome": ("refuse", 0.9)})
    plan = plan_question("what is my salary", (), TODAY, index, understander=heard)
    assert digest(plan) == "list Income:Salary order -date limit 1"


def test_the_word_that_says_which_fees_is_missed(index: Index) -> None:
    heard = Scripted(spans={"kindergarten gifts": "NAME"})
    assert digest(plan_question("kindergarten gifts", (), TODAY, index, understander=heard)) == "refuse"


TWO = [
    ("how much was the power in 2023 and how many kwh was that", "how much was the power in 2023"),
    (
        "how much did we spend on groceries in 2023 and what does Ueli owe us",
        "how much did we spend on groceries in 2023",
    ),
    ("how much did we spend on groceries in 2023 and who was paid the most", ""),
    ("when did we last pay Aarkraft and how much was it", ""),
    ("how much did we spend on groceries and how much on power in 2023", ""),
]


@pytest.mark.parametrize(("question", "left"), TWO)
def test_of_two_questions_the_one_left_open_is_named(question: str, left: str, index: Index) -> None:
    plan = plan_question(question, (), TODAY, index)
    assert isinstance(plan, Plan)
    notes = [note for note in plan.reading if note.startswith("two things were asked")]
    assert notes == ([f"two things were asked; ask by itself: “{left}?”"] if left else [])


def test_of_two_questions_the_answer_bears_no_name_of_the_other(index: Index) -> None:
    both = plan_question("how much did we spend on groceries in 2023 and what does Ueli owe us", (), TODAY, index)
    assert "2023" not in digest(both)
    assert "Groceries" not in digest(both)
