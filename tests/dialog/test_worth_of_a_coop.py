"""What a co-operative of weavers is worth and who owes whom: a house they share, wool in store, a broker's cash.

Housemates front bills under their own names; members are owed for wool; what is said after a question is a comment.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog.asking import Scripted, asked
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)


def rows_of(question: str, index: Index) -> list[list[str]]:
    """The rows of the answer, as they are written."""
    _, found = asked(index, question, today=TODAY)
    return [
        [f"{each.normalize():f}" if isinstance(each, Decimal) else str(each) for each in row]
        for row in found.table.rows
    ]


def _months() -> str:
    """The bills of a year: rent that one pays for three, what the others send, and the internet that Piet fronts."""
    months = []
    for month in range(1, 13):
        day = f"2024-{month:02d}"
        months.append(f"""
{day}-01 * "Grange Lettings" "rent"
  Assets:Bank:Current   -900 EUR
  Expenses:House:Rent    300 EUR
  Assets:Evens:Piet      300 EUR
  Assets:Evens:Rosa      300 EUR
{day}-03 * "Rosa" "rent share"
  Assets:Bank:Current    300 EUR
  Assets:Evens:Rosa
{day}-09 * "Piet" "broadband, his card"
  Expenses:House:Internet      10 EUR
  Assets:Evens:Piet
{day}-11 * "Lidl" "Piet paid"
  Expenses:House:Food     20 EUR
  Assets:Evens:Piet""")
        if month < 12:
            months.append(f"""{day}-04 * "Piet" "rent share"
  Assets:Bank:Current    270 EUR
  Assets:Evens:Piet""")
    return "\n".join(months)


LEDGER = f"""
option "title" "Weavers of the Grange"
option "operating_currency" "EUR"
2023-12-01 commodity WOOLKG
  name: "Wool in store, kg"
2023-12-31 open Assets:Bank:Current
2023-12-31 open Assets:Bank:Reserve
2023-12-31 open Assets:Cash
2023-12-31 open Assets:Foreign:Kelso
2023-12-31 open Assets:Foreign:Ardmore
2023-12-31 open Expenses:Fees:Bank
2023-12-31 open Income:Interest
2023-12-31 open Assets:Evens:Piet
2023-12-31 open Assets:Evens:Rosa
2023-12-31 open Assets:Saxo:Cash
2023-12-31 open Assets:Saxo:ACME
2023-12-31 open Assets:Saxo:BETA
2023-12-31 open Assets:Store
2023-12-31 open Assets:Debtors:Museum
2023-12-31 open Liabilities:Card
2023-12-31 open Liabilities:Members:Ines
2023-12-31 open Liabilities:Members:Jarl
2023-12-31 open Equity:MemberShares
2023-12-31 open Equity:Opening
2023-12-31 open Income:Fair:Stall
2023-12-31 open Income:Shops
2023-12-31 open Expenses:House:Rent
2023-12-31 open Expenses:House:Internet
2023-12-31 open Expenses:House:Food
2023-12-31 open Expenses:Fees:Stall
2023-12-31 * "Opening"
  Assets:Bank:Current   5000 EUR
  Assets:Bank:Reserve   2000 EUR
  Assets:Cash             90 EUR
  Assets:Saxo:Cash       700 EUR
  Equity:MemberShares  -3000 EUR
  Equity:Opening
2024-01-20 * "Saxo" "bought"
  Assets:Saxo:ACME        10 ACME {{20 EUR}}
  Assets:Saxo:Cash      -200 EUR
2024-02-02 * "Ines" "wool delivered"
  Assets:Store            40 WOOLKG {{12 EUR}}
  Liabilities:Members:Ines
2024-02-12 * "Jarl" "wool delivered"
  Assets:Store            30 WOOLKG {{12 EUR}}
  Liabilities:Members:Jarl
2024-03-02 * "Ines" "wool money"
  Liabilities:Members:Ines  200 EUR
  Assets:Bank:Current
2024-03-03 * "Jarl" "wool money"
  Liabilities:Members:Jarl  100 EUR
  Assets:Bank:Current
2024-04-01 price WOOLKG 13 EUR
2024-01-21 * "Saxo" "dollars, and shares in them"
  Assets:Saxo:Cash       200 USD @ 0.90 EUR
  Assets:Saxo:Cash      -180 EUR
2024-01-22 * "Saxo" "bought"
  Assets:Saxo:BETA         2 BETA {{50 USD}}
  Assets:Saxo:Cash      -100 USD
2025-06-02 price BETA 115 USD
2025-06-02 price USD 0.90 EUR
2025-06-01 price WOOLKG 15 EUR
2024-05-05 * "Spring fair" "stall takings"
  Assets:Cash            150 EUR
  Income:Fair:Stall
2024-05-05 * "Spring fair" "pitch"
  Expenses:Fees:Stall     25 EUR
  Assets:Cash
2024-06-05 * "Museum" "invoice 1"
  Assets:Debtors:Museum  400 EUR
  Income:Shops
2025-02-05 * "Spring fair" "stall takings"
  Assets:Cash            120 EUR
  Income:Fair:Stall
2025-03-05 * "Museum" "invoice 2"
  Assets:Debtors:Museum  350 EUR
  Income:Shops
2024-11-05 * "Museum" "paid 1"
  Assets:Bank:Current    400 EUR
  Assets:Debtors:Museum
2024-12-20 * "Corner shop" "yarn"
  Expenses:House:Food      8 EUR
  Liabilities:Card
2024-02-10 * "Kelso" "fee"
  Expenses:Fees:Bank       2 EUR
  Assets:Foreign:Kelso    -2 EUR
2024-03-10 * "Kelso" "moved over"
  Assets:Foreign:Kelso    90 EUR
  Assets:Bank:Current
2024-04-10 * "Ardmore" "moved over"
  Assets:Foreign:Ardmore  70 EUR
  Assets:Bank:Current
2024-05-10 * "Ardmore" "fee"
  Expenses:Fees:Bank       2 EUR
  Assets:Foreign:Ardmore  -2 EUR
{_months()}
"""


@pytest.mark.parametrize("question", ["who owes whom", "who owes whom in the house right now", "who still owes me"])
def test_a_housemate_who_fronts_bills_under_his_own_name_stands_with_us(question: str, index: Index) -> None:
    rows = rows_of(question, index)
    assert ["Assets:Evens:Piet", "270", "EUR"] in rows, rows
    assert not [row for row in rows if "Card" in row[0]], rows


def test_a_bank_whose_fees_bear_its_name_is_nobody(index: Index) -> None:
    people = {f"Assets:Evens:{each}" for each in ("Piet", "Rosa")} | {
        "Liabilities:Members:Ines",
        "Liabilities:Members:Jarl",
    }
    assert vocabulary(index).booked.tallies() == people


@pytest.mark.parametrize(
    "question",
    [
        "what's in the reserve, Jarl wants to spend some",
        "what does the reserve hold? Ines is asking",
        "the reserve stands at what now - Rosa reckons 3000",
    ],
)
def test_a_comment_on_somebody_after_a_question_names_nothing(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert plan.filters.accounts == ("Assets:Bank:Reserve",), digest(plan)


@pytest.mark.parametrize(
    "question", ["what do we owe, Ines wants her money", "how much do we owe Ines, Jarl is asking"]
)
def test_whose_debt_it_is_may_be_said_after_it(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert "Liabilities:Members:Ines" in plan.filters.accounts, digest(plan)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("has Piet paid his share of the rent for November", ["270"]),
        ("has Piet paid his share of the rent for December", []),
        ("did Piet pay his rent in November", ["270"]),
        ("has Rosa paid her share for December yet", ["300"]),
        ("did Piet pay for the internet in May", ["-10"]),
        ("did Piet pay the broadband in May", ["-10"]),
        ("how much has Piet paid in November", ["-300"]),
        ("how much did Piet pay me in November", ["270"]),
    ],
)
def test_what_somebody_with_a_tally_paid_is_what_they_sent_or_fronted(
    question: str, numbers: list[str], index: Index
) -> None:
    plan, found = asked(index, question, today=TODAY - dt.timedelta(181))
    at = next(place for place, column in enumerate(found.table.columns) if column.type == "number")
    assert [f"{row[at]}" for row in found.table.rows] == numbers, digest(plan)


@pytest.mark.parametrize("question", ["how much cash sits with the brokers", "uninvested cash", "cash at the broker"])
def test_cash_with_a_broker_is_not_the_purse(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert plan.filters.accounts == ("Assets:Saxo:Cash",), digest(plan)


@pytest.mark.parametrize(
    "question",
    [
        "did we put money by last year",
        "did we lay any money by in 2024 or eat into it",
        "have we put money aside in 2024",
    ],
)
def test_what_is_put_by_last_year_is_of_that_year_alone(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert plan.measure is Measure.NET_INCOME, digest(plan)
    assert plan.period.start == dt.date(2024, 1, 1), digest(plan)


@pytest.mark.parametrize(
    "question",
    ["what is wool going for", "what does a kilo of wool go for", "what's a kilo of the wool trading at these days"],
)
def test_what_a_thing_goes_for_is_its_price(question: str, index: Index) -> None:
    assert "15" in rows_of(question, index)[-1]


@pytest.mark.parametrize("question", ["what is a kilo of food going for", "what is the rent selling for"])
def test_no_bill_is_told_for_a_price(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    [
        "how much is in the bank, all in",
        "what was in the bank at the end of 2024",
        "how much money do we have at the bank",
    ],
)
def test_what_is_in_the_bank_lies_on_its_accounts_alone(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert plan.measure is Measure.BALANCE, digest(plan)
    assert plan.filters.accounts == ("Assets:Bank",), digest(plan)


@pytest.mark.parametrize("question", ["who hasn't paid us yet", "which customers have not paid us and how much"])
def test_who_has_not_paid_us_is_nobody_whom_we_owe(question: str, index: Index) -> None:
    rows = rows_of(question, index)
    assert ["Assets:Debtors:Museum", "350", "EUR"] in rows, rows
    assert not [row for row in rows if row[0].startswith("Liabilities")], rows


@pytest.mark.parametrize(
    "question", ["how much capital have the members put in", "the members' capital", "how much share capital is there"]
)
def test_members_capital_is_no_debt_to_them(question: str, index: Index) -> None:
    plan, _ = asked(index, question, today=TODAY)
    assert plan.filters.accounts == ("Equity:MemberShares",), digest(plan)


def test_what_we_owe_them_is_no_capital(index: Index) -> None:
    plan = plan_question("what do we owe the members", (), TODAY, index)
    assert isinstance(plan, Plan)
    assert "Equity:MemberShares" not in plan.filters.accounts, digest(plan)


@pytest.mark.parametrize(
    "question", ["how much of our wealth is in dollars", "how much of my money is held in dollars now"]
)
def test_how_much_of_it_is_in_a_currency_is_not_all_of_it_counted_in_it(question: str, index: Index) -> None:
    rows = rows_of(question, index)
    assert rows == [["330", "USD"]], rows


def test_what_we_are_worth_in_a_currency_is_all_of_it(index: Index) -> None:
    plan, _ = asked(index, "what are we worth in dollars", today=TODAY)
    assert plan.measure is Measure.NET_WORTH, digest(plan)
    assert plan.convert_to == "USD", digest(plan)


@pytest.mark.parametrize("question", ["how much have we paid Jarl and Ines", "what did we pay Ines and Jarl"])
def test_what_was_paid_to_two_is_told_of_both(question: str, index: Index) -> None:
    plan, _ = asked(index, question, Scripted({"measure": ("sum", 0.97)}), today=TODAY)
    assert set(plan.filters.accounts) == {"Liabilities:Members:Ines", "Liabilities:Members:Jarl"}, digest(plan)
