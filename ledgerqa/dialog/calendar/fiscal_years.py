"""Fiscal and tax years: where they begin, and which one a name means.

"FY 2024-25" begins in 2024; "FY24" is the year that ends in 2024 (the year itself where fiscal years are calendar
years).  Where the year begins is, in this order: said in the question ("our fiscal year runs August to July",
"(1 Aug to 31 Jul)", "UK tax year": 6 April), the caller's `fiscal_start`, or 1 January with a note that says so.
Where that is known, a bare "24/25" is such a year too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import ONE_DAY, MonthDay, Reading, Unit, add_months, fiscal_label, of_unit
from ledgerqa.dialog.calendar.time_tokens import MONTHS, ORDINALS, Tok, full_year, is_year, valid_date
from ledgerqa.dialog.calendar.time_words import Step, Words, year_at
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Period

_ADJECTIVES: Final = frozenset({"fiscal", "financial", "tax", "accounting", "business", "trading"})
_OWN: Final = frozenset({"our", "my", "their", "the"})
_KEPT: Final = frozenset({"year", "years", "books", "accounts"})  # "our books run April to March"
_GOES: Final = frozenset("run runs running goes go going is are spans spanning covers covering".split())
_OPENS: Final = frozenset("starts start begins begin ends".split())
_RUNS: Final = _GOES | frozenset("from = : means , (".split())
_EACH: Final = frozenset({"each", "both", "inclusive", "incl"})
_LISTED: Final = frozenset({"and", "or", "vs", "versus", "against", "to", "with", ",", "&"})
_NUMBERED: Final = frozenset("invoice inv no nr number room flat unit house ref reference page order # / -".split())
_BACK: Final = 12  # years that a book is asked about by two digits
_BEGINS: Final = frozenset("start starts starting started begin begins beginning opens".split())
_ENDS: Final = frozenset("end ends ending ended closes finishes".split())
_FILLERS: Final = frozenset("from in on at the of each every year always our your we a it which that".split())
_NAMES: Final = r"(?:(?:fiscal|financial|tax|accounting|business|budget) years?|fys?)"
GROUPED: Final = compiled(
    rf"\b(?:(?:broken down |split |grouped )?(?:by|per|each|every|for each|for every|across|over the|over all|in each)"
    rf" (?:single )?{_NAMES}|{_NAMES}[ -](?:by|over|on|to|after)[ -]{_NAMES})\b"
    rf"|\b(?:which|what) {_NAMES}(?= (?:did|was|had|has|cost|were))",
    re.IGNORECASE,
)
"""Words that ask for a row a fiscal year."""
UNSAID: Final[MonthDay] = (0, 0)  # nobody said when fiscal years begin
UNKNOWN_START: Final = "no start of the fiscal year is known, so it was read as calendar years"


def year_name(words: Words, at: int) -> int | None:
    """The place after "fiscal year", "FY", "tax year"; where a plain "fiscal 2024" follows, after "fiscal"."""
    if words.word(at) == "fy":
        return at + 1
    if words.word(at) in _ADJECTIVES:
        if words.word(at + 1) in {"year", "years", "yr"}:
            return at + 2
        if words.word(at) == "fiscal" and (year_at(words, at + 1) is not None or words.kind(at + 1) is Tok.YEARS):
            return at + 1
    return None


# ----------------------------------------------------------------------------------- where a fiscal year begins


def stated_start(words: Words) -> tuple[MonthDay, range] | None:
    """The start of fiscal years that the question states, and the tokens that state it."""
    for at in range(len(words)):
        after = at + 1 if words.kind(at) is Tok.FISCAL else year_name(words, at) or _own_year(words, at)
        if after is None:
            continue
        if words.word(at - 1) in {"uk", "british"} and words.word(at) == "tax":
            return (4, 6), range(at - 1, at)
        if found := _statement(words, after):
            begins = at - 1 if words.word(at - 1) in _OWN else at
            named = found[2] != after or words.kind(at) is Tok.FISCAL
            return found[0], range(found[2] if named else begins, found[1])
    return None


def _own_year(words: Words, at: int) -> int | None:
    """The place after the "year" of "our year runs" or "the year 24/25 (", which nobody calls a fiscal one."""
    if words.kind(at) in {Tok.YEARS, Tok.NUM} and words.word(at - 1) not in _NUMBERED:
        return at if words.word(_after_years(words, at)) == "(" and _names_split(words, at) else None
    if words.word(at) == "ours":
        return at + 1 if words.word(at + 1) in _GOES else None
    if words.word(at) not in _KEPT or words.word(at - 1) not in _OWN:
        return None
    runs = words.word(at + 1) in _GOES | _OPENS and (words.word(at - 1) != "the" or words.word(at + 1) in _GOES)
    named = _after_years(words, at + 1)
    return at + 1 if runs or (_names_split(words, at + 1) and words.word(named) == "(") else None


def _names_split(words: Words, at: int) -> bool:
    """Whether a year across two stands there: "2024/25", "24/25"."""
    if words.kind(at) is Tok.YEARS:
        first, last = words.tokens[at].value
        return last == first + 1
    parts = [words.raw(place) for place in range(at, at + 3)]
    split = len(parts[0]) == len(parts[2]) == 2 and parts[1] == "/" and parts[0].isdigit() and parts[2].isdigit()
    return split and (int(parts[0]) + 1) % 100 == int(parts[2])


def _after_years(words: Words, at: int) -> int:
    """The place after "2024-25", "24/25" or "23/24 and 24/25"."""
    place = at
    while words.kind(place) in {Tok.YEARS, Tok.NUM, Tok.SHORT_YEAR}:
        joined = words.word(place + 1) in {"-", "/", "–"} and words.kind(place + 2) in {Tok.NUM, Tok.SHORT_YEAR}
        at = place + 3 if joined else place + 1
        place = at + 1 if words.word(at) in _LISTED else at
        if place == at:
            break
    return at


def _statement(words: Words, after: int) -> tuple[MonthDay, int, int] | None:
    """After "fiscal year [2024-25]": "runs August to July", "starts on 1 April", "(1 Aug to 31 Jul each)"."""
    named = _after_years(words, after)
    place = named
    verb = words.word(place)
    if verb not in _RUNS | _BEGINS | _ENDS:
        return None
    while words.word(place) in _RUNS | _BEGINS | _ENDS | _FILLERS and place < named + 6:
        verb = words.word(place) if words.word(place) in _BEGINS | _ENDS else verb
        place += 1
    first = _month_day(words, place)
    if first is None:
        return None
    if words.word(first[1]) in {"to", "-", "–", "until", "till", "through", "and"}:
        last = _month_day(words, words.skip(first[1] + 1, "the"))
        end = words.skip(last[1], *_EACH) if last else 0
        closing = end + 1 if words.word(end) == ")" else last[1] if last else 0
        if last and _is_year_long(first[0], last[0]):
            return (first[0][0], first[0][1] or 1), closing, named
    if verb in _BEGINS:
        return (first[0][0], first[0][1] or 1), first[1], named
    return (_day_after(first[0]), first[1], named) if verb in _ENDS and verb != "ended" else None


def _month_day(words: Words, at: int) -> tuple[MonthDay, int] | None:
    """Reads "1 Aug", "August", "August 1st" with no year; day 0 where only the month is said."""
    at = words.skip(at, "the")
    if words.kind(at) in {Tok.NUM, Tok.ORD} and 1 <= words.value(at) <= 31:
        place = words.skip(at + 1, "of")
        found = MONTHS.get(words.word(place))
        dated = words.kind(place + 1) is Tok.NUM and is_year(words.value(place + 1))
        return (
            ((found, words.value(at)), place + 1)
            if found and not dated and valid_date(2023, found, words.value(at))
            else None
        )
    month = MONTHS.get(words.word(at))
    if month is None or (words.kind(at + 1) is Tok.NUM and is_year(words.value(at + 1))):
        return None
    if words.kind(at + 1) in {Tok.NUM, Tok.ORD} and valid_date(2023, month, words.value(at + 1)):
        return (month, words.value(at + 1)), at + 2
    return (month, 0), at + 1


def _day_after(last: MonthDay) -> MonthDay:
    month, number = last
    closing = add_months(dt.date(2023, month, 1), 1) if not number else dt.date(2023, month, number) + ONE_DAY
    return closing.month, closing.day


def _is_year_long(first: MonthDay, last: MonthDay) -> bool:
    """Whether both ends name a year: the last day before the first one, or no days ("April to April")."""
    return _day_after(last) == (first[0], first[1] or 1) or first == last == (first[0], 0)


# ---------------------------------------------------------------------------------------------- which year it is


def fiscal_year(words: Words, at: int) -> Step | None:
    """Reads "FY24", "fiscal year 2024-25", "tax year 2023/24", "last fiscal year", "FY24 Q3", "2023/24"."""
    said = words.word(at) if words.word(at) in {"last", "this", "next", "previous", "prior", "current", "the"} else ""
    start = at + 1 if said else at
    start = words.skip(start, "uk", "british")
    if words.kind(start) is Tok.FISCAL:
        first, last, quarter = words.tokens[start].value
        return _with_quarter(words, _named(words, first, last), start + 1, quarter)
    if words.kind(start) is Tok.YEARS and not said and _is_split(words, start):
        return _with_quarter(words, _named(words, *words.tokens[start].value), start + 1)
    if split := _short_split(words, words.skip(start, "year")):
        return _with_quarter(words, *split)
    after = year_name(words, start)
    if after is None:
        return None
    return _year_said(words, after) or _year_meant(words, said, after)


def _is_split(words: Words, at: int) -> bool:
    """Reads "2023/24" names one year across two; "2010-2013" is a range."""
    first, last = words.tokens[at].value
    short = len(words.raw(at)) == 7
    return last == first + 1 and (short or ("/" in words.raw(at) and words.fiscal_known))


def _short_split(words: Words, at: int) -> Step | None:
    """Reads "23/24" where fiscal years are known to begin within calendar years, and it numbers nothing."""
    if words.kind(at) is Tok.YEARS or not _names_split(words, at) or words.word(at + 3) == "/":
        return None
    first = full_year(words.raw(at), words.today)
    late = words.today.year - _BACK <= first <= words.today.year + 1
    if not late or not words.fiscal_known or words.fiscal == (1, 1) or words.word(at - 1) in _NUMBERED:
        return None
    return _named(words, first, first + 1), at + 3


def _year_said(words: Words, at: int) -> Step | None:
    at = words.skip(at, "of", "for")
    if words.kind(at) in {Tok.YEARS, Tok.YEAR_MONTH}:
        first, last = words.tokens[at].value
        last = first // 100 * 100 + last if words.kind(at) is Tok.YEAR_MONTH else last
        return _with_quarter(words, _named(words, first, last), at + 1) if last == first + 1 else None
    short = words.kind(at) is Tok.NUM and len(words.raw(at)) == 2
    year = full_year(words.raw(at), words.today) if short else year_at(words, at)
    if year is None or not is_year(year):
        return None
    if (
        words.word(at + 1) in {"-", "/", "–"}
        and words.kind(at + 2) is Tok.NUM
        and words.value(at + 2) % 100 == (year + 1) % 100
    ):
        return _with_quarter(words, _named(words, year, year + 1), at + 3)
    return _with_quarter(words, _named(words, 0, year), at + 1)


def _year_meant(words: Words, said: str, at: int) -> Step | None:
    steps = {"last": -1, "previous": -1, "prior": -1, "this": 0, "current": 0, "the": 0, "next": 1}
    if said not in steps:
        return None
    this = of_unit(Unit.FISCAL_YEAR, words.today, words.fiscal)
    start = dt.date(this.start.year + steps[said], *words.fiscal) if this.start else words.today
    return replace(of_unit(Unit.FISCAL_YEAR, start, words.fiscal), note=_note(words)), at


def _named(words: Words, first: int, last: int) -> Reading:
    """The fiscal year from `first` to `last`, or (where `first` is 0) the one called `last`."""
    if first and words.fiscal == (1, 1):
        start, end = dt.date(first, 1, 1), dt.date(last + 1, 1, 1)
        label = f"in {first}-{last % 100:02d} ({start.isoformat()} to {(end - ONE_DAY).isoformat()})"
        return Reading(start, end, label, "range", None, note=UNKNOWN_START)
    begins = first or (last if words.fiscal == (1, 1) else last - 1)
    start = dt.date(begins, *words.fiscal)
    end = dt.date(begins + 1, *words.fiscal)
    return Reading(start, end, fiscal_label(start, end), "range", Unit.FISCAL_YEAR, note=_note(words))


def years_between(first: dt.date, last: dt.date, fiscal: MonthDay) -> Iterator[Period]:
    """The fiscal years from the one around `first` to the one around `last`."""
    start = of_unit(Unit.FISCAL_YEAR, first, fiscal).start or first
    while start <= last:
        year = of_unit(Unit.FISCAL_YEAR, start, fiscal)
        yield year.period
        start = year.end or dt.date.max


def _note(words: Words) -> str:
    return "" if words.fiscal_known else UNKNOWN_START


def _with_quarter(words: Words, year: Reading, at: int, quarter: int = 0) -> Step:
    """The fiscal quarter, where one is named with the year."""
    if not quarter and words.kind(at) is Tok.QUARTER and len(words.tokens[at].value) == 1:
        quarter, at = words.value(at), at + 1
    return (quarter_of(year, quarter) if quarter else year), at


def quarter_of(year: Reading, quarter: int) -> Reading:
    """The `quarter` (1 to 4) of the fiscal `year`."""
    if year.start is None or year.end is None:
        return year
    start = add_months(year.start, 3 * (quarter - 1))
    end = add_months(start, 3)
    name = year.label.removeprefix("in ").split(" (")[0]
    label = f"in Q{quarter} of {name} ({start.isoformat()} to {(end - ONE_DAY).isoformat()})"
    return Reading(start, end, label, "range", Unit.QUARTER, note=year.note)


def quarter_word(words: Words, at: int) -> Iterator[tuple[int, int]]:
    """The quarters that the words at `at` may name, and the place after: "Q2", "2nd quarter", "quarter two"."""
    if words.kind(at) is Tok.QUARTER and len(words.tokens[at].value) == 1:
        yield words.value(at), at + 1
    ordinal = words.value(at) if words.kind(at) is Tok.ORD else ORDINALS.get(words.word(at), 0)
    if 1 <= ordinal <= 4 and words.word(at + 1) == "quarter":
        yield ordinal, at + 2
    elif (
        1 <= ordinal <= 4
        and words.word(at + 1) in {"and", "or", "vs"}
        and words.word(at + 3) in {"quarter", "quarters"}
    ):
        yield ordinal, at + 1  # "the first and second quarter"
    names = {"one": 1, "two": 2, "three": 3, "four": 4}
    number = words.value(at + 1) if words.kind(at + 1) is Tok.NUM else names.get(words.word(at + 1), 0)
    if words.word(at) == "quarter" and 1 <= number <= 4:
        yield number, at + 2
