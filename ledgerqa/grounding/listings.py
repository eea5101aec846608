"""Sentences for what stands in the ledger as it was written: entries, prices, metadata and the other directives.

Each row is an entry, so each row that is said carries its own mark.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.grounding import coming_round, exchanges, figures, phrases, settling
from ledgerqa.grounding.groups import whole
from ledgerqa.grounding.scene import CREDIT_NORMAL, FEW, SOME, spaced, text
from ledgerqa.plan_keys import LOTS, UNUSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.grounding.scene import Scene
    from ledgerqa.records import Cell


_MOST_SUMS = 12  # sums by period that a sentence can hold
_MOST_VALUES = 24  # values that it can


def rows_said(scene: Scene, say: Callable[[Scene, int], str], separator: str = "; ", few: int = FEW) -> str:
    """The rows in words, each with its mark: all when few, otherwise the first ones and how many there are."""
    total = len(scene.evidence.table.rows)
    shown = range(total) if total <= few else range(SOME)
    said = separator.join(f"{say(scene, row)}{scene.mark([row])}" for row in shown)
    every = total if scene.plan.limit_by else scene.evidence.table.row_count
    rest = f"{separator}{scene.all_rows}" if every > len(shown) else ""
    return f"{said}{rest}"


def _period(scene: Scene) -> str:
    """The period where one was asked for; what the rows cover says little of directives."""
    return scene.when if scene.plan.period else ""


def _number(scene: Scene, noun: str, plural: str = "") -> str:
    return figures.count(scene.evidence.table.row_count, noun, plural)


# ------------------------------------------------------------------------------------------------------- entries


def entries(scene: Scene) -> list[str]:
    """LIST: the entries or postings; of an order with limit 1, the latest, first, largest or smallest."""
    subject = scene.of("for", "with")
    if scene.plan.pick == "changed":
        return coming_round.steps(scene, subject)
    if scene.plan.pick == "gap":
        return coming_round.longest_gap(scene, subject)
    if scene.plan.pick == "exchanged":
        return exchanges.exchanges(scene)
    if scene.plan.pick == "settled":
        return settling.days(scene)
    if usual := coming_round.usual_day(scene):
        what = scene.of("", "").strip() or "Of these bookings"
        last = f"the latest is {_entry(scene, 0)}{scene.mark([0])}"
        return [f"{phrases.capitalised(what)}: {usual}; {last}; {scene.all_rows}."]
    if scene.only and not scene.plan.limit_by:
        return [f"{_which(scene)}{subject}{_period(scene)}: {_entry(scene, 0)}{scene.mark([0])}."]
    if scene.plan.pick == "ends" and len(scene.evidence.table.rows) == 2:
        near, far = (f"{_entry(scene, row)}{scene.mark([row])}" for row in (0, 1))
        return [f"{_which(scene)}{subject}{_period(scene)}: {near}; the {_order_name(scene, back=True)}: {far}."]
    if scene.plan.pick in {"begun", "ended"}:
        end = "last" if scene.plan.pick == "ended" else "first"
        lead = f"{_number(scene, 'payee')} for the {end} time{subject}{scene.when}{scene.marks}"
        return [f"{lead}: {rows_said(scene, _entry, few=2 * FEW)}."]
    if each := phrases.of_each(scene.plan):
        first = f"{scene.plan.limit:,} {_order_name(scene)}" if scene.plan.limit != 1 else _order_name(scene)
        lead = f"The {first}{each}{subject}{scene.when}, of {_number(scene, _kind(scene))}{scene.marks}"
        return [f"{lead}: {rows_said(scene, _entry, few=2 * FEW)}."]
    many = len(scene.evidence.table.rows) > FEW
    ordered = f", {_order_name(scene)} first" if scene.plan.order and (many or scene.limited) else ""
    among = f"The first {scene.plan.limit:,} of " if scene.limited else ""
    lead = f"{among}{_number(scene, _kind(scene))}{subject}{scene.when}{ordered}{scene.marks}"
    return [f"{lead}: {rows_said(scene, _entry)}.", *whole(scene)]


def _kind(scene: Scene) -> str:
    """What the rows are: "posting", "unusual posting"."""
    picked = {"unusual": "unusual ", "twice": "possibly doubled "}.get(scene.plan.pick, "")
    return f"{picked}{scene.plan.unit}"


def _which(scene: Scene) -> str:
    order, unit = scene.plan.order, _kind(scene)
    if scene.plan.limit == 1 and order and order.by != "key":
        return f"The {phrases.ordinal(scene.plan.skip)}{_order_name(scene)} {unit}"
    return f"One {unit}"


def _order_name(scene: Scene, *, back: bool = False) -> str:
    """How the first row in the order is called; `back`: the last one."""
    order = scene.plan.order
    if order is None:
        return ""
    names = {"date": ("earliest", "latest"), "amount": ("smallest", "largest"), "key": ("first named", "last named")}
    return names[order.by][order.descending is not back]


def _entry(scene: Scene, row: int) -> str:
    """One entry: "2023-09-09, Ramenhuis, “ramen”, 25.30 USD in Expenses:Food:Restaurant"."""
    account = text(scene.cell(row, "account"))
    narration, payee = text(scene.cell(row, "narration")), text(scene.cell(row, "payee"))
    parts = [text(scene.cell(row, "date")), phrases.shown(payee), phrases.quoted(narration) if narration else ""]
    if figure := scene.amount(row, "amount"):
        turn = -1 if scene.root(account) in CREDIT_NORMAL else 1
        where = f" in {account}" if account and scene.plan.filters.accounts != (account,) else ""
        parts.append(f"{scene.money(turn * figure[0], figure[1])}{where}")
        if usual := scene.amount(row, "usual"):
            parts[-1] += f" (usually {scene.money(turn * usual[0], usual[1])})"
    elif account:
        parts.append(account)
    for name, words in (("cost", "at a cost of"), ("price", "at a price of")) if scene.plan.key == LOTS else ():
        if each := scene.amount(row, name):
            parts[-1] += f" {words} {scene.money(*each)} a unit"
    if scene.plan.key and (value := text(scene.cell(row, scene.plan.key))):
        parts.append(f"{scene.plan.key}: {value}")
    return ", ".join(part for part in parts if part)


# -------------------------------------------------------------------------------------------------------- prices


def prices(scene: Scene) -> list[str]:
    """PRICE: one price, or a few of many."""
    pair = f"{text(scene.cell(0, 'commodity')) or scene.plan.commodity or ''}"
    if scene.only:
        order = scene.plan.order
        if order and order.by == "amount":
            which = "highest" if order.descending else "lowest"
            return [f"The {which} price of {pair}{_period(scene)} is {_price(scene, 0)}{scene.mark([0])}."]
        asked = scene.plan.at.isoformat() if scene.plan.at else phrases.last_day(scene.plan.period)
        stated = asked in ("", text(scene.cell(0, "date")))
        before = "" if stated or scene.plan.order else f", the last price on or before {asked}"
        return [f"The price of {pair} is {_price(scene, 0)}{before}{scene.mark([0])}."]
    if scene.evidence.table.row_count > FEW and scene.plan.limit is None and (course := _price_course(scene)):
        return [f"{_number(scene, 'price')} of {pair}{scene.when}{scene.marks}: {course}; {scene.all_rows}."]
    same = len({text(scene.cell(row, "commodity")) for row in range(len(scene.evidence.table.rows))}) == 1
    of = f" of {pair}" if same and pair else ""
    return [f"{_number(scene, 'price')}{of}{scene.when}: {rows_said(scene, _price if same else _named_price)}."]


def _price_course(scene: Scene) -> str:
    """First, last, highest and lowest of one pair's prices; "" where there are several pairs."""
    rows = range(len(scene.evidence.table.rows))
    known = [(row, *figure) for row in rows if (figure := scene.amount(row, "price"))]
    if len({(text(scene.cell(row, "commodity")), currency) for row, _, currency in known}) != 1:
        return ""
    by_day = sorted(known, key=lambda one: text(scene.cell(one[0], "date")))
    telling = {
        "first": by_day[0],
        "last": by_day[-1],
        "highest": max(by_day, key=lambda one: one[1]),
        "lowest": min(by_day, key=lambda one: one[1]),
    }
    return "; ".join(f"{name} {_price(scene, one[0])}{scene.mark([one[0]])}" for name, one in telling.items())


def _price(scene: Scene, row: int) -> str:
    figure = scene.amount(row, "price")
    said = scene.money(*figure) if figure else ""
    day = text(scene.cell(row, "date"))
    return f"{said} on {day}" if day else said


def _named_price(scene: Scene, row: int) -> str:
    return f"{text(scene.cell(row, 'commodity'))} {_price(scene, row)}"


# ------------------------------------------------------------------------------------------------------ metadata


def metadata(scene: Scene) -> list[str]:
    """METADATA: the values of a key, and what bears them."""
    if scene.plan.summed and not any(column.name == "subject" for column in scene.evidence.table.columns):
        return _added_up(scene)
    if scene.plan.pick == "values" and scene.plan.key:
        noun = scene.plan.key if scene.only else f"different {scene.plan.key}"
        return [f"{_number(scene, noun)}{scene.of()}{_period(scene)}: {_each_value(scene)}."]
    if gone_up := scene.facts("gone_up"):
        first, last = (f"{_values(scene, row)} ({_subject(scene, row)}){scene.mark([row])}" for row in (0, 1))
        said = f"{figures.exact(gone_up[0].number)} {scene.plan.key}{scene.of()}{_period(scene)}"
        return [f"{said}, from one reading to another: from {first} to {last}."]
    if scene.only:
        return [f"{_subject(scene, 0)}: {_values(scene, 0)}{scene.mark([0])}."]
    key = f" with {scene.plan.key}" if scene.plan.key else ""
    return [f"{_number(scene, 'record')}{key}{scene.of()}{_period(scene)}: {rows_said(scene, _bearer)}."]


def _each_value(scene: Scene) -> str:
    """The values themselves: "B1, B2, B4"."""
    rows = scene.evidence.table.rows
    said = ", ".join(phrases.shown(text(row[-1])) for row in rows[:_MOST_VALUES])
    more = f"; {scene.all_rows}" if scene.evidence.table.row_count > _MOST_VALUES else ""
    return f"{said}{scene.mark(range(min(len(rows), _MOST_VALUES)))}{more}"


def _added_up(scene: Scene) -> list[str]:
    """The numbers under a key added up: "2,637 kwh for Power in 2024, over 12 entries"."""
    key, table = scene.plan.key or "", scene.evidence.table
    if len(table.columns) == 1 and scene.plan.averaged:
        over = "".join(f" (over {figures.exact(fact.number)} of them)" for fact in scene.facts("divisor"))
        mean = figures.shortened(Decimal(str(table.rows[0][0])), figures.CENTS)
        return [f"On average {mean} {key}{scene.of()}{_period(scene)}{over}{scene.resting}."]
    if len(table.columns) == 1:
        return [f"{_numeral(table.rows[0][0])} {key}{scene.of()}{_period(scene)}{scene.resting}."]
    rows = [row for row in table.rows if row[0] or not scene.plan.by_key]
    said = "; ".join(f"{_group_name(row[0])} {_numeral(row[1])}" for row in rows[:_MOST_SUMS])
    more = f"; {scene.all_rows}" if table.row_count > _MOST_SUMS and not scene.plan.limit else ""
    whole = "".join(f" Together: {figures.exact(fact.number)} {key}." for fact in scene.facts("total"))
    rest = "".join(f" With no {scene.plan.by_key}: {_numeral(one.number)} {key}." for one in scene.facts("unlabelled"))
    unit = table.columns[0].name
    when = f"{_period(scene)}{scene.resting}"
    if scene.plan.having:
        limits = phrases.capitalised(phrases.within_limits(scene.plan.having))
        among = f"{'for' if unit in {'payee', scene.plan.by_key} else 'in'} {figures.count(table.row_count, unit)}"
        return [f"{limits} {key}{scene.of()} {among}{when}: {said}{more}.{rest}"]
    if scene.plan.limit and scene.plan.order:
        extreme = "most" if scene.plan.order.descending else "fewest"
        return [f"The {extreme} {key} by {unit}{scene.of()}{when}: {said}{more}.{rest}"]
    key = f"Average {key}" if scene.plan.averaged else key
    return [f"{key} by {unit}{scene.of()}{when}: {said}{more}.{whole}{rest}"]


def _group_name(cell: Cell) -> str:
    return text(cell) or "no payee"


def _numeral(cell: Cell) -> str:
    return figures.exact(cell) if isinstance(cell, Decimal) else text(cell)


def _bearer(scene: Scene, row: int) -> str:
    return f"{_subject(scene, row)}: {_values(scene, row)}"


def _subject(scene: Scene, row: int) -> str:
    day, subject = text(scene.cell(row, "date")), phrases.shown(text(scene.cell(row, "subject")))
    if scene.entry_type(row) in ("open", "commodity"):  # when it was declared says nothing of its metadata
        return subject
    return f"{subject}{f' ({day})' if day else ''}".strip() or "The entry"


def _values(scene: Scene, row: int) -> str:
    """The metadata cells whole, links and hashes included, with money joined to its currency."""
    columns, cells = scene.evidence.table.columns, scene.evidence.table.rows[row]
    said = []
    for at, column in enumerate(columns):
        if column.name in ("date", "subject") or cells[at] is None or column.type == "currency":
            continue
        money = at + 1 < len(columns) and columns[at + 1].type == "currency"
        said.append(f"{column.name} {text(cells[at])}{spaced(text(cells[at + 1])) if money else ''}")
    return ", ".join(said)


# -------------------------------------------------------------------------------------------- accounts and the like


def accounts(scene: Scene) -> list[str]:
    """ACCOUNTS: when one was opened and closed, or which there are."""
    if scene.plan.key == UNUSED:
        when = _period(scene) if scene.plan.period else ""
        return [f"{_number(scene, 'open account')}{scene.of()} with nothing booked{when}: {rows_said(scene, _idle)}."]
    if scene.only:
        return [f"{_account(scene, 0)}{scene.marks}."]
    subject = f"{scene.of()}{_period(scene)}"
    return [f"{_number(scene, 'account')}{subject}: {rows_said(scene, _account)}."]


def _account(scene: Scene, row: int) -> str:
    opened, closed = text(scene.cell(row, "opened")), text(scene.cell(row, "closed"))
    life = [f"opened on {opened}" if opened else "", f"closed on {closed}" if closed else ""]
    said = " and ".join(part for part in life if part)
    currencies = text(scene.cell(row, "currencies"))
    state = "" if closed or not scene.only else " and is still open"
    limits = f" (currencies: {currencies})" if currencies and scene.only else ""
    return f"{text(scene.cell(row, 'account'))}{' was' if said and scene.only else ''}{spaced(said)}{state}{limits}"


def _idle(scene: Scene, row: int) -> str:
    """An account that is not in use: "Expenses:Tools, last used on 2024-03-01"."""
    last = text(scene.cell(row, "last used"))
    return f"{text(scene.cell(row, 'account'))}, {f'last used on {last}' if last else 'never used'}"


def commodities(scene: Scene) -> list[str]:
    """COMMODITIES: which there are."""
    return [f"{_number(scene, 'commodity')}{scene.of()}: {rows_said(scene, _commodity)}."]


def _commodity(scene: Scene, row: int) -> str:
    cells = [phrases.shown(text(cell)) for cell in scene.evidence.table.rows[row]]
    name = text(scene.cell(row, "commodity")) or cells[0]
    rest = [cell for cell in cells if cell and cell != name]
    return f"{name} ({', '.join(rest)})" if rest else name


def events(scene: Scene) -> list[str]:
    """EVENTS: what held from when."""
    if scene.only:
        day, kind, value = (text(scene.cell(0, name)) for name in ("date", "type", "description"))
        return [f"{kind[:1].upper()}{kind[1:]}: {value or '(none)'} since {day}{scene.mark([0])}."]
    return [f"{_number(scene, 'event')}{_period(scene)}: {rows_said(scene, _event)}."]


def _event(scene: Scene, row: int) -> str:
    parts = [text(scene.cell(row, name)) for name in ("date", "type", "description")]
    return f"{parts[0]} {parts[1]}: {parts[2] or '(none)'}"


def notes(scene: Scene) -> list[str]:
    """NOTES: what was noted on accounts."""
    return [f"{_number(scene, 'note')}{scene.of('on')}{_period(scene)}: {rows_said(scene, _note)}."]


def _note(scene: Scene, row: int) -> str:
    comment = phrases.quoted(text(scene.cell(row, "comment")))
    return f"{text(scene.cell(row, 'date'))}, {text(scene.cell(row, 'account'))}: {comment}"


def documents(scene: Scene) -> list[str]:
    """DOCUMENTS: which files are attached to which accounts."""
    return [f"{_number(scene, 'document')}{scene.of('attached to')}{_period(scene)}: {rows_said(scene, _document)}."]


def _document(scene: Scene, row: int) -> str:
    return f"{text(scene.cell(row, 'path'))} ({text(scene.cell(row, 'date'))}, {text(scene.cell(row, 'account'))})"


def balance_checks(scene: Scene) -> list[str]:
    """BALANCE_CHECKS: assertions, and by how much those are off that do not hold."""
    failing = f" that {'does' if scene.evidence.table.row_count == 1 else 'do'} not hold" if scene.plan.failing else ""
    return [f"{_number(scene, 'balance check')}{failing}{scene.of()}{_period(scene)}: {rows_said(scene, _check)}."]


def _check(scene: Scene, row: int) -> str:
    asserted, off = scene.amount(row, "amount"), scene.amount(row, "difference")
    said = f" asserted {scene.money(*asserted)}" if asserted else ""
    by = f", off by {scene.money(abs(off[0]), off[1])}" if off and off[0] else ""
    return f"{text(scene.cell(row, 'date'))}, {text(scene.cell(row, 'account'))}{said}{by}"


def queries(scene: Scene) -> list[str]:
    """QUERIES: the ledger's own saved queries."""
    if scene.only and scene.plan.filters.mentions:
        said = text(scene.cell(0, "query"))
        return [f"The saved query {_query(scene, 0)} is: {said}{scene.mark([0])}."]
    return [f"{_number(scene, 'saved query')}: {rows_said(scene, _query, ', ')}."]


def _query(scene: Scene, row: int) -> str:
    return text(scene.cell(row, "name"))


def ledger_errors(scene: Scene) -> list[str]:
    """LEDGER_ERRORS: what Beancount found wrong."""
    return [f"Beancount reports {_number(scene, 'error')} in this ledger: {rows_said(scene, _error)}."]


def _error(scene: Scene, row: int) -> str:
    place = ":".join(part for part in (text(scene.cell(row, "file")), text(scene.cell(row, "line"))) if part)
    return f"{place + ' ' if place else ''}{phrases.quoted(text(scene.cell(row, 'message')))}"
