"""Rows for each security: "dividends by security", "which share paid the most dividends"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.suppositions import POSITION
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said
    from ledgerqa.dialog.plans.asked import Asked

_EACH_STOCK: Final = compiled(
    r"\b(?:by|per|for (?:each|every)|each|every|of (?:each|every)|broken down by|split by)"
    r" (?:single )?(?:stocks?|shares?|securit(?:y|ies)|positions?|holdings?|funds?|etfs?|tickers?|symbols?"
    r"|commodit(?:y|ies)|investments?|instruments?|compan(?:y|ies)|titles?)\b"
)
_WHICH_STOCK: Final = compiled(
    r"\b(?:which|what) (?:\w+ )?(?:stocks?|shares?|securit(?:y|ies)|funds?|etfs?|bonds?|holdings?)\b"
)


def names_securities(asked: Asked, word: str) -> bool:
    """Whether the word only says that rows are wanted by security."""
    return bool(_EACH_STOCK.search(asked.said.folded)) and bool(re.fullmatch(POSITION, fold(word)))


def without_the_word(said: Said) -> Said:
    """As in "dividends by security", where a payee is called so in part: the word names no payee but what rows are."""
    each_one = _EACH_STOCK.search(said.folded)
    if each_one is None:
        return said
    kept = tuple(
        phrase
        for phrase in said.phrases
        if phrase.best.how == "exact" or phrase.best.kind not in {"payee", "narration"}
        or not re.fullmatch(POSITION, fold(phrase.words)) or fold(phrase.words) not in each_one.group()
    )  # fmt: skip
    return replace(said, phrases=kept) if kept else said


def by_stock(plan: Plan, asked: Asked) -> Plan:
    """As in "realised gains by stock", "dividends per company": a row an account of the gains."""
    one = None
    if (
        plan.measure is not Measure.SUM
        or plan.compare
        or not (_EACH_STOCK.search(asked.said.folded) or (one := _WHICH_STOCK.search(asked.said.folded)))
        or not any(asked.names.by_name[name].root is Root.INCOME for name in plan.filters.accounts)
    ):
        return plan
    earned = tuple(name for name in plan.filters.accounts if asked.names.by_name[name].root is Root.INCOME)
    if earned != plan.filters.accounts:  # the word for securities was itself read as an account
        notes = tuple(each for each in plan.reading if not re.match(rf"{POSITION} = ", each))
        plan = replace(plan, filters=replace(plan.filters, accounts=earned), reading=notes)
    if Grouping.ACCOUNT in plan.group_by:
        return plan
    below = [
        each for each in asked.names.accounts if any(each.name.startswith(f"{name}:") for name in plan.filters.accounts)
    ]
    if one and plan.limit and (below or len(plan.filters.accounts) > 1):  # "which share paid the most dividends"
        groups = tuple(each for each in plan.group_by if each in TIME_GROUPINGS)
        return replace(plan, group_by=(Grouping.ACCOUNT, *groups), account_depth=None)
    if one:
        return plan
    if below or len(plan.filters.accounts) > 1:
        return replace(plan, group_by=(Grouping.ACCOUNT, *plan.group_by), account_depth=None, limit=None, order=None)
    ((paid, booked),) = asked.names.index.query(
        "SELECT count(*) FILTER (payee <> ''), count(*) FROM postings WHERE account IN (SELECT unnest(?))",
        [list(plan.filters.accounts)],
    )
    finer = Grouping.PAYEE if paid * 2 > booked else Grouping.NARRATION
    note = f"{plan.filters.accounts[0]} has no account a security: by {finer.value}"
    if finer in plan.group_by:
        return plan
    return replace(plan, group_by=(finer, *plan.group_by), reading=(*plan.reading, note))
