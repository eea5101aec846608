"""What each row of a result bears, with the limits that a sentence about it must say: its keys and the plan's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ledgerqa.grounding import phrases
from ledgerqa.grounding.claim_dates import whole_date
from ledgerqa.grounding.claim_words import forms
from ledgerqa.grounding.result_claims import ResultWitness
from ledgerqa.grounding.result_figures import COLUMNS, NOUNS, column_figures, counted, line_figure
from ledgerqa.grounding.scene import text
from ledgerqa.grounding.scopes import Name, named_account, scope_of
from ledgerqa.records import TIME_GROUPINGS, Grouping, Measure, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.grounding.result_claims import Figure
    from ledgerqa.grounding.scene import Line, Scene
    from ledgerqa.grounding.scopes import Scope, Ways

KEYS = {
    Measure.HOLDINGS: ("account",),
    Measure.PRICE: ("commodity",),
    Measure.BUDGET: ("account",),
    Measure.BALANCE_CHECKS: ("account",),
    Measure.RECURRING: ("payee",),
}
CADENCES = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}


def scope_for(scene: Scene, side: str = "") -> Scope:
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


def rows(scene: Scene) -> Iterator[ResultWitness]:
    """The rows of a result that are figures or directives; those of a list are its entries."""
    if scene.plan.measure is Measure.LIST:
        return
    if scene.lines and scene.plan.measure not in COLUMNS:
        yield from (_keyed(scene, line) for line in scene.lines)
    else:
        yield from (_directive(scene, row) for row in range(len(scene.evidence.table.rows)))


def _keyed(scene: Scene, line: Line) -> ResultWitness:
    """A row of a measure that gives one figure: its group keys are limits that must be said."""
    groupings = scene.plan.group_by or ((Grouping.ACCOUNT,) if line.keys else ())
    keys = tuple(zip(groupings, line.keys, strict=False))
    whole = not keys and not line.side
    title = f"the {'result' if whole else 'row'} {' '.join((line.side, *line.keys)).strip()}".strip()
    scope, beside = _of_keys(scope_for(scene, line.side), keys)
    return ResultWitness(
        title,
        (line_figure(scene, line),),
        replace(scope, asked=whole),
        beside,
        asides=(entries_behind(scene),) if whole and len({one.currency for one in scene.lines}) == 1 else (),
        per=scene.plan.per if scene.plan.measure is Measure.AVERAGE and scene.plan.per != "booking" else "",
        marks=all_marks(scene),
    )


def _of_keys(scope: Scope, keys: tuple[tuple[Grouping, str], ...]) -> tuple[Scope, tuple[Ways, ...]]:
    """The scope with the row's own keys, and names that may be said beside them.

    A period of the row takes the place of the plan's, and an account of the row that of one above it.
    """
    must, beside = list(scope.must), []
    for grouping, key in keys:
        if grouping in TIME_GROUPINGS:
            periods = ((scope.period, scope.standing),) if scope.period else ()
            scope = replace(scope, period=calendar(key), periods=periods)
        elif grouping is Grouping.ACCOUNT:
            above = [name for name in must if key.startswith(f"{name.text}:")]
            must = [*(name for name in must if name not in above), named_account(key)]
            beside += [name.ways for name in above]
        elif grouping is not Grouping.CURRENCY:
            must.append(Name(key or f"no {grouping.value}", forms(key)))
    return replace(scope, must=tuple(dict.fromkeys(must))), tuple(beside)


def _directive(scene: Scene, row: int) -> ResultWitness:
    """A row of named columns: its texts are names, its dates days, its figures said by their column's word."""
    plan, table = scene.plan, scene.evidence.table
    cells = list(zip(table.columns, table.rows[row], strict=True))
    must = [_cell_name(column.name, text(cell)) for column, cell in cells if column.name in KEYS.get(plan.measure, ())]
    texts = [text(cell) for column, cell in cells if column.type in ("text", "currency") and cell is not None]
    days = [cell for _, cell in cells if isinstance(cell, dt.date)]
    cadence = next((text(cell) for column, cell in cells if column.name in ("cadence", "interval")), "")
    scope = scope_for(scene)
    scope = replace(scope, must=tuple(must), needs_period=not days, hidden="" if must else scope.hidden, asked=False)
    if scope.standing and not scope.period:
        scope = replace(scope, needs_period=False)
    if plan.measure is Measure.BUDGET:  # "2024-Q1": each row is of a span of its own
        keys = zip(plan.group_by, (text(cell) for _, cell in cells), strict=False)
        scope, _ = _of_keys(scope, tuple(keys))
    of_row = scene.evidence.row_entries[row] if row < len(scene.evidence.row_entries) else None
    mark = next((one.id for one in scene.citations if one.entry.entry_id == of_row), None)
    return ResultWitness(
        f"the row {' '.join(name.text for name in must) or row + 1}",
        tuple(column_figures(scene, row)),
        scope,
        tuple(forms(one) | named_account(one).ways for one in texts),
        days=tuple(days),
        per=CADENCES.get(cadence, ""),
        marks=frozenset() if mark is None else frozenset({mark}),
    )


def _cell_name(column: str, cell: str) -> Name:
    return named_account(cell) if column == "account" else Name(cell, forms(cell))


def calendar(key: str) -> Period:
    """The days of a key such as "2024-03" or "2024-Q1"; an empty period for what is none."""
    claim = whole_date(key)
    return Period(*claim.span, label=key) if claim and claim.span else Period()


def all_marks(scene: Scene) -> frozenset[int]:
    """The marks of a figure that may carry them: of all its sources, if all of them are cited."""
    whole = scene.evidence.contributing == len(scene.citations) and not scene.plan.group_by and not scene.plan.compare
    return frozenset(citation.id for citation in scene.citations) if whole else frozenset()


def entries_behind(scene: Scene) -> Figure:
    """How many entries a figure rests on."""
    return counted(Decimal(scene.evidence.contributing), NOUNS["entries"])
