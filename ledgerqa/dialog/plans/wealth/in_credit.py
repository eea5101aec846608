"""Who has paid more than they owe: they owe nothing, whatever is added up of all the others.

So they are no part of what is owed to us, and are told where just they are asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import as_of
from ledgerqa.dialog.plans.cash.customers import by_customer
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Grouping, Measure, Mention, Plan, Refusal, Root

if TYPE_CHECKING:
    from decimal import Decimal

    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Period

_SOMEBODY: Final = (
    r"(?:who(?:'?s| is| has| have)?|(?:which|what|any)(?: of (?:the|our|my))?(?: (?!of\b)\w+){1,2}"
    r"|(?:any(?:one|body)|some(?:one|body)))"
)
_IN_CREDIT: Final = (
    rf"\b{_SOMEBODY}\b.*\b(?:in credit(?! cards?\b)|(?:over-?paid|paid (?:us |me )?too much)(?! for\b)"
    r"|paid (?:us |me )?more than (?:they|he|she) (?:owed?|should))\b"
)
_BY_US: Final = (
    r"\b(?:i|we)(?:'?ve| have| had| did)? (?:ever |really )?(?:over-?pa(?:id|y)|pa(?:id|y)|(?:in|'?m|am|are) )"
)
_MOST_NAMED: Final = 3


def without_those_in_credit(plan: Plan, asked: Asked) -> Plan:
    """The balances of who owes us something, less those below zero, which the reading tells; all where all are so."""
    accounts, each = plan.filters.accounts, plan.group_by
    if each not in {(Grouping.ACCOUNT,), (Grouping.PAYEE,)} or _kept_both_ways(accounts, asked):
        return plan
    if plan.filters != Filters(accounts=accounts) or not set(accounts) <= set(people(asked, Root.ASSETS)):
        return plan
    stands = _balances(accounts, plan.period, each[0], asked)
    less = [name for name, amounts in stands.items() if any(number < 0 for number, _ in amounts)]
    if not all(less) or not less or len(less) == len(stands) or any(len(stands[name]) > 1 for name in less):
        return plan
    told = [f"{name}, {-stands[name][0][0]:,.2f} {stands[name][0][1]}" for name in less[:_MOST_NAMED]]
    more = f" and {len(less) - len(told)} more" if len(less) > len(told) else ""
    note = f"left aside, as paid beyond what was owed: {'; '.join(told)}{more}"
    owing = tuple(name for name in accounts if name not in less)
    filters = Filters(accounts=owing)
    if each == (Grouping.PAYEE,):
        filters = Filters(accounts=accounts, exclude_mentions=(Mention("those in credit", payees=tuple(less)),))
    return replace(plan, filters=filters, reading=(*plan.reading, note))


def in_credit(asked: Asked) -> Plan | Refusal | None:
    """As in "who is in credit with us", "which customers have overpaid": the balances below zero, each by itself."""
    every = people(asked, Root.ASSETS)
    if (
        not asked.has(_IN_CREDIT)
        or asked.has(_BY_US)
        or asked.scope.filters.mentions
        or not every
        or _kept_both_ways(every, asked)
    ):
        return None
    named = asked.scope.filters.accounts
    within = tuple(name for name in every if any(f"{name}:".startswith(f"{top}:") for top in named))
    accounts, period = within or every, as_of(asked)
    (each,) = by_customer(asked, accounts, (Grouping.ACCOUNT,))
    each = each if each is Grouping.PAYEE else Grouping.ACCOUNT
    stands = _balances(accounts, period, each, asked)
    less = tuple(name for name, amounts in stands.items() if any(number < 0 for number, _ in amounts))
    if not less:
        return Refusal(
            "Nobody has paid more than they owe, by the accounts of what others owe.", ("Who owes us money?",)
        )
    note = "in credit = what stands below zero on the accounts of what others owe"
    filters = Filters(accounts=less)
    if each is Grouping.PAYEE:
        filters = Filters(accounts=accounts, mentions=(Mention("in credit", payees=less),))
    return Plan(Measure.BALANCE, filters, period, group_by=(each,), reading=(note,))


def _kept_both_ways(accounts: tuple[str, ...], asked: Asked) -> bool:
    """Whether they are tallies between people, on which below zero is as common as above."""
    return not asked.names.booked.tallies().isdisjoint(accounts)


def _balances(
    accounts: tuple[str, ...], period: Period, each: Grouping, asked: Asked
) -> dict[str, list[tuple[Decimal, str]]]:
    """What stands on each of the accounts, or with each payee there, at the end of the period; but for nothing."""
    rows = asked.names.index.query(
        f"SELECT coalesce({each.value}, ''), sum(number), currency FROM postings WHERE account IN (SELECT unnest(?))"
        " AND date < coalesce(?, date + 1) GROUP BY 1, 3 HAVING sum(number) <> 0 ORDER BY 1",
        [list(accounts), period.end],
    )
    found: dict[str, list[tuple[Decimal, str]]] = {}
    for name, number, currency in rows:
        found.setdefault(name, []).append((number, currency))
    return found
