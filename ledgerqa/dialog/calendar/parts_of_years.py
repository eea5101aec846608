"""One part of the year in several years: "January to June: 2024 or 2025", "Q1 2025 against 2024".

The part is named once and the years beside it, so each side is that part in its year, and no whole year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import MONTH_NAMES, ONE_DAY, SEASONS, Unit, from_to, move, season
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.calendar.periods import FoundPeriod

_PAIR: Final = 2
_SHORTER_THAN_A_YEAR: Final = 365  # days
_PART: Final = compiled(
    rf"\b(?:{'|'.join(sorted({*SEASONS, *(m.lower() for m in MONTH_NAMES), *(m[:3].lower() for m in MONTH_NAMES)}))}"
    r"|sept|q[1-4]|quarters?|half|halves)\b",
    re.IGNORECASE,
)
_YEAR_SAID: Final = compiled(r"\b\d{4}\b|\byear\b", re.IGNORECASE)
_COUNTED: Final = compiled(r"\b(?:last|previous|past|next|this|current|ago|since)\b", re.IGNORECASE)
_SET_AGAINST: Final = compiled(
    r"(?:\b(?:vs\.?|versus|against|than|or|compared (?:to|with)|relative to)|\W-)"
    r"(?: (?:in|of|for|that of|those of|the same (?:months?|days?|time|period|quarter)(?: (?:in|of))?))?\W*$",
    re.IGNORECASE,
)
_ALSO: Final = compiled(r"\s*(?:,|and|&|,? and)\s*", re.IGNORECASE)
_OF_ALL: Final = compiled(
    r"\b(?:whole|entire|full|all|average|mean|typical|usual|normal|so far)\b|\bas a whole\b", re.IGNORECASE
)


def in_those_years(found: tuple[FoundPeriod, ...], text: str, today: dt.date) -> tuple[FoundPeriod, ...]:
    """The periods, with whole years read as the part of them that is named beside; as they are where none is."""
    years = [each for each in found if each.unit is Unit.YEAR and each.period.start]
    parts = [each for each in found if each not in years and each.kind not in {"all", "now"}]
    if len(parts) != 1 or not years or _OF_ALL.search(text):
        return found
    (part,) = parts
    if both := _of_last_year(part, years, text):
        return both
    said = part.text.replace("this year", "").replace("last year", "")
    if not _is_part(part) or _COUNTED.search(_YEAR_SAID.sub("", said)):
        return found
    if _YEAR_SAID.search(part.text):
        sides = (part, *(_in_year(part, each) for each in years)) if _beside(part, years, text) else ()
        if any(each.period == part.period for each in sides[1:]):
            return found  # "March 2024 against 2024": a part of it beside the whole
    else:
        sides = tuple(_in_year(part, each) for each in years) if len(years) > 1 else ()
        sides = (replace(part, period=sides[0].period), *sides) if sides else ()  # whose words are taken, too
    past = all(each.period.start and each.period.start <= today for each in sides)
    return sides if sides and past else found


# "Was the first quarter dearer than last year's?", and not "than last year's average", "against last year".
_ITS_OWN: Final = compiled(r"\W*$|[,;.?!)]|\s(?:was|were|is|did|or|and|for|on)\b", re.IGNORECASE)
_LAST_YEAR: Final = compiled(r"\b(?:last|previous) year['’]?s$", re.IGNORECASE)
_COMPARES: Final = compiled(r"\bcompar(?:e|es|ed|ing)\b", re.IGNORECASE)
_WITH: Final = compiled(r"\b(?:with|to)\b\W*$", re.IGNORECASE)


def _of_last_year(part: FoundPeriod, years: list[FoundPeriod], text: str) -> tuple[FoundPeriod, ...]:
    """As in "was the first quarter dearer than last year's?": the part, and the same of last year; none if another."""
    (year, *more) = years
    start, end, there = part.period.start, part.period.end, year.period.start
    if more or not (start and end and there) or part.start > year.start or part.kind != "range":
        return ()
    if _YEAR_SAID.search(part.text) or not _LAST_YEAR.search(year.text) or not _ITS_OWN.match(text[year.end :]):
        return ()
    led = _SET_AGAINST.search(text[: year.start]) or (_COMPARES.search(text) and _WITH.search(text[: year.start]))
    named = (end - start).days < _SHORTER_THAN_A_YEAR and (part.unit is not None or _PART.search(part.text))
    return (part, _in_year(part, year)) if led and named and start.year > there.year else ()


# "In 2025 than in the same months of 2024": of the year that runs, and of the other as much.
_SAME_OF: Final = compiled(
    r"\bsame (?:\w+ )?(?:months?|days?|weeks|dates|time|period|part|span|stretch|point|stage)\b"
    r"(?: (?:of the year|in|of|during|from|for|back|over))*\W*$",
    re.IGNORECASE,
)


def in_the_same_days(found: tuple[FoundPeriod, ...], text: str, today: dt.date) -> tuple[FoundPeriod, ...]:
    """As in "2025 against the same months of 2024": what is over of the year that runs, and the same of the other."""
    years = [each for each in found if each.unit is Unit.YEAR and each.period.start and each.period.end]
    if len(years) != _PAIR or len(found) != _PAIR:
        return found
    now, then = years
    said = re.search(r"\b(?:19|20)\d\d\W*$", then.text)
    start, end, there = now.period.start, now.period.end, then.period.start
    if not said or start is None or end is None or there is None or not there < start <= today < end:
        return found
    if not _SAME_OF.search(text[now.end : then.start + said.start()]):
        return found
    over = from_to(start, today + ONE_DAY)
    steps = there.year - start.year
    same = from_to(there, move(today, Unit.YEAR, steps) + ONE_DAY)
    note = "this year so far against the same days of the earlier year"
    return (
        replace(now, period=over.period, unit=None, at=None, note=note),
        replace(then, period=same.period, unit=None, at=None, note=""),
    )


_REST: Final = compiled(
    r"\b(?:rest|remainder|remaining (?:months|weeks|part)|other (?:\w+ )?months)\s*(?:of|in)?(?: the| that| this)?\s*$",
    re.IGNORECASE,
)


def against_the_rest(found: tuple[FoundPeriod, ...], text: str) -> tuple[FoundPeriod, ...]:
    """As in "January to March against the rest of 2024": the rest is what the part leaves of the whole."""
    for at, whole in enumerate(found):
        before = text[: whole.start] + re.match(r"(?:of |in )?(?:the |that |this )?", whole.text)[0]  # type: ignore[index]
        start, end = whole.period.start, whole.period.end
        part = _as_one(found[:at])
        if part is None or start is None or end is None or not _REST.search(before):
            continue
        first, last = part.period.start, part.period.end
        if first is None or last is None:
            continue
        if not re.search(r"\d{4}", part.text + whole.text) or not re.search(r"\d{4}", whole.text):
            steps, there = first.year - start.year, whole  # "December 2024 against the rest of the year": of 2024
            start, end = move(start, Unit.YEAR, steps), move(end, Unit.YEAR, steps)
        else:
            steps, there = start.year - first.year, whole
            named = re.search(r"\d{4}", part.text) is not None
            first, last = (first, last) if named else (move(first, Unit.YEAR, steps), move(last, Unit.YEAR, steps))
        if not start <= first < last <= end or (first, last) == (start, end):
            continue
        side = replace(part, period=from_to(first, last, part.unit).period)
        if start < first and last < end:
            label = f"rest of {from_to(start, end, whole.unit).period.label.removeprefix('in ')}"
            rest = replace(there, period=replace(there.period, start=start, end=end, label=label), less=side.period)
        else:
            rest = replace(
                there, period=from_to(*((last, end) if start == first else (start, first))).period, unit=None
            )
        return (side, rest, *found[at + 1 :])
    return found


def _as_one(found: tuple[FoundPeriod, ...]) -> FoundPeriod | None:
    """Periods that follow one another as one ("Jan, Feb, Mar"); None where there are none, or they do not."""
    if not found or any(one.period.end != two.period.start for one, two in pairwise(found)):
        return None
    first, last = found[0], found[-1]
    if len(found) == 1 or first.period.start is None or last.period.end is None:
        return first if len(found) == 1 else None
    text = " ".join(each.text for each in found)
    return replace(first, period=from_to(first.period.start, last.period.end).period, text=text, unit=None)


def _is_part(found: FoundPeriod) -> bool:
    start, end = found.period.start, found.period.end
    if found.kind != "range" or start is None or end is None:
        return False
    return (end - start).days < _SHORTER_THAN_A_YEAR and bool(_PART.search(found.text))


def _beside(part: FoundPeriod, years: list[FoundPeriod], text: str) -> bool:
    """Whether the years stand against the part ("March 2025 vs 2024"), or are added to its own ("March 2024, 2025")."""
    last = part.end
    for each in years:
        between = text[last : each.start] + (re.match(r"(?:in|of|for) ", each.text) or [""])[0]
        if each.start < part.end or not (
            _SET_AGAINST.search(between) or (_ALSO.fullmatch(between) and each.text.strip().isdigit())
        ):
            return False
        last = each.end
    return True


def _in_year(part: FoundPeriod, year: FoundPeriod) -> FoundPeriod:
    """The part in that year."""
    start, end, there = part.period.start, part.period.end, year.period.start
    if start is None or end is None or there is None:
        return year
    steps = there.year - start.year
    named = next((name for name in SEASONS if re.search(rf"\b{name}\b", part.text, re.IGNORECASE)), None)
    moved = (
        season(named, there.year)
        if named
        else from_to(move(start, Unit.YEAR, steps), move(end, Unit.YEAR, steps), part.unit)
    )
    return replace(year, period=moved.period, kind="range", unit=part.unit, at=None, note="")
