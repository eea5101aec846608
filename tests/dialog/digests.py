"""A plan in one line, for tables of expectations: what it keeps, when, and how it is laid out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledgerqa.records import Clarify, Filters, Plan, Refusal, Valuation

if TYPE_CHECKING:
    from ledgerqa.records import Mention, Outcome, Period


def digest(outcome: Outcome) -> str:
    """As in "sum Expenses:Food 2022 by month order key": everything of a plan but its notes."""
    if isinstance(outcome, Clarify):
        return "clarify: " + ", ".join(choice.label for choice in outcome.choices)
    if isinstance(outcome, Refusal):
        return "refuse"
    return " ".join(part for part in _parts(outcome) if part)


def _parts(plan: Plan) -> list[str]:
    parts = [plan.measure.value, _filters(plan.filters), _period(plan.period)]
    parts += [
        f"[{side.label}: {_filters(side.filters)}{' ' * bool(side.period)}{_period(side.period)}]"
        for side in plan.compare
    ]
    parts += ["by " + ",".join(group.value for group in plan.group_by)] if plan.group_by else []
    parts += [f"depth {plan.account_depth}"] if plan.account_depth else []
    parts += [f"order {'-' * plan.order.descending}{plan.order.by}"] if plan.order else []
    parts += [f"limit {plan.limit}"] if plan.limit else []
    parts += [f"skip {plan.skip}"] if plan.skip else []
    parts += [plan.pick] if plan.pick else []
    parts += ["entries"] if plan.unit == "entry" and plan.measure.value == "list" else []
    parts += [f"of {plan.count_of}"] if plan.count_of != "entries" else []
    parts += [f"per {plan.per}"] if plan.per != "booking" else []
    parts += [f"at {plan.valuation.value}"] if plan.valuation is not Valuation.UNITS else []
    parts += [
        f"{name} {value}"
        for name, value in (("into", plan.convert_to), ("of", plan.commodity), ("in", plan.quote), ("key", plan.key))
        if value
    ]
    return [*parts, "failing" if plan.failing else ""]


def _filters(filters: Filters) -> str:
    parts = [*(root.value for root in filters.roots), *filters.accounts]
    parts += [_mention(each) for each in filters.mentions]
    parts += [f"-{name}" for name in filters.exclude_accounts] + [
        f"-{_mention(each)}" for each in filters.exclude_mentions
    ]
    parts += [f"-#{tag}" for tag in filters.exclude_tags] + [f"-{_period(each)}" for each in filters.exclude_periods]
    parts += [f"#{tag}" for tag in filters.tags] + [f"^{link}" for link in filters.links]
    parts += [f"{each.key}={each.value}" for each in filters.metadata] + list(filters.currencies) + list(filters.flags)
    parts += [f"weekday {day}" for day in filters.weekdays]
    equal = "=" * filters.inclusive
    parts += [f">{equal}{filters.minimum}"] if filters.minimum is not None else []
    parts += [f"<{equal}{filters.maximum}"] if filters.maximum is not None else []
    parts += ["+" if filters.sign > 0 else "-"] if filters.sign else []
    parts += ["with " + ",".join(filters.alongside)] if filters.alongside else []
    parts += ["outgoing"] if filters.outgoing else []
    parts += ["traded"] if filters.traded else []
    parts += ["moving"] if filters.moving else []
    parts += ["unfiled"] if filters.unfiled else []
    return " ".join(parts)


def _mention(mention: Mention) -> str:
    return "".join(f"<{name}>" for name in (*mention.payees, *mention.narrations)) or f"/{mention.pattern}/"


def _period(period: Period) -> str:
    if not period:
        return ""
    start, end = period.start, period.end
    if start and end and (start.month, start.day, end) == (1, 1, dt.date(start.year + 1, 1, 1)):
        return str(start.year)
    if start and end and start.day == 1 and end == (start + dt.timedelta(days=32)).replace(day=1):
        return f"{start:%Y-%m}"
    return f"{start or ''}..{end or ''}"
