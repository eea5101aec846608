"""Phrases around named periods: "since March", "from Oct to April", "by the end of 2023", "between 2019 and 2021".

A phrase begins at its preposition and is as long as it can be.  What a named period itself is stands in the
modules below; here two of them become a range, or one of them a bound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ledgerqa.dialog.calendar_units import ONE_DAY, Reading, Unit, add_months, as_of, containing, from_to, move, of_unit, on_day, since, until
from ledgerqa.dialog.dates import day, day_range
from ledgerqa.dialog.follow_ups import Relation, resolve
from ledgerqa.dialog.named_periods import counted_part, of_weekend, part, whole
from ledgerqa.dialog.relative_units import ago, always, clipped_to_date, last_count, now, relative_unit, to_date
from ledgerqa.dialog.time_tokens import MONTHS, UNITS, Tok
from ledgerqa.dialog.time_words import Parser, Step, Words, count_at, latest

Piece = tuple[Reading, int, int]  # a reading and its first and last token (not including)
Phrase = tuple[Reading, int, list[Piece]]  # the reading, the place after; the pieces where it is several periods

_PREPOSITIONS: Final = frozenset("in on at during throughout within for over across of from".split())
_TO: Final = ("to", "until", "till", "through", "up to", "up until", "through to", "-", "–", "—", "→", "->", "..", "thru", "and up to")
_SINCE: Final = ("since", "ever since", "starting", "starting in|from|with|on", "beginning in|with|on", "from")
_UNTIL: Final = ("until", "till", "through", "up to", "up until", "up through", "by", "no later than", "ending")
_BEFORE: Final = ("before", "prior to", "pre", "pre -", "earlier than")
_AFTER: Final = ("after", "post", "post -", "later than", "following")
_AS_OF: Final = ("as of", "as of close of business", "as of the close of business", "as at", "as on", "as per", "at close of business on", "at close on", "effective")
_ONWARDS: Final = ("on", "onward|onwards", "and onward|onwards", "forward", "and after|later", "- onward|onwards", "or later")
_ENDINGS: Final = ("end of", "end of the", "end", "close of", "close of the", "close", "- end", "end -", "very end of")
_STARTS: Final = ("start of", "start of the", "beginning of", "beginning of the", "very start|beginning of", "start|beginning")
_ATOMS: Final[tuple[Parser, ...]] = (
    to_date, day_range, day, part, counted_part, last_count, ago, relative_unit, whole,
)  # fmt: skip
_FUNCTION_WORDS: Final = frozenset(
    "i we you he she it they did do does have has had was were is are what how which who when and or to until till with at in "
    "on for vs than my our the a per by of from only please compared against".split()
)
_CHANGING: Final = frozenset(
    "changed change changes grown grew grow risen rose rise fallen fell fall dropped drop went gone go jump jumped increase "
    "increased decrease decreased difference differ compare compared comparison moved move up down shift shifted".split()
)


def phrase(words: Words, at: int) -> Phrase | None:
    """The longest phrase of time that begins at `at`, bare or with its preposition."""
    if words.kind(at) in {None, Tok.OTHER}:
        return None
    found = [one for parser in _PHRASES if (one := parser(words, at))]
    return max(found, key=lambda one: one[1], default=None)


def _plain(step: Step | None) -> Phrase | None:
    return (step[0], step[1], []) if step else None


def atom(words: Words, at: int) -> Step | None:
    """One named period, edge or day at `at`, without preposition."""
    steps = [step for parser in (*_ATOMS, _edge) if (step := parser(words, at))]
    best = max(steps, key=lambda step: step[1], default=None)
    if best is None:
        return None
    return _year_first(words, best) or best


def _year_first(words: Words, step: Step) -> Step | None:
    """ "2023, in March"; "last year in June": the year said first."""
    reading, at = step
    if reading.unit is not Unit.YEAR or reading.kind != "range" or reading.start is None:
        return None
    place = words.skip(words.skip(at, ","), "in")
    inner = atom_of_year(words, place)
    if inner is None or inner[0].in_year is None or (place == at and inner[0].unit is Unit.DAY):
        return None
    found = inner[0].in_year(reading.start.year)
    if words.word(inner[1]) in {"to", "-", "–", "and", "or", "vs", ","} and place == at + 1 and words.word(at) == ",":
        return None
    return (replace(found, in_year=None), inner[1]) if found else None


def atom_of_year(words: Words, at: int) -> Step | None:
    """A month, quarter, half, season or day that may yet lack its year."""
    steps = [step for parser in (day, part, whole) if (step := parser(words, at))]
    return max(steps, key=lambda step: step[1], default=None)


# ------------------------------------------------------------------------------------------ edges of a period


def _edge(words: Words, at: int) -> Step | None:
    """ "the end of June 2022", "year end 2020", "close of 2023", "month-end", "the start of last year"."""
    start = words.skip(at, "the")
    if step := _unit_end(words, start):
        return step
    if after := words.says_any(start, *_ENDINGS):
        inner = None if words.word(after) in {"-", "end", "close"} else _the_unit(words, after) or atom(words, after)
        if inner and inner[0].end and inner[0].kind != "as_of" and inner[0].unit is not Unit.DAY:
            return _end_of(words, inner[0]), inner[1]
    if after := words.says_any(start, *_STARTS):
        inner = _the_unit(words, after) or atom(words, after)
        if inner and inner[0].start and inner[0].kind == "range":
            return _start_of(inner[0]), inner[1]
    return None


def _the_unit(words: Words, at: int) -> Step | None:
    """ "the year", "the month": the current one."""
    unit = UNITS.get(words.word(at))
    if unit is None or words.word(at - 1) not in {"the", "of"}:
        return None
    start, end = containing(unit, words.today)
    guessed = Reading(start, end, "", unit=unit, in_year=lambda _year: None)
    return guessed, at + 1


def _unit_end(words: Words, at: int) -> Step | None:
    """ "year end 2020", "year-end for 2020", "EOY 2023", "month end June 2024"."""
    short = {"eoy": Unit.YEAR, "ye": Unit.YEAR, "eom": Unit.MONTH}
    after = at + 1 if words.word(at) in short else words.says_any(at, "year|quarter|month - end", "year|quarter|month end", "fy end")
    after = words.says(at, "end - of - year|month|quarter") or after
    if after is None:
        return None
    unit = short.get(words.word(at)) or UNITS.get(words.word(at)) or UNITS.get(words.word(after - 1), Unit.YEAR)
    place = words.skip(after, "for", "of", "in", ",")
    inner = whole(words, place)
    if inner and inner[0].end and (unit is not Unit.YEAR or inner[0].unit in {Unit.YEAR, Unit.FISCAL_YEAR}):
        return _end_of(words, inner[0]), inner[1]
    return _end_of(words, Reading(*containing(unit, words.today), "", in_year=lambda _year: None, unit=unit)), after


def _end_of(words: Words, reading: Reading) -> Reading:
    """The last day; where no year was said, that of the most recent one that is over."""
    end = reading.end or words.today
    found = as_of(end - ONE_DAY, note=reading.note)
    rebuild = reading.in_year
    if rebuild is None:
        return found
    if reading.label:
        wanted = latest(words, lambda year: _close(rebuild(year)))
        return wanted or found
    unit = reading.unit or Unit.YEAR
    return found if words.future or end - ONE_DAY <= words.today else as_of(move(end, unit, -1) - ONE_DAY)


def _close(reading: Reading | None) -> Reading | None:
    return replace(as_of(reading.end - ONE_DAY), unit=reading.unit) if reading and reading.end else None


def _start_of(reading: Reading) -> Reading:
    """The opening state: all that came before the first day."""
    first = reading.start or dt.date.min
    return as_of(first - ONE_DAY, note=f"the start of a period was read as its opening balance, before {first.isoformat()}")


# ---------------------------------------------------------------------------------------------------- the phrases


def _bare(words: Words, at: int) -> Phrase | None:
    """A named period, with the prepositions before it."""
    place = words.skip(at, *_PREPOSITIONS)
    step = atom(words, place)
    if step is None and words.word(place) == "the":
        step = atom(words, place + 1) if words.word(place + 1) not in UNITS else _of_the_unit(words, at, place + 1)
    if step is None:
        return None
    if words.word(place - 1) == "at" and place > at and step[0].kind == "day" and words.kind(place) is not Tok.OTHER:
        step = as_of(step[0].start or words.today), step[1]
    listed = _listed_edges(words, place, step)
    if listed:
        return step[0], listed[-1][2], [(listed[0][0], at, listed[0][2]), *listed[1:]]
    return _plain(_onwards(words, clipped_to_date(words, step), stated=words.word(at) == "from"))


def _of_the_unit(words: Words, at: int, place: int) -> Step | None:
    """ "for the month?", "the dearest of the year": the current one; "over the weekend": the latest one."""
    unit = UNITS[words.word(place)]
    if unit is Unit.WEEKEND and words.word(at) == "over":
        return of_weekend(words.today - dt.timedelta(days=5)), place + 1
    named = unit in {Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR} and words.word(at) in {"for", "in", "of", "over", "during"}
    return (of_unit(unit, words.today), place + 1) if named and words.ends(place + 1) and words.word(place + 1) != "-" else None


def _onwards(words: Words, step: Step, *, stated: bool) -> Step:
    """ "2015 onwards", "from March on", "from 1 March" (a day has nowhere to end)."""
    reading, at = step
    if reading.start is None or reading.kind not in {"range", "day"}:
        return step
    after = words.says_any(at, *_ONWARDS)
    if after and not (words.word(after - 1) == "on" and (not stated or atom(words, after))) and words.word(at) != "forward":
        return since(reading.start), after
    return (since(reading.start), at) if stated and reading.kind == "day" else step


def _listed_edges(words: Words, at: int, step: Step) -> list[Piece]:
    """ "at year end for 2020, 2021 and 2022": the edge goes for each bare year that follows."""
    pieces: list[Piece] = []
    if step[0].kind != "as_of" or not (_edge(words, at) or _edge(words, words.skip(at, "the"))):
        return []
    pieces.append((step[0], at, step[1]))
    opening = bool(step[0].note.startswith("the start"))
    place = step[1]
    while True:
        following = words.skip(words.skip(place, ","), "and", "or", "vs", "versus", "&")
        bare = words.kind(following) in {Tok.NUM, Tok.SHORT_YEAR}
        inner = whole(words, following) if bare or words.word(following) in MONTHS else None
        if following == place or inner is None or inner[0].end is None or inner[0].start is None:
            return pieces if len(pieces) > 1 else []
        edge = _start_of(inner[0]) if opening else _end_of(words, inner[0])
        pieces.append((edge, following, inner[1]))
        place = inner[1]


def _always(words: Words, at: int) -> Phrase | None:
    return _plain(always(words, at))


def _now(words: Words, at: int) -> Phrase | None:
    return _plain(now(words, at))


def _since(words: Words, at: int) -> Phrase | None:
    """ "since March", "since the end of 2022", "since we moved", "since March until May"."""
    after = words.says_any(at, *_SINCE)
    if after is None:
        return None
    if words.word(at) in {"since", "ever"} and (event := _event(words, after)):
        return since(event[0]), event[1], []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if words.word(at) == "from" or step is None:
        return None
    begins = _begin(step[0])
    if begins is None:
        return None
    closing = _closing(words, step, ())
    if closing:
        return closing[0], closing[1], []
    return since(begins), words.says_any(step[1], "until|till|to now|today|date", "on", "onward|onwards", "to present") or step[1], []


def _begin(reading: Reading) -> dt.date | None:
    """Where a range that starts with these words begins: an edge's own morrow, or the first day."""
    return reading.end if reading.kind == "as_of" else reading.start


def _until(words: Words, at: int) -> Phrase | None:
    after = words.says_any(at, *_UNTIL)
    if after is None:
        return None
    if words.word(at) != "by" and (event := _event(words, after)):
        return until(event[0] + ONE_DAY), event[1], []
    if words.says(after, "now") or words.says(after, "the present"):
        return until(words.today + ONE_DAY), after + (1 if words.word(after) == "now" else 2), []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None or step[0].end is None:
        return None
    return until(step[0].end), words.skip(step[1], "inclusive"), []


def _before_after(words: Words, at: int) -> Phrase | None:
    """ "before 2020" (to the day before it), "after June 2021" (from the day after it)."""
    before, later = words.says_any(at, *_BEFORE), words.says_any(at, *_AFTER)
    after = before or later
    if after is None:
        return None
    if event := _event(words, after):
        return (until(event[0]) if before else since(event[0] + ONE_DAY)), event[1], []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None:
        return None
    reading = step[0]
    if words.word(after) == "the" and reading.kind == "range" and _modifies(words, step[1]):
        return reading, step[1], [(reading, after, step[1])]
    if before:
        bound = reading.start or (reading.end - ONE_DAY if reading.end else None)
        return (until(bound), step[1], []) if bound else None
    if reading.in_year and reading.end and reading.end > words.today and not words.future:
        reading = reading.in_year((reading.start or reading.end).year - 1) or reading
    return (since(reading.end), step[1], []) if reading.end else None


def _modifies(words: Words, at: int) -> bool:
    """Whether a noun follows: "after the June 2021 move" is not after June 2021."""
    return words.kind(at) is Tok.WORD and words.word(at) not in _FUNCTION_WORDS


def _as_of(words: Words, at: int) -> Phrase | None:
    after = words.says_any(at, *_AS_OF)
    if after is None:
        return None
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None or step[0].end is None:
        return None
    if step[0].kind == "as_of":
        listed = _listed_edges(words, after, step)
        return (step[0], listed[-1][2], [(step[0], at, step[1]), *listed[1:]]) if listed else (step[0], step[1], [])
    first, last = step[0].start, step[0].end - ONE_DAY
    current = first is not None and first <= words.today < last
    return as_of(words.today if current else last, note=step[0].note), step[1], []


def _span_to(words: Words, at: int) -> Phrase | None:
    """ "the 12 months to June 2024", "the year ended 31 March 2024", "six months ending 30 September"."""
    place = words.skip(words.skip(at, "for", "in", "over", "during"), "the")
    counted = count_at(words, place)
    number, unit_at = counted or (1, place)
    unit_at = words.skip(unit_at, "fiscal", "financial", "tax")
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    if unit is None or unit is Unit.HALF or not 1 <= number <= 120:
        return None
    after = words.says_any(unit_at + 1, "ended|ending", "ended|ending on|in", "to|until", "up to")
    if after is None or (words.word(unit_at + 1) not in {"ended", "ending"} and counted is None and unit is not Unit.YEAR):
        return None
    step = atom(words, after)
    if step is None or step[0].end is None or step[0].kind not in {"day", "range", "as_of"} or step[0].unit is Unit.YEAR:
        return None
    end = step[0].end
    first_of_month = end.day == 1 and unit in {Unit.MONTH, Unit.QUARTER, Unit.YEAR}
    start = move(end, unit, -number) if first_of_month or unit not in {Unit.MONTH} else add_months(end, -number)
    return from_to(start, end), step[1], []


def _neighbour(words: Words, at: int) -> Phrase | None:
    """ "the week before Christmas", "the month after June 2021": a unit beside a named period."""
    place = words.skip(words.skip(at, "in", "during", "for", "over"), "the")
    counted = count_at(words, place)
    number, unit_at = counted or (1, place)
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    side = words.word(unit_at + 1)
    if unit is None or side not in {"before", "after", "preceding", "following"} or not 1 <= number <= 100:
        return None
    if counted is None and words.word(unit_at - 1) != "the":
        return None
    step = atom(words, unit_at + 2) or (atom(words, unit_at + 3) if words.word(unit_at + 2) == "the" else None)
    if step is None or step[0].start is None or step[0].end is None:
        return None
    sign = -1 if side in {"before", "preceding"} else 1
    if unit in {Unit.DAY, Unit.WEEK, Unit.FORTNIGHT} and step[0].unit is not unit:
        edge = step[0].start if sign < 0 else step[0].end
        far = move(edge, unit, sign * number)
        return from_to(min(edge, far), max(edge, far)), step[1], []
    many = number > 1 or step[0].unit in {None, Unit.DAY}
    found = resolve(Relation(sign * number, unit, many=many), step[0].period)
    return (found, step[1], []) if found else None


# ------------------------------------------------------------------------------------------------------- ranges


def _range(words: Words, at: int) -> Phrase | None:
    """ "from Oct to April", "2010-2013", "between March and June", "Q1 to Q3 2024", "2022-03 until now"."""
    opening = words.says_any(at, "from", "between", "in between", "starting", "for", "in", "during", "over", "across")
    place = opening if opening is not None else at
    between = words.word(place - 1) == "between" and opening is not None
    if words.kind(place) is Tok.YEARS:
        first, last = (dt.date(one, 1, 1) for one in words.tokens[place].value)
        return from_to(first, add_months(last, 12)), words.skip(place + 1, "inclusive"), []
    step = _left(words, place)
    if step is None:
        return None
    closing = _closing(words, step, ("and",) if between else ())
    if closing is None:
        return None
    reading, after, second = closing
    if _two_sides(words, at, step[0], reading):
        return reading, after, [(step[0], at, step[1]), (second[0], second[1], after)]
    return reading, after, []


def _left(words: Words, at: int) -> Step | None:
    """The first end of a range: a named period, or a lone day of the month named after it ("the 5th to the 12th")."""
    step = atom(words, at)
    if step is None and words.word(at) == "the":
        step = atom(words, at + 1)
    if step and step[0].kind in {"range", "day", "as_of"}:
        return step
    return None


def _closing(words: Words, left: Step, more: tuple[str, ...]) -> tuple[Reading, int, tuple[Reading, int]] | None:
    """The range that begins with `left`, where a word such as "to" and a second end follow."""
    after = words.says_any(left[1], *_TO, *more)
    if after is None or _begin(left[0]) is None:
        return None
    after = words.skip(after, "-") if words.word(after - 1) in {"to", "until"} else after
    today = words.says_any(after, "now", "today", "date", "present", "the present", "this day", "current")
    begins = _begin(left[0])
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
    if left.in_year and right.in_year:
        left = _nearest(left, right, before=True)
    elif left.in_year:
        left = _nearest(left, right, before=True)
    elif right.in_year:
        right = _nearest(right, left, before=False)
    start, end = _begin(left), right.end
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


def _two_sides(words: Words, at: int, left: Reading, right_range: Reading) -> bool:
    """ "grew from 2022 to 2023", "compare 2022 to 2023", "the difference between June and July": two periods."""
    near = any(words.word(place) in _CHANGING for place in range(max(0, at - 8), at))
    if not near or left.start is None or left.end is None or right_range.end is None or left.unit in {None, Unit.DAY}:
        return False
    explicit = any(words.word(place) in {"compare", "compared", "comparison", "difference"} for place in range(max(0, at - 8), at))
    return explicit or (left.unit is not None and right_range.end == move(left.end, left.unit, 1))


# ------------------------------------------------------------------------------------------------------- events


_EMPTY: Final = frozenset("i we he she they my our his her their the a an to at in on of for it was were had got did have".split())


def _event(words: Words, at: int) -> tuple[dt.date, int] | None:
    """The date of the event whose name the words at `at` say, at least in part: "we moved", "the wedding"."""
    best: tuple[int, int, dt.date] | None = None
    for name, date in words.events.items():
        wanted = {word for word in name.lower().replace("-", " ").replace("_", " ").split() if word not in _EMPTY}
        hits = [place for place in range(at, min(at + 7, len(words))) if _meets(words.word(place), wanted)]
        first_content = next((place for place in range(at, len(words)) if words.word(place) not in _EMPTY), at)
        if hits and hits[0] == first_content and (best is None or len(hits) > best[0]):
            best = len(hits), hits[-1] + 1, date
    return (best[2], best[1]) if best else None


def _meets(word: str, wanted: set[str]) -> bool:
    """Equal, or inflected: "moved" and "moving"."""
    if word in _EMPTY or not word.isalpha():
        return False
    return any(_stem(word) == _stem(one) for one in wanted)


def _stem(word: str) -> str:
    """Without the endings that turn "move" into "moved" and "moving"."""
    for ending in ("ing", "ed", "es", "e", "s"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


_PHRASES: Final = (_bare, _range, _always, _now, _since, _until, _before_after, _as_of, _span_to, _neighbour)

