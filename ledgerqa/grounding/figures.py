"""Figures as people read them: separators, a currency's own decimals, percent, dates, lists, singular and plural.

Nothing is rounded silently: a number with more decimals than its currency displays is shown with all of them.
Only what is a quotient, or a product with a price, is shortened, half to even: an average or a percentage by the
functions that say so; an amount whose conversion has no end, or a value with more decimals than its currency displays,
is said to be "about" so much.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

WIDE = Context(prec=400)  # holds any number a ledger can bear, so that quantizing never fails
PERCENT_DECIMALS = 1
CENTS = 2  # decimals that a shortened amount keeps at least, even of a currency shown with fewer
ENDLESS = 26  # significant digits: products of a ledger's numbers have fewer, quotients fill Beancount's 28
A_RUN = 3  # so many marks in a row are written as a range


def exact(number: Decimal, digits: int = 0) -> str:
    """The number with separators and at least `digits` decimals, and as many more as it really has.

    >>> exact(Decimal("1234.5"), 2), exact(Decimal("1.234567890123456789"), 2)
    ('1,234.50', '1.234567890123456789')
    """
    places = max(digits, -_exponent(number), 0)
    return _grouped(number, places)


def shortened(number: Decimal, digits: int) -> str:
    """A quotient at `digits` decimals, half to even; a smaller one keeps its first two significant digits."""
    if number and abs(number) < Decimal(1).scaleb(-digits):
        digits = 1 - number.adjusted()
    return _grouped(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN, WIDE), digits)


def endless(number: Decimal) -> bool:
    """Whether the number was cut off by the arithmetic's precision: a quotient that has no end."""
    return len(number.normalize(WIDE).as_tuple().digits) >= ENDLESS


def money(number: Decimal, currency: str, digits: int) -> str:
    """An amount, exactly: "1,234.50 USD"; of one without an end "about 1,234.57 USD"."""
    said = f"about {shortened(number, max(digits, CENTS))}" if endless(number) else exact(number, digits)
    return f"{said} {currency}".rstrip()


def valued(number: Decimal, currency: str, digits: int) -> str:
    """A value at prices or rates: exactly, or "about" so much where it has more decimals than amounts have.

    >>> valued(Decimal("132967.9753"), "EUR", 2), valued(Decimal("12.5"), "EUR", 2)
    ('about 132,967.98 EUR', '12.50 EUR')
    """
    places = max(digits, CENTS)
    if -_exponent(number) <= places:
        return money(number, currency, digits)
    return f"about {shortened(number, places)} {currency}".rstrip()


def percent(number: Decimal) -> str:
    """A percentage, shortened to one decimal: "12.5%"."""
    return f"{shortened(number, PERCENT_DECIMALS).removesuffix('.0')}%"


def count(number: int | Decimal, singular: str, plural: str = "") -> str:
    """A number of things: "1 entry", "1,204 entries"."""
    noun = singular if number == 1 else plural or pluralised(singular)
    return f"{exact(Decimal(number))} {noun}"


def pluralised(noun: str) -> str:
    """The plural of a regular English noun: entry, entries; match, matches; day, days."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"


def listed(items: Sequence[str], conjunction: str = "and") -> str:
    """The items as one phrase: "a", "a and b", "a, b and c"."""
    if not items[1:]:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def span(first: dt.date | None, last: dt.date | None) -> str:
    """Two days, both included: "2015-01-04 to 2024-12-20"; "" where a side is unknown."""
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def marks(ids: Iterable[int]) -> str:
    """Citation marks: "[1]", "[1, 3]", "[1–5]"; "" for none.  Runs of three and more become ranges."""
    numbers = sorted(set(ids))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) >= A_RUN else ", ".join(map(str, run)) for run in runs]
    return f"[{', '.join(parts)}]" if parts else ""


def _exponent(number: Decimal) -> int:
    """The exponent of the last digit that is not an idle zero."""
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    if not number:
        return 0
    idle = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return int(exponent) + idle


def _grouped(number: Decimal, places: int) -> str:
    """Separators every three digits before the point and exactly `places` after it (which lose nothing)."""
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, WIDE):,f}"
    return text if text.strip("-0.,") else text.removeprefix("-")
