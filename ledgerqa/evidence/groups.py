"""Groupings as SQL expressions over `postings p`, and as the columns of a table.

The names of calendar spans are those of `spans`; a posting whose entry has several tags or links stands in the
group of each.  Rows are first grouped by what is cheap to have of each of them (the first day of its month), and the
key ("2024-03") is made once a group.  By the values of a metadata key a posting stands under its own value, else under
its entry's (beanquery's any_meta()), else under "".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.evidence.filters import ALWAYS, Clause, all_of, one_of
from ledgerqa.records import TIME_GROUPINGS, Column, Grouping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Cell, Filters, Plan

_SOURCES = {
    Grouping.ACCOUNT: "p.account",
    Grouping.PAYEE: "coalesce(p.payee, '')",
    Grouping.NARRATION: "coalesce(p.narration, '')",
    Grouping.TAG: "t.tag",
    Grouping.LINK: "l.link",
    Grouping.CURRENCY: "p.currency",
    Grouping.METADATA: "coalesce(CASE WHEN own.key IS NULL THEN whole.value ELSE own.value END, '')",
    Grouping.DAY: "p.date",
    Grouping.WEEK: "date_trunc('week', p.date)",
    Grouping.MONTH: "date_trunc('month', p.date)",
    Grouping.QUARTER: "date_trunc('quarter', p.date)",
    Grouping.YEAR: "date_trunc('year', p.date)",
    Grouping.WEEKDAY: "isodow(p.date)",
}
_ITSELF = "{}"
_FIGURES = frozenset({"amount", "average", "count", "currency", "side"})  # other columns, which a key may be called
NOTHING = Clause("")
_KEYS = {
    Grouping.WEEK: "strftime({}, '%G-W%V')",
    Grouping.MONTH: "strftime({}, '%Y-%m')",
    Grouping.QUARTER: "strftime({0}, '%Y-Q') || quarter({0})",
    Grouping.YEAR: "strftime({}, '%Y')",
    Grouping.WEEKDAY: "dayname(DATE '2023-12-31' + {}::INTEGER)",  # a Sunday, and Monday is day 1
}
_TO_DEPTH = "array_to_string(list_slice(string_split({}, ':'), 1, ?), ':')"
_JOINS = {
    Grouping.TAG: " JOIN tags t ON t.entry_id = p.entry_id",
    Grouping.LINK: " JOIN links l ON l.entry_id = p.entry_id",
    Grouping.METADATA: (
        " LEFT JOIN metadata own ON own.posting_id = p.posting_id AND own.key = ?"
        " LEFT JOIN metadata whole ON whole.entry_id = p.entry_id AND whole.posting_id IS NULL AND whole.key = ?"
    ),
}
OF_ENTRIES = TIME_GROUPINGS | {Grouping.WEEKDAY, Grouping.PAYEE, Grouping.NARRATION}
"""Groupings by what all postings of an entry have alike."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Group:
    """One grouping as SQL: what rows are grouped by, the key that is made of it (with parameters), and what is joined.

    `source` is an expression over `postings p`, `key` one with {} where the source's value stands.
    """

    grouping: Grouping
    source: str
    key: str = _ITSELF
    parameters: tuple[object, ...] = ()
    join: Clause = NOTHING
    name: str = ""

    @property
    def expression(self) -> str:
        """The key of one posting."""
        return self.key.format(self.source)

    @property
    def column(self) -> Column:
        """The column of a table that holds the keys."""
        name = f"{self.name}:" if self.name in _FIGURES else self.name or self.grouping.value
        return Column(name, "date" if self.grouping is Grouping.DAY else "text")


def groups_of(plan: Plan, groupings: Sequence[Grouping] | None = None) -> tuple[Group, ...]:
    """The plan's groupings, accounts cut at its depth."""
    wanted = plan.group_by if groupings is None else groupings
    return tuple(_group(grouping, plan) for grouping in dict.fromkeys(wanted))


def _group(grouping: Grouping, plan: Plan) -> Group:
    if grouping is Grouping.ACCOUNT and plan.account_depth is not None:
        return Group(grouping, _SOURCES[grouping], _TO_DEPTH, (max(plan.account_depth, 1),))
    sql = _JOINS.get(grouping, "")
    join = Clause(sql, (plan.by_key,) * sql.count("?"))
    return Group(grouping, _SOURCES[grouping], _KEYS.get(grouping, _ITSELF), (), join, noun_of(grouping, plan))


def noun_of(grouping: Grouping, plan: Plan) -> str:
    """What rows are gathered by, as a noun: "payee", "month", or the metadata key as the ledger writes it."""
    return plan.by_key or "" if grouping is Grouping.METADATA else grouping.value


def in_two_steps(
    groups: Sequence[Group], columns: Sequence[str], aggregates: dict[str, str], source: Clause
) -> tuple[str, list[object]]:
    """The SQL of aggregates by group and `columns`: `aggregates` maps each (over rows) to that over its own results.

    `source` is the FROM clause and the conditions.
    """
    parameters = [value for group in groups for value in group.parameters] + list(source.parameters)
    names = [group.grouping.value for group in groups]
    rows = [f"{group.source} AS {name}" for group, name in zip(groups, names, strict=True)]
    first = f"SELECT {', '.join([*rows, *columns, *aggregates])} {source.sql} GROUP BY ALL"
    if all(group.key == _ITSELF for group in groups):
        return first, parameters
    keys = [f"{group.key.format(name)} AS {name}" for group, name in zip(groups, names, strict=True)]
    kept = [column.rpartition(" ")[2] for column in columns]
    return f"SELECT {', '.join([*keys, *kept, *aggregates.values()])} FROM ({first}) GROUP BY ALL", parameters


def from_postings(groups: Sequence[Group], clause: Clause) -> Clause:
    """The FROM clause with the joins that the groups need, and the conditions, with all their parameters."""
    joins = [group.join for group in groups]
    sql = f"FROM postings p{''.join(join.sql for join in joins)} WHERE {clause.sql}"
    return Clause(sql, (*(value for join in joins for value in join.parameters), *clause.parameters))


def own(groups: Sequence[Group], filters: Filters) -> Clause:
    """Grouped by tags or links of which some are asked for, only these are groups, not the others beside them."""
    wanted = {Grouping.TAG: ("t.tag", filters.tags), Grouping.LINK: ("l.link", filters.links)}
    chosen = [wanted[group.grouping] for group in groups if group.grouping in wanted]
    return all_of(one_of(column, values) for column, values in chosen if values)


def in_groups(groups: Sequence[Group], keys: Sequence[tuple[Cell, ...]]) -> Clause:
    """The posting belongs to one of the groups with these keys."""
    if not groups or not keys:
        return ALWAYS
    left = ", ".join(group.expression for group in groups)
    row = f"({', '.join('?' * len(groups))})"
    parameters = [value for group in groups for value in group.parameters]
    parameters += [value for key in keys for value in key]
    return Clause(f"({left}) IN ({', '.join([row] * len(keys))})", tuple(parameters))


def time_group(plan: Plan) -> Grouping | None:
    """The calendar span by which the plan groups, if it does."""
    return next((grouping for grouping in plan.group_by if grouping in TIME_GROUPINGS), None)


def lacks_value(groups: Sequence[Group], keys: Sequence[Cell]) -> bool:
    """Whether a row is that of what bears no value under the metadata key that is grouped by."""
    return any(group.grouping is Grouping.METADATA and not key for group, key in zip(groups, keys, strict=True))


def key_rank(group: Group, key: Cell) -> Cell:
    """By what keys sort: weekdays from Monday, all else as it is written."""
    if group.grouping is Grouping.WEEKDAY and key in WEEKDAYS:
        return WEEKDAYS.index(str(key))
    return key
