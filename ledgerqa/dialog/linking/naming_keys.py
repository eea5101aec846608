"""Keys whose values name something that comes again: a plot, a berth, a member's number; they are counted, never added.

Each of the values stands on several entries, and on those of hardly more than one payee: a quantity, such as boats
that came to a race, is another every time, or anybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import is_plural, name_stems, stem, stems
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_FEWEST: Final = 3  # values, and payees, that make such a key
_OFTEN: Final = 2  # times that a value stands somewhere, on average
_HARDLY_MORE: Final = 1.5  # payees of one value, on average
_COUNTED: Final = compiled(
    r"\b(?:how many|number of|which|what) (?:different |separate |of the |of our |of my )?([\w-]+)(?: ([\w-]+))?"
)
# What only some of them do, and no key says of which.
_OF_SOME: Final = compiled(
    r"\b(?:ow(?:e|es|ed|ing)|unpaid|behind|outstanding|overdue|late|not|never|nothing|yet to|fail(?:ed)?|missing|left"
    r"|more than|less than|fewer than|over|under|at least|most|least|new|joined|stopped)\b|n['’]t\b"
)


def names_things(key: str, names: Vocabulary) -> bool:
    """Whether the values under the key name things or people that come again."""
    return names.once(("names things", key), lambda: _names_things(key, names))


def says_key_of_things(said: Said, names: Vocabulary) -> bool:
    """Whether the question says a word that such a key is called by."""
    words = set(stems(said.text))
    return any(words.issuperset(name_stems(key)) and names_things(key, names) for key in names.keys)


def counted_key(said: Said, names: Vocabulary) -> str | None:
    """The key of what is counted or told by its names: "how many plots are let", "which berths does she have"."""
    for found in () if _OF_SOME.search(said.folded) else _COUNTED.finditer(said.folded):
        for word in (each for each in found.groups() if each and is_plural(each)):
            for key in names.keys:
                if name_stems(key) == (stem(word),) and names_things(key, names):
                    return key
    return None


def _names_things(key: str, names: Vocabulary) -> bool:
    ((values, pairs, payees, every),) = names.index.query(
        "SELECT count(DISTINCT m.value), count(DISTINCT (m.value, e.payee)), count(DISTINCT e.payee), count(*)"
        " FROM (SELECT DISTINCT entry_id, value FROM metadata WHERE key = ?) m JOIN entries e USING (entry_id)"
        " WHERE e.type = 'transaction' AND coalesce(e.payee, '') <> ''",
        [key],
    )
    several = values >= _FEWEST and payees >= _FEWEST and every >= _OFTEN * values
    return bool(several and pairs <= _HARDLY_MORE * values)
