"""The entries that a figure rests on: the most telling first, how many in all, and the days they span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.evidence.filters import magnitude
from ledgerqa.evidence.groups import from_postings
from ledgerqa.evidence.valuation import money_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.evidence.filters import Clause
    from ledgerqa.evidence.groups import Group
    from ledgerqa.evidence.run import Run

POSTINGS_EACH = 4  # of an entry are looked at, on average, for the entries that come first


@dataclass(frozen=True)
class Contribution:
    """`entry_ids` are at most `Run.entry_limit` of the `contributing`; the dates are the first and the last."""

    entry_ids: tuple[int, ...] = ()
    contributing: int = 0
    first_date: dt.date | None = None
    last_date: dt.date | None = None
    postings: int = 0


def contribution(run: Run, clause: Clause, currency: str = "", groups: Sequence[Group] = ()) -> Contribution:
    """The entries of the matching postings: largest amount in `currency` first, then the newest."""
    source = from_postings(groups, clause)
    (entries, first, last, postings), *_ = run.query(
        f"SELECT {count_entries(run)}, min(p.date), max(p.date), count(*) {source.sql}", source.parameters
    )
    if not entries:
        return Contribution()
    telling = None if run.entry_limit is None else _first(run, source, currency, run.entry_limit)
    if telling is None:
        telling = _in_order(run, source, currency)
    return Contribution(tuple(telling), entries, first, last, postings)


def count_entries(run: Run) -> str:
    """The SQL that counts the different entries of `postings p`: each sets its bit.

    Of a million that takes a third of the time that count(DISTINCT) does, and an eighth of a megabyte.
    """
    return f"coalesce(bit_count({entry_bits(run)}), 0)"


def entry_bits(run: Run) -> str:
    """The SQL of a string of bits, one for each entry of the index, that are set where a posting is the entry's."""
    return f"bitstring_agg(p.entry_id, 0, {run.index.info.entries})"


def _first(run: Run, source: Clause, currency: str, limit: int) -> list[int] | None:
    """At most `limit` entries, in order; None where their first postings are not enough to tell.

    The postings that come first are of the entries that come first, and few of them are found without a look at the
    groups of all: an entry's own order is that of its largest posting.
    """
    money = money_of(run.plan)
    size, most = magnitude(money.number), limit * POSTINGS_EACH
    order = "p.date DESC, p.entry_id DESC"
    rows = run.query(
        f"SELECT p.entry_id, {size} AS telling {source.sql} AND p.{money.currency} = ? AND {size} IS NOT NULL "
        f"ORDER BY telling DESC, {order} LIMIT {most}",
        (*source.parameters, currency),
    )
    found = list(dict.fromkeys(row[0] for row in rows))[:limit]
    if len(found) < limit and len(rows) < most:  # those are all that have an amount in this currency
        rows = run.query(
            f"SELECT p.entry_id {source.sql} AND p.entry_id NOT IN (SELECT unnest(?::INTEGER[])) ORDER BY {order} "
            f"LIMIT {most}",
            (*source.parameters, found),
        )
        found = list(dict.fromkeys([*found, *(row[0] for row in rows)]))[:limit]
    return found if len(found) == limit or len(rows) < most else None


def _in_order(run: Run, source: Clause, currency: str) -> list[int]:
    """The entries, in order, by the largest posting of each."""
    money = money_of(run.plan)
    limit = "" if run.entry_limit is None else f" LIMIT {run.entry_limit}"
    rows = run.query(
        f"SELECT p.entry_id, max({magnitude(money.number)}) FILTER (p.{money.currency} = ?) AS telling {source.sql} "
        f"GROUP BY p.entry_id ORDER BY telling DESC NULLS LAST, max(p.date) DESC, p.entry_id DESC{limit}",
        (currency, *source.parameters),
    )
    return [row[0] for row in rows]
