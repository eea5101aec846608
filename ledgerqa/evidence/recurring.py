"""RECURRING: payments that come round at a steady interval.

Postings are gathered by who is paid (the payee, else the narration without its digits) and currency.  A series
recurs when its median interval is that of a cadence and most of its intervals are near it.  Three payments are the
fewest that make two intervals, and one interval alone is not regular.  A series of which two payments in a row
are overdue on the last day looked at has ended.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import joined, total
from ledgerqa.evidence.filters import Clause
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.evidence.spans import DAY
from ledgerqa.records import Column, Evidence, Fact, Filters, Period, Root, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledgerqa.records import Plan

FEWEST = 3
_CENT = Decimal("0.01")
REGULAR_SHARE = Decimal("0.7")  # of the intervals that must be near the cadence's own


# What a payslip takes off, and what comes back, are no payments that one makes.
NO_DEDUCTIONS = Clause(
    "p.number > 0 AND p.entry_id NOT IN (SELECT entry_id FROM postings WHERE root = 'income' AND number < 0)"
)

_WHO = "coalesce(nullif(p.payee, ''), p.narration, '')"


_ANY = ""  # account of a series, whatever it is booked to
TWICE_A_MONTH = "twice a month"
_TWO_WEEKS = Decimal("14.6")  # days on average from which on it is no fortnight: 24 times a year, not 26


@dataclass(frozen=True)
class Cadence:
    """How often: the days between two payments, how far they may stray, and how many fall into a year."""

    name: str
    days: Decimal
    stray: int
    yearly: int


CADENCES = (
    Cadence("weekly", Decimal(7), 1, 52),
    Cadence(TWICE_A_MONTH, Decimal("15.2"), 3, 24),
    Cadence("fortnightly", Decimal(14), 2, 26),
    Cadence("monthly", Decimal("30.4"), 5, 12),
    Cadence("quarterly", Decimal("91.3"), 10, 4),
    Cadence("yearly", Decimal("365.25"), 15, 1),
)


@dataclass
class _Series:
    """The payments of one kind, a day each: what was booked that day, and the entry that it stands in."""

    payee: str
    currency: str
    days: dict[dt.date, tuple[Decimal, int]] = field(default_factory=dict)
    account: str = ""  # to which most of the newest payment went
    _largest: tuple[dt.date, Decimal] = (dt.date.min, Decimal(0))

    def add(self, day: dt.date, account: str, number: Decimal, entry_id: int) -> None:
        """Take in a posting; they come in order of their dates."""
        before = self.days.get(day)
        self.days[day] = (number if before is None else total((before[0], number)), entry_id)
        if (day, abs(number)) > self._largest:
            self.account, self._largest = account, (day, abs(number))

    def keep_one_way(self) -> None:
        """Drop the days on which as much came back as was paid, or more."""
        self.days = {day: self.days[day] for day in _one_way({day: paid for day, (paid, _) in self.days.items()})}

    def keep_since(self, start: dt.date | None) -> bool:
        """Drop the payments before `start`; whether any is left."""
        self.days = {day: paid for day, paid in self.days.items() if start is None or day >= start}
        return bool(self.days)


def gather_recurring(run: Run) -> Evidence:
    """The recurring payments, the dearest in a year first; facts: what each comes to in a year, and all in a month.

    `plan.key` keeps one cadence.  What was paid before the period tells what is regular, too: in a single month nothing
    recurs.  Where neither roots nor accounts are named, expenses are looked at.  Of what ended (began) in a period the
    last (first) payment lies in it.
    """
    within = run.plan.period if run.plan.pick in {"ended", "begun"} else Period()
    run = replace(run, plan=replace(run.plan, period=Period())) if within else run
    start, rises = run.plan.period.start, run.plan.pick == "risen"
    gathered = [] if rises else _gathered(run, _clause(run.plan))
    if rises or start:
        known = {(series.payee, series.currency) for series, _ in gathered}
        ever = _gathered(run, _clause(replace(run.plan, period=replace(run.plan.period, start=None))))
        gathered += [
            (series, cadence)
            for series, cadence in ever
            if (series.payee, series.currency) not in known and (rises or series.keep_since(start))
        ]
    found: list[tuple[_Series, Cadence]] = []
    ended, until = 0, _looked_until(run)
    for series, cadence in gathered:
        if run.plan.key not in {None, cadence.name} and (run.plan.key, cadence.name) != ("monthly", TWICE_A_MONTH):
            continue
        last = max(series.days)
        over = (until - last).days > 2 * cadence.days + cadence.stray
        turn = min(series.days) if run.plan.pick == "begun" else last
        if turn < (within.start or turn) or turn >= (within.end or dt.date.max):
            continue
        if run.plan.pick == "begun" and (turn - run.index.ledger.first_date).days <= cadence.days + cadence.stray:
            continue  # what was paid when the books began is not new
        if over != (run.plan.pick == "ended"):
            ended += over
        else:
            found.append((series, cadence))
    if run.plan.pick == "risen":
        start = run.plan.period.start or dt.date.min
        found = [
            (series, cadence) for series, cadence in found if (rise := _rise(series, cadence)) and rise[1] >= start
        ]
    found = _arranged(run, found)
    shown = found[: run.shown]
    days = sorted(day for series, _ in found for day in series.days)
    return Evidence(
        table=_laid_out(shown, len(found), rises=run.plan.pick == "risen"),
        facts=(*_yearly(shown), *(() if run.plan.pick or run.plan.limit else _together(found))),
        entry_ids=_entries(series for series, _ in shown)[: run.entry_limit],
        contributing=len({entry for series, _ in found for _, entry in series.days.values()}),
        row_entries=tuple(_newest(series)[1] for series, _ in shown),
        first_date=days[0] if days else None,
        last_date=days[-1] if days else None,
        notes=_notes(ended, until),
    )


def _yearly(shown: Sequence[tuple[_Series, Cadence]]) -> tuple[Fact, ...]:
    return tuple(
        Fact("yearly", total([_newest(series)[0] * cadence.yearly]), series.currency, (place,), series.payee)
        for place, (series, cadence) in enumerate(shown)
    )


def _together(found: Sequence[tuple[_Series, Cadence]]) -> tuple[Fact, ...]:
    """What all of them come to in a month and in a year, by currency, each at its latest amount."""
    costs: defaultdict[str, list[Decimal]] = defaultdict(list)
    for series, cadence in found:
        costs[series.currency].append(_newest(series)[0] * cadence.yearly)
    sums = {currency: total(each) for currency, each in costs.items()}
    return tuple(
        Fact(name, (number / parts).quantize(_CENT), currency)
        for currency, number in sums.items()
        for name, parts in (("a_month", 12), ("a_year", 1))
    )


def _clause(plan: Plan) -> Clause:
    filters = plan.filters
    implied = None if filters.roots or filters.accounts else Filters(roots=(Root.EXPENSES,))
    clause = either(sides(plan, implied))
    if not filters.accounts and not filters.mentions and filters.roots in {(), (Root.EXPENSES,)}:
        clause &= NO_DEDUCTIONS
    return clause


def _looked_until(run: Run) -> dt.date:
    """The last day on which a payment could have been booked."""
    last = min(run.today, run.index.ledger.last_date)
    return last if run.plan.period.end is None else min(last, run.plan.period.end - DAY)


def _notes(ended: int, until: dt.date) -> tuple[str, ...]:
    notes = [f"a payment seen fewer than {FEWEST} times has no regular interval and is left out"]
    if ended:
        notes.append(f"{ended} more had ended by {until.isoformat()} and {'is' if ended == 1 else 'are'} left out")
    return tuple(notes)


def cadence_of(days: Sequence[dt.date]) -> Cadence | None:
    """The cadence of payments on these days, in order; None where they are too few or keep no steady interval."""
    if len(days) < FEWEST:
        return None
    gaps = sorted((after - before).days for before, after in itertools.pairwise(days))
    middle = len(gaps) // 2
    median = Decimal(gaps[middle] if len(gaps) % 2 else gaps[middle - 1] + gaps[middle]) / (1 if len(gaps) % 2 else 2)
    average = Decimal((days[-1] - days[0]).days) / len(gaps)
    for cadence in CADENCES:
        if cadence.name == TWICE_A_MONTH and average < _TWO_WEEKS:
            continue
        if abs(median - cadence.days) <= cadence.stray:
            near = sum(abs(gap - cadence.days) <= cadence.stray for gap in gaps)
            return cadence if near >= REGULAR_SHARE * len(gaps) else None
    return None


def _one_way(paid: Mapping[dt.date, Decimal]) -> list[dt.date]:
    """The days, in order, on which money went as on most of them: a refund is no payment that comes round."""
    out = sum(1 if number > 0 else -1 for number in paid.values())
    return sorted(day for day, number in paid.items() if number * out > 0)


def _regular(run: Run, clause: Clause) -> dict[tuple[str, str, str], Cadence]:
    """The cadence of each series (who is paid, in which currency) that has one, from its days alone.

    Where there is none, but one on each of several accounts (two pensions of one office), these are a series each.
    """
    rows = run.query(
        f"SELECT {_WHO} AS who, coalesce(p.payee, '') = '' AS unnamed, p.currency, p.account, p.date,"
        f" coalesce(sum(p.number), 0) FROM postings p WHERE {clause.sql} AND p.currency IS NOT NULL GROUP BY ALL",
        clause.parameters,
    )
    paid: defaultdict[tuple[str, str], defaultdict[str, dict[dt.date, Decimal]]]
    paid = defaultdict(lambda: defaultdict(dict))
    for who, unnamed, currency, account, day, number in rows:
        key = without_figures(who) if unnamed else who
        for side in (_ANY, account) if key else ():
            days = paid[key, currency][side]
            days[day] = days.get(day, Decimal(0)) + number
    found: dict[tuple[str, str, str], Cadence] = {}
    for key, each in paid.items():
        if (whole := cadence_of(_one_way(each.pop(_ANY)))) is not None:
            found[*key, _ANY] = whole
            continue
        apart = {account: cadence_of(_one_way(days)) for account, days in each.items()}
        if len(apart) > 1 and None not in apart.values():
            found |= {(*key, account): cadence for account, cadence in apart.items() if cadence is not None}
    return found


def _gathered(run: Run, clause: Clause) -> list[tuple[_Series, Cadence]]:
    """The payments of the series that have a cadence; only these are read in full."""
    cadences = _regular(run, clause)
    if not cadences:
        return []
    names = sorted({who for who, *_ in cadences})
    rows = run.query(
        "SELECT p.entry_id, p.date, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, p.number, "
        f"p.number_text, p.currency FROM postings p WHERE {clause.sql} AND p.currency IS NOT NULL "
        "AND (coalesce(p.payee, '') = '' OR p.payee IN (SELECT unnest(?))) ORDER BY p.date, p.posting_id",
        (*clause.parameters, names),
    )
    gathered: dict[tuple[str, str, str], _Series] = {}
    for entry_id, day, payee, narration, account, number, text, currency in rows:
        whole = (payee or without_figures(narration), currency, _ANY)
        if (key := whole if whole in cadences else (*whole[:2], account)) in cadences:
            series = gathered.setdefault(key, _Series(payee or narration, currency))
            series.add(day, account, joined(number, text), entry_id)
    for each in gathered.values():
        each.keep_one_way()
    return [(series, cadences[key]) for key, series in gathered.items() if series.days]


def without_figures(narration: str) -> str:
    """A narration without what changes from month to month: digits, and the names of months.

    >>> without_figures("RENT 03/2024 ref 8812") == without_figures("RENT 04/2024 ref 9127")
    True
    """
    text = re.sub(r"\S*\d\S*", " ", narration.casefold())
    text = re.sub(_MONTHS, " ", text)
    return " ".join(text.split())


_MONTHS = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)


def _newest(series: _Series) -> tuple[Decimal, int]:
    return series.days[max(series.days)]


def _rise(series: _Series, cadence: Cadence) -> tuple[Decimal, dt.date] | None:
    """The amount before the newest one and the day of the change, where a price that seldom changes has risen.

    What is paid once a year may have a new price each time.
    """
    days = _without_strays(series)
    amounts = [series.days[day][0] for day in days]
    changes = [at for at in range(1, len(days)) if amounts[at] != amounts[at - 1]]
    if not changes or (cadence.yearly > 1 and FEWEST * len(changes) > len(days)):
        return None
    at = changes[-1]
    return (amounts[at - 1], days[at]) if amounts[at] > amounts[at - 1] else None


def _without_strays(series: _Series) -> list[dt.date]:
    """The days in order, but for one alone at another amount than before and after: what was charged twice, or less."""
    days = sorted(series.days)
    paid = [series.days[day][0] for day in days]
    return [
        day for at, day in enumerate(days) if not (0 < at < len(days) - 1 and paid[at - 1] == paid[at + 1] != paid[at])
    ]


def _arranged(run: Run, found: Iterable[tuple[_Series, Cadence]]) -> list[tuple[_Series, Cadence]]:
    """By what they cost in a year, dearest first; or by the day seen last, or the name, as the plan orders."""
    order, ranks = run.plan.order, run.currency_ranks
    rows = sorted(found, key=lambda row: (row[0].payee, row[0].account))
    if order is not None and order.by == "date":
        return sorted(rows, key=lambda row: max(row[0].days), reverse=order.descending)
    if order is not None and order.by == "key":
        return rows[::-1] if order.descending else rows
    descending = order is None or order.descending
    rows.sort(key=lambda row: abs(_newest(row[0])[0]) * row[1].yearly, reverse=descending)
    return sorted(rows, key=lambda row: ranks.get(row[0].currency, len(ranks)))


def _laid_out(shown: Sequence[tuple[_Series, Cadence]], count: int, *, rises: bool = False) -> Table:
    columns: tuple[Column, ...] = (
        Column("payee", "text"),
        Column("account", "text"),
        Column("cadence", "text"),
        Column("amount", "number"),
        Column("currency", "currency"),
        Column("times", "integer"),
        Column("first", "date"),
        Column("last", "date"),
    )
    rises_of = [_rise(*each) if rises else None for each in shown]
    if rises:
        columns += (Column("before", "number"), Column("currency", "currency"), Column("since", "date"))
    rows = tuple(
        (
            series.payee,
            series.account,
            cadence.name,
            _newest(series)[0],
            series.currency,
            len(series.days),
            min(series.days),
            max(series.days),
            *((rise[0], series.currency, rise[1]) if rise else ()),
        )
        for (series, cadence), rise in zip(shown, rises_of, strict=True)
    )
    return Table(columns, rows, count, truncated=len(shown) < count)


def _entries(series: Iterable[_Series]) -> tuple[int, ...]:
    """The newest payment of each first, then the one before it, and so on."""
    by_age: defaultdict[int, list[int]] = defaultdict(list)
    for one in series:
        for age, day in enumerate(sorted(one.days, reverse=True)):
            by_age[age].append(one.days[day][1])
    ordered = dict.fromkeys(entry for age in sorted(by_age) for entry in by_age[age])
    return tuple(ordered)
