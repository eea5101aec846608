"""The other of two: "and the other card?" after one card, "what about the other one?" after one of two accounts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, stem, stems
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
# "And the junior one?" after one of several funds.
_ONE_CALLED: Final = re.compile(
    r"\W*(?:(?:ok|okay|right|thanks|so|and|then|now|what about|how about)[,. ]+)*(?:(?:for|in|on) )?(?:the|our|my)"
    r" (?P<what>[\w'’-]+(?: [\w'’-]+)?) (?:one|ones|fund|pot)\W*"
)
_ONE: Final = frozenset({"one", "account"})
_BELOW_A_KIND: Final = 2  # parts above the name of an account that is one of a kind
_STANDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def the_other(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """The question with the account it points at, where there is just one beside that of the question before."""
    asked = _OTHER.fullmatch(said.folded) if before and not said.periods else None
    if before is None or asked is None:
        return _the_one_called(said, before, names)
    named = [each.best.values for each in before.phrases if each.best.kind == "account"]
    single = [names.by_name[values[0]] for values in named if len(values) == 1]
    if len(before.phrases) > 1:  # "groceries on Ann's card": there is no other of the groceries
        single = [each for each in single if each.root in _STANDING]
    others = [other for each in single for other in _alike(each, asked["noun"], names)] if len(single) == 1 else []
    if len(others) != 1:
        return said
    (other,) = others
    return _naming(said, other)


def _naming(said: Said, account: Account) -> Said:
    """The question with this account as all that it names."""
    link = Link("account", (account.name,), EXACT_ACCOUNT, "exact")
    phrase = Phrase(0, 0, fold(" ".join(account.leaf)), (link,))
    return replace(said, phrases=(phrase,), unknown=(), unread=())


def _the_one_called(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """As in "and the junior one?" after Funds:Slipway: Funds:JuniorFleet, and not Subs:Junior."""
    asked = _ONE_CALLED.fullmatch(said.folded) if before and not said.periods else None
    if before is None or asked is None or len(before.phrases) != 1 or before.phrases[0].best.kind != "account":
        return said
    values = before.phrases[0].best.values
    if len(values) != 1 or values[0].count(":") < _BELOW_A_KIND:
        return said
    called = set(stems(asked["what"]))
    beside = [each for each in _alike(names.by_name[values[0]], None, names) if called <= set(each.leaf)]
    return _naming(said, beside[0]) if len(beside) == 1 else said


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
