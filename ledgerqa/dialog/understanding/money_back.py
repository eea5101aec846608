"""The bare word for money that came back: "refunds this year", "did the shop refund us"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

_MONEY_BACK: Final = compiled(
    r"(?:(?:the|my|our|any|a) )?(?:refund(?:ed)?|reimbursement|chargeback|return|credit)s?", re.IGNORECASE
)


def told_by_the_sign(
    phrases: tuple[Phrase, ...], intent: Intent, vocabulary: Vocabulary
) -> tuple[tuple[Phrase, ...], Intent]:
    """Without the word, where the sign of the amounts says it; and with that sign, where its name says nothing.

    As in "did the garage refund us": Income:Refunds is of taxes, and what the garage gave back is a cost less.
    """
    named = [each for each in phrases if _MONEY_BACK.fullmatch(fold(each.words))]
    rest = tuple(each for each in phrases if each not in named)
    if intent.sign < 0:
        guessed = {"synonym", "words"} if vocabulary.booked.came_back(Filters()) else {"synonym"}
        faint = [each for each in named if each.best.kind in {"payee", "narration"} or each.best.how in guessed]
        named = [each for each in named if each not in faint]
        phrases = tuple(each for each in phrases if each not in faint)
    if intent.sign < 0 and any(_is_other(each, rest, vocabulary) for each in named):
        return rest, intent
    if len(named) != 1 or named[0].best.kind != "account" or {each.best.kind for each in rest} != {"payee"}:
        return phrases, intent
    whom = Filters(mentions=tuple(mention_of(each, each.best) for each in rest))
    booked = vocabulary.booked
    if booked.meets(replace(whom, accounts=named[0].best.values)) or not booked.came_back(whom):
        return phrases, intent
    return rest, replace(intent, sign=-1)


def _is_other(named: Phrase, rest: tuple[Phrase, ...], vocabulary: Vocabulary) -> bool:
    """As in "refunds on flights", where Income:TaxRefund has more to its name, and nothing to do with flights."""
    best = named.best
    if best.kind != "account" or best.how == "exact" or not rest:
        return False
    roots = {vocabulary.by_name[name].root for name in best.values}
    for each in rest:
        if each.best.kind == "account" and roots.isdisjoint(vocabulary.by_name[name].root for name in each.best.values):
            return True
        if each.best.kind == "payee":
            whom = Filters(accounts=best.values, mentions=(mention_of(each, each.best),))
            return not vocabulary.booked.meets(whom)
    return False
