"""Loading what an edit can have changed, and no more: booking resumed from what the accounts held before it.

Beancount's booking, balance checks and validation run forwards in time, so an edit leaves everything before its
earliest date as it was.  What comes after is parsed again from its source slices, and goes through Beancount's own
functions behind the `open` directives and one made-up transaction an account that stands for all before.  Where that
might not give what the whole load gives, `NotResumableError` says why, and the whole is loaded: plugins, options,
syntax errors, an account opened late, padding, anything that Beancount finds fault with.
"""

from __future__ import annotations

import codecs
import datetime as dt
import itertools
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ledgerqa.beans.book import Book
from ledgerqa.beans.edits import directing, is_directing
from ledgerqa.beans.facts import decimals_of
from ledgerqa.beans.placing import Places
from ledgerqa.beans.slices import FIRST_LINE, cut

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from ledgerqa.beans.edits import Edit

_STACK = ("pushtag", "pushmeta")
_OPENING = "<before>"
_EARLIEST = dt.date(1, 1, 2)


class NotResumableError(Exception):
    """The whole ledger must be loaded; the message says why."""


@dataclass(frozen=True)
class Known:
    """A directive as the index has it: `line` and `end_line` are 1-based and inclusive, `path` is absolute.

    What Beancount made (padding) has no text, and the line of the directive that it was made for.
    """

    entry_id: int
    type: str
    path: str
    line: int
    end_line: int
    date: dt.date
    text: str
    made: bool = False

    @property
    def subject(self) -> str:
        """The third word: the account of an `open` or `close`, the currency of a `price`."""
        return self.text.split(maxsplit=3)[2].rstrip(";")


@dataclass(frozen=True)
class Written:
    """A directive as it stands in a file now; `entry_id` is what the index calls it, None for a new one."""

    directive: Any
    path: str
    line: int
    end_line: int
    text: str
    entry_id: int | None = None


@dataclass(frozen=True)
class Opening:
    """Units that an account held, and their cost, before the directives that are loaded; in order of booking."""

    account: str
    number: Decimal
    currency: str
    cost: tuple[Decimal, str, dt.date, str | None] | None


class Difference(NamedTuple):
    """What became of the directives of an edit: `moved` says by how many lines those that stayed have moved.

    `decimals` is how often each number of decimals is written more than before, by currency and number.
    """

    moved: dict[int, int]
    removed: list[Known]
    added: list[Written]
    decimals: Counter[tuple[str, int]]


def option_lines(path: str, lines: Sequence[str], content: bytes) -> str:
    """The options that a file is read with; refuses a file of which no part can be read alone."""
    if b"\0" in content or b"\r" in content or content[:3] == codecs.BOM_UTF8 or path.endswith((".gpg", ".asc")):
        raise NotResumableError(f"{path} is no plain text")
    found = directing(lines)
    if any(line.startswith(_STACK) for line in found):
        raise NotResumableError(f"{path} has pushtag or pushmeta")
    if any(line.count('"') % 2 for line in found):
        raise NotResumableError(f"{path} has an option over several lines")
    return options_among(found)


def options_among(directing: Iterable[str]) -> str:
    """The option lines of these."""
    return "\n".join(line for line in directing if line.startswith("option"))


def difference(edit: Edit, before: Sequence[Known], options: str) -> Difference:
    """What an edit (widened to whole directives) made of the directives `before` in its lines, in order of line."""
    text = ["" if is_directing(line) else line for line in edit.text]
    pieces = [(edit.first + 1, text)] if text else []
    directives, decimals = _parse(edit.path, options, pieces)
    now = [_written(directive, edit) for directive in directives]
    by_text: dict[str, deque[Known]] = defaultdict(deque)
    for known in before:
        by_text[known.text].append(known)
    moved: dict[int, int] = {}
    added = []
    for written in now:
        if by_text[written.text]:
            same = by_text[written.text].popleft()
            moved[same.entry_id] = written.line - same.line
        else:
            added.append(written)
    removed = [known for rest in by_text.values() for known in rest]
    _, were = _parse(edit.path, options, [(known.line, known.text.split("\n")) for known in before])
    decimals.subtract(were)
    return Difference(moved, removed, added, decimals)


def _written(directive: Any, edit: Edit) -> Written:
    line = directive.meta["lineno"]
    if not 0 < line <= len(edit.lines) or FIRST_LINE.match(edit.lines[line - 1]) is None:
        raise NotResumableError(f"{edit.path}:{line} does not begin with a date")
    _, end_line, text = cut(edit.lines, line)
    return Written(directive, edit.path, line, end_line, text)


def parsed(known: Sequence[Known], options: Mapping[str, str]) -> list[Written]:
    """Directives that the index has, parsed again from their source; `options` are the option lines of each file."""
    by_path: dict[str, list[Known]] = defaultdict(list)
    for each in known:
        by_path[each.path].append(each)
    found: list[Written] = []
    for path, pieces in by_path.items():
        by_line = {each.line: each for each in pieces}
        directives, _ = _parse(path, options[path], [(each.line, each.text.split("\n")) for each in pieces])
        if sorted(directive.meta["lineno"] for directive in directives) != sorted(by_line):
            raise NotResumableError(f"{path} reads otherwise than it did")
        for directive in directives:
            was = by_line[directive.meta["lineno"]]
            found.append(Written(directive, path, was.line, was.end_line, was.text, was.entry_id))
    return found


def _parse(
    path: str, options: str, pieces: Iterable[tuple[int, list[str]]]
) -> tuple[list[Any], Counter[tuple[str, int]]]:
    """The directives of pieces of a file, each put on its line (1-based) again."""
    from beancount.parser import parser

    lines: list[str] = []
    first = 0
    for line, text in sorted(pieces):
        first = first or line
        if line < first + len(lines):
            raise NotResumableError(f"{path}:{line} stands inside another directive")
        lines += [""] * (line - first - len(lines))
        lines += text
    heads = options.split("\n") if options else []
    directives, errors, parsed_options = parser.parse_string(
        "\n".join([*heads, *lines, ""]), report_filename=path, report_firstline=first - len(heads)
    )
    if errors:
        raise NotResumableError(f"{path} has a fault: {errors[0].message}")
    decimals: Counter[tuple[str, int]] = Counter()
    for currency, counts in decimals_of(parsed_options).items():
        if isinstance(counts, dict):
            decimals.update({(currency, digits): count for digits, count in counts.items()})
    return list(directives), decimals


def options_of(main: str, option_lines: str) -> dict[str, Any]:
    """Beancount's options for a ledger whose main file has these option lines."""
    from beancount.parser import parser

    _, errors, options = parser.parse_string(f"{option_lines}\n", report_filename=main)
    if errors or options["plugin_processing_mode"] != "default" or options["documents"]:
        raise NotResumableError("an option is not understood, or asks for what only a whole load does")
    return dict(options)


def prices_of(texts: Iterable[str]) -> list[Any]:
    """The price directives of these source slices, in their order where their dates are equal."""
    from beancount.parser import parser

    directives, _, _ = parser.parse_string("\n".join([*texts, ""]))
    return list(directives)


def sorting_key(directive: Any) -> tuple[Any, ...]:
    """By what Beancount orders directives: date, type, line."""
    from beancount.core import data

    return tuple(data.entry_sortkey(directive))


def in_order(written: Iterable[Written], moved: Container[int]) -> list[Written]:
    """In Beancount's order.

    Entries on one line of two files stay in their order; where one is new or has `moved`, that is not known.
    """
    keyed = sorted(
        ((sorting_key(each.directive), each.entry_id is None, each.entry_id or 0, each) for each in written),
        key=lambda item: item[:3],
    )
    for (key, _, _, one), (other_key, _, _, other) in itertools.pairwise(keyed):
        if key == other_key and any(each.entry_id is None or each.entry_id in moved for each in (one, other)):
            raise NotResumableError("two files have a directive of one date on one line")
    return [each for *_, each in keyed]


def booked(
    written: Sequence[Written], standing: Sequence[Written], openings: Iterable[Opening], options: dict[str, Any]
) -> list[Written]:
    """The directives after Beancount's booking, checks and validation, in its order.

    `standing` are the opens, closes and commodities from before; `openings` what the accounts held then.
    """
    from beancount import loader
    from beancount.ops import validation
    from beancount.parser import booking

    if not written:
        return []
    held = _inventories(openings)
    opening = _opening_entries(held, min(each.directive.date for each in written))
    before = [each.directive for each in sorted(standing, key=lambda each: each.entry_id or 0)]
    directives, errors = booking.book([*before, *(each.directive for each in written)], options, held)
    directives, more = loader.run_transformations([*opening, *directives], errors, options, None)
    errors = [*more, *validation.validate(directives, options, None, [])]
    by_place = {(each.path, each.line): each for each in written}
    ignored = {(each.path, each.line) for each in standing} | {(_OPENING, 0)}
    for error in errors:
        source = getattr(error, "source", None) or {}
        if (source.get("filename"), source.get("lineno")) not in ignored:
            raise NotResumableError(f"Beancount reports: {getattr(error, 'message', error)}")
    found = [each for each in directives if _place_of(each) in by_place]
    if len(found) != len(written):
        raise NotResumableError("Beancount made other directives of these")
    return [replace(by_place[_place_of(each)], directive=each) for each in found]


def _place_of(directive: Any) -> tuple[str, int]:
    return directive.meta["filename"], directive.meta["lineno"]


def _inventories(openings: Iterable[Opening]) -> defaultdict[str, Any]:
    from beancount.core import inventory
    from beancount.core.amount import Amount
    from beancount.core.position import Cost

    held: defaultdict[str, Any] = defaultdict(inventory.Inventory)
    for opening in openings:
        cost = None if opening.cost is None else Cost(*opening.cost)
        held[opening.account].add_amount(Amount(opening.number, opening.currency), cost)
    return held


def _opening_entries(held: Mapping[str, Any], first: dt.date) -> list[Any]:
    """A transaction for each account that brings it to what it held on the day before `first`."""
    from beancount.core import data

    date = first - dt.timedelta(days=1) if first >= _EARLIEST else first
    entries = []
    for account, inventory in held.items():
        postings = [data.Posting(account, lot.units, lot.cost, None, None, None) for lot in inventory]
        meta = data.new_metadata(_OPENING, 0)
        entries.append(data.Transaction(meta, date, "*", None, "", frozenset(), frozenset(), postings))
    return entries


def book_of(main: Path, written: Sequence[Written], options: dict[str, Any]) -> tuple[Book, Places]:
    """Directives as a book, and where they stand."""
    places = Places([each.end_line for each in written], [each.text for each in written], [False] * len(written))
    return Book(main, [each.directive for each in written], options, (), 0), places
