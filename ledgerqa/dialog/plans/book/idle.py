"""Plans for accounts that are open and not in use."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import one_period
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import UNUSED
from ledgerqa.records import Filters, Measure, Period, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_IN_USE: Final = compiled(r"(?:no )?(?:activit(?:y|ies)|active|use[ds]?|using|entr(?:y|ies)|transactions?|movements?)")
_EVER: Final = r"\bnever\b|\bever\b|\bno (?:activity|movements?|transactions?|entries|postings)"


def unused(asked: Asked) -> Plan | None:
    """As in "which accounts haven't been used this year": open ones to which nothing was booked in that time."""
    if not cues("cues").found("unused", asked.said.folded):
        return None
    period = one_period(asked)
    if not period and not asked.has(_EVER):
        day = asked.today + dt.timedelta(days=1)
        period = Period(_a_year_before(day), day, "in the last twelve months")
    named = [each for each in asked.said.phrases if each.best.kind == "account" and each.best.how == "exact"]
    accounts = tuple(name for each in named if not _IN_USE.fullmatch(fold(each.words)) for name in each.best.values)
    roots = () if accounts else roots_said(asked)
    return Plan(Measure.ACCOUNTS, Filters(accounts=accounts, roots=roots), period, key=UNUSED)


def _a_year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def roots_said(asked: Asked) -> tuple[Root, ...]:
    """The account types that the question names: "expense accounts"."""
    return tuple(
        root
        for root in Root
        if re.search(rf"\b{root.value.removesuffix('ies').removesuffix('s')}(?:s|ies|y)?\b", asked.said.folded)
    )
