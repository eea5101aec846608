"""Who has not paid what others pay: "who hasn't paid their dues this year", where no account says what is owed.

They are those who paid before, or after, and have no entry in that time; without one, in the twelve months to today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below, bearing
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Grouping, Measure, Mention, Period, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_WHO: Final = r"\b(?:who(?:'?s|se)?|which|what|any(?:one|body)?|list|show)\b"
NOT_PAID: Final = (
    r"\b(?:ha(?:s|ve)|d(?:id|oes|o))(?: ?n.?t| not)(?: yet| ever)? (?:yet )?"
    r"(?:pa(?:id|y)|given?|contributed?|renew(?:ed)?)\b"
    r"|\b(?:ha(?:s|ve) yet|still (?:ha(?:s|ve)|needs?)(?: got)?) to (?:pay|give|contribute|renew)\b"
    r"|\b(?:not|never)(?: yet)? paid\b"
)
_WHEN: Final = r"\b(?:which|what|any|how many) (?:days?|weeks?|months?|quarters?|years?)\b"
_BY_US: Final = r"\b(?:i|we|my|our|me|us)\b"
_A_YEAR: Final = dt.timedelta(days=365)


def not_paid(asked: Asked) -> Plan | Refusal | None:
    """What the missing payers paid at other times; None where that is not asked of some income."""
    if asked.key or asked.has(_WHEN) or not (asked.has(_WHO) and asked.has(NOT_PAID)):
        return None
    left_out = (each.best for each in asked.said.excluded if each.best.kind == "account")  # "who didn't pay dues"
    named = asked.scope.filters.accounts or tuple(name for each in left_out for name in each.values)
    accounts = of_roots(asked.names, named, (Root.INCOME,))
    ours = len(accounts) == len(named) or not asked.has(_BY_US)  # "rent" is both paid and received here
    other = of_roots(asked.names, named, (Root.ASSETS, Root.LIABILITIES))  # "who has not paid for the cottage"
    if not accounts or not ours or other or _owed_for(asked, accounts):
        return None
    period = happened(asked)
    if period.start is None:
        period = Period(asked.today - _A_YEAR, asked.today + dt.timedelta(days=1), "in the twelve months to today")
    missing = _missing(asked, accounts, period)
    called = ", ".join(accounts)
    if not missing:
        return Refusal(
            f"Everybody with an entry on {called} has one {period.label}; who else ought to is not booked.", ()
        )
    note = f"not paid {period.label} = payees of {called} with no entry {period.label}; what they paid at other times"
    filters = Filters(accounts=accounts, mentions=(Mention(f"who paid nothing {period.label}", payees=missing),))
    return Plan(Measure.SUM, filters, Period(), group_by=(Grouping.PAYEE,), reading=(note,))


_THEM: Final = (
    r"^(?:and |so )*(?:who|where|(?:which|what|how many) (?:\w+ )?(?:shop|store|place|restaurant|client|customer|member"
    r"|supplier|vendor|merchant|payee|donor|sponsor|tenant|hirer|famil|people|firm|compan)\w*)\b"
)


def payers(plan: Plan, asked: Asked) -> Plan | Refusal | None:
    """As in "which clients came in 2023 but not in 2024": those with no entry in the time that is left out.

    None can be counted where entries bear no payee: "how many members paid dues", collected from all at once.
    """
    counted = plan.measure is Measure.COUNT and plan.count_of == "payees"
    filters = plan.filters
    listed = plan.measure is Measure.LIST and not (plan.group_by or plan.limit)
    if plan.compare or not (counted or listed or plan.group_by == (Grouping.PAYEE,)):
        return None
    if counted and not _paying(asked, filters, plan.period):
        return Refusal("The entries that this asks of name no payee, so nobody can be counted.")
    later = filters.exclude_periods
    apart = plan.period.start and plan.period.end and len(later) == 1 and not _overlap(later[0], plan.period)
    if not apart or not asked.has(_THEM):
        return None
    stayed = tuple(sorted(_paying(asked, filters, plan.period) - _paying(asked, filters, later[0])))
    if not stayed:
        return Refusal(f"Everybody with an entry {plan.period.label} has one {later[0].label}, too.")
    only = Mention(f"no entry {later[0].label}", payees=stayed)
    plan = replace(plan, filters=replace(filters, exclude_periods=(), mentions=(*filters.mentions, only)))
    return replace(plan, measure=Measure.SUM, group_by=(Grouping.PAYEE,), order=None) if listed else plan


def _overlap(one: Period, other: Period) -> bool:
    """Whether some day is in both."""
    after = one.start and other.end and one.start >= other.end
    return not (after or (one.end and other.start and one.end <= other.start))


def _paying(asked: Asked, filters: Filters, period: Period) -> set[str]:
    """The payees of what the filters name that have an entry in the period."""
    (below, within), (named, parameters) = at_or_below(filters.accounts), bearing(filters)
    roots = [each.value for each in filters.roots]
    rows = asked.names.index.query(
        f"SELECT DISTINCT payee FROM postings WHERE {below} AND {named} AND coalesce(payee, '') <> ''"
        " AND (len(?::VARCHAR[]) = 0 OR root IN (SELECT unnest(?::VARCHAR[])))"
        " AND date >= coalesce(?, date) AND date < coalesce(?, date + 1)",
        [*within, *parameters, roots, roots, period.start, period.end],
    )
    return {payee for (payee,) in rows}


def _owed_for(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """Whether that income is put on accounts of what is owed to us, which tell who has not paid."""
    rows = asked.names.index.query(
        "SELECT 1 FROM postings o JOIN postings i USING (entry_id) WHERE o.account IN (SELECT unnest(?::VARCHAR[]))"
        " AND o.number > 0 AND i.account IN (SELECT unnest(?::VARCHAR[])) LIMIT 1",
        [list(people(asked, Root.ASSETS)), list(accounts)],
    )
    return bool(rows)


def _missing(asked: Asked, accounts: tuple[str, ...], period: Period) -> tuple[str, ...]:
    """The payees of these accounts that have no entry in the period."""
    below, within = at_or_below(accounts)
    rows = asked.names.index.query(
        f"SELECT payee FROM postings WHERE {below} AND coalesce(payee, '') <> '' GROUP BY 1"
        " HAVING NOT bool_or(date >= coalesce(?, date) AND date < coalesce(?, date + 1)) ORDER BY 1",
        [*within, period.start, period.end],
    )
    return tuple(row[0] for row in rows)
