"""A question cut into tokens that know their place, with the typing errors in words of time set right.

Only words of time are ever corrected, and only where no ordinary word is meant: long names ("febuary") by edit
distance, short ones from a list or by what stands beside them ("lst month").  Parts of names, tags, accounts,
links and amounts ("trip-rome-2019", "401k", "1,000") become `OTHER`, which nothing of time matches.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

DateValue = tuple[int, ...]


class Tok(enum.Enum):
    """What a token is; the comment gives `Token.value`."""

    WORD = enum.auto()  # ()
    NUM = enum.auto()  # (number,)
    ORD = enum.auto()  # (number,) "5th"
    DATE = enum.auto()  # (year, month, day)
    YEAR_MONTH = enum.auto()  # (year, month)
    YEARS = enum.auto()  # (year, year) "2010-2013", "2024-25", "2024/25"
    SHORT_YEAR = enum.auto()  # (year,) "'23"
    QUARTER = enum.auto()  # (quarter,) or (quarter, year)
    HALF = enum.auto()  # (half,) or (half, year)
    WEEK = enum.auto()  # (year, week)
    FISCAL = enum.auto()  # (first year or 0, last year, quarter or 0) "FY24", "FY2024-25", "FY24Q3"
    DECADE = enum.auto()  # (year,)
    SYM = enum.auto()
    OTHER = enum.auto()


@dataclass(frozen=True)
class Token:
    """`word` is lower case, corrected, without a possessive; `text[start:end]` is what was written."""

    kind: Tok
    word: str
    raw: str
    start: int
    end: int
    value: DateValue = ()


MONTHS: Final = (
    {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    | {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
WEEKDAYS: Final = (
    {name.lower(): number for number, name in enumerate(calendar.day_name)}
    | {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
    | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
)
UNITS: Final = {
    "day": Unit.DAY, "week": Unit.WEEK, "wk": Unit.WEEK, "weekend": Unit.WEEKEND, "fortnight": Unit.FORTNIGHT,
    "month": Unit.MONTH, "mth": Unit.MONTH, "mnth": Unit.MONTH, "quarter": Unit.QUARTER, "qtr": Unit.QUARTER,
    "half": Unit.HALF, "year": Unit.YEAR, "yr": Unit.YEAR, "decade": Unit.DECADE,
}  # fmt: skip
ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90, "couple": 2, "few": 3, "several": 3, "dozen": 12,
}  # fmt: skip
DETERMINERS: Final = frozenset({"last", "past", "this", "next", "previous", "prior", "current", "preceding"})
_KEYWORDS: Final = frozenset(
    "early mid middle late end start beginning close year to till until through up and or vs versus now date present "
    "today yesterday tomorrow only on by over so far ytd mtd qtd wtd pre post since from between before after fy cy "
    "fiscal financial tax calendar eoy ye eom christmas ago onwards onward of in the at year-end per each every "
    "spring summer autumn fall winter easter thanksgiving halloween new eve day years half full whole ended ending "
    "weekdays weekends weekday inclusive current".split()
)
_PLURAL_UNITS: Final = {f"{unit}s": unit for unit in UNITS} | {"halves": "half"}
_VOCABULARY: Final = (
    frozenset(MONTHS) | frozenset(WEEKDAYS) | frozenset(UNITS) | frozenset(_PLURAL_UNITS) | frozenset(ORDINALS)
    | frozenset(NUMBERS) | DETERMINERS | _KEYWORDS | {f"{day}s" for day in WEEKDAYS}
)  # fmt: skip

# Targets of edit distance, with the most edits each allows; all keep their first letter.
_SPELLED: Final = {
    "january": 2, "february": 2, "september": 2, "october": 2, "november": 2, "december": 2, "august": 1,
    "monday": 1, "tuesday": 1, "wednesday": 2, "thursday": 1, "friday": 1, "saturday": 2, "sunday": 1,
    "yesterday": 2, "tomorrow": 2, "today": 1, "quarter": 1, "fortnight": 2, "weekend": 1, "weekends": 1,
    "weekdays": 1, "christmas": 1, "previous": 1, "between": 1, "until": 1, "since": 1, "fiscal": 1, "decade": 1,
}  # fmt: skip
_ORDINARY: Final = frozenset(
    "augusta august's quartet precious sine singe sundry toady util utils science weekender decide decades "
    "seance quarters facade mince untie unit physical friendly fiscals gunday sundae sundays mondays".split()
)
_SHORT_TYPOS: Final = {
    "marhc": "march", "mrach": "march", "marchh": "march", "apirl": "april", "arpil": "april", "aprl": "april",
    "apil": "april", "appril": "april", "aprill": "april", "juen": "june", "jnue": "june", "jully": "july",
    "juyl": "july", "jluy": "july", "xmas": "christmas", "midle": "middle", "begining": "beginning",
    "yday": "yesterday",
    "tmrw": "tomorrow", "tomorow": "tomorrow", "thru": "through", "til": "till", "vs.": "vs", "qtrly": "quarterly",
    "preceeding": "preceding", "frm": "from", "btw": "btw", "currnet": "current",
}  # fmt: skip
# Real words one edit from "last", "past", "this", "next" or from a unit: never corrected.
_NEAR_WORDS: Final = frozenset(
    "list lest lost least fast cast east mast vast best blast text net thus the his first test post paste pasta most "
    "must just part pass path class late lab las has as is it tis hits thin think things nest neat mouth moth tenth "
    "fourth both tear dear bear hear near gear pear wear fear rear yeah ear weak seek peek meek geek reek were wee "
    "den dad say pay may lay way bay dry days hat half halt salt yard your our hour that than with".split()
)

_TOKEN: Final = compiled(
    r"""
    (?P<iso>(?<![\w,$€£/-])(?<![^.]\.)\d{4}(?P<s1>[-/.])\d{1,2}(?P=s1)\d{1,2}(?:T[\d:.]+Z?)?(?![\w/-]))
  | (?P<dmy>(?<![\w,$€£/-])(?<![^.]\.)\d{1,2}(?P<s2>[-/.])\d{1,2}(?P=s2)(?:\d{4}|\d{2})(?![\w/-]))
  | (?P<isoweek>(?<!\w)\d{4}-?[wW]\d{2}(?!\w))
  | (?P<yq>(?<!\w)\d{4}[-/]?[qQhH][1-4](?!\w))
  | (?P<qy>(?<!\w)(?:[qQhH][1-4]|[1-4][qQhH])(?:[-/'’]?(?:\d{4}|\d{2}))?(?!\w))
  | (?P<fy>(?<!\w)[fF][yY]['’]?(?:\d{4}|\d{2})(?:[-/–](?:\d{4}|\d{2})(?!\d))?(?:[-/]?[qQ][1-4])?(?!\w))
  | (?P<cy>(?<!\w)[cC][yY]['’]?(?:\d{4}|\d{2})(?!\w))
  | (?P<ym>(?<![\w,$€£/-])(?<![^.]\.)\d{4}[-/](?:0[1-9]|1[0-2]|[1-9])(?![\w/-]|[.,]\d))
  | (?P<my>(?:(?<![\w,$€£/-])(?<![^.]\.)|(?<=/\d{4}[-–]))(?:0?[1-9]|1[0-2])[-/]\d{4}
      (?:(?![\w/-])|(?=[-–](?:0?[1-9]|1[0-2])/\d{4}(?![\w/-]))))
  | (?P<years>(?<![\w,$€£/-])(?<![^.]\.)\d{4}[-/–—](?:\d{4}|\d{2})(?![\w/-]|[.,]\d))
  | (?P<decade>(?<!\w)(?:\d{3}0|['’]?\d0)['’]?s(?!\w))
  | (?P<ord>(?<!\w)\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w))
  | (?P<yy>(?<!\d)['’‘]\d{2}(?!\w))
  | (?P<grouped>(?<!\w)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d) | (?<!\w)\d+\.\d+(?![^\W_]))
  | (?P<num>(?<![^\W_])\d+(?:['’]s)?(?![^\W_]))
  | (?P<word>(?<![^\W_])[^\W\d_]+(?:['’](?:[^\W\d_]+|(?!\w)))?(?![^\W_]))
  | (?P<mixed>[^\W_]+)
  | (?P<sym>\.\.+|->|\S)
    """,
    re.VERBOSE,
)
_CHUNK: Final = compiled(r"\S+")
_PARTS: Final = compiled(r"[^\W\d_]+")


def tokenize(text: str, today: dt.date) -> list[Token]:
    """The tokens of `text`; `today` settles the century of two-digit years."""
    masked = _masked(text)
    tokens = _alike([_token(match, today, masked) for match in _TOKEN.finditer(text)])
    tokens = [token for at, token in enumerate(tokens) if not _abbreviates(tokens, at)]
    return [_corrected(tokens, at) for at in range(len(tokens))]


_IN_NUMBERS: Final = compiled(r"(\d{1,2})/(\d{1,2})/\d{2,4}")


def _alike(tokens: list[Token]) -> list[Token]:
    """Dates in numbers as one of them must be read: "7/1/2024 to 6/30/2025" has the month first in both."""
    written = [(each, _IN_NUMBERS.fullmatch(each.raw)) for each in tokens if each.kind is Tok.DATE]
    if not any(match and int(match[2]) > len(MONTHS) for _, match in written):
        return tokens
    turned = {
        each.start: replace(each, value=(each.value[0], int(match[1]), int(match[2])))
        for each, match in written
        if match and int(match[1]) <= len(MONTHS)
    }
    return [turned.get(each.start, each) for each in tokens]


def _abbreviates(tokens: list[Token], at: int) -> bool:
    """Whether this is the full stop of "Sept. 5" or "Sept.-Oct."."""
    if tokens[at].word != "." or not 0 < at < len(tokens) - 1:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    short = len(before.word) < 5 and before.word != "may" and (before.word in MONTHS or before.word in WEEKDAYS)
    return short and (
        after.kind in {Tok.NUM, Tok.ORD, Tok.SHORT_YEAR} or after.word in {"-", "–", "/", ",", "to", "and", "or"}
    )


def full_year(digits: str, today: dt.date) -> int:
    """Two digits name the year of this century, unless that lies more than ten years ahead."""
    number = int(digits)
    if len(digits) > 2:
        return number
    year = today.year // 100 * 100 + number
    return year if year <= today.year + 10 else year - 100


def is_year(number: int) -> bool:
    """Whether a ledger's entry, or a plan of its keeper, can be of that year."""
    return 1900 <= number <= 2099


def valid_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar (or a ledger of our times) has no such day."""
    if not is_year(year) or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def _masked(text: str) -> set[int]:
    """Places of characters inside tags, links, addresses, account names and compound names."""
    places: set[int] = set()
    for chunk in _CHUNK.finditer(text):
        if _is_name(chunk.group().strip(".,;:!?()[]{}\"“”'’‘")):
            places.update(range(chunk.start(), chunk.end()))
    return places


def _is_name(chunk: str) -> bool:
    if (
        chunk[:1] in {"#", "^"}
        or "://" in chunk
        or "@" in chunk
        or "_" in chunk
        or re.search(r"[^\W\d]:[^\W\d]", chunk)
    ):
        return True
    if not re.search(r"[^\W_][-/][^\W_]", chunk):
        return False
    words = [part.lower() for part in _PARTS.findall(re.sub(r"\d+[^\W\d_]+|[^\W\d_]+\d+[^\W_]*|['’]s\b", " ", chunk))]
    return any(word not in _VOCABULARY and _spelled(word) not in _VOCABULARY for word in words)


def _token(match: re.Match[str], today: dt.date, masked: set[int]) -> Token:
    raw, start, end = match.group(), match.start(), match.end()
    word = re.sub(r"['’]s?$", "", raw.lower())
    if start in masked:
        return Token(Tok.OTHER, "\0", raw, start, end)
    reading = _KINDS.get(match.lastgroup or "")
    kind, value = reading(raw, today) if reading else (Tok.OTHER, ())
    if kind is Tok.WORD:
        word = _spelled(word)
        word = _PLURAL_UNITS[word] + "s" if word in _PLURAL_UNITS else word
    return Token(kind, "\0" if kind is Tok.OTHER else word, raw, start, end, value)


def _spelled(word: str) -> str:
    """`word`, or the word of time that it was meant to be."""
    if word in _VOCABULARY or word in _ORDINARY or len(word) < 3:
        return word
    if word in _SHORT_TYPOS:
        return _SHORT_TYPOS[word]
    if len(word) < 4:
        return word
    if word[-1] == "s" and word[:-1] in MONTHS and word != "mays":  # "junes bills"
        return word[:-1]
    from rapidfuzz.distance import OSA

    for target, most in _SPELLED.items():
        if word[0] == target[0] and OSA.distance(word, target, score_cutoff=most) <= most:
            return target
    return word


def _corrected(tokens: list[Token], at: int) -> Token:
    """The token, set right by its neighbour: "lst month", "last monht"."""
    token = tokens[at]
    if token.kind is not Tok.WORD or token.word in _VOCABULARY or token.word in _NEAR_WORDS or len(token.word) < 3:
        return token
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = tokens[at - 1].word if at else ""
    if after in UNITS and (word := _nearest(token.word, ("last", "past", "this", "next"))):
        return replace(token, word=word)
    counted = at > 1 and tokens[at - 1].kind is Tok.NUM and tokens[at - 2].word in DETERMINERS
    if (before in DETERMINERS or counted) and (word := _nearest(token.word, tuple(UNITS) + tuple(_PLURAL_UNITS))):
        return replace(token, word=word)
    return token


def _nearest(word: str, targets: tuple[str, ...]) -> str:
    from rapidfuzz.distance import OSA

    found = [target for target in targets if len(target) > 3 and OSA.distance(word, target, score_cutoff=1) <= 1]
    return found[0] if found else ""


def _iso(raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    year, month, day = (int(part) for part in re.split(r"[-/.]", raw.split("T", maxsplit=1)[0]))
    return (Tok.DATE, (year, month, day)) if valid_date(year, month, day) else (Tok.OTHER, ())


def _dmy(raw: str, today: dt.date) -> tuple[Tok, DateValue]:
    """Day first, unless only month first is a date."""
    one, two, three = re.split(r"[-/.]", raw)
    year = full_year(three, today)
    for day, month in ((int(one), int(two)), (int(two), int(one))):
        if valid_date(year, month, day):
            return Tok.DATE, (year, month, day)
    return Tok.OTHER, ()


def _part_of_year(raw: str, today: dt.date) -> tuple[Tok, DateValue]:
    """`2024-Q1`, `Q1'24`, `1H24`, `q3`."""
    letter = "q" if "q" in raw.lower() else "h"
    digits = re.findall(r"\d+", raw)
    number, year = (digits[-1], digits[0]) if len(digits[0]) == 4 else (digits[0], "".join(digits[1:]))
    if raw[0] in "qQhH" and len(digits) == 1 and len(raw) > 2:
        number, year = digits[0][0], digits[0][1:]
    if letter == "h" and number not in {"1", "2"}:
        return Tok.OTHER, ()
    years = (full_year(year, today),) if year else ()
    if years and not is_year(years[0]):
        return Tok.OTHER, ()
    return (Tok.QUARTER if letter == "q" else Tok.HALF), (int(number), *years)


def _fiscal(raw: str, today: dt.date) -> tuple[Tok, DateValue]:
    match = re.fullmatch(r"\D+(\d+)(?:[-/–](\d+))?(?:[-/]?[qQ](\d))?", raw)
    if match is None:
        return Tok.OTHER, ()
    first = full_year(match[1], today)
    last = first // 100 * 100 + int(match[2]) % 100 if match[2] else 0
    years = (first, last) if last == first + 1 else (0, first)
    return (Tok.FISCAL, (*years, int(match[3] or 0))) if is_year(first) and last in {0, first + 1} else (Tok.OTHER, ())


def _years(raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    one, two = re.split(r"[-/–—]", raw)
    first, last = int(one), int(two) if len(two) == 4 else int(one) // 100 * 100 + int(two)
    return (Tok.YEARS, (first, last)) if is_year(first) and is_year(last) and first < last else (Tok.OTHER, ())


def _year_month(raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    """`2024-08`; but `2011/12` is a year across two."""
    parts = re.split(r"[-/]", raw)
    year, month = (int(part) for part in (parts if len(parts[0]) == 4 else reversed(parts)))
    if not is_year(year):
        return Tok.OTHER, ()
    if raw[4:5] == "/" and month == (year + 1) % 100 and len(parts[1]) == 2 and month > 9:
        return Tok.YEARS, (year, year + 1)
    return Tok.YEAR_MONTH, (year, month)


def _decade(raw: str, today: dt.date) -> tuple[Tok, DateValue]:
    """`2010s`; `'90s` and `90s`, but no bare `20s` (years of age, or a price)."""
    digits = re.sub(r"\D", "", raw)
    if len(digits) == 2 and raw[0].isdigit() and int(digits) < 60:
        return Tok.OTHER, ()
    year = full_year(digits, today)
    return (Tok.DECADE, (year,)) if is_year(year) else (Tok.OTHER, ())


def _isoweek(raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    year, week = int(raw[:4]), int(raw[-2:])
    return (Tok.WEEK, (year, week)) if is_year(year) and 1 <= week <= 53 else (Tok.OTHER, ())


def _calendar_year(raw: str, today: dt.date) -> tuple[Tok, DateValue]:
    year = full_year(re.sub(r"\D", "", raw), today)
    return (Tok.SHORT_YEAR, (year,)) if is_year(year) else (Tok.OTHER, ())


def _number(raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    digits = re.sub(r"\D", "", raw)
    return (Tok.NUM, (int(digits),)) if len(digits) <= 9 else (Tok.OTHER, ())


def _word(_raw: str, _today: dt.date) -> tuple[Tok, DateValue]:
    return Tok.WORD, ()


_KINDS: Final[dict[str, Callable[[str, dt.date], tuple[Tok, DateValue]]]] = {
    "iso": _iso,
    "dmy": _dmy,
    "isoweek": _isoweek,
    "yq": _part_of_year,
    "qy": _part_of_year,
    "fy": _fiscal,
    "cy": _calendar_year,
    "ym": _year_month,
    "my": _year_month,
    "years": _years,
    "decade": _decade,
    "ord": lambda raw, _today: (Tok.ORD, (int(raw[:-2]),)),
    "yy": lambda raw, today: (Tok.SHORT_YEAR, (full_year(raw[1:], today),)),
    "num": _number,
    "word": _word,
    "sym": lambda _raw, _today: (Tok.SYM, ()),
}
