"""Which tags of the ledger tell trips apart: by what they are called, or by what their entries are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.called_otherwise import countries, tags_called
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.linking.links import EXACT_TAG, Link

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

_CALLED: Final = frozenset({"trip", "holiday", "vacation", "travel", "journey", "getaway"})
_TRIP: Final = r"(?:trips?|holidays?|vacations?|journeys?|getaway|break|tour|outing|week|weekend|stay)"
_SEASONS: Final = frozenset({"spring", "summer", "autumn", "fall", "winter", "easter", "christmas"})
_MOST_ENTRIES: Final = 80  # of a trip: what more entries bear is a project, or a kind of cost
_ONE_STAY: Final = 40  # days of a trip that is paid for as it goes
_MOST_DAYS: Final = 300  # from the booking of a flight to the last bill


def country_tags(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tags that are called as countries are: #japan, #greece-2024."""
    return vocabulary.once("country tags", lambda: tags_called(tuple(countries()), vocabulary.tags))


def trip_tags(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tags of trips: called so, or borne by a few entries near in time of which some are flights or a night.

    One called as a country is may come again: #japan is of every stay there.
    """
    lands = set(country_tags(vocabulary))
    groups = ("flights", "hotels", "camping", "travel")
    away = [each.name for group in groups for found in vocabulary.by_group.get(group, ()) for each in found]
    rows = vocabulary.index.query(
        "SELECT t.tag, bool_or(p.account IN (SELECT unnest(?::VARCHAR[]))), count(DISTINCT p.entry_id),"
        " max(p.date) - min(p.date) FROM tags t JOIN postings p ON p.entry_id = t.entry_id GROUP BY 1 ORDER BY 1",
        [away],
    )
    found = {
        tag
        for tag, travels, entries, days in rows
        if _CALLED.intersection(name_stems(tag))
        or tag in lands
        or (travels and 1 < entries <= _MOST_ENTRIES and days <= _MOST_DAYS)
    }
    brief = tuple(
        tag
        for tag, _, entries, days in rows
        if 1 < entries <= _MOST_ENTRIES and days <= _ONE_STAY and any(part.isdigit() for part in name_stems(tag))
    )
    found |= _alike(found, brief, vocabulary)
    return tuple(tag for tag, *_ in rows if tag in found)


def _alike(trips: set[str], brief: tuple[str, ...], vocabulary: Vocabulary) -> set[str]:
    """Of the dated tags of some days those that spend on what only they and trips do: on pitches, on ferries."""
    rows = vocabulary.index.query(
        "WITH borne AS (SELECT p.account, p.posting_id, list(t.tag) FILTER (t.tag IS NOT NULL) AS tags FROM postings p"
        " LEFT JOIN tags t ON t.entry_id = p.entry_id AND t.tag IN (SELECT unnest(?::VARCHAR[]))"
        " WHERE p.root = 'expenses' GROUP BY 1, 2)"
        " SELECT array_agg(DISTINCT tag) FROM (SELECT account, unnest(tags) AS tag FROM borne WHERE account NOT IN"
        " (SELECT account FROM borne WHERE tags IS NULL)) GROUP BY account",
        [[*brief]],
    )
    return {tag for (tags,) in rows if trips & set(tags) for tag in tags} if trips and brief else set()


def occasion_tags(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tags of what brings money in and costs some, as shows and fetes do; none where only one is like that."""

    def found() -> tuple[str, ...]:
        rows = vocabulary.index.query(
            "SELECT t.tag FROM tags t JOIN postings p ON p.entry_id = t.entry_id GROUP BY 1"
            " HAVING bool_or(p.root = 'income') AND bool_or(p.root = 'expenses') ORDER BY 1"
        )
        return tuple(tag for (tag,) in rows) if len(rows) > 1 else ()

    return vocabulary.once("occasion tags", found)


def trip_of(phrase: Phrase, option: Link, folded: str, vocabulary: Vocabulary) -> Link:
    """As in "the Tucson trip", where all entries that say Tucson bear #desert-2025: the whole of it."""
    if tag := _called_so(phrase, option, vocabulary):
        return tag
    if not re.search(_TRIP, folded):
        return option
    name = re.escape(fold(phrase.words))
    said = rf"\b{name}(?:'s)? {_TRIP}\b|\b{_TRIP} (?:to|in|around|at) (?:the )?{name}\b"
    season = fold(phrase.words) in _SEASONS  # "our summer trip": it says when
    # "The holiday to the moon", where one payee is called Half Moon Players: no place that one was at.
    by_chance = option.kind == "payee" and option.how != "exact" and len(option.values) == 1
    if season or by_chance or option.kind not in {"payee", "narration"} or not re.search(said, folded):
        return option
    rows = vocabulary.index.query(
        "SELECT t.tag, count(DISTINCT e.entry_id) FROM entries e LEFT JOIN tags t ON t.entry_id = e.entry_id"
        f" WHERE e.{option.kind} IN (SELECT unnest(?)) GROUP BY ROLLUP (1) ORDER BY 2 DESC, 1",
        [list(option.values)],
    )
    every = max((count for _, count in rows), default=0)
    away = set(trip_tags(vocabulary))
    whole = [tag for tag, count in rows if tag in away and count == every]
    return Link("tag", (whole[0],), EXACT_TAG, "words") if len(whole) == 1 else option


def _called_so(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Link | None:
    """As in "Brittany" for #brittany23, where Brittany Ferries was paid on that trip alone: a part of it."""
    tag = phrase.of_kind("tag")
    if option.kind != "payee" or option.how == "exact" or tag is None or len(tag.values) != 1:
        return None
    named = [part for part in name_stems(tag.values[0]) if not part.isdigit()]
    if named != list(stems(phrase.words)) or tag.values[0] not in trip_tags(vocabulary):
        return None
    ((others,),) = vocabulary.index.query(
        "SELECT count(*) FROM entries WHERE payee IN (SELECT unnest(?))"
        " AND entry_id NOT IN (SELECT entry_id FROM tags WHERE tag = ?)",
        [list(option.values), tag.values[0]],
    )
    return tag if not others else None
