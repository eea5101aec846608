"""Payees and narrations that hold a pattern: found at hand as by a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog.language import texts
from ledgerqa.dialog.language.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Expenses:Food
2024-02-02 * "Café Müller" "Frühstück, Łódź"
  Expenses:Food  5.00 EUR
  Assets:Bank
2024-02-03 * "CAFE MULLER" "breakfast"
  Expenses:Food  5.00 EUR
  Assets:Bank
2024-02-04 * "CAFE MULLER" "late breakfast; 50% off"
  Expenses:Food  5.00 EUR
  Assets:Bank
2024-02-05 * "Bäckerei Öz" "пирог fast"
  Expenses:Food  5.00 EUR
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("texts") / "main.beancount"
    path.write_text(LEDGER, encoding="utf-8")
    build(path, path.with_name("data"))
    with open_index(path, path.with_name("data")) as found:
        yield found


@pytest.mark.parametrize("wanted", [r"\bcafe", r"\bfast", "fast", r"\bбир|\bпирог", r"\boz", r"50\%", "ł", "."])
def test_the_same_as_by_a_query(wanted: str, index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    names = vocabulary(index)
    at_hand = texts.texts_with(wanted, r"\blate", names)
    names._once.clear()
    monkeypatch.setattr(texts, "MOST_AT_HAND", 0)
    assert texts.texts_with(wanted, r"\blate", names) == at_hand
    names._once.clear()


def test_what_is_likely_comes_first_and_then_what_is_used_most(index: Index) -> None:
    found = texts.texts_with("e", r"\blate", vocabulary(index))
    assert [each.value for each in found if each.kind == "payee"] == ["CAFE MULLER", "Bäckerei Öz", "Café Müller"]
    assert next(each.value for each in found if each.kind == "narration") == "late breakfast; 50% off"
    assert all(re.search("e", each.squashed) for each in found)
