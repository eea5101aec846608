"""Whom one dealt with for the first time, for the last, or only once: "new suppliers this year", "one-off payees"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.cash.payments import payments_only
from ledgerqa.dialog.plans.having import PAYEES
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Having, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_EARNED: Final = r"clients?|customers?|buyers?|donors?|sponsors?|funders?|tenants?|members?|students?|pupils?|patients?"
_NAMES: Final = rf"(?:{PAYEES}|{_EARNED}|retailers?|companies|payers?|faces)"
_LEAD: Final = (
    r"^(?:(?:and|so|ok|please)\W+)*(?:(?:which|what|who|whom|how many|any|list|show(?: me)?|tell me|name|did|do|have"
    r"|are|were|is|we|i|get|got|had|there|use[d]?|all|of|the|our|my) )*"
)
_NEW: Final = compiled(
    rf"{_LEAD}(?:(?:brand )?new|first[- ]time)(?: \w+)? {_NAMES}\b"
    rf"|{_LEAD}(?:which|what|who|whom|{_NAMES})\b.*\b(?:for the (?:very )?first time"
    r"|(?:is|are|was|were) new|(?:first|newly) (?:appear(?:ed|s)?|used|visited|showed up|turned up))\b"
)
_ENDED: Final = compiled(
    rf"{_LEAD}(?:which|what|who|whom|{_NAMES})\b.*\b(?:stop(?:ped)? (?:paying|using|visiting|dealing with|working with"
    r"|(?:going|giving|donating) to|(?:buying|ordering) from|shopping at|coming|appearing|donating|buying)"
    r"|(?:did|have|has|had) (?:we|i) (?:lose|lost)|for the (?:very )?last time)\b"
)
_ONCE: Final = compiled(
    rf"{_LEAD}(?:{_NAMES}|who|whom)\b.*\b(?:(?:only|just|exactly|no more than) (?:the )?(?:once|one time|a single time)"
    rf"|once only)\b|{_LEAD}one[- ](?:off|time) {_NAMES}\b"
)


def dealings(asked: Asked) -> Plan | None:
    """The payees whose first or last entry is in the period, or that have one alone; None where nobody asks for these.

    New is who stands nowhere before; who was paid for the last time may have been paid only once.
    """
    text = asked.said.folded
    new, ended = bool(_NEW.match(text)), bool(_ENDED.match(text))
    once = not (new or ended) and bool(_ONCE.match(text))
    period = happened(asked)
    if not (once or ((new or ended) and (period.start or (ended and period.end)))):
        return None
    root = Root.INCOME if compiled(rf"\b(?:{_EARNED})\b").search(text) else Root.EXPENSES
    named = [each.best for each in asked.said.phrases if fold(each.words) != "new"]
    accounts = tuple(name for each in named if each.kind == "account" for name in each.values)
    filters = Filters(accounts=accounts) if accounts else Filters(roots=(root,))
    if once:
        one = Having(Decimal(1), Decimal(1), inclusive=True)
        plan = Plan(Measure.COUNT, filters, period, group_by=(Grouping.PAYEE,), having=one, order=Order("key"))
        return payments_only(plan, asked)
    plan = Plan(
        Measure.LIST,
        filters,
        period,
        order=Order("date", descending=ended),
        limit=1,
        limit_by=Grouping.PAYEE,
        pick="ended" if ended else "begun",
    )
    return payments_only(plan, asked)
