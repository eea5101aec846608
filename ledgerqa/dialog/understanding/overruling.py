"""Where words are so plain that what a model hears beside them is overruled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import asks_how_long_since, asks_of_a_raise
from ledgerqa.dialog.intent.refunds import find_counted_refunds, lists_refunds
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.choosing import BALANCES
from ledgerqa.dialog.linking.wholes import without_places
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent

_WHEN: Final = compiled(r"(?:when|on (?:what|which) (?:day|date))\b")
# "Which day was that, and what sum": each entry tells both.
_DAY_AND_SUM: Final = compiled(
    r"\b(?:when|(?:what|which|the) (?:day|date))\b[^.?!]*\b(?:and|,) (?:for )?(?:what|which|the|how) "
    r"(?:sum|amount|much|price)\b"
)
_PAID_BACK: Final = compiled(
    r"\bpa(?:y|ys|id) (?:me|us) back\b|\bdid (?!(?:i|we) )[\w '&.-]{1,40}? (?:give|pay|send|hand) (?:it|that) back\b"
)  # by whoever it is that is named
_GIVEN_BACK: Final = compiled(
    r"^(?:and |so )?what (?:did|have|has) .*\b"
    r"(?:(?:give|gave|given|send|sent|hand(?:ed)?|refund(?:ed)?) (?:us |me )?back|refund(?:ed)? (?:us|me))\b"
)
_SCHEDULED: Final = compiled(
    r"\bon an? (?:\w+ )?(?:schedule|basis)\b"
    r"|\bonce (?:a|per|every|each) (?:year|quarter|month|week)\b"
    r"|\btotal of (?:all )?(?:my |our |the )?(?:recurring|regular|fixed|subscriptions|subs)\b"
    r"|^(?:and |so )*(?:how much|what) (?:do|are)\b.*\b(?:costs?|come to|add up|run|set (?:me|us) back|amount to)\b"
)
_STILL_OPEN: Final = compiled(r"\b(?:is|are|was|were) still (?:open|outstanding|owed|owing|unpaid|to come|missing)\b")
_PRICE_OF_EACH: Final = compiled(
    r"\b(?:with|and|incl\w*) (?:the |their |its )?(?:prices?|costs?|amounts?) (?:of|for) each\b"
    r"|[,;:.–-] ?(?:and )?(?:show|list|give) (?:me |us )?(?:each|every)(?: single)? (?:one|of them)\W*$"
)


_STILL_PAYING: Final = compiled(
    r"\b(?:do|does|am|are|is|did|was|were) (?:i|we|he|she|they) (?:even )?still"
    r" (?:paying|pay|being charged|charged)\b(?! back)"
)
_PERIODIC: Final = compiled(
    r"\b(?:daily|weekly|monthly|quarterly|half-yearly|yearly|annual) "
    r"(?:bill|invoice|payment|charge|premium|fee|instal?ment|statement|direct debit)s?\b"
)
_PLAIN: Final = ("changed_when", "longest_gap", "paying_now", "lived_on", "money_left")  # of the cues in trends.toml
# "Rent and power, each", where several are named; of "purchases in May, each" they are told one by one.
_EACH_OF_THEM: Final = compiled(
    r"[\w>],? (?:for )?each(?: one| of (?:them|the two)| (?:on|by) (?:its|their|his|her) own| alone)?\W*$"
)
# "What did I pay Shell this year, each payment": entries, whatever else would ask for a figure.
_EACH_ENTRY: Final = compiled(
    r"[,;:–-] ?(?:(?:and )?(?:list|show|give)(?: me)? )?(?:each|every)(?: single)? "
    r"(?:payment|purchase|entry|booking|posting|transaction|charge|bill|invoice|receipt|order|donation)\W*$"
    r"|[,;:–-] ?one by one\W*$"
)
# "What did Ana and Ben each pay", "two clubs, one total each".
_FIGURE_EACH: Final = compiled(
    r"\b(?:separately|individually|respectively)\W*$"
    r"|\b(?:one|a|two|three) (?:figure|number|total|sum|amount)s? (?:for )?each\W*$"
    r"|\bhow much (?:for )?each\W*$"
    r"|\band\b[^,.?]+ each (?:pa(?:y|id)|cost|earn(?:ed)?|spen[dt]|br(?:ing|ought) in|ma[dk]e|g[eo]t|g[ai]ve|owed?)\b"
)
_THAT_TIME: Final = compiled(r"\b(?:that|the same|said) (day|week|month|quarter|year)\b")  # one, and no series
# "Everything that went to them, minus what they gave back": a figure, and no list of it.
_NET_FIGURE: Final = compiled(
    r"\b(?:minus|less|net of|netted|after) (?:(?!than\b)\w+ ){0,3}"
    r"(?:refund|reimburs|return|rebate|gave|given|came back|credit)\w*"
)
# "The plumber, all that I ever paid him".
_ALL_PAID: Final = compiled(
    r"\b(?:everything|all|whatever)(?: that)? (?:i|we)(?:'ve| have)?(?: ever)? (?:paid|spent|earned)\b(?! for\b)"
)
# What asks for entries, or is a word for some.
_ASKS: Final = compiled(
    r"\b(?:what|which|who|whom|when|where|how|any\w*|every\w*|some\w*|stuff|things?|ones?|all|list\w*|show|see|find|details?"
    r"|entr(?:y|ies)|transactions?|postings?|bookings?|(?:re)?payments?|purchases?|charges?|bills?|invoices?|receipts?"
    r"|refunds?|orders?|visits?|transfers?|deposits?|withdrawals?|statements?|movements?|did|do|does|was|were|is|are|has|have|had|with|called)\b"
)
# "What did we sell the bike for": what came in for it, and not what it once cost.
_SOLD: Final = compiled(
    r"\b(?:i|we|he|she|they) (?:\w+ ){0,2}?(?:sell|sold|(?:get|got|gotten|getting) rid of|flog(?:ged)?)\b"
    r"(?! (?:me|us)\b)"
    r"|\b(?:did|does) (?:it|they|he|she|(?:the|that|my|our) [\w -]{1,24}?) (?:fetch|sell for)\b"
)
_ITS_PRICE: Final = compiled(
    r"\b(?:put|raised?|increased?|upped|hiked?|changed?) (?:up )?(?:its|his|her|the) (?:price|charge|fee|rate)s?\b"
)
# "The biggest payment we ever made": money that went out.
_MADE_BY_US: Final = compiled(
    r"\b(?:payment|purchase|bill|order|transfer|contribution|donation|instal?ment)s? (?:that |which )?(?:i|we)(?:'ve)?"
    r" (?:\w+ ){0,2}?(?:made|make|paid|pay|placed|sent|settled)\b"
)
_SET_SIDE_BY_SIDE: Final = compiled(r"\bincome (?:versus|vs\.?|against) ")  # both figures, and what is left of them
_NUMBER_OF_THEM: Final = compiled(
    r"\b(?:total|overall|full) (?:number|count)\W*$|\b(?:number|count) in (?:total|all)\b"
)
# "What did I pay last year": how much, unless it is what for.
_PAID_WHAT: Final = compiled(
    r"^(?!.*\b(?:for|on|with)\W*$)(?:so |and |but |ok )*what (?:did|do|have|has) (?:i|we)"
    r" (?:\w+ )?(?:pay|paid|spen[dt])\b"
    r"(?! (?:for|with|on|off|at)(?:\W*$| (?:in|during|last|this|since|over|between|around)\b))"
)
# "What did we pay for food and vet, each": a figure each, and not what for.
_PAID_FOR: Final = compiled(
    r"^(?:so |and |but |ok )*what (?:did|do|have|has) (?:i|we) (?:\w+ )?(?:pay|paid|spen[dt]) (?:for|on)\b"
)
_MONEY_ASKED: Final = compiled(r"\bhow much\b|\b(?:cost|price|paid|pay|spen[dt])\b")
_ANY_WORTH: Final = compiled(r"\bworth\b")
# "The average order", "avg noshly delivery": of each of them, and no sum divided by months.
_OF_ONE: Final = compiled(
    r"\b(?:average|avg|ave|mean|typical|usual) (?:size of (?:an? |the )?)?"
    r"(?:(?!(?:of|in|for|on|per|a)\b)[\w'*-]+ ){0,3}?"
    r"(?:orders?|delivery|deliveries|fill-?(?: ?ups?)|visits?|purchases?|payments?|donations?|withdrawals?|tickets?"
    r"|transactions?)\b"
    r"(?!.*\b(?:a|an|per|each|every|by) (?:day|week|month|quarter|year)\b)"
)
# "At their latest price", and "together", "one total".
_AT_PRICES: Final = compiled(
    r"\bat (?:its |their |the )?(?:current|today'?s|latest|newest|recorded|present|market)"
    r" (?:\w+ )?(?:prices?|values?)\b"
)
_IN_ONE: Final = compiled(
    r"\b(?:together|combined|altogether|in (?:all|total)|(?:one|single|grand) (?:total|sum|figure|number|amount))\b"
)
_NEGATIVE: Final = compiled(r"\bnegative\b")
_ADDED_UP: Final = compiled(r"\b(?:how (?:much|many|often)|total\w*|sum|altogether|in all|combined|average|avg)\b")

# "Everything over 1,000 in Expenses": the root, said as it stands in the ledger.
_IN_ROOT: Final = compiled(
    r"\b(?:in|under|within|among|on) (?:my |our |the |all |all my |all our )*(?:expenses|income)\b"
    r"(?! (?:tax|statement)\b)"
)
# "Cabs this year but ignore anything under 10": the words that say what not to count ask for no entries.
_IGNORED: Final = compiled(
    r"(?:,|;|\b(?:but|and)\b|[-–]) ?(?:please )?"
    r"(?:ignor(?:e|ing)|skip(?:ping)?|disregard(?:ing)?|leav(?:e|ing) (?:out|off|aside)|without|not count(?:ing)?"
    r"|don.?t count|excluding|exclude|except(?: for)?|bar(?:ring)?|minus|forget(?:ting)?(?: about)?|drop(?:ping)?)"
    r" (?:anything|everything|any|all|whatever|those|the ones?|ones?|stuff|amounts?|sums?|items?|what)\b[^,;?!]*"
)
# "Billed in pounds, year by year": what clients were asked for.
_BILLED: Final = compiled(r"(?:(?:so|and|total|all|everything|amounts?|sums?) )*(?:billed|invoiced)\b")
# "All gifts in 2024, the tax refund not counted": what is counted is added up.
_ALL_COUNTED: Final = compiled(
    r"^all (?:the |my |our |of )*(?!\w*(?:transaction|entr(?:y|ies)|posting|booking|payment|purchase|charge|bill"
    r"|invoice|receipt|refund|order|visit|transfer|deposit|withdrawal|trip|line|item|day|time)s?\b)[^?!]*"
    r"\b(?:not (?:counted|counting|included in the count)|without counting|(?:don.?t|do not) count)\b"
)
# "What I noted on it": what the entry bears, and no price.
_NOTED_ON_IT: Final = compiled(
    r"\b(?:i|we|he|she|they)(?:'ve| have| had)? (?:\w+ )?(?:noted|wrote|written|recorded|jotted|put|scribbled|entered)"
    r" (?:down )?(?:on|against|with|beside|next to|alongside|for) (?:it|them|that (?:entry|one)|the entry|that)\b"
)
# "Dentist visit, what did they charge us that day": what was booked, and on which day.
_THAT_VISIT: Final = compiled(
    r"^(?!.*\d).*\b(?:visit|appointment|check-?up|consultation|call-?out)\b.*"
    r"\b(?:what|how much)\b.*\b(?:that|the same) day\b"
)


# "Which presents did we pay over 50 for".
_WHICH_ONES: Final = compiled(
    r"(?:and |so )?which (?:of (?:the|my|our) )?(?!of\b)(?:[\w'-]+ ){1,4}?"
    r"(?:did|do|does|have|has|was|were|is|are|cost|came|went|ran|set)\b"
)


def overruled(
    intent: Intent, rules: Intent, text: str, *, limited: bool, certain: bool = False, several: bool = True
) -> Intent:
    """The intent of rules and model together, with what these words alone decide.

    `limited`: amounts were bounded; `certain`: the model has no doubt that entries are asked for; `several`: names
    stand side by side.
    """
    intent = replace(intent, sign=rules.sign) if find_counted_refunds(text) else intent  # "everything, returns too"
    if _GOES_WELL.search(fold(text)) and not _ADDS_SPENDING.search(fold(text)):
        intent = replace(intent, flow="income")
    if not several and _EACH_ENTRY.search(fold(text)) and {intent.measure, rules.measure} <= _ENTRIES:
        return replace(intent, measure=Measure.LIST, group_by=())
    return _as_noted(
        _weighed(intent, rules, text, limited=limited, certain=certain, several=several), rules, fold(text)
    )


# "Our slowest month for repairs": of what is earned with them, where they earn at all.
_GOES_WELL: Final = compiled(
    r"\b(?:best|worst|busiest|slowest|quietest|strongest|weakest) (?:day|week|month|quarter|year|season)s?"
    r" (?:for|of|in)\b"
)


_ADDS_SPENDING: Final = compiled(r"\b(?:spen[dt]|spending|costs?|expenses?|paid|bills?)\b")


# "Insurers, and what each of them got", "by month, a sum apiece": rows of whatever else is told apart.
_EACH_OF_ANY: Final = compiled(
    r"\beach (?:one|of (?:them|these|those|the|my|our))\b"
    r"|\b(?:one|a) (?:line|row|figure|number|total|sum|amount) (?:for )?(?:each|apiece)\b"
)
_KINDS: Final = compiled(r"\b(?:accounts?|categor\w+|kinds?|types?|sorts?|items?|headings?|what (?:for|on))\b")


def _as_noted(intent: Intent, rules: Intent, folded: str) -> Intent:
    """With what is said of the books themselves: their roots, what was noted in them, what of them is counted."""
    if intent.measure is Measure.PRICE and rules.measure is None and _NOTED_ON_IT.search(folded):
        return rules
    if intent.measure is Measure.COUNT and rules.measure is Measure.LIST and asks_how_long_since(folded):
        return rules
    if len(intent.group_by) > 1 and _EACH_OF_ANY.search(folded) and not _KINDS.search(folded):
        intent = replace(intent, group_by=tuple(each for each in intent.group_by if each is not Grouping.ACCOUNT))
    if _one_by_one(intent, rules, folded):
        return replace(intent, measure=Measure.LIST, group_by=(), order=rules.order, limit=intent.limit)
    if _of_the_last_few(intent, rules):
        return replace(intent, measure=Measure.LIST, group_by=(), order=rules.order, limit=rules.limit)
    if _of_bookings(intent, rules, folded):
        return replace(intent, measure=Measure.LIST, group_by=(), account_depth=None, order=rules.order or intent.order)
    if _of_these(intent, rules, folded):
        return replace(intent, measure=Measure.SUM, group_by=(), order=None, limit=None, single=False, compare=True)
    in_root = intent.measure is rules.measure and not intent.flow and _IN_ROOT.search(folded)
    if in_root or (rules.flow == "income" and _BILLED.match(folded)):
        intent = replace(intent, flow=rules.flow)
    listed = intent.measure is Measure.LIST and rules.measure in {None, Measure.LIST}
    if listed and not intent.single and _ALL_COUNTED.search(folded):
        return replace(intent, measure=Measure.SUM)
    if intent.measure is Measure.SUM and not intent.group_by and _THAT_VISIT.search(folded):
        return replace(intent, measure=Measure.LIST)
    return intent


def _weighed(intent: Intent, rules: Intent, text: str, *, limited: bool, certain: bool, several: bool) -> Intent:
    """The intent of rules and model together, with what single words decide of its measure, flow and order."""
    folded = fold(text)
    intent = _of_what_is_open(without_places(intent, text), rules, folded)
    intent = _of_a_sale(_all_in(_of_one_time(intent, rules, folded), rules, folded), folded)
    intent = _at_cost(_at_its_level(_made_by_us(intent, rules, folded), rules), rules, folded)
    intent = _averaged(_at_prices(intent, rules, folded), rules, folded)
    intent = _of_refunds(intent, rules, folded)
    if rules.measure is Measure.LIST:
        intent = _of_a_day(_at_that_end(intent, rules), rules, folded)
    if rules.measure is Measure.LIST and rules.sign and _GIVEN_BACK.search(folded):
        return replace(intent, measure=Measure.LIST, sign=rules.sign, flow=rules.flow, group_by=())
    bare = not certain and _is_bare(intent, rules, folded, limited=limited)
    if intent.measure is Measure.LIST and _is_figure(rules, folded, several=several, bare=bare):
        intent = replace(intent, measure=Measure.SUM)
    if intent.measure is Measure.PRICE and rules.measure is Measure.BALANCE:
        intent = replace(intent, measure=Measure.BALANCE)  # "dollars sitting in the bank": no word of a price
    listed = rules.measure is Measure.LIST and not rules.vague and not rules.guessed and not rules.group_by
    which = _WHICH_ONES.match(folded) and not intent.compare
    listed = limited and bool(listed or which) and not _ADDED_UP.search(folded)
    if listed and intent.measure is Measure.SUM and not intent.group_by:
        return replace(intent, measure=Measure.LIST)  # "what came out of the jar over 20"
    if rules.measure is Measure.LIST and _PRICE_OF_EACH.search(folded):
        return replace(intent, measure=Measure.LIST, group_by=(), order=rules.order, single=rules.single)
    dated = intent.measure is Measure.EVENTS and rules.measure is Measure.LIST  # "who did it, when, for how much"
    if _in_plain_words(rules, folded) or (dated and _MONEY_ASKED.search(folded)):
        return _of_one_unit(rules)  # a model takes "do I still pay for the gym" for a debt
    if intent.key == rules.key == "units" and intent.measure is Measure.SUM and rules.measure is Measure.BALANCE:
        return replace(intent, measure=Measure.BALANCE, flow=None)  # "how many are still unvested": what is there
    if rules.measure is intent.measure is Measure.LIST and rules.sign < 0 and _NEGATIVE.search(folded):
        return replace(intent, sign=rules.sign, order=rules.order, single=rules.single)
    if _tells_times(intent, rules, folded):
        return rules
    if asks_of_a_raise(text) and rules.measure in {Measure.LIST, Measure.RECURRING}:
        return replace(rules, measure=Measure.LIST, order=None, group_by=())
    return rules if _of_the_whole(intent, rules, folded) else intent


def _is_figure(rules: Intent, folded: str, *, several: bool, bare: bool) -> bool:
    """Whether the words ask for a figure, or one for each of several, where a model hears entries."""
    each_of_them = _FIGURE_EACH.search(folded) or (several and _EACH_OF_THEM.search(folded))
    figure = each_of_them or bare or any(each.search(folded) for each in (_NET_FIGURE, _ALL_PAID, _PAID_WHAT))
    paid_each = _PAID_FOR.search(folded) and each_of_them
    return bool(figure and (paid_each or rules.measure in {None, Measure.SUM}))


def _at_that_end(intent: Intent, rules: Intent) -> Intent:
    """As in "how long have we been with them": words say that the first is meant, where a model hears the last."""
    one, two = intent.order, rules.order
    if intent.measure is not Measure.LIST or one is None or two is None or not one.by == two.by == "date":
        return intent
    return replace(intent, order=two)


def _tells_times(intent: Intent, rules: Intent, folded: str) -> bool:
    """As in "how often a month do we go there", which asks for no money, or "billed monthly, and which one skipped"."""
    if rules.measure is Measure.GAPS:
        return intent.measure is Measure.RECURRING
    if rules.measure is Measure.BUDGET:  # "which months was I over on food": none is looked for that lacks anything
        return intent.measure is Measure.GAPS or (intent.measure in _FLOWS and bool(_OVERSPENT.search(folded)))
    return rules.measure is Measure.COUNT and intent.measure in _MONEY and bool(_HOW_OFTEN.match(folded))


_MONEY: Final = frozenset({Measure.SUM, Measure.AVERAGE})
_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.NET_INCOME, None})
_OVERSPENT: Final = compiled(
    r"\bover-?s(?:pen[dt]|pending|h[o]{1,2}t)\b|\b(?:allot|earmark|allocat)\w*\b"
    r"|\bover on (?:any|some|every)(?:thing)?\b"
)
_HOW_OFTEN: Final = compiled(r"^(?:(?:and|so|ok)\W+)*how (?:often|frequently|many times)\b(?!.*\bhow much\b)")


def _of_the_whole(intent: Intent, rules: Intent, folded: str) -> bool:
    """As in "give me a cash flow for May", "the treasurer's report": a statement by its name, and no list."""
    ranked = rules.order or rules.limit or intent.order or intent.limit or intent.compare
    listed = intent.measure in {Measure.LIST, Measure.SUM, None}
    return bool(listed and rules.measure in _STATED and not ranked and cues("cues").found("terms", folded))


def _of_these(intent: Intent, rules: Intent, folded: str) -> bool:
    """As in "rent, fuel or eating out, what cost most": a figure for each of those named, and no single booking."""
    ranked = rules.order is not None and rules.order.by == "amount" and rules.limit is None
    named = not set(rules.group_by) - {Grouping.PAYEE, Grouping.ACCOUNT}
    added = {intent.measure, rules.measure} <= {Measure.SUM, Measure.LIST, None}
    return bool(ranked and named and added and cues("cues").found("one_of_these", folded))


def _one_by_one(intent: Intent, rules: Intent, folded: str) -> bool:
    """As in "the biggest three, and when was each", "which ferries did we pay for, and what did each cost"."""
    listed = intent.measure in {Measure.SUM, Measure.LIST} and rules.measure in {Measure.SUM, Measure.LIST, None}
    timed = any(each in TIME_GROUPINGS for each in (*rules.group_by, *intent.group_by))
    return listed and not timed and cues("cues").found("told_each", folded)


def _of_the_last_few(intent: Intent, rules: Intent) -> bool:
    """As in "the last two vet bills, together": those, and no sum or average of all of them."""
    dated = rules.order is not None and rules.order.by == "date" and rules.limit is not None
    return dated and not rules.group_by and {intent.measure, rules.measure} - {Measure.AVERAGE} <= _ENTRIES


def _of_bookings(intent: Intent, rules: Intent, folded: str) -> bool:
    """As in "the 3 biggest power bills": nobody asks for a row a payee or account, whatever a model makes of it."""
    order = intent.order or rules.order
    ranked = order is not None and order.by == "amount"
    listed = {intent.measure, rules.measure} <= _ENTRIES
    several = not rules.single and not rules.group_by and cues("cues").found("ranked_bookings", folded)
    return bool(ranked and listed and (several or cues("cues").found("ranked_booking", folded)))


def _of_refunds(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "list the refunds we received": what came back on expenses is no income."""
    if rules.sign and rules.measure in {Measure.LIST, Measure.COUNT} and lists_refunds(folded):
        return replace(intent if intent.measure is rules.measure else rules, sign=rules.sign, flow=None)
    refunded = intent.flow == "income" and "refund" in folded  # less was spent
    if rules.sign and (refunded or _PAID_BACK.search(folded)):
        return replace(intent, sign=rules.sign, flow=rules.flow)
    return intent


def _turned(folded: str) -> bool:
    """As in "have I cancelled anything", "what have we stopped paying for": what ended or began, and no list of it."""
    return any(cues("cues").found(each, folded) for each in ("given_up", "begun"))


_ENTRIES: Final = frozenset({Measure.SUM, Measure.LIST, None})
_STATED: Final = frozenset({Measure.NET_INCOME, Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET})
_OF_ALL: Final = frozenset(
    {Measure.NET_INCOME, Measure.NET_WORTH, Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET, Measure.HOLDINGS}
)


def _of_what_is_open(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "how much of what I lent is still open", "which deposits do others still hold"."""
    if intent.flow == "repay" and _STILL_OPEN.search(folded):
        return replace(intent, measure=Measure.BALANCE, flow=None)
    if intent.measure is Measure.BALANCE and rules.measure is Measure.HOLDINGS and intent.key == "units":
        return replace(intent, measure=Measure.HOLDINGS, key=rules.key)  # "number of shares, and their cost"
    if rules.measure is Measure.RECURRING and (
        intent.measure in _OF_ALL or _SCHEDULED.search(folded) or _turned(folded)
    ):
        return rules
    listed = intent.measure is Measure.BALANCE and rules.measure is Measure.LIST and not intent.group_by
    return replace(intent, group_by=(Grouping.ACCOUNT,)) if listed and _WHICH_ONES.match(folded) else intent


def _of_one_unit(rules: Intent) -> Intent:
    """As in "divided by twelve, what is that a month": one figure, and no row a month."""
    return replace(rules, group_by=()) if [each.value for each in rules.group_by] == [rules.per] else rules


def _of_a_day(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "when is it due", "when do we have to pay it": a model takes them for a ranking, or for what is owed."""
    if intent.measure is Measure.SUM and _DAY_AND_SUM.search(folded):
        return replace(intent, measure=Measure.LIST, group_by=())
    if not _WHEN.match(folded):
        return intent
    if intent.measure is Measure.BALANCE:
        return rules
    by_amount = intent.order is not None and intent.order.by == "amount"
    return replace(intent, order=None, single=False) if by_amount and rules.order is None else intent


def _is_bare(intent: Intent, rules: Intent, folded: str, *, limited: bool) -> bool:
    """As in "gross salary 2025 so far": no verb, and nothing that asks for entries, whatever a model makes of it."""
    kept = _IGNORED.sub("", folded)
    limited = limited and kept == folded
    said = intent.order or intent.sign or intent.key or intent.group_by or limited
    return rules.measure is None and not said and not _ASKS.search(kept)


def _made_by_us(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "the biggest payment that we ever made": no income."""
    heard = intent.flow == "income" and rules.flow != "income" and _MADE_BY_US.search(folded)
    return replace(intent, flow=rules.flow) if heard else intent


def _at_its_level(intent: Intent, rules: Intent) -> Intent:
    """As in "top-level accounts are enough", which is said in as many words."""
    missed = rules.account_depth and not intent.account_depth and intent.measure is rules.measure
    return replace(intent, group_by=rules.group_by, account_depth=rules.account_depth) if missed else intent


def _at_cost(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "put the shares in at what they cost me", which a model may pass over; "worth" alone names no prices."""
    other = _ANY_WORTH.sub(" ", folded) if intent.measure is Measure.NET_WORTH else folded
    said = rules.valuation is Valuation.COST and not cues("cues").found("at_market", other)
    missed = said and intent.valuation is not Valuation.COST and intent.measure in BALANCES
    return replace(intent, valuation=rules.valuation) if missed else intent


def _averaged(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "the average quarterly bill", "avg noshly order": of all of those, and no sum divided by months.

    Nor "mean amount per invoice" a row for each of them, whatever links they bear.
    """
    if intent.measure is Measure.AVERAGE and intent.group_by == (Grouping.LINK,) and not rules.group_by:
        return replace(intent, group_by=())
    of_each = _PERIODIC.search(folded) or _OF_ONE.search(folded)
    return replace(intent, per=None) if intent.measure is Measure.AVERAGE and not rules.per and of_each else intent


def _at_prices(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "the stock at the latest prices, one total": what stands there at these, and nothing spent."""
    total = intent.measure is Measure.SUM or (intent.measure is Measure.HOLDINGS and _IN_ONE.search(folded))
    said = rules.valuation is Valuation.MARKET and _AT_PRICES.search(folded) and not intent.group_by
    if not (total and said and rules.flow is None and rules.measure in {None, Measure.SUM}):
        return intent
    return replace(intent, measure=Measure.BALANCE, flow=None, valuation=rules.valuation)


def _all_in(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "the holiday, all in": what it came to, and not what is held."""
    heard = intent.measure is Measure.BALANCE and rules.measure is Measure.SUM and cues("cues").found("all_in", folded)
    return replace(intent, measure=Measure.SUM, convert=rules.convert) if heard else intent


def _in_plain_words(rules: Intent, folded: str) -> bool:
    """Whether the rules hear what these words alone decide, whatever a model makes of them."""
    spread = rules.measure is Measure.AVERAGE and rules.per and cues("cues").found("spread_over", folded)
    priced = rules.measure is Measure.PRICE  # "has the club put its price up", "the highest close"
    raised = priced and (_ITS_PRICE.search(folded) or cues("cues").found("closing_price", folded))
    counted = rules.measure is Measure.COUNT and _NUMBER_OF_THEM.search(folded)
    filed = rules.measure is Measure.DOCUMENTS and cues("cues").found("filed", folded)
    owing = rules.key == "shared" and cues("cues").found("not_given_back", folded)
    return bool(
        spread
        or raised
        or counted
        or filed
        or owing
        or (rules.measure is Measure.INCOME_STATEMENT and _SET_SIDE_BY_SIDE.search(folded))
        or _STILL_PAYING.search(folded)
        or any(cues("trends").found(each, folded) for each in _PLAIN)
    )


def _of_a_sale(intent: Intent, folded: str) -> Intent:
    """As in "when did we sell the bike": of its entries the one that brought something in."""
    sold = intent.measure in {Measure.LIST, Measure.SUM} and not intent.sign and _SOLD.search(folded)
    return replace(intent, flow="income") if sold else intent


def _of_one_time(intent: Intent, rules: Intent, folded: str) -> Intent:
    """As in "my sister came in May. What went on restaurants that month?": one month, and no row a month."""
    named = _THAT_TIME.search(folded)
    if named is None or rules.group_by:
        return intent
    return replace(intent, group_by=tuple(each for each in intent.group_by if each.value != named.group(1)))
