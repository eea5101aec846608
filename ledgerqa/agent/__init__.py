"""From a question to an answer: `asking` is the whole flow on one screen, in the order in which it runs.

Errors.  What a user can meet (`LedgerqaError`: no index, a damaged one, ...) leaves `ask` and `answer` as it is, for
`terminal` to say and exit by.  `attempt` is for batches, where one question must not stop the rest: it makes an
answer with status "error" of any failure; a programming error is named by its class, never shown as a traceback,
and is logged with one.
"""

from ledgerqa.agent.asking import answer, answer_plan, ask, attempt
from ledgerqa.agent.events import Done, Event, Headline, Planned, Sentence

__all__ = ["Done", "Event", "Headline", "Planned", "Sentence", "answer", "answer_plan", "ask", "attempt"]
