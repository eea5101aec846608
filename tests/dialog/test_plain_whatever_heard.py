"""Words so plain that they decide, whatever a model makes of them or passes over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.understanding.overruling import overruled
from ledgerqa.records import Measure, Plan

from .asking import Scripted
from .digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index
    from ledgerqa.records import Outcome

TODAY = dt.date(2025, 10, 30)
LEDGER = """
2024-01-01 open Assets:Bank
2024-01-01 open Assets:Rosie
2024-01-01 open Assets:Shares
2024-01-01 open Income:Gifts:Family
2024-01-01 open Income:Gifts:TaxBack
2024-01-01 open Expenses:Cabs
2024-01-01 open Expenses:Repairs
2024-01-01 open Expenses:Gear
2024-01-01 open Expenses:Dentist
2024-01-01 commodity CHAIN11
  name: "chain, 11 speed"
2025-08-03 price CHAIN11 24.00 EUR
2025-08-03 price KWST 90.00 EUR
2025-09-03 price KWST 80.00 EUR
2025-01-05 * "Auto Kern" "Rosie, 2009 camper van"
  Assets:Rosie 3000.00 EUR
  Assets:Bank
2025-02-05 * "Auto Kern" "two tyres"
  Expenses:Repairs 160.00 EUR
  Assets:Bank
2025-03-05 ! "Zippa" "night ride"
  Expenses:Cabs 12.00 EUR
  Assets:Bank
2025-03-05 * "Kettering" "27 inch monitor"
  warranty-until: "2028-03-05"
  Expenses:Gear 300.00 EUR
  Assets:Bank
2025-03-07 * "Kettering" "laptop"
  warranty-until: "2029-03-07"
  Expenses:Gear 900.00 EUR
  Assets:Bank
2025-04-05 * "Molar & Sons" "dentist, filling"
  Expenses:Dentist 60.00 EUR
  Assets:Bank
2025-05-05 * "Aunt" "birthday"
  Income:Gifts:Family -50.00 EUR
  Assets:Bank
2025-06-05 * "Revenue" "tax back"
  Income:Gifts:TaxBack -20.00 EUR
  Assets:Bank
2025-07-05 * "Broker" "buy"
  Assets:Shares 2 KWST {85.00 EUR}
  Assets:Bank
2025-07-06 * "Parts" "stock"
  Assets:Shares 1 CHAIN11 {20.00 EUR}
  Assets:Bank
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("plain")
    main = folder / "main.beancount"
    main.write_text(LEDGER, encoding="utf-8")
    build(main, folder / "data")
    with open_index(main, folder / "data") as opened:
        yield opened


def heard(index: Index, question: str, model: Scripted) -> Outcome:
    return plan_question(question, [], TODAY, index, understander=model)


LISTED = {"measure": ("list", 0.9)}


@pytest.mark.parametrize(
    ("question", "model", "expected"),
    [
        (
            "transactions over 100 in Expenses in 2025",
            Scripted(LISTED, {"Expenses": "NAME"}),
            "list expenses >100 2025",
        ),
        ("anything above 100 under expenses", Scripted(LISTED, {"expenses": "NAME"}), "list expenses >100"),
        (
            "cabs this year but ignore anything under 10",
            Scripted(LISTED, {"cabs": "NAME"}),
            "sum Expenses:Cabs >=10 2025",
        ),
        ("cabs over 10 this year", Scripted(LISTED, {"cabs": "NAME"}), "list Expenses:Cabs >10 2025"),
        (
            "all gifts in 2025, the tax back not counted",
            Scripted(LISTED, {"gifts": "NAME", "tax back": "EXCLUDE"}),
            "sum Income:Gifts -Income:Gifts:TaxBack 2025",
        ),
        (
            "dentist visit, what did they charge us that day?",
            Scripted({"measure": ("sum", 0.9)}),
            "list Expenses:Dentist",
        ),
        (
            "highest KWST close on my list, with its date",
            Scripted(LISTED | {"order": ("-amount", 0.9)}),
            "price order -amount limit 1 of KWST",
        ),
        (
            "lowest close of KWST this year",
            Scripted(LISTED | {"order": ("amount", 0.9)}),
            "price 2025 order amount limit 1 of KWST",
        ),
        ("price of an 11 speed chain nowadays", Scripted(LISTED, {"11": "NUMBER"}), "price ..2025-10-31 of CHAIN11"),
        (
            "until when is my monitor under warranty",
            Scripted({"measure": ("metadata", 0.9)}),
            "metadata <27 inch monitor> key warranty-until",
        ),
        ("new tyres for Rosie, when and how much", Scripted(LISTED, {"Rosie": "NAME"}), "list expenses <two tyres>"),
        ("new rubber for Rosie, when and how much", Scripted(LISTED, {"rubber": "NAME"}), "list expenses <Auto Kern>"),
        (
            "what did we pay for Rosie",
            Scripted(LISTED, {"Rosie": "NAME"}),
            "sum Assets:Rosie + moving 2025-01-05..2025-01-06",
        ),
    ],
)
def test_plain_words_decide(index: Index, question: str, model: Scripted, expected: str) -> None:
    assert digest(heard(index, question, model)) == expected


@pytest.mark.parametrize(
    ("question", "talk", "kept"),
    [
        ("anything still marked with ! that I need to look at", "! that I need to look at", "flags"),
        ("has anybody taken the same money off us twice on one day?", "twice", "twice"),
    ],
)
def test_what_belongs_to_the_words_around_it_is_no_talk(index: Index, question: str, talk: str, kept: str) -> None:
    plan = heard(index, question, Scripted(talk=(talk,)))
    assert isinstance(plan, Plan)
    assert (plan.filters.flags == ("!",)) if kept == "flags" else (plan.pick == kept)


def test_what_was_noted_on_an_entry_is_no_price() -> None:
    heard_so, rules = Intent(Measure.PRICE), Intent()
    assert overruled(heard_so, rules, "the original amount in euro that I noted on it", limited=False) == rules
    assert overruled(heard_so, rules, "the price in euro", limited=False) == heard_so
