"""Cost, market value and conversion, as beancount.core.convert defines them, from the index's table of rates.

`value()` is get_value() of a position: one held at cost is valued in its cost's currency, any other stays as it
is.  `converted()` is convert_amount(): by the direct rate, else by way of the cost's currency.  Where no rate is
on file the amount stays in its own units, and the caller names it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledgerqa.evidence.exact import ONE, product
from ledgerqa.records import Valuation

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.records import Plan

Query = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Money:
    """Which columns of `postings` an amount is read from, and whether the cost's currency is needed beside it."""

    number: str
    currency: str
    via: bool


def money_of(plan: Plan) -> Money:
    """The amount that the plan's valuation starts from."""
    if plan.valuation is Valuation.COST:
        return Money("basis", "basis_currency", via=False)
    return Money("number", "currency", via=plan.valuation is Valuation.MARKET or plan.convert_to is not None)


class Rates:
    """The price map of the ledger: the last rate of a pair on or before a date."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._pairs: dict[tuple[str, str], tuple[list[dt.date], list[Decimal]]] = {}
        self.newest: set[dt.date] = set()  # the days of the rates that were taken as the newest on file

    def rate(self, base: str, quote: str, at: dt.date | None) -> Decimal | None:
        """What one `base` is worth in `quote` at the day (None: the newest); None where nothing is on file."""
        if base == quote:
            return ONE
        dates, rates = self._pair(base, quote)
        place = len(dates) if at is None else bisect_right(dates, at)
        if place and at is None:
            self.newest.add(dates[-1])
        return rates[place - 1] if place else None

    def _pair(self, base: str, quote: str) -> tuple[list[dt.date], list[Decimal]]:
        if (base, quote) not in self._pairs:
            rows = self._query("SELECT date, rate FROM rates WHERE base = ? AND quote = ? ORDER BY date", (base, quote))
            self._pairs[base, quote] = ([row[0] for row in rows], [Decimal(row[1]) for row in rows])
        return self._pairs[base, quote]

    def value(self, number: Decimal, currency: str, via: str | None, at: dt.date | None) -> tuple[Decimal, str, bool]:
        """The market value of units held at a cost in `via`, its currency, and whether there was a rate."""
        if via is None:
            return number, currency, True
        rate = self.rate(currency, via, at)
        return (number, currency, False) if rate is None else (product(number, rate), via, True)

    def converted(
        self, number: Decimal, currency: str, target: str, via: str | None, at: dt.date | None
    ) -> tuple[Decimal, str, bool]:
        """The amount in `target`, its currency, and whether there was a rate."""
        rate = self.rate(currency, target, at)
        if rate is not None:
            return product(number, rate), target, True
        if via is not None and via != target:
            first, second = self.rate(currency, via, at), self.rate(via, target, at)
            if first is not None and second is not None:
                return product(product(number, first), second), target, True
        return number, currency, False

    def valued(
        self, plan: Plan, number: Decimal, currency: str, via: str | None, at: dt.date | None
    ) -> tuple[Decimal, str, bool]:
        """The amount as the plan values and converts it, its currency, and whether there was a rate."""
        if plan.convert_to is not None:
            return self.converted(number, currency, plan.convert_to, via, at)
        if plan.valuation is Valuation.MARKET:
            return self.value(number, currency, via, at)
        return number, currency, True
