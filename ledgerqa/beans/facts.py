"""What holds for the ledger as a whole: options, accounts, currencies, rates, faults."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ledgerqa.beans.book import Batch, Book
from ledgerqa.beans.placing import Places, ledger_globs, relative
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Iterator


class _RootOf(dict[str, str | None]):
    """Account name -> `Root` value; None where its first part is no root of this ledger."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, account: str) -> str | None:
        root = self[account] = self._names.get(account.partition(":")[0])
        return root


def roots_of(book: Book) -> dict[str, str | None]:
    """The root of any account, as a mapping that fills itself; it holds at first every account that is named."""
    roots = _RootOf({str(book.options[f"name_{root.value}"]): root.value for root in Root})
    for directive in book.directives:
        if (account := getattr(directive, "account", None)) is not None:
            roots[account]
    return roots


def ledger_rows(book: Book, places: Places) -> Iterator[Batch]:
    """The table `ledger`."""
    import beancount

    options = book.options
    dates = [entry.date for entry in book.directives if hasattr(entry, "postings")] or [entry.date for entry in book.directives]
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
        "include_globs": ledger_globs(places),
    }
    yield Batch("ledger", ("key", "value"), list(facts.items()))


def account_rows(book: Book) -> Iterator[Batch]:
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
            closed[entry.account] = (number, entry)
    rows = []
    for account in sorted(roots.keys() | used.keys()):
        open_id, opening = opened.get(account, (None, None))
        close_id, closing = closed.get(account, (None, None))
        rows.append(
            (
                account, roots[account], account.count(":") + 1, account.rpartition(":")[2],
                opening.date if opening else None, closing.date if closing else None, open_id, close_id,
                list(opening.currencies or ()) if opening else [], opening.booking.name if opening and opening.booking else None, used[account],
            )
        )
    columns = ("account", "root", "depth", "leaf", "open_date", "close_date", "open_entry", "close_entry", "currencies", "booking", "postings")
    yield Batch("accounts", columns, rows)


def currency_rows(book: Book) -> Iterator[Batch]:
    """The table `currencies`: of postings, prices, commodities, opens and options."""
    used: Counter[str] = Counter()
    at_cost: set[str] = set()
    named: set[str] = set(book.options["operating_currency"])
    for entry in book.directives:
        kind = type(entry).__name__
        if kind == "Transaction":
            for posting in entry.postings:
                currency = getattr(posting.units, "currency", None)
                if isinstance(currency, str):
                    used[currency] += 1
                    if posting.cost is not None:
                        at_cost.add(currency)
                        if isinstance(quote := getattr(posting.cost, "currency", None), str):
                            named.add(quote)
        elif kind == "Price":
            named |= {entry.currency, entry.amount.currency}
        elif kind == "Commodity":
            named.add(entry.currency)
        elif kind == "Balance":
            named.add(entry.amount.currency)
        elif kind == "Open":
            named.update(entry.currencies or ())
    operating = set(book.options["operating_currency"])
    rows = [(currency, _digits(book, currency), currency in operating, used[currency], currency in at_cost) for currency in sorted(named | used.keys())]
    yield Batch("currencies", ("currency", "digits", "operating", "postings", "held_at_cost"), rows)


def _digits(book: Book, currency: str) -> int:
    """The most common number of decimals, by Beancount's display context; 2 where it has seen none."""
    from beancount.core.display_context import Precision

    contexts = book.options["dcontext"].ccontexts
    digits = contexts[currency].get_fractional(Precision.MOST_COMMON) if currency in contexts else None
    return 2 if digits is None else max(0, digits)


def rate_rows(book: Book) -> Iterator[Batch]:
    """The table `rates`: Beancount's price map, which holds inverses and has merged opposite pairs."""
    from beancount.core import prices

    with decimal.localcontext(decimal.Context(prec=28)):
        rates = prices.build_price_map(book.directives)
    rows = [(base, quote, date, str(rate)) for (base, quote), points in rates.items() for date, rate in points]
    yield Batch("rates", ("base", "quote", "date", "rate"), rows)


def error_rows(book: Book) -> Iterator[Batch]:
    """The table `ledger_errors`."""
    by_place = {}
    if book.faults:
        for number, entry in enumerate(book.directives):
            by_place.setdefault((entry.meta["filename"], entry.meta["lineno"]), number)
    rows = [
        (
            number, fault.kind, fault.message, relative(fault.file, book.main) if fault.file else "", fault.line,
            fault.entry_id if fault.entry_id is not None else by_place.get((fault.file, fault.line)),
        )
        for number, fault in enumerate(book.faults)
    ]
    yield Batch("ledger_errors", ("error_id", "kind", "message", "file", "line", "entry_id"), rows)
