"""LIST with the pick "exchanged": money of one currency that was turned into another, and what came of it.

Such a posting lies on an account of one's own and has a price and no cost: "Assets:Cash  900 THB @@ 25 EUR".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.evidence.exact import WIDE, joined, quotient, tidy, total
from ledgerqa.evidence.filters import Clause
from ledgerqa.evidence.run import either, sides
from ledgerqa.records import Column, Evidence, Fact, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.evidence.run import Run

_COLUMNS: Final = (
    Column("date", "date"),
    *(Column(name, "text") for name in ("payee", "narration", "account")),
    *(
        part
        for name in ("amount", "cost", "price")
        for part in (Column(name, "number"), Column("currency", "currency"))
    ),
)
_OWN: Final = "p.root IN ('assets', 'liabilities') AND p.price_currency <> p.currency AND p.cost_currency IS NULL"
_MONEY: Final = (
    "SELECT currency FROM currencies WHERE operating OR (length(currency) = 3 AND NOT held_at_cost)"
    " UNION SELECT currency FROM postings WHERE root IN ('income', 'expenses')"
)  # and no fund that was bought at a price: "10 VWCE @ 100 EUR"
_CENT: Final = Decimal("0.01")  # "@@ 700 EUR" is booked as a price without an end, that weighs 700.0000...01
_DIRECT: Final = Decimal("0.5")  # a rate below that is told the other way round: 37 baht for a euro, not 0.027 euros


@dataclass(frozen=True)
class _Exchange:
    """What was got of one money for what was given of another."""

    entry_id: int
    date: dt.date
    payee: str
    narration: str
    account: str
    got: tuple[Decimal, str]
    given: tuple[Decimal, str]
    rate: tuple[Decimal, str]


def gather_exchanged(run: Run) -> Evidence:
    """A row for each exchange: what was got, what was given for it, and the rate; the facts add up each pair."""
    clause = either(sides(run.plan)) & Clause(_OWN, ()) & _of_pair(run)
    order = run.plan.order
    newest = order is not None and order.descending
    rows = run.query(
        "SELECT p.entry_id, p.date, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, p.number,"
        " p.number_text, p.currency, p.weight, p.weight_text, p.weight_currency, p.price, p.price_text"
        f" FROM postings p WHERE {clause.sql} AND p.number <> 0"
        f" ORDER BY p.date{' DESC' if newest else ''}, p.posting_id",
        clause.parameters,
    )
    every = [
        _exchange(row[:5], (joined(*row[5:7]), row[7]), (joined(*row[8:10]), row[10]), joined(*row[11:]))
        for row in rows
    ]
    shown = every[: run.shown]
    entries = dict.fromkeys(each.entry_id for each in shown)
    cells = tuple((one.date, one.payee, one.narration, one.account, *one.got, *one.given, *one.rate) for one in shown)
    return Evidence(
        table=Table(_COLUMNS, cells, len(every), truncated=len(shown) < len(every)),
        facts=_added_up(every[: run.plan.limit]),
        entry_ids=tuple(entries)[: run.entry_limit],
        contributing=len(entries),
        row_entries=tuple(each.entry_id for each in shown),
        first_date=min((each.date for each in every), default=None),
        last_date=max((each.date for each in every), default=None),
    )


def _of_pair(run: Run) -> Clause:
    """Kept to what was turned into the plan's commodity, out of its quote, or both."""
    into, out_of = run.plan.commodity, run.plan.quote
    clause = Clause(f"p.currency IN ({_MONEY}) AND p.price_currency IN ({_MONEY})", ())
    for code, way in ((into, ">"), (out_of, "<")):
        if code is not None:
            there = f"(p.currency = ? AND p.number {way} 0) OR (p.price_currency = ? AND 0 {way} p.number)"
            clause &= Clause(f"({there})", (code, code))
    return clause


def _exchange(
    where: tuple[int, dt.date, str, str, str], units: tuple[Decimal, str], worth: tuple[Decimal, str], price: Decimal
) -> _Exchange:
    """The posting's units and what they weigh: the one was got and the other given, as the sign says."""
    there = abs(units[0]), units[1]
    other = tidy(abs(worth[0]).quantize(_CENT, context=WIDE)), worth[1]
    got, given = (there, other) if units[0] > 0 else (other, there)
    rate = (price, worth[1]) if price >= _DIRECT else (quotient(there[0], other[0]), units[1])
    return _Exchange(*where, got, given, rate)


def _added_up(exchanges: Sequence[_Exchange]) -> tuple[Fact, ...]:
    """For each pair of monies that was exchanged more than once, what was got and what was given in all."""
    pairs: dict[tuple[str, str], list[_Exchange]] = {}
    for each in exchanges:
        pairs.setdefault((each.got[1], each.given[1]), []).append(each)
    facts: list[Fact] = []
    for (got, given), group in pairs.items():
        if len(group) > 1:
            facts.append(Fact("got", total(one.got[0] for one in group), got, note=given))
            facts.append(Fact("given", total(one.given[0] for one in group), given, note=got))
    return tuple(facts)
