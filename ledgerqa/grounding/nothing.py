"""The sentence where nothing was found: always what was looked for, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.evidence.groups import noun_of
from ledgerqa.grounding import phrases
from ledgerqa.grounding.passed import when_passed
from ledgerqa.grounding.scene import spaced
from ledgerqa.plan_keys import PASSED, UNUSED
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Scene
    from ledgerqa.records import Plan

FEW = 4  # times of a comparison that are each named
# What a measure looks for, where that is no entry.
SOUGHT = {
    Measure.METADATA: "metadata",
    Measure.ACCOUNTS: "account",
    Measure.COMMODITIES: "commodity",
    Measure.EVENTS: "event",
    Measure.NOTES: "note",
    Measure.DOCUMENTS: "document",
    Measure.BALANCE_CHECKS: "balance check",
    Measure.QUERIES: "saved query",
    Measure.BUDGET: "budget",
    Measure.RECURRING: "recurring payment",
    Measure.HOLDINGS: "holding",
}
STANDING = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET})


def nothing(scene: Scene) -> list[str]:
    """What was looked for and not found; evidence's own notes say more where it knows more."""
    plan, subject = scene.plan, scene.of("for", "with")
    when = scene.when if plan.period or plan.period.label else _in_all(plan)
    if plan.having and plan.group_by:
        if plan.measure is Measure.NET_INCOME and not (plan.having.minimum or plan.having.maximum):
            excess = "expenses exceed income" if plan.having.minimum is None else "income exceed expenses"
            return [f"In no {plan.group_by[0].value}{when} did {excess}."]
        kept = f" {plan.key}" if plan.key else ""
        return [
            f"No {noun_of(plan.group_by[0], plan)}{when} comes to {phrases.within_limits(plan.having)}{kept}{subject}."
        ]
    if plan.key == PASSED:
        return when_passed(scene)
    if plan.measure in STANDING:
        return [_empty(scene)]
    if special := _special(scene, subject, when):
        return [special]
    if plan.measure in SOUGHT:
        when = scene.as_of if plan.measure is Measure.HOLDINGS else when
        return [f"No {SOUGHT[plan.measure]} was found{subject}{when}."]
    if plan.filters.sign < 0 and scene.roots == {Root.EXPENSES} and not plan.compare:
        return [f"No money came back{scene.of('on', 'from')}{when}."]
    if plan.skip and plan.limit == 1:
        return [f"There is no {phrases.ordinal(plan.skip)}one{subject or _kind(scene)}{when}."]
    return [f"There are no entries{subject or _kind(scene)}{when}."]


def _in_all(plan: Plan) -> str:
    """The times of a comparison, in none of which anything is found: "in December 2022, nor in December 2023"."""
    times = list(dict.fromkeys(each.period.label.strip() for each in plan.compare if each.period))
    if not times or not all(times):
        return ""
    return (
        f" {', nor '.join(times)}" if len(times) <= FEW else f" {times[0]}, nor in any of the others up to {times[-1]}"
    )


def _special(scene: Scene, subject: str, when: str) -> str:
    """Measures of which finding nothing says something else than that nothing is there."""
    plan = scene.plan
    if plan.pick in {"risen", "ended", "begun"}:
        end = "last" if plan.pick == "ended" else "first"
        nobody = f"No payee{subject}{when} is there for the {end} time."
        return nobody if plan.measure is Measure.LIST else f"No recurring payment{subject} has {plan.pick}{when}."
    if plan.pick and plan.pick not in {"ends", "values", "dated"}:
        of_kind = {
            "unusual": "strays far from the usual",
            "settled": "was billed and paid under one link",
            "exchanged": "was changed into another currency",
        }
        what = of_kind.get(plan.pick, "looks booked twice")
        return f"Nothing{subject}{when} {what}."
    match plan.measure:
        case Measure.LEDGER_ERRORS:
            return "Beancount reports no error in this ledger."
        case Measure.BALANCE_CHECKS if plan.failing:
            return f"No balance check{subject}{when} fails."
        case Measure.BUDGET if plan.failing:
            return f"No budget{subject} was exceeded{when}."
        case Measure.ACCOUNTS if plan.key in {UNUSED, "closed"}:
            idle = plan.key == UNUSED
            return f"{'Every open' if idle else 'No'} account{subject} was {'used' if idle else 'closed'}{when}."
        case Measure.GAPS:
            unit = plan.group_by[0].value if plan.group_by else "month"
            return f"No {unit} is without an entry{subject}{when}{scene.marks}."
        case Measure.PRICE:
            pair = "/".join(part for part in (plan.commodity, plan.quote) if part)
            day = f" on or before {plan.at.isoformat()}" if plan.at else ""
            return f"No price{f' of {pair}' if pair else ''} is on file{day or when}."
        case Measure.METADATA:
            nothing = f"Nothing{subject}{when} has {f'the metadata key “{plan.key}”' if plan.key else 'metadata'}."
            return f"No {plan.key}{subject}{when} is on file." if plan.pick == "dated" else nothing
    return ""


def _kind(scene: Scene) -> str:
    kind = phrases.kind_of(scene.roots)
    return f" for {kind}" if kind else ""


def _empty(scene: Scene) -> str:
    """A balance of nothing."""
    whose = scene.of("", "for").strip()
    when = scene.as_of
    if scene.roots == {Root.LIABILITIES}:
        of = whose if whose.startswith("for ") else f"on {whose}"
        return f"You owe nothing{spaced(of) if whose else ''}{when}."
    return f"{whose or 'The ledger'} holds nothing{when}: its balance is zero."
