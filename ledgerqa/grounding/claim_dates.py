"""Days, months, quarters and years as a sentence names them, in figures or in words, and what they stand for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledgerqa.fusion.words import folded
from ledgerqa.grounding.claim_words import MONTHS, WEEKDAYS
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Period

ONE_DAY = dt.timedelta(days=1)
_MONTH = "|".join(f"{long}|{short}" for long, short in zip(*MONTHS, strict=True)) + "|sept"
_YEAR = r"(?:1[6-9]|2[01])\d\d"
_NAMED = rf"(?P<name>{_MONTH})\b\.?"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_FRONT, _BACK = r"(?<![\w.,$€£¥/+−-])", r"(?![\w/%])(?![.,]\d)"
PATTERNS = (
    compiled(rf"{_FRONT}(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d){_BACK}(?!-)"),
    compiled(rf"{_FRONT}(?P<year>{_YEAR})-(?P<month>\d\d){_BACK}(?!-)"),
    compiled(rf"{_FRONT}(?P<year>{_YEAR})[- ]Q(?P<quarter>[1-4]){_BACK}"),
    compiled(rf"{_FRONT}Q(?P<quarter>[1-4])(?: of)? (?P<year>{_YEAR}){_BACK}"),
    compiled(rf"{_FRONT}(?P<year>{_YEAR})-W(?P<week>\d\d){_BACK}"),
    compiled(rf"{_FRONT}{_DAY}(?: of)? {_NAMED}(?:,? (?P<year>{_YEAR}){_BACK})?", re.IGNORECASE),
    compiled(rf"{_FRONT}{_NAMED} {_DAY}(?![\w.,]\d|\w)(?:,? (?P<year>{_YEAR}){_BACK})?", re.IGNORECASE),
    compiled(rf"{_FRONT}(?P<name>{_MONTH})\b\.?,?(?: of)? (?P<year>{_YEAR}){_BACK}", re.IGNORECASE),
)
MONTH_ALONE = compiled(rf"{_FRONT}(?P<name>{_MONTH})\b", re.IGNORECASE)
YEAR_ALONE = compiled(rf"{_FRONT}(?P<year>{_YEAR}){_BACK}(?! ?[-–] ?\d)")
WEEKDAY = compiled(rf"{_FRONT}(?P<weekday>{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
OF_A_DATE = compiled(
    r"\b(?:in|of|during|for|since|until|till|from|to|through|and|between|by|before|after|year)$", re.IGNORECASE
)
OF_THE_END = compiled(r"(?:\b(?:at|by|as of|until) )?(?:\bthe )?\bend of $", re.IGNORECASE)
PREPOSITION = compiled(
    r"\b(as of|as at|as on|on|in|of|at|during|for|since|until|till|from|to|through|and|between|by|before|after|dated)"
    r"(?: the)?(?: (?:month|year|quarter|day|week)(?: of)?)? $",
    re.IGNORECASE,
)
RANGE_SIGN = compiled(r"\s?[–—]\s?$")


@dataclass(frozen=True)
class DateClaim:
    """A day or a calendar period as written; None for a part that is not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    week: int | None = None
    weekday: int | None = None

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """First day and the day after the last, where the year is said."""
        try:
            if self.year is None:
                return None
            if self.week is not None:
                monday = dt.date.fromisocalendar(self.year, self.week, 1)
                return monday, monday + 7 * ONE_DAY
            if self.day is not None and self.month is not None:
                start = dt.date(self.year, self.month, self.day)
                return start, start + ONE_DAY
            first = self.month or (3 * self.quarter - 2 if self.quarter else 1)
            months = 1 if self.month else 3 if self.quarter else 12
            end = dt.date(self.year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
            return dt.date(self.year, first, 1), end
        except ValueError:  # 2023-02-30
            return None

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return self.day is not None

    def covers(self, day: dt.date) -> bool:
        """Whether the day is this one, or lies in this period."""
        if self.weekday is not None:
            return day.weekday() == self.weekday
        if self.year is not None:
            return self.span is not None and self.span[0] <= day < self.span[1]
        return day.month == self.month and self.day in (None, day.day)

    def spans(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Whether it is exactly the days from `start` up to, not including, `end`."""
        if start is None or end is None or self.weekday is not None:
            return False
        if self.year is not None:
            return self.span == (start, end)
        return DateClaim(start.year, self.month, self.day).span == (start, end)

    def starts(self, day: dt.date | None) -> bool:
        """Whether it begins on that day."""
        claim = self if self.year is not None else DateClaim(day.year if day else None, self.month, self.day)
        return day is not None and claim.span is not None and claim.span[0] == day

    def ends(self, end: dt.date | None) -> bool:
        """Whether its last day is the one before `end`."""
        last = end - ONE_DAY if end else None
        claim = self if self.year is not None else DateClaim(last.year if last else None, self.month, self.day)
        return claim.span is not None and claim.span[1] == end


SINCE = {"since": DateClaim.starts, "from": DateClaim.starts, "after": DateClaim.ends}
UNTIL = dict.fromkeys(("until", "till", "through", "to"), DateClaim.ends) | {"before": DateClaim.starts}


@dataclass(frozen=True)
class Said:
    """One date in a sentence: where it stands with its preposition, and what it claims."""

    begin: int  # of the preposition, or of the date where there is none
    start: int
    end: int
    preposition: str
    claim: DateClaim


def find_dates(text: str) -> Iterator[Said]:
    """The dates in the text, in no order; a four-digit number is a year only behind a preposition of time."""
    free = text
    for pattern in (*PATTERNS, WEEKDAY, MONTH_ALONE, YEAR_ALONE):
        for match in pattern.finditer(free):
            if pattern is MONTH_ALONE and not _a_month(text, match):
                continue
            if pattern is YEAR_ALONE and not _a_year(text, match):
                continue
            begin, preposition = _preposition(text, match.start())
            yield Said(begin, match.start(), match.end(), preposition, _claim(match))
            blank = " " * (match.end() - match.start())
            free = f"{free[: match.start()]}{blank}{free[match.end() :]}"


def whole_date(text: str) -> DateClaim | None:
    """The date that a text is and nothing else: a key of a table, such as "2024-Q1"."""
    for pattern in (*PATTERNS, YEAR_ALONE):
        if match := pattern.fullmatch(text):
            return _claim(match)
    return None


def _a_month(text: str, match: re.Match[str]) -> bool:
    """Whether it is a month: "May" is, "may" only in "in may"; "mar" and "sat" only with a capital."""
    name = match["name"]
    return name[0].isupper() or (len(name) > 3 and OF_A_DATE.search(text[: match.start()].rstrip()) is not None)


def _a_year(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    in_range = RANGE_SIGN.search(text[: match.start()]) is not None
    return (in_range or OF_A_DATE.search(before) is not None) and not re.match(r"\s?[A-Z€$£¥][A-Z]|\s?[€$£¥%]", after)


def _claim(match: re.Match[str]) -> DateClaim:
    parts = match.groupdict()
    numbers = {key: int(parts[key]) for key in ("year", "month", "day", "quarter", "week") if parts.get(key)}
    if name := parts.get("name"):
        numbers["month"] = MONTHS[1].index(folded(name)[:3]) + 1
    if weekday := parts.get("weekday"):
        numbers["weekday"] = WEEKDAYS.index(folded(weekday))
    return DateClaim(**numbers)


def _preposition(text: str, start: int) -> tuple[int, str]:
    before = text[:start]
    if match := OF_THE_END.search(before):
        return match.start(), "end"
    if match := PREPOSITION.search(before):
        return match.start(), folded(match[1]).split()[0]
    if match := RANGE_SIGN.search(before):
        return match.start(), "to"
    return start, ""


@dataclass(frozen=True)
class PeriodClaim:
    """What one date, or two that bound a range, say of a period."""

    first: Said
    last: Said | None = None

    def is_of(self, period: Period, *, standing: bool) -> bool:
        """Whether it is exactly this period; of what stands at a day, whether it is its last day."""
        preposition, claim = self.first.preposition, self.first.claim
        if self.last is not None:
            return not standing and claim.starts(period.start) and self.last.claim.ends(period.end)
        if standing:
            day = preposition in {"on", "at", "of", ""} and claim.is_day
            return (day or preposition in {"end", "as"}) and claim.ends(period.end)
        if preposition in SINCE:
            return period.end is None and SINCE[preposition](claim, period.start)
        if preposition in UNTIL:
            return period.start is None and UNTIL[preposition](claim, period.end)
        return preposition not in {"end", "as", "between", "and", "by"} and claim.spans(period.start, period.end)


def period_claims(dates: list[Said]) -> list[PeriodClaim]:
    """Dates in the order of the sentence, those of "from A to B" and "between A and B" taken together."""
    claims: list[PeriodClaim] = []
    openings = {"until": ("from",), "through": ("from", ""), "and": ("between",)}
    openings["to"] = ("from", "", "in", "on", "of", "for")
    for date in dates:
        before = claims[-1] if claims else None
        opens = before is not None and before.last is None and date.begin - before.first.end <= 1
        if before is not None and opens and before.first.preposition in openings.get(date.preposition, ()):
            claims[-1] = PeriodClaim(before.first, date)
        else:
            claims.append(PeriodClaim(date))
    return claims
