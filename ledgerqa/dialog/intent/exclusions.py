"""What a question leaves out: names, times, trips, and what came back.

As in "no clothes", "that wasn't rent", "coffee doesn't count", "ignoring the odd one in January", "nothing that
belongs to a trip", "before refunds".  Names are found by linking what stands in the spans that are given here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit
from ledgerqa.dialog.intent.manner import find_vat
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.backends.protocols import Labelled
    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.intent.slots import Bounds

Span = tuple[int, int]

_NOT = r"(?:n['’]?t\b|\s+not\b)"
_WITHOUT = (
    r"(?:only|just) not|excluding|excludes?|excl\.?|without(?: counting| including)?|except(?:ing)?(?: for)?|apart from|aside from"
    r"|other than|leaving out|leave out|leaving aside|leave aside|setting aside|not counting|not including"
    rf"|do(?:es)?{_NOT} (?:count|include|want|need|add|consider|show|list|bother (?:with|about)|worry about|(?:go )?(?:add|count|put|throw|lump|bung|slip)(?:ting|ing|ping)?(?: in)?)"
    r"|never mind|ignoring|ignore|forgetting(?: about)?|(?<!n't )(?<!not )(?<!never )forget(?: about)?|disregarding|disregard|discounting"
    r"|with the exception of|(?:strip|cut|filter|weed|edit)(?:p?ing|t?ing)? out|pass(?:ing)? over|sans"
    r"|skipping|(?<!\ba )(?<!\bthe )(?<!\bour )(?<!\bany )(?<!\bno )skip|minus|but not|besides|all but|(?:every|any)(?:thing|where|one|body) but|omitting|omit|net of"
    r"|(?:(?:not|(?:was|were|is|are)n['’]?t) (?:been )?(?:paid|bought|charged|put|spent|booked)(?: for)?"
    r"|(?:did|do|does)(?:n['’]?t| not) (?:go|come)) (?:by|with|in|on|from|via|through"
    r"|using|out of)(?= (?:(?:the|my|our|a) )?(?:[\w'’]+ ){0,2}?(?:cards?|cash|cheques?|checks?|account|debit|credit)\b)"
    r"|not (?:by|with|in|on)(?= (?:(?:the|my|our|a) )?(?:(?:credit|debit) )?(?:card|cash)\b(?! account))"
    r"|(?<!how much )less(?! (?:on|than|often|frequently|for|at|in|money)\b)|(?<=all )bar|(?<=everything )bar|(?<=anything )bar|(?<=, )bar(?= (?:the|my|our|any|his|her|their|what)\b)|barring|save for|outside(?: of)?(?= \w)"
)
# "no clothes", "not at the market" after a pause; "is there no rent" and "not sure" leave nothing out.
_PAUSE = r"(?:[,;:(.?!]|\s[-–—]|\bbut)\s*(?:and |but |just |so |please )*"
_AFTER_A_PAUSE = (
    r"(?:not(?! (?:sure|too|yet|only|just|that|even|really|very|much|many|bad|like|all|more|less|including|counting|what"
    r"|how|to|a|been|one|necessarily)\b)"
    r"|no(?! (?:idea|need|matter|more|less|problem|rush|worr\w+|one|longer|thanks?|later|earlier|fewer|doubt|hurry"
    r"|detail\w*|chart|graph|list|table)\b)"
    r"|nothing(?= (?:from|at|with|in|on|of|tagged|for|to|that|which|else|over|under|above|below)\b"
    r"| (?!(?:more|less|left|special|fancy|big|new|yet|much|there|odd|missing|wrong)\b)[a-z-]{4,}\W*$))"
)
_WAS_NOT = (
    rf"(?:(?:that|which|who)\s+|\b(?:which|what)\b[^,.;?!]{{4,60}}\s)(?:was|were|is|are|do(?:es)?|did){_NOT}"
    r"(?!\s+(?:paid|reimbursed|booked|settled|refunded|cleared|flagged|marked|reconciled|yet|there|me|been|have|match"
    r"|add|balance|count|include)\b)"
)
_NOT_FROM = (
    rf"\bhow much\b[^,.;?!]{{3,60}}\s(?:was|were|is|are|do(?:es)?|did){_NOT}(?: come| stem| derive)?(?: in)? from"
)
_LEAD = (
    r"\s+(?:(?:the )?(?:anything|everything|whatever|what|those|all|any|stuff|things?|ones|payments?|purchases?|entries|amounts?)"
    r"(?: (?:(?:that|which) )?(?:was|were|is|are|i|we|goes|go|went|comes?|came))?(?: (?:paid|bought|booked|spent|charged|priced))?"
    r" (?:in|at|from|with|on|by|to|for)\s+)?"
    r"(?:(?:that |which )?(?:belongs?|has|have|had|is|was|were|are)? ?(?:anything )?"
    r"(?:to do with|related to|part of|tagged(?: with| as)?|about|belonging to|(?<=belongs )to|(?<=belong )to)\s+)?"
)
# "What do we spend most on after rent": what comes next.
_AFTER_THE_FIRST: Final = compiled(
    r"\b(?:(?:the )?most(?: money)? on|(?:biggest|largest|highest|dearest|main|top) (?:expenses?|costs?|bills?|spending|outgoings?"
    r"|(?:sources?|streams?) of (?:income|revenue)|(?:income|revenue) (?:sources?|streams?)|earners?|incomes?)"
    r"(?: categor(?:y|ies))?(?: is| was)?|who (?:do|did|have|has|gets?|got) [^?,]*?\bmost(?: of our)?(?: money)?),?"
    r" (?:after|next to) (?P<what>[a-z][\w' ,&-]*?)(?=\W*$| (?:in|this|last|since)\b)",
    re.IGNORECASE,
)
_CUE: Final = compiled(
    rf"(?:\b(?:{_WITHOUT})|(?:^|{_PAUSE}){_AFTER_A_PAUSE}|{_WAS_NOT}|{_NOT_FROM}){_LEAD}", re.IGNORECASE
)
_LEAVING = compiled(
    r"\b(?:(?P<leave>leaving|leave)|keeping|keep|with|taking|take|putting|setting|stripping|strip|cutting|cut)\s+(?!(?:only|just)\b)"
    r"(?!(?<=\bkeep )\w+ing (?:that |to \w+ )?(?:i|we|you|he|she|they|it|out|off)\b)"  # "we keep saying we eat out less"
    r"(?P<what>[^,.;:?!]{2,60}?)\s+"
    r"(?:out(?! of\b)|out of (?:it|this|that|the (?:picture|equation|sum|total|count|reckoning|figures?))"
    r"|(?(leave)out of(?= \w)|(?!))|(?:to|on) one side"  # "leave the tea out of groceries"
    r"|aside|apart|excluded|excepted|(?:left|taken|stripped) out|off(?= ?[,.?!]|$))(?!\w)",
    re.IGNORECASE,
)
# "pretend the loan doesn't exist", "as if there was no loan" is another way: what is said not to be is left out.
_IMAGINED = compiled(
    r"\b(?:pretend(?:ing|ed)?|imagin(?:e|ing)|suppos(?:e|ing)|assum(?:e|ing)|as if|as though|if)(?: that)?\s+"
    r"(?P<what>(?!(?:i|we|you|u|it|that|this|there)\b)[^,.;:?!]{2,60}?)\s+"
    rf"(?:(?:do|does|did|was|were|is|are|had){_NOT}\s+(?:exist(?:ed|ing)?|there|here|real|a thing|happen(?:ed)?)"
    r"|(?:had )?never (?:existed|happened|was|been)|did ?not (?:exist|happen))\b",
    re.IGNORECASE,
)
_CLOSED = r"\b(?=\s*(?:$|[,.;:)?!]|\s[-–—]|\b(?:please|pls|though|here|either|and|but|in|for)\b))"
_AFTERWARDS = compiled(
    r"(?:^|[,.;:(?!]|\s[-–—]|\bbut\b)\s*(?P<what>(?!(?:how|what|which|who|is|are|was|do|does|did)\b)"
    rf"(?:(?!\s[-–—])[^,.;:()?!]){{2,40}}?)\s+"
    rf"(?:(?:(?:do|does|did|should|shall|are|is|was|were|need|must){_NOT}|need never)\s+(?:to\s+)?(?:be\s+)?(?:count(?:ed|ing)?|included?|interest\w*|concern\w*|come into (?:it|this)|matter|belong(?: in)?)(?: to)?"
    r"(?: (?:me|us|here|there|it|this|that))?"
    r"|(?:should|must|can|may|are to|is to) (?:stay|be|remain|be left|be kept) out(?: of (?:it|this|that))?"
    rf"|not (?:counted|included|counting|in (?:either|both|it|that|there|any))|excluded|excepted|left out(?: of it)?|left aside|omitted|aside|notwithstanding"
    rf"|in neither){_CLOSED}",
    re.IGNORECASE,
)
# "Which are still open, Fenwick I know of", "what was earned, Fenwick to be ignored".
_KNOWN = compiled(
    r"(?:[,;(]|\s[-–—]|\bbut)\s+(?P<what>(?!(?:as|that|which|who|what|than|if|like|and)\b)(?:[^\s,.;:()?!]+ ){1,4}?)"
    r"(?:(?:i|we)(?:['’]ve| have)? (?:already )?(?:know(?: of| about)?|dealt with)"
    rf"|(?:(?:shall|should|must|can|may|is to|are to|to) be )?(?:disregarded|ignored)|not wanted){_CLOSED}",
    re.IGNORECASE,
)
# "Keep rent and power apart", "don't mix them": each is asked for by itself.
_TOLD_APART: Final = compiled(
    r"\b(?:keep|keeping|kept|tell|telling|hold|holding)\s+(?P<what>[^,.;:?!]{2,40}?\s(?:and|from|&)\s[^,.;:?!]{2,40}?)\s+"
    r"(?:apart|separate(?:ly)?|distinct)\b",
    re.IGNORECASE,
)
_KEPT_IN = compiled(
    r"(?:\(|(?:[,;:]|\s[-–—]|\b(?:but|and|with))\s+)(?P<what>(?:(?!\b(?:but|and|not)\b|n['’]t\b)[^,.;:()?!]){2,40}?)\s+"
    r"(?:(?:is |are |to be )?(?:left|kept|counted|included|stays?|staying|stay) in|included|in(?=\W*$))(?!\w)",
    re.IGNORECASE,
)
# "Don't forget the fund": it counts, though something be said to forget.
_NOT_FORGOTTEN: Final = compiled(
    rf"\b(?:(?:do{_NOT}|never|without) (?:forget(?:ting)?|leav(?:e|ing) out|omit(?:ting)?|skip(?:ping)?|miss(?:ing)? out)|dont"
    r" (?:forget|leave out|omit|skip))(?: about)? (?P<what>[^,.;:()?!]{2,40})",
    re.IGNORECASE,
)
# "The ex demo bike", "my ex husband": what once was, and nothing that is left out.
_FORMER: Final = compiled(
    r"\bex[- ](?=(?:demo(?:nstrat(?:or|ion))?s?|display|showroom|army|military|police|mod|library"
    r"|(?:wi(?:fe|ves)|husband|partner|girlfriend|boyfriend|spouse|flatmate|housemate|roommate|colleague|employee"
    r"|employer|boss|landlord|landlady|tenant|member|customer|client|owner)s?)\b)"
    r"|(?<=the )ex[- ](?=(?:rental|hire|lease|fleet|stock|show|shop) \w)"
    r"|(?<=\ban )ex[- ](?=(?:rental|hire|lease|fleet|stock|show|shop)\b)",
    re.IGNORECASE,
)
_LESS: Final = compiled(r"less\b", re.IGNORECASE)
_THAN_WITH_LESS: Final = compiled(
    r"(?:(?!\b(?:more|higher|lower|bigger|smaller|larger|greater|better|worse|dearer|cheaper|up|down)\b)[^.;:?!])*?\bthan\b",
    re.IGNORECASE,
)
# "Are we paying less rent this year": whoever keeps the books did less of it.
_WHETHER_LESS: Final = compiled(
    r"(?:^|[.;:?!,]|\b(?:and|so|but|whether|if)\b)\s*(?:(?:did|do|does|have|has|are|is|am|was|were) )?(?:i|we|you|they|he|she)"
    r"(?: (?:all|both|really|actually|now|still|been))*(?: [a-z]+)?(?: (?:a lot|much|far|any|way|rather|a bit))?\s+$",
    re.IGNORECASE,
)
# "Power counts too": it is added, and not left out.
_ALSO_COUNTED: Final = compiled(
    rf"(?P<what>(?:(?!{_NOT})[^,.;:()?!]){{2,40}}?)\s+(?:(?:is|are|should|must|to|be|do|does) )*(?:also (?:be )?(?:counts?|counted|included)"
    r"|(?:counts?|counted|included) (?:in )?(?:too|as well|also))\b",
    re.IGNORECASE,
)
_ENDS = compiled(
    r"[,.;:?!()]|\b(?:in|during|for|since|from|between|by|per|last|this|what|how|did|do|was|were|is|are|on my|over|under|until|at|each|every|this|that|where)\b",
    re.IGNORECASE,
)
_NO_ITEM: Final = (
    r"(?!(?:and|or|nor|but|what|how|which|who|whose|when|where|in|for|by|per|on|at|to|did|do|does|was|were|is|are|i|we|you|he|she"
    r"|they|it|please|just|only|total|together|show|list|give|tell|also|then|vs|versus|against|so|as|with|each|all|not|no"
    r"|thanks|cheers|include|including|keep|leave)\b)"
)
# "... and everything that goes to the state".
_WHATEVER: Final = (
    r"(?:(?:everything|anything|whatever|all|what)(?: (?:that|which))? (?:goes|went|go|belongs|comes|came|is|was|has)"
    r"(?: to do)? (?:to|on|in|at|from|with|for) )?"
)
_ITEM: Final = rf"{_WHATEVER}(?:(?:the|my|our|any) )?{_NO_ITEM}[\w'’&-]+(?: {_NO_ITEM}[\w'’&-]+){{0,2}}"
# "No rent, power or water": all that is listed is left out, where the list ends the clause.
_LISTED_ON: Final = compiled(
    rf"(?:,\s+{_ITEM})+,?\s+(?:or|nor|and)\s+{_ITEM}(?=\s*(?:$|[.?!;()])|\s+(?:in|during|since|over|from)\b)",
    re.IGNORECASE,
)
_ASKED_NEXT: Final = compiled(r"\s*[.!;]\s+\w")
# "Overtime in, christmas bonus out".
_NO_NOUN: Final = (
    r"(?!(?:money|cash|paid|came|come|comes|coming|went|goes|go|going|what|how|is|was|were|did|do|put|take|took)\b)"
)
_THING: Final = rf"(?:{_NO_NOUN}[\w'’&-]+ ){{1,4}}?"
_IN_AND_OUT: Final = compiled(
    rf"(?:[,;:(]|\s[-–—])\s*(?:with )?(?:(?P<kept>{_THING})in(?:,| but|,? and|;) (?P<left>{_THING})out"
    rf"|(?P<out>{_THING})out(?:,| but|,? and|;) (?P<in>{_THING})in)(?=\W*$|\s*[,;.)])",
    re.IGNORECASE,
)
# "Loan interest counts; repayment of principal does not."
_ONE_COUNTS: Final = compiled(
    rf"(?:^|[,;:.?!(]|\s[-–—])\s*(?P<kept>{_THING})(?:counts?|(?:is|are) (?:included|counted))(?:[,;] (?:but |and )?| but )"
    rf"(?P<left>{_THING})(?:does|do|is|are|should){_NOT}(?=\W*$|\s*[,;.)?!])",
    re.IGNORECASE,
)
_AGAIN: Final = compiled(r"\s*\((?!\s*(?:just|only|but|and|by|per|in|for|since)\b)[^()]{2,60}\)", re.IGNORECASE)
_CAME_BACK = (
    r"(?:refund\w*|reimburse\w*|rebates?|cash ?backs?|charge ?backs?|credit notes?|returns\b|returned (?:goods|items|things)"
    r"|(?:came|come|comes|coming|went|gone|took|taken|brought|got|get|gotten|given|gave|sent|paid|handed|was|were|money|bits?) (?:us |me |it )?"
    r"(?:back|refunded|returned|reimbursed)(?: to (?:us|me))?)"
)
_NETTED = compiled(
    r"\b(?:net of|after|less|minus)(?: (?!and\b|in\b|on\b)\w+){0,4}? "
    r"(?:(?:refund|reimburse|rebate|credit(?!s? (?:card|union|cooperative))|credit note|return|insurer|claim"
    r"|insurance (?:pay-?outs?|paid|money|settlement|che(?:que|ck)|payments?|company))[^,.;?!()]*"
    rf"|{_CAME_BACK}(?: (?:on|for|from) (?:the |my |our )?\w+)?)"
    rf"|\b(?:the |any |all )?(?:{_CAME_BACK}|compensations?|credits?) (?:(?:is|are|was|were|being|have been|has been) )?"
    r"(?:already )?(?:taken off|deducted|subtracted|netted(?: off)?|knocked off|set off|counted in|accounted for)"
    r"|(?:(?<=\bcost )|(?<=\bcost us )|(?<=\bcost me ))(?:after|net of) (?:the |our |my )?(?:insurance|insurers?)(?=\W*$|[,;]| in )"
    r"|\b(?:after|once)(?: (?!(?:and|or|in|on|what|how)\b)[\w'’]+){1,6}? "
    r"(?:(?:is|are|was|were|has|have|had|been|being|gets?|got) )*(?:(?:came|come|comes|taken|knocked|went|goes) off|deducted|subtracted)"
    r"(?: (?:it|that|them|the (?:bill|price|total))\b)?"
    r"|\b(?:after|once|when|now that)(?: the| all| any| my| our| their)? (?:rebate|refund|grant|credit|reimbursement)s? "
    r"(?:(?:has|have|had|is|was|were) )?(?:came|come|comes|been|arrived?|paid)(?: (?:in|through|back|out))?\b"
    r"|(?:[.;,!?]\s*|\b(?:and|but)\s+)(?:knock|take|deduct|subtract|net|dock)(?:ing)?(?: off| out)?(?: (?!off\b)\w+){1,5}? (?:that |which )?"
    r"(?:(?:i|we|they) )?(?:went|came|gone|come|sen[dt]|gave|given|returned)(?: (?:it|them))?(?: back)?(?: off)?\b"
    r"|[,;(]? ?\b(?:after|once|with)(?: the| all| any| my| our)?(?: \w+)? (?:interest|charges)(?: (?:had|has|have|was|were|is|are"
    r"|been|being|got|gets?))* (?:added|slapped on|put on|piled on|tacked on|posted|charged|applied|capitali[sz]ed|booked"
    r"|on top)\b",
    re.IGNORECASE,
)
_GROSS: Final = (
    compiled(
        rf"(?:\b(?!(?:net of|less|minus)\b)(?:{_WITHOUT}|before|gross of)|{_PAUSE}{_AFTER_A_PAUSE})\s+"
        rf"(?:(?!(?:and|or|but|in|on|at)\b)[\w'’]+\s+){{0,5}}?{_CAME_BACK}",
        re.IGNORECASE,
    ),
    compiled(
        rf"(?:^|[,.;:(?!]|\s[-–—]|\bbut\b)\s*(?:the |any |all )?{_CAME_BACK}\s+"
        rf"(?:(?:do|does|did|should|are|is|was|were){_NOT}\s+(?:be )?(?:count(?:ed)?|included?|deducted|subtracted)"
        r"|not (?:counted|included|deducted|subtracted)|excluded|left out|aside|ignored)\b",
        re.IGNORECASE,
    ),
    compiled(
        rf"\b(?:leaving|leave|keeping|keep|with|taking|take)\s+(?:[\w'’]+\s+){{0,4}}?{_CAME_BACK}\s+(?:out|aside|apart)\b",
        re.IGNORECASE,
    ),
    compiled(r"\bgross (?=spen[dt]|outlay|outgoings|expen)", re.IGNORECASE),
)
_TRIPS = compiled(
    r"^(?:(?:a|an|any|the|our|my|all|those|of|on|from|during|when|while|i|we|was|were|am|being|other|tagged|with|as|to|belongs?"
    r"|part|made|spent|paid)\s+)*(?:trips?|holidays?|vacations?|journeys?|getaways?|away)"
    r"(?:\s+(?:tags?|ones?|stuff|money|spending|expenses|related))*\s*$",
    re.IGNORECASE,
)
NO_PAYEE: Final = compiled(
    r"\b(?:without|with no|(?:has|have|had|having|is|are) no|lack(?:s|ing)?|miss(?:es|ing)|(?:n['’]?t|not) (?:have|got|name|bear))"
    r" (?:an? |any |the )?(?:named )?payees?\b|\bpayee (?:is |was )?(?:missing|blank|empty|left out)\b|\bpayeeless\b"
)
NO_TAG: Final = compiled(
    r"\b(?:without|with no|(?:has|have|had|having|bear|bears|carry|are|is) no|(?:n['’]?t|not) (?:have|got|bear)|lack(?:s|ing)?)"
    r" (?:an? |any )?tags?\b|\buntagged\b|\b(?:n['’]?t|not|never) (?:been )?tagged(?=\W*$| (?:in|last|this|at all|with anything)\b)"
)
# What stands between the words for leaving out and the time that is left out: "the crazy one in".
_ODD = (
    "crazy|odd|weird|strange|huge|big|large|high|freak|one-off|extra|abnormal|unusual|silly|mad|massive|giant|enormous"
    "|exceptional|special|double|expensive|insane|ridiculous|outlying|single|whole|entire"
)
_ONE = (
    "ones?|bills?|payments?|entr(?:y|ies)|charges?|months?|years?|weeks?|quarters?|purchases?|amounts?|invoices?|visits?"
    "|transactions?|spike|peak|outlier|anything|everything|stuff|things?"
)
_CUE_OF_AMOUNTS: Final = compiled(rf"(?:\b(?:{_WITHOUT})|(?:^|{_PAUSE}){_AFTER_A_PAUSE})\s+", re.IGNORECASE)
_ANYTHING: Final = compiled(
    rf"^(?:(?:anything|everything|all|any|those|the|that|which|was|were|is|are|costs?|costing|of|small|little|tiny|cheap|{_ODD}|{_ONE})\s+)*$",
    re.IGNORECASE,
)
_UP_TO_A_TIME = compiled(
    rf"^\s*(?:(?:the|that|this|those|these|any|all|my|our|what)\s+)*(?:(?:{_ODD})\s+)*(?:(?:{_ONE})\s+)?"
    r"(?:(?:that |which )?(?:i |we )?(?:(?:was|were) )?(?:was|were|spent|paid|bought|booked|happened|came|fell)\s+)?"
    r"(?:(?:in|from|of|on|during|for|at|around|since|after|before)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT_COUNTED = compiled(
    rf"^\s*(?:(?:do|does|did|should|is|was){_NOT}\s+(?:be )?(?:count(?:ed)?|included?)|not (?:counted|included)|excluded|left out|aside)\b",
    re.IGNORECASE,
)


# "Apart from birthdays and Christmas", "except August and December".
_AND_THEN: Final = compiled(
    r"^(?:(?:the|my|our|any) )?(?!(?:in|on|for|at|since)\b)[a-z'’-]+(?:,? (?!(?:in|on|for|at|since|how|what)\b)[a-z'’-]+){0,4},?"
    r" (?:and|or|nor) (?:(?:in|at|for) )?(?:the )?$"
)
# "less this year than", "2025 minus 2024", "no, 2023" leave no time out.
_NO_TIME = compiled(r"^\W*(?:(?:but|and|just|so)\s+)*(?:less|minus|net of|nothing|no)\b", re.IGNORECASE)
_OF_A_CUE = compiled(r"(?:from|for|of|than) ", re.IGNORECASE)  # "apart from december": read as the start of a time
_OWN_YEAR = compiled(r"\d{2}\b|\b(?:this|last|past|previous|next|current)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Apart:
    """What is left out beside names: times, what came back, what belongs to trips; `spans` are words that say so."""

    periods: tuple[FoundPeriod, ...] = ()
    refunds: bool = False
    trips: bool = False
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.periods or self.refunds or self.trips)


def find_netted(text: str) -> tuple[Span, ...]:
    """Where a figure is said to be net of what came back: sums are so anyway, and the words name nothing."""
    return tuple(match.span() for match in _NETTED.finditer(text))


def find_exclusions(text: str) -> tuple[Span, ...]:
    """Where the words stand that name what to leave out ("excluding rent and taxes", "leaving taxes out")."""
    spans = [match.span("left" if match["left"] else "out") for match in _IN_AND_OUT.finditer(text)]
    spans += [match.span("left") for match in _ONE_COUNTS.finditer(text)]
    told = find_told_apart(text)
    for match in (each for pattern in (_IMAGINED, _LEAVING, _AFTERWARDS, _KNOWN) for each in pattern.finditer(text)):
        if not _overlaps(match.span("what"), [*spans, *told]):
            spans.append(match.span("what"))
    passed = [*find_netted(text), *_gross(text)]
    for match in _CUE.finditer(text):
        if _overlaps(match.span(), passed) or _compares(text, match):
            continue
        end = _ENDS.search(text, match.end() + 1)
        stop = _with_list(text, match.start(), _with_brackets(text, end.start())) if end else len(text)
        if text[match.end() : stop].strip() and not _overlaps((match.end(), stop), spans):
            spans.append((match.end(), stop))
    return tuple(spans)


def find_former(text: str) -> tuple[Span, ...]:
    """Where "ex" says what something or somebody once was ("the ex demo bike"), and leaves nothing out."""
    return tuple(match.span() for match in _FORMER.finditer(text))


def _compares(text: str, cue: re.Match[str]) -> bool:
    """As in "did we burn less diesel than in 2024": what there is less of is weighed, and not left out.

    "Is the total less rent higher than in 2023" leaves it out: what is weighed by another word.
    """
    if not _LESS.match(cue.group()):
        return False
    return bool(_THAN_WITH_LESS.match(text, cue.end()) or _WHETHER_LESS.search(text[: cue.start()]))


def find_told_apart(text: str) -> tuple[Span, ...]:
    """Where the text names what is to be told each by itself ("keep rent and power apart"), and not left out."""
    return tuple(match.span("what") for match in _TOLD_APART.finditer(text))


def find_kept_in(text: str) -> tuple[Span, ...]:
    """Where the text says what to leave in ("finance interest left in"), where something else is left out."""
    if not find_exclusions(text):
        return ()
    both = (match.span("kept" if match["kept"] else "in") for match in _IN_AND_OUT.finditer(text))
    counts = ((match.start("kept"), match.start("left")) for match in _ONE_COUNTS.finditer(text))
    return (*both, *counts, *(match.span("what") for match in _KEPT_IN.finditer(text)))


def _with_list(text: str, cue: int, at: int) -> int:
    """Where the list ends that goes on there ("no rent, power or water"), after what is asked for.

    Or in a sentence before it: "Leave out the hut, the boat and the van. What ...".
    """
    listed = _LISTED_ON.match(text, at)
    asked = listed and (text[:cue].strip() or _ASKED_NEXT.match(text, listed.end()))
    return _with_brackets(text, listed.end()) if listed and asked else at


def _with_brackets(text: str, at: int) -> int:
    """Where it ends together with the brackets that say it once more: "not the flat (the house accounts)"."""
    inside = _AGAIN.match(text, at)
    return inside.end() if inside else at


def leaves_out(text: str, words: str) -> bool:
    """Whether the words stand where the text names what to leave out."""
    return any(words.lower() in text[start:end].lower() for start, end in find_exclusions(text) if words)


# "The juniors (Ann then Bo)": who they are, and nobody of them left out.
_AMONG = compiled(
    r"\((?!(?:but|not|no|non|without|except|minus|less|skip\w*|excl\w*|leav\w*|bar|apart|other|ignor\w*|drop\w*)\b)"
    r"[^()]*\b(?:then|and|plus|&)\s+(?P<what>[^()]+)\)",
    re.IGNORECASE,
)


def find_the_first(text: str) -> tuple[Span, ...]:
    """What was the most, where the next is asked for; "after Christmas", it may be a time as well."""
    return tuple(match.span("what") for match in _AFTER_THE_FIRST.finditer(text))


def with_heard(spans: Sequence[Span], heard: Iterable[Labelled], text: str) -> list[Span]:
    """The spans with those that a model hears left out, but for what stands before the words that leave out.

    Nor what the text says to leave in, or to tell apart.
    """
    first = min((start for start, _ in spans), default=0)
    kept = (*find_kept_in(text), *find_told_apart(text))
    once = {end for _, end in find_former(text)}
    beside = ((each.start, each.end) for each in heard if each.end > first and each.start not in once)
    remembered = [
        match.span("what") for each in (_NOT_FORGOTTEN, _ALSO_COUNTED, _AMONG) for match in each.finditer(text)
    ]
    found = [*spans, *(each for each in beside if not _overlaps(each, kept))]
    return _less_weighed([each for each in found if not _overlaps(each, remembered)], text)


# "Who paid more without VAT, Ann or Bo": after the manner of the figures, those that are weighed.
_WEIGHED: Final = compiled(r"[,;:]\s*[^,;:]+\bor\b[^,;:]+$", re.IGNORECASE)
_WEIGHING: Final = compiled(
    r"\b(?:who(?:m|se)?|which|what|where)\b.*\b(?:more|most|less|least|\w+er|\w+est)\b", re.IGNORECASE
)


def _less_weighed(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans without those that go on after words like "without VAT" to the names that are weighed."""
    taxed = find_vat(text)[0]
    weighed = [start for start, end in taxed if _WEIGHED.match(text, end) and _WEIGHING.search(text[:start])]
    return [each for each in spans if not any(start <= each[0] for start in weighed)]


def set_apart(text: str, periods: Sequence[FoundPeriod]) -> tuple[tuple[FoundPeriod, ...], Apart]:
    """The periods asked for, and what the question leaves out beside names."""
    left: list[FoundPeriod] = []
    spans: list[Span] = []
    for each in periods:
        if (said := left_out_at(text, each)) and len(periods) > len(left):
            left.append(each)
            spans.append(said)
    gross = _gross(text)
    trips = [span for span in find_exclusions(text) if _TRIPS.match(text[span[0] : span[1]])]
    kept = tuple(each for each in periods if each not in left)
    left = [_in_its_year(each, kept) for each in left]
    return kept, Apart(tuple(left), bool(gross), bool(trips), (*spans, *gross))


def left_out_at(text: str, period: FoundPeriod) -> Span | None:
    """The words that leave a period out, itself with them; None where it is asked for."""
    begins_at = period.start + len((_OF_A_CUE.match(period.text) or [""])[0])
    for match in _CUE.finditer(text[:begins_at]):
        if not _NO_TIME.match(match.group()) and _UP_TO_A_TIME.match(text[match.end() : begins_at]):
            return match.start(), period.end
        if period.unit is not Unit.YEAR and _AND_THEN.match(text[match.end() : begins_at].lower()):
            return period.start, period.end
    after = _NOT_COUNTED.match(text[period.end :])
    begins = re.search(r"(?:[,;(.]|\s[-–—])\s*(?:and |but )?(?:in |the )*$", text[: period.start])
    return (period.start, period.end + after.end()) if after and begins else None


def turned(bounds: Bounds, text: str) -> Bounds:
    """As in "not counting anything over 60": what is left out is beyond the limit, what counts is up to it."""
    if len(bounds.spans) != 1 or (bounds.minimum is None) == (bounds.maximum is None):
        return bounds
    start = bounds.spans[0][0]
    cues = [match.end() for match in _CUE_OF_AMOUNTS.finditer(text) if match.end() <= start]
    if not any(_ANYTHING.match(text[end:start]) for end in cues):
        return bounds
    return replace(bounds, minimum=bounds.maximum, maximum=bounds.minimum, inclusive=not bounds.inclusive)


def _in_its_year(left: FoundPeriod, kept: Sequence[FoundPeriod]) -> FoundPeriod:
    """As in "2023 without december": the month of the year that is asked for, not the last one."""
    start, end = left.period.start, left.period.end
    around = kept[0].period if len(kept) == 1 else None
    if _OWN_YEAR.search(left.text) or not (start and end and around and around.start and around.end):
        return left
    if around.start <= start and end <= around.end:
        return left  # "last winter without january"
    years = around.start.year - start.year
    if not years or around.end.year - around.start.year > 1 or (start.month, start.day) == (2, 29):
        return left
    moved = start.replace(year=start.year + years), end.replace(year=end.year + years)
    label = left.period.label.replace(str(start.year), str(start.year + years))
    return replace(left, period=replace(left.period, start=moved[0], end=moved[1], label=label))


def _gross(text: str) -> list[Span]:
    netted = find_netted(text)
    spans = [match.span() for pattern in _GROSS for match in pattern.finditer(text)]
    return [span for span in spans if not _overlaps(span, netted)]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
