"""Questions over the books of a garden society that keeps what its bank writes: bounds in words, claims, grants."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.dialog import plan_question
from ledgerqa.evidence import gather
from ledgerqa.grounding.existence import opening
from ledgerqa.records import Clarify, Measure, Plan
from tests.dialog.asking import Scripted, asked
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 9, 30)
LEDGER = """
option "title" "Rookfield Garden Society"
option "operating_currency" "GBP"
2024-01-01 open Assets:Bank:Main
2024-01-01 open Assets:Units
2024-01-01 open Liabilities:Claims:Edda
2024-01-01 open Liabilities:Claims:Joss
2024-01-01 open Assets:OwedToUs:Scouts
2024-01-01 open Income:Interest
2024-01-01 open Income:Grants:Parish
2024-01-01 open Income:Grants:Lottery
2024-01-01 open Income:PlantSale
2024-01-01 open Expenses:PlantSale
2024-01-01 open Expenses:BankFees
2024-01-01 open Expenses:Tools
2024-01-01 open Expenses:Rubbish
2024-01-01 open Expenses:Water
2024-01-01 open Expenses:Uncategorized
2024-01-01 open Expenses:SeedSwap
2024-01-01 open Income:Gifts:Hat

2024-02-01 * "BGC PARISH CNCL 24/1"
  report_due: "2025-01-31"
  Assets:Bank:Main       3000 GBP
  Income:Grants:Parish
2024-03-01 * "BGC LOTTERY AWARD 77"
  Assets:Bank:Main       2000 GBP
  Income:Grants:Lottery
2025-03-01 * "BGC PARISH CNCL 25/9"
  report_due: "2026-02-28"
  Assets:Bank:Main       1000 GBP
  Income:Grants:Parish
2024-03-31 * "GROSS INTEREST"
  Assets:Bank:Main         12 GBP
  Income:Interest
2024-03-31 * "ACCOUNT CHARGES"
  Expenses:BankFees         5 GBP
  Assets:Bank:Main
2024-04-01 * "CARD 11 ROTAVATOR"
  Expenses:Tools         1500 GBP
  Assets:Bank:Main
2024-04-02 * "CARD 11 SPADES"
  Expenses:Tools          200 GBP
  Assets:Bank:Main
2024-05-01 * "CARD 11 HOLTS SKIP & GRAB"
  Expenses:Rubbish        150 GBP
  Assets:Bank:Main
2024-05-12 * "Edda" "string"
  Expenses:Tools           20 GBP
  Liabilities:Claims:Edda
2024-05-20 * "FPO E CLAIM 3"
  Liabilities:Claims:Edda  20 GBP
  Assets:Bank:Main
2025-06-01 * "Joss" "hose"
  Expenses:Tools           35 GBP
  Liabilities:Claims:Joss
2024-06-01 * "CARD 11 GAZEBO"
  Expenses:PlantSale       60 GBP
  Assets:Bank:Main
2024-06-02 * "Plant sale" "stall"
  Assets:Bank:Main        400 GBP
  Income:PlantSale
2024-06-05 * "to the scouts"
  Assets:OwedToUs:Scouts   50 GBP
  Assets:Bank:Main
2024-06-10 * "CARD 11 ELECTRIC MOWER"
  Expenses:Tools           90 GBP
  Assets:Bank:Main
2024-08-20 * "CARD 11 PETROL MOWER"
  Expenses:Tools          310 GBP
  Assets:Bank:Main
2024-08-25 * "REFUND 11 PETROL CAN"
  Expenses:Tools          -15 GBP
  Assets:Bank:Main
2025-01-05 * "DD WATER CO"
  Expenses:Water           30 GBP
  Assets:Bank:Main
2025-02-05 * "DD WATER CO"
  Expenses:Water           32.50 GBP
  Assets:Bank:Main
2025-03-05 * "DD WATER CO"
  Expenses:Water           32.50 GBP
  Assets:Bank:Main
2024-09-07 * "Seed Swap" "hat"
  Assets:Bank:Main         44 GBP
  Income:Gifts:Hat
2024-09-08 * "CARD 11 ENVELOPES"
  Expenses:SeedSwap         9 GBP
  Assets:Bank:Main
2024-09-20 * "CHQ 200317 LATE MRS DALE DONATION"
  Assets:Bank:Main        250 GBP
  Income:Gifts:Hat
2024-10-01 * "FPO BRINE ROOFING SHED" #flood
  Expenses:Tools          600 GBP
  Assets:Bank:Main
2024-10-20 * "BGC MUTUAL CLAIM" #flood
  Assets:Bank:Main        550 GBP
  Income:Gifts:Hat
2024-10-02 document Expenses:Tools "papers/brine-quote.txt"
2024-11-01 * "CARD 11 ZZ*7781"
  Expenses:Uncategorized   12 GBP
  Assets:Bank:Main
2025-01-01 balance Assets:OwedToUs:Scouts 50 GBP
2024-07-01 * "units"
  Assets:Units             10 UNIT {20 GBP}
  Assets:Bank:Main
2025-01-01 price UNIT 25 GBP
2024-08-01 price UNIT 19 GBP
"""


def rows_of(question: str, index: Index, *history: str) -> tuple[Plan, list[list[str]]]:
    plan = plan_question(question, list(history), TODAY, index)
    assert isinstance(plan, Plan), plan
    rows = gather(plan, index, TODAY).table.rows
    return plan, [[f"{cell:f}" if hasattr(cell, "as_tuple") else str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    "question", ["every payment of a thousand pounds or more in 2024", "list expenses of fifteen hundred quid and up"]
)
def test_a_bound_in_words_with_the_limit_after_it(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert plan.measure is Measure.LIST, digest(plan)
    assert [row[-2] for row in found] == ["1500"]


@pytest.mark.parametrize(
    ("question", "count"), [("did we pay for a skip in June 2024?", 0), ("did we hire a skip in May 2024", 1)]
)
def test_a_skip_is_a_thing_and_leaves_nothing_out(question: str, count: int, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert len(found) == count, digest(plan)


@pytest.mark.parametrize("question", ["which members do we still owe and how much", "who do we still owe"])
def test_what_we_owe_is_not_what_we_are_owed(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert [row for row in found if row[1] != "0"] == [["Liabilities:Claims:Joss", "-35", "GBP"]], digest(plan)


@pytest.mark.parametrize("question", ["grants received so far, by funder", "grants per sponsor"])
def test_who_funds_is_told_by_the_accounts_where_no_payee_says_it(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert sorted(row[:2] for row in found) == [
        ["Income:Grants:Lottery", "-2000"],
        ["Income:Grants:Parish", "-4000"],
    ], digest(plan)


@pytest.mark.parametrize(
    "question", ["what is the society worth in pounds today", "what was the society worth at the end of 2024"]
)
def test_the_worth_of_whoever_keeps_the_books(question: str, index: Index) -> None:
    plan, _ = rows_of(question, index)
    assert plan.measure is Measure.NET_WORTH, digest(plan)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("balance sheet as of today for the agm pack, units at what we paid", Measure.BALANCE_SHEET),
        ("surplus for 2024, for the board meeting", Measure.NET_INCOME),
    ],
)
def test_a_meeting_that_it_is_for_is_no_name(question: str, measure: Measure, index: Index) -> None:
    plan, _ = rows_of(question, index)
    assert plan.measure is measure, digest(plan)


def test_a_common_word_before_a_name_is_part_of_it(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.96), "flow": ("spend", 0.88)}, {"bank": "NAME", "interest": "NAME"})
    plan, _ = asked(index, "bank interest last year", model, today=TODAY)
    assert plan.filters.accounts == ("Income:Interest",), digest(plan)


@pytest.mark.parametrize(
    "question",
    [
        "since when is the water 32.50",
        "when did the water go up to £32.50",
        "since when do we pay 32.50 for water",
        "since when is water 32.50 a month",
    ],
)
def test_from_when_on_it_was_so_much(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert [row[0] for row in found] == ["2025-02-05"], digest(plan)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("how much did the plant sale take in 2024", [["-400", "GBP"]]),
        ("how much did the plant sale cost in 2024", [["60", "GBP"]]),
    ],
)
def test_what_something_took_is_income_where_there_is_some(question: str, rows: list[list[str]], index: Index) -> None:
    plan, found = rows_of(question, index)
    assert found == rows, digest(plan)


def test_what_it_took_after_what_it_cost(index: Index) -> None:
    plan, found = rows_of("and what did it take?", index, "what did the plant sale cost us in 2024")
    assert found == [["-400", "GBP"]], digest(plan)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("list what Edda has claimed in 2024", "-20"),
        ("claims made by Joss", "-35"),
        ("how much did Edda claim in 2024", "-20"),
        ("how much have we paid Edda back so far, all her claims", "20"),
        ("no of claims Edda has put in", "1"),
    ],
)
def test_what_a_member_claimed_is_not_what_was_paid_off(question: str, figure: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert len(found) == 1, digest(plan)
    assert figure in found[0]


@pytest.mark.parametrize(
    ("question", "earlier", "row"),
    [
        ("what did they come to", "how many claims has Joss put in", ["-35", "GBP"]),
        ("and how much is that in total?", "list what we spent on water in 2025", ["95", "GBP"]),
    ],
)
def test_what_was_counted_or_listed_is_added_up(question: str, earlier: str, row: list[str], index: Index) -> None:
    plan, found = rows_of(question, index, earlier)
    assert [[f"{float(found[0][0]):g}", found[0][1]]] == [row], digest(plan)


@pytest.mark.parametrize(("name", "said"), [("Joss", "Not in full."), ("Edda", "Yes.")])
def test_whether_somebody_was_paid_back(name: str, said: str, index: Index) -> None:
    question = f"has {name} been paid back"
    plan = plan_question(question, [], TODAY, index)
    assert isinstance(plan, Plan), plan
    assert opening(question, plan, gather(plan, index, TODAY)) == said


@pytest.mark.parametrize(
    "question", ["what did the mower cost", "how much was the grant for", "is that up on last time?"]
)
def test_one_of_several_is_asked_back(question: str, index: Index) -> None:
    assert isinstance(plan_question(question, [], TODAY, index), Clarify)


@pytest.mark.parametrize(
    "question", ["when do we have to report back on the 2025 parish money", "when is the parish report due in 2025"]
)
def test_what_is_due_by_a_day_is_looked_up(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert plan.measure is Measure.METADATA, digest(plan)
    assert [row[-1] for row in found] == ["2026-02-28"]


def test_money_that_came_back_points_at_nothing(index: Index) -> None:
    plan, found = rows_of("money that came back from suppliers in 2024", index)
    assert plan.measure is Measure.LIST, digest(plan)
    assert [row[-2] for row in found] == ["-15"]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("water and skips in 2024 and 2025 together", None),
        ("how much went on bank fees and the gazebo in 2024", [["bank fees", "5", "GBP"], ["gazebo", "60", "GBP"]]),
        ("the gazebo and bank fees in 2024", [["bank fees", "5", "GBP"], ["gazebo", "60", "GBP"]]),
        ("gifts and donations in 2024", [["-844", "GBP"]]),
    ],
)
def test_and_never_narrows(question: str, rows: list[list[str]] | None, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert rows is None or sorted(found) == rows, digest(plan)


@pytest.mark.parametrize("question", ["seed swap hat in 2024", "seed swap hat by year"])
def test_two_names_in_a_row_are_read_so_that_they_meet(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert [row[-2:] for row in found] == [["-44", "GBP"]], digest(plan)


@pytest.mark.parametrize(
    "question",
    ["cheque 200317 - who was that from and what for how much", "who was cheque 200317 from, and how much was it for"],
)
def test_a_long_number_is_looked_for_in_what_is_written(question: str, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert [[row[0], row[-2]] for row in found] == [["2024-09-20", "-250"]], digest(plan)


@pytest.mark.parametrize(
    ("question", "count"), [("did anything cost 20000", 0), ("did anything cost 1500?", 1), ("payments over 200317", 0)]
)
def test_a_bare_number_at_the_end_is_an_amount(question: str, count: int, index: Index) -> None:
    plan, found = rows_of(question, index)
    assert len(found) == count, digest(plan)


def test_payments_that_nobody_could_sort(index: Index) -> None:
    plan, found = rows_of("show the card payments nobody has been able to sort yet", index)
    assert [row[-2] for row in found] == ["12"], digest(plan)


def test_what_happened_at_the_same_time_is_no_question(index: Index) -> None:
    plan, found = rows_of("how much did water cost since february 2025, when the rate went up", index)
    assert found == [["65", "GBP"]], digest(plan)


def test_a_trade_whose_bills_name_no_payee(index: Index) -> None:
    plan, found = rows_of("how much have we paid the roofer", index)
    assert found == [["600", "GBP"]], digest(plan)
    plan, found = rows_of("what paperwork is on file for the roofer", index)
    assert [row[-1] for row in found] == ["papers/brine-quote.txt"], digest(plan)


def test_out_of_pocket_is_what_it_cost_less_what_came_in(index: Index) -> None:
    plan, found = rows_of("how much were we left out of pocket by the flood", index)
    assert found == [["50", "GBP"]], digest(plan)


def test_a_count_at_the_start_of_a_time_is_that_of_its_first_day(index: Index) -> None:
    question = "do the scouts agree with what we counted at the start of january, what was the count?"
    plan, found = rows_of(question, index)
    assert plan.measure is Measure.BALANCE_CHECKS, digest(plan)
    assert [row[:3] for row in found] == [["2025-01-01", "Assets:OwedToUs:Scouts", "50"]]


def test_the_lowest_price_of_what_is_held(index: Index) -> None:
    plan, found = rows_of("lowest price the units have ever had and which day", index)
    assert plan.measure is Measure.PRICE, digest(plan)
    assert found == [["2024-08-01", "UNIT", "19", "GBP"]]
