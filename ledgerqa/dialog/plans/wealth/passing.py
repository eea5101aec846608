"""Plans for the day on which a balance, or the net worth, came to lie above or below a sum: "when did it pass 9000"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.plan_keys import PASSED
from ledgerqa.records import Filters, Grouping, Measure, Order, Plan, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_WHEN: Final = (
    r"\b(?:when|(?:which|what) (?:day|date|week|month|quarter|year)|(?:first|last|latest) (?:time|day)"
    r"|how long (?:did it take|until|till|before))\b"
)
_DOWN: Final = r"\b(?:drop(?:ped)?|f[ea]ll(?:en)?|s[iau]nk|down|dip(?:ped)?|shr[aiu]nk|shrunk|lower)\b"
_STOOD: Final = (
    r"\b(?:go(?:ne)?|went|get|got|gr[eo]wn?|climb(?:ed)?|r[io]sen?|rose|c[ao]me|was|were|is|are|be|been|ha(?:ve|s|d)|hold|held"
    r"|st(?:and|ood)|drop(?:ped)?|f[ea]ll(?:en)?|s[iau]nk|dip(?:ped)?|shrunk|reach(?:ed)?|hit|pass(?:ed)?|cross(?:ed)?"
    r"|top(?:ped)?|exceed(?:ed)?|surpass(?:ed)?|break|broke|owed?)\b"
)
_MOVED: Final = (
    r"\b(?:put|mov(?:e|ed|ing)|transfer\w*|pa(?:y|id|ying)|payments?|deposit\w*|sen[dt]|withdr\w+|spen[dt]|t[ao]ke|took"
    r"|receiv\w*|earn\w*|bought|buy|sold|sell|bills?|charges?|charged|transactions?|entr(?:y|ies)|bookings?|price[sd]?"
    r"|rates?|cost|salary|income|spending|expenses?)\b"
    r"|\b(?:something|anything|money|cash|an amount|a sum)\b[^?]*\b(?:left|went (?:in|out)|c[ao]me)\b"
)
_LAST: Final = (
    r"\blast (?:time|day)\b|\b(?:did|was|were|has|had)\b[^?]*\blast\b|\blast (?:go|went|was|above|below|over|under)\b"
)


def passing(asked: Asked) -> Plan | None:
    """The first day (the last, where that is said) on which what stands came to lie beyond the sum; else None."""
    if not (asked.has(_WHEN) and asked.has(_STOOD)) or asked.has(_MOVED) or asked.key is not None:
        return None
    bounds = asked.said.bounds
    if not bounds.spans or any(each.of_kind("currency") for each in asked.said.phrases if _is_held(asked)):
        return None
    if (bounds.minimum is None) == (bounds.maximum is None) and not bounds.reached:
        return None
    worth = (asked.said.by_rules or asked.intent).measure is Measure.NET_WORTH
    accounts = () if worth else _own(asked)
    roots = {asked.names.by_name[name].root for name in accounts}
    if not worth and len(roots) != 1:
        return None
    bound = bounds.maximum if bounds.minimum is None else bounds.minimum
    up = bounds.minimum is not None and not (bounds.reached and asked.has(_DOWN))
    owed = roots == {Root.LIABILITIES}
    least = up != owed  # what is owed stands below zero: more of it is less
    bound = -bound if owed and bound else bound
    operating = asked.names.index.ledger.operating_currencies
    return Plan(
        Measure.NET_WORTH if worth else Measure.BALANCE,
        Filters(
            accounts=accounts,
            minimum=bound if least else None,
            maximum=None if least else bound,
            inclusive=bounds.inclusive,
        ),
        happened(asked),
        group_by=(Grouping.DAY,),
        order=Order("key", descending=asked.has(_LAST)),
        limit=1,
        valuation=Valuation.MARKET if worth else Valuation.UNITS,
        convert_to=operating[0] if worth and operating else None,
        key=PASSED,
        reading=("valued at market prices",) if worth else (),
    )


def _is_held(asked: Asked) -> bool:
    """Whether what is named is a security, of whose price other makers know."""
    known = asked.names.commodities
    return any(known[code].held_at_cost for code in (*asked.scope.currencies, *asked.scope.filters.currencies))


def _own(asked: Asked) -> tuple[str, ...]:
    """The accounts named that hold or owe something, each name read so wherever it can be; none if a name is left."""
    names: list[str] = []
    for phrase in asked.said.phrases:
        options = [each.values for each in phrase.options if each.kind == "account"]
        kept = next((kept for each in options if (kept := of_roots(asked.names, each, _STANDING))), ())
        if not kept and phrase.of_kind("currency") is None:
            return ()
        names += kept
    return tuple(dict.fromkeys(names))


_STANDING: Final = (Root.ASSETS, Root.LIABILITIES)
