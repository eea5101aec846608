"""The first of each: "the biggest bill of each month", "top 3 payees by quarter", "the dearest shop in every category".

So many rows are kept of each, and not of all together; what is to be counted as one is what the superlative is said of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Order

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent

_TIME: Final = r"year|quarter|month|week"
_ACCOUNT: Final = (
    r"(?:(?:expense|spending|income|cost) )?(?:categor(?:y|ie)|account|heading|kind|type|area)(?: of \w+)?"
)
_PAYEE: Final = (
    r"payee|shop|store|merchant|vendor|supplier|retailer|place|restaurant|compan(?:y|ie)|client|customer|employer|donor"
    r"|funder|sponsor|backer|tenant|recipient|payer"
)
_EACH: Final = compiled(
    rf"\b(?:(?:each|every|per)(?: single| calendar| one of the)? "
    rf"(?:(?P<time>{_TIME})|(?P<account>{_ACCOUNT})|(?P<payee>{_PAYEE}))"
    rf"|by (?P<by>{_TIME}))s?\b"
)
_MOST: Final = (
    r"(?P<most>top|biggest|largest|highest|greatest|heaviest|dearest|costliest|priciest|main|most expensive)"
    r"|(?P<least>smallest|lowest|cheapest|tiniest|least expensive)|(?P<newest>last|latest|newest|most recent)"
    r"|(?P<oldest>first|earliest|oldest)|best|worst"
)
_OF_WHAT: Final = compiled(
    rf"\b(?:{_MOST})(?: single| individual)?(?: (?:\d+|<number>|two|three|four|five|six|ten))?"
    r"(?P<words>(?: (?!(?:each|every|per|in|of|for|on|during|from|by|at|with|to|we|i|that|was|were|is|are|did|and)\b)"
    r"[\w<>'’-]+){1,4})"
)
_OF_A_TIME: Final = compiled(rf"(?:{_TIME}|day|weekday|season)s?")
_OF_ACCOUNTS: Final = compiled(rf"(?:.* )?(?:{_ACCOUNT})s?")
_OF_PAYEES: Final = compiled(rf"(?:.* )?(?:{_PAYEE}|earner)s?")
_PART_OF_TIME: Final = compiled(r"(?:.* )?(?:half|days?|weeks?|weekends?|nights?|mornings?|thirds?|part)")
# What has one figure in each time: its highest is a time.
_TOGETHER: Final = compiled(
    r"(?:.* )?(?:spend(?:ing)?|expenditure|total|sum|amount|balance|income|revenue|turnover|costs?|outlay|figure"
    r"|savings?|surplus|deficit|profit|loss|value|price|rate|earnings?|pay|sales|takings|average|worth|level|point|usage|use)"
)
_WHICH_TIME: Final = compiled(r"\b(?:which|what) (month|quarter)\b")
_ADDED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.LIST, Measure.NET_INCOME, None})


def of_each(intent: Intent, text: str) -> Intent:
    """The intent with the grouping of which each has rows of its own, where the folded question names one."""
    found = _EACH.search(text)
    if found is None or intent.measure not in _ADDED or not (intent.single or intent.limit or _dated(text)):
        return intent
    outer = _outer(found["time"] or found["by"], account=bool(found["account"]))
    inner, order = _inner(text, outer, intent)
    if inner is None:
        return intent
    if not isinstance(inner, Grouping):
        return replace(intent, measure=inner, group_by=(), order=order, of_each=outer, guessed=False)
    rows = (inner,) if {inner, outer} <= TIME_GROUPINGS else (outer, inner)
    measure = Measure.SUM if intent.measure is Measure.LIST else intent.measure
    return replace(intent, measure=measure, group_by=rows, order=order, of_each=outer)


def _dated(text: str) -> bool:
    return any(found["newest"] or found["oldest"] for found in _OF_WHAT.finditer(text))


def _outer(time: str | None, *, account: bool) -> Grouping:
    if time:
        return Grouping(time)
    return Grouping.ACCOUNT if account else Grouping.PAYEE


def _inner(text: str, outer: Grouping, intent: Intent) -> tuple[Grouping | Measure | None, Order]:
    """What is one row: what the superlative is said of, else what the question is grouped by beside; and the order."""
    order = intent.order or Order("amount", descending=True)
    beside = [each for each in intent.group_by if each is not outer and each not in TIME_GROUPINGS]
    if outer is Grouping.YEAR and (time := _WHICH_TIME.search(text)):
        return Grouping(time.group(1)), order
    for found in _OF_WHAT.finditer(text):
        words, dated = found["words"].strip(), bool(found["newest"] or found["oldest"])
        if dated:
            order = Order("date", descending=bool(found["newest"]))
        elif found["most"] or found["least"]:
            order = Order("amount", descending=bool(found["most"]))
        if dated and (_PART_OF_TIME.fullmatch(words) or _OF_A_TIME.fullmatch(words)):
            continue
        if _OF_A_TIME.fullmatch(words):
            finer = Grouping(words.removesuffix("s")) if words.removesuffix("s") in {"month", "quarter"} else None
            return (finer if outer is Grouping.YEAR else None), order
        kind = None if dated else _kind(words)
        if kind is not None and kind is not outer:
            return kind, order
        if kind is None and not _TOGETHER.fullmatch(words):
            return Measure.LIST, order
        break
    return (beside[0] if len(beside) == 1 else None), order


def _kind(words: str) -> Grouping | None:
    if _OF_ACCOUNTS.fullmatch(words):
        return Grouping.ACCOUNT
    return Grouping.PAYEE if _OF_PAYEES.fullmatch(words) else None
