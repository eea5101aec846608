"""How many there are of something in a month (week, day ...) on average: entries over calendar spans, and no money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

    Unit = Literal["day", "week", "month", "quarter", "year"]

_MEAN: Final = r"(?:average|avg|ave|mean|typical|usual|normal)"
# "The average number of trips", "how many trips … on average"; of days and of what is measured no entry is one.
_NUMBER: Final = compiled(
    rf"\b{_MEAN} (?:daily |weekly |monthly |quarterly |yearly |annual )?(?:number|count|no\.?) of"
    r" (?!(?:days|weeks|months|years|nights|hours|minutes|miles|units|shares)\b)"
    rf"|\bhow (?:many (?!(?:days|weeks|months|years|nights|hours|minutes|miles|units|shares)\b)|often\b).*\b{_MEAN}\b"
    rf"|\b{_MEAN}\b.*\bhow (?:many (?!(?:days|weeks|months|years|nights|hours|minutes|miles|units|shares)\b)|often\b)"
)
_UNIT: Final = compiled(
    rf"\b(?:per|an?|each|every|in an?|in each|in every) (?:{_MEAN} |given |single |calendar )?"
    r"(?P<unit>day|week|month|quarter|year)\b|\b(?P<adverb>dai|week|month|quarter|year)ly\b"
)
_COUNTED: Final = frozenset({Measure.COUNT, Measure.AVERAGE, Measure.SUM, Measure.LIST})


def mean_count(plan: Plan, asked: Asked) -> Plan:
    """As in "the average number of payments a month": the plan that divides their number by the months."""
    folded = asked.said.folded
    number, unit = _NUMBER.search(folded), _UNIT.search(folded)
    plain = plan.measure in _COUNTED and not (plan.compare or plan.key or plan.summed or plan.having or plan.pick)
    if number is None or unit is None or not plain or not TIME_GROUPINGS.issuperset(plan.group_by):
        return plan
    per: Unit = _named(unit["unit"] or unit["adverb"])
    counted = plan.count_of if plan.measure is Measure.COUNT else "entries"
    return replace(
        plan, measure=Measure.COUNT, count_of=counted, per=per, averaged=True, group_by=(), order=None, limit=None
    )


def _named(word: str) -> Unit:
    units: dict[str, Unit] = {"week": "week", "month": "month", "quarter": "quarter", "year": "year"}
    return units.get(word, "day")
