"""What is left of each lot that was bought: "which lots of X are left", "open lots, with the price of each"."""

from __future__ import annotations

from typing import Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.plans.asked import Asked, as_of
from ledgerqa.dialog.plans.wealth.securities import accounts_holding, all_at_cost, commodities_named, noting
from ledgerqa.plan_keys import OPEN_LOTS
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

_TRADED: Final = (
    r"\b(?:did|have|has) (?:i|we) (?:\w+ )?(?:buy|bought|sell|sold|purchased?)\b|\b(?:was|were) (?:bought|sold)\b"
)
_LEFT: Final = r"\b(?:left|still|remain\w*|unsold|open)\b"


def open_lots(asked: Asked) -> Plan | None:
    """The lots held of the securities named, or of all; None where no lots are asked for."""
    if not cues("cues").found("open_lots", asked.said.folded) or (asked.has(_TRADED) and not asked.has(_LEFT)):
        return None
    codes = commodities_named(asked)
    if not codes and (asked.scope.filters.mentions or asked.said.unknown):
        return None
    every = codes or all_at_cost(asked)
    if not every:
        return None
    accounts = accounts_holding(asked, every)
    roots = () if accounts else (Root.ASSETS,)
    filters = Filters(accounts=accounts, roots=roots, currencies=every)
    return Plan(
        Measure.HOLDINGS,
        filters,
        as_of(asked),
        group_by=(Grouping.ACCOUNT,),
        key=OPEN_LOTS,
        reading=noting(asked, every),
    )
