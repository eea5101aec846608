"""Plans for money in against money out: of an account its debits and credits, of a tag its income and expenses."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.calendar_units import Unit, from_to
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, spoken_currency
from ledgerqa.dialog.plans.conversion import in_currency
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import BOTH_WAYS
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Order, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_AND_OUT: Final = compiled(
    r"\b(?:money |cash )?in (?:and|&|vs\.?|versus|against) (?:money |cash )?out\b"
    r"|\b(?:inflows?|deposits) (?:and|vs\.?|versus|against) (?:outflows?|withdrawals)\b"
    r"|\b(?:came|come|comes|coming|went|go|goes|going|paid) in(?:to it)? (?:and|versus|vs\.?) (?:what )?"
    r"(?:(?:came|went|go|goes|going|paid) )?out\b"
    r"|\bincome(?:,| and| &| versus| vs\.?| against| compared (?:to|with)) (?:the |my |our )?"
    r"(?:expenses|spending|outgoings)\b"
    r"|\b(?P<what>\w+) in(?:,| and|, and| &| vs\.?| versus| against) (?P=what) out\b"
    r"|\b(?:received|got|gotten|given|gave|sent) (?:and|vs\.?|versus|against) (?:given|gave|received|got|gotten|made)\b"
)
# Two questions of one thing: "what did the flat bring in and what did it cost me", in either order.
_EARNED: Final = (
    r"\b(?:br(?:ing|ings|ought)|t(?:ake|akes|ook|aken)|c(?:ome|omes|ame)|pull(?:s|ed)?|g[eo]ts?) (?:us |me )?in\b"
    r"|\b(?:earn(?:s|ed|t)?|ma(?:ke|kes|de)|raise[sd]?|took|income|takings|revenues?)\b"
)
_SPENT: Final = r"\b(?:costs?|spen[dt]|outgoings|expenses|w(?:ent|as paid) out|pa(?:y|id) out)\b"
_AND_WHAT: Final = compiled(r"(?:,|;| -)? (?:and|vs\.?|versus|against|but) (?:also )?(?=(?:what|how much)\b)")
_ASKS_WHAT: Final = compiled(r"\b(?:what|how much)\b(?P<said>.*)$")
# One figure of the two.
_NETTED: Final = compiled(
    r"\b(?:differ\w*|net|profit\w*|surplus|loss|less|minus|more|most|least|balance|gap|left|ratio|shares?|per ?cent)\b"
)
_SELVES: Final = compiled(r"\b(?:i|we)\b")
_SAME_THING: Final = compiled(r"\b(?:it|its|them|their|there|that)\b")
_LINES: Final = (
    r"\b(?:each|every|all the|line by|by|one) (?:single )?(?:line|account|heading|categor(?:y|ies)|item)s?\b"
    r"|\bitemi[sz]ed\b|\bbroken down\b"
)
# Two figures and no statement: of all income and all expenses.
_TOTALS: Final = (
    r"\b(?:two|both|just the|only the) (?:totals|sums|figures|numbers|amounts)\b|\btotals only\b"
    r"|\btotal (?:income|earnings|revenues?|takings|taken|earned|raised|received)(?:,| and| vs\.?| versus)"
    r" (?:the )?total (?:expenses|spending|costs|outgoings|spent|paid)\b"
    r"|\b(?:income|earnings) total and (?:the )?(?:expenses?|spending|costs?) total\b"
    r"|\b(?:earn(?:ed)?|ma[dk]e|t(?:ake|ook) in|br(?:ing|ought) in|came in|receive[d]?)(?: and|, and|,)"
    r" (?:(?:what|how much) )?(?:(?:did|do|have) )?(?:(?:i|we) )?(?:spen[dt]|pa(?:y|id) out|went out)\b"
)
_BOTH_ROOTS: Final = compiled(
    r"\b(?:income|earn\w*|revenues?|takings|taken|raised|received|ma[dk]e|in)\b.*\b(?:expenses?|expenditures?|spen[dt]|spending|costs?|outgoings|out)\b"
)
_STANDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def both_ways(asked: Asked) -> Plan | None:
    """The two sides; None where nothing says both, or nothing is named (that is the income statement)."""
    totals = asked.has(_TOTALS) and _BOTH_ROOTS.search(asked.said.folded)
    both = _IN_AND_OUT.search(asked.said.folded) or (asked.scope.filters.tags and totals)
    if not both and (named := _two_asked_of_name(asked)):
        return named
    if not both:
        return _two_totals(asked)
    filters = asked.scope.filters
    if lines := _by_line(asked):
        return lines
    if filters.accounts and all(asked.names.by_name[name].root in _STANDING for name in filters.accounts):
        sides = (replace(filters, sign=1), replace(filters, sign=-1))
        note = ", ".join(filters.accounts)
        return replace(_plan(asked, filters, sides), reading=(f"of {note}",))
    earned, spent = (replace(filters, accounts=(), roots=(root,)) for root in (Root.INCOME, Root.EXPENSES))
    if filters.tags and not filters.accounts:
        return _plan(asked, filters, (earned, spent))
    if not asked.said.phrases and any(group in TIME_GROUPINGS for group in asked.intent.group_by):
        return _plan(asked, filters, (earned, spent))
    if Grouping.ACCOUNT in asked.intent.group_by and not filters.accounts and not filters.mentions:
        return _statement(asked)
    if told := _two_totals(asked):
        return told
    return _of_name(asked)


def asks_both_ways(folded: str) -> bool:
    """As in "what came in and what went out", "what did the flat bring in and what did it cost": two figures."""
    return bool(_IN_AND_OUT.search(folded) or _two_asked(folded))


def _two_asked(folded: str) -> tuple[str, str] | None:
    """The two questions, one of what something earned and one of what it cost; None where one figure is wanted."""
    if _NETTED.search(folded):
        return None
    for joint in _AND_WHAT.finditer(folded):
        first, second = folded[: joint.start()], folded[joint.end() :]
        asks = [found["said"] for half in (first, second) if (found := _ASKS_WHAT.search(half))]
        kinds = [(bool(re.search(_EARNED, half)), bool(re.search(_SPENT, half))) for half in asks]
        if sorted(kinds) == [(False, True), (True, False)]:
            return first, second
    return None


def _two_asked_of_name(asked: Asked) -> Plan | None:
    """As in "what did the flat bring in and what did it cost": the second question is of what the first one names."""
    halves = _two_asked(asked.said.folded)
    if not halves or len(asked.said.periods) > 1:
        return None
    first, second = halves
    named = [phrase for phrase in asked.said.phrases if fold(phrase.words).removesuffix("'s") in first]
    others = [phrase for phrase in asked.said.phrases if phrase not in named]
    again = any(fold(phrase.words).removesuffix("'s") in second for phrase in named)
    if others or (_SELVES.search(second) and not again and not _SAME_THING.search(second)):
        return None
    return _by_line(asked) or _of_name(asked)


def _of_name(asked: Asked) -> Plan | None:
    """The income and the expenses of a part of the books that has both kinds of accounts."""
    filters = asked.scope.filters
    for phrase in asked.said.phrases:
        names = [name for option in phrase.options[:1] if option.kind == "account" for name in option.values]
        income, expenses = (of_roots(asked.names, names, (root,)) for root in (Root.INCOME, Root.EXPENSES))
        if income and expenses:
            sides = tuple(replace(filters, roots=(), accounts=each) for each in (income, expenses))
            note = f"{phrase.words} = {', '.join((*income, *expenses))}"
            return replace(_plan(asked, replace(filters, accounts=()), sides), reading=(note,))
    return None


def _by_line(asked: Asked) -> Plan | None:
    """As in "the shop alone: every line of what came in and went out": a row an account of either kind."""
    if not asked.has(_LINES):
        return None
    filters = asked.scope.filters
    for phrase in asked.said.phrases:
        names = [name for option in phrase.options[:1] if option.kind == "account" for name in option.values]
        flows = (Root.INCOME, Root.EXPENSES)
        sides = tuple(of_roots(asked.names, names, (root,)) for root in flows)
        if all(sides):
            both = replace(filters, roots=(), accounts=(*sides[0], *sides[1]), sign=0)
            note = f"{phrase.words} = {', '.join(both.accounts)}"
            return Plan(Measure.SUM, both, happened(asked), group_by=(Grouping.ACCOUNT,), reading=(note,))
    if filters.tags and not filters.accounts:
        both = replace(filters, roots=(Root.INCOME, Root.EXPENSES), sign=0)
        return Plan(Measure.SUM, both, happened(asked), group_by=(Grouping.ACCOUNT,))
    return None


def _two_totals(asked: Asked) -> Plan | None:
    """As in "money in and money out, two totals", "what did we take in and what did we pay out": no statement."""
    whole = asked.scope.filters
    named = [each for each in asked.said.phrases if not each.of_kind("currency")]
    if named and (whole != Filters(tags=whole.tags)):
        return None
    two = _two_asked(asked.said.folded) and len(asked.said.periods) < 2 and not asked.intent.order
    if not two and not (asked.has(_TOTALS) and _BOTH_ROOTS.search(asked.said.folded)):
        return None
    if asked.has(_LINES):
        return _statement(asked)
    earned, spent = (Filters(roots=(root,), tags=whole.tags) for root in (Root.INCOME, Root.EXPENSES))
    plan = _plan(asked, Filters(tags=whole.tags), (earned, spent))
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency else plan


def _statement(asked: Asked) -> Plan:
    """As in "what came in and what went out, account by account": no two sums, the income statement."""
    plan = Plan(Measure.INCOME_STATEMENT, bounded(asked.scope.filters, asked), happened(asked))
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency else plan


def statement_in_time(asked: Asked, filters: Filters) -> Plan | None:
    """As in "profit and loss by month": a statement is of one time, so income and expenses of each; else None."""
    groups, gaps = _times(asked)
    filters = replace(filters, exclude_periods=(*filters.exclude_periods, *gaps))
    if asked.intent.measure is not Measure.INCOME_STATEMENT or not groups or filters.accounts:
        return None
    asked = replace(asked, said=replace(asked.said, intent=replace(asked.intent, group_by=groups)))
    earned, spent = (replace(filters, roots=(root,)) for root in (Root.INCOME, Root.EXPENSES))
    plan = _plan(asked, filters, (earned, spent))
    currency = spoken_currency(asked)
    return in_currency(plan, currency, asked) if currency else plan


def _times(asked: Asked) -> tuple[tuple[Grouping, ...], tuple[Period, ...]]:
    """What the rows are of: the unit that is said, or that of the times beside each other; and what lies between."""
    said = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    ordered = sorted(asked.said.periods, key=lambda each: each.period.start or dt.date.min)
    if len(ordered) == 1 and _ROWS.get(ordered[0].unit) in said:
        return (), ()  # "annual accounts 2024": one of them
    unit = ordered[0].unit if len(ordered) > 1 and len({each.unit for each in ordered}) == 1 else None
    if unit not in _ROWS:
        return said, ()
    edges = [(one.period.end, other.period.start) for one, other in itertools.pairwise(ordered)]
    gaps = tuple(from_to(end, start).period for end, start in edges if end and start and end < start)
    return (_ROWS[unit],), gaps


_ROWS: Final[dict[Unit | None, Grouping]] = {
    Unit.YEAR: Grouping.YEAR,
    Unit.QUARTER: Grouping.QUARTER,
    Unit.MONTH: Grouping.MONTH,
}


def _plan(asked: Asked, filters: Filters, sides: Sequence[Filters]) -> Plan:
    compare = tuple(
        Variant(label, each, Period()) for label, each in zip(("money in", "money out"), sides, strict=True)
    )
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    return Plan(
        Measure.SUM,
        filters,
        happened(asked),
        compare=compare,
        group_by=groups,
        order=Order("key") if groups else None,
        key=BOTH_WAYS,
    )
