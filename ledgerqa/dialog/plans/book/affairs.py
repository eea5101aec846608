"""An affair that several entries are linked as: "the boiler saga, every line of it"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import stems, tokenize
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

# "The boiler saga, total damage?": what it came to, and not its lines.
_TOTAL: Final = compiled(
    r"\b(?:total(?: damage)?|altogether|all told|in all|how much|damage|(?:set|cost|costs|sting) (?:me|us|back)\b"
    r"|c[ao]me to|added up to|one figure)\b"
)


def affair(asked: Asked) -> Plan | None:
    """All that was spent, and came back, under the one link that the question tells; None where none is told."""
    if not cues("cues").found("affair", asked.said.folded) or asked.scope.filters.links:
        return None
    known = lexicon()
    idle = known.grammar | known.weak
    spoken = {each.stem for each in tokenize(asked.said.text) if each.fold not in idle}
    months = {f"{each.period.start:%b%y}".lower() for each in asked.said.periods if each.period.start}
    rows = asked.names.index.query(
        "SELECT l.link, e.payee, e.narration FROM links l JOIN entries e USING (entry_id)"
        " WHERE e.entry_id IN (SELECT entry_id FROM postings WHERE root = 'expenses') ORDER BY 1"
    )
    told: dict[str, int] = {}
    for link, payee, narration in rows:
        own = set(stems(re.sub(r"[^a-z]+", " ", link.lower())))
        score = 2 * len(own & spoken) + len(spoken.intersection((*stems(payee or ""), *stems(narration or ""))))
        dated = any(month in link.lower() for month in months)
        told[link] = max(told.get(link, 0), score + dated if score else 0)
    most = max(told.values(), default=0)
    links = tuple(link for link, score in told.items() if score == most)
    if not most or len(links) != 1:
        return None
    filters = Filters(roots=(Root.EXPENSES,), links=links)
    reading = (f"all that is linked ^{links[0]}",)
    if _TOTAL.search(asked.said.folded):
        return Plan(Measure.SUM, filters, reading=reading)
    return Plan(Measure.LIST, filters, order=Order("date"), reading=reading)
