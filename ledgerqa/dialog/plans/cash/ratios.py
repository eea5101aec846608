"""Plans that set a part against a whole: "what share of my pay goes on rent", "savings rate", "percent of spending"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots, text_pattern
from ledgerqa.dialog.linking.purses import MEANS, booked
from ledgerqa.dialog.plans.asked import Asked, bounded, happened
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.shares import in_time
from ledgerqa.dialog.plans.cash.take_home import take_home
from ledgerqa.dialog.plans.cash.transfers import other_money, without_openings
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.moving import INTO, moved_by
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Filters, Measure, Mention, Period, Plan, Refusal, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase

_OF_INCOME = compiled(
    r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction|how much)|%) of (?:my |our |the |all |his |her )*"
    r"(?:total |gross |net |monthly |yearly |annual )?"
    r"(?P<whole>incomes?|earnings|revenues?|turnover|takings|salar(?:y|ies)|wages?|pay|take-? ?home"
    r"|what (?:i|we) (?:earn(?:ed)?|ma[dk]e|(?:br(?:ing|ought)|t(?:ake|ook)) in))\b"
)
_SHARE = r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction)|%) of\b"
_SPENDING = (
    r"(?:my |our |the |all |his |her |what we |what i |money i |money we )*(?:\d{4} )?"
    r"(?:total |overall |monthly |yearly |annual )?"
    r"(?P<whole>spending|spend|spent|expenses|expenditures?|costs|outgoings)\b"
)
_OF_SPENDING = compiled(rf"{_SHARE} (?:[\w ]{{2,30}}? (?:in|of|among) )?{_SPENDING}")
# With "as a percentage" after a sum a share is meant, too, and not the sum.
_MUCH_OF_SPENDING = compiled(r"\bhow much of " + _SPENDING)
_AS_SHARE = (
    r"\b(?:as|in) (?:an? |the )?(?:percent(?:age)?s?|share|fraction|proportion)\b|\b(?:in|as a) %"
    r"|\bpercentage-? ?wise\b"
)
# "What percent of the counter takings came through the card machine rather than cash": a way of paying.
_CAME_BY = compiled(
    r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction)|%) of .*?"
    r"\b(?:c[ao]me|comes|(?:was|were|is|are|got|gets?) (?:paid|taken|made|received)?|paid|taken|arrived?"
    r"|went|goes) ?(?P<by>through|by|via|with|in)(?: the| a| our| my)* "
)
_BY = frozenset({"through", "by", "via"})
_ALL_EARNED = compiled(r"\b(?:sales|takings|incomes?|earnings|revenues?|turnover)\b")
_SHARE_OF = compiled(
    r"(?:\b(?:share|part|portion|percent(?:age)?|proportion|fraction)|%) of (?:the |my |our |all |total )*$"
)
_OUT_OF = compiled(r"\b(?:out )?of (?:all )?(?:the |my |our |what (?:we|i) (?:spen[dt]|paid) (?:on|for) )+$")
_PAID_OUT = r"\b(?:go(?:es|ing)?|went|gone|paid|put|comes?|came|made|done) (?:on|with|by|via|through|from|out of)\b"
_OWN = (Root.ASSETS, Root.LIABILITIES)
_RATHER = compiled(r"\b(?:rather than|instead of|and not|as opposed to|not|versus|vs\.?|against|or)(?: the| in| by)* $")
_SAVINGS_RATE = compiled(r"\bsavings? (?:rate|ratio)\b")
_SAVED = compiled(r"\b(?:save|saved|saving|savings|put (?:aside|away))\b")
_SPENT = compiled(r"\b(?:spen[dt]|spending|expenses|expenditures?|costs|outgoings)\b")
_ADDED = frozenset({Measure.SUM, Measure.LIST, Measure.AVERAGE, Measure.NET_INCOME, None})


def ratio(asked: Asked) -> Plan | Refusal | None:
    """The two sides of a share of income; None where none is asked for, or the part is income itself."""
    if told := _out_of_a_purse(asked) or _of_spending(asked) or _by_way_of_paying(asked) or _of_the_other_kind(asked):
        return told
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
    if asked.intent.measure not in _ADDED or not (asked.has(_SHARE) or asked.has(_AS_SHARE)):
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


def _out_of_a_purse(asked: Asked) -> Plan | None:
    """As in "what share of the food went on the card": of a cost, what that account paid; of what it paid, a cost."""
    filters = asked.scope.filters
    about = filters.accounts or filters.mentions or filters.tags
    own_only = bool(filters.accounts) and of_roots(asked.names, filters.accounts, _OWN) == filters.accounts
    if (
        own_only
        and _OF_SPENDING.search(asked.said.folded)
        and asked.has(_PAID_OUT)
        and filters == Filters(accounts=filters.accounts)
    ):
        everything = Filters(roots=(Root.EXPENSES,))
        part = replace(everything, alongside=tuple(booked(filters.accounts, asked.names)))
        return _shares(asked, (asked.said.phrases[0].words, part), ("all spending", everything))
    if not (asked.has(_SHARE) or asked.has(_AS_SHARE)):
        return None
    if asked.intent.measure not in _ADDED or not filters.alongside or not about or not _are_spent(filters, asked):
        return None
    names = [each for each in asked.said.phrases if not each.weak]
    first = next((each for each in names if _SHARE_OF.search(each.lead) or _OUT_OF.search(each.lead)), None)
    if first is None or len(names) < 2:
        return None
    roots = () if filters.accounts else (Root.EXPENSES,)
    part = replace(filters, roots=roots)
    own = any(each.kind == "account" and of_roots(asked.names, each.values, _OWN) for each in first.options[:1])
    rest = Filters(roots=(Root.EXPENSES,), alongside=filters.alongside) if own else replace(part, alongside=())
    others = " and ".join(dict.fromkeys(each.words for each in names if each is not first))
    return _shares(asked, (others, part), (first.words, bounded(rest, asked)))


def _shares(asked: Asked, part: tuple[str, Filters], whole: tuple[str, Filters]) -> Plan:
    sides = (Variant(part[0], bounded(part[1], asked), Period()), Variant(whole[0], whole[1], Period()))
    plan = Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=asked.scope.reading)
    return in_time(plan, asked)


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


def _by_way_of_paying(asked: Asked) -> Plan | Refusal | None:
    """As in "what percent of the takings came by card": the entries of that income which say so, or reach that account.

    Refused where none does: what the card machine itself costs is no part of what is taken.
    """
    found = _CAME_BY.search(asked.said.folded)
    phrases = [each for each in asked.said.phrases if not _RATHER.search(each.lead)]
    if not found or asked.intent.measure not in _ADDED or not phrases:
        return None
    way = phrases[-1]
    everything = (
        _ALL_EARNED.search(asked.said.folded, 0, found.end()) if len(phrases) == 1 and found["by"] in _BY else None
    )
    whole = everything.group() if everything else phrases[0].words
    earned = Filters(roots=(Root.INCOME,)) if everything else _earned(asked, phrases[0])
    if earned is None or not asked.said.folded.startswith(fold(way.words), found.end()):
        return None
    part = _paid_so(asked, way, earned)
    if part is None and found["by"] not in _BY:
        return None
    if part is None:
        return Refusal(
            f"No entry of “{whole}” tells that it came by “{way.words}”.",
            (f"How much did we earn from {whole}?",),
        )
    sides = (
        Variant(way.words, bounded(part, asked), Period()),
        Variant(whole, bounded(earned, asked), Period()),
    )
    return Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO)


def _of_the_other_kind(asked: Asked) -> Plan | None:
    """As in "what percent of the takings goes on the rent": a cost as a part of some income, and never their sum."""
    filters, phrases = asked.scope.filters, asked.said.phrases
    if not _SHARE_OF.search(phrases[0].lead if phrases else "") or asked.intent.measure not in _ADDED:
        return None
    if filters.mentions or filters.tags or asked.intent.group_by:
        return None
    earned, spent = (of_roots(asked.names, filters.accounts, (root,)) for root in (Root.INCOME, Root.EXPENSES))
    if not earned or not spent or len(earned) + len(spent) < len(filters.accounts):
        return None
    first = phrases[0].best.values if phrases[0].best.kind == "account" else ()
    whole, part = (earned, spent) if set(first) & set(earned) else (spent, earned)
    sides = tuple(
        Variant(_named(names), bounded(replace(filters, accounts=names), asked), Period()) for names in (part, whole)
    )
    return Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=asked.scope.reading)


def _named(names: tuple[str, ...]) -> str:
    return " and ".join(name.rpartition(":")[2] for name in names)


def _earned(asked: Asked, phrase: Phrase) -> Filters | None:
    """The income that a phrase names: its accounts, else the entries that say so."""
    best = phrase.best
    if best.kind == "account":
        accounts = of_roots(asked.names, best.values, (Root.INCOME,))
        return Filters(accounts=accounts) if accounts else None
    if best.kind not in {"payee", "narration"}:
        return None
    said = Filters(mentions=(mention_of(phrase, best),))
    return replace(said, roots=(Root.INCOME,)) if Root.INCOME in asked.names.booked.roots_touched(said) else None


def _paid_so(asked: Asked, way: Phrase, earned: Filters) -> Filters | None:
    """What of this income bears the words for how it was paid, or went to an own account called so."""
    for option in way.options:
        if option.kind in {"payee", "narration"}:
            said = replace(earned, mentions=(*earned.mentions, mention_of(way, option)))
            if asked.names.booked.meets(said):
                return said
        own = of_roots(asked.names, option.values, (Root.ASSETS,)) if option.kind == "account" else ()
        if own and own == option.values:
            return replace(earned, alongside=tuple(booked(own, asked.names)))
    worded = Mention(way.words, pattern=rf"\b{text_pattern(way.words)}\b")
    said = replace(earned, mentions=(*earned.mentions, worded))
    return said if fold(way.words) in MEANS and asked.names.booked.meets(said) else None


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
