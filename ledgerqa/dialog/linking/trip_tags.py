"""Which tags of the ledger tell trips apart: by what they are called, or by what their entries are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import name_stems

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_CALLED: Final = frozenset({"trip", "holiday", "vacation", "travel", "journey", "getaway"})
_MOST_ENTRIES: Final = 80  # of a trip: what more entries bear is a project, or a kind of cost
_MOST_DAYS: Final = 300  # from the booking of a flight to the last bill


def trip_tags(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tags of trips: called so, or borne by a few entries near in time of which some are flights or a night."""
    groups = ("flights", "hotels", "travel")
    away = [each.name for group in groups for found in vocabulary.by_group.get(group, ()) for each in found]
    rows = vocabulary.index.query(
        "SELECT t.tag, bool_or(p.account IN (SELECT unnest(?::VARCHAR[]))), count(DISTINCT p.entry_id),"
        " max(p.date) - min(p.date) FROM tags t JOIN postings p ON p.entry_id = t.entry_id GROUP BY 1 ORDER BY 1",
        [away],
    )
    return tuple(
        tag
        for tag, travels, entries, days in rows
        if _CALLED.intersection(name_stems(tag)) or (travels and 1 < entries <= _MOST_ENTRIES and days <= _MOST_DAYS)
    )
