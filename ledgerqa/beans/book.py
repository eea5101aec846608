"""What loading gives: a `Book`, whose directives come out as batches of rows, table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.beans.inputs import Inputs
    from ledgerqa.beans.placing import Places

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much is done and how much there is (0: unknown)."""

SYNTAX_FAULTS = frozenset({"ParserError", "ParserSyntaxError", "LexerError"})
"""What Beancount calls faults of the parser and the lexer."""


@dataclass(frozen=True)
class LedgerFault:
    """A fault that Beancount reported: `kind` is its name for it; `file` is absolute, "" where unknown."""

    kind: str
    message: str
    file: str
    line: int
    entry_id: int | None = None


@dataclass(frozen=True)
class Source:
    """A file of the ledger that the load read.

    `lines` is how many it has, `directing` those of them that say how others are read, `blocks` (JSON) the hashes
    of blocks of its lines: by these the next load finds what has changed (see `edits`).
    """

    path: str
    name: str
    size: int
    sha256: str
    lines: int = 0
    directing: str = ""
    blocks: str = "[]"


class Batch(NamedTuple):
    """Rows of one table of `ledgerqa.corpus.schema`; amounts are Decimals, dates `datetime.date`."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Book:
    """A loaded ledger.  `directives` are Beancount's own, in its order; no one outside `beans` looks into them.

    `modules` are those that plugins were imported from, `code` their files; `day` is that of the load.
    """

    main: Path
    directives: list[Any]
    options: dict[str, Any]
    faults: tuple[LedgerFault, ...]
    started_ns: int
    day: str = ""
    modules: frozenset[str] = frozenset()
    code: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> Places:
        """Where each directive stands; the ledger's files are read for it, once."""
        from ledgerqa.beans.placing import place

        return place(self)

    def inputs(self) -> Inputs:
        """What this load depended on."""
        from ledgerqa.beans.placing import inputs

        return inputs(self)

    def syntax_faults(self) -> list[LedgerFault]:
        """Those where the syntax is at fault: what stands there was left out, as of an entry that is being typed."""
        return [fault for fault in self.faults if fault.kind in SYNTAX_FAULTS]

    def batches(self, progress: Progress | None = None) -> Iterator[Batch]:
        """Every table's rows, entries first; a table may come in several batches."""
        from ledgerqa.beans.tables import batches

        return batches(self, progress)
