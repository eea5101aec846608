"""What is paid from: the card or account that is used most, and how many payments, or how much, went from each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group, people
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_TIMES: Final = (
    r"\bhow (?:many|often)\b|\b(?:count|number)\b|\boften\b|\bfrequent\w*|\btimes\b|\bus(?:e[ds]?|ing)\b"
    r"|\bpayments? (?:from|by|per|with)\b"
)
_AMOUNT: Final = (
    r"\bhow much\b|\btotals?\b|\bsums?\b|\bamounts?\b|\bmost (?:money|spending)\b|\bspen[dt]\b|\bspending\b"
)
_CARD: Final = r"\bcards?\b(?! (?:or|and)\b)"
_OTHER: Final = r"\b(?:accounts?|bank|wallet)\b"
_PURSE_WORDS: Final = compiled(
    r"(?:the |my |our )?(?:bank |credit |debit )?(?:accounts?|cards?|bank|wallet|purse|cash)"
)
_NO_PURSE: Final = ("vat", "input_vat", "taxes", "loan", "mortgage", "student_loan", "deposit")


def paying(asked: Asked) -> Plan | None:
    """The payments from each own account, or from that which has most; None where nothing asks for them so."""
    if not cues("cues").found("paying_account", asked.said.folded):
        return None
    cards = asked.has(_CARD) and not asked.has(_OTHER)
    accounts, spent = _purses(asked, cards=cards)
    about = [each.best for each in asked.said.phrases if not _PURSE_WORDS.fullmatch(fold(each.words))]
    costs = tuple(name for each in about if each.kind == "account" for name in each.values)
    if any(not of_roots(asked.names, each.values, (Root.EXPENSES,)) for each in about):
        return None  # "which account pays the most interest", "which card did we use most at the mill"
    if costs:
        spent = tuple(name for name in spent if any(f"{name}:".startswith(f"{cost}:") for cost in costs))
    if not (accounts and spent):
        return None
    filters = Filters(accounts=accounts, sign=-1, alongside=spent)
    counted = asked.has(_TIMES) and not (asked.has(_AMOUNT) and not asked.has(r"\bhow many\b|\bcount\b|\bnumber\b"))
    note = f"payments = what goes off {'cards' if cards else 'own accounts'} in entries that book expenses"
    plan = Plan(
        Measure.COUNT if counted else Measure.SUM,
        filters,
        happened(asked),
        group_by=(Grouping.ACCOUNT,),
        reading=(note,),
    )
    most = asked.has(r"\bmost(?:ly)?\b|\bmainly\b|\bfavou?rite\b")
    plan = ordered(plan, asked)
    return replace(plan, order=Order("amount", descending=True), limit=1 if most else plan.limit)


def _purses(asked: Asked, *, cards: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The accounts of money that expenses are paid from, and those expenses' accounts."""
    rows = asked.names.index.query(
        "SELECT DISTINCT i.account, i.currency, o.account FROM postings i JOIN postings o ON o.entry_id = i.entry_id"
        " WHERE i.root IN ('assets', 'liabilities') AND i.number < 0 AND o.root = 'expenses' ORDER BY 1, 3",
        [],
    )
    money = set(asked.names.money())
    owing = {name for root in (Root.ASSETS, Root.LIABILITIES) for name in people(asked, root)}
    kept = owing.union(
        *(accounts_of_group(asked, root, *_NO_PURSE, each_one=True) for root in (Root.ASSETS, Root.LIABILITIES))
    )
    found = {name for name, currency, _ in rows if currency in money and name not in kept}
    if cards:
        found &= {
            name
            for root in (Root.ASSETS, Root.LIABILITIES)
            for name in accounts_of_group(asked, root, "credit_card", each_one=True)
        }
    return tuple(sorted(found)), tuple(sorted({spent for name, _, spent in rows if name in found}))
