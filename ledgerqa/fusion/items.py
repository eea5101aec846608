"""What the reader may say of figures, dates, sources and names: the whole texts, one for each value of the result.

Figures stand without their sign, as the headline says them ("you spent 45.20 USD" of a posting of -45.20 USD);
what stands at the end of a period (a balance, a net worth) may also be said with its sign, as part of the whole.
An item is no claim: which row bears it, in what role, is for the gate.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from ledgerqa.fusion.passages import postings
from ledgerqa.fusion.words import forbidden, is_currency
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from ledgerqa.records import Cell, Citation, Column, Entry, Evidence, Plan

WIDE = Context(prec=400)  # any number that a ledger bears can be written out in it
ENDLESS = 26  # significant digits from which a number is a quotient without end, cut by the arithmetic
CENTS = 2
SHARE_DECIMALS = 1
LONGEST_NAME = 80
MOST_ITEMS = 4000
SIGNED = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.NET_INCOME, Measure.HOLDINGS, Measure.BALANCE_SHEET})

PERIOD = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|W\d{2}))?")
LABEL_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|\d{4}-Q[1-4]|\d{4}")
# A name that reads like a figure is not offered: "50% off", "[3]", "-20", "1.5 l", "2023-05".
LIKE_A_FIGURE = re.compile(r"[%‰¤$£¥¢\u20a0-\u20cf\[\]]|\d[.,]\d|(?<!\w)[-+−–—]\s*\d|\d{4}-\d{2}")


class Kind(enum.Enum):
    """What an item is: this decides what may stand beside it."""

    MONEY = "money"  # a figure with its currency
    PERCENT = "percent"
    COUNT = "count"  # a bare figure: a word must follow
    DATE = "date"  # a day, month, quarter or year as written in the result
    MARK = "mark"  # the mark of a citation
    NAME = "name"  # a payee or an account, with its own digits and capitals


@dataclass(frozen=True)
class Item:
    """One whole text that may be written, and never in part."""

    text: str
    kind: Kind


def figure(number: Decimal, currency: str, digits: int) -> str:
    """The figure without its sign: at least `digits` decimals, all that it has unless it is endless; separators.

    >>> figure(Decimal("-1234.5"), "EUR", 2)
    '1,234.50 EUR'
    """
    number = abs(number)
    if currency == "%":
        places = SHARE_DECIMALS
    else:
        exact = number.normalize(WIDE).as_tuple()
        tail = -int(exact.exponent)
        endless = len(exact.digits) >= ENDLESS and tail > 0
        places = max(digits, CENTS) if endless else max(digits, tail, 0)
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, WIDE):,f}"
    if currency == "%":
        return f"{text.removesuffix('.0')}%"
    return f"{text} {currency}".rstrip()


def items_of(
    plan: Plan, evidence: Evidence, citations: Sequence[Citation], digits: Callable[[str], int]
) -> tuple[Item, ...]:
    """Every item that this result bears, each once; `digits` gives a currency's display decimals."""
    known = currencies_of(evidence, citations)
    found = [*_of_facts(plan, evidence, digits), *_of_period(plan), *_of_rows(plan, evidence, digits)]
    for citation in citations:
        found += _of_citation(citation, digits)
    found += names([name for citation in citations for name in _names_in(citation.entry)], known)
    found += names(_texts_in(evidence), known)
    return tuple(dict.fromkeys(item for item in found if item.text))[:MOST_ITEMS]


def items_of_entry(
    amounts: Iterable[tuple[Decimal, str]], texts: Iterable[str], digits: Callable[[str], int]
) -> tuple[Item, ...]:
    """What may be said of one entry: these amounts of it, without their sign, and its names."""
    amounts = list(amounts)
    found = [item for number, currency in amounts for item in _figures(number, currency, digits, signed=False)]
    return tuple(dict.fromkeys((*found, *names(texts, {currency for _, currency in amounts}))))


def currencies_of(evidence: Evidence, citations: Sequence[Citation]) -> frozenset[str]:
    """The ledger's currencies that this result names: no word of free text may be one of them."""
    columns = evidence.table.columns
    found = {
        str(cell) for row in evidence.table.rows for c, cell in zip(columns, row, strict=True) if c.type == "currency"
    }
    found.update(fact.currency for fact in evidence.facts)
    for citation in citations:
        found.update(posting.currency for posting in postings(citation.entry.text))
    return frozenset(found - {"", "%", "None"})


def _names_in(entry: Entry) -> list[str]:
    return [entry.payee, *(posting.account for posting in postings(entry.text))]


def _texts_in(evidence: Evidence) -> list[str]:
    return [cell for row in evidence.table.rows for cell in row if isinstance(cell, str) and not PERIOD.fullmatch(cell)]


def _of_rows(plan: Plan, evidence: Evidence, digits: Callable[[str], int]) -> Iterator[Item]:
    columns = evidence.table.columns
    for row in evidence.table.rows:
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            beside = row[place + 1] if place + 1 < len(row) and columns[place + 1].type == "currency" else ""
            yield from _of_cell(plan, column, cell, str(beside or ""), digits)
    if evidence.contributing:
        yield Item(figure(Decimal(evidence.contributing), "", 0), Kind.COUNT)


def _of_cell(plan: Plan, column: Column, cell: Cell, currency: str, digits: Callable[[str], int]) -> Iterator[Item]:
    if cell is None or column.type == "currency":
        return
    if isinstance(cell, dt.date):
        yield Item(cell.isoformat(), Kind.DATE)
    elif isinstance(cell, (Decimal, int)):
        yield from _figures(Decimal(cell), currency, digits, signed=plan.measure in SIGNED)
    elif PERIOD.fullmatch(cell):
        yield Item(cell, Kind.DATE)


def _of_facts(plan: Plan, evidence: Evidence, digits: Callable[[str], int]) -> Iterator[Item]:
    for fact in evidence.facts:
        yield from _figures(fact.number, fact.currency, digits, signed=plan.measure in SIGNED)
        yield from (Item(text, Kind.DATE) for text in LABEL_DATE.findall(fact.note))


def _of_period(plan: Plan) -> Iterator[Item]:
    """The days asked for; a plan's `end` is the day after the last."""
    for period in (plan.period, *(variant.period for variant in plan.compare)):
        yield from (Item(text, Kind.DATE) for text in LABEL_DATE.findall(period.label))
        if period.start:
            yield Item(period.start.isoformat(), Kind.DATE)
        if period.end:
            yield Item((period.end - dt.timedelta(days=1)).isoformat(), Kind.DATE)


def _of_citation(citation: Citation, digits: Callable[[str], int]) -> Iterator[Item]:
    entry = citation.entry
    yield Item(f"[{citation.id}]", Kind.MARK)
    yield Item(entry.date.isoformat(), Kind.DATE)
    for posting in postings(entry.text):
        if posting.number is not None:
            yield from _figures(posting.number, posting.currency, digits, signed=False)


def _figures(number: Decimal, currency: str, digits: Callable[[str], int], *, signed: bool) -> Iterator[Item]:
    if not number.is_finite():
        return
    kind = Kind.PERCENT if currency == "%" else Kind.MONEY if currency else Kind.COUNT
    text = figure(number, currency, digits(currency) if currency else 0)
    yield Item(text, kind)
    if signed and number < 0 and kind is Kind.MONEY:
        yield Item(f"-{text}", kind)


def names(texts: Iterable[str], currencies: Collection[str] = ()) -> Iterator[Item]:
    """The names that may be written whole: none that reads like a figure, or is nothing but number words.

    A payee with one of `currencies` in it is left out ("Pay 500 USD"); an account is not ("Assets:Broker:VHT").
    """
    for text in texts:
        name = " ".join(text.split())
        words = re.findall(r"[^\W\d_]+", name)
        if not words or len(name) > LONGEST_NAME or not name.isprintable() or LIKE_A_FIGURE.search(name):
            continue
        if not name[0].isalnum() or not (name[-1].isalnum() or name[-1] in ").!'"):
            continue
        if all(forbidden(word) or len(word) == 1 for word in words):
            continue
        if ":" not in name and any(word in currencies or (word.isupper() and is_currency(word)) for word in words):
            continue
        yield Item(name, Kind.NAME)
