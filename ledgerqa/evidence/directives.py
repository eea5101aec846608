"""The directives other than transactions and prices: what the ledger says of itself, listed with dates and places.

Each is a listing: a table of its own, the filters that mean something for it, order and limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ledgerqa.evidence.exact import joined
from ledgerqa.evidence.filters import ALWAYS, Clause, all_of, any_of, mentioned, negated, one_of, subtree, within
from ledgerqa.plan_keys import UNUSED
from ledgerqa.records import Column, Evidence, Order, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Cell

Kind = Literal["text", "date", "number", "currency", "integer"]
_KINDS: dict[str, Kind] = {
    "date": "date",
    "line": "integer",
    "currency": "currency",
    "difference": "number",
    "amount": "number",
}


@dataclass(frozen=True)
class Listing:
    """A listing to be made: `select` gives entry id, date, then a value for each of `columns`.

    A pair of amount columns (`x`, `x_text`) in the select is one column of the table.
    """

    columns: tuple[Column, ...]
    select: str
    clause: Clause
    date: str | None = "d.date"
    newest_first: bool = False
    tie: str = "d.entry_id"


def listed(
    run: Run, listing: Listing, cells: Callable[[tuple[Any, ...]], Sequence[Cell]] = lambda row: row
) -> Evidence:
    """The rows of the listing in the plan's order, with the entries that they are."""
    rows = run.query(
        f"{listing.select} WHERE {listing.clause.sql} ORDER BY {_order(run, listing)}", listing.clause.parameters
    )
    shown = rows[: run.shown]
    dates = [row[1] for row in rows if row[1] is not None]
    entries = dict.fromkeys(row[0] for row in rows if row[0] is not None)
    return Evidence(
        table=Table(
            listing.columns,
            tuple(tuple(cells(row[2:])) for row in shown),
            len(rows),
            truncated=len(shown) < len(rows),
        ),
        entry_ids=tuple(dict.fromkeys(row[0] for row in shown if row[0] is not None))[: run.entry_limit],
        contributing=len(entries),
        row_entries=tuple(row[0] for row in shown),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
    )


def _order(run: Run, listing: Listing) -> str:
    order = run.plan.order or Order("date", descending=listing.newest_first)
    direction = "DESC" if order.descending else "ASC"
    if listing.date is None or order.by == "key":
        return f"3 {direction}, {listing.tie}"
    return f"{listing.date} {direction} NULLS LAST, {listing.tie} {direction}"


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, _KINDS.get(name, "text")) for name in names)


def _said(run: Run, columns: tuple[str, str]) -> Clause:
    """The mentions of the plan, looked for in the two texts that such a directive has."""
    filters = run.plan.filters
    kept = [mentioned(mention, columns) for mention in filters.mentions]
    return all_of([*kept, *(negated(mentioned(mention, columns)) for mention in filters.exclude_mentions)])


def _on_accounts(run: Run, column: str) -> Clause:
    """The accounts and roots of the plan, for a directive that names one account."""
    filters = run.plan.filters
    clauses: list[Clause] = []
    if filters.accounts:
        clauses.append(subtree(filters.accounts, column))
    if filters.exclude_accounts:
        clauses.append(negated(subtree(filters.exclude_accounts, column)))
    if filters.roots:
        chosen = one_of("root", [root.value for root in filters.roots])
        sql = f"{column} IN (SELECT account FROM accounts WHERE {chosen.sql})"
        clauses.append(Clause(sql, chosen.parameters))
    return all_of(clauses)


def _tagged(run: Run) -> Clause:
    filters = run.plan.filters
    clauses: list[Clause] = []
    for table, column, values in (("tags", "tag", filters.tags), ("links", "link", filters.links)):
        if values:
            chosen = one_of(column, values)
            sql = f"d.entry_id IN (SELECT entry_id FROM {table} WHERE {chosen.sql})"
            clauses.append(Clause(sql, chosen.parameters))
    return all_of(clauses)


def gather_events(run: Run) -> Evidence:
    """Events; `plan.key` is the type asked for."""
    kind = one_of("d.type", (run.plan.key,)) if run.plan.key is not None else ALWAYS
    clause = all_of((within(run.plan.period, "d.date"), kind, _said(run, ("d.type", "d.description"))))
    select = "SELECT d.entry_id, d.date, d.date, d.type, d.description FROM events d"
    return listed(run, Listing(_columns("date", "type", "description"), select, clause))


def gather_notes(run: Run) -> Evidence:
    """Notes on accounts."""
    said = _said(run, ("d.comment", "d.account"))
    clause = all_of((within(run.plan.period, "d.date"), _on_accounts(run, "d.account"), said, _tagged(run)))
    select = "SELECT d.entry_id, d.date, d.date, d.account, d.comment FROM notes d"
    return listed(run, Listing(_columns("date", "account", "comment"), select, clause))


def gather_documents(run: Run) -> Evidence:
    """Documents filed to accounts."""
    said = _said(run, ("d.path", "d.account"))
    clause = all_of((within(run.plan.period, "d.date"), _on_accounts(run, "d.account"), said, _tagged(run)))
    select = "SELECT d.entry_id, d.date, d.date, d.account, d.path FROM documents d"
    return listed(run, Listing(_columns("date", "account", "path"), select, clause))


def gather_queries(run: Run) -> Evidence:
    """The ledger's own queries."""
    clause = _said(run, ("d.name", "d.query"))
    select = "SELECT d.entry_id, d.date, d.name, d.query FROM queries d"
    return listed(run, Listing(_columns("name", "query"), select, clause))


def gather_balance_checks(run: Run) -> Evidence:
    """Balance assertions and what each is off by; `plan.failing` keeps those that do not hold."""
    filters = run.plan.filters
    clauses = [within(run.plan.period, "d.date"), _on_accounts(run, "d.account")]
    if filters.currencies:
        clauses.append(one_of("d.currency", filters.currencies))
    if run.plan.failing:
        clauses.append(Clause("(d.difference IS NOT NULL OR d.difference_text IS NOT NULL)"))
    select = (
        "SELECT d.entry_id, d.date, d.date, d.account, d.number, d.number_text, d.currency, d.difference, "
        "d.difference_text FROM balances d"
    )

    def cells(row: tuple[Any, ...]) -> Sequence[Cell]:
        date, account, number, text, currency, off, off_text = row
        wrong = None if off is None and off_text is None else joined(off, off_text)
        return (date, account, joined(number, text), currency, wrong, None if wrong is None else currency)

    columns = _columns("date", "account", "amount", "currency", "difference", "currency")
    return listed(run, Listing(columns, select, all_of(clauses)), cells)


def gather_accounts(run: Run) -> Evidence:
    """Accounts; with `plan.key` "opened", "closed" or "unused" only those that were, in the plan's period.

    Without a key a period keeps the accounts that were open on one of its days.
    """
    plan = run.plan
    clauses = [_on_accounts(run, "d.account"), _said(run, ("d.account", "d.leaf"))]
    if plan.filters.currencies:
        allowed = (Clause("list_contains(d.currencies, ?)", (currency,)) for currency in plan.filters.currencies)
        clauses.append(any_of(allowed))
    if plan.key == UNUSED:
        return _unused(run, all_of(clauses))
    moment = {"opened": "d.open_date", "closed": "d.close_date"}.get(plan.key or "")
    if moment is not None:
        clauses += [Clause(f"{moment} IS NOT NULL"), within(plan.period, moment)]
    elif plan.period:
        clauses += _open_during(plan.period.start, plan.period.end)
    entry = "d.close_entry" if plan.key == "closed" else "coalesce(d.open_entry, d.close_entry)"
    select = (
        f"SELECT {entry}, {moment or 'd.open_date'}, d.account, d.open_date, d.close_date, "
        "array_to_string(d.currencies, ', ') FROM accounts d"
    )
    columns = (
        Column("account", "text"),
        Column("opened", "date"),
        Column("closed", "date"),
        Column("currencies", "text"),
    )
    dated = moment is not None or (plan.order is not None and plan.order.by == "date")
    date = (moment or "d.open_date") if dated else None
    return listed(run, Listing(columns, select, all_of(clauses), date, tie="d.account"))


def _unused(run: Run, clause: Clause) -> Evidence:
    """Accounts open all through the period, and at its end, to which nothing was booked in it; when they last were."""
    period = run.plan.period
    idle = Clause("d.account NOT IN (SELECT p.account FROM postings p)")
    if period:
        booked = within(period)
        idle = Clause(f"d.account NOT IN (SELECT p.account FROM postings p WHERE {booked.sql})", booked.parameters)
    still = Clause("d.open_date IS NOT NULL AND d.close_date IS NULL")
    opened = [Clause("d.open_date < ?", (period.end,))] if period.end else []
    select = (
        "SELECT coalesce(d.open_entry, d.close_entry), d.open_date, d.account, d.open_date, d.close_date,"
        " array_to_string(d.currencies, ', '),"
        " (SELECT max(o.date) FROM postings o WHERE o.account = d.account) FROM accounts d"
    )
    columns = (
        Column("account", "text"),
        Column("opened", "date"),
        Column("closed", "date"),
        Column("currencies", "text"),
        Column("last used", "date"),
    )
    return listed(run, Listing(columns, select, all_of([clause, idle, still, *opened]), None, tie="d.account"))


def _open_during(start: dt.date | None, end: dt.date | None) -> list[Clause]:
    clauses: list[Clause] = []
    if end is not None:
        clauses.append(Clause("d.open_date < ?", (end,)))
    if start is not None:
        clauses.append(Clause("(d.close_date IS NULL OR d.close_date >= ?)", (start,)))
    return clauses


def gather_commodities(run: Run) -> Evidence:
    """Commodities that are declared or used, with their names where metadata gives them."""
    plan = run.plan
    wanted = (plan.commodity,) if plan.commodity is not None else plan.filters.currencies
    clause = one_of("d.currency", wanted) if wanted else ALWAYS
    select = (
        "SELECT d.entry_id, d.date, d.currency, d.name, d.date FROM (SELECT c.entry_id, c.date, "
        "coalesce(c.currency, u.currency) AS currency, (SELECT min(m.value) FROM metadata m "
        "WHERE m.entry_id = c.entry_id AND m.key = 'name') AS name FROM commodities c "
        "FULL JOIN currencies u ON u.currency = c.currency) d"
    )
    columns = (Column("commodity", "text"), Column("name", "text"), Column("declared", "date"))
    return listed(run, Listing(columns, select, clause, None, tie="d.currency"))


def gather_ledger_errors(run: Run) -> Evidence:
    """What Beancount reported when it loaded the ledger."""
    clause = _said(run, ("d.kind", "d.message"))
    select = "SELECT d.entry_id, NULL::DATE, d.file, d.line, d.kind, d.message FROM ledger_errors d"
    return listed(
        run, Listing(_columns("file", "line", "kind", "message"), select, clause, "d.error_id", tie="d.error_id")
    )
