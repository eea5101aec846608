"""What one has, where it goes by a name of its own: "the dog" is Bramble, with Bramble:Vet and Bramble:Food below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_FOR_ANY: Final = frozenset({"insurance", "misc", "taxes", "fines", "fees", "cleaning", "equipment"})
# What else is spent on it, beside what is spent on nothing else.
_SPENT_ON: Final = {
    "pets": _FOR_ANY | {"vet", "pets", "food", "personal_care", "games", "pharmacy"},
    "car": _FOR_ANY | {"car", "fuel", "parking", "tolls", "car_tax", "car_repair", "repairs", "interest", "loan"},
}
_VEHICLES: Final = frozenset(
    "van camper campervan motorhome truck lorry pickup jeep ute minibus minivan estate".split()
)


def holder(covered: Collection[str], groups: Collection[str], vocabulary: Vocabulary) -> str | None:
    """The account just above all that is covered, where it is called after nothing else and all below is spent on that.

    None for Living with the rent beside the vet, for a person who has clothes as well, or whose pay bears the name.
    """
    above = {name.rpartition(":")[0] for name in covered}
    top = vocabulary.by_name.get(next(iter(above), ""))
    kind = next((group for group in _SPENT_ON if group in groups), None)
    if len(above) != 1 or top is None or ":" not in top.name or kind is None:
        return None
    words = lexicon()
    below = [each for each in vocabulary.accounts if each.within(top) and each.name != top.name]
    called = fold(top.component)
    if kind == "car":
        named = called in _VEHICLES
    else:
        elsewhere = [each for stem in top.leaf for each in vocabulary.by_stem.get(stem, ()) if not each.within(top)]
        named = called not in words.words and not any(words.groups_of_name(top.component)) and not elsewhere
    spent = (words.groups_of_name(each.component)[0] for each in below)
    return top.name if named and all(not each or each & _SPENT_ON[kind] for each in spent) else None
