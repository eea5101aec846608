"""Since when something has been owed: beside what each still owes, the day from which it has stood.

As in "who owes us money and since when", "since when does the café owe us", "who has owed us the longest".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below, naming
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Root

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.plans.asked import Asked

_SINCE: Final = r"\b(?:since|from|as of) when\b|\b(?:for )?how (?:long|old|late|many days)\b|\b(?:longest|oldest)\b"
_THE_FIRST: Final = r"\b(?:longest|oldest)\b"
_GROUPS: Final = frozenset({(), (Grouping.PAYEE,), (Grouping.ACCOUNT,)})
_MOST_TOLD: Final = 8
_NOTHING: Final = Decimal()


def told_since(plan: Plan, asked: Asked) -> Plan:
    """The plan with since when each of those owes, or is owed, where that is asked."""
    if plan.measure is not Measure.BALANCE or plan.compare or plan.group_by not in _GROUPS or not asked.has(_SINCE):
        return plan
    owing = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES))
    accounts = plan.filters.accounts
    if not accounts or not all(any(f"{one}:".startswith(f"{name}:") for one in owing) for name in accounts):
        return plan
    days = sorted((day, key) for key, day in _standing(asked, plan).items())
    if not days:
        return plan
    first, whose = days[0]
    if asked.has(_THE_FIRST) and plan.group_by:
        note = f"owed the longest = {whose}, since {_told(asked, first)}"
        return replace(_only(plan, whose), reading=(*plan.reading, note))
    told = ", ".join(f"{key} {_told(asked, day)}" for day, key in days[:_MOST_TOLD])
    return replace(plan, reading=(*plan.reading, f"owed since = {told}"))


def left_open(asked: Asked) -> Plan | None:
    """As in "since when is the school's open": of a customer or supplier no account is opened, but a bill is open."""
    mentions = tuple(each for each in asked.scope.filters.mentions if each.payees)
    owing = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES))
    booked = of_those(asked, mentions, owing) if mentions else ()
    if not booked or not asked.has(_SINCE):
        return None
    filters = Filters(accounts=booked, mentions=mentions)
    plan = Plan(Measure.BALANCE, filters, group_by=(Grouping.ACCOUNT,), reading=asked.scope.reading)
    return told_since(plan, asked)


def _told(asked: Asked, day: dt.date) -> str:
    days = (asked.today - day).days
    return f"{day.isoformat()} ({days} days)" if days > 0 else day.isoformat()


def _only(plan: Plan, whose: str) -> Plan:
    """The plan for one of its payees or accounts."""
    if plan.group_by == (Grouping.ACCOUNT,):
        return replace(plan, filters=replace(plan.filters, accounts=(whose,)))
    return replace(plan, filters=replace(plan.filters, mentions=(Mention(whose, payees=(whose,)),)))


def _standing(asked: Asked, plan: Plan) -> dict[str, dt.date]:
    """By payee or account the day of the first bill that still stands, whole or in part.

    A payment is of the bill under its link; without links the balance tells, which stood at nothing before.
    """
    clause, parameters = naming(plan.filters.mentions)
    below, within = at_or_below(plan.filters.accounts)
    told_by = "account" if plan.group_by == (Grouping.ACCOUNT,) and not plan.filters.mentions else "payee"
    rows = asked.names.index.query(
        f"SELECT coalesce(nullif({told_by}, ''), account), currency, date,"
        " CASE root WHEN 'liabilities' THEN -number ELSE number END,"
        " coalesce((SELECT min(link) FROM links l WHERE l.entry_id = p.entry_id), '')"
        f" FROM postings p WHERE {below} AND {clause} AND date < coalesce(?, date + 1) ORDER BY date, posting_id",
        [*within, *parameters, plan.period.end],
    )
    moves: dict[tuple[str, str], list[tuple[dt.date, Decimal, str]]] = defaultdict(list)
    for key, currency, day, number, link in rows:
        moves[key, currency].append((day, number, link))
    found: dict[str, dt.date] = {}
    for (key, _), each in moves.items():
        if (day := _since(each)) is not None:
            found[key] = min(day, found.get(key, day))
    return found


def _since(moves: list[tuple[dt.date, Decimal, str]]) -> dt.date | None:
    """The day of the first bill of which something is still to be paid; None where nothing is."""
    of_link: dict[str, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    for day, number, link in moves:
        of_link[link].append((day, number))
    stands = {link: sum((number for _, number in each), _NOTHING) for link, each in of_link.items()}
    if sum(stands.values()) <= 0:
        return None
    if any(number < 0 for number in stands.values()):  # paid under another link, or none
        return _first_unpaid([(day, number) for day, number, _ in moves])
    return min(_first_unpaid(of_link[link]) for link, number in stands.items() if number > 0)


def _first_unpaid(moves: list[tuple[dt.date, Decimal]]) -> dt.date:
    """Whatever was paid, it paid off the oldest first."""
    left = -sum((number for _, number in moves if number < 0), _NOTHING)
    for day, number in moves:
        left -= max(number, _NOTHING)
        if left < 0:
            return day
    return moves[-1][0]
