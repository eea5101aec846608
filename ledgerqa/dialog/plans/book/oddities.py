"""Lists of what is out of the ordinary: postings that stray from the usual, and those that look booked twice."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ledgerqa.dialog.calendar.calendar_units import add_months, from_to
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold, stem
from ledgerqa.records import Filters, Measure, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

FEW = 6  # charges of a payee that a listing shows at a glance
LATELY = 90  # days that "does anything look off" looks back
_BOOKED = frozenset(
    {"charge", "payment", "transaction", "entry", "bill", "purchase", "item", "booking", "thing", "expense", "posting"}
)
_STRAYS = (
    r"\b(?:unusual(?:ly)?|out of the ordinary|outliers?|abnormal\w*|anomal\w+|irregularit\w+|atypical"
    r"|suspicious(?:ly)?|strange(?:ly)?|weird(?:ly)?|(?:stand|stands|stood|stick|sticks|stuck) out|unexpected(?:ly)?"
    r"|out of line|(?:higher|lower|more|less|bigger|smaller|dearer|cheaper) than (?:usual|normal|average|typical))\b"
)
_THAN_USUAL = (
    r"\b(?:higher|lower|more|less|bigger|smaller|dearer|cheaper|worse) than (?:it is |we do )?"
    r"(?:usual|normal|average|typical)(?:ly)?\b|\b(?:above|below) (?:the |our )?(?:usual|average|normal)\b"
)
_ENTRIES = (
    r"\b(?:which|any|anything|list|show|entries|payments|charges|transactions|purchases|postings|bookings|invoices"
    r"|outliers?)\b"
)
MONTHS_BEFORE = 12
_MONTH, _YEAR, _ENOUGH = 27, 366, 80  # days
_LATE = 3  # months that "are we spending more than usual" looks at
_CHARGES = r"(?:[\w'-]+ ){0,2}?(?:payments?|charges?|bills?|debits?|invoices?)\b"
_TWO = r"(?:two|2|more than (?:one|1)|a second|multiple)"
_DOUBLED = (
    r"\bduplicat\w*\b|\bdoubled?[- ]?(?:up )?(?:charges?|payments?|bookings?|booked|charged|billed|billing|debits?|paid"
    r"|entr(?:y|ies)|transactions?|purchases?|bills?|invoices?)\b"
    r"|\b(?:charged?|bill(?:ed)?|debit(?:ed)?|paid|pay|book(?:ed)?|enter(?:ed)?|record(?:ed)?|logged|typed|posted|took|taken?"
    r"|deducted|invoiced?)\b.*\b(?:twice|double|doubly|two times|more than once|(?:a|the) (?:second|2nd) time)\b"
    r"|\b(?:same|identical) (?:\w+ ){1,5}(?:twice|two times|more than once)\b"
    r"|\b(?:any|some|every)?(?:thing|what)(?:'?s| is| are)?(?: (?:that|which|is|in|on|the|my|our|here|there|books?"
    r"|ledger|accounts?|appears?|shows?|comes?|stands?|listed|down|up))* (?:twice|double|more than once)\b"
    rf"|\b(?:any|some|an?|one|same|single) (?:month|week|day)\b.*\b{_TWO} {_CHARGES}"
    rf"|\b{_TWO} {_CHARGES}.*\b(?:same|single|one|any) (?:month|week|day)\b"
)

_OTHERS_PAID = (
    r"\b(?:who(?:'s| has| have)?|any(?:one|body)|some(?:one|body)|(?:any|some|which|what) (?:of (?:the|our) )?"
    r"(?:members?|famil(?:y|ies)|parents?|customers?|clients?|tenants?|people|guests?))(?: \w+)? pa(?:id|y)\b"
    r"|\bpa(?:id|y) us\b"
)
_LACKING = r"\b(?:no|not|without|never|miss\w*|skip\w*|lack\w*|gaps?|zero|nothing)\b|n['’]?t\b"


def as_picked(plan: Plan, asked: Asked) -> Plan | None:
    """The plan for what strays or stands twice; None where neither is asked for."""
    if looks_doubled(asked.said.text) and asked.intent.sign < 0 and plan.filters.sign < 0:
        since = plan.period.start  # "they took it twice in January, did they give it back?": then, or later
        period = Period(since, None, f"since {since.isoformat()}") if since else plan.period
        return replace(plan, measure=Measure.LIST, group_by=(), unit="posting", period=period)
    if usual := _against_usual(plan, asked):
        return usual
    pick = _picked(asked, plan)
    if not pick:
        return None
    if pick == "twice" and _few(plan, asked):
        return replace(plan, measure=Measure.LIST, group_by=(), unit="posting")
    picked = replace(plan, measure=Measure.LIST, group_by=(), unit="posting", pick=pick, limit=asked.intent.limit)
    picked = _by_others(_of_its_kind(picked, asked), asked) if pick == "twice" else picked
    return _of_late(_of_anything(picked, asked), asked) if looks_odd(asked.said.text) else picked


def _against_usual(plan: Plan, asked: Asked) -> Plan | None:
    """As in "did we spend more than usual on heating in February": a month of then, and of the year before it."""
    lately = not plan.period and asked.has(r"^(?:and |so )*(?:are|is|am|have|has|do|does)\b")
    now = asked.today.replace(day=1)
    period = from_to(add_months(now, -_LATE), now).period if lately else plan.period
    start, end = period.start, period.end
    if plan.compare or not asked.has(_THAN_USUAL) or asked.has(_ENTRIES) or start is None or end is None:
        return None
    first = max(add_months(start, -MONTHS_BEFORE), asked.names.index.ledger.first_date)
    if not _MONTH <= (end - start).days <= _YEAR or (start - first).days < _ENOUGH:
        return None
    before = from_to(first, start).period
    periods = (replace(each, label=each.label.removeprefix("in ")) for each in (period, before))
    sides = tuple(Variant(each.label, plan.filters, each) for each in periods)
    notes = [*plan.reading, f"the usual = an average month from {before.label.removeprefix('from ')}"]
    notes += ["no time was named: the last three whole months were looked at"] if lately else []
    return Plan(Measure.AVERAGE, plan.filters, compare=sides, per="month", reading=tuple(notes))


def without_doubling(plan: Plan) -> Plan:
    """As in "was X charged twice", where some entry says "charged twice": that is what is asked, and no name."""
    names = tuple(each for each in plan.filters.mentions if re.fullmatch(_DOUBLED, fold(each.words)))
    if not names or not (plan.filters.accounts or len(names) < len(plan.filters.mentions)):
        return plan
    kept = tuple(each for each in plan.filters.mentions if each not in names)
    notes = tuple(note for note in plan.reading if not any(note.startswith(f"{each.words} = ") for each in names))
    return replace(plan, filters=replace(plan.filters, mentions=kept), reading=notes)


def looks_odd(text: str) -> bool:
    """Whether the question is for whatever strikes as odd, whether or not it names a subject."""
    return cues("cues").found("odd", fold(text))


def looks_doubled(text: str) -> bool:
    """Whether the question is for what was booked more than once."""
    return bool(re.search(_DOUBLED, fold(text)))


def without_gaps(said: Said) -> Said:
    """As in "any month in which they took two payments", which looks like a question for months without any."""
    if said.intent.measure is not Measure.GAPS or not looks_doubled(said.text) or re.search(_LACKING, said.folded):
        return said
    return replace(said, intent=replace(said.intent, measure=Measure.LIST, group_by=()))


def _of_anything(plan: Plan, asked: Asked) -> Plan:
    """As in "any weird charges": the bare word for what is booked narrows nothing."""
    if not all(fold(stem(fold(each.words))) in _BOOKED for each in asked.said.phrases):
        return plan
    filters = replace(plan.filters, accounts=(), mentions=(), roots=(Root.EXPENSES,))
    notes = tuple(
        note for note in plan.reading if not any(note.startswith(f"{each.words} = ") for each in asked.said.phrases)
    )
    return replace(plan, filters=filters, reading=notes)


def _of_its_kind(plan: Plan, asked: Asked) -> Plan:
    """As in "some groceries twice": whatever is booked to that category, not only the entries that say the word."""
    for phrase in asked.said.phrases:
        own = phrase.of_kind("account")
        said = tuple(each for each in plan.filters.mentions if each.words == phrase.words and not each.payees)
        if own is None or not said or plan.filters.accounts or len(plan.filters.mentions) > 1:
            continue
        spent = tuple(name for name in own.values if asked.names.by_name[name].root is Root.EXPENSES)
        if spent:
            filters = replace(plan.filters, mentions=(), accounts=spent, roots=())
            notes = tuple(note for note in plan.reading if not note.startswith(f"{phrase.words} = "))
            return replace(plan, filters=filters, reading=(*notes, f"{phrase.words} = {', '.join(spent)}"))
    return plan


def _by_others(plan: Plan, asked: Asked) -> Plan:
    """As in "who paid twice", "did any member pay us twice": of nothing that is named, what was earned."""
    if plan.filters != Filters(roots=(Root.EXPENSES,)) or not asked.has(_OTHERS_PAID):
        return plan
    return replace(plan, filters=Filters(roots=(Root.INCOME,)))


def _of_late(plan: Plan, asked: Asked) -> Plan:
    """As in "does anything look off": where nothing is named, what came lately is meant."""
    whole = Filters(roots=(Root.EXPENSES,))
    if plan.period or asked.said.periods or plan.filters != whole or asked.has(r"\bever\b|\bat any time\b|\ball\b"):
        return plan
    start, end = asked.today - dt.timedelta(days=LATELY - 1), asked.today + dt.timedelta(days=1)
    period = Period(start, end, f"in the last {LATELY} days")
    return replace(
        plan, period=period, reading=(*plan.reading, f"no time was named: the last {LATELY} days were looked at")
    )


def _picked(asked: Asked, plan: Plan) -> Literal["", "unusual", "twice"]:
    """Whether only what strays or what looks doubled is asked for."""
    order = (asked.said.by_rules or asked.intent).order  # a model takes outliers for what is largest
    if asked.has(r"\boutliers?\b") and (order is None or order.by == "amount"):
        order = None  # "the biggest outlier" is one, and no largest payment
    if order is not None or plan.measure not in {Measure.SUM, Measure.LIST}:
        return ""
    # "that 310 looks off, did it come back?"; "what I flagged because something was off"
    about_one = asked.intent.sign or asked.said.bounds.spans or plan.filters.flags
    if asked.has(_STRAYS) or (looks_odd(asked.said.text) and not about_one):
        return "unusual"
    return "twice" if looks_doubled(asked.said.text) else ""


def _few(plan: Plan, asked: Asked) -> bool:
    """Whether a payee is named whose charges are so few that they tell by themselves which came twice."""
    if not any(each.payees for each in plan.filters.mentions):
        return False
    return len(asked.names.booked.charges(plan.filters, plan.period.start, plan.period.end)) <= FEW
