"""What was gained in all: by selling, and by what is still held ("realised and unrealised", "made on X altogether")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import as_of, one_period
from ledgerqa.dialog.plans.wealth.securities import all_at_cost, commodities_named, noting, of_them
from ledgerqa.plan_keys import IN_ALL
from ledgerqa.records import Grouping, Measure, Plan, Refusal

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_SOLD: Final = r"\breali[sz]ed\b|\b(?:sold|sales|selling)\b"
_HELD: Final = (
    r"\bunreali[sz]ed\b|\bon paper\b|\bpaper (?:gains?|profits?|loss(?:es)?)\b|\bstill (?:held|hold|have|own)\b"
    r"|(?:\band|\bor|\+|&|/|\bplus) (?:held|holding|kept|unsold)\b"
)
_GAINED: Final = (
    r"\b(?:gain(?:ed|s)?|profits?|loss(?:es)?|lost|made|make|p ?& ?l|pnl|up|down|returned)\b"
    r"|\breturns? (?:on|of|from)\b"
    r"|\b(?:total|overall|whole) returns?\b"
)
_IN_ALL: Final = (
    r"\b(?:in (?:all|total)|overall|altogether|all told|all in all|together|so far|over the years"
    r"|since (?:i|we) (?:first )?bought|total (?:gains?|profits?|loss(?:es)?|returns?|p ?& ?l|pnl)|whole returns?)\b"
)
_BY_PRICE: Final = r"\b(?:gains?|gained|profits?|loss(?:es)?|returns?|p ?& ?l|pnl|incl\w*|with)\b"
_PAID_OUT: Final = r"\b(?:dividends?|distributions?|payouts?|coupons?|interest)\b"


def both_gains(asked: Asked) -> Plan | None:
    """The holdings told with what sales gained; where a sale bears no price, a note says that these are not counted."""
    both = asked.has(_SOLD) and asked.has(_HELD)
    one_kind = not both and (asked.has(_SOLD) or asked.has(_HELD))
    if asked.has(_PAID_OUT) and not asked.has(_BY_PRICE):
        return None
    if not asked.has(_GAINED) or one_kind or one_period(asked).start or asked.intent.group_by:
        return None
    named = commodities_named(asked)
    if not both and not (named and asked.has(_IN_ALL)):
        return None
    codes = named or all_at_cost(asked)
    if not codes:
        return None
    priced = _sales_are_priced(asked, codes)
    notes = () if priced else ("the gain of what is still held",)
    if priced is False:
        notes = (*notes, "what sales gained is left out: not all of them are booked with a price")
    if asked.has(_PAID_OUT) or asked.has(r"\btotal return\b"):
        notes = (*notes, "what was paid out, such as dividends, is not counted in")
    return Plan(
        Measure.HOLDINGS,
        of_them(asked, codes),
        as_of(asked),
        group_by=(Grouping.CURRENCY,),
        key=IN_ALL if priced else None,
        reading=(*noting(asked, codes), *notes),
    )


def _sales_are_priced(asked: Asked, codes: tuple[str, ...]) -> bool | None:
    """Whether each sale bears a price in the money of its cost; None where nothing was sold."""
    rows = asked.names.index.query(
        "SELECT count(*), count(*) FILTER (price_currency = cost_currency) FROM postings p WHERE root = 'assets'"
        " AND number < 0 AND cost_currency IS NOT NULL AND currency IN (SELECT unnest(?)) AND (entry_id, currency)"
        " NOT IN (SELECT entry_id, currency FROM postings WHERE root = 'assets' GROUP BY ALL"
        " HAVING min(number) < 0 AND max(number) > 0)",
        [list(codes)],
    )
    sold, priced = rows[0]
    return sold == priced if sold else None


_YIELD: Final = r"\b(?:(?:dividend|distribution|running|current) yields?|yields? (?:on|of|for|from|i|we)|yields?\W*$)"


def no_yield(asked: Asked) -> Refusal | None:
    """As in "the dividend yield of X": what was paid out, and what is held, are told each by itself."""
    codes = commodities_named(asked) if asked.has(_YIELD) and asked.key is None else ()
    if not codes:
        return None
    offered = (f"How much did I receive in dividends from {codes[0]}?", f"What is my {codes[0]} worth?")
    return Refusal("No yield is worked out: what was paid out, and what is held, can each be told.", offered)
