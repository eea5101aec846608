"""What is offered where a word of the question names nothing: the question without it, where that is one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Vet
2024-01-01 open Expenses:Renovation
2025-08-02 * "Paws" "vaccination"
  Expenses:Vet  50.00 GBP
  Assets:Bank
2025-08-03 * "Builders" "tiles"
  Expenses:Renovation  70.00 GBP
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("offered") / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, path.with_name("data"))
    with open_index(path, path.with_name("data")) as found:
        yield found


def offered(question: str, index: Index) -> tuple[str, ...]:
    refusal = plan_question(question, [], dt.date(2025, 9, 15), index)
    assert isinstance(refusal, Refusal)
    return refusal.suggestions


def test_the_rest_of_the_question_is_offered(index: Index) -> None:
    assert offered("how much did the zanzibar renovation cost", index)[0] == "how much did the renovation cost"


@pytest.mark.parametrize(
    "question", ["did the zanzibar cost more than the vet", "what did our zanzibar cost beside the vet"]
)
def test_but_not_where_no_question_is_left(question: str, index: Index) -> None:
    assert not any(each.startswith(("did the cost", "what did our cost")) for each in offered(question, index))
