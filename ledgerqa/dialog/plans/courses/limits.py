"""Plans that set what was spent, or what is owed, against a limit: one named in the question, a budget, a card's own.

As in "did we go over the 5000 for the wedding", "how much room is left on the card before the limit".
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.slots import Bounds
from ledgerqa.dialog.linking.metadata_keys import keys_set_for
from ledgerqa.dialog.plans.asked import as_of
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import AGAINST
from ledgerqa.records import Filters, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.NET_INCOME, Measure.BUDGET, Measure.BALANCE, None})
_SUM: Final = r"(?:[$€£]\s?)?(?P<sum>\d[\d,]*(?:\.\d+)?)(?P<thousands>\s?(?:k|thousand))?\b(?! ?(?:%|percent))"
_DEFINITE: Final = r"(?:the|our|my|that|those|this) (?:budget(?:ed)? (?:of )?)?"
_WENT: Final = (
    r"(?:go(?:es|ing|ne)?|went|c[ao]me|r[au]n|got|get|creep|crept|end(?:ed)? up|are|were|is|was|been|land(?:ed)?)"
)
_KEPT: Final = (
    r"(?:stay(?:ed)?|ke(?:ep|pt)|stick|stuck|c[ao]me in|remain(?:ed)?|manage(?:d)? to (?:stay|keep)|hold|held)"
)
_NAMED: Final = compiled(
    rf"\b(?:{_WENT} (?:\w+ )?(?:over|above|past|beyond) (?:{_DEFINITE})?"
    rf"|{_KEPT} (?:\w+ )?(?:within|under|below|inside|to) (?:{_DEFINITE})?"
    rf"|(?:exceed(?:ed)?|overspen[dt]|overr[au]n|blow|blew|blown|bust(?:ed)?) {_DEFINITE}"
    rf"|(?:more|less) than (?:the|our|that) |(?:within|over|under) (?:the|our|that) ){_SUM}"
)
_WHETHER: Final = compiled(
    r"(?:(?:so|and|but|ok|okay) )*(?:did|have|has|had|was|were|are|is|by how much|how (?:much|far))\b"
)
_SINGLE: Final = (
    r"\b(?:any|ever|each|every|single|which|when|in one go|at once|apiece|per|a (?:day|week|month|quarter|year)|months"
    r"|entr(?:y|ies)|payments?|purchases?|bills?|transactions?|charges?)\b"
)
_WHOLE: Final = ("total", "overall", "whole", "once", "altogether", "all")  # intervals of a budget for all of a thing
_AIMS: Final = compiled(r"limit|ceiling|cap|target|goal")
_ROOM: Final = (
    r"\b(?:room|headroom|space|leeway|credit|left|remain\w*|available|free)\b|\bhow (?:close|near|far)\b"
    r"|\bhow much (?:more|further)\b|\b(?:over|above|past|beyond|under|below|within) (?:the|our|my|its) \w+\b"
)


def against_a_limit(asked: Asked) -> Plan | None:
    """The plan of a figure set against its limit; None where no limit is asked about."""
    return _named(asked) or _budget_of_all(asked) or _of_an_account(asked)


def _named(asked: Asked) -> Plan | None:
    """As in "did we go over the 5000 for the wedding": all that was spent, against the sum that is named."""
    found = _NAMED.search(asked.said.folded)
    if found is None or not _WHETHER.match(asked.said.folded) or asked.has(_SINGLE):
        return None
    if asked.intent.measure not in _FLOWS or asked.intent.group_by or not _is_spent(asked.scope.filters, asked):
        return None
    bound = Decimal(found["sum"].replace(",", "")) * (1000 if found["thousands"] else 1)
    return _against(asked, bound)


def _is_spent(filters: Filters, asked: Asked) -> bool:
    """Whether something is named that money goes on: no account that holds or owes anything."""
    spent = all(asked.names.by_name[name].root is Root.EXPENSES for name in filters.accounts)
    return bool(filters.accounts or filters.tags or filters.mentions) and spent


def _against(asked: Asked, bound: Decimal) -> Plan | None:
    intent = replace(asked.intent, measure=Measure.SUM, flow="spend", order=None, limit=None, single=False, sign=0)
    said = replace(asked.said, intent=intent, by_rules=None, bounds=Bounds())
    plan = flow(replace(asked, said=said), Measure.SUM)
    plain = isinstance(plan, Plan) and plan.measure is Measure.SUM and not (plan.group_by or plan.compare)
    return replace(plan, key=f"{AGAINST}{bound}") if isinstance(plan, Plan) and plain else None


def _budget_of_all(asked: Asked) -> Plan | None:
    """As in "is the wedding over budget", where one sum was set for all of it, and none for a month or a year."""
    filters = asked.scope.filters
    if asked.intent.measure is not Measure.BUDGET or len(filters.accounts) != 1 or not _is_spent(filters, asked):
        return None
    account = filters.accounts[0]
    rows = asked.names.index.query(
        'SELECT "values"[3] FROM customs WHERE type = \'budget\' AND "values"[1] = ? AND lower("values"[2]) IN'
        " (SELECT unnest(?)) AND NOT EXISTS (SELECT 1 FROM budgets WHERE account = ?) ORDER BY date DESC LIMIT 1",
        [account, list(_WHOLE), account],
    )
    bound = _number(rows[0][0]) if rows else None
    return _against(asked, bound) if bound is not None else None


def _of_an_account(asked: Asked) -> Plan | None:
    """As in "how much room is left before the limit": what is owed on the card, against the limit set for it."""
    if asked.key is None or not _AIMS.search(asked.key.name.lower()) or not asked.has(_ROOM):
        return None
    names = [
        name for each in asked.said.phrases for link in each.options if link.kind == "account" for name in link.values
    ]
    held = [name for name in dict.fromkeys(names) if keys_set_for([name], [asked.key.name], asked.names)]
    if len(held) != 1 or asked.names.by_name[held[0]].root not in {Root.ASSETS, Root.LIABILITIES}:
        return None
    rows = asked.names.index.query(
        "SELECT m.value FROM metadata m JOIN accounts a ON a.open_entry = m.entry_id WHERE a.account = ? AND m.key = ?",
        [held[0], asked.key.name],
    )
    bound = _number(rows[0][0]) if len(rows) == 1 else None
    if bound is None:
        return None
    sign = "-" if asked.names.by_name[held[0]].root is Root.LIABILITIES else ""
    key = f"{AGAINST}{sign}{bound}"
    return Plan(Measure.BALANCE, Filters(accounts=(held[0],)), as_of(asked), key=key)


def _number(written: str | None) -> Decimal | None:
    """The number that an amount begins with: "2500.00 GBP"."""
    found = re.match(r"\s*(\d[\d,]*(?:\.\d+)?)", written or "")
    return Decimal(found.group(1).replace(",", "")) if found else None
