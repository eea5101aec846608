"""Subscriptions as people speak of them: those that went quiet, and those that still run, on a card or anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.plans.asked import Asked, accounts_said, one_period
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.records import Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_OURS = frozenset({Root.ASSETS, Root.LIABILITIES})


def subscriptions(asked: Asked) -> Plan | None:
    """The plan for what went quiet or still runs; None where neither is asked of subscriptions."""
    words, text = cues("cues"), asked.said.folded
    if not words.found("a_subscription", text):
        return None
    ended = words.found("went_quiet", text)
    payers = _payers(asked)
    if not ended and not (words.found("still_runs", text) and payers):
        return None
    kept = accounts_of_group(asked, Root.EXPENSES, "subscriptions")
    filters = Filters(accounts=kept, roots=() if kept else (Root.EXPENSES,), alongside=payers)
    notes = (f"subscriptions = {', '.join(kept)}",) if kept else ()
    plan = Plan(Measure.RECURRING, filters, one_period(asked), reading=notes)
    return replace(plan, pick="ended") if ended else plan


def _payers(asked: Asked) -> tuple[str, ...]:
    """The own accounts, or cards, that the question names, with what is below them."""
    named = [name for name in accounts_said(asked) if asked.names.by_name[name].root in _OURS]
    return tuple(each.name for each in asked.names.leaf_accounts(_OURS) if _within_one(each.name, named, asked.names))


def _within_one(name: str, named: list[str], names: Vocabulary) -> bool:
    return any(names.by_name[name].within(names.by_name[one]) for one in named)
