"""What a question leaves out, as filters: accounts within those asked for, names, tags, monies, means of payment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import NO_PAYEE, NO_TAG
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.choosing import BALANCES, choose
from ledgerqa.dialog.linking.links import Link, Phrase, narrowed, of_roots
from ledgerqa.dialog.linking.misspelt_payees import other_spellings
from ledgerqa.dialog.linking.purses import booked, pays_what_is_left_out
from ledgerqa.dialog.linking.trip_tags import trip_tags
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.idle_names import TRIP
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_MOVED: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.LIST, Measure.COUNT, None})
_OWN: Final = (Root.ASSETS, Root.LIABILITIES)


@dataclass
class _Named:
    """The names that are left out, by their kinds; `payers` are accounts that something is paid with."""

    accounts: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    monies: set[str] = field(default_factory=set)
    payers: list[str] = field(default_factory=list)


def without_left_out(filters: Filters, said: Said, intent: Intent, vocabulary: Vocabulary) -> Filters:
    """The filters less what the question leaves out."""
    named = _named(filters, said, intent, vocabulary)
    away = trip_tags(vocabulary) if said.apart.trips else ()
    if named.monies:  # "nothing in pounds": the amounts in all else
        whole = intent.measure in {*BALANCES, Measure.HOLDINGS}
        kept = filters.currencies or (tuple(vocabulary.commodities) if whole else vocabulary.money())
        filters = replace(filters, currencies=tuple(code for code in kept if code not in named.monies))
    if NO_PAYEE.search(said.folded):
        filters = replace(filters, mentions=(*filters.mentions, Mention("no payee", payees=("",))))
    if NO_TAG.search(said.folded):
        named.tags += vocabulary.tags
    filters = _not_paid_with(filters, named, intent, vocabulary)
    inside = narrowed(vocabulary, filters.accounts, named.accounts) if filters.accounts else ()
    left_out = inside or tuple(dict.fromkeys(named.accounts))
    if filters.accounts and set(filters.accounts) <= set(left_out):
        left_out = ()  # "takeaways and meals out": what names all that is asked for does not leave it out
    elif inside and not _is_left(filters.accounts, inside, vocabulary):
        filters, left_out = replace(filters, accounts=inside), ()  # "estimated tax, federal and state apart"
    return replace(
        filters,
        exclude_accounts=left_out,
        exclude_mentions=tuple(named.mentions),
        exclude_tags=tuple(dict.fromkeys((*named.tags, *away))),
        exclude_periods=tuple(each.period for each in said.apart.periods),
    )


def _is_left(accounts: tuple[str, ...], inside: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether anything is booked at or below the first accounts but not at or below the second, which lie there."""

    def booked(names: tuple[str, ...]) -> int:
        whole = (name for name in names if not name.startswith(tuple(f"{other}:" for other in names)))
        return sum(vocabulary.by_name[name].postings for name in whole)

    return booked(accounts) > booked(inside)


def _named(filters: Filters, said: Said, intent: Intent, vocabulary: Vocabulary) -> _Named:
    """The names that are left out, as they are read where money is spent."""
    named = _Named()
    spending = replace(intent, flow=intent.flow or "spend") if intent.measure not in BALANCES else intent
    for place, phrase in enumerate(said.excluded):
        option = _less_wide(phrase, choose(phrase, spending, vocabulary, said), filters)
        option = _within(option, phrase, filters, vocabulary)
        if place and _SHARE_OF.search(phrase.lead) and _stands(said.excluded[place - 1], vocabulary):
            continue  # "not Ana's half of the room": what she owes is no spending, and the room stays
        if option is None or (said.apart.trips and _is_trip(phrase, option, vocabulary)):
            continue
        if intent.measure in _MOVED and pays_what_is_left_out(phrase, option, said.folded, vocabulary):
            named.payers += booked(option.values, vocabulary)
        if option.kind == "account":
            named.accounts += option.values
        elif option.kind == "tag" and not _tells_which_trip(phrase, option, said.excluded[place + 1 :]):
            named.tags += option.values
        elif option.kind == "currency":
            named.monies.update(option.values)
        elif option.kind in {"payee", "narration"}:
            others = other_spellings(option.values, vocabulary) if option.kind == "payee" else ()
            named.mentions.append(mention_of(phrase, replace(option, values=(*option.values, *others))))
    return named


def _tells_which_trip(phrase: Phrase, option: Link, after: Sequence[Phrase]) -> bool:
    """As in "without the trip to Lisboa", of which "trip" names them all: what is said behind it tells which."""
    which = after[0].of_kind("tag") if after and fold(phrase.words) in TRIP else None
    return which is not None and set(which.values) < set(option.values)


def _is_trip(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> bool:
    """Whether it is only the word for trips, whose tags say which they are."""
    return bool(trip_tags(vocabulary)) and fold(phrase.words) in TRIP and option.kind not in {"account", "tag"}


def _not_paid_with(filters: Filters, named: _Named, intent: Intent, vocabulary: Vocabulary) -> Filters:
    """As in "spending without the card": what it did not pay for; its own postings are none of the expenses anyway.

    Of entries that are counted or listed whole, its own postings are left out, too.
    """
    if not named.payers or of_roots(vocabulary, filters.accounts, _OWN):
        return filters
    filters = replace(filters, exclude_alongside=tuple(dict.fromkeys(named.payers)))
    about = filters.accounts or filters.mentions or intent.flow
    if not about and intent.measure in {Measure.COUNT, Measure.LIST}:
        return filters
    named.accounts = [name for name in named.accounts if not of_roots(vocabulary, (name,), _OWN)]
    anything = not (filters.roots or filters.accounts or filters.mentions or intent.flow == "income")
    return replace(filters, roots=(Root.EXPENSES,)) if anything else filters


def _less_wide(phrase: Phrase, option: Link | None, filters: Filters) -> Link | None:
    """As in "eating out without the takeaways", where both name one account: the entries that say so."""
    whole = (
        option and option.kind == "account" and option.how != "exact" and set(filters.accounts) <= set(option.values)
    )
    said = (each for each in phrase.options if each.kind in {"payee", "narration"} and each.how in {"exact", "words"})
    return next(said, option) if whole and filters.accounts else option


_SHARE_OF = compiled(r"\b(?:half|share|part|portion|bit|third|quarter) of(?: (?:the|our|my|that|this))? $")


def _stands(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether something stands on an account that is called so."""
    named = (name for each in phrase.options if each.kind == "account" for name in each.values)
    return any(vocabulary.by_name[name].root in {Root.ASSETS, Root.LIABILITIES} for name in named)


def _within(option: Link | None, phrase: Phrase, filters: Filters, vocabulary: Vocabulary) -> Link | None:
    """As in "all at the broker except cash", "pets but not the food": the account of that name that lies there."""
    if option is None or option.kind != "account" or not filters.accounts:
        return option
    if narrowed(vocabulary, filters.accounts, option.values):
        return option
    wide = [name for link in phrase.options if link.kind == "account" for name in link.values]
    inside = narrowed(vocabulary, filters.accounts, wide)
    return replace(option, values=inside) if inside and not set(filters.accounts) <= set(inside) else option
