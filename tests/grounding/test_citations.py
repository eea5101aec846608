"""What is cited, and that each citation is the entry that stands at its lines."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ledgerqa.grounding import cite
from ledgerqa.records import Evidence, Filters, Grouping, Measure, Order, Period, Plan, Root, Table

if TYPE_CHECKING:
    from ledgerqa.corpus import Index

SPENDING = Filters(roots=(Root.EXPENSES,))


def test_a_figure_cites_all_its_entries_when_few(say: Any) -> None:
    result = say(Plan(Measure.SUM, SPENDING, Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "in 2023")))
    assert result.evidence.contributing == len(result.citations) == 5
    assert [one.id for one in result.citations] == [1, 2, 3, 4, 5]


def test_a_figure_of_many_entries_cites_the_most_telling(orchard: Index, say: Any) -> None:
    result = say(Plan(Measure.NET_WORTH))
    assert result.evidence.contributing == 11
    assert [one.entry.entry_id for one in result.citations] == list(result.evidence.entry_ids[:10])
    assert len(cite(Plan(Measure.NET_WORTH), result.evidence, orchard, most=3)) == 3


def test_a_listing_cites_every_row_however_many(say: Any, sample_index: Index) -> None:
    result = say(Plan(Measure.LIST, SPENDING, limit=40), index=sample_index)
    assert len(result.citations) == len(set(result.evidence.row_entries)) > 10
    assert [one.entry.entry_id for one in result.citations] == list(dict.fromkeys(result.evidence.row_entries))


def test_a_row_said_carries_the_mark_of_its_own_entry(say: Any) -> None:
    result = say(
        Plan(Measure.LIST, Filters(accounts=("Expenses:Food:Market",)), order=Order("amount", descending=True))
    )
    for citation in result.citations:
        (said,) = [part for part in result.text.split("; ") if part.rstrip(".").endswith(f" [{citation.id}]")]
        assert citation.entry.date.isoformat() in said
        assert citation.entry.narration in said


def test_every_citation_is_what_stands_at_its_lines(orchard: Index, say: Any) -> None:
    folder = orchard.ledger.main_file.parent
    for plan in (
        Plan(Measure.LIST, SPENDING),
        Plan(Measure.PRICE, commodity="ORCH", order=Order("date")),
        Plan(Measure.ACCOUNTS),
        Plan(Measure.NOTES),
        Plan(Measure.BALANCE, Filters(accounts=("Assets",)), group_by=(Grouping.ACCOUNT,)),
    ):
        citations = say(plan).citations
        assert citations
        for one in citations:
            lines = (folder / one.entry.file).read_text(encoding="utf-8").splitlines()
            source = "\n".join(lines[one.entry.line - 1 : one.entry.end_line])
            assert source.strip() == one.entry.text.strip()
            assert source.startswith(one.entry.date.isoformat())


def test_nothing_found_cites_nothing(orchard: Index) -> None:
    assert cite(Plan(Measure.SUM), Evidence(Table()), orchard) == ()
