"""Payments for which no document is filed: "payments over 500 without a receipt", over books that file documents.

Where a metadata key says whether there is one, that key tells it, and not the documents.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.plans.asked import bounded, happened, ordered
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.records import Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.plans.asked import Asked
    from ledgerqa.records import Filters

_PAPERS: Final = r"(?:documents?|receipts?|vouchers?|paper ?work|papers|attachments?|supporting documents?)"
_LACKING: Final = (
    rf"\b(?:without|lack(?:s|ing)?|missing|with no|ha(?:s|ve|d) no|there(?:'s| is| are) no)"
    rf" (?:(?:the|an?|any|its|their) )*{_PAPERS}\b"
    rf"|\b(?:do|does|did|have|has)(?:n't| not) (?:have|had|got|show)? ?(?:(?:an?|any|its|their) )*{_PAPERS}\b"
)
_BOOKED: Final = (
    r"\b(?:payments?|expenses?|entr(?:y|ies)|transactions?|postings?|bookings?|purchases?|spending|costs|charges?|bills?|invoices?"
    r"|any(?:thing)?|everything|what|which)\b"
)


def without_papers(asked: Asked) -> Plan | Refusal | None:
    """The payments on whose day nothing is filed for their accounts; None where that is not asked."""
    if asked.key is not None or not (asked.has(_LACKING) and asked.has(_BOOKED)):
        return None
    if not asked.names.counts["documents"]:
        return Refusal("No documents are filed in this ledger, and no entry says whether there is one.", ())
    filters = _but_for_papers(asked)
    filters = replace(filters, roots=() if filters.accounts else (Root.EXPENSES,), unfiled=True)
    note = "a document = one filed for an account of the entry on its day"
    measure = Measure.COUNT if asked.has(r"\bhow many\b|\bnumber of\b") else Measure.LIST
    return ordered(Plan(measure, bounded(filters, asked), happened(asked), reading=(note,)), asked)


def _but_for_papers(asked: Asked) -> Filters:
    """What else is named, and left out, beside the papers: "payments to Madgett without a receipt, but for rent"."""

    def others(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
        return tuple(each for each in phrases if not re.search(rf"\b{_PAPERS}$", fold(each.words)))

    said = replace(asked.said, phrases=others(asked.said.phrases), excluded=others(asked.said.excluded))
    return scope(said, asked.intent, asked.names).filters
