"""What each derived fact bears: totals, nets, shares, a difference, and how many entries there are behind a figure.

Facts that a sentence of one clause cannot say with all that they rest on (a change in percent between two sides, a
divisor) bear nothing here: they are for the headline.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.grounding.claim_words import Role, forms
from ledgerqa.grounding.result_claims import Figure, ResultWitness
from ledgerqa.grounding.result_figures import COLUMNS, NOTHING, in_part, moved, net, shortable
from ledgerqa.grounding.result_rows import all_marks, entries_behind, scope_for
from ledgerqa.grounding.scopes import Name, named_account
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.grounding.scene import Scene
    from ledgerqa.grounding.scopes import Scope
    from ledgerqa.records import Fact

SHARE_DECIMALS = 1


def facts(scene: Scene) -> Iterator[ResultWitness]:
    """The facts that may bear a sentence."""
    for fact in scene.evidence.facts:
        scope = replace(scope_for(scene, fact.note), asked=not fact.note or not scene.plan.compare)
        title = f"the {fact.name.replace('_', ' ')}{f' of {fact.note}' if fact.note else ''}"
        if (found := _fact(scene, fact, scope)) is not None:
            yield ResultWitness(title, *found)
    plan = scene.plan
    single = plan.measure in (Measure.SUM, Measure.AVERAGE) and not plan.compare and not plan.group_by
    if scene.evidence.contributing and single:
        yield ResultWitness("the number of entries", (entries_behind(scene),), scope_for(scene), marks=all_marks(scene))


def _fact(scene: Scene, fact: Fact, scope: Scope) -> tuple[tuple[Figure, ...], Scope] | None:
    if fact.name == "total" and scene.plan.measure in (Measure.SUM, Measure.AVERAGE):
        return _total(scene, fact, scope)
    if fact.name == "net":
        return (net(fact.number, fact.currency),), scope
    if fact.name == "share":
        return _share(scene, fact, scope)
    if fact.name == "difference" and len(scene.plan.compare) == 2:
        figure = Figure(abs(fact.number), fact.currency, frozenset({Role.DIFFERENCE}))
        return (shortable(figure),), replace(scope, hidden="its two sides", asked=True)
    if fact.name.startswith("total_") and scene.plan.measure is Measure.HOLDINGS:
        return _column_total(fact, scope)
    return None


def _root(scene: Scene) -> Root | None:
    return next(iter(scene.roots)) if len(scene.roots) == 1 else None


def _total(scene: Scene, fact: Fact, scope: Scope) -> tuple[tuple[Figure, ...], Scope] | None:
    """A total of all rows; one of a group's own (below an average) has no limits that are known here."""
    if scene.plan.group_by and scene.plan.measure is Measure.AVERAGE:
        return None
    root = _root(scene)
    figure = moved(-fact.number if root in (Root.INCOME, Root.EQUITY) else fact.number, fact.currency, root)
    several = len([one for one in scene.facts("total") if one.note == fact.note]) > 1
    return (in_part(figure) if several else figure,), scope


def _share(scene: Scene, fact: Fact, scope: Scope) -> tuple[tuple[Figure, ...], Scope]:
    """What part a group is of the total: both must be named."""
    way = {Root.EXPENSES: Role.OUT, Root.INCOME: Role.IN}.get(_root(scene) or Root.ASSETS, Role.TOTAL)
    figure = Figure(fact.number, "%", frozenset({Role.SHARE}), frozenset({Role.TOTAL, way}), decimals=SHARE_DECIMALS)
    key = Name(fact.note, forms(fact.note) | named_account(fact.note).ways)
    return (figure,), replace(scope, must=(*scope.must, key), asked=False)


def _column_total(fact: Fact, scope: Scope) -> tuple[tuple[Figure, ...], Scope] | None:
    """The total cost, value or gain of holdings: three totals, so that "the total" is none of them."""
    column = fact.name.removeprefix("total_")
    if column not in COLUMNS[Measure.HOLDINGS]:
        return None
    lost = frozenset({Role.LOSS}) if column == "gain" and fact.number < 0 else NOTHING
    needs = lost or COLUMNS[Measure.HOLDINGS][column][0]
    figure = Figure(fact.number, fact.currency, needs, frozenset({Role.TOTAL, Role.BALANCE}), lost)
    return (figure,), replace(scope, asked=False)
