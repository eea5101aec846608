"""What changed: along a series between its first and last whole span, between two sides by group, against the usual.

Only whole spans are set against each other: a year in which the books, or what was asked for, began or ended says
nothing of a rise.  A steady payment's own amounts tell more than sums do, and are told beside them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.courses.cycles import on_cycle
from ledgerqa.evidence.amounts import read, totals, valued
from ledgerqa.evidence.exact import ZERO, difference, joined, percent, quotient, total
from ledgerqa.evidence.filters import any_of, matching, within
from ledgerqa.evidence.groups import groups_of, time_group
from ledgerqa.evidence.recurring import cadence_of
from ledgerqa.evidence.run import Side, either
from ledgerqa.evidence.spans import DAY, next_start, spans, start_of
from ledgerqa.evidence.spans import name_of as name_of_span
from ledgerqa.plan_keys import CHANGE, FALL, RISE, WHY
from ledgerqa.records import Column, Fact, Grouping, Measure, Period, Root, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.evidence.amounts import Amount
    from ledgerqa.evidence.contributing import Contribution
    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Cell

MOST_MOVED: Final = 10  # groups of which it is told by how much they moved
MOST_STRAYS: Final = 20
MOST_BOOKINGS: Final = 2000  # beyond that nothing is one steady payment
SELDOM: Final = 3  # so many bookings to a change of the amount, at least
MAIN_SHARE: Final = 4  # of five bookings so many are to one payee, where a payment is steady
OFTEN: Final = 6  # bookings a year from which on a first or last one tells when it began or ended
ENDED: Final = dt.timedelta(days=62)
AS_FAR: Final = "each up to the same day"
USUAL_SPANS: Final = {Grouping.WEEK: 12, Grouping.MONTH: 12, Grouping.QUARTER: 4, Grouping.YEAR: 3}


def changes_told(
    run: Run, parts: Sequence[Side], amounts: Sequence[Amount], shown: Sequence[Amount], base: Contribution
) -> list[Fact]:
    """The facts of what changed that the plan asks for; none where it asks for none."""
    if run.plan.key == WHY:
        return _against_usual(run, amounts, shown)
    span = time_group(run.plan)
    if run.plan.key == CHANGE and span is not None and len(run.plan.group_by) == 1 and not run.plan.compare:
        return [*_course(run, amounts, shown, span, base), *_steady(run, parts, base)]
    if len(run.plan.compare) == 2 and run.plan.group_by and span is None:
        return _moved(run, amounts)
    return []


# ------------------------------------------------------------------------------------------------- along a series


def added_up(table: Table) -> Table:
    """The table with what its amounts come to so far, in each currency, beside each of them."""
    columns = (*table.columns, Column("so far", "number"), Column("currency", "currency"))
    totals_of: defaultdict[str, Decimal] = defaultdict(Decimal)
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        number, currency = row[-2], str(row[-1])
        totals_of[currency] = total([totals_of[currency], number if isinstance(number, Decimal) else ZERO])
        rows.append((*row, totals_of[currency], currency))
    return replace(table, columns=columns, rows=tuple(rows))


def _course(
    run: Run, amounts: Sequence[Amount], shown: Sequence[Amount], span: Grouping, base: Contribution
) -> list[Fact]:
    """From the first whole span to the last: both figures, their difference, and it in percent of the first."""
    facts: list[Fact] = []
    names = _whole_spans(run, span, base)
    for currency in dict.fromkeys(amount.currency for amount in amounts):
        found = {amount.keys[0]: amount.number for amount in amounts if amount.currency == currency}
        kept = _in_one_money([name for name in names if name in found], currency, amounts)
        if len(kept) < 2:
            continue
        first, last = kept[0], kept[-1]
        rows = tuple(
            place for place, row in enumerate(shown) if row.currency == currency and row.keys[0] in {first, last}
        )
        change = difference(found[last], found[first])
        facts.append(Fact("risen", change, currency, rows, f"{first} to {last}"))
        if found[first] and (found[first] > 0) == (found[last] > 0):
            facts.append(Fact("risen_percent", percent(change, found[first]), "%", rows, currency))
    return facts


def _in_one_money(kept: list[Cell], currency: str, amounts: Sequence[Amount]) -> list[Cell]:
    """Without the span amid which one began to pay in this money, or ceased to: three months of rent are no year's."""
    every = sorted({str(amount.keys[0]) for amount in amounts if amount.number})
    own = sorted({str(amount.keys[0]) for amount in amounts if amount.number and amount.currency == currency})
    if kept and own and every[0] < own[0] == str(kept[0]):
        kept = kept[1:]
    if kept and own and every[-1] > own[-1] == str(kept[-1]):
        kept = kept[:-1]
    return kept


def _whole_spans(run: Run, span: Grouping, base: Contribution) -> list[Cell]:
    """The names of the spans that the books, and what is asked for, cover from end to end."""
    first, end = _covered(run, base)
    standing = run.plan.measure in {Measure.BALANCE, Measure.NET_WORTH}
    return [
        name_of_span(start, span)
        for start, following in spans(first, end, span)
        if standing or (start >= first and following <= end)
    ]


def _covered(run: Run, base: Contribution) -> tuple[dt.date, dt.date]:
    """The days looked at, the end not included: months in which something was booked count as whole."""
    ledger, period = run.index.ledger, run.plan.period
    books_end = min(run.today + DAY, next_start(start_of(ledger.last_date, Grouping.MONTH), Grouping.MONTH))
    first, end = start_of(ledger.first_date, Grouping.MONTH), books_end
    if base.first_date and base.last_date and _often(base):
        if base.first_date - ledger.first_date > ENDED:
            first = start_of(base.first_date, Grouping.MONTH)
        if end - base.last_date > ENDED:
            end = next_start(start_of(base.last_date, Grouping.MONTH), Grouping.MONTH)
    return max(first, period.start or first), min(end, period.end or end)


def _often(base: Contribution) -> bool:
    """Whether bookings are so many that a stretch without any means that there are none."""
    if base.first_date is None or base.last_date is None:
        return False
    days = (base.last_date - base.first_date).days + 1
    return base.contributing >= OFTEN * max(days / 365, 0.5)


def _steady(run: Run, parts: Sequence[Side], base: Contribution) -> list[Fact]:
    """Of a payment that comes round at an amount that seldom changes: the first amount, and the newest with its day."""
    if not 0 < base.postings <= MOST_BOOKINGS or run.plan.measure is not Measure.SUM:
        return []
    clause = either(parts)
    rows = run.query(
        "SELECT p.date, coalesce(nullif(p.payee, ''), p.narration, ''), p.currency, p.number, p.number_text "
        f"FROM postings p WHERE {clause.sql} AND p.currency IS NOT NULL ORDER BY p.date, p.posting_id",
        clause.parameters,
    )
    by_day: defaultdict[tuple[str, str], dict[dt.date, Decimal]] = defaultdict(dict)
    for day, who, currency, number, text in rows:
        days = by_day[who, currency]
        days[day] = total([days.get(day, ZERO), joined(number, text)])
    if not by_day:
        return []
    (_, currency), series = max(by_day.items(), key=lambda one: len(one[1]))
    booked = sum(len(days) for days in by_day.values())
    if len(series) * (MAIN_SHARE + 1) < booked * MAIN_SHARE or cadence_of(sorted(series)) is None:
        return []
    return _prices(currency, without_extras([(day, series[day]) for day in on_cycle(list(series))]))


def _prices(currency: str, series: list[tuple[dt.date, Decimal]]) -> list[Fact]:
    changes = [place for place, (one, two) in enumerate(pairwise(series), 1) if one[1] != two[1]]
    if SELDOM * len(changes) > len(series):
        return []
    since = series[changes[-1]] if changes else series[0]
    return [
        Fact("first_amount", series[0][1], currency, (), series[0][0].isoformat()),
        Fact("latest_amount", since[1], currency, (), since[0].isoformat()),
        Fact("booked_last", Decimal(len(changes)), "", (), series[-1][0].isoformat()),
    ]


def without_extras(series: list[tuple[dt.date, Decimal]]) -> list[tuple[dt.date, Decimal]]:
    """Days and amounts without what differs once between two alike: a fee for setting up is no price."""
    return [
        each
        for place, each in enumerate(series)
        if not (0 < place < len(series) - 1 and series[place - 1][1] == series[place + 1][1] != each[1])
    ]


# ----------------------------------------------------------------------------------------------- between two sides


def _moved(run: Run, amounts: Sequence[Amount]) -> list[Fact]:
    """By how much each side's whole and each group is more on the second side, and by what part of the first."""
    before, after = (variant.label for variant in run.plan.compare)
    ranks = run.currency_ranks
    wholes = _both_sides(totals(amounts))
    facts = [fact for key, ends in wholes.items() for fact in _move("whole_moved", key, ends, before, after)]
    moves = [_move("moved", key, ends, before, after) for key, ends in _both_sides(amounts).items()]
    moves = [each for each in moves if each and each[0].number]
    credit = -1 if run.plan.filters.roots == (Root.INCOME,) else 1

    def moved(each: list[Fact]) -> Decimal:
        by = credit * each[0].number
        return {RISE: -by, FALL: by}.get(run.plan.key or "", -abs(by))

    moves.sort(key=lambda each: (ranks.get(each[0].currency, len(ranks)), moved(each), each[0].note))
    return facts + [fact for each in moves[:MOST_MOVED] for fact in each]


def _both_sides(amounts: Sequence[Amount]) -> dict[tuple[str, tuple[Cell, ...]], dict[str | None, Decimal]]:
    """The figure of each side, by currency and group."""
    by_key: dict[tuple[str, tuple[Cell, ...]], dict[str | None, Decimal]] = defaultdict(dict)
    for amount in amounts:
        by_key[amount.currency, amount.keys][amount.side] = amount.number
    return by_key


def _move(
    name: str, key: tuple[str, tuple[Cell, ...]], ends: dict[str | None, Decimal], before: str, after: str
) -> list[Fact]:
    """The difference, and it in percent where both sides have the same sign."""
    currency, keys = key
    old, new = ends.get(before, ZERO), ends.get(after, ZERO)
    change, note = difference(new, old), ", ".join("" if key is None else str(key) for key in keys)
    facts = [Fact(name, change, currency, (), note)]
    if old and new and (old > 0) == (new > 0):
        facts.append(Fact(f"{name}_percent", percent(change, old), "%", (), f"{currency}: {note}"))
    return facts


# --------------------------------------------------------------------------------------------- against the usual


def _against_usual(run: Run, amounts: Sequence[Amount], shown: Sequence[Amount]) -> list[Fact]:
    """What an average span before the one asked for came to, and the groups that stray from theirs the most."""
    earlier = _spans_before(run, run.plan.period)
    if not earlier:
        return []
    unit, stretches = earlier
    count, days = len(stretches), Period(stretches[0].start, stretches[-1].end)
    as_far = stretches[-1].end != run.plan.period.start
    before = Side(None, matching(run.plan.filters) & any_of(within(each) for each in stretches), days)
    groups = groups_of(run.plan)
    found, _ = valued(run, read(run, before, groups), run.plan.at)
    if not found or not amounts:
        return []
    currency = Counter(amount.currency for amount in amounts).most_common(1)[0][0]
    now = {amount.keys: amount.number for amount in amounts if amount.currency == currency}
    then = {each.keys: quotient(each.number, Decimal(count)) for each in found if each.currency == currency}
    whole = next((one.number for one in totals(found) if one.currency == currency), ZERO)
    mean = quotient(whole, Decimal(count))
    spans_said = f"{count} {unit.value}s" if count > 1 else unit.value
    facts = [Fact("usual", mean, currency, (), f"{spans_said}, {AS_FAR}" if as_far else spans_said)]
    facts.append(Fact("unusual", difference(total(now.values()), mean), currency, (), ""))
    places = {row.keys: place for place, row in enumerate(shown) if row.currency == currency}
    strays = [(difference(now.get(keys, ZERO), then.get(keys, ZERO)), keys) for keys in {*now, *then}]
    strays.sort(key=lambda one: (-abs(one[0]), one[1]))
    for stray, keys in strays[:MOST_STRAYS]:
        rows, note = (places[keys],) if keys in places else (), str(keys[0])
        facts.append(Fact("stray", stray, currency, rows, note))
        facts.append(Fact("stray_usual", then.get(keys, ZERO), currency, rows, note))
    return facts


def _spans_before(run: Run, period: Period) -> tuple[Grouping, list[Period]] | None:
    """The calendar unit that the period is, and the whole ones of the books before it.

    Of one that is still running, as much of each as of it: ten months are not set against a year.
    """
    if period.start is None or period.end is None:
        return None
    run_for = run.today + DAY - period.start
    for unit, most in USUAL_SPANS.items():
        if start_of(period.start, unit) == period.start and next_start(period.start, unit) == period.end:
            first = start_of(run.index.ledger.first_date, Grouping.MONTH)
            whole = [each for each in spans(first, period.start, unit) if each[0] >= first][-most:]
            running = run.today >= period.start and run.today + DAY < period.end
            ends = [min(start + run_for, end) if running else end for start, end in whole]
            stretches = [Period(start, end) for (start, _), end in zip(whole, ends, strict=True)]
            return (unit, stretches) if stretches else None
    return None
