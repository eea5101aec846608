"""What is near to some words by vectors, though they do not mean it: what no answer is to rest on without being asked.

An account that holds what many unlike payees sell is near to any one of these things: "flights" are no Outings, of
which they are a part.  One thing bought at a shop tells of nothing else that it sells: "petrol" is near to "decking
oil".  A word for all of its kind is nobody's name.  And "going out", "getting around" are near to Go and GettingAway
by their letters alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.candidates import Candidate, Near
    from ledgerqa.dialog.linking.links import Link

MANY: Final = 4  # payees of an account, from which it may hold unlike things
NEAR: Final = 0.5  # the cosine of a name that is near by itself
MOSTLY: Final = 0.5  # the share of a payee's bills that say so, from which that is what it sells
_PARTS_OF_A_HOUSE: Final = frozenset("kitchen dining room new old".split())
_FARE: Final = frozenset({"restaurant", "groceries", "food", "coffee"})  # a kitchen is fitted, and not eaten in
_DOING: Final = compiled(r"^(?P<verb>[a-z]+?)ings? (?:out|around|about|up|away|in|by|over)$")


def is_false_friend(words: str, candidate: Candidate, link: Link, names: Vocabulary) -> bool:
    """Whether the words hardly mean that, though nothing else is as near to them."""
    groups = lexicon().groups_of(stems(words))
    nearest = candidate.names[0] if candidate.names else None
    if link.kind != "account":
        if groups & lexicon().covers.keys():
            return True
        if nearest is None or nearest.kind != "narration":
            return False
        return _is_another_kind(groups, nearest.name) or _is_one_of_many(nearest, names)
    if done := _DOING.match(fold(words)):
        named = {part for component in link.values[0].split(":")[-1:] for part in name_stems(component)}
        if named & {done["verb"], f"{done['verb']}e", f"{done['verb']}ing"}:
            return True
    own_word = link.values[0].rpartition(":")[2]
    if _PARTS_OF_A_HOUSE.issuperset(stems(words)) and _FARE & lexicon().groups_of_name(own_word)[0]:
        return True
    own = max((each.cosine for each in candidate.names if each.kind == "account"), default=0.0)
    return own < NEAR and len(candidate.payees) >= MANY


def _is_another_kind(groups: frozenset[str], told: str) -> bool:
    """As in "gym" for entries "trainers", which are shoes: both are words for a kind, and neither for that of both."""
    known = lexicon()
    other = known.groups_of(stems(told))
    wide = {inner for group in (*groups, *other) for inner in known.covers.get(group, ())}
    return bool(groups and other) and not (groups & other or (groups | other) & wide)


def _is_one_of_many(nearest: Near, names: Vocabulary) -> bool:
    billed = names.booked.billed({nearest.name}).get(nearest.name, {})
    said, of = (sum(each) for each in zip(*billed.values(), strict=True)) if billed else (1, 1)
    return nearest.cosine < NEAR and said < MOSTLY * of
