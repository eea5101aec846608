"""Names that are neither lost nor kept in: what pays, what is left out, what is called just so.

The books of a couple with a dog: a float in a tin, a card, a joint account at the bank that lends on the house, too.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.tongues import in_english
from ledgerqa.records import Measure, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index
    from ledgerqa.records import Filters, Outcome

TODAY = dt.date(2025, 6, 30)
LEDGER = """
2024-01-01 open Assets:Bank:Moorbank
2024-01-01 open Assets:Savings
2024-01-01 open Assets:Wallet
2024-01-01 open Assets:Deposits
2024-01-01 open Assets:BondFund
2024-01-01 open Liabilities:Card
2024-01-01 open Liabilities:Loan:Moorbank
2024-01-01 open Liabilities:Owed:Tobias
2024-01-01 open Income:Pay
2024-01-01 open Income:Interest
2024-01-01 open Income:Rent
2024-01-01 open Income:Market
2024-01-01 open Income:Freelance
2024-01-01 open Expenses:Groceries
2024-01-01 open Expenses:Restaurants
2024-01-01 open Expenses:Rent
2024-01-01 open Expenses:Streaming
2024-01-01 open Expenses:Electricity
2024-01-01 open Expenses:Post
2024-01-01 open Expenses:Baby
2024-01-01 open Expenses:Daycare
2024-01-01 open Expenses:Payroll
2024-01-01 open Expenses:Interest
2024-01-01 open Expenses:LendingLibraryFines

2024-02-01 * "Acme" "pay"
  Assets:Bank:Moorbank  2000.00 GBP
  Income:Pay
2024-02-02 * "Moorbank" "interest"
  Assets:Savings  4.00 GBP
  Income:Interest
2024-02-03 * "Lodger" "room"
  Assets:Bank:Moorbank  300.00 GBP
  Income:Rent
2024-02-05 * "Fennel & Co" "groceries"
  Expenses:Groceries  40.00 GBP
  Assets:Bank:Moorbank
2024-02-06 * "Green Stall" "groceries"
  Expenses:Groceries  15.00 GBP
  Liabilities:Card
2024-02-07 * "Old Mill" "groceries"
  Expenses:Groceries  25.00 GBP
  Liabilities:Card
2024-02-08 * "The Otter" "dinner"
  Expenses:Restaurants  60.00 GBP
  Liabilities:Card
2024-02-09 * "Landlord" "rent"
  Expenses:Rent  700.00 GBP
  Assets:Bank:Moorbank
2024-02-10 * "Ironmonger" "hooks"
  Expenses:Restaurants  5.00 GBP
  Assets:Wallet
2024-02-11 * "Library" "lending library fines"
  Expenses:LendingLibraryFines  3.00 GBP
  Assets:Wallet
2024-02-12 * "Netflix" "films"
  Expenses:Streaming  11.00 GBP
  Liabilities:Card
2024-02-13 * "Kinoflux" "films"
  Expenses:Streaming  8.00 GBP
  Liabilities:Card
2024-02-14 * "Octopus" "electricity"
  Expenses:Electricity  70.00 GBP
  Assets:Bank:Moorbank
2024-02-15 * "An Post" "parcel"
  Expenses:Post  9.00 GBP
  Assets:Wallet
2024-02-16 * "Bright Bears" "daycare"
  Expenses:Daycare  400.00 GBP
  Assets:Bank:Moorbank
2024-02-17 * "Boots" "nappies"
  Expenses:Baby  20.00 GBP
  Liabilities:Card
2024-02-18 * "Cleaner" "payroll"
  Expenses:Payroll  90.00 GBP
  Assets:Bank:Moorbank
2024-02-19 * "Moorbank" "loan"
  Liabilities:Loan:Moorbank  100.00 GBP
  Expenses:Interest  12.00 GBP
  Assets:Bank:Moorbank
2024-02-20 * "Tobias" "took the tickets"
  Expenses:Restaurants  30.00 GBP
  Liabilities:Owed:Tobias
2024-02-21 * "Tobias" "paid back"
  Liabilities:Owed:Tobias  30.00 GBP
  Assets:Bank:Moorbank
2024-02-22 * "market day" #market
  Assets:Wallet  80.00 GBP
  Income:Market
2024-02-23 * "Fennel & Co" "flour for the stall" #market
  Expenses:Groceries  12.00 GBP
  Assets:Wallet
2024-02-24 * "The Otter" "lunch at the stall" #market
  Expenses:Restaurants  9.00 GBP
  Assets:Wallet
2024-02-25 * "Landlord" "deposit"
  Assets:Deposits  500.00 GBP
  Assets:Bank:Moorbank
2024-02-26 * "Broker" "bonds"
  Assets:BondFund  250.00 GBP
  Assets:Bank:Moorbank
2024-03-01 * "Green Stall" "crate back"
  Liabilities:Card  7.00 GBP
  Expenses:Groceries
2024-03-01 * "Old Mill" "refund"
  Liabilities:Card  4.00 GBP
  Expenses:Groceries
2024-02-28 * "cash machine"
  Assets:Wallet  20.00 GBP
  Assets:Bank:Moorbank
2024-03-02 * "Guests" "freelance"
  Assets:Wallet  6.00 GBP
  Income:Freelance
2024-03-26 * "Moorbank" "card"
  Liabilities:Card  100.00 GBP
  Assets:Bank:Moorbank
2024-08-01 * "Fennel & Co" "groceries" #trip-lisbon-2024
  Expenses:Groceries  33.00 GBP
  Liabilities:Card
2024-09-01 * "Old Mill" "groceries" #trip-oslo-2024
  Expenses:Groceries  31.00 GBP
  Liabilities:Card
"""

asked = partial(asking.asked, today=TODAY)


def _planned(index: Index, question: str) -> Outcome:
    return plan_question(question, (), TODAY, index)


def _filters(index: Index, question: str) -> Filters:
    plan, _ = asked(index, question)
    return plan.filters


@pytest.mark.parametrize(
    ("question", "payer"),
    [
        ("rent (savings) in 2024", "Assets:Savings"),
        ("savings: rent in 2024", "Assets:Savings"),
        ("show me savings in 2024, the groceries only", "Assets:Savings"),
        ("groceries in 2024, solo de la savings", "Assets:Savings"),
        ("how much of the savings went on groceries in 2024", "Assets:Savings"),
        ("what did the savings pay for rent in 2024", "Assets:Savings"),
        ("rent in 2024, savings payments only", "Assets:Savings"),
        ("rent in 2024, solo savings", "Assets:Savings"),
        ("what did the wallet pay for rent in 2024", "Assets:Wallet"),
        ("how much freelance income went into savings in 2024", "Assets:Savings"),
        ("which freelance payments reached the savings in 2024", "Assets:Savings"),
    ],
)
def test_what_never_paid_for_it_is_not_passed_over(index: Index, question: str, payer: str) -> None:
    plan, found = asked(index, question)
    assert plan.filters.alongside == (payer,)
    assert not found.table.rows or plan.measure is Measure.SUM


@pytest.mark.parametrize(
    "question", ["groceries, savings, rent in 2024", "interest on savings in 2024", "rent and savings in 2024"]
)
def test_one_of_a_list_is_not_what_pays(index: Index, question: str) -> None:
    plan = _planned(index, question)
    assert not getattr(getattr(plan, "filters", None), "alongside", ())


def test_two_that_pay_beside_a_payee(index: Index) -> None:
    filters = _filters(index, "what Fennel & Co took from savings or the wallet in 2024, below 250, bill by bill")
    assert set(filters.alongside) == {"Assets:Savings", "Assets:Wallet"}
    assert filters.maximum == 250


@pytest.mark.parametrize(
    "question",
    [
        "groceries in 2024, The Otter only",
        "cheapest groceries, The Otter, in 2024",
        "groceries in 2024 at The Otter",
    ],
)
def test_a_name_in_a_clause_of_its_own_is_no_talk(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Expenses:Groceries",)
    assert plan.filters.mentions[0].payees == ("The Otter",)
    assert not plan.compare


def test_what_is_only_said_along_still_goes(index: Index) -> None:
    plan, _ = asked(index, "groceries in 2024, we were at The Otter again")
    assert any(note.startswith("taken for talk") for note in plan.reading)


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        ("the rent is due, what did we spend on groceries in 2024", ("Expenses:Groceries",)),
        ("restaurants are dear: what did we spend on groceries in 2024", ("Expenses:Groceries",)),
        ("the rent went up, how much did we pay for electricity in 2024", ("Expenses:Electricity",)),
        ("rent and groceries, what did we spend in 2024", ("Expenses:Rent", "Expenses:Groceries")),
        ("the rent, what was it in 2024", ("Expenses:Rent",)),
    ],
)
def test_what_is_remarked_before_a_question_is_not_added(
    index: Index, question: str, accounts: tuple[str, ...]
) -> None:
    model = Scripted({"flow": ("spend", 0.95)})
    plan, _ = asked(index, question, model)
    assert plan.filters.accounts == accounts


@pytest.mark.parametrize(
    ("question", "payees"),
    [
        ("if you leave Green Stall and Old Mill out of groceries in 2024, what remains", {"Green Stall", "Old Mill"}),
        ("groceries in February 2024 against March 2024, Old Mill in neither", {"Old Mill"}),
        ("list the groceries of 2024, Old Mill I know of", {"Old Mill"}),
        ("list the groceries of 2024, Old Mill i've dealt with", {"Old Mill"}),
        ("list the groceries of 2024, Old Mill shall be ignored", {"Old Mill"}),
        ("groceries in 2024, Old Mill not wanted", {"Old Mill"}),
    ],
)
def test_what_is_left_out(index: Index, question: str, payees: set[str]) -> None:
    filters = _filters(index, question)
    assert {name for each in filters.exclude_mentions for name in each.payees} == payees
    assert not filters.mentions


def test_the_shop_i_know_of_is_not_left_out(index: Index) -> None:
    assert not _filters(index, "groceries at the shop i know").exclude_accounts


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("Ausgaben 2024, Miete nicht dabei", "Miete not counted"),
        ("Was haben wir 2024 ausgegeben, Miete mal beiseite", "Miete not counted"),
        ("Wie viel haben wir 2024 ausgegeben, die Miete außen vor", "Miete not counted"),
        ("combien avons-nous dépensé en 2024, loyer à part", "loyer not counted"),
        ("dépenses en 2024, loyer exclu", "loyer not counted"),
        ("cuánto gasté en 2024, alquiler aparte", "alquiler not counted"),
        ("cuánto gasté en 2024 quitando el alquiler", "excluding"),
        ("quanto ho speso nel 2024, affitto escluso", "affitto not counted"),
        ("was kam im Juni 2024 rein, Acme nicht", "Acme not counted"),
        ("quanto gastei em 2024, renda excluída", "renda not counted"),
        ("hoeveel gaf ik uit in 2024, huur niet meegerekend", "huur not counted"),
        ("wie viel habe ich 2024 über die Karte für Lebensmittel ausgegeben", "via"),
    ],
)
def test_what_is_left_out_in_other_tongues(question: str, english: str) -> None:
    assert english in in_english(question)


@pytest.mark.parametrize(
    "question", ["wie viel lege ich pro Monat beiseite", "cuánto pongo aparte?", "combien avons-nous mis de côté ?"]
)
def test_what_is_put_by_is_not_left_out(question: str) -> None:
    assert "not counted" not in in_english(question)


def test_the_trip_that_is_left_out_by_a_name_in_another_tongue(index: Index) -> None:
    assert _filters(index, "spending in 2024 without the trip to Lisboa").exclude_tags == ("trip-lisbon-2024",)
    both = _filters(index, "spending in 2024 without the trips").exclude_tags
    assert set(both) == {"trip-lisbon-2024", "trip-oslo-2024"}


def test_what_is_left_of_a_market_less_what_is_left_out(index: Index) -> None:
    model = Scripted({"measure": ("net_income", 0.95)})
    plan, _ = asked(index, "what was left over of the market, restaurants left aside", model)
    assert plan.measure is Measure.NET_INCOME
    assert plan.filters.tags == ("market",)
    assert plan.filters.exclude_accounts == ("Expenses:Restaurants",)


@pytest.mark.parametrize(
    ("question", "payee"),
    [
        ("what was the Netflix bill in 2024", "Netflix"),
        ("Netflix payments in 2024", "Netflix"),
        ("Netflix subscription cost in 2024", "Netflix"),
        ("how much have we spent at An Post this year", "An Post"),
    ],
)
def test_who_is_called_so_is_meant(index: Index, question: str, payee: str) -> None:
    plan, _ = asked(index, question)
    assert [each.payees for each in plan.filters.mentions] == [(payee,)]
    assert not plan.filters.accounts


def test_post_in_a_name_is_no_time(index: Index) -> None:
    plan, _ = asked(index, "how much have we spent at An Post this year")
    assert plan.period.start == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("what was my pay in 2024", "Income:Pay"),
        ("my pay by month in 2024", "Income:Pay"),
        ("payroll cost, gross, 2024", "Expenses:Payroll"),
        ("gross payroll in 2024", "Expenses:Payroll"),
        ("we had the kid in daycare for a while, what did we pay in 2024", "Expenses:Daycare"),
        ("what lending library fines did we pay in 2024", "Expenses:LendingLibraryFines"),
    ],
)
def test_what_is_called_just_so(index: Index, question: str, account: str) -> None:
    assert _filters(index, question).accounts == (account,)


@pytest.mark.parametrize(
    ("question", "account"),
    [
        ("how much did we repay on the loan in 2024", "Liabilities:Loan"),
        ("how much principal did we repay on the loan in 2024", "Liabilities:Loan"),
        ("how much principal did we repay on the card in 2024", "Liabilities:Card"),
        ("what did we repay Tobias in 2024", "Liabilities:Owed:Tobias"),
    ],
)
def test_what_was_repaid_to_whom(index: Index, question: str, account: str) -> None:
    assert _filters(index, question).accounts == (account,)


@pytest.mark.parametrize(
    "question",
    [
        "list the refunds on the card in 2024",
        "how much was refunded to the card in 2024",
        "which refunds came to the card in 2024",
        "newest refund on the card",
    ],
)
def test_what_was_refunded_to_an_account_is_of_what_was_spent(index: Index, question: str) -> None:
    model = Scripted({"measure": ("list", 0.95), "sign": ("-1", 0.95)})
    plan, found = asked(index, question, model)
    assert plan.filters.sign == -1
    assert plan.filters.alongside == ("Liabilities:Card",)
    assert found.table.rows


def test_refunds_are_those_that_say_another_word_too(index: Index) -> None:
    model = Scripted({"measure": ("list", 0.95), "sign": ("-1", 0.95)})
    plan, found = asked(index, "refunds in 2024", model)
    assert not plan.filters.mentions
    assert "-11" in str(found.table.rows)


def test_the_one_that_it_was_bought_from_is_no_other_thing_bought(index: Index) -> None:
    filters = _filters(index, "what did we spend on the parcel in 2024, The Otter only")
    assert all(" or " not in each.words for each in filters.mentions)


def test_what_the_card_was_paid_is_no_refund(index: Index) -> None:
    plan, _ = asked(index, "card payments in 2024")
    assert plan.filters.accounts == ("Liabilities:Card",)


def test_cash_drawn_from_one_account_is_of_that_account(index: Index) -> None:
    filters = _filters(index, "cash drawn from savings in 2024")
    assert filters.accounts == ("Assets:Wallet",)
    assert filters.alongside == ("Assets:Savings",)


def test_what_stands_on_two_that_are_named(index: Index) -> None:
    filters = _filters(index, "how much is outstanding on the deposits and the bond fund")
    assert set(filters.accounts) == {"Assets:Deposits", "Assets:BondFund"}
    assert not filters.mentions


def test_entries_on_all_that_a_bank_is_called(index: Index) -> None:
    both = {"Assets:Bank:Moorbank", "Liabilities:Loan:Moorbank"}
    assert set(_filters(index, "list the entries on Moorbank in 2024 via the bank").accounts) <= both
    assert set(_filters(index, "how many entries on Moorbank in 2024").accounts) == both


@pytest.mark.parametrize("question", ["did the fair pay for itself", "did the fair make money in 2024"])
def test_what_nothing_is_known_of_made_no_profit_of_everything(index: Index, question: str) -> None:
    outcome = _planned(index, question)
    assert isinstance(outcome, Refusal)
    assert "fair" in outcome.lacks


def test_whoever_keeps_the_books_may_make_money(index: Index) -> None:
    plan, _ = asked(index, "did the household make money in 2024")
    assert plan.measure is Measure.NET_INCOME
