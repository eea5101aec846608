"""Beancount's directives as rows of the index's tables.

Transactions and their postings are most of any ledger, so that loop is written flat: one tuple a row, and no
function call a posting that an attribute can replace.  Basis and weight follow `beancount.core.convert`
(`get_cost`, `get_weight`), in whose 28-digit context the products run.
"""

from __future__ import annotations

import decimal
from dataclasses import astuple
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledgerqa.beans import directives
from ledgerqa.beans.book import Batch, Book, Progress
from ledgerqa.beans.facts import account_rows, currency_rows, error_rows, ledger_rows, rate_rows, roots_of
from ledgerqa.beans.placing import Places, relative, type_name
from ledgerqa.beans.slices import digest
from ledgerqa.beans.texts import entry_text
from ledgerqa.beans.values import metadata_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 20_000
"""Directives a batch: large enough to be quick, small enough not to be felt in memory."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "entries": (
        *("entry_id", "type", "date", "file", "line", "end_line", "flag", "payee", "narration"),
        *("slice", "slice_hash", "made", "text_id"),
    ),
    "postings": (
        *("posting_id", "entry_id", "date", "account", "root", "number", "currency"),
        *("cost", "cost_currency", "cost_date", "cost_label", "price", "price_currency"),
        *("basis", "basis_currency", "weight", "weight_currency", "flag", "line", "payee", "narration"),
    ),
    "tags": ("entry_id", "tag"),
    "links": ("entry_id", "link"),
    "metadata": ("entry_id", "posting_id", "key", "value", "type"),
    **directives.COLUMNS,
}

_OWN_KEYS = 2  # "filename" and "lineno" stand in the metadata of everything that Beancount parses


def batches(book: Book, progress: Progress | None = None) -> Iterator[Batch]:
    """Every table's rows; see `Book.batches`."""
    places = book.places
    rows = _Rows(book, places)
    total = len(book.directives)
    for start in range(0, total, CHUNK):
        end = min(start + CHUNK, total)
        with decimal.localcontext(decimal.Context(prec=28)):
            rows.add(start, end)
        yield from rows.take()
        if progress is not None:
            progress("Indexing", end, total)
    yield Batch("texts", ("text_id", "text"), [(number, text) for text, number in rows.texts.items()])
    yield Batch(
        "sources",
        ("source_id", "path", "name", "size", "sha256", "lines", "directing", "blocks"),
        [(number, *astuple(source)) for number, source in enumerate(places.sources)],
    )
    for make in (ledger_rows, account_rows, currency_rows, rate_rows, error_rows):
        yield make(book, places)


def tail_batches(
    book: Book, places: Places, first_entry: int, first_posting: int, texts: dict[str, int]
) -> Iterator[Batch]:
    """The rows of directives that follow others: their numbers go on; `texts` are those that have one already."""
    known = len(texts)
    rows = _Rows(book, places, first_entry, first_posting, texts)
    with decimal.localcontext(decimal.Context(prec=28)):
        rows.add(0, len(book.directives))
    yield from rows.take()
    yield Batch("texts", ("text_id", "text"), [(number, text) for text, number in texts.items() if number >= known])


class _Rows:
    """The rows of a span of directives, and what must be remembered from span to span.

    The book's first directive becomes the entry `first_entry`, its first posting `first_posting`; `texts` are those
    that have a number already.
    """

    def __init__(
        self,
        book: Book,
        places: Places,
        first_entry: int = 0,
        first_posting: int = 0,
        texts: dict[str, int] | None = None,
    ) -> None:
        self.book = book
        self.places = places
        self.first_entry = first_entry
        self.texts: dict[str, int] = {} if texts is None else texts
        self.roots = roots_of(book)
        self.files: dict[str, str] = {}
        self.equals: dict[str, int] = {}
        self.posting_id = first_posting
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}

    def take(self) -> Iterator[Batch]:
        """The rows so far, which are then forgotten."""
        for table, rows in self.rows.items():
            if rows:
                self.rows[table] = []
                yield Batch(table, COLUMNS[table], rows)

    def add(self, start: int, end: int) -> None:
        """Make the rows of the directives `start` up to `end`, counted in the book."""
        for number in range(self.first_entry + start, self.first_entry + end):
            directive = self.book.directives[number - self.first_entry]
            kind = type_name(directive)
            if kind == "transaction":
                text = self._transaction(number, directive)
                self._entry(number, directive, kind, text, directive.flag, directive.payee, directive.narration)
            else:
                self._entry(number, directive, kind, self._other(number, directive, kind))

    def _entry(
        self,
        number: int,
        directive: Any,
        kind: str,
        text: str,
        flag: str | None = None,
        payee: str | None = None,
        narration: str | None = None,
    ) -> None:
        places, meta, position = self.places, directive.meta, number - self.first_entry
        file, line = meta["filename"], meta["lineno"]
        name = self.files.get(file)
        if name is None:
            name = self.files[file] = relative(file, self.book.main)
        made, source, end_line = places.made[position], places.slices[position], places.end_lines[position] or line
        places.slices[position] = ""  # not needed again; a whole ledger's text is much
        hashed = self._made_hash(directive) if made else digest(source)
        text_id = self.texts.setdefault(text, len(self.texts)) if text else None
        self.rows["entries"].append(
            (number, kind, directive.date, name, line, end_line, flag, payee, narration, source, hashed, made, text_id)
        )

    def _made_hash(self, directive: Any) -> str:
        """What tells an entry without source again: a hash of its content, and the how-manieth of its equals it is."""
        content = directive._replace(meta=None)
        if hasattr(content, "postings"):
            content = content._replace(
                postings=[posting._replace(meta=None) for posting in content.postings],
                tags=sorted(content.tags or ()),
                links=sorted(content.links or ()),
            )
        hashed = digest(repr(content))
        count = self.equals[hashed] = self.equals.get(hashed, 0) + 1
        return f"{hashed}-{count}"

    def _transaction(self, number: int, entry: Any) -> str:
        """Add the rows of a transaction's postings, tags, links and metadata; give the text to embed."""
        date, payee, narration, roots = entry.date, entry.payee, entry.narration, self.roots
        add = self.rows["postings"].append
        posting_id = self.posting_id
        values = self._metadata(number, None, entry.meta)
        for account, units, cost, price, flag, meta in entry.postings:
            amount, currency = (None, None) if units is None else (getattr(units, "number", None), units.currency)
            if type(amount) is not Decimal:
                amount = None
            price_number, price_currency = (None, None) if price is None else (price.number, price.currency)
            if type(price_number) is not Decimal:
                price_number = price_currency = None
            basis, basis_currency = weight, weight_currency = amount, currency
            cost_number = cost_currency = cost_date = cost_label = None
            if cost is not None and type(getattr(cost, "number", None)) is Decimal:
                cost_number, cost_currency, cost_date, cost_label = cost
                if amount is not None:
                    basis, basis_currency = weight, weight_currency = cost_number * amount, cost_currency
            elif price_number is not None and amount is not None:
                weight, weight_currency = price_number * amount, price_currency
            line = None
            if meta is not None:
                line = meta.get("lineno")
                if len(meta) > _OWN_KEYS:
                    values += self._metadata(number, posting_id, meta)
            add(
                (
                    *(posting_id, number, date, account, roots[account], amount, currency),
                    *(cost_number, cost_currency, cost_date, cost_label, price_number, price_currency),
                    *(basis, basis_currency, weight, weight_currency, flag, line, payee, narration),
                )
            )
            posting_id += 1
        self.posting_id = posting_id
        accounts = [posting.account for posting in entry.postings]
        marks = self._marks(number, entry)
        return entry_text((payee, narration), accounts, marks, values, self.places.slices[number - self.first_entry])

    def _other(self, number: int, entry: Any, kind: str) -> str:
        """Add the rows of a directive that is no transaction; give the text to embed ("": none)."""
        values = self._metadata(number, None, entry.meta)
        marks = self._marks(number, entry)
        reading = directives.read(number, entry, kind, self.book.main)
        for table, row in reading.rows:
            self.rows[table].append(row)
        if reading.words is None:
            return ""
        text = entry_text(reading.words, (), marks, values, self.places.slices[number - self.first_entry])
        subject = getattr(entry, "account", None) or getattr(entry, "currency", None)
        return f"{text} | {subject.rpartition(':')[2]}" if text and subject else text

    def _marks(self, number: int, entry: Any) -> list[str]:
        """Add the rows of tags and links; give them as text."""
        tags, links = getattr(entry, "tags", None), getattr(entry, "links", None)
        if not tags and not links:
            return []
        tags, links = sorted(tags or ()), sorted(links or ())
        self.rows["tags"].extend((number, tag) for tag in tags)
        self.rows["links"].extend((number, link) for link in links)
        return [*(f"#{tag}" for tag in tags), *(f"^{link}" for link in links)]

    def _metadata(self, number: int, posting_id: int | None, meta: dict[str, Any]) -> list[str]:
        """Add the rows of an entry's or a posting's metadata; give the values that are texts."""
        if len(meta) <= _OWN_KEYS:
            return []
        found = metadata_rows(number, posting_id, meta, self.roots)
        self.rows["metadata"].extend(found)
        return [value for *_, value, kind in found if kind == "text"]
