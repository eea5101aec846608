"""What is still left to pay on a thing of which only the payments are booked: a loan that stands on no account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.cash.customers import of_those
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.dialog.plans.wealth.loans import all_loans, is_loan
from ledgerqa.records import Measure, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_ASKED: Final = frozenset({Measure.BALANCE, Measure.SUM, Measure.LIST, None})
_LEFT_TO_PAY: Final = (
    r"\b(?:left|still|remain\w*|yet|more) (?:\w+ ){0,3}?to (?:be )?(?:pa(?:y|id)|repa(?:y|id)|clear(?:ed)?)\b"
    r"|\b(?:do|does|did) (?:i|we) (?:\w+ )?(?:still )?owe\b|\b(?:i|we) (?:still )?owe\b"
    r"|\bow(?:ed|ing)\b|\boutstanding\b|\b(?:behind|in arrears) (?:with|on)\b"
)
# Of a loan the bare words tell as much: "what's left on the mortgage".
_LEFT_OF_IT: Final = r"\b(?:left|remain\w*|balance|still to (?:go|come))\b"


def never_owed(asked: Asked) -> Refusal | None:
    """As in "how much is left to pay on the house loan", where Expenses:Loan has the payments and nothing the debt."""
    accounts = [asked.names.by_name[name] for name in asked.scope.filters.accounts]
    spent = all(each.root is Root.EXPENSES for each in accounts) if accounts else _is_only_spent(asked)
    if asked.intent.measure not in _ASKED or not spent or _owed_by_somebody(asked):
        return None
    loans = bool(accounts) and all(is_loan(each.name) for each in accounts)
    left = asked.has(_LEFT_TO_PAY) or (loans and asked.has(_LEFT_OF_IT))
    if not left or asked.has(r"\bbudget|\bha(?:ve|s) paid\b"):
        return None
    words = _called(asked)
    named = f" on {', '.join(each.name for each in accounts)}" if accounts else ""
    sentence = (
        f"No account of this ledger tells what is still owed on “{words}”: only what was paid for it is booked, as"
        f" spending{named}."
    )
    return Refusal(sentence, (f"How much did we spend on {words}?",))


def _owed_by_somebody(asked: Asked) -> bool:
    """As in "has the drama group paid everything for the hall": a name that some account of a debt bears."""
    options = (link for each in asked.said.phrases for link in each.options if link.kind == "account")
    named = {name for link in options for name in link.values}
    return bool(named & {*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES)})


def _is_only_spent(asked: Asked) -> bool:
    """As in "what is left to pay on the water bill", where entries that say so only spend money that was there."""
    filters = asked.scope.filters
    if not filters.mentions or filters.tags or filters.links or any(each.payees for each in filters.mentions):
        return False
    touched = asked.names.booked.roots_touched(filters).keys()
    if touched == {Root.EXPENSES, Root.ASSETS}:
        return True
    owed = (*people(asked, Root.ASSETS), *people(asked, Root.LIABILITIES), *all_loans(asked))
    on_a_card = Root.EXPENSES in touched and touched <= {Root.EXPENSES, Root.ASSETS, Root.LIABILITIES}
    return on_a_card and not of_those(asked, filters.mentions, owed)


def _called(asked: Asked) -> str:
    """The words of the question for what is asked about, else the account's own."""
    taken = set(asked.scope.filters.accounts)
    for phrase in asked.said.phrases:
        if any(option.kind == "account" and taken & set(option.values) for option in phrase.options):
            return re.sub(r"^(?:the|my|our) ", "", fold(phrase.words))
    return asked.scope.filters.mentions[0].words if not taken else asked.names.by_name[min(taken)].component
