"""Since when open invoices stand, and whose they are: "which invoices are older than 30 days", "the oldest one"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.slots import number_of
from ledgerqa.dialog.language.booked import naming
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Order, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_UNITS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_OLDER: Final = compiled(
    rf"\b(?:older than|more than|over|at least|for|past) (?P<count>\w+) (?P<unit>{'|'.join(_UNITS)})s?\b"
    r"(?! (?:ago|after|before))"
)
AGED: Final = r"\bhow old\b|\bages?\b|\b(?:days?|weeks?|months?|years?) (?:old|overdue)\b|\bolder than\b"
_MOST_TOLD: Final = 8


@dataclass(frozen=True)
class _Open:
    """A link under which something still stands: since when, and of whom."""

    link: str
    day: dt.date
    payee: str


def with_ages(asked: Asked, plan: Plan) -> Plan:
    """The plan of open invoices, link by link, with when each was billed and to whom; of an age, only those.

    As in "the oldest unpaid invoice": that which was billed first, whatever its number.
    """
    if plan.group_by != (Grouping.LINK,):
        return plan
    found = _open(asked, plan)
    if asked.has(r"\boldest\b"):
        if not asked.has(r"\boldest\b.*\b(?:invoice|bill)\b"):
            return replace(plan, order=Order("key"))
        return _the_oldest(plan, found)
    if (least := _least_age(asked)) is not None:
        plan, found = _older_than(least, asked, plan, found)
    if not 0 < len(found) <= _MOST_TOLD:
        return plan
    told = (f"^{each.link} of {each.day.isoformat()}{_age(asked, each)}{_whose(each)}" for each in found)
    return replace(plan, reading=(*plan.reading, *told))


def _older_than(least: int, asked: Asked, plan: Plan, found: list[_Open]) -> tuple[Plan, list[_Open]]:
    """Those billed more than so many days ago; all of them, and that none is so old, where that is so."""
    before = asked.today - dt.timedelta(days=least)
    kept = [each for each in found if each.day < before]
    if not kept:
        return replace(plan, reading=(*plan.reading, f"none of these is older than {least} days")), found
    note = f"older than {least} days = billed before {before.isoformat()}"
    filters = replace(plan.filters, links=tuple(each.link for each in kept))
    return replace(plan, filters=filters, reading=(*plan.reading, note)), kept


def _the_oldest(plan: Plan, found: list[_Open]) -> Plan:
    if not found:
        return replace(plan, order=Order("key"), limit=1)
    first = found[0]
    note = f"the oldest = ^{first.link}, put there on {first.day.isoformat()}{_whose(first, ' for ')}"
    return replace(plan, filters=replace(plan.filters, links=(first.link,)), reading=(*plan.reading, note))


def _least_age(asked: Asked) -> int | None:
    """The days that "older than 30 days" or "over two months" come to; None where no age is said."""
    found = _OLDER.search(asked.said.folded)
    count = (1 if found["count"] in {"a", "an"} else number_of(found["count"])) if found else None
    return None if found is None or count is None else count * _UNITS[found["unit"]]


def _age(asked: Asked, each: _Open) -> str:
    days = (asked.today - each.day).days
    return f" ({days} days ago)" if days > 0 else ""


def _whose(each: _Open, before: str = ", ") -> str:
    return f"{before}{each.payee}" if each.payee else ""


def _open(asked: Asked, plan: Plan) -> list[_Open]:
    """The links under which something stands on the plan's accounts, that of the first bill first."""
    clause, parameters = naming(plan.filters.mentions)
    rows = asked.names.index.query(
        "SELECT l.link, min(p.date), coalesce(arg_min(p.payee, p.date), '') FROM postings p"
        " JOIN links l ON l.entry_id = p.entry_id WHERE p.account IN (SELECT unnest(?))"
        f" AND p.date < coalesce(?, p.date + 1) AND {clause} GROUP BY l.link, p.root"
        " HAVING sum(p.number) * CASE p.root WHEN 'assets' THEN 1 ELSE -1 END > 0 ORDER BY 2, 1",
        [list(plan.filters.accounts), plan.period.end, *parameters],
    )
    return [_Open(*row) for row in rows]
