"""Phrasings asked of a ledger that is invented for them, and what of a plan differs from a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from beancount import loader
from beancount.core import data

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Refusal
from ledgerqa.training.checking import differences
from ledgerqa.training.invented import TODAY, invented, is_fillable
from ledgerqa.training.phrasings import Phrasing, parts_of

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.training.invented import Question

VOCABULARY = {
    "category": ["hall hire", "Ausgaben:Essen:Restaurant", "rent"],
    "income": ["raffle", "rent"],
    "payee": ["Novello Music Hire", 'the "Abbey"'],
    "account": ["the current account", "Visa"],
    "tag": ["spring tour", "#xmas"],
}
SUMMED = {"measure": ("sum",), "flow": ("spend",)}


def line(text: str, **fields: str) -> Phrasing:
    return Phrasing(parts_of(text), {name: tuple(each.split(",")) for name, each in fields.items()}, text)


def test_the_ledger_bears_every_name_once_and_loads() -> None:
    lines = [
        line("{category=hall hire} and {not:category=tea} {when=in 2024}", measure="sum", flow="spend"),
        line("what came in as {income=rent}", measure="sum", flow="income"),
        line("paid to {payee} on {account}", measure="sum", flow="spend"),
    ]
    ledger, questions = invented(lines, VOCABULARY, 1)
    assert [each.where for each in questions] == [lines[0].where, lines[2].where]  # "rent" is spent there
    entries, errors, _ = loader.load_string(ledger)
    assert not errors
    accounts = {each.account for each in entries if isinstance(each, data.Open)}
    assert {"Expenses:HallHire", "Expenses:Tea", "Expenses:Essen:Restaurant", "Income:Raffle"} <= accounts
    assert {"Assets:CurrentAccount", "Liabilities:Visa"} <= accounts
    assert [(each.borne, each.left_out) for each in questions[0].names] == [
        ("Expenses:HallHire", False),
        ("Expenses:Tea", True),
    ]
    assert invented(lines, VOCABULARY, 1) == (ledger, questions)


def test_only_what_stands_by_itself_is_asked() -> None:
    assert is_fillable(line("{category} {when}", measure="sum"))
    assert not is_fillable(line("and {category}", measure="sum", follow_up="yes"))
    assert not is_fillable(line("{thing} {when}", measure="holdings"))
    assert not is_fillable(line("should i sell", outcome="refuse"))


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("how much did we spend on {category=hall hire} {when=in 2024}", SUMMED, []),
        ("how much did we spend on {category=hall hire} {when=in 2024}", {"measure": ("list",)}, ["list read as sum"]),
        (
            "how much did we spend on {category=hall hire} by month",
            SUMMED,
            ["by nothing read as by month"],
        ),
        ("how much did we spend {payee=Novello Music Hire}", SUMMED, []),
        ("how much did we spend on {category=hall hire}", SUMMED | {"compare": ("yes",)}, ["comparison lost"]),
        ("how much did we spend without {not:category=hall hire}", SUMMED, []),
        ("how much did we spend on {not:category=hall hire}", SUMMED, ["category to leave out kept in"]),
    ],
)
def test_what_differs_is_named(
    text: str, fields: dict[str, tuple[str, ...]], expected: list[str], tmp_path: Path
) -> None:
    ledger, (question,) = invented([Phrasing(parts_of(text), fields, "here:1")], VOCABULARY, 2)
    assert found(ledger, question, tmp_path) == expected


def test_a_refusal_is_a_difference() -> None:
    _, (question,) = invented([line("{category=hall hire}", measure="sum")], VOCABULARY, 2)
    assert list(differences(question, Refusal("no", ()))) == ["refused"]


def found(ledger: str, question: Question, folder: Path) -> list[str]:
    main = folder / "main.beancount"
    main.write_text(ledger, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as index:
        return list(differences(question, plan_question(question.text, (), TODAY, index)))
