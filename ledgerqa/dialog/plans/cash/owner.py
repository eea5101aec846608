"""Plans for what goes between a business and the one who owns it: put into it, taken out of it, laid out for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, happened, ordered
from ledgerqa.dialog.plans.cash.settlements import accounts_of_group
from ledgerqa.dialog.plans.cash.take_home import TAKE_HOME, pays
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import RATIO
from ledgerqa.records import TIME_GROUPINGS, Filters, Grouping, Measure, Period, Plan, Refusal, Root, Variant

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

_FIRM: Final = r"(?:the|my|our|this) (?P<self>firm|business|company|shop|practice|studio|store|workshop|trade|farm)"
_OWN: Final = (
    r"\b(?:my|our) (?:own|private|personal) (?:\w+ )?(?:money|cash|funds|savings|capital|pockets?)\b"
    r"|\b(?:money|cash|funds|savings|capital) of (?:my|our) own\b"
)
_PUT: Final = (
    r"\b(?:put|pa(?:y|id)|stuck|sunk|brought|(?:inject|invest|pump|move|transferr?|add|contribut|introduc)e?d?)\b"
)
_IN: Final = rf"\b(?:into|in(?: to)?) {_FIRM}\b"
_JUST_IN: Final = (
    rf"{_PUT}[\w ]*\bin(?=\W*$|[,;:.?!-]| [-–] | (?:since|so far|altogether|in total|to date|last|this|and)\b)"
)
_OWES: Final = compiled(
    rf"\b{_FIRM} (?:(?:still|yet|now|currently|actually|already) )*"
    r"(?:owes?|owing|(?:(?:ha(?:s|ve)|needs?|ought|got|is) (?:\w+ )?to|must|should) (?:give|pay|hand))\b"
    r"(?! (?:us|them|him|her|anyone|anybody)\b).*\b(?:me|myself|i)\b"
    rf"|\b(?:i am|i'm|am i|owed to me)\b.*\b(?:by|from) {_FIRM.replace('?P<self>', '?P<by>')}\b.*"
    rf"|\bowed?\b.*\b(?:i (?:\w+ )?(?:bought|paid for|laid out)) .*(?:\bmyself\b|{_OWN})"
)
_TAKEN: Final = (
    rf"\b(?:i|we)\b.*\b(?:t(?:ake|ook|aken)|dr[ae]w[ns]?|withdr[ae]wn?|pull(?:ed)?|paid (?:myself|ourselves))\b"
    rf"[\w ]*\b(?:out of|from) {_FIRM}\b"
)
_TIME_OR_END: Final = (
    r"(?=\W*$|[,;:.?!]| (?:in|this|last|since|so far|over|during|to date|each|every|per|a (?:week|month|quarter|year)"
    r"|for (?:20\d\d|the (?:year|month|quarter))|on average|roughly|monthly|altogether|in total|and)\b)"
)
# "What do I pay myself", "what did I draw last year", "taken out for myself".
_OWN_PAY: Final = (
    rf"\b(?:i|we)\b(?: \w+){{0,2}} pa(?:y|ys|id|ying) (?:myself|ourselves)(?: out)?{_TIME_OR_END}"
    rf"|\b(?:i|we)\b(?: \w+)? (?:draw|drew|drawn)(?: out)?(?: (?:for|as) (?:myself|ourselves|pay))?{_TIME_OR_END}"
    rf"|\b(?:i|we)\b(?: \w+)? (?:take|took|taken) (?:out )?for (?:myself|ourselves){_TIME_OR_END}"
)
_MORE_THAN_MADE: Final = (
    r"\b(?:i|we)\b(?: \w+){0,2} (?:t(?:ake|ook|aken) (?:\w+ )?(?:out|home)|dr[ae]w[ns]?|withdr[ae]wn?)\b.*"
    r"\b(?:more|less) than\b.*\b(?:made|make|earned|earn|profits?|surplus|br(?:ought|ing) in|came in|left)\b"
    r"|\bdrawings?\b.*\b(?:covered|exceed\w*|(?:more|less|higher|lower) than)\b.*\b(?:profits?|surplus)\b"
    r"|\b(?:profits?|surplus)\b.*\b(?:cover(?:ed|s)?|exceed\w*) (?:the |my |our )?drawings?\b"
)
_MY_PAY: Final = (
    r"\bmy (?:\w+ ){0,2}?(?:pay(?:check|cheque|slip)?s?|salary|wages?)\b|\bnet (?:pay|salar(?:y|ies)|wages?)\b"
)
_WHEN: Final = r"\bwhen\b|\b(?:last|first|latest|each|every) time\b|\bdates?\b|\blist\b|\bshow\b"
_FIGURES: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, None})
_OWING: Final = frozenset({"owe", "owed", "owing", "due", "iou", "loan", "payable", "reimburse"})
_OWNER: Final = frozenset({"me", "myself", "owner", "director", "partner", "proprietor", "shareholder"})


def owner(asked: Asked) -> Plan | Refusal | None:
    """The plan for what the owner put into the business, took out of it or has to get back; None if none is asked."""
    set_against = _no_pay(asked) or _against_profit(asked)
    return set_against or _put_in(asked) or _owed(asked) or _taken_out(asked) or _own_pay(asked)


def _no_pay(asked: Asked) -> Refusal | None:
    """As in "what's my net salary", where the only wages are what staff are paid."""
    if not (asked.has(_MY_PAY) and asked.has(TAKE_HOME)) or pays(asked):
        return None
    drawn = accounts_of_group(asked, Root.EQUITY, "drawings")
    hint = ("How much have I drawn?",) if drawn else ()
    return Refusal("No account of income in this ledger is called pay.", hint)


def _against_profit(asked: Asked) -> Plan | None:
    """As in "did I draw more than we made": what was drawn, and what income left over expenses, as parts."""
    drawn = accounts_of_group(asked, Root.EQUITY, "drawings")
    if not drawn or not asked.has(_MORE_THAN_MADE) or asked.said.phrases[1:]:
        return None
    sides = (
        Variant("drawn", Filters(accounts=drawn), Period()),
        Variant("profit", Filters(roots=(Root.INCOME, Root.EXPENSES)), Period()),
    )
    note = f"drawn = {', '.join(drawn)}; profit = income less expenses"
    return Plan(Measure.SUM, Filters(), happened(asked), compare=sides, key=RATIO, reading=(note,))


def _put_in(asked: Asked) -> Plan | None:
    """As in "the last time I put my own money into the firm": what was booked to the capital that was paid in."""
    firm = re.search(_IN, asked.said.folded)
    own = asked.has(_OWN)
    if not (asked.has(_PUT) and (firm or (own and asked.has(_JUST_IN)))):
        return None
    if not own and (firm is None or _is_called(asked, firm["self"], *Root) or not asked.has(r"\b(?:i|we)\b")):
        return None
    return _capital(asked, "contributions", "own money put in")


def _taken_out(asked: Asked) -> Plan | None:
    """As in "how much have I taken out of the business": what was booked to the owner's drawings."""
    firm = re.search(_TAKEN, asked.said.folded)
    if firm is None or _is_called(asked, firm["self"], Root.ASSETS):
        return None
    return _capital(asked, "drawings", "taken out")


def _own_pay(asked: Asked) -> Plan | Refusal | None:
    """As in "what do I pay myself a month": what was drawn, or else no figure at all, and never all that was spent."""
    if not asked.has(_OWN_PAY) or asked.said.phrases or asked.intent.measure not in _FIGURES:
        return None
    plan = _capital(asked, "drawings", "drawn")
    if plan is None:
        return Refusal("No account of this ledger is called drawings, or pay of the owner's own.")
    if plan.measure is Measure.SUM and asked.intent.measure is Measure.AVERAGE:
        return replace(plan, measure=Measure.AVERAGE, per=asked.intent.per or "booking")
    return plan


def _capital(asked: Asked, group: str, what: str) -> Plan | None:
    """What moved on the equity accounts of a kind: each time where that is asked for, else the sum."""
    accounts = accounts_of_group(asked, Root.EQUITY, group)
    if not accounts:
        return None
    dated = asked.has(_WHEN) or (asked.intent.order is not None and asked.intent.order.by == "date")
    counted = asked.intent.measure is Measure.COUNT
    measure = Measure.COUNT if counted else Measure.LIST if dated else Measure.SUM
    groups = tuple(each for each in asked.intent.group_by if each in TIME_GROUPINGS) if measure is Measure.SUM else ()
    note = f"{what} = {', '.join(accounts)}"
    return ordered(Plan(measure, Filters(accounts=accounts), happened(asked), group_by=groups, reading=(note,)), asked)


def _owed(asked: Asked) -> Plan | None:
    """As in "does the business owe me for what I bought": what stands on the account of what is owed to the owner."""
    if not _OWES.search(asked.said.folded):
        return None
    whose = _OWNER | _owners(asked)
    accounts = tuple(
        each.name for each in asked.names.leaf_accounts((Root.LIABILITIES,)) if _OWING & each.path and whose & each.path
    )
    if not accounts:
        return None
    groups = (Grouping.ACCOUNT,) if len(accounts) > 1 else ()
    note = f"owed to the owner = {', '.join(accounts)}"
    return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), group_by=groups, reading=(note,))


def _owners(asked: Asked) -> frozenset[str]:
    """The names above the accounts of what owners draw or put in: "Rhona" of Capital:Rhona:Drawings."""
    accounts = accounts_of_group(asked, Root.EQUITY, "drawings", "contributions", each_one=True)
    return frozenset(word for name in accounts for part in name.split(":")[1:-1] for word in name_stems(part))


def _is_called(asked: Asked, word: str, *roots: Root) -> bool:
    """Whether the word for the business is just what an account of these roots is called."""
    said = (each.best for each in asked.said.phrases if fold(each.words) == word and each.best.how == "exact")
    return any(each.kind == "account" and of_roots(asked.names, each.values, roots) for each in said)
