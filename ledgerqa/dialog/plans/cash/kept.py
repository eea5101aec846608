"""Plans for what is kept of income: saved, left over, on average or span by span."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, containing, of_unit
from ledgerqa.dialog.intent.intents import UNITS, asks_what_is_usual
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.kinds import TOP_DEPTH
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.conversion import in_currency, named_commodity
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Period, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_WHOLE: Final = frozenset({Measure.NET_INCOME, Measure.SUM, Measure.AVERAGE, Measure.BALANCE, None})
_MEAN: Final = (
    r"\b(?:average|averages|averaged|averaging|avg|(?<!\bi )(?<!\byou )(?<!\bwe )mean"
    r"|typical(?:ly)?|normal(?:ly)?|usual(?:ly)?)\b"
)
_EACH: Final = compiled(
    r"\b(?:per|an?|each|every|the|of the|typical|average|avg|normal|usual) (day|week|month|quarter|year)\b"
    r"|\b(?:at|by|come) (?:the )?(day|week|month|quarter|year)[ -]end\b"
    r"|\b(dai|week|month|quarter|year)ly\b"
)
_END_OF_EACH: Final = compiled(
    r"\bend of (?:the|each|every|an?) (?:\w+ )?(?:day|week|month|quarter|year)\b"
    r"|\b(?:at|by|come) (?:the )?(?:day|week|month|quarter|year)[ -]end\b"
)


def kept(asked: Asked) -> Plan | None:
    """What income leaves over expenses; None where nothing asks for it, or it went to an account that is named."""
    if left := _left_after(asked):
        return left
    if not cues("cues").found("kept", asked.said.folded) or asked.intent.measure not in _WHOLE:
        return None
    if not all(_says_nothing(each) for each in asked.said.phrases) or asked.said.excluded:
        return None
    unit = _unit(asked)
    if unit and (asked.has(_MEAN) or asks_what_is_usual(asked.said.folded)):
        plan = Plan(Measure.AVERAGE, Filters(roots=(Root.INCOME, Root.EXPENSES)), _period(asked), per=UNITS[unit.value])
    else:
        groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
        plan = Plan(Measure.NET_INCOME, Filters(), _period(asked), group_by=groups or ((unit,) if unit else ()))
    note = "what is saved = income less expenses"
    plan = replace(plan, reading=(note,))
    if currency := named_commodity(asked):
        plan = in_currency(plan, currency, asked)
    return compared(ordered(plan, asked), asked)


_LEFT_AFTER: Final = r"\b(?:left(?: over)?|remain(?:s|ed|ing)?|over)\b.*\b(?:after|once|when)\b"
_AFTER: Final = compiled(
    r"\b(?:after|once|when)(?: (?:paying|deducting|i|we|have|had|paid|off|for|all|the|my|our|all of))* $"
    r"|(?:,|\band|\bplus|&)(?: (?:the|my|our))* $"
)


def _left_after(asked: Asked) -> Plan | None:
    """As in "how much is left after wages and rent": all income less these, and none of the other costs."""
    phrases = asked.said.phrases
    if not phrases or not asked.has(_LEFT_AFTER) or asked.intent.measure not in _WHOLE or asked.said.excluded:
        return None
    filters = asked.scope.filters
    costs = of_roots(asked.names, filters.accounts, (Root.EXPENSES,))
    alone = filters == Filters(accounts=filters.accounts) and len(costs) == len(filters.accounts)
    if not costs or not alone or not all(_AFTER.search(each.lead) for each in phrases):
        return None
    earned = tuple(each.name for each in asked.names.accounts if each.root is Root.INCOME and each.depth == TOP_DEPTH)
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    note = f"income less {', '.join(costs)}"
    both = Filters(accounts=(*earned, *costs))
    return ordered(Plan(Measure.NET_INCOME, both, _period(asked), group_by=groups, reading=(note,)), asked)


def _says_nothing(phrase: Phrase) -> bool:
    """As in "monthly savings", "money left": words of the question that happen to be accounts here, too."""
    if re.fullmatch(r"(?:salar(?:y|ies)|pay(?:cheques?|checks?)?|wages?|earnings|incomes?)", fold(phrase.words)):
        return not re.search(r"\bof(?: the| my| our)? $", phrase.lead)
    ordinary = re.fullmatch(
        r"(?:monthly |average |net )?(?:savings?|saved|money|cash|bills|income)", fold(phrase.words)
    )
    return bool(ordinary) and not re.search(r"\b(?:in|into|to|from|on|of)(?: the| my| our)? $", phrase.lead)


def _unit(asked: Asked) -> Grouping | None:
    """The calendar unit that "per month", "monthly", "at the end of the month" name."""
    found = _EACH.search(asked.said.folded)
    if not found:
        return None
    said = found[1] or found[2] or found[3]
    return Grouping({"dai": "day"}.get(said, said))


def _period(asked: Asked) -> Period:
    if _END_OF_EACH.search(asked.said.folded):
        rest = tuple(each for each in asked.said.periods if not _END_OF_EACH.search(asked.said.folded, each.start))
        asked = replace(asked, said=replace(asked.said, periods=rest))
    return happened(asked)


_LEFT_AT_END: Final = (
    r"\b(?:left(?: over)?|leftover|remain(?:s|ed|ing)?|surplus|profit)\b.*\b(?:at|by|come) (?:the )?(?:very )?end of\b"
)
_MONTH: Final = compiled(r"\bmonth\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.IGNORECASE)


def time_that_ended(period: Period, asked: Asked) -> Period:
    """As in "what was left at the end of March": of what came in that month; else the period as it is."""
    ended = [each for each in asked.said.periods if each.period == period]
    if not ended or period.start is not None or period.end is None or not asked.has(_LEFT_AT_END):
        return period
    text, last = fold(ended[0].text), period.end - dt.timedelta(days=1)
    quarter = re.search(r"\bq[1-4]\b|\bquarter\b", text)
    unit = Unit.QUARTER if quarter else Unit.MONTH if _MONTH.search(text) else Unit.YEAR
    start, end = containing(unit, last)
    return of_unit(unit, start).period if end == period.end or unit is not Unit.YEAR else period
