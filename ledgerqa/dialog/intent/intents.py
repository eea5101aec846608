"""What a question asks for: measure, grouping, order, valuation.  Rules over words; a learned model may stand here.

`detect` sees the question folded (lower case, no accents), with periods blanked out, and says only what the words
say: a field that they leave open stays None, so that a follow-up can inherit it.  Names of the ledger play no part
but for the few facts in `Context`.  The words themselves stand in `cues.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from ledgerqa.dialog.intent.one_or_several import is_single
from ledgerqa.dialog.language.cues import Cues, Rule, cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure, Order, Valuation

Flow = Literal["spend", "income", "repay"]
CountOf = Literal["postings", "entries", "days", "months", "years", "payees", "accounts"]
Per = Literal["booking", "day", "week", "month", "quarter", "year"]

UNITS: Final[dict[str, Per]] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}
_UNIT = r"(day|week|month|quarter|year|weekday)"


@dataclass(frozen=True)
class Context:
    """What the rules may know of the ledger: which kinds of directives it has."""

    documents: bool = False
    notes: bool = False
    events: bool = False


@dataclass(frozen=True)
class Intent:
    """The question's form without its subject.  None: not said.

    `key` is a word that some measures need: "shared" or "units" of a balance, "entry" of a list, "opened" or
    "closed" of accounts, "change" or "why" of what changed.
    """

    measure: Measure | None = None
    flow: Flow | None = None
    group_by: tuple[Grouping, ...] = ()
    by_key: str | None = None  # the metadata key by whose values rows are gathered
    account_depth: int | None = None
    order: Order | None = None
    limit: int | None = None
    single: bool = False  # "the biggest", "when did I last": one row
    of_each: Grouping | None = None  # "the biggest bill of each month": so many rows of each
    skip: int = 0  # how many such rows were told before: "and the time before?"
    count_of: CountOf | None = None
    per: Per | None = None
    valuation: Valuation | None = None
    convert: bool = False
    compare: bool = False
    failing: bool = False
    sign: Literal[-1, 0, 1] = 0
    key: str | None = None
    vague: bool = False  # a measure read from how the question is put ("did I ever ..."), not from a word for it
    guessed: bool = False  # no measure at all was said; one was guessed from an order or a grouping


def detect(text: str, context: Context) -> Intent:
    """The intent of a folded question whose periods read "<period>"."""
    words = cues("cues")
    intent = _ordering(text, _grouping(text, _measure(text, context, words), words), words)
    intent = replace(
        intent,
        flow=_flow(text, words),
        valuation=_valuation(text, words),
        convert=words.found("convert", text),
        compare=words.found("compare", text),
        sign=-1 if words.found("money_back", text) else 0,
    )
    return _settled(text, intent)


# ---------------------------------------------------------------------------------------------------- measures

# Where a word of a measure means something else.
_VETOES: Final = {
    Measure.ACCOUNTS: compiled(
        r"\b(?:balances?|totals?|sum|altogether|together|combined|spen[dt]|worth|how much|owe[ds]?)\b"
        r"|\b(?:money|cash) (?:in|on|at|across)\b"
    ),
    Measure.HOLDINGS: compiled(
        r"\b(?:first|last|latest|earliest)\b.*\b(?:purchase|buy|bought|sale|sold|time)\b|(?<!not )(?<!not been )(?<!not yet )(?<!n't been )(?<!n't we )(?<!n't i )\bsold\b"
        r"|\b(?:entries|transactions|payments|postings|bookings)\b"
        r"|\b(?:dividends?|interest|income|distributions?)\b.*\b(?:by|per|each|every) (?:\w+ )?holdings?\b"
        r"|\b(?:average|avg|mean) (?:cost|price) (?:per|(?:of|for) (?:an?|one)) (?!(?:share|unit|stock|coin|fund|etf|lot)s?\b)"
    ),
    Measure.NET_INCOME: compiled(
        r"\b(?:save|saved|put aside|put away|set aside)\b[\w ]{0,12}\b(?:in|into|to|on)\b[\w ]{0,24}\b(?:accounts?|savings|pots?|funds?)\b"
    ),
    Measure.RECURRING: compiled(
        r"\bhow much (?:did|have|do|does)\b.*\bspen[dt]\b|\btotal\b(?!.*\b(?:a|per|each|every) (?:month|year)\b(?!.*<period>))"
    ),
    Measure.PRICE: compiled(
        r"\bat (?:its|their|the|today'?s) (?:latest|last|newest|current|recorded|market)"
        r" (?:(?:trade|list|stock|unit|dealer|wholesale|share|fund) )?prices?\b(?! (?:of|for)\b)|"
        r"\b(?:with|and|incl\w*) (?:the |their |its )?prices? (?:of|for) each\b|\bworth of (?:my|our|the|all)\b|(?:is|are|was|were|'s|whats) (?:my|our|all) [\w ]{1,40} worth\b|\binterest rates?\b|\brates? of return\b|\bsavings? rate\b|\btax rates?\b|\bhow much\b.*\bspen[dt]\b"
    ),
    Measure.COUNT: compiled(
        r"[.?!;] (?:please |and |do |also )*count (?:in )?(?:the|my|our|all)\b(?! (?:\w+ )?(?:times|entries|payments|visits)\b)|"
        r"\bhow many (?:(?!times\b)\w+ )?(?:dollars?|euros?|pounds?|pesos?|bucks|quid|yen|francs?|rupees?|rubles?|roubles?|reais|kron\w+|usd|eur|gbp)\b"
    ),
}
_MONEY_ASKED = compiled(r"\b(?:how much|spen[dt]|spending|total(?:led)?|sum|average|cost(?:s|ed)?|paid)\b")
_SIZES = compiled(r"\bamounts?\b|\b(?:biggest|largest|highest|smallest|lowest|dearest|priciest|costliest|cheapest)\b")
_NOTED_PRICE = compiled(
    r"\b(?:price|rate|quote)s?\b[\w ,]{0,20}\b(?:i|we) (?:\w+ )?"
    r"(?:wr[io]te|written|noted?|put|jotted|t[ao]ken?|took|recorded) (?:\w+ )?down\b"
)
_EARNED = compiled(r"\b(?:profits?|loss(?:es)?|earn\w*|ma[dk]e|revenues?|income|net)\b")
_REPAID = compiled(
    r"\bhow much\b.*\b(?:have|has|had|did) (?:i|we|he|she|they) (?:\w+ )?(?:repa(?:id|y)|pa(?:id|y) (?:off|down|back))\b"
)
_STANDING_COUNT = compiled(
    r"\bhow many\b.*\b(?:(?:do|did) (?:i|we) (?:still |currently )?(?:have|hold|own)|have (?:i|we) got|still|left|remain\w*"
    r"|unvested|in stock)\b(?!.*\btimes\b)"
)
_FAILING = compiled(
    r"\b(?:fail\w*|wrong|off|broken|mismatch\w*|discrepan\w*|gaps?|differences?|shortfalls?|errors?|out)\b"
    r"|n.?t (?:quite )?(?:add up|hold|match|balance|work|pass|reconcile|tie|agree|tally|square|come out|fit|right)"
    r"|(?:not|never|fail\w* to) (?:add|hold|match|agree|tally|square|come out)|\bdisagree\w*|\bdiffer\w*"
    r"|^(?:do|did|does|are|is|have|has)\b.*\b(?:pass(?:ed)?|ok(?:ay)?|hold|held|succeed\w*|agree|match|add up|tally|come out|square|tie|clean|fine|correct|right)\b"
)
_WEIGHING = compiled(r"\b(?:more|less|dearer|cheaper|pricier)\b.*|\bwhich\b.*\b(?:more|most|less)\b")
_TWO_SIDES = compiled(
    r"\bor\b(?! (?:more|less|so|over|under|above|below)\b)|\bvs\b|\bversus\b|\bthan\b(?! [$€£¥]?\d| once)"
)
_EARNING = compiled(
    r"\bspen[dt]\b|\bspending\b|\bcosts?\b(?! basis)"
    r"|\b(?:ha(?:s|ve|d)|did)\b.*\b(?:arrived?|landed|credited|(?:come|came|paid) in(?:to)?)\b"
    r"|\b(?:have|has|had|did) (?:i|we) (?:\w+ )?(?:made|earn\w*|received?|paid|bought|make|pay|buy)\b"
)


def _measure(text: str, context: Context, words: Cues) -> Intent:
    filed = ((Measure.NOTES, "notes", context.notes), (Measure.DOCUMENTS, "documents", context.documents))
    for measure, cue, there in filed:
        sized = measure is Measure.NOTES and _SIZES.search(text)  # "the biggest amounts put down under repairs"
        if there and words.found(cue, text) and not (_MONEY_ASKED.search(text) or sized):
            return Intent(Measure.PRICE if _NOTED_PRICE.search(text) else measure)
    if words.found("raise", text) or cues("trends").found("longest_gap", text):
        return Intent(Measure.LIST)
    for rule in words.rules["measure"]:
        measure = Measure(rule.name)
        if rule.pattern.search(text) and not _vetoed(text, measure, context):
            return _of_rule(text, measure, rule)
    if words.found("documents", text) and not _MONEY_ASKED.search(text):
        return Intent(Measure.DOCUMENTS)
    return _everyday(text, words)


def _vetoed(text: str, measure: Measure, context: Context) -> bool:
    if measure is Measure.EVENTS:
        return not context.events or bool(_MONEY_ASKED.search(text) or _EARNED.search(text))
    return measure in _VETOES and bool(_VETOES[measure].search(text))


# The day that time has passed since is what the ledger tells; how long ago that was, everybody sees.
_SINCE_LAST = compiled(
    r"\bhow (?:long|many (?:days|weeks|months|years))\b[\w ']{0,24}\b(?:since|ago)\b"
    r"(?=.*\b(?:last|latest|first|was|did)\b| (?:i|we)(?:'ve)? \w)"
)
# What is counted otherwise than bookings are.
_OTHER_KINDS = (
    r"(?:(?:different|distinct|separate) )?(?:people|payees|shops|stores|places|merchants|accounts|categories|tags|days"
    r"|weeks|months|quarters|years|shares|units|clients|customers|suppliers)"
)
_AND_HOW_MUCH = compiled(
    r"\bhow (?:many times|often|frequently)\b.*\bhow much\b|\bhow much\b.*\bhow (?:many times|often|frequently)\b"
    r"|\bhow (?:many times|often|frequently)\b.*\b(?:and|,) (?:what|for how)\b.*\b(?:cost|come to|came to|spen[dt]|paid|pay)\b"
    r"|\bhow many\b.*\b(?:and|,) what (?:did|do|does) (?:they|it|that|those|these)(?: all)? (?:add up|come|amount|total|run)\b"
    r"|\bcount and (?:total|sum|amount)\b|\b(?:total|sum|amount) and (?:count|number)\b"
    rf"|\bhow many (?!{_OTHER_KINDS}\b)[^?.;]*(?:\band|,|&) (?:for |what(?:'?s| is| was| were)? )?(?:the |their |its |in )?(?:how much|total|sum|altogether)"
    r"(?: (?:in (?:all|total)|altogether|cost|amount|sum|spend|spent|paid|value|was it|were they|is it|are they))?\W*$"
)


_MOST_OFTEN = compiled(
    r"\bmost (?:frequent|often|visited|common|popular)|\bfavou?rite\b"
    r"|\b(?:go(?:es|ing|ne)?|went|been|visit(?:s|ed)?|order(?:ed)? from|(?:eat|ate|eaten|shop(?:ped)?|stay(?:ed)?|stop(?:ped)?)(?: (?:at|in))?)\b"
    r".* most\b"
)


def _of_rule(text: str, measure: Measure, rule: Rule) -> Intent:
    """The measure of a rule with the fields that only it has."""
    if measure is Measure.COUNT:
        if _SINCE_LAST.search(text):
            order = Order("date", descending=not re.search(r"\bfirst\b", text))
            return Intent(Measure.LIST, order=order, single=True)
        if _AND_HOW_MUCH.search(text):
            return Intent(Measure.SUM, count_of="entries")  # the sentence says over how many entries, too
        if not rule.extra and _STANDING_COUNT.search(text):
            return Intent(Measure.BALANCE, key="units")
        frequent = _MOST_OFTEN.search(text)
        timed = time_groups(text) or _OF_THE_WEEK.search(text)
        groups = (Grouping.PAYEE,) if frequent and not timed else ()
        if rule.extra == "tags":
            return Intent(measure, count_of="entries", group_by=(Grouping.TAG,))
        return Intent(measure, count_of=_count_of(text, rule.extra), group_by=groups)
    if measure is Measure.BALANCE_CHECKS:
        return Intent(measure, failing=bool(_FAILING.search(text)))
    if measure is Measure.GAPS:
        unit = re.search(r"\b(month|week|quarter|year|day)s?\b", text)
        return Intent(measure, group_by=(Grouping(unit.group(1)) if unit else Grouping.MONTH,))
    if measure is Measure.ACCOUNTS:
        return Intent(measure, key=_opened_or_closed(text))
    if measure is Measure.LIST:
        return Intent(measure, key="entry")
    return Intent(measure)


def _opened_or_closed(text: str) -> str | None:
    asked = re.search(r"\b(?:when|which|list|what)\b", text)
    listed = re.match(r"(?:all |any |the |my |our )*(?:closed|opened) accounts", text)
    if re.search(r"\b(?:closed?|shut)\b", text) and (asked or listed) and not text.startswith("is "):
        return "closed"
    opened = re.search(r"\bopen(?:ed)?\b", text)
    return "opened" if opened and re.search(r"\bwhen\b|\bopened\b", text) else None


def _count_of(text: str, said: str) -> CountOf:
    if said == "span":
        found = re.search(r"\bhow many (?:different |distinct |separate |calendar )?(months|years|days)\b", text)
        spans: dict[str, CountOf] = {"months": "months", "years": "years", "days": "days"}
        return spans[found.group(1)] if found else "entries"
    if said in {"payees", "accounts"}:
        return "payees" if said == "payees" else "accounts"
    return "postings" if re.search(r"\bhow many (?:different |distinct )?postings\b", text) else "entries"


def _everyday(text: str, words: Cues) -> Intent:
    """Sums, lists and balances: what most questions ask for, told apart by how they are put."""
    if _WEIGHING.search(text) and _TWO_SIDES.search(text) and words.found("sum", text):
        return Intent(Measure.SUM)
    if words.found("odd", text):
        return Intent(Measure.LIST)
    if words.found("overdrawn", text) and not _MONEY_ASKED.search(text):
        return Intent(Measure.BALANCE)
    if words.found("shared", text) or words.found("not_given_back", text):
        return Intent(Measure.BALANCE, group_by=(Grouping.ACCOUNT,), key="shared")
    lookup = words.found("lookup", text)
    if lookup or (
        words.found("listing", text)
        and not re.search(
            r"\b(?:total|totals|total+ed|sum|summed|how much|altogether|in all|all in all|combined|added up)\b", text
        )
    ):
        entries = re.search(r"\b(?:transactions?|entries|entry)\b", text) and not re.search(r"\bpostings?\b", text)
        return Intent(Measure.LIST, key="entry" if entries else None)
    if words.found("existence", text) and not re.search(r"\bhow much\b|\bmore\b|\bless\b", text):
        return Intent(Measure.LIST, vague=True)
    if _REPAID.search(text):
        return Intent(Measure.SUM)
    if words.found("balance", text) and not _EARNING.search(text):
        return Intent(Measure.BALANCE)
    return Intent(Measure.SUM) if words.found("sum", text) or words.found("all_in", text) else Intent()


# ------------------------------------------------------------------------------------------ grouping and order

_TIME_GROUPS: Final = (
    compiled(
        r"\b(?:by(?: the)?|per|each|every|for each|for every|in each|in every|split by|grouped? ?by|broken down by)"
        rf"(?: single| calendar| fiscal| individual)? {_UNIT}s?\b"
    ),
    compiled(rf"\b(?:split|divid\w+|cut|br[eo]ak\w*|set out|spread|sort\w*)\b.* into (?:\w+ ){{0,2}}?{_UNIT}s\b"),
    compiled(rf"\b{_UNIT}[ -](?:by|on|over|to|after|for)[ -](?:\1)\b"),
    compiled(rf"\b(?:a|one|each) {_UNIT} at a time\b"),
    compiled(
        r"\b(?:cut|split|chop(?:ped)?|carve[ds]?|divided?|slice[ds]?)(?: up)? into"
        rf"(?: (?:its|the|\d|two|three|four|six|twelve))* {_UNIT}s\b"
    ),
    compiled(rf"\bwhich {_UNIT}s?\b"),
    compiled(
        r"\b(?:best|worst|strongest|weakest|fattest|leanest|costliest|dearest|priciest|heaviest|cheapest|most expensive"
        rf"|biggest|largest|highest|smallest|lowest) (?:(?:and|or) (?:best|worst) )?{_UNIT}s?\b(?!-)"
    ),
    compiled(rf"\b(?:top|bottom|biggest|highest|lowest|dearest|cheapest|priciest|most expensive) (?:\w+ )?{_UNIT}s\b"),
    compiled(rf"\bwhat {_UNIT}s? (?:did|was|had|were|do)\b"),
    compiled(rf"\b(?:a|an) {_UNIT}\b(?= (?:on|for)\b|\s*[?.!]*$)"),
    compiled(r"\b(?:at )?(?:each |every )?(year|month|quarter)[ -]ends?\b"),
    compiled(r"\bof the (week)\b"),
    compiled(rf"\b(?:how often|times|often|frequently) an? {_UNIT}\b(?! (?:ago|earlier|before|later)\b)"),
)
_ADVERBS: Final = {
    "daily": Grouping.DAY,
    "weekly": Grouping.WEEK,
    "monthly": Grouping.MONTH,
    "quarterly": Grouping.QUARTER,
    "yearly": Grouping.YEAR,
    "annual": Grouping.YEAR,
    "annually": Grouping.YEAR,
}
_NO_ADVERB = (
    r"(?! (?:bills?|services?|charges?|subscriptions?|budgets?|schedule|basis|report|statement|contract|letter|meeting"
    r"|general|pass|ticket|party|dinner|lunch|newsletter|review|leave|conference|outing|licen[cs]e)\b)"
)


_OVER_THE_YEARS = compiled(
    r"^(?!.*\b(?:how much|how many|totals?|altogether|in all|sum|average|overall|most|more|less|least|damage|biggest|largest|highest|lowest)\b)"
    r".*\b(?:over|through|across) (?:all )?the years\b"
)
# "Per month, how much ..." and "how much do I ... a month" ask for what is usual; "how much did I ... per month" for rows.
_USUALLY = compiled(
    rf"^(?:so |and |well )?(?:per|an?|each|every) {_UNIT},? (?:how much|what|about how much|roughly)\b"
    rf"|\bhow much (?:per|an?) {_UNIT} (?:do|does|am|are|is)\b"
    rf"|\bhow much (?!are\b.*\b(?:each|every) year\b)(?:do|does|are|am) (?:i|we|my|our|the)\b.*\b(?:per|an?|each|every) {_UNIT}\b"
    rf"|\b(?:what|how much) (?:do|does) .*\b(?:cost|costs|come to|run to|set)\b.*\b(?:per|an?|each|every) {_UNIT}\b"
    rf"|\bhow much (?:is|are)\b.*\b(?:per|an?|(?:each|every)(?! year)) {_UNIT}\b"
    rf"|\bhow much (?:was|were)\b.*\ban? {_UNIT}\b(?! ago\b)"
)


def _grouping(text: str, intent: Intent, words: Cues) -> Intent:
    groups = [*intent.group_by, *time_groups(text)]
    if (rule := words.first("grouping", text)) and not (groups and words.found("in_one", text)):
        groups.append(Grouping(rule.name))
    if not groups and words.found("row_each", text):
        groups.append(Grouping.ACCOUNT)
    if Grouping.WEEKDAY in groups:
        groups = [each for each in groups if each not in {Grouping.DAY, Grouping.WEEK}]
    if not groups and (words.found("trend", text) or _OVER_THE_YEARS.search(text)):
        groups.append(Grouping.YEAR)
    depth = 2 if words.found("top_level", text) else None
    if depth:
        groups.append(Grouping.ACCOUNT)
    return replace(intent, group_by=tuple(dict.fromkeys(groups)), account_depth=depth)


# "The club that comes out every month, how much in total": how often it is paid, and no row for each.
_COMES_EACH: Final = compiled(
    r"\b(?:that|which) (?:\w+ )?(?:come|go|turn|arrive|charge|renew|bill|leave|land|hit)(?:s|es)?"
    rf"(?: (?!(?:how|what|which|total|cost)\b)[\w']+){{0,3}}? (?:an?|per|each|every|once an?|once every) {_UNIT}"
    r"(?=\s*(?:[,:;?.–-]| (?:how|what|which|in|since)\b))"
)


_OF_THE_WEEK: Final = compiled(r"\b(?:(?:by|per|for each|each|every) )?days? of the week\b")  # its weekdays, no days


def comes_each(text: str) -> str:
    """The unit of time in which something comes that is asked about, as the folded question tells by the way."""
    found = _COMES_EACH.search(text)
    return next((each for each in found.groups() if each), "") if found else ""


def time_groups(text: str) -> list[Grouping]:
    """The calendar span that rows are asked for by, as the folded question says it; at most one."""
    text = _OF_THE_WEEK.sub(" ", _COMES_EACH.sub(" ", text))
    for word, grouping in _ADVERBS.items():
        if re.search(rf"\b{word} (?:sub-?)?(?:totals?|sums?|figures?|amounts?|numbers?)\b", text):
            return [grouping]  # "yearly totals of my monthly transfers"
    for pattern in _TIME_GROUPS:
        if found := pattern.search(text):
            return [Grouping(next(each for each in found.groups() if each))]
    for word, grouping in _ADVERBS.items():
        if re.search(rf"\b{word}\b{_NO_ADVERB}", text):
            return [grouping]
    return []


def _ordering(text: str, intent: Intent, words: Cues) -> Intent:
    text = re.sub(
        r"\bat (?:least|most)\b|\bat (?:its|their|the) (?:latest|last|newest) (?:\w+ )?(?:prices?|rates?)\b", " ", text
    )
    if intent.measure is Measure.COUNT and intent.group_by and re.search(r"\bfavou?rite\b| (?:the )?most\W*$", text):
        return replace(intent, order=Order("amount", descending=True), single=is_single(text))
    if re.search(r"\b(?:largest|biggest|highest|dearest|priciest|heaviest|most expensive) (?:one )?first\b", text):
        return replace(intent, order=Order("amount", descending=True), single=False)
    if dated := re.search(r"\b(?:(?P<back>newest|latest|most recent|last)|oldest|earliest) (?:ones? )?first\b", text):
        return replace(intent, order=Order("date", descending=bool(dated["back"])), single=False)
    if words.found("largest", text):
        return replace(intent, order=Order("amount", descending=True), single=is_single(text))
    if words.found("smallest", text):
        return replace(intent, order=Order("amount"), single=is_single(text))
    few = words.found("latest_few", text)
    if words.found("latest", text):
        return replace(intent, order=Order("date", descending=True), single=not few)
    if words.found("earliest", text):
        return replace(intent, order=Order("date"), single=not few)
    return intent


# --------------------------------------------------------------------------------------------- flow, valuation


# "Which customers bought most": what they spend is earned.
_FROM_CUSTOMERS: Final = compiled(
    r"\b(?:customers?|clients?|buyers?|donors?|patrons?|guests?|members?|sponsors?) (?:(?:who|that|have|has|had|did|do|usually) )*"
    r"(?:b(?:uy|uys|ought)|spen[dt]s?|orders?|ordered|pa(?:y|ys|id)|gave|give|donate[ds]?)\b(?! (?:back|for (?:us|me))\b)"
)


def _flow(text: str, words: Cues) -> Flow | None:
    """Whether money spent or money received is meant; the word nearer the beginning where both are said."""
    if words.found("repay", text) and not re.search(r"\bpa(?:y|ys|id) (?:me|us) back\b", text):
        return "repay"
    if _FROM_CUSTOMERS.search(text):
        return "income"
    income, spend = words.single["income"].search(text), words.single["spend"].search(text)
    if income and spend:
        strong = re.search(r"\bspen[dt]\b|\bspending\b|\bexpenses?\b", text)
        return "spend" if strong or spend.start() < income.start() else "income"
    if income:
        return "income"
    return "spend" if spend else None


def _valuation(text: str, words: Cues) -> Valuation | None:
    if words.found("at_cost", text):
        return Valuation.COST
    return Valuation.MARKET if words.found("at_market", text) else None


# ------------------------------------------------------------------------------------- the fields put together

_ONE_ENTRY = compiled(
    r"\b(?:biggest|largest|highest|smallest|cheapest|lowest|priciest|dearest|most expensive|latest|last|first|newest"
    r"|oldest|earliest|most recent|single)\b"
)
_ONE_OCCASION = compiled(
    r"^(?:when|on (?:which|what))\b|\b(?:and|,) (?:when|who|how much|what)\b|\b(?:what|which) (?:date|day)\b"
)
_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST})


def _settled(text: str, intent: Intent) -> Intent:
    """What follows from the fields together."""
    if intent.measure is Measure.LIST and _ONE_OCCASION.search(text) and Grouping.PAYEE in intent.group_by:
        intent = replace(intent, group_by=tuple(each for each in intent.group_by if each is not Grouping.PAYEE))
    if intent.measure is Measure.LIST and intent.sign and intent.group_by == (Grouping.YEAR,) and not time_groups(text):
        intent = replace(intent, group_by=())  # "what did they give back over time"
    dated = intent.order is None or (intent.single and intent.order.by == "date")  # "the last one, which day?"
    if intent.measure is Measure.LIST and Grouping.DAY in intent.group_by and dated:
        intent = replace(intent, group_by=tuple(each for each in intent.group_by if each is not Grouping.DAY))
    usually = _USUALLY.search(text) or cues("cues").found("spread_over", text)
    if intent.measure is Measure.SUM and usually and _one_unit(intent):
        intent = replace(intent, measure=Measure.AVERAGE)
    if intent.measure is Measure.AVERAGE:
        return _averaged(text, intent)
    if intent.measure is None and (intent.group_by or intent.order):
        measure = Measure.LIST if intent.order and not intent.group_by else Measure.SUM
        return replace(intent, measure=measure, guessed=True)
    timed = any(each.value in UNITS or each is Grouping.WEEKDAY for each in intent.group_by)
    if intent.measure in _FLOWS and intent.order and intent.order.by == "date" and intent.single and not timed:
        return replace(intent, measure=Measure.LIST, group_by=())
    ungrouped = intent.measure is Measure.SUM and intent.order and not intent.group_by
    if ungrouped and intent.order and (_ONE_ENTRY.search(text) or intent.order.by == "date"):
        return replace(intent, measure=Measure.LIST)
    return intent


def asks_how_long_since(text: str) -> bool:
    """As in "how many weeks since the last haircut": the day of it, and no count of weeks with one."""
    return bool(_SINCE_LAST.search(text))


def asks_what_is_usual(text: str) -> bool:
    """As in "how much do I ... a month": one figure for any month, and no row for each."""
    return bool(_USUALLY.search(text))


def _one_unit(intent: Intent) -> bool:
    return len(intent.group_by) == 1 and intent.group_by[0].value in UNITS and intent.order is None


def _averaged(text: str, intent: Intent) -> Intent:
    """As in "Average per month" divides by months; "average by month" is one average for each."""
    unit = next((each for each in intent.group_by if each.value in UNITS), None)
    if unit is not None and not re.search(r"\b(?:by|for each|in each) (?:month|year|quarter|week|day)\b", text):
        rest = tuple(each for each in intent.group_by if each is not unit)
        return replace(intent, per=UNITS[unit.value], group_by=rest, order=intent.order if rest else None)
    found = re.search(r"\b(?:a|an|one|typical|average|normal|usual|ordinary) (day|week|month|quarter|year)\b", text)
    return replace(intent, per=UNITS[found.group(1)]) if found and not intent.group_by else intent


def asks_of_a_raise(text: str) -> bool:
    """Whether the question is whether, or when, pay rose."""
    return cues("cues").found("raise", fold(text))
