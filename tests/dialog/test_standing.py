"""Questions of what stands, was settled or was in force, over a bakery's ledger, each with the plan it must become."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.records import Plan
from tests.dialog.bakery import BAKERY
from tests.dialog.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2022, 12, 31)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("bakery")
    path = folder / "bakery.beancount"
    path.write_text(BAKERY, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


PLANS = [
    ("what sits in the current account", "balance Assets:Bank:Linde:Current"),
    ("balance of the current acct at the end of 2021", "balance Assets:Bank:Linde:Current ..2022-01-01"),
    ("how much is in the till", "balance Assets:Till"),
    ("how much cash is there at the depot", "balance Assets:Depot:Halma:Cash"),
    ("what's left of the oven loan", "balance Liabilities:OvenLoan"),
    ("total debt at the end of 2021", "balance liabilities ..2022-01-01"),
    ("whose deposits are we holding", "balance Liabilities:Deposits by account"),
    ("what is my ORCH worth at the last price", "holdings assets ORCH by account at market"),
    ("what are our FERN units worth", "holdings assets FERN by account at market"),
    ("what did we gain on the ORCH sale", "sum Income:Gains with Assets:Depot:Halma:ORCH"),
    ("profit from selling ORCH in 2022", "sum Income:Gains with Assets:Depot:Halma:ORCH 2022"),
    ("what was a franc worth in euros on 3 march 2021", "price 2021-03-03..2021-03-04 of CHF in EUR"),
    ("lowest price of ORCH on record", "price order amount limit 1 of ORCH"),
    ("highest quote for ORCH", "price order -amount limit 1 of ORCH"),
    ("when was ORCH at its peak", "price order -amount limit 1 of ORCH"),
    ("CHF to EUR on 2022-02-02", "price 2022-02-02..2022-02-03 of CHF in EUR"),
    ("when did Gasthof Krone pay invoice 2021-07", "list Assets:Receivable:Customers ^invoice-2021-07 -"),
    ("has Gasthof Krone paid everything", "balance Assets:Receivable:Customers <Gasthof Krone> key owed"),
    ("does Gasthof Krone owe us anything", "balance Assets:Receivable <Gasthof Krone> by account"),
    ("how much did Petra send to me in 2021", "sum assets <Petra> -Assets:Receivable:Petra + 2021"),
    ("did Telwind bill us twice in July 2021", "list expenses <Telwind> 2021-07"),
    ("double charges by Telwind", "list expenses <Telwind>"),
    ("do all the balance checks pass", "balance_checks failing"),
    ("did the till ever fail its count", "balance_checks Assets:Till failing"),
    ("where was I on 5 may 2022", "events ..2022-05-06 order -date limit 1 key location"),
    ("when did we move to the cottage", "events /Mill\\ Cottage,\\ Birnau/"),
    ("when did I start working at Kornhaus", "events /Kornhaus/ order date limit 1 key employer"),
    ("who is the guild master since 2022", "events 2022-01-01.. key guild-master"),
    ("who was guild master in 2021", "events 2021 key guild-master"),
    ("when did we change jobs", "events key employer"),
    ("interest on our savings", "sum Income:Interest"),
    ("net worth of the bakery business at the end of 2021", "net_worth ..2022-01-01 at market"),
    ("net worth at the end of 2021 in EUR, depot at market", "net_worth ..2022-01-01 at market into EUR"),
    ("net worth without the van", "clarify: "),
    ("accounts under Assets:Bank", "accounts Assets:Bank"),
    ("total of the bank accounts", "balance Assets:Bank"),
    ("and then?", "clarify: "),
    ("how much was that?", "clarify: "),
    ("is Telwind any good", "refuse"),
    ("how old is the oven loan", "refuse"),
    ("how much do our neighbours earn", "refuse"),
    ("how many loaves were stolen last year", "refuse"),
    ("do we owe anything to anybody", "balance liabilities by account"),
    ("what is 500 CHF in euros", "price of CHF in EUR"),
    ("how much has Petra paid back", "sum assets <Petra> -Assets:Receivable:Petra +"),
    ("principal paid on the oven loan in 2021", "sum Liabilities:OvenLoan + 2021"),
    ("the biggest single charge in 2021", "list expenses + 2021 order -amount limit 1"),
]


@pytest.mark.parametrize(("question", "plan"), PLANS)
def test_what_stands_and_was_settled(index: Index, question: str, plan: str) -> None:
    assert digest(plan_question(question, (), TODAY, index)) == plan


FOLLOW_UPS = [
    (["phone in 2021"], "just show me the entries", "list Expenses:Phone 2021"),
    (["phone in 2021"], "which was the biggest", "list Expenses:Phone + 2021 order -amount limit 1"),
    (["phone in 2021"], "und 2022?", "sum Expenses:Phone 2022"),
    (["phone in 2021"], "et en 2022 ?", "sum Expenses:Phone 2022"),
]


@pytest.mark.parametrize(("history", "question", "plan"), FOLLOW_UPS)
def test_short_follow_ups(index: Index, history: list[str], question: str, plan: str) -> None:
    assert digest(plan_question(question, history, TODAY, index)) == plan


def test_the_month_in_which_fiscal_years_begin_is_that_of_the_settings(index: Index) -> None:
    outcome = plan_question("phone cost in fiscal year 2021-22", (), TODAY, index, fiscal_start=4)
    assert isinstance(outcome, Plan)
    assert (outcome.period.start, outcome.period.end) == (dt.date(2021, 4, 1), dt.date(2022, 4, 1))


def test_what_is_left_out_of_the_net_worth_must_be_an_account(index: Index) -> None:
    """Entries of a payee are no part of what is held: to leave them out would give a number that means nothing."""
    outcome = plan_question("net worth without the van", (), TODAY, index)
    assert not isinstance(outcome, Plan)
