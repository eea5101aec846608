"""Accounts of a kind that a question tells without a name: "the credit card", "the bank"."""

from __future__ import annotations

from typing import Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.plans.asked import Asked, groups_of
from ledgerqa.records import Root

_NO_CARD: Final = frozenset({"payable", "loan", "mortgage", "student_loan", "taxes", "receivable"})


def meant_accounts(asked: Asked) -> list[str]:
    """As in "The credit card", "the bank": accounts of that kind, where no name says which."""
    words = lexicon()
    kinds = (
        (r"\b(?:credit )?cards?\b", Root.LIABILITIES, "credit_card"),
        (r"\bloans?\b", Root.LIABILITIES, "loan"),
        (r"\bmortgage\b", Root.LIABILITIES, "mortgage"),
        (r"\bsavings\b", Root.ASSETS, "savings"),
        (r"\bcash\b", Root.ASSETS, "cash"),
        (r"\b(?:bank|checking|current account|(?:the|my|our) account)\b(?! balances)", Root.ASSETS, "checking"),
        (r"\b(?:broker\w*|investments?)\b", Root.ASSETS, "brokerage"),
    )
    for pattern, root, group in kinds:
        if not asked.has(pattern):
            continue
        leaves = asked.names.leaf_accounts((root,))
        named = [
            each.name
            for each in leaves
            if group in words.groups_of_name(each.component)[0] | words.groups_of_name(each.component)[1]
        ]
        if named:
            return named
        if group == "credit_card":
            return [each.name for each in leaves if not groups_of(each) & _NO_CARD]
    return []
