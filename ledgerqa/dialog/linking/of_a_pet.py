"""What people call food is not the dog's: Dog:Food is meant by it only where nothing else is food."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.linking.links import COVERED, EXACT_ACCOUNT, SYNONYM, Link
from ledgerqa.dialog.linking.one_holder import holder

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_PETS: Final = frozenset({"pets", "vet"})


def not_of_a_pet(vocabulary: Vocabulary, words: tuple[str, ...], options: list[Link]) -> list[Link]:
    """The options with what else the word means before what is called so below a pet alone."""
    named = [name for each in options if each.score >= SYNONYM for name in each.values]
    if len(words) != 1 or not named or not all(_below_a_pet(name) for name in named):
        return options
    known = lexicon()
    groups = known.groups_of(words) - _PETS
    meant = groups | {inner for group in groups for inner in known.covers.get(group, ())}
    others = {
        account.name
        for group in meant
        for account in vocabulary.by_group.get(group, ((), ()))[0]
        if not _below_a_pet(account.name)
    }
    if not others:
        return options
    whole = holder(others, groups, vocabulary)
    inside = tuple(f"{name}:" for name in others)
    topmost = (whole,) if whole else tuple(sorted(name for name in others if not name.startswith(inside)))
    after = [replace(each, score=min(each.score, COVERED), how="words") for each in options]
    return [Link("account", topmost, EXACT_ACCOUNT, "covers"), *after]


def _below_a_pet(name: str) -> bool:
    return any(lexicon().groups_of_name(part)[0] & _PETS for part in name.split(":")[1:-1])
