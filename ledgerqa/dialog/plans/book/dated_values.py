"""Keys of which the values are days: what is still in force, what has lapsed, what comes to an end in a time.

As in "what is still under warranty", "which policies have run out", "which guarantees end in 2026".  Of the one thing
that is named the day itself is told, whenever that is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import Period

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Plan

_STANDS: Final = compiled(
    r"\bstill\b(?! (?:to come|need|have to|got to|owe))(?!.*\b(?:expired|lapsed|run out|ran out)\b)"
    r"|\b(?:are|is|am|'s|'re|do|does|have|has|got|anything|everything|things?|stuff|gear|kit)\b[\w ]*"
    r"\b(?:under|in|within|covered by) (?:an? |the |their |its |our )?(?:\w+ )?(?:warrant(?:y|ies)|guarantees?|force)\b"
    r"|(?:\bnot|n['’]?t|\bnever) (?:yet )?(?:been )?(?:expired?|lapsed?|run out|ran out)\b"
    r"|\b(?:currently|at the moment|at present|right now|today|now)\b.*\b(?:under|covered|valid|in force)\b"
    r"|\b(?:under|covered|valid|in force)\b.*\b(?:currently|at the moment|at present|right now|today|now)\b"
)
_LAPSED: Final = compiled(
    r"\b(?:has|have|had|is|are|'s|'ve|already|warrant(?:y|ies)|guarantees?) (?:already |just |all |now |been )*"
    r"(?:expired|lapsed|run out|ran out|out of (?:warranty|guarantee|date))\b"
    r"|\bno longer (?:under|in|covered|valid|good)\b"
    r"|(?:['’](?:s|re)|\b(?:is|are|was|were|be|already|now)) (?:already |just |all |now |by now )*"
    r"(?:over|up|past|gone|finished)\b"
)
_ENDS: Final = compiled(
    r"\b(?:expir(?:es?|ing|y|ed)|laps(?:es?|ing|ed)|runs? out|running out|ran out|ends?|ending|ended"
    r"|(?:is|are|was|were) up(?! (?:by|to|from|on)\b)"
    r"|(?:up )?for renewal|renews?|renewed|(?:comes?|coming|fall(?:s|ing)?|is|are|was|were) due)\b"
)
# Of what there may be several, or none.
_WHICH: Final = compiled(
    r"^(?:and |so |ok |right |hm+ )*(?:what|which|whats|what's|wat|list|show|any|anything|is there|are there"
    r"|do (?:we|i) have|have (?:we|i) (?:still )?got|has any\w*|have any|how many|is any\w*|are any)\b"
    r"|\b(?:anything|everything|any (?:of|other))\b"
)
# What names nothing beside a key of days, where no entry says the very word.
_HOLDS: Final = frozenset(
    "cover covers covered covering valid force expire expires expired expiring lapse lapsed run out longer".split()
)
# Whether all values of a key are days, written as ISO 8601 has them.
_DAYS: Final = (
    r"SELECT bool_and(regexp_full_match(value, '\d{4}-\d\d-\d\d') AND TRY_CAST(value AS DATE) IS NOT NULL)"
    " FROM metadata WHERE key = ?"
)


def of_its_days(plan: Plan, asked: Asked) -> Plan:
    """The plan kept to values on the days asked for; as it is where the key holds no days, or one thing is meant."""
    if plan.key is None or plan.summed or plan.pick or plan.filters.mentions or not _WHICH.search(asked.said.folded):
        return plan
    ((days,),) = asked.names.index.query(_DAYS, [plan.key])
    if not days or not (held := _held(plan.period, asked)):
        return plan
    return replace(plan, period=held, pick="dated")


def says_it_holds(phrase: Phrase) -> bool:
    """As in "still covered by a guarantee", where some narration says "cover art"."""
    return phrase.best.how != "exact" and set(fold(phrase.words).split()) <= _HOLDS


def _held(period: Period, asked: Asked) -> Period | None:
    """The days that the values are to lie in; None where the question is for no such thing."""
    ahead = period.start is not None and (period.end is None or period.end > asked.today)
    if period and _ENDS.search(asked.said.folded) and (ahead or not _STANDS.search(asked.said.folded)):
        return period  # "which warranties run out in 2026"
    day = _day(period, asked)
    if day is None:
        return None
    if _LAPSED.search(asked.said.folded):
        return Period(None, day, f"before {day.isoformat()}")
    return Period(day, None, f"until {day.isoformat()} or later") if _STANDS.search(asked.said.folded) else None


def _day(period: Period, asked: Asked) -> dt.date | None:
    """The day as of which it is asked: today, where no other is said."""
    if not period or any(each.kind == "now" for each in asked.said.periods) or asked.has(r"\bby (?:now|today)\b"):
        return asked.today
    return None
