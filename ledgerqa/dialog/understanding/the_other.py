"""The other of two: "and the other card?" after one card, "what about the other one?" after one of two accounts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stem
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, Link, Phrase
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Account, Vocabulary
    from ledgerqa.dialog.linking.said import Said

_OTHER: Final = re.compile(
    r"\W*(?:(?:ok|okay|right|thanks|thank you|so|and|then|now|what about|how about|same (?:again )?(?:for|with|on|of)"
    r"|how much(?: (?:is|was))?)[,. ]+)*(?:(?:for|on|in|with|of) )?(?:the|my|our) other(?: (?P<noun>[\w-]+))?"
    r"(?:,? (?:please|then|now))*\W*"
)
_ONE: Final = frozenset({"one", "account"})
_STANDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def the_other(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """The question with the account it points at, where there is just one beside that of the question before."""
    asked = _OTHER.fullmatch(said.folded) if before and not said.periods else None
    if before is None or asked is None:
        return said
    named = [each.best.values for each in before.phrases if each.best.kind == "account"]
    single = [names.by_name[values[0]] for values in named if len(values) == 1]
    if len(before.phrases) > 1:  # "groceries on Ann's card": there is no other of the groceries
        single = [each for each in single if each.root in _STANDING]
    others = [other for each in single for other in _alike(each, asked["noun"], names)] if len(single) == 1 else []
    if len(others) != 1:
        return said
    (other,) = others
    link = Link("account", (other.name,), EXACT_ACCOUNT, "exact")
    phrase = Phrase(0, 0, fold(" ".join(other.leaf)), (link,))
    return replace(said, phrases=(phrase,), unknown=(), unread=())


def _alike(account: Account, noun: str | None, names: Vocabulary) -> list[Account]:
    """The accounts in use that are of the same kind: called so ("card"), or else right beside it."""
    parent = account.name.rpartition(":")[0]
    inside = f"{account.name}:"
    others = [
        each
        for each in names.accounts
        if each.root is account.root
        and each.postings
        and not each.closed
        and each.name != account.name
        and not each.name.startswith(inside)
        and not account.name.startswith(f"{each.name}:")
    ]
    if noun is None or noun in _ONE:
        return [each for each in others if ":" in parent and each.name.startswith(f"{parent}:")]
    kind = stem(noun)
    if noun == "card" and kind not in account.path and account.root is Root.LIABILITIES:
        return [each for each in others if each.name.startswith(f"{parent}:")]  # one of Visa:Ann and Visa:Bo
    return [each for each in others if kind in each.path] if kind in account.path else []
