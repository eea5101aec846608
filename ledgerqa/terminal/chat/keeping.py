"""From an answer to what is kept of it, and back to citations that can be shown and opened."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Citation, Entry
from ledgerqa.terminal import captions
from ledgerqa.terminal.chat.store import KeptCitation, KeptTurn
from ledgerqa.terminal.plain import table_lines

if TYPE_CHECKING:
    from ledgerqa.records import Answer
    from ledgerqa.terminal.tables import ShownTable

ROWS_KEPT: Final = 40
GONE: Final = -1  # the number of an entry of an index that is there no more


def kept_turn(question: str, answer: Answer, table: ShownTable | None) -> KeptTurn:
    """An answer as text."""
    reading = answer.plan.reading if answer.plan else ()
    notes = [f"Period: {period}" if (period := captions.period(answer)) else "", *reading, *answer.warnings]
    choices = "\n".join(choice.label for choice in answer.choices)
    return KeptTurn(
        question=question,
        asked=dt.datetime.now(dt.UTC),
        status=answer.status,
        answer=answer.answer,
        figure=_table_text(table) if table else choices,
        notes="\n".join(note for note in notes if note),
        cited=tuple(map(_kept, answer.citations)),
    )


def citations(turn: KeptTurn) -> tuple[Citation, ...]:
    """The citations of a kept turn."""
    return tuple(
        Citation(
            each.id,
            Entry(
                *(GONE, each.type, dt.date.fromisoformat(each.date), each.file, each.line, each.end_line),
                *(each.payee, each.narration, each.text),
            ),
        )
        for each in turn.cited
    )


def _table_text(table: ShownTable) -> str:
    lines = list(islice(table_lines(table), ROWS_KEPT + 1))
    more = len(table.rows) - ROWS_KEPT
    return "\n".join([*lines, f"… {more:,} more rows"] if more > 0 else lines)


def _kept(citation: Citation) -> KeptCitation:
    entry = citation.entry
    return KeptCitation(
        citation.id,
        entry.file,
        entry.line,
        entry.end_line,
        entry.date.isoformat(),
        entry.payee,
        entry.narration,
        entry.text,
        entry.type,
    )
