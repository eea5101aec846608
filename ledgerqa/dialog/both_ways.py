"""Plans for money in against money out: of an account its debits and credits, of a tag its income and expenses."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.asked import Asked, happened
from ledgerqa.records import Filters, Measure, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_AND_OUT: Final = re.compile(
    r"\b(?:money |cash )?in (?:and|&|vs\.?|versus|against) (?:money |cash )?out\b"
    r"|\b(?:inflows?|deposits) (?:and|vs\.?|versus|against) (?:outflows?|withdrawals)\b"
    r"|\b(?:came|come|comes|coming|went|go|goes|going|paid) in(?:to it)? (?:and|versus|vs\.?) (?:what )?"
    r"(?:(?:came|went|go|goes|going|paid) )?out\b"
)
_STANDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def both_ways(asked: Asked) -> Plan | None:
    """The two sides; None where nothing says both, or nothing is named (that is the income statement)."""
    if not _IN_AND_OUT.search(asked.said.folded):
        return None
    filters = asked.scope.filters
    if filters.accounts and all(asked.names.by_name[name].root in _STANDING for name in filters.accounts):
        sides = (replace(filters, sign=1), replace(filters, sign=-1))
        return _plan(asked, filters, sides)
    if filters.tags and not filters.accounts:
        return _plan(asked, filters, (replace(filters, roots=(Root.INCOME,)), replace(filters, roots=(Root.EXPENSES,))))
    return None


def _plan(asked: Asked, filters: Filters, sides: Sequence[Filters]) -> Plan:
    compare = tuple(
        Variant(label, each, happened(asked)) for label, each in zip(("money in", "money out"), sides, strict=True)
    )
    return Plan(Measure.SUM, filters, happened(asked), compare=compare, reading=asked.scope.reading)
