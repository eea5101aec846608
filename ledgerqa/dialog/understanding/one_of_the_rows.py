"""A row of the answer before: "the second one, when was that?" of a list, "and the second?" after the biggest.

And of a table the one that stands out: "which one was best", "the biggest of those".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Measure, Order, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"\W*(?:(?:ok|okay|right|thanks|great|and|so|but|then|now|what about|how about|show me|for)\b[,. ]*)*"
_PLACES: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}  # fmt: skip
_ASKS: Final = r"(?:what|when|where|how much|who|which shop|what day)(?:'?s| was| is)"
_NTH: Final = compiled(
    rf"{_OPENING}(?:{_ASKS} )?(?:the )?(?P<nth>{'|'.join(_PLACES)})(?: (?:one|entry|row|item))?"
    r"(?: (?:of (?:them|those|these)|on (?:the|that) list|there))?"
    rf"(?:[,:;–—-]* ?{_ASKS} (?:it|that)(?: one)?(?: for)?)?(?:,? (?:please|then|again))*\W*"
)
_MOST: Final = "biggest|largest|highest|smallest|lowest|best|worst|dearest|priciest|cheapest|top|most expensive"
_STANDS_OUT: Final = compiled(
    rf"{_OPENING}(?:(?:which|what)(?: one| of (?:them|those|these))? (?:was|is|were|are|did) |what'?s )?(?:the )?"
    rf"(?P<most>{_MOST})(?: one)?(?: of (?:them|those|these|the lot|all))?(?:,? (?:please|then))*\W*",
    re.IGNORECASE,
)


def row_before(folded: str, before: Said) -> Said | None:
    """The question before, of the one row of its answer that is pointed at; None where none is, or there is no such."""
    found = _NTH.fullmatch(folded.replace("’", "'"))
    intent = before.intent
    if found is None or intent.compare:
        return None
    place = _PLACES[found["nth"]]
    one = intent.single or intent.limit == 1
    if one and (place == 1 or intent.order is None or intent.order.by != "amount"):
        return None
    if not one and intent.limit is not None and place > intent.limit:
        return None
    if not one and intent.measure is not Measure.LIST and not _has_rows(intent):
        return None
    order = intent.order or (Order("amount", descending=True) if intent.group_by else Order("date"))
    timed = set(intent.group_by) & set(TIME_GROUPINGS)  # told in their order, unless the highest was
    if order.by == "key" or intent.group_by[1:] or (timed and not one):
        return None

    def picked(form: Intent) -> Intent:
        return replace(form, order=order, single=True, limit=None, skip=place - 1)

    return replace(
        before, intent=picked(intent), by_rules=picked(before.by_rules) if before.by_rules else None, earlier=before
    )


def _has_rows(intent: Intent) -> bool:
    return bool(intent.group_by) and intent.measure in {Measure.SUM, Measure.COUNT, None}


def standing_out(asked: str, before: Said, names: Vocabulary) -> str:
    """As in "which one was best" of what came in by quarter, "the biggest of those" of a table: of its rows."""
    found = _STANDS_OUT.fullmatch(asked)
    intent = before.intent
    if found is None or not _has_rows(intent) or intent.single or intent.limit or intent.compare:
        return asked
    most = found["most"].lower()
    if most in {"best", "top"}:
        named = [name for each in before.phrases if each.best.kind == "account" for name in each.best.values]
        earned = intent.flow == "income" or (named and set(of_roots(names, named, (Root.INCOME,))) == set(named))
        if not earned:
            return asked
        most = "highest"
    return f"which was the {most}?"
