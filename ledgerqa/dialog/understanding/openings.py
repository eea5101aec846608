"""How people who talk on begin: "ok now restaurants", "sorry, I meant the vet", "how many fills was that"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.understanding.best_months import by_surplus
from ledgerqa.dialog.understanding.days_between import as_how_often
from ledgerqa.dialog.understanding.of_its_year import of_its_year
from ledgerqa.dialog.understanding.one_of_the_rows import standing_out
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

NOW: Final = compiled(
    r"^(?:ok(?:ay)?,? |and |so )?now,? (?=(?:only|just|the|for|by|per|in|with|without|show|list|do|what|how"
    r"|split|break|group|sort|order|convert|turn|compare|count|leave|exclude|include|add|give|same)\b)"
)
_NEXT_NAME: Final = compiled(
    r"(?P<opening>\W*(?:(?:ok|okay|right|so|and|good|great|fine|thanks|thank you|cool|alright|all right|well|perfect"
    r"|lovely)[,.! ]+)*)now(?=[,: ]+(?!(?:what|which|who|how|when|where|why|is|are|am|do|does|did|have|has|i|we|it|that"
    r"|in|on|at|for|by|per|and|or|to)\b)(?:[\w&'’-]+\W*){1,4}$)",
    re.IGNORECASE,
)
_CORRECTED: Final = compiled(
    r"^\W*(?:(?:oh|ah|sorry|oops|whoops|actually|hang on|my mistake|rather|i mean|i meant|i was after"
    r"|make (?:it|that)|(?:no|nope|wait)(?= ?[,.!–-]| (?:i mean|i meant|sorry|the other|wait)\b))\b[,.!: –-]*)+"
    r"(?=(?!(?:what|which|who|how|when|where|why|is|are|am|do|does|did|have|has|can|could|i|we|it|that|to|about|not"
    r"|never|thanks?|problem|worries|need|idea|bother|show|list|give|tell)\b)"
    r"(?:[\w&'’-]+\W*){1,6}$)",
    re.IGNORECASE,
)
# What is counted otherwise than entries are, or is no kind of entry.
_COUNTED_APART = (
    r"(?:different|of|days?|weeks?|months?|years?|quarters?|shops?|stores?|places?|payees?|accounts?|categories|tags?"
    r"|people|persons|euros?|pounds?|dollars?|hours?|kwh|kw|kg|gallons?|miles|km|lit(?:re|er)s|shares|units|times)"
)
_SO_MANY = compiled(
    rf"(?P<lead>(?:(?:and|so|ok|but)[, ]+)*how many) (?!{_COUNTED_APART}\b)[a-z'-]+(?: [a-z'-]+)?"
    r"(?P<that> (?:is|was|were|are) (?:that|those|these|it|they)(?: (?:in (?:all|total)|altogether))?\W*)",
    re.IGNORECASE,
)

# "Who owes us money?" and then "since when?".
_SINCE_WHEN: Final = compiled(
    r"\W*(?:(?:and|so|ok),? )?(?:since when|for how long|how long(?: for)?)"
    r"(?: (?:is|was|has|have|had|do|does|did) (?:it|that|they|those|each|all)(?: \w+){0,3})?\W*",
    re.IGNORECASE,
)
_OWED: Final = compiled(r"\b(?:ow(?:e|es|ed|ing)|debtors?|creditors?|receivables?)\b")
# "Is that more than 2023": than in that year, and no amount.
_THAN_A_YEAR: Final = compiled(
    r"(?P<lead>\b(?:is|was|were|are|did|does) (?:that|it|this|they|those|we|i)\b.*\b(?:than|as|to|with|against|on) )"
    r"(?P<year>(?:19|20)\d\d\W*)$",
    re.IGNORECASE,
)

# "And in pounds?", after how many there were.
_IN_MONEY: Final = compiled(
    r"\W*(?:(?:and|so|ok|but|no|sorry)[, ]+)*"
    r"(?:(?:how much|what)(?:'?s| is| was| were| are) (?:that|it|they|those),? )?"
    r"in (?P<what>money|cash|(?:real )?money terms|pounds|euros?|dollars|francs|quid|[£€$])"
    r"(?: (?:i mean|i meant|please|then))*\W*",
    re.IGNORECASE,
)
# "Just the biggest one", of what was added up.
_SUMMED: Final = frozenset({Measure.SUM, None})
_JUST_ONE: Final = compiled(
    r"\W*(?:and |ok |no,? )?(?:just|only)"
    r" the (?:(?P<which>biggest|largest|highest|dearest|smallest|lowest)|latest|last)(?: one)?\W*",
    re.IGNORECASE,
)
SHOW: Final = compiled(
    r"\W*(?:(?:ok|okay|and|so|right|go on|yes|sure|please)[,. ]+)*(?:(?:can|could) you )?"
    r"(?:show(?: me| us)?|let me see)"
    r"(?: then| please)*\W*",
    re.IGNORECASE,
)


_CAME_BACK = compiled(
    r"\W*(?:(?:and|so|ok|but)[, ]+)*(?:when|(?:on )?(?:what|which) (?:day|date)) (?:did|was|were) (?:i|we)"
    r" (?:(?:then|finally) )?(?:(?:get|come|go|travel|fly|drive)? ?(?:back|home)(?: home| again)?|return|leave)"
    r"(?: there| again)?\W*"
)


PAID_WITH: Final = r"\bwhat (?:was|were) (?:it|that|they|those) paid with\b"
_IT: Final = r"(?:it|that|this|they|them|those|these)"
_LED: Final = r"\W*(?:(?:and|so|ok|okay|but|thanks)[, ]+)*"
_MEANS_OF_THAT: Final = compiled(
    rf"{_LED}(?:(?:which|what) cards? (?:did|was|were|is|has) {_IT}(?: (?:all|go|gone|paid|charged|put|bought))*"
    r"(?: (?:on|from|off|with|to))?"
    rf"|(?:which|what) accounts? (?:did|was|were|has) {_IT}(?: all)? (?:go|come|paid|charged|bought|taken)"
    r" (?:on|from|off|with|out of)"
    r"|(?:on|from|off|with) (?:which|what) (?:card|account)s? (?:did|was|were) (?:i |we )?(?:pay |paid )?"
    rf"(?:for )?{_IT}(?: (?:go|come|paid|charged))?"
    rf"|how (?:did|have) (?:i|we) (?:pay|paid) (?:for )?{_IT}|how (?:was|were) {_IT} paid(?: for)?"
    rf"|what (?:did|have) (?:i|we) (?:pay|paid) (?:for )?{_IT} (?:with|from))(?:,? (?:then|again))*\W*",
    re.IGNORECASE,
)


# "How much was the Ottawa one", of the gigs: only that of them.
_ONE_OF_THEM: Final = compiled(
    rf"{_LED}(?:how much|what) (?:was|were|is|are|did) the (?P<which>[\w'’&-]+(?: [\w'’&-]+){{0,2}}) (?P<one>ones?)"
    r"(?: (?:cost|come to|bring in|pay))?(?: (?:us|me))?\W*",
    re.IGNORECASE,
)
_NO_NAME: Final = compiled(
    r"\b(?:\w+est|first|second|third|fourth|last|next|previous|other|same|new|old|big|small|large|cheap|dear|expensive"
    r"|best|worst|most|least|whole|only|single|average|usual|recent|\d+)\b",
    re.IGNORECASE,
)


_MOST_OF_THEM: Final = compiled(r"(?:single )?(?:\w+est|most expensive|last|first|worst)", re.IGNORECASE)


def _one_of_them(asked: str, before: Said, names: Vocabulary) -> str:
    """As in "how much was the Ottawa one" after what gigs brought in in a year: of these, and of that year."""
    found = _ONE_OF_THEM.fullmatch(asked)
    if found and before.phrases and _MOST_OF_THEM.fullmatch(found["which"]):
        return f"what was the {found['which']} {found['one']}"  # of those, and not of all
    if found is None or _NO_NAME.search(found["which"]) or before.intent.measure not in {*_SUMMED, Measure.LIST}:
        return asked
    roots = {names.by_name[name].root for each in before.phrases for name in each.best.values if name in names.by_name}
    flows = bool(roots) and roots <= {Root.INCOME, Root.EXPENSES}
    of_accounts = all(each.best.kind == "account" for each in before.phrases)
    return f"only the {found['which']} {found['one']}" if flows and of_accounts else asked


def _from_there(asked: str, before: Said, names: Vocabulary) -> str:
    """As in "when did I go to Keswick? And when did I get home": back from the place that an event told of."""
    spoken = set(stems(before.text))
    there = [text for _, text, _ in names.events if stems(text) and set(stems(text)) <= spoken]
    if len(set(there)) != 1:
        return asked
    return f"when did we get back from {there[0]}"


def going_on(asked: str, before: Said | None, names: Vocabulary) -> str:
    """As in "ok now restaurants": the next name in turn, and nothing about today; or "sorry, I meant restaurants".

    And "how many fills was that": as many as were spoken of, whatever the asker calls them, if no key does so.  Where
    nothing was said before, "which month was the best" is asked of the books as a whole.
    """
    if before is None:
        return as_how_often(by_surplus(asked))
    if SHOW.fullmatch(asked):
        return "show them"
    if _MEANS_OF_THAT.fullmatch(asked):
        return "what was that paid with?"
    asked = _one_of_them(asked, before, names)
    asked = standing_out(of_its_year(asked, before), before, names)
    if (only := _JUST_ONE.fullmatch(asked)) and before.intent.measure in _SUMMED and not before.intent.group_by:
        return f"which was the {only['which']} one?" if only["which"] else "when was the last one?"
    if before.intent.measure is Measure.COUNT and (money := _IN_MONEY.fullmatch(asked)):
        one = len(names.operating) < 2 or money["what"].lower().endswith(("money", "cash", "terms"))
        return "what do they come to?" if one else f"how much was that in {money['what']}"
    asked = _THAN_A_YEAR.sub(r"\g<lead>in \g<year>", asked)
    if _CAME_BACK.fullmatch(fold(asked)):
        return _from_there(asked, before, names)
    counted = _SO_MANY.fullmatch(asked)
    if counted and before.phrases and not set(stems(asked)) & {stem for key in names.keys for stem in name_stems(key)}:
        return f"{counted['lead']}{counted['that']}"
    if (opening := NOW.match(fold(asked))) and len(fold(asked)) == len(asked):
        return f"and {asked[opening.end() :]}"  # "now the van: what did it cost that year": a year told before
    if _SINCE_WHEN.fullmatch(asked) and _OWED.search(before.folded):
        return f"{before.text.rstrip(' ?.!')} and since when?"
    asked = _CORRECTED.sub("and ", asked, count=1)
    return _NEXT_NAME.sub(r"\g<opening>and", asked, count=1) if _NEXT_NAME.match(asked) else asked
