"""Subscriptions as people speak of them: which there are, those that went quiet, and those that still run on a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, accounts_said, are_short, one_period
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

# What comes round without that anybody has subscribed to it.
_NO_SUBSCRIPTIONS: Final = (
    "rent", "mortgage", "housing", "loan", "interest", "groceries", "food", "restaurant", "electricity", "gas_heating",
    "water", "insurance", "health_insurance", "car_insurance", "taxes", "income_tax", "property_tax", "social_security",
    "fees", "salary", "transport", "fuel", "childcare", "education", "savings", "pension", "depreciation",
)  # fmt: skip
_OURS = frozenset({Root.ASSETS, Root.LIABILITIES})


def subscriptions(asked: Asked) -> Plan | None:
    """The plan for what went quiet or still runs; None where neither is asked of subscriptions."""
    words, text = cues("cues"), asked.said.folded
    if are_short(asked) or not words.found("a_subscription", text):
        return None
    ended = words.found("went_quiet", text)
    payers = _payers(asked)
    if not ended and not (words.found("still_runs", text) and payers):
        return _all_of_them(asked, payers) if _all_asked_for(asked) else None
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
    filters = Filters(accounts=kept, roots=() if kept else (Root.EXPENSES,), alongside=payers)
    notes = (f"subscriptions = {', '.join(kept)}",) if kept else ()
    plan = Plan(Measure.RECURRING, filters, one_period(asked), reading=notes)
    return replace(plan, pick="ended") if ended else plan


def _all_asked_for(asked: Asked) -> bool:
    """As in "what subscriptions do we have": which there are, of no name or account in particular."""
    words, text = cues("trends"), asked.said.folded
    rules = asked.said.by_rules or asked.intent
    other = any(words.found(each, text) for each in ("which_rose", "dearest", "cheapest"))
    heard = Measure.RECURRING in {rules.measure, asked.intent.measure} and words.found("subscribed", text)
    named = (each for each in asked.said.phrases if not each.weak and not words.found("subscribed", fold(each.words)))
    return heard and not other and not cues("cues").found("went_quiet", text) and not any(named)


def _all_of_them(asked: Asked, payers: tuple[str, ...]) -> Plan:
    """What comes round on the accounts for it; without such, on none of those for a home, a living or a tax."""
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
    if kept:
        filters = Filters(accounts=kept, alongside=payers)
        note = f"subscriptions = {', '.join(kept)}"
        return Plan(Measure.RECURRING, filters, one_period(asked), reading=(note,))
    other = accounts_of_group(asked, Root.EXPENSES, *_NO_SUBSCRIPTIONS)
    notes = (f"subscriptions = what comes round, but for {', '.join(other)}",) if other else ()
    filters = Filters(roots=(Root.EXPENSES,), exclude_accounts=other, alongside=payers)
    return Plan(Measure.RECURRING, filters, one_period(asked), reading=notes)


def _payers(asked: Asked) -> tuple[str, ...]:
    """The own accounts, or cards, that the question names, with what is below them."""
    named = [name for name in accounts_said(asked) if asked.names.by_name[name].root in _OURS]
    return tuple(each.name for each in asked.names.leaf_accounts(_OURS) if _within_one(each.name, named, asked.names))


def _within_one(name: str, named: list[str], names: Vocabulary) -> bool:
    return any(names.by_name[name].within(names.by_name[one]) for one in named)
