"""Questions in the language of reports and audits, over the books of an invented rowing club."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.understanding.plain_words import in_plain_words
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2024, 9, 20)
LEDGER = """
option "title" "Lantern Reach Rowing"
option "operating_currency" "USD"

2022-01-01 open Assets:Bank:Checking
2022-01-01 open Assets:Bank:Reserve
2022-01-01 open Assets:House
2022-01-01 open Assets:Fund
2022-01-01 open Assets:Owed:Ida
2022-01-01 open Assets:Owed:Finn
2022-01-01 open Liabilities:Payable:Greta
2022-01-01 open Liabilities:Loan:Launch
2022-01-01 open Income:Dues
2022-01-01 open Income:Grants
2022-01-01 open Income:Dividends:LRFX
2022-01-01 open Expenses:Launch:Fuel
2022-01-01 open Expenses:Launch:Repairs
2022-01-01 open Expenses:Boats
2022-01-01 open Expenses:Rent
2022-01-01 open Expenses:Power
2022-01-01 open Equity:Start
2022-01-01 commodity LRFX
2022-01-02 event "cox-in-chief" "Ida"
2023-05-01 event "cox-in-chief" "Finn"

2022-02-01 * "Start" "what was there"
  Assets:House       20000 USD
  Assets:Bank:Checking 900 USD
  Liabilities:Loan:Launch -4000 USD
  Equity:Start
2023-01-10 * "Harbor Fuel" "diesel"
  Expenses:Launch:Fuel    80 USD
  Assets:Bank:Checking
2023-02-10 * "Port Diesel" "diesel abroad"
  Expenses:Launch:Fuel    60 EUR
  Assets:Bank:Checking
2023-03-02 * "Tidewater Loans" "interest and principal"
  Expenses:Launch:Repairs 12 USD
  Liabilities:Loan:Launch 100 USD
  Assets:Bank:Checking
2023-04-04 * "Shell & Oar" "a new single" #headrace
  Expenses:Boats         700 USD
  Assets:Bank:Checking
2023-04-09 * "Shell & Oar" "rigger came back" #headrace
  Expenses:Boats        -650 USD
  Assets:Bank:Checking
2023-05-05 ! "Glimmer Power" "who knows"
  Expenses:Power          90 USD
  Assets:Bank:Checking
2023-06-01 * "Pier Trust" "rent"
  Expenses:Rent          600 USD
  Assets:Bank:Checking
2023-07-01 * "City of Lantern" "grant" #headrace
  Income:Grants        -1500 USD
  Assets:Bank:Checking
2024-01-03 * "Members" "dues"
  Income:Dues           -800 USD
  Assets:Bank:Checking
2024-02-02 * "LRFX" "bought"
  Assets:Fund         10 LRFX {50 USD}
  Assets:Bank:Checking
2024-03-03 * "LRFX" "dividend"
  Income:Dividends:LRFX  -20 USD
  Assets:Bank:Checking
2024-04-01 * "Ida" "oars laid out for her"
  Assets:Owed:Ida         45 USD
  Assets:Bank:Checking
2024-04-02 * "Greta" "paid the paint herself"
  Expenses:Boats          30 USD
  Liabilities:Payable:Greta
2024-08-14 * "Harbor Fuel" "diesel"
  Expenses:Launch:Fuel    95 USD
  Assets:Bank:Checking
2024-09-01 price LRFX 55 USD
2024-09-02 close Assets:Bank:Reserve
"""


def plan(question: str, index: Index) -> str:
    return digest(plan_question(question, [], TODAY, index))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Itemize fuel payments.", "list fuel payments."),
        ("Itemise them by month", "Itemise them by month"),
        ("State the balance of the launch loan.", "what is the balance of the launch loan."),
        ("State the amount of the grant.", "how much was the grant."),
        ("State taxes in 2023", "State taxes in 2023"),
        ("Report power costs", "power costs"),
        ("Confirm whether the launch loan is settled.", "is the launch loan settled."),
        ("Glimmer: confirm whether the contract remains active", "is the Glimmer contract still active"),
        ("Aggregate outlays for the launch", "total outlays for the launch"),
        ("Cumulative rent to date", "total rent to date"),
        ("Cumulative dues from members", "total dues from members"),
        ("Cumulative dues in 2023", "Cumulative dues in 2023"),
        ("Member receivables outstanding, by member", "Members who still owe us and how much each, by member"),
        ("Date from which rent has been 600", "since when rent has been 600"),
        ("Annual receipts of the club", "Annual income of the club"),
        ("Receipts filed for the launch", "Receipts filed for the launch"),
        ("Number of loans extended to Ida", "number of times I have lent Ida"),
        ("Rent vs. fuel", "Rent vs fuel"),
        ("Cumulative rent by month to date", "Cumulative rent by month to date"),
        ("Rent, full-year 2023", "Rent, all of 2023"),
        ("power, prior-month", "power, last month"),
        ("Launch costs, restricted to EUR", "Launch costs only EUR"),
        ("fuel expense, limited to my 40% share", "fuel expense, only my share"),
        ("Annual totals of dues", "total per year of dues"),
        ("Account-level breakdown of spending", "breakdown by Account of spending"),
        ("Balances due from members", "how much is owed to us by members"),
        ("Amount payable to Greta", "how much do we still owe to Greta"),
        ("Paint: outstanding balance due to Greta", "Paint: how much do we still owe to Greta"),
        ("when was the amount owed to Greta paid", "when was the amount owed to Greta paid"),
        ("Dues exclusive of grants prior to May", "Dues excluding grants before May"),
        ('what did "Aggregate cost" say', 'what did "Aggregate cost" say'),
    ],
)
def test_reports_are_put_plainly(index: Index, written: str, read: str) -> None:
    assert in_plain_words(written, vocabulary(index), None) == read


SO_FAR = "[from 2024-01-01 to 2024-09-20: {0} 2024-01-01..2024-09-21] [2023: {0} 2023]"
PLANS = [
    # entries, and no breakdown
    ("Itemize fuel payments in 2023.", "list Expenses:Launch:Fuel 2023"),
    ("Itemize purchases exceeding USD 500 in 2023, exclusive of rent.", "list expenses -Expenses:Rent >500 + 2023"),
    ("Itemize charges exceeding USD 500 during 2023.", "list expenses >500 2023"),
    ("Boats: entries over Rs. 600.", "list Expenses:Boats >600"),
    # one figure
    ("Aggregate expenditure for FY 2023.", "sum expenses 2023"),
    ("Cumulative boat outlay to date.", "sum Expenses:Boats"),
    ("Fuel, 2022 and 2023 combined.", "sum Expenses:Launch:Fuel 2022-01-01..2024-01-01"),
    ("Fuel, 2022 and 2023", "sum Expenses:Launch:Fuel 2022-01-01..2024-01-01 by year"),
    # periods
    ("Rent, 2024 YTD vs. full-year 2023", f"sum Expenses:Rent {SO_FAR.format('Expenses:Rent')}"),
    (
        "Rent, 2024 YTD vs. full-year 2023: is the current year lower?",
        f"sum Expenses:Rent {SO_FAR.format('Expenses:Rent')}",
    ),
    ("Spending from 4/1/2023 through 6/30/2023", "sum expenses 2023-04-01..2023-07-01"),
    ("Spending from 4/1/2023 through 6/3/2023", "sum expenses 2023-01-04..2023-03-07"),
    ("Top two payees ranked by 2023 spending", "sum expenses 2023 by payee order -amount limit 2"),
    ("Largest payee by 2023 spend", "sum expenses 2023 by payee order -amount limit 1"),
    ("Rent by 2023", "sum Expenses:Rent ..2024-01-01"),
    ("Project next year's rent: any increase?", "refuse"),
    # parts, and currencies
    ("Launch spending by account in 2023", "sum Expenses:Launch 2023 by account"),
    (
        "Fuel for 2023, EUR portion only, broken out quarterly.",
        "sum Expenses:Launch:Fuel EUR 2023 by quarter order key",
    ),
    (
        "Fuel in USD, 2023 vs. 2024; excluding all other currencies.",
        "sum Expenses:Launch:Fuel USD [2023: Expenses:Launch:Fuel USD 2023] [2024: Expenses:Launch:Fuel USD 2024]",
    ),
    (
        "A new single vs. fuel in 2023",
        "sum expenses 2023 [A new single: expenses <a new single>] [fuel: Expenses:Launch:Fuel]",
    ),
    ("Dividend income by holding", "sum Income:Dividends by account"),
    (
        "headrace: total receipts vs. total expenses",
        "sum #headrace [money in: income #headrace] [money out: expenses #headrace] key both ways",
    ),
    ("Annual receipts from dues. Is there growth?", "sum Income:Dues by year order key key change"),
    # what stands
    ("Household net worth as of today, inclusive of the fund.", "net_worth ..2024-09-21 at market"),
    (
        "Net worth of the club, net of the loan, with LRFX units valued at the most recent prices",
        "net_worth at market",
    ),
    ("Net worth excluding the loan", "net_worth -Liabilities:Loan at market"),
    ("Our household net worth", "net_worth at market"),
    ("Accounts receivable as of today, by member", "balance Assets:Owed:Ida ..2024-09-21 by account"),
    ("Settlement position vs. Ida as of today", "balance Assets:Owed:Ida ..2024-09-21"),
    ("Reimbursement still due to Greta", "balance Liabilities:Payable:Greta"),
    # beside the entries
    ("Entries still carrying our ! flag as questionable", "list ! entries"),
    ("Status of the reserve account, open vs. closed.", "accounts Assets:Bank:Reserve"),
    ("List all coxes in chief to date with the effective date of each.", "events key cox-in-chief"),
]


@pytest.mark.parametrize(("question", "expected"), PLANS)
def test_questions_of_reports(question: str, expected: str, index: Index) -> None:
    assert plan(question, index) == expected
