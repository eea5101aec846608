"""Weekdays set against each other: "weekends or weekdays", "Saturdays against Sundays", "more on weekends"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKENDS: Final = ("weekends", (5, 6))
_WORKDAYS: Final = ("weekdays", (0, 1, 2, 3, 4))
_NAMED: Final = compiled(rf"\b(?:week ?ends?|week ?days?|working days?|work days?|(?:{'|'.join(_DAYS)})s?)\b")
_AGAINST: Final = compiled(r"\b(?:or|vs|versus|than|against|compar\w*|and)\b")
_MORE: Final = compiled(r"\b(?:more|less|most|higher|lower)\b")
_SUMMED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE})


def by_weekdays(plan: Plan, asked: Asked) -> Plan:
    """The plan with a side for each kind of day, where two are set against each other; else as it is.

    Kinds of different length are compared by what an average day of theirs comes to.
    """
    if plan.measure not in _SUMMED or plan.compare or not plan.filters.weekdays:
        return plan
    kinds = list(dict.fromkeys(_kind(each) for each in _NAMED.findall(asked.said.folded)))
    if len(kinds) == 1 and kinds[0] in {_WEEKENDS, _WORKDAYS} and _MORE.search(asked.said.folded):
        kinds.append(_WORKDAYS if kinds[0] == _WEEKENDS else _WEEKENDS)
    elif len(kinds) != 2 or not _AGAINST.search(asked.said.folded) or not _weighs(asked):
        return plan
    sides = tuple(Variant(name, replace(plan.filters, weekdays=days), plan.period) for name, days in kinds)
    groups = tuple(each for each in plan.group_by if each is not Grouping.WEEKDAY)
    plan = replace(
        plan,
        filters=replace(plan.filters, weekdays=()),
        compare=sides,
        group_by=groups,
        order=plan.order if groups else None,
        limit=plan.limit if groups else None,
    )
    if (
        plan.measure in {Measure.SUM, Measure.AVERAGE}
        and plan.per != "day"
        and len({len(days) for _, days in kinds}) > 1
    ):
        return replace(plan, measure=Measure.AVERAGE, per="day", reading=(*plan.reading, "an average day of each kind"))
    return plan


def _weighs(asked: Asked) -> bool:
    """Whether one is weighed against the other, not both added up ("on Saturdays and Sundays")."""
    return bool(
        _MORE.search(asked.said.folded) or re.search(r"\b(?:vs|versus|against|compar\w*|or)\b", asked.said.folded)
    )


def _kind(word: str) -> tuple[str, tuple[int, ...]]:
    if word.replace(" ", "").startswith("weekend"):
        return _WEEKENDS
    if word.startswith(("week", "work")):
        return _WORKDAYS
    name = word.removesuffix("s")
    return f"{name.capitalize()}s", (_DAYS.index(name),)
