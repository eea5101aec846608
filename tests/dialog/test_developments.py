"""How things changed, what comes round, and why a month came out as it did: the plans of such questions."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.plans.courses.cycles import on_cycle
from ledgerqa.records import Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest
from tests.dialog.lighthouse import TODAY, ledger

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("lighthouse")
    path = folder / "main.beancount"
    path.write_text(ledger(), encoding="utf-8")
    build(path, folder / "data")
    opened = open_index(path, folder / "data")
    yield opened
    opened.close()


def plan(question: str, index: Index, understander: Scripted | None = None) -> str:
    return digest(plan_question(question, [], TODAY, index, understander=understander))


POWER = "sum Expenses:Home:Power by year order key key change"
YEAR_TO_DATE = "[from 2023-01-01 to 2023-06-20: {0} 2023-01-01..2023-06-21] [from 2024-01-01 to 2024-06-20: {0} 2024-01-01..2024-06-21]"
FLOWS = "[2022: income expenses 2022] [2023: income expenses 2023] by account depth 1 key change"
TOGETHER = "[2022: expenses 2022] [2023: expenses 2023] by account depth 2 key change"
MUSIC = "list Expenses:Subscriptions:Music + order -date limit 1"

PLANS = [
    # whether something rose: a row a year
    ("did power get more expensive?", POWER),
    ("has the power bill gone up", POWER),
    ("is power creeping up", POWER),
    ("is our power getting pricier these days", POWER),
    ("have power costs increased over the years", POWER),
    ("is power cheaper than it was", POWER),
    ("how much has power risen since 2022", "sum Expenses:Home:Power 2022-01-01.. by year order key key change"),
    ("are we spending less on groceries lately", "sum Expenses:Food:Groceries by year order key key change"),
    ("did our income grow", "sum income by year order key key change"),
    ("is what's in the giro going down", "balance Assets:Bank:Giro by year order key key change"),
    # of one time that is named: it and the one before
    (
        "did power go up in 2023",
        "sum Expenses:Home:Power [2022: Expenses:Home:Power 2022] [2023: Expenses:Home:Power 2023]",
    ),
    ("has our spending gone up this year", "sum expenses " + YEAR_TO_DATE.format("expenses")),
    (
        "did groceries go down in may",
        "sum Expenses:Food:Groceries [April 2024: Expenses:Food:Groceries 2024-04] [May 2024: Expenses:Food:Groceries 2024-05]",
    ),
    # a course
    ("power trend", POWER),
    ("how has our spending developed", "sum expenses by year order key key change"),
    ("how did power develop in 2023", "sum Expenses:Home:Power 2023 by month order key key change"),
    # all there is, of two times
    ("compare 2022 and 2023", "sum income expenses " + FLOWS),
    ("2023 vs 2022", "sum income expenses " + FLOWS),
    ("how does 2023 compare to 2022?", "sum income expenses " + FLOWS),
    ("what changed between 2022 and 2023", "sum expenses " + TOGETHER),
    ("what changed in 2023", "sum expenses " + TOGETHER),
    ("which categories went up in 2023", "sum expenses " + TOGETHER.replace("key change", "key rise")),
    # why
    ("why was august 2023 so expensive", "sum expenses 2023-08 by account order -amount key why"),
    (
        "why was may 2024 dearer than april",
        "sum expenses [April 2024: expenses 2024-04] [May 2024: expenses 2024-05] by account depth 2 key change",
    ),
    (
        "what made may more expensive than april",
        "sum expenses [April 2024: expenses 2024-04] [May 2024: expenses 2024-05] by account depth 2 key rise",
    ),
    ("why was may so high", "sum expenses 2024-05 by account order -amount key why"),
    ("what drove our spending in august 2023", "sum expenses 2023-08 by account order -amount key why"),
    ("why did we spend so much last month", "sum expenses 2024-05 by account order -amount key why"),
    # what comes round
    ("which subscriptions went up", "recurring Expenses:Subscriptions risen"),
    ("did any subscription raise its price", "recurring Expenses:Subscriptions risen"),
    ("have our subscriptions gotten more expensive", "recurring Expenses:Subscriptions risen"),
    ("which bills went up", "recurring expenses risen"),
    ("what is our most expensive subscription?", "recurring Expenses:Subscriptions order -amount limit 1"),
    ("which subscription costs the most", "recurring Expenses:Subscriptions order -amount limit 1"),
    ("whats the cheapest subscription we have", "recurring Expenses:Subscriptions order amount limit 1"),
    ("most expensive subscriptions", "recurring Expenses:Subscriptions order -amount"),
    ("our biggest regular payment", "recurring expenses order -amount limit 1"),
    # at present
    ("how much do we pay for music now", MUSIC),
    ("what does music cost these days", MUSIC),
    ("what do I currently pay for music?", MUSIC),
    ("how much rent do we pay now", "list Expenses:Home:Rent + order -date limit 1"),
    ("what's our current rent", "list Expenses:Home:Rent + order -date limit 1"),
    ("what is my current salary", "list Income:Salary - order -date limit 1"),
    ("how much do we spend on groceries nowadays", "average Expenses:Food:Groceries 2023-06-01..2024-06-01 per month"),
    # the day
    ("when is the rent usually paid", "list Expenses:Home:Rent order -date key usual day"),
    ("what day of the month does power go out", "list Expenses:Home:Power order -date key usual day"),
    ("when do I usually get paid?", "list Income:Salary order -date key usual day"),
    ("on which date is the mortgage normally debited", "list Liabilities:Mortgage + order -date key usual day"),
]


@pytest.mark.parametrize(("question", "expected"), PLANS)
def test_what_changed_and_what_comes_round(question: str, expected: str, index: Index) -> None:
    assert plan(question, index) == expected


WEEKS = (
    "[weekends: expenses weekday 5 weekday 6] [weekdays: expenses weekday 0 weekday 1 weekday 2 weekday 3 weekday 4]"
)
MORE = [
    (
        "did we spend more on power in 2023",
        "sum Expenses:Home:Power [2022: Expenses:Home:Power 2022] [2023: Expenses:Home:Power 2023]",
    ),
    ("how much more expensive did power get", POWER),
    ("hows our power bill trending", POWER),
    ("whats happened to our power costs", POWER),
    ("are power bills going up", POWER),
    ("how has the mortgage changed", "balance Liabilities:Mortgage by year order key key change"),
    ("is the mortgage going down", "balance Liabilities:Mortgage by year order key key change"),
    ("when did music get more expensive", "list Expenses:Subscriptions:Music 2023-04-03..2023-05-04 order date"),
    (
        "how did the last two years compare",
        "sum income expenses [from 2022-06-21 to 2023-06-20: income expenses 2022-06-21..2023-06-21] [from 2023-06-21 to 2024-06-20: income expenses 2023-06-21..2024-06-21] by account depth 1 key change",
    ),
    (
        "how is this year going compared to last",
        "sum income expenses " + YEAR_TO_DATE.format("income expenses") + " by account depth 1 key change",
    ),
    ("spending this year vs last year over the same stretch", "sum expenses " + YEAR_TO_DATE.format("expenses")),
    ("are we spending more this year than at this point last year", "sum expenses " + YEAR_TO_DATE.format("expenses")),
    (
        "groceries compared to the same period last year",
        "sum Expenses:Food:Groceries " + YEAR_TO_DATE.format("Expenses:Food:Groceries"),
    ),
    ("spending ytd vs last year", "sum expenses " + YEAR_TO_DATE.format("expenses")),
    (
        "spending so far this year against all of last year",
        "sum expenses [from 2024-01-01 to 2024-06-20: expenses 2024-01-01..2024-06-21] [2023: expenses 2023]",
    ),
    ("are we ahead of last year's spending", "sum expenses " + YEAR_TO_DATE.format("expenses")),
    ("where did we spend less in 2023 than in 2022", "sum expenses " + TOGETHER.replace("key change", "key fall")),
    ("do we spend more on weekends", f"average expenses {WEEKS} per day"),
    ("weekend vs weekday spending", f"average expenses {WEEKS} per day"),
    (
        "do we spend more on saturdays or sundays",
        "sum expenses [Saturdays: expenses weekday 5] [Sundays: expenses weekday 6]",
    ),
    ("spending on saturdays and sundays", "sum expenses weekday 5 weekday 6"),
    (
        "do we spend more in summer or winter",
        "sum expenses [summer 2023 (2023-06-01 to 2023-08-31): expenses 2023-06-01..2023-09-01] [winter 2023 (2023-12-01 to 2024-02-29): expenses 2023-12-01..2024-03-01]",
    ),
    ("how much do we earn now", "list Income:Salary - order -date limit 1"),
    (
        "this month compared to the same month last year",
        "sum income expenses [June 2023: income expenses 2023-06] [June 2024: income expenses 2024-06] by account depth 1 key change",
    ),
    (
        "groceries in may vs may last year",
        "sum Expenses:Food:Groceries [May 2024: Expenses:Food:Groceries 2024-05] [May 2023: Expenses:Food:Groceries 2023-05]",
    ),
    ("are we spending more on groceries", "sum Expenses:Food:Groceries by year order key key change"),
    ("did groceries go up in 2021", "sum Expenses:Food:Groceries by year order key key change"),
    ("when does power get paid", "list Expenses:Home:Power order -date key usual day"),
    ("which of our subs went up", "recurring Expenses:Subscriptions risen"),
    ("dearest of our subs", "recurring Expenses:Subscriptions order -amount"),
    (
        "what changed since last year",
        "sum expenses " + YEAR_TO_DATE.format("expenses") + " by account depth 2 key change",
    ),
    (
        "how much more did we spend on power in 2023",
        "sum Expenses:Home:Power [2022: Expenses:Home:Power 2022] [2023: Expenses:Home:Power 2023]",
    ),
    ("what is the paper costing us now", "list Expenses:Subscriptions:Paper + order -date limit 1"),
    (
        "average spend on a weekday vs weekend",
        f"average expenses {WEEKS} per day".replace("[weekends: expenses weekday 5 weekday 6] ", "").replace(
            "per day", "[weekends: expenses weekday 5 weekday 6] per day"
        ),
    ),
    ("has the music gone up", "list Expenses:Subscriptions:Music + order date changed"),
    (
        "did the music one get more expensive since 2023",
        "list Expenses:Subscriptions:Music + 2023-01-01.. order date changed",
    ),
    ("is spending on music going up", "sum Expenses:Subscriptions:Music by year order key key change"),
    ("did the rent go up", "list Expenses:Home:Rent + order date changed"),
    ("running total of groceries in 2023", "sum Expenses:Food:Groceries 2023 by month order key key cumulative"),
    ("cumulative spending in may", "sum expenses 2024-05 by week order key key cumulative"),
    ("which subscriptions went up in 2023", "recurring Expenses:Subscriptions 2023 risen"),
    ("why were groceries so high in may", "sum Expenses:Food:Groceries 2024-05 by payee order -amount key why"),
]


@pytest.mark.parametrize(("question", "expected"), MORE)
def test_other_ways_of_asking_what_changed(question: str, expected: str, index: Index) -> None:
    assert plan(question, index) == expected


def test_four_seasons_stand_side_by_side(index: Index) -> None:
    assert [name.split(" (")[0] for name in re.findall(r"\[([^:]+):", plan("which season do we spend most in", index))] == [
        "summer 2023", "autumn 2023", "winter 2023", "spring 2024",
    ]  # fmt: skip


OTHERS = [
    ("how much did the mortgage fall", "balance Liabilities:Mortgage by year order key key change"),
    ("when did music go up", "list Expenses:Subscriptions:Music 2023-04-03..2023-05-04 order date"),
    ("power in 2023", "sum Expenses:Home:Power 2023"),
    ("how much did we drop on groceries in 2023", "sum Expenses:Food:Groceries 2023"),
    ("did I get a raise?", "list Income:Salary - 2023-12-22..2024-01-26 order date"),
    ("how much have we spent on rent so far", "sum Expenses:Home:Rent"),
    ("how much rent did we pay in 2022", "sum Expenses:Home:Rent 2022"),
    ("when was the rent last paid", "list Expenses:Home:Rent order -date limit 1"),
]


@pytest.mark.parametrize(("question", "expected"), OTHERS)
def test_what_only_sounds_alike(question: str, expected: str, index: Index) -> None:
    assert plan(question, index) == expected


def test_a_follow_up_asks_the_same_of_something_else(index: Index) -> None:
    found = plan_question("and water?", ["did power get more expensive?"], TODAY, index)
    assert digest(found) == "sum Expenses:Home:Water by year order key key change"


def test_a_model_that_hears_something_else_changes_nothing(index: Index) -> None:
    refusing = Scripted({"outcome": ("refuse", 0.9)})
    assert plan("is my power spending going down", index, refusing) == POWER
    netting = Scripted({"measure": ("net_income", 0.99), "group": ("account", 0.9)}, {"power": "NAME"})
    assert plan("are we spending less on power these days", index, netting) == POWER
    listing = Scripted({"measure": ("list", 0.99), "order": ("-amount", 0.9), "single": ("yes", 0.9)})
    assert plan("what is our most expensive subscription?", index, listing).startswith("recurring")


def test_a_model_that_guesses_income_does_not_hide_what_rose(index: Index) -> None:
    earning = Scripted({"flow": ("income", 0.9)})
    assert plan("which subscriptions went up", index, earning) == "recurring Expenses:Subscriptions risen"


def test_what_is_booked_between_two_payments_is_no_price() -> None:
    days = [dt.date(2024, month, 9) for month in range(1, 8)]
    assert on_cycle([*days, dt.date(2024, 7, 11)]) == tuple(days)
    assert on_cycle(days[:2]) == tuple(days[:2])


def test_a_payment_that_ended_is_told_so(index: Index) -> None:
    found = plan_question("what's our current rent", [], TODAY, index)
    assert isinstance(found, Plan)
    assert any(re.search("nothing came after 2023-02-01", note) for note in found.reading)
