"""A share of what was spoken of before: after a salary "what percentage of that goes on food".

And after the groceries "what percentage of that was Tesco", a part of the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.dialog.plans.asked import bounded, happened
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Filters, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_OF_THAT: Final = compiled(
    r"(?:\b(?:share|part|portion|per ?cent(?:age)?|proportion|fraction|chunk)|%) of"
    r" (?:(?:that|it|this|those|them|these)|(?:that|this) (?:total|money|pay|income))\b"
)


def share_of_that(asked: Asked) -> Plan | None:
    """The two sides; None where the whole is no account of income or costs, or what is named is no part of it."""
    before = asked.said.earlier
    if before is None or not before.phrases or not _OF_THAT.search(asked.said.folded):
        return None
    spoken = {each.best.values for each in before.phrases}
    own = tuple(each for each in asked.said.phrases if each.best.values not in spoken)
    whole = scope(before, before.intent, asked.names).filters
    part = _part(asked, own, whole) if own and whole.accounts else None
    if part is None or not asked.names.booked.meets(part):
        return None
    timed = replace(asked, said=replace(asked.said, periods=asked.said.periods or before.periods))
    sides = (
        Variant(" and ".join(each.words for each in own), bounded(part, timed), Period()),
        Variant(" and ".join(each.words for each in before.phrases), whole, Period()),
    )
    return Plan(Measure.SUM, Filters(), happened(timed), compare=sides, key=RATIO)


def _part(asked: Asked, own: tuple[Phrase, ...], whole: Filters) -> Filters | None:
    """What is named, as a part of the whole: a cost of what is earned, an account below, the entries that say so."""
    named = scope(replace(asked.said, phrases=own), replace(asked.intent, flow="spend"), asked.names).filters
    if not named.accounts:
        return replace(whole, mentions=(*whole.mentions, *named.mentions), tags=(*whole.tags, *named.tags))
    roots = _roots(asked, whole), _roots(asked, named)
    if roots == ({Root.INCOME}, {Root.EXPENSES}):
        return named
    inside = narrowed(asked.names, whole.accounts, named.accounts)
    return replace(whole, accounts=inside) if inside and {*inside} != {*whole.accounts} else None


def _roots(asked: Asked, filters: Filters) -> set[Root]:
    return {asked.names.by_name[name].root for name in filters.accounts}
