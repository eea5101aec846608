"""Which months, shops or categories come to more than a limit: "in which months did we spend over 6000"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.ranked import in_one_money
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Having, Measure, Order, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_SPANS: Final = {
    "week": Grouping.WEEK,
    "month": Grouping.MONTH,
    "quarter": Grouping.QUARTER,
    "year": Grouping.YEAR,
    "day": Grouping.DAY,
}
PAYEES: Final = (
    r"payees?|shops?|stores?|places|merchants?|restaurants?|cafes?|pubs?|bars?|suppliers?|vendors?|clients?|customers?"
)
_OTHERS: Final = {
    Grouping.ACCOUNT: r"categor(?:y|ies)|accounts?|debts?|liabilit(?:y|ies)|loans?|cards?",
    Grouping.PAYEE: PAYEES,
}
# "Which month", "the months", and neither "last month" nor "this month's": those are when it was.
_OF_GROUPS: Final = compiled(
    r"^(?:so |and |ok |please )*(?:in |on |for |at |during )?"
    r"(?:(?P<asks>which|what|how many|(?:list|show|tell)(?: me)?(?: all| the)*|any|each|every|(?:were|are) there any)"
    r" )?"
    r"(?:all )?(?:of )?(?:(?:the|our|my) )?(?:(?!last|this|that|past|next|previous|current|recent|one|an?\b)\w+ )?"
    rf"(?:(?P<span>{'|'.join(_SPANS)})s?|(?:{'|'.join(_OTHERS.values())}))\b"
    r"(?! (?:ago|old|since (?:i|we|my|our|the|it))\b)"
)
# "Did groceries hit 200 in any month": of every month its own figure.
_IN_ANY: Final = compiled(
    rf"\bin (?:any|an?|one|the same|every|each)(?: (?:one|single|given|calendar))? (?P<span>{'|'.join(_SPANS)})\b"
    r"(?! (?:ago|before|or|without)\b)"
)
_ONE_BOOKING: Final = (
    r"\b(?:single|one go|at once|at a time|each time|a time|apiece|individual|purchases?|payments?|bills?|invoices?"
    r"|entr(?:y|ies)|transactions?|bookings?|items?|orders?|visits?|per (?:visit|purchase|order|trip|shop))\b"
)
_DEFICIT: Final = (
    r"\b(?:deficits?|in the red|losses|loss|negative|(?:went|ran|run) short|over-?spen[dt]"
    r"|spen[dt] more than (?:(?:i|we) )?(?:earn(?:ed)?|made|make|took in|got|received|came in|what came in)"
    r"|(?:earn(?:ed)?|made|took in) less than (?:i|we) spen[dt]|los(?:e|t|ing) money|out of pocket"
    r"|(?:spending|expenses|outgoings|costs) (?:(?:was|were|is|are|being) )?(?:more|higher|bigger|greater) than"
    r" (?:(?:our|my|the) )?(?:income|earnings)|more (?:went|goes|going) out than (?:came|comes|coming) in)\b"
)
_SURPLUS: Final = (
    r"\b(?:surplus(?:es)?|in the black|profitable|positive"
    r"|(?:earn(?:ed)?|made|took in) more than (?:i|we) spen[dt]|spen[dt] less than (?:i|we) (?:earn(?:ed)?|made)"
    r"|(?:spending|expenses|outgoings|costs) (?:(?:was|were|is|are|being) )?(?:less|lower|smaller) than"
    r" (?:(?:our|my|the) )?(?:income|earnings)|more (?:came|comes|coming) in than (?:went|goes|going) out)\b"
)
_SUPERLATIVE: Final = (
    r"\b(?:most|biggest|largest|highest|worst|best|lowest|smallest|least|deepest|greatest|top|first|last)\b"
    r"(?<!at least)(?<!at most)(?! (?:week|month|quarter|year|\d+|two|three|six|twelve)\b)"
)
_TIMES: Final = compiled(
    r"\b(?P<how>more than|over|at least|less than|fewer than|under|at most)"
    r" (?:(?P<n>\d+) ?(?:times?|x)|(?P<word>once|twice))\b"
)
_CUSTOMERS: Final = (
    r"^(?:so |and |ok |please )*(?:which |what |how many |any |(?:list|show)(?: me)?(?: the| all)* )?"
    r"(?:of (?:our|my|the) )?(?:our |my |the )?(?:clients?|customers?|buyers?)\b"
)
_DEBTS_ARE: Final = (
    r"\b(?:debts?|liabilit(?:y|ies)|loans?|credit cards?)"
    r" (?:(?:that|which|do|i|we|have|has|are|is|stands?|still|with|at|of|a|balance) )*"
    r"(?:over|above|below|under|(?:more|less) than|at (?:least|most)|exceed\w*)\b"
)
_HOLDS: Final = r"\b(?:holds?|held|ha(?:ve|s|d)|contains?|with|balances?)\b"
_NUMBERS: Final = {"once": 1, "twice": 2}
_LEAST: Final = frozenset({"more than", "over", "at least"})
_MEASURES: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.LIST, Measure.BALANCE, Measure.GAPS})


def groups_of(text: str) -> tuple[Grouping, ...]:
    """What a folded question asks to be told one by one: "which months did we ...", "customers who ..."."""
    found = _asked_for(text)
    if found is None or re.search(_ONE_BOOKING, text):
        return ()
    if found["span"]:
        return (_SPANS[found["span"]],)
    return next((each,) for each, words in _OTHERS.items() if re.search(rf"(?:{words})$", found.group()))


def _asked_for(text: str) -> re.Match[str] | None:
    """What the question is led by: which of them, or several ("months with over 500")."""
    found = _OF_GROUPS.match(text)
    return found if found and (found["asks"] or found.group().endswith("s")) else None


def having(plan: Plan, asked: Asked) -> Plan:
    """The plan kept to the groups whose own figure is as the question says; the plan as it is where it says nothing."""
    found = _asked_for(asked.said.folded) or _IN_ANY.search(asked.said.folded)
    taken = plan.compare or plan.key or plan.pick or plan.filters.metadata  # "on what day did it drop below 500"
    if found is None or taken or asked.has(_ONE_BOOKING) or asked.has(_SUPERLATIVE):
        return plan
    groups = tuple(each for each in plan.group_by if each in TIME_GROUPINGS)
    groups = groups or ((_SPANS[found["span"]],) if found["span"] else plan.group_by)
    return _left_over(plan, asked, groups) or _often(plan, asked, groups) or _bounded(plan, asked, groups) or plan


def _left_over(plan: Plan, asked: Asked, groups: tuple[Grouping, ...]) -> Plan | None:
    """As in "which months were in deficit", "in which months did we spend more than we earned"."""
    deficit, surplus = asked.has(_DEFICIT), asked.has(_SURPLUS)
    named = plan.filters.accounts or plan.filters.mentions or plan.filters.tags
    if deficit == surplus or named or not TIME_GROUPINGS.issuperset(groups) or len(groups) != 1:
        return None
    said = asked.said.bounds.minimum or Decimal(0)  # "a deficit of more than 500"
    limits = Having(maximum=-said) if deficit else Having(minimum=said)
    return _kept(Plan(Measure.NET_INCOME, Filters(), plan.period, reading=plan.reading), asked, groups, limits)


def _often(plan: Plan, asked: Asked, groups: tuple[Grouping, ...]) -> Plan | None:
    """As in "which shops did we go to more than five times", "months in which we ate out more than twice"."""
    found = _TIMES.search(asked.said.folded)
    if found is None or plan.measure not in {Measure.SUM, Measure.COUNT, Measure.LIST}:
        return None
    groups = groups or (Grouping.PAYEE,)
    number = Decimal(_NUMBERS[found["word"]] if found["word"] else found["n"])
    low = found["how"] in _LEAST
    if asked.has(_CUSTOMERS) and not (plan.filters.accounts or plan.filters.mentions):
        plan = replace(plan, filters=replace(plan.filters, roots=(Root.INCOME,), outgoing=False), reading=())
    limits = Having(number if low else None, None if low else number, inclusive=found["how"].startswith("at "))
    return _kept(replace(plan, measure=Measure.COUNT, count_of="entries"), asked, groups, limits)


def _bounded(plan: Plan, asked: Asked, groups: tuple[Grouping, ...]) -> Plan | None:
    """As in "which shops did we spend over 500 at in 2024": in all, and no single posting of that amount."""
    bounds = asked.said.bounds
    if bounds.minimum == bounds.maximum:
        return None
    limits = Having(bounds.minimum, bounds.maximum, bounds.inclusive)
    if plan.measure is Measure.ACCOUNTS and asked.has(_HOLDS):
        return _kept(Plan(Measure.BALANCE, Filters(roots=(Root.ASSETS,))), asked, (Grouping.ACCOUNT,), limits)
    if asked.has(_DEBTS_ARE) and plan.measure in {Measure.BALANCE, Measure.LIST, Measure.ACCOUNTS}:
        kept = plan.filters if plan.measure is Measure.BALANCE else Filters(roots=(Root.LIABILITIES,))
        return _kept(Plan(Measure.BALANCE, kept, plan.period), asked, (Grouping.ACCOUNT,), limits)
    if plan.measure not in _MEASURES or len(groups) != 1:
        return None
    return _kept(plan if plan.measure is Measure.BALANCE else replace(plan, measure=Measure.SUM), asked, groups, limits)


def _kept(plan: Plan, asked: Asked, groups: tuple[Grouping, ...], limits: Having) -> Plan:
    """The plan by group: calendar spans run forward, anything else from the greatest figure down.

    What comes to little, or to a loss, in one of several currencies need not do so in all: the main one is told.  What
    comes to much does, measured in the main one: 900 yen are no 500 euros.
    """
    order = Order("key") if TIME_GROUPINGS.issuperset(groups) else Order("amount", descending=True)
    filters = replace(plan.filters, minimum=None, maximum=None, inclusive=False)
    of_all = plan.measure is Measure.NET_INCOME or (limits.minimum is None and plan.measure is not Measure.COUNT)
    if of_all and not (filters.currencies or plan.convert_to) and len(asked.names.money()) > 1:
        filters = replace(filters, currencies=asked.names.operating[:1])
    if not (plan.measure is Measure.COUNT or filters.currencies or plan.convert_to):
        worth, _, notes = in_one_money(asked, filters, "measured")
        plan, limits = replace(plan, reading=(*plan.reading, *notes)), replace(limits, worth=worth)
    return replace(plan, filters=filters, group_by=groups, having=limits, order=order, limit=None, unit="posting")
