"""Plain sentences that ask about a name, each with the query that answers it; None where it has not one answer.

Of two equal bookings none is the biggest, and what was paid and given back in equal parts comes to nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.terminal.evaluation.own_names import MONTHS, Booking, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

QUARTERS: Final = ("first", "second", "third", "fourth")
BY_MONTH: Final = "substr(str(date), 0, 7)"
NOUNS: Final = {"payee": "payments to", "income": "income from"}
FEW: Final = 3  # rows or months that a question has to be about


@dataclass(frozen=True)
class Draw:
    """What one question is made from: a name, a year of it and another, another name of its kind, and chance.

    `today` is the day asked on; `whole` tells whether the ledger has books for all of `year`; `names` are all of the
    ledger's.
    """

    name: Name
    year: int
    other_year: int
    other: Name
    names: Sequence[Name]
    today: dt.date
    whole: bool
    random: Random

    @property
    def there(self) -> Name:
        """The name in its year."""
        return self.name.of(self.year)

    @property
    def paid(self) -> bool:
        """Whether it is what money goes to, or who gets it."""
        return self.name.kind in {"spending", "payee"}


@dataclass(frozen=True)
class Asked:
    """A question with the query that gives its rows, the condition of the entries behind them, and what came before."""

    family: str
    question: str
    bql: str
    where: str
    history: tuple[str, ...] = ()


Wording = Callable[[Draw], "Asked | None"]


def wordings_of(kind: str) -> tuple[Wording, ...]:
    """The wordings for a kind of name."""
    return (_balance, _balance_at_month) if kind == "holding" else FLOWS


# ------------------------------------------------------------------------------------------------------- sums


def _sum(question: str, part: Name, *history: str) -> Asked | None:
    """A question for the sum of `part`, unless there is nothing or it comes to nothing."""
    if not _adds_up(part.bookings):
        return None
    family = "followup" if history else "sum"
    return Asked(family, question, f"SELECT sum(position) WHERE {part.where}", part.where, history)


def _in_year(draw: Draw) -> Asked | None:
    return _sum(f"{_how_much(draw.name)} in {draw.year}?", draw.there)


def _in_all(draw: Draw) -> Asked | None:
    return _sum(f"{_how_much(draw.name)} in all?", draw.name)


def _in_quarter(draw: Draw) -> Asked | None:
    quarter = draw.random.randrange(4)
    months = range(3 * quarter + 1, 3 * quarter + 4)
    part = draw.there.within(f"month IN ({', '.join(map(str, months))})", lambda each: each.date.month in months)
    return _sum(f"{_how_much(draw.name)} in the {QUARTERS[quarter]} quarter of {draw.year}?", part)


def _in_month(draw: Draw) -> Asked | None:
    month, part = _some_month(draw)
    return _sum(f"{_how_much(draw.name)} in {month} {draw.year}?", part)


def _since(draw: Draw) -> Asked | None:
    month = draw.random.randrange(1, 13)
    first = dt.date(draw.year, month, 1)
    part = draw.name.within(f"date >= {first}", lambda each: each.date >= first)
    return _sum(f"{_how_much(draw.name)} since {MONTHS[month - 1]} {draw.year}?", part)


def _this_year(draw: Draw) -> Asked | None:
    return _sum(f"{_how_much(draw.name)} this year?", draw.name.of(draw.today.year))


def _last_year(draw: Draw) -> Asked | None:
    return _sum(f"{_how_much(draw.name)} last year?", draw.name.of(draw.today.year - 1))


def _without(draw: Draw) -> Asked | None:
    """As in "food without restaurants": an account without one below it."""
    inside = [each for each in draw.names if each.kind == draw.name.kind == "spending" and _below(each, draw.name)]
    if not inside:
        return None
    less = draw.random.choice(inside)
    part = draw.there.within(f"NOT {less.where}", lambda each: each not in less.bookings)
    return _sum(f"{_how_much(draw.name)} without {less.spoken} in {draw.year}?", part)


def _at_payee(draw: Draw) -> Asked | None:
    """As in "groceries at the corner shop": an account and a payee that share entries."""
    if draw.name.kind != "spending":
        return None
    payees = [each for each in draw.names if each.kind == "payee" and set(each.bookings) & set(draw.name.bookings)]
    if not payees:
        return None
    payee = draw.random.choice(payees)
    part = draw.name.within(payee.where, lambda each: each in payee.bookings)
    return _sum(f"{_how_much(draw.name)} at {payee.spoken}?", part)


def _together(draw: Draw) -> Asked | None:
    if draw.name.kind != "spending" or set(draw.name.bookings) & set(draw.other.bookings):
        return None
    called, where = f"{draw.name.spoken} and {draw.other.spoken}", f"({draw.name.where} OR {draw.other.where})"
    either = Name(draw.name.kind, called, where, (*draw.name.bookings, *draw.other.bookings))
    if not (draw.there.bookings and draw.other.of(draw.year).bookings):
        return None
    return _sum(f"{_how_much(either)} together in {draw.year}?", either.of(draw.year))


# ------------------------------------------------------------------------------------------------ rows by a key


def _by_month(draw: Draw) -> Asked | None:
    return _grouped(draw.there, f"{_how_much(draw.name)} by month in {draw.year}?", BY_MONTH, _month)


def _by_year(draw: Draw) -> Asked | None:
    return _grouped(draw.name, f"{_how_much(draw.name)} by year?", "year", lambda each: str(each.date.year))


def _by_payee(draw: Draw) -> Asked | None:
    if draw.name.kind != "spending" or not all(each.payee for each in draw.there.bookings):
        return None
    return _grouped(
        draw.there, f"{_how_much(draw.name)} in {draw.year}, by payee?", "payee", lambda each: each.payee.casefold()
    )


def _best_month(draw: Draw) -> Asked | None:
    if not draw.there.plain or not draw.paid:
        return None
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for each in draw.there.bookings:
        sums[_month(each)] += each.number
    if Counter(sums.values())[max(sums.values())] > 1 or len(sums) < FEW:
        return None
    asked = f"in which month of {draw.year} did we spend the most on {draw.name.spoken}?"
    if draw.name.kind == "payee":
        asked = f"in which month of {draw.year} did we pay {draw.name.spoken} the most?"
    bql = f"SELECT {BY_MONTH} AS m, sum(number) AS s WHERE {draw.there.where} GROUP BY m ORDER BY s DESC LIMIT 1"
    return Asked("best month", asked, bql, draw.there.where)


def _two_years(draw: Draw) -> Asked | None:
    where = f"{draw.name.where} AND year IN ({draw.year}, {draw.other_year})"
    if draw.other_year == draw.year or not (draw.there.plain and draw.name.of(draw.other_year).plain):
        return None
    called = f"{NOUNS.get(draw.name.kind, 'spending on')} {draw.name.spoken}"
    asked = f"{called} in {draw.other_year} compared to {draw.year}"
    return Asked("compare", asked, f"SELECT year, sum(position) WHERE {where} GROUP BY year", where)


def _grouped(part: Name, question: str, key: str, of: Callable[[Booking], str]) -> Asked | None:
    groups: dict[str, list[Booking]] = defaultdict(list)
    for each in part.bookings:
        groups[of(each)].append(each)
    if len(groups) < FEW or not all(map(_adds_up, groups.values())):
        return None
    bql = f"SELECT {key} AS k, sum(position) WHERE {part.where} GROUP BY k"
    return Asked("by a key", question, bql, part.where)


# ---------------------------------------------------------------------------------- counts, averages, bookings


def _count(draw: Draw) -> Asked | None:
    if not draw.there.plain or draw.name.kind == "tag":
        return None
    asked = f"how many entries are there for {draw.name.spoken} in {draw.year}?"
    if draw.name.kind == "payee":
        asked = f"how many times did we pay {draw.name.spoken} in {draw.year}?"
    return Asked("count", asked, f"SELECT count(*) WHERE {draw.there.where}", draw.there.where)


def _a_month(draw: Draw) -> Asked | None:
    if not draw.whole or not draw.there.plain or draw.name.kind != "spending":
        return None
    asked = f"how much did we spend on {draw.name.spoken} per month on average in {draw.year}?"
    return Asked("average", asked, f"SELECT safediv(sum(number), 12) WHERE {draw.there.where}", draw.there.where)


def _each_time(draw: Draw) -> Asked | None:
    if not draw.there.plain or not draw.paid:
        return None
    asked = f"what was the average {draw.name.spoken} bill in {draw.year}?"
    bql = f"SELECT safediv(sum(number), count(*)) WHERE {draw.there.where}"
    return Asked("average", asked, bql, draw.there.where)


def _largest(draw: Draw) -> Asked | None:
    sizes = sorted((each.number for each in draw.there.bookings), reverse=True)
    if not draw.there.plain or not draw.paid or sizes[:1] == sizes[1:2]:
        return None
    asked = f"what was the biggest amount for {draw.name.spoken} in {draw.year}?"
    if draw.name.kind == "payee":
        asked = f"what was our biggest payment to {draw.name.spoken} in {draw.year}?"
    tail = f"WHERE {draw.there.where} ORDER BY number DESC LIMIT 1"
    return Asked("biggest", asked, f"SELECT date, position {tail}", draw.there.where)


def _last(draw: Draw) -> Asked | None:
    return _ends(draw, "last", "DESC", max)


def _first(draw: Draw) -> Asked | None:
    return _ends(draw, "first", "ASC", min)


def _ends(draw: Draw, which: str, order: str, pick: Callable[[Iterable[dt.date]], dt.date]) -> Asked | None:
    days = Counter(each.date for each in draw.name.bookings)
    if not draw.name.plain or not draw.paid or days[pick(days)] > 1:
        return None
    asked = f"when did we {which} pay {'for ' * (draw.name.kind == 'spending')}{draw.name.spoken}?"
    tail = f"WHERE {draw.name.where} ORDER BY date {order} LIMIT 1"
    return Asked(which, asked, f"SELECT date, position {tail}", draw.name.where)


def _over(draw: Draw) -> Asked | None:
    return _bounded(draw, "over", ">", -FEW)


def _under(draw: Draw) -> Asked | None:
    return _bounded(draw, "under", "<", FEW - 1)


def _bounded(draw: Draw, word: str, sign: str, place: int) -> Asked | None:
    sizes = sorted(each.number for each in draw.there.bookings)
    if not draw.there.plain or draw.name.kind != "spending" or len(sizes) <= FEW:
        return None
    bound = int(sizes[place]) + (1 if sign == "<" else -1)
    if bound < 1:
        return None
    asked = f"which {draw.name.spoken} entries in {draw.year} were {word} {bound} {draw.there.bookings[0].currency}?"
    where = f"{draw.there.where} AND number {sign} {bound}"
    return Asked(word, asked, f"SELECT date, position WHERE {where}", where)


def _listed(draw: Draw) -> Asked | None:
    month, part = _some_month(draw)
    if not part.plain or not draw.paid:
        return None
    asked = f"list the {draw.name.spoken} payments in {month} {draw.year}"
    return Asked("list", asked, f"SELECT date, position WHERE {part.where}", part.where)


# --------------------------------------------------------------------------------------------------- balances


def _balance(draw: Draw) -> Asked | None:
    return _standing(draw, dt.date(draw.year, 12, 31))


def _balance_at_month(draw: Draw) -> Asked | None:
    day = dt.date(draw.year, draw.random.randrange(1, 13), draw.random.randrange(1, 29))
    return _standing(draw, day)


def _standing(draw: Draw, day: dt.date) -> Asked | None:
    part = draw.name.within(f"date <= {day}", lambda each: each.date <= day)
    asked = _sum(f"what was the balance of {draw.name.spoken} on {day}?", part)
    return asked and replace(asked, family="balance")


# ------------------------------------------------------------------------------------------------- follow-ups


def _then_year(draw: Draw) -> Asked | None:
    return _sum(f"and in {draw.other_year}?", draw.name.of(draw.other_year), _before(draw))


def _then_year_before(draw: Draw) -> Asked | None:
    return _sum("and the year before?", draw.name.of(draw.year - 1), _before(draw))


def _then_name(draw: Draw) -> Asked | None:
    if draw.other.where == draw.name.where:
        return None
    return _sum(f"and {draw.other.spoken}?", draw.other.of(draw.year), _before(draw))


def _then_month(draw: Draw) -> Asked | None:
    month, part = _some_month(draw)
    return _sum(f"just in {month}", part, _before(draw))


def _then_months(draw: Draw) -> Asked | None:
    return _then(_by_month(draw), "by month please", draw)


def _then_count(draw: Draw) -> Asked | None:
    return _then(_count(draw), "how many entries was that?", draw)


def _then_largest(draw: Draw) -> Asked | None:
    return _then(_largest(draw), "which was the biggest?", draw)


def _then(asked: Asked | None, question: str, draw: Draw) -> Asked | None:
    return asked and replace(asked, family="followup", question=question, history=(_before(draw),))


def _before(draw: Draw) -> str:
    return f"{_how_much(draw.name)} in {draw.year}?"


FLOWS: Final[tuple[Wording, ...]] = (
    *(_in_year, _in_all, _in_quarter, _in_month, _since, _this_year, _last_year, _without, _at_payee, _together),
    *(_by_month, _by_year, _by_payee, _best_month, _two_years),
    *(_count, _a_month, _each_time, _largest, _last, _first, _over, _under, _listed),
    *(_then_year, _then_year_before, _then_name, _then_month, _then_months, _then_count, _then_largest),
)


# ---------------------------------------------------------------------------------------------------- helpers


def _how_much(name: Name) -> str:
    if name.kind == "income":
        return f"how much did we earn from {name.spoken}"
    if name.kind == "payee":
        return f"how much did we pay {name.spoken}"
    return f"how much did we spend on {name.spoken}"


def _some_month(draw: Draw) -> tuple[str, Name]:
    """A month of the year in which something was booked, and what was."""
    month = draw.random.choice(draw.there.bookings).date.month
    return MONTHS[month - 1], draw.there.within(f"month = {month}", lambda each: each.date.month == month)


def _month(booking: Booking) -> str:
    return f"{booking.date:%Y-%m}"


def _adds_up(bookings: Iterable[Booking]) -> bool:
    """Whether there are bookings, and those of no currency come to nothing."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for each in bookings:
        totals[each.currency] += each.number
    return bool(totals) and all(totals.values())


def _below(name: Name, whole: Name) -> bool:
    return set(name.bookings) < set(whole.bookings)
