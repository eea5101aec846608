"""Sentences that state something before another asks: "My sister was here in May. What did we spend on food in 2024?".

They go where the question stands by itself: it names what it is about, and points to nothing and nobody before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.asides import WHOLE, asks, named_in, points_back, speaks_of_somebody
from ledgerqa.dialog.understanding.refusals import orders
from ledgerqa.dialog.understanding.share_of_it import LEANS
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.linking.said import Said

_END: Final = compiled(
    r"(?<![.\s]\w)(?<!\b(?:Dr|Mr|Ms|St|No|vs|Co))(?<![a-z] (?:no|nr))"
    r"(?<!\b(?:Mrs|Inc|Ltd|etc|max|min))[.!?]\s+(?=[\w\"'(¿¡“£€$])"
)
# "She wants a bonus, so how much has she had": where what is stated ends within a sentence.
_ONSET: Final = compiled(
    r"(?:\s*[,;:]|\s+[-–—]+|\s*(?:\.{2,}|…))\s+(?:(?:and|but|so|anyway|anyhow|now)\b,? )+"
    r"(?=(?:what|how|which|when|who|did|do|does|have|has|am|are|is)\b)",
    re.IGNORECASE,
)
_COMMA: Final = compiled(r"\s*[,:;]\s+(?=(?:what|how (?:much|many|often))\b)", re.IGNORECASE)
_OF_ITSELF: Final = compiled(
    r"^(?!(?:if|when|while|since|after|before|for|on|in|of|at|with|as|what|how|to|is|are|was|were)\b)"
    r"(?:(?!(?:i|we|you|who|which)\b)[\w'-]+ ){1,4}?(?:is|are|was|were|keeps?|kept|has|have|had|went|goes|gets?|got"
    r"|needs?|broke|loves?|likes?|hates?|wants?|says?|rose|fell)\b(?:(?!\b(?:i|we)\b)[^,.;:?!])*$"
)
_TOLD: Final = "|".join(
    """went came got took put said told thought bought sold paid gave left made kept began lost found met saw wrote rang
    brought grew fell felt knew forgot used says wants? needs? thinks? puts? keeps? gives? pays? goes comes? gets?
    takes? makes? shares? owns? lives? works? knows earns spends likes loves hates eats drinks drives buys sells helps
    hopes believes swears insists travels teaches worries prefers complains""".split()
)
# Something is said of somebody or something: a noun alone ("Electricity and gas.") is what the question is about.
STATES: Final = compiled(
    r"^(?:(?:and|but|so) )?(?:i|we|he|she|they|you|it) \w+"
    r"|(?:\b|')(?:am|is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|may|might|must"
    r"|m|re|ve|s|d|ll)\b"
    rf"|\b(?:{_TOLD}|\w{{3,}}ed)\b"
    r"|^[\w'-]+(?: [\w'-]+)? \w{2,}s (?:in|to|an?|the|it|me|us|him|her|them|that|like|so|my|our|his|their|up|out|too)\b"
)
# "She wrote to us, which was lovely": nobody asks which.
_BESIDES: Final = compiled(r"[,;] (?:which|who)(?= (?:is|was|are|were|has|had|gets?|got|goes|went|i|we)\b)")
# What a question is about, said first: such a sentence stays.
_ANNOUNCES: Final = compiled(
    r"\b(?:question|i mean|we mean|meant|interested in|care about|asking (?:about|for)|speaking of|talking (?:of|about)"
    r"|think of|looking (?:at|for|into)|this is (?:about|for)|it(?:'s| is) (?:about|for)|is about|concerns?|regarding"
    r"|suppose|assum\w+|imagine|pretend|let's say|take|consider|(?<!lost )count\w*|includ\w*|exclud\w*|tag(?:ged)?"
    r"|tax return|(?:add|put|share) (?:up|together|out)"
    r"|should|must|ha(?:ve|s) to be|matters?|interests? (?:me|us)|belongs?"
    r"|(?:asks?|asked|wants? to know|wonders?) (?:where|when|who|whose))\b"
)
_THAT_TIME: Final = compiled(
    r"(?:\b(?P<within>in|on|during|over|for|of|throughout|within|at) )?(?:\b(?:that|the same) (?:very )?"
    r"(?P<unit>year|month|week|quarter|day|spring|summer|autumn|fall|winter|weekend|time|period)\b"
    r"|\bthose (?:\w+ )?(?:months|years|weeks|days|quarters)\b)|\b(?:back )?then(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_LEADS_ON: Final = compiled(
    r"\b(?:from|since|until|till|before|after|by|between|to|and|through|of)(?: the)? ?$", re.IGNORECASE
)
_BOUNDED: Final = compiled(r"(?:from|since|until|till|before|after|by|between|last|this|next) ", re.IGNORECASE)
_OF_TALK: Final = compiled(r"(?:(?:on|in|for|during) )?(?:this|next|today|tonight|now|these|the next)\b", re.IGNORECASE)
_DONE: Final = compiled(
    r"\b(?:i|we)(?:'ve| have| had)?(?: [a-z]+ly| all| both)? (?:were|was|been|went|stayed|had|spent|met|travelled|drove"
    r"|flew|visited|rented|hired)\b"
)
_FEW: Final = 7  # words of a time that is said again
_WITHIN: Final = compiled(r"^(?:in|on|during|over|for|of|throughout|within|at) ", re.IGNORECASE)
# What may shape the answer, or speak of what is asked for.
_SHAPES: Final = compiled(
    r"n't\b|\b(?:should|must|shall|only|just|not?|never|without|leave|left|meant?|each|every|per|by|separate(?:ly)?"
    r"|together|apart|total|sum|list|table|please|belongs?|as well|too|also|instead|rather|except|but|from|since|until"
    r"|noted|recorded|booked|marked|logged|entered|linked|flag(?:ged)?|tag(?:ged)?"
    r"|between|over|under|which|what|it|its|it's|they|them|that|this|those|these|there|then|ones?|some|all|both|same)\b"
)
# What points to something said before, beside pronouns that a name can stand for.
_POINTS: Final = compiled(
    r"\b(?:(?:since )?then|which ones?|both|the (?:two|others?|rest|extra|second|same)|another|else|such)\b"
    r"|(?<!is )(?<!was )(?<!are )(?<!were )(?<!be )(?<!been )\bthere\b(?! (?:is|are|was|were|has|have|be|been|ever)\b)"
    r"|\b(?:those|these)\b"
    r"|\b(?:that|this) (?:one|sum|amount|money|trip|holiday|time|period|account|bill|car|thing|lot)\b"
)
_BELIEVES: Final = compiled(
    r"(?:(?:and|but|because|though|well|honestly)\b,? )*"
    r"(?:(?:i|we)(?:'ve|'d| have| had| would| could have)? (?:\w+ly |just |always |still )?(?:got )?"
    r"(?:(?:a|the) (?:feeling|idea)|think|thought|feel|felt|reckon|guess|suspect|bet|say|swear|sworn|believe|seem to"
    r"|(?:was|were|am) (?:\w+ )?(?:sure|certain|convinced))"
    r"|(?:i'm|we're) (?:\w+ )?(?:sure|certain|convinced|guessing)"
    r"|(?:(?:my|our|the) )?\w+ (?:says?|said|thinks?|reckons?|swears?|insists?|is (?:sure|convinced)))\b"
)
_ASKS_WHEN: Final = compiled(r"\b(?:when|(?:what|which) (?:day|date|month|year))\b[^?]*\?")
_ASKS_AMOUNT: Final = compiled(r"\b(?:how much|what (?:did|do|does|has|have|was|is|are|were))\b[^?]*\?")
_AMOUNT: Final = compiled(r"\b(?:over|under|about|around|than|nearly|least|most|like) [^\w\s]?(?!(?:19|20)\d\d\b)\d")
_NO_NOUN: Final = (
    r"(?=\W*$|[,.;:?!]| (?:in|on|at|for|to|from|since|until|till|by|and|or|so|this|last|up|back|yet|all|over|during"
    r"|before|after|with|each|every|per|if|when|then|now|as|ever|already|still|altogether|half)\b)"
)
_WHO: Final = compiled(r"\b(?:he|she|they)\b", re.IGNORECASE)
_WHOM: Final = compiled(rf"\b(?:him|(?<!of )them|her{_NO_NOUN})\b", re.IGNORECASE)
# "He says that we never go to Lantern. What went to them?": where one goes, and not who says so.
_GONE_TO: Final = compiled(r"\b(?:to|at|from|with|in)(?: the)? $")
_TO_THEM: Final = compiled(r"(?<=\bto )them\b|(?<=\bwith )them\b|(?<=\bat )them\b", re.IGNORECASE)
_WHOSE: Final = compiled(r"\b(?:his|their|her)\b(?! own\b)", re.IGNORECASE)
# "How many of our members handed in their fee": theirs, and of nobody who was named before.
_MANY: Final = compiled(
    r"\b(?:our|the|my|all|which|what|these) (?:\w+ )?\w{3,}s\b[^.?!]*\b(?:they|them|their)\b", re.IGNORECASE
)


def without_statements(text: str, read: Callable[[str], Said]) -> tuple[str, str]:
    """The question without what is only stated before it, and that; `read` tells its parts.

    "She" and "them" make room for the name that was stated, "that year" for the time.  What "it" is may be all that the
    statement says, which stays then; as does one that says when, where the question does not.
    """
    commas = (each for each in _COMMA.finditer(text) if _only_remarks(text[: each.start()], text[each.end() :], read))
    for end in sorted((*ends(text), *commas), key=re.Match.start, reverse=True):
        stated, asked = text[: end.start()] + text[end.start() : end.start() + 1].strip(" ,;:-–—"), text[end.end() :]
        first = first_sentence(asked)
        if _only_states(stated) and asks(fold(first)):
            pointed = _pointed_out(first, stated, read)
            asked = pointed + asked[len(first) :]
            alone = _stands_alone(pointed, read, idle=not named_in(read(stated)))
            if alone and (read(asked).periods or not _says_when(stated, read)):
                return asked, stated
    return text, ""


def _only_remarks(stated: str, asked: str, read: Callable[[str], Said]) -> bool:
    """As in "the rent is due, what did we spend on food in May": of something else, and it says no time for both."""
    folded = fold(stated).replace("’", "'")
    if not _OF_ITSELF.match(folded) or _SHAPES.search(folded):
        return False
    return bool(read(asked).periods) or not read(stated).periods


def ends(text: str) -> list[re.Match[str]]:
    """Where what is stated may end, the last first."""
    return sorted((*_END.finditer(text), *_ONSET.finditer(text)), key=re.Match.start, reverse=True)


def _says_when(stated: str, read: Callable[[str], Said]) -> bool:
    """As in "we were in London in October": when or on what trip it was done, and not "this week" of the talk."""
    told = read(stated)
    times = [each for each in told.periods if each.kind == "range" and not _OF_TALK.match(each.text)]
    trip = any(each.best.kind == "tag" and each.words[:1].isupper() for each in told.phrases)
    return bool(times or trip) and bool(_DONE.search(fold(stated)))


def without_remarks(text: str) -> tuple[str, str]:
    """The question without the sentences after it that only state something of something else, and these."""
    ends = [*_END.finditer(text)]
    kept = len(text)
    for end in reversed(ends):
        remark = text[end.end() : kept]
        states = _only_states(remark) and not _SHAPES.search(fold(remark).replace("’", "'"))
        if not (states or _guesses(remark, text[: end.start() + 1])):
            break
        kept = end.start() + 1
    if kept == len(text) or not asks(fold(text[:kept])):
        return text, ""
    return text[:kept], text[kept:].strip()


def _guesses(remark: str, asked: str) -> bool:
    """As in "when did rent go up? I think it was in May": what the answer may be, which narrows no question."""
    told, folded = fold(remark).replace("’", "'"), fold(asked)
    answers = _ASKS_WHEN.search(folded) or (_ASKS_AMOUNT.search(folded) and _AMOUNT.search(told))
    more = "?" in remark or orders(told) or cues("asides").found("restricts", told)
    return bool(_BELIEVES.match(told) and answers and not more)


def _pointed_out(asked: str, stated: str, read: Callable[[str], Said]) -> str:
    """The question with the name and the time that were stated in the place of the words that point to them."""
    told = read(stated)
    if len(told.periods) == 1 and len(told.periods[0].text.split()) <= _FEW:
        asked = _THAT_TIME.sub(lambda found: _in_words(told.periods[0], found), asked)
    if _MANY.search(asked):
        return asked
    names = [each for each in named_in(told) if each.words[:1].isupper() and each.best.kind != "tag"]
    who = names[0].words if names else ""
    if who:
        if place := next((each.words for each in names[1:] if _GONE_TO.search(each.lead)), ""):
            asked = _TO_THEM.sub(place, asked)
        name = re.sub(r"['’]s$", "", who)
        asked = _WHOSE.sub(f"{name}'s", _WHOM.sub(name, _WHO.sub(name, asked)))
    return asked


def _in_words(period: FoundPeriod, pointing: re.Match[str]) -> str:
    """What to say for "that year", "in those months", "then"."""
    first, end = period.period.start, period.period.end
    whole_year = bool(pointing["unit"]) and pointing["unit"].lower() == "year" and first is not None
    when = str(first.year) if whole_year and first else _WITHIN.sub("", period.text)
    led = _LEADS_ON.search(pointing.string[: pointing.start()]) or (pointing["within"] or "").lower() == "of"
    if led or _BOUNDED.match(when):
        return when
    one_day = first is not None and end is not None and (end - first).days == 1
    return f"{'on' if one_day and not whole_year else 'in'} {when}"


def first_sentence(text: str) -> str:
    """The first sentence, with its mark."""
    end = _END.search(text)
    return text[: end.start() + 1] if end else text


def _only_states(stated: str) -> bool:
    folded = [_BESIDES.sub(" it", fold(each).replace("’", "'").strip(" .!")) for each in _END.split(stated)]
    return "?" not in stated and all(
        STATES.search(each)
        and len(each.split()) > 2
        and not (asks(each) or orders(each) or _ANNOUNCES.search(each) or cues("asides").found("restricts", each))
        for each in folded
    )


def _stands_alone(asked: str, read: Callable[[str], Said], *, idle: bool) -> bool:
    """Whether a sentence names what it is about, and points to nothing before it.

    Where that is `idle`, as the ledger bears none of its names, it is enough to ask for what came or went in a time.
    """
    said, folded = read(asked), fold(asked).replace("’", "'")
    if _POINTS.search(folded) or LEANS.search(folded) or _THAT_TIME.search(folded) or points_back(asked, said):
        return False
    if speaks_of_somebody(asked) and not _MANY.search(asked):
        return False
    whole = said.intent.measure in WHOLE or (idle and said.intent.flow and said.periods)
    return bool(named_in(said) or whole)
