"""Friends who share a house: who owes whom, presents for people, trips and a wedding, hours and vouchers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 11, 5)
LEDGER = """
option "operating_currency" "GBP"
2024-01-01 open Assets:Bank GBP
2024-01-01 open Assets:Receivable:Hamish GBP
2024-01-01 open Assets:Receivable:Bettina GBP
2024-01-01 open Assets:Leave HRS
2024-01-01 open Assets:Vouchers BOOKTOKEN
2024-01-01 open Liabilities:Hamish GBP
2024-01-01 open Liabilities:Card GBP
2024-01-01 open Liabilities:KeyDeposits:Ola GBP
2024-01-01 open Liabilities:KeyDeposits:Pia GBP
2024-01-01 open Equity:NotMoney
2024-01-01 open Income:Family GBP
2024-01-01 open Expenses:Presents GBP
2024-01-01 open Expenses:Wedding GBP
2024-01-01 open Expenses:Trains GBP
2024-01-01 open Expenses:Broadband GBP
2024-01-01 commodity HRS
  name: "Hours of leave"
2024-01-01 commodity BOOKTOKEN
  name: "Inkwell book voucher"
2024-01-05 * "leave earned"
  Assets:Leave               40 HRS
  Equity:NotMoney
2024-01-06 * "Auntie Jo" "book tokens"
  Assets:Vouchers             3 BOOKTOKEN
  Equity:NotMoney
2024-01-07 * "key deposit Ola"
  Assets:Bank              50.00 GBP
  Liabilities:KeyDeposits:Ola
2024-01-08 * "key deposit from Pia"
  Assets:Bank              50.00 GBP
  Liabilities:KeyDeposits:Pia
2024-02-08 * "Whoosh" "broadband, Hamish paid"
  Expenses:Broadband       9.50 GBP
  Liabilities:Hamish
2024-03-01 * "Oakhouse" "big shop"
  Assets:Receivable:Hamish  20.00 GBP
  Assets:Receivable:Bettina 20.00 GBP
  Assets:Bank
2024-03-22 * "Petal Post" "flowers for Mum"
  who: "Mum"
  Expenses:Presents        29.50 GBP
  Assets:Bank
2024-06-30 balance Assets:Receivable:Bettina 21.00 GBP
2024-06-30 * "Bettina" "paid me back"
  Assets:Bank              12.50 GBP
  Assets:Receivable:Bettina
2024-07-05 * "leave for the summer" #summer
  Assets:Leave            -15 HRS
  Equity:NotMoney
2024-07-06 * "Rail" "to Bruges" #summer
  Expenses:Trains          40.00 GBP
  Liabilities:Card
2024-07-19 * "Inkwell Books" "birthday present for Bettina"
  Expenses:Presents        16.99 GBP
  Liabilities:Card
2024-12-14 * "Copper Kettle" "teapot"
  who: "Bettina"
  Expenses:Presents        31.00 GBP
  Liabilities:Card
2024-12-25 * "Mum and Dad" "christmas money"
  Assets:Bank             150.00 GBP
  Income:Family
2025-08-09 * "Copper Kettle" "toaster for Hamish and Ros" #wedding
  who: "Hamish"
  receipt: "in the blue folder"
  Expenses:Wedding         65.00 GBP
  Liabilities:Card
2025-09-17 event "location" "Skye"
2025-09-22 event "location" "Leeds"
2025-09-18 * "Rail" "to Kyle" #wedding
  Expenses:Trains          88.60 GBP
  Liabilities:Card
2025-09-20 * "Hamish" "ceilidh drinks, he paid" #wedding
  Expenses:Wedding         10.00 GBP
  Liabilities:Hamish
"""


def _plan(question: str, index: Index) -> Plan:
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    return plan


@pytest.mark.parametrize(
    "question",
    [
        "what do I owe hamish",
        "does Hamish owe me anything",
        "how much money do I owe Hamish",
        "how do Hamish and I stand",
    ],
)
def test_both_sides_of_what_stands_with_a_person(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert plan.measure is Measure.BALANCE
    assert set(plan.filters.accounts) == {"Assets:Receivable:Hamish", "Liabilities:Hamish"}, digest(plan)
    assert not plan.filters.mentions


def test_a_card_is_nobody(index: Index) -> None:
    assert _plan("who do I owe", index).filters.accounts == ("Liabilities:Hamish",)


@pytest.mark.parametrize(
    ("question", "accounts", "who"),
    [
        ("what presents have I bought for bettina", ("Expenses:Presents",), "Bettina"),
        ("how much have I spent on mum", (), "Mum"),
        ("what did I give mum", (), "Mum"),
        ("what did I get Mum for her birthday", (), ""),
        ("what did mum give me", (), ""),
        ("how much did I give Hamish", (), ""),
        ("money from mum", (), ""),
    ],
)
def test_for_whom_it_was(question: str, accounts: tuple[str, ...], who: str, index: Index) -> None:
    plan = _plan(question, index)
    assert [each.value for each in plan.filters.metadata] == [who] * bool(who), digest(plan)
    assert not who or plan.filters.accounts == accounts


def test_presents_of_others_are_not_meant(index: Index) -> None:
    (ros,) = _plan("how much did I spend on presents for ros", index).filters.mentions
    assert ros.narrations == ("toaster for Hamish and Ros",)


COUNTED = [
    ("any book vouchers left", Measure.BALANCE, "Assets:Vouchers", 0),
    ("book tokens left?", Measure.BALANCE, "Assets:Vouchers", 0),
    ("how much leave do I have left", Measure.BALANCE, "Assets:Leave", 0),
    ("leave balance", Measure.BALANCE, "Assets:Leave", 0),
    ("how much of the book vouchers has gone", Measure.SUM, "Assets:Vouchers", -1),
    ("how many hours leave did the summer use", Measure.SUM, "Assets:Leave", -1),
    ("how much leave did I take in 2024", Measure.SUM, "Assets:Leave", -1),
    ("how many hours of leave did I earn", Measure.SUM, "Assets:Leave", 1),
]


@pytest.mark.parametrize(("question", "measure", "account", "sign"), COUNTED)
def test_what_is_counted_and_no_money(question: str, measure: Measure, account: str, sign: int, index: Index) -> None:
    plan = _plan(question, index)
    assert (plan.measure, plan.filters.accounts, plan.filters.sign) == (measure, (account,), sign), digest(plan)
    assert plan.filters.tags == (("summer",) if "summer" in question else ())


@pytest.mark.parametrize(
    "question", ["how many hours did I work in 2024", "what did the book vouchers cost", "any trains to Kyle"]
)
def test_what_else_sounds_like_it(question: str, index: Index) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert not isinstance(outcome, Plan) or outcome.filters.accounts not in {("Assets:Leave",), ("Assets:Vouchers",)}


@pytest.mark.parametrize(
    "question",
    [
        "what did the wedding cost",
        "what did Hamish's wedding cost me",
        "hamish's wedding: total spend",
        "wedding spending",
    ],
)
def test_the_whole_occasion(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert plan.filters.tags == ("wedding",), digest(plan)
    assert (plan.filters.accounts, plan.filters.mentions, plan.filters.metadata) == ((), (), ())


@pytest.mark.parametrize("question", ["when did bettina last settle up", "when was the last time Bettina squared up"])
def test_when_somebody_last_settled(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert (plan.measure, plan.limit) == (Measure.LIST, 1)
    assert (plan.filters.accounts, plan.filters.sign) == (("Assets:Receivable:Bettina",), -1), digest(plan)


@pytest.mark.parametrize(
    ("question", "checked"),
    [
        ("is the bank right", False),  # no check of it
        ("is the bettina count right", True),
        ("does bettina's balance add up", True),
        ("is bettina square", False),
    ],
)
def test_whether_a_count_is_right(question: str, index: Index, *, checked: bool) -> None:
    outcome = plan_question(question, [], TODAY, index)
    assert (isinstance(outcome, Plan) and outcome.measure is Measure.BALANCE_CHECKS) is checked, outcome


@pytest.mark.parametrize("question", ["who is furthest behind and by how much?", "who's most behind", "who is behind"])
def test_who_is_behind(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert plan.measure is Measure.BALANCE
    assert "Assets:Receivable:Bettina" in plan.filters.accounts


@pytest.mark.parametrize("question", ["which of my receipts is in the blue folder", "what's in the blue folder"])
def test_what_stands_under_a_key_alone(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert [each.value for each in plan.filters.metadata] == ["in the blue folder"], digest(plan)


@pytest.mark.parametrize("question", ["how much did the blue bike cost", "what did I spend in Tenerife"])
def test_what_stands_nowhere(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Refusal)


@pytest.mark.parametrize("question", ["what did I spend in Skye", "how much were the trains in skye"])
def test_the_time_in_a_place(question: str, index: Index) -> None:
    period = _plan(question, index).period
    assert (period.start, period.end) == (dt.date(2025, 9, 17), dt.date(2025, 9, 22))


@pytest.mark.parametrize("question", ["whose key deposits do I hold", "whose key deposits are we still holding"])
def test_whose_it_is(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Liabilities:KeyDeposits",)), digest(plan)


def test_whose_idea_it_was_no_entry_says(index: Index) -> None:
    assert isinstance(plan_question("whose idea was the wedding", [], TODAY, index), Refusal)


def test_who_did_it_stands_in_the_entries_if_anywhere(index: Index) -> None:
    assert _plan("who chose the teapot", index).measure is Measure.LIST


@pytest.mark.parametrize("question", ["who paid for the broadband", "who pays the broadband"])
def test_who_paid_for_it(question: str, index: Index) -> None:
    plan = _plan(question, index)
    assert "Liabilities:Hamish" in plan.filters.accounts, digest(plan)
    assert plan.filters.alongside == ("Expenses:Broadband",)


def test_a_present_at_an_occasion_is_for_somebody(index: Index) -> None:
    plan = _plan("what did Hamish's wedding present cost", index)
    assert [each.value for each in plan.filters.metadata] == ["Hamish"], digest(plan)


def test_what_somebody_paid_towards_it(index: Index) -> None:
    plan = _plan("how much has Hamish paid towards the broadband", index)
    assert (plan.measure, plan.filters.accounts) == (Measure.SUM, ("Liabilities:Hamish",)), digest(plan)
    assert plan.filters.alongside == ("Expenses:Broadband",)


@pytest.mark.parametrize(
    "question", ["what has bettina paid me back so far", "how much has Hamish paid me back so far"]
)
def test_what_came_back_to_us(question: str, index: Index) -> None:
    assert "Liabilities:Hamish" not in _plan(question, index).filters.accounts
