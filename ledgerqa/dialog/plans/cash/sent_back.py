"""Plans for what was got back for goods that were returned: no tax, no share of a friend, no claim."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Mention, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.records import Filters

_GOODS: Final = (
    r"(?:(?:all |any |some |the |my |our |those |unwanted |online )*"
    r"(?:stuff|things?|goods|items?|purchases|products|orders|shopping|something|anything)"
    r"|what (?:i|we)(?: had| have|'d|'ve)? (?:bought|ordered|purchased))"
)
_SENT: Final = r"(?:sen[dt]|t[ao]k(?:e|en)|took|br(?:ing|ought))"
_RETURNED: Final = compiled(
    rf"\breturning {_GOODS}\b|\b(?:sending|taking|bringing|handing) (?:back {_GOODS}|{_GOODS} back)\b"
    rf"|\b{_GOODS}(?: that| which)? (?:i|we)(?: have| had|'ve|'d)? (?:return(?:ed)?|{_SENT} back)\b"
    rf"|\breturned {_GOODS}\b|\b(?:return|returns) of {_GOODS}\b"
    rf"|\b(?:what|which {_GOODS}) (?:did|have) (?:i|we) (?:ever )?(?:return(?:ed)?|{_SENT} back)\b(?! (?:to|from)\b)"
)
# What is paid for and cannot be sent back.
_NO_GOODS: Final = (
    "taxes", "income_tax", "property_tax", "social_security", "insurance", "health_insurance", "car_insurance", "rent",
    "mortgage", "loan", "interest", "fees", "electricity", "gas_heating", "water", "internet", "phone", "utilities",
    "salary", "childcare", "education", "depreciation",
)  # fmt: skip
_LESS: Final = compiled(r"\b(?:net of|less|minus|after|without|not counting|deducting|taking off)(?: \w+){0,2} ?$")
_SUMMED: Final = r"\bhow much\b|\bwhat (?:did|have) (?:i|we) g[eo]t\b"
_LISTED: Final = frozenset({Measure.LIST, Measure.COUNT})


def sent_back(asked: Asked) -> Plan | None:
    """As in "what did I get back from returning stuff": what shops gave back; None where no such thing is asked."""
    found = _RETURNED.search(asked.said.folded)
    if not found or asked.intent.flow == "repay" or _LESS.search(asked.said.folded[: found.start()]):
        return None
    kept = tuple(each for each in asked.said.phrases if fold(each.words) not in found.group())
    filters = scope(replace(asked.said, phrases=kept), asked.intent, asked.names).filters
    filters = replace(filters, roots=() if filters.accounts else (Root.EXPENSES,), sign=-1)
    filters, note = _from_shops(filters, asked)
    listed = asked.intent.measure if asked.intent.measure in _LISTED and not asked.has(_SUMMED) else None
    measure = listed or (Measure.LIST if re.match(r"(?:what|which) ", found.group()) else Measure.SUM)
    plan = Plan(measure, bounded(filters, asked), happened(asked), group_by=asked.intent.group_by, reading=note)
    return ordered(plan, asked)


def _from_shops(filters: Filters, asked: Asked) -> tuple[Filters, tuple[str, ...]]:
    """Kept to those from whom something was bought on the account on which they gave something back."""
    services = accounts_of_group(asked, Root.EXPENSES, *_NO_GOODS)
    rows = asked.names.index.query(
        "SELECT DISTINCT b.payee, b.account FROM postings b"
        " JOIN postings s ON s.payee = b.payee AND s.account = b.account"
        " WHERE b.root = 'expenses' AND b.number < 0 AND s.number > 0 AND coalesce(b.payee, '') <> '' ORDER BY 1"
    )
    below = tuple(f"{name}:" for name in services)
    payees = dict.fromkeys(payee for payee, name in rows if name not in services and not name.startswith(below))
    if not payees or any(each.payees for each in filters.mentions):
        filters = replace(filters, exclude_accounts=(*filters.exclude_accounts, *services))
        return filters, ("what was sent back = money that came back on expenses",)
    note = "what was sent back = money back from those of whom something was bought"
    return replace(filters, mentions=(*filters.mentions, Mention("sent back", payees=tuple(payees)))), (note,)
