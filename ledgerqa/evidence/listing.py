"""LIST: the matching postings, or the entries that they belong to, in order and up to a limit.

An entry stands in its list as the matching posting of the greatest weight: the leg that says what it was about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledgerqa.evidence.contributing import count_entries
from ledgerqa.evidence.exact import joined
from ledgerqa.evidence.filters import Clause, magnitude
from ledgerqa.evidence.run import either, sides
from ledgerqa.evidence.spans import name_of
from ledgerqa.evidence.usual_days import usual_days
from ledgerqa.evidence.valuation import money_of
from ledgerqa.plan_keys import LOTS, USUAL_DAY
from ledgerqa.records import Column, Evidence, Fact, Grouping, Order, Table, Valuation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledgerqa.evidence.run import Run
    from ledgerqa.records import Cell, Plan


_POSTED = "transaction"  # the type of every entry that has postings
_EACH = 4  # postings of an entry that are looked at, on average, for the entries that come first


@dataclass(frozen=True)
class _Line:
    """One posting of the list."""

    posting_id: int
    entry_id: int
    date: dt.date
    payee: str
    narration: str
    account: str
    number: Decimal
    currency: str
    via: str | None
    value: str | None = None
    type: str = _POSTED
    lot: tuple[Cell, ...] = ()  # cost and price a unit, each with its currency


def gather_list(run: Run) -> Evidence:
    """The list, its rows each with their entry."""
    clause = either(sides(run.plan))
    (postings, entries, first, last), *_ = run.query(
        f"SELECT count(*), {count_entries(run)}, min(p.date), max(p.date) FROM postings p WHERE {clause.sql}",
        clause.parameters,
    )
    count = entries if run.plan.unit == "entry" else postings
    lines = _lines(run, clause) if count else []
    lines, unconverted = _valued(run, lines)
    entry_ids = dict.fromkeys(line.entry_id for line in lines)
    return Evidence(
        table=_laid_out(run, lines, count),
        facts=usual_days(run, clause) if run.plan.key == USUAL_DAY else _days_since(run, lines),
        entry_ids=tuple(entry_ids)[: run.entry_limit],
        contributing=entries if len(lines) == count else len(entry_ids),
        row_entries=tuple(line.entry_id for line in lines),
        first_date=first,
        last_date=last,
        unconverted=unconverted,
    )


def _days_since(run: Run, lines: Sequence[_Line]) -> tuple[Fact, ...]:
    """How many days have passed since the one booking that was looked for, the latest or the first."""
    order = run.plan.order
    dated = run.plan.limit == len(lines) == 1 and order is not None and order.by == "date"
    return (Fact("days_since", Decimal((run.today - lines[0].date).days), ""),) if dated else ()


def _lines(run: Run, clause: Clause) -> list[_Line]:
    """The postings shown; all of them where they must be valued before they can be put in order."""
    money = money_of(run.plan)
    lots, key = run.plan.key == LOTS, None if run.plan.key in {LOTS, USUAL_DAY} else run.plan.key
    value = _LOT if lots else "" if key is None else f", {_METADATA_VALUE}"
    keys = [] if key is None else [key, key]
    only = ""
    if run.plan.unit == "entry":
        only = (
            f" QUALIFY row_number() OVER (PARTITION BY p.entry_id ORDER BY {magnitude('weight')} DESC NULLS FIRST, "
            "p.weight DESC, p.posting_id) = 1"
        )
        if (first := _first_by_date(run, clause)) is not None:
            clause &= Clause("p.entry_id IN (SELECT unnest(?::INTEGER[]))", (first,))
    every = _ordered_by_value(run) or run.plan.limit_by is not None
    limit = "" if every else f" LIMIT {run.shown}"
    rows = run.query(
        f"SELECT p.posting_id, p.entry_id, p.date, coalesce(p.payee, ''), coalesce(p.narration, ''), p.account, "
        f"p.{money.number}, p.{money.number}_text, p.{money.currency}, p.cost_currency{value} "
        f"FROM postings p WHERE {clause.sql}{only} ORDER BY {_order_sql(run.plan.order, money.number)}{limit}",
        [*keys, *clause.parameters],
    )
    return [
        _Line(
            posting,
            entry,
            date,
            payee,
            narration,
            account,
            joined(number, text),
            currency or "",
            via,
            **({"lot": _lot(*more)} if lots else {"value": more[0]} if more else {}),
        )
        for posting, entry, date, payee, narration, account, number, text, currency, via, *more in rows
    ]


_LOT = ", p.cost, p.cost_text, p.cost_currency, p.price, p.price_text, p.price_currency"


def _lot(*cells: Any) -> tuple[Cell, ...]:
    """Cost and price a unit, each with its currency; None where there is none."""
    found: list[Cell] = []
    for number, text, currency in (cells[:3], cells[3:]):
        found += [None, None] if currency is None else [joined(number, text), currency]
    return tuple(found)


def _first_by_date(run: Run, clause: Clause) -> list[int] | None:
    """The entries that a list by date shows, so that not all need be looked at; None where it goes by more."""
    order = run.plan.order or Order("date")
    if order.by != "date" or run.plan.limit_by is not None:
        return None
    rows = run.query(
        f"SELECT p.entry_id FROM postings p WHERE {clause.sql} "
        f"ORDER BY p.date {_direction(order)}, p.entry_id LIMIT {run.shown * _EACH}",
        clause.parameters,
    )
    found = list(dict.fromkeys(row[0] for row in rows))
    return found if len(found) >= run.shown or len(rows) < run.shown * _EACH else None


def _direction(order: Order) -> str:
    return "DESC" if order.descending else "ASC"


_METADATA_VALUE = (
    "coalesce((SELECT min(m.value) FROM metadata m WHERE m.posting_id = p.posting_id AND m.key = ?), "
    "(SELECT min(m.value) FROM metadata m WHERE m.entry_id = p.entry_id AND m.posting_id IS NULL AND m.key = ?))"
)


def _ordered_by_value(run: Run) -> bool:
    order = run.plan.order
    converts = run.plan.convert_to is not None or run.plan.valuation is Valuation.MARKET
    return order is not None and order.by == "amount" and (converts or order.worth is not None)


def _order_sql(order: Order | None, number: str) -> str:
    order = order or Order("date")
    direction = _direction(order)
    if order.by == "amount":
        huge = "FIRST" if order.descending else "LAST"
        return f"{magnitude(number)} {direction} NULLS {huge}, p.date, p.posting_id"
    if order.by == "key":
        return f"p.account {direction}, p.date, p.posting_id"
    return f"p.date {direction}, p.posting_id"


def _valued(run: Run, lines: Sequence[_Line]) -> tuple[list[_Line], tuple[str, ...]]:
    """The lines with their amounts valued; put in order and cut where the order goes by that value."""
    unconverted: set[str] = set()
    results: list[_Line] = []
    if _ordered_by_value(run) and run.plan.order is not None:
        lines = sorted(lines, key=lambda line: _size(run, line), reverse=run.plan.order.descending)
        lines = lines if run.plan.limit_by else lines[: run.shown]
    for line in _first_of_each(run, lines):
        number, currency, known = run.rates.valued(run.plan, line.number, line.currency, line.via, run.plan.at)
        if not known:
            unconverted.add(line.currency)
        results.append(replace(line, number=number, currency=currency))
    return results, tuple(sorted(unconverted))


def _first_of_each(run: Run, lines: Sequence[_Line]) -> Sequence[_Line]:
    """The first lines of each group, as many as the plan wants, group by group; all where it names no such groups."""
    if run.plan.limit_by is None:
        return lines
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        groups.setdefault(_whose(run.plan, line), []).append(line)
    return [line for _, same in sorted(groups.items()) for line in same[: run.plan.limit]][: run.row_limit]


def _whose(plan: Plan, line: _Line) -> str:
    """The group that has rows of its own to which a line belongs."""
    if plan.limit_by is Grouping.PAYEE:
        return line.payee
    if plan.limit_by is Grouping.ACCOUNT:
        return ":".join(line.account.split(":")[: plan.account_depth])
    return str(name_of(line.date, plan.limit_by or Grouping.DAY))


def _size(run: Run, line: _Line) -> Decimal:
    """What a line is put in order by: its amount as the plan values it, or in the money that all are measured in."""
    order = run.plan.order
    worth = order.worth if order and order.worth and run.plan.convert_to is None else None
    if worth is not None:
        return abs(run.rates.converted(line.number, line.currency, worth, line.via, run.plan.at)[0])
    return abs(run.rates.valued(run.plan, line.number, line.currency, line.via, run.plan.at)[0])


def _laid_out(run: Run, lines: Sequence[_Line], count: int) -> Table:
    texts = ["payee", "narration", "account"]
    if run.plan.unit == "entry":
        texts.insert(0, "type")
    columns = [Column("date", "date"), *(Column(name, "text") for name in texts)]
    columns += [Column("amount", "number"), Column("currency", "currency")]
    kept: list[int] = []
    if run.plan.key == LOTS:
        for place, name in ((0, "cost"), (2, "price")):
            if any(line.lot[place] is not None for line in lines):
                columns += [Column(name, "number"), Column("currency", "currency")]
                kept += [place, place + 1]
    elif run.plan.key not in {None, USUAL_DAY}:
        columns.append(Column(str(run.plan.key), "text"))
    rows = []
    for line in lines:
        row: list[Cell] = [line.date, *(getattr(line, name) for name in texts), line.number, line.currency]
        row += [line.lot[place] for place in kept]
        rows.append(tuple([*row, line.value] if run.plan.key not in {None, LOTS, USUAL_DAY} else row))
    truncated = len(lines) < count if run.plan.limit_by is None else len(lines) >= run.row_limit
    return Table(tuple(columns), tuple(rows), count, truncated=truncated)
