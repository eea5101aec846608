"""Plans that set a part against a whole: "what share of my pay goes on rent", "savings rate", "percent of spending"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, bounded, happened
from ledgerqa.dialog.plans.cash.flows import take_home
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.transfers import other_money, without_openings
from ledgerqa.dialog.understanding.moving import INTO, moved_by
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import RATIO, TIME_GROUPINGS, Filters, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase

_OF_INCOME = re.compile(
    r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction|how much)|%) of (?:my |our |the |all |his |her )*"
    r"(?:total |gross |net |monthly |yearly |annual )?"
    r"(?P<whole>incomes?|earnings|revenues?|salar(?:y|ies)|wages?|pay|take-? ?home"
    r"|what (?:i|we) (?:earn(?:ed)?|ma[dk]e))\b"
)
_SHARE = r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction)|%) of\b"
_SPENDING = (
    r"(?:my |our |the |all |his |her |what we |what i |money i |money we )*(?:\d{4} )?"
    r"(?:total |overall |monthly |yearly |annual )?"
    r"(?P<whole>spending|spend|spent|expenses|expenditures?|costs|outgoings)\b"
)
_OF_SPENDING = re.compile(rf"{_SHARE} (?:[\w ]{{2,30}}? (?:in|of|among) )?{_SPENDING}")
# With "as a percentage" after a sum a share is meant, too, and not the sum.
_MUCH_OF_SPENDING = re.compile(r"\bhow much of " + _SPENDING)
_AS_SHARE = (
    r"\b(?:as|in) (?:an? |the )?(?:percent(?:age)?s?|share|fraction|proportion)\b|\b(?:in|as a) %"
    r"|\bpercentage-? ?wise\b"
)
_SAVINGS_RATE = re.compile(r"\bsavings? (?:rate|ratio)\b")
_SAVED = re.compile(r"\b(?:save|saved|saving|savings|put (?:aside|away))\b")
_SPENT = re.compile(r"\b(?:spen[dt]|spending|expenses)\b")
_ADDED = frozenset({Measure.SUM, Measure.LIST, Measure.AVERAGE, Measure.NET_INCOME, None})


def ratio(asked: Asked) -> Plan | None:
    """The two sides of a share of income; None where none is asked for, or the part is income itself."""
    if spent := _of_spending(asked):
        return spent
    found = _OF_INCOME.search(asked.said.folded)
    if asked.intent.measure not in _ADDED or not (found or _SAVINGS_RATE.search(asked.said.folded)):
        return None
    part = _part(asked)
    if part is None:
        return None
    return _shares(asked, part, _whole(asked, found["whole"] if found else "income"))


def _of_spending(asked: Asked) -> Plan | None:
    """As in "what percent of our spending is housing": one category against all that was spent, or what is named."""
    filters = asked.scope.filters
    timed = any(each in TIME_GROUPINGS for each in asked.intent.group_by)
    if asked.intent.measure not in _ADDED or timed or not (asked.has(_SHARE) or asked.has(_AS_SHARE)):
        return None
    if any(asked.names.by_name[name].root is not Root.EXPENSES for name in filters.accounts):
        return None
    if (whole := _whole_named(asked)) and (others := _beside(whole, asked)):
        return _of_named(whole, others, asked)
    found = _OF_SPENDING.search(asked.said.folded)
    found = found or (asked.has(_AS_SHARE) and _MUCH_OF_SPENDING.search(asked.said.folded)) or None
    part = _part(asked) if found and (filters.accounts or filters.tags or filters.mentions) else None
    if part is None:
        return None
    return _shares(asked, part, ("all spending", Filters(roots=(Root.EXPENSES,), currencies=filters.currencies)))


def _shares(asked: Asked, part: tuple[str, Filters], whole: tuple[str, Filters]) -> Plan:
    sides = (Variant(part[0], bounded(part[1], asked), Period()), Variant(whole[0], whole[1], Period()))
    return Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=asked.scope.reading)


def _of_named(whole: Phrase, others: tuple[Phrase, ...], asked: Asked) -> Plan | None:
    """As in "of what I spent on food how much went to restaurants, in percent": of one name, that of another."""
    above, below = (
        scope(replace(asked.said, phrases=phrases), asked.intent, asked.names).filters for phrases in ((whole,), others)
    )
    if not _are_spent(above, asked) or not _are_spent(below, asked):
        return None
    below = below if below.accounts else replace(below, accounts=above.accounts)
    inside = all(any(f"{name}:".startswith(f"{one}:") for one in above.accounts) for name in below.accounts)
    if above.accounts and not inside:
        return None
    narrowed = replace(below, tags=(*above.tags, *below.tags), mentions=(*above.mentions, *below.mentions))
    words = " and ".join(dict.fromkeys(each.words for each in others))
    sides = (replace(each, roots=() if each.accounts else (Root.EXPENSES,)) for each in (narrowed, above))
    return _shares(asked, (words, next(sides)), (whole.words, next(sides)))


def _whole_named(asked: Asked) -> Phrase | None:
    """As in "of what I spent in 2025 on food", "of my food spending"."""
    spent = r"(?:what (?:i|we) (?:spen[dt]|paid)|spending|spend|money spent|expenses)"
    when = r"(?: (?:in|during|over|last|this) [\w ]{2,20}?)?"
    for phrase in asked.said.phrases:
        words = re.escape(fold(phrase.words))
        on = rf"\bof (?:(?:my|our|the|all|total) )*{spent}{when} (?:on|for|at)(?: the| my| our)* {words}\b"
        own = rf"\bof (?:(?:my|our|the|all|total|\d{{4}}) )*{words} (?:spending|spend|expenses|costs?|bills?)\b"
        if not phrase.weak and (asked.has(on) or asked.has(own)):
            return phrase
    return None


def _beside(whole: Phrase, asked: Asked) -> tuple[Phrase, ...]:
    return tuple(each for each in asked.said.phrases if each is not whole and not each.weak)


def _are_spent(filters: Filters, asked: Asked) -> bool:
    named = filters.accounts or filters.tags or filters.mentions
    return bool(named) and all(asked.names.by_name[name].root is Root.EXPENSES for name in filters.accounts)


def _part(asked: Asked) -> tuple[str, Filters] | None:
    filters = asked.scope.filters
    if into := _put_aside(asked):
        return into
    kept = tuple(name for name in filters.accounts if asked.names.by_name[name].root is Root.EXPENSES)
    words = [
        phrase.words
        for phrase in asked.said.phrases
        if any(name in kept for each in phrase.options if each.kind == "account" for name in each.values)
    ]
    if kept:
        return " and ".join(dict.fromkeys(words)) or kept[0], replace(filters, accounts=kept, roots=())
    if filters.mentions or filters.tags:
        named = [each.words for each in filters.mentions] + [f"#{tag}" for tag in filters.tags]
        return " and ".join(named), replace(filters, accounts=(), roots=(Root.EXPENSES,))
    if filters.accounts and not all(asked.names.by_name[name].root is Root.INCOME for name in filters.accounts):
        return None
    if _SAVED.search(asked.said.folded):
        return "saved", Filters(roots=(Root.INCOME, Root.EXPENSES))
    return ("spent", Filters(roots=(Root.EXPENSES,))) if _SPENT.search(asked.said.folded) else None


def _put_aside(asked: Asked) -> tuple[str, Filters] | None:
    """As in "how much of our income goes to savings": what other own accounts put there."""
    for phrase in asked.said.phrases:
        moved, option = moved_by(phrase, phrase.best, asked.names)
        accounts = of_roots(asked.names, option.values, (Root.ASSETS,)) if option.kind == "account" else ()
        others = other_money(asked, accounts, 1) if accounts and INTO.search(moved.lead) else ()
        if others:
            filters = Filters(accounts=accounts, sign=1, alongside=others)
            return f"put into {moved.words}", without_openings(asked, filters)
    return None


def _whole(asked: Asked, said: str) -> tuple[str, Filters]:
    if said.startswith("take"):
        return "take-home pay", take_home(asked)[0]
    said = "income" if said.startswith("what") else said
    pay = accounts_of_group(asked, Root.INCOME, "salary") if re.match(r"sal|wage|pay", said) else ()
    return said, Filters(accounts=pay) if pay else Filters(roots=(Root.INCOME,))
