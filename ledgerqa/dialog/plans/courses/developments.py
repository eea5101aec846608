"""How something changed over time: whether it rose, its course, what changed, and why a time came out as it did.

"Did power get dearer" is a row a year with the change told; "did it go up this year" sets the year against the one
before; "compare 2023 and 2024", "what changed" and "why was May so high" are told by category.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import (
    SEASONS,
    Unit,
    add_months,
    containing,
    from_to,
    months_between,
    move,
    of_unit,
    season,
)
from ledgerqa.dialog.calendar.periods import FoundPeriod, is_faint
from ledgerqa.dialog.calendar.seasons import latest_season
from ledgerqa.dialog.intent.intents import time_groups
from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.earlier import STANDING, against_before, of_two_sides
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import CHANGE, CUMULATIVE, FALL, RISE, WHY
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

_MONTH: Final = 31  # days that the books may begin late in a time, for it to be told without a word
_DAY: Final = dt.timedelta(days=1)
_WORDS: Final = "trends"
_YEARLY, _QUARTERLY = 700, 270  # days of books, from which on rows are years, or quarters; of fewer, months
_UNITS: Final = frozenset({Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR})
_FINER: Final = {Unit.YEAR: Grouping.MONTH, Unit.QUARTER: Grouping.MONTH, Unit.MONTH: Grouping.WEEK}
_KEPT: Final = STANDING | {Measure.NET_INCOME, Measure.COUNT, Measure.AVERAGE}
_TAKEN: Final = _KEPT | {Measure.SUM, Measure.LIST, Measure.PRICE, Measure.RECURRING, None}
_TOLD: Final = STANDING | {Measure.SUM, Measure.NET_INCOME, Measure.COUNT, Measure.AVERAGE}
_CALLED: Final = frozenset({"payee", "tag", "link"})
_WHETHER: Final = compiled(r"(?:(?:and|so|but|ok) )*(?:is|are|was|were|has|have|had|did|do|does)\b")
_CHANGED: Final = compiled(r"\bchang\w*\b")
_THAN: Final = compiled(r"\b(?:than|compared|versus|vs|against|relative to|over|and)\b")
TOLD_BY_CHANGE: Final = frozenset({CHANGE, CUMULATIVE, RISE, FALL, WHY})


def asks_of_change(text: str) -> bool:
    """Whether a question, periods and all, is for sure about how something changed."""
    words, folded = cues(_WORDS), fold(text)
    heard = any(words.found(each, folded) for each in ("rise", "course", "changes", "why", "seasons"))
    return heard or cues("cues").found("trend", folded)


def developing(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """The question in the form that tells of changes, where it asks for them; else as it is."""
    if said.intent.key in TOLD_BY_CHANGE or _of_others(said):
        return said
    said = replace(said, periods=tuple(latest_season(each, today) for each in said.periods))
    text = _blanked(said)
    if re.search(r"^(?:and |so |since )*when\b", text):
        rose = said.phrases and cues(_WORDS).found("rise_day", text)
        return _formed(said, Measure.PRICE, ()) if rose else said
    return _of_all(said, text, today, names) or _of_one(said, text, today, names) or said


_OF_BILLS: Final = compiled(r"\b(?:regular|monthly|recurring|fixed) (?:bills|payments|costs|outgoings|expenses)\b")


def _of_all(said: Said, text: str, today: dt.date, names: Vocabulary) -> Said | None:
    """Why a time came out as it did, and times set side by side in everything; None where neither is asked for."""
    words = cues(_WORDS)
    if words.found("seasons", text) and all(each.unit is Unit.YEAR for each in _meant(said)):
        return _by_season(said, today)
    if words.found("why", text):
        return _explained(said, today, names)
    if words.found("only_times", text) and not said.phrases:
        return _set_beside(said, today, names, account_depth=1)
    if words.found("changes", text) and not (said.phrases or _OF_BILLS.search(text)):
        return _set_beside(said, today, names, account_depth=2)
    return None


def _of_one(said: Said, text: str, today: dt.date, names: Vocabulary) -> Said | None:
    """Whether one thing rose, and its course; None where neither is asked for, or which of several rose."""
    words = cues(_WORDS)
    if words.found("which_rose", text) or _than_another(said):
        return None
    if said.phrases and words.found("then_and_now", text) and not _holds(said, names):
        return _then_and_now(said)
    if words.found("cumulative", text):
        return _added_up(said, names)
    if len(times := _meant(said)) == 2 and _CHANGED.search(said.folded) and _apart(*times):
        return replace(said, intent=of_two_sides(said.intent))  # "from May 2024 to May 2025"
    if words.found("rise", text) or _more_than_before(said, text):
        return _risen(said, today, names)
    if words.found("change_of", text) and (times := _meant(said)):
        if _measured(said, names) in STANDING:
            return _along(said, today, names)
        if times[0].unit in _UNITS and _measured(said, names) is Measure.SUM:
            return _risen(said, today, names)
    if words.found("course", text) or cues("cues").found("trend", text):
        return _along(said, today, names)
    return None


_THAN_ANOTHER: Final = compiled(r"\bthan(?: (?:on|for|in|at|to|with|from|the|my|our|a))* $")


def _than_another(said: Said) -> bool:
    """As in "how much cheaper was Lidl than Tesco": two things side by side, and no time against another."""
    return any(_THAN_ANOTHER.search(each.lead) for each in said.phrases[1:])


def _of_others(said: Said) -> bool:
    """What other makers know: prices of commodities, raises, bounds on amounts, a measure that has no course."""
    rules = said.by_rules or said.intent
    return bool(
        any(phrase.best.kind == "currency" for phrase in said.phrases)
        or said.bounds.spans
        or (said.intent.sign and said.intent.measure is Measure.LIST)  # "what did they give back over time"
        or cues("cues").found("raise", said.folded)
        or said.excluded
        or (Measure.EVENTS if said.intent.measure is Measure.EVENTS else rules.measure) not in _TAKEN  # "my addresses"
        or cues(_WORDS).found("one_by_one", said.folded)
    )


_LEADS_NOUN: Final = compiled(r"\b(?:on|for|of|and|or|with|the|my|our) $")


def _is_pastime(phrase: Phrase) -> bool:
    """Whether its words are what is done, where no verb can stand: "on climbing"."""
    return fold(phrase.words).endswith("ing") and _LEADS_NOUN.search(phrase.lead) is not None


def _blanked(said: Said) -> str:
    """The folded question with "<period>" for its periods, and letters for names; today is none.

    As in "how many times have we been to the climbing hall", which asks of nothing that climbs; nor does a hill climb.
    "Spent on rent and climbing" does as little, where an account is called so.
    """
    text = said.text
    for phrase in said.phrases:
        called = phrase.best.kind in _CALLED and phrase.best.how in {"exact", "words"}
        if called or (phrase.best.kind == "account" and phrase.best.how == "exact" and _is_pastime(phrase)):
            text = text.replace(phrase.words, "x" * (len(phrase.words) - 1) + "s")
    for each in sorted(said.periods, key=lambda one: -one.start):
        if said.text[each.start : each.end] == each.text and each.kind not in {"now", "all"} and not is_faint(each):
            text = f"{text[: each.start]} <period> {text[each.end :]}"
    return re.sub(r"\s+", " ", fold(text).replace("’", "'")).strip()


def _formed(
    said: Said, measure: Measure, groups: Iterable[Grouping], key: str | None = None, depth: int | None = None
) -> Said:
    """The question with the form of what changed; its own idle words are no names that were not found."""
    rules = said.by_rules or said.intent
    intent = replace(
        said.intent,
        flow=rules.flow or said.intent.flow, measure=measure, group_by=tuple(groups), account_depth=depth, key=key,
        order=None, limit=None, single=False, vague=False, guessed=False, sign=0,
    )  # fmt: skip
    idle = cues(_WORDS).single["idle"]
    unknown, unread = (
        tuple(each for each in words if not re.fullmatch(idle.expression, fold(each)))
        for words in (said.unknown, said.unread)
    )
    return replace(said, intent=intent, unknown=unknown, unread=unread, unread_periods=())


def _measured(said: Said, names: Vocabulary | None) -> Measure:
    """What the rules say for certain that is asked for; else what accounts hold, where all that is named holds."""
    rules = said.by_rules or said.intent
    moved = cues(_WORDS).found("moved", said.folded)
    flows = _only_paid(said) or (names is not None and _only_flows(said, names))
    heard, apart = said.intent.measure, moved or flows
    both = heard if (not said.phrases if heard is Measure.NET_INCOME else heard in STANDING and not apart) else None
    held = Measure.BALANCE if names is not None and _holds(said, names) else None
    return (rules.measure if rules.measure in _KEPT else None) or both or held or Measure.SUM


def _only_paid(said: Said) -> bool:
    """As in "has the plumber gone up": somebody who is paid, with whom nothing stands that could rise."""
    named = [phrase.best.kind for phrase in said.phrases if not phrase.weak]
    owing = re.search(r"\b(?:ow(?:e[ds]?|ing)|debts?|balance|stands?)\b", said.folded)
    return bool(named) and set(named) <= {"payee", "narration"} and not owing


def _only_flows(said: Said, names: Vocabulary) -> bool:
    """As in "did the mutuelle go up", where all that is named is earned or spent: nothing stands there either."""
    options = [phrase.best for phrase in said.phrases if not phrase.weak]
    roots = {names.by_name[name].root for each in options for name in each.values if name in names.by_name}
    return bool(roots) and {each.kind for each in options} == {"account"} and roots <= {Root.INCOME, Root.EXPENSES}


def _holds(said: Said, names: Vocabulary) -> bool:
    """Whether only accounts that hold or owe something are named, and nothing that moved there."""
    options = [phrase.best for phrase in said.phrases if not phrase.weak]
    accounts = [name for each in options if each.kind == "account" for name in each.values]
    if not accounts or len(options) > len([each for each in options if each.kind == "account"]):
        return False
    roots = {names.by_name[name].root for name in accounts if name in names.by_name}
    moved = cues(_WORDS).found("moved", said.folded)
    return bool(roots) and roots <= {Root.ASSETS, Root.LIABILITIES} and not moved


def _groups(said: Said) -> tuple[Grouping, ...]:
    """What the rules say that rows are by, but for time; a model's guesses make tables of what is one figure."""
    rules: Intent = said.by_rules or said.intent
    return tuple(each for each in rules.group_by if each not in TIME_GROUPINGS)


def _meant(said: Said) -> list[FoundPeriod]:
    """The periods but for "now", "ever" and "lately", which no change is kept to."""
    return [each for each in said.periods if each.kind not in {"now", "all"} and not is_faint(each)]


def _more_than_before(said: Said, text: str) -> bool:
    """As in "did we spend more on it in 2025": more than in the year before."""
    periods = _meant(said)
    if not periods and not said.weekdays and cues(_WORDS).found("more_now", text):
        return True
    one = len(periods) == 1 and periods[0].unit in _UNITS and not said.weekdays
    asks = cues(_WORDS).found("more", text) or cues(_WORDS).found("how_much_more", text)
    return one and asks and _measured(said, None) is Measure.SUM


# -------------------------------------------------------------------------------------------- one thing over time


def _risen(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """As in "did power get dearer": a row a year; of one unit that was named, it and the one before it."""
    periods = _meant(said)
    said = _formed(said, _measured(said, names), _groups(said), depth=said.intent.account_depth)
    if len(periods) > 1:
        two = len(periods) == 2 and _apart(*periods)
        return replace(said, intent=of_two_sides(said.intent)) if two else said
    found = _as_unit(periods[0], today) if periods else None
    standing = said.intent.measure in STANDING
    stood = standing and found is not None and _stood_before(said, found, names)
    if found is not None and (found.unit in _UNITS or (stood and re.search(r"\bhow much\b", said.folded))):
        if stood or (not standing and _has_before(found, names)):
            return against_before(said, found, today)
        periods = periods if standing else []  # the books begin in it: their whole course is told
    return _series(said, periods, _span_unit(said, periods, today, names))


def _has_before(found: FoundPeriod, names: Vocabulary) -> bool:
    """Whether the books cover the unit before this one, or the better half of it."""
    if found.unit is None or found.period.start is None:
        return True
    before = move(found.period.start, found.unit, -1)
    return names.index.ledger.first_date.replace(day=1) <= before + (found.period.start - before) / 2


def _stood_before(said: Said, found: FoundPeriod, names: Vocabulary) -> bool:
    """Whether something stood on the eve of it: what is named, or the books, begin earlier."""
    accounts = [name for each in said.phrases if each.best.kind == "account" for name in each.best.values]
    first: dt.date | None = names.index.ledger.first_date
    if accounts:
        below, within = at_or_below(accounts)
        ((first,),) = names.index.query(f"SELECT min(date) FROM postings WHERE {below}", within)
    return found.period.start is not None and first is not None and found.period.start > first


def _as_unit(found: FoundPeriod, today: dt.date) -> FoundPeriod:
    """As in "this year so far": the running unit that these days are."""
    if found.unit is not None or found.period.start is None or found.period.end != today + _DAY:
        return found
    for unit in (Unit.YEAR, Unit.QUARTER, Unit.MONTH):
        if containing(unit, today)[0] == found.period.start:
            return replace(found, period=of_unit(unit, today).period, unit=unit)
    return found


def _then_and_now(said: Said) -> Said:
    """As in "what did it cost at first, and what now": the first booking and the last."""
    said = replace(_formed(said, Measure.LIST, ()), periods=tuple(_meant(said)))
    return replace(said, intent=replace(said.intent, order=Order("date"), single=True, compare=False))


def _along(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """As in "the trend of groceries": by the unit said, or else a row a year; within one year a row a month."""
    periods = _meant(said)
    if len(periods) > 1:
        return said
    measure = _measured(said, names)
    changed = _CHANGED.search(said.folded) or cues(_WORDS).found("change_of", _blanked(said))
    asked_of_two = measure in STANDING and changed
    if periods and asked_of_two and not time_groups(_blanked(said)):
        formed = _formed(said, measure, _groups(said), depth=said.intent.account_depth)
        two = against_before(formed, _as_unit(periods[0], today), today)
        if two is not formed:
            return two
    unit = _FINER.get(periods[0].unit) if periods and periods[0].unit else None
    said = _formed(said, measure, _groups(said), depth=said.intent.account_depth)
    return _series(said, periods, unit or _span_unit(said, periods, today, names))


def _added_up(said: Said, names: Vocabulary) -> Said:
    """As in "running total of groceries this year": a row a month (a day of one month), added up as they go."""
    periods = _meant(said)
    if len(periods) > 1:
        return said
    measure = _measured(said, names)
    unit = _FINER.get(periods[0].unit) if periods and periods[0].unit else Grouping.MONTH
    unit = Grouping.DAY if measure in STANDING and unit is Grouping.WEEK else unit
    said = _formed(said, measure, _groups(said), depth=said.intent.account_depth)
    told = _series(said, periods, unit or Grouping.MONTH)
    return replace(told, intent=replace(told.intent, key=CUMULATIVE if measure is Measure.SUM else CHANGE))


def _series(said: Said, periods: list[FoundPeriod], unit: Grouping) -> Said:
    """A row a unit, told by what changed."""
    told = (time_groups(_blanked(said)) or [unit])[0]
    intent = replace(said.intent, group_by=(told, *said.intent.group_by), key=CHANGE, compare=False)
    return replace(said, intent=intent, periods=tuple(periods))


def _span_unit(said: Said, periods: list[FoundPeriod], today: dt.date, names: Vocabulary) -> Grouping:
    """How long a row is, by how long the books or the period asked for are, unless years are named."""
    if re.search(r"\b(?:years?|annual(?:ly)?|yearly)\b", _blanked(said)):
        return Grouping.YEAR
    facts = names.index.ledger
    first = max([facts.first_date, *(each.period.start for each in periods if each.period.start)])
    last = min([max(today, facts.first_date), *(each.period.end for each in periods if each.period.end)])
    days = (last - first).days
    whole = (last + _DAY).year - (first - _DAY).year - 1  # years: of parts none can be set against another
    whether = _WHETHER.match(said.folded) is not None and said.intent.measure not in STANDING
    yearly = days >= _YEARLY and (whole > 1 or not whether)
    return Grouping.YEAR if yearly else Grouping.QUARTER if days >= _QUARTERLY else Grouping.MONTH


def _by_season(said: Said, today: dt.date) -> Said:
    """As in "which season do we spend most in": the four of the year named, or the last four that are over."""
    periods = _meant(said)
    year = periods[0].period.start if periods and periods[0].unit is Unit.YEAR else None
    starts = [(name, at) for name, at in SEASONS.items() if name != "fall"]
    if year is not None:
        found = [season(name, year.year).period for name, _ in starts]
    else:
        every = [season(name, one).period for one in range(today.year - 2, today.year + 1) for name, _ in starts]
        found = [each for each in every if each.end is not None and each.end <= today + _DAY][-4:]
    sides = tuple(FoundPeriod(each, 0, 0, "range", each.label) for each in found)
    ranked = re.search(r"\b(?:which|what) seasons?\b", said.folded)
    groups = () if ranked else _groups(said)
    said = _formed(said, _measured(said, None), groups, depth=said.intent.account_depth)
    flow = said.intent.flow or ("spend" if not said.phrases else None)
    return replace(said, periods=sides, intent=replace(said.intent, compare=True, flow=flow))


# ------------------------------------------------------------------------------------------------ all there is


def _set_beside(said: Said, today: dt.date, names: Vocabulary, account_depth: int) -> Said:
    """As in "compare 2023 and 2024", "what changed": by category; of one year alone, against the one before."""
    periods = _meant(said)
    flow, key = said.intent.flow or "spend", _way(said) if account_depth > 1 else CHANGE
    payees = Grouping.PAYEE in said.intent.group_by and not re.match(r"(?:and |so )?where\b", said.folded)
    rows = Grouping.PAYEE if payees else Grouping.ACCOUNT
    said = _formed(replace(said, periods=tuple(periods)), Measure.SUM, (), key, account_depth)
    running = [each for each in periods if each.unit in _UNITS and _is_running(each, today)]
    if len(periods) == 2 and running and re.search(r"\b(?:going|doing|shaping|so far|to date|ytd)\b", said.folded):
        periods = running
    if len(periods) < 2:
        found = _as_unit(_since_last(periods[0], today), today) if periods else _running(today, names)
        two = against_before(said, found, today)
        said = two if two is not said else replace(said, periods=_split(found, today))
    return replace(said, intent=replace(said.intent, group_by=(rows,), flow=flow, compare=True, key=key))


def _since_last(found: FoundPeriod, today: dt.date) -> FoundPeriod:
    """As in "since last year": the running unit, against the last."""
    match = re.match(r"since (?:the )?last (week|month|quarter|year)$", fold(found.text))
    unit = Unit(match.group(1)) if match else None
    return found if unit is None else replace(found, period=of_unit(unit, today).period, unit=unit, kind="range")


def _way(said: Said) -> str:
    """Whether what rose is asked for, or what fell, or both."""
    up, down = (cues(_WORDS).found(each, said.folded) for each in ("upward", "downward"))
    return CHANGE if up == down else RISE if up else FALL


def _is_running(found: FoundPeriod, today: dt.date) -> bool:
    start, end = found.period.start, found.period.end
    return start is not None and end is not None and start <= today < end


def _running(today: dt.date, names: Vocabulary) -> FoundPeriod:
    """The running year; of books that have no earlier one the running quarter, or month."""
    units = (Unit.YEAR, Unit.QUARTER, Unit.MONTH)
    found = [FoundPeriod(of_unit(each, today).period, 0, 0, "range", "", each) for each in units]
    return next((each for each in found if _has_before(each, names)), found[-1])


def _split(found: FoundPeriod, today: dt.date) -> tuple[FoundPeriod, ...]:
    """Days that are no calendar unit, and as many before them."""
    start, end = found.period.start, found.period.end or today + _DAY
    if start is None:
        return (found,)
    if (two := _two_units(found, start, end)) is not None:
        return two
    before = from_to(start - (end - start), start).period
    return (replace(found, period=before, unit=None), replace(found, period=from_to(start, end).period, unit=None))


def _two_units(found: FoundPeriod, start: dt.date, end: dt.date) -> tuple[FoundPeriod, ...] | None:
    """As in "the last two years": each of the two; whole calendar units as they are called."""
    months = months_between(start, end)
    if months is None or months % 2 or not re.search(r"\b(?:two|2|both)\b", fold(found.text)):
        return None
    middle = add_months(start, months // 2)
    sides = (from_to(start, middle).period, from_to(middle, end).period)
    return tuple(replace(found, period=each, unit=None) for each in sides)


def _explained(said: Said, today: dt.date, names: Vocabulary) -> Said:
    """As in "why was May so high": by category, with what is usual; of no time named, the running month.

    Of "why was June dearer than May", the two beside each other.
    """
    periods = _meant(said)
    if len(periods) == 2 and _THAN.search(said.folded) and _apart(*periods):
        ordered = sorted(periods, key=lambda each: each.period.start or dt.date.min)
        return _set_beside(replace(said, periods=tuple(ordered)), today, names, account_depth=2)
    month = FoundPeriod(of_unit(Unit.MONTH, today).period, 0, 0, "range", "", Unit.MONTH)
    flow = said.intent.flow or "spend"
    said = _formed(replace(said, periods=tuple(periods[:1] or [month])), Measure.SUM, (Grouping.ACCOUNT,), WHY)
    return replace(said, intent=replace(said.intent, flow=flow, compare=False))


def _apart(one: FoundPeriod, other: FoundPeriod) -> bool:
    """Whether the two have their ends, and no day in common."""
    first, second = sorted((one.period, other.period), key=lambda each: each.start or dt.date.min)
    return first.end is not None and second.start is not None and first.end <= second.start


# -------------------------------------------------------------------------------------------------- of the plan


def told_by_change(plan: Plan, asked: Asked) -> Plan:
    """The plan marked to be told by what changed, where the question asks for it and its rows can tell."""
    key = asked.intent.key
    plan = _unfinished(_in_time(plan), asked)
    if key not in TOLD_BY_CHANGE or plan.measure not in _TOLD or plan.key is not None:
        return plan
    if key == WHY:
        order = Order("amount", descending=True)
        by = Grouping.PAYEE if _is_one_account(plan, asked) else Grouping.ACCOUNT
        return replace(plan, key=WHY, order=order, group_by=(by,)) if len(plan.group_by) == 1 else plan
    both = plan.compare and plan.account_depth == 1 and not plan.filters.accounts and not plan.filters.mentions
    if both and plan.filters.roots == (Root.EXPENSES,):
        flows = (Root.INCOME, Root.EXPENSES)
        sides = tuple(replace(each, filters=replace(each.filters, roots=flows)) for each in plan.compare)
        plan = replace(plan, filters=replace(plan.filters, roots=flows), compare=sides)
    return replace(plan, key=key) if plan.group_by else plan


def _is_one_account(plan: Plan, asked: Asked) -> bool:
    """Whether the filters keep to one account that has none below it, so that accounts tell nothing apart."""
    kept = plan.filters.accounts
    below = any(each.name.startswith(f"{name}:") for each in asked.names.accounts for name in kept)
    return len(kept) == 1 and not below and asked.names.has_payees


def _unfinished(plan: Plan, asked: Asked) -> Plan:
    """The plan with a note that a side is not over, where a whole one is set beside it."""
    if plan.measure not in _TOLD - STANDING:
        return plan
    tomorrow, first = asked.today + _DAY, asked.names.index.ledger.first_date
    if any(each.period.start and (first - each.period.start).days > _MONTH for each in plan.compare):
        plan = replace(plan, reading=(*plan.reading, f"the books begin on {first.isoformat()}"))
    running = [each for each in plan.compare if each.period.start and tomorrow < (each.period.end or dt.date.min)]
    if not running or len(running) == len(plan.compare):
        return plan
    names = " and ".join(re.sub(r"^(?:in|on) ", "", each.label) for each in running)
    return replace(plan, reading=(*plan.reading, f"{names} not being over"))


def _in_time(plan: Plan) -> Plan:
    """Two sides by group in the order of their time, whichever was named first: what changed runs forward."""
    starts = [each.period.start for each in plan.compare]
    if len(starts) != 2 or not plan.group_by or None in starts:
        return plan
    return replace(plan, compare=tuple(sorted(plan.compare, key=lambda each: each.period.start or dt.date.min)))
