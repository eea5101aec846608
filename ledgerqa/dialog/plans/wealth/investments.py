"""Plans for what investors ask: what was bought and sold, and at what price; what was put in; what gained most.

A commodity is named by its code, by words of its own directive ("name"), or by the payee under which it is bought
("Novartis" for NOVN); what is asked of it is read from the words alone, whoever else has an opinion of the measure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import Asked, as_of, happened, one_period, ordered, spoken_currency
from ledgerqa.dialog.plans.book.directive_plans import ONE_DAY
from ledgerqa.dialog.plans.book.directive_plans import pair as _pair
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.wealth.kinds import called_so, of_a_general_word, of_the_kinds_said
from ledgerqa.dialog.plans.wealth.quotes import quoted
from ledgerqa.dialog.plans.wealth.securities import (
    accounts_holding,
    all_at_cost,
    by_account_or_all,
    commodities_named,
    counted_like,
    noting,
    of_them,
)
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import BY_GAIN, BY_RETURN, LOTS
from ledgerqa.records import Filters, Grouping, Measure, Order, Period, Plan, Refusal, Root, Valuation

if TYPE_CHECKING:
    from typing import Literal


_SEVERAL = (
    r"\b(?:positions|holdings|investments|stocks|shares|funds|etfs|securities|bonds|coins|cryptos|performers|winners"
    r"|losers)\b"
)
BUY = r"\b(?:buy|bought|buying|buys|purchas\w+|acquir\w+|acquisitions?)\b"
SELL = (
    r"\b(?:sell|sold|selling|sells|sales?|dispos(?:ed?|als?)|g[eo]t(?:ting)? rid of|g[eo]t out of|offload(?:ed|ing)?"
    r"|part(?:ed|ing) with|let(?:ting)? go of)\b"
)
_TRADE = rf"{BUY}|{SELL}|\b(?:trades?|traded|trading)\b(?! (?:at|for|above|below|around)\b)"
_ADDED_UP = r"\bhow (?:much|many)\b|\btotal\b|\baverage\b|\bavg\b|\bmean\b|\bsum\b|\baltogether\b"
_ADDED_UP += r"|\b(?:fees?|commissions?|tax(?:es)?|gain\w*|profits?|loss(?:es)?|lost|made|make|proceeds|budget)\b"
_OTHER_MONEY = (
    r"\b(?:dividends?|interest|fees?|commissions?|tax(?:es)?|withh\w+|income|reali[sz]ed|distributions?|entries"
    r"|transactions?|postings|payments?|spen[dt]|price|rate|average|avg)\b"
)
_UNITS = r"\bhow many\b|\bhow much\b.*\b(?:do|did) (?:i|we) (?:\w+ )?(?:have|hold|own)\b|\b(?:shares?|stocks?|units?)\b"
_OWNED = (
    r"\b(?:have|hold|holding|held|own|left|still|got|remain\w*|position|worth|value|gain\w*|cost basis)\b"
    r"|\bmy\b.*\bshares\b"
)
_EARNED_ON = (
    r"\b(?:ma[dk]e|making|gain(?:ed|ing)?|lost|los(?:e|ing)|winning|profit\w*)\b[\w ]{0,24}\b(?:on|with)\b"
    r"|\b(?:up or down|ahead or behind|in profit|in the (?:black|red|money)|under ?water)\b"
    r"|\b(?:am i|are we|i'?m|we'?re) (?:\w+ )?(?:up|down|ahead|behind)\b"
    r"|\bhow(?:'?s| is| are) (?!(?:i|we|he|she|they|it)\b)[\w .&'-]{2,40}? (?:doing|faring|getting on)\b"
    r"|\b(?:rates? of )?returns? on\b|\bmaking (?:me |us )?(?:any |a )?(?:money|profit|loss)\b"
)
_AVERAGE = (
    r"\b(?:average|avg|mean)\b.*\b(?:pa(?:y|id|ying)|cost|purchase|buy(?:ing)?|bought|entry|acquisition|basis)\b"
    r"|\b(?:pa(?:y|id|ying)|cost|purchase|buy(?:ing)?|bought)\b.*\b(?:average|avg|mean)\b"
    r"|\bmy (?:average|avg|mean) (?:unit |share )?prices?\b"
    r"|\b(?:pa(?:y|id|ying)|cost|costs)\b.*\b(?:per|a|each|for each|for a|for one)\b[\w ]{0,30}"
    r"\b(?:share|unit|stock|coin)\b"
)
_ONE_PURCHASE = (  # how much is bought at a time, and not what a unit costs
    r"\bhow (?:big|large)\b|\bsize\b|\b(?:one|a|each|every|per|single) (?:[\w-]+ )?(?:purchase|buy|order)\b"
    r"|\b(?:average|avg|mean) (?:[\w-]+ )?(?:purchase|buy|order)\b(?! (?:price|cost|basis))"
)
_INVESTED = (
    r"\b(?:did|have|has|had|'?ve|do) (?:i|we)(?:'ve)? (?:\w+ )?invest(?:ed)?\b|\b(?:i|we)(?:'ve| have)? invested\b"
    r"|\b(?:amount|money|capital|sum|much|total|cash)\b[\w ]{0,20}\binvested\b"
    r"|\binvested (?:per|by|each|every|in|since|during|over|this|last)\b"
)
_STANDS_INVESTED = (
    r"\b(?:do|does) (?:i|we) (?:\w+ )?have\b|\b(?:is|are|am)\b[\w ]{0,20}\binvested\b|\bcurrently\b|\bnow\b"
)
_PUT_INTO = (
    r"\b(?:put|putting|pour\w*|stuck|s[iau]nk|plough\w*|plow\w*|pump\w*|spen[dt]|paid|pay|money went"
    r"|(?:shell(?:ed)?|fork(?:ed)?|splash(?:ed)?|lay|laid) out)\b"
)
_BEST = compiled(
    rf"\b(?:best|top|strongest)[- ](?:performing|performer|{POSITION})|\bwinners?\b"
    rf"|\b(?:best|most|strongest)\b.*\bperform\w*|\bperform\w*\b.*\bbest\b"
    r"|\b(?:done?|did|doing) (?:the |me )*best\b"
)
_WORST = compiled(
    r"\b(?:worst|poorest|weakest)\b.*\bperform\w*|\bperform\w*\b.*\bworst\b|\blosers?\b"
    r"|\b(?:done?|did|doing) (?:the |me )*(?:worst|poorest|badly)\b"
    rf"|\b(?:worst|weakest)\b[\w ]{{0,12}}\b{POSITION}\b"
)
_GAINED = compiled(
    r"\b(?:gained|made|grown|risen|appreciated|earned|profited|up|gain|profit)\b[\w ]{0,12}\b(?:the )?most\b"
    r"|\b(?:biggest|largest|highest|greatest|best|most)\b[\w ]{0,16}\b(?:gain|gains|profit|return|increase|growth)\b"
)
_LOST = compiled(
    r"\b(?:lost|fallen|dropped|declined|down)\b[\w ]{0,12}\b(?:the )?most\b"
    r"|\b(?:biggest|largest|greatest|worst)\b[\w ]{0,16}\b(?:loss|losses|drop|decline)\b"
    r"|\b(?:gained|made|grown)\b[\w ]{0,12}\b(?:the )?least\b"
)
_IN_PER_CENT = r"\b(?:per ?cent(?:age)?s?(?: terms)?|relative(?:ly)?|proportion\w*)\b|%"
_BIGGEST = compiled(rf"\b(?:biggest|largest|top|main|most valuable|greatest)\b[\w ]{{0,16}}\b{POSITION}\b")
_SMALLEST = compiled(rf"\b(?:smallest|tiniest|least valuable)\b[\w ]{{0,16}}\b{POSITION}\b")
_OFFERED = ("Which holding has gained the most?", "What are my holdings worth now?")
_ABOUT_POSITIONS = rf"\b{POSITION}\b|\bperformers?\b|\bperforming\b|\bportfolio\b|\bwinners?\b|\blosers?\b|\bdepot\b"
_PAST_COURSE = (
    r"\b(?:mov(?:e|ed|es|ing|ements?)|histor(?:y|ical|ic)|chang(?:e|ed|es|ing)|develop\w*|evol\w+|trend\w*|gone|went|go"
    r"|chart|fluctuat\w*|prices|rates|quotes|course|progress\w*|over time|risen|fallen|rise|fall|fell|rose|dropped"
    r"|track)\b"
    r"|\b(?:over|during|throughout|through|across|all)\b"
)
_PRICED = r"\b(?:prices?|rates?|quotes?|quotations?|kurs)\b"
_EXTREME = (
    r"\b(?:highest|lowest|peak|most|least|maximum|minimum|max|min|best|worst|latest|last price|newest|average|avg|high"
    r"|low|today|now|current(?:ly)?)\b"
)


def investment(asked: Asked) -> Plan | Refusal | None:
    """The plan of a question that an investor asks; None where it is none, or another maker knows it as well."""
    rules = asked.said.by_rules or asked.intent
    if asked.key is not None or rules.measure is Measure.NET_WORTH:
        return None
    for make in (_course, quoted, _extreme, _average, _units_and_cost, _traded, _units_traded, _invested, _held):
        if plan := make(asked):
            return plan
    return None


# ------------------------------------------------------------------------------------------- trades and money put in


def _traded(asked: Asked) -> Plan | None:
    """As in "when did I buy X and at what price", "did I sell any X": the postings of the commodity itself."""
    if not asked.has(_TRADE) or asked.has(_ADDED_UP) or asked.intent.group_by:
        return None
    codes = commodities_named(asked) or _any_securities(asked)
    if not codes:
        return None
    order = asked.intent.order if asked.intent.order and asked.intent.order.by == "date" else None
    return Plan(
        Measure.LIST,
        of_them(asked, codes, _way(asked)),
        happened(asked),
        order=order,
        limit=asked.intent.limit or (1 if order and asked.intent.single else None),
        key=LOTS,
        reading=noting(asked, codes),
    )


def _way(asked: Asked) -> Literal[-1, 0, 1]:
    bought, sold = asked.has(BUY), asked.has(SELL)
    return 0 if bought == sold else 1 if bought else -1


def _any_securities(asked: Asked) -> tuple[str, ...]:
    """As in "what shares did I sell": everything held at cost, where nothing else is named."""
    named = asked.has(r"\b(?:stocks?|shares?|securit(?:y|ies)|etfs?|funds?)\b") and asked.has(
        r"\b(?:when|what|which|did|have|has|list|show|any|all|every|each|how many)\b"
        r"|\b(?:stocks?|shares?|fund|etf|security|securities) (?:purchases?|sales?|trades?|buys?|sells?)\b"
    )
    if not named and _sold_at_large(asked):
        return all_at_cost(asked)
    return () if not named or _elsewhere(asked) else of_the_kinds_said(asked)


def _sold_at_large(asked: Asked) -> bool:
    """As in "what did I sell last year", of one who keeps shares and no shop."""
    asks = asked.has(r"\bwhat (?:all )?(?:did|have|has) (?:i|we) (?:sell|sold)\b(?! for\b)")
    return asks and not asked.said.phrases and not accounts_of_group(asked, Root.INCOME, "sales")


def _elsewhere(asked: Asked) -> bool:
    """Whether a name was said that is neither a word for securities nor an account that holds some."""
    held = all_at_cost(asked)
    return any(
        not re.search(rf"\b{POSITION}\b|\b(?:perform|gain|loss|profit|return|winner|loser)", fold(phrase.words))
        and not ((money := phrase.of_kind("currency")) and money.values[0] in held)
        and not accounts_holding(asked, held, phrase)
        for phrase in asked.said.phrases
    )


# "What did I pay for them", "and at what cost", "and what they cost me".
_THEIR_COST = (
    r"\b(?:what|how much) (?:did|do|have|had) (?:i|we) (?:\w+ )?(?:pay|paid|spen[dt]|put in)\b[\w ]{0,12}"
    r"\b(?:them|it|those|these|that)\b"
    r"|\b(?:what|how much)(?: did| do| have| has)? (?:they|it|those|these)(?: all)?(?: have)? costs?\b"
    r"|\band (?:at )?(?:what|the|their|its) (?:total )?cost\b"
)


_PAID_AND_WORTH = compiled(
    r"\b(?P<worth>worth|market value|current value|value now)\b"
    r"|\b(?P<paid>(?:did|do|have|'?ve|had|i|we) (?:i |we )?(?:\w+ )?(?:pa(?:y|id)|put in)(?: for)?|cost(?: me| us)?)\b"
)


def _units_and_cost(asked: Asked) -> Plan | None:
    """As in "how many units of X, and what did I pay for them", "what's it worth and what did I pay": what is held."""
    said = {match.lastgroup for match in _PAID_AND_WORTH.finditer(asked.said.folded)}
    worth = said == {"paid", "worth"} and asked.has(r"\band\b")
    units = asked.has(r"\bhow many\b") and asked.has(_THEIR_COST)
    if not (worth or units) or asked.has(_TRADE) or one_period(asked).start:
        return None
    codes = commodities_named(asked) or _any_securities(asked)
    if not codes:
        return None
    return Plan(
        Measure.HOLDINGS,
        of_them(asked, codes),
        as_of(asked),
        group_by=(Grouping.CURRENCY,),
        valuation=Valuation.UNITS if worth else Valuation.COST,
        reading=noting(asked, codes),
    )


_LEFT = r"\b(?:left|remain\w*|still)\b"


def _units_traded(asked: Asked) -> Plan | None:
    """As in "how many shares did I buy in 2022": units of each commodity."""
    if not asked.has(rf"\bhow many\b(?! (?:times|trades|purchases|sales|days|months|years)).*(?:{BUY}|{SELL})"):
        return None
    if asked.has(_LEFT):
        return None
    codes = commodities_named(asked) or _any_securities(asked)
    if not codes or asked.has(_OTHER_MONEY) or not _way(asked):
        return None
    return ordered(
        Plan(
            Measure.SUM,
            of_them(asked, codes, _way(asked)),
            happened(asked),
            group_by=asked.intent.group_by,
            reading=noting(asked, codes),
        ),
        asked,
    )


def _invested(asked: Asked) -> Plan | None:
    """As in "what did I invest in 2022", "how much did I put into X": what the acquisitions of the period cost."""
    plain = asked.has(_INVESTED) and not asked.has(_STANDS_INVESTED)
    codes = commodities_named(asked)
    into = asked.has(rf"{_PUT_INTO}.*\b(?:in|into|on|for|buying|towards?)\b") or asked.has(
        rf"\bhow much\b.*{BUY}.*\bfor\b"
    )
    if (asked.intent.flow == "income" and not plain) or asked.intent.measure is Measure.PRICE:
        return None  # what somebody paid me, in total; "what is a unit going for, last I put it in"
    if asked.has(r"\b(?:still|own|hold|holding|held|left|remain\w*|cost basis)\b") or asked.has(_EARNED_ON):
        return None  # what of it is held cost less than what was bought
    if not (plain or (codes and into)) or asked.has(_OTHER_MONEY.replace("spen[dt]|", "")) or asked.has(SELL):
        return None
    codes = codes or all_at_cost(asked)
    filters = asked.scope.filters
    accounts = accounts_holding(asked, codes) if codes else ()
    elsewhere = [name for name in filters.accounts if name not in accounts]
    if not codes or ((elsewhere or filters.mentions or filters.tags) and not commodities_named(asked)):
        return None
    bought = of_them(asked, codes, 1)
    moved = ("splits and moves between accounts are left out",) if bought.traded else ()
    plan = Plan(
        Measure.SUM,
        bought,
        happened(asked),
        group_by=asked.intent.group_by,
        valuation=Valuation.COST,
        reading=("what was bought, at cost", *moved, *noting(asked, codes)),
    )
    return ordered(plan, asked)


# ------------------------------------------------------------------------------------------------ what is held


_SHARES_HELD = (
    r"\bhow many (?:stocks|shares) (?:do|did|have|had|are) (?:i|we)\b.*\b(?:have|hold|holding|held|own|got)\b"
)
_HELD_IN_KIND = (
    r"\bhow much (?:money )?(?:have|do|did|had|is|was) (?:i |we )?(?:still |currently |now )?"
    r"(?:got |have |hold |held |own |tied up |sitting )?"
    rf"in (?:my |our |the )?(?:{POSITION}|crypto ?currenc(?:y|ies))\b"
)
_VALUED = r"\bmarket values?\b|\b(?:is|are|was|were)\b.*\bworth\b"
_CHANGED = (
    r"\b(?:change[ds]?|gr[oe]wn?|growth|over time|history|(?:by|per|each|every) (?:month|year|quarter)"
    r"|buy|one|unit|price)\b"
)
_COST_US = r"\b(?:what|how much) (?:did|do|does|have|has) [\w .&'-]{2,40}? costs? (?:me|us)\b(?! (?:to|in|per|a)\b)"
_HOW_MANY_UNITS = r"\bhow many (?:units|shares|parts|participaciones)\b"


def _held(asked: Asked) -> Plan | None:
    """As in "how many shares of the payee do I still have", where no rule sees a commodity in the name."""
    earned = asked.has(_EARNED_ON)
    left = asked.has(rf"\bhow (?:many|much)\b.*{_LEFT}")  # "how many are left after all the selling"
    traded = asked.has(_TRADE) and not left
    counted = asked.has(_HOW_MANY_UNITS) or (asked.has(_UNITS) and asked.has(_OWNED))
    other = asked.has(_OTHER_MONEY) and not asked.has(r"\breturns? on\b")
    valued = asked.has(_VALUED) and not asked.has(_CHANGED)
    put_in = asked.has(_HELD_IN_KIND)
    cost = asked.has(_COST_US) and not one_period(asked).start
    if not (earned or counted or valued or put_in or cost) or other or traded:
        return None
    codes = commodities_named(asked) or (_any_securities(asked) if asked.has(_SHARES_HELD) else ())
    in_kind = put_in or (counted and not _elsewhere(asked))  # "how much crypto do I have"
    codes = codes or (called_so(asked, asked.said.folded) if in_kind else ())
    known = set(codes) <= {*asked.scope.currencies, *asked.scope.filters.currencies} and not asked.said.unknown
    cost = cost and all(asked.names.commodities[code].priced for code in codes)  # keeping hens costs more than hens
    if not codes or (known and not (earned or left or cost)) or (earned and one_period(asked).start):
        return None
    own = [name for name in asked.scope.filters.accounts if asked.names.by_name[name].root is Root.ASSETS]
    if own and not accounts_holding(asked, codes):
        return None
    return Plan(
        Measure.HOLDINGS,
        of_them(asked, codes),
        as_of(asked),
        group_by=by_account_or_all(asked),
        convert_to=spoken_currency(asked),
        reading=(*noting(asked, codes), *(("the gain of what is still held",) if earned else ())),
    )


def _average(asked: Asked) -> Plan | None:
    """As in "what did I pay on average per share of X": the cost of what is held over its units."""
    if (
        not (asked.has(_AVERAGE) or _of_each(asked))
        or asked.has(_ONE_PURCHASE)
        or asked.has(r"\b(?:fees?|commissions?|month|year|week|dividends?|(?:latest|last|newest|current) price)\b")
    ):
        return None
    codes = commodities_named(asked)
    if not codes or not all(asked.names.commodities[code].held_at_cost for code in codes):
        return None  # "the average shop, without what we bought in dollars": money is bought at no price
    if len(codes) > 1:
        return Plan(Measure.HOLDINGS, of_them(asked, codes), as_of(asked), group_by=(Grouping.CURRENCY,))
    return Plan(
        Measure.AVERAGE,
        Filters(accounts=accounts_holding(asked, codes)),
        as_of(asked),
        valuation=Valuation.COST,
        commodity=codes[0],
        reading=noting(asked, codes),
    )


def _of_each(asked: Asked) -> bool:
    """As in "cost per hen", "what did a goat cost": of one of what is counted under its own word."""
    words = "|".join(re.escape(fold(code)) for code in counted_like(asked))
    each = rf"\b(?:per|each|an?|one|every) (?:{words})\b"
    return bool(words) and asked.has(each) and asked.has(r"\b(?:costs?|prices?|pa(?:y|id))\b")


def _extreme(asked: Asked) -> Plan | Refusal | None:
    """As in "which position has gained the most", "worst performer", "biggest holding": the first of the positions."""
    if not asked.has(_ABOUT_POSITIONS) or asked.has(_OTHER_MONEY.replace("|income", "")) or asked.has(_TRADE):
        return None
    said = asked.said.folded
    key: str | None = None
    if found := _WORST.search(said) or _BEST.search(said):
        key, descending = BY_RETURN, not _WORST.search(said)
    elif found := _LOST.search(said) or _GAINED.search(said):
        key, descending = BY_RETURN if asked.has(_IN_PER_CENT) else BY_GAIN, not _LOST.search(said)
    elif found := _SMALLEST.search(said) or _BIGGEST.search(said):
        descending = not _SMALLEST.search(said)
    codes = commodities_named(asked) or all_at_cost(asked)
    if not found or not codes or asked.scope.filters.mentions or asked.intent.measure is Measure.PRICE:
        return None
    accounts = tuple(each for each in accounts_holding(asked, codes) if each not in of_a_general_word(asked))
    if not commodities_named(asked) and _elsewhere(asked):
        return None
    if key is not None and one_period(asked).start:
        return Refusal("What a holding gained or lost within a time is not worked out.", _OFFERED)
    several = re.search(_SEVERAL, found.group())
    reading = {
        None: "",
        BY_GAIN: "ordered by unrealised gain",
        BY_RETURN: "ordered by unrealised gain as a part of cost",
    }[key]
    return Plan(
        Measure.HOLDINGS,
        Filters(accounts=accounts, roots=() if accounts else (Root.ASSETS,), currencies=codes),
        as_of(asked),
        group_by=(Grouping.CURRENCY,),
        order=Order("amount", descending=descending),
        limit=asked.intent.limit or (None if several else 1),
        convert_to=spoken_currency(asked),
        key=key,
        reading=(reading,) if reading else (),
    )


# ------------------------------------------------------------------------------------------------------ prices


def _course(asked: Asked) -> Plan | None:
    """As in "how has the price of X moved", "price of X over 2023": the prices on file, each a row."""
    if not asked.has(_PRICED) or not asked.has(_PAST_COURSE) or asked.has(_EXTREME) or asked.has(_TRADE):
        return None
    period = one_period(asked)
    if asked.intent.limit or asked.intent.compare or (period and (period.start is None or _is_day(period))):
        return None
    pair = _pair(asked)
    codes = commodities_named(asked) or tuple(pair[:1])
    if not codes or not all(asked.names.commodities[code].priced for code in codes):
        return None
    quote = next((code for code in pair if code not in codes), None)
    return Plan(
        Measure.PRICE,
        Filters(currencies=codes if len(codes) > 1 else ()),
        period,
        group_by=asked.intent.group_by[:1] if asked.has(r"\b(?:by|per|each|every)\b|\w+ly\b|\bends?\b") else (),
        order=Order("date"),
        commodity=codes[0] if len(codes) == 1 else None,
        quote=quote,
        reading=noting(asked, codes),
    )


def _is_day(period: Period) -> bool:
    return period.start is not None and period.end is not None and period.end - period.start <= ONE_DAY
