"""Plans for what was got when money was changed into another currency, as the books have it.

As in "what rate did I get when I changed dollars in August", "how many yen did I get for my pounds", "when did I last
buy baht".  What a currency stands at on some day is told by its price; this is what was really paid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import stems
from ledgerqa.dialog.plans.asked import one_period
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Order, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Mention

_ONE: Final = "¤"  # stands for the name of a currency
_WE: Final = r"(?:i|we|he|she|they)(?:'ve|'d| have| had| did)?(?: (?:last|first|ever|just|actually|all|really))?"
_TURNED: Final = r"(?:chang|exchang|convert|swap|swop|turn|switch)(?:e|ed|p?ed|p?ing|ing)?"
_THE: Final = r"(?:(?:my|our|the|those|some|any|these|all|that|of|much|many|\d[\d,.]*k?) )*"
_MONEY: Final = rf"(?:{_ONE}|money|cash|currency|currencies)"
_CHANGED: Final = compiled(
    rf"\b(?:{_WE}|did (?:i|we)(?: last| first| ever)?) {_TURNED} {_THE}{_MONEY}"
    rf"|\b(?:how (?:much|many) {_THE}{_MONEY}|{_ONE}) (?:(?:did|have|has|had) )?{_WE} {_TURNED}\b"
    rf"|\b{_ONE} {_WE} {_TURNED} (?:in|to)\b"
    rf"|\bfrom {_TURNED} {_THE}{_MONEY}"
    r"|^(?:list|show|tell|what|which|how many|did|were)\b.*"
    r"\b(?:(?:currency|money|my|our|all|the) (?:exchanges|conversions|swaps)"
    rf"|(?:exchanges|conversions) (?:of|from|to|into) {_THE}{_ONE})\b"
)
_GOT: Final = compiled(
    rf"\brates? (?:did|have|had) {_WE} (?:\w+ )?(?:get|got|gotten|receive|pay|paid|given?|have)\b"
    rf"|\brates? {_WE} (?:got|gotten|received|paid)\b"
    rf"|\bhow (?:much|many)(?: {_ONE})? (?:did|have|had) {_WE} (?:get|got|gotten|receive|received)"
    rf" (?:for|from|out of) {_THE}{_ONE}"
    rf"|\b(?:did|have|had) {_WE} (?:get|got|receive|pay|paid) (?:for|out of) {_THE}{_ONE}"
    rf"|\b(?:what|how much) (?:did|have|has) {_THE}{_ONE} cost\b(?! (?:of|per)\b)"
    rf"|\b(?:buy|bought|sell|sold) {_THE}{_ONE}|{_ONE} (?:did|have|had) {_WE} (?:buy|bought|sell|sold)\b"
)
_NO_EXCHANGE: Final = (
    r"\b(?:fees?|charges?|charged|commissions?|interest|would|could|should|worth|gains?|loss(?:es)?)\b"
)
_LAST: Final = compiled(
    r"\b(?:last|latest|most recent|newest)\b(?! (?:year|month|week|quarter|spring|summer|autumn|fall|winter)\b)"
)
_INTO: Final = compiled(r"\b(?:in|into|to|buy|bought|buying|pa(?:y|id) for)(?: (?:my|our|the|some|any|of))* $")
_OUT_OF: Final = compiled(
    r"\b(?:for|from|out of|sell|sold|selling|chang\w+|exchang\w+|convert\w*|swap\w*|swop\w*|turn\w*|switch\w*)"
    r"(?: (?:my|our|the|some|any|of|those|\d[\d,.]*))* $"
)


@dataclass(frozen=True)
class _Named:
    """A currency in the question, and the words before it."""

    code: str
    lead: str


def exchanged(asked: Asked) -> Plan | None:
    """The exchanges that are asked for, with what was got and given and the rate; None where none is asked for."""
    known = _known(asked)
    named, text = _masked(asked.said.folded, frozenset(code for pair in known for code in pair))
    if not known or asked.key is not None or asked.has(_NO_EXCHANGE) or any(not each.code for each in named):
        return None
    if not (_CHANGED.search(text) or _GOT.search(text)):
        return None
    into = next((each.code for each in named if _INTO.search(each.lead)), None)
    out_of = next((each.code for each in named if each.code != into and _OUT_OF.search(each.lead)), None)
    rest = [each.code for each in named if each.code not in {into, out_of}]
    if into is None and out_of is not None and rest:
        into = rest[0]  # "how many yen did I get for my pounds"
    elif out_of is None and rest:
        out_of = rest[0]  # "how many euros did we change into pounds"
    either = None in {into, out_of} or f"{_ONE} cost" in text  # "what did the kroner cost me in pounds"
    if either and not any(_fits(into, got) and _fits(out_of, given) for got, given in known):
        into, out_of = out_of, into  # "the rate for our pounds", which were bought
    filters = Filters(mentions=asked.scope.filters.mentions, tags=asked.scope.filters.tags)
    if filters.mentions and not _changes_money(filters.mentions, asked):
        return None
    last = bool(_LAST.search(asked.said.folded))
    return Plan(
        Measure.LIST,
        filters,
        one_period(asked),
        order=Order("date", descending=True) if last else None,
        limit=1 if last else None,
        commodity=into,
        quote=out_of,
        pick="exchanged",
    )


def _known(asked: Asked) -> frozenset[tuple[str, str]]:
    """The pairs of monies of which the first was got for the second."""
    return asked.names.once("exchanged", lambda: _pairs(asked))


def _pairs(asked: Asked) -> frozenset[tuple[str, str]]:
    money = set(asked.names.money())
    rows = asked.names.index.query(
        "SELECT DISTINCT if(number > 0, currency, price_currency), if(number > 0, price_currency, currency)"
        " FROM postings WHERE root IN ('assets', 'liabilities') AND price_currency <> currency"
        " AND cost_currency IS NULL"
    )
    return frozenset((got, given) for got, given in rows if money.issuperset((got, given)))


def _fits(wanted: str | None, code: str) -> bool:
    return wanted in {None, code}


def _changes_money(mentions: Sequence[Mention], asked: Asked) -> bool:
    """Whether money was changed there: "the rate at Swiftkobo", and no rate of the gym."""
    payees = [name for each in mentions for name in each.payees]
    return bool(
        asked.names.index.query(
            "SELECT 1 FROM postings WHERE root IN ('assets', 'liabilities') AND price_currency <> currency"
            " AND cost_currency IS NULL AND payee IN (SELECT unnest(?)) LIMIT 1",
            [payees],
        )
    )


def _masked(folded: str, known: frozenset[str]) -> tuple[list[_Named], str]:
    """The currencies said, one that was never changed without its code; and the text with a sign for each."""
    named: list[_Named] = []

    def sign(match: re.Match[str]) -> str:
        word = match.group()
        called = lexicon().currencies.get(stems(word), ())
        codes = [word.upper()] if word.upper() in known else called
        if not codes:
            return word
        named.append(_Named(next((code for code in codes if code in known), ""), folded[: match.start()]))
        return _ONE

    return named, re.sub(r"[a-z]+", sign, folded)
