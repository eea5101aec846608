"""Payees and accounts whose names are words of grammar: a shop called "Next", an account called "Running" or "Out"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
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
_LEADS_ACCOUNT: Final = frozenset("on for of much was were biggest largest highest dearest average total".split())
_AFTER_ACCOUNT: Final = frozenset(
    "in by per since between and vs versus compared cost costs spending spend expenses expense income did"
    " bill bills payment payments sales sale revenue takings earnings".split()
)
_SPENT_ON: Final = frozenset("on for of".split())
# What is done to money; a noun after no other words, as in "how many were paid in cash", "total paid by card".
_DONE: Final = frozenset(
    "paid sold spent bought sent lent set put held kept cut lost made given taken got owed used left drawn".split()
)
_OWNED: Final = frozenset("my our his her their".split())
_LEADS_PAYEE: Final = frozenset(
    "at from to with by pay paid owe owed gave given give lend lent send sent did does do has".split()
)
_GIVEN_TO: Final = frozenset("give gave given lend lent owe owed".split())
_JOINS: Final = frozenset("and or vs versus than plus".split())
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# What somebody does who is called by a word of grammar: "what does max owe me", "what did June get".
_DOES: Final = frozenset("owe owes get give receive send borrow lend".split())


def like_grammar(search: Search, start: int, end: int) -> Phrase | None:
    """What words of grammar name together, or one alone; None where they stand as any such words do."""
    if end - start == 1:
        return _payee(search, start) or _somebody(search, start) or _account(search, start)
    written = search.text[search.tokens[start].start : search.tokens[end - 1].end]
    options = whole_account_links(search.vocabulary, written)  # "till difference" for TillDifference
    options = options or _several_words(search, start, end, written)
    return Phrase(start, end, written, tuple(options), False, 1.0) if options else None


def _several_words(search: Search, start: int, end: int, written: str) -> list[Link]:
    """As in "what did The Sunday Times cost", where a payee is called so: written as it is, or where one must stand."""
    led_there = start > 0 and search.tokens[start - 1].fold in _LEADS_PAYEE
    last = search.tokens[end - 1].text
    if not (led_there or (len(last) > 1 and last[0].isupper())):
        return []  # as nearly always: payees are not looked through
    payees = search.vocabulary.payees_all_grammar.get(tuple(each.fold for each in search.tokens[start:end]))
    if not payees or not (led_there or written in payees):
        return []
    return [Link("payee", payees, EXACT_PAYEE, "exact")]


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
    led_there = ends and led in {"at", "from", "to"} and token.fold not in _IDIOMS
    no_verb = token.fold in _SLANG and led not in _LEADS_VERB and follows not in _OF_VERBS
    does = led in {"did", "does", "do", "has"} and follows in _DOES
    given = ends and led in _GIVEN_TO and token.fold not in _IDIOMS
    listed = ends and token.text in payees and not token.text.islower() and led in _JOINS
    if not (written or led_there or no_verb or does or given or listed or _is_no_month(search, place)):
        return None
    payee = Link("payee", payees, EXACT_PAYEE, "exact")
    return Phrase(place, after, token.text, (*_own(search, place), payee), False, 1.0)


def _somebody(search: Search, place: int) -> Phrase | None:
    """As in "what does max owe us", where an account is called so and no payee is."""
    token, after = search.tokens[place], place + 1
    led = search.tokens[place - 1].fold if place else ""
    follows = search.tokens[after].fold if after < len(search.tokens) and search.free[after] else ""
    does = led in {"did", "does", "do", "has"} and follows in _DOES
    options = _own(search, place) if does or _is_no_month(search, place) else ()
    return Phrase(place, after, token.text, options, False, 1.0) if options else None


def _is_no_month(search: Search, place: int) -> bool:
    """Whether a month's name is no time here: no period has taken the word, and it is no verb."""
    led = search.tokens[place - 1].fold if place else ""
    word = search.tokens[place].fold
    return word in _MONTHS and (word != "may" or led in _LEADS_PAYEE | _JOINS | _LEADS_ACCOUNT)


def _own(search: Search, place: int) -> tuple[Link, ...]:
    """The accounts that are called by this one word."""
    token = search.tokens[place]
    if not any(each.leaf == (token.stem,) for each in search.vocabulary.by_stem.get(token.stem, ())):
        return ()
    options = account_links(search.vocabulary, (token.stem,), token.text)
    return tuple(each for each in options if each.how == "exact")


def _account(search: Search, place: int) -> Phrase | None:
    """As in "running 2025", "what we paid for running in May", where an account is called so: where a noun stands."""
    token, after = search.tokens[place], place + 1
    exact = _own(search, place)
    if not exact:
        return None
    led = search.tokens[place - 1].fold if place else ""
    ends = after == len(search.tokens) or not search.free[after]
    follows = "" if ends else search.tokens[after].fold
    alone = not place and (ends or follows in _AFTER_ACCOUNT)
    asked = led in (_SPENT_ON if token.fold in _DONE else _LEADS_ACCOUNT) and (ends or follows in _AFTER_ACCOUNT)
    owned = led in _OWNED and (ends or follows in _AFTER_ACCOUNT or follows in lexicon().grammar)  # "my pay"
    if not (alone or asked or owned or (led == "did" and follows in {"cost", "bring"})):
        return None
    return Phrase(place, after, token.text, exact, False, 1.0)
