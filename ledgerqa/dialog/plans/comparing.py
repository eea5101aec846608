"""Two or more sides: periods or subjects set against each other."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import of_unit
from ledgerqa.dialog.calendar.fiscal_years import UNKNOWN_START, UNSAID, years_between
from ledgerqa.dialog.intent.exclusions import find_told_apart
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.purses import is_kept_to
from ledgerqa.dialog.plans.asked import PERIOD_UNITS, Asked, happened
from ledgerqa.dialog.understanding.earlier import STANDING
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Period, Plan, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.calendar.calendar_units import MonthDay
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.intents import Per
    from ledgerqa.dialog.understanding.combining import Subject
    from ledgerqa.records import Outcome

MOST_YEARS = 30
_PAIR = 2
_JOINED = 3  # words between two names: "and on the"
_DAY = dt.timedelta(days=1)
_OF_NAMES = frozenset({(Grouping.PAYEE,), (Grouping.ACCOUNT,), (Grouping.TAG,)})
_ONE_OR_OTHER = (
    r"^(?:(?:in|over|during|for|since|last|this)\b[^,;?]{1,40},? )?(?:who|whom|which|what|where)\b"
    r".*\b(?:more|less|most|least|dearer|cheaper|higher|lower|bigger|smaller)\b.*\b(?:or|vs|versus|than)\b"
    r"|\b(?:or|vs|versus)\b.*[,;:.?–-] *(?:so |and )?(?:who|whom|which|what|where)\b.*"
    r"\b(?:more|less|most|least|dearer|cheaper|higher|lower|bigger|smaller)\b"
)
_AGAINST = compiled(
    r"\b(?P<how>vs?\.?|versus|against|than|compared (?:to|with)|or"
    r"|(?:twice|double|triple|treble|half|times) (?:what|that of|those of)"
    r"|as (?:much|high|dear|expensive|many|often) as|(?<!well )as(?= (?:on|at) ))"
    r"(?: (?:on|for|from|at|with|by|in|to|of|out|off|straight|the|my|our|a|that|what|went|goes|go))* $"
)
# "What do rent and power cost us each, by year", and no row for each month: that is a grouping.
_EACH = (
    r"\b(?:(?:us|me|them) each|each of (?:them|these|those|the (?:two|three))|side by side|separately)\b"
    r"|\beach\b(?=\W*$|[,;:])"
)
_MOST_SIDES = 24
_AND = compiled(r"(?:\b(?:and|plus)|[&+]) ?(?:on |for )?(?:the |my |our )*$")
_TOGETHER = compiled(
    r"\W*(?:(?:all|both|taken|put|added|rolled) )*"
    r"(?:combined|together|altogether|in total|in one|as one|as a whole|pooled)\b"
)
PER: Final[dict[Grouping, Per]] = {
    Grouping.DAY: "day",
    Grouping.WEEK: "week",
    Grouping.MONTH: "month",
    Grouping.QUARTER: "quarter",
    Grouping.YEAR: "year",
}
_ALONE = r"(?: ones?| payments?| bills?)? (?:only|alone)\b"  # "fees in 2024, Google Ads only"
_COMPARABLE = frozenset(
    {Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME}
)


def each_time_apart(outcome: Outcome, asked: Asked) -> Outcome:
    """As in "average invoice in 2023 vs 2024": what some plan takes over both times as one, with a side for each."""
    if not isinstance(outcome, Plan) or outcome.measure not in {Measure.SUM, Measure.COUNT, Measure.AVERAGE}:
        return outcome
    settled = outcome.compare or outcome.group_by or outcome.key or outcome.pick or outcome.order
    if settled or not asked.intent.compare or len(asked.said.periods) < _PAIR or outcome.period != happened(asked):
        return outcome
    return compared(outcome, asked)


def compared(plan: Plan, asked: Asked) -> Plan:
    """The plan with sides, where the question sets periods or subjects against each other; else as it is."""
    if plan.measure not in _COMPARABLE:
        return plan
    if asked.said.fiscal and Grouping.YEAR in plan.group_by:
        return _by_fiscal_year(plan, asked, asked.said.fiscal)
    periods = _sides(asked)
    subjects = asked.scope.subjects if len(asked.scope.subjects) > 1 else asked.scope.payers
    against = len(subjects) > 1 and _set_against(asked)
    if len(periods) > 1 and not asked.scope.dated_by_tag:
        if against and plan.measure not in STANDING and len(periods) * len(subjects) <= _MOST_SIDES:
            return _each_in_each(plan, subjects, periods, asked)
        if plan.measure in {Measure.BALANCE, Measure.NET_WORTH} or _apart(periods, asked):
            return _by_period(plan, periods)
        return _series(plan, periods, asked)
    timed = all(group in TIME_GROUPINGS for group in plan.group_by)
    if _PAIR <= len(subjects) <= _MOST_SIDES and timed and _never_together(plan.filters, subjects, asked):
        roots = tuple(dict.fromkeys(asked.names.by_name[name].root for name in plan.filters.accounts))
        whole = replace(plan, filters=replace(plan.filters, roots=roots))
        return _side_by_side(whole, subjects)  # "books and concerts": no entry is both
    accounts = len(subjects) > 1 and not asked.scope.payers and all(_is_account(each.filters) for each in subjects)
    if accounts and not plan.group_by and find_told_apart(asked.said.text):
        return replace(plan, group_by=(Grouping.ACCOUNT,))  # "keep the rent and the power apart"
    sides = plan.group_by in _OF_NAMES and asked.has(_ONE_OR_OTHER)
    if (
        len(subjects) > 1
        and (
            asked.intent.compare
            or against
            or cues("cues").found("apart", asked.said.folded)
            or asked.has(r"\bhow (much|many)\b.*\band how \1\b")
        )
        and (not plan.group_by or sides or (timed and (against or asked.has(_EACH))))
    ):
        if sides:  # "who got more, X or Y": a row for each of them
            plan = replace(plan, group_by=(), order=None, limit=None, skip=0)
        beside = _side_by_side(plan, subjects)
        return _but_for_tags(beside, periods[0].period) if asked.scope.dated_by_tag and len(periods) == 1 else beside
    return plan


def by_periods(plan: Plan, asked: Asked) -> Plan:
    """The plan of a maker that looks at one span, with a side for each of the periods that were said."""
    periods = _sides(asked)
    one_span = plan.measure in _COMPARABLE and not plan.compare and plan.period == happened(asked)
    if not one_span or len(periods) < _PAIR or asked.scope.dated_by_tag:
        return plan
    return (
        _by_period(plan, periods) if asked.intent.compare or not _in_a_row(periods) else _series(plan, periods, asked)
    )


def _is_account(side: Filters) -> bool:
    """Whether one account is all that a side names."""
    return len(side.accounts) == 1 and side == Filters(accounts=side.accounts)


def _never_together(filters: Filters, subjects: Sequence[Subject], asked: Asked) -> bool:
    """Whether an account and a name stand side by side ("books and concerts") that no entry has both."""
    unlike = bool(filters.accounts and filters.mentions) and not any(
        each.filters.accounts and each.filters.mentions for each in subjects
    )
    if any(is_kept_to(each, asked.said.folded) for each in asked.said.phrases):
        return False  # "restaurants in 2024, Fenwick only"
    pairs = itertools.pairwise(asked.said.phrases)
    added = any(_AND.search(two.lead) and two.start - one.end <= _JOINED for one, two in pairs)  # "and" never narrows
    if not added and any(
        re.search(rf"{re.escape(fold(each.words))}{_ALONE}", asked.said.folded) for each in asked.said.phrases
    ):
        return False
    return unlike and (added or not asked.names.booked.meets(filters))


def _set_against(asked: Asked) -> bool:
    """Whether one name is set against another: "rent vs power", "compare rent and power"; times may be as well."""
    names = [each for each in asked.said.phrases if not each.weak]
    between = [found["how"] for each in names[1:] if (found := _AGAINST.search(each.lead))]
    return any(each != "or" or asked.intent.compare for each in between) or (
        bool(names) and bool(re.search(r"\bcompar(?:e|ing) (?:the |my |our )*$", names[0].lead))
    )


def _each_in_each(plan: Plan, subjects: Sequence[Subject], periods: list[FoundPeriod], asked: Asked) -> Plan:
    """As in "rent vs power in 2023 and 2024": each of the names in each of the times."""
    by_time = _by_period(plan, periods) if _apart(periods, asked) else _series(plan, periods, asked)
    if not by_time.compare:
        return _side_by_side(by_time, subjects)
    sides = tuple(
        replace(each, label=f"{each.label}, {time.label}", period=time.period)
        for time in by_time.compare
        for each in _side_by_side(plan, subjects).compare
    )
    return replace(by_time, compare=sides, filters=_common(plan.filters, subjects))


def _side_by_side(plan: Plan, subjects: Sequence[Subject]) -> Plan:
    whole = _common(plan.filters, subjects)
    variants = tuple(Variant(each.words, _bounded(each.filters, plan.filters), Period()) for each in subjects)
    return replace(plan, compare=variants, filters=whole)


def _but_for_tags(plan: Plan, period: Period) -> Plan:
    """As in "the congress vs the rates in 2024", beside #congress2024: the year is that of the other side, too."""
    sides = (
        each if each.filters.tags else replace(each, label=f"{each.label} {period.label}", period=period)
        for each in plan.compare
    )
    return replace(plan, compare=tuple(sides))


def _by_fiscal_year(plan: Plan, asked: Asked, begins: MonthDay) -> Plan:
    """A side a fiscal year; those of the calendar where they begin in January, or nobody said when they do."""
    if begins in {UNSAID, (1, 1)}:
        return replace(plan, reading=(*plan.reading, *([UNKNOWN_START] if begins == UNSAID else [])))
    facts = asked.names.index.ledger
    first = max(plan.period.start or facts.first_date, facts.first_date)
    last = min((plan.period.end or dt.date.max) - _DAY, facts.last_date, max(asked.today, first))
    years = list(years_between(first, last, begins))[-MOST_YEARS:]
    groups = tuple(group for group in plan.group_by if group is not Grouping.YEAR)
    sides = tuple(Variant(_label(each), plan.filters, _clipped(each, plan)) for each in years)
    return replace(
        plan, compare=sides, period=Period(), group_by=groups, order=plan.order if groups else None, limit=None
    )


def _clipped(year: Period, plan: Plan) -> Period:
    """The days of the year that the question's own period leaves."""
    start = max(each for each in (year.start, plan.period.start) if each)
    end = min(each for each in (year.end, plan.period.end) if each)
    return Period(start, end, year.label)


def _sides(asked: Asked) -> list[FoundPeriod]:
    return [each for each in asked.said.periods if each.period]


def _as_one(periods: list[FoundPeriod], asked: Asked) -> bool:
    """As in "2023 and 2024 added together", "2023 and 2024 combined": one figure for the whole span."""
    after = asked.said.text[max(each.end for each in periods) :].lower()
    return bool(_TOGETHER.match(after)) or cues("cues").found("in_one", asked.said.folded)


def _apart(periods: list[FoundPeriod], asked: Asked) -> bool:
    """Whether each of the periods is a side of its own."""
    return not _in_a_row(periods) or (asked.intent.compare and not _as_one(periods, asked))


def _in_a_row(periods: list[FoundPeriod]) -> bool:
    """Whether each begins where the one before ends."""
    ordered = sorted(periods, key=lambda each: each.period.start or each.period.end)  # type: ignore[arg-type,return-value]
    return all(
        one.period.end is not None and one.period.end == two.period.start for one, two in itertools.pairwise(ordered)
    )


def _by_period(plan: Plan, periods: list[FoundPeriod]) -> Plan:
    groups = tuple(group for group in plan.group_by if group.value not in PERIOD_UNITS or not _is_unit(group, periods))
    unequal = any(map(_is_open, periods))
    if plan.measure not in STANDING:
        periods = [_running(each, periods) for each in periods]
    variants = tuple(Variant(_label(each.period), _less(plan.filters, each), each.period) for each in periods)
    dropped = [group for group in plan.group_by if group not in groups]
    if plan.measure is Measure.SUM and not groups and len(dropped) == 1 and unequal:
        plan = replace(plan, measure=Measure.AVERAGE, per=PER[dropped[0]])  # of unequal times the sums tell nothing
    return replace(
        plan,
        compare=variants,
        period=Period(),
        group_by=groups,
        filters=plan.filters,
        order=None if not groups else plan.order,
        limit=None if not groups else plan.limit,
    )


def _less(filters: Filters, found: FoundPeriod) -> Filters:
    """As in "May against the rest of the year": without what the time leaves out."""
    return replace(filters, exclude_periods=(*filters.exclude_periods, found.less)) if found.less else filters


def _is_open(found: FoundPeriod) -> bool:
    """Whether it has no beginning, or no end: "before 2023", "since I moved"."""
    return found.period.start is None or found.period.end is None


def _running(found: FoundPeriod, periods: list[FoundPeriod]) -> FoundPeriod:
    """As in "what was it in 2023 and what is it now", of what moves: the year that runs, and not all until today."""
    units = {each.unit for each in periods if each is not found}
    unit = units.pop() if len(units) == 1 else None
    if found.kind != "now" or unit is None or found.period.end is None:
        return found
    return replace(found, period=of_unit(unit, found.period.end - _DAY).period, unit=unit)


def _is_unit(group: Grouping, periods: list[FoundPeriod]) -> bool:
    """Whether a row a period is what the grouping asks for anyway ("by year: 2020, 2022")."""
    return any(each.unit is not None and each.unit.value == group.value for each in periods) or any(
        each.period.start is None for each in periods
    )


def _series(plan: Plan, periods: list[FoundPeriod], asked: Asked) -> Plan:
    """Neighbouring months, quarters or years as one span grouped by them, if not to be put together."""
    starts = [each.period.start for each in periods if each.period.start]
    ends = [each.period.end for each in periods if each.period.end]
    span = Period(min(starts), max(ends), " and ".join(_label(each.period) for each in periods))
    if _as_one(periods, asked):
        return replace(plan, period=span)
    units = {each.unit.value for each in periods if each.unit}
    unit = PERIOD_UNITS.get(next(iter(units))) if len(units) == 1 else None
    if unit is None:
        return _by_period(plan, periods)
    groups = (
        plan.group_by
        if unit in plan.group_by or any(group.value in PERIOD_UNITS for group in plan.group_by)
        else (*plan.group_by, unit)
    )
    return replace(plan, period=span, group_by=groups)


def _label(period: Period) -> str:
    return period.label.removeprefix("in ").removeprefix("on ")


def _common(filters: Filters, sides: Sequence[Subject]) -> Filters:
    """What holds for all sides: everything but the names that tell them apart."""
    payers = {each.filters.alongside for each in sides}
    if len(payers) > 1:
        return replace(filters, alongside=())
    return replace(filters, accounts=(), mentions=(), tags=())


def _bounded(side: Filters, whole: Filters) -> Filters:
    """A side's names with what the plan settled for the whole (roots, currency, bounds)."""
    return replace(
        whole,
        accounts=side.accounts,
        mentions=side.mentions,
        tags=side.tags,
        alongside=side.alongside or whole.alongside,
        roots=() if side.accounts else whole.roots or side.roots,
    )
