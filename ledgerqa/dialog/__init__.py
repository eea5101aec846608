"""A question in plain words becomes a typed plan over one ledger.

`planner` is the whole way on one screen.  Each folder knows only those before it: `language` (words), `calendar`
(times), `intent` (what is asked for), `linking` (names of the ledger), `understanding` (the question as a whole) and
`plans` (what shall be worked out).  The words themselves stand in the files of `lists`.
"""

from __future__ import annotations

from ledgerqa.dialog.linking.meaning import searcher
from ledgerqa.dialog.planner import plan_question

__all__ = ["plan_question", "searcher"]
