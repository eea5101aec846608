"""Plans for what is held: units with their cost and value, what they cost on average, pieces in stock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import told_once
from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, as_of, happened, ordered, spoken_currency
from ledgerqa.dialog.plans.cash.transfers import holds_units
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.wealth.kinds import called_so, of_a_general_word, of_the_kinds_said
from ledgerqa.dialog.plans.wealth.securities import by_account_or_all, commodities_named
from ledgerqa.plan_keys import BY_RETURN
from ledgerqa.records import Filters, Grouping, Measure, Plan, Refusal, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.records import Outcome

_OF_EACH = r"\bhow many\b.*\b(?:of each|(?:of )?each (?:kind|sort|type|item|one|part|product))\b"
_USED = (
    r"\bhow many\b.*\b(?:did|have|do|had|has) (?:i|we|they) (?:\w+ )?(?:used?|fit(?:ted)?|consumed?|used up"
    r"|(?:get|got|gone|go) through)\b|\bhow many\b.*\b(?:were|was|got) (?:used|fitted|consumed)\b"
)


def pieces_used(asked: Asked) -> Plan | None:
    """As in "how many tubes did I use in May": what went off the shelf, not what lies there."""
    known = asked.names.commodities
    codes = (*asked.scope.filters.currencies, *asked.scope.currencies)
    held = tuple(dict.fromkeys(code for code in codes if known[code].held_at_cost))
    if not held or not asked.has(_USED):
        return None
    filters = Filters(roots=(Root.ASSETS,), currencies=held, sign=-1)
    note = f"used = what went off the stock of {', '.join(held)}"
    return Plan(Measure.SUM, filters, happened(asked), reading=(note,))


def pieces_of_each(asked: Asked) -> Plan | None:
    """As in "parts in stock: how many of each": a row for each kind of piece."""
    if not asked.has(_OF_EACH) or not holds_units(asked, asked.scope.filters.accounts):
        return None
    return replace(holdings(asked), group_by=(Grouping.CURRENCY,))


_ALL_HELD = r"\b(?:portfolio|investments?|securities|stocks|shares|etfs)\b"


def _names_none(asked: Asked, accounts: tuple[str, ...]) -> bool:
    """As in "what is our portfolio worth", taken for a pension in money: where shares are held, those are meant."""
    called = any(each.best.how == "exact" for each in asked.said.phrases)
    shares = any(each.held_at_cost for each in asked.names.commodities.values())
    return bool(accounts) and not called and shares and asked.has(_ALL_HELD) and not holds_units(asked, accounts)


_SECURITIES = (
    r"\b(?:funds?|shares?|stocks?|etfs?|bonds|gilts|crypto\w*|securities)\b(?!.*\b(?:cash|currenc\w+|accounts?)\b)"
)


def never_held(asked: Asked) -> Refusal | None:
    """Why nothing is told of what "the groceries" are worth: what is named was only ever spent on, or earned."""
    names = asked.scope.filters.accounts
    standing = any(asked.names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES} for name in names)
    filters = asked.scope.filters
    if filters.mentions and not (names or filters.currencies or filters.roots) and not commodities_named(asked):
        words = filters.mentions[0].words  # all that is held is no answer to what one thing is worth
        sentence = f"Nothing that is held is called so: {words} stands on entries alone, and on no account of assets."
        return Refusal(sentence, (f"How much went to {words}?",))
    securities = asked.scope.filters.currencies or called_so(asked, asked.said.folded) or asked.has(_SECURITIES)
    securities = securities or asked.has(rf"\b(?:each|every|per|by|all|my|our)(?: of)?(?: my| our| the)? {POSITION}\b")
    if not names or standing or securities or owned(asked):
        return None
    shown = ", ".join(names)
    sentence = f"No account of this ledger holds that: {shown} tells what was spent or earned, and no value."
    return Refusal(sentence, (f"How much went through {names[0]}?",))


def holdings(asked: Asked) -> Plan:
    """Units, cost and value of what is held."""
    filters = asked.scope.filters
    accounts = tuple(
        name for name in filters.accounts if asked.names.by_name[name].root in {Root.ASSETS, Root.LIABILITIES}
    )
    if filters.accounts and not accounts:  # "the house", where House is an expense and Property:Home is what stands
        accounts = owned(asked)
    kept = replace(
        filters, accounts=accounts, mentions=(), roots=(Root.ASSETS,) if filters.currencies and not accounts else ()
    )
    if asked.has(r"\b(?:average|avg|mean)\b") and len(filters.currencies) == 1:
        return average_cost(asked)
    told = called_so(asked, asked.said.folded) and of_a_general_word(asked).issuperset(kept.accounts)
    if told or _names_none(asked, kept.accounts):
        kept = replace(kept, accounts=())
    if not kept.accounts and not kept.currencies and asked.has(_SECURITIES):
        codes = of_the_kinds_said(asked)
        kept = replace(kept, currencies=codes, roots=(Root.ASSETS,) if codes else kept.roots)
    valuation = asked.intent.valuation or (Valuation.COST if asked.has(r"\b(?:pay|paid|costs?)\b") else Valuation.UNITS)
    plan = Plan(
        Measure.HOLDINGS,
        kept,
        as_of(asked),
        group_by=by_account_or_all(asked),
        valuation=valuation,
        convert_to=spoken_currency(asked),
        key=BY_RETURN if asked.has(_RETURN_ASKED) else None,
        reading=asked.scope.reading,
    )
    return ordered(plan, asked)


# "The gain on each holding in per cent": each figure with what it is of its cost.
_RETURN_ASKED: Final = (
    r"(?=.*\b(?:gain\w*|profits?|returns?|loss(?:es)?|lost)\b)"
    r"(?=.*(?:\b(?:per ?cent\w*|relative(?:ly)?|proportion\w*)\b|%))"
)


def at_two_times(plan: Plan, asked: Asked) -> Plan:
    """As in "the shares' worth in 2023 against 2024", "balance sheet 2023 vs 2024": balances, a side for each time."""
    if len({each.period.end for each in asked.said.periods}) < 2:
        return plan
    asked = replace(asked, said=replace(asked.said, periods=told_once(asked.said.periods, standing=True)))
    if plan.measure not in {Measure.BALANCE_SHEET, Measure.HOLDINGS}:
        return plan
    roots = (Root.ASSETS,) if plan.measure is Measure.HOLDINGS else (Root.ASSETS, Root.LIABILITIES)
    named = plan.filters.accounts or plan.filters.currencies
    kept = plan.filters if named else replace(plan.filters, roots=roots)
    plan = replace(plan, filters=kept)
    if plan.measure is Measure.HOLDINGS and (plan.valuation is Valuation.MARKET or asked.has(r"\b(?:worth|value)\b")):
        plan = replace(plan, valuation=Valuation.MARKET, group_by=())
    else:
        plan = replace(plan, group_by=(Grouping.ACCOUNT,))
    return compared(replace(plan, measure=Measure.BALANCE, order=None), asked)


def owned(asked: Asked) -> tuple[str, ...]:
    """The assets that a name may mean as well as what is spent on it."""
    options = (option for phrase in asked.said.phrases for option in phrase.options if option.kind == "account")
    return next((kept for each in options if (kept := of_roots(asked.names, each.values, (Root.ASSETS,)))), ())


def holdings_of(asked: Asked, *codes: str) -> Plan:
    """What is held of one commodity, or of several."""
    filters = Filters(currencies=codes, roots=(Root.ASSETS,))
    return Plan(
        Measure.HOLDINGS,
        filters,
        as_of(asked),
        group_by=by_account_or_all(asked),
        valuation=asked.intent.valuation or Valuation.UNITS,
        reading=asked.scope.reading,
    )


def average_cost(asked: Asked) -> Plan:
    """What a unit cost on average, of the lots still held."""
    filters = asked.scope.filters
    accounts = tuple(name for name in filters.accounts if asked.names.by_name[name].root is Root.ASSETS)
    return Plan(
        Measure.AVERAGE,
        Filters(accounts=accounts),
        as_of(asked),
        valuation=Valuation.COST,
        commodity=filters.currencies[0],
        reading=asked.scope.reading,
    )


def count_of_units(asked: Asked) -> Outcome | None:
    """As in "How many X do I have": what stands on an account, or is held of a commodity."""
    if asked.scope.filters.currencies:
        return holdings(asked)
    codes = [code for code in asked.scope.currencies if code in asked.names.commodities]
    accounts = [asked.names.by_name[name] for name in asked.scope.filters.accounts if name in asked.names.by_name]
    standing = asked.has(r"\b(?:have|own|hold|holding|held|left|remain\w*|still|unvested|got|there (?:in|on))\b")
    if (
        codes
        and not asked.scope.filters.mentions
        and (asked.names.commodities[codes[0]].held_at_cost or standing)
        and not asked.has(r"\btimes\b")
    ):
        filters = Filters(
            accounts=tuple(each.name for each in accounts if each.root is Root.ASSETS),
            currencies=(codes[0],),
            roots=() if accounts else (Root.ASSETS,),
        )
        return Plan(
            Measure.HOLDINGS, filters, as_of(asked), group_by=by_account_or_all(asked), reading=asked.scope.reading
        )
    if accounts and standing and all(each.root in {Root.ASSETS, Root.LIABILITIES} for each in accounts):
        return Plan(Measure.BALANCE, asked.scope.filters, as_of(asked), reading=asked.scope.reading)
    return None
