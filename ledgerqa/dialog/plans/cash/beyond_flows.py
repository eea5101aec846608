"""What entries come to that neither earn nor spend: bills for stock, what owners draw, what is moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.booked import naming
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.cash.settling_time import settled_on
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledgerqa.dialog.plans.asked import Asked

_ADDED: Final = frozenset({Measure.SUM, Measure.AVERAGE})
_PAID: Final = r"\b(?:pa(?:y|ys|id|yments?)|settled)\b"


def beyond_flows(
    filters: Filters, asked: Asked, measure: Measure, there: Mapping[Root, int]
) -> tuple[Filters, Literal["posting", "entry"], tuple[str, ...]]:
    """As in "what did we spend at Madgett", whose bills are for stock; "what did Fergus take out" of the business.

    Bills are told as they were put on what is owed; what is booked against equity alone, as that; else what moved on
    liabilities, or the entries themselves.
    """
    if measure is not Measure.LIST and filters.mentions and all(each.payees for each in filters.mentions):
        billed = of_those(asked, filters.mentions, settled_on(asked.names, Root.LIABILITIES))
        if billed and asked.intent.flow != "income" and not filters.sign:
            owed = ", ".join(billed)
            if asked.has(_PAID):
                return replace(filters, accounts=billed, sign=1), "posting", (f"what was paid off {owed}",)
            note = f"what their bills put on {owed}: they touch no expenses, being for what is kept"
            return replace(filters, accounts=billed, sign=-1), "posting", (note,)
        drawn = _of_equity(asked, filters) if measure is Measure.SUM and not there.get(Root.LIABILITIES) else ()
        if drawn:
            return replace(filters, accounts=drawn), "posting", (f"as booked to {', '.join(drawn)}",)
    if measure in _ADDED and (arrived := _moved_to(asked, filters)):
        note = "these entries move money between own accounts"
        return replace(filters, accounts=arrived, sign=1), "posting", (note,)
    if measure is Measure.LIST or not there.get(Root.LIABILITIES):
        return filters, "entry", ("these entries touch neither income nor expenses",)
    liabilities = replace(filters, roots=(Root.LIABILITIES,))
    return liabilities, "posting", ("these entries touch no expenses: what moved on liabilities is shown",)


def _moved_to(asked: Asked, filters: Filters) -> tuple[str, ...]:
    """As in "total PayPal payments", "to savings, 2024 total": where entries of that name put what they move one way.

    None where they move it both ways, touch anything but own accounts of money, or lend it to somebody.
    """
    if not filters.mentions or filters.sign:
        return ()
    clause, parameters = naming(filters.mentions)
    rows = asked.names.index.query(
        f"SELECT account, root, min(sign(number)), max(sign(number)) FROM postings WHERE {clause} GROUP BY 1, 2",
        parameters,
    )
    lent = people(asked, Root.ASSETS)
    one_way = all(root == "assets" and least == most and name not in lent for name, root, least, most in rows)
    return tuple(sorted(name for name, _, least, _ in rows if least > 0)) if one_way else ()


def _of_equity(asked: Asked, filters: Filters) -> tuple[str, ...]:
    """The accounts of equity of those who are named, where all that they move to or from own accounts is on them."""
    clause, parameters = naming(filters.mentions)
    rows = asked.names.index.query(
        f"SELECT account FROM postings WHERE root = 'equity' AND {clause} GROUP BY 1 HAVING min(number) > 0 ORDER BY 1",
        parameters,
    )
    return tuple(row[0] for row in rows)
