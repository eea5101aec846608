"""What is paid by account name alone: "what did we pay in PAYE", where the tax withheld from wages stands as a debt.

Called just so is the debt, and what takes it off is what was paid; the wages that it was withheld from only mean much
the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_PAID: Final = compiled(r"\bpa(?:y|id|ying)\b(?! (?:us|me|by|back)\b)")
_SPENT: Final = compiled(r"\b(?:spen[dt]\w*|costs?|owe\w*|owing|bought|wages?|salar(?:y|ies)|net)\b")


def paid_off(said: Said, names: Vocabulary) -> Said:
    """The question as one of what was paid off, where a debt that expenses are withheld for is named just so."""
    rules = said.by_rules or said.intent
    added = rules.measure in {Measure.SUM, None} and rules.flow in {None, "spend"} and not rules.sign
    if not added or not _PAID.search(said.folded) or _SPENT.search(said.folded):
        return said
    if not any(_is_withheld(each, names) for each in said.phrases):
        return said

    def repaid(intent: Intent) -> Intent:
        return replace(intent, measure=Measure.SUM, flow="repay")

    return replace(said, intent=repaid(said.intent), by_rules=repaid(said.by_rules) if said.by_rules else None)


def _is_withheld(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether it is called as an account of debts is, which entries of expenses book to, and others pay off."""
    accounts = [each for each in phrase.options if each.kind == "account"]
    exact = [each for each in accounts if each.how == "exact"]
    if len(exact) != 1 or any(each.how not in {"synonym", "covers"} for each in accounts if each is not exact[0]):
        return False
    if of_roots(names, exact[0].values, (Root.LIABILITIES,)) != exact[0].values:
        return False
    ((held, paid),) = names.index.query(
        "SELECT bool_or(p.number < 0 AND EXISTS (FROM postings o WHERE o.entry_id = p.entry_id AND o.root = 'expenses')"
        " AND EXISTS (FROM postings o WHERE o.entry_id = p.entry_id AND o.root = 'assets' AND o.number < 0)),"
        " bool_or(p.number > 0 AND EXISTS (FROM postings o WHERE o.entry_id = p.entry_id AND o.root = 'assets'))"
        " FROM postings p WHERE p.account IN (SELECT unnest(?))",
        [list(exact[0].values)],
    )
    return bool(held and paid)
