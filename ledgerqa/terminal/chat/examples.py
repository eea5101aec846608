"""Questions to begin with, made from what this ledger really holds, each tried before it is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledgerqa.corpus import Index

MOST: Final = 6


def examples(index: Index, today: dt.date, fiscal_start: int | None = None) -> Iterator[str]:
    """At most six questions that this ledger answers with figures, each of another kind."""
    from ledgerqa.agent import attempt

    given = 0
    for question in candidates(index):
        answer = attempt(question, index, today, fiscal_start=fiscal_start)
        if answer.status == "answered" and answer.citations:
            yield question
            given += 1
            if given == MOST:
                return


def candidates(index: Index) -> Iterator[str]:
    """Questions about the last year that has bookings throughout, and about names that are much used."""
    first, last = index.ledger.first_date, index.ledger.last_date
    year = last.year if last.month == 12 or first.year == last.year else last.year - 1
    spent = _most(index, "expenses", year)
    if spent:
        yield f"How much did I spend on {_leaf(spent[0])} in {year}?"
        yield f"Spending by category in {year}"
    for (payee,) in index.query(
        "SELECT payee FROM postings WHERE payee <> '' AND root = 'expenses' AND year(date) = ?"
        " AND payee NOT IN (SELECT payee FROM postings WHERE root = 'income' AND payee <> '')"
        " GROUP BY payee ORDER BY count(*) DESC, payee LIMIT 1",
        [year],
    ):
        yield f"When did I last pay {payee}?"
    if len(spent) > 1:
        yield f"{_leaf(spent[1])} by month in {year}"
    for (tag,) in index.query("SELECT tag FROM tags GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 1"):
        yield f"What did #{tag} cost?"
    yield f"What was my net worth at the end of {year}?"
    yield from (f"How much {_leaf(account)} did I get in {year}?" for account in _most(index, "income", year)[:1])
    yield "What are my biggest expenses?"
    yield "Which payments come every month?"


def _most(index: Index, root: str, year: int) -> list[str]:
    """The accounts of this type with the most postings in the year."""
    rows = index.query(
        "SELECT account FROM postings WHERE root = ? AND year(date) = ? GROUP BY account"
        " ORDER BY count(*) DESC, account LIMIT 4",
        [root, year],
    )
    return [account for (account,) in rows]


def _leaf(account: str) -> str:
    return account.rpartition(":")[2]
