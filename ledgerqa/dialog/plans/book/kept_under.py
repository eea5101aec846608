"""Words that no account, payee or narration bears, and a value under some key does: "what is in the blue folder"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.plans.asked import bounded, happened
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Measure, MetadataFilter, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_FIGURES: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE})
_TOLD: Final = frozenset({Measure.LIST, Measure.METADATA, Measure.HOLDINGS, Measure.BALANCE, Measure.DOCUMENTS, None})
_MOST: Final = 5  # values that the words may stand in: of more they are no name


def kept_under(asked: Asked) -> Plan | None:
    """The entries (or their figure) with the value in which all lost words stand; None where none has them."""
    intent = asked.intent
    lost = {stem for each in asked.said.unknown for stem in stems(each)}
    if not lost or intent.measure not in {*_FIGURES, *_TOLD} or not asked.names.keys:
        return None
    rows = asked.names.index.query(
        "SELECT DISTINCT m.key, m.value FROM metadata m JOIN entries e ON e.entry_id = m.entry_id"
        " WHERE e.type = 'transaction' AND m.type = 'text' AND m.value LIKE '% %' ORDER BY 1, 2 LIMIT 2000"
    )
    spoken = set(stems(asked.said.text))
    found = [(key, value) for key, value in rows if lost <= set(stems(value)) and _telling(value) <= spoken]
    if not found or len(found) > _MOST or len({key for key, _ in found}) > 1:
        return None
    inside = {stem for _, value in found for stem in stems(value)} | {fold(found[0][0])}
    own = set(stems(found[0][0]))
    kept = tuple(each for each in asked.said.phrases if not set(stems(each.words)) <= inside | own)
    named = scope(replace(asked.said, phrases=kept, unknown=(), unread=()), intent, asked.names)
    values = tuple(MetadataFilter(key, value) for key, value in found)
    filters = bounded(replace(named.filters, metadata=values), asked)
    if named.clarify or not asked.names.booked.bears(found[0][0], filters, tuple(value for _, value in found)):
        return None
    reading = (*named.reading, f"{found[0][0]} = {', '.join(value for _, value in found)}")
    if intent.measure in _FIGURES and intent.measure is not Measure.COUNT:
        roots = () if filters.accounts else (Root.EXPENSES,)
        return Plan(intent.measure or Measure.SUM, replace(filters, roots=roots), happened(asked), reading=reading)
    measure = Measure.COUNT if intent.measure is Measure.COUNT else Measure.LIST
    return Plan(measure, replace(filters, roots=()), happened(asked), unit="entry", reading=reading)


def _telling(value: str) -> set[str]:
    """The stems of the value's words that say anything."""
    known = lexicon()
    idle = known.grammar | known.weak
    return {stem for word in re.findall(r"[^\W_]+", fold(value)) if word not in idle for stem in stems(word)}
