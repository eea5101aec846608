"""Fusion-in-Decoder: passages and exact facts in, draft sentences out; every figure in them a whole item.

A draft is no answer: `grounding` decides which sentences are shown.
"""

from __future__ import annotations

from ledgerqa.fusion.reader import Budget, Reading, drafts, is_chat, prepare, read
from ledgerqa.fusion.states import States

__all__ = ["Budget", "Reading", "States", "drafts", "is_chat", "prepare", "read"]
