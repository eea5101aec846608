"""What was paid from: "which card did the gear go on", "how did we pay for it", "which account was it paid from"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import of_roots
from ledgerqa.dialog.plans.asked import happened
from ledgerqa.dialog.plans.the_one import of_the_one
from ledgerqa.dialog.plans.wealth.between_people import credits_of
from ledgerqa.dialog.understanding.moving import OWN
from ledgerqa.dialog.understanding.openings import PAID_WITH
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Plan, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked

_PURSE: Final = r"(?:(?:bank |credit |debit )?(?:cards?|accounts?))"
_PAID: Final = r"(?:pa(?:y|id)|go|went|gone|charged|put|come|came|bought|buy)"
_MEANS: Final = compiled(
    rf"^(?:and |so )?(?:which|what) {_PURSE} (?:did|do|was|were|has|have|is|are)\b.*\b{_PAID}\b.*"
    r"\b(?:from|with|on|off|out of|by)(?: (?:in|last|this|during|over)\b.*)?\W*$"
    rf"|^(?:and |so )?(?:from|with|on|off|out of) (?:which|what) {_PURSE} (?:did|do|was|were|has|have)\b.*\b{_PAID}\b"
    r"|^(?:and |so )?how (?:did|have) (?:i|we) pay (?:for )?(?!off\b|back\b|down\b|so much\b|that much\b|as much\b)"
    rf"|{PAID_WITH}"
)
_PURSE_ALONE: Final = compiled(rf"(?:the |my |our )?{_PURSE}")
_SPENT: Final = frozenset({"account", "payee", "narration", "tag"})


def paid_from(asked: Asked) -> Plan | None:
    """What went off each own account for what is named; None where nothing asks for that."""
    one = of_the_one(asked) if _MEANS.search(asked.said.folded) else None
    if one is None:
        return None
    is_one, asked, said = one is not asked, one, one.said
    if said.unknown or said.labels or said.intent.compare:
        return None
    about = tuple(each for each in said.phrases if not _is_purse(each))
    if not about or any(each.best.kind not in _SPENT for each in about):
        return None
    intent = replace(said.intent, measure=Measure.SUM, flow="spend", group_by=(), order=None, limit=None, single=False)
    found = scope(replace(said, phrases=about, intent=intent), intent, asked.names)
    filters, names = (asked.scope if is_one else found).filters, asked.names
    spent = of_roots(names, filters.accounts, (Root.EXPENSES,))
    if found.clarify or len(spent) != len(filters.accounts):
        return None
    costs = names.leaf_accounts((Root.EXPENSES,))
    within = tuple(each.name for each in costs if any(f"{each.name}:".startswith(f"{one}:") for one in spent))
    kept = Filters(mentions=filters.mentions, tags=filters.tags, sign=-1, alongside=within)
    accounts = credits_of([each.name for each in names.leaf_accounts(OWN)], kept, asked) if within or not spent else ()
    if not accounts:
        return None
    note = "what was paid from = what went off own accounts in those entries"
    return Plan(
        Measure.SUM,
        replace(kept, accounts=accounts),
        happened(asked),
        group_by=(Grouping.ACCOUNT,),
        reading=(*found.reading, note),
    )


def _is_purse(phrase: Phrase) -> bool:
    return bool(_PURSE_ALONE.fullmatch(fold(phrase.words)))
