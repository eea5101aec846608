"""What is read off a counter that goes up, of which the readings make no sum: an odometer, a meter."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_STEPS: Final = 3  # so many go up, in what is read off a counter
_RISING: Final = Decimal("0.8")


def is_counter(key: str, names: Vocabulary) -> bool:
    """Whether values under the key are read off a counter that goes up: the odometer, a meter; or off one for each car.

    Of several what is read is far more than what it goes up by.
    """
    ((steps, rising),) = names.index.query(
        "SELECT count(step), count(*) FILTER (step > 0) FROM (SELECT TRY_CAST(m.value AS DECIMAL(38, 10))"
        " - lag(TRY_CAST(m.value AS DECIMAL(38, 10))) OVER (ORDER BY e.date, e.entry_id) AS step"
        " FROM metadata m JOIN entries e ON e.entry_id = m.entry_id WHERE m.key = ?)",
        [key],
    )
    return bool(steps >= _STEPS and rising >= _RISING * steps) or _are_counters(key, names)


def _are_counters(key: str, names: Vocabulary) -> bool:
    """Whether each account of expenses has a counter of its own, as every car has."""
    ((steps, rising, greatest, least, counters),) = names.index.query(
        "WITH read AS (SELECT DISTINCT p.account, e.date, e.entry_id, TRY_CAST(m.value AS DECIMAL(38, 10)) AS number"
        " FROM metadata m JOIN entries e ON e.entry_id = m.entry_id JOIN postings p ON p.entry_id = e.entry_id"
        " WHERE m.key = ? AND p.root = 'expenses'),"
        " steps AS (SELECT account, number, number - lag(number) OVER (PARTITION BY account ORDER BY date, entry_id)"
        " AS step FROM read)"
        " SELECT count(step), count(*) FILTER (step > 0), max(step), min(number), count(DISTINCT account) FROM steps",
        [key],
    )
    return bool(counters > 1 and steps >= _STEPS and rising == steps and least > greatest)
