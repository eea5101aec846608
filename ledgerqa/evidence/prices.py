"""PRICE: what a commodity is quoted at, from the ledger's price directives.

On a day the price in force is the last one on or before it.  Where the ledger quotes only the other way round,
the inverse rate of Beancount's price map stands for it, and the directive that it comes from is the entry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.evidence.exact import tidy
from ledgerqa.evidence.filters import Clause, all_of, one_of, within
from ledgerqa.evidence.groups import time_group
from ledgerqa.evidence.spans import DAY, name_of, spans
from ledgerqa.plan_keys import AT_START
from ledgerqa.records import Column, Evidence, Order, Period, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Grouping, Plan


@dataclass(frozen=True)
class Price:
    """One rate of the price map, and the directive that states it or its inverse."""

    date: dt.date
    commodity: str
    quote: str
    rate: Decimal
    entry_id: int | None


def gather_price(run: Run) -> Evidence:
    """The price in force at a day; or those of a period, in order, or the last one of each of its spans."""
    prices = _prices(run)
    span, order = time_group(run.plan), run.plan.order
    if span is not None and run.plan.key == AT_START:
        prices = _at_starts(run, prices, span)
    elif span is not None:
        prices = list({(price.commodity, price.quote, name_of(price.date, span)): price for price in prices}.values())
    elif as_of(run.plan):
        prices = list({(price.commodity, price.quote): price for price in prices}.values())
    prices = _arranged(prices, order)
    shown = prices[: run.shown]
    entries = dict.fromkeys(price.entry_id for price in shown if price.entry_id is not None)
    columns = (
        Column("date", "date"),
        Column("commodity", "text"),
        Column("price", "number"),
        Column("currency", "currency"),
    )
    return Evidence(
        table=Table(
            columns,
            tuple((price.date, price.commodity, price.rate, price.quote) for price in shown),
            len(prices),
            truncated=len(shown) < len(prices),
        ),
        entry_ids=tuple(entries)[: run.entry_limit],
        contributing=len(entries),
        row_entries=tuple(price.entry_id for price in shown),
        first_date=min((price.date for price in shown), default=None),
        last_date=max((price.date for price in shown), default=None),
    )


def _at_starts(run: Run, prices: Iterable[Price], span: Grouping) -> list[Price]:
    """The price in force on the first day of each span of the period, dated by that day."""
    pairs: dict[tuple[str, str], list[Price]] = {}
    for price in prices:
        pairs.setdefault((price.commodity, price.quote), []).append(price)
    found: list[Price] = []
    for known in pairs.values():
        first = run.plan.period.start or known[0].date
        end = min(run.plan.period.end or run.today + DAY, run.today + DAY)
        for start, _ in spans(first, end, span):
            in_force = [price for price in known if price.date <= start]
            if start >= first and in_force:
                found.append(replace(in_force[-1], date=start))
    return found


def as_of(plan: Plan) -> bool:
    """Whether the plan asks for the price in force at one day, not for the prices of a period."""
    period = plan.period
    if plan.order is not None or plan.limit is not None or time_group(plan) is not None:
        return False
    return period.start is None or (period.end is not None and period.end - period.start <= DAY)


def price_span(plan: Plan) -> Period:
    """The days whose prices are looked at; for a price in force everything up to the day."""
    if as_of(plan):
        return Period(end=plan.period.end if plan.at is None else plan.at + DAY)
    if plan.key == AT_START:
        return Period(end=plan.period.end)  # what is in force on the first day was quoted before it
    return plan.period


def _prices(run: Run) -> list[Price]:
    """The rates of the plan's pair in the order of their dates; without a quote, those that directives state."""
    plan = run.plan
    commodities = (plan.commodity,) if plan.commodity is not None else plan.filters.currencies
    clauses: list[Clause] = [within(price_span(plan), "r.date")]
    if commodities:
        clauses.append(one_of("r.base", commodities))
    if plan.quote is not None:
        clauses.append(one_of("r.quote", (plan.quote,)))
    else:
        clauses.append(Clause("EXISTS (SELECT 1 FROM prices d WHERE d.currency = r.base AND d.quote = r.quote)"))
    found = _rated(run, all_of(clauses))
    if not found and commodities and plan.quote is None:
        found = _rated(run, all_of(clauses[:-1]))
    return found


def _rated(run: Run, clause: Clause) -> list[Price]:
    rows = run.query(
        "SELECT r.date, r.base, r.quote, r.rate, coalesce(max(f.entry_id), max(i.entry_id)) FROM rates r "
        "LEFT JOIN prices f ON f.currency = r.base AND f.quote = r.quote AND f.date = r.date "
        "LEFT JOIN prices i ON i.currency = r.quote AND i.quote = r.base AND i.date = r.date "
        f"WHERE {clause.sql} GROUP BY r.date, r.base, r.quote, r.rate ORDER BY r.date, r.base, r.quote",
        clause.parameters,
    )
    return [Price(row[0], row[1], row[2], tidy(Decimal(row[3])), row[4]) for row in rows]


def _arranged(prices: Iterable[Price], order: Order | None) -> list[Price]:
    """Forward in time, or as the plan orders; of equal prices the latest first."""
    rows = sorted(prices, key=lambda price: (price.date, price.commodity, price.quote))
    if order is None:
        return rows
    if order.by == "amount":
        rows.reverse()
        rows.sort(key=lambda price: price.rate, reverse=order.descending)
        return rows
    return rows[::-1] if order.descending else rows
