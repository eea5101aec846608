"""`ledgerqa eval --own`: questions about a ledger's own names, held against beanquery."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledgerqa.samples import sample_ledger
from ledgerqa.terminal.evaluation.golds import Golds
from ledgerqa.terminal.evaluation.own import own_questions
from ledgerqa.terminal.evaluation.own_names import Name, names_of, spoken

if TYPE_CHECKING:
    from tests.conftest import MakeLedger
    from tests.terminal.conftest import CommandLine

LEDGERS = Path(__file__).resolve().parents[1] / "ledgers"
NAMES = """
2022-01-01 open Assets:Bank
2022-01-01 open Assets:Shares
2022-01-01 open Income:Events
2022-01-01 open Expenses:Events
2022-01-01 open Expenses:HomeInsurance
2022-01-01 open Expenses:Balance
2022-01-01 open Expenses:Food:Market
2022-02-01 * "Corner Market" "veg" #berlin-2022
  Expenses:Food:Market  5.00 EUR
  Assets:Bank
2022-02-02 * "O'Hara" "policy"
  Expenses:HomeInsurance  70.00 EUR
  Assets:Bank
2022-02-03 * "Petrova" "band"
  Expenses:Events  80.00 EUR
  Assets:Bank
2022-02-04 * "Hall" "tickets"
  Assets:Bank  200.00 EUR
  Income:Events
2022-02-05 * "Scales Ltd" "scales"
  Expenses:Balance  9.00 EUR
  Assets:Bank
2022-02-06 * "Broker" "bought"
  Assets:Shares  2 ACME {10.00 EUR}
  Assets:Bank
"""


def names(ledger: Path) -> dict[str, Name]:
    return {each.spoken: each for each in names_of(Golds(ledger))}


def test_a_name_is_called_so_that_it_means_one_thing(make_ledger: MakeLedger) -> None:
    found = names(make_ledger(NAMES))
    assert found["home insurance"].where == "account ~ '^Expenses:HomeInsurance(:|$)'"
    assert found["food"].kind == "spending"
    assert {"Expenses:Events", "Income:Events"} <= found.keys()  # both are called events
    assert "Expenses:Balance" in found  # "the balance of balance"
    assert "Expenses:Food:Market" in found  # and a payee is called Corner Market
    assert found["#berlin-2022"].kind == "tag"


def test_payees_are_asked_about_who_are_only_paid_and_called_like_nothing_else(make_ledger: MakeLedger) -> None:
    payees = {each.spoken for each in names(make_ledger(NAMES)).values() if each.kind == "payee"}
    assert payees == {"Petrova", "Scales Ltd"}  # not who has an apostrophe, who pays us, or who is called like a market


def test_what_is_held_at_cost_is_left_to_other_questions(make_ledger: MakeLedger) -> None:
    holdings = {each.where for each in names(make_ledger(NAMES)).values() if each.kind == "holding"}
    assert holdings == {"account ~ '^Assets:Bank(:|$)'"}


@pytest.mark.parametrize(
    ("part", "words"), [("HomeInsurance", "home insurance"), ("Car-Fuel", "car fuel"), ("Café", "café")]
)
def test_a_part_of_an_account_is_said_in_words(part: str, words: str) -> None:
    assert spoken(part) == words


def test_a_seed_gives_the_same_questions_and_another_one_others() -> None:
    golds = Golds(sample_ledger())
    one, again, other = (own_questions(golds, 40, seed) for seed in (1, 1, 2))
    assert one == again
    assert len({(*each.history, each.question) for each in one}) == 40
    assert {each.question for each in one} != {each.question for each in other}


def test_every_gold_is_a_query_that_gives_rows_and_entries() -> None:
    golds = Golds(sample_ledger())
    for each in own_questions(golds, 120, 3):
        assert golds.rows(each.expected), each.question
        assert golds.entries(each.expected), each.question


@pytest.mark.parametrize("ledger", ["castellan/main.beancount", "fernhollow/main.beancount", "chor.beancount"])
def test_what_is_answered_agrees_with_beanquery(ledgerqa: CommandLine, ledger: str) -> None:
    ran = ledgerqa(
        "eval", "--own", "40", "--seed", "7", "--ledger", LEDGERS / ledger, "--json", LEDGERQA_ENCODER="none"
    )
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["questions"] == 40
    assert [(*each["history"], each["question"], each["why"]) for each in told["failures"]] == []
    assert told["all"]["cite_prec"] == 1.0


def test_a_ledger_with_few_names_has_few_questions(ledgerqa: CommandLine, make_ledger: MakeLedger) -> None:
    ran = ledgerqa("eval", "--own", "500", "--ledger", make_ledger(NAMES))
    assert ran.code == 0, ran.err
    assert "has names for" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "either a file of questions or --own"),
        (("{q}", "--own", "5"), "either a file of questions or --own"),
        (("{q}", "--seed", "5"), "--seed goes with --own"),
        (("--own", "5", "--retrieval"), "leave out the other options"),
    ],
)
def test_what_does_not_go_together_is_said(
    ledgerqa: CommandLine, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "rent"}', encoding="utf-8")
    ran = ledgerqa("eval", *(str(questions) if each == "{q}" else each for each in arguments))
    assert ran.code == 2
    assert words in ran.err
