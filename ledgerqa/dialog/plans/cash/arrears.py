"""What is still to be paid of some income, where books put it on accounts of what is owed until it is.

As in "who's behind with the rent", "how much hire is outstanding", "which moorings are unpaid": the word for the income
names neither what came in nor the entries that say it.  And "what does plot 19 owe", where an account is called so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import squash
from ledgerqa.dialog.linking.naming_keys import names_things
from ledgerqa.dialog.plans.asked import as_of
from ledgerqa.dialog.plans.cash.customers import by_customer
from ledgerqa.dialog.plans.cash.debtors import owed_as
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_UNPAID: Final = (
    r"\b(?:behind|late|lagging|overdue) (?:with|on)\b|\b(?:in )?arrears\b|\b(?:outstanding|unpaid|overdue)\b"
    r"|\bow(?:e|es|ed|ing)\b"
    r"|\b(?:has|have|did|do|does|is|are)(?: ?n.?t| not| yet| still)+ (?:to )?(?:\w+ )?pa(?:id|y)\b"
    r"|\bnot (?:yet )?(?:been )?paid\b|\bstill to (?:pay|come in)\b|n['’]t (?:yet )?(?:been )?paid\b"
)
_BY_US: Final = (
    r"\b(?:do|did|are|were|have|am|is) (?:i|we)\b(?! owed)|\b(?:i|we)(?:'ve|'re| still| have)* (?:owe|owing|behind)\b"
    r"|\bwe(?: have|'ve)? (?:not|n.?t)\b|\b(?:by|from) us\b|\b(?:our|my) (?:bills?|debts?|suppliers?)\b"
)
_OTHERWISE: Final = (
    r"\bhow (?:many|long|often|late|old)\b|\b(?:when|why|average|oldest|longest|latest|last|first|since|invoices?"
    r"|deposits?|days?)\b|\b(?:in full|everything|other)\b"
)
_WHOM: Final = r"\b(?:who(?:'?s|se)?|whom|which|what|each|every|per|by|list|any(?:one|body)?)\b(?! is outstanding)"
_AMOUNT: Final = r"\bhow much\b|\b(?:total|altogether|in all)\b"
_FIGURES: Final = frozenset(
    {Measure.BALANCE, Measure.SUM, Measure.LIST, Measure.HOLDINGS, Measure.METADATA, Measure.GAPS, None}
)


def arrears(asked: Asked) -> Plan | None:
    """The plan for what is still to be paid of the income that is named; None where no account says so."""
    said = asked.said
    if asked.intent.measure not in _FIGURES or not asked.has(_UNPAID) or asked.has(_BY_US) or asked.has(_OTHERWISE):
        return None
    if (
        asked.intent.compare
        or said.excluded
        or said.bounds.spans
        or asked.scope.filters.tags
        or asked.scope.filters.links
    ):
        return None
    if any(cues("cues").found(each, said.folded) for each in ("set_off", "between", "own_pocket", "for_them")):
        return None  # what stands between us and somebody, whose dues may bear their name
    if called := _called(asked):
        return _standing(asked, called, ())
    of_things = asked.key is None or names_things(asked.key.name, asked.names)
    if not of_things or any(each.of_kind("payee") and each.best.kind != "account" for each in said.phrases):
        return None
    every = people(asked, Root.ASSETS)
    if len({name for each in said.phrases for name in each.best.values if name in every}) == 1:
        return None  # what one of them owes is told by their own account
    due = owed_as(asked, every) or _of_these(asked, every)
    if not due:
        return None
    whom = asked.has(_WHOM) and not asked.has(_AMOUNT)
    return _standing(asked, due, by_customer(asked, due, (Grouping.ACCOUNT,)) if whom else ())


def _standing(asked: Asked, accounts: tuple[str, ...], groups: tuple[Grouping, ...]) -> Plan:
    note = f"still to be paid = what stands on {', '.join(accounts[:4])}{' and others' if len(accounts) > 4 else ''}"
    period = replace(as_of(asked), start=None)
    return Plan(Measure.BALANCE, Filters(accounts=accounts), period, group_by=groups, reading=(note,))


def _of_these(asked: Asked, every: tuple[str, ...]) -> tuple[str, ...]:
    """As in "which plots haven't paid": the accounts themselves are called so, each by its own number."""
    if asked.key is None or len(asked.said.phrases) != 1:
        return ()
    named = asked.said.phrases[0].best.values
    return tuple(name for name in every if name in named)


def _called(asked: Asked) -> tuple[str, ...]:
    """As in "what does plot 19 owe", of a key and its value: the account of what is owed that is called Plot19."""
    if asked.key is None or asked.key.value is None:
        return ()
    name = squash(f"{asked.key.name}{asked.key.value}")
    return tuple(each for each in people(asked, Root.ASSETS) if squash(each.rpartition(":")[2]) == name)
