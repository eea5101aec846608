"""Sentences for money that was changed into another currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.scene import text

if TYPE_CHECKING:
    from decimal import Decimal

    from ledgerqa.grounding.scene import Scene

_SHOWN = 6  # exchanges that a sentence holds
_DIGITS = 4  # of a rate


def exchanges(scene: Scene) -> list[str]:
    """As in "2024-07-15, Wise: you got 61,500 JPY for 300.00 GBP, at 205 JPY per GBP"; and what several come to."""
    count = scene.evidence.table.row_count
    shown = range(min(len(scene.evidence.table.rows), _SHOWN))
    said = "; ".join(f"{_exchange(scene, row)}{scene.mark([row])}" for row in shown)
    if count == 1 or scene.plan.limit == 1:
        order = scene.plan.order
        which = f"The {'latest' if order.descending else 'first'} exchange" if order else "One exchange"
        when = scene.when if scene.plan.period else ""
        return [f"{which}{scene.of('for', 'with')}{when}: {said}."]
    rest = f"; {scene.all_rows}" if count > len(shown) else ""
    return [
        f"{figures.count(count, 'exchange')}{scene.of('for', 'with')}{scene.when}: {said}{rest}.",
        *_together(scene),
    ]


def _exchange(scene: Scene, row: int) -> str:
    got, given, rate = (scene.amount(row, name) for name in ("amount", "cost", "price"))
    payee, narration = text(scene.cell(row, "payee")), text(scene.cell(row, "narration"))
    where = ", ".join(
        part for part in (text(scene.cell(row, "date")), phrases.shown(payee), phrases.quoted(narration)) if part
    )
    if not (got and given and rate):
        return where
    other = given[1] if rate[1] == got[1] else got[1]
    return f"{where}: {scene.money(*got)} for {scene.money(*given)}, at {_rate(*rate)} per {other}"


def _rate(number: Decimal, currency: str) -> str:
    return f"{figures.shortened(number, _DIGITS) if figures.endless(number) else figures.exact(number)} {currency}"


def _together(scene: Scene) -> list[str]:
    """What all exchanges between two monies come to, a sentence for each pair."""
    pairs = zip(scene.facts("got"), scene.facts("given"), strict=True)
    return [
        f"Together: {scene.money(got.number, got.currency)} for {scene.money(given.number, given.currency)}."
        for got, given in pairs
    ]
