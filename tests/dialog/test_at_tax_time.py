"""A freelance translator's books at tax time: invoices by link, VAT, miles kept like money, lost receipts, own years.

The client stands under a key of each invoice and is the payee of all that is theirs, so a label tells only a part.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Measure, Plan, Refusal
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "GBP"
2023-01-01 custom "fava-option" "fiscal-year-end" "06-30"
2023-01-01 open Assets:Bank:Current
2023-01-01 open Assets:Bank:TaxPot
2023-01-01 open Assets:Owed
2023-01-01 open Assets:VAT:Input
2023-01-01 open Assets:Mileage MILE
2023-01-01 open Assets:Equipment
2023-01-01 open Liabilities:VAT:Output
2023-01-01 open Liabilities:SalesTax:Jersey
2023-01-01 open Income:Translation
2023-01-01 open Income:Workshops
2023-01-01 open Income:Shop:Books
2023-01-01 open Income:MileageLog MILE
2023-01-01 open Expenses:Business:Software
2023-01-01 open Expenses:Business:Train
2023-01-01 open Expenses:Business:SmallKit
2023-01-01 open Expenses:Business:Teachers
2023-01-01 open Expenses:Business:Repairs
2023-01-01 open Expenses:Business:Insurance
2023-01-01 open Expenses:Business:CardFees
2023-01-01 open Income:VATBack
2023-01-01 open Expenses:Home:Rent
2023-01-01 open Expenses:Prepaid:Federal
2023-01-01 open Expenses:Prepaid:State
2023-01-01 commodity MILE

2024-01-15 * "Larkin Press" "novel" ^INV-24-01
  client: "Larkin Press"
  invoice: "INV-24-01"
  Assets:Owed  1200.00 GBP
  Income:Translation  -1000.00 GBP
  Liabilities:VAT:Output  -200.00 GBP
2024-02-20 * "Larkin Press" "on account" ^INV-24-01
  Assets:Bank:Current  700.00 GBP
  Assets:Owed
2024-03-01 * "Larkin Press" "rest" ^INV-24-01
  Assets:Bank:Current  500.00 GBP
  Assets:Owed
2024-03-10 * "Oriel Gallery" "catalogue" ^INV-24-02
  client: "Oriel Gallery"
  invoice: "INV-24-02"
  Assets:Owed  360.00 GBP
  Income:Translation  -300.00 GBP
  Liabilities:VAT:Output  -60.00 GBP
2024-04-02 * "Oriel Gallery" "paid" ^INV-24-02
  Assets:Bank:Current  360.00 GBP
  Assets:Owed
2024-05-05 * "Oriel Gallery" "wall texts" ^INV-24-03
  client: "Oriel Gallery"
  invoice: "INV-24-03"
  Assets:Owed  480.00 GBP
  Income:Translation  -400.00 GBP
  Liabilities:VAT:Output  -80.00 GBP
2024-06-01 * "Oriel Gallery" "on account" ^INV-24-03
  Assets:Bank:Current  180.00 GBP
  Assets:Owed
2024-05-20 * "Oriel Gallery" "drive to Hull and back"
  client: "Oriel Gallery"
  Assets:Mileage  80 MILE
  Income:MileageLog
2024-09-20 * "Oriel Gallery" "drive to York and back"
  client: "Oriel Gallery"
  Assets:Mileage  50 MILE
  Income:MileageLog
2024-10-02 * "Larkin Press" "drive to Leeds and back"
  client: "Larkin Press"
  Assets:Mileage  30 MILE
  Income:MileageLog
2024-02-03 * "Thomann" "headset" #deductible
  receipt: "lost"
  Expenses:Business:SmallKit  50.00 GBP
  Assets:VAT:Input  10.00 GBP
  Assets:Bank:Current
2024-02-04 * "Northern Rail" "Leeds" #deductible
  Expenses:Business:Train  40.00 GBP
  Assets:Bank:Current
2024-02-04 * "Northern Rail" "Leeds" #deductible
  Expenses:Business:Train  40.00 GBP
  Assets:Bank:Current
2024-06-14 * "Apple" "laptop" #equipment
  Assets:Equipment  1500.00 GBP
  Assets:VAT:Input  300.00 GBP
  Assets:Bank:Current
2024-08-01 * "Mrs Beck" "rent"
  Expenses:Home:Rent  600.00 GBP
  Assets:Bank:Current
2024-08-10 * "" "book stall" #takings
  Assets:Bank:Current  106.00 GBP
  Income:Shop:Books  -100.00 GBP
  Liabilities:SalesTax:Jersey  -6.00 GBP
2024-10-12 * "" "book stall" #takings
  Assets:Bank:Current  212.00 GBP
  Income:Shop:Books  -200.00 GBP
  Liabilities:SalesTax:Jersey  -12.00 GBP
2024-11-02 * "" "workshop" #workshops
  Assets:Bank:Current  240.00 GBP
  Income:Workshops
2024-11-04 * "Wen Castle" "teaching" #workshops
  Expenses:Business:Teachers  120.00 GBP
  Assets:Bank:Current
2024-11-09 * "Glaziers" "window" #window
  Expenses:Business:Repairs  640.00 GBP
  Assets:Bank:Current
2024-12-03 * "Mutual" "window claim" #window
  Assets:Bank:Current  390.00 GBP
  Expenses:Business:Repairs
2024-11-12 * "Mutual" "policy"
  Expenses:Business:Insurance  300.00 GBP
  Assets:Bank:Current
2024-12-15 * "IRS" "quarterly"
  Expenses:Prepaid:Federal  650.00 GBP
  Expenses:Prepaid:State  140.00 GBP
  Assets:Bank:Current
2025-01-08 balance Assets:Bank:TaxPot  0.00 GBP
2025-02-14 * "Stripe" "payout"
  Assets:Bank:Current  97.00 GBP
  Expenses:Business:CardFees  3.00 GBP
  Income:Shop:Books
2025-03-14 * "Stripe" "payout"
  Assets:Bank:Current  194.00 GBP
  Expenses:Business:CardFees  6.00 GBP
  Income:Shop:Books
2025-03-20 * "" "to the pot"
  Assets:Bank:TaxPot  400.00 GBP
  Assets:Bank:Current
"""


asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


@pytest.mark.parametrize("question", ["what did we earn this fiscal year", "income in the current financial year"])
def test_a_fiscal_year_as_older_books_write_it(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.period.start, plan.period.end) == (dt.date(2024, 7, 1), dt.date(2025, 7, 1))


@pytest.mark.parametrize(
    "question",
    [
        "last payment from Oriel",
        "how long since Oriel paid me",
        "how long has it been since the last payment from Oriel",
        "how long ago did oriel pay",
    ],
)
def test_a_clients_payment_is_no_drive_to_them(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.LIST
    assert found.table.rows[0][0] == dt.date(2024, 6, 1)


def test_what_one_paid_oneself_is_no_clients_payment(index: Index) -> None:
    _, found = asked(index, "how long is it since I paid the glaziers")
    assert found.last_date == dt.date(2024, 11, 9)


def test_a_client_is_their_payee_where_only_some_entries_bear_the_label(index: Index) -> None:
    _, found = asked(index, "what did Oriel pay us in 2024")
    assert found.table.rows == ((Decimal(540), "GBP"),)


@pytest.mark.parametrize(
    ("question", "miles"),
    [
        ("how many miles did I drive in 2024", 160),
        ("miles driven in 2024", 160),
        ("business miles since september 2024", 80),
        ("how many miles for Larkin", 30),
    ],
)
def test_miles_that_are_kept_like_money(index: Index, question: str, miles: int) -> None:
    _, found = asked(index, question)
    assert found.table.rows == ((Decimal(miles), "MILE"),)


def test_miles_on_foot_are_no_miles_of_business(index: Index) -> None:
    assert isinstance(plan_question("how many miles did I walk in 2024", (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    "question",
    [
        "months in 2024 without a new invoice",
        "which months of 2024 had no invoice",
        "in which months of 2024 did I send no invoices",
    ],
)
def test_months_without_an_invoice(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert plan.measure is Measure.GAPS
    months = [str(row[0]) for row in found.table.rows]
    assert len(months) == 12 - 3
    assert not {"2024-01", "2024-03", "2024-05"} & set(months)


def test_payments_without_an_invoice_stay_payments(index: Index) -> None:
    plan, _ = asked(index, "payments in February 2024 with no invoice")
    assert plan.measure is Measure.LIST


def test_weeks_without_a_tag(index: Index) -> None:
    plan, _ = asked(index, "months without any takings")
    assert plan.measure is Measure.GAPS
    assert (plan.filters.tags, plan.filters.exclude_tags) == (("takings",), ())


@pytest.mark.parametrize("question", ["my smallest and biggest invoice ever?", "the biggest and the smallest invoice"])
def test_both_ends_of_invoices(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.filters.accounts, plan.pick) == (("Assets:Owed",), "ends")


def test_an_order_that_no_model_hears_a_measure_in(index: Index) -> None:
    _, found = asked(index, "latest invoice", Scripted({"measure": ("metadata", 0.46), "order": ("-date", 0.96)}))
    assert found.last_date == dt.date(2024, 5, 5)


@pytest.mark.parametrize("question", ["is there anything in there twice?", "what's in the ledger twice"])
def test_what_stands_twice(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.pick, len(found.table.rows)) == ("twice", 2)


def test_twice_as_much_is_no_doubling(index: Index) -> None:
    outcome = plan_question("what costs twice as much as last year", (), TODAY, index)
    assert not isinstance(outcome, Plan) or outcome.pick != "twice"


@pytest.mark.parametrize(
    "question",
    ["when was the bank last checked against a statement", "last time I compared the bank with the statement"],
)
def test_checked_against_a_statement(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.BALANCE_CHECKS


@pytest.mark.parametrize(
    "question", ["where did receipts go missing", "which receipts are lost", "purchases without a receipt"]
)
def test_where_only_the_lack_is_noted(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert found.table.row_count == 1


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("is invoice INV-24-03 paid?", 300),
        ("has inv-24-03 been paid yet", 300),
        ("status of INV-24-03", 300),
        ("how much was INV-24-03", 480),
        ("how much came in for INV-24-03", 180),
        ("how much came in for INV-24-01", 1200),
    ],
)
def test_an_invoice_whose_number_is_its_link_and_stands_under_a_key(index: Index, question: str, figure: int) -> None:
    _, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [Decimal(figure)]


def test_how_a_paid_up_invoice_was_paid(index: Index) -> None:
    _, found = asked(index, "has INV-24-01 been paid")
    assert [row[0] for row in found.table.rows] == [dt.date(2024, 2, 20), dt.date(2024, 3, 1)]


def test_an_invoice_that_is_asked_after_as_of_a_holding(index: Index) -> None:
    _, found = asked(index, "hows inv-24-03 doing, paid yet?", Scripted({"measure": ("holdings", 0.71)}))
    assert [row[0] for row in found.table.rows] == [Decimal(300)]


def test_the_client_of_an_invoice_is_under_its_key(index: Index) -> None:
    plan, found = asked(index, "which client was INV-24-03")
    assert plan.measure is Measure.METADATA
    assert "Oriel Gallery" in found.table.rows[0]


@pytest.mark.parametrize(("question", "figure"), [("sales in 2024", -2240), ("shop sales in 2024", -300)])
def test_what_was_sold_is_no_tax_on_it(index: Index, question: str, figure: int) -> None:
    plan, found = asked(index, f"{question}, in pounds")
    assert found.table.rows[0][0] == Decimal(figure), plan


def test_the_tax_on_sales_keeps_its_name(index: Index) -> None:
    plan, _ = asked(index, "sales tax in 2024")
    assert plan.filters.accounts == ("Liabilities:SalesTax",)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how much have I put by for tax", 400),
        ("how much have I put by for tax, is it enough for the july payment?", 400),
        ("what did I set aside for tax in 2025", 400),
    ],
)
def test_what_is_put_by_for_a_tax_is_in_its_pot(index: Index, question: str, figure: int) -> None:
    plan, found = asked(index, question)
    assert plan.filters.accounts == ("Assets:Bank:TaxPot",)
    assert [row[0] for row in found.table.rows] == [Decimal(figure)]


@pytest.mark.parametrize(
    "question", ["15% of my rent in 2024", "rent since april 24, and what is 15% of it", "15 per cent of the rent"]
)
def test_so_much_percent_of_it_is_not_worked_out(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [Decimal(600)]
    assert any(note.startswith("not worked out") for note in plan.reading)


def test_what_percent_of_it_is(index: Index) -> None:
    plan, _ = asked(index, "what % of spending in 2024 was rent")
    assert plan.compare
    assert not any(note.startswith("not worked out") for note in plan.reading)


def test_what_names_all_parts_of_it_leaves_none_out(index: Index) -> None:
    heard = Scripted({"measure": ("sum", 0.9)}, {"federal and state": "EXCLUDE"})
    plan, found = asked(index, "prepaid in 2024, federal and state apart", heard)
    assert not plan.filters.exclude_accounts
    assert [row[0] for row in found.table.rows] == [Decimal(790)]


def test_apart_leaves_out_where_something_is_left(index: Index) -> None:
    heard = Scripted({"measure": ("sum", 0.9)}, {"rent and insurance": "EXCLUDE"})
    plan, _ = asked(index, "costs in 2024, rent and insurance apart", heard)
    assert plan.filters.exclude_accounts == ("Expenses:Home:Rent", "Expenses:Business:Insurance")


@pytest.mark.parametrize(
    "question",
    ["how much VAT do I owe now, net of what I can claim back", "VAT payable less VAT reclaimable", "net VAT position"],
)
def test_vat_that_is_due_less_what_is_reclaimed(index: Index, question: str) -> None:
    _, found = asked(index, question)
    vat, sales_tax = 200 + 60 + 80 - 10 - 300, 18
    assert [row[0] for row in found.table.rows] == [Decimal(-vat - sales_tax)]


def test_vat_on_purchases_is_a_sum_whatever_a_model_hears(index: Index) -> None:
    _, found = asked(index, "VAT on purchases in 2024", Scripted({"measure": ("list", 0.92)}))
    assert [row[0] for row in found.table.rows] == [Decimal(310)]


def test_profit_of_the_business_where_only_its_costs_are_called_so(index: Index) -> None:
    _, found = asked(index, "business profit in 2024")
    costs = 50 + 80 + 120 + 250 + 300
    assert [row for row in found.table.rows if row[-1] == "GBP"] == [(Decimal(costs - 2240), "GBP")]
    assert len(found.table.rows) == 1


def test_what_an_account_of_another_name_earned_is_not_guessed(index: Index) -> None:
    plan, _ = asked(index, "profit on the home in 2024")
    assert plan.filters.accounts == ("Expenses:Home",)


@pytest.mark.parametrize(
    "question", ["did the workshops make money after paying the teachers", "did the workshops pay for themselves"]
)
def test_both_sides_that_only_a_tag_has(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [Decimal(-120)]


@pytest.mark.parametrize(
    "question", ["what did the window cost us after insurance", "what did the window cost after the insurance?"]
)
def test_a_cost_after_insurance(index: Index, question: str) -> None:
    _, found = asked(index, question)
    assert [row[0] for row in found.table.rows] == [Decimal(250)]


def test_spending_net_of_insurance_leaves_it_out(index: Index) -> None:
    plan, _ = asked(index, "spending in 2024 net of insurance")
    assert plan.filters.exclude_accounts == ("Expenses:Business:Insurance",)


@pytest.mark.parametrize(
    "question",
    [
        "what did I earn 6 apr 24 to 5 apr 25",
        "what did I earn last tax year, 6 apr 24 to 5 apr 25",
        "what did I earn from 6 april 24 until 5 april 25",
    ],
)
def test_days_with_short_years_at_both_ends(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.period.start, plan.period.end) == (dt.date(2024, 4, 6), dt.date(2025, 4, 6))


def test_days_of_one_month_stay_days(index: Index) -> None:
    plan, _ = asked(index, "what did I spend may 24 to 28")
    assert (plan.period.start, plan.period.end) == (dt.date(2025, 5, 24), dt.date(2025, 5, 29))


def test_how_many_were_sold_is_not_told_by_a_note(index: Index) -> None:
    assert isinstance(plan_question("how many headsets did we sell", (), TODAY, index), Refusal)


def test_what_a_payer_keeps_is_what_it_charges(index: Index) -> None:
    plan, found = asked(index, "what does Stripe keep for itself each year")
    assert plan.measure is Measure.SUM
    assert [row[:2] for row in found.table.rows] == [("2025", Decimal(9))]


def test_what_narrows_a_clause_is_no_question_without_it(index: Index) -> None:
    plan, _ = asked(index, "my average invoice, incl VAT")
    assert (plan.measure, plan.filters.accounts) == (Measure.AVERAGE, ("Assets:Owed",))
