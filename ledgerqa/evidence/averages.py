"""AVERAGE: a sum over the number of bookings, or over the number of calendar spans that it covers.

Per booking it is a sum over the entries; where these have several postings each, what beanquery's
safediv(sum(number), count(*)) gives, a sum over the postings, stands beside it.  Per month (day, week, ...) every
calendar span counts in which the period has a day, whether or not anything was booked in it; a period that reaches
beyond today ends today, and an open one runs from the first to the last matching posting.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.amounts import Amount, arranged, laid_out, read, unlabelled, valued, without_unlabelled
from ledgerqa.evidence.contributing import Contribution, contribution
from ledgerqa.evidence.exact import quotient, total
from ledgerqa.evidence.groups import from_postings, groups_of, time_group
from ledgerqa.evidence.holdings import average_costs
from ledgerqa.evidence.nights import nights_said
from ledgerqa.evidence.run import sides
from ledgerqa.evidence.spans import DAY, count_spans, count_weekdays, name_of, spans
from ledgerqa.evidence.sums import change_facts, contribution_of_shown, gather_count
from ledgerqa.plan_keys import NIGHTS
from ledgerqa.records import Column, Evidence, Fact, Grouping, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledgerqa.evidence.groups import Group
    from ledgerqa.evidence.run import Run, Side
    from ledgerqa.records import Cell


def gather_average(run: Run) -> Evidence:
    """The average by group and currency; facts: each total and what it was divided by."""
    if run.plan.commodity is not None:
        return _average_cost(run)
    groups, parts = groups_of(run.plan), sides(run.plan)
    units = _units(run, groups) if run.plan.key is not None else None
    rows: list[tuple[Amount, Amount, int | Decimal]] = []
    unconverted: set[str] = set()
    notes: list[str] = []
    for side in parts:
        found, without = valued(run, read(run, side, groups), run.plan.at)
        unconverted.update(without)
        span = _covered(run, side, notes) if run.plan.per != "booking" else None
        days = weekdays_of(run, side)
        rows += [_averaged(run, groups, amount, span, days, units) for amount in found]
    every = arranged(run, groups, [row[0] for row in rows])
    order = {id(row): place for place, row in enumerate(without_unlabelled(run, groups, every))}
    rows = sorted((row for row in rows if id(row[0]) in order), key=lambda row: order[id(row[0])])
    averages = [row[0] for row in rows]
    table = laid_out(run, groups, averages, "average")
    base = contribution_of_shown(run, parts, groups, averages)
    set_apart = bool(run.plan.compare) and not groups and run.plan.key is None
    apart: Sequence[Fact] = change_facts(run, averages, averages[: len(table.rows)]) if set_apart else ()
    if len(rows) == 1 and _is_of_parts(run, groups, rows[0], base.contributing):
        rows, table = _of_whole_entries(run, rows[0], base.contributing)
        apart = (Fact("per_posting", averages[0].number, averages[0].currency, (0,)),)
    return Evidence(
        table=table,
        facts=(*_facts(run, rows[: len(table.rows)]), *(unlabelled(groups, every) if len(groups) == 1 else ()), *apart),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(table.rows),
        first_date=base.first_date,
        last_date=base.last_date,
        unconverted=tuple(sorted(unconverted)),
        notes=tuple(dict.fromkeys(notes)),
    )


def gather_counts(run: Run) -> Evidence:
    """COUNT: how many there are, or how many in a month (week, ...) on average, with what that is divided by."""
    if not run.plan.averaged:
        return gather_count(run)
    counted = gather_count(replace(run, plan=replace(run.plan, averaged=False)))
    ((cell,),) = counted.table.rows
    (side,) = sides(run.plan)
    notes: list[str] = []
    number, divisor = Decimal(str(cell)), Decimal(count_spans(*_covered(run, side, notes), Grouping(run.plan.per)))
    return replace(
        counted,
        table=Table((Column("average", "number"),), ((quotient(number, divisor),),), 1),
        facts=(Fact("count", number, "", (0,)), Fact("divisor", divisor, "", (0,), f"{run.plan.per}s")),
        notes=tuple(notes),
    )


def _is_of_parts(run: Run, groups: Sequence[Group], row: tuple[Amount, Amount, int | Decimal], entries: int) -> bool:
    """Whether one average per booking is of postings of which an entry has several: a bill booked to two accounts."""
    return run.plan.per == "booking" and run.plan.key is None and not groups and 0 < entries < row[2]


def _of_whole_entries(
    run: Run, row: tuple[Amount, Amount, int | Decimal], entries: int
) -> tuple[list[tuple[Amount, Amount, int | Decimal]], Table]:
    """The average of the entries, and the table with that of their postings in a column after it."""
    per_posting, whole, _ = row
    per_entry = replace(per_posting, number=quotient(whole.number, Decimal(entries)))
    table = laid_out(run, (), [per_entry], "average")
    columns = (*table.columns, Column("per_posting", "number"))
    return [(per_entry, whole, entries)], replace(table, columns=columns, rows=((*table.rows[0], per_posting.number),))


def _averaged(
    run: Run,
    groups: Sequence[Group],
    amount: Amount,
    span: tuple[dt.date, dt.date] | None,
    days: tuple[int, ...],
    units: Mapping[tuple[tuple[Cell, ...], str], Decimal] | None = None,
) -> tuple[Amount, Amount, int | Decimal]:
    """The average, the total it is of, and what the total was divided by."""
    if units is not None:
        divided = units.get((amount.keys, amount.currency), Decimal())
        return replace(amount, number=quotient(amount.number, divided)), amount, divided
    divisor = amount.postings
    if span is not None:
        start, end = _within_group(run, groups, amount.keys, span)
        divisor = count_spans(start, end, Grouping(run.plan.per)) if not days else count_weekdays(start, end, days)
        divisor = max(divisor - _left_out(run, start, end), 1) if not days else divisor
    return replace(amount, number=quotient(amount.number, Decimal(divisor))), amount, divisor


def _left_out(run: Run, start: dt.date, end: dt.date) -> int:
    """How many of the spans lie wholly in times that do not count."""
    left = [(each.start or start, each.end or end) for each in run.plan.filters.exclude_periods]
    if not left:
        return 0
    counted = spans(start, end, Grouping(run.plan.per))
    return sum(any(first <= max(one, start) and min(two, end) <= last for first, last in left) for one, two in counted)


def _units(run: Run, groups: Sequence[Group]) -> dict[tuple[tuple[Cell, ...], str], Decimal]:
    """By group and currency the sum of the values under the plan's key, each once: the litres that were paid in it."""
    (side, *_) = sides(run.plan)
    if run.plan.key == NIGHTS:
        rows = [(entry, nights, currency) for entry, nights, currency in _nights(run, side)]
        groups = ()
    else:
        keys = "".join(f", {group.expression}" for group in groups)
        numbers = "SELECT entry_id, posting_id, value FROM metadata WHERE key = ?"
        source = from_postings(groups, side.clause)
        rows = run.query(
            f"WITH numbers AS ({numbers} AND TRY_CAST(value AS DECIMAL(38, 10)) IS NOT NULL)"
            f" SELECT DISTINCT (m.entry_id, m.posting_id), m.value, p.currency{keys}"
            f" {source.sql.replace('postings p', 'postings p JOIN numbers m ON m.entry_id = p.entry_id', 1)}",
            [run.plan.key, *(each for group in groups for each in group.parameters), *source.parameters],
        )
    by_group: dict[tuple[tuple[Cell, ...], str], dict[object, Decimal]] = {}
    for row in rows:
        code = run.plan.convert_to or row[2]
        by_group.setdefault((tuple(row[3:]), code), {})[row[0]] = Decimal(row[1])
    return {group: total(each.values()) for group, each in by_group.items()}


def _nights(run: Run, side: Side) -> list[tuple[int, Decimal, str]]:
    """By entry and currency the nights that its narration says; those given back are taken off."""
    rows = run.query(
        "SELECT p.entry_id, coalesce(p.narration, ''), p.currency, sum(p.number) < 0 FROM postings p"
        f" WHERE {side.clause.sql} GROUP BY 1, 2, 3",
        side.clause.parameters,
    )
    return [
        (entry, -nights if back else nights, currency)
        for entry, said, currency, back in rows
        if (nights := nights_said(said))
    ]


def weekdays_of(run: Run, side: Side) -> tuple[int, ...]:
    """The weekdays that an average day is one of; empty where any day counts."""
    filters = next((each.filters for each in run.plan.compare if each.label == side.label), run.plan.filters)
    return filters.weekdays if run.plan.per == "day" else ()


def _covered(run: Run, side: Side, notes: list[str]) -> tuple[dt.date, dt.date]:
    """The days over which the average goes, the end not included."""
    start, end = side.period.start, side.period.end
    matched = Contribution()
    if start is None or end is None:
        matched = contribution(run, side.clause)
    if start is None:
        start = matched.first_date or run.today
    open_ended = end is None
    if end is None:
        end = (matched.last_date or run.today) + DAY if side.period.start is None else run.today + DAY
    if not open_ended and end > run.today + DAY > start:
        end = run.today + DAY
    if run.today + DAY == end and _unfinished(run, end):
        notes.append(f"the current {run.plan.per} is counted although it is not over")
    return start, end


def _unfinished(run: Run, end: dt.date) -> bool:
    per = Grouping(run.plan.per)
    return name_of(end, per) == name_of(end - DAY, per)


def _within_group(
    run: Run, groups: Sequence[Group], keys: tuple[Cell, ...], span: tuple[dt.date, dt.date]
) -> tuple[dt.date, dt.date]:
    """Of the covered days those that belong to the row's own calendar span."""
    grouping = time_group(run.plan)
    if grouping is None:
        return span
    key = next(key for group, key in zip(groups, keys, strict=True) if group.grouping is grouping)
    for start, following in spans(*span, grouping):
        if name_of(start, grouping) == key:
            return max(start, span[0]), min(following, span[1])
    return span


def _facts(run: Run, rows: Sequence[tuple[Amount, Amount, int | Decimal]]) -> tuple[Fact, ...]:
    what = run.plan.key if run.plan.key is not None else "bookings" if run.plan.per == "booking" else f"{run.plan.per}s"
    facts: list[Fact] = []
    for place, (_, whole, divisor) in enumerate(rows):
        facts.append(Fact("total", whole.number, whole.currency, (place,), whole.side or ""))
        facts.append(Fact("divisor", Decimal(divisor), "", (place,), what))
    return tuple(facts)


def _average_cost(run: Run) -> Evidence:
    """What a unit of a commodity that is held cost on average: the lots' cost over their units."""
    held = average_costs(run)
    facts = [fact for fact in held.facts if fact.name == "average_cost"]
    amounts = [Amount(None, (), fact.number, fact.currency) for fact in facts]
    return replace(held, table=laid_out(run, (), amounts, "average"), row_entries=(None,) * len(amounts))
