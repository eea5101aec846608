"""Subscriptions as people speak of them: which there are, those that went quiet, and those that still run on a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import ONE_DAY
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, accounts_said, are_short, one_period
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.courses.regular import comes_round, flow_root
from ledgerqa.dialog.plans.courses.subscribed import not_subscribed
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase

# What was spent on them is asked, and not which they are.
_ADDED_UP: Final = r"\b(?:how much|total(?:led)?|sum|altogether|in all|average|sav(?:e|ed|ing))\b"
_EACH_COST: Final = (
    r"\b(?:how much|what) (?:has|have|did) (?:each|every)\b.*\b(?:cost|come|came|take|taken|total(?:led)?)\b"
    r"|\b(?:how much|what) (?:each|every)(?: one| of them| \w+)?(?: has| have)? (?:cost|came|come|total(?:led)?)\b"
    r"|\bwhat (?:they|it) (?:has |have )?(?:each )?cost (?:us |me )?(?:each )?(?:in|this|last|so far|since)\b"
)
_FEWEST: Final = 3
# What one does with what one pays for; a job is quit as well, and a habit stopped.
_PAYING: Final = (
    r"\b(?:cancel\w*|unsubscribed?|(?:stop(?:ped)?|quit) (?:paying|using|going|subscribing)|got rid of|get rid of"
    r"|no longer pay|g[ai]ven? up|drop(?:ped)?|end(?:ed)?|terminated?|discontinued?)\b"
)
_OURS = frozenset({Root.ASSETS, Root.LIABILITIES})


def subscriptions(asked: Asked) -> Plan | None:
    """The plan for what went quiet or still runs; None where neither is asked of subscriptions."""
    words, text = cues("cues"), asked.said.folded
    subscribed = words.found("a_subscription", text)
    given_up = words.found("given_up", text) and not asked.has(_ADDED_UP)
    if are_short(asked):
        return None
    if given_up and not subscribed and (one := _given_up(asked)):
        return one
    if not (subscribed or (given_up and cues("trends").found("several", text))):
        return None
    if subscribed and asked.has(_EACH_COST) and (told := _told_each(asked)):
        return told
    ended = given_up or words.found("went_quiet", text)
    payers = _payers(asked)
    if not ended and not (words.found("still_runs", text) and payers):
        return _all_of_them(asked, payers) if _all_asked_for(asked) else None
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions") if subscribed else ()
    filters = Filters(accounts=kept, roots=() if kept else (Root.EXPENSES,), alongside=payers)
    notes: tuple[str, ...] = (f"subscriptions = {', '.join(kept)}",) if kept else ()
    if given_up and (named := _named(asked)):
        filters, notes = replace(named, alongside=payers), asked.scope.reading
    plan = Plan(Measure.RECURRING, filters, one_period(asked), reading=notes)
    return replace(plan, pick="ended") if ended else plan


def _given_up(asked: Asked) -> Plan | None:
    """As in "did I cancel Tunesie", where that comes round: when it ended, or that it has not."""
    named = _named(asked)
    if named is None or not asked.has(_PAYING) or (root := flow_root(asked, named)) is not Root.EXPENSES:
        return None
    bookings = asked.names.booked.bookings(named, root, asked.today + ONE_DAY)
    if len(bookings) < _FEWEST or not comes_round(bookings):
        return None
    return Plan(Measure.RECURRING, named, one_period(asked), pick="ended", reading=asked.scope.reading)


def _told_each(asked: Asked) -> Plan | None:
    """As in "how much each subscription has cost us this year": what each came to, and not what it charges."""
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
    if not kept or asked.scope.filters.mentions:
        return None
    booked = asked.names.booked
    whose = Grouping.NARRATION if booked.mostly_unnamed(kept) else Grouping.PAYEE
    if whose is Grouping.PAYEE and booked.distinct_payees(kept) < 2:
        return None
    note = f"subscriptions = {', '.join(kept)}"
    filters = _less_left_out(asked, Filters(accounts=kept))
    return Plan(Measure.SUM, filters, one_period(asked), group_by=(whose,), reading=(note,))


def _named(asked: Asked) -> Filters | None:
    """As in "did I cancel the newspaper subscription": what is named beside the word for what is subscribed to."""
    filters, own = asked.scope.filters, set(_payers(asked))
    words = (fold(each.words) for each in asked.said.phrases if not each.weak)
    if not any(not cues("trends").found("subscribed", each) for each in words):
        return None
    accounts = tuple(name for name in filters.accounts if name not in own)
    roots = () if accounts else (Root.EXPENSES,)
    return replace(filters, accounts=accounts, roots=roots) if accounts or filters.mentions else None


def _all_asked_for(asked: Asked) -> bool:
    """As in "what subscriptions do we have", or "hit the cards": which there are, of no name in particular."""
    words, text = cues("trends"), asked.said.folded
    rules = asked.said.by_rules or asked.intent
    other = any(words.found(each, text) for each in ("which_rose", "dearest", "cheapest"))
    heard = Measure.RECURRING in {rules.measure, asked.intent.measure} and words.found("subscribed", text)
    named = (
        each
        for each in asked.said.phrases
        if not each.weak and not words.found("subscribed", fold(each.words)) and not _is_payer(each, asked)
    )
    return heard and not other and not cues("cues").found("went_quiet", text) and not any(named)


_PAID_FROM: Final = compiled(
    r"\b(?:hit|hits|hitting|through|via|from|with|using|on|off|out of|charged to|billed to) "
    r"(?:the |my |our |this |that |any of (?:the |my |our ))?$"
)


def _is_payer(phrase: Phrase, asked: Asked) -> bool:
    """As in "have hit the cards", "run through the joint account": what they are paid from."""
    ours = phrase.best.kind == "account" and all(asked.names.by_name[each].root in _OURS for each in phrase.best.values)
    return ours and bool(_PAID_FROM.search(phrase.lead))


def _all_of_them(asked: Asked, payers: tuple[str, ...]) -> Plan:
    """What comes round on the accounts for it; without such, on none of those for a home, a living or a tax."""
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
    if kept:
        filters = _less_left_out(asked, Filters(accounts=kept, alongside=payers))
        note = f"subscriptions = {', '.join(kept)}"
        return Plan(Measure.RECURRING, filters, one_period(asked), reading=(note,))
    other = not_subscribed(asked)
    notes = (f"subscriptions = what comes round, but for {', '.join(other)}",) if other else ()
    filters = Filters(roots=(Root.EXPENSES,), exclude_accounts=other, alongside=payers)
    return Plan(Measure.RECURRING, _less_left_out(asked, filters), one_period(asked), reading=notes)


def _less_left_out(asked: Asked, filters: Filters) -> Filters:
    """The same less what the question leaves out."""
    told = asked.scope.filters
    accounts = tuple(dict.fromkeys((*filters.exclude_accounts, *told.exclude_accounts)))
    mentions, tags = told.exclude_mentions, told.exclude_tags
    return replace(filters, exclude_accounts=accounts, exclude_mentions=mentions, exclude_tags=tags)


def _payers(asked: Asked) -> tuple[str, ...]:
    """The own accounts, or cards, that the question names, with what is below them."""
    named = [name for name in accounts_said(asked) if asked.names.by_name[name].root in _OURS]
    return tuple(each.name for each in asked.names.leaf_accounts(_OURS) if _within_one(each.name, named, asked.names))


def _within_one(name: str, named: list[str], names: Vocabulary) -> bool:
    return any(names.by_name[name].within(names.by_name[one]) for one in named)
