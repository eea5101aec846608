"""Charts in a terminal: bars beside the rows of a breakdown, a line for a series.

Pixels are floats; every figure in words and tables stays a Decimal.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.bar import Bar

    from ledgerqa.terminal.tables import ShownTable

FEWEST_POINTS: Final = 3
TICKS: Final = 5
HEIGHT: Final = 12
WIDEST: Final = 100
NICE_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def bars(table: ShownTable, width: int) -> list[Bar | str]:
    """One bar a row, as long as its figure's share of the largest in the same currency."""
    from rich.bar import Bar

    return [
        Bar(1.0, 0.0, share, width=width, color="red" if (value or 0) < 0 else "cyan") if share else ""
        for share, value in zip(shares(table), table.values, strict=True)
    ]


def shares(table: ShownTable) -> list[float]:
    """How far each row's figure, without its sign, reaches towards the largest in the same currency: 0 to 1."""
    largest: dict[str, Decimal] = {}
    for value, currency in zip(table.values, table.currencies, strict=True):
        largest[currency] = max(largest.get(currency, Decimal(0)), abs(value or Decimal(0)))
    return [
        float(abs(value) / largest[currency]) if value and largest[currency] else 0.0
        for value, currency in zip(table.values, table.currencies, strict=True)
    ]


def series_chart(table: ShownTable, width: int) -> str:
    """A line through the figures of a series, in the currency with most points; "" where there is no line to draw."""
    points = _points(table)
    if len(points) < FEWEST_POINTS:
        return ""
    import plotext

    numbers = [value for _, value in points]
    low, high = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))
    if low == high:
        return ""
    ticks = nice_ticks(low, high)
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(min(width, WIDEST), HEIGHT)
    if len(set(table.currencies)) > 1:
        plotext.title(_usual(table))
    moments = [moment(label) for label, _ in points]
    plotext.plot(moments, [float(value) for value in numbers], marker="braille")
    plotext.ylim(float(min(low, ticks[0])), float(max(high, ticks[-1])))
    plotext.yticks([float(tick) for tick in ticks], [f"{tick:,f}" for tick in ticks])
    named = _spread(len(points), max(2, min(width, WIDEST) // 16))
    plotext.xticks([moments[place] for place in named], [points[place][0] for place in named])
    drawn = plotext.uncolorize(plotext.build())
    return "\n".join(line.rstrip() for line in drawn.splitlines())


def moment(label: str) -> int:
    """Where a label of a time grouping stands on the axis, in days: "2024", "2024-Q1", "2024-03", "2024-W05", a day."""
    year, _, part = label.partition("-")
    if part.startswith("W"):
        return dt.date.fromisocalendar(int(year), int(part[1:]), 1).toordinal()
    month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part[:2] or 1)
    return dt.date(int(year), month, int(part[3:] or 1)).toordinal()


def nice_ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """About five round numbers that cover low to high; low must be below high."""
    rough = (high - low) / (TICKS - 1)
    magnitude = Decimal(1).scaleb(rough.adjusted())
    step = next(nice * magnitude for nice in NICE_STEPS if nice * magnitude >= rough)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    return [_unpadded(step * (first + place)) for place in range(int(last - first) + 1)]


def _unpadded(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _points(table: ShownTable) -> list[tuple[str, Decimal]]:
    """The label and figure of each point; none where a label comes twice, which is more than one series."""
    usual = _usual(table)
    label = next((place for place, column in enumerate(table.columns) if column.kind in ("text", "date")), 0)
    rows = zip(table.rows, table.values, table.currencies, strict=True)
    points = [(row[label], value) for row, value, currency in rows if currency == usual and value is not None]
    return points if len({name for name, _ in points}) == len(points) else []


def _usual(table: ShownTable) -> str:
    """The currency of most rows."""
    most = Counter(table.currencies).most_common(1)
    return most[0][0] if most else ""


def _spread(count: int, most: int) -> list[int]:
    """At most `most` places from the first to the last of `count`, evenly spread."""
    if count <= most:
        return list(range(count))
    return sorted({round(place * (count - 1) / (most - 1)) for place in range(most)})
