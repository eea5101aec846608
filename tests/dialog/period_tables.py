"""How the tests of periods write them short, and what the words of a question come to in that writing.

`2023`, `2023-Q2`, `2023-04`, `2023-04-05`, `2023-04-05/2023-05-06` (both days inclusive), `2023-04-05/` (since),
`/2023-04-05` (until), `*` (all that there is); several are joined by `, `, and an empty string means that nothing may
be found.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.calendar.periods import find_periods

if TYPE_CHECKING:
    from ledgerqa.records import Period

TODAY = dt.date(2024, 8, 20)  # a Tuesday


def written(period: Period) -> str:
    """The period as the tables write it, in its longest form."""
    if not period:
        return "*"
    start = period.start.isoformat() if period.start else ""
    end = (period.end - dt.timedelta(days=1)).isoformat() if period.end else ""
    return f"{start}/{end}"


def expanded(short: str) -> str:
    """The longest form of what a table says."""
    if short == "*" or "/" in short:
        return short
    if match := re.fullmatch(r"(\d{4})-Q(\d)", short):
        year, last = int(match[1]), int(match[2]) * 3
        return f"{year}-{last - 2:02d}-01/{year}-{last:02d}-{calendar.monthrange(year, last)[1]}"
    parts = [int(part) for part in short.split("-")]
    if len(parts) == 1:
        return f"{short}-01-01/{short}-12-31"
    if len(parts) == 2:
        return f"{short}-01/{short}-{calendar.monthrange(*parts)[1]}"
    return f"{short}/{short}"


def said(text: str, today: dt.date = TODAY, **known: object) -> list[str]:
    return [written(found.period) for found in find_periods(text, today, **known)]  # type: ignore[arg-type]


def wanted(short: str) -> list[str]:
    return [expanded(one) for one in short.split(", ")] if short else []


def table(text: str) -> list[tuple[str, str]]:
    """Lines of `question => periods`."""
    rows = [line.strip().split("=>") for line in text.strip().splitlines() if line.strip()]
    return [(question.strip(), periods.strip()) for question, periods in rows]
