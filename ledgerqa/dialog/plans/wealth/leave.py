"""Hours and days of leave that are booked like money: "vacation hours left"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import as_of
from ledgerqa.records import Filters, Grouping, Measure, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_LEAVE: Final = (
    r"\b(?:vacation|annual leave|pto|paid time off|time off|days off)\b"
    r"|\b(?:holidays?|leave) (?:hours?|days?)\b|\b(?:hours?|days?) of (?:leave|holidays?)\b"
)
_STANDS: Final = (
    r"\b(?:left|remaining|remain|balance|saved up|accrued|unused|outstanding"
    r"|do (?:i|we) (?:still )?have|have (?:i|we))\b"
)
_MOVED: Final = r"\b(?:cost|spen[dt]|pa(?:y|id)|money|use[ds]?|t(?:ake|ook|aken)|trips?|earn(?:ed)?)\b"


def leave_left(asked: Asked) -> Plan | None:
    """What stands on the accounts of leave; None where none is kept, or what was taken is asked for."""
    if not (asked.has(_LEAVE) and asked.has(_STANDS)) or asked.has(_MOVED):
        return None
    accounts = asked.names.booked.leave()
    if not accounts:
        return None
    named = tuple(name for name in asked.scope.filters.accounts if name in accounts) or accounts
    groups = (Grouping.ACCOUNT,) if len(named) > 1 else ()
    return Plan(Measure.BALANCE, Filters(accounts=named), replace(as_of(asked), start=None), group_by=groups)
