"""Everything that can bear a reader's sentence to one question: each cited entry, each result row, each fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from ledgerqa.grounding import phrases
from ledgerqa.grounding.claim_dates import PATTERNS, YEAR_ALONE, find_dates
from ledgerqa.grounding.claim_reading import Names
from ledgerqa.grounding.claim_words import Role, forms
from ledgerqa.grounding.entry_claims import EntryWitness, Leg
from ledgerqa.grounding.figures import CENTS, endless
from ledgerqa.grounding.result_claims import Figure, ResultWitness
from ledgerqa.grounding.scene import Scene, text
from ledgerqa.grounding.scopes import Name, Scope, named_account, scope_of
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Period, Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledgerqa.grounding.scene import Line, LedgerNames
    from ledgerqa.records import Citation, Entry, Evidence, Fact, Plan

LEGS = """
SELECT p.entry_id, p.account, p.root, coalesce(p.number_text, p.number::VARCHAR), p.currency,
    p.cost_currency IS NOT NULL OR p.price_currency IS NOT NULL
FROM postings p WHERE p.entry_id IN (SELECT unnest(?::INTEGER[])) ORDER BY p.posting_id
"""
LABELS = """
SELECT entry_id, tag FROM tags WHERE entry_id IN (SELECT unnest(?::INTEGER[]))
UNION ALL SELECT entry_id, link FROM links WHERE entry_id IN (SELECT unnest(?::INTEGER[]))
"""
NOUNS = {
    "entries": {"entry", "entries", "transaction", "transactions"},
    "postings": {"posting", "postings"},
    "days": {"day", "days"},
    "months": {"month", "months"},
    "years": {"year", "years"},
    "payees": {"payee", "payees"},
    "accounts": {"account", "accounts"},
}
MOVING = {
    Root.EXPENSES: (frozenset({Role.OUT}), frozenset({Role.REFUND})),
    Root.INCOME: (frozenset({Role.IN}), frozenset[Role]()),
}


class Books(Protocol):
    """What is asked of `corpus.Index`."""

    @property
    def ledger(self) -> LedgerNames:
        """Facts about the ledger."""

    def digits(self, currency: str) -> int:
        """The decimals with which a currency is displayed."""

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """These entries, in the order asked."""

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement."""


@dataclass(frozen=True)
class Witnesses:
    """What bears a sentence, and every name that one may bear."""

    entries: tuple[EntryWitness, ...]
    results: tuple[ResultWitness, ...]
    names: Names


def witnesses(plan: Plan, evidence: Evidence, citations: Sequence[Citation], books: Books) -> Witnesses:
    """All that may bear a sentence; asks the index only for the cited entries' postings, tags and links."""
    scene = Scene(plan, evidence, books, tuple(citations))
    ids = [citation.entry.entry_id for citation in citations]
    legs, labels = _legs(books, ids), _labels(books, ids)
    entries = tuple(_entry(scene, citation, legs, labels) for citation in citations)
    results = (*_rows(scene), *_facts(scene))
    return Witnesses(entries, results, _names(scene, entries, books))


# ------------------------------------------------------------------------------------------------------ entries


def _legs(books: Books, ids: Sequence[int]) -> dict[int, list[Leg]]:
    found: dict[int, list[Leg]] = {}
    for entry, account, root, number, currency, traded in books.query(LEGS, [list(ids)]) if ids else ():
        if number is not None:
            found.setdefault(entry, []).append(Leg(account, Root(root) if root else None, Decimal(number), currency, traded))
    return found


def _labels(books: Books, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for entry, label in books.query(LABELS, [list(ids), list(ids)]) if ids else ():
        found.setdefault(entry, []).append(label)
    return found


def _entry(
    scene: Scene, citation: Citation, legs: Mapping[int, list[Leg]], labels: Mapping[int, list[str]]
) -> EntryWitness:
    entry = citation.entry
    texts = [entry.payee, entry.narration, *labels.get(entry.entry_id, [])]
    return EntryWitness(
        mark=citation.id,
        date=entry.date,
        payee=entry.payee or entry.narration,
        texts=tuple(one for one in texts if one),
        legs=tuple(legs.get(entry.entry_id, ())),
        listed=scene.plan.measure is Measure.LIST and scene.evidence.table.row_count == 1 and not scene.plan.limit,
        ranks=_ranks(scene, entry.entry_id),
        scope=replace(_scope(scene), standing=False),
    )


def _ranks(scene: Scene, entry_id: int) -> frozenset[Role]:
    """What the order of a list says of its first entry."""
    order, rows = scene.plan.order, scene.evidence.row_entries
    if scene.plan.measure is not Measure.LIST or order is None or not rows or rows[0] != entry_id:
        return frozenset()
    ranks = {("amount", True): Role.LARGEST, ("amount", False): Role.SMALLEST}
    ranks |= {("date", True): Role.LATEST, ("date", False): Role.EARLIEST}
    rank = ranks.get((order.by, order.descending))
    return frozenset({rank}) if rank else frozenset()


# --------------------------------------------------------------------------------------------------------- rows


def _scope(scene: Scene, side: str = "") -> Scope:
    """The limits of the plan's figures, or of those of one side."""
    plan = scene.plan
    variant = next((one for one in plan.compare if one.label == side), None)
    filters = [plan.filters, *([variant.filters] if variant else [])]
    period = (variant.period if variant else None) or plan.period
    standing = plan.measure in phrases.STANDING
    scope = scope_of(plan, filters, period, set(scene.books.ledger.root_names.values()), standing=standing)
    first, last = scene.evidence.first_date, scene.evidence.last_date
    if not period and not standing and first and last and not plan.compare:
        scope = replace(scope, periods=((Period(first, last + dt.timedelta(days=1)), False),))
    return scope


def _rows(scene: Scene) -> Iterator[ResultWitness]:
    """The rows of a result that are figures or directives; those of a list are its entries."""
    plan = scene.plan
    if plan.measure is Measure.LIST:
        return
    if plan.measure in (Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET):
        yield from (_keyed(scene, line) for line in scene.lines)
    elif scene.lines and plan.measure not in COLUMNS:
        yield from (_keyed(scene, line) for line in scene.lines)
    else:
        yield from (_directive(scene, row) for row in range(len(scene.evidence.table.rows)))


def _keyed(scene: Scene, line: Line) -> ResultWitness:
    """A row of a measure that gives one figure: its group keys are limits that must be said."""
    scope = _scope(scene, line.side)
    groupings = scene.plan.group_by or ((Grouping.ACCOUNT,) if line.keys else ())
    keys = tuple(zip(groupings, line.keys, strict=False))
    must = list(scope.must)
    for grouping, key in keys:
        if grouping in TIME_GROUPINGS:
            period = _calendar(key)
            beside = ((scope.period, False),) if scope.period else ()
            scope = replace(scope, period=period, periods=beside)
        elif grouping is not Grouping.CURRENCY:
            must.append(_key_name(grouping, key, scene))
    if any(grouping is Grouping.ACCOUNT for grouping, _ in keys):  # the row's account lies below the plan's
        optional = [name for name in must if name.text in scene.plan.filters.accounts and name.text not in line.keys]
        must = [name for name in must if name not in optional]
        names = tuple(name.ways for name in optional)
    else:
        names = ()
    scope = replace(scope, must=tuple(dict.fromkeys(must)), asked=not keys and not line.side)
    alone = not keys and not line.side and len({one.currency for one in scene.lines}) == 1
    figure = _line_figure(scene, line)
    per = scene.plan.per if scene.plan.measure is Measure.AVERAGE and scene.plan.per != "booking" else ""
    title = f"the {'row' if keys or line.side else 'result'} {' '.join((line.side, *line.keys))}".strip()
    return ResultWitness(
        title, (figure,), scope, names, asides=_over(scene) if alone else (), per=per, marks=_all_marks(scene)
    )


def _key_name(grouping: Grouping, key: str, scene: Scene) -> Name:
    return named_account(key) if grouping is Grouping.ACCOUNT else Name(key or f"no {grouping.value}", forms(key))


def _calendar(key: str) -> Period:
    for pattern in (*PATTERNS[:3], PATTERNS[4], YEAR_ALONE):
        if match := pattern.fullmatch(key):
            from ledgerqa.grounding.claim_dates import _claim

            span = _claim(match).span
            return Period(*span, label=key) if span else Period()
    return Period()


def _all_marks(scene: Scene) -> frozenset[int]:
    """The marks of a figure that may carry them: of all its sources, if all of them are cited."""
    whole = scene.evidence.contributing == len(scene.citations) and not scene.plan.group_by and not scene.plan.compare
    return frozenset(citation.id for citation in scene.citations) if whole else frozenset()


def _over(scene: Scene) -> tuple[Figure, ...]:
    return (Figure(Decimal(scene.evidence.contributing), "", nouns=frozenset(NOUNS["entries"])),)


def _line_figure(scene: Scene, line: Line) -> Figure:
    """The figure of a row in the sign people mean, with the words of its measure."""
    measure, root = scene.plan.measure, scene.root_of(line)
    if measure is Measure.COUNT:
        nouns = frozenset(NOUNS[scene.plan.count_of])
        return Figure(line.number, "", frozenset({Role.COUNT}), frozenset({Role.MANY, Role.ONE}), nouns=nouns)
    if measure is Measure.NET_INCOME:
        down = frozenset({Role.DEFICIT})
        need = frozenset({Role.SURPLUS, Role.NET}) if line.number <= 0 else frozenset({Role.NET, Role.DEFICIT})
        return Figure(-line.number, line.currency, need, frozenset({Role.INCOME}), down if line.number > 0 else frozenset())
    number = scene.turned(line)
    if measure is Measure.AVERAGE:
        decimals = max(scene.books.digits(line.currency), CENTS)
        allows = _moving(root, number)[0] | ({Role.ONE} if scene.plan.per == "booking" else set())
        return Figure(number, line.currency, frozenset({Role.AVERAGE}), allows, decimals=decimals)
    if measure in (Measure.BALANCE, Measure.BALANCE_SHEET):
        down = frozenset({Role.OWE}) if number < 0 and root in (Root.LIABILITIES, Root.ASSETS) else frozenset()
        return _cut(Figure(number, line.currency, frozenset({Role.BALANCE}), frozenset({Role.TOTAL}), down))
    if measure is Measure.NET_WORTH:
        return _cut(Figure(number, line.currency, frozenset({Role.WORTH}), frozenset({Role.NET, Role.TOTAL})))
    figure = _cut(moved(number, line.currency, root))
    same = [one for one in scene.lines if (one.side, one.keys) == (line.side, line.keys)]
    return in_part(figure) if len(same) > 1 else figure


def moved(number: Decimal, currency: str, root: Root | None) -> Figure:
    """A figure of what moved, in the sign people mean, with the words of its account type."""
    needs, down = _moving(root, number)
    allows = frozenset({Role.TOTAL, Role.MANY} | ({Role.NET} if number < 0 else set()))
    return Figure(number, currency, needs or frozenset({Role.TOTAL}), allows, down)


def in_part(figure: Figure) -> Figure:
    """A figure beside which there are others in other currencies: it is no total."""
    needs = figure.needs - {Role.TOTAL} or frozenset({Role.CHANGE})
    return figure._replace(needs=needs, allows=figure.allows - {Role.TOTAL})


def _moving(root: Root | None, number: Decimal) -> tuple[frozenset[Role], frozenset[Role]]:
    up, down = MOVING.get(root, (frozenset({Role.CHANGE}), frozenset[Role]())) if root else (frozenset({Role.CHANGE}), frozenset[Role]())
    return (up, frozenset()) if number >= 0 else ((frozenset({Role.CHANGE}) if not down else frozenset()) or down, down)


def _cut(figure: Figure) -> Figure:
    """Of a conversion without an end, the decimals to which it may be shortened."""
    return figure._replace(decimals=CENTS) if endless(figure.number) else figure


# --------------------------------------------------------------------------------------------------- directives

# Of the measures whose rows have several figures: what each column is called.
COLUMNS: dict[Measure, dict[str, tuple[frozenset[Role], frozenset[Role]]]] = {
    Measure.HOLDINGS: {
        "units": (frozenset({Role.BALANCE}), frozenset({Role.BUY})),
        "cost": (frozenset({Role.COST}), frozenset()),
        "value": (frozenset({Role.VALUE}), frozenset({Role.BALANCE})),
        "gain": (frozenset({Role.GAIN}), frozenset()),
        "price": (frozenset({Role.PRICE}), frozenset()),
    },
    Measure.PRICE: {"price": (frozenset({Role.PRICE}), frozenset())},
    Measure.BUDGET: {
        "budget": (frozenset({Role.BUDGET}), frozenset({Role.PER})),
        "spent": (frozenset({Role.OUT}), frozenset()),
        "left": (frozenset({Role.LEFT}), frozenset()),
    },
    Measure.BALANCE_CHECKS: {
        "amount": (frozenset({Role.CHECK, Role.BALANCE}), frozenset()),
        "difference": (frozenset({Role.DIFFERENCE}), frozenset()),
    },
    Measure.RECURRING: {"amount": (frozenset({Role.OUT}), frozenset({Role.ONE, Role.MANY}))},
}
KEYS = {
    Measure.HOLDINGS: ("account",),
    Measure.PRICE: ("commodity",),
    Measure.BUDGET: ("account",),
    Measure.BALANCE_CHECKS: ("account",),
    Measure.RECURRING: ("payee",),
}
CADENCES = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def _directive(scene: Scene, row: int) -> ResultWitness:
    """A row of named columns: its texts are names, its dates days, its figures said by their column's word."""
    plan, table = scene.plan, scene.evidence.table
    cells = list(zip(table.columns, table.rows[row], strict=True))
    must = [_cell_name(column.name, text(cell)) for column, cell in cells if column.name in KEYS.get(plan.measure, ())]
    texts = [text(cell) for column, cell in cells if column.type in ("text", "currency") and cell is not None]
    days = [cell for _, cell in cells if isinstance(cell, dt.date)]
    cadence = next((text(cell) for column, cell in cells if column.name in ("cadence", "interval")), "")
    scope = _scope(scene)
    scope = replace(scope, must=tuple(must), needs_period=not days, hidden="" if must else scope.hidden, asked=False)
    if scope.standing and not scope.period:
        scope = replace(scope, needs_period=False)
    of_row = scene.evidence.row_entries[row] if row < len(scene.evidence.row_entries) else None
    mark = next((one.id for one in scene.citations if one.entry.entry_id == of_row), None)
    return ResultWitness(
        f"the row {' '.join(name.text for name in must) or row + 1}",
        tuple(_column_figures(scene, row)),
        scope,
        tuple(forms(one) | named_account(one).ways for one in texts),
        days=tuple(days),
        per=CADENCES.get(cadence, ""),
        marks=frozenset() if mark is None else frozenset({mark}),
    )


def _cell_name(column: str, cell: str) -> Name:
    return named_account(cell) if column == "account" else Name(cell, forms(cell))


def _column_figures(scene: Scene, row: int) -> Iterator[Figure]:
    for name, (needs, allows) in COLUMNS.get(scene.plan.measure, {}).items():
        found = scene.amount(row, name)
        if found is None:
            continue
        number, currency = found
        currency = currency or (text(scene.cell(row, "commodity")) if name == "units" else "")
        down = frozenset({Role.LOSS}) if name == "gain" and number < 0 else frozenset()
        if name == "amount" and scene.plan.measure is Measure.RECURRING:
            number = abs(number) if scene.root(text(scene.cell(row, "account"))) is Root.EXPENSES else number
        yield _cut(Figure(number, currency, needs - ({Role.GAIN} if down else set()) or down, allows, down))


# -------------------------------------------------------------------------------------------------------- facts


def _facts(scene: Scene) -> Iterator[ResultWitness]:
    for fact in scene.evidence.facts:
        if (found := _fact(scene, fact)) is not None:
            yield found
    if scene.evidence.contributing and scene.plan.measure not in (Measure.COUNT, Measure.LIST):
        figure = Figure(
            Decimal(scene.evidence.contributing), "", frozenset({Role.COUNT}), frozenset({Role.MANY, Role.ONE}),
            nouns=frozenset(NOUNS["entries"]),
        )  # fmt: skip
        scope = replace(_scope(scene), standing=False)
        if not scene.plan.compare and not scene.plan.group_by and scene.plan.measure in (Measure.SUM, Measure.AVERAGE):
            yield ResultWitness("the number of entries", (figure,), scope, marks=_all_marks(scene))


def _fact(scene: Scene, fact: Fact) -> ResultWitness | None:
    """The witness that a fact is; None for those that a sentence of one clause cannot say with all they rest on."""
    scope = _scope(scene, fact.note)
    scope = replace(scope, asked=not fact.note or not scene.plan.compare)
    root = next(iter(scene.roots)) if len(scene.roots) == 1 else None
    turn = -1 if root in (Root.INCOME, Root.EQUITY) else 1
    title = f"the {fact.name.replace('_', ' ')}{f' of {fact.note}' if fact.note else ''}"
    if fact.name == "total" and scene.plan.measure in (Measure.SUM, Measure.AVERAGE):
        if scene.plan.group_by and scene.plan.measure is Measure.AVERAGE:
            return None
        figure = _cut(moved(turn * fact.number, fact.currency, root))
        if len([one for one in scene.facts("total") if one.note == fact.note]) > 1:
            figure = in_part(figure)
        return ResultWitness(title, (figure,), scope)
    if fact.name == "net":
        need = frozenset({Role.SURPLUS, Role.NET}) if fact.number <= 0 else frozenset({Role.NET, Role.DEFICIT})
        down = frozenset({Role.DEFICIT}) if fact.number > 0 else frozenset[Role]()
        return ResultWitness(title, (Figure(-fact.number, fact.currency, need, frozenset({Role.INCOME}), down),), scope)
    if fact.name == "share":
        must = (*scope.must, Name(fact.note, forms(fact.note) | named_account(fact.note).ways))
        allows = frozenset({Role.TOTAL, Role.OUT if root is Root.EXPENSES else Role.IN})
        figure = Figure(fact.number, "%", frozenset({Role.SHARE}), allows, decimals=1)
        return ResultWitness(title, (figure,), replace(scope, must=must, asked=False))
    if fact.name == "difference" and len(scene.plan.compare) == 2:
        figure = Figure(abs(fact.number), fact.currency, frozenset({Role.DIFFERENCE}))
        hidden = "two sides"
        return ResultWitness(title, (_cut(figure),), replace(scope, hidden=hidden, asked=True))
    if fact.name.startswith("total_") and fact.name[6:] in COLUMNS[Measure.HOLDINGS]:
        needs, _ = COLUMNS[Measure.HOLDINGS][fact.name[6:]]
        down = frozenset({Role.LOSS}) if fact.name == "total_gain" and fact.number < 0 else frozenset[Role]()
        figure = Figure(fact.number, fact.currency, down or needs, frozenset({Role.TOTAL, Role.BALANCE}), down)
        return ResultWitness(title, (figure,), scope)
    return None


# -------------------------------------------------------------------------------------------------------- names


def _names(scene: Scene, entries: Sequence[EntryWitness], books: Books) -> Names:
    """Every name of the evidence, in the parts by which people call an account too."""
    texts: list[str] = []
    currencies: set[str] = set()
    for witness in entries:
        texts += witness.texts
        currencies |= {leg.currency for leg in witness.legs}
        for leg in witness.legs:
            texts += _account_parts(leg.account)
    for row in scene.evidence.table.rows:
        for column, cell in zip(scene.evidence.table.columns, row, strict=True):
            if column.type == "currency" and cell:
                currencies.add(text(cell))
            elif isinstance(cell, str) and not _calendar(cell):
                texts += _account_parts(cell) if scene.root(cell) else [cell]
    for filters in (scene.plan.filters, *(side.filters for side in scene.plan.compare)):
        texts += [part for account in filters.accounts for part in _account_parts(account)]
        texts += [one for mention in filters.mentions for one in (mention.words, *mention.payees, *mention.narrations)]
        texts += filters.tags
    currencies |= {fact.currency for fact in scene.evidence.facts} - {"", "%"}
    periods = [scene.plan.period, *(side.period for side in scene.plan.compare)]
    labels = [period.label for period in periods if period.label and not any(find_dates(f"in {period.label}"))]
    return Names.of([*texts, *currencies], currencies, labels)


def _account_parts(account: str) -> list[str]:
    """The account, everything below each of its components, and every component that is not the root."""
    parts = account.split(":")
    return [":".join(parts[first:last]) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1) if first or last > 1]
