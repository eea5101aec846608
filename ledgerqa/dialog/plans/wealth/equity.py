"""Plans for what a thing is worth once what is owed on it is taken off: "equity in the house"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.exclusions import find_netted
from ledgerqa.dialog.language.words import fold, name_stems, stems
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import as_of, happened
from ledgerqa.dialog.plans.wealth.loans import all_loans, is_loan, loans_for
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, Plan, Refusal, Root, Valuation

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_LESS: Final = r"\b(?:minus|less|net of|after|against|without|versus|vs\.?)\b"
_EQUITY: Final = (
    r"\bequity (?:(?:do|does|did|have|has|is|are|was|there|i|we|got|tied up|built up) )*(?:in|of|on)\b"
    r"|\b(?:home|house|property|flat|car) equity\b"
)
# "How much of the flat is actually mine": what is left of its worth when the loan for it is paid.
_OURS: Final = (
    r"\bhow much of (?:the|my|our|this) (?P<thing>[\w' -]{2,30}?)"
    r" (?:(?:is|are|belongs?)(?: \w+){0,2} (?:mine|ours|to (?:me|us))|(?:do|did) (?:i|we) (?:\w+ )?own)\b"
)
_OWED_ON_IT: Final = ("What is still owed on it?", "What is my net worth?")
_MARGIN: Final = compiled(r"\b(?:minus|less|net of|after)\b")
_MADE: Final = frozenset({Measure.SUM, Measure.NET_INCOME, Measure.AVERAGE, None})
_STANDING: Final = frozenset(
    {Measure.BALANCE, Measure.NET_WORTH, Measure.HOLDINGS, Measure.SUM, Measure.PRICE, Measure.BALANCE_SHEET, None}
)


def equity(asked: Asked) -> Plan | Refusal | None:
    """The worth of what is named less the loan that is named with it; None where nothing of the kind is asked for."""
    ours = _ours(asked)
    if asked.intent.measure not in _STANDING or not (ours or asked.has(_EQUITY) or asked.has(_LESS)):
        return None
    phrases = (*asked.said.phrases, *asked.said.excluded)
    owned, thing = next(((names, each) for each in phrases if (names := _of(asked, each, Root.ASSETS))), ((), None))
    owed, loan = next(((names, each) for each in phrases if (names := _of(asked, each, Root.LIABILITIES))), ((), None))
    if thing is loan and not (ours or asked.has(_EQUITY)):
        return None  # "rent less all that the flat cost": neither its worth nor its loan
    if not owed and asked.has(_EQUITY):
        loans = all_loans(asked)
        mortgages = tuple(name for name in loans if "mortgage" in name.lower() or "home" in name.lower())
        owed = mortgages or (loans if len(loans) == 1 else ())
    if ours and not owned:
        return Refusal(
            "No account called so holds what it is worth, so what of it is one's own cannot be told.", _OWED_ON_IT
        )
    owed = ours or owed
    if not owned or not owed or not all(is_loan(name) for name in owed):
        return None
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    plan = Plan(Measure.NET_WORTH, Filters(accounts=(*owned, *owed)), as_of(asked), group_by=groups)
    note = f"{', '.join(owned)} less {', '.join(owed)}, at market prices"
    return replace(plan, valuation=Valuation.MARKET, reading=(note,))


_CAPITAL: Final = (
    r"\b(?:(?:share|paid-?in|member(?:s'?|ship)?|partner(?:s'?)?|owner(?:s'?)?|start-?up) )?capital\b"
    r"(?! (?:gains?|letters?|repa\w+|allowances?|expenditure|spending|city|one)\b)"
    r"|\b(?:put|paid|bought) in(?:to)? (?:\w+ ){0,2}(?:as |in |for |the )*shares\b"
)
_OF_CAPITAL: Final = frozenset({"capital", "share", "stake", "contribution", "andel"})
_REPAID: Final = r"\b(?:loans?|mortgage|principal|interest|instal?lments?|paid off|pay off|paying off|gains?)\b"


def capital(asked: Asked) -> Plan | None:
    """As in "how much capital have the members put in": what stands on equity that is called so, and no debt to them.

    Of a time, what was put in then.
    """
    if not asked.has(_CAPITAL) or asked.has(_REPAID) or asked.intent.measure not in {*_STANDING, *_MADE, Measure.LIST}:
        return None
    exact = (each for each in asked.said.phrases if each.best.kind == "account" and each.best.how == "exact")
    if any("capital" in stems(each.words) for each in exact):
        return None  # an account is called so
    accounts = tuple(
        each.name
        for each in asked.names.leaf_accounts((Root.EQUITY,))
        if each.postings and _OF_CAPITAL.intersection(name_stems(each.name.rpartition(":")[2]))
    )
    if not accounts:
        return None
    note = f"capital = {', '.join(accounts)}"
    then = happened(asked)
    if then.start is not None and asked.has(r"\b(?:put|paid|came|brought|raised|added|new)\b"):
        return Plan(Measure.SUM, Filters(accounts=accounts, sign=-1), then, reading=(note,))
    return Plan(Measure.BALANCE, Filters(accounts=accounts), as_of(asked), reading=(note,))


def _ours(asked: Asked) -> tuple[str, ...]:
    """The loans for the thing of which is asked how much is one's own; none where it is owned with somebody."""
    match = re.search(_OURS, asked.said.folded)
    return loans_for(asked, match["thing"]) if match else ()


def margin(asked: Asked) -> Plan | None:
    """As in "egg income minus feed": what one account earned less what another cost."""
    found = _MARGIN.search(asked.said.folded)
    if asked.intent.measure not in _MADE or not found or find_netted(asked.said.text):
        return None
    before = [each for each in asked.said.phrases if fold(each.words) in asked.said.folded[: found.start()]]
    after = [*asked.said.excluded, *(each for each in asked.said.phrases if each not in before)]
    earned = next((names for each in before if (names := _of(asked, each, Root.INCOME))), ())
    subject = {stem for each in before if _of(asked, each, Root.INCOME) for stem in stems(each.words)}
    cost = tuple(name for each in after for name in _of_the_same(subject, _of(asked, each, Root.EXPENSES)))
    if earned and asked.has(r"\btax\b"):  # what is kept back of it, and no other tax
        cost = _kept_back(asked, earned)
    if not earned or not cost:
        return None
    groups = tuple(group for group in asked.intent.group_by if group in TIME_GROUPINGS)
    note = f"{', '.join(earned)} less {', '.join(cost)}"
    return Plan(
        Measure.NET_INCOME, Filters(accounts=(*earned, *cost)), happened(asked), group_by=groups, reading=(note,)
    )


def _of_the_same(subject: set[str], accounts: tuple[str, ...]) -> tuple[str, ...]:
    """As in "the mill flat after insurance": of all insurances that of the flat; all of them where none says so."""
    shared = {
        name: len(subject.intersection(stem for part in name.split(":")[1:] for stem in name_stems(part)))
        for name in accounts
    }
    return tuple(name for name in accounts if shared[name] == max(shared.values()))


def _kept_back(asked: Asked, earned: tuple[str, ...]) -> tuple[str, ...]:
    """The expenses that the entries of this income book."""
    below = " OR ".join(["(i.account = ? OR starts_with(i.account, ?))"] * len(earned))
    rows = asked.names.index.query(
        "SELECT DISTINCT p.account FROM postings i JOIN postings p ON p.entry_id = i.entry_id"
        f" WHERE ({below}) AND p.root = 'expenses' ORDER BY 1",
        [part for name in earned for part in (name, f"{name}:")],
    )
    return tuple(row[0] for row in rows)


def _of(asked: Asked, phrase: Phrase, root: Root) -> tuple[str, ...]:
    """The accounts of a root that a phrase names."""
    for option in phrase.options:
        if option.kind == "account" and (kept := of_roots(asked.names, option.values, (root,))):
            return kept
    return ()
