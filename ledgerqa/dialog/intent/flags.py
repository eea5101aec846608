"""Words for entries that bear a mark: of doubt ("flagged", "with an exclamation mark"), or of having been padded."""

from __future__ import annotations

from typing import Final

_DOUBT: Final = (
    r"(?:doubtful|dubious|doubt|uncertain|unsure|unclear|questionable|suspect|unverified|unresolved|provisional|open"
    r"|incomplete"
    r"|not (?:sure|certain|clear)|to (?:be )?(?:check|verif|confirm|review)\w*|needs? (?:check|review|confirm)\w*)"
)
FLAGGED: Final = (
    r"\b(?:mark(?:ed|s)?|flag(?:ged|s)?|book(?:ed)?|not(?:ed|e)|enter(?:ed)?|left|put down|set) (?:[\w']+ ){0,2}"
    rf"as (?:still )?{_DOUBT}(?:(?:,|,? or|,? and) {_DOUBT})*\b"
    r"|\b(?:mark|flag)(?:ed|s)? (?:as )?(?:still )?(?:doubtful|dubious|uncertain|unsure|unclear|questionable|suspect"
    r"|unverified|provisional)\b"
    r"|\b(?:not|never|\w+n'?t)(?: (?:yet|been|really|fully|properly|got|had|it|them))* (?:ticked|checked|signed) off\b"
    r"(?: as (?:settled|done|paid|right|correct|ok(?:ay)?|fine|sorted))?"
    r"|\b(?:enter(?:ed)?|book(?:ed|ings?)?|record(?:ed)?|put in|wrote down|entr(?:y|ies)"
    r"|(?:transaction|payment|posting)s?) (?:[\w']+ ){0,6}?(?:unsure|(?:not|\w+n'?t) (?:\w+ )?(?:sure|certain)"
    r"|(?:in|had|have) (?:\w+ )?doubts?)(?: (?:about|of))?(?=\W*$| yet\b)"
    r"|\b(?:entr(?:y|ies)|(?:transaction|payment|posting|booking|item)s?|what|anything)"
    r"(?: (?:that|which|do|does|still))* needs?(?: to be)? (?:our |my |some )?(?:attention|sort(?:ing|ed)(?: out)?"
    r"|look(?:ing|ed) (?:at|into)|checked"
    r"|review(?:ing|ed)?)\b(?! (?:into|by)\b)"
    r"|\b(?:anything|things?|entr(?:y|ies)|bookings?|what)(?: (?:that|which|else|left))* (?:do )?(?:i|we)"
    r"(?: (?:still|do|ought|have|need|yet))+ to (?:check|clear up|sort out|look (?:at|into)|go over|review)(?=\W*$)"
    r"|\bflagged\b|\bpending\b|\bunconfirmed\b|\bexclamation(?:s| (?:mark|point|sign))\b|\bausrufezeichen\b"
    r"|\bpoints? d'exclamation\b|\bsignos? de (?:exclamacion|admiracion)\b"
    r"|\b(?:with|mark(?:ed)?|flag(?:ged)?|an?|(?:stuck|stick|slap(?:ped)?|put|bear(?:s|ing)?|carr(?:y|ies|ied|ying)|got|get|have|has|had|wearing|given)"
    r"(?: on)?) (?:a |an |the |my |our |with |by |still )*[\"'(]?!"
    r"|[\s(\"']![\"']?(?= (?:ones?|flags?|marks?|entr|trans|pay|book))"
    r"|[\"'(]![\"')]"
    r"|\b(?:doubtful|dubious|uncertain|questionable|unverified|unresolved|provisional)"
    r" (?:entr(?:y|ies)|(?:payment|booking|transaction|one|posting|item|line)s?)\b"
    r"|\b(?:entr(?:y|ies)|(?:payment|booking|transaction|posting)s?) (?:(?:that |which )?(?:are|is|were|was) )?"
    r"(?:still )?(?:doubtful|dubious|uncertain|questionable|unverified|unresolved|provisional)\b"
)
_UNSETTLED: Final = (
    r"(?:(?:the|any|all|what(?:'?s| is)|whatever(?:'?s| is)|those|anything|everything|things|entries|items|that|are|is"
    r"|still) ){0,4}(?:pending|flagged|unconfirmed)\b"
)
# Entries with such a mark left out: "the balance without what's pending".
LESS_FLAGGED: Final = (
    r"\b(?:without|exclud(?:ing|e)|except(?: for)?|minus|less|ignor(?:ing|e)|leav(?:ing|e) (?:out|aside)"
    rf"|not counting|(?:don't|do not) count|other than|aside from|apart from|but not|bar|omit(?:ting)?) {_UNSETTLED}"
    rf"|\b{_UNSETTLED}(?: (?:entries|items|ones|payments|charges|transactions|stuff))?,? "
    r"(?:(?:is|are|being|if) )?(?:left (?:out|aside)|aside|excluded|not (?:counted|included)|ignored|omitted)\b"
    rf"|\bleaving {_UNSETTLED}[^?.]*? (?:out|aside)\b"
)
# What Beancount booked itself, so that a balance holds; "brake pads" are bought.
PADDED: Final = (
    r"\b(?:padded|pad (?:entr(?:y|ies)|directives?|transactions?|bookings?)|padding (?:entr(?:y|ies)|booked))\b"
)
