"""What is left of sales once the goods are paid for: gross profit, and as a part of what they sold for, the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.kinds import TOP_DEPTH
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import groups_of, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Period, Plan, Refusal, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_GROSS: Final = r"\bgross (?:trading )?(?:profits?|margins?|loss)\b"
_MARGIN: Final = r"\bmargins?\b(?! (?:accounts?|loans?|calls?|interest|trad(?:ing|es?)|debts?)\b)"
_NO_SALES: Final = frozenset({"capital_gains", "dividends", "interest", "grants", "refunds", "salary", "gifts"})
_PART: Final = r"\bmargins?\b|%|\bper ?cent(?:age)?s?\b"


def gross_profit(asked: Asked) -> Plan | Refusal | None:
    """As in "gross profit 2024", "what margin do we make on parts": income less what the goods sold cost.

    Of what is named, its own two sides.  Where no account tells what goods cost, gross profit is all profit, and said
    to be; of a margin it is said why it cannot be told.
    """
    gross = asked.has(_GROSS)
    if not (gross or (asked.has(_MARGIN) and asked.scope.filters.accounts)):
        return None
    filters = asked.scope.filters
    if filters.mentions or filters.tags or filters.exclude_accounts:
        return None
    goods = accounts_of_group(asked, Root.EXPENSES, "goods")
    named = tuple(
        name
        for each in asked.said.phrases
        for option in each.options
        if option.kind == "account"
        for name in option.values
    )
    earned = of_roots(asked.names, named, (Root.INCOME,)) or tuple(tops_of_sales(asked)) * (not named)
    cost = tuple(name for name in named if f"{name}:".startswith(tuple(f"{each}:" for each in goods)))
    cost = cost if named else goods
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    if gross and not goods and not asked.has(_PART):
        note = "all expenses are taken off: no account here tells what goods sold cost, and so gross profit from net"
        return ordered(Plan(Measure.NET_INCOME, filters, happened(asked), group_by=groups, reading=(note,)), asked)
    if not earned or not cost:
        reason = f"No account of this ledger tells what the goods sold under {', '.join(earned)} cost."
        return Refusal(reason, ("What was the gross profit?",)) if earned and named and asked.has(_MARGIN) else None
    note = f"gross profit = {', '.join(earned)} less {', '.join(cost)}"
    if asked.has(_PART) and not groups:
        sides = (
            Variant("gross profit", Filters(accounts=(*earned, *cost)), Period()),
            Variant("sales", Filters(accounts=earned), Period()),
        )
        return Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=(note,))
    plan = Plan(
        Measure.NET_INCOME, Filters(accounts=(*earned, *cost)), happened(asked), group_by=groups, reading=(note,)
    )
    return ordered(plan, asked)


def tops_of_sales(asked: Asked) -> list[str]:
    """The accounts just below the root of income that sell something: no dividends, gains or grants."""
    tops = (each for each in asked.names.accounts if each.root is Root.INCOME and each.depth == TOP_DEPTH)
    return [each.name for each in tops if not groups_of(each) & _NO_SALES]
