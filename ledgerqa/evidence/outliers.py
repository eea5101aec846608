"""LIST with a `pick`: of the matching postings those that stray from the usual, or that look booked twice.

What is usual is told by the median of the postings of the same kind over all time: of the same payee to the same
account where there are enough, else of the account.  A posting strays when its distance from the median is more than
`FAR` times the median absolute deviation (the modified z-score of Iglewicz and Hoaglin, 1993, with their 3.5) and
also a multiple of the median that a reader would call unusual: the deviation of bills that never change is nought.

Two postings look like one booked twice when payee, account and amount are the same within a few days, and this is not
how that payee is usually paid.  What is owed may be paid twice as well: an invoice that its second payment, under the
same link, pays more than in full.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import joined, quotient
from ledgerqa.evidence.recurring import NO_DEDUCTIONS, without_figures
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.records import Column, Evidence, Period, Root, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ledgerqa.records import Plan

FAR = Decimal("5.19")  # 3.5 / 0.6745
LEAST_OF_PAYEE = 6  # postings that make a usual amount
LEAST_OF_ACCOUNT = 12
MUCH = Decimal("1.5")  # times the usual, of one payee to one account
VERY_MUCH = Decimal(4)  # times the usual, of an account with all its payees
CLOSE = dt.timedelta(days=10)
SELDOM = Decimal("0.2")  # of a payee's postings: above it, equal amounts in a row are the habit


@dataclass(frozen=True)
class _Posting:
    entry_id: int
    date: dt.date
    payee: str
    narration: str
    account: str
    number: Decimal
    currency: str
    link: str = ""  # of what is owed: under which it is paid
    spent: bool = True  # of which what comes back is no payment; income and accounts are paid either way

    @property
    def who(self) -> str:
        """The payee; without one the narration, less its figures."""
        return self.payee or without_figures(self.narration)


@dataclass(frozen=True)
class _Picked:
    """A posting that was picked; for one that strays, what is usual, and how many times of it it is."""

    posting: _Posting
    usual: Decimal | None = None
    times: Decimal = Decimal(1)


def gather_picked(run: Run) -> Evidence:
    """The postings that stray most first, or the pairs in order of their dates."""
    postings = _matching(run, run.plan)
    if run.plan.pick == "twice":
        spent = run.plan.filters.roots == (Root.EXPENSES,)
        owed = replace(run.plan, filters=replace(run.plan.filters, roots=(Root.LIABILITIES,))) if spent else None
        paid = _paid_in_excess(_matching(run, owed, by_link=True)) if owed else []
        found = sorted([*_twice(postings), *_twice(paid)], key=lambda each: (each.posting.date, each.posting.who))
    else:
        found = _unusual(postings)
    inside = [each for each in found if _within(run.plan.period, each.posting.date)]
    return _laid_out(run, inside)


def _matching(run: Run, plan: Plan, *, by_link: bool = False) -> list[_Posting]:
    """The postings that the plan is about, at any time; only those under a link, and with it, if they go `by_link`."""
    clause = either(sides(replace(plan, period=Period())))
    if plan.filters.roots == (Root.EXPENSES,):
        clause &= NO_DEDUCTIONS
    links = "JOIN (SELECT entry_id, min(link) AS link FROM links GROUP BY 1) l USING (entry_id) " if by_link else ""
    rows = run.query(
        "SELECT p.entry_id, p.date, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, p.number, "
        f"p.number_text, p.currency, {'l.link' if by_link else repr('')}, p.root = 'expenses' FROM postings p {links}"
        f"WHERE {clause.sql} AND p.currency IS NOT NULL "
        "ORDER BY p.date, p.posting_id",
        clause.parameters,
    )
    return [
        _Posting(entry, day, payee, narration, account, joined(number, text), currency, link, spent)
        for entry, day, payee, narration, account, number, text, currency, link, spent in rows
    ]


def _within(period: Period, day: dt.date) -> bool:
    return (period.start is None or day >= period.start) and (period.end is None or day < period.end)


# -------------------------------------------------------------------------------------------------- what strays


@dataclass(frozen=True)
class _Usual:
    """The median of a kind, and the median distance from it."""

    median: Decimal
    deviation: Decimal

    def strays(self, number: Decimal, much: Decimal) -> bool:
        """Whether a figure is far from the median both by the deviation and as a multiple."""
        if abs(number - self.median) <= FAR * self.deviation:
            return False
        return number >= much * self.median or number * much <= self.median


def _unusual(postings: Sequence[_Posting]) -> list[_Picked]:
    """Of what was spent or earned (no refunds), the postings that stray; the farthest first."""
    usual_sign = 1 if 2 * sum(each.number > 0 for each in postings) >= len(postings) else -1
    counted = [each for each in postings if each.number * usual_sign > 0]
    by_payee = _usual(counted, lambda each: (each.who, each.account, each.currency), LEAST_OF_PAYEE)
    by_account = _usual(counted, lambda each: (each.account, each.currency), LEAST_OF_ACCOUNT)
    found: list[_Picked] = []
    for each in counted:
        of_payee = by_payee.get((each.who, each.account, each.currency))
        usual = of_payee or by_account.get((each.account, each.currency))
        size = abs(each.number)
        if usual and usual.strays(size, MUCH if of_payee else VERY_MUCH) and (of_payee or size > usual.median):
            times = quotient(max(size, usual.median), min(size, usual.median))
            found.append(_Picked(each, usual.median * usual_sign, times))
    return sorted(found, key=lambda each: (-each.times, each.posting.date))


def _usual(
    postings: Iterable[_Posting], kind: Callable[[_Posting], tuple[str, ...]], least: int
) -> dict[tuple[str, ...], _Usual]:
    """The usual amount of each kind that has enough postings."""
    sizes: defaultdict[tuple[str, ...], list[Decimal]] = defaultdict(list)
    for each in postings:
        sizes[kind(each)].append(abs(each.number))
    return {key: _usual_of(numbers) for key, numbers in sizes.items() if len(numbers) >= least}


def _usual_of(numbers: Sequence[Decimal]) -> _Usual:
    median = _median(numbers)
    return _Usual(median, _median([abs(number - median) for number in numbers]))


def _median(numbers: Sequence[Decimal]) -> Decimal:
    """The middle figure; of an even number the lower of the two, which is one that was really booked."""
    return sorted(numbers)[(len(numbers) - 1) // 2]


# --------------------------------------------------------------------------------------------- what stands twice


def _twice(postings: Sequence[_Posting]) -> list[_Picked]:
    """Both postings of each pair: of what was spent those of payments, of what was earned or lies somewhere all."""
    alike: defaultdict[tuple[str, str, str, str, Decimal], list[_Posting]] = defaultdict(list)
    paid: Counter[tuple[str, str]] = Counter()
    for each in postings:
        if each.who and (each.number > 0 or not each.spent):
            alike[each.who, each.account, each.link, each.currency, each.number].append(each)
            paid[each.who, each.account] += 1
    pairs: defaultdict[tuple[str, str], list[_Posting]] = defaultdict(list)
    for (who, account, *_), same in alike.items():
        for one, two in itertools.pairwise(same):
            if two.date - one.date <= CLOSE and one.entry_id != two.entry_id:
                pairs[who, account] += [one, two]
    seldom = [
        posting
        for kind, found in pairs.items()
        if len(found) <= 2 or len(found) <= SELDOM * paid[kind]
        for posting in dict.fromkeys(found)
    ]
    return [_Picked(each) for each in sorted(seldom, key=lambda each: (each.date, each.who, each.entry_id))]


def _paid_in_excess(postings: Sequence[_Posting]) -> list[_Posting]:
    """Of what moves debts, all under the links whose invoices were at any time paid more than in full."""
    standing: dict[tuple[str, str, str], Decimal] = {}
    exceeded: set[tuple[str, str, str]] = set()
    for each in postings:
        kind = (each.account, each.link, each.currency)
        if kind in standing or each.number < 0:  # paid ahead of the invoice is paid once
            standing[kind] = standing.get(kind, Decimal()) + each.number
        if standing.get(kind, Decimal()) > 0:
            exceeded.add(kind)
    return [each for each in postings if (each.account, each.link, each.currency) in exceeded]


# --------------------------------------------------------------------------------------------------- the table


def _laid_out(run: Run, found: Sequence[_Picked]) -> Evidence:
    columns = [Column("date", "date"), *(Column(name, "text") for name in ("payee", "narration", "account"))]
    columns += [Column("amount", "number"), Column("currency", "currency")]
    strays = run.plan.pick == "unusual"
    if strays:
        columns += [Column("usual", "number"), Column("currency", "currency")]
    shown = found[: run.shown]
    rows = []
    for each in shown:
        one = each.posting
        row = (one.date, one.payee, one.narration, one.account, one.number, one.currency)
        rows.append((*row, each.usual, one.currency) if strays else row)
    entries = tuple(dict.fromkeys(each.posting.entry_id for each in shown))
    days = [each.posting.date for each in found]
    return Evidence(
        table=Table(tuple(columns), tuple(rows), len(found), truncated=len(shown) < len(found)),
        entry_ids=entries[: run.entry_limit],
        contributing=len(entries),
        row_entries=tuple(each.posting.entry_id for each in shown),
        first_date=min(days, default=None),
        last_date=max(days, default=None),
    )
