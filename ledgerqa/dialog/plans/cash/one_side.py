"""Names of income and of expenses in one question, where no sum of the two is meant: "what Rohan's school takes"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

_SUMMED: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST})
_FLOWS: Final = frozenset({Root.INCOME, Root.EXPENSES})
_BOTH: Final = (
    r"\b(?:net(?:t(?:ed|ing))?|profits?|surplus|loss(?:es)?|less|minus|after|against|balance|left|together"
    r"|in(?:come)? and out|make on|made on|break even|pay(?:s|ing)? for itself|(?:in|out)goings?|both|income"
    r"|earn\w*|change)\b|[+&]"
)


def one_side(plan: Plan, asked: Asked) -> Plan:
    """The plan with the accounts of one side alone: the one that was said, else that of most names, or the first.

    What one name has of both sides is meant as it stands; so is what is set off, one against the other.  A sum of both
    is what one leaves over the other: "what is left of the rent after repairs".
    """
    names = plan.filters.accounts
    roots = {name: asked.names.by_name[name].root for name in names}
    if plan.measure not in _SUMMED or plan.compare or set(roots.values()) != _FLOWS:
        return plan
    of_one = (each.best.values for each in asked.said.phrases if each.best.kind == "account")
    if asked.has(_BOTH) or any({roots[name] for name in values if name in roots} == _FLOWS for values in of_one):
        whole = plan.measure is Measure.SUM and not (plan.key or plan.group_by)
        return replace(plan, measure=Measure.NET_INCOME) if whole else plan
    most = max(roots.values(), key=lambda root: list(roots.values()).count(root))  # of as many the first
    said = {"spend": Root.EXPENSES, "income": Root.INCOME}.get(asked.intent.flow or "", most)
    kept = tuple(name for name in names if roots[name] is said)
    left = ", ".join(name for name in names if roots[name] is not said)
    reading = (*plan.reading, f"{left} left aside: it is of the other side")
    return replace(plan, filters=replace(plan.filters, accounts=kept), reading=reading)
