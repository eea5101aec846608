"""The lines around an answer's sentence and table: the days it covers, what it rests on, how fresh it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledgerqa.grounding.figures import count, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.records import Answer, Citation, Entry, IndexInfo, Period

CITATIONS_SHOWN = 10  # below an answer on a terminal; the JSON contract has all of them
UNWRAPPED = 60  # terminals at least this wide cut a citation at the edge; narrower ones wrap it


def period(answer: Answer) -> str:
    """The days that were taken: "2023-01-01 to 2023-12-31"; of a comparison, those of each side."""
    if answer.plan is None:
        return ""
    periods = [variant.period for variant in answer.plan.compare if variant.period] or [answer.plan.period]
    return "; ".join(dict.fromkeys(days(taken) for taken in periods if taken))


def days(taken: Period) -> str:
    """The first and last day of a period, both included; its end is the day after the last."""
    last = None if taken.end is None else taken.end - dt.timedelta(days=1)
    if taken.start and last:
        return span(taken.start, last)
    return f"from {taken.start.isoformat()}" if taken.start else f"up to {last.isoformat()}" if last else ""


def citation_lines(citations: Sequence[Citation]) -> list[str]:
    """One line a citation: "[1] main.beancount:12  2024-03-01  Shop  vegetables"."""
    mark = max((len(f"[{citation.id}]") for citation in citations), default=0)
    width = max((len(place(citation.entry)) for citation in citations), default=0)
    return [
        f"{f'[{citation.id}]':<{mark}} {place(citation.entry):<{width}}  {entry_line(citation.entry)}"
        for citation in citations
    ]


def entry_line(entry: Entry) -> str:
    """An entry in a few words: its date, payee and narration, or what kind of directive it is."""
    words = [word for word in (entry.payee, entry.narration) if word] or [_first_line(entry)]
    return "  ".join([entry.date.isoformat(), *(" ".join(word.split()) for word in words)])


def _first_line(entry: Entry) -> str:
    """The directive as it is written, less the date that is said already."""
    first = entry.text.strip().partition("\n")[0].removeprefix(entry.date.isoformat()).strip()
    return first or entry.type


def place(entry: Entry) -> str:
    """Where an entry stands: "file:line"; entries that a plugin made stand nowhere."""
    return f"{entry.file}:{entry.line}" if entry.file else f"({entry.type} made by a plugin)"


def more_sources(answer: Answer, shown: int) -> str:
    """What is said when not every contributing entry is listed; "" when all are."""
    total = answer.evidence.contributing if answer.evidence else 0
    if total <= shown:
        return ""
    return f"… {shown} of {count(total, 'contributing entry')}; `ledgerqa sources --all` lists them all"


def freshness(info: IndexInfo | None) -> str:
    """The index that answered: its age, its size, and how many errors the ledger has."""
    if info is None:
        return ""
    parts = [f"indexed {when(info.built_at)}{', stale' if info.stale else ''}", count(info.entries, "entry")]
    if info.ledger_errors:
        parts.append(f"{count(info.ledger_errors, 'error')} in the ledger")
    return " · ".join(parts)


def when(moment: dt.datetime) -> str:
    """A moment on the user's clock, to the minute."""
    local = moment if moment.tzinfo is None else moment.astimezone()
    return local.strftime("%Y-%m-%d %H:%M")
