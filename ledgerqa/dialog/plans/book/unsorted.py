"""Plans for what has found no category yet: the postings to accounts called Uncategorized, Unknown and the like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import corrected
from ledgerqa.dialog.plans.cash.flows import flow
from ledgerqa.records import Grouping, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Outcome

_UNSORTED: Final = "unsorted"
_FIGURES: Final = (
    (Measure.COUNT, r"\bhow many\b|\bnumber of\b"),
    (Measure.AVERAGE, r"\baverag|\bon average\b"),
    (Measure.SUM, r"\bhow much\b|\btotals?\b|\bsum\b|\bby (?:month|year|payee|quarter)\b"),
)


def unsorted(asked: Asked) -> Outcome | None:
    """As in "which entries never got a category"; None where the ledger keeps no account for them."""
    if asked.has(FLAGGED) or not cues("cues").found("unsorted", corrected(asked.said.folded)):
        return None  # "with the ! flag I still need to sort": whatever account they are on
    accounts = tuple(each.name for each in asked.names.accounts if each.root is not Root.EQUITY and _holds(each.name))
    if not accounts:
        return None
    measure = next((each for each, words in _FIGURES if asked.has(words)), Measure.LIST)
    groups = tuple(each for each in asked.intent.group_by if each is not Grouping.ACCOUNT)
    intent = replace(asked.intent, measure=measure, group_by=groups if measure is not Measure.LIST else ())
    scope = replace(
        asked.scope,
        filters=replace(asked.scope.filters, accounts=accounts, roots=(), mentions=()),
        subjects=(),
        reading=(f"without a category = {', '.join(accounts)}",),
    )
    return flow(replace(asked, said=replace(asked.said, intent=intent), scope=scope), measure)


def _holds(account: str) -> bool:
    whole, partly = lexicon().groups_of_name(account.rpartition(":")[2])
    return _UNSORTED in whole | partly
