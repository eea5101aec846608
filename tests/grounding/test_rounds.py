"""What comes round, as it is asked for: what ended or began, at what interval, and what all of it comes to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import bearers, cite, gate, sentences, with_span
from ledgerqa.records import Plan
from tests.dialog.asking import Scripted
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2024, 6, 20)
# Payee, account, day of the month, amounts from which month on, and the last month.
PAID = (
    ("Elm Court", "Home:Rent", 3, {"2022-01": "900"}, "2024-06"),
    ("Flixo", "Subs:Video", 7, {"2022-01": "10", "2022-12": "12"}, "2024-06"),
    ("Humm", "Subs:Music", 11, {"2022-01": "9"}, "2023-10"),
    ("Podly", "Subs:Podcasts", 12, {"2024-02": "5"}, "2024-06"),
)
YEARLY = (("Surewise", "Home:Insurance", "04-14", "120"), ("Skybox", "Subs:Storage", "03-30", "24"))


def _months() -> list[str]:
    return [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)][:30]


def ledger() -> str:
    """Two years and a half of a flat with a few subscriptions, one charged twice and given back."""
    accounts = {account for _, account, *_ in (*PAID, *YEARLY)}
    lines = ['option "operating_currency" "USD"', "2022-01-01 open Assets:Bank", "2022-01-01 open Income:Pay"]
    lines += [f"2022-01-01 open Expenses:{each}" for each in sorted(accounts)]
    booked: list[tuple[str, str, str, str]] = []
    for payee, account, monthday, amounts, last in PAID:
        for month in _months():
            if min(amounts) <= month <= last:
                amount = amounts[max(each for each in amounts if each <= month)]
                booked.append((f"{month}-{monthday:02}", payee, f"Expenses:{account}", amount))
    for payee, account, day, amount in YEARLY:
        booked += [(f"{year}-{day}", payee, f"Expenses:{account}", amount) for year in (2022, 2023, 2024)]
    for month in _months():
        booked += [(f"{month}-{day}", "Acme Print", "Income:Pay", "-800") for day in ("01", "15")]
    booked += [
        ("2024-03-07", "Flixo", "Expenses:Subs:Video", "12"),
        ("2024-03-19", "Flixo", "Expenses:Subs:Video", "-12"),
    ]
    for day, payee, account, amount in sorted(booked):
        lines += [f'{day} * "{payee}" "usual"', f"  {account}  {amount} USD", "  Assets:Bank"]
    return "\n".join([*lines, ""])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("rounds")
    path = folder / "main.beancount"
    path.write_text(ledger(), encoding="utf-8")
    build(path, folder / "data")
    opened = open_index(path, folder / "data")
    yield opened
    opened.close()


def said(question: str, index: Index) -> str:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    evidence = with_span(plan, gather(plan, index, TODAY))
    citations = cite(plan, evidence, index)
    shown, verification = gate(
        sentences(plan, evidence, index, citations, question), bearers(plan, evidence, citations, TODAY)
    )
    assert not verification.unsupported
    return " ".join(shown)


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("what did i cancel", "recurring ended"),
        ("what did we cancel in 2023?", "recurring 2023 ended"),
        ("have i cancelled anything", "recurring ended"),
        ("what have we stopped paying for", "recurring expenses ended"),
        ("which payments stopped", "recurring ended"),
        ("did i cancel humm", "recurring expenses <Humm> ended"),
        ("what do i pay for once a year", "recurring expenses key yearly"),
        ("list my annual bills", "recurring expenses key yearly"),
        ("which of my subscriptions are yearly", "recurring Expenses:Subs key yearly"),
        ("any new subscriptions this year?", "recurring Expenses:Subs 2024 begun"),
        ("what new subscriptions do I have", "recurring Expenses:Subs 2023-06-21..2024-06-21 begun"),
        ("did i sign up for anything in 2024", "recurring 2024 begun"),
        ("what subscriptions do i have", "recurring Expenses:Subs"),
        ("how much do my subscriptions come to a month", "recurring Expenses:Subs"),
        ("what do my fixed costs come to a month", "recurring expenses"),
        ("what's the total of my regular bills per year", "recurring expenses"),
        ("how much did my subscriptions cost in 2023", "sum Expenses:Subs 2023"),
    ],
)
def test_what_is_asked_of_it(question: str, plan: str, index: Index) -> None:
    assert digest(plan_question(question, [], TODAY, index)) == plan


def test_a_model_makes_no_whole_of_the_books_of_it(index: Index) -> None:
    model = Scripted({"measure": ("net_income", 0.97)})
    outcome = plan_question("have i cancelled anything", [], TODAY, index, understander=model)
    assert digest(outcome) == "recurring ended"
    averaging = Scripted({"measure": ("average", 0.97)})
    outcome = plan_question("what do i pay once a year", [], TODAY, index, understander=averaging)
    assert digest(outcome) == "recurring expenses key yearly"
    listing = Scripted({"measure": ("list", 0.97)})
    outcome = plan_question("anything I've stopped paying this year", [], TODAY, index, understander=listing)
    assert digest(outcome) == "recurring expenses 2024 ended"


def test_what_is_missing_is_still_missed(index: Index) -> None:
    model = Scripted({}, {"wine subscriptions": "NAME"})
    outcome = plan_question("how much do my wine subscriptions cost a month", [], TODAY, index, understander=model)
    assert digest(outcome) == "refuse"


def test_all_together_by_the_month_and_the_year(index: Index) -> None:
    assert "together 19 USD a month (228 USD a year): " in said("how much do my subscriptions come to a month", index)
    assert "together 12 USD a month (144 USD a year): Surewise, 120 USD" in said("what do i pay for once a year", index)


def test_what_ended_or_began(index: Index) -> None:
    assert "Yes. One recurring payment that ended" in said("have i cancelled anything", index)
    assert said("did i cancel flixo", index).startswith("No. ")
    assert "Podly, monthly, 5 USD, since 2024-02-12" in said("any new subscriptions this year?", index)


def test_a_charge_given_back_is_no_price(index: Index) -> None:
    assert "Flixo, monthly, 12 USD, up from 10 USD on 2022-12-07" in said("which subscriptions went up", index)


def test_pay_comes_twice_a_month(index: Index) -> None:
    assert "Acme Print, twice a month, 800 USD" in said("recurring income", index)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("did I miss a rent payment?", "No. "),
        ("was the rent paid every month?", "Yes. "),
        ("did i pay for humm every month", "No. 8 months"),
        ("did i pay for podly each month in 2024", "No. 1 month"),
        ("did skybox charge me every year", "Yes. "),
        ("was the insurance paid every quarter in 2023", "No. 3 quarters"),
    ],
)
def test_whether_each_time_was_paid(question: str, opening: str, index: Index) -> None:
    assert said(question, index).startswith(opening)


@pytest.mark.parametrize(("today", "missing"), [(dt.date(2024, 7, 4), 0), (dt.date(2024, 7, 20), 1)])
def test_a_month_that_runs_is_missed_after_the_usual_day(today: dt.date, missing: int, index: Index) -> None:
    plan = plan_question("months without rent", [], today, index)
    assert isinstance(plan, Plan)
    assert gather(plan, index, today).table.row_count == missing


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("how long since I last paid flixo", "13 days ago. The latest"),
        ("how many days since we paid the rent", "17 days ago. The latest"),
        ("how long ago did I first pay podly", "129 days ago. The earliest"),
        ("when did I last pay flixo", "The latest"),
    ],
)
def test_how_long_ago_it_was(question: str, opening: str, index: Index) -> None:
    assert said(question, index).startswith(opening)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how often do I pay rent", "Monthly. There are 30 entries"),
        ("how often do I pay skybox", "Yearly. There are 3 entries"),
        ("how many times a year do i pay flixo", "by year"),
        ("how many times did I pay skybox", "There are 3 entries"),
    ],
)
def test_how_often(question: str, told: str, index: Index) -> None:
    assert told in said(question, index)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how much is flixo now and what was it before", "was 10 USD from 2022-01-07 [1]; 12 USD from 2022-12-07"),
        ("how much was humm a month", "On average you spent 9.00 USD per month"),
        ("did we cancel anything in 2024", "No recurring payment has ended in 2024."),
    ],
)
def test_what_it_was_before(question: str, told: str, index: Index) -> None:
    assert told in said(question, index)
