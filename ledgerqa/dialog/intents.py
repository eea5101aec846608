"""What a question asks for: measure, grouping, order, valuation.  Rules over words; a learned model may stand here.

`detect` sees the question folded (lower case, no accents), with periods blanked out, and says only what the words
say: a field that they leave open stays None, so that a follow-up can inherit it.  Names of the ledger play no part
but for the few facts in `Context`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from ledgerqa.records import Grouping, Measure, Order, Valuation

Flow = Literal["spend", "income", "any"]
CountOf = Literal["postings", "entries", "days", "months", "years", "payees", "accounts"]
Per = Literal["booking", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True)
class Context:
    """What the rules may know of the ledger: which kinds of directives it has."""

    documents: bool = False
    notes: bool = False
    events: bool = False
    budgets: bool = False


@dataclass(frozen=True)
class Intent:
    """The question's form without its subject.  None: not said."""

    measure: Measure | None = None
    flow: Flow | None = None
    group_by: tuple[Grouping, ...] = ()
    account_depth: int | None = None
    order: Order | None = None
    limit: int | None = None
    single: bool = False  # "the biggest", "when did I last": one row
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


# ---------------------------------------------------------------------------------------------------- measures

_M = Measure


def _rule(measure: Measure | None, *patterns: str, **effects: object) -> tuple[re.Pattern[str], dict[str, object]]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)), {"measure": measure, **effects}


_MONEY_ASKED = r"\b(?:how much|spen[dt]|spending|total(?:led)?|sum|average|cost(?:s|ed)?|paid)\b"

# In order: the first that matches decides.
_MEASURES = (
    _rule(_M.QUERIES, r"\b(?:saved|stored|named|predefined|canned)\s+(?:bql\s+)?quer(?:y|ies)\b", r"\bquer(?:y|ies)\b.*\b(?:saved|stored|defined|ledger|books)\b", r"\b(?:ledger|books)\b.*\bquer(?:y|ies)\b"),
    _rule(_M.BALANCE_CHECKS, r"\bbalance (?:check|assertion|directive)s?\b", r"\bassertions?\b", r"\breconcil\w+", r"\bbalances?\b.*\b(?:fail(?:s|ed|ing)?|add up|assert\w*)\b"),
    _rule(_M.LEDGER_ERRORS, r"\b(?:errors?|warnings?|problems?|mistakes)\b.*\b(?:in|with|of) (?:the|my|our|this) (?:ledger|books?|files?|accounts file)\b", r"\b(?:ledger|books|file)\b.*\b(?:errors?|warnings?|problems?|valid|broken|load(?:s|ed)? cleanly|clean)\b", r"\bbean-?check\b", r"\bledger errors?\b"),
    _rule(_M.BALANCE_SHEET, r"\bbalance sheet\b", r"\bstatement of (?:financial position|net assets)\b", r"\bassets and liabilities\b", r"\bassets,? liabilities and equity\b"),
    _rule(_M.INCOME_STATEMENT, r"\bincome statements?\b", r"\bprofit[ -](?:and|&|n|\+)[ -]loss\b", r"\bp ?(?:&|and|\+|n) ?l\b", r"\bpnl (?:for|of|statement|report)\b", r"\bstatement of (?:income|operations|activities)\b", r"\bincome and (?:expenses?|expenditures?|spending|outgoings)\b", r"\b(?:earnings|revenues?) and (?:expenses?|costs)\b", r"\bmoney in and (?:money )?out\b", r"\bresults? statement\b"),
    _rule(_M.NET_WORTH, r"\bnet[ -]?worth\b", r"\b(?:am|are|was|were) (?:i|we) worth\b", r"\b(?:i|we) (?:am|are|was|were) worth\b", r"\b(?:my|our) (?:total |overall )?(?:wealth|fortune)\b", r"\bassets (?:minus|less|net of) (?:liabilities|debts?)\b", r"\bhow (?:rich|wealthy) (?:am|are|was|were)\b", r"\bequity position\b"),
    _rule(_M.NET_INCOME, r"\b(?:surplus|deficit)\b", r"\bnet (?:income|profit|loss|result|earnings|savings?|cash ?flow)\b", r"\bprofitable\b", r"(?:^|\b(?:what|how much|our|my|the|any|a|total|overall|yearly|annual|monthly)\b)[\w ]{0,20}?\bprofits?\b(?! on| from)", r"\bin the (?:red|black)\b", r"\bbr(?:ea|o)ke? even\b", r"\bbottom line\b", r"\bsavings? rate\b", r"\b(?:how much|what) .*\b(?:i|we|did i|did we)\b.*\b(?:save|saved|put aside|put away|set aside)\b", r"\b(?:did|do|have|am|are) (?:i|we) (?:sav\w+|end up ahead|come out ahead)\b", r"\bincome (?:less|minus|net of|after|versus|vs\.?|against) (?:expenses|spending|costs)\b", r"\b(?:spen[dt]|spending) (?:less|more) than (?:i|we) (?:earn|earned|make|made|took in|bring in)\b", r"\b(?:earn|earned|make|made) (?:less|more) than (?:i|we) spen[dt]\b", r"\bliv(?:e|ed|ing) (?:within|beyond) (?:my|our) means\b", r"\bleft (?:over )?after (?:all )?(?:expenses|spending|costs|bills)\b", r"\b(?:make|made|making|run|ran|running|turn(?:ed)?|post(?:ed)?) an? (?:overall )?(?:loss|profit)\b", r"\bcash ?flow\b"),
    _rule(_M.BUDGET, r"\bbudget(?:s|ed|ing)?\b"),
    _rule(_M.GAPS, r"(?:^|\b(?:any|a|an|which|what|in which|are there|is there|were there|was there|list|show|find|the)\b)[\w ]{0,12}?\b(?:months?|weeks?|quarters?|years?|days?)\b[\w ,<>]{0,24}?\b(?:without|with no|with zero|with nothing|where (?:no|nothing)|when (?:no|nothing)|lack(?:s|ed|ing)?|missing|had no|has no|have no|having no|saw no|show no|(?:in which|where|when|that|during which) [\w ]{0,24}(?:did ?n.?t|did not|never|was no|were no|nothing|not)|(?:i|we) (?:did ?n.?t|did not|never|missed|skipped|forgot)|did ?n.?t (?:i|we)|no \w+ (?:was|were)|no)\b", r"\b(?:did|have|has) (?:i|we|they|he|she) (?:ever )?(?:miss(?:ed)?|skip(?:ped)?|forget|forgotten)\b", r"\bmissed (?:any |a )?(?:payments?|months?|rent|weeks?)\b", r"\bmissing (?:months?|weeks?|quarters?|payments?)\b", r"\bmonths? (?:missing|skipped)\b", r"\bgaps? in\b"),
    _rule(_M.COUNT, r"\b(?:in|on|over|during)?\s?how many (?:different |distinct |separate |calendar )?(?:months|years|days)\b(?! (?:ago|old|since|until|left))", count_of="span"),
    _rule(_M.COUNT, r"\bhow many (?:different |distinct |separate |unique )?(?:payees|shops|stores|merchants|places|vendors|suppliers|retailers|restaurants|companies|customers|clients|counterparties)\b", count_of="payees"),
    _rule(_M.COUNT, r"\bhow many (?:open |closed |different |distinct |of my )?accounts\b(?! .*\b(?:member|user))", count_of="accounts"),
    _rule(_M.COMMODITIES, r"\b(?:which|what|list|show|all)\b(?: me)?[\w ]{0,16}\b(?:commodit(?:y|ies)|currencies|tickers?|ticker symbols)\b(?!.*\b(?:spen[dt]|paid|balance|worth|value)\b)"),
    _rule(_M.HOLDINGS, r"\b(?:average|avg|mean) (?:purchase|buying|buy|cost|entry|acquisition|unit)[ -]?(?:price|cost|basis)?\b.*\b(?:per|for|of|on|share|unit)\b", r"\b(?:average|avg|mean) (?:price|cost)\b.*\b(?:i|we) (?:have )?(?:paid|bought)\b"),
    _rule(_M.PRICE, r"\bexchange rates?\b", r"\b(?:conversion|fx|forex) rates?\b", r"\bshare price\b", r"\bunit price\b", r"\b(?:trad(?:e|es|ed|ing)|quoted|closed) at\b", r"\bquot(?:e|ation)s? (?:for|of|on)\b", r"\bprices?\b(?! (?:i|we) (?:paid|pay))(?!.*\b(?:average|mean|paid|bought|purchase|purchased)\b)", r"\b(?:highest|lowest|best|latest|last|newest|current) (?:price|quote|rate)\b", r"\bhow much (?:is|was|were) (?:one|1|a single)\b", r"\b\w{3,12} ?(?:/|to|vs\.?|per|in|-) ?(?:the )?\w{3,12} (?:exchange )?rate\b", r"\brates? (?:of|for|between|from)\b", r"\brate (?:on|at)\b"),
    _rule(_M.RECURRING, r"\bsubscri(?:be|bed|bing)\b", r"\b(?:which|what|list|show|all|any|my|our)\b[\w ]{0,14}\bsubscriptions?\b(?! (?:cost|spend|total|expenses|in|for|since))(?!.*\bhow much did\b)", r"\brecurr(?:ing|s|ent)?\b", r"\bregular(?:ly)? (?:payments?|bills?|charges?|outgoings|expenses|costs|debits)\b", r"\bstanding orders?\b", r"\bdirect debits?\b", r"\b(?:come|comes|coming) (?:round|around|up|due)\b.*\b(?:every|each|monthly|weekly)\b", r"\bfixed (?:costs|expenses|monthly|payments|outgoings)\b", r"\b(?:bills?|payments?|charges?|services?|costs?|expenses?|outgoings) (?:are|is|that are|which are) (?:\w+ )?(?:monthly|weekly|yearly|annual|quarterly|regular)\b", r"\bon a (?:monthly|weekly|yearly|quarterly|regular) (?:schedule|basis|cycle)\b", r"\b(?:which|what|list|show)\b[\w ]{0,16}\b(?:monthly|weekly|yearly|annual|quarterly|regular) (?:bills?|services?|charges?|payments?|commitments?|debits?|costs|obligations)\b", r"\b(?:which|what|who)\b.*\b(?:bills?|charges?|payments?|services?|debits?|deducted|charged|paid|paying|pays?|goes out|taken)\b.*\bevery (?:single )?(?:month|week|year|quarter)\b", r"\b(?:auto(?:matic(?:ally)?)?[- ]?renew\w*|renewals?)\b", r"\b(?:repeat(?:s|ed|ing)?|periodic) (?:payments?|charges?|bills?|costs?|expenses?)\b"),
    _rule(_M.HOLDINGS, r"\bcost basis\b", r"\bunreali[sz]ed\b", r"\bpaper (?:gains?|profits?|loss(?:es)?)\b", r"\b(?:holdings?|portfolio|(?:open )?positions)\b(?! (?:fees?|costs?))", r"\b(?:market|book|current|total)? ?values? of (?:each|every|all|my|our|the|any|investments?|shares?|stocks?|funds?|securities)\b", r"\bbook value\b", r"\b(?:is|are|was|were) (?:all |each of )?(?:my|our|the) [\w ]{1,40} worth\b", r"\bhow much (?:is|are|was|were) [\w ]{1,40} worth\b", r"\b(?:still (?:own|hold|have)|(?:do|did|am|are) (?:i|we) (?:still )?(?:own|hold|holding))\b", r"\binvestments?\b(?= (?:worth|value|performance|summary|overview|at|now|today)|\s*[?.!]*$)", r"\b(?:how many|number of|count of)\b[\w ]{0,24}\b(?:shares?|units?|stocks?|coins?|tokens?|lots?)\b(?!.*\b(?:buy|bought|purchase|purchased|sold|sell|first|last)\b)", r"\bunits\b.*\b(?:of|for|after|in|at)\b", r"\b(?:average|avg|mean) (?:purchase|buying|buy|cost|entry|acquisition)[ -]?(?:price|cost|basis)?\b", r"\b(?:shares?|units?)\b.*\b(?:own|hold|held|have|owned|left|sitting)\b"),
    _rule(_M.AVERAGE, r"\b(?:average|averages|averaged|averaging|avg|ave)\b", r"\bmean\b(?! to\b)(?<!i mean)(?<!you mean)(?<!does it mean)(?<!that mean)", r"\btypical(?:ly)?\b", r"\bmedian\b", r"\b(?:usual|normal) (?:cost|price|amount|bill|spend|spending|size)\b", r"\bper (?:visit|booking|bill|purchase|order|meal|time|head|payment|invoice|charge|donation|gift|ticket|shop|go|pop)\b", r"\bapiece\b", r"\b(?:in|for) an? (?:typical|normal|ordinary) (?:day|week|month|quarter|year)\b"),
    _rule(_M.COUNT, r"\bhow often\b", r"\bhow many times\b", r"\bhow many\b(?! (?:shares?|units?|coins?))", r"\bnumber of\b(?! (?:the|my|our|this|that)\b)(?! (?:shares?|units?|coins?))", r"\b(?:number|count) of (?:times|visits|payments?|transactions|entries|purchases|trips|charges|orders|bills|invoices|donations|transfers|payouts|deposits|postings|refunds|meals|cheques|checks|paychecks)\b", r"\bcount (?:the|my|our|all|how|up|of)\b", r"\bhow frequently\b", r"^count\b"),
    _rule(_M.ACCOUNTS, r"\b(?:is|was|are|were|has|have)\b.*\b(?:closed|(?:still )?open|active|been opened|been closed|shut)\b(?! (?:balance|house))", r"\bwhen (?:did|was|were|has)\b.*\b(?:open|opened|close|closed|shut)\b", r"\b(?:which|what|list|show|all|name)\b(?: me)?(?: all| the| my| our| of)*[\w ]{0,16}\baccounts\b(?!.*\b(?:spen[dt]|spending|cost|balance|balances|worth|value|most|paid|pay|earn|money|total|owe|amount)\b)(?! (?:payable|receivable))", r"\bchart of accounts\b"),
    _rule(_M.EVENTS, r"\bevents\b(?! (?:cost|spend|expenses|spending|account|budget|income|ticket))", r"\b(?:according to|by|from|per) (?:the |my |our )?(?:ledger'?s? )?[\w]* ?events?\b", r"\bwhere (?:was|were|am|are) (?:i|we)\b(?! (?:spending|paying|wasting|losing))", r"\bwhere (?:did|do|have) (?:i|we) (?:live|lived|stay|stayed)\b", r"\b(?:which|what) (?:city|country|town|state|location)\b.*\b(?:i|we|was|am)\b"),
    _rule(_M.LIST, r"\b(?:transactions?|entries|entry|postings?)\b.*\b(?:tag(?:s|ged)?|link(?:s|ed)?|with|carry|carries|bear|marked)\b", unit="entry"),
)

_NEEDS = {
    Measure.NOTES: re.compile(r"\bnotes?\b(?!.*\bnoted\b)"),
    Measure.DOCUMENTS: re.compile(r"\b(?:documents?|attachments?|attached|scans?|scanned|pdfs?|paperwork|receipts? (?:for|on|attached|filed|of)|(?:any|a|the) receipts?)\b"),
}

_BALANCE = re.compile(
    r"\bbalances?\b|\b(?:owe|owes|owed|owing|outstanding|indebted|debts?)\b"
    r"|\bhow much\b.*\b(?:is|was|were|are|'s|sits?|sat|sitting|left|remain(?:s|ed|ing)?|stands?|stood|do (?:i|we) have|have (?:i|we) got|did (?:i|we) have|had (?:i|we)|there)\b.*\b(?:in|on|at|left|under|with|to my name|have)\b(?!.*\bspen[dt]\b)"
    r"|\bhow many (?:dollars?|euros?|pounds?|pesos?|bucks|yen|francs?|rupees?|rubles?|usd|eur|gbp)\b.*\b(?:have|hold|left|in (?:the|my|our)|are there|own)\b"
    r"|\bhow much (?:money|cash)\b.*\b(?:have|had|got|is|was|in|hold)\b"
    r"|\bhow much\b[\w ]{0,40}\b(?:do|did|does) (?:i|we|he|she|they) (?:still |currently |now )?(?:have|own|hold)\b|\bhow much (?:do|did|have|had) (?:i|we) (?:have|got|hold|still have)\b|\b(?:i|we) (?:have|had|'ve got|got) (?:in|on|left in)\b"
    r"|\bwhat(?:'?s| is| was| were| are)? (?:(?:still )?(?:left|sitting|lying|remaining|sat|held)? ?(?:in|on|at))\b"
    r"|\b(?:holds?|held|contains?|contained|stands?|stood)\b(?=\s*(?:$|[?.!,]|<period>|\b(?:on|at|in|as|now|today|really|right now)\b))"
    r"|\bexact\b.*\bamount in\b|\bamount (?:of [\w ]+)?(?:in|on|at) (?:the|my|our)\b|\bworth of (?:my|our|the)\b|\bfunds? (?:in|available)\b|\bstill unvested\b"
)
_SHARED = re.compile(
    r"\bwho owes\b|\bowes? (?:who|whom|what to)\b|\b(?:do|how do|how are|where do) .*\b(?:stand|square|even)\b|\bsettle(?:d)? up\b|\bsquare with\b|\bare we (?:square|even|quits)\b"
    r"|\bborrow(?:ed)?\b|\b(?:who|whom|which (?!account|card))\b.*\b(?:lent|loaned|owes?|owed)\b|\bious?\b|\bowes? (?:me|us)\b"
)
_LOOKUP = re.compile(
    r"^(?:when|on (?:which|what) (?:date|day))\b|\bwhen (?:did|was|were|have|had|do)\b|\b(?:what|which) (?:date|day|days|dates)\b|\bdates? of\b|\bwith (?:the )?dates?\b|\b(?:the )?date (?:and|&)\b"
)
_LISTING = re.compile(
    r"^(?:please |pls |can you |could you |i'?d like to see |let me see |i want to see |i need to see |i want |i need )*(?:list|show(?: me)?|pull(?: up)?|display|find|fetch|get(?: me)?|give(?: me)?|bring up|print|see|dig (?:up|out))\b(?: me| us| up| out)*"
    r" (?:a list of |the list of |all(?: of)?|them|those|these|it|the (?:details|individual)|every|each|any|everything|the (?:last|latest|\d+)|last|latest|transactions?|entries|payments?|purchases|postings|what (?:i|we) (?:bought|paid|purchased|spent)|whatever|my (?:last|latest|\d+)|what)\b"
    r"|^(?:list|pull up|dig out)\b|\bwhich (?:transactions?|entries|entry|payments?|purchases?|postings?|bills?|charges?|invoices?|orders?|checks?|cheques?|deposits?|transfers?)\b|\bwhat (?:transactions?|entries|entry|payments|purchases|postings|charges)\b"
    r"|\bwhat (?:all |else )?(?:did|have|had) (?:i|we) (?:buy|bought|purchased?|order(?:ed)?|get|got)\b(?! (?:paid|from|for))|\bwhat went (?:through|out of|into|in|out)\b|\bwhat (?:happened|came (?:in|through|out)|hit|moved)\b|\ball (?:of )?(?:my |our |the )?[\w ]{0,20}(?:transactions?|entries|purchases|payments|charges|postings|bills|invoices|refunds|donations|deposits|withdrawals|transfers)\b"
    r"|\bwhat (?:is|was|were) (?:that|this|those|the) [^?]*\b(?:thing|payment|charge|purchase|transaction|entry|one|item|transfer|debit|withdrawal|deposit)s?\b(?! total)|\bwhat did .* (?:check|cheque) .* pay\b|\bwhat did (?:check|cheque)\b|\bwhat (?:was|were|is) .* for\b ?\??$|\bwhat did .* pay for\b"
    r"|\btransactions? (?:with|at|from|for|in|over|under|above|tagged|of)\b|\bentries (?:with|at|from|for|in|over|under|above|tagged|of|that)\b|\b(?:itemi[sz]ed|itemi[sz]e)\b|\btransaction (?:history|log|list)\b"
    r"|\bpurchases (?:i'?m|we'?re|i am|that|tagged|with|over|under|above|from|at)\b|^(?:my |our |the )?(?:latest|last|recent|most recent) (?:\d+ |few )?(?:transactions?|entries|payments?|purchases?|charges?)\b"
    r"|\b(?:refunds?|reimbursements?|chargebacks?|money back|credits?)\b.*\b(?:during|booked|against|get|got|received|were there|was there|did|any|come|list)\b|\bcharges to date\b"
)
_EXISTENCE = re.compile(
    r"(?:^|[.?!;] ?)(?:so |and |but |well )?(?:did|have|has|had|was|were|is|are|do|does) (?:i|we|there|any|anyone|anything|my|our|he|she|they)\b.*\b(?:ever|any|even once|at all|already|yet|anything|a single|once)\b"
    r"|\b(?:is|are|was|were) there (?:any|a|an)\b|(?:^|[.?!;] ?)(?:did|have|has|is|was|were) any(?:thing|one|body)?\b|^(?:did|have|has) (?:i|we) (?:ever |already )?(?:buy|bought|pay|paid|spend|spent|order|ordered|purchase|purchased|receive|received|get|got|go|gone|been|eat|eaten|visit|visited|donate|donated|send|sent|return|returned|sell|sold|use|used|book|booked|rent|rented|take|taken)\b(?!.*\b(?:more|less|or|how much|than)\b)"
)
_SUM = re.compile(
    r"\bhow much\b|\btotals?\b|\btotal(?:l?ed|l?ing)?\b|\bsum\b|\bspen[dt]\b|\bspending\b|\bspendings\b|\bexpen(?:se|ses|diture|ditures)\b|\bcosts?\b|\bcosting\b|\bwhat(?:'s| is| was)? the damage\b|\bdamage\b|\bcome to\b|\bcame to\b|\badd(?:s|ed)? up to\b"
    r"|\bset (?:me|us) back\b|\bran to\b|\bpaid\b|\bpay\b|\bpaying\b|\bearn(?:ed|t|s|ings)?\b|\bincome\b|\brevenues?\b|\breceived?\b|\brecieved?\b|\bmade\b|\bmake\b|\bbr(?:ing|ings|ought) in\b|\bbought\b|\bbreak ?down\b|\bbroken down\b|\bsplit\b|\btrend\b|\bturnover\b|\bhow (?:has|have|had)\b"
    r"|\bblow(?:n)?\b|\bblew\b|\bshell(?:ed)? out\b|\bfork(?:ed)? out\b|\bburn(?:ed|t)?\b|\bget through\b|\bgone (?:to|on)\b|\bwent (?:to|on)\b|\bgo(?:es)? (?:to|on)\b|\boutgoings\b|\bbills?\b|\bcharged?\b|\bwithheld\b|\bdonated?\b|\bbooked\b"
)


def detect(text: str, context: Context) -> Intent:
    """The intent of a folded question whose periods read "<period>"."""
    intent = _measure(text, context)
    intent = _grouping(text, intent)
    intent = _ordering(text, intent)
    intent = replace(intent, flow=_flow(text), valuation=_valuation(text), convert=_converts(text), compare=_compares(text), sign=_sign(text))
    return _settled(text, intent)


def _measure(text: str, context: Context) -> Intent:
    for measure, pattern in _NEEDS.items():
        there = context.notes if measure is Measure.NOTES else context.documents
        if there and pattern.search(text) and not re.search(_MONEY_ASKED, text):
            return Intent(measure)
    for pattern, effects in _MEASURES:
        if pattern.search(text) and not _vetoed(text, effects["measure"], context):
            return _with_effects(text, effects)
    for measure, pattern in _NEEDS.items():
        if pattern.search(text) and measure is Measure.DOCUMENTS and not re.search(_MONEY_ASKED, text):
            return Intent(measure)
    return _everyday(text)


def _vetoed(text: str, measure: object, context: Context) -> bool:
    """Where a word of a measure means something else."""
    if measure is Measure.EVENTS:
        return not context.events
    if measure is Measure.ACCOUNTS:
        return bool(re.search(r"\b(?:balances?|spen[dt]|worth|how much|owe[ds]?)\b", text))
    if measure is Measure.HOLDINGS:
        return bool(re.search(r"\b(?:first|last|latest|earliest)\b.*\b(?:purchase|buy|bought|sale|sold|time)\b|\bsold\b|\b(?:entries|transactions|payments|postings)\b", text))
    if measure is Measure.RECURRING:
        return bool(re.search(r"\bhow much (?:did|have|do|does)\b.*\b(?:spen[dt]|spend)\b|\btotal\b", text))
    if measure is Measure.PRICE:
        return bool(re.search(r"\binterest rates?\b|\bsavings? rate\b|\btax rates?\b|\bhow much\b.*\b(?:spen[dt])\b", text))
    if measure is Measure.COUNT:
        return bool(re.search(r"\bhow many (?:dollars?|euros?|pounds?|pesos?|bucks|quid|yen|francs?|rupees?|rubles?|roubles?|reais|kron\w+|usd|eur|gbp)\b", text))
    return False


def _with_effects(text: str, effects: dict[str, object]) -> Intent:
    measure = effects["measure"]
    assert isinstance(measure, Measure)  # noqa: S101 - every rule of the table names one
    intent = Intent(measure)
    if measure is Measure.COUNT and not effects.get("count_of") and re.search(r"\bhow many\b.*\b(?:(?:do|did) (?:i|we) (?:still |currently )?(?:have|hold|own)|have (?:i|we) got|still|left|remain\w*|unvested|in stock)\b(?!.*\btimes\b)", text):
        return Intent(Measure.BALANCE, key="units")
    if measure is Measure.COUNT:
        return replace(intent, count_of=_count_of(text, effects.get("count_of")))
    if measure is Measure.BALANCE_CHECKS:
        return replace(intent, failing=bool(re.search(r"\b(?:fail\w*|wrong|off|broken|mismatch\w*|discrepan\w*|errors?|out)\b|n.?t (?:add up|hold|match|balance|work|pass|reconcile|tie)|not (?:add|hold|match)", text)))
    if measure is Measure.GAPS:
        found = re.search(r"\b(month|week|quarter|year|day)s?\b", text)
        return replace(intent, group_by=(Grouping(found.group(1)) if found else Grouping.MONTH,))
    if measure is Measure.ACCOUNTS:
        closed, opened = re.search(r"\b(?:closed?|shut)\b", text), re.search(r"\bopen(?:ed)?\b", text)
        asked_when = re.search(r"\bwhen\b|\bwhich\b|\blist\b|\bwhat\b", text)
        key = "closed" if closed and asked_when and not text.startswith("is ") else "opened" if opened and re.search(r"\bwhen\b|\bopened\b", text) else None
        return replace(intent, key=key)
    return intent


def _count_of(text: str, said: object) -> CountOf:
    if said == "span":
        found = re.search(r"\bhow many (?:different |distinct |separate |calendar )?(months|years|days)\b", text)
        return {"months": "months", "years": "years", "days": "days"}[found.group(1)] if found else "entries"  # type: ignore[return-value]
    if said in {"payees", "accounts"}:
        return "payees" if said == "payees" else "accounts"
    if re.search(r"\bhow many (?:different |distinct )?postings\b", text):
        return "postings"
    return "entries"


def _everyday(text: str) -> Intent:
    """Sums, lists and balances: what most questions ask for, told apart by how they are put."""
    if re.search(r"\b(?:more|less|dearer|cheaper|pricier)\b", text) and re.search(r"\bor\b|\bvs\b|\bversus\b|\bthan\b(?! \d)", text) and _SUM.search(text):
        return Intent(Measure.SUM)
    if _SHARED.search(text):
        return Intent(Measure.BALANCE, group_by=(Grouping.ACCOUNT,), key="shared")
    listing, lookup = _LISTING.search(text), _LOOKUP.search(text)
    if lookup or (listing and not re.search(r"\b(?:total|totals|sum|how much)\b", text)):
        unit = "entry" if re.search(r"\b(?:transactions?|entries|entry)\b", text) and not re.search(r"\bpostings?\b", text) else None
        return Intent(Measure.LIST, key=unit, vague=not lookup and not listing)
    if _EXISTENCE.search(text) and not re.search(r"\bhow much\b|\bmore\b|\bless\b", text):
        return Intent(Measure.LIST, vague=True)
    if _BALANCE.search(text) and not re.search(r"\bspen[dt]\b|\bspending\b|\bcost(?:s)?\b(?! basis)|\b(?:have|has|had|did) (?:i|we) (?:\w+ )?(?:made|earn\w*|received?|paid|bought|make|pay|buy)\b", text):
        return Intent(Measure.BALANCE)
    if _SUM.search(text):
        return Intent(Measure.SUM)
    return Intent()


# ------------------------------------------------------------------------------------------ grouping and order

_UNITS = {"day": Grouping.DAY, "week": Grouping.WEEK, "month": Grouping.MONTH, "quarter": Grouping.QUARTER, "year": Grouping.YEAR, "weekday": Grouping.WEEKDAY}
_UNIT = r"(day|week|month|quarter|year|weekday)"
_TIME_GROUPS = (
    re.compile(rf"\b(?:by|per|each|every|for each|for every|in each|in every|split by|grouped by|broken down by)(?: single| calendar| fiscal| individual)? {_UNIT}s?\b"),
    re.compile(rf"\b{_UNIT}[ -](?:by|on|over|to|after)[ -](?:\1)\b"),
    re.compile(rf"\bwhich {_UNIT}s?\b"),
    re.compile(rf"\bwhat {_UNIT}s? (?:did|was|had|were|do)\b"),
    re.compile(rf"\b(?:a|an) {_UNIT}\b(?= (?:on|for)\b|\s*[?.!]*$)"),
    re.compile(r"\b(?:at )?(?:each |every )?(year|month|quarter)[ -]ends?\b"),
    re.compile(r"\bof the (week)\b"),
)
_ADVERBS = {"daily": Grouping.DAY, "weekly": Grouping.WEEK, "monthly": Grouping.MONTH, "quarterly": Grouping.QUARTER, "yearly": Grouping.YEAR, "annual": Grouping.YEAR, "annually": Grouping.YEAR}
_OTHER_GROUPS = (
    (Grouping.WEEKDAY, re.compile(r"\b(?:by|per|each|every|which|what) (?:weekday|day of the week)\b|\bdays? of the week\b|\bweekday\b.*\b(?:most|least)\b")),
    (Grouping.TAG, re.compile(r"\b(?:by|per|each|every|for each) (?:tag|trip|project|holiday|vacation)s?\b|\b(?:which|what)\b[\w ]{0,14}\b(?:tags?|trips?|projects?|holidays?|vacations?)\b|\b(?:list|show|all|compare)\b[\w ]{0,12}\b(?:trips|tags)\b|\b(?:trips|tags)\b.*\beach\b|\beach (?:one|trip|of them) cost\b.*\btrips?\b|\bmost expensive trip\b|\bpriciest (?:trip|holiday)\b|\bmy (?:tagged )?trips\b")),
    (Grouping.PAYEE, re.compile(r"\b(?:by|per|each|every|for each|across|split (?:by|over|between)) (?:individual )?(?:payee|shop|store|merchant|vendor|supplier|retailer|place|restaurant|company|who|whom|client|customer|employer|landlord|business|counterparty|donor)s?\b|\b(?:which|what) (?:payees?|shops?|stores?|merchants?|vendors?|suppliers?|retailers?|places?|restaurants?|companies|company|caf(?:e|es)|bars?|pubs?|supermarkets?|businesses|clients?|customers?|donors?)\b|\bwho (?:did|do|have|has|got|gets|was|were|bills?|charges?|pays?|paid|gave|receives?|received|costs?)\b|\bwhere (?:did|do|have|does) (?:i|we) (?:\w+ )?(?:shop|eat|ate|go|spen[dt]|buy|bought|dine)\b|\bwhom\b|\b(?:biggest|top|largest|main|favou?rite|most frequent) (?:\w+ )?(?:payees?|shops?|stores?|merchants?|vendors?|suppliers?|restaurants?|places?|clients?|customers?|donors?)\b|\b(?:restaurants|shops|stores|merchants|payees|vendors|places|cafes|bars|pubs) (?:i|we)\b")),
    (Grouping.ACCOUNT, re.compile(r"\b(?:by|per|each|every|for each|across|into|split (?:by|into)) (?:its |their |the |top[- ]level |sub-?|individual |expense |spending |income |kind of |type of )*(?:account|category|categorie|subcategorie|subcategory|sub-category|sub-categorie|sub-account|sub account|kind|type|item|source|fund|area|heading|group|class|purpose|position|line|subaccount|bucket|expense)(?:s)?\b|\b(?:which|what) (?:\w+ )?(?:accounts?|categor(?:y|ies)|funds?|items?|kinds? of|types? of|areas?|sources?|headings?|investments?|stocks?)\b|\bbreak ?down\b|\bbroken (?:down|out)\b|\bbreak\b.*\bdown\b|\bitemi[sz]ed?\b|\bwhat (?:did|do|have|does) (?:i|we|my|our|it|the|that|they) .*\b(?:spen[dt]|go|money|blow|pay)\b.*\bon\??$|\bwhere (?:did|does|do|has|is) (?:the|my|our|all|most|it|that|all the|all my|most of|most of my)\b.*\b(?:money|salary|income|cash|spending|go|gone|going|went)\b|\bcategory\b|\bcategories\b|\bcomposition\b|\bmade up of\b|\bconsist|\bsplit (?:it |that |this |them )?(?:up|out)\b|\bwhere (?:they|it|that|this) came from\b|\beach (?:fund|one|of (?:my|our|them|these|those))\b|\bfrom each\b|\bhow much from each\b|\bsource of\b|\bkinds? of (?:expense|spending|income)s?\b|\btypes? of (?:expense|spending|income)s?\b|\beach (?:account|etf|stock|holding|member|person|tax|subscription|insurance)\b|\bsplit\b(?! (?:stock|by (?:month|year|week|quarter|day|payee|shop|tag))|$)")),
    (Grouping.CURRENCY, re.compile(r"\b(?:by|per|each|every|which|what) (?:currency|currencies|commodity)\b")),
    (Grouping.LINK, re.compile(r"\b(?:by|per|each) link\b")),
)  # fmt: skip
_TOP_LEVEL = re.compile(r"\btop[- ]?level\b|\bmain categor|\bmajor categor|\bbroad categor|\bhigh[- ]level\b|\bbig categor|\bfirst level\b|\bmain (?:accounts|groups|headings)\b")
_TREND = re.compile(r"\bover time\b|\btrend(?:s|ing)?\b|\bdevelop(?:ed|ment)?\b|\bevol(?:ved?|ution)\b|\bprogress(?:ion|ed)?\b|\bhow (?:has|have|had|did|is|are)\b.*\b(?:moved?|changed?|grown|grow|risen|fallen|trended|developed|evolved|gone up|gone down)\b|\bhistory of (?:my|our)\b|\bthrough the years\b")


def _grouping(text: str, intent: Intent) -> Intent:
    groups: list[Grouping] = []
    for pattern in _TIME_GROUPS:
        if found := pattern.search(text):
            groups.append(_UNITS[next(each for each in found.groups() if each)])
            break
    for word, grouping in _ADVERBS.items():
        if not groups and re.search(rf"\b{word}\b(?! (?:bills?|services?|charges?|subscriptions?|budgets?|schedule|basis|report|statement))", text):
            groups.append(grouping)
    for grouping, pattern in _OTHER_GROUPS:
        if pattern.search(text) and grouping not in groups:
            groups.append(grouping)
            break
    if Grouping.WEEKDAY in groups:
        groups = [each for each in groups if each not in {Grouping.DAY, Grouping.WEEK}]
    if not groups and _TREND.search(text):
        groups.append(Grouping.YEAR)
    depth = 2 if _TOP_LEVEL.search(text) else None
    if depth and Grouping.ACCOUNT not in groups:
        groups.append(Grouping.ACCOUNT)
    if intent.group_by:
        groups = [*intent.group_by, *(each for each in groups if each not in intent.group_by)]
    return replace(intent, group_by=tuple(groups), account_depth=depth)


_LARGEST = re.compile(r"\b(?:biggest|largest|highest|most expensive|priciest|dearest|costliest|greatest|top(?![- ]level)|maximum|max|heaviest|record|steepest|worst|single biggest)\b|\b(?:spen[dt]|cost|costs|paid|earned|owe|blew|go(?:es)?|pay|pays|received|visit(?:ed)?|take|takes|eats?|swallow(?:s|ed)?|gets?|got|made|brought in) (?:me |us )?(?:the )?most\b|\bmost (?:money|spending|spent|on|often|frequent(?:ly)?|visited|of)\b|\bthe most\b|\bin order of (?:size|amount|cost)\b|\branked?\b|\bby (?:amount|size|money spent|cost|spend|value)\b|\blargest first\b|\bbiggest first\b|\bsorted by (?:amount|size|cost)\b")
_SMALLEST = re.compile(r"\b(?:smallest|cheapest|lowest|least expensive|minimum|tiniest|bottom)\b|\b(?:the )?least\b(?! (?:\d|[$€£]))(?<!at least)")
_LATEST = re.compile(r"\b(?:latest|newest|most recent(?:ly)?|last time|(?:did|was|were|have|had) (?:i|we|my|our|the) (?:\w+ ){0,3}last|last (?:purchase|payment|visit|bill|charge|transaction|entry|order|invoice|donation|deposit|withdrawal|paycheck|transfer|meal|trip|refund|buy|repayment)|final (?:payment|repayment|bill|instal?ment|charge)|when was (?:the|my|our) last|recent)\b|\bwhen did (?:i|we) last\b|\blast (?:bought|paid|spent|went|ate|visited|shopped|used|got|received|saw|buy|pay|eat|shop|go|fill(?:ed)?)\b")
_EARLIEST = re.compile(r"\b(?:first ever|earliest|oldest|very first|first time|first (?:purchase|payment|visit|bill|charge|transaction|entry|order|invoice|donation|deposit|buy|paycheck|time)|when did (?:i|we) first|did (?:i|we) first|first (?:bought|paid|spent|went|ate|visited|used|started|received|get|got|buy|pay|visit)|when did (?:i|we) (?:start|begin))\b")


def _ordering(text: str, intent: Intent) -> Intent:
    if re.search(r"\bat least\b|\bat most\b", text):
        text = re.sub(r"\bat (?:least|most)\b", " ", text)
    if _LARGEST.search(text):
        return replace(intent, order=Order("amount", descending=True), single=_is_single(text))
    if _SMALLEST.search(text):
        return replace(intent, order=Order("amount"), single=_is_single(text))
    if _LATEST.search(text):
        return replace(intent, order=Order("date", descending=True), single=not _LATEST_FEW.search(text))
    if _EARLIEST.search(text):
        return replace(intent, order=Order("date"), single=not _LATEST_FEW.search(text))
    return intent


_LATEST_FEW = re.compile(r"\b(?:latest|newest|recent|last|first|earliest|oldest) (?:\w+ ){0,2}?(?:transactions|entries|payments|purchases|visits|bills|charges|meals|trips|orders|\w+ings|deposits|transfers|donations|invoices|receipts|few)\b")


def _is_single(text: str) -> bool:
    """Whether "the biggest" is one thing; a plural after it is several."""
    plural = r"(?:biggest|largest|highest|most expensive|priciest|dearest|costliest|top|smallest|cheapest|lowest)\s+(?:\w+\s+){0,3}?(?:\w{3,}s)\b"
    found = re.search(plural, text)
    return not (found and not re.search(r"(?:ss|us|is|grocer(?:y|ies)|'s|has|was|this|less|expenses?)$", found.group()))


# --------------------------------------------------------------------------------- flow, valuation, comparison

_INCOME = re.compile(r"\bearn(?:ed|t|s|ing|ings)?\b|\bincomes?\b|\brevenues?\b|\breceive[ds]?\b|\brecieve[ds]?\b|(?<!payment )(?<!payments )(?<!purchase )(?<!purchases )\b(?:i|we) (?:\w+ )?(?:made|make)\b(?! (?:a |any |the )?(?:payments?|purchases?|donations?|transfers?))|\b(?:i|we) (?:get|got|been) paid\b|\bpaid (?:me|us)\b|\bpays? (?:me|us)\b|\bcoming in\b|\bcame in\b|\bcomes? in\b|\bbr(?:ing|ings|ought) in\b|\btake-?home\b|\bturnover\b|\btakings\b|\bsell(?:ing)?\b|\bsold\b|\bflogging\b|\bproceeds\b|\bhave (?:i|we) made\b|\bdid (?:i|we) make\b|\bgave (?:me|us)\b|\bwages\b|\bdividends?\b|\bchip(?:ped)? in\b")
_SPEND = re.compile(r"\bspen[dt](?:s|ing|ings)?\b|\bexpen(?:se|ses|diture|ditures)\b|\bcost(?:s|ing|ed|ly)?\b|\b(?:i|we|do i|did i|did we) (?:\w+ )?(?:pay|paid|paying|bought|buy)\b|\bpaid (?:to|for|at)\b|\bpaid\b|\bpay(?:ing)? (?:for|to|at)\b|\bbought\b|\bbuy\b|\bpurchas\w+\b|\boutgoings\b|\bblow(?:n)?\b|\bblew\b|\bdrop(?:ped)?\b|\bdamage\b|\bset (?:me|us) back\b|\bburn(?:ed|t)?\b|\bfork(?:ed)? out\b|\bshell(?:ed)? out\b|\bcough(?:ed)? up\b|\bbills?\b|\bcharged?\b|\bget through\b|\bgot through\b|\bwithheld\b|\bpriciest\b|\bdearer\b|\bdearest\b|\bsplurge\w*\b|\bwasted?\b|\bgone (?:to|on)\b|\bate\b|\beat\b")


def _flow(text: str) -> Flow | None:
    """Whether money spent or money received is meant; the word nearer the beginning where both are said."""
    income, spend = _INCOME.search(text), _SPEND.search(text)
    if income and spend:
        strong = re.search(r"\bspen[dt]\b|\bspending\b|\bexpenses?\b", text)
        return "spend" if strong or spend.start() < income.start() else "income"
    if income:
        return "income"
    return "spend" if spend else None


def _valuation(text: str) -> Valuation | None:
    if re.search(r"\bat (?:book )?cost\b|\bbook value\b|\bcost basis\b|\bat book\b|\bat (?:purchase|acquisition|historical) (?:price|cost|value)s?\b|\bpurchase value\b|\bhistorical cost\b", text):
        return Valuation.COST
    if re.search(r"\bmarket\b|\bat (?:current|today'?s|latest|recorded|present) (?:prices?|values?|rates?)\b|\bmark(?:ed)?[- ]to[- ]market\b|\bcurrent(?:ly)? (?:value|worth)\b|\b(?:is|are|was|were|am) [\w ,]{0,30}\bworth\b|\bpresent value\b|\brecorded (?:exchange )?rate\b|\bworth\b(?! (?:of|it|the))", text):
        return Valuation.MARKET
    return None


def _converts(text: str) -> bool:
    return bool(re.search(r"\bconvert(?:ed|ing)?\b|\bexpressed in\b|\bequivalent\b|\bat (?:the |today'?s |current |recorded |market )*(?:exchange )?rates?\b|\beverything in\b|\ball in [a-z]{3}\b|\btranslated (?:to|into)\b|\bincluded at\b", text))


def _compares(text: str) -> bool:
    return bool(re.search(r"\bvs\.?\b|\bversus\b|\bcompar\w+\b|\bthan\b(?! \d)|\bagainst\b|\bor\b|\bdifference\b|\b(?:up|down|higher|lower|more|less|dearer|cheaper|bigger|smaller) (?:on|from|since)\b|\bcompared\b|\bincrease\w*\b|\bdecrease\w*\b|\b(?:went|gone|go|going) (?:up|down)\b|\b(?:is|are) [\w ]{1,30} (?:up|down)\b", text))


def _sign(text: str) -> Literal[-1, 0, 1]:
    """Credits where money came back."""
    if re.search(r"\brefund(?:s|ed)?\b|\bmoney (?:\w+ )?(?:come |came )?back\b|\breimburse\w*\b|\bgot back\b|\bget back\b|\bchargebacks?\b|\bnegative\b|\breturned to (?:me|us)\b|\bcame back\b|\bcome back\b|\bpaid back to (?:me|us)\b", text):
        return -1
    return 0


def _settled(text: str, intent: Intent) -> Intent:
    """What follows from the fields together."""
    if intent.measure is Measure.AVERAGE:
        per = next((each for each in intent.group_by if each.value in {"day", "week", "month", "quarter", "year"}), None)
        if per is not None and not re.search(r"\b(?:by|for each|in each) (?:month|year|quarter|week|day)\b", text):
            rest = tuple(each for each in intent.group_by if each is not per)
            return replace(intent, per=per.value, group_by=rest, order=None if not rest else intent.order)  # type: ignore[arg-type]
        found = re.search(r"\b(?:a|an|one|typical|average|normal|usual|ordinary) (day|week|month|quarter|year)\b", text)
        if found and not intent.group_by:
            return replace(intent, per=found.group(1))  # type: ignore[arg-type]
    if intent.measure is None and (intent.group_by or intent.order):
        return replace(intent, measure=Measure.LIST if intent.order and not intent.group_by else Measure.SUM, guessed=True)
    timed = any(each.value in {"day", "week", "month", "quarter", "year", "weekday"} for each in intent.group_by)
    if intent.measure in {Measure.SUM, Measure.LIST} and intent.order and intent.order.by == "date" and intent.single and not timed:
        return replace(intent, measure=Measure.LIST, group_by=())
    if intent.measure is Measure.SUM and intent.order and not intent.group_by:
        one = r"\b(?:biggest|largest|highest|smallest|cheapest|lowest|priciest|dearest|most expensive|latest|last|first|newest|oldest|earliest|most recent|single)\b"
        if re.search(one, text) or intent.order.by == "date":
            return replace(intent, measure=Measure.LIST)
    return intent
