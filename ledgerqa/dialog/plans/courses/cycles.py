"""Which bookings of a thing that comes round are its own: an engineer's visit between two bills is none."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_FEWEST: Final = 4  # days that tell an interval
_NEAR: Final = 2  # a booking sooner than half the usual interval after the one before is no payment of its own


def on_cycle(days: Sequence[dt.date]) -> tuple[dt.date, ...]:
    """The days, in order, less those that follow the one before much sooner than is usual."""
    ordered = sorted(set(days))
    if len(ordered) < _FEWEST:
        return tuple(ordered)
    gaps = sorted((after - before).days for before, after in itertools.pairwise(ordered))
    usual = gaps[len(gaps) // 2]
    kept = ordered[:1]
    for day in ordered[1:]:
        if (day - kept[-1]).days * _NEAR >= usual:
            kept.append(day)
    return tuple(kept)
