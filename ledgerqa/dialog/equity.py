"""Plans for what a thing is worth once what is owed on it is taken off: "equity in the house"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.asked import as_of
from ledgerqa.dialog.links import of_roots
from ledgerqa.dialog.loans import all_loans, is_loan
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.asked import Asked
    from ledgerqa.dialog.links import Phrase

_LESS: Final = r"\b(?:minus|less|net of|after|against|without|versus|vs\.?)\b"
_EQUITY: Final = r"\bequity (?:in|of|on)\b|\b(?:home|house|property|flat|car) equity\b"
_STANDING: Final = frozenset(
    {Measure.BALANCE, Measure.NET_WORTH, Measure.HOLDINGS, Measure.SUM, Measure.PRICE, Measure.BALANCE_SHEET, None}
)


def equity(asked: Asked) -> Plan | None:
    """The worth of what is named less the loan that is named with it; None where nothing of the kind is asked for."""
    if asked.intent.measure not in _STANDING or not (asked.has(_EQUITY) or asked.has(_LESS)):
        return None
    phrases = (*asked.said.phrases, *asked.said.excluded)
    owned = next((names for each in phrases if (names := _of(asked, each, Root.ASSETS))), ())
    owed = next((names for each in phrases if (names := _of(asked, each, Root.LIABILITIES))), ())
    if not owed and asked.has(_EQUITY):
        loans = all_loans(asked)
        mortgages = tuple(name for name in loans if "mortgage" in name.lower() or "home" in name.lower())
        owed = mortgages or (loans if len(loans) == 1 else ())
    if not owned or not owed or not all(is_loan(name) for name in owed):
        return None
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    plan = Plan(Measure.NET_WORTH, Filters(accounts=(*owned, *owed)), as_of(asked), group_by=groups)
    note = f"{', '.join(owned)} less {', '.join(owed)}, at market prices"
    return replace(plan, valuation=Valuation.MARKET, reading=(note,))


def _of(asked: Asked, phrase: Phrase, root: Root) -> tuple[str, ...]:
    """The accounts of a root that a phrase names."""
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(asked.names, option.values, (root,))):
            return kept
    return ()
