"""A model beside the rules: what it says is heard, weighed, and linked; without one nothing changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import Index, build, open_index
from ledgerqa.dialog import plan_question
from ledgerqa.dialog.intent.forms import fields_of, intent_of
from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.intent.learned import completed, joined
from ledgerqa.dialog.language.vocabulary import vocabulary
from ledgerqa.dialog.understanding.overruling import overruled
from ledgerqa.records import Clarify, Grouping, Measure, Order, Plan, Refusal, Valuation
from ledgerqa.training.phrasings import FIELDS
from tests.dialog.asking import Scripted, understanding
from tests.dialog.bakery import BAKERY

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    "intent",
    [
        Intent(),
        Intent(Measure.SUM, "spend", (Grouping.ACCOUNT, Grouping.MONTH), account_depth=2),
        Intent(Measure.LIST, order=Order("date", descending=True), single=True, key="entry"),
        Intent(Measure.COUNT, count_of="days", sign=-1),
        Intent(Measure.NET_WORTH, valuation=Valuation.COST, convert=True, compare=True),
        Intent(Measure.AVERAGE, "income", per="month"),
        Intent(Measure.BALANCE_CHECKS, failing=True, order=Order("amount")),
    ],
)
def test_an_intent_survives_the_way_to_fields_and_back(intent: Intent) -> None:
    assert intent_of(fields_of(intent)) == intent


def test_every_class_that_is_trained_is_a_class_of_the_intent() -> None:
    for name, classes in FIELDS.items():
        for each in classes:
            if name not in {"outcome", "follow_up"}:
                assert fields_of(intent_of({name: (each,)})) == {name: (each,)}


def test_the_model_says_what_the_rules_leave_open() -> None:
    both = joined(Intent(), understanding("", {"measure": ("recurring", 0.9)}, {}))
    assert both.measure is Measure.RECURRING


def test_payments_that_we_made_are_no_income_and_a_level_that_is_said_holds() -> None:
    heard, rules = Intent(Measure.LIST, "income", single=True), Intent(Measure.LIST, single=True)
    assert overruled(heard, rules, "the largest payment that we ever made", limited=False).flow is None
    assert overruled(heard, rules, "the largest payment that we ever got", limited=False).flow == "income"
    rules = Intent(Measure.INCOME_STATEMENT, group_by=(Grouping.ACCOUNT,), account_depth=2)
    level = overruled(Intent(Measure.INCOME_STATEMENT), rules, "profit and loss, top-level accounts", limited=False)
    assert (level.account_depth, level.group_by) == (2, (Grouping.ACCOUNT,))


def test_the_rules_win_against_a_model_that_is_not_sure() -> None:
    assert joined(Intent(flow="spend"), understanding("", {"flow": ("spend", 0.4)}, {})).flow == "spend"
    assert joined(Intent(), understanding("", {"flow": ("spend", 0.4)}, {})).flow is None


def test_a_grouping_that_was_said_is_kept() -> None:
    said = Intent(Measure.SUM, "income", (Grouping.ACCOUNT,))
    assert joined(said, understanding("", {"measure": ("sum", 0.99), "group": ("account", 0.0001)}, {})).group_by == (
        Grouping.ACCOUNT,
    )


def test_a_unit_that_was_named_is_not_lost() -> None:
    said = Intent(Measure.AVERAGE, per="month")
    both = joined(said, understanding("", {"measure": ("sum", 0.99)}, {}))
    assert (both.measure, both.per) == (Measure.AVERAGE, "month")
    grouped = joined(said, understanding("", {"measure": ("sum", 0.99), "group": ("month", 0.9)}, {}))
    assert (grouped.measure, grouped.group_by) == (Measure.SUM, (Grouping.MONTH,))


def test_a_guess_of_the_rules_counts_for_nothing() -> None:
    guess = Intent(Measure.SUM, group_by=(Grouping.MONTH,), guessed=True)
    assert joined(guess, understanding("", {"measure": ("count", 0.7)}, {})).measure is Measure.COUNT


def test_a_limit_stays_and_is_not_single() -> None:
    both = joined(
        Intent(Measure.LIST, limit=3), understanding("", {"measure": ("list", 0.9), "single": ("yes", 0.9)}, {})
    )
    assert both.limit == 3
    assert not both.single


def test_debts_half_heard_without_a_measure_are_not_heard() -> None:
    both = joined(Intent(), understanding("", {"measure": ("balance", 0.5), "key": ("shared", 0.7)}, {}))
    assert (both.measure, both.key) == (None, None)


def test_what_a_measure_implies_is_completed() -> None:
    assert completed(Intent(Measure.GAPS)).group_by == (Grouping.MONTH,)
    assert completed(Intent(Measure.BALANCE, key="shared")).group_by == (Grouping.ACCOUNT,)
    biggest = Intent(Measure.SUM, order=Order("amount", descending=True), single=True)
    assert completed(biggest).measure is Measure.LIST
    assert completed(replace(biggest, compare=True)).measure is Measure.SUM
    assert completed(Intent(Measure.LIST, group_by=(Grouping.ACCOUNT,))).measure is Measure.SUM


# ------------------------------------------------------------------------------------------- over a whole ledger


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("bakery")
    path = folder / "bakery.beancount"
    path.write_text(BAKERY, encoding="utf-8")
    build(path, folder / "data")
    with open_index(path, folder / "data") as opened:
        yield opened


def planned(question: str, index: Index, model: Scripted | None, *history: str) -> Plan | Clarify | Refusal:
    return plan_question(question, history, TODAY, index, understander=model)


def test_without_a_model_the_rules_read_alone(index: Index) -> None:
    assert planned("how much flour in 2021", index, None) == planned("how much flour in 2021", index, None)
    assert isinstance(planned("how much did we spend on flour in 2021", index, None), Plan)


def test_a_phrasing_that_no_rule_knows_is_planned_by_the_model(index: Index) -> None:
    question = "flour has been bleeding us dry, lay it out monthwise"
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97), "group": ("month", 0.97)}, {"flour": "NAME"})
    plan = planned(question, index, model)
    assert isinstance(plan, Plan)
    assert plan.measure is Measure.SUM
    assert plan.group_by == (Grouping.MONTH,)
    assert plan.filters.accounts == ("Expenses:Flour",)


def test_what_the_model_hears_as_left_out_is_left_out(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"the phone": "EXCLUDE"})
    plan = planned("all we spent in 2021 but skip the phone bit", index, model)
    assert isinstance(plan, Plan)
    assert plan.filters.exclude_accounts == ("Expenses:Phone",)


def test_a_name_that_stands_nowhere_is_told_even_in_small_letters(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"zorbing": "NAME"})
    outcome = planned("what did zorbing set me back", index, model)
    assert isinstance(outcome, Refusal)
    assert "zorbing" in outcome.sentence


def test_ordinary_words_are_no_unknown_names(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"flour": "NAME"})
    outcome = planned("for the guild meeting: flour spend", index, model)
    assert isinstance(outcome, Plan)


def test_what_is_told_before_the_question_names_nothing(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)}, {"flour": "NAME", "2021": "PERIOD"})
    plain = planned("how much flour in 2021", index, model)
    assert isinstance(plain, Plan)
    told = planned("the phone man is here: how much flour in 2021", index, model)
    assert isinstance(told, Plan)
    assert (told.filters, told.period) == (plain.filters, plain.period)


def test_a_year_alone_is_no_name(index: Index) -> None:
    model = Scripted({"measure": ("sum", 0.95), "flow": ("spend", 0.95)}, {"flour": "NAME", "2021": "NAME"})
    plan = planned("individual 2021 flour purchases", index, model)
    assert isinstance(plan, Plan)
    assert plan.period.label == "in 2021"


def test_a_record_low_asks_for_no_change(index: Index) -> None:
    outcome = planned("record low for the price of flour in our books", index, None)
    assert not isinstance(outcome, Refusal) or "changed" not in outcome.sentence
    asked = planned("record flour for 4 EUR in our books", index, None)
    assert isinstance(asked, Refusal)
    assert "changed" in asked.sentence


def test_days_that_nobody_knows_are_told(index: Index) -> None:
    model = Scripted(
        {"measure": ("sum", 0.97), "flow": ("spend", 0.97)}, {"flour": "NAME", "since the oven broke": "PERIOD"}
    )
    plan = planned("flour spend since the oven broke", index, model)
    assert isinstance(plan, Plan)
    assert 'no day is known for "since the oven broke"' in plan.reading


def test_a_model_that_is_sure_refuses_what_no_rule_knows(index: Index) -> None:
    outcome = planned("put the kettle on", index, Scripted({"outcome": ("refuse", 0.97)}))
    assert isinstance(outcome, Refusal)
    assert not isinstance(planned("flour in 2021", index, Scripted({"outcome": ("refuse", 0.5)})), Refusal)


def test_a_model_alone_refuses_no_term_of_art_and_no_key_of_the_ledger(index: Index) -> None:
    sure = Scripted({"outcome": ("refuse", 0.97)})
    assert not isinstance(planned("what is the net worth", index, sure), Refusal)
    key = next(iter(vocabulary(index).keys))
    assert not isinstance(planned(f"{key} for flour", index, Scripted({"outcome": ("change", 0.97)})), Refusal)
