"""Plans for what is kept of income: saved, left over, on average or span by span."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import UNITS, asks_what_is_usual
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import happened, ordered
from ledgerqa.dialog.plans.comparing import compared
from ledgerqa.dialog.plans.conversion import in_currency, named_commodity
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Period, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_WHOLE: Final = frozenset({Measure.NET_INCOME, Measure.SUM, Measure.AVERAGE, Measure.BALANCE, None})
_MEAN: Final = (
    r"\b(?:average|averages|averaged|averaging|avg|(?<!\bi )(?<!\byou )(?<!\bwe )mean"
    r"|typical(?:ly)?|normal(?:ly)?|usual(?:ly)?)\b"
)
_EACH: Final = re.compile(
    r"\b(?:per|an?|each|every|the|of the|typical|average|avg|normal) (day|week|month|quarter|year)\b"
    r"|\b(dai|week|month|quarter|year)ly\b"
)
_END_OF_EACH: Final = re.compile(r"\bend of (?:the|each|every|an?) (?:day|week|month|quarter|year)\b")


def kept(asked: Asked) -> Plan | None:
    """What income leaves over expenses; None where nothing asks for it, or it went to an account that is named."""
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
    return Grouping({"dai": "day"}.get(found[2], found[2]) if found[2] else found[1])


def _period(asked: Asked) -> Period:
    if _END_OF_EACH.search(asked.said.folded):
        rest = tuple(each for each in asked.said.periods if not _END_OF_EACH.search(asked.said.folded, each.start))
        asked = replace(asked, said=replace(asked.said, periods=rest))
    return happened(asked)
