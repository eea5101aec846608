"""Authored phrasings over other books: names of short words, month ends, amounts said bare, talk with a time in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.records import Grouping, Measure, Plan, Refusal, Root, Valuation
from tests.dialog import asking
from tests.dialog.asking import Scripted

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 6, 30)
LEDGER = """
option "operating_currency" "GBP"
2022-12-01 open Assets:Current
2022-12-01 open Assets:ISA
2022-12-01 open Assets:Fund:Units
2022-12-01 open Liabilities:StudentLoan
2022-12-01 open Equity:Opening
2022-12-01 open Income:Commissions
2022-12-01 open Income:Grants
2022-12-01 open Expenses:Insurance
2022-12-01 open Expenses:Rent
2022-12-01 open Expenses:Tyres
2022-12-01 open Expenses:Flour
2022-12-01 open Expenses:Printing
2022-12-01 open Expenses:Fees:Bank
2022-12-01 commodity WIDE
2023-01-01 * "opening"
  Assets:Current  9000.00 GBP
  Assets:ISA  2000.00 GBP
  Liabilities:StudentLoan  -4000.00 GBP
  Equity:Opening
2023-02-03 * "Me & Jo" "print run" #under-12s
  Expenses:Printing  80.00 GBP
  Assets:Current
2023-03-04 * "The Co-op" "flour"
  Expenses:Flour  20.00 GBP
  Assets:Current
2023-05-04 * "Bond" "commission" #fair
  Income:Commissions  -300.00 GBP
  Assets:Current
2023-06-10 * "Sal" "buy units"
  Assets:Fund:Units  10 WIDE {20.00 GBP}
  Assets:Current
2023-09-04 * "Insura" "year"
  Expenses:Insurance  120.00 GBP
  Assets:Current
2024-02-03 * "Me & Jo" "print run" #under-12s
  Expenses:Printing  90.00 GBP
  Assets:Current
2024-03-04 * "Co.uk" "flour"
  Expenses:Flour  50.00 GBP
  Assets:Current
2024-03-09 * "Print.nl" "posters"
  Expenses:Printing  250.00 GBP
  Assets:Current
2024-05-04 * "Bond" "commission" #fair
  Income:Commissions  -500.00 GBP
  Assets:Current
2024-05-05 * "Bond" "stall" #fair
  Expenses:Rent  100.00 GBP
  Assets:Current
2024-06-04 * "Ada" "commission" #the-new-shop
  Income:Commissions  -40.00 GBP
  Assets:Current
2024-06-05 * "Landlord" "rent" #the-new-shop
  Expenses:Rent  400.00 GBP
  Assets:Current
2024-09-04 * "Insura" "year"
  Expenses:Insurance  140.00 GBP
  Assets:Current
2024-12-20 * "Guild" "entry"
  Expenses:Printing  5.00 GBP
  Assets:Current
2024-12-21 * "Optic 2000" "glasses"
  Expenses:Printing  15.00 GBP
  Assets:Current
2024-12-22 * "Lloyd" "charge"
  Expenses:Fees:Bank  4.00 GBP
  Assets:Current
2025-01-04 * "next" "coats"
  Expenses:Printing  70.00 GBP
  Assets:Current
2025-02-04 * "Insura" "extra"
  Expenses:Insurance  10.00 GBP
  Assets:Current
2023-12-31 price WIDE 22.00 GBP
2024-12-31 price WIDE 25.00 GBP
"""


asked = partial(asking.asked, today=TODAY)
rows_of = partial(asking.rows_of, today=TODAY)


def payees(plan: Plan) -> list[str]:
    """The payees that the plan keeps to."""
    return [name for each in plan.filters.mentions for name in each.payees]


def years(plan: Plan) -> list[int]:
    """In which year each side of the plan, or the plan itself, ends."""
    ends = [each.period.end for each in plan.compare] or [plan.period.end]
    return [(end - dt.timedelta(days=1)).year for end in ends if end]


@pytest.mark.parametrize(
    ("question", "payee"),
    [
        ("how much did we spend at me & jo", "Me & Jo"),
        ("list Me & Jo in 2024", "Me & Jo"),
        ("The Co-op payments in 2023", "The Co-op"),
        ("how much went to the co-op", "The Co-op"),
        ("spending at co-op", "The Co-op"),
        ("Print.nl in 2024", "Print.nl"),
        ("what did we hand over to next in 2025", "next"),
    ],
)
def test_a_payee_of_short_words_is_known_in_full(index: Index, question: str, payee: str) -> None:
    plan, _ = asked(index, question)
    assert payees(plan) == [payee]


def test_a_part_of_such_a_name_is_no_payee(index: Index) -> None:
    assert isinstance(plan_question("how much did we spend at jo", (), TODAY, index), Refusal)


@pytest.mark.parametrize("question", ["what did the new shop cost", "how many entries are tagged the new shop"])
def test_a_tag_that_begins_with_an_article(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.tags == ("the-new-shop",)


@pytest.mark.parametrize(
    ("question", "maximum"), [("what did the under-12s cost", None), ("printing under 12", Decimal(12))]
)
def test_an_age_is_no_amount(index: Index, question: str, maximum: Decimal | None) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.maximum == maximum
    assert plan.filters.tags == (("under-12s",) if maximum is None else ())


@pytest.mark.parametrize(
    ("question", "least", "most"),
    [
        ("the payment of 250 in 2024", 250, 250),
        ("payments of exactly 250", 250, 250),
        ("find that 250 payment", 250, 250),
        ("printing, only invoices past 85", 85, None),
        ("payments of 2024", None, None),
        ("payments of 3 clients", None, None),
    ],
)
def test_an_amount_without_its_money(index: Index, question: str, least: int | None, most: int | None) -> None:
    outcome = plan_question(question, (), TODAY, index)
    bounds = (outcome.filters.minimum, outcome.filters.maximum) if isinstance(outcome, Plan) else (None, None)
    assert bounds == (least, most)


@pytest.mark.parametrize(
    "question",
    ["who gave most 2024", "who paid us most 2024", "who gave the most in 2024", "which donor gave most 2024"],
)
def test_a_bare_year_after_most(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert years(plan) == [2024]


@pytest.mark.parametrize(
    "question",
    [
        "who's paid me & how much each in 2024",
        "who paid us and how much each in 2024",
        "who has paid me and how much each, in 2024",
    ],
)
def test_who_paid_and_how_much_each(index: Index, question: str) -> None:
    rows = rows_of(question, index, Measure.SUM)
    assert sorted(row[0] for row in rows) == ["Ada", "Bond"]


@pytest.mark.parametrize(
    ("question", "unit", "rows"),
    [
        ("quarter-end balance of the student loan 2024", Grouping.QUARTER, 4),
        ("student loan balance, month end after month end, in 2024", Grouping.MONTH, 12),
        ("what was left on the ISA, quarter end by quarter end, 2024", Grouping.QUARTER, 4),
        ("month-end balances of the ISA in 2024", Grouping.MONTH, 12),
    ],
)
def test_ends_of_months_are_rows(index: Index, question: str, unit: Grouping, rows: int) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.group_by, plan.compare) == (Measure.BALANCE, (unit,), ())
    assert found.table.row_count == rows


def test_a_year_end_of_a_year_is_that_one(index: Index) -> None:
    plan, _ = asked(index, "year-end balance of the ISA 2023")
    assert not plan.compare
    assert years(plan) == [2023]


@pytest.mark.parametrize(
    "question",
    [
        "did our profit improve from 2023 to 2024",
        "did our profit slip between 2023 and last year",
        "what's the gap between 2023 and 2024 in income",
        "has income grown from last year to 2023",
    ],
)
def test_a_change_between_two_years_has_two_sides(index: Index, question: str) -> None:
    plan, _ = asked(index, question, Scripted())
    apart = sorted(years(plan)) == [2023, 2024] or plan.group_by == (Grouping.YEAR,)
    assert apart


def test_income_between_two_years_is_one_sum(index: Index) -> None:
    plan, _ = asked(index, "what did we earn between 2023 and 2024")
    assert not plan.compare


def test_the_income_statements_of_two_years_stand_apart(index: Index) -> None:
    plan, _ = asked(index, "the auditors of our club want income and expenses for last year beside 2023")
    assert Grouping.YEAR in plan.group_by


@pytest.mark.parametrize(
    "question",
    [
        "what were my shares worth at the end of 2023 compared with the end of 2024",
        "how does what the shares were worth on 31 December 2023 compare with 31 December 2024",
    ],
)
def test_what_shares_were_worth_at_two_times(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.valuation) == (Measure.BALANCE, Valuation.MARKET)
    assert {Decimal(220), Decimal(250)} <= {cell for row in found.table.rows for cell in row}


def test_a_balance_sheet_is_of_one_day(index: Index) -> None:
    plan, _ = asked(index, "balance sheet 2023 vs 2024")
    assert (plan.measure, years(plan)) == (Measure.BALANCE, [2023, 2024])
    assert plan.filters.roots == (Root.ASSETS, Root.LIABILITIES)


@pytest.mark.parametrize(
    "question",
    [
        "i'm in Berlin now and want insurance in 2024",
        "i'm planning next year and need insurance for 2024",
        "need it by tomorrow: insurance in 2024",
        "the treasurer wants it by tonight: insurance 2024",
        "how much is insurance these days, averaged over 2024",
    ],
)
def test_a_time_of_the_talk_is_none_of_the_question(index: Index, question: str) -> None:
    plan, _ = asked(index, question, Scripted())
    assert not plan.compare
    assert years(plan) == [2024]


@pytest.mark.parametrize(
    "question", ["insurance in 2024 and now", "insurance in 2024 and insurance now", "insurance now against 2024"]
)
def test_now_beside_another_time_is_a_side(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert len(plan.compare) == 2


@pytest.mark.parametrize(
    "question", ["printing in 2024, Me & Jo only", "printing in 2024, Me & Jo alone", "printing in 2024, Insura only"]
)
def test_one_alone_narrows(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Expenses:Printing",)
    assert payees(plan) == [question.rpartition(", ")[2].rpartition(" ")[0]]


def test_what_is_not_in_it_is_left_out(index: Index) -> None:
    plan, _ = asked(index, "printing in 2023 against 2024, Me & Jo not in either")
    assert [name for each in plan.filters.exclude_mentions for name in each.payees] == ["Me & Jo"]


@pytest.mark.parametrize("question", ["profit for each tag", "margin for each tag", "profit per project"])
def test_profit_of_each_tag(index: Index, question: str) -> None:
    rows = rows_of(question, index, Measure.NET_INCOME)
    assert [row[0] for row in rows] == ["fair", "under-12s", "the-new-shop"]  # 700 left, 170 and 360 short


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("ins and outs of #fair", Measure.SUM),
        ("ins and outs for each month of 2024", Measure.SUM),
        ("ins & outs of 2024", Measure.INCOME_STATEMENT),
        ("what would my ISA fetch at today's prices", Measure.HOLDINGS),
        ("I meant to pay Insura every month, which did I miss", Measure.GAPS),
        ("which months did I miss with Insura", Measure.GAPS),
        ("anything the checker objects to?", Measure.LEDGER_ERRORS),
        ("2024: earned minus spent equals?", Measure.NET_INCOME),
        ("how many customers paid in 2024", Measure.COUNT),
        ("list what we bought w/ Current in 2024", Measure.LIST),
    ],
)
def test_asked_in_everyday_words(index: Index, question: str, measure: Measure) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is measure


@pytest.mark.parametrize(
    "question", ["do I miss my old flat", "how many customers do we have", "how many members paid"]
)
def test_what_no_entry_tells_is_still_refused(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)


@pytest.mark.parametrize(
    ("question", "measure", "groups"),
    [
        ("Top 3 Händler 2024", Measure.SUM, (Grouping.PAYEE,)),
        ("Jahresergebnisse aller Jahre", Measure.NET_INCOME, (Grouping.YEAR,)),
        ("größte Zahlung eines Kunden seit Januar 2024", Measure.LIST, ()),
        ("wie viele Kunden haben 2024 bezahlt", Measure.COUNT, ()),
        ("welche Aktien hab ich", Measure.HOLDINGS, (Grouping.ACCOUNT,)),
        ("was wird immer wieder abgebucht", Measure.RECURRING, ()),
        ("woher kam letztes Jahr das Geld", Measure.SUM, (Grouping.ACCOUNT,)),
        ("zeig die ganze Buchung vom 9. März 2024 mit Gegenkonto", Measure.LIST, ()),
    ],
)
def test_german_frames(index: Index, question: str, measure: Measure, groups: tuple[Grouping, ...]) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.group_by) == (measure, groups)


@pytest.mark.parametrize(
    "question",
    ["gastos de 2024 quitando Insura", "Ausgaben 2024 ohne die Sachen von Insura"],
)
def test_left_out_in_other_tongues(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert [name for each in plan.filters.exclude_mentions for name in each.payees] == ["Insura"]


@pytest.mark.parametrize("question", ["how many entries in 2024", "how many entries are there in 2024"])
def test_how_many_entries_names_none_that_says_so(index: Index, question: str) -> None:
    plan, found = asked(index, question)
    assert (plan.measure, plan.filters.mentions) == (Measure.COUNT, ())
    assert found.table.rows[0][0] == 11


@pytest.mark.parametrize("question", ["entries on 9 March 2024", "entries of 9 March 2024"])
def test_entries_of_a_time_are_listed(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.unit) == (Measure.LIST, "entry")


@pytest.mark.parametrize(
    "question", ["what did I hold at the end of 2023 and at the end of 2024", "what shares did I hold in 2023 and 2024"]
)
def test_what_was_held_at_two_times(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.measure, plan.group_by, years(plan)) == (Measure.BALANCE, (Grouping.ACCOUNT,), [2023, 2024])


@pytest.mark.parametrize(
    ("question", "sides"), [("insurance September 2024 vs 2024", 2), ("insurance September 2024 vs 2023", 2)]
)
def test_a_month_beside_its_own_year(index: Index, question: str, sides: int) -> None:
    plan, _ = asked(index, question)
    assert len({each.period for each in plan.compare}) == sides


@pytest.mark.parametrize(
    "question",
    [
        "expenses in 2024 split into rent, flour, insurance and so on",
        "expenses in 2024, sorted into rent, tyres and whatever else",
        "split the expenses of 2024: rent, wages, insurance and the rest",
    ],
)
def test_examples_of_the_parts_are_no_names(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.filters.accounts, plan.filters.roots) == ((), (Root.EXPENSES,))
    assert plan.group_by == (Grouping.ACCOUNT,)


def test_what_it_is_for_is_no_name(index: Index) -> None:
    plan, _ = asked(index, "list of assets & liabilities for the Charity Commission return this year")
    assert plan.measure is Measure.BALANCE_SHEET


@pytest.mark.parametrize("question", ["Miete letztes Jahr ohne Optic 2000", "Ausgaben letztes Jahr ohne Optic 2000"])
def test_a_number_in_a_name_is_no_year(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert not plan.compare
    assert [name for each in plan.filters.exclude_mentions for name in each.payees] == ["Optic 2000"]


@pytest.mark.parametrize(
    "question",
    [
        "bank balance",
        "what's my bank balance",
        "balance at the bank at the end of 2024",
        "bank balance month by month",
        "average bank balance in 2024",
        "lowest bank balance",
        "when was the bank balance highest",
    ],
)
def test_a_bank_balance_is_of_no_bank_fees(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.measure is Measure.BALANCE
    assert "Assets:Current" in plan.filters.accounts
    assert "Expenses:Fees:Bank" not in plan.filters.accounts


@pytest.mark.parametrize("question", ["bank fees in 2024", "what did the bank cost in 2024"])
def test_bank_fees_are_such(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert plan.filters.accounts == ("Expenses:Fees:Bank",)


def test_an_average_balance_is_no_average_of_spending(index: Index) -> None:
    plan, _ = asked(index, "average balance in 2024")
    assert (plan.measure, plan.filters.accounts) == (Measure.BALANCE, ("Assets:Current",))


@pytest.mark.parametrize(
    "question",
    [
        "for next year's budget I need insurance for 2024",
        "what did insurance cost in 2024, for next year's budget",
        "I need the insurance of 2024 for next month's meeting",
    ],
)
def test_what_is_planned_asks_for_no_forecast(index: Index, question: str) -> None:
    plan, _ = asked(index, question)
    assert (plan.filters.accounts, years(plan), plan.compare) == (("Expenses:Insurance",), [2024], ())


@pytest.mark.parametrize("question", ["what is next year's budget", "how much is left for next month's budget"])
def test_a_budget_to_come_is_still_declined(index: Index, question: str) -> None:
    assert isinstance(plan_question(question, (), TODAY, index), Refusal)
