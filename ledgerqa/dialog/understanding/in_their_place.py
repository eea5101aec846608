"""What a new name takes the place of: a payee that of the payee, what is paid with that of what was paid with.

As in "groceries at Fresh Barn" and then "and Tui?", or "groceries on Ann's card" and then "and on Bo's?": the groceries
stay, as long as entries have both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.dialog.linking.purses import is_paid_with
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.records import Filters, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_FLOWS = frozenset({Root.INCOME, Root.EXPENSES})


def in_their_place(said: Said, before: Said, names: Vocabulary) -> tuple[Phrase, ...] | None:
    """The names of before with the new one in its place; None where it stands for none of several, or is by itself."""
    if len(said.phrases) != 1:
        return None
    (new,), old = said.phrases, before.phrases
    if len(old) == 1:
        return _same_part(new, old[0], names)
    return _another_payer(new, old, names) or _another_payee(new, old, names) or _another_whole(new, old, names)


def _another_payee(new: Phrase, old: Sequence[Phrase], names: Vocabulary) -> tuple[Phrase, ...] | None:
    places = [place for place, each in enumerate(old) if each.best.kind == "payee"]
    accounts = tuple(name for each in old if each.best.kind == "account" for name in each.best.values)
    tags = tuple(name for each in old if each.best.kind == "tag" for name in each.best.values)
    if new.best.kind != "payee" or len(places) != 1 or not (accounts or tags):
        return None
    together = Filters(accounts=accounts, mentions=(mention_of(new, new.best),), tags=tags)
    if not names.booked.meets(together):
        return None
    return _put(new, places[0], old)


def _another_whole(new: Phrase, old: Sequence[Phrase], names: Vocabulary) -> tuple[Phrase, ...] | None:
    """As in "and of the flat?" after the rent of the workshop: of House:Rent and Workshop:Rent the other."""
    accounts = [each for each in old if each.best.kind == "account"]
    if new.best.kind != "account" or len(old) != 2 or len(accounts) != 2:
        return None
    for kept, gone in ((0, 1), (1, 0)):
        parts, wholes = old[kept].best.values, old[gone].best.values
        met = narrowed(names, parts, wholes)
        if met and set(met) < set(parts) and _own_parts(new.best.values, parts, names):
            return _put(new, gone, old)
    return None


def _same_part(new: Phrase, old: Phrase, names: Vocabulary) -> tuple[Phrase, ...] | None:
    """As in "and the house?" after "van insurance", where Van:Insurance and House:Insurance are kept.

    "And the van?" is all of the van.
    """
    if new.best.kind != "account" or old.best.kind != "account" or len(old.best.values) != 1:
        return None
    whole, _, part = old.best.values[0].rpartition(":")
    said = set(stems(old.words))
    if not said & {*name_stems(whole.rpartition(":")[2])} or not said & {*name_stems(part)}:
        return None
    parts = tuple(each for name in new.best.values if (each := f"{name}:{part}") in names.by_name if name != whole)
    return (replace(new, options=(replace(new.best, values=parts),)),) if parts else None


def _own_parts(wholes: Sequence[str], parts: Sequence[str], names: Vocabulary) -> bool:
    """Whether some of the parts lie in the wholes, none of which is one of them."""
    return bool(narrowed(names, parts, wholes)) and not set(wholes) & set(parts)


def _another_payer(new: Phrase, old: Sequence[Phrase], names: Vocabulary) -> tuple[Phrase, ...] | None:
    """As in "no, the everyday account" of what was asked for on the card; of a person's accounts the one beside."""
    payers = [place for place, each in enumerate(old) if is_paid_with(each) and _roots(each, names).isdisjoint(_FLOWS)]
    about = [each for each in old if _roots(each, names) & _FLOWS]
    if new.best.kind != "account" or len(payers) != 1 or not about or not _roots(old[payers[0]], names):
        return None
    stand = tuple(name for name in new.best.values if names.by_name[name].root not in _FLOWS)
    parents = {name.rpartition(":")[0] for name in old[payers[0]].best.values}
    near = tuple(name for name in stand if name.rpartition(":")[0] in parents)
    values = near or stand
    if not values or (not near and len(stand) < len(new.best.values)):
        return None
    payer = replace(new, options=(replace(new.best, values=values),), lead=old[payers[0]].lead)
    return _put(payer, payers[0], old)


def _roots(phrase: Phrase, names: Vocabulary) -> set[Root]:
    named = phrase.best.values if phrase.best.kind == "account" else ()
    return {names.by_name[name].root for name in named}


def _put(new: Phrase, place: int, old: Sequence[Phrase]) -> tuple[Phrase, ...]:
    gone = old[place]
    return (*old[:place], replace(new, start=gone.start, end=gone.end, lead=gone.lead or new.lead), *old[place + 1 :])
