"""The other of two: "and the other card?" after one card, "what about the other one?" after one of two accounts.

Of two that an account is paid to, as "from Drumlin only" of what wool cost, the other is whom else it is paid to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.words import fold, stem, stems
from ledgerqa.dialog.linking.links import EXACT_ACCOUNT, EXACT_PAYEE, Link, Phrase, of_roots
from ledgerqa.dialog.understanding.another_occasion import is_beyond_all
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Account, Vocabulary
    from ledgerqa.dialog.linking.said import Said

_OTHER: Final = compiled(
    r"\W*(?:(?:ok|okay|right|thanks|thank you|so|and|then|now|what about|how about|same (?:again )?(?:for|with|on|of)"
    r"|how much(?: (?:is|was))?)[,. ]+)*(?:(?:for|on|in|with|of) )?(?:the|my|our) other(?: (?P<noun>[\w-]+))?"
    r"(?:,? (?:please|then|now))*\W*"
)
# "And the junior one?" after one of several funds.
_ONE_CALLED: Final = compiled(
    r"\W*(?:(?:ok|okay|right|thanks|so|and|then|now|what about|how about)[,. ]+)*(?:(?:for|in|on) )?(?:the|our|my)"
    r" (?P<what>[\w'’-]+(?: [\w'’-]+)?) (?:one|ones|fund|pot)\W*"
)
_ONE: Final = frozenset({"one", "account"})
_WHO: Final = frozenset({None, "one", "shop", "supplier", "place", "store", "seller", "firm", "company"})
_BELOW_A_KIND: Final = 2  # parts above the name of an account that is one of a kind
_MOVING: Final = (Root.INCOME, Root.EXPENSES)
_STANDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def the_other(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """The question with the account it points at, where there is just one beside that of the question before."""
    asked = _OTHER.fullmatch(said.folded) if before and not said.periods else None
    if before is None or asked is None:
        return _the_one_called(said, before, names)
    if asked["noun"] in _WHO and (paid := _other_payee(before, names)):
        return replace(said, phrases=paid, unknown=(), unread=())
    named = [each.best.values for each in before.phrases if each.best.kind == "account"]
    single = [names.by_name[values[0]] for values in named if len(values) == 1]
    if len(before.phrases) > 1:  # "groceries on Ann's card": there is no other of the groceries
        single = [each for each in single if each.root in _STANDING]
        if asked["noun"] and (same := _same_of_another(before, asked["noun"], names)):
            return _naming(said, same)
    others = [other for each in single for other in _alike(each, asked["noun"], names)] if len(single) == 1 else []
    if len(others) != 1:
        return said
    (other,) = others
    return _naming(said, other)


def which_other(said: Said, before: Said | None, names: Vocabulary) -> Clarify | None:
    """A question back where it is not told which other one is meant: what was asked is not to be told again."""
    asked = _OTHER.fullmatch(said.folded) if before and not (said.phrases or said.periods) else None
    if before is not None and is_beyond_all(said, before, names):
        return Clarify("Which one is that? None of that kind is known there; name it.")
    if before is None or asked is None or the_other(said, before, names) is not said:
        return None
    if not before.phrases or before.intent.measure is Measure.HOLDINGS:
        return None
    values = before.phrases[0].best.values if len(before.phrases) == 1 else ()
    if values and before.phrases[0].best.kind == "account" and of_roots(names, values, _MOVING) == values:
        return None
    return Clarify(f'Which is "the other {asked["noun"] or "one"}"? Name it.')


def _same_of_another(before: Said, noun: str, names: Vocabulary) -> Account | None:
    """As in "and the other car" after "petrol for the Yaris": the petrol of the only car beside that one, by name."""
    found = scope(before, before.intent, names).filters.accounts
    parts = found[0].split(":") if len(found) == 1 else []
    for at in range(2, len(parts)):
        above = ":".join(parts[:at])
        if names.by_name[above].leaf != (stem(noun),):
            continue
        beside = _alike(names.by_name[":".join(parts[: at + 1])], None, names)
        same = [":".join((each.name, *parts[at + 1 :])) for each in beside]
        return names.by_name.get(same[0]) if len(same) == 1 else None
    return None


def _other_payee(before: Said, names: Vocabulary) -> tuple[Phrase, ...]:
    """What was asked about with the only other payee of its accounts, at that time, in the place of the one named."""
    paid = [each for each in before.phrases if each.best.kind == "payee" or _is_paid_to(each, names)]
    named = [each.best.values for each in before.phrases if each.best.kind == "account" and each not in paid]
    accounts = [name for values in named for name in values]
    if len(paid) != 1 or not accounts or len(before.periods) > 1:
        return ()
    below, within = at_or_below(accounts)
    span = before.periods[0].period if before.periods else None
    start, end = (span.start, span.end) if span else (None, None)
    rows = names.index.query(
        f"SELECT DISTINCT payee FROM postings WHERE {below} AND coalesce(payee, '') <> ''"
        " AND date >= coalesce(?, date) AND (?::DATE IS NULL OR date < ?)",
        [*within, start, end, end],
    )
    option = paid[0].of_kind("payee")
    others = {row[0] for row in rows}.difference(option.values if option else ())
    if len(others) != 1:
        return ()
    (other,) = others
    link = Link("payee", (other,), EXACT_PAYEE, "exact")
    return tuple(replace(each, words=other, options=(link,)) if each is paid[0] else each for each in before.phrases)


def _is_paid_to(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "from Drumlin only", whose bills stand on Payable:Drumlin: a payee, named so beside what was bought."""
    owed = phrase.best.kind == "account" and all(names.by_name[each].root in _STANDING for each in phrase.best.values)
    return owed and phrase.of_kind("payee") is not None and bool(re.search(r"\b(?:from|at|to|with) $", phrase.lead))


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
    others = [
        each
        for each in names.accounts
        if each.root is account.root
        and each.postings
        and not each.closed
        and not each.within(account)
        and not account.within(each)
    ]
    beside = [
        each
        for each in names.accounts
        if each is not account
        and each.name.rpartition(":")[0] == parent
        and any(other.within(each) for other in others)
    ]
    if noun is None or noun in _ONE:
        return beside if ":" in parent else []
    kind = stem(noun)
    if ":" in parent and names.by_name[parent].leaf == (kind,):
        return beside  # "the other car", of those that stand below Cars
    if noun == "card" and kind not in account.path and account.root is Root.LIABILITIES:
        return [each for each in others if each.name.startswith(f"{parent}:")]  # one of Visa:Ann and Visa:Bo
    return [each for each in others if kind in each.path] if kind in account.path else []
