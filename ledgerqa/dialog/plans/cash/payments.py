"""What was paid and bought, without what payslips book: an employer's taxes are no purchase."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.book.oddities import looks_doubled, looks_odd
from ledgerqa.records import Grouping, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

_PAID_BY_US: Final = r"\b(?:who|whom|payees?|recipients?|(?:do|did|have|had|has) (?:i|we) (?:\w+ )?(?:pay|paid))\b"
_SHOPS: Final = r"\b(?:where|at which|(?:which|what) (?:shops?|stores?|places?|merchants?|retailers?))\b"
_BIGGEST: Final = (
    r"\b(?:biggest|largest|highest|dearest|most expensive|top|priciest|costliest|heaviest)\b"
    r"[\w ]{0,24}\bexpens(?:es?|itures?)\b"
)
_BOUGHT: Final = r"\b(?:purchas\w+|b(?:uy|ought|uys)|payments?|bills?|things?)\b"


def payments_only(plan: Plan, asked: Asked) -> Plan:
    """The plan without entries that earn more than they cost, where payments or purchases are asked for.

    As in "who did we pay most", "the biggest purchase": what expenses are in all stays what is booked to them.
    """
    plan = _of_pay_slips(plan, asked)
    named = plan.filters.mentions or plan.filters.tags or plan.filters.links
    odd = looks_odd(asked.said.text) or looks_doubled(asked.said.text)
    if named or odd or plan.filters.roots != (Root.EXPENSES,) or not _of_payments(plan, asked):
        return plan
    if not asked.names.booked.earns_and_spends():
        return plan
    note = "entries that earn more than they cost (a salary and its taxes) are no payments, and left out"
    return replace(plan, filters=replace(plan.filters, outgoing=True), reading=(*plan.reading, note))


def _of_pay_slips(plan: Plan, asked: Asked) -> Plan:
    """The plan with a note where what is named only ever paid us: "spent at my employer" is what it withheld."""
    named = plan.filters.mentions and not plan.filters.accounts
    if plan.measure is not Measure.SUM or plan.filters.roots != (Root.EXPENSES,) or not named:
        return plan
    if not asked.names.booked.only_in_pay(plan.filters):
        return plan
    note = "all of it was kept back from money that came in, as taxes are from pay, and not paid to them"
    return replace(plan, reading=(*plan.reading, note))


def _of_payments(plan: Plan, asked: Asked) -> bool:
    if Grouping.PAYEE in plan.group_by:
        if asked.has(_SHOPS):
            return True
        return asked.has(_PAID_BY_US) and not asked.has(r"\bexpens\w+\b|\bspen[dt]\w*")
    listed = plan.measure in {Measure.LIST, Measure.COUNT} and not plan.group_by
    return listed and ((asked.has(_BOUGHT) and not asked.has(r"\bexpens\w+\b")) or asked.has(_BIGGEST))
