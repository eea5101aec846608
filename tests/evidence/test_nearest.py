"""Nearest entries: what fusion makes of three searches, and that filters hold in each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgerqa.corpus import build, open_index
from ledgerqa.corpus.embedding import embed
from ledgerqa.evidence.filters import matching, within
from ledgerqa.evidence.nearest import WEIGHTS, content_words, nearest
from ledgerqa.records import Filters, Mention, Period, Root
from ledgerqa.samples import sample_ledger
from tests.corpus.hashing import HashingEncoder, installed_encoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledgerqa.corpus import Index
    from tests.conftest import MakeLedger

Y2024 = Period(dt.date(2024, 1, 1), dt.date(2025, 1, 1), "in 2024")
ENCODER = HashingEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("nearest")
    build(sample_ledger(), folder)
    embed(sample_ledger(), folder, ENCODER)
    with open_index(sample_ledger(), folder) as opened:
        yield opened


def text_of(index: Index, entry: int) -> str:
    ((text,),) = index.query("SELECT text FROM texts JOIN entries USING (text_id) WHERE entry_id = ?", [entry])
    return str(text)


def passing(index: Index, filters: Filters, period: Period) -> set[int]:
    clause = matching(filters) & within(period)
    rows = index.query(f"SELECT DISTINCT p.entry_id FROM postings p WHERE {clause.sql}", clause.parameters)
    return {entry for (entry,) in rows}


# ----------------------------------------------------------------------------------------------------- entries


@pytest.mark.parametrize("encoder", [ENCODER, None])
def test_what_is_asked_for_comes_first(index: Index, encoder: HashingEncoder | None) -> None:
    found = nearest("what did the pottery evenings at the wheel cost?", index, encoder)
    assert len(found) <= 20
    assert "ten evenings at the wheel" in text_of(index, found[0].entry_id)
    assert found[0].found_by == (("dense", "sparse") if encoder else ("sparse",))
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_a_name_leads_to_the_entries_that_bear_it(index: Index) -> None:
    found = nearest("Pets Insurance", index, ENCODER)
    assert "Snorhaar Polis" in text_of(index, found[0].entry_id)
    assert found[0].sharing > 12  # one text, a month each


def test_the_cosine_is_that_of_the_text(index: Index) -> None:
    for found in nearest("gym membership", index, ENCODER):
        if found.cosine is not None:
            question, text = ENCODER.encode(["gym membership", text_of(index, found.entry_id)])
            assert found.cosine == pytest.approx(float(question @ text), abs=1e-5)


FILTERS = [
    Filters(accounts=("Expenses:Food",)),
    Filters(roots=(Root.EXPENSES,), exclude_accounts=("Expenses:Food",)),
    Filters(mentions=(Mention("Alba Markt", payees=("Alba Markt",)),)),
    Filters(tags=("flat",)),
    Filters(accounts=("Expenses:Nowhere",)),
    Filters(),
]


@pytest.mark.parametrize("period", [Period(), Y2024])
@pytest.mark.parametrize("filters", FILTERS)
def test_filters_and_period_hold_in_each_search(index: Index, filters: Filters, period: Period) -> None:
    kept = passing(index, filters, period)
    for encoder in (ENCODER, None):
        found = nearest("weekly shop, rent and the flat", index, encoder, filters, period, limit=40)
        assert {each.entry_id for each in found} <= kept
        for each in found:
            (sharing,) = index.query(
                "SELECT list(entry_id) FROM entries WHERE text_id = (SELECT text_id FROM entries WHERE entry_id = ?)",
                [each.entry_id],
            )[0]
            assert each.sharing == len(set(sharing) & kept)


def test_everything_that_passes_is_found_where_it_is_little(index: Index) -> None:
    filters = Filters(accounts=("Expenses:Pets:Vet",))
    found = nearest("a helicopter", index, ENCODER, filters, limit=100)
    assert {each.entry_id for each in found} == passing(index, filters, Period())


def test_entries_of_one_text_come_most_recent_first(index: Index) -> None:
    found = nearest("gym membership", index, ENCODER, Filters(accounts=("Expenses:Health:Sport",)), limit=10)
    dates = [entry.date for entry in index.entries([each.entry_id for each in found])]
    assert dates == sorted(dates, reverse=True)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 400), unique=True, max_size=20))
def test_exact_rows_stay_in_their_order_before_all_else(index: Index, exact: list[int]) -> None:
    found = nearest("weekly shop at the market", index, ENCODER, exact=exact, limit=20)
    ours = [each.entry_id for each in found]
    assert set(exact) <= set(ours)
    alone = [each.entry_id for each in found if each.found_by == ("structured",)]
    assert alone == [entry for entry in exact if entry in alone]
    for each in found:
        assert ("structured" in each.found_by) == (each.entry_id in exact)
    if exact:
        assert min(i for i, e in enumerate(ours) if e in exact) == 0


def test_exact_rows_outweigh_the_others_together() -> None:
    assert WEIGHTS["structured"] / (60 + 20) > (WEIGHTS["dense"] + WEIGHTS["sparse"]) / (60 + 1)


def test_vectors_of_another_encoder_are_not_compared(index: Index) -> None:
    other = HashingEncoder("another")
    assert {each.found_by for each in nearest("weekly shop", index, other)} == {("sparse",)}


@pytest.mark.parametrize("text", ["", "?", "how much did I spend", "zyzzyva"])
def test_a_question_without_content_is_no_failure(index: Index, text: str) -> None:
    assert nearest(text, index, None) == () or text == "how much did I spend"
    assert len(nearest(text, index, ENCODER)) <= 20


def test_content_words_leave_out_grammar() -> None:
    assert content_words("how much did I spend on the cats?") in {"cats", "spend cats"}
    assert content_words("how much?") == "how much?"


def test_entries_without_postings_are_found_and_filtered_by_their_date(make_ledger: MakeLedger, data_dir: Path) -> None:
    """
    2023-01-01 open Assets:Bank
    2023-05-01 note Assets:Bank "asked for a new card"
    2024-05-01 note Assets:Bank "new card came at last"
    """
    ledger = make_ledger()
    build(ledger, data_dir)
    embed(ledger, data_dir, ENCODER)
    with open_index(ledger, data_dir) as opened:
        assert len(nearest("new card", opened, ENCODER)) >= 2
        found = nearest("new card", opened, ENCODER, period=Y2024)
        assert [opened.entries([each.entry_id])[0].date.year for each in found] == [2024]
        assert nearest("new card", opened, ENCODER, Filters(accounts=("Assets:Bank",))) == ()


# ------------------------------------------------------------------------------------------- the real encoder


def test_entries_are_found_by_meaning_alone(tmp_path: Path) -> None:
    encoder = installed_encoder(tmp_path)
    build(sample_ledger(), tmp_path)
    embed(sample_ledger(), tmp_path, encoder)
    with open_index(sample_ledger(), tmp_path) as opened:
        for question, words in (("the cost of seeing a dentist", "molar"), ("railway journeys", "Train")):
            found = nearest(question, opened, encoder, Filters(roots=(Root.EXPENSES,)))
            assert any(words in text_of(opened, each.entry_id) and "dense" in each.found_by for each in found)
