"""How often something is booked: the interval at which it comes round, or the days between two on average."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.evidence.recurring import FEWEST, cadence_of
from ledgerqa.evidence.run import either, sides
from ledgerqa.records import Fact

if TYPE_CHECKING:
    from ledgerqa.evidence.run import Run

_TWO: Final = 2
_SEVERAL: Final = 5  # days of which an average interval tells something


def rhythm(run: Run) -> tuple[Fact, ...]:
    """The facts of one count of entries: whole days between two with the name of a cadence, and days to one place.

    `rhythm` is there where several days tell one; `days_between` wherever there are two days.
    """
    plan = run.plan
    if plan.group_by or plan.compare or plan.count_of != "entries":
        return ()
    clause = either(sides(plan))
    rows = run.query(f"SELECT DISTINCT p.date FROM postings p WHERE {clause.sql} ORDER BY p.date", clause.parameters)
    days = [row[0] for row in rows]
    if len(days) < _TWO:
        return ()
    between = Decimal((days[-1] - days[0]).days) / (len(days) - 1)
    apart = Fact("days_between", between.quantize(Decimal("0.1"), ROUND_HALF_UP), "")
    cadence = cadence_of(days) if len(days) >= FEWEST else None
    if cadence is None and len(days) < _SEVERAL:
        return (apart,)
    whole = between.quantize(Decimal(1), ROUND_HALF_UP)
    return (Fact("rhythm", whole, "", (), cadence.name if cadence else ""), apart)
