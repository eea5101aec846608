"""`ledgerqa sources`: the entries that an answer rests on, cited or all, with file and line, and how each was found.

Where an encoder searched too, it also lists what lies near and is no part of the answer, and what words that stand
nowhere in the ledger were compared with.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from ledgerqa.backends.opening import NO_MODELS
from ledgerqa.grounding.figures import count
from ledgerqa.terminal.captions import entry_line, place
from ledgerqa.terminal.contract import retrieved_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.backends.opening import Models
    from ledgerqa.corpus import Index
    from ledgerqa.records import Answer, Considered, Entry, Retrieved
    from ledgerqa.terminal.memory import Asked


@dataclass(frozen=True)
class Sources:
    """The entries behind an answer; `contributing` is how many there are, of which `entries` may be some."""

    question: str
    answer: str
    entries: tuple[Entry, ...]
    contributing: int
    found_by: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # by entry_id; empty where nothing searched
    near: tuple[Retrieved, ...] = ()
    considered: tuple[Considered, ...] = ()


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
    return Sources(
        asked.question,
        given.answer,
        tuple(entries),
        max(total, len(entries)),
        {each.entry.entry_id: each.found_by for each in given.retrieved if each.contributes},
        tuple(each for each in given.retrieved if not each.contributes),
        given.considered,
    )


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
            "found_by": list(_ways(found, entry)),
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
    if found.near:
        fields["near"] = [retrieved_object(each) for each in found.near]
    if found.considered:
        fields["considered"] = [asdict(each) for each in found.considered]
    return json.dumps(fields, ensure_ascii=False)


def sources_lines(found: Sources, *, text: bool) -> Iterator[str]:
    """The question, then a line an entry; with `text` the entry as it stands in the file."""
    yield found.question
    yield f"→ {found.answer}"
    yield ""
    width = max((len(place(entry)) for entry in found.entries), default=0)
    for entry in found.entries:
        ways = f"  ({', '.join(_ways(found, entry))})" if found.found_by else ""
        yield f"{place(entry):<{width}}  {entry_line(entry)}{ways}"
        if text:
            yield from (f"    {line}" for line in entry.text.splitlines())
    if len(found.entries) < found.contributing:
        yield f"… {len(found.entries)} of {count(found.contributing, 'contributing entry')}; --all lists them all"
    yield from _near_lines(found.near)
    yield from considered_lines(found.considered)


def _ways(found: Sources, entry: Entry) -> tuple[str, ...]:
    """How an entry that contributes was found: whatever else found it, the plan's statement did."""
    return found.found_by.get(entry.entry_id, ("structured",))


def _near_lines(near: Sequence[Retrieved]) -> Iterator[str]:
    """Entries that lie near the question inside the plan's filters, and on which no figure rests."""
    if not near:
        return
    yield ""
    yield "Near the question, and no part of the answer:"
    width = max(len(place(each.entry)) for each in near)
    for each in near:
        ways = ["dense" if each.cosine is None else f"dense {each.cosine:.2f}"] if "dense" in each.found_by else []
        ways += [way for way in each.found_by if way != "dense"]
        yield f"{place(each.entry):<{width}}  {entry_line(each.entry)}  ({', '.join(ways)})"


def considered_lines(considered: Sequence[Considered]) -> Iterator[str]:
    """What words that stand nowhere were compared with, each kept or dropped, and why."""
    for words in dict.fromkeys(each.words for each in considered):
        those = [each for each in considered if each.words == words]
        kept = sum(each.kept for each in those)
        yield ""
        yield f"“{words}” stands nowhere in the ledger; by meaning, {kept} kept of {count(len(those), 'candidate')}:"
        width = max(len(each.name) for each in those)
        for each in those:
            yield f"{'kept' if each.kept else 'dropped':<7}  {each.score:.2f}  {each.name:<{width}}  {each.reason}"
