"""What was said and taken back at once: "2023 no wait 2024", "Target sorry Old Navy", "or rather the year before".

What is said after all stands in place of what it takes back: a time of a time, a name of a name, a number of a number.
A lone "no" takes back only times ("groceries, no restaurants" leaves something out), and where it is not plain what is
taken back the question stays as it is.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.number_words import NUMBER, in_figures
from ledgerqa.dialog.language.spoken_dates import MONTH
from ledgerqa.dialog.language.tongues import language
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.asides import asks
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.calendar.periods import FoundPeriod
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_FILLER: Final = r"(?:(?:u[mh]+|er+m?|hmm+|oh|ah|ugh|god|yeah|roughly|more or less|give or take)\b[\s,.]*)"
_TAKEN_BACK: Final = (
    r"(?:no+|nope|nah|wait|(?<!'m )(?<!am )(?<!not )(?<!so )sorry(?! (?:for|about|to)\b)|oops|whoops|actually"
    r"|hang on(?! to\b)|(?:(?<=[,.;–—-] )|(?<=\bno )|(?<=wait )|(?<=\boh )|(?<=sorry ))hold on(?! to\b)"
    r"|scratch that|strike that|forget that"
    r"|correction|my (?:bad|mistake)|excuse me|pardon(?: me)?"
    r"|(?<!'d )(?<!\bi )(?<!ou )(?<!we )(?<!ey )(?<!ld )(?<!\bto )(?<!and )(?:let'?s )?make (?:that|it)"
    r"|or rather|rather|(?:what )?i (?:mean|meant)|i should say|i should have said|that should be|not that(?: one)?)"
)
_MARK: Final = compiled(
    rf"(?P<before>[\s,.;:–—-]+)(?P<mark>{_FILLER}*(?:{_TAKEN_BACK}\b[\s,.;:–—-]*{_FILLER}*)+)", re.IGNORECASE
)
# Words that by themselves take nothing back but a time said just before.
_FAINT: Final = compiled(
    rf"{_FILLER}*(?:no+|nope|nah|wait|actually|rather|i mean(?:t)?|not that(?: one)?)\b[\s,.;:–—-]*{_FILLER}*",
    re.IGNORECASE,
)
# "The savings, no, the current account": what is left out is called by its name alone ("groceries, no coffee").
_NO: Final = compiled(r"(?:no+|nope|nah)[\s,.;:–—-]*", re.IGNORECASE)
_THE_OTHER: Final = compiled(r"(?:(?:on|at) )?(?:the|my|our)\b", re.IGNORECASE)
_LEAD: Final = compiled(
    r"(?:(?:like|just|only|the one|it was|it's|that's)\s+)?"
    r"(?P<prep>(?:in|on|at|for|from|of|with|during|to|by|since|until|till)\s+)?(?:(?:the|my|our|a|an)\s+)?",
    re.IGNORECASE,
)
_BEFORE: Final = compiled(
    r"\b(?P<prep>in|on|at|for|from|of|with|during|to|by|since|until|till)\s+(?:(?:the|my|our|a|an)\s+)?$", re.IGNORECASE
)
_CLOSING: Final = compiled(r"[\s,.!?]*(?:(?:please|pls|thanks|thank you|then|i (?:mean|meant)|instead)[\s,.!?]*)*")
_PART: Final = compiled(
    rf"\b(?:{MONTH}|q[1-4]|(?:the )?(?:first|second|third|fourth) quarter|spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
_YEAR: Final = compiled(r"\b(?:(?:19|20)\d\d|(?:this|last|the past) year|the year before last)\b", re.IGNORECASE)
_TOLD_YEAR: Final = compiled(r"\b(?:(?:19|20)\d\d|this|last|next|past|previous)\b", re.IGNORECASE)
_DAY: Final = compiled(rf"(?P<month>\b{MONTH} )?\b\d{{1,2}}(?(month)(?:st|nd|rd|th)?|(?:st|nd|rd|th))\b", re.IGNORECASE)
_OTHER_DAY: Final = compiled(r"(?:on )?the (?P<day>\d{1,2}(?:st|nd|rd|th))\b(?! of\b)", re.IGNORECASE)
_TO: Final = compiled(
    r"^(?P<from>.*\b(?:to|through|thru|until|till|and)\b\s+|.*\s[-–]\s*)(?P<last>\S.*)$", re.IGNORECASE
)
_ONE_BEFORE: Final = compiled(
    r"(?P<prep>(?:in|for|from|of)\s+)?the (?:one|(?P<unit>year|month|week|quarter)) (?P<way>before|after)"
    r"(?: that| it)?\b(?! (?:last|that|we|i|the)\b)",
    re.IGNORECASE,
)
_NUMBER_LAST: Final = compiled(
    rf"(?P<number>[$£€]?(?:\d[\d.,]*\d|\d|\b{NUMBER}))(?P<coin> (?:dollars|bucks|pounds|quid|euros))?$", re.IGNORECASE
)
_NUMBER_FIRST: Final = compiled(
    r"(?:(?:top|over|above|under|below|more than|less than|last|about)\s+)?"
    rf"(?P<number>[$£€]?(?:\d[\d.,]*\d|\d|{NUMBER}))(?![\w])",
    re.IGNORECASE,
)
_NOT: Final = compiled(
    r"[\s,]*(?:\band )?\bnot (?:for |in |from )?(?:the )?$|[\s,]*(?:\band )?\bnot (?=\S)", re.IGNORECASE
)
_DENIES: Final = compiled(r"\bnot\b", re.IGNORECASE)
# "Which shops in 2024 but not in 2023": what is new then.
_NEW_THEN: Final = compiled(r"\b(?:which|who|payees|shops|stores|merchants|suppliers|clients|new)\b", re.IGNORECASE)
_BUT: Final = compiled(r"[\s,]*(?:\bbut\b|\brather\b)\s*", re.IGNORECASE)
_MEANT: Final = compiled(r"\bi mean", re.IGNORECASE)
# "... last winter? October to March I mean".
_MEANT_LAST: Final = compiled(
    r"(?P<lead>.*\w)\s*[?!.,;–—-]+\s*(?P<said>[^?!.,;]{3,60}?),? i mean(?:t)?\W*", re.IGNORECASE | re.DOTALL
)
_NOUN_LAST: Final = compiled(r"\b(?P<owner>the|my|our) (?:[\w'-]+ )?[\w'-]+$", re.IGNORECASE)
_NOUN_FIRST: Final = compiled(r"(?P<owner>the|my|our) (?=\w)", re.IGNORECASE)
_LISTED: Final = compiled(r"\s*(?:,|and\b|or\b|plus\b|&)", re.IGNORECASE)
_ASKS: Final = compiled(
    r"(?:(?:so|and|just) )?(?:how|what|whats|what's|which|when|who|where|did|do|does|have|is|are|was"
    r"|show|list|give|tell)\b",
    re.IGNORECASE,
)
# Something beside words that only fill a pause or take back: "no, wait, I meant 2024" goes on from what was asked.
_SAID: Final = compiled(rf"\b(?!(?:{_TAKEN_BACK}|{_FILLER}|i|that|it|on|and|but|so|ok|okay|well)\b)\w", re.IGNORECASE)
_WANTS_A_NAME: Final = compiled(
    r"\b(?:tag(?:ged)?|label(?:l?ed)?|marked|flagged|called|named|categor(?:y|ies|i[sz]ed)(?: as)?|key|with)\W*$",
    re.IGNORECASE,
)
_MOST: Final = 3  # times that something is taken back in one question


def as_corrected(text: str, read: Callable[[str], Said], names: Vocabulary) -> str:
    """The question as it is meant after all; `read` tells the parts of what stands before and after."""
    if language(text):
        return text  # "no" is "in the" elsewhere
    if (last := _MEANT_LAST.fullmatch(text)) and _SAID.search(last["lead"]):
        turned = f"{last['lead']}, I mean {last['said']}"
        if (meant := _taken_back(turned, read, names)) != turned:
            return meant
    text = _less_what_is_not_meant(text, read) if _DENIES.search(text) and not _NEW_THEN.search(text) else text
    return _taken_back(text, read, names)


def _taken_back(text: str, read: Callable[[str], Said], names: Vocabulary) -> str:
    """The text less what is taken back in it, each with what stands after in its place."""
    for _ in range(_MOST):
        for match in _MARK.finditer(text):
            lead, rest = text[: match.start()], text[match.end() :].lstrip()
            if not (_SAID.search(lead) and rest.strip(" ?.!")) or _is_name(match, names):
                continue
            if meant := _after_all(lead, match["mark"], rest, read):
                text = meant
                break
        else:
            return text
    return text


def _is_name(mark: re.Match[str], names: Vocabulary) -> bool:
    """Whether it names something: "everything I labelled oops in 2024", "spending tagged oops"."""
    if not mark["before"].strip() and _WANTS_A_NAME.search(mark.string[: mark.start()]):
        return True
    words = set(re.findall(r"\w+", fold(mark["mark"])))
    return any(fold(each) in words for each in (*names.tags, *itertools.chain(*names.labels.values())))


def _less_what_is_not_meant(text: str, read: Callable[[str], Said]) -> str:
    """As in "in 2024, not 2023", "not in 2023 but 2024": another time, only told from the one that is meant."""
    for one, two in itertools.pairwise(read(text).periods):
        first, second, between = one.period, two.period, text[one.end : two.start]
        if not (first.end and second.start and second.end and first.start):
            continue
        of_it = _YEAR.search(one.text) and _PART.search(two.text) and not _TOLD_YEAR.search(two.text)
        if of_it or (first.start < second.end and second.start < first.end):
            continue  # "2024, not in March": what is left out of it
        if _NOT.fullmatch(between):
            return _put(text[: one.end], text[two.end :])
        if _BUT.fullmatch(between) and (denied := _NOT.search(text[: one.start])) and denied.end() == one.start:
            return _put(text[: denied.start()], text[two.start :])
    return text


def _after_all(lead: str, mark: str, rest: str, read: Callable[[str], Said]) -> str | None:
    """What is meant after all; None where nothing is plainly taken back."""
    before, after = read(lead), read(rest)
    faint = bool(_FAINT.fullmatch(mark)) and not (_NO.fullmatch(mark) and _THE_OTHER.match(rest))
    if (meant := _another_time(lead, rest, before.periods, after.periods, faint=faint)) is not None:
        return meant
    if (not faint or _MEANT.search(mark)) and (meant := _another_noun(lead, rest, after)):
        return meant
    if faint:
        return None
    if meant := _another_number(lead, rest):
        return meant
    if asks(fold(rest)):
        return (
            None if not (_ASKS.match(rest) and (before.phrases or before.periods)) else _asked_anew(rest, before, after)
        )
    return _another_name(lead, rest, before, after)


def _another_time(
    lead: str, rest: str, before: tuple[FoundPeriod, ...], after: tuple[FoundPeriod, ...], *, faint: bool
) -> str | None:
    last = before[-1] if before else None
    adjacent = last is not None and not lead[last.end :].strip(" ,.")
    if adjacent and last and (one := _ONE_BEFORE.match(rest)) and (moved := _moved(last.text, one["unit"], one["way"])):
        return _put(lead[: last.start], moved, rest[one.end() :])
    if adjacent and last and (day := _OTHER_DAY.match(rest)) and _DAY.search(last.text):
        other = _DAY.sub(lambda said: f"{said['month'] or ''}{day['day']}", last.text, count=1)
        return _put(lead[: last.start], other, rest[day.end() :])
    if not after or not re.fullmatch(_LEAD, rest[: after[0].start]):
        return None
    first, closes = after[0], bool(_CLOSING.fullmatch(rest[after[0].end :]))
    said = rest[: first.end]
    if last is None:
        return _put(lead, said, rest[first.end :]) if closes and not faint else None
    if not adjacent and (faint or not closes):
        return None
    meant = _put(lead[: last.start], _instead(last.text, said), "")
    return _put(meant, lead[last.end :], rest[first.end :]) if not adjacent else _put(meant, "", rest[first.end :])


def _instead(said: str, meant: str) -> str:
    """The time that is meant after all, with what it leaves to be said by the one before: "march 2024, no, april"."""
    lead = _LEAD.match(meant)
    prep = lead["prep"] if lead else None
    bare = _LEAD.sub("", meant, count=1).strip()
    of_year, year = bool(_YEAR.fullmatch(bare)), _YEAR.search(said)
    ranged = _TO.match(said)
    if ranged and not _TO.match(meant) and not (of_year and _PART.search(ranged["last"])):
        return f"{ranged['from']}{_instead(ranged['last'], bare)}"
    if year and _PART.search(bare) and not _TOLD_YEAR.search(bare):
        whole = _PART.fullmatch(bare) and _PART.search(said)
        return _PART.sub(bare, said, count=1) if whole else f"{meant} {year[0]}"
    if year and of_year and _PART.search(said):
        return _YEAR.sub(bare, said, count=1)
    kept = None if prep else _BEFORE.search(said[: said.find(" ") + 1])
    return f"{kept['prep']} {bare}" if kept else meant


def _moved(said: str, unit: str | None, way: str) -> str | None:
    """The year or month before or after the one said."""
    step = -1 if way.lower() == "before" else 1
    prep = f"{match['prep']} " if (match := _BEFORE.match(said)) else ""
    if (year := re.search(r"\b(?:19|20)\d\d\b", said)) and unit in {None, "year"}:
        return f"{said[: year.start()]}{int(year[0]) + step}{said[year.end() :]}"
    last = re.fullmatch(r"(?:in |for |from |of )?last (?P<unit>year|month|week|quarter)", said.lower())
    if last and unit in {None, last["unit"]}:
        return f"{prep}the {last['unit']} before last" if step < 0 else f"{prep}this {last['unit']}"
    this = re.fullmatch(r"(?:in |for |from |of )?this (?P<unit>year|month|week|quarter)", said.lower())
    return f"{prep}last {this['unit']}" if this and unit in {None, this["unit"]} and step < 0 else None


def _another_number(lead: str, rest: str) -> str | None:
    """As in "over fifty no wait a hundred dollars", "the top 5 sorry top 10"."""
    last, first = _NUMBER_LAST.search(lead.rstrip(" ,.")), _NUMBER_FIRST.match(rest)
    if last is None or first is None:
        return None
    return in_figures(_put(lead[: last.start()], first["number"] + (last["coin"] or ""), rest[first.end() :]))


def _asked_anew(rest: str, before: Said, after: Said) -> str | None:
    """As in "coffee in 2024, scratch that, how often did we buy coffee": all of it is asked anew, of the same time."""
    if not after.phrases:
        return None
    time = f" {before.periods[-1].text}" if before.periods and not after.periods else ""
    return f"{rest.rstrip(' ?.!')}{time}"


def _another_noun(lead: str, rest: str, after: Said) -> str | None:
    """As in "the holiday budget, I mean the holiday fund": what is said after all is led to as the other was."""
    said, meant = _NOUN_LAST.search(lead.rstrip(" ,.")), _NOUN_FIRST.match(rest)
    if said is None or meant is None or fold(said["owner"]) != fold(meant["owner"]):
        return None
    named = [
        each for each in (*after.phrases, *after.excluded) if fold(rest[meant.end() :]).startswith(fold(each.words))
    ]
    if not named or _LISTED.match(rest[meant.end() + len(named[0].words) :]):
        return None
    return _put(lead[: said.start("owner")], rest)


def _another_name(lead: str, rest: str, before: Said, after: Said) -> str | None:
    names = sorted((*before.phrases, *before.excluded), key=lambda each: each.start)
    others = sorted((*after.phrases, *after.excluded), key=lambda each: each.start)
    if not names or not others or (names[-1] in before.excluded and others[0] not in after.excluded):
        return None
    begins, starts = lead.rfind(names[-1].words), rest.find(others[0].words)
    led = _LEAD.fullmatch(rest[:starts]) if starts >= 0 else None
    if begins < 0 or led is None:
        return None
    ends, stops = begins + len(names[-1].words), starts + len(others[0].words)
    how = _BEFORE.search(lead[:begins])
    if how and led["prep"] and how["prep"].lower() != led["prep"].strip().lower():
        return None  # "on gas last year, sorry, at Shell" says more of it, and takes nothing back
    name = rest[starts:stops] if how or not led["prep"] else rest[:stops]
    if not lead[ends:].strip(" ,."):
        return _put(lead[:begins], name, rest[stops:])
    further = rest[stops:]
    if _CLOSING.fullmatch(further):
        return _put(lead[:begins], name, lead[ends:])
    timed = after.periods and not before.periods and _CLOSING.fullmatch(rest[after.periods[-1].end :])
    return _put(lead[:begins], name, f"{lead[ends:]}{further}") if timed else None


def _put(*parts: str) -> str:
    """The parts as one text, with a blank between each two."""
    return re.sub(r"\s+([,?!])", r"\1", " ".join(each.strip() for each in parts if each.strip()))
