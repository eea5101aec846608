"""Labels under keys of their own in a conversation: who paid, which trip, which project, and invoices by number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Refusal
from tests.dialog import asking

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)


def _bought(day: str, payee: str, account: str, amount: str, **under: str) -> str:
    kept = "".join(f'  {key}: "{value}"\n' for key, value in under.items())
    return f'{day} * "{payee}" "{payee.lower()} bill"\n{kept}  Expenses:{account}  {amount} EUR\n  Assets:Bank\n'


LEDGER = "".join(
    (
        "".join(
            f"2022-01-01 open {name}\n"
            for name in (
                "Assets:Bank",
                "Expenses:Food",
                "Expenses:Fun",
                "Expenses:Rent",
                "Expenses:Travel",
                "Income:Design",
            )
        ),
        _bought("2023-03-02", "Ferry", "Travel", "70.00", trip="arran", who="una"),
        _bought("2023-03-03", "Isle Stores", "Food", "11.00", trip="arran", who="tadhg"),
        _bought("2023-03-04", "Arran Inn", "Fun", "31.00", trip="arran", who="tadhg"),
        _bought("2024-05-02", "Rail", "Travel", "90.00", trip="ghent", who="una"),
        _bought("2024-05-03", "Frituur", "Fun", "13.00", trip="ghent", who="una"),
        _bought("2024-05-04", "Hostel", "Travel", "120.00", trip="ghent", who="tadhg"),
        _bought("2023-06-02", "Grocer", "Food", "20.00", who="una"),
        _bought("2023-07-02", "Grocer", "Food", "23.00", who="tadhg"),
        _bought("2024-06-02", "Grocer", "Food", "25.00", who="una"),
        _bought("2024-07-02", "Grocer", "Food", "29.00", who="tadhg"),
        _bought("2024-08-02", "Market", "Food", "37.00", who="tadhg"),
        _bought("2023-09-02", "Timber Yard", "Fun", "140.00", project="kayak"),
        _bought("2023-10-02", "Varnish Co", "Fun", "45.00", project="kayak"),
        _bought("2024-10-02", "Timber Yard", "Fun", "60.00", project="kayak"),
        _bought("2023-01-01", "Landlord", "Rent", "800.00"),
        _bought("2024-01-01", "Landlord", "Rent", "850.00"),
        *(
            f'{day} * "{who}" "poster"\n  invoice: "{number}"\n  Income:Design  -{amount} EUR\n  Assets:Bank\n'
            for day, who, number, amount in (
                ("2023-02-01", "Kite", "2023-001", "300.00"),
                ("2024-02-01", "Kite", "2024-001", "400.00"),
                ("2024-04-01", "Baker", "2024-002", "500.00"),
            )
        ),
    )
)
asked = partial(asking.asked, today=TODAY)


@pytest.mark.parametrize(
    ("history", "question", "figure"),
    [
        (["what did the Arran trip cost"], "and Ghent?", "223"),
        (["what did the Arran trip cost"], "just the food", "11"),
        (["what did the Arran trip cost", "and Ghent?"], "without the hostel?", "103"),
        (["what did the Arran trip cost"], "ok and Ghent without the hostel?", "103"),
        (["how much did Tadhg spend on food in 2024"], "and Una?", "25"),
        (["how much did Tadhg spend on food in 2024", "and Una?"], "the year before?", "20"),
        (["how much did Tadhg spend on food in 2024"], "only at the market", "37"),
        (["what did the Arran trip cost", "and Ghent?"], "both together", "335"),
        (["how much has the kayak cost so far"], "just 2023", "185"),
        (["how much has the kayak cost so far"], "how about 2024?", "60"),
        (["how much did Tadhg spend in 2024"], "and rent?", "850"),  # which nobody is named for
        (["total spending in 2024 without rent"], "and without travel as well", "164"),
        (["how many invoices did I send in 2024"], "and what did they come to", "-900"),
    ],
)
def test_labels_stay_until_another_takes_their_place(
    index: Index, history: list[str], question: str, figure: str
) -> None:
    _, found = asked(index, question, None, *history)
    assert next(cell for row in found.table.rows for cell in row if isinstance(cell, Decimal)) == Decimal(figure)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("what did Tadhg spend on the Ghent trip", "120"),
        ("una's food on the arran trip", None),
        ("kayak costs in 2023", "185"),
        ("kayak in 2024", "60"),
        ("how many invoices did I send in 2024", "2"),
        ("number of invoices in 2023", "1"),
    ],
)
def test_labels_of_several_keys_must_all_hold(index: Index, question: str, figure: str | None) -> None:
    _, found = asked(index, question)
    numbers = [cell for row in found.table.rows for cell in row if isinstance(cell, int | Decimal)]
    assert numbers == ([] if figure is None else [Decimal(figure)])


def test_two_people_are_compared_within_what_else_is_labelled(index: Index) -> None:
    _, found = asked(index, "who spent more on the Ghent trip, Una or Tadhg")
    assert [row[:2] for row in found.table.rows] == [("una", Decimal(103)), ("tadhg", Decimal(120))]


@pytest.mark.parametrize("question", ["how does that compare to Ghent", "which trip was the dearest"])
def test_trips_are_set_side_by_side(index: Index, question: str) -> None:
    _, found = asked(index, question, None, "what did the Arran trip cost")
    assert {(row[0], row[1]) for row in found.table.rows} == {("arran", Decimal(112)), ("ghent", Decimal(223))}


def test_a_label_by_account(index: Index) -> None:
    _, found = asked(index, "what did the Arran trip cost, by account")
    assert {row[0] for row in found.table.rows} == {"Expenses:Travel", "Expenses:Food", "Expenses:Fun"}


def test_what_was_labelled_is_shown(index: Index) -> None:
    plan, found = asked(index, "show me those", None, "how much has the kayak cost so far")
    assert plan.measure is Measure.LIST
    assert len(found.table.rows) == 3
    _, found = asked(index, "whats the biggest one", None, "how much has the kayak cost so far")
    assert [row[0] for row in found.table.rows] == [dt.date(2023, 9, 2)]


def test_a_number_of_digits_names_its_invoice(index: Index) -> None:
    plan, _ = asked(index, "who was 2024-002 for")
    assert [(each.key, each.value) for each in plan.filters.metadata] == [("invoice", "2024-002")]


def test_a_name_that_stands_nowhere_is_still_what_is_asked_about(index: Index) -> None:
    outcome = plan_question("per month", ["what did I spend on zeppelins in 2024"], TODAY, index)
    assert isinstance(outcome, Refusal)
    assert "zeppelins" in outcome.sentence
