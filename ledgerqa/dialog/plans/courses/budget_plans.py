"""Plans for budgets: what is set, what was spent of it, and which ones did not hold."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, of_unit
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import PERIOD_UNITS, Asked, as_of, one_period
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import STATED
from ledgerqa.records import Filters, Grouping, Measure, Period, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.records import Outcome

_WEIGHED = (
    r"\b(?:doing|stay|stayed|inside|within|over|overr[au]n|overspen[dt]|exceed\w*|left|remain\w*|against|spen[dt]|spending|blow|blew|blown"
    r"|bust|stick|stuck|keep|kept|track|used?|compare\w*|versus|vs|actual|under|meet|met|reach\w*|hit|short|break|broke|broken|go|went|gone)\b"
    r"|\b(?:did|does|has|have) (?:it|that|they|this|we) (?:\w+ )?(?:costs?|come to|pa(?:y|id))\b"
)
_WHICH = (
    r"\b(?:which|what|any|all|list|show|how many) (?:of )?(?:my |our |the )?budgets?\b"
    r"|\bwhere (?:did|have|am|are|were|was) (?:i|we)\b"
    r"|\bany(?:thing|where)?\b"
    r"|\b(?:what|which)\b.*\bover(?: (?:the |its |their |our |my )?budget|-?sp(?:en[dt]|ending))\b"
)
_EXCEEDED = (
    r"\b(?:exceed\w*|blow|blew|blown|bust(?:ed)?|overspen[dt]|overr[au]n|broke|broken|break|over|violated?"
    r"|did ?n.?t (?:keep|meet|stick|hold))\b"
)
_MOVED: Final = r"(?:chang\w+|rais\w+|increas\w+|lower(?:ed|ing)?|cut|upped|(?:go|gone|went|put|brought) (?:up|down))"
_CHANGED: Final = (
    rf"\bbudgets?\b(?: \w+){{0,4}} {_MOVED}\b|\b{_MOVED}(?: \w+){{0,3}} budgets?\b"
    r"|\bbudget history\b|\bhistory of (?:\w+ ){0,3}budgets?\b|\bbudgets? (?:[\w]+ ){0,3}over (?:time|the years)\b"
)
_SET_WHEN: Final = (
    r"\b(?:since|from) when\b"
    r"|\b(?:when|how long|(?:what|which) (?:day|date)) (?:did|have|has|was|were)\b(?=.*\bbudget(?!ed))"
)
_WHEN_EXCEEDED: Final = rf"^(?:and |so |ok )?(?:when|how often|how many times)\b.*{_EXCEEDED}"
_UNIT: Final = r"(day|week|month|quarter|year)"
_EACH: Final = compiled(
    rf"\b(?:each|every|any|by|in which|which|what|how many|all(?: the)?)(?: (?:single|calendar|of the))* {_UNIT}s?\b"
    rf"|\bper {_UNIT}\b(?! budget)|\b{_UNIT}[ -](?:by|after|on|to)[ -](?:day|week|month|quarter|year)\b"
    rf"|\b(?:one|all|either|both|some|most|none)(?: \w+)? of the (?:\w+ )?{_UNIT}s\b"
)
_WHICH_OF_THEM: Final = r"\b(?:which|what|how many) (?:days?|weeks?|months?|quarters?|years?)\b"
# How a budget's interval is written, and the unit of the calendar that it is spent in.
_UNITS: Final = {"daily": Unit.DAY, "weekly": Unit.WEEK, "quarterly": Unit.QUARTER, "yearly": Unit.YEAR}


_INSTEAD: Final = ("What did I spend by category this month?",)


def budget(asked: Asked) -> Outcome:
    """The budgets, or what was spent of them where the question weighs one against the other; or each one stated."""
    filters = Filters(accounts=_named_so(asked) or asked.scope.filters.accounts, currencies=())
    if held := _held(asked, filters.accounts):
        return held
    changed = asked.has(_CHANGED) and not asked.has(r"\b(?:spen[dt]\w*|over|left)\b")
    if changed or (asked.has(_SET_WHEN) and not asked.has(_WEIGHED)):
        return Plan(Measure.BUDGET, filters, key=STATED, reading=asked.scope.reading)
    weighed = asked.has(_WEIGHED)
    if weighed and not asked.names.index.query("SELECT account FROM budgets LIMIT 1"):
        return Refusal("No budget is on file in this ledger, so that nothing can be set against one.", _INSTEAD)
    when = weighed and asked.has(_WHEN_EXCEEDED)
    groups = (_each(asked) or (_own_unit(asked, filters.accounts) if when else ())) if weighed else ()
    period = one_period(asked) if weighed else _then(asked)
    if weighed and period.start is None:
        period = _ever(asked, filters.accounts) if groups else _running(asked, filters.accounts)
    interval = re.search(r"\b(daily|weekly|monthly|quarterly|yearly|annual)\b", asked.said.folded)
    stated = {row[0] for row in asked.names.index.query('SELECT DISTINCT lower("interval") FROM budgets')}
    said = {"annual": "yearly"}.get(interval.group(1), interval.group(1)) if interval else None
    key = said if said in stated and not weighed else None
    which = when or asked.has(_WHICH) or (groups and asked.has(_WHICH_OF_THEM))
    failing = bool(weighed and which and asked.has(_EXCEEDED))
    return Plan(Measure.BUDGET, filters, period, group_by=groups, key=key, failing=failing, reading=asked.scope.reading)


def _held(asked: Asked, accounts: tuple[str, ...]) -> Plan | None:
    """As in "how much of the grant is left to spend", of what stands on an account: no budget says what is left."""
    names = asked.names.by_name
    stands = accounts and all(names[name].root not in {Root.INCOME, Root.EXPENSES} for name in accounts)
    if not stands or asked.has(r"\bbudget") or not asked.has(r"\bleft\b|\bremain") or _budgeted(asked, accounts):
        return None
    return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), reading=asked.scope.reading)


def _budgeted(asked: Asked, accounts: tuple[str, ...]) -> bool:
    return any(_intervals(asked, name) for name in accounts)


def _then(asked: Asked) -> Period:
    """As in "what was the grocery budget in 2024": the one that held at its end; none where that is still running."""
    period = one_period(asked)
    running = period.start is None or period.start <= asked.today
    if period.end is None or (running and period.end > asked.today):
        return Period()
    label = re.sub(r"^(?:in|on) ", "", period.label)
    one_day = period.start is not None and period.end - period.start == dt.timedelta(days=1)
    return Period(None, period.end, period.label if one_day or period.start is None else f"at the end of {label}")


def _each(asked: Asked) -> tuple[Grouping, ...]:
    """As in "did I stay within it in each quarter of 2025": a budget may hold for the year and not for each."""
    found = _EACH.search(asked.said.folded)
    return (PERIOD_UNITS[next(each for each in found.groups() if each)],) if found else ()


def _ever(asked: Asked, accounts: tuple[str, ...]) -> Period:
    """From the day on which the first of the budgets is stated until today."""
    rows = asked.names.index.query("SELECT account, min(date) FROM budgets GROUP BY 1")
    below = tuple(f"{name}:" for name in accounts)
    days = [day for name, day in rows if not accounts or name in accounts or name.startswith(below)]
    first = min(days, default=asked.today)
    return Period(first, max(asked.today, first) + dt.timedelta(days=1), f"since {first.isoformat()}")


def _named_so(asked: Asked) -> tuple[str, ...]:
    """As in "was the food for the party within the pantry budget": whose budget it is."""
    for phrase in asked.said.phrases:
        option = phrase.of_kind("account")
        if option and re.search(rf"\b{re.escape(fold(phrase.words))} budget\b", asked.said.folded):
            return option.values
    return ()


def _running(asked: Asked, accounts: tuple[str, ...]) -> Period:
    """The span of its own kind that runs today: of a yearly budget this year; this month of several kinds."""
    unit = _unit(asked, accounts)
    label = "today" if unit is Unit.DAY else f"this {unit.value}"
    running = of_unit(unit, asked.today).period
    return Period(running.start, running.end, label)


def _own_unit(asked: Asked, accounts: tuple[str, ...]) -> tuple[Grouping, ...]:
    """As in "when did we overspend on groceries", whose budget is a monthly one: by months."""
    return (PERIOD_UNITS[_unit(asked, accounts).value],)


def _unit(asked: Asked, accounts: tuple[str, ...]) -> Unit:
    """What the budgets are set for each of; a month for those of several kinds."""
    budgeted = [name for (name,) in asked.names.index.query("SELECT DISTINCT account FROM budgets ORDER BY 1")]
    kinds = {kind for name in accounts or budgeted for kind in _intervals(asked, name)}
    return _UNITS.get(next(iter(kinds)), Unit.MONTH) if len(kinds) == 1 else Unit.MONTH


def _intervals(asked: Asked, account: str) -> set[str]:
    """The intervals of the budgets that hold now for an account and what is below it."""
    rows = asked.names.index.query(
        'SELECT lower(arg_max("interval", date)) FROM budgets'
        " WHERE (account = ? OR starts_with(account, ?)) AND date <= ? GROUP BY account, currency",
        [account, f"{account}:", asked.today],
    )
    return {row[0] for row in rows}
