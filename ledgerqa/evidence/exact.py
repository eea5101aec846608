"""Decimals that lose nothing: DuckDB's exact columns and their text overflow, added up again.

Sums run in a context so wide that no addition rounds; products and quotients run in the context that Beancount
itself uses (28 digits, half to even), so that values and averages equal beanquery's.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDE = Context(prec=400, rounding=ROUND_HALF_EVEN)
BEANCOUNT = Context(prec=28, rounding=ROUND_HALF_EVEN)
ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
PERCENT_STEP = Decimal("0.1")


def tidy(number: Decimal) -> Decimal:
    """The same number without the zeros that a column's fixed scale pads it with, and without an exponent.

    >>> tidy(Decimal("120.500000000000000000")), tidy(Decimal("100.000000000000000000"))
    (Decimal('120.5'), Decimal('100'))
    """
    short = number.normalize(WIDE)
    exponent = short.as_tuple().exponent
    return short.quantize(ONE, context=WIDE) if isinstance(exponent, int) and exponent > 0 else short


def joined(number: Decimal | None, text: str | None) -> Decimal:
    """One amount from its pair of columns; an amount without a number is nought."""
    if number is not None:
        return tidy(number)
    return tidy(Decimal(text)) if text else ZERO


def summed(number: Decimal | None, texts: Sequence[str] | None) -> Decimal:
    """A sum from its pair of aggregates: the exact column's, and the list of numbers that did not fit it."""
    return total([number or ZERO, *map(Decimal, texts or ())])


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Their sum, exactly."""
    result = ZERO
    for number in numbers:
        result = WIDE.add(result, number)
    return tidy(result)


def difference(left: Decimal, right: Decimal) -> Decimal:
    """`left` less `right`, exactly."""
    return tidy(WIDE.subtract(left, right))


def product(left: Decimal, right: Decimal) -> Decimal:
    """As Beancount multiplies."""
    return tidy(BEANCOUNT.multiply(left, right))


def quotient(left: Decimal, right: Decimal) -> Decimal:
    """As Beancount divides; nought where the divisor is, as beanquery's safediv()."""
    return tidy(BEANCOUNT.divide(left, right)) if right else ZERO


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """`part` of `whole` in percent, half to even at one decimal; `whole` must not be nought."""
    return BEANCOUNT.multiply(BEANCOUNT.divide(part, whole), HUNDRED).quantize(PERCENT_STEP, ROUND_HALF_EVEN, WIDE)
