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
    source = f"{from_postings(groups)} WHERE {clause.sql}"
    (entries, first, last, postings), *_ = run.query(
        f"SELECT count(DISTINCT p.entry_id), min(p.date), max(p.date), count(*) {source}", clause.parameters
    )
    if not entries:
        return Contribution()
    money = money_of(run.plan)
    limit = "" if run.entry_limit is None else f" LIMIT {run.entry_limit}"
    rows = run.query(
        f"SELECT p.entry_id, max({magnitude(money.number)}) FILTER (p.{money.currency} = ?) AS telling {source} "
        f"GROUP BY p.entry_id ORDER BY telling DESC NULLS LAST, max(p.date) DESC, p.entry_id DESC{limit}",
        (currency, *clause.parameters),
    )
    return Contribution(tuple(row[0] for row in rows), entries, first, last, postings)
