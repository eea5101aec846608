"""Plans for what a unit of money or of a security is quoted at, where few words or none say "price".

As in "the dollar in francs at the end of last year", "the latest euro rate, and from when", "the cheapest the pound
has ever been"; and for what is held of one money, counted in another at the rates on file ("the leftover euros back
into pounds").  The names of commodities are masked first, so that the words around them alone decide.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, one_period
from ledgerqa.dialog.plans.conversion import moved_in
from ledgerqa.dialog.plans.wealth.securities import commodities_named, words_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Order, Period, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

ONE_DAY: Final = dt.timedelta(days=1)
_ONE: Final = "¤"  # stands for the name of a commodity in the masked text
_THE: Final = r"(?:(?:the|a|an|one|1|my|our) )?"
_RATE: Final = r"(?:exchange )?(?:rate|price|quote|quotation|nav|net asset value|value per (?:unit|share))"
_NEWEST: Final = (
    r"(?:latest|last|newest|most recent|current|today'?s)\b"
    r"|\b(?:written down|on file|recorded|noted|on record|in (?:the|my|our|this) (?:books?|ledger|file)|right now|now)"
)
_LOW: Final = r"(?:cheapest|lowest|weakest|least(?: expensive)?|worst)"
_HIGH: Final = r"(?:dearest|highest|strongest|most expensive|priciest|best|most)"
_EVER: Final = (
    r"(?:(?:has|have|had|was|were|is|ever|it) )*"
    r"(?:ever|been|was|were|got|gotten|gone|went|stood|reached|traded|cost|become)\b"
)
_STANDS: Final = compiled(
    rf"\b(?:what(?:'?s| is| was| were| are)?|how(?:'?s| is| was)?|where(?:'?s| is| was)?) {_THE}{_ONE}"
    rf" (?:(?:is|was|stood|stand|standing|trading|quoted|currently) )*(?:at|doing|standing|trading)\b"
    rf"|\b(?:what|how much)(?:'?s| is| was| were)? (?:a|an|one|1) {_ONE} worth\b"
    rf"|\bwhat (?:does|did|do|would) {_THE}{_ONE} (?:cost|fetch|trade at|stand at|buy|get)\b"
    rf"|\bhow many {_ONE} (?:to|for|per|is|in|was|were)(?: there)? {_THE}{_ONE}"
    rf"|\bhow many {_ONE} (?:would|did|do|does|could|can) (?:\w+ )?(?:have )?(?:got|get|need(?:ed)?|fetch(?:ed)?|buy)"
    rf"(?: (?:you|me|us|in return))?(?: (?:for|per|to))? (?:a|an|one|1) {_ONE}"
    rf"|\bhow much (?:is|was|does|did) (?:a|an|one|1) {_ONE}"
    rf"|\bhow (?:many|much) {_ONE} (?:is|are|was|were|to|for|in|makes?) (?:a|an|one|\d[\d,.]*) {_ONE}"
)
# "How's the world fund doing": of what is held what it is worth and has gained, not what one unit of it costs.
_FARING: Final = compiled(rf"\bhow(?:'?s| is| are)? {_THE}{_ONE} (?:doing|faring|getting on)\b")
_PAIR: Final = rf"(?:of |for |from |between )?{_THE}{_ONE} (?:to|into|in|and|against|vs\.?|versus|per) {_THE}{_ONE}"
_NAMED_RATE: Final = compiled(
    rf"{_ONE}(?: \w+)? {_RATE}s?\b|\b{_RATE} (?:(?:i|we) have )?(?:of|for|on|per) {_THE}{_ONE}|\b{_RATE} {_PAIR}"
)
_RATE_OF_PAIR: Final = compiled(rf"\b(?:exchange )?rate {_PAIR}")
_PLAIN_PAIR: Final = compiled(
    rf"(?:(?:what(?:'?s| is| was)?|how much (?:is|was)|and|give me|show me) )?{_THE}{_ONE}"
    rf" (?:(?:in|to|against|vs\.?|versus) {_THE}{_ONE}|(?:exchange )?rate)"
    r"(?: (?:right now|now|today|currently|these days))?"
)
# "100 pounds in euros": what one is worth is told, and what so many are can be worked out from it.
_SO_MANY: Final = compiled(
    r"(?:(?:what(?:'?s| is| are| would)?|how much (?:is|are|would)|and|convert|what about|so) )*\d[\d.,]*k? ?"
    rf"{_ONE} (?:(?:be|worth|come to) )*(?:in|to|into|as) {_THE}{_ONE}"
)
_EXTREMES: Final = compiled(
    rf"\b(?P<low>{_LOW}|{_HIGH}) (?:that )?{_THE}{_ONE} {_EVER}"
    rf"|\bhow (?P<how>high|low|cheap|dear|expensive|strong|weak) (?:did|has|was|had|is) {_THE}{_ONE}"
    rf"|\b(?:all[- ]time|record|ever) (?P<top>lows?|highs?|peak|bottom) (?:(?:of|for|in|price) )*{_THE}{_ONE}"
    rf"|{_ONE}(?: {_RATE})?,? (?:the |at )?(?:its )?(?P<ever>{_LOW}|{_HIGH})(?: that)?(?: point)?"
    rf" (?:(?:it|they)(?:'?s|'ve| is)? ?{_EVER}"
    r"|(?:we|i)(?:'?ve| have)?(?: ever)? (?:noted|recorded|booked|saw|seen|had)\b)"
    rf"|{_ONE}(?:'?s)?(?: {_RATE})?(?:'?s)? (?:all[- ]time|record) (?P<peak>low|high|peak|bottom)\b"
    rf"|\b(?P<its>{_LOW}|{_HIGH}) {_RATE} (?:(?:of|for|that) )?{_THE}{_ONE}|\b(?P<own>{_LOW}|{_HIGH}) {_ONE} {_RATE}"
)
_COURSE: Final = compiled(
    rf"\bhow (?:has|have|did|does|is) {_THE}{_ONE}(?: been)? (?:mov(?:e|ed|ing)|do|done|doing|gone|going|go"
    r"|develop(?:ed|ing)?|chang(?:e|ed|ing)|fared?|faring)\b"
)
_EVERY: Final = compiled(
    rf"\b(?:every|each|all|any)(?: (?:single|of|the|our|my|recorded|noted))*(?: {_ONE})? {_RATE}s?\b"
    rf"|\blist(?: me)?(?: all)?(?: the| our| my)?(?: {_ONE})? {_RATE}s\b|\b{_RATE}s\b.*\ball of them\b"
)
_DOWN: Final = compiled(rf"{_LOW}|lows?|cheap|weak|bottom")
_NOT_QUOTED: Final = (
    r"\b(?:pa(?:y|id|ying)|spen[dt]|bought|buy|buying|sold|sell|selling|purchas\w*|average|avg|mean|interest rate"
    r"|savings? rate|tax rate|invoiced?|earn\w*|dividends?|fees?|cost (?:me|us)|per (?:share|unit))\b"
)
_TURNED: Final = r"\b(?:chang|turn|convert|exchang(?!e rate)|swap|translat|switch)\w*"
_CONVERTED: Final = compiled(
    rf"{_TURNED}\b.*{_ONE}.* (?:back )?(?:in|into|to) {_THE}{_ONE}"
    rf"|{_TURNED}\b.*{_ONE}.*\bhow many {_ONE}"
    rf"|\b(?:left ?over|remaining|spare|unspent) {_ONE}(?: \w+)?,? (?:(?:back|chang\w+|convert\w+|turn\w+) )*"
    rf"(?:in|into|to) {_THE}{_ONE}"
    rf"|\bhow many {_ONE} (?:is|are|would|do|does|makes?) (?!(?:a|an|one|1|there)\b)"
    rf"(?:the|my|our|all|that|those)\b.*{_ONE}"
    rf"|\b(?:total|sum|all)(?: of)?(?: (?:my|our|the|that))* {_ONE}(?: (?!spen|pa[iy]|earn|rec|c[oa]m|in\b)\w+)?,?"
    rf" (?:in|into|to) {_THE}{_ONE}|\bhow (?:many|much) {_ONE} (?:do|did|have) (?:i|we) .*\b(?:in|into) {_THE}{_ONE}"
    rf"|{_ONE}(?: that)? (?:i|we) (?:still )?(?:have|hold|own|keep|got)\b.* (?:in|into|to) {_THE}{_ONE}"
)


@dataclass(frozen=True)
class _Named:
    """Commodities that some words name, where these words stand, and whether they say into what it is counted."""

    codes: tuple[str, ...]
    start: int
    end: int
    target: bool = False


def quoted(asked: Asked) -> Plan | None:
    """The price or rate of what is named, or what is held of it in another money; None where neither is asked for."""
    named = _named(asked)
    if not named or asked.said.bounds.spans:
        return None
    text = _masked(asked, named)
    if plan := _held_in_another(asked, named, text):
        return plan
    known = asked.names.commodities
    if asked.has(_NOT_QUOTED) or (_FARING.search(text) and known[named[0].codes[0]].held_at_cost):
        return None
    course = _COURSE.search(text) and not set(commodities_named(asked)) & set(named[0].codes)
    noted = _EVERY.search(text) and _NAMED_RATE.search(text)
    if (course or noted) and one_period(asked).start:
        priced = _price(asked, named, reversed_=False, extreme=None)
        return priced and replace(priced, period=one_period(asked), order=Order("date"))
    if asked.intent.group_by or asked.intent.compare:
        return None
    bare = _without_periods(asked, named)
    extreme = _EXTREMES.search(text)
    dated = re.search(rf"\b(?:{_NEWEST})", text) or asked.said.periods
    rate = (_NAMED_RATE.search(text) and dated) or _RATE_OF_PAIR.search(text)
    several = _SO_MANY.fullmatch(bare)
    if not (extreme or rate or several or _STANDS.search(text) or _PLAIN_PAIR.fullmatch(bare)):
        return None
    return _price(asked, named, reversed_=bool(re.search(rf"\bhow many {_ONE}", text)), extreme=extreme)


def _named(asked: Asked) -> list[_Named]:
    """The commodities named, in their order: money, and what is held at cost; those alone that have rates."""
    found: list[_Named] = []
    folded = asked.said.folded
    for phrase in asked.said.phrases:
        option = phrase.of_kind("currency")
        place = folded.find(fold(phrase.words))
        if option is None or option.score <= 0.8 or place < 0:
            continue
        target = bool(re.search(r"\b(?:in|into|to|against|versus|vs\.?|per)(?: the| a)? $", phrase.lead))
        found.append(_Named(_alternatives(asked, phrase, option.values), place, place + len(phrase.words), target))
    held = commodities_named(asked)
    if held and not any(set(held) & set(each.codes) for each in found):
        spans = words_of(asked, held)
        if spans:
            found.insert(0, _Named(held, spans[0], spans[1]))
    known = asked.names.commodities
    rated = [each for each in found if any(known[code].priced or _quotes(asked, code) for code in each.codes)]
    return sorted(rated, key=lambda each: each.start)


def _alternatives(asked: Asked, phrase: Phrase, codes: tuple[str, ...]) -> tuple[str, ...]:
    """All monies in use that people call so: "dollar" is any of them, whichever the ledger runs on."""
    meant = [code for code in lexicon().currencies.get(stems(phrase.words), ()) if code in asked.names.commodities]
    return tuple(meant) if set(codes) <= set(meant) else codes


def _quotes(asked: Asked, code: str) -> bool:
    return bool(asked.names.index.query("SELECT 1 FROM prices WHERE quote = ? LIMIT 1", [code]))


def _masked(asked: Asked, named: list[_Named]) -> str:
    text = asked.said.folded
    for each in sorted(named, key=lambda one: -one.start):
        text = text[: each.start] + _ONE + text[each.end :]
    return re.sub(r"\s+", " ", text)


def _without_periods(asked: Asked, named: list[_Named]) -> str:
    """The masked text without the words that say when."""
    text = _masked(asked, named)
    for each in asked.said.periods:
        text = text.replace(fold(each.text), " ")
    return re.sub(r"\s+", " ", text).strip(" ?.!,")


def _price(asked: Asked, named: list[_Named], *, reversed_: bool, extreme: re.Match[str] | None) -> Plan | None:
    base, quote = _sides(named, reversed_=reversed_)
    codes = _rated_in(asked, base.codes, quote.codes[0] if quote else None)
    if not codes or (quote and quote.codes[0] in codes):
        return None
    period, order, limit = as_of(asked), None, None
    if extreme:
        down = bool(_DOWN.fullmatch(next(word for word in extreme.groups() if word)))
        period, order, limit = one_period(asked), Order("amount", descending=not down), 1
        codes = codes[:1]
    elif period.start is not None and period.end is not None and period.end - period.start > ONE_DAY:
        period = Period(None, period.end, f"at the end of {period.label.removeprefix('in ').removeprefix('on ')}")
    several = len(codes) > 1
    note = (f"{asked.said.folded[base.start : base.end]} = {', '.join(codes)}",) if several else ()
    return Plan(
        Measure.PRICE,
        Filters(currencies=codes if several else ()),
        period,
        order=order,
        limit=limit,
        commodity=None if several else codes[0],
        quote=quote.codes[0] if quote else None,
        reading=note,
    )


def _sides(named: list[_Named], *, reversed_: bool) -> tuple[_Named, _Named | None]:
    """What is quoted, and in what."""
    if len(named) == 1:
        return named[0], None
    one, two = named[:2]
    if reversed_ or (one.target and not two.target):
        return two, one
    return one, two


def _rated_in(asked: Asked, codes: tuple[str, ...], quote: str | None) -> tuple[str, ...]:
    """Those of the commodities for which rates are on file (in that money)."""
    if quote is None:
        known = asked.names.commodities
        return tuple(code for code in codes if known[code].priced) or tuple(c for c in codes if _quotes(asked, c))
    rows = asked.names.index.query(
        "SELECT DISTINCT base FROM rates WHERE quote = ? AND base IN (SELECT unnest(?))", [quote, list(codes)]
    )
    rated = {row[0] for row in rows}
    return tuple(code for code in codes if code in rated)


def _held_in_another(asked: Asked, named: list[_Named], text: str) -> Plan | None:
    """As in "the leftover euros back into pounds": the balance of the one money, at the rates of the other."""
    if len(named) < 2 or not _CONVERTED.search(text) or asked.has(r"\b(?:owe[ds]?|debts?|liabilit\w+|net worth)\b"):
        return None
    own = re.search(
        rf"\bhow (?:many|much) {_ONE} (?:do|did|have) (?:i|we) (?!get\b|need\b).*\b(?:in|into) {_THE}{_ONE}", text
    )
    many = not own and re.search(
        rf"^(?!.*\b(?:chang|turn|convert|exchang|swap)\w*\b.*\bhow many).*\bhow many {_ONE}", text
    )
    from_, into = (named[1], named[0]) if many else (named[0], named[-1])
    if from_ is into or asked.names.commodities[from_.codes[0]].held_at_cost:
        return None
    accounts = tuple(
        name
        for name in of_roots(asked.names, asked.scope.filters.accounts, (Root.ASSETS,))
        if moved_in(Filters(accounts=(name,)), from_.codes[0], asked)
    )
    filters = Filters(accounts=accounts, roots=() if accounts else (Root.ASSETS,), currencies=from_.codes[:1])
    plan = Plan(Measure.BALANCE, filters, as_of(asked), convert_to=into.codes[0])
    return replace(plan, reading=(f"what is held in {from_.codes[0]}",))
