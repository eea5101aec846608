"""METADATA: what the ledger's authors wrote beside entries, postings, accounts and commodities.

The value may stand on a posting or its entry, on the `open` of an account, on a commodity, or on any other
directive; filters decide which of these can be meant.  Without a key every key of the subject is listed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.amounts import reaches
from ledgerqa.evidence.exact import difference, quotient, total
from ledgerqa.evidence.filters import ALWAYS, Clause, all_of, any_of, negated, one_of, subtree, within
from ledgerqa.evidence.groups import noun_of
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.records import Column, Evidence, Fact, Filters, Grouping, Order, Period, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.evidence.run import Run
    from ledgerqa.records import MetadataFilter

_SUBJECT = {
    "transaction": "concat_ws(' | ', nullif(e.payee, ''), nullif(e.narration, ''))",
    "open": "(SELECT min(a.account) FROM accounts a WHERE a.open_entry = e.entry_id)",
    "commodity": "(SELECT min(c.currency) FROM commodities c WHERE c.entry_id = e.entry_id)",
}


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LABELS: dict[Grouping | None, Callable[[dt.date], str]] = {
    Grouping.DAY: lambda day: day.isoformat(),
    Grouping.WEEK: lambda day: f"{day:%G-W%V}",
    Grouping.MONTH: lambda day: f"{day:%Y-%m}",
    Grouping.QUARTER: lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}",
    Grouping.YEAR: lambda day: f"{day:%Y}",
}


@dataclass(frozen=True)
class _Value:
    """One value of one key, and the directive that bears it."""

    entry_id: int
    date: dt.date
    subject: str
    key: str
    text: str
    payee: str = ""
    label: str = ""  # under the other key that the values are grouped by


def gather_metadata(run: Run) -> Evidence:
    """One row a value: the date of its directive, what it is said of, and the value (with its key if none is given).

    `plan.summed` adds them up instead, where all are numbers.  Of a counter the pick "ends" keeps the first reading and
    the last, with what it went up by.  With the pick "dated" the period is that of the values, which are days.
    """
    held = run.plan.period if run.plan.pick == "dated" else None
    run = replace(run, plan=replace(run.plan, period=Period())) if held else run
    found: list[_Value] = []
    for kind, clause in _kinds(run).items():
        found += _values(run, kind, clause)
    found = [value for value in found if _lies_in(held, value.text)] if held else found
    if run.plan.summed and found and all(_NUMBER.fullmatch(value.text) for value in found):
        return _added_up(run, found)
    order = run.plan.order or Order("date")
    found.sort(key=lambda value: (value.date, value.entry_id), reverse=order.descending and order.by == "date")
    if order.by == "amount":
        found = [value for value in found if _NUMBER.fullmatch(value.text)]
        found.sort(key=lambda value: Decimal(value.text), reverse=order.descending)
    if run.plan.pick == "unusual":
        found = strays(found)
    if run.plan.pick == "values":
        found = once_each(found)
    gone_up: tuple[Fact, ...] = ()
    if run.plan.pick == "ends" and (added := _added_on(found)) is not None:
        found, gone_up = [found[0], found[-1]], (Fact("gone_up", added, "", (0, 1)),)
    shown = found[: run.shown]
    names = (run.plan.key,) if run.plan.key is not None else ("key", "value")
    columns = (Column("date", "date"), Column("subject", "text"), *(Column(name, "text") for name in names))
    keyed = run.plan.key is None
    rows = tuple((value.date, value.subject, *((value.key,) if keyed else ()), value.text) for value in shown)
    dates = [value.date for value in found]
    return Evidence(
        table=Table(columns, rows, len(found), truncated=len(shown) < len(found)),
        facts=gone_up,
        entry_ids=tuple(dict.fromkeys(value.entry_id for value in shown))[: run.entry_limit],
        contributing=len({value.entry_id for value in found}),
        row_entries=tuple(value.entry_id for value in shown),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
    )


def _added_up(run: Run, found: Sequence[_Value]) -> Evidence:
    """The values added up: one row, or one for each calendar period or payee that they are grouped by.

    Of the groups those are kept whose own sum is as the plan says.
    """
    unit = run.plan.group_by[0] if run.plan.group_by else None
    sums: dict[str, list[_Value]] = {}
    for value in sorted(found, key=lambda value: value.date):
        sums.setdefault(_label(unit, value), []).append(value)
    groups = [(label, _whole(run, values)) for label, values in sums.items()]
    rest: tuple[Fact, ...] = ()
    if unit is Grouping.METADATA:
        rest = tuple(Fact("unlabelled", whole, "") for label, whole in groups if not label)
        ranked = run.plan.having or run.plan.limit
        groups = sorted((each for each in groups if each[0] or not ranked), key=lambda each: not each[0])
    groups = [each for each in groups if reaches(run.plan.having, each[1])] if run.plan.having else groups
    if run.plan.order and run.plan.order.by == "amount":
        groups.sort(key=lambda each: each[1], reverse=run.plan.order.descending)
        groups.sort(key=lambda each: unit is Grouping.METADATA and not each[0])
    rows = tuple((label, whole) if _is_told(unit) else (whole,) for label, whole in groups)
    columns = (
        *((Column(noun_of(unit, run.plan), "text"),) if unit and _is_told(unit) else ()),
        Column(run.plan.key or "value", "number"),
    )
    shown = rows[: run.shown]
    first = {label for label, _ in groups[: len(shown)]}
    chosen = run.plan.having or run.plan.limit  # what makes up the groups that are told
    of_these = [value for value in found if not chosen or _label(unit, value) in first]
    facts: tuple[Fact, ...] = ()
    if run.plan.having:
        facts = (Fact("groups", Decimal(len(rows))),)
    elif run.plan.averaged:
        facts = (Fact("divisor", Decimal(len(found)), "", tuple(range(len(shown))), "values"),) if not unit else ()
    elif len(rows) > 1:
        told = [value for label in dict(groups) for value in sums[label]]
        facts = (Fact("total", total(Decimal(value.text) for value in told), "", tuple(range(len(shown)))),)
    return Evidence(
        table=Table(columns, shown, len(rows), truncated=len(shown) < len(rows)),
        facts=(*facts, *rest),
        entry_ids=tuple(dict.fromkeys(value.entry_id for value in of_these))[: run.entry_limit],
        contributing=len({value.entry_id for value in of_these}),
        row_entries=(None,) * len(shown),
        first_date=min((value.date for value in of_these), default=None),
        last_date=max((value.date for value in of_these), default=None),
    )


def _is_told(unit: Grouping | None) -> bool:
    """Whether the values are told by that group, and not all as one."""
    return unit in _LABELS or unit in {Grouping.PAYEE, Grouping.METADATA}


def _lies_in(period: Period, text: str) -> bool:
    """Whether the value is a day of the period."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return False
    return (period.start is None or day >= period.start) and (period.end is None or day < period.end)


def _label(unit: Grouping | None, value: _Value) -> str:
    """The group that a value is one of."""
    if unit in {Grouping.PAYEE, Grouping.METADATA}:
        return value.payee if unit is Grouping.PAYEE else value.label
    return _LABELS[unit](value.date) if unit in _LABELS else ""


def _whole(run: Run, values: Sequence[_Value]) -> Decimal:
    """The sum of the values, or their average."""
    added = total(Decimal(value.text) for value in values)
    return quotient(added, Decimal(len(values))) if run.plan.averaged else added


def once_each(found: Sequence[_Value]) -> list[_Value]:
    """Of each value what bears it last, in the order of the values: numbers by size, before what is none."""
    last = {value.text: value for value in sorted(found, key=lambda value: value.date)}
    numbers = [each for each in last.values() if _NUMBER.fullmatch(each.text)]
    others = [each for each in last.values() if not _NUMBER.fullmatch(each.text)]
    by_length = sorted(others, key=lambda value: (len(value.text), value.text))
    return [*sorted(numbers, key=lambda value: Decimal(value.text)), *by_length]


def _added_on(found: Sequence[_Value]) -> Decimal | None:
    """What a counter went up by from its first reading to its last; None where it is no one counter's course."""
    if len(found) < _BOTH_ENDS or not all(_NUMBER.fullmatch(value.text) for value in found):
        return None
    sizes = [Decimal(value.text) for value in found]
    rising = sum(earlier <= later for earlier, later in itertools.pairwise(sizes))
    steady = sizes[0] == min(sizes) and sizes[-1] == max(sizes) and rising >= MOSTLY * (len(sizes) - 1)
    return difference(sizes[-1], sizes[0]) if steady else None


_BOTH_ENDS = 2
MUCH = 3  # times the median, or a third of it, that a value of its own kind does not reach
MOSTLY = Decimal("0.8")  # of the steps that go up in what is read off a counter
FEWEST = 4


def strays(found: Sequence[_Value]) -> list[_Value]:
    """The values that are no likely ones: of a counter that only goes up those out of turn, else those far off.

    Values that are no numbers are passed over where most are some.
    """
    numbers = [(value, Decimal(value.text)) for value in found if _NUMBER.fullmatch(value.text)]
    if len(numbers) < FEWEST:
        return []
    sizes = [number for _, number in numbers]
    rising = sum(later >= earlier for earlier, later in itertools.pairwise(sizes))
    if rising >= MOSTLY * (len(sizes) - 1):
        return [value for place, (value, _) in enumerate(numbers) if _out_of_turn(sizes, place)]
    median = sorted(sizes)[(len(sizes) - 1) // 2]
    return [value for value, number in numbers if abs(number) > MUCH * abs(median) or MUCH * abs(number) < abs(median)]


def _out_of_turn(sizes: Sequence[Decimal], place: int) -> bool:
    """Whether a value breaks a rising series that goes on without it."""
    before, after = sizes[place - 1] if place else None, sizes[place + 1] if place + 1 < len(sizes) else None
    here = sizes[place]
    if before is None or after is None:
        return (after is not None and here > after) if before is None else here < before
    return before <= after and not before <= here <= after


def _kinds(run: Run) -> dict[str, Clause]:
    """Where to look, by type of directive: accounts and commodities only where no filter speaks of transactions."""
    plan, kinds = run.plan, {}
    filters = plan.filters
    timeless = not plan.period and filters == Filters(
        accounts=filters.accounts, roots=filters.roots, currencies=filters.currencies, metadata=filters.metadata
    )
    commodities = (plan.commodity,) if plan.commodity is not None else filters.currencies
    if commodities and timeless:
        inside = one_of("c.currency", commodities)
        sql = f"e.entry_id IN (SELECT c.entry_id FROM commodities c WHERE {inside.sql})"
        kinds["commodity"] = Clause(sql, inside.parameters)
    elif timeless and not (filters.accounts or filters.roots):
        kinds["commodity"] = ALWAYS
    if timeless and plan.commodity is None and not filters.currencies:
        kinds["open"] = _accounts(filters)
    if plan.commodity is None:
        matched = either(sides(plan))
        sql = f"e.entry_id IN (SELECT p.entry_id FROM postings p WHERE {matched.sql})"
        kinds["transaction"] = Clause(sql, matched.parameters)
    if filters == Filters(metadata=filters.metadata) and plan.commodity is None:
        kinds["other"] = within(plan.period, "e.date")
    return kinds


def _accounts(filters: Filters) -> Clause:
    clauses: list[Clause] = []
    if filters.accounts:
        clauses.append(subtree(filters.accounts, "a.account"))
    if filters.roots:
        clauses.append(one_of("a.root", [root.value for root in filters.roots]))
    inside = all_of(clauses)
    return Clause(f"e.entry_id IN (SELECT a.open_entry FROM accounts a WHERE {inside.sql})", inside.parameters)


def _values(run: Run, kind: str, clause: Clause) -> list[_Value]:
    conditions: list[Clause] = [clause]
    if kind == "other":
        conditions.append(Clause("e.type NOT IN ('transaction', 'open', 'commodity')"))
    else:
        conditions.append(one_of("e.type", (kind,)))
    if run.plan.key is not None:
        conditions.append(one_of("m.key", (run.plan.key,)))
    if kind != "transaction" and run.plan.filters.metadata:
        conditions.append(_described(run.plan.filters))
    if kind == "transaction":
        conditions.append(_own_posting(run))
    where = all_of(conditions)
    each = ", m.posting_id" if run.plan.summed else ""  # two postings with the same value are two to add up
    by_key = Grouping.METADATA in run.plan.group_by
    label = f"coalesce({_LABEL}, '')" if by_key else "''"
    rows = run.query(
        f"SELECT DISTINCT e.entry_id, e.date, {_SUBJECT.get(kind, 'e.type')} AS subject, m.key, m.value, e.payee, "
        f"{label} AS label{each} FROM metadata m JOIN entries e ON e.entry_id = m.entry_id WHERE {where.sql} "
        "ORDER BY e.entry_id, m.key, m.value",
        [*(run.plan.by_key for _ in range(_LABEL.count("?") if by_key else 0)), *where.parameters],
    )
    return [_Value(row[0], row[1], row[2] or "", row[3], row[4], row[5] or "", row[6]) for row in rows]


# Under the other key a value stands by its own posting, else by its entry, else by the one value that its postings say.
_LABEL = (
    "CASE WHEN EXISTS (SELECT 1 FROM metadata o WHERE o.posting_id = m.posting_id AND o.key = ?)"
    " THEN (SELECT o.value FROM metadata o WHERE o.posting_id = m.posting_id AND o.key = ?)"
    " ELSE coalesce((SELECT o.value FROM metadata o WHERE o.entry_id = m.entry_id AND o.posting_id IS NULL"
    " AND o.key = ?), CASE WHEN m.posting_id IS NULL THEN (SELECT min(o.value) FROM metadata o"
    " WHERE o.entry_id = m.entry_id AND o.key = ? HAVING count(DISTINCT o.value) = 1) END) END"
)


def _own_posting(run: Run) -> Clause:
    """A value on a posting counts where that posting itself matches."""
    matched = either(sides(run.plan))
    if matched == ALWAYS:
        return ALWAYS
    sql = f"(m.posting_id IS NULL OR m.posting_id IN (SELECT p.posting_id FROM postings p WHERE {matched.sql}))"
    return Clause(sql, matched.parameters)


def _described(filters: Filters) -> Clause:
    return all_of([any_of(_holds(each) for each in one_key) for one_key in filters.under_keys])


def _holds(wanted: MetadataFilter) -> Clause:
    value: Sequence[str] = () if wanted.value is None else (wanted.value,)
    sql = "e.entry_id IN (SELECT entry_id FROM metadata WHERE key = ?" + (" AND value = ?)" if value else ")")
    clause = Clause(sql, (wanted.key, *value))
    return negated(clause) if wanted.absent else clause
