"""After what somebody was paid, or gave, for one thing: "has he given towards anything else besides?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_ELSE: Final = compiled(
    r"\b(?:anything|something|nothing|what|for what|much) else\b"
    r"|\b(?:any )?other (?:things?|purposes?|causes?)\b"
)
_THINGS: Final = frozenset({"account", "narration", "tag"})


def anything_else(said: Said, before: Said) -> Said | None:
    """What the same payee stands for beside what was named before; None where nothing of the kind is asked."""
    if said.phrases or said.intent.measure in {Measure.COUNT, Measure.AVERAGE} or not _ELSE.search(said.folded):
        return None
    whom = tuple(each for each in before.phrases if each.best.kind == "payee")
    what = tuple(each for each in before.phrases if each.best.kind in _THINGS)
    if not whom or not what or before.intent.measure not in {Measure.SUM, Measure.LIST, None}:
        return None
    intent = replace(before.intent, measure=Measure.LIST, group_by=(), order=None, single=False, limit=None)
    excluded, periods = (*before.excluded, *what), said.periods or before.periods
    return replace(
        before, intent=intent, by_rules=intent, phrases=whom, excluded=excluded, periods=periods, text=said.text
    )
