"""LIST with the pick "settled": of invoices that were paid, link by link, how many days that took."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import quotient, total
from ledgerqa.evidence.run import either, sides
from ledgerqa.records import Column, Evidence, Fact, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.evidence.run import Run

_INVOICES = (
    Column("date", "date"),
    Column("paid", "date"),
    Column("payee", "text"),
    Column("link", "text"),
    Column("days", "integer"),
)
_PAYEES = (Column("payee", "text"), Column("days", "number"), Column("invoices", "integer"))

_PAID = (
    "(EXISTS (FROM postings o WHERE o.entry_id = p.entry_id AND o.root = 'assets' AND o.account <> p.account)"
    " OR NOT EXISTS (FROM postings o WHERE o.entry_id = p.entry_id AND o.root IN ('expenses', 'income'))"
    " OR (p.root = 'liabilities' AND EXISTS (FROM postings o WHERE o.entry_id = p.entry_id"
    " AND o.root = 'liabilities' AND o.account <> p.account AND o.number < 0)))"
)  # by money, less a fee, by a card, or set off against another debt; not written off, nor credited

Row = tuple["dt.date", "dt.date", str, str, int, int]


def gather_settled(run: Run) -> Evidence:
    """A row for each invoice billed in the period and paid since, or each payee's average with the plan's grouping.

    The facts have the average of all, how many they are, the fewest days and the most.  What was given up as lost, or
    credited, was never paid.
    """
    clause = either(sides(run.plan))
    rows: list[Row] = run.query(
        "WITH own AS (SELECT p.account, l.link, p.entry_id, p.date, p.number, p.root, coalesce(p.payee, '') AS payee"
        f" FROM postings p JOIN links l ON l.entry_id = p.entry_id WHERE {clause.sql}),"
        " billed AS (SELECT account, link, arg_min(payee, date) AS payee, min(date) AS day, min(entry_id) AS entry"
        " FROM own WHERE (number > 0) = (root = 'assets') GROUP BY 1, 2),"
        " moved AS (SELECT p.account, l.link, p.number, p.currency, p.date, p.entry_id, p.payee,"
        f" (p.number < 0) = (p.root = 'assets') AS off, {_PAID} AS paid FROM postings p"
        " JOIN links l ON l.entry_id = p.entry_id)"
        " SELECT b.day, max(m.date) FILTER (m.off),"
        " coalesce(nullif(b.payee, ''), arg_max(m.payee, m.date) FILTER (m.off), ''), b.link, b.entry,"
        " arg_max(m.entry_id, m.date) FILTER (m.off) FROM billed b JOIN moved m"
        " ON m.account = b.account AND m.link = b.link GROUP BY b.day, b.payee, b.link, b.entry"
        " HAVING sum(m.number) = 0 AND count(DISTINCT m.currency) = 1 AND bool_and(m.paid) FILTER (m.off)"
        " AND max(m.date) FILTER (m.off) >= b.day"
        " ORDER BY 1, 4",
        clause.parameters,
    )
    days = [(row[1] - row[0]).days for row in rows]
    table, marks = _by_payee(run, rows, days) if run.plan.group_by else _one_by_one(run, rows, days)
    told = {row[0] for row in table.rows} if run.plan.group_by and run.plan.limit else {row[2] for row in rows}
    entries = tuple(dict.fromkeys(entry for row in rows if row[2] in told for entry in row[4:6]))
    return Evidence(
        table=table,
        facts=_facts(days),
        entry_ids=entries[: run.entry_limit],
        contributing=len(entries),
        row_entries=marks,
        first_date=min((row[0] for row in rows), default=None),
        last_date=max((row[1] for row in rows), default=None),
    )


def _one_by_one(run: Run, rows: Sequence[Row], days: Sequence[int]) -> tuple[Table, tuple[int, ...]]:
    cells = tuple((*row[:4], each) for row, each in zip(rows, days, strict=True))
    table = Table(_INVOICES, cells[: run.shown], len(cells), truncated=len(cells) > run.shown)
    return table, tuple(row[4] for row in rows[: run.shown])


def _by_payee(run: Run, rows: Sequence[Row], days: Sequence[int]) -> tuple[Table, tuple[int, ...]]:
    of_each: dict[str, list[int]] = {}
    for row, each in zip(rows, days, strict=True):
        of_each.setdefault(row[2], []).append(each)
    order = run.plan.order
    ranked = sorted(
        ((payee, _mean(own), len(own)) for payee, own in of_each.items()),
        key=lambda row: row[1],
        reverse=order is None or order.descending,
    )
    shown = tuple(ranked[: run.shown])
    return Table(_PAYEES, shown, len(ranked), truncated=len(shown) < len(ranked)), ()


def _mean(days: Sequence[int]) -> Decimal:
    return quotient(total([Decimal(each) for each in days]), Decimal(len(days)))


def _facts(days: Sequence[int]) -> tuple[Fact, ...]:
    if not days:
        return ()
    whole = {"settled_count": len(days), "fewest": min(days), "most": max(days)}
    return (Fact("settled_mean", _mean(days)), *(Fact(name, Decimal(number)) for name, number in whole.items()))
