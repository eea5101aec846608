"""What we paid back to those who had laid it out for us: "who was reimbursed", "how much did we reimburse Ana".

That is what was paid off the accounts on which entries of expenses put what is owed to people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import narrowed, of_roots
from ledgerqa.dialog.plans.asked import groups_of, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import people
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Mention, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_BY_US: Final = (
    r"\b(?:who|whom|which|what|how many|any) ?(?:[\w'-]+ ){0,2}(?:was|were|got|have been|has been|gets?|are)"
    r" (?:\w+ly )?(?:reimbursed|refunded for|paid back|repaid)\b"
    r"|\b(?:i|we)(?:'ve| have| had)? (?:\w+ly )?(?:reimbursed?|repa(?:id|y))\b"
    r"|\b(?:have|had) (?:i|we) (?:\w+ )?(?:reimbursed|repaid)\b"
    r"|\breimbursements? (?:(?:made|paid) )?(?:to|by|per|for each) "
)
_TO_US: Final = (
    r"\bprincipal\b|"
    r"\b(?:reimbursed?|repa(?:id|y)|paid back) (?:to )?(?:me|us|by)\b"
    r"|\b(?:not|n't|never|yet|still|owed?|owing|due)\b"
)
_PAID_BACK: Final = compiled(r"(?:reimburs|repa|paid back)")
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.BALANCE, None})


def reimbursed(asked: Asked) -> Plan | Refusal | None:
    """The plan for what people got back from us, or that they laid nothing out in this ledger; None if not asked."""
    if asked.intent.measure not in _ADDED or not asked.has(_BY_US) or asked.has(_TO_US) or asked.intent.compare:
        return None
    laid_out = _laid_out(asked)
    if not laid_out and not asked.said.phrases and asked.has(r"\breimburs"):
        return Refusal("Nobody is booked as reimbursed: no expenses were put on what is owed to somebody.")
    phrases = [each for each in asked.said.phrases if not _PAID_BACK.match(fold(each.words))]
    called = tuple(name for each in phrases for option in each.options for name in option.values if name in laid_out)
    named = [each for each in phrases if each.best.kind == "payee"]
    if not laid_out or any(_names_another(each, laid_out, asked) for each in phrases):
        return None
    mentions = tuple(Mention(each.words, payees=each.best.values) for each in named)
    filters = Filters(accounts=called or laid_out, mentions=() if called and len(laid_out) > 1 else mentions, sign=1)
    if not asked.names.booked.meets(filters):
        return None
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS)
    if not groups and not (named or len(called) == 1 < len(laid_out)):
        groups = (Grouping.PAYEE,) if len(filters.accounts) == 1 else (Grouping.ACCOUNT,)
    note = f"reimbursed = what was paid off {', '.join(filters.accounts)}"
    return ordered(Plan(Measure.SUM, filters, happened(asked), group_by=groups, reading=(note,)), asked)


def _names_another(phrase: Phrase, laid_out: tuple[str, ...], asked: Asked) -> bool:
    """As in "what did we repay on the mortgage": an account on which nobody laid anything out for us."""
    if of_roots(asked.names, phrase.best.values, (Root.EXPENSES, Root.INCOME)):
        return True
    held = of_roots(asked.names, phrase.best.values, (Root.ASSETS, Root.LIABILITIES))
    return bool(held) and not narrowed(asked.names, held, laid_out)


def _laid_out(asked: Asked) -> tuple[str, ...]:
    """The accounts of what is owed to people on which entries of expenses put it, but for bills of suppliers."""
    owed = people(asked, Root.LIABILITIES)
    laid_out = [name for name in owed if "payable" not in groups_of(asked.names.by_name[name])]
    rows = asked.names.index.query(
        "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?::VARCHAR[])) AND number < 0"
        " AND entry_id IN (SELECT entry_id FROM postings WHERE root = 'expenses') ORDER BY 1",
        [laid_out],
    )
    return tuple(row[0] for row in rows)
