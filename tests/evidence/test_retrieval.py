"""What is found beside a plan's exact rows: inside its filters, marked with how, and told apart from what contributes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import embed
from ledgerqa.evidence import gather
from ledgerqa.evidence.filters import matching, within
from ledgerqa.evidence.retrieval import BESIDE, retrieve
from ledgerqa.records import Filters, Measure, Order, Period, Plan, Root, Variant
from ledgerqa.samples import sample_ledger
from tests.corpus.hashing import HashingEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

TODAY = dt.date(2025, 12, 31)
Y2023 = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")
Y2024 = Period(dt.date(2024, 1, 1), dt.date(2025, 1, 1), "2024")
GROCERIES = Filters(accounts=("Expenses:Food:Groceries",))
ENCODER = HashingEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("retrieval")
    build(sample_ledger(), folder)
    embed(sample_ledger(), folder, ENCODER)
    with open_index(sample_ledger(), folder) as opened:
        yield opened


def passing(index: Index, filters: Filters, period: Period) -> set[int]:
    clause = matching(filters) & within(period)
    rows = index.query(f"SELECT DISTINCT p.entry_id FROM postings p WHERE {clause.sql}", clause.parameters)
    return {entry for (entry,) in rows}


@pytest.mark.parametrize("encoder", [ENCODER, None])
def test_of_a_sum_all_that_is_found_contributes(index: Index, encoder: HashingEncoder | None) -> None:
    plan = Plan(Measure.SUM, GROCERIES, Y2023)
    evidence = gather(plan, index, TODAY)
    cited = evidence.entry_ids[:10]
    found = retrieve("bread and cheese from the bakery", plan, evidence, cited, index, TODAY, encoder)
    assert set(cited) <= {each.entry.entry_id for each in found}
    assert len(found) <= len(cited) + BESIDE
    assert {each.entry.entry_id for each in found} <= passing(index, GROCERIES, Y2023)
    assert all(each.contributes and each.found_by[0] == "structured" for each in found)
    assert any("sparse" in each.found_by for each in found)
    assert any("dense" in each.found_by for each in found) == (encoder is not None)
    assert all((each.cosine is not None) == ("dense" in each.found_by) for each in found)


def test_what_lies_near_and_does_not_contribute_is_told_apart(index: Index) -> None:
    latest = Plan(Measure.LIST, GROCERIES, Y2024, order=Order("date", descending=True), limit=1)
    evidence = gather(latest, index, TODAY)
    found = retrieve("the latest groceries", latest, evidence, evidence.entry_ids, index, TODAY, ENCODER)
    assert [each.entry.entry_id for each in found if each.contributes] == list(evidence.entry_ids)
    others = [each for each in found if not each.contributes]
    assert 0 < len(others) <= BESIDE
    assert all("structured" not in each.found_by for each in others)
    assert {each.entry.entry_id for each in others} <= passing(index, GROCERIES, Y2024)


def test_both_sides_of_a_comparison_are_searched(index: Index) -> None:
    sides = tuple(Variant(period.label, Filters(), period) for period in (Y2023, Y2024))
    plan = Plan(Measure.SUM, GROCERIES, compare=sides)
    evidence = gather(plan, index, TODAY)
    found = retrieve("groceries in 2023 or 2024", plan, evidence, (), index, TODAY, ENCODER)
    assert {each.entry.date.year for each in found} == {2023, 2024}


def test_a_balance_rests_on_all_that_came_before(index: Index) -> None:
    plan = Plan(Measure.BALANCE, Filters(accounts=("Liabilities:Mortgage",)), Y2024)
    later = Plan(Measure.BALANCE, Filters(accounts=("Assets:Bank",)), Period(dt.date(2025, 1, 1), dt.date(2025, 2, 1)))
    for each in (plan, later):
        found = retrieve("mortgage and savings", each, gather(each, index, TODAY), (), index, TODAY, ENCODER)
        assert found
        assert all(one.contributes and one.entry.date < each.period.end for one in found if each.period.end)
    assert {one.entry.date.year for one in found} - {2025}


def test_of_directives_only_their_kind_is_searched(index: Index) -> None:
    plan = Plan(Measure.NOTES)
    found = retrieve("groceries and the note", plan, gather(plan, index, TODAY), (), index, TODAY, ENCODER)
    assert {each.entry.type for each in found} <= {"note"}
    assert retrieve("errors", Plan(Measure.LEDGER_ERRORS), gather(plan, index, TODAY), (), index, TODAY, ENCODER) == ()


def test_a_question_that_leans_on_another_is_searched_with_its_plans_names(index: Index) -> None:
    plan = Plan(Measure.SUM, Filters(roots=(Root.EXPENSES,), accounts=("Expenses:Health:Sport",)), Y2024)
    evidence = gather(plan, index, TODAY)
    alone = retrieve("and in 2024?", plan, evidence, (), index, TODAY, None)
    after = retrieve("and in 2024?", plan, evidence, (), index, TODAY, None, follows=True)
    assert not [each for each in alone if "sparse" in each.found_by]
    assert [each for each in after if "sparse" in each.found_by]
