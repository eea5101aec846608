"""Questions as anybody may put them in plain English, over the small books of a boathouse with a shop."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.calendar.periods import find_periods, find_weekdays
from ledgerqa.dialog.understanding.pointing_back import without_pointing_back
from ledgerqa.records import Plan

from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 6, 30)
LEDGER = """
option "operating_currency" "CAD"

2022-01-01 open Assets:Chequing
2022-01-01 open Assets:CashBox
2022-01-01 open Assets:Owed:Clients
2022-01-01 open Assets:Receivable:Mabel
2022-01-01 open Liabilities:Payable:Mabel
2022-01-01 open Assets:Broker:NORX
2022-01-01 open Income:Wages:Harbourlight
2022-01-01 open Income:Dues
2022-01-01 open Income:Boatwork
2022-01-01 open Income:Gains
2022-01-01 open Expenses:Tax
2022-01-01 open Expenses:Boat
2022-01-01 open Expenses:Boat:Paint
2022-01-01 open Expenses:Boat:Repairs
2022-01-01 open Expenses:Power
2022-01-01 open Expenses:Larder
2022-01-01 open Expenses:Larder:Beer
2022-01-01 open Expenses:Health
2022-01-01 open Expenses:Lessons

2023-01-01 custom "budget" Expenses:Larder "monthly" 90.00 CAD
2023-12-31 price NORX 41.00 CAD

2023-01-10 * "Lumen Co" "power"
  Expenses:Power            50.00 CAD
  Assets:Chequing
2023-02-03 * "Rigger Jo" "mast" ^mast-job
  Expenses:Boat:Repairs    700.00 CAD
  Assets:Chequing
2023-02-20 ! "Rigger Jo" "mast, the rest" ^mast-job
  Expenses:Boat:Repairs    200.00 CAD
  Assets:Chequing
2023-03-05 * "Hull & Co" "paint"
  Expenses:Boat:Paint       60.00 CAD
  Assets:Chequing
2023-04-02 * "Tillerton School" "lessons, spring"
  receipt-no: "T-77"
  Expenses:Lessons         120.00 CAD
  Assets:Chequing
2023-05-06 * "Grocer" "beer"
  Expenses:Larder:Beer      20.00 CAD
  Assets:Chequing
2023-05-07 * "Grocer" "flour"
  Expenses:Larder           30.00 CAD
  Assets:Chequing
2023-06-01 * "Mabel" "for the dentist, a loan"
  Assets:Receivable:Mabel   80.00 CAD
  Assets:Chequing
2023-06-20 * "Dr. Stone" "filling, upper right molar"
  Expenses:Health           95.00 CAD
  Assets:Chequing
2023-07-04 * "Sailmaker" "lamp oil"
  Expenses:Boat             14.00 CAD
  Liabilities:Payable:Mabel
2023-08-01 * "Yacht Club" "dues"
  Assets:Chequing          100.00 CAD
  Income:Dues
2024-02-01 * "Yacht Club" "dues"
  Assets:Chequing          140.00 CAD
  Income:Dues
2023-09-01 * "Harbourlight" "pay"
  Assets:Chequing          800.00 CAD
  Expenses:Tax             200.00 CAD
  Income:Wages:Harbourlight
2023-10-01 * "Fenn" "bill 4"
  hours: 12
  Assets:Owed:Clients      360.00 CAD
  Income:Boatwork         -360.00 CAD
2023-11-01 * "Fenn" "bill 5"
  hours: 8
  Assets:Owed:Clients      240.00 CAD
  Income:Boatwork         -240.00 CAD
2023-12-01 * "Broker" "buy"
  Assets:Broker:NORX     10 NORX {40.00 CAD}
  Assets:Chequing
2024-01-10 * "Lumen Co" "power"
  Expenses:Power            55.00 CAD
  Assets:Chequing
2024-03-10 * "Lumen Co" "power"
  Expenses:Power            58.00 CAD
  Assets:Chequing
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("boathouse")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


PLANS = [
    # no order, no advice
    ("Add together everything we gave Rigger Jo.", "sum expenses <Rigger Jo>"),
    ("Our power bills of 2023, could you add all of them up for me?", "sum Expenses:Power 2023"),
    ("Total spent at Hull & Co in 2023", "sum expenses <Hull & Co> 2023"),
    ("power & lessons in toatl, 2023", "sum Expenses:Power Expenses:Lessons 2023"),
    ("How much are we permitted to spend on the larder?", "budget Expenses:Larder 2024-06"),
    ("What should I see in the cash box right now?", "balance Assets:CashBox ..2024-07-01"),
    # what only points back
    ("In which months of 2024 was there no power bill? List them.", "gaps Expenses:Power 2024 by month"),
    ("Which boat repairs cost more than $300? Show each one.", "list Expenses:Boat:Repairs >300 +"),
    # signs named outright
    ("Show the bookings held together by ^mast-job", "list ^mast-job entries"),
    ("Are there bookings where I put a ! in front?", "list ! entries"),
    # times
    ("power month by month through 2023", "sum Expenses:Power 2023 by month order key"),
    ("Rigger Jo: all we paid him from the first entry up to now", "sum expenses <Rigger Jo>"),
    ("Larder in May 2023: was that inside what we budget for the month?", "budget Expenses:Larder 2023-05"),
    ("Was the beer in May 2023 within the larder budget?", "budget Expenses:Larder 2023-05"),
    ("Cut the 2023 power costs into quarters", "sum Expenses:Power 2023 by quarter order key"),
    (
        "Take what power cost in 2023 and divide it by twelve. What is that a month?",
        "average Expenses:Power 2023 per month",
    ),
    # figures of something else
    ("What was one share of NORX worth on 31 December 2023?", "price 2023-12-31..2024-01-01 of NORX"),
    ("Add up the hours on the bills to Fenn", "metadata Income:Boatwork <Fenn> key hours"),
    (
        "The lessons of April 2023: what is the number on that receipt?",
        "metadata Expenses:Lessons 2023-04 key receipt-no",
    ),
    ("When did Lumen Co first bill us 58?", "list expenses <Lumen Co> >=58 <=58 order date limit 1"),
    ("What did Harbourlight pay me in 2023, before any tax came off?", "sum Income:Wages:Harbourlight 2023"),
    # names
    ("what did the dentist bills of 2023 cost", "sum expenses <Dr. Stone> 2023"),
    ("Spending on the boat, such as paint and repairs, in 2023", "sum Expenses:Boat 2023"),
    ("List the boat things Mabel paid for herself", "list Liabilities:Payable:Mabel - with Expenses:Boat"),
    (
        "Am I still waiting for money from Mabel?",
        "balance Assets:Receivable:Mabel Liabilities:Payable:Mabel by account",
    ),
    ("Has any client got an unpaid bill of ours?", "balance Assets:Owed:Clients by account"),
    ("Was there a month in which Lumen Co took two payments?", "list expenses <Lumen Co>"),
    ("Did Lumen Co take more than one payment in any month?", "list expenses <Lumen Co>"),
    ("Has Lumen Co ever charged us a second time?", "list expenses <Lumen Co>"),
    ("Lumen Co, from the very first job to now, what have we given them in total", "sum expenses <Lumen Co>"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_a_plain_question(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_a_part_of_the_years_that_are_named_later(index: Index) -> None:
    plan = plan_question("Compare the dues for January to March. Did 2024 bring in more than 2023?", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert [side.label for side in plan.compare] == ["from 2024-01-01 to 2024-03-31", "from 2023-01-01 to 2023-03-31"]


def test_a_model_hears_two_figures_where_a_day_is_asked_for(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.85)}, {"Yacht Club": "NAME"})
    plan = plan_question("Which day did Yacht Club pay us, and what sum?", [], TODAY, index, understander=model)
    assert digest(plan).startswith("list")


def test_a_model_takes_two_payments_in_a_month_for_a_month_without(index: Index) -> None:
    model = Scripted({"measure": ("gaps", 0.95)}, {"Lumen Co": "NAME"})
    plan = plan_question("any month in which Lumen Co took two payments", [], TODAY, index, understander=model)
    assert digest(plan) == "list expenses <Lumen Co>"
    plan = plan_question("any month in which Lumen Co took no payment", [], TODAY, index, understander=model)
    assert digest(plan).startswith("gaps")


def test_what_names_all_that_is_asked_for_does_not_leave_it_out(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95)}, {"the lessons": "EXCLUDE"})
    plan = plan_question("spent on lessons and the lessons we took", [], TODAY, index, understander=model)
    assert isinstance(plan, Plan)
    assert plan.filters.accounts == ("Expenses:Lessons",)
    assert not plan.filters.exclude_accounts


WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("train fares, but not at the weekends", WORKDAYS),
        ("weekdays only, no weekends", WORKDAYS),
        ("excluding Saturdays and Sundays", WORKDAYS),
        ("weekends aside", WORKDAYS),
        ("not counting weekends", WORKDAYS),
        ("please don't count the weekends", WORKDAYS),
        ("don’t include weekends", WORKDAYS),
        ("Monday to Friday, leaving out Fridays", (0, 1, 2, 3)),
        ("on any day but Sunday", (0, 1, 2, 3, 4, 5)),
        ("but only at weekends", WEEKEND),
        ("on Fridays and Saturdays", (4, 5)),
        ("not the rent, the food on Sundays", (6,)),
    ],
)
def test_weekdays_that_are_left_out(text: str, days: tuple[int, ...]) -> None:
    assert find_weekdays(text) == days


def test_what_points_back_is_left_away() -> None:
    assert without_pointing_back("What went on rent and on power? Show them separately.") == (
        "What went on rent and on power, each?"
    )
    assert without_pointing_back("The value of the funds I own. Skip those I have sold.") == (
        "The value of the funds I own"
    )
    assert without_pointing_back("I rent out three flats. List them.") == "I rent out three flats. List them."
    assert without_pointing_back("Which of them rose? Give me the dates.") == "Which of them rose? Give me the dates."


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since the first entry up to now", [(None, None)]),
        ("since our first payment", [(None, None)]),
        ("from the first month to the last", [(None, None)]),
        ("what was left from the first payment", []),
        ("since the first day of May 2023", [("2023-05-01", None)]),
        ("June 2023: was it within what is planned for the month", [("2023-06-01", "2023-07-01")]),
        ("week by week through May 2023", [("2023-05-01", "2023-06-01")]),
        ("Did 2023 cost more than 2022?", [("2023-01-01", "2024-01-01"), ("2022-01-01", "2023-01-01")]),
        ("which payments were more than 2023", []),
    ],
)
def test_times_in_plain_english(text: str, days: list[tuple[str | None, str | None]]) -> None:
    found = find_periods(text, TODAY)
    shown = [(each.period.start, each.period.end) for each in found]
    assert [tuple(day and day.isoformat() for day in one) for one in shown] == days
