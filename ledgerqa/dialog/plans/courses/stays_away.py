"""The longest time that passed between two bookings of something: "the longest gap between two haircuts"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.plans.asked import Asked, happened
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Measure, Order, Plan

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said


def longest_gap(asked: Asked) -> Plan | None:
    """The plan for the two bookings between which most days passed; None where that is not asked of anything named."""
    if not cues("trends").found("longest_gap", asked.said.folded):
        return None
    said = _without_order(asked.said)
    if not said.phrases:
        return None
    found = flow(replace(asked, said=said, scope=scope(said, said.intent, asked.names)), Measure.LIST)
    if not isinstance(found, Plan) or found.filters.sign < 0:
        return None
    return Plan(
        Measure.LIST, found.filters, happened(asked), order=Order("date"), pick="gap", unit=found.unit,
        reading=found.reading,
    )  # fmt: skip


def _without_order(said: Said) -> Said:
    """What was said, as a plain list; what one went "without" is what is asked about, and nothing to leave out."""
    plain = replace(
        said.intent, measure=Measure.LIST, group_by=(), order=None, limit=None, single=False, compare=False, key=None,
        account_depth=None,
    )  # fmt: skip
    phrases = tuple(each for each in (*said.phrases, *said.excluded) if not each.weak)
    return replace(said, intent=plain, by_rules=None, phrases=phrases, excluded=())
