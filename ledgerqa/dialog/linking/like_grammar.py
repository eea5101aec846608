"""Payees and accounts whose names are words of grammar: a shop called "Next", an account called "Running" or "Out"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.account_links import account_links, whole_account_links
from ledgerqa.dialog.linking.links import EXACT_PAYEE, Link, Phrase
from ledgerqa.dialog.linking.text_links import parted

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.text_links import Search

_AFTER_PAYEE: Final = frozenset("in since and or vs versus so a per each every on with using by during between".split())
_IDIOMS: Final = frozenset("all least most last first once it me us him her them then now home present times".split())
_SLANG: Final = frozenset("shell drop blow blew splash splurge fork lay dish".split())
_LEADS_VERB: Final = frozenset("i we you they he she to did do does can could would".split())
_OF_VERBS: Final = frozenset("out over up on".split())
_LEADS_ACCOUNT: Final = frozenset("on for much was biggest largest highest dearest average total".split())
_AFTER_ACCOUNT: Final = frozenset(
    "in by per since between and vs versus compared cost costs spending spend expenses expense income did"
    " bill bills payment payments".split()
)
_LEADS_PAYEE: Final = frozenset({"at", "from", "to", "with", "by", "pay", "paid", "owe", "gave", "given"})


def like_grammar(search: Search, start: int, end: int) -> Phrase | None:
    """What words of grammar name together, or one alone; None where they stand as any such words do."""
    if end - start == 1:
        return _payee(search, start) or _account(search, start)
    written = search.text[search.tokens[start].start : search.tokens[end - 1].end]
    options = whole_account_links(search.vocabulary, written)  # "till difference" for TillDifference
    return Phrase(start, end, written, tuple(options), False, 1.0) if options else None


def _payee(search: Search, place: int) -> Phrase | None:
    """As in "what did we spend at Next", where a payee is called so: written as it is, or where nothing goes on.

    Slang for paying is a payee wherever it is no verb: "biggest Shell receipt", but "what did I shell out".
    """
    token, after = search.tokens[place], place + 1
    payees = search.vocabulary.payees_like_grammar.get(token.fold)
    if not payees:
        return None
    led = search.tokens[place - 1].fold if place else ""
    follows = search.tokens[after].fold if after < len(search.tokens) and search.free[after] else ""
    written = token.text in payees and not token.text.islower() and led in _LEADS_PAYEE
    ends = not follows or follows in _AFTER_PAYEE or parted(search, place)
    led_there = ends and led in {"at", "from"} and token.fold not in _IDIOMS
    no_verb = token.fold in _SLANG and led not in _LEADS_VERB and follows not in _OF_VERBS
    if not (written or led_there or no_verb):
        return None
    return Phrase(place, after, token.text, (Link("payee", payees, EXACT_PAYEE, "exact"),), False, 1.0)


def _account(search: Search, place: int) -> Phrase | None:
    """As in "running 2025", "what we paid for running in May", where an account is called so: where a noun stands."""
    token, after = search.tokens[place], place + 1
    own = [each for each in search.vocabulary.by_stem.get(token.stem, ()) if each.leaf == (token.stem,)]
    if not own:
        return None
    led = search.tokens[place - 1].fold if place else ""
    ends = after == len(search.tokens) or not search.free[after]
    follows = "" if ends else search.tokens[after].fold
    alone = not place and (ends or follows in _AFTER_ACCOUNT)
    asked = led in _LEADS_ACCOUNT and (ends or follows in _AFTER_ACCOUNT)
    if not (alone or asked or (led == "did" and follows in {"cost", "bring"})):
        return None
    options = account_links(search.vocabulary, (token.stem,), token.text)
    exact = tuple(each for each in options if each.how == "exact")
    return Phrase(place, after, token.text, exact, False, 1.0) if exact else None
