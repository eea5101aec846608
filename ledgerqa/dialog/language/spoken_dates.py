"""Years and days as they are dictated: "march twenty twenty four", "the twenty fifth of may", put into figures.

Amounts in words are left to `number_words`, and names of the ledger ("Twenty Twenty Opticians") keep their words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.number_words import COINS
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_ONES: Final = "one two three four five six seven eight nine".split()
_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRST: Final = "first second third fourth fifth sixth seventh eighth ninth".split()
_TENTH: Final = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
)
_VALUES: Final = (
    {word: at for at, word in enumerate(_ONES, 1)}
    | {word: at for at, word in enumerate(_TEENS, 10)}
    | {word: 10 * at for at, word in enumerate(_TENS, 2)}
    | {word: at for at, word in enumerate(_FIRST, 1)}
    | {word: at for at, word in enumerate(_TENTH, 10)}
    | {"twentieth": 20, "thirtieth": 30}
)
_ONE: Final = f"(?:{'|'.join(_ONES)})"
_TEEN: Final = f"(?:{'|'.join(_TEENS)})"
_TEN: Final = f"(?:{'|'.join(_TENS)})"
_TWO: Final = rf"(?:{_TEEN}|{_TEN}(?:[ -]{_ONE})?)"
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = (
    rf"(?:(?:twenty|thirty)[ -](?:{'|'.join(_FIRST)})|twentieth|thirtieth|{'|'.join(_TENTH)}|{'|'.join(_FIRST)})"
)
# What makes an amount or a count of a number: "twenty twenty dollar notes", "in march ten entries".
_NO_AMOUNT: Final = rf"(?![ -](?:{COINS}|percent\b|per cent\b|cents?\b|hundred|thousand|grand\b|k\b|million))"
_NO_TIME: Final = rf"{_NO_AMOUNT}(?![ -](?:{_ONE}|{_TEEN}|{_TEN})\b)"
_NO_COUNT: Final = (
    r"(?! (?:(?:most|biggest|largest|highest|lowest|cheapest|smallest|dearest|latest|last|first|different|or|times?"
    r"|of)\b"
    r"|\w+s\b(?<! this)(?<!'s)))"
)
_AFTER_AMOUNT: Final = r"(?<!hundred )(?<!thousand )(?<!hundred and )(?<!thousand and )"
_LEAD: Final = (
    r"(?:in|of|since|from|to|until|till|through|throughout|for|during|before|after|by|and|or|vs\.?|versus|between|year"
    rf"|compare|{MONTH}|\d{{1,2}}(?:st|nd|rd|th)|spring|summer|fall|autumn|winter|christmas|easter|thanksgiving|early"
    r"|late|mid|q[1-4]|quarter)"
)
_THIS_CENTURY: Final = compiled(
    rf"{_AFTER_AMOUNT}(?<!top )\btwenty[ -](?:(?:oh|o|zero)[ -](?P<one>{_ONE})"
    rf"|(?P<two>{_TEEN}|(?:twenty|thirty)(?:[ -]{_ONE})?))"
    rf"\b(?!-){_NO_AMOUNT}",
    re.IGNORECASE,
)
_LAST_CENTURY: Final = compiled(
    rf"{_AFTER_AMOUNT}(?<!top )\bnineteen[ -]"
    rf"(?P<two>(?:fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONE})?)\b(?!-){_NO_AMOUNT}",
    re.IGNORECASE,
)
_TWO_THOUSAND: Final = compiled(
    rf"(?P<lead>\b{_LEAD} |^)two thousand(?: and)? (?P<two>{_ONE}|{_TEEN}|(?:twenty|thirty)(?:[ -]{_ONE})?)"
    rf"\b(?!-){_NO_AMOUNT}",
    re.IGNORECASE,
)
_QUARTER: Final = compiled(rf"\b(?P<lead>q|quarter) (?P<one>one|two|three|four)\b{_NO_TIME}", re.IGNORECASE)
_OF_MONTH: Final = compiled(rf"\b(?P<day>{_DAY})(?P<of>(?: day)? of (?={MONTH}\b))", re.IGNORECASE)
_MONTH_DAY: Final = compiled(
    rf"\b(?P<month>{MONTH}) (?:the )?(?P<day>{_DAY})\b(?! (?:half|quarter|week|weekend|payment|bill|time|one|of)\b)",
    re.IGNORECASE,
)
_MONTH_NUMBER: Final = compiled(
    rf"\b(?P<month>{MONTH}) (?P<two>{_TWO})\b(?!-){_NO_TIME}(?=,? (?:19|20)\d\d\b|{_NO_COUNT})", re.IGNORECASE
)
_DAY_OF_YEAR: Final = compiled(
    rf"\b(?P<month>{MONTH}) (?:the )?(?P<day>{_DAY}|{_TWO})"
    rf"(?= twenty[ -](?:oh|o|zero|twenty|thirty|{_TEEN})\b| two thousand\b)",
    re.IGNORECASE,
)
_LONE_DAY: Final = compiled(
    rf"\b(?P<lead>(?:on|since|until|till|from|by|before|after|to|through|and"
    rf"|wait|no|sorry|mean|meant|actually|rather),? the) (?P<day>(?!{'|'.join(_FIRST)}){_DAY})\b"
    r"(?! (?:street|avenue|floor|birthday|anniversary|century|time|one|payment|instal+ment|entry|month|year|week)\b)",
    re.IGNORECASE,
)
# What may follow a year of two digits; any other word would be what is counted: "a choir of forty people".
_AFTER_YEAR: Final = (
    r"(?=\W*$|[,.;:?!)]| (?:and|or|to|vs|versus|through|until|till|than|months?|weeks?|days?|years?|quarters?|how|what"
    r"|when|which|who|did|do|does|has|have|is|was|were|on|for|at|by|per|in|from|with|without|the|we|i|our|my|please|total"
    r"|altogether|together|combined|compared|against|only|alone|so|but|not|no|wait|sorry|split|each)\b)"
)
_COUNTED: Final = compiled(rf"\b(?P<lead>top|last|past|next|previous) (?P<two>{_TWO})\b(?!-){_NO_TIME}", re.IGNORECASE)
_IN_YEAR: Final = compiled(
    rf"\b(?P<lead>in|since|from|compare|between|year|throughout|during"
    rf"|(?:end|start|beginning|middle|rest|half|quarter|all|spring|summer|autumn|fall|winter|{MONTH}) of"
    rf"|(?:\d\d|(?:19|20)\d\d) (?:and|to|or|vs\.?|versus|through|until|till)) (?P<two>{_TWO})\b(?!-)"
    rf"{_NO_TIME}{_AFTER_YEAR}",
    re.IGNORECASE,
)


def dates_in_figures(text: str, names: Vocabulary) -> str:
    """The text with years and days in words as figures."""

    def named(words: str) -> bool:
        return bool(names.texts([rf"\b{re.escape(words.lower())}\b"]))

    def put(pattern: re.Pattern[str], figures: str, text: str) -> str:
        def figured(match: re.Match[str]) -> str:
            parts = {part: said for part, said in match.groupdict().items() if said}
            words = next(said for part, said in parts.items() if part in {"one", "two", "day"})
            number = sum(_VALUES[word] for word in re.split("[ -]", words.lower()))
            if (pattern in {_COUNTED, _IN_YEAR} and number < 13) or (pattern is _MONTH_NUMBER and number > 31):
                return match.group()
            if named(match.group()[len(parts.get("lead", "")) :].strip()):
                return match.group()
            return figures.format(number=number, nth=_nth(number), **{"lead": "", "of": "", **parts})

        return pattern.sub(figured, text)

    if not _SPOKEN.search(text):
        return text
    text = put(_DAY_OF_YEAR, "{month} {nth}", text)
    text = put(_THIS_CENTURY, "20{number:02}", text)
    text = put(_LAST_CENTURY, "19{number}", text)
    text = put(_TWO_THOUSAND, "{lead}20{number:02}", text)
    text = _QUARTER.sub(lambda match: f"q{_VALUES[match['one'].lower()]}", text)
    text = put(_OF_MONTH, "{nth}{of}", text)
    text = put(_MONTH_DAY, "{month} {nth}", text)
    text = put(_MONTH_NUMBER, "{month} {number}", text)
    text = put(_LONE_DAY, "{lead} {nth}", text)
    text = put(_COUNTED, "{lead} {number}", text)
    return put(_IN_YEAR, "{lead} {number}", put(_IN_YEAR, "{lead} {number}", text))


_SPOKEN: Final = compiled(rf"\b(?:{_TEEN}|{_TEN}|two thousand|{_DAY}|(?:q|quarter) {_ONE})\b", re.IGNORECASE)


def _nth(number: int) -> str:
    """The number as an ordinal one."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{ending}"
