"""How much of what is owned is in a currency: the money booked in it, and what is quoted in it, at market prices.

As in "how much of my wealth is in dollars", which is neither all of it counted in dollars nor the dollars in the bank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import as_of, spoken_currency
from ledgerqa.dialog.plans.conversion import named_commodity
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_OF_IT_IN: Final = compiled(
    r"\b(?:how much|what (?:part|share|amount|portion)) of (?:my|our|the|all (?:my|our)) (?:total |whole |entire )?"
    r"(?:money|wealth|net worth|worth|portfolio|assets|fortune|investments?|savings|holdings)"
    r" (?:is|are|was|were|do i have|do we have|have i|have we)"
    r" (?:actually |still |now |currently |held |kept |sitting |invested |tied up |got )*in (?P<in>[a-z$€£ ]+)"
)
_INVESTED: Final = r"\b(?:portfolio|investments?|holdings)\b"
_SHARE: Final = r"\b(?:what (?:part|share|portion)|percent\w*|fraction)\b"


def held_in(asked: Asked) -> Plan | None:
    """What stands in the currency that is said, or is quoted in it; None where nothing of the kind is asked for."""
    found = _OF_IT_IN.search(asked.said.folded)
    currency = found and (spoken_currency(asked) or named_commodity(asked))
    if found is None or not currency or asked.has(_SHARE) or asked.scope.filters.accounts:
        return None
    known = asked.names.commodities
    if currency not in known or known[currency].held_at_cost:
        return None
    others = [each for each in asked.said.phrases if each.best.kind in {"payee", "narration", "tag", "link"}]
    if any(fold(each.words) not in found.group() for each in others) or asked.said.excluded:
        return None
    rows = asked.names.index.query("SELECT DISTINCT currency FROM prices WHERE quote = ? ORDER BY 1", [currency])
    quoted = tuple(code for (code,) in rows if code in known and known[code].held_at_cost)
    invested = bool(quoted) and re.search(_INVESTED, found.group()) is not None
    told = f"what is quoted in it ({', '.join(quoted)}), at market prices"
    note = told if invested else f"what is booked in it, and {told}" if quoted else "what is booked in it"
    return Plan(
        Measure.BALANCE,
        Filters(roots=(Root.ASSETS, Root.LIABILITIES), currencies=quoted if invested else (currency, *quoted)),
        as_of(asked),
        valuation=Valuation.MARKET if quoted else Valuation.UNITS,
        reading=(f"in {currency} = {note}",),
    )
