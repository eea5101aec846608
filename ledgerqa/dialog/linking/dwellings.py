"""Words for places that are let or lived in, where the books keep several apart by name: "the flats", "per house".

Such a word names no account then, least of all that of one's own home: the places are HillRoad and QuayStreet, which
stand below rent as well as above repairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, is_plural, name_stems, stem
from ledgerqa.dialog.linking.kinds import recurring
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Link

DWELLINGS: Final = frozenset({"flat", "house", "home", "apartment", "place", "property", "unit", "building", "let"})
_WORDS: Final = r"flats|houses|homes|apartments|places|properties|units|buildings|lets"
_KEPT_APART: Final = frozenset("rent rental let letting property estate mortgage flat house apartment unit".split())
_EACH: Final = frozenset({"per", "by", "each", "every", "which", "either"})
_FEWEST: Final = 2
_MANY: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
ALL: Final = compiled(
    rf"\b(?:all|any|the|my|our|these|those|them|both|{_MANY})(?: of)?(?: (?:the|my|our|them|those|these))?"
    rf"(?: {_MANY})?(?: (?:let|rented|rental))? (?:{_WORDS})\b"
)
HOW_MANY: Final = compiled(rf"\bhow many (?:let |rented |rental )?(?:{_WORDS})\b")


def places(names: Vocabulary) -> frozenset[str]:
    """The places that the books keep apart by name: those that stand below rent, mortgages or what is owned."""
    return names.once("places", lambda: _places(names))


def _places(names: Vocabulary) -> frozenset[str]:
    things = recurring(names)
    kept = {
        each.component
        for each in names.accounts
        if each.component in things and _KEPT_APART & set(name_stems(each.name.rpartition(":")[0].rpartition(":")[2]))
    }
    return frozenset(kept) if len(kept) >= _FEWEST else frozenset()


def place_of(account: str, names: Vocabulary) -> str | None:
    """The place that an account is of, by a part of its name."""
    there = places(names)
    return next((part for part in account.split(":")[1:] if part in there), None)


def of_places(accounts: Iterable[str], names: Vocabulary) -> tuple[str, ...]:
    """Those of the accounts that are of one place, where they are of several."""
    kept = [name for name in accounts if place_of(name, names)]
    return tuple(kept) if len({place_of(name, names) for name in kept}) >= _FEWEST else ()


def says_which_kind(tokens: Sequence[Token], before: str, option: Link, names: Vocabulary) -> bool:
    """Whether a run of words that was taken for a name by its meaning says such a word of all places, or of each.

    `before` is the word that stands before it.
    """
    if option.how == "exact" or not places(names):
        return False
    for place, token in enumerate(tokens):
        led = (fold(tokens[place - 1].text) if place else before) in _EACH
        if stem(token.fold) in DWELLINGS and (led or (option.kind == "account" and is_plural(token.fold))):
            return True
    return False
