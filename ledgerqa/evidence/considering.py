"""What words that stand nowhere in the ledger may have meant: every candidate, kept or dropped, and by what threshold.

`dialog.candidates` decides; this says what it decided, so that a match by meaning can be judged by whoever reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.linking.candidates import LEAD, THRESHOLD, by_meaning, meant
from ledgerqa.records import Considered

if TYPE_CHECKING:
    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.linking.candidates import Candidate

MOST = 8
"""Candidates that are told, best first."""


def consider(words: str, index: Index, encoder: Encoder) -> tuple[Considered, ...]:
    """The nearest candidates for `words`, best first, those below the threshold included; at most one is kept."""
    found = by_meaning(words, index, encoder, threshold=-1.0)
    kept = meant([candidate for candidate in found if candidate.score >= THRESHOLD])
    return tuple(
        Considered(words, _name(each), round(each.score, 4), each is kept, _reason(each, found[0], kept))
        for each in found[:MOST]
    )


def _name(candidate: Candidate) -> str:
    """The account, and what of it is near where that is not the account itself."""
    nearest = candidate.names[0] if candidate.names else None
    if nearest is None or nearest.kind == "account":
        return candidate.account
    return f"{candidate.account} ({nearest.kind} {nearest.name})"


def _reason(candidate: Candidate, best: Candidate, kept: Candidate | None) -> str:
    if candidate.score < THRESHOLD:
        return f"below the threshold of {THRESHOLD:.2f}"
    if candidate is kept:
        return f"at least {THRESHOLD:.2f}, and {candidate.lead:.2f} above the next where {LEAD:.2f} is asked"
    if candidate is best:
        return f"only {candidate.lead:.2f} above the next where {LEAD:.2f} is asked"
    return f"{best.score - candidate.score:.2f} below the first"
