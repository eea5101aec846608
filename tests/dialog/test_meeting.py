"""Which names go together: what no entry has together, what entries say of a category, banks' lines of a payee."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 12, 31)

LEDGER = """
2023-01-01 open Assets:Bank
2023-01-01 open Assets:Broker:Cash
2023-01-01 open Liabilities:Kredit:Card
2023-01-01 open Expenses:Eat:Shop
2023-01-01 open Expenses:Eat:Out
2023-01-01 open Expenses:Body:Teeth
2023-01-01 open Expenses:Club:Subs
2023-01-01 open Income:Dues:Ann
2023-01-01 open Income:Dues:Bob
2023-01-01 open Expenses:Permits
2023-01-01 open Expenses:BigShop
2024-01-03 * "Dr. Roggen" "crown"
  Expenses:Body:Teeth   300 CHF
  Assets:Bank
2024-01-05 * "Town hall" "visa appointment"
  Expenses:Permits       40 CHF
  Assets:Bank
2024-02-01 * "Migrella" "weekly"
  Expenses:Eat:Shop      50 CHF
  Assets:Bank
2024-02-03 * "MIGRELLA 0412 BERN CHE"
  Expenses:Eat:Shop      25 CHF
  Assets:Bank
2024-02-05 * "Corner store" "groceries"
  Expenses:Eat:Shop      11 CHF
  Assets:Bank
2024-02-06 * "Corner store" "food"
  Expenses:Eat:Shop      12 CHF
  Assets:Bank
2024-02-07 * "Chez Paul" "lunch with B" #new-year-2024
  Expenses:Eat:Out       60 CHF
  Assets:Bank
2024-03-01 * "Ann" "dues"
  Assets:Bank            80 CHF
  Income:Dues:Ann
2024-03-02 * "Bob" "dues"
  Assets:Bank            90 CHF
  Income:Dues:Bob
2024-03-04 * "Hall" "big shop"
  Expenses:BigShop      90 CHF
  Assets:Bank
2024-03-03 * "Tunebox" "music"
  Expenses:Club:Subs     10 CHF
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("meeting")
    main = folder / "main.beancount"
    main.write_text(LEDGER)
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def planned(question: str, index: Index) -> Plan:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    return plan


@pytest.mark.parametrize(
    ("question", "payee", "guess"),
    [
        ("Dr Roggen visa bill", "Dr. Roggen", "visa"),
        ("Tunebox lunch costs", "Tunebox", "lunch"),
    ],
)
def test_a_guess_that_no_entry_has_with_the_rest_is_left_aside(
    question: str, payee: str, guess: str, index: Index
) -> None:
    plan = planned(question, index)
    assert [mention.payees for mention in plan.filters.mentions] == [(payee,)]
    assert not plan.filters.accounts
    assert f"{guess} left aside: no entry has it together with the rest" in plan.reading


def test_an_appointment_is_a_visit_and_narrows_nothing(index: Index) -> None:
    """Though "visa appointment" stands in an entry of somebody else."""
    plan = planned("Roggen appointments with the price of each", index)
    assert [mention.payees for mention in plan.filters.mentions] == [("Dr. Roggen",)]
    assert not plan.filters.accounts


def test_all_ways_of_paying_narrow_nothing(index: Index) -> None:
    """Two of them, named together."""
    plan = planned("what did I leave at Migrella in February, card and cash together", index)
    assert [mention.payees for mention in plan.filters.mentions] == [("Migrella",)]
    assert not plan.filters.accounts


def test_names_that_are_written_so_are_never_left_aside(index: Index) -> None:
    plan = planned("how much did I spend at Migrella on permits?", index)
    assert plan.filters.accounts == ("Expenses:Permits",)
    assert [mention.payees for mention in plan.filters.mentions] == [("Migrella",)]


def test_a_payee_is_also_what_the_bank_wrote_where_no_payee_is(index: Index) -> None:
    (mention,) = planned("how much did I spend at Migrella?", index).filters.mentions
    assert mention.payees == ("Migrella",)
    assert mention.narrations == ("MIGRELLA 0412 BERN CHE",)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("groceries in February 2024", "Expenses:Eat:Shop"),  # where "groceries" are booked
        ("what did eating out cost in 2024", "Expenses:Eat:Out"),  # two parts of a name together
        ("how much went on restaurants", "Expenses:Eat:Out"),
    ],
)
def test_a_category_is_the_account_that_its_words_are_booked_to(question: str, account: str, index: Index) -> None:
    assert planned(question, index).filters.accounts == (account,)


def test_the_account_that_is_called_so_wins_over_a_synonym_under_another_root(index: Index) -> None:
    assert planned("dues charged per person in 2024", index).filters.accounts == ("Income:Dues",)
    assert planned("all subs together, per year", index).filters.accounts == ("Expenses:Club:Subs",)


def test_common_words_and_years_are_no_part_of_a_tag(index: Index) -> None:
    assert not planned("new food in 2024", index).filters.tags


def test_words_too_common_for_a_part_name_an_account_that_is_called_just_so(index: Index) -> None:
    assert planned("what does one big shop cost on average", index).filters.accounts == ("Expenses:BigShop",)
