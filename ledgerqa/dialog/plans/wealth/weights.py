"""Plans for how large a part of what is held something is: "what percent of my portfolio is in bitcoin"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, spoken_currency
from ledgerqa.dialog.plans.wealth.kinds import called_so
from ledgerqa.dialog.plans.wealth.securities import all_at_cost, commodities_named
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import Filters, Measure, Period, Plan, Root, Valuation, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_SHARE: Final = (
    r"(?:\b(?:what|which|how (?:big|large|much))\b[\w ]{0,12} ?(?:\b(?:share|part|portion|per ?cent(?:age)?|proportion"
    r"|fraction|slice|chunk|weight)|%)(?!\w)|\bhow much of\b"
    r"|\b(?:share|per ?cent(?:age)?|proportion|weight(?:ing)?) of (?:[\w-]+ ){1,4}(?:in|of) (?:my|our|the)\b)"
)
_WHOLE: Final = compiled(
    rf"\b(?:of|in|out of|from) (?:all )?(?:my |our |the |total |whole |entire |overall )*"
    rf"(?P<whole>(?P<worth>net worth|wealth|assets|money)|portfolio|{POSITION})\b"
)
_DAY: Final = dt.timedelta(days=1)
_FLOWS: Final = (
    r"\b(?:dividends?|interest|fees?|spen[dt]\w*|income|earn\w*|tax(?:es)?|bought|sold|gains?|rent|salary)\b"
)


def weight(asked: Asked) -> Plan | None:
    """The value of what is named beside that of the whole which it lies in; None where none of it is asked for."""
    found = _WHOLE.search(asked.said.folded)
    if found is None or not asked.has(_SHARE) or asked.has(_FLOWS) or asked.key is not None:
        return None
    around = _whole(asked, found)
    inside = _part(asked, found)
    if inside is None or around is None or inside == around or not all_at_cost(asked):
        return None
    home = spoken_currency(asked) or next(iter(asked.names.index.ledger.operating_currencies), None)
    words, day = " and ".join(inside.currencies or inside.accounts), as_of(asked)
    return Plan(
        Measure.SUM,
        Filters(),
        Period(end=day.end, label=day.label),
        compare=(Variant(words, inside, Period()), Variant(found["whole"], around, Period())),
        valuation=Valuation.MARKET,
        at=day.end - _DAY if day.end else None,
        convert_to=home,
        key=RATIO,
        reading=("valued at market prices",),
    )


def _whole(asked: Asked, found: re.Match[str]) -> Filters | None:
    if found["worth"]:
        worth = found["worth"] == "net worth"
        return Filters(roots=(Root.ASSETS, Root.LIABILITIES) if worth else (Root.ASSETS,))
    codes = called_so(asked, found["whole"]) or all_at_cost(asked)
    return Filters(roots=(Root.ASSETS,), currencies=codes)


def _part(asked: Asked, found: re.Match[str]) -> Filters | None:
    """The securities named beside the whole, those of a kind, or the accounts that lie in it."""
    rest = f"{asked.said.folded[: found.start()]} {asked.said.folded[found.end() :]}"
    written = [code for code in all_at_cost(asked) if re.search(rf"\b{re.escape(fold(code))}\b", rest)]
    codes = tuple(written) or called_so(asked, rest)
    beside = tuple(each for each in asked.said.phrases if fold(each.words) in rest)
    codes = codes or commodities_named(replace(asked, said=replace(asked.said, text=rest, phrases=beside)))
    options = (option for each in beside if (option := each.of_kind("currency")))
    codes = codes or tuple(code for each in options for code in each.values[:1] if code in all_at_cost(asked))
    if codes:
        return Filters(roots=(Root.ASSETS,), currencies=codes)
    for phrase in beside:
        for option in phrase.options:
            own = of_roots(asked.names, option.values, (Root.ASSETS,)) if option.kind == "account" else ()
            if own and found["worth"]:
                return Filters(accounts=own)
    return None
