"""What we owe somebody who owes us something as well, or whose debt stands on an account called otherwise.

As in "what do we owe Ciara", who is the secretary and has a plot, "what has he laid out that he hasn't had back".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of
from ledgerqa.dialog.plans.cash.customers import balances_by_payee, of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.wealth.owed_to_whom import moved_by
from ledgerqa.records import Filters, Grouping, Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_WE_OWE: Final = (
    r"\b(?:i|we) (?:still |now |currently |yet )?owe\b(?! (?:me|us)\b)"
    r"|\b(?:is|are|was|were) (?!we\b|i\b|there\b)(?:[\w'’-]+ ){1,3}?(?:still )?(?:owed|out of pocket)\b"
    r"|\b(?:have|had|did) (?:i|we) (?:\w+ )?(?:pa(?:y|id)|g[ai]ven?|settled?|repa(?:y|id)|reimbursed?) .*"
    r"\b(?:back everything|everything (?:back|he|she|they)|in full|up)\b"
    r"|\b(?:she|he|they)(?:'s)? (?:has|have|had|is|are)?(?: ?n.?t| not| never| yet to| still to)* (?:\w+ )?"
    r"(?:had|got|get|gotten|received|seen|have) (?:it |that |any(?: of it)? |them |anything )?back\b"
)

_FIGURES: Final = frozenset(
    {Measure.BALANCE, Measure.SUM, Measure.LIST, Measure.HOLDINGS, Measure.BALANCE_CHECKS, None}
)


def we_owe(asked: Asked) -> Plan | Refusal | None:
    """The plan for what we owe a payee, or why none is told; None where something else is asked, or told otherwise."""
    filters = asked.scope.filters
    named = (
        filters.mentions and all(each.payees for each in filters.mentions) and not (filters.accounts or filters.tags)
    )
    if (
        not named
        or _has_an_account(asked)
        or not asked.has(_WE_OWE)
        or asked.intent.measure not in _FIGURES
        or asked.intent.compare
    ):
        return None
    debts = tuple(each.name for each in asked.names.leaf_accounts((Root.LIABILITIES,)))
    held = of_those(asked, filters.mentions, debts)
    who = " and ".join(each.words for each in filters.mentions)
    if not held:
        return Refusal(f"No account of what is owed has an entry with {who}.", (f"What did we pay {who}?",))
    known = {*people(asked, Root.LIABILITIES)}
    owed_us = of_those(asked, filters.mentions, people(asked, Root.ASSETS))
    if not known.isdisjoint(held) and not owed_us:
        return None
    if own := moved_by(asked, Root.LIABILITIES):
        note = f"{who} = {', '.join(own)}, which such entries move"
        return _standing(asked, Filters(accounts=own), note)
    if told := tuple(name for name in held if name in known or balances_by_payee(asked, (name,))):
        note = f"what entries of {who} leave on {', '.join(told)}"
        return _standing(asked, Filters(accounts=told, mentions=filters.mentions), note)
    if not owed_us:
        return None
    return Refusal(f"What {who} put on {', '.join(held)} others settled as well: what is left of it is not told.")


def _has_an_account(asked: Asked) -> bool:
    """Whether an account of what stands between us is called after somebody who is named: that tells both ways."""
    options = (each for phrase in asked.said.phrases for each in phrase.options if each.kind == "account")
    called = of_roots(asked.names, {name for each in options for name in each.values}, (Root.ASSETS, Root.LIABILITIES))
    every = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES), *called)
    spoken = {stem for each in asked.said.phrases for stem in stems(each.words)}
    return any(spoken & set(asked.names.by_name[name].leaf) for name in every)


def _standing(asked: Asked, filters: Filters, note: str) -> Plan:
    groups = (Grouping.ACCOUNT,)
    return Plan(Measure.BALANCE, filters, as_of(asked), group_by=groups, reading=(*asked.scope.reading, note))
