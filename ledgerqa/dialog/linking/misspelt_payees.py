"""One payee that is booked under two spellings: "Hollin Estates", and once "Holin Estates"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA, Levenshtein

from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_SHORTEST: Final = 8  # letters of a name in which a slip makes no other name
_MOST_NAMES: Final = 5  # payees that a phrase may mean, for their slips to be looked for
_SELDOM: Final = 5  # times as often as a slip the name itself is booked


def other_spellings(payees: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The payees that differ from one of these by a slip of the hand, and are booked to the same kind of expense.

    Seldom or often: whichever of the two was named, the one is booked far more often than the other.
    """
    named = [each for each in payees if _letters(each) >= _SHORTEST]
    if not named or len(payees) > _MOST_NAMES:
        return ()
    rows = vocabulary.index.query(
        "WITH spent AS (SELECT payee, account FROM postings WHERE root = 'expenses' AND coalesce(payee, '') <> ''),"
        " near AS (SELECT DISTINCT payee FROM spent WHERE account IN"
        " (SELECT account FROM spent WHERE payee IN (SELECT unnest(?))) AND length(payee) BETWEEN ? AND ?)"
        " SELECT payee, count(*) FROM spent WHERE payee IN (FROM near) OR payee IN (SELECT unnest(?))"
        " GROUP BY 1 ORDER BY 1",
        [named, min(map(len, named)) - 1, max(map(len, named)) + 1, named],
    )
    times = dict(rows)
    return tuple(
        other
        for other in times
        if other not in payees
        and any(_differs_by_a_slip(other, one) and _one_is_rare(times[other], times.get(one, 0)) for one in named)
    )


def _letters(name: str) -> int:
    return sum(each.isalpha() for each in name)


def _one_is_rare(one: int, two: int) -> bool:
    return bool(one and two) and max(one, two) >= _SELDOM * min(one, two)


def _differs_by_a_slip(one: str, two: str) -> bool:
    """Whether a letter inside a word is missing, or two have changed places; another letter makes another name.

    >>> _differs_by_a_slip("Holin Estates", "Hollin Estates"), _differs_by_a_slip("Erik Nordby", "Erika Nordby")
    (True, False)
    """
    short, long = sorted((fold(one), fold(two)), key=len)
    if OSA.distance(short, long) != 1:
        return False
    if len(short) == len(long):
        return Levenshtein.distance(short, long) > 1
    return _inside(long, (each.dest_pos for each in Levenshtein.editops(short, long)))


def _inside(name: str, places: Iterable[int]) -> bool:
    """Whether each of the letters has others of the same word on both sides."""
    return all(place and name[place - 1 : place + 2].isalpha() and place + 1 < len(name) for place in places)
