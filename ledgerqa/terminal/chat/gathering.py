"""What the evidence panel shows of an answer: how entries were found, all rows, all contributing entries.

An entry's number is that of one generation of the index, so where the index is another one by now, the answer's plan
is run over it again.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledgerqa.records import Measure
from ledgerqa.terminal import captions
from ledgerqa.terminal.chat.grids import Grid, Heading, Line
from ledgerqa.terminal.chat.unticking import NOTHING, Unticked, without
from ledgerqa.terminal.contract import exact

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.evidence.nearest import Found
    from ledgerqa.records import Answer, Entry, Evidence, Plan
    from ledgerqa.terminal.tables import ShownTable

NEAREST: Final = 50
WAYS: Final = {"structured": "exact", "dense": "meaning", "sparse": "words"}
SUMMED: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST})
BOX: Final = {True: "[x]", False: "[ ]", None: ""}


# ----------------------------------------------------------------------------------------------- how entries were found


def sources_grid(answer: Answer, index: Index, encoder: Encoder | None, unticked: Unticked = NOTHING) -> Grid:
    """The entries nearest to the question within the plan's filters: by the plan, by meaning, by words.

    Where the plan was found by meaning each has a tick; what was `unticked` in this index is still listed.
    """
    from ledgerqa.evidence.nearest import nearest

    if answer.plan is None:
        return Grid(note="No query was made of this question.")
    plan = without(answer.plan, NOTHING)
    evidence = _gathered(plan, index, answer.today) if unticked else _evidence(answer, plan, index)
    text = plan.meaning or answer.question
    found = nearest(text, index, encoder, plan.filters, plan.period, NEAREST, evidence.entry_ids)
    entries = index.entries([each.entry_id for each in found])
    tickable = bool(plan.meaning)
    lines = [
        _source_line(each, entry, (not unticked.holds(entry)) if tickable else None)
        for each, entry in zip(found, entries, strict=True)
    ]
    box = (Heading(""),) if tickable else ()
    scores = Heading("score", right=True, minor=4), Heading("cosine", right=True, minor=3)
    headings = (*box, Heading("found by"), *scores, *_ENTRY)
    return Grid(
        headings, tuple(lines), "Nothing in the ledger is near this question.", index.info.generation
    ).measured()


def _source_line(found: Found, entry: Entry, ticked: bool | None) -> Line:
    ways = ", ".join(WAYS[way] for way in found.found_by)
    cosine = "" if found.cosine is None else f"{found.cosine:.2f}"
    box = [BOX[ticked]] if ticked is not None else []
    cells = (*box, ways, f"{100 * found.score:.1f}", cosine, *_entry_cells(entry))
    scores = round(found.score * 1_000_000), round((found.cosine or 0) * 1_000_000)
    keys: tuple[dt.date | str | int, ...] = (*box, ways, *scores, *_entry_keys(entry))
    return Line(cells, keys, entry.entry_id, ticked, entry)


# --------------------------------------------------------------------------------------------------------- all rows


def rows_grid(table: ShownTable | None) -> Grid:
    """All rows of the result."""
    if table is None:
        return Grid(note="The sentence says all of the result.")
    headings = tuple(
        Heading(column.heading, column.right, column.kind == "text", column.name in {"account", "source"})
        for column in table.columns
    )
    figure = next((place for place, column in enumerate(table.columns) if column.right), None)
    lines = []
    for row, value in zip(table.rows, table.values, strict=True):
        keys: list[Decimal | dt.date | str | int] = list(row)
        if figure is not None:
            keys[figure] = "" if value is None else value
        lines.append(Line(row, tuple(keys)))
    return Grid(headings, tuple(lines), "The result has no rows.").measured()


# --------------------------------------------------------------------------------------------- all contributing entries

_ENTRY: Final = (
    Heading("date"),
    Heading("payee", shrinks=True),
    Heading("narration", shrinks=True, minor=1),
    Heading("place", minor=5),  # stands above the entry's lines as well
)


def entries_grid(answer: Answer, index: Index, unticked: Unticked = NOTHING) -> Grid:
    """All entries that the answer rests on, in the order of the ledger; with the amounts that count, where they sum."""
    if answer.plan is None:
        return Grid(note="No query was made of this question.")
    plan = without(answer.plan, unticked)
    if plan.measure in SUMMED and not plan.compare:
        return _postings_grid(plan, answer.today, index)
    everything = _gathered(plan, index, answer.today, entries=True)
    entries = index.entries(sorted(set(everything.entry_ids)))
    lines = tuple(Line(_entry_cells(entry), _entry_keys(entry), entry.entry_id) for entry in entries)
    return Grid(_ENTRY, lines, "No entry contributes.", index.info.generation).measured()


def _postings_grid(plan: Plan, today: dt.date, index: Index) -> Grid:
    """The postings that are added up or counted: a line each."""
    listed = replace(plan, measure=Measure.LIST, group_by=(), order=None, limit=None, unit="posting")
    evidence = _gathered(listed, index, today)
    columns = [column.name for column in evidence.table.columns]
    if "amount" not in columns:
        return Grid(note="No entry contributes.")
    account, amount = columns.index("account") if "account" in columns else None, columns.index("amount")
    ids = [entry for entry in evidence.row_entries if entry is not None]
    entries = {entry.entry_id: entry for entry in index.entries(list(dict.fromkeys(ids)))}
    lines = []
    for row, entry_id in zip(evidence.table.rows, evidence.row_entries, strict=True):
        entry = entries.get(entry_id) if entry_id is not None else None
        if entry is None:
            continue
        number, currency = row[amount], str(row[amount + 1] or "")
        name = str(row[account] or "") if account is not None else ""
        shown = exact(number, index.digits(currency)) if isinstance(number, Decimal) else ""
        date, payee, narration, place = _entry_cells(entry)
        cells = (date, payee, narration, name, shown, currency, place)
        key = "" if number is None else number
        lines.append(Line(cells, (entry.date, payee, narration, name, key, currency, _place_key(entry)), entry_id))
    lines.sort(key=lambda line: line.entry or 0)
    headings = (
        *_ENTRY[:3],
        Heading("account", shrinks=True, tail=True, minor=3),
        Heading("amount", right=True),
        Heading(""),
        _ENTRY[3],
    )
    return Grid(headings, tuple(lines), "No entry contributes.", index.info.generation).measured()


def _entry_cells(entry: Entry) -> tuple[str, str, str, str]:
    narration = entry.narration if entry.payee or entry.narration else captions.entry_line(entry)[12:]
    return entry.date.isoformat(), _line(entry.payee), _line(narration), captions.place(entry)


def _entry_keys(entry: Entry) -> tuple[dt.date, str, str, str]:
    return entry.date, entry.payee, entry.narration, _place_key(entry)


def _place_key(entry: Entry) -> str:
    return f"{entry.file}:{entry.line:09}"


def _line(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------ the plan, run again


def _evidence(answer: Answer, plan: Plan, index: Index) -> Evidence:
    """The answer's evidence, of the generation that is in force."""
    same = answer.index is not None and answer.index.generation == index.info.generation
    return answer.evidence if same and answer.evidence else _gathered(plan, index, answer.today)


def _gathered(plan: Plan, index: Index, today: dt.date, *, entries: bool = False) -> Evidence:
    from ledgerqa.evidence import gather

    return gather(plan, index, today, row_limit=sys.maxsize, entry_limit=None if entries else NEAREST)
