"""Beancount's directives as rows of the index's tables.

Transactions and their postings are most of any ledger, so that loop is written flat: one tuple a row, no
function call a posting that an attribute access can replace.  Cost and weight follow `beancount.core.convert`
(`get_cost`, `get_weight`), in whose 28-digit context the products run.
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledgerqa.beans.book import Batch, Book, Progress
from ledgerqa.beans.facts import account_rows, currency_rows, error_rows, ledger_rows, rate_rows, roots_of
from ledgerqa.beans.placing import Places, place, relative, type_name
from ledgerqa.beans.slices import digest
from ledgerqa.beans.texts import entry_text
from ledgerqa.beans.values import budget, custom_values, metadata_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 20_000
"""Directives a batch: large enough to be quick, small enough not to be felt in memory."""

ENTRY_COLUMNS = (
    "entry_id", "type", "date", "file", "line", "end_line", "flag", "payee", "narration", "slice", "slice_hash", "made", "text_id",
)
POSTING_COLUMNS = (
    "posting_id", "entry_id", "date", "account", "root", "number", "currency", "cost", "cost_currency", "cost_date", "cost_label",
    "price", "price_currency", "basis", "basis_currency", "weight", "weight_currency", "flag", "line", "payee", "narration",
)
OTHER_COLUMNS: dict[str, tuple[str, ...]] = {
    "tags": ("entry_id", "tag"),
    "links": ("entry_id", "link"),
    "metadata": ("entry_id", "posting_id", "key", "value", "type"),
    "prices": ("entry_id", "date", "currency", "number", "quote"),
    "balances": ("entry_id", "date", "account", "number", "currency", "difference"),
    "pads": ("entry_id", "date", "account", "source_account"),
    "notes": ("entry_id", "date", "account", "comment"),
    "documents": ("entry_id", "date", "account", "path"),
    "events": ("entry_id", "date", "type", "description"),
    "commodities": ("entry_id", "date", "currency"),
    "customs": ("entry_id", "date", "type", "values"),
    "budgets": ("entry_id", "date", "account", "interval", "number", "currency"),
    "queries": ("entry_id", "date", "name", "query"),
}


def batches(book: Book, progress: Progress | None = None) -> Iterator[Batch]:
    """Every table's rows; see `Book.batches`."""
    with decimal.localcontext(decimal.Context(prec=28)):
        places = place(book)
    rows = _Rows(book, places)
    total = len(book.directives)
    for start in range(0, total, CHUNK):
        with decimal.localcontext(decimal.Context(prec=28)):
            rows.add(start, min(start + CHUNK, total))
        yield from rows.take()
        if progress is not None:
            progress("Indexing", min(start + CHUNK, total), total)
    yield Batch("texts", ("text_id", "text"), [(number, text) for text, number in rows.texts.items()])
    yield Batch("sources", ("source_id", "path", "name", "size", "mtime_ns", "sha256"), _source_rows(places))
    yield from ledger_rows(book, places)
    yield from account_rows(book)
    yield from currency_rows(book)
    yield from rate_rows(book)
    yield from error_rows(book)


def _source_rows(places: Places) -> list[tuple[Any, ...]]:
    return [(number, item.path, item.name, item.size, item.mtime_ns, item.sha256) for number, item in enumerate(places.sources)]


class _Rows:
    """The rows of a span of directives, and what must be remembered between spans."""

    def __init__(self, book: Book, places: Places) -> None:
        self.book = book
        self.places = places
        self.texts: dict[str, int] = {}
        self.roots = roots_of(book)
        self.names: dict[str, str] = {}
        self.made_counts: dict[str, int] = {}
        self.posting_id = 0
        self.clear()

    def clear(self) -> None:
        self.entries: list[tuple[Any, ...]] = []
        self.postings: list[tuple[Any, ...]] = []
        self.others: dict[str, list[tuple[Any, ...]]] = {table: [] for table in OTHER_COLUMNS}

    def take(self) -> Iterator[Batch]:
        """The rows so far, which are forgotten."""
        entries, postings, others = self.entries, self.postings, self.others
        self.clear()
        yield Batch("entries", ENTRY_COLUMNS, entries)
        yield Batch("postings", POSTING_COLUMNS, postings)
        for table, rows in others.items():
            if rows:
                yield Batch(table, OTHER_COLUMNS[table], rows)

    def add(self, start: int, end: int) -> None:
        """Make the rows of the directives `start` up to `end`."""
        for number in range(start, end):
            directive = self.book.directives[number]
            kind = type_name(directive)
            if kind == "transaction":
                text = self._transaction(number, directive)
                flag, payee, narration = directive.flag, directive.payee, directive.narration
            else:
                text = self._other(number, directive, kind)
                flag = payee = narration = None
            self._entry(number, directive, kind, flag, payee, narration, text)

    def _entry(self, number: int, directive: Any, kind: str, flag: str | None, payee: str | None, narration: str | None, text: str) -> None:
        places, meta = self.places, directive.meta
        file = meta["filename"]
        name = self.names.get(file)
        if name is None:
            name = self.names[file] = relative(file, self.book.main)
        made, source, line = places.made[number], places.slices[number], meta["lineno"]
        places.slices[number] = ""  # not needed again; a whole ledger's text is much
        text_id = self.texts.setdefault(text, len(self.texts)) if text else None
        self.entries.append(
            (
                number, kind, directive.date, name, line, places.end_lines[number] or line, flag, payee, narration, source,
                self._made_hash(directive) if made else digest(source), made, text_id,
            )
        )

    def _made_hash(self, directive: Any) -> str:
        """What tells an entry without source again: a hash of its content, and which of its equals it is."""
        content = digest(repr(directive._replace(meta=None, **({"postings": _bare(directive)} if hasattr(directive, "postings") else {}))))
        count = self.made_counts[content] = self.made_counts.get(content, 0) + 1
        return f"{content}-{count}"

    def _transaction(self, number: int, entry: Any) -> str:
        """Add the rows of a transaction's postings, tags, links and metadata; give the text to embed."""
        date, payee, narration, roots = entry.date, entry.payee, entry.narration, self.roots
        add = self.postings.append
        posting_id = self.posting_id
        metadata: list[Any] = []
        for account, units, cost, price, flag, meta in entry.postings:
            amount, currency = (units.number, units.currency) if type(units).__name__ == "Amount" else (None, None)
            if type(amount) is not Decimal:
                amount = None
            basis, basis_currency = amount, currency
            price_number = price_currency = None
            if price is not None and type(price.number) is Decimal:
                price_number, price_currency = price.number, price.currency
            if cost is not None and type(getattr(cost, "number", None)) is Decimal:
                cost_number, cost_currency, cost_date, cost_label = cost
                if amount is not None:
                    basis, basis_currency = cost_number * amount, cost_currency
                weight, weight_currency = basis, basis_currency
            else:
                cost_number = cost_currency = cost_date = cost_label = None
                weight, weight_currency = amount, currency
                if price_number is not None and amount is not None:
                    weight, weight_currency = price_number * amount, price_currency
            line = None
            if meta is not None:
                line = meta.get("lineno")
                if len(meta) > 2:
                    found = metadata_rows(number, posting_id, meta, roots)
                    self.others["metadata"].extend(found)
                    metadata.extend(row[3] for row in found if row[4] == "text")
            add(
                (
                    posting_id, number, date, account, roots[account], amount, currency, cost_number, cost_currency, cost_date, cost_label,
                    price_number, price_currency, basis, basis_currency, weight, weight_currency, flag, line, payee, narration,
                )
            )
            posting_id += 1
        self.posting_id = posting_id
        marks = self._marks(number, entry)
        metadata += self._metadata(number, entry.meta)
        return entry_text((payee, narration), [posting.account for posting in entry.postings], marks, metadata, self.places.slices[number])

    def _marks(self, number: int, entry: Any) -> list[str]:
        """Add the rows of tags and links; give them as text."""
        tags, links = sorted(entry.tags or ()), sorted(entry.links or ())
        self.others["tags"].extend((number, tag) for tag in tags)
        self.others["links"].extend((number, link) for link in links)
        return [*(f"#{tag}" for tag in tags), *(f"^{link}" for link in links)]

    def _metadata(self, number: int, meta: dict[str, Any]) -> list[str]:
        """Add the rows of an entry's metadata; give the values that are texts."""
        if len(meta) <= 2:
            return []
        found = metadata_rows(number, None, meta, self.roots)
        self.others["metadata"].extend(found)
        return [row[3] for row in found if row[4] == "text"]

    def _other(self, number: int, entry: Any, kind: str) -> str:
        """Add the rows of a directive that is no transaction; give the text to embed ("": none)."""
        values = self._metadata(number, entry.meta)
        marks = self._marks(number, entry) if hasattr(entry, "tags") else []
        add, date = self.others, entry.date
        source = self.places.slices[number]
        parts: tuple[str | None, ...] = ()
        if kind == "price":
            add["prices"].append((number, date, entry.currency, entry.amount.number, entry.amount.currency))
            return ""
        if kind == "balance":
            difference = entry.diff_amount.number if entry.diff_amount is not None else None
            add["balances"].append((number, date, entry.account, entry.amount.number, entry.amount.currency, difference))
            return ""
        if kind == "pad":
            add["pads"].append((number, date, entry.account, entry.source_account))
            return ""
        if kind == "note":
            add["notes"].append((number, date, entry.account, entry.comment))
            parts = (entry.comment,)
        elif kind == "document":
            add["documents"].append((number, date, entry.account, relative(entry.filename, self.book.main)))
            parts = (entry.filename.rpartition("/")[2],)
        elif kind == "event":
            add["events"].append((number, date, entry.type, entry.description))
            parts = (entry.type, entry.description)
        elif kind == "commodity":
            add["commodities"].append((number, date, entry.currency))
            parts = (entry.currency,) if values else ()
        elif kind == "query":
            add["queries"].append((number, date, entry.name, entry.query_string))
            parts = (entry.name,)
        elif kind == "custom":
            add["customs"].append((number, date, entry.type, custom_values(entry)))
            if (found := budget(entry)) is not None:
                add["budgets"].append((number, date, *found))
                return ""
            parts = (entry.type, *(value.value for value in entry.values or () if isinstance(value.value, str)))
        account = getattr(entry, "account", None)
        accounts = [account] if account and (parts or values or ";" in source) else []
        return entry_text(parts, accounts, marks, values, source)


def _bare(directive: Any) -> list[Any]:
    return [posting._replace(meta=None) for posting in directive.postings]
