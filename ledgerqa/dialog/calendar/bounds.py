"""One end of a period: "since March", "until 2023", "before the wedding", "as of 30 June", "the week before Easter"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.atoms import atom, begin, listed_edges
from ledgerqa.dialog.calendar.calendar_units import (
    ONE_DAY,
    Unit,
    as_of,
    from_to,
    move,
    since,
    until,
)
from ledgerqa.dialog.calendar.neighbours import Relation, resolve
from ledgerqa.dialog.calendar.ranges import Phrase, closing
from ledgerqa.dialog.calendar.time_tokens import UNITS, Tok
from ledgerqa.dialog.calendar.time_words import Step, Words, count_at

if TYPE_CHECKING:
    import datetime as dt

_SINCE: Final = (
    "since",
    "ever since",
    "starting",
    "starting in|from|with|on",
    "beginning in|with|on",
    "from",
    "going|reaching|stretching|dating back to",
    "going|reaching|stretching right|way back to",
    "going|reaching|stretching all the way back to",
    "as far back as",
)
_ORDERING: Final = frozenset({"ranked", "ranking", "sorted", "ordered", "rank", "sort", "order"})
_FIGURES: Final = frozenset(
    "spend spending sales billings revenue revenues income cost costs amount volume total totals turnover outlay"
    " takings".split()
)
_UNTIL: Final = (
    "until",
    "till",
    "through",
    "up to",
    "up until",
    "up through",
    "up to and including",
    "until|till and including",
    "by",
    "no later than",
    "ending",
)
# "Can you run through 2024": all of it, and nothing before it.
_GO_THROUGH: Final = frozenset("go goes going went gone run running look looking work working get got gotten".split())
_BEFORE: Final = ("before", "prior to", "pre", "pre -", "earlier than")
_AFTER: Final = ("after", "post", "post -", "later than", "following")
_AS_OF: Final = (
    "as of",
    "as of close of business",
    "as of the close of business",
    "as at",
    "as on",
    "as per",
    "at close of business on",
    "at close on",
    "effective",
)
_ONWARDS: Final = (
    "on",
    "onward|onwards",
    "and onward|onwards",
    "forward",
    "and after|later",
    "- onward|onwards",
    "or later",
)
_FUNCTION_WORDS: Final = frozenset(
    "i we you he she it they did do does have has had was were is are what how which who when and or to until till "
    "with at in on for vs than my our the a per by of from only please compared against".split()
)
_THE: Final = frozenset("the our my that".split())
_ALONG: Final = frozenset({"by", "each", "every", "per", "after"})
_EMPTY: Final = frozenset(
    "i we he she they my our his her their the a an to at in on of for it was were had got did have".split()
)


def onwards(words: Words, step: Step, *, stated: bool) -> Step:
    """Reads "2015 onwards", "from March on", "from 1 March" (a day has nowhere to end)."""
    reading, at = step
    if reading.start is None or reading.kind not in {"range", "day"}:
        return step
    after = words.says_any(at, *_ONWARDS)
    if (
        after
        and not (words.word(after - 1) == "on" and (not stated or atom(words, after)))
        and words.word(at) != "forward"
    ):
        return since(reading.start), after
    return (since(reading.start), at) if stated and reading.kind == "day" else step


def from_then(words: Words, at: int) -> Phrase | None:
    """Reads "since March", "since the end of 2022", "since we moved", "since March until May"."""
    after = words.says_any(at, *_SINCE)
    if after is None:
        return None
    if words.word(at) in {"since", "ever"} and (event := _event(words, after)):
        return since(event[0]), event[1], []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if words.word(at) == "from" or step is None:
        return None
    begins = begin(step[0])
    if begins is None:
        return None
    found = closing(words, step, ())
    if found:
        return found[0], found[1], []
    return (
        since(begins),
        words.says_any(step[1], "until|till|to now|today|date", "on", "onward|onwards", "to present") or step[1],
        [],
    )


def up_to(words: Words, at: int) -> Phrase | None:
    """Reads "until March", "by the end of 2023", "up to now", "until the wedding"."""
    after = words.says_any(at, *_UNTIL)
    if after is None or (words.word(at) == "through" and at and words.word(at - 1) in _GO_THROUGH):
        return None
    if words.word(at) == "by" and words.word(at - 1) in _ORDERING:
        return None  # "ranked by 2024 sales"
    if words.word(at) != "by" and (event := _event(words, after)):
        return until(event[0] + ONE_DAY), event[1], []
    if words.says(after, "now") or words.says(after, "the present"):
        return until(words.today + ONE_DAY), after + (1 if words.word(after) == "now" else 2), []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None or step[0].end is None or (words.word(at) == "by" and words.word(step[1]) in _FIGURES):
        return None  # "the largest by 2024 spend"
    if words.word(at) == "through" and step[0].unit is Unit.YEAR:  # no end of anything that began before
        return replace(step[0], note=f'"through" was read as all of {step[0].label.removeprefix("in ")}'), step[1], []
    if words.word(at) == "through" and step[0].kind == "range" and _counts_along(words, at):
        return step[0], step[1], []
    return until(step[0].end), words.skip(step[1], "inclusive"), []


def _counts_along(words: Words, at: int) -> bool:
    """As in "month by month through 2024": all of it is gone through."""
    before = range(max(0, at - 8), at)
    along = any(words.word(place) in UNITS and words.word(place - 1) in _ALONG for place in before)
    return along or any(words.word(place) in {"monthly", "weekly", "quarterly"} for place in before)


def before_or_after(words: Words, at: int) -> Phrase | None:
    """Reads "before 2020" (to the day before it), "after June 2021" (from the day after it)."""
    before, later = words.says_any(at, *_BEFORE), words.says_any(at, *_AFTER)
    after = before or later
    if after is None:
        return None
    if event := _event(words, after):
        return (until(event[0]) if before else since(event[0] + ONE_DAY)), event[1], []
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None and before and words.word(at - 1).removesuffix("s") not in UNITS:
        step = _dated_thing(words, after)
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


def _dated_thing(words: Words, at: int) -> Step | None:
    """The time of "(before) the cruise in June 2024", which says when that was."""
    if words.word(at) not in _THE:
        return None
    for place in range(at + 2, at + 5):
        if words.word(place) in {"in", "of", "on"}:
            found = atom(words, place + 1)
            return found if found and found[0].unit is not Unit.YEAR else None
        if words.kind(place) is not Tok.WORD or words.word(place) in _FUNCTION_WORDS:
            return None
    return None


def _modifies(words: Words, at: int) -> bool:
    """Whether a noun follows: "after the June 2021 move" is not after June 2021."""
    return words.kind(at) is Tok.WORD and words.word(at) not in _FUNCTION_WORDS


def closing_state(words: Words, at: int) -> Phrase | None:
    """Reads "as of 30 June", "as at year end": the state after that day; of a period that runs, today's."""
    after = words.says_any(at, *_AS_OF)
    if after is None:
        return None
    step = atom(words, after) or (atom(words, after + 1) if words.word(after) == "the" else None)
    if step is None or step[0].end is None:
        return None
    if step[0].kind == "as_of":
        listed = listed_edges(words, after, step)
        return (step[0], listed[-1][2], [(step[0], at, step[1]), *listed[1:]]) if listed else (step[0], step[1], [])
    first, last = step[0].start, step[0].end - ONE_DAY
    current = first is not None and first <= words.today < last
    return as_of(words.today if current else last, note=step[0].note), step[1], []


def neighbour(words: Words, at: int) -> Phrase | None:
    """Reads "the week before Christmas", "the month after June 2021": a unit beside a named period."""
    place = words.skip(words.skip(at, "on", "in", "during", "for", "over"), "the")
    counted = count_at(words, place)
    number, unit_at = counted or (1, place)
    unit = UNITS.get(words.word(unit_at).removesuffix("s"))
    side = words.word(unit_at + 1)
    if unit is None or side not in {"before", "after", "preceding", "following"} or not 1 <= number <= 100:
        return None
    if counted is None and words.word(unit_at - 1) != "the":
        return None
    if event := _event(words, unit_at + 2):  # "the six months after the wedding": to the day
        first, far = event[0], event[0] + ONE_DAY
        earlier = side in {"before", "preceding"}
        around = (move(first, unit, -number), first) if earlier else (far, move(far, unit, number))
        return from_to(*around), event[1], []
    step = atom(words, unit_at + 2) or (atom(words, unit_at + 3) if words.word(unit_at + 2) == "the" else None)
    if step is None or step[0].start is None or step[0].end is None:
        return None
    sign = -1 if side in {"before", "preceding"} else 1
    if unit in {Unit.DAY, Unit.WEEK, Unit.FORTNIGHT} and step[0].unit is not unit:
        border = step[0].start if sign < 0 else step[0].end
        if unit is Unit.DAY and step[0].at is not None and step[0].kind == "range":  # "the day after Christmas"
            border = step[0].at if sign < 0 else step[0].at + ONE_DAY
        far = move(border, unit, sign * number)
        return from_to(min(border, far), max(border, far)), step[1], []
    many = number > 1 or step[0].unit in {None, Unit.DAY}
    found = resolve(Relation(sign * number, unit, many=many), step[0].period)
    return (found, step[1], []) if found else None


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
