"""Payments for which no document is filed: "payments over 500 without a receipt", over books that file documents.

Where a metadata key says whether there is one, that key tells it, and not the documents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.plans.asked import bounded, happened, ordered
from ledgerqa.records import Measure, Plan, Refusal, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.plans.asked import Asked

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
    filters = replace(asked.scope.filters, mentions=(), exclude_mentions=(), exclude_accounts=(), exclude_tags=())
    filters = replace(filters, roots=() if filters.accounts else (Root.EXPENSES,), unfiled=True)
    note = "a document = one filed for an account of the entry on its day"
    measure = Measure.COUNT if asked.has(r"\bhow many\b|\bnumber of\b") else Measure.LIST
    return ordered(Plan(measure, bounded(filters, asked), happened(asked), reading=(note,)), asked)
