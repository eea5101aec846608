"""Plans for take-home pay at one employer against that at another, as it is now or was in the last months there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import add_months
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.take_home import TAKE_HOME, take_home
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Period, Plan, Refusal, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_PAIR: Final = 2
_LAST: Final = 3  # months that tell what pay is now, or was at the end
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12}
_NOW: Final = compiled(r"\b(?:now|nowadays|currently|these days|today|at present|at the moment)\b")
_AT_THE_END: Final = compiled(
    r"\b(?:last|final) (?:(?:few|couple of) )?(?:(?P<count>\d{1,2}|two|three|four|six|twelve) )?months?\b"
)
_BESIDE: Final = compiled(r"\bthan\b|\b(?:vs|versus|compared?)\b|\bagainst\b")
_MONTHLY: Final = compiled(r"\b(?:a|per|each|every) month\b|\bmonthly\b|\bdo (?:i|we)\b")


def two_employers(asked: Asked) -> Outcome | None:
    """As in "how much more do I take home now at X than in my last months at Y"; None where none is asked."""
    text = asked.said.folded
    if not asked.has(TAKE_HOME) or not _BESIDE.search(text):
        return None
    employers = [(each, names) for each in asked.said.phrases if (names := _pay_of(each, asked))]
    if len(employers) != _PAIR or employers[0][1] == employers[1][1]:
        return None
    now, ending = _NOW.search(text), _AT_THE_END.search(text)
    said = [each for each in asked.said.periods if not _is_relative(fold(each.text))]
    apart = [each.period for each in sorted(said, key=lambda each: each.start)] if len(said) == _PAIR else []
    if len(said) > _PAIR or (apart and (now or ending)):
        return Refusal("Pay at two employers can be set side by side over one period, or as it was at the end of each.")
    first, second = sorted(employers, key=lambda each: text.rfind(fold(each[0].words)))
    split = _BESIDE.search(text)
    between = split.start() if split and text.rfind(fold(first[0].words)) < split.start() else len(text)
    sides: list[Variant] = []
    for (phrase, names), (start, end) in zip((first, second), ((0, between), (between, len(text))), strict=True):
        told = (each for each in (now, ending) if each and start <= each.start() < end)
        latest = max((_how_many(each) for each in told), default=0)
        filters = replace(take_home(asked)[0], mentions=(), alongside=names)
        period = _latest(names, latest, asked) if latest else apart[len(sides)] if apart else Period()
        sides.append(Variant(phrase.words, filters, period))
    whole = said[0].period if len(said) == 1 else Period()
    bank = sides[0].filters.accounts
    monthly = bool(now or ending or _MONTHLY.search(text))
    notes = [f"take-home pay = what entries of pay put on {', '.join(bank)}"]
    notes += [f"{each.label}: {each.period.label}" for each in sides if each.period]
    plan = Plan(Measure.SUM, Filters(accounts=bank), whole, compare=tuple(sides), reading=tuple(notes))
    return replace(plan, measure=Measure.AVERAGE, per="month") if monthly else plan


def _is_relative(words: str) -> bool:
    """As in "now", "my last months", "more ... than I did": when an employer paid says it, and no calendar."""
    return bool(
        _NOW.search(words)
        or re.search(r"\bthan\b", words)
        or re.search(r"\b(?:last|final) (?:\w+ ){0,3}months?\b", words)
    )


def _how_many(found: re.Match[str]) -> int:
    count = found.groupdict().get("count")
    return (int(count) if count.isdigit() else _NUMBERS[count]) if count else _LAST


def _pay_of(phrase: Phrase, asked: Asked) -> tuple[str, ...]:
    """The accounts of pay that an employer's name stands for."""
    pay = set(accounts_of_group(asked, Root.INCOME, "salary", each_one=True))
    for option in phrase.options:
        if option.kind == "account" and (named := [name for name in option.values if name in pay]):
            return tuple(named)
        if option.kind == "payee":
            rows = asked.names.index.query(
                "SELECT DISTINCT account FROM postings WHERE account IN (SELECT unnest(?))"
                " AND payee IN (SELECT unnest(?)) ORDER BY 1",
                [sorted(pay), list(option.values)],
            )
            if rows:
                return tuple(row[0] for row in rows)
    return ()


def _latest(names: tuple[str, ...], months: int, asked: Asked) -> Period:
    """The last months, whole ones, in which there was such pay."""
    ((last,),) = asked.names.index.query(
        "SELECT max(date) FROM postings WHERE account IN (SELECT unnest(?)) AND date <= ?", [list(names), asked.today]
    )
    end = add_months((last or asked.today).replace(day=1), 1)
    start = add_months(end, -months)
    return Period(start, end, f"{start.isoformat()} to {(end - dt.timedelta(days=1)).isoformat()}")
