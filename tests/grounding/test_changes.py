"""What is said of changes: the first and the last whole year, the sides and what moved most, the usual, the day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding import bearers, cite, gate, sentences, with_span
from ledgerqa.records import Plan
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


def said(question: str, index: Index, today: dt.date = TODAY) -> str:
    """The sentences that the gate lets through; none may be held back."""
    plan = plan_question(question, [], today, index)
    assert isinstance(plan, Plan), plan
    evidence = with_span(plan, gather(plan, index, today))
    citations = cite(plan, evidence, index)
    shown, verification = gate(
        sentences(plan, evidence, index, citations, question), bearers(plan, evidence, citations, today)
    )
    assert not verification.unsupported
    return " ".join(shown)


def test_a_rise_is_told_between_whole_years(index: Index) -> None:
    text = said("is spending on groceries going up?", index)
    assert "rose from 11,640 SEK in 2021 to 12,600 SEK in 2023, by 960 SEK (8.2%)" in text
    assert "2024 6," in text


def test_the_year_that_has_ended_counts_once_it_is_over(index: Index) -> None:
    text = said("is spending on groceries going up?", index, dt.date(2023, 6, 30))
    assert "rose from 11,640 SEK in 2021 to 12,120 SEK in 2022" in text


def test_what_ended_is_compared_while_it_lasted(index: Index) -> None:
    text = said("how has the rent developed?", index)
    assert "rose from 84,000 SEK in 2021 to 86,400 SEK in 2022, by 2,400 SEK (2.9%)" in text
    assert "A single payment was 7,000 SEK on 2021-01-01, and 7,200 SEK from 2022-01-01 on." in text


def test_a_steady_payment_is_told_by_its_amounts(index: Index) -> None:
    text = said("has the music gone up?", index)
    assert text.startswith("Yes. It went up by 20 SEK (20.2%). Each payment to Tonvik for Music")
    assert "was 99 SEK from 2021-01-03 [1]; 119 SEK from 2023-05-03 [2], last on 2024-06-03." in text


def test_a_price_that_never_changed_says_so(index: Index) -> None:
    assert "was 49 SEK from 2021-01-07 [1] and never changed, last on 2024-06-07." in said(
        "has the paper gone up?", index
    )
    text = said("paper trend", index)
    assert "stayed the same: 588 SEK in 2021 and in 2023" in text
    assert "Each payment was 49 SEK, from 2021-01-07 to 2024-06-07." in text


def test_income_rises_in_the_sign_that_people_mean(index: Index) -> None:
    assert "Income rose from 360,000 SEK in 2021 to 384,000 SEK in 2023" in said("how did our income develop", index)


def test_two_years_are_told_by_income_and_expenses(index: Index) -> None:
    text = said("2023 vs 2022", index)
    assert "Income rose from 372,000 SEK in 2022 to 384,000 SEK in 2023, by 12,000 SEK (3.2%)" in text
    assert "Expenses fell from 106,476 SEK in 2022 to 45,456 SEK in 2023" in text


def test_what_changed_is_told_by_the_categories_that_moved_most(index: Index) -> None:
    text = said("what changed between 2022 and 2023", index)
    assert "What changed most: Expenses:Home 70,800 SEK less (92,580 SEK → 21,780 SEK)" in text
    assert "Expenses:Travel 9,000 SEK more (nothing → 9,000 SEK)" in text


def test_a_dear_month_is_set_against_the_usual(index: Index) -> None:
    text = said("why was august 2023 so expensive", index)
    assert "Spending in August 2023 came to 10,818 SEK" in text
    assert "the average of the 12 months before" in text
    assert "Furthest above their own average: Expenses:Travel 9,000 SEK (nothing before)" in text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("when is the rent usually paid", "usually on the 1st of the month (26 of 26 times)"),
        ("when do I usually get paid?", "usually on the 25th of the month (38 of 41 times"),
        ("what is our most expensive subscription?", "The dearest of 2 recurring payments for Subscriptions"),
        ("how much do we pay for music now", "Music (Expenses:Subscriptions:Music): 2024-06-03, Tonvik, “music”, 119 SEK"),
        ("which subscriptions went up", "Tonvik, monthly, 119 SEK, up from 99 SEK on 2023-05-03"),
    ],
)  # fmt: skip
def test_what_comes_round_is_told_by_its_day_and_price(question: str, sentence: str, index: Index) -> None:
    assert sentence in said(question, index)


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("has power gone up?", "Yes. Spending on Power"),
        ("has power gone down?", "No. Spending on Power"),
        ("did we spend less on power in 2023 than in 2022", "Spending on Power"),  # both sides are named
        ("did we spend more on power in 2022 than last year", "Spending on Power"),
        ("do we spend more in winter than in summer", "Spending"),
        ("is power more than last year", "Yes. Spending on Power"),
        ("is the mortgage going down", "Yes. What you owe on Mortgage"),
        ("did we spend more on power in 2023", "Yes. Spending on Power"),
        ("are groceries getting pricier", "Spending on Groceries"),  # what is spent tells nothing of prices
        ("is spending on music increasing", "Yes. Spending on Music"),
        ("hasn't power gone up?", "Spending on Power"),
        ("has the paper gone up?", "Each payment to Dagbladet"),
    ],
)
def test_yes_and_no_are_said_where_they_are_certain(question: str, opening: str, index: Index) -> None:
    assert said(question, index).startswith(opening)


def test_a_running_total_is_told_by_its_end(index: Index) -> None:
    plan = plan_question("running total of music in 2023", [], TODAY, index)
    assert isinstance(plan, Plan)
    rows = gather(plan, index, TODAY).table.rows
    assert [str(row[3]) for row in rows][:2] == ["99", "198"]
    assert "adds up to 1,348 SEK by 2023-12" in said("running total of music in 2023", index)


def test_an_average_weekend_day_is_one_of_the_weekend_days(index: Index) -> None:
    text = said("did we spend more on weekends in 2023", index)
    plan = plan_question("did we spend more on weekends in 2023", [], TODAY, index)
    assert isinstance(plan, Plan)
    divisors = [fact.number for fact in gather(plan, index, TODAY).facts if fact.name == "divisor"]
    assert divisors == [105, 260]  # 2023 has 53 Sundays
    assert text.startswith("Average per day in 2023")
