"""`ledgerqa sources`: the entries that an answer rests on, cited ones or all, with file and line."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledgerqa.backends.opening import NO_MODELS
from ledgerqa.grounding.figures import count
from ledgerqa.terminal.captions import entry_line, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.records import Answer, Entry
    from ledgerqa.terminal.memory import Asked


@dataclass(frozen=True)
class Sources:
    """The entries behind an answer; `contributing` is how many there are, of which `entries` may be some."""

    question: str
    answer: str
    entries: tuple[Entry, ...]
    contributing: int


def sources(
    asked: Asked, index: Index, *, everything: bool, models: Models = NO_MODELS, fiscal_start: int | None = None
) -> Sources:
    """Ask again, and gather the entries that the answer cites, or all that contribute.

    The reader is left out: its sentences rest on the same entries.
    """
    from ledgerqa.agent import answer

    given = answer(
        asked.question, index, asked.today, asked.history, replace(models, reader=NO_MODELS.reader), fiscal_start
    )
    entries = _contributing(given, index) if everything else [citation.entry for citation in given.citations]
    total = given.evidence.contributing if given.evidence else 0
    return Sources(asked.question, given.answer, tuple(entries), max(total, len(entries)))


def _contributing(given: Answer, index: Index) -> Sequence[Entry]:
    """All contributing entries, in the order of the ledger."""
    from ledgerqa.evidence import gather

    if given.plan is None or given.evidence is None:
        return []
    everything = gather(given.plan, index, given.today, row_limit=sys.maxsize, entry_limit=None)
    cited = {citation.entry.entry_id for citation in given.citations}
    return index.entries(sorted(cited.union(everything.entry_ids)))


def sources_json(found: Sources) -> str:
    """One line of JSON."""
    entries = [
        {
            "file": entry.file,
            "line": entry.line,
            "end_line": entry.end_line,
            "date": entry.date.isoformat(),
            "payee": entry.payee,
            "narration": entry.narration,
            "text": entry.text,
        }
        for entry in found.entries
    ]
    fields = {
        "question": found.question,
        "answer": found.answer,
        "contributing": found.contributing,
        "entries": entries,
    }
    return json.dumps(fields, ensure_ascii=False)


def sources_lines(found: Sources, *, text: bool) -> Iterator[str]:
    """The question, then a line an entry; with `text` the entry as it stands in the file."""
    yield found.question
    yield f"→ {found.answer}"
    yield ""
    width = max((len(place(entry)) for entry in found.entries), default=0)
    for entry in found.entries:
        yield f"{place(entry):<{width}}  {entry_line(entry)}"
        if text:
            yield from (f"    {line}" for line in entry.text.splitlines())
    if len(found.entries) < found.contributing:
        yield f"… {len(found.entries)} of {count(found.contributing, 'contributing entry')}; --all lists them all"
