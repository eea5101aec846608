"""The next generation's tables made from the ones before: a copy of them with the ledger's edits put in.

Entries are numbered by date, so an edit leaves the numbers below its earliest date alone.  What is dated before it
stays, but for the lines it stands on; what follows is loaded anew (`beans.resuming`) and inserted again.  Whatever
might not come out as a whole load has it raises `NotResumableError`.
"""

from __future__ import annotations

import decimal
import hashlib
import json
import os
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ledgerqa.beans import resuming
from ledgerqa.beans.edits import directing, edit_of, widened
from ledgerqa.beans.inputs import compare, read
from ledgerqa.beans.placing import relative, source_of, type_name
from ledgerqa.beans.resuming import Known, NotResumableError, Opening
from ledgerqa.beans.slices import split_lines
from ledgerqa.corpus.freshness import read_inputs
from ledgerqa.corpus.generations import DATABASE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ledgerqa.beans.book import Book
    from ledgerqa.beans.edits import Edit
    from ledgerqa.beans.inputs import Inputs
    from ledgerqa.beans.placing import Places
    from ledgerqa.beans.resuming import Written
    from ledgerqa.corpus.index import Index

MOST_RESUMED = 50
"""Generations in a row that are made from the one before; then the whole is loaded again, to be on the safe side."""
MOST_ENTRIES = 20_000
"""Directives that are loaded anew at most: beyond, a whole load costs little more."""
_EARLY_FAULTS = ("Parser", "Lexer", "Load", "Deprecated", "Document")
"""Beginnings of the kinds of faults that are found before booking, or outside the ledger's files."""


_TYPE_ORDER = (
    "CASE type WHEN 'open' THEN -2 WHEN 'balance' THEN -1 WHEN 'document' THEN 1 WHEN 'close' THEN 2 ELSE 0 END"
)
_WIDE = decimal.Context(prec=60)
_WITH_LOTS = """
    SELECT DISTINCT account FROM postings WHERE entry_id < $1 AND account IN (SELECT unnest($2::VARCHAR[]))
    AND cost_currency IS NOT NULL
"""
_LOTS = f"""
    SELECT account, currency, coalesce(number::VARCHAR, number_text), coalesce(cost::VARCHAR, cost_text), cost_currency,
           cost_date, cost_label
    FROM postings WHERE entry_id < $1 AND account IN ({_WITH_LOTS}) ORDER BY posting_id
"""
_SUMS = f"""
    SELECT account, currency, sum(number), list(number_text) FILTER (number_text IS NOT NULL)
    FROM postings WHERE entry_id < $1 AND account IN (SELECT unnest($2::VARCHAR[])) AND account NOT IN ({_WITH_LOTS})
    GROUP BY account, currency ORDER BY account, currency
"""


class _File(NamedTuple):
    """A file of the ledger: its path and name, its option lines, and its edit where it has changed."""

    path: str
    name: str
    options: str
    edit: Edit | None


class Change(NamedTuple):
    """What the edits come to: entries below `kept` stay, `book` has all others, which stand at `places`.

    `shifts` are by how many lines entries have moved; `removed` and `added` what is gone and new.
    """

    kept: int
    book: Book
    places: Places
    shifts: dict[int, int]
    removed: list[Known]
    added: list[Written]
    decimals: Counter[tuple[str, int]]


def resume(before: Index, database: Path) -> tuple[dict[str, int], Inputs]:
    """Write to `database` the tables of `before` with all edits of its ledger since.

    Gives the number of rows a table, and what the result depends on.  Raises `NotResumableError`, OSError, and what
    DuckDB raises.
    """
    from ledgerqa.corpus.patching import patch

    started_ns = time.time_ns()
    known = read_inputs(before.folder)
    if known is None or known.folders or known.absent:
        raise NotResumableError("the ledger depends on more than its files")
    if int(before.facts["resumed"]) >= MOST_RESUMED:
        raise NotResumableError("the last whole load is long ago")
    contents: dict[str, bytes] = {}
    stamps = []
    for each in known.files:
        status = os.stat(each.path)  # noqa: PTH116
        stamp = each
        if (each.size, each.mtime_ns, each.ctime_ns) != (status.st_size, status.st_mtime_ns, status.st_ctime_ns):
            stamp, content = read(each.path, started_ns)
            if not stamp.sha256:
                raise NotResumableError(f"{each.path} is being written")
            if stamp.sha256 != each.sha256:
                contents[each.path] = content
        stamps.append(stamp)
    inputs = replace(known, files=tuple(stamps))
    if changed := compare(inputs).changed:
        raise NotResumableError(changed)
    change = change_of(before, contents)
    main = before.ledger.main_file
    sources = [
        source_of(path, relative(path, main), len(content), hashlib.sha256(content).hexdigest(), split_lines(content))
        for path, content in contents.items()
    ]
    return patch(before.folder / DATABASE, database, change, sources), inputs


def change_of(before: Index, contents: dict[str, bytes]) -> Change:
    """What became of the ledger of an index when these of its files (by absolute path) have these contents now."""
    if before.facts["plugins"] != "[]":
        raise NotResumableError("the ledger has plugins")
    _check_faults(before)
    files = _files(before, contents)
    removed, added, shifts = [], [], {}
    decimals: Counter[tuple[str, int]] = Counter()
    for file in files.values():
        if file.edit is None:
            continue
        known = _known(before, "file = ? ORDER BY line", [file.name], files)
        edit = widened(file.edit, [(each.line, each.end_line) for each in known])
        inside = [each for each in known if edit.first < each.line <= edit.end and not each.made]
        found = resuming.difference(edit, inside, file.options)
        removed += found.removed
        added += found.added
        moved = {each.line: found.moved[each.entry_id] for each in inside if each.entry_id in found.moved}
        for each in known:
            if lines := edit.shift if each.line > edit.end else moved.get(each.line, 0):
                shifts[each.entry_id] = lines
        decimals.update(found.decimals)
    dates = [each.date for each in removed] + [each.directive.date for each in added]
    kept = _kept(before, min(dates)) if dates else _count(before)
    gone = {each.entry_id for each in removed}
    later = _known(before, "entry_id >= ? ORDER BY entry_id", [kept], files)
    if len(later) > MOST_ENTRIES:
        raise NotResumableError(f"{len(later)} directives are dated later than the edit")
    if any(each.made for each in later):
        raise NotResumableError("there is padding after the edit")
    tail = [_shifted(each, shifts) for each in later if each.entry_id not in gone]
    options = {path: file.options for path, file in files.items()}
    written = resuming.in_order([*resuming.parsed(tail, options), *added], shifts)
    _check_changed(before, kept, removed, added)
    _check_pads(before, kept, written)
    _check_order(before, kept, shifts)
    lasting = "entry_id < ? AND type IN ('open', 'close', 'commodity') ORDER BY entry_id"
    standing = [_shifted(each, shifts) for each in _known(before, lasting, [kept], files)]
    openings = _openings(before, kept, written)
    main = str(before.ledger.main_file)
    beancount_options = resuming.options_of(main, options[main])
    booked = resuming.booked(written, resuming.parsed(standing, options), openings, beancount_options)
    book, places = resuming.book_of(before.ledger.main_file, booked, beancount_options)
    return Change(kept, book, places, shifts, removed, added, decimals)


def _shifted(known: Known, shifts: dict[int, int]) -> Known:
    lines = shifts.get(known.entry_id, 0)
    return replace(known, line=known.line + lines, end_line=known.end_line + lines) if lines else known


def _count(before: Index) -> int:
    return int(before.query("SELECT count(*) FROM entries")[0][0])


def _kept(before: Index, date: dt.date) -> int:
    return int(before.query("SELECT count(*) FROM entries WHERE date < ?", [date])[0][0])


def _files(before: Index, contents: dict[str, bytes]) -> dict[str, _File]:
    """The ledger's files by path."""
    rows = before.query("SELECT path, name, lines, directing, blocks FROM sources")
    if not contents.keys() <= {path for path, *_ in rows}:
        raise NotResumableError("a file is new")
    files = {}
    for path, name, count, said, blocks in rows:
        edit = None
        if path in contents:
            lines = split_lines(contents[path])
            options = resuming.option_lines(path, lines, contents[path])
            if "\n".join(directing(lines)) != said:
                raise NotResumableError(f"{path} has other options, plugins or includes")
            edit = edit_of(path, lines, json.loads(blocks), count)
        else:
            options = resuming.options_among(said.split("\n"))
        files[path] = _File(path, name, options, edit)
    return files


def _known(before: Index, where: str, parameters: Sequence[object], files: dict[str, _File]) -> list[Known]:
    """Directives of the index."""
    paths = {file.name: file.path for file in files.values()}
    rows = before.query(
        f"SELECT entry_id, type, file, line, end_line, date, slice, made FROM entries WHERE {where}",
        parameters,
    )
    return [
        Known(entry_id, kind, paths[name], line, end_line, date, text, made)
        for entry_id, kind, name, line, end_line, date, text, made in rows
    ]


def _check_faults(before: Index) -> None:
    """Refuse a ledger with faults that are not those of one entry, found when it was booked or later."""
    for kind, message, entry_id in before.query("SELECT kind, message, entry_id FROM ledger_errors"):
        if entry_id is None or kind.startswith(_EARLY_FAULTS):
            raise NotResumableError(f"the ledger has a fault: {message}")


def _check_changed(before: Index, kept: int, removed: Sequence[Known], added: Sequence[Written]) -> None:
    """Refuse edits that change what entries before them are checked against."""
    changed = [(each.type, each.subject) for each in removed]
    changed += [(type_name(each.directive), getattr(each.directive, "account", "")) for each in added]
    if any(kind == "pad" for kind, _ in changed):
        raise NotResumableError("a pad has changed")
    opened = [account for kind, account in changed if kind == "open"]
    used = (
        "SELECT count(*) FROM (SELECT account FROM postings WHERE entry_id < $1 UNION ALL"
        " SELECT account FROM balances WHERE entry_id < $1 UNION ALL SELECT account FROM notes WHERE entry_id < $1"
        " UNION ALL SELECT account FROM documents WHERE entry_id < $1 UNION ALL"
        " SELECT unnest([account, source_account]) FROM pads WHERE entry_id < $1 UNION ALL"
        " SELECT account FROM accounts WHERE open_entry < $1) WHERE account IN (SELECT unnest($2::VARCHAR[]))"
    )
    if opened and before.query(used, [kept, opened])[0][0]:
        raise NotResumableError("an account that is used before the edit is opened otherwise")


def _check_pads(before: Index, kept: int, tail: Iterable[Written]) -> None:
    """Refuse a balance check that a pad before the edit might still be waiting for."""
    last = dict(before.query("SELECT account, max(entry_id) FROM pads WHERE entry_id < ? GROUP BY account", [kept]))
    if not last:
        return
    checked = set(
        before.query(
            "SELECT b.account, b.currency FROM balances b JOIN (SELECT account, max(entry_id) AS pad FROM pads"
            " WHERE entry_id < $1 GROUP BY account) p USING (account) WHERE b.entry_id < $1 AND b.entry_id > p.pad",
            [kept],
        )
    )
    for each in tail:
        kind = type_name(each.directive)
        if kind == "pad":
            raise NotResumableError("there is a pad after the edit")
        if kind != "balance" or each.directive.account not in last:
            continue
        if (each.directive.account, each.directive.amount.currency) not in checked:
            raise NotResumableError("a pad before the edit waits for a balance check after it")


def _check_order(before: Index, kept: int, shifts: dict[int, int]) -> None:
    """Refuse where moved lines would put the entries that stay in another order: lines order those of one date."""
    if not any(entry < kept for entry in shifts):
        return
    rows = before.query(
        f"""
        WITH moves AS (SELECT unnest($2::INTEGER[]) AS entry_id, unnest($3::INTEGER[]) AS lines),
        placed AS (SELECT e.entry_id, e.date, e.file, {_TYPE_ORDER} AS rank, e.line + coalesce(m.lines, 0) AS line,
                   m.lines IS NOT NULL AS moved FROM entries e LEFT JOIN moves m USING (entry_id)
                   WHERE e.entry_id < $1),
        pairs AS (SELECT *, lead(date) OVER w AS date2, lead(rank) OVER w AS rank2, lead(line) OVER w AS line2,
                  lead(file) OVER w AS file2, lead(moved) OVER w AS moved2
                  FROM placed WINDOW w AS (ORDER BY entry_id))
        SELECT count(*) FROM pairs WHERE (moved OR moved2) AND date = date2 AND rank = rank2
            AND (line > line2 OR (line = line2 AND file <> file2))
        """,
        [kept, list(shifts), list(shifts.values())],
    )
    if rows[0][0]:
        raise NotResumableError("lines moved past those of other files")


def _openings(before: Index, kept: int, tail: Sequence[Written]) -> list[Opening]:
    """What the accounts that the tail's transactions and balance checks need held before it."""
    used, checked = set(), set()
    for each in tail:
        kind = type_name(each.directive)
        if kind == "transaction":
            used |= {posting.account for posting in each.directive.postings}
        elif kind == "balance":
            checked.add(each.directive.account)
    accounts = [
        account
        for (account,) in before.query("SELECT account FROM accounts ORDER BY account")
        if account in used or any(account == each or account.startswith(f"{each}:") for each in checked)
    ]
    rows = before.query(_LOTS, [kept, accounts])
    found = [
        Opening(
            account, _decimal(number), currency, None if cost is None else (_decimal(cost), cost_currency, date, label)
        )
        for account, currency, number, cost, cost_currency, date, label in rows
    ]
    number: Any
    for account, currency, number, texts in before.query(_SUMS, [kept, accounts]):
        with decimal.localcontext(decimal.Context(prec=60)):
            total = sum((Decimal(text) for text in texts or ()), _decimal(number or "0"))
        if total:
            found.append(Opening(account, total, currency, None))
    return found


def _decimal(number: Decimal | str) -> Decimal:
    """A number without the zeros that a column adds to it."""
    plain = Decimal(number)
    exponent = int(plain.normalize(_WIDE).as_tuple().exponent)
    return plain.quantize(Decimal(1).scaleb(min(exponent, 0)), context=_WIDE)
