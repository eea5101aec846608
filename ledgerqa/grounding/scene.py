"""What every sentence needs at hand: the plan, its evidence read as lines, the ledger's names and the citations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from ledgerqa.grounding import figures, phrases
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import ENDS, RATIO
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Root, Valuation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledgerqa.records import Cell, Citation, Entry, Evidence, Fact, Filters, Plan

FEW = 6  # rows that a sentence says in full; of more, only the telling ones
SOME = 3  # how many those are
FIGURES = frozenset({"amount", "average", "count"})  # the column of a figure; a `year` may be a number too
_DRAWN = compiled(r":(?:owner|partner)?s?-?draw(?:n|ing|ings|s)?\b|:withdrawals?\b|:privatentnahmen?\b", re.IGNORECASE)
CREDIT_NORMAL = frozenset({Root.INCOME, Root.EQUITY})


class LedgerNames(Protocol):
    """What the sentences ask of `corpus.LedgerFacts`."""

    @property
    def root_names(self) -> Mapping[Root, str]:
        """What the ledger calls its five roots."""


class Books(Protocol):
    """What the sentences ask of `corpus.Index`."""

    @property
    def ledger(self) -> LedgerNames:
        """Facts about the ledger."""

    def digits(self, currency: str) -> int:
        """The decimals with which a currency is displayed."""

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """These entries, in the order asked."""


def is_valued(plan: Plan) -> bool:
    """Whether the plan's amounts are values at costs, prices or rates, and not as they were booked."""
    return plan.valuation is not Valuation.UNITS or plan.convert_to is not None


@dataclass(frozen=True)
class Line:
    """One result row of a measure that gives figures: its side of a comparison, its group keys, its figure."""

    side: str
    keys: tuple[str, ...]
    number: Decimal
    currency: str
    row: int


@dataclass(frozen=True)
class Scene:
    """One question's plan and evidence, with the ledger's names.  All numbers keep the ledger's sign until `turned`."""

    plan: Plan
    evidence: Evidence
    books: Books
    citations: tuple[Citation, ...] = ()

    # ------------------------------------------------------------------------------------------- rows

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows as lines; rows without a figure (an average of nothing) are left out."""
        columns = self.evidence.table.columns
        at = next((i for i, column in enumerate(columns) if column.name in FIGURES), None)
        if at is None:
            return ()
        sided = bool(columns) and columns[0].name == "side"
        found = []
        for number, row in enumerate(self.evidence.table.rows):
            figure = row[at]
            if figure is None:
                continue
            currency = text(row[at + 1]) if at + 1 < len(row) and columns[at + 1].type == "currency" else ""
            keys = tuple(text(cell) for cell in row[int(sided) : at])
            found.append(Line(text(row[0]) if sided else "", keys, Decimal(str(figure)), currency, number))
        return tuple(found)

    def cell(self, row: int, name: str) -> Cell:
        """The cell of a named column; None where the table has no such column."""
        for at, column in enumerate(self.evidence.table.columns):
            if column.name == name:
                return self.evidence.table.rows[row][at]
        return None

    def amount(self, row: int, name: str) -> tuple[Decimal, str] | None:
        """The money in a named column, with the currency in the column after it; None where there is none."""
        columns, cells = self.evidence.table.columns, self.evidence.table.rows[row]
        for at, column in enumerate(columns):
            if column.name == name and cells[at] is not None:
                money = at + 1 < len(columns) and columns[at + 1].type == "currency"
                return Decimal(str(cells[at])), text(cells[at + 1]) if money else ""
        return None

    @property
    def only(self) -> bool:
        """Whether there is one row, or one was asked for."""
        return len(self.evidence.table.rows) == 1 and 1 in (self.evidence.table.row_count, self.plan.limit)

    @property
    def limited(self) -> bool:
        """Whether the rows are the first of more because the plan asks for no more."""
        table, limit = self.evidence.table, self.plan.limit
        if self.plan.limit_by is not None:
            return len(table.rows) < table.row_count
        told = len(table.rows) if self.plan.key == ENDS or self.plan.pick == "ends" else limit
        return limit is not None and len(table.rows) == told and len(table.rows) < table.row_count

    @property
    def cut(self) -> bool:
        """Whether the rows are the first of more although all were asked for."""
        return not self.limited and len(self.evidence.table.rows) < self.evidence.table.row_count

    @property
    def all_rows(self) -> str:
        """How many rows there are, and where: of all that match, or of those asked for."""
        if self.plan.limit_by is not None:
            return "the table has the first of them" if self.evidence.table.truncated else "the table has them all"
        rows = figures.count(self.evidence.table.row_count, "row")
        if self.limited:
            return f"the table has {len(self.evidence.table.rows):,} of {rows}"
        return f"the table has the first of {rows}" if self.cut else f"the table has all {rows}"

    @property
    def by_time(self) -> bool:
        """Whether rows follow each other in time."""
        return bool(TIME_GROUPINGS.intersection(self.plan.group_by))

    # ------------------------------------------------------------------------------------------ facts

    def facts(self, name: str) -> list[Fact]:
        """The facts of that name."""
        return [one for one in self.evidence.facts if one.name == name]

    # ------------------------------------------------------------------------------------------ roots

    def root(self, account: str) -> Root | None:
        """The type of an account by the ledger's own root names; None for what is no account."""
        first = account.partition(":")[0]
        return next((root for root, name in self.books.ledger.root_names.items() if name == first), None)

    @cached_property
    def roots(self) -> frozenset[Root]:
        """The account types that the figures may cover; empty where nothing narrows them."""
        sides = [variant.filters for variant in self.plan.compare] or [self.plan.filters]
        covered = frozenset[Root]().union(*[self._roots_of(filters) for filters in sides])
        return covered or self._roots_of(self.plan.filters)

    def _roots_of(self, filters: Filters) -> frozenset[Root]:
        of_accounts = frozenset(root for root in map(self.root, filters.accounts) if root)
        given = frozenset(filters.roots)
        return of_accounts & given if of_accounts and given else of_accounts or given

    def root_of(self, line: Line) -> Root | None:
        """The account type of one line: of its own account where grouped so, of its side, or of the whole plan."""
        grouping = dict(zip(self.plan.group_by, line.keys, strict=False))
        if Grouping.ACCOUNT in grouping:
            return self.root(grouping[Grouping.ACCOUNT])
        if self.plan.measure in (Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET) and line.keys:
            return self.root(line.keys[0])
        filters = next((one.filters for one in self.plan.compare if one.label == line.side), None)
        roots = (self._roots_of(filters) if filters else frozenset()) or self.roots
        return next(iter(roots)) if len(roots) == 1 else None

    # ---------------------------------------------------------------------------------------- figures

    def money(self, number: Decimal, currency: str) -> str:
        """An amount with the currency's decimals: exactly, unless it is a value at prices or rates."""
        if is_valued(self.plan):
            return self.worth(number, currency)
        return figures.money(number, currency, self.books.digits(currency) if currency else 0)

    def units(self, number: Decimal, commodity: str) -> str:
        """What is held of a commodity, exactly."""
        return figures.money(number, commodity, self.books.digits(commodity) if commodity else 0)

    def worth(self, number: Decimal, currency: str) -> str:
        """A value at prices or rates, to the currency's decimals."""
        return figures.valued(number, currency, self.books.digits(currency) if currency else 0)

    def quotient(self, number: Decimal, currency: str) -> str:
        """An average, shortened to the currency's decimals."""
        digits = max(self.books.digits(currency), figures.CENTS) if currency else figures.CENTS
        return f"{figures.shortened(number, digits)} {currency}".rstrip()

    def turned(self, line: Line) -> Decimal:
        """The line's figure in the sign people mean: income and equity positive; a number of things as it is."""
        if self.plan.measure is Measure.COUNT:
            return line.number
        number = -line.number if self.root_of(line) in CREDIT_NORMAL or self._is_surplus(line) else line.number
        return -number if self.outward else number

    @property
    def turn(self) -> int:
        """What figures of the whole plan are multiplied by, for the sign people mean."""
        counted = self.plan.measure is Measure.COUNT
        turn = -1 if len(self.roots) == 1 and self.roots <= CREDIT_NORMAL and not counted else 1
        return -turn if self.outward else turn

    @cached_property
    def outward(self) -> Literal["", "billed", "drawn"]:
        """Whether it is what suppliers billed, by groups, or what owners drew: people count both above nought."""
        filters = self.plan.filters
        if self.plan.measure not in {Measure.SUM, Measure.AVERAGE}:
            return ""
        if (
            self.roots == {Root.LIABILITIES}
            and filters.sign < 0
            and self.plan.group_by
            and self.plan.measure is Measure.SUM
        ):
            return "billed"
        drawn = filters.accounts and all(_DRAWN.search(name) for name in filters.accounts)
        return "drawn" if drawn and self.roots == {Root.EQUITY} else ""

    def _is_surplus(self, line: Line) -> bool:
        """Whether the line is what income left over expenses, told as a part of income."""
        side = next((one.filters for one in self.plan.compare if one.label == line.side), None)
        roots = self._roots_of(side) if side else frozenset()
        return self.plan.key == RATIO and roots == {Root.INCOME, Root.EXPENSES}

    # ---------------------------------------------------------------------------------------- phrases

    @property
    def when(self) -> str:
        """The period with a space before it; when open, the span that the matching entries cover."""
        stated = phrases.during(self.plan.period) if self.plan.period or self.plan.period.label else ""
        return spaced(stated or phrases.covering(self.evidence.first_date, self.evidence.last_date))

    @property
    def as_of(self) -> str:
        """The day of a balance with a space before it; "" for the newest."""
        return spaced(phrases.at_the_end_of(self.plan.period))

    @property
    def newest(self) -> str:
        """For what stands at no stated day: how far the books go, with a space before it."""
        last = self.evidence.last_date
        return f" (last entry {last.isoformat()})" if last else ""

    @property
    def valued(self) -> str:
        """The valuation named, after a comma."""
        named = phrases.valuation(self.plan)
        rated = [day.isoformat() for day in self.evidence.rated]
        days = f" (of {' to '.join(dict.fromkeys((rated[0], rated[-1])))})" if rated else ""
        for newest in ("newest market prices", "newest rates"):
            named = named.replace(newest, f"{newest}{days}")
        return f", {named}" if named else ""

    def of(self, about: str = "for", at: str = "with") -> str:
        """What the figures are of, with a space before it; amounts that are said name their currencies themselves."""
        filters = self.plan.filters
        if self.evidence.table.rows and self.plan.measure is not Measure.COUNT:
            filters = replace(filters, currencies=())
        of = "in amounts " if self.plan.measure in (Measure.SUM, Measure.AVERAGE) else ""
        return spaced(phrases.subject(filters, about, at, of))

    # ---------------------------------------------------------------------------------------- sources

    @property
    def resting(self) -> str:
        """How many entries the figure rests on, with their marks: ", over 52 entries [1–10]"."""
        if not self.evidence.contributing:
            return self.marks
        return f", over {figures.count(self.evidence.contributing, 'entry')}{self.marks}"

    @property
    def marks(self) -> str:
        """The marks of all citations, with a space before them."""
        return spaced(figures.marks(citation.id for citation in self.citations))

    def entry_type(self, row: int) -> str:
        """The type of the directive that a row is, as far as it is cited."""
        entries = self.evidence.row_entries
        of_row = entries[row] if row < len(entries) else None
        return next((one.entry.type for one in self.citations if one.entry.entry_id == of_row), "")

    def mark(self, rows: Iterable[int]) -> str:
        """The marks of the entries that these rows are, with a space before them."""
        by_entry = {citation.entry.entry_id: citation.id for citation in self.citations}
        entries = self.evidence.row_entries
        wanted = [entries[row] for row in rows if row < len(entries)]
        return spaced(figures.marks(by_entry[entry] for entry in wanted if entry is not None and entry in by_entry))


def text(cell: Cell) -> str:
    """A cell as plain text: dates in ISO form, numbers without exponents, nothing for None."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def spaced(phrase: str) -> str:
    """The phrase with a space before it, unless it is empty."""
    return f" {phrase}" if phrase else ""
