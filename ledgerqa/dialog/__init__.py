"""A question in plain words becomes a typed plan over one ledger."""

from __future__ import annotations

from ledgerqa.dialog.meaning import searcher
from ledgerqa.dialog.planner import plan_question

__all__ = ["plan_question", "searcher"]
