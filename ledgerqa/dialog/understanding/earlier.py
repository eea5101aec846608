"""Now against earlier: "more than last year", "than we used to", "up on last month" name one side of two.

The other side is the running unit so far; to be fair to it, the earlier one is kept to the same part of itself.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, as_of, containing, from_to, move, of_unit
from ledgerqa.dialog.calendar.periods import FoundPeriod
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_DAY: Final = dt.timedelta(days=1)
_UNITS: Final = frozenset({Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR})
_AGAINST: Final = compiled(
    r"\b(?:compar(?:e|es|ed|ing)\b[^,;?!]{0,40}?\b(?:to|with|against)|(?:in )?comparison (?:to|with)|relative to"
    r"|versus|vs\.?|ahead of|(?<!ahead or )(?<!up or )behind|in line with|on par with"
    r"|against|than(?: (?:i|we|it|they) (?:did|was|were|paid|spent|earned|used to))?)"
    r"(?: (?:the|in|on|for|during|at|of|what (?:i|we|it) (?:did|was|were|paid|spent|earned)))*\s*$"
)
_RISEN: Final = r"(?<!pull )(?<!sum )(?<!bring )(?<!dig )(?:up|down|higher|lower|increased|risen|fallen|grown|dropped)"
# And then "last year", or "on last year"; but "did it go up last year", "are we up" are about that year itself.
_UP_ON: Final = compiled(
    rf"\b{_RISEN}\s+(?:on|from|over)\s*$|\b(?:is|are|be)\b(?! (?:we|i) (?:up|down)\b)[^,;?]*\b"
    r"(?<!going )(?<!made )(?<!add )(?:up|down|higher|lower)\s*$"
)
# "It has gone up again, hasn't it - by how much on last year": what rose stands in the clause before.
_UP_BY: Final = compiled(rf"\b{_RISEN}\b.*\b(?:by )?(?:how much|what)\b(?: (?:is|was) (?:that|it))?\s*(?:on\s*)?$")
_UP_SINCE: Final = compiled(rf"\b(?:go|goes|gone|went|got|been|is|are|has|have)\b.*\b{_RISEN}\b")
_USED_TO: Final = compiled(
    r"\b(?:more|less|higher|lower|worse|better|dearer|cheaper|as much|as (?:high|low|often))\b.*\b(?:than|as)"
    r" (?:(?:i|we|it|they) (?:used to|did(?: before| (?:in the )?past)?)|before|in the past|previously|formerly)\b"
    r"|\b(?:up|down) on (?:before|the past|what (?:it|they) (?:was|were|used to be))\b"
    r"|\bcompared (?:to|with) (?:before|the past|how it (?:was|used to be)|what it (?:was|used to be))\b"
)
_MORE_THAN: Final = compiled(
    r"\b(?:more|less|higher|lower|better|worse|fuller|up|down)\b.*\bthan(?: (?:we|i|it|there|they))?"
    r"(?: (?:had|have|was|were|did|stood|owed|held|at|on|back|by))*\s*$"
)
_OTHER_FLOW: Final = compiled(r"\bthan (?:i|we|it|they) \w+(?: in)?\s*$")  # "less than we earned in 2023": no two years
_OFTEN: Final = compiled(r"\b(?:more|less|as) (?:often|frequently)\b")
_SINCE_LAST: Final = compiled(r"^since last (week|month|quarter|year)$")
# "At this point last year": the same days of the unit before, whatever else is said of the running one.
_SAME_DAYS: Final = compiled(
    r"\b(?:this|the same|same) (?:time|point|stage|date|period|moment|part|stretch|days)"
    r"(?: (?:of|in) (?:the )?(?:year|month|quarter))?,? (?:of |in )?(?:the )?(?:last|previous)"
    r" (year|month|quarter|week)\b"
    r"|\b(?:the )?same (?:\w+ )?(?:months|weeks|span|dates),? (?:of |in )?(?:the )?(?:last|previous) (year|quarter)\b"
    r"|\b(?:last|previous) (year|month|quarter|week),? (?:(?:at|over|for|in|during) )?(?:this|the same|same)"
    r" (?:time|point|stage|date|period|part|stretch|span|days|dates|months)\b"
    r"|\bby now (?:last|previous) (year|month|quarter|week)\b"
)
_SO_FAR: Final = compiled(r"\b(?:year to date|ytd|so far this year|this year so far|to date)\b")
_ALL_OF: Final = compiled(
    r"\b(?:all|whole|full|entire|complete|total) (?:of )?(?:the )?(?:last|previous|year|(?:19|20)\d\d)\b"
)
_OTHERWISE: Final = frozenset(
    {Measure.SUM, Measure.PRICE, Measure.RECURRING, Measure.LIST, Measure.BUDGET, Measure.GAPS, None}
)
_FLOWS: Final = frozenset({Root.INCOME, Root.EXPENSES})
STANDING: Final = frozenset({Measure.BALANCE, Measure.NET_WORTH})
_TWO_SIDED: Final = frozenset({Measure.COUNT, Measure.AVERAGE, Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME})


def against_now(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """The question with both of its sides, where it sets an earlier period against today's; else as it is."""
    if day := _than_a_day(said, names):
        standing = replace(said, intent=replace(said.intent, measure=said.intent.measure or Measure.BALANCE))
        return _at_two_days(standing, said.periods[0], day, today)
    earlier = _same_days(said, today) or _earlier(said, today)
    if earlier is None or said.intent.measure not in _OTHERWISE | _TWO_SIDED or said.bounds.spans:
        return said
    found, unit, steps = earlier
    if said.intent.measure in STANDING and names_flows(said, names):  # "are dues up on last year"
        said = replace(said, intent=replace(said.intent, measure=Measure.SUM, key=None))
    if said.intent.measure in STANDING:
        return _at_two_days(said, found, move(today, unit, steps), today)
    start = containing(unit, today)[0]
    said = replace(said, periods=_so_far(found, unit, move(start, unit, steps), today), unread_periods=())
    if _OFTEN.search(said.text.lower()):
        said = replace(said, intent=replace(said.intent, measure=Measure.COUNT))
    intent = of_two_sides(said.intent)
    rules = of_two_sides(said.by_rules) if said.by_rules else None
    return replace(said, intent=intent, by_rules=rules)


def _than_a_day(said: Said, names: Vocabulary) -> dt.date | None:
    """As in "is there more in the bank than at new year": the day that what stands now is set against."""
    open_measure = said.intent.measure is None and said.phrases and all(_is_account(each) for each in said.phrases)
    stands = (said.intent.measure in STANDING or open_measure) and not names_flows(said, names)
    if len(said.periods) != 1 or not stands or said.bounds.spans:
        return None
    found = said.periods[0]
    start, end = found.period.start, found.period.end
    day = found.at or (start if start and end and end - start == _DAY else None)
    told = said.text[found.start : found.end] == found.text and _MORE_THAN.search(said.text[: found.start].lower())
    return day if told and day and found.kind != "now" else None


_OFF_THAT: Final = compiled(
    r"\b(?:on|off|from|out of|against|of) (?:it|that|this|those|them|these)\b"
    r"(?=\W*$| (?:at|in|by|for|last|this|so|since|during|as|before|over)\b)"
)


def taken_off_that(said: Said, before: Said | None, names: Vocabulary) -> Said:
    """As in "how much tax was taken off that?", after income was asked about: the tax on that income, and no other."""
    if before is None:
        return said
    earned = [each for each in before.phrases if _earns(each, names)]
    if not earned or not said.phrases or not _OFF_THAT.search(said.folded):
        return said
    if any(_earns(each, names) for each in said.phrases) or said.intent.measure not in _OTHERWISE:
        return said
    end = said.phrases[-1].end
    whole = tuple(replace(each, start=end, end=end, lead="off ") for each in earned)
    return replace(said, phrases=(*said.phrases, *whole), periods=said.periods or before.periods)


def _is_account(phrase: Phrase) -> bool:
    return phrase.best.kind == "account"


def names_flows(said: Said, names: Vocabulary) -> bool:
    """Whether all that is named is of income or expenses, on which nothing stands from one year to the next."""
    accounts = [name for each in said.phrases if each.best.kind == "account" for name in each.best.values]
    return bool(accounts) and all(names.by_name[name].root in _FLOWS for name in accounts)


def _earns(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether it names accounts of income first of all."""
    best = phrase.best
    return best.kind == "account" and all(names.by_name[name].root is Root.INCOME for name in best.values)


def against_before(said: Said, found: FoundPeriod, today: dt.date) -> Said:
    """A calendar unit with the one before it as the other side; of the running one only what is over counts.

    What stands at a day is set against what stood before any span of days began ("since March").
    """
    unit, start = found.unit, found.period.start
    if unit not in _UNITS and start is not None and said.intent.measure in STANDING:
        return _at_two_days(said, found, start - _DAY, min((found.period.end or dt.date.max) - _DAY, today))
    if unit not in _UNITS or start is None:
        return said
    first, end = containing(unit, start)
    before = move(first, unit, -1)
    if said.intent.measure in STANDING:
        return _at_two_days(said, found, first - _DAY, min(end - _DAY, today))
    if first <= today < end:
        sides = _so_far(found, unit, before, today)
    else:
        sides = (
            replace(found, period=of_unit(unit, before).period, note=""),
            replace(found, period=of_unit(unit, first).period, note=""),
        )
    return replace(said, periods=sides, intent=of_two_sides(said.intent))


def _at_two_days(said: Said, found: FoundPeriod, before: dt.date, after: dt.date) -> Said:
    """For what stands at a day: that of the earlier side, and that of the later one."""
    days = tuple(as_of(day) for day in (before, after))
    sides = tuple(replace(found, period=each.period, kind="as_of", unit=None, note="") for each in days)
    return replace(said, periods=sides, intent=of_two_sides(said.intent))


def _so_far(found: FoundPeriod, unit: Unit, before: dt.date, today: dt.date) -> tuple[FoundPeriod, ...]:
    """The same days of an earlier unit, which begins on `before`, and of the running one."""
    start, now = containing(unit, today)[0], of_unit(unit, today)
    if today + _DAY == now.end:  # the last day of it: whole units, as they are called
        return (
            replace(found, period=of_unit(unit, before).period, kind="range", at=None, unit=None, note=""),
            replace(found, period=now.period, kind="range", at=None, unit=None, note=""),
        )
    steps = _steps_back(unit, before, start)
    note = f"this {unit.value} so far against the same days of the earlier {unit.value}"
    so_far, same = from_to(start, today + _DAY), from_to(before, move(today, unit, -steps) + _DAY)
    return (
        replace(found, period=same.period, kind="range", at=None, unit=None, note=note),
        replace(found, period=so_far.period, kind="range", at=None, unit=None, note=""),
    )


def of_two_sides(intent: Intent) -> Intent:
    """The form that compares sums, or whatever else has two sides."""
    groups = tuple(each for each in intent.group_by if each not in TIME_GROUPINGS and each is not Grouping.WEEKDAY)
    measure = intent.measure if intent.measure in _TWO_SIDED else Measure.SUM
    return replace(
        intent, measure=measure, compare=True, group_by=groups, order=None, limit=None, single=False, vague=False,
        guessed=False,
    )  # fmt: skip


def _earlier(said: Said, today: dt.date) -> tuple[FoundPeriod, Unit, int] | None:
    """The earlier period, its unit, and how many units it lies back; None where nothing is set against it."""
    periods = [each for each in said.periods if each.kind != "now"]
    if not periods:
        if (used := _USED_TO.search(said.text.lower())) is None:
            return None
        found = FoundPeriod(of_unit(Unit.YEAR, today).period, used.start(), used.end(), "range", used.group())
        return found, Unit.YEAR, -1
    if len(periods) != 1 or periods[0].period.start is None:
        return None
    found = periods[0]
    if said.text[found.start : found.end] != found.text:
        return None  # an earlier question's, which this one leans on
    lead, text = said.text[: found.start].lower(), found.text.lower()
    since = _SINCE_LAST.match(text)
    inside = re.match(r"(?:in|during|within|this) ", text) is not None
    unit = Unit(since.group(1)) if since else Unit.YEAR if text.startswith("this time last year") else found.unit
    led = (
        _AGAINST.search(f"{lead}of" if text.startswith("of ") else lead)
        or (not inside and _UP_ON.search(lead))
        or ((text.startswith("on ") or lead.rstrip().endswith(" on")) and _UP_BY.search(lead))
        or (since and _UP_SINCE.search(lead))
    )
    if unit not in _UNITS or not led or (said.intent.measure is Measure.NET_INCOME and _OTHER_FLOW.search(lead)):
        return None
    begins = containing(unit, found.period.start or today)[0]
    steps = _steps_back(unit, begins, containing(unit, today)[0])
    return (found, unit, -steps) if steps else None


def _same_days(said: Said, today: dt.date) -> tuple[FoundPeriod, Unit, int] | None:
    """The same days of the unit before, where they are asked for; None where another time is named, too."""
    text = said.text.lower()
    match = _SAME_DAYS.search(text)
    periods = [each for each in said.periods if each.kind not in {"now", "all"}]
    if match:
        unit = Unit(next(each for each in match.groups() if each))
        inside = [each for each in periods if match.start() <= each.start < match.end()]
        others = [each for each in periods if each not in inside and each.kind != "until"]
    elif _SO_FAR.search(text) and not _ALL_OF.search(text) and any(each.unit is Unit.YEAR for each in periods):
        unit = Unit.YEAR
        last = move(containing(unit, today)[0], unit, -1)
        inside = [each for each in periods if each.unit is unit and each.period.start == last]
        others = [each for each in periods if each not in inside]
    else:
        return None
    running = containing(unit, today)[0]
    if any(each.period.start != running for each in others) or (not match and not inside):
        return None
    start, end = match.span() if match else (inside[0].start, inside[0].end)
    whole = of_unit(unit, move(running, unit, -1)).period
    return FoundPeriod(whole, start, end, "range", said.text[start:end], unit), unit, -1


def _steps_back(unit: Unit, earlier: dt.date, now: dt.date) -> int:
    """How many units lie between two first days; 0 where the first is not before the second, or too far."""
    for steps in range(1, 60):
        if move(now, unit, -steps) == earlier:
            return steps
    return 0
