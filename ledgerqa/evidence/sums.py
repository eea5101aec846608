"""What moved: SUM, NET_INCOME and COUNT, over one set of postings or over the sides of a comparison."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ledgerqa.evidence.amounts import (
    Amount,
    arranged,
    cut,
    laid_out,
    read,
    totals,
    unlabelled,
    valued,
    within_limits,
    without_idle_currencies,
    without_unlabelled,
)
from ledgerqa.evidence.changes import added_up, changes_told
from ledgerqa.evidence.contributing import contribution, count_entries, entry_bits
from ledgerqa.evidence.exact import ZERO, difference, percent, total
from ledgerqa.evidence.filters import ALWAYS, Clause, one_of
from ledgerqa.evidence.groups import OF_ENTRIES, from_postings, groups_of, in_groups, in_two_steps, own
from ledgerqa.evidence.one_name import written_otherwise
from ledgerqa.evidence.rhythm import rhythm
from ledgerqa.evidence.run import either, sides
from ledgerqa.plan_keys import BOTH_WAYS, CUMULATIVE, RATIO
from ledgerqa.records import TIME_GROUPINGS, Column, Evidence, Fact, Filters, Grouping, Root, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.evidence.contributing import Contribution
    from ledgerqa.evidence.groups import Group
    from ledgerqa.evidence.run import Run, Side
    from ledgerqa.records import Cell

NET_INCOME_ROOTS = (Root.INCOME, Root.EXPENSES)
MOST_SHARES = 20  # of a breakdown: beyond that a share says nothing
MOST_KEYS = 200  # up to so many shown groups, the entries cited are those of these groups alone

_COUNTED = {
    "postings": "count(*)",
    "entries": "count(DISTINCT p.entry_id)",
    "days": "count(DISTINCT p.date)",
    "months": "count(DISTINCT date_trunc('month', p.date))",
    "years": "count(DISTINCT year(p.date))",
    "payees": "count(DISTINCT nullif(p.payee, ''))",
    "accounts": "count(DISTINCT p.account)",
    "values": "count(DISTINCT nullif(coalesce(CASE WHEN own.key IS NULL THEN whole.value ELSE own.value END, ''), ''))",
}


def gather_sum(run: Run, implied: Filters | None = None) -> Evidence:
    """The sum of the matching postings by group and currency."""
    groups, parts = groups_of(run.plan), sides(run.plan, implied)
    amounts: list[Amount] = []
    unconverted: set[str] = set()
    for side in parts:
        found, without = valued(run, read(run, side, groups), run.plan.at)
        amounts += without_idle_currencies(found)
        unconverted.update(without)
    every = arranged(run, groups, with_empty_sides(run, groups, amounts))
    amounts = within_limits(run, without_unlabelled(run, groups, every))
    table = laid_out(run, groups, amounts)
    if run.plan.key == CUMULATIVE and not run.plan.compare:
        table = added_up(table)
    base = contribution_of_shown(run, parts, groups, amounts, of=len(every))
    return Evidence(
        table=table,
        facts=(
            *sum_facts(run, groups, amounts),
            *unlabelled(groups, every),
            *changes_told(run, parts, amounts, cut(run, groups, amounts), base),
        ),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(table.rows),
        first_date=base.first_date,
        last_date=base.last_date,
        unconverted=tuple(sorted(unconverted)),
    )


def gather_net_income(run: Run) -> Evidence:
    """Income and expenses together, with the ledger's sign: a surplus is negative."""
    return gather_sum(run, Filters(roots=NET_INCOME_ROOTS))


def with_empty_sides(run: Run, groups: Sequence[Group], amounts: list[Amount]) -> list[Amount]:
    """In a comparison of single figures, a side in which nothing matches stands there as nought."""
    if not run.plan.compare or groups or not amounts:
        return amounts
    present = {amount.side for amount in amounts}
    currencies = dict.fromkeys(amount.currency for amount in amounts)
    missing = [variant.label for variant in run.plan.compare if variant.label not in present]
    return amounts + [Amount(label, (), ZERO, currency) for label in missing for currency in currencies]


def contribution_of_shown(
    run: Run, parts: Sequence[Side], groups: Sequence[Group], amounts: Sequence[Amount], of: int | None = None
) -> Contribution:
    """The entries behind the rows shown: where they are some `of` all, only those of the groups that stay."""
    shown = cut(run, groups, amounts)
    keys: list[tuple[Cell, ...]] = list(dict.fromkeys(amount.keys for amount in shown))
    clause = either(parts) & own(groups, run.plan.filters)
    if keys and len(shown) < (len(amounts) if of is None else of) and len(keys) <= MOST_KEYS:
        clause = clause & in_groups(groups, keys)
    return contribution(run, clause, shown[0].currency if shown else "", groups)


def sum_facts(run: Run, groups: Sequence[Group], amounts: Sequence[Amount]) -> tuple[Fact, ...]:
    """Totals and shares of a breakdown; differences and changes of a comparison."""
    facts: list[Fact] = []
    overlapping = any(group.grouping in {Grouping.TAG, Grouping.LINK} for group in groups)
    shown = cut(run, groups, amounts)
    facts += groups_kept(run, amounts)
    if groups and not overlapping and not run.plan.having:  # a whole of some of its parts is none
        facts += total_facts(amounts, shown)
        facts += written_otherwise(run, groups, amounts)
        timely = any(group.grouping in TIME_GROUPINGS for group in groups)
        if not run.plan.compare and not timely and run.plan.limit_by is None:
            facts += share_facts(amounts, shown)
    if run.plan.compare and not overlapping:
        facts += change_facts(run, totals(amounts), shown)
    return tuple(facts)


def groups_kept(run: Run, amounts: Sequence[Amount]) -> tuple[Fact, ...]:
    """How many groups of a breakdown pass its limits, whatever number of currencies each has; none without limits."""
    return (Fact("groups", Decimal(len({amount.keys for amount in amounts}))),) if run.plan.having else ()


def total_facts(amounts: Sequence[Amount], shown: Sequence[Amount]) -> list[Fact]:
    """The total of each side and currency, with the rows shown that are part of it."""
    return [
        Fact("total", whole.number, whole.currency, _rows_of(whole, shown), whole.side or "")
        for whole in totals(amounts)
    ]


def _rows_of(whole: Amount, shown: Sequence[Amount]) -> tuple[int, ...]:
    return tuple(place for place, row in enumerate(shown) if row.currency == whole.currency and row.side == whole.side)


def share_facts(amounts: Sequence[Amount], shown: Sequence[Amount]) -> list[Fact]:
    """What part of its currency's total each of the first rows is, in percent."""
    wholes = {whole.currency: whole.number for whole in totals(amounts)}
    return [
        Fact("share", percent(row.number, wholes[row.currency]), "%", (place,), ", ".join(map(str, row.keys)))
        for place, row in enumerate(shown[:MOST_SHARES])
        if wholes[row.currency]
    ]


def change_facts(run: Run, sums: Sequence[Amount], shown: Sequence[Amount]) -> list[Fact]:
    """From each side to the next: the difference in each currency, and the change in percent where there is one."""
    facts: list[Fact] = []
    by_side = {(amount.side, amount.currency): amount.number for amount in sums}
    currencies = list(dict.fromkeys(amount.currency for amount in sums))
    if run.plan.key == RATIO:
        return _ratios(run, by_side, currencies, shown)
    if run.plan.key == BOTH_WAYS:
        return _nets(run, by_side, currencies, shown)
    for before, after in pairwise(variant.label for variant in run.plan.compare):
        for currency in currencies:
            old, new = by_side.get((before, currency), ZERO), by_side.get((after, currency), ZERO)
            rows = tuple(
                place
                for place, row in enumerate(shown)
                if row.currency == currency and row.side in {before, after} and not row.keys
            )
            change = difference(new, old)
            facts.append(Fact("difference", change, currency, rows, f"{after} less {before}"))
            if old and len(currencies) == 1:
                facts.append(Fact("change", percent(change, old), "%", rows, f"from {before} to {after}"))
    return facts


def _nets(
    run: Run, by_side: dict[tuple[str | None, str], Decimal], currencies: Sequence[str], shown: Sequence[Amount]
) -> list[Fact]:
    """How much more came in than went out, in each currency; accounts of income book what comes in as negative."""
    into, out = (variant.label for variant in run.plan.compare[:2])
    facts = []
    for currency in currencies:
        came, went = by_side.get((into, currency), ZERO), by_side.get((out, currency), ZERO)
        net = total((came, went))
        rows = tuple(place for place, row in enumerate(shown) if row.currency == currency)
        facts.append(Fact("net", -net if came < 0 or went > 0 else net, currency, rows, f"{into} less {out}"))
    return facts


def _ratios(
    run: Run, by_side: dict[tuple[str | None, str], Decimal], currencies: Sequence[str], shown: Sequence[Amount]
) -> list[Fact]:
    """What percentage the first side is of the second, in each currency that both have; time by time, if rows are."""
    part, whole = (variant.label for variant in run.plan.compare[:2])
    if run.plan.group_by:
        return _ratios_in_time(part, whole, shown)
    return [
        Fact(
            "ratio",
            percent(abs(by_side[part, currency]), abs(by_side[whole, currency])),
            "%",
            tuple(place for place, row in enumerate(shown) if row.currency == currency),
            f"{part} of {whole}, {currency}",
        )
        for currency in currencies
        if by_side.get((part, currency)) and by_side.get((whole, currency))
    ]


def _ratios_in_time(part: str, whole: str, shown: Sequence[Amount]) -> list[Fact]:
    """The same for each month, or year; a time in which there is no part has nought."""
    found = {(row.side, row.keys, row.currency): (place, row.number) for place, row in enumerate(shown)}
    facts = []
    parted = {currency for side, _, currency in found if side == part}  # what the part never has is no whole of it
    for (side, keys, currency), (place, number) in found.items():
        if side == whole and number and currency in parted:
            mine = found.get((part, keys, currency))
            places = (mine[0], place) if mine else (place,)
            note = f"{', '.join(map(str, keys))}, {currency}"
            facts.append(Fact("ratio", percent(abs(mine[1] if mine else ZERO), abs(number)), "%", places, note))
    return facts


def gather_count(run: Run) -> Evidence:
    """How many postings, entries, days, months, years, payees or accounts match."""
    groups, parts = groups_of(run.plan), sides(run.plan)
    found = [amount for side in parts for amount in _counted(run, side, groups)]
    every = arranged(run, groups, found)
    counts = within_limits(run, without_unlabelled(run, groups, every))
    shown = cut(run, groups, counts)
    columns = [group.column for group in groups] + [Column("count", "integer")]
    if run.plan.compare:
        columns.insert(0, Column("side", "text"))
    rows = tuple(
        (*((count.side or "",) if run.plan.compare else ()), *count.keys, int(count.number)) for count in shown
    )
    home = next(iter(run.currency_ranks), "")
    base = contribution_of_shown(run, parts, groups, [replace(count, currency=home) for count in counts], len(found))
    return Evidence(
        table=Table(tuple(columns), rows, len(counts), truncated=len(rows) < len(counts)),
        facts=(
            *groups_kept(run, counts),
            *(unlabelled(groups, every) if len(groups) == 1 else ()),
            *(written_otherwise(run, groups, counts) if run.plan.count_of == "entries" else ()),
            *rhythm(run),
        ),
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(rows),
        first_date=base.first_date,
        last_date=base.last_date,
    )


def _tags_counted(run: Run, side: Side) -> Amount:
    """How many different tags the entries bear, of those asked for where some are."""
    wanted = one_of("t.tag", run.plan.filters.tags) if run.plan.filters.tags else ALWAYS
    ((count,),) = run.query(
        f"SELECT count(DISTINCT t.tag) FROM tags t WHERE {wanted.sql}"
        f" AND t.entry_id IN (SELECT p.entry_id FROM postings p WHERE {side.clause.sql})",
        [*wanted.parameters, *side.clause.parameters],
    )
    return Amount(side.label, (), Decimal(count), "")


def _counted(run: Run, side: Side, groups: Sequence[Group]) -> list[Amount]:
    """The count of each group, as an amount without a currency."""
    clause = side.clause & own(groups, run.plan.filters)
    source, of = from_postings(groups, clause), run.plan.count_of
    if of == "values":  # of the key, each once
        (value,) = groups_of(run.plan, (Grouping.METADATA,))
        source = from_postings((*groups, value), clause)
    one = {"count(*) AS counted": "sum(counted)::BIGINT AS counted"}
    if of == "entries" and groups and OF_ENTRIES.issuperset(group.grouping for group in groups):
        marked = f"get_bit((SELECT {entry_bits(run)} FROM postings p WHERE {clause.sql}), p.entry_id) = 1"
        sql, parameters = in_two_steps(groups, (), one, Clause(f"FROM entries p WHERE {marked}", clause.parameters))
    elif of == "postings" and groups:
        sql, parameters = in_two_steps(groups, (), one, source)
    elif of == "tags":
        return [_tags_counted(run, side)]
    else:
        keys = "".join(f"{group.expression} AS {group.grouping.value}, " for group in groups)
        count = _COUNTED[of] if groups or of != "entries" else count_entries(run)
        sql = f"SELECT {keys}{count} AS counted {source.sql}{' GROUP BY ALL' if groups else ''}"
        parameters = [*(value for group in groups for value in group.parameters), *source.parameters]
    rows = run.query(sql, parameters)
    return [Amount(side.label, row[:-1], Decimal(row[-1]), "") for row in rows]
