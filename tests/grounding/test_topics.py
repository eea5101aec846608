"""What a reader may write about: entries that the answer leaves out, in words that go with the way of their money."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledgerqa.evidence import gather
from ledgerqa.grounding import cite, sentences
from ledgerqa.grounding.topics import MOST, topics_of
from ledgerqa.grounding.witnesses import witnesses
from ledgerqa.records import Filters, Measure, Mention, Period, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.corpus import Index
    from ledgerqa.fusion.topics import Topic

TODAY = dt.date(2025, 12, 31)
Y2023 = Period(dt.date(2023, 1, 1), dt.date(2024, 1, 1), "2023")
GROCERIES = Plan(Measure.SUM, Filters(accounts=("Expenses:Food:Groceries",)), Y2023)


def topics(plan: Plan, index: Index, said: str | None = None) -> tuple[Topic, ...]:
    evidence = gather(plan, index, TODAY)
    citations = cite(plan, evidence, index)
    headline = " ".join(sentences(plan, evidence, index, citations, "")) if said is None else said
    return topics_of(plan, witnesses(plan, evidence, citations, index), citations, headline, index.digits)


def names(topic: Topic) -> set[str]:
    return {item.text for item in topic.items}


def test_entries_that_a_sum_does_not_name_are_topics(sample_index: Index) -> None:
    found = topics(GROCERIES, sample_index)
    assert len(found) == MOST
    entries = sample_index.entries([topic.entry_id for topic in found])
    for topic, entry in zip(found, entries, strict=True):
        assert topic.opening == f"On {entry.date} you"
        assert {"paid", "spent"} <= topic.words
        assert not topic.words & {"received", "earned", "moved", "from"}
        assert any(text.endswith(" EUR") for text in names(topic))
        assert entry.payee in names(topic)


def test_what_was_said_is_no_topic(sample_index: Index) -> None:
    first = topics(GROCERIES, sample_index)[0]
    [amount] = [text for text in names(first) if text.endswith(" EUR")]
    left = topics(GROCERIES, sample_index, f"{first.opening} paid {amount}.")
    assert first.entry_id not in {topic.entry_id for topic in left}


def test_of_an_entry_that_was_said_the_account_is_left(sample_index: Index) -> None:
    bought = Filters(roots=(Root.EXPENSES,), mentions=(Mention("Tegelhuis", payees=("Tegelhuis Kwarts",)),))
    plan = Plan(Measure.LIST, bought)
    [topic] = topics(plan, sample_index)
    accounts = {text for text in names(topic) if ":" in text}
    assert accounts
    assert all(account.startswith(("Assets:", "Liabilities:")) for account in accounts)
    assert "from" in topic.words
    assert "Tegelhuis Kwarts" not in names(topic)
    assert topics(plan, sample_index, f"2024-05-17, 618.20 EUR from {', '.join(accounts)}.") == ()


def test_parts_of_an_entry_are_not_offered_as_what_was_paid(sample_index: Index) -> None:
    plan = Plan(Measure.SUM, Filters(mentions=(Mention("Tessellate", payees=("Tessellate Studio",)),)), Y2023)
    for topic in topics(plan, sample_index):
        rows = sample_index.query(
            "SELECT abs(number) FROM postings WHERE entry_id = ? AND starts_with(account, 'Expenses:Taxes')",
            [topic.entry_id],
        )
        assert rows
        for (part,) in rows:
            assert not any(text.startswith(f"{part:,.2f} ") for text in names(topic))
        assert "paid" not in topic.words


@pytest.mark.parametrize("measure", [Measure.BALANCE, Measure.NET_WORTH, Measure.HOLDINGS, Measure.PRICE])
def test_one_entry_of_hundreds_behind_a_balance_tells_nothing(sample_index: Index, measure: Measure) -> None:
    assert topics(Plan(measure), sample_index) == ()
