"""Words that stand nowhere in the ledger, found under what they are called in other words and other languages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 10, 1)
LEDGER = """
option "operating_currency" "EUR"
2023-01-01 open Assets:Banco
2023-01-01 open Assets:Mietkaution
2023-01-01 open Assets:Furgo
2023-01-01 open Expenses:Brasa
2023-01-01 open Expenses:Fees
2023-01-01 open Expenses:Hogar
2023-01-01 open Expenses:Hogar:Residencia
2023-01-01 open Expenses:Soziales:ALV
2023-01-01 open Expenses:Cursos
2023-02-01 * "Informàtica Roc" "portátil"
  Expenses:Hogar            900 EUR
  Assets:Banco
2023-02-10 * "Informàtica Roc" "ratón"
  Expenses:Hogar             20 EUR
  Assets:Banco
2023-02-11 * "Informàtica Roc" "cable"
  Expenses:Hogar             10 EUR
  Assets:Banco
2023-03-01 * "Mans Unides" "donativo inundaciones"
  Expenses:Hogar             50 EUR
  Assets:Banco
2023-03-09 * "Mans Unides" "cuota"
  Expenses:Hogar              5 EUR
  Assets:Banco
2023-03-10 * "Mans Unides" "cuota"
  Expenses:Hogar              5 EUR
  Assets:Banco
2023-04-01 * "Clínica Urpa" "urgencia: operación"
  Expenses:Brasa            300 EUR
  Assets:Banco
2023-05-01 * "Residencia Can Nas" "dos noches"
  Expenses:Hogar:Residencia  60 EUR
  Assets:Banco
2023-06-01 * "Taller Bru" "cuatro neumáticos"
  Expenses:Hogar            280 EUR
  Assets:Banco
2023-07-01 * "Staat" "Lohnabzug"
  Expenses:Soziales:ALV      30 EUR
  Assets:Banco
2023-08-01 * "Sprachschule Ilm" "B1"
  Expenses:Cursos           400 EUR
  Assets:Banco
2023-08-02 * "Banco" "fees"
  Expenses:Fees               4 EUR
  Assets:Banco
2023-09-01 * "Haus" "Kaution"
  Assets:Mietkaution        900 EUR
  Assets:Banco
2023-09-02 * "Furgo" "comprada"
  Assets:Furgo             3000 EUR
  Assets:Banco
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("words")
    (folder / "main.beancount").write_text(LEDGER, encoding="utf-8")
    build(folder / "main.beancount", folder / "data")
    with open_index(folder / "main.beancount", folder / "data") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how much was the laptop", "portátil"),
        ("money I gave to the flood victims", "donativo inundaciones"),
        ("how much did the cat's operation cost", "Clínica Urpa"),
        ("how much did the kennel for the dog cost", "Expenses:Hogar:Residencia"),
        ("what did I pay for new rubber for Furgo", "Taller Bru"),
        ("unemployment insurance in 2023", "Expenses:Soziales:ALV"),
        ("how much on the language school fees", "Sprachschule Ilm"),
        ("how big is the security deposit", "Assets:Mietkaution"),
    ],
)
def test_a_word_is_found_in_another_language(question: str, name: str, index: Index) -> None:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan)
    named = [each for mention in plan.filters.mentions for each in (*mention.payees, *mention.narrations)]
    assert [*plan.filters.accounts, *named] == [name]


@pytest.mark.parametrize(
    "question",
    [
        "how much did the piano lessons cost",
        "what did the washing machine cost",
        "how much did the helicopter tyres rental cost",
        "what did the keys cost",
        "how much was the sofa",
    ],
)
def test_what_is_not_there_in_any_language_is_refused(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


def test_what_was_taken_for_what_is_said(index: Index) -> None:
    plan = plan_question("how much was the laptop", [], TODAY, index)
    assert isinstance(plan, Plan)
    assert any("laptop = narration portátil" in note for note in plan.reading)
