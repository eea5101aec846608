"""From an exact result to what is shown: the plain sentence, its citations, and the gate that lets it through."""

from __future__ import annotations

from ledgerqa.grounding.citations import cite
from ledgerqa.grounding.elsewhen import with_elsewhen
from ledgerqa.grounding.sentences import headline, sentences
from ledgerqa.grounding.verify import bearers, gate, with_span
from ledgerqa.grounding.warnings import staleness, unplaced_errors, warnings

__all__ = [
    "bearers",
    "cite",
    "gate",
    "headline",
    "sentences",
    "staleness",
    "unplaced_errors",
    "warnings",
    "with_elsewhen",
    "with_span",
]
