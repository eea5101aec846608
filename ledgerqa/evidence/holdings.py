"""HOLDINGS: what is held of each commodity, what it cost, what it is worth, and what was gained by holding it.

A holding is a balance in asset accounts of what is held at cost, or is no operating currency; filters that name
accounts, roots or currencies say otherwise.  Value is that of beanquery's value(): lots go by the currency of their
cost.  What has no cost (foreign cash) is converted into the plan's currency, or into the first operating currency
that has a rate.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledgerqa.evidence.balances import valuation_day
from ledgerqa.evidence.contributing import contribution
from ledgerqa.evidence.exact import ZERO, difference, joined, percent, quotient, summed, tidy, total
from ledgerqa.evidence.filters import Clause, all_of, one_of
from ledgerqa.evidence.groups import groups_of
from ledgerqa.evidence.run import Run, either, sides
from ledgerqa.evidence.sold import gains_in_all
from ledgerqa.plan_keys import BY_GAIN, BY_RETURN, IN_ALL, OPEN_LOTS
from ledgerqa.records import Column, Evidence, Fact, Filters, Grouping, Root, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ledgerqa.records import Cell


@dataclass(frozen=True)
class Holding:
    """Units of one commodity, by the currency that they cost; what is not known is None."""

    key: str
    commodity: str
    units: Decimal
    cost: Decimal | None = None
    cost_currency: str = ""
    value: Decimal | None = None
    value_currency: str = ""
    bought: dt.date | None = None
    unit_cost: Decimal | None = None
    unit_cost_currency: str = ""

    @property
    def gain(self) -> Decimal | None:
        """Value less cost, where both are in one currency."""
        if self.cost is None or self.value is None or self.cost_currency != self.value_currency:
            return None
        return difference(self.value, self.cost)

    @property
    def rate_of_return(self) -> Decimal | None:
        """The gain in percent of the cost."""
        return None if self.gain is None or not self.cost else percent(self.gain, self.cost)


def gather_holdings(run: Run) -> Evidence:
    """One row a commodity and account (or a commodity, grouped by currency); facts: totals, average costs, prices."""
    grouping = Grouping.CURRENCY if Grouping.CURRENCY in run.plan.group_by else Grouping.ACCOUNT
    clause, day = _clause(run), _day(run)
    held = _held(run, clause, grouping)
    unconverted: set[str] = set()
    holdings = [_valued(run, holding, day, unconverted) for holding in held]
    holdings = _arranged(run, holdings)
    shown = _shown(run, holdings)
    kept = list(dict.fromkeys(holding.commodity for holding in shown))
    if kept and run.plan.key != IN_ALL:
        clause = clause & one_of("p.currency", kept)
    base = contribution(run, clause, kept[0] if kept else "")
    facts = _facts(run, holdings, len(shown), day)
    return Evidence(
        table=_laid_out(shown, grouping, len(holdings), key=run.plan.key),
        facts=(*facts, *_in_all(run, clause, holdings, facts)) if run.plan.key == IN_ALL else facts,
        entry_ids=base.entry_ids,
        contributing=base.contributing,
        row_entries=(None,) * len(shown),
        first_date=base.first_date,
        last_date=base.last_date,
        unconverted=tuple(sorted(unconverted)),
    )


def average_costs(run: Run) -> Evidence:
    """What a unit of the plan's commodity cost on average, over all accounts that hold it."""
    return gather_holdings(replace(run, plan=replace(run.plan, group_by=(Grouping.CURRENCY,))))


def _day(run: Run) -> dt.date | None:
    return valuation_day(run.plan, run.plan.period.end)


def _clause(run: Run) -> Clause:
    """The postings whose balance is held: as the filters say, else what counts as an investment."""
    filters = run.plan.filters
    named = bool(filters.accounts or filters.roots)
    clause = either(sides(run.plan, None if named else Filters(roots=(Root.ASSETS,)), cumulative=True))
    if run.plan.commodity is not None:
        return clause & one_of("p.currency", (run.plan.commodity,))
    if filters.currencies or filters.accounts:
        return clause
    money = _home_currencies(run)
    if not money:
        return clause
    foreign = one_of("p.currency", money)
    return all_of((clause, Clause(f"(p.cost_currency IS NOT NULL OR NOT {foreign.sql})", foreign.parameters)))


def _home_currencies(run: Run) -> tuple[str, ...]:
    """The operating currencies, or the one most used where the ledger names none."""
    return tuple(run.index.ledger.operating_currencies) or tuple(run.currency_ranks)[:1]


def _held(run: Run, clause: Clause, grouping: Grouping) -> list[Holding]:
    (group,) = groups_of(run.plan, (grouping,))
    lots = "p.cost_date, p.cost, p.cost_text," if run.plan.key == OPEN_LOTS else "NULL, NULL, NULL,"
    rows = run.query(
        f"SELECT {group.expression} AS key, p.currency, p.cost_currency, {lots} sum(p.number) AS units, "
        "list(p.number_text) FILTER (p.number_text IS NOT NULL) AS units_beyond, sum(p.basis) AS cost, "
        "list(p.basis_text) FILTER (p.basis_text IS NOT NULL) AS cost_beyond "
        f"FROM postings p WHERE {clause.sql} GROUP BY ALL",
        [*group.parameters, *clause.parameters],
    )
    found: list[Holding] = []
    for key, commodity, cost_currency, day, each, each_text, units, units_beyond, cost, cost_beyond in rows:
        held = summed(units, units_beyond)
        if held == ZERO or commodity is None:
            continue
        if cost_currency is None:
            found.append(Holding(key, commodity, held))
        else:
            holding = Holding(key, commodity, held, summed(cost, cost_beyond), cost_currency)
            if run.plan.key == OPEN_LOTS:
                paid = joined(each, each_text)
                holding = replace(holding, bought=day, unit_cost=paid, unit_cost_currency=cost_currency)
            found.append(holding)
    return found


def _valued(run: Run, holding: Holding, day: dt.date | None, unconverted: set[str]) -> Holding:
    """With its value, and its cost in the plan's currency where one is asked for."""
    target = run.plan.convert_to
    via = holding.cost_currency or None
    if target is not None:
        holding = _cost_converted(run, holding, target, day, unconverted)
        number, currency, known = run.rates.converted(holding.units, holding.commodity, target, via, day)
    elif via is not None:
        number, currency, known = run.rates.value(holding.units, holding.commodity, via, day)
    else:
        number, currency, known = _home_value(run, holding, day)
    if known:
        return replace(holding, value=number, value_currency=currency)
    if via is not None or target is not None:
        unconverted.add(holding.commodity)
    return holding


def _cost_converted(run: Run, holding: Holding, target: str, day: dt.date | None, unconverted: set[str]) -> Holding:
    if holding.cost is None:
        return holding
    number, currency, known = run.rates.converted(holding.cost, holding.cost_currency, target, None, day)
    if not known:
        unconverted.add(holding.cost_currency)
    return replace(holding, cost=number, cost_currency=currency)


def _home_value(run: Run, holding: Holding, day: dt.date | None) -> tuple[Decimal, str, bool]:
    for currency in _home_currencies(run):
        if currency == holding.commodity:
            break
        number, found, known = run.rates.converted(holding.units, holding.commodity, currency, None, day)
        if known:
            return number, found, True
    return holding.units, holding.commodity, False


def _arranged(run: Run, holdings: Sequence[Holding]) -> list[Holding]:
    """By value from the greatest down, or as the plan orders; what has no value stands last, by units."""
    order = run.plan.order
    if run.plan.key == OPEN_LOTS:
        return sorted(holdings, key=lambda each: (each.key, each.commodity, each.bought or dt.date.min, each.units))
    if run.plan.key in {BY_GAIN, BY_RETURN}:
        return _by_gain(run, holdings)
    if order is not None and order.by == "amount" and run.plan.limit is not None:
        sized = [(_at_home(run, each.value, each.value_currency), each) for each in holdings]
        if sized and all(size is not None for size, _ in sized):  # across currencies, else each currency by itself
            return _ranked(run, [(size, each) for size, each in sized if size is not None])
    ranks = run.currency_ranks
    rows = sorted(holdings, key=lambda holding: (holding.key, holding.commodity, holding.cost_currency))
    if order is not None and order.by != "amount":
        return rows[::-1] if order.descending else rows
    ascending = order is not None and not order.descending

    def rank(holding: Holding) -> tuple[bool, int, str]:
        known = holding.value is not None
        return (not known, ranks.get(holding.value_currency, len(ranks)), holding.value_currency)

    rows.sort(key=lambda holding: abs(holding.units if holding.value is None else holding.value), reverse=not ascending)
    return sorted(rows, key=rank)


def _by_gain(run: Run, holdings: Sequence[Holding]) -> list[Holding]:
    """By unrealised gain (with its sign), or by gain as a part of cost; what has no gain is left out."""
    sized: list[tuple[Decimal, Holding]] = []
    for each in holdings:
        gain, cost = each.gain, each.cost
        if gain is None or not cost:
            continue
        if run.plan.key == BY_RETURN:
            sized.append((quotient(gain, cost), each))
        else:
            at_home = _at_home(run, gain, each.value_currency)
            sized.append((gain if at_home is None else at_home, each))
    return _ranked(run, sized)


def _shown(run: Run, holdings: Sequence[Holding]) -> list[Holding]:
    """As many as the plan wants; of gains that no rate makes comparable, as many in each currency."""
    limit = run.plan.limit
    parted = {each.value_currency for each in holdings if _at_home(run, each.gain, each.value_currency) is None}
    if run.plan.key != BY_GAIN or limit is None or not parted:
        return list(holdings[: run.shown])
    currencies = dict.fromkeys(each.value_currency for each in holdings)
    kept = [[each for each in holdings if each.value_currency == one][:limit] for one in currencies]
    return list(itertools.chain.from_iterable(kept))[: run.row_limit]


def _ranked(run: Run, sized: Sequence[tuple[Decimal, Holding]]) -> list[Holding]:
    """In order of their sizes, the greatest first unless the plan says otherwise."""
    descending = run.plan.order is None or run.plan.order.descending
    by_name = sorted(sized, key=lambda one: (one[1].key, one[1].commodity, one[1].cost_currency))
    return [each for _, each in sorted(by_name, key=lambda one: one[0], reverse=descending)]


def _at_home(run: Run, number: Decimal | None, currency: str) -> Decimal | None:
    """An amount in the first home currency, to compare it with others; None where no rate is known."""
    home = next(iter(_home_currencies(run)), currency)
    if number is None:
        return None
    converted, _, known = run.rates.converted(number, currency, home, None, _day(run))
    return converted if known else None


def _laid_out(shown: Sequence[Holding], grouping: Grouping, count: int, *, key: str | None) -> Table:
    """Only columns that say something: a ledger without lots has neither cost nor gain; returns are in percent."""
    columns: list[tuple[Column, list[Cell]]] = []
    if grouping is Grouping.ACCOUNT:
        columns.append((Column("account", "text"), [holding.key for holding in shown]))
    if key == OPEN_LOTS:
        columns.append((Column("bought", "date"), [holding.bought for holding in shown]))
    columns.append((Column("units", "number"), [holding.units for holding in shown]))
    columns.append((Column("commodity", "currency"), [holding.commodity for holding in shown]))
    for name in ("unit_cost", "cost") if key == OPEN_LOTS else ("cost", "value", "gain"):
        numbers: list[Cell] = [getattr(holding, name) for holding in shown]
        if all(number is None for number in numbers):
            continue
        currencies: list[Cell] = [
            _currency_of(holding, name) if number is not None else None
            for holding, number in zip(shown, numbers, strict=True)
        ]
        columns += [(Column(name, "number"), numbers), (Column("currency", "currency"), currencies)]
    if key == BY_RETURN:
        columns.append((Column("return", "number"), [holding.rate_of_return for holding in shown]))
    rows = tuple(zip(*(cells for _, cells in columns), strict=True))
    return Table(tuple(column for column, _ in columns), rows, count, truncated=len(shown) < count)


def _currency_of(holding: Holding, column: str) -> str:
    """The currency of a figure."""
    if column == "unit_cost":
        return holding.unit_cost_currency
    return holding.cost_currency if column == "cost" else holding.value_currency


def _in_all(run: Run, clause: Clause, holdings: Sequence[Holding], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What sales gained; with what is unrealised only where that is known of all that is held."""
    return gains_in_all(run, clause, facts if all(each.gain is not None for each in holdings) else ())


def _facts(run: Run, holdings: Sequence[Holding], shown: int, day: dt.date | None) -> tuple[Fact, ...]:
    """Average cost and price of each row shown, and the totals of all."""
    facts = [
        Fact("average_cost", quotient(holding.cost, holding.units), holding.cost_currency, (place,), holding.commodity)
        for place, holding in enumerate(holdings[:shown])
        if holding.cost is not None
    ]
    for place, holding in enumerate(holdings[:shown]):
        if holding.value is not None:
            rate = run.rates.rate(holding.commodity, holding.value_currency, day)
            if rate is not None:
                facts.append(Fact("price", tidy(rate), holding.value_currency, (place,), holding.commodity))
    at_face = _at_face(run, holdings)
    for name in ("cost", "value", "gain"):
        facts += _totals(name, at_face if name == "value" else holdings, shown)
    return tuple(facts)


def _at_face(run: Run, holdings: Sequence[Holding]) -> Sequence[Holding]:
    """Where money alone is held, what is in a home currency counts as much as it is beside what is valued in it."""
    valued = {each.value_currency for each in holdings if each.value is not None} & set(_home_currencies(run))
    if not valued or any(each.cost is not None for each in holdings):
        return holdings
    return [
        replace(each, value=each.units, value_currency=each.commodity)
        if each.value is None and each.commodity in valued
        else each
        for each in holdings
    ]


def _totals(name: str, holdings: Sequence[Holding], shown: int) -> list[Fact]:
    """The total of a column in each currency, over all holdings that have one, with the rows that are shown."""
    numbers: defaultdict[str, list[Decimal]] = defaultdict(list)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, holding in enumerate(holdings):
        number = getattr(holding, name)
        currency = holding.cost_currency if name == "cost" else holding.value_currency
        if number is not None:
            numbers[currency].append(number)
            places[currency] += [place] if place < shown else []
    return [
        Fact(f"total_{name}", total(found), currency, tuple(places[currency])) for currency, found in numbers.items()
    ]
