"""Amounts by group and currency: read as exact sums, valued, put in order, and laid out as a table.

What SUM, AVERAGE, the balances and the statements share.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.evidence.exact import ZERO, summed, total
from ledgerqa.evidence.filters import all_of
from ledgerqa.evidence.groups import from_postings, in_two_steps, key_rank, lacks_value, own
from ledgerqa.evidence.valuation import money_of
from ledgerqa.plan_keys import ENDS
from ledgerqa.records import TIME_GROUPINGS, Column, Fact, Grouping, Measure, Order, Root, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from ledgerqa.evidence.groups import Group
    from ledgerqa.evidence.run import Run, Side
    from ledgerqa.records import Cell, Having


_MEANT: Final[dict[Root | None, int]] = {Root.EXPENSES: 1, Root.INCOME: -1, Root.LIABILITIES: -1}
"""The sign of what people count up."""


@dataclass(frozen=True)
class Amount:
    """What one group of one side comes to in one currency.  `via` is the currency of its cost, where that matters."""

    side: str | None
    keys: tuple[Cell, ...]
    number: Decimal
    currency: str
    postings: int = 0
    via: str | None = None


def read(run: Run, side: Side, groups: Sequence[Group]) -> list[Amount]:
    """The exact sums of the side's postings by group and currency (and cost's currency where values need it)."""
    money = money_of(run.plan)
    columns = [f"p.{money.currency} AS unit", *(["p.cost_currency AS via"] if money.via else [])]
    text = f"p.{money.number}_text"
    aggregates = {
        f"sum(p.{money.number}) AS total": "sum(total) AS total",
        f"list({text}) FILTER ({text} IS NOT NULL) AS beyond": (
            "flatten(list(beyond) FILTER (beyond IS NOT NULL)) AS beyond"
        ),
        "count(*) AS postings": "sum(postings)::BIGINT AS postings",
    }
    clause = all_of((side.clause, own(groups, run.plan.filters)))
    rows = run.query(*in_two_steps(groups, columns, aggregates, from_postings(groups, clause)))
    width = len(groups)
    return [
        Amount(
            side.label,
            row[:width],
            summed(row[-3], row[-2]),
            row[width],
            row[-1],
            row[width + 1] if money.via else None,
        )
        for row in rows
        if row[width] is not None
    ]


def valued(run: Run, amounts: Iterable[Amount], at: dt.date | None) -> tuple[list[Amount], tuple[str, ...]]:
    """The amounts as the plan values them at a day, and the currencies for which it found no rate."""
    unconverted: set[str] = set()
    results: list[Amount] = []
    for amount in amounts:
        number, currency, known = run.rates.valued(run.plan, amount.number, amount.currency, amount.via, at)
        if not known and amount.number:
            unconverted.add(amount.currency)
        results.append(replace(amount, number=number, currency=currency, via=None))
    return merged(results), tuple(sorted(unconverted))


def merged(amounts: Iterable[Amount]) -> list[Amount]:
    """One amount for each side, group and currency, in the order in which they first appear."""
    gathered: dict[tuple[str | None, tuple[Cell, ...], str], list[Amount]] = {}
    for amount in amounts:
        gathered.setdefault((amount.side, amount.keys, amount.currency), []).append(amount)
    return [same[0] if len(same) == 1 else _joint(same) for same in gathered.values()]


def _joint(same: Sequence[Amount]) -> Amount:
    return replace(
        same[0], number=total(amount.number for amount in same), postings=sum(amount.postings for amount in same)
    )


def totals(amounts: Iterable[Amount]) -> list[Amount]:
    """The totals of each side in each currency, over all groups."""
    return merged(replace(amount, keys=()) for amount in amounts)


def default_order(groups: Sequence[Group]) -> Order:
    """Calendar spans and weekdays run forward; anything else is listed from the greatest amount down."""
    timely = any(group.grouping in TIME_GROUPINGS or group.grouping is Grouping.WEEKDAY for group in groups)
    return Order("key") if timely else Order("amount", descending=True)


def arranged(run: Run, groups: Sequence[Group], amounts: Sequence[Amount]) -> list[Amount]:
    """In the plan's order; under it by side, currency and key, so that equal rows always come out alike."""
    order = run.plan.order or default_order(groups)
    if order.by == "date" and not any(group.grouping in TIME_GROUPINGS for group in groups):
        order = default_order(groups)
    ranks = run.currency_ranks
    labels = {variant.label: place for place, variant in enumerate(run.plan.compare)}

    def by_currency(amount: Amount) -> tuple[int, str]:
        return (ranks.get(amount.currency, len(ranks)), amount.currency)

    def by_key(amount: Amount) -> tuple[tuple[bool, Cell], ...]:
        keys = (key_rank(group, key) for group, key in zip(groups, amount.keys, strict=True))
        return tuple((key is not None, key) for key in keys)

    turn = _turn(run, amounts)

    def by_size(amount: Amount) -> Decimal:
        return turn * amount.number if turn else abs(amount.number)

    rows = sorted(amounts, key=by_key)
    if run.plan.limit_by is not None:
        rows = _stable(rows, by_size, descending=order.descending)
        rows.sort(key=by_currency)
        rows.sort(key=lambda amount: _whose(run, groups, amount))
    elif order.by == "amount":
        rows = _stable(rows, by_size, descending=order.descending)
        rows.sort(key=by_currency)
    else:
        rows = _stable(rows, by_size, descending=True)
        rows.sort(key=by_currency)
        rows = _stable(rows, lambda amount: _leading(groups, by_key(amount)), descending=order.descending)
    if not any(group.grouping in TIME_GROUPINGS for group in groups):
        rows.sort(key=lambda amount: lacks_value(groups, amount.keys))  # told apart, after all that bears one
    return sorted(rows, key=lambda amount: labels.get(amount.side or "", 0))


def without_unlabelled(run: Run, groups: Sequence[Group], amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts that are ranked or kept to limits: what bears no value under the key that is grouped by is neither.

    It is one of the rows where all are told.
    """
    if run.plan.limit is None and run.plan.having is None:
        return list(amounts)
    return [amount for amount in amounts if not lacks_value(groups, amount.keys)]


def unlabelled(groups: Sequence[Group], amounts: Sequence[Amount]) -> tuple[Fact, ...]:
    """What bears no value under the key that is grouped by comes to, by side and currency."""
    lacking = [amount for amount in amounts if lacks_value(groups, amount.keys)]
    return tuple(Fact("unlabelled", each.number, each.currency, (), each.side or "") for each in totals(lacking))


def within_limits(run: Run, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts of the groups that the plan keeps by their own figure; all where it names no limit.

    In several currencies the limit is one of the currency `worth`, and what has no rate to it reaches none.
    """
    having, turn = run.plan.having, _turn(run, amounts)
    if having is None:
        return list(amounts)
    kept: list[Amount] = []
    for amount in amounts:
        target = having.worth or amount.currency
        number, _, known = run.rates.converted(amount.number, amount.currency, target, amount.via, run.plan.at)
        if known and reaches(having, turn * number if turn else abs(number)):
            kept.append(amount)
    return kept


def _turn(run: Run, amounts: Sequence[Amount]) -> int:
    """What makes a greater figure of a greater sum; nought where sums count without their sign, being all of one.

    A surplus is negative in the ledger, and more than any deficit; an overdraft is less than nothing, and so is what a
    shop gave back beyond what was spent there.
    """
    plan = run.plan
    if plan.measure is Measure.NET_INCOME:
        return -1
    names = {name: root for root, name in run.index.ledger.root_names.items()}
    roots = {names.get(account.split(":")[0]) for account in plan.filters.accounts} or set(plan.filters.roots)
    stands = plan.measure is Measure.BALANCE
    mixed = len({amount.number < 0 for amount in amounts if amount.number}) == len((False, True))
    if not (stands or plan.measure is Measure.SUM) or not (
        mixed or (plan.having and stands and roots == {Root.ASSETS})
    ):
        return 0
    (root,) = roots if len(roots) == 1 else (None,)
    return _MEANT.get(root, 1 if stands else 0)


def reaches(having: Having, number: Decimal) -> bool:
    """Whether the figure of a group is within the limits."""
    low, high = having.minimum, having.maximum
    if having.inclusive:
        return (low is None or number >= low) and (high is None or number <= high)
    return (low is None or number > low) and (high is None or number < high)


def _leading(groups: Sequence[Group], keys: tuple[tuple[bool, Cell], ...]) -> tuple[tuple[bool, Cell], ...]:
    """The keys that lead the order of a series: its calendar spans, else all of them."""
    timely = tuple(key for group, key in zip(groups, keys, strict=True) if group.grouping in TIME_GROUPINGS)
    return timely or keys


def _stable(
    rows: list[Amount], key: Callable[[Amount], Decimal | tuple[tuple[bool, Cell], ...]], *, descending: bool
) -> list[Amount]:
    return sorted(rows, key=key, reverse=descending)


def _whose(run: Run, groups: Sequence[Group], amount: Amount) -> str:
    """Of which group that has rows of its own it is one; a month is one of its year."""
    outer = run.plan.limit_by
    for group, key in zip(groups, amount.keys, strict=True):
        if group.grouping is outer or (outer is Grouping.YEAR and group.grouping in TIME_GROUPINGS):
            return str(key)[:_YEAR] if outer is Grouping.YEAR else str(key)
    return ""


_YEAR: Final = len("2024")


def cut(run: Run, groups: Sequence[Group], amounts: Sequence[Amount]) -> list[Amount]:
    """The rows that are shown: of each side's groups as many as the plan wants, of all as many as the caller does.

    Without groups there is nothing to pick from, only currencies, none of which may be missing.
    """
    if run.plan.limit is None or not groups:
        return list(amounts[: run.row_limit])
    if run.plan.key == ENDS:
        same = [amount for amount in amounts if amount.currency == amounts[0].currency]
        return [same[0], *same[-1:]] if len(same) > 1 else same
    apart: dict[tuple[str | None, str], list[Amount]] = {}
    for amount in amounts:
        apart.setdefault((amount.side, _whose(run, groups, amount)), []).append(amount)
    return [amount for same in apart.values() for amount in same[: run.plan.limit]][: run.row_limit]


def laid_out(run: Run, groups: Sequence[Group], amounts: Sequence[Amount], name: str = "amount") -> Table:
    """The table: side, keys, the amount and its currency."""
    columns = [group.column for group in groups] + [Column(name, "number"), Column("currency", "currency")]
    if run.plan.compare:
        columns.insert(0, Column("side", "text"))
    shown = cut(run, groups, amounts)
    rows = tuple(
        (*((amount.side or "",) if run.plan.compare else ()), *amount.keys, amount.number, amount.currency)
        for amount in shown
    )
    of_each = run.plan.limit_by is not None  # of which as many are asked for as are shown, unless no more fit
    truncated = len(shown) >= run.row_limit if of_each else len(shown) < len(amounts)
    return Table(tuple(columns), rows, len(amounts), truncated=truncated)


def without_idle_currencies(amounts: Sequence[Amount]) -> list[Amount]:
    """A group that comes to nothing in one currency says so only where it comes to nothing in every other, too."""
    moved = {(amount.side, amount.keys) for amount in amounts if amount.number}
    return [amount for amount in amounts if amount.number or (amount.side, amount.keys) not in moved]


def without_noughts(amounts: Iterable[Amount]) -> list[Amount]:
    """As an inventory: what comes to nothing is not there."""
    return [amount for amount in amounts if amount.number != ZERO]
