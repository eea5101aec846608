"""Yes or no, before the sentence, where the question asks whether there is something and the rows settle it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import AGAINST, OWED
from ledgerqa.records import Grouping, Measure

if TYPE_CHECKING:
    from ledgerqa.records import Evidence, Plan

ASKED = compiled(
    r"\s*(?:(?:so|and|ok|okay|please|hey|hi|well)[,\s]+)*"
    r"(?:did (?:i|we|you|any|anything|anyone)|have (?:i|we)|has (?:any|anything|there)|(?:is|are|was|were) there|any\b"
    r"|do (?:i|we) have|does .{1,40} have)\b",
    re.IGNORECASE,
)
# With one of these in it the question asks for more than existence: an amount, an order, a whole, a state.
MORE = compiled(
    r"\b(?:or|than|enough|all|every|each|only|still|full|fully|paid back|not|never|no longer|without|stay|within"
    r"|inside|exceed|(?:over|under) budget|how|when|where|who|what|which|why|more|less|most|least|always|usually)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
SETTLED = frozenset(
    {
        Measure.COUNT,
        Measure.LIST,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.EVENTS,
        Measure.BALANCE_CHECKS,
        Measure.QUERIES,
        Measure.LEDGER_ERRORS,
        Measure.METADATA,
        Measure.GAPS,
        Measure.RECURRING,
    }
)


_WHETHER = compiled(
    r"\s*(?:(?:so|and|but|ok|okay|hey|hi)[,\s]+)*(?:did|was|were|has|have|is|are|do|does|any)\b", re.IGNORECASE
)
_NUMBER = r"\s+(?:[a-z]{3}\s|[$€£¥]\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<thousands>k)?\b"
_BELOW = compiled(rf"\b(?:below|under|beneath|less than){_NUMBER}", re.IGNORECASE)
_ABOVE = compiled(rf"\b(?:over|above|past|beyond|exceed(?:ed)?|more than){_NUMBER}", re.IGNORECASE)
_BELOW_ZERO = compiled(
    r"\b(?:overdrawn|overdrafts?|negative|in(?:to)? (?:the )?(?:red|minus)|(?:below|under) zero)\b", re.IGNORECASE
)


def _crossed(question: str, plan: Plan, evidence: Evidence) -> str:
    """Whether a balance ever fell below (rose above) what is said, by its one extreme day: "was it ever overdrawn"."""
    extreme = plan.order is not None and plan.order.by == "amount" and plan.limit == 1
    numbers = [cell for row in evidence.table.rows for cell in row if isinstance(cell, Decimal)]
    if not (extreme and plan.group_by == (Grouping.DAY,) and _WHETHER.match(question)) or len(numbers) != 1:
        return ""
    highest = plan.order is not None and plan.order.descending
    said = (_ABOVE if highest else _BELOW).search(question)
    if said:
        bound = Decimal(said["number"].replace(",", "")) * (1000 if said["thousands"] else 1)
        return "Yes." if (abs(numbers[0]) > bound if highest else numbers[0] < bound) else "No."
    if highest or not _BELOW_ZERO.search(question):
        return ""
    return "Yes." if numbers[0] < 0 else "No."


# Either way: whoever owes, the two are not even.
_EVEN = compiled(
    r"\b(?:are|were|is|am|be)\b[^?]*\b(?:square|quits|even|all settled)\b"
    r"|\b(?:is|are)\b[^?]*\b(?:paid(?! up\b)|cleared|settled)\b"
    r"|\b(?:been|was|were|is|are|get|got) (?:\w+ )?(?:paid|repaid|reimbursed|settled|squared|refunded|cleared)\b",
    re.IGNORECASE,
)
_OURS = compiled(
    r"\s*(?:(?:so|and|but)\s+)?(?:have|did|do) (?:i|we)\b(?! (?:\w+ )?(?:get|got|gotten|receive[d]?|had)\b)",
    re.IGNORECASE,
)


def _settled(question: str, evidence: Evidence) -> str:
    """Whether nothing is owed any more: what others owe is positive, what is owed to them negative."""
    numbers = [cell for row in evidence.table.rows for cell in row if isinstance(cell, Decimal)]
    if _EVEN.search(question):
        return "Not in full." if any(numbers) else "Yes."
    ours = bool(_OURS.match(question))
    owing = any(number < 0 if ours else number > 0 for number in numbers)
    return "Not in full." if owing else "Yes."


_OVER = compiled(
    r"\b(?:over|exceed\w*|overspen[dt]|above|beyond|burst|bl[eo]w\w*|bust(?:ed)?|break|broke)\b", re.IGNORECASE
)
_WITHIN = compiled(r"\b(?:within|under|below|inside|keep|kept|stick|stuck|stay(?:ed)?|meet|met)\b", re.IGNORECASE)
_EACH = compiled(r"\b(?:each|every|all)\b", re.IGNORECASE)
_PASSED = compiled(rf"{_OVER.pattern}|\bmore than\b|\bpast\b", re.IGNORECASE)
_LEFT_OF_A_BUDGET = 6  # the column of what is left


def _within(question: str, evidence: Evidence) -> str:
    """Whether a figure has passed the limit that it is set against, where that, or the contrary, is asked."""
    left = next((fact.number for fact in evidence.facts if fact.name == "left"), None)
    over, within = _PASSED.search(question), _WITHIN.search(question)
    if left is None or not _WHETHER.match(question) or bool(over) == bool(within):
        return ""
    return "Yes." if (left < 0) == bool(over) else "No."


def _kept_to(question: str, evidence: Evidence) -> str:
    """Whether more was spent than a budget allows, where that, or the contrary, is asked."""
    at = next((place for place, column in enumerate(evidence.table.columns) if column.name == "left"), None)
    told = [] if at is None else [row[at] for row in evidence.table.rows]
    exceeded = [number < 0 for number in told if isinstance(number, Decimal)]
    over, within = _OVER.search(question), _WITHIN.search(question)
    if not exceeded or not _WHETHER.match(question) or bool(over) == bool(within):
        return ""
    if over and _EACH.search(question) and any(exceeded) and not all(exceeded):
        return ""  # "did we go over it every month", and only some were
    return "Yes." if any(exceeded) == bool(over) else "No."


# Asks whether nothing is missing, so a gap is a no: "was the rent paid every month".
_EACH_TIME = compiled(
    r"\s*(?:(?:so|and|ok)[,\s]+)*(?:was|were|is|are|did|does|do|has|have)\b(?!.*\b(?:not|never|miss\w*|skip\w*|forg[eo]t)\b)"
    r"(?!.*n['’]t\b).*\b(?:every|each) (?:single )?(?:month|week|quarter|year)\b",
    re.IGNORECASE,
)


_HOW_LONG = compiled(r"\bhow (?:long|many (?:days|weeks|months|years))\b.*\b(?:since|ago)\b", re.IGNORECASE)


def _passed(question: str, evidence: Evidence) -> str:
    """How long ago it was, of "how long since I last bought wax"; a day to come has not passed."""
    days = next((int(one.number) for one in evidence.facts if one.name == "days_since"), -1)
    if days < 0 or not _HOW_LONG.search(question):
        return ""
    return "Today." if not days else f"{days:,} day{'' if days == 1 else 's'} ago."


_HOW_OFTEN = compiled(r"\s*(?:(?:so|and|ok)[,\s]+)*how (?:often|frequently|regularly)\b", re.IGNORECASE)


_HOW_FAR_APART = compiled(
    r"\b(?:average|mean|typical|usual|avg)\b.*\bbetween\b|\b(?:apart|between)\b.*\bon average\b", re.IGNORECASE
)


def _comes_round(question: str, evidence: Evidence) -> str:
    """As in "Twice a month." or "About every 70 days." of "how often do I get my hair cut", before the count."""
    apart = next((one for one in evidence.facts if one.name == "days_between"), None)
    if apart is not None and _HOW_FAR_APART.search(question):
        return f"On average {apart.number} days lie between two of these days."
    found = next((one for one in evidence.facts if one.name == "rhythm"), None)
    if found is None or not _HOW_OFTEN.match(question):
        return ""
    if found.note:
        return f"{found.note.capitalize()}."
    return f"About every {found.number} days." if found.number > 1 else ""


def opening(question: str, plan: Plan, evidence: Evidence) -> str:
    """Yes or no where that is certain, otherwise nothing: a wrong yes is worse than none."""
    if plan.key is not None and plan.key.startswith(AGAINST):
        return _within(question, evidence)
    if plan.measure is Measure.BALANCE:
        return _settled(question, evidence) if plan.key == OWED else _crossed(question, plan, evidence)
    if plan.measure is Measure.BUDGET:
        return _kept_to(question, evidence)
    if plan.measure is Measure.COUNT and (often := _comes_round(question, evidence)):
        return often
    if plan.measure is Measure.LIST and (passed := _passed(question, evidence)):
        return passed
    if plan.measure is Measure.GAPS and _EACH_TIME.match(question):
        return "No." if evidence.table.row_count else "Yes."
    asked = ASKED.match(question)
    if not asked or plan.measure not in SETTLED or plan.compare or plan.meaning:
        return ""
    rest = question[asked.end() :]
    if plan.measure is Measure.GAPS:
        rest = re.sub(r"\b(?:not?|without|never)\b|n['’]t\b", "", rest, flags=re.IGNORECASE)  # what a gap is
    if MORE.search(rest):
        return ""
    rows = evidence.table.rows
    found = any(row[-1] for row in rows) if plan.measure is Measure.COUNT else bool(rows)
    return "Yes." if found else "No."
