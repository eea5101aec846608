"""Times told by a place or the like that an event of the ledger names, and no entry: "what did I spend in Skye"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.dialog.language.words import fold
from ledgerqa.records import Period

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_THERE: Final = r"\b(?:in|on|at|during) (?:the )?{}\b"
_DAY: Final = dt.timedelta(days=1)


def held_there(said: Said, names: Vocabulary) -> Said:
    """The question with the time that an event held, whose words are all that found no name; else as it is."""
    lost = [fold(each) for each in said.unknown]
    if not lost or said.periods or not names.events:
        return said
    held = [place for place, event in enumerate(names.events) if sorted(fold(event[1]).split()) == sorted(lost)]
    if len(held) != 1 or not re.search(_THERE.format(re.escape(fold(names.events[held[0]][1]))), said.folded):
        return said
    kind, called, start = names.events[held[0]]
    end = min((day for other, _, day in names.events if other == kind and day > start), default=None)
    label = f"from {start.isoformat()}" + (f" to {(end - _DAY).isoformat()}" if end else "")
    at = said.folded.find(fold(called))
    note = f"{called} = {kind} {label}"
    found = FoundPeriod(Period(start, end, label), at, at + len(called), "range" if end else "since", called, note=note)
    return replace(said, periods=(found,), unknown=())
