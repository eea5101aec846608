"""Groupings as SQL expressions over `postings p`, and as the columns of a table.

The names of calendar spans are those of `spans`; a posting whose entry has several tags or links stands in the
group of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.evidence.filters import ALWAYS, Clause, all_of, one_of
from ledgerqa.records import TIME_GROUPINGS, Column, Grouping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Cell, Filters, Plan

_EXPRESSIONS = {
    Grouping.ACCOUNT: "p.account",
    Grouping.PAYEE: "coalesce(p.payee, '')",
    Grouping.NARRATION: "coalesce(p.narration, '')",
    Grouping.TAG: "t.tag",
    Grouping.LINK: "l.link",
    Grouping.CURRENCY: "p.currency",
    Grouping.DAY: "p.date",
    Grouping.WEEK: "strftime(p.date, '%G-W%V')",
    Grouping.MONTH: "strftime(p.date, '%Y-%m')",
    Grouping.QUARTER: "strftime(p.date, '%Y-Q') || quarter(p.date)",
    Grouping.YEAR: "strftime(p.date, '%Y')",
    Grouping.WEEKDAY: "dayname(p.date)",
}
_JOINS = {
    Grouping.TAG: " JOIN tags t ON t.entry_id = p.entry_id",
    Grouping.LINK: " JOIN links l ON l.entry_id = p.entry_id",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Group:
    """One grouping as SQL: what is selected (with parameters of its own), and what must be joined to `postings p`."""

    grouping: Grouping
    expression: str
    parameters: tuple[object, ...] = ()
    join: str = ""

    @property
    def column(self) -> Column:
        """The column of a table that holds the keys."""
        return Column(self.grouping.value, "date" if self.grouping is Grouping.DAY else "text")


def groups_of(plan: Plan, groupings: Sequence[Grouping] | None = None) -> tuple[Group, ...]:
    """The plan's groupings, accounts cut at its depth."""
    wanted = plan.group_by if groupings is None else groupings
    return tuple(_group(grouping, plan.account_depth) for grouping in dict.fromkeys(wanted))


def _group(grouping: Grouping, depth: int | None) -> Group:
    if grouping is Grouping.ACCOUNT and depth is not None:
        cut = "array_to_string(list_slice(string_split(p.account, ':'), 1, ?), ':')"
        return Group(grouping, cut, (max(depth, 1),))
    return Group(grouping, _EXPRESSIONS[grouping], (), _JOINS.get(grouping, ""))


def from_postings(groups: Sequence[Group]) -> str:
    """The FROM clause, with the joins that the groups need."""
    return "FROM postings p" + "".join(group.join for group in groups)


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


def key_rank(group: Group, key: Cell) -> Cell:
    """By what keys sort: weekdays from Monday, all else as it is written."""
    if group.grouping is Grouping.WEEKDAY and key in WEEKDAYS:
        return WEEKDAYS.index(str(key))
    return key
