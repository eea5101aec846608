"""Two ends that make a range: "from Oct to April", "2010-2013", "between 2019 and 2021", "12 months to June"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.atoms import Piece, atom, begin
from ledgerqa.dialog.calendar.calendar_units import (
    ONE_DAY,
    Reading,
    Unit,
    add_months,
    from_to,
    months_between,
    move,
    on_day,
)
from ledgerqa.dialog.calendar.dates import day
from ledgerqa.dialog.calendar.time_tokens import MONTHS, UNITS, Tok, is_year
from ledgerqa.dialog.calendar.time_words import Step, Words, count_at

if TYPE_CHECKING:
    from collections.abc import Callable

Phrase = tuple[Reading, int, list[Piece]]  # the reading, the place after; the pieces where it is several periods
_TO: Final = (
    "to",
    "until",
    "till",
    "through",
    "up to",
    "up until",
    "through to",
    "-",
    "–",
    "—",
    "→",
    "->",
    "..",
    "thru",
    "and up to",
    "up to and including",
    "until|till and including",
    "all the way to",
    "right through to|until",
    "right up to|until",
)
_AGAINST: Final = frozenset({"with", "to", "vs", "versus", "against"})
_BESIDE: Final = _AGAINST | {"and", "or", "than"}
_YEAR: Final = 12
_CHANGING: Final = frozenset(
    "changed change changes grown grew grow risen rose rise fallen fell fall dropped drop went gone go jump jumped "
    "growth increase increased decrease decreased difference differ compare compared comparison moved move up down "
    "shift shifted improve improved improvement worsen worsened slip slips slipped climb climbed shrink shrank shrunk "
    "gap".split()
)
_SET_AGAINST: Final = frozenset({"compare", "compared", "comparison", "difference", "gap"})


def ranged(words: Words, at: int) -> Phrase | None:
    """Reads "from Oct to April", "2010-2013", "between March and June", "Q1 to Q3 2024", "2022-03 until now"."""
    opening = words.says_any(
        at, "from", "between", "in between", "starting", "for", "in", "of", "during", "over", "across"
    )
    place = opening if opening is not None else at
    between = words.word(place - 1) == "between" and opening is not None
    if words.kind(place) is Tok.YEARS:
        first, last = (dt.date(one, 1, 1) for one in words.tokens[place].value)
        return from_to(first, add_months(last, 12)), words.skip(place + 1, "inclusive"), []
    step = _left(words, place)
    if step is None:
        return None
    found = closing(words, step, ("and",) if between else ())
    if found is None:
        return None
    reading, after, second = found
    joined = words.word(step[1]) in {"to", "and"} and words.word(after) not in _AGAINST
    parted = _is_one_side(words, at, after) or _in_years_to_come(words, step[0], after)
    if joined and not parted and _two_sides(words, at, step[0], second[0], reading):
        return reading, after, [(step[0], at, step[1]), (second[0], second[1], after)]
    return reading, after, []


def _is_one_side(words: Words, at: int, after: int) -> bool:
    """As in "January to March with July to September": another range stands beside this one."""
    end = at - 2  # the last word of what may stand before
    if words.word(at - 1) in _BESIDE and end > 0 and (words.kind(end) is Tok.NUM or words.word(end) in MONTHS):
        return any(words.word(place) in {"to", "and", "-"} for place in range(max(0, end - 3), end))
    if words.word(after) not in _BESIDE:
        return False
    place = words.skip(words.skip(after + 1, "the"), "from", "between")
    other = _left(words, place)
    return other is not None and closing(words, other, ()) is not None


def _in_years_to_come(words: Words, left: Reading, after: int) -> bool:
    """As in "compare July to December. Did 2024 ... more than 2023": one part of the years that are named later."""
    years = [at for at in range(after, len(words)) if words.kind(at) is Tok.NUM and is_year(words.value(at))]
    return left.in_year is not None and len(years) > 1


def _left(words: Words, at: int) -> Step | None:
    """The first end of a range: a named period, or a lone day of the month named after it ("the 5th to the 12th")."""
    step = atom(words, at)
    if step is None and words.word(at) == "the":
        step = atom(words, at + 1)
    if step and step[0].kind in {"range", "day", "as_of"}:
        return step
    return None


def closing(words: Words, left: Step, more: tuple[str, ...]) -> tuple[Reading, int, tuple[Reading, int]] | None:
    """The range that begins with `left`, where a word such as "to" and a second end follow."""
    after = words.says_any(left[1], *_TO, *more)
    if after is None or begin(left[0]) is None:
        return None
    after = words.skip(after, "-") if words.word(after - 1) in {"to", "until"} else after
    today = words.says_any(after, "now", "today", "date", "present", "the present", "this day", "current")
    begins = begin(left[0])
    if today and begins and begins <= words.today:
        reading = from_to(begins, words.today + ONE_DAY)
        return reading, today, (on_day(words.today), after)
    right = _right(words, after, left[0])
    if right is None or right[0].end is None or right[0].kind not in {"range", "day", "as_of"}:
        return None
    pair = _paired(left[0], right[0])
    if pair is None:
        return None
    return pair, words.skip(right[1], "inclusive", "incl"), (right[0], after)


def _right(words: Words, at: int, left: Reading) -> Step | None:
    step = atom(words, at) or (atom(words, at + 1) if words.word(at) == "the" else None)
    short = words.kind(at) is Tok.NUM and len(words.raw(at)) == 2 and left.unit is Unit.YEAR
    if step is None and short and left.start and words.value(at) > left.start.year % 100:
        year = left.start.year // 100 * 100 + words.value(at)
        return Reading(dt.date(year, 1, 1), dt.date(year + 1, 1, 1), f"in {year}", unit=Unit.YEAR), at + 1
    return step


def _paired(left: Reading, right: Reading) -> Reading | None:
    """Both ends in the years that belong together; a range without years is the most recent one that is over."""
    if (left.in_year and right.in_year) or left.in_year:
        left = _nearest(left, right, before=True)
    elif right.in_year:
        right = _nearest(right, left, before=False)
    start, end = begin(left), right.end
    if start is None or end is None:
        return None
    if start >= end and right.start and left.end and left.unit is Unit.YEAR and right.unit is Unit.YEAR:
        start, end = right.start, left.end  # "between 2013 and 2010"
    return from_to(start, end) if start < end else None


def _nearest(moved: Reading, fixed: Reading, *, before: bool) -> Reading:
    """`moved` in the year that puts it next to `fixed`, on the given side."""
    build: Callable[[int], Reading | None] | None = moved.in_year
    anchor = fixed.start or fixed.end
    if build is None or anchor is None:
        return moved
    for year in (anchor.year, anchor.year - 1) if before else (anchor.year, anchor.year + 1):
        found = build(year)
        begins, anchored = (found.start or found.end, anchor) if found else (None, anchor)
        if found and begins and (begins <= anchored if before else begins >= anchored):
            return found
    return moved


def _two_sides(words: Words, at: int, left: Reading, right: Reading, right_range: Reading) -> bool:
    """Reads "grew from 2022 to 2023", "compare 2022 to 2023", "the difference between June and July": two periods.

    So it reads the same part of two years: "rose from spring 2023 to spring 2025".
    """
    near = any(words.word(place) in _CHANGING for place in range(max(0, at - 8), at))
    if near and right_range.end is not None and _same_part(left, right, right_range.end):
        return True
    if not near or left.start is None or left.end is None or right_range.end is None or left.unit in {None, Unit.DAY}:
        return False
    explicit = any(
        words.word(place) in {"compare", "compared", "comparison", "difference", "gap"}
        for place in range(max(0, at - 8), at)
    )
    later_first = right.end is not None and left.end == move(right.end, left.unit, 1)  # "from last year to 2023"
    return explicit or later_first or right_range.end == move(left.end, left.unit, 1)


def _same_part(left: Reading, right: Reading, end: dt.date) -> bool:
    """Whether the two are as many months of two years, which begin alike and are less than a year."""
    if left.kind != "range" or right.kind != "range" or left.start is None or left.end is None:
        return False
    months = months_between(left.start, left.end)
    if months is None or months >= _YEAR or left.unit is not right.unit:
        return False
    own = months_between(right.start, right.end) if right.start and right.end else months
    apart = months_between(left.end, end) if left.end < end else None
    return own == months and apart is not None and apart % _YEAR == 0


def span_to(words: Words, at: int) -> Phrase | None:
    """Reads "the 12 months to June 2024", "the year ended 31 March 2024", "the half year to September"."""
    opening = words.skip(at, "for", "in", "over", "during")
    place = words.skip(opening, "the", "our", "my")
    counted = count_at(words, place)
    number, unit_at = counted or (1, place)
    unit_at = words.skip(unit_at, "fiscal", "financial", "tax")
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    if words.word(unit_at) == "half" and words.word(unit_at + 1) in {"year", "-"}:
        number, unit, unit_at = 6, Unit.MONTH, words.skip(unit_at + 1, "-")
    if unit is None or unit is Unit.HALF or not 1 <= number <= 120:
        return None
    after = words.says_any(unit_at + 1, "ended|ending", "ended|ending on|in", "to|until", "up to")
    if after is None and opening > at and unit is Unit.YEAR:  # "for the year end 31 March 2025"
        after = words.says_any(unit_at + 1, "end", "- end")
        after = after if after and day(words, after) else None
    if after is None or (
        words.word(unit_at + 1) not in {"ended", "ending", "end", "-"}
        and counted is None
        and unit is not Unit.YEAR
        and place == opening
    ):
        return None
    step = atom(words, after)
    if (
        step is None
        or step[0].end is None
        or step[0].kind not in {"day", "range", "as_of"}
        or step[0].unit is Unit.YEAR
    ):
        return None
    end = step[0].end
    first_of_month = end.day == 1 and unit in {Unit.MONTH, Unit.QUARTER, Unit.YEAR}
    start = move(end, unit, -number) if first_of_month or unit is not Unit.MONTH else add_months(end, -number)
    return from_to(start, end), step[1], []
