"""A question as typed, made ready to be read: in English as far as its frame goes, numbers in figures, slips mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.manner import ALL_ONE_IS_WORTH
from ledgerqa.dialog.language.chat_words import written_out
from ledgerqa.dialog.language.function_words import is_kept, is_name, put_right
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.number_words import in_figures
from ledgerqa.dialog.language.own_words import put_in_english
from ledgerqa.dialog.language.shortened import whole_words
from ledgerqa.dialog.language.suppositions import POSITION, put_plainly
from ledgerqa.dialog.language.tongues import language, says_english
from ledgerqa.dialog.language.words import fold, name_stems, stem, stems, tokenize
from ledgerqa.dialog.linking.compounds import told_apart
from ledgerqa.dialog.linking.trip_tags import country_tags
from ledgerqa.dialog.understanding.by_key import alike
from ledgerqa.dialog.understanding.pointing_back import without_pointing_back
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.language.vocabulary import Vocabulary

_ABBREVIATED: Final = compiled(r"^(?:no|nr|num)\.? of (?=[a-z])", re.IGNORECASE)
# "Since April, when the rent went up": what else happened then is no part of the question.
_ASIDE: Final = compiled(
    r"(\b(?:since|from|until|till|before|after)\b[^,?]{3,30}), (?:which (?:is|was) )?when"
    r" (?:the|our|my|his|her|we|i|it|they|he|she)\b[^,;?]*(?=[?.! ]*$)",
    re.IGNORECASE,
)
# "The evening before the move, what was in savings?": asked for first, as it is mostly put.
_EVE_FIRST: Final = compiled(
    r"^(?P<eve>(?:on )?the (?:day|evening|night|eve|morning) (?:just |right )?(?:before|after) "
    r"(?:we|i|the|our|my)\b[^,?;]{4,80}),\s+"
    r"(?P<asks>(?:how (?:much|many)|what|where)\b[^?]*)\?*\s*$",
    re.IGNORECASE,
)
# "Which country was the dearest", where the books tell countries apart as they do trips, by tags.
_COUNTRY: Final = compiled(
    r"\bcountr(?P<end>y|ies)\b(?! (?:code|house|club|music|fair|pub|walk|side)\b)", re.IGNORECASE
)
# Of all that one is worth: what is taken off, and what counts as well, which it does anyway.
_COUNTED_IN: Final = compiled(
    r",?\s*\b(?:net of|less|minus|after) (?:all )?(?:the |my |our |any )?(?:debts?|liabilities)\b"
    r"|\b(?:all )?(?:the |my |our |any )?(?:debts?|liabilities) "
    r"(?:deducted|subtracted|(?:taken |netted |knocked )?off)\b"
    r"|(?:(?P<ends>[.;,?!])|(?<!up to )(?<!until )(?<!till )\band)\s+"
    r"(?:and |but )?(?:includ(?:e|ing)|(?:throw|count|add|chuck)(?:ing)? in)\b"
    r"(?![^?.;]*\b(?:cost|paid|only|just|by|per|each|every|end|years?|months?|quarters?|\d{4})\b)[^?.;]*",
    re.IGNORECASE,
)
_PAPERS: Final = r"receipt|invoice|bill|ticket|policy|certificate|order|claim|contract|booking"
# "The number on that receipt" is the receipt number.
_ON_THE_PAPER: Final = compiled(
    r"\b(?P<what>number|no\.?|reference|ref|code|id) (?:(?:printed|written|shown|given) )?(?:on|of|from)"
    rf" (?:the|that|this|my|our|its) (?P<paper>{_PAPERS})\b(?! (?:for|of|from) \w+ \d)",
    re.IGNORECASE,
)
# "The house, such as the loan, council tax and repairs": examples of what is named already.
_EXAMPLES: Final = compiled(
    r"(?<!things)(?<!stuff)(?<!items)(?<!thing)(?<!places)(?<!shops)(?<!costs)(?<!expenses)(?<!bills)(?<!people),"
    r" (?:such as|for example|for instance|e\.g\.?) [^.?!,]+(?:, [^.?!,]+)*?,? (?:and|or)"
    r" [\w' -]+?(?=[,.?!]|$| (?:in|for|since|during|over|from|last|this|per|by)\b)",
    re.IGNORECASE,
)
# "What does £1 come to": one of it, and no amount that was paid.
_ONE_OF_IT: Final = compiled(
    r"([£€$])\s?1(?![\d.,]*\d)(?= (?:in|come|comes|came|is|was|worth|make|makes|buy|buys|get|gets)\b)"
)
_SIGNS: Final = {"£": "one pound", "€": "one euro", "$": "one dollar"}
# "US dollars": without its dot or capitals, "us" is read as those who ask.
_AMERICAN: Final = compiled(r"\b(?:us|u\.s\.?|american)[ -]dollars?\b", re.IGNORECASE)
# "The very first one".
_VERY: Final = compiled(
    r"\bvery (?=(?:first|last|latest|newest|oldest|earliest|next|same|beginning|start|end|outset)\b)", re.IGNORECASE
)
# "When 2024 finished", "as June came to its end"; "each three months".
_WHEN_OVER: Final = compiled(
    r"\b(?:when|as|once) ((?:19|20)\d\d|last (?:year|month|week)|(?:the|that) (?:year|month)"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)(?: (?:19|20)\d\d)?) "
    r"(?:finished|ended|closed|was (?:over|out|up|done)|ran out|(?:drew|came) to (?:an?|its) (?:close|end))\b",
    re.IGNORECASE,
)
_THREE_MONTHS: Final = compiled(
    r"\beach (?:three|3) months\b|\b(?:for|by|per) every (?:three|3) months\b", re.IGNORECASE
)
# "All clients incl. the side jobs"; with VAT it is read as it stands.
_INCL: Final = compiled(
    r"\bincl\b\.?(?!\.| ?(?:the |all )?(?:vat|gst|iva|mwst|ust|tva|btw|sales tax)\b)", re.IGNORECASE
)
# "This summers hill climb".
_OF_THEN: Final = compiled(
    r"\b((?:this|last|next) (?:spring|summer|autumn|fall|winter|year|month|week))s (?!of\b|and\b|or\b)(?=[a-z])",
    re.IGNORECASE,
)
# "What did we hold going into 2025"; "just the liabilities side of the balance sheet".
_GOING_INTO: Final = compiled(
    r"\b(?:going|coming|heading) into (?=(?:19|20)\d\d\b|q[1-4]\b|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b)",
    re.IGNORECASE,
)
_ONE_SIDE: Final = compiled(
    r"\b(?:just |only )?the (assets|liabilities|equity)(?: (?:side|half|part))? (?:of|on|from) (?:the|my|our)"
    r" balance sheet\b",
    re.IGNORECASE,
)
# "Spending growth 2023 to 2024", "the change in rent from 2023 to 2024".
_YEARS = r"(?:from |between )?(?P<a>(?:19|20)\d\d) (?:to|and|vs\.?|versus) (?P<b>(?:19|20)\d\d)"
_GROWN: Final = compiled(
    rf"^(?:what(?:'s| is| was) )?(?:the )?(?:change|growth|increase|rise|jump) in (?P<what>[\w' -]+?) {_YEARS}\W*$",
    re.IGNORECASE,
)
_GROWTH: Final = compiled(
    rf"^(?:what(?:'s| is| was) )?(?:the )?(?P<what>[\w' -]+?) (?:change|growth|increase) {_YEARS}\W*$", re.IGNORECASE
)
# "Days since the last haircut": when that was.
_DAYS_SINCE: Final = compiled(
    r"^(?:how (?:many days|long) (?:is it |has it been )?|days |time )since (?=(?:the |my |our )?last )", re.IGNORECASE
)
# "Pay after deductions", beside "pay after tax".
_NET: Final = compiled(
    r"\b(?P<pay>pay|salary|wages?) (?:after|net of|less|minus) (?:all |the )?(?:payroll )?deductions\b", re.IGNORECASE
)
# What is left of each coin of income, whatever it is called.
_MARGIN: Final = compiled(
    r"\b(?<!gross )(?:net |profit |operating )+margin\b"
    r"|(?:(?<=\bour )|(?<=\bmy )|(?<=\bthe )|^)margin(?=\W*$| (?:in|for|this|last|over|by|per|each|so far|now)\b)",
    re.IGNORECASE,
)
_OF_EACH: Final = compiled(
    r" (?:by|per|(?:for |of |on )?(?:each|every)) (?:single )?(?:[\w-]+ )?"
    r"(?:tags?|projects?|jobs?|clients?|customers?|orders?|events?|trips?|fairs?|markets?|concerts?|shows?)\b",
    re.IGNORECASE,
)
# "Do the wages eat up more than half of what we earn": the share, which tells whether they do.
_SO_MUCH_OF: Final = compiled(
    r"^(?:and |so |but )*(?:do|does|did|is|are|was|were) (?P<part>[\w' -]{2,40}?) "
    r"(?:(?P<goes>(?:eat|tak|swallow)(?:e?s?|ing)(?: up)?|us(?:e|es|ing) up|cost(?:s|ing)?)"
    r"|mak(?:e|es|ing) up|account(?:s|ing)? for|com(?:e|es|ing) to|amount(?:s|ing)? to)? ?"
    r"(?:(?:more|less|higher|lower) than |over |under |above |below |at least |about |around |almost |nearly )*"
    r"(?:(?:a |one )?(?:half|third|quarter)|\d{1,2} ?(?:%|per ?cent)) (?:of )"
    r"(?P<whole>(?:my |our |the |all )*(?:total |gross |net )?(?:incomes?|earnings|revenues?|turnover|takings"
    r"|what (?:i|we) (?:earn|make|bring in|take in|earned|made))\b.*?)\W*$",
    re.IGNORECASE,
)
# "Charged to the visa" is what was put on it.
_CHARGED_TO: Final = compiled(
    r"\b(?:total|how much (?:did|have|was|were|has been)(?: i| we)?) charged? (?:to|onto)"
    r" (?=(?:the |my |our )?(?:\w+ ){0,2}(?:card|visa|mastercard|amex)\b)",
    re.IGNORECASE,
)
# "What has Rex cost us? (the whole pet account)".
_THE_WHOLE: Final = compiled(
    r"[\s?.!,]*[(–-] ?(?:i\.?e\.?,? |so |that is,? |meaning )?((?:the|my|our) (?:whole|entire|full) [\w -]+)"
    r" (?:account|category)\)?(?=\W*$)",
    re.IGNORECASE,
)
# "All refunds, trip or otherwise", "whether for the van or not": what may be or not be narrows nothing.
_EITHER_WAY: Final = compiled(
    r"(?:,| [-–]|\bwhether)(?: (?:it was|they were|it is|they are|that is|these are))?"
    r"(?: (?:on|for|at|in|from|by|with|to|during))?(?: (?:the|a|an|my|our|any))?"
    r" (?!yes\b)[\w'-]+(?: [\w'-]+)? or (?:otherwise|not|no)(?=\W*$|,)",
    re.IGNORECASE,
)
# "Are we better off than a year ago": what one is worth, now and then.
_BETTER_OFF: Final = compiled(
    r"^(?:so |and )?(?:(?:am i|are we|is (?:it|he|she)) (?:\w+ )?(?:better|worse|richer|poorer|wealthier)(?: off)?"
    r"|(?:by )?how much (?:richer|poorer|wealthier|(?:better|worse) off)(?: or \w+(?: off)?)?(?: (?:am i|are we))?)"
    r"(?: now| today)?(?: than| since| compared (?:to|with))? (?:(?:i was|we were) )?(?:back )?"
    r"(?P<then>(?:last|a|one|this time last) year(?: ago)?|\w+ (?:months|years) ago"
    r"|(?:at |in )?(?:the )?(?:start|end|beginning) of (?:the |this |last )?(?:year|\d{4})|(?:in )?[a-z]{3,9} \d{4}"
    r"|(?:at the (?:start|end) of |in )?\d{4})\W*$",
    re.IGNORECASE,
)
# "Is 2024 better than 2023", "which was the better year, 2023 or 2024": what was left over.
_A_TIME = r"(?:(?:this|last) (?:year|quarter|month)|last|(?:q[1-4] )?(?:19|20)\d\d|q[1-4])"
_GOOD = (
    r"(?:(?:a|the|our|my|any) )?(?:\w+ )?(?:better|worse|good|bad)(?: (?:year|quarter|month|one))?(?: for (?:us|me))?"
)
_BETTER_YEAR: Final = compiled(
    rf"^(?:(?:so|and) )?(?:is|was|has)(?: been)? (?P<a>{_A_TIME})(?: been| going)?(?: as)? {_GOOD} (?:than|as)"
    rf" (?:in )?(?P<b>{_A_TIME})(?: was)?\W*$"
    rf"|^(?:(?:so|and) )?(?:which|what)(?: (?:year|quarter|month|one))?(?: is| was| were)? {_GOOD}[,:]?"
    rf" (?P<c>{_A_TIME}) or (?P<d>{_A_TIME})\W*$",
    re.IGNORECASE,
)
# "How much time went into it", where hours are kept.
_HOW_MUCH_TIME: Final = compiled(r"\bhow much time\b(?! (?:ago|passed|until|till|between|is left)\b)", re.IGNORECASE)
# "How long has the café owed us": since when.
_HOW_LONG_OWED: Final = compiled(
    r"\b(?:for )?how long (?:has|have|had) (?P<who>[\w' &.-]{1,40}?) (?:been )?ow(?:ed|ing)"
    r" (?P<whom>[\w' &.-]{1,40}?)(?: (?:money|that|it|this))?(?=\W*$)",
    re.IGNORECASE,
)
# "Who are our suppliers", "list our customers": with what was bought from each, or came in from them.
_TRADE_WITH: Final = compiled(
    r"^(?:so |and )?(?:who (?:are|were)(?: all)?(?: our| my| the)|which|what"
    r"|(?:list|show)(?: me)?(?: all)?(?: of)?(?: our| my| the)?)"
    r" (?:(?P<bought>suppliers|vendors)|clients|customers)(?: (?:do|did) (?:we|i) have)?"
    r"(?P<span>(?: (?:in|of|during) \d{4}| (?:this|last) year)?)\W*$",
    re.IGNORECASE,
)
_YEAR_BACK: Final = compiled(r"^(?:this time )?last year$", re.IGNORECASE)
_ASKS_OF_IT: Final = compiled(r"\b(?:did|do|does|has|have|had|is|are|was|were) (?:i|we|he|she|they|it|the|my|our)\b")
# Who it is that pays or is paid, by the kind of it: each payee, unless the books keep such a thing themselves.
_BY_WHOM: Final = compiled(
    r"(?<!ed )(?<!paid )(?<!sent )\b(?P<by>by|per|for each|from each|split by) "
    r"(?P<kind>job|gig|app|platform|employer|payer|station|gas station"
    r"|seller|marketplace|website|garage|tenant|guest)s?\b(?=\W*$| (?:in|this|last|for|since|\d\d|\d{4}|[a-z]{3,9})\b)",
    re.IGNORECASE,
)
# "Overdraft dates", "dates of overdrafts", "gas list aug": the entries of it, one by one.
_DATES: Final = compiled(
    r"^(?:(?P<name>(?!(?:what|which|when|how|list|show)\b)[a-z][\w'&-]*(?: [a-z][\w'&-]*)?)"
    r" (?:dates|list|entries)|(?:list|dates|entries) of (?P<of>[a-z][\w' &-]{2,30}?))"
    r"(?=\W*$| (?:in|for|this|last|since|ytd|20\d\d|\d\d)\b)",
    re.IGNORECASE,
)
LONGEST: Final = 2000  # characters of a question that are read


def in_plain_words(question: str, names: Vocabulary, ordinary: Callable[[str], bool] | None) -> str:
    """The question as the rules read it; `ordinary` says whether a word is one of the language."""
    text = _ASIDE.sub(r"\1", _ABBREVIATED.sub("number of ", without_pointing_back(question[:LONGEST])))
    text = _EVE_FIRST.sub(lambda found: f"{found['asks']} {found['eve'].lower()}?", text)
    text = _COUNTED_IN.sub(r"\g<ends>", text) if ALL_ONE_IS_WORTH.search(text) else text
    text = _ON_THE_PAPER.sub(r"\g<paper> \g<what>", _EXAMPLES.sub("", text))
    text = _ONE_OF_IT.sub(lambda found: _SIGNS[found[1]], text)
    text = _EITHER_WAY.sub(lambda found: found[0] if _ASKS_OF_IT.search(found[0].lower()) else "", text)
    text = _AMERICAN.sub("USD", _VERY.sub("", _OF_THEN.sub(r"\1's ", text)))
    for words in (_GROWN, _GROWTH):
        text = words.sub(r"how much did \g<what> grow from \g<a> to \g<b>", text)
    text = _TRADE_WITH.sub(
        lambda found: f"{'spending by supplier' if found['bought'] else 'income by client'}{found['span']}", text
    )
    text = _BETTER_OFF.sub(
        lambda found: f"net worth now compared with {_YEAR_BACK.sub('a year ago', found['then'])}", text
    )
    if any("hour" in name_stems(key) for key in names.keys):
        text = _HOW_MUCH_TIME.sub("how many hours", text)
    text = _HOW_LONG_OWED.sub(r"since when does \g<who> owe \g<whom>", text)
    text = _BETTER_YEAR.sub(lambda found: f"net income {found['a'] or found['c']} vs {_the_last(found)}", text)
    text = _NET.sub(r"\g<pay> after tax", text)
    text = _SO_MUCH_OF.sub(_share_of, text)
    text = _DAYS_SINCE.sub("when was ", _MARGIN.sub(lambda found: _rate(found, names), text))
    text = _CHARGED_TO.sub("how much did we put on ", text)
    text = _THE_WHOLE.sub(r", \1 I mean", text)
    text = _ONE_SIDE.sub(r"balance of the \1", _GOING_INTO.sub("at the start of ", text))
    text = text if language(text) else _INCL.sub("including", text)
    text = _COUNTRY.sub(lambda found: _trip(found, names), text)
    text = put_plainly(text, lambda words: _is_quoted(words, names))
    text = _THREE_MONTHS.sub("each quarter", _WHEN_OVER.sub(r"at the end of \1", text))
    text = text if language(text) else whole_words(written_out(text, names), names, ordinary)
    text = _BY_WHOM.sub(lambda found: _by_payee(found, names), text)
    text = text if language(text) else _DATES.sub(lambda found: _entries_of(found, names), text)
    turned = in_figures(put_in_english(text, names))
    return put_right(told_apart(turned, names, german=_is_german(text, names)), names, ordinary)


def _the_last(found: re.Match[str]) -> str:
    """The time set against the other: in "is this year better than last" the year before."""
    said: str = found["b"] or found["d"]
    return f"last {found['a'].split()[-1]}" if said.lower() == "last" and found["a"] else said


def _rate(found: re.Match[str], names: Vocabulary) -> str:
    """The margin of all that is earned; a broker's is an account called so."""
    if _OF_EACH.match(found.string, found.end()):
        return "profit"  # no part of all that is earned: "margin for each job"
    bare = found[0].lower() == "margin"
    return found[0] if bare and any("margin" in each.leaf for each in names.accounts) else "savings rate"


def _share_of(found: re.Match[str]) -> str:
    """A cost is what of the whole goes on it; what is said to make it up may be earned."""
    return f"what share of {found['whole']} {'goes on' if found['goes'] else 'is'} {found['part']}"


def _by_payee(found: re.Match[str], names: Vocabulary) -> str:
    """As in "income by job", where no job has a name, a tag or a key of its own."""
    keys = {word for key in names.keys for word in alike(key)}
    own = any(is_name(word.lower(), names) or stem(word.lower()) in keys for word in found["kind"].split())
    return found[0] if own else f"{found['by']} payee"


def _entries_of(found: re.Match[str], names: Vocabulary) -> str:
    """As in "haircut dates": to be listed, where the ledger has a word for it; the "latest entries" are told so."""
    name = found["name"] or found["of"]
    known = lexicon().grammar | lexicon().weak | lexicon().ordinary
    words = [fold(word) for word in name.split()]
    said = any(is_kept(word, names) or (word not in known and is_name(word, names)) for word in words)
    return f"list {name}" if said else found[0]


def _has_countries(names: Vocabulary) -> bool:
    """Whether something else in the ledger is called a country: a key of its metadata, an account."""
    return "country" in names.keys or any("country" in each.leaf for each in names.accounts)


def _trip(found: re.Match[str], names: Vocabulary) -> str:
    if len(country_tags(names)) < 2 or _has_countries(names):
        return found[0]
    return "trips" if found["end"].lower() == "ies" else "trip"


def _is_quoted(words: str, names: Vocabulary) -> bool:
    """Whether something is meant that is held at a cost and has a price: its code, a word of its name, its kind."""
    held = {code for code, each in names.commodities.items() if each.held_at_cost and not each.operating}
    told = {word for code in held for text in names.commodity_texts.get(code, ()) for word in name_stems(text)}
    said = {token.text.upper() for token in tokenize(words)}
    return bool(held) and bool(said & held or told.intersection(stems(words)) or re.search(POSITION, fold(words)))


# What the roots of a ledger are called that is kept in German.
_ROOTS: Final = frozenset(
    "vermogen vermoegen aktiva verbindlichkeiten schulden passiva ertrag ertrage ertraege einnahmen einkommen einkunfte"
    " einkuenfte aufwand aufwendungen ausgaben kosten eigenkapital".split()
)


def _is_german(text: str, names: Vocabulary) -> bool:
    """Whether a question is put in German; or, in words that tell no language, over a ledger that is kept in it."""
    spoken = language(text)
    return spoken == "de" or (spoken is None and not says_english(text) and bool(_ROOTS & names.root_words.keys()))
