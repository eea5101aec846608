"""The sentence for the day on which what stands passed a sum: "Savings first came above 900.00 CAD on 2023-11-28"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.grounding import figures
from ledgerqa.grounding.groups import figure_of
from ledgerqa.grounding.phrases import shown
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from decimal import Decimal

    from ledgerqa.grounding.scene import Scene


def when_passed(scene: Scene) -> list[str]:
    """Which day it was, what stood then, and how often it did so; or that there was none."""
    filters = scene.plan.filters
    bound = filters.maximum if filters.minimum is None else filters.minimum
    assert bound is not None  # noqa: S101 - a plan with this key has one bound
    whose, how = _whose(scene), _how(scene, bound)
    if not scene.lines:
        said = scene.money(abs(bound), scene.plan.convert_to or "")
        return [f"{whose} never {how} {said}{scene.when}."]
    line, days = scene.lines[0], scene.evidence.table.row_count
    descending = scene.plan.order is not None and scene.plan.order.descending
    which = f"{'last' if descending else 'first'} " if days > 1 else ""
    lead = f"{whose} {which}{how} {scene.money(abs(bound), line.currency)} on {shown(line.keys[0])}"
    within = f" ({scene.when.strip()})" if scene.plan.period else ""
    often = f"; it did so {figures.count(days, 'time')}{within}" if days > 1 else within
    return [f"{lead}, at {figure_of(scene, line)}{scene.valued}{often}{scene.resting}."]


def _whose(scene: Scene) -> str:
    plan = scene.plan
    unbounded = replace(plan, filters=replace(plan.filters, minimum=None, maximum=None))
    named = replace(scene, plan=unbounded).of("", "for").strip()
    if plan.measure is Measure.NET_WORTH:
        return f"Your net worth {named}".rstrip()
    return f"What you owe on {named}" if scene.roots == {Root.LIABILITIES} else named


def _how(scene: Scene, bound: Decimal) -> str:
    """How it was passed; what is owed stands below zero, so that more of it is less."""
    filters = scene.plan.filters
    rising = (filters.minimum is not None) != (scene.roots == {Root.LIABILITIES} and bound < 0)
    if rising:
        return "reached" if filters.inclusive else "came above"
    return "fell to" if filters.inclusive else "fell below"
