"""What holds for the ledger as a whole: options, accounts, currencies, rates, faults.

Each function gives the rows of one table.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from ledgerqa.beans.book import Batch
from ledgerqa.beans.placing import relative
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.beans.book import Book
    from ledgerqa.beans.placing import Places

UNKNOWN_DIGITS = 2

Decimals = dict[str, dict[int, int] | int]
"""How often each number of decimals is written, by currency; where an option sets the precision, that."""


class _RootOf(dict[str, str | None]):
    """Account name -> `Root` value; None where its first part is no root of this ledger."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, account: str) -> str | None:
        root = self[account] = self._names.get(account.partition(":")[0])
        return root


def roots_of(book: Book) -> dict[str, str | None]:
    """The root of any account.  The mapping fills itself; at first it holds all accounts outside transactions."""
    roots = _RootOf({str(book.options[f"name_{root.value}"]): root.value for root in Root})
    for directive in book.directives:
        if (account := getattr(directive, "account", None)) is not None:
            roots[account]
    return roots


def ledger_rows(book: Book, places: Places) -> Batch:
    """The table `ledger`."""
    import beancount

    options = book.options
    dates = [entry.date for entry in book.directives if hasattr(entry, "postings")]
    dates = dates or [entry.date for entry in book.directives]
    facts = {
        "main_file": str(book.main),
        "title": str(options["title"]),
        "loaded_at": dt.datetime.now(dt.UTC).isoformat(),
        "beancount": str(beancount.__version__),
        "first_date": min(dates).isoformat(),
        "last_date": max(dates).isoformat(),
        **{f"name_{root.value}": str(options[f"name_{root.value}"]) for root in Root},
        "operating_currency": json.dumps(list(options["operating_currency"])),
        "plugins": json.dumps([name for name, _ in options["plugin"]]),
        "include_globs": json.dumps(sorted(set(places.include_globs))),
        "decimals": json.dumps(decimals_of(options), sort_keys=True),
        "resumed": "0",
    }
    return Batch("ledger", ("key", "value"), list(facts.items()))


def account_rows(book: Book, _: Places) -> Batch:
    """The table `accounts`: opened or used, in order of name."""
    opened: dict[str, tuple[int, Any]] = {}
    closed: dict[str, tuple[int, Any]] = {}
    used: Counter[str] = Counter()
    roots = roots_of(book)
    for number, entry in enumerate(book.directives):
        kind = type(entry).__name__
        if kind == "Transaction":
            for posting in entry.postings:
                used[posting.account] += 1
        elif kind == "Open":
            opened.setdefault(entry.account, (number, entry))
        elif kind == "Close":
            closed.setdefault(entry.account, (number, entry))
    rows = []
    for account in sorted(roots.keys() | used.keys()):
        opening, closing = opened.get(account), closed.get(account)
        rows.append(
            account_row(
                account,
                roots[account],
                None if opening is None else opening_of(*opening),
                None if closing is None else (closing[0], closing[1].date),
                used[account],
            )
        )
    return Batch("accounts", ACCOUNT_COLUMNS, rows)


ACCOUNT_COLUMNS = (
    *("account", "root", "depth", "leaf", "open_date", "close_date", "open_entry", "close_entry"),
    *("currencies", "booking", "postings"),
)


class Opening(NamedTuple):
    """What an `open` directive says, and which entry it is."""

    entry_id: int
    date: dt.date
    currencies: list[str]
    booking: str | None


def opening_of(number: int, entry: Any) -> Opening:
    """The `open` directive that is number `number` of the ledger."""
    booking = None if entry.booking is None else entry.booking.name
    return Opening(number, entry.date, list(entry.currencies or ()), booking)


def account_row(
    account: str, root: str | None, opening: Opening | None, closing: tuple[int, dt.date] | None, used: int
) -> tuple[Any, ...]:
    """A row of the table `accounts`; `closing` is the number and the date of the directive."""
    open_id, open_date, currencies, booking = (None, None, [], None) if opening is None else opening
    close_id, close_date = (None, None) if closing is None else closing
    leaf = account.rpartition(":")[2]
    depth = account.count(":") + 1
    return (account, root, depth, leaf, open_date, close_date, open_id, close_id, currencies, booking, used)


def currency_rows(book: Book, _: Places) -> Batch:
    """The table `currencies`: those of postings, costs, prices, balances, commodities, opens and options."""
    decimals = decimals_of(book.options)
    used: Counter[str] = Counter()
    at_cost: set[str] = set()
    operating = set(book.options["operating_currency"])
    named: set[Any] = set(operating)
    for entry in book.directives:
        kind = type(entry).__name__
        if kind == "Transaction":
            for posting in entry.postings:
                currency = getattr(posting.units, "currency", None)
                if isinstance(currency, str):
                    used[currency] += 1
                if posting.cost is not None:
                    at_cost.add(str(currency))
                    named.add(getattr(posting.cost, "currency", None))
                if posting.price is not None:
                    named.add(posting.price.currency)
        elif kind == "Price":
            named |= {entry.currency, entry.amount.currency}
        elif kind == "Commodity":
            named.add(entry.currency)
        elif kind == "Balance":
            named.add(entry.amount.currency)
        elif kind == "Open":
            named.update(entry.currencies or ())
    rows = [
        (currency, digits_of(currency, decimals), currency in operating, used[currency], currency in at_cost)
        for currency in sorted({name for name in named if isinstance(name, str)} | used.keys())
    ]
    return Batch("currencies", CURRENCY_COLUMNS, rows)


CURRENCY_COLUMNS = ("currency", "digits", "operating", "postings", "held_at_cost")


def decimals_of(options: Mapping[str, Any]) -> Decimals:
    """How often each number of decimals is written, by currency, as Beancount's display context counts them."""
    contexts = options["dcontext"].ccontexts
    return {
        currency: dict(context.fractional_dist.hist)
        if hasattr(context, "fractional_dist")
        else context.fractional_digits
        for currency, context in contexts.items()
        if currency != "__default__"
    }


def with_decimals(known: Mapping[str, Any], more: Mapping[tuple[str, int], int]) -> Decimals:
    """`known` (its numbers of decimals may be text, as in JSON) with these counts, by currency and number, added."""
    decimals: Decimals = {
        currency: {int(digits): count for digits, count in counts.items()} if isinstance(counts, dict) else counts
        for currency, counts in known.items()
    }
    for (currency, digits), count in more.items():
        counts = decimals.setdefault(currency, {})
        if isinstance(counts, dict):
            counts[digits] = counts.get(digits, 0) + count
            if not counts[digits]:
                del counts[digits]
    return {currency: counts for currency, counts in decimals.items() if counts != {}}


def digits_of(currency: str, decimals: Decimals) -> int:
    """The most common number of decimals, the larger one of equals; 2 where none was written."""
    counts = decimals.get(currency, {})
    if isinstance(counts, int):
        return counts
    digits = max((count, number) for number, count in {UNKNOWN_DIGITS: 0, **counts}.items())
    return max(0, digits[1]) if digits[0] else UNKNOWN_DIGITS


def rate_rows(book: Book, _: Places) -> Batch:
    """The table `rates`: Beancount's price map, which holds inverses and has merged opposite pairs."""
    return rates_of(book.directives)


def rates_of(directives: Sequence[Any]) -> Batch:
    """The rates that these directives give."""
    from beancount.core import prices

    with decimal.localcontext(decimal.Context(prec=28)):
        rates = prices.build_price_map(directives)
    rows = [(base, quote, date, str(rate)) for (base, quote), points in rates.items() for date, rate in points]
    return Batch("rates", ("base", "quote", "date", "rate"), rows)


def error_rows(book: Book, _: Places) -> Batch:
    """The table `ledger_errors`; a fault that names no entry is that of the entry which begins on its line."""
    by_place: dict[tuple[str, int], int] = {}
    if book.faults:
        for number, entry in enumerate(book.directives):
            by_place.setdefault((entry.meta["filename"], entry.meta["lineno"]), number)
    rows = []
    for number, fault in enumerate(book.faults):
        file = relative(fault.file, book.main) if fault.file else ""
        entry_id = by_place.get((fault.file, fault.line)) if fault.entry_id is None else fault.entry_id
        rows.append((number, fault.kind, fault.message, file, fault.line, entry_id))
    return Batch("ledger_errors", ("error_id", "kind", "message", "file", "line", "entry_id"), rows)
