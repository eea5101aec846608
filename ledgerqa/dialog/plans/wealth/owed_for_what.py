"""Plans for what a debt is for: "what does Ann owe me for?", "and what was Ann's for again?".

Told are the entries that make up what stands: not what was squared before, nor what came back to the cent.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import Asked, as_of
from ledgerqa.dialog.plans.wealth.persons import person_of
from ledgerqa.records import Filters, LeftOut, Measure, Order, Period, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_AGAIN: Final = r"(?:,? (?:again|exactly|actually|anyway|please|then|now))*[ ?.!]*$"
_OPENING: Final = r"^(?:(?:and|so|but|ok|remind me)[, ]+)*"
_IS: Final = r"(?:what|which)(?:'?s| is| was| are| were)"
_NAMED: Final = (
    rf"{_OPENING}{_IS} (?:[\w-]+(?: [\w-]+)?'s?)(?: (?:one|bit|part|debt|share|amount|balance))?"
    rf" (?:made up of|from|for){_AGAIN}"
    rf"|{_OPENING}what (?:do|does|did|is it) .{{2,40}}?\bowes? (?:me |us )?"
    rf"(?:(?:money|it|that|this|all that) )?for{_AGAIN}"
    rf"|{_OPENING}why (?:do|does|did) .{{2,40}}?\bowe (?:me|us)\b(?: (?:money|that|this|anything|so much|it))?{_AGAIN}"
)
_POINTED: Final = (
    rf"{_OPENING}{_IS} (?:that|it|this|his|hers|theirs|the rest) (?:from|for){_AGAIN}"
    rf"|{_OPENING}what for{_AGAIN}|{_OPENING}what does (?:that|it|this) come from{_AGAIN}"
)

Row = tuple[int, str, str, "Decimal"]  # of a posting: its entry, account, currency, amount


def owed_for_what(asked: Asked) -> Plan | None:
    """The entries behind what stands between the ledger and a person; None where no such thing is asked."""
    standing = asked.intent.measure is Measure.BALANCE
    if not asked.has(_NAMED) and not (standing and asked.has(_POINTED)):
        return None
    person = person_of(asked)
    if person is None:
        return None
    day = Period(None, as_of(asked).end, as_of(asked).label)
    rows: list[Row] = asked.names.index.query(
        "SELECT entry_id, account, currency, number FROM postings WHERE account IN (SELECT unnest(?))"
        " AND date < coalesce(?, date + 1) ORDER BY account, currency, date, entry_id",
        [list(person.between), day.end],
    )
    groups = [list(each) for _, each in itertools.groupby(rows, key=lambda row: row[1:3])]
    standing_rows = [row for each in groups for row in _open(each)]
    if not standing_rows:
        return None
    kept = {row[0] for row in standing_rows}
    accounts = tuple(dict.fromkeys(row[1] for row in standing_rows))
    squared = sorted({row[0] for row in rows if row[1] in accounts} - kept)
    filters = Filters(accounts=accounts, exclude_entries=_left_out(asked, squared))
    note = (f"left out = what came back on {', '.join(accounts)}, with what it was for",) if squared else ()
    return Plan(Measure.LIST, filters, day, order=Order("date"), reading=note)


def _open(rows: Sequence[Row]) -> list[Row]:
    """The postings after the balance was last nil, without each pair that cancels itself out."""
    left: list[Row] = []
    total = rows[0][3] * 0
    for row in rows:
        total += row[3]
        pair = next((each for each in left if each[3] == -row[3]), None)
        if pair:
            left.remove(pair)
        else:
            left.append(row)
        if not total:
            left = []
    return left


def _left_out(asked: Asked, entries: Sequence[int]) -> tuple[LeftOut, ...]:
    rows = asked.names.index.query(
        "SELECT entry_id, file, line, end_line FROM entries WHERE entry_id IN (SELECT unnest(?::INTEGER[])) ORDER BY 1",
        [list(entries)],
    )
    return tuple(LeftOut(*row) for row in rows)
