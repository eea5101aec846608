"""Sentences for what stands at a day: balances, net worth, holdings, and the two statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.groups import compared, figure_of, grouped, largest, owed
from ledgerqa.grounding.passed import when_passed
from ledgerqa.grounding.scene import CREDIT_NORMAL, FEW, SOME, text
from ledgerqa.grounding.totals import amounts
from ledgerqa.patterns import compiled
from ledgerqa.plan_keys import OPEN_LOTS, PASSED
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Line, Scene
    from ledgerqa.records import Fact

# Accounts of money that was given to be spent on something, and is owed to nobody: GrantInHand, Grants:Archive.
_GIVEN: Final = compiled(
    r":(?:Grants|Grant-?(?:In|Held|Fund|Money|Received|Unspent)[\w-]*|(?:Deferred|Unspent|Restricted)-?Grants?)(?::|$)"
)


# ------------------------------------------------------------------------------------------------------ balances


def balances(scene: Scene) -> list[str]:
    """BALANCE: what an account holds, or what is owed on it."""
    if scene.plan.key == PASSED:
        return when_passed(scene)
    kind = "What you owe" if scene.roots == {Root.LIABILITIES} else "Balance"
    topic = f"{kind}{scene.of('on' if kind != 'Balance' else 'of', 'for')}"
    if scene.plan.compare:
        return compared(scene, topic)
    if scene.plan.group_by:
        return grouped(scene, topic)
    return [f"{_stands(scene)}{scene.as_of or scene.newest}{scene.valued}{scene.resting}."]


def _stands(scene: Scene) -> str:
    """The balance of an ungrouped plan as a clause, in the words of its account type."""
    whose = scene.of("", "for").strip()
    if scene.roots == {Root.LIABILITIES}:
        return _debt(scene, whose)
    if scene.roots == {Root.ASSETS} and all(line.number >= 0 for line in scene.lines):
        verb = "holds" if whose and not _several(scene, whose) else "hold"
        return f"{whose or 'Your assets'} {verb} {amounts(scene, scene.lines)}"
    if scene.roots in ({Root.EXPENSES}, {Root.INCOME}, {Root.EQUITY}):
        whose = whose or phrases.kind_of(scene.roots).capitalize()
    verb = "stand" if _several(scene, whose) else "stands"
    return f"{whose or 'The balance'} {verb} at {amounts(scene, scene.lines)}"


def _several(scene: Scene, whose: str) -> bool:
    return bool(whose) and len(scene.plan.filters.accounts) > 1


def _debt(scene: Scene, whose: str) -> str:
    """A liability: what is owed on it, or that it stands in the user's favour."""
    numbers = [line.number for line in scene.lines]
    on = f" on {whose}" if whose else ""
    named = scene.plan.filters.accounts
    if named and all(number <= 0 for number in numbers) and all(_GIVEN.search(name) for name in named):
        return f"{amounts(scene, scene.lines, absolute=True)} is left{on}"
    if all(number <= 0 for number in numbers):
        return f"You owe {amounts(scene, scene.lines, absolute=True)}{on}"
    if all(number >= 0 for number in numbers):
        return f"{whose or 'What you owe'} stands at {amounts(scene, scene.lines)} in your favour"
    said = figures.listed([owed(scene, line.number, line.currency) for line in scene.lines])
    return f"{whose or 'Your liabilities'}: {said}"


def net_worth(scene: Scene) -> list[str]:
    """NET_WORTH: assets less liabilities."""
    if scene.plan.key == PASSED:
        return when_passed(scene)
    topic = f"Net worth{scene.of()}"
    if scene.plan.compare:
        return compared(scene, topic)
    if scene.plan.group_by:
        return grouped(scene, topic)
    if len(scene.lines) > FEW:
        main = ", ".join(scene.money(line.number, line.currency) for line in scene.lines[:SOME])
        main = f"{main} and more in other currencies ({scene.all_rows})"
    else:
        main = amounts(scene, scene.lines)
    return [f"{topic} is {main}{scene.as_of or scene.newest}{scene.valued}{scene.resting}."]


# ------------------------------------------------------------------------------------------------------ holdings


def holdings(scene: Scene) -> list[str]:
    """HOLDINGS: units of each commodity, with cost, market value and unrealised gain where the table has them."""
    rows = range(len(scene.evidence.table.rows))
    if scene.plan.key == OPEN_LOTS:
        return _lots(scene, rows)
    if len(rows) == 1:
        held = f"You hold {_holding(scene, 0)}{scene.as_of or scene.newest}{_priced(scene)}{scene.resting}."
        return [held, *_in_all(scene)]
    shown = rows if len(rows) <= FEW else rows[:SOME]
    said = "; ".join(_holding(scene, row) for row in shown)
    tail = f"; {scene.all_rows}" if len(shown) < len(rows) or scene.evidence.table.truncated else ""
    lead = f"You hold {figures.count(scene.evidence.table.row_count, 'position')}{scene.of('in')}"
    day = scene.as_of or scene.newest
    return [f"{lead}{day}{_priced(scene)}{scene.resting}: {said}{tail}.", *_totals(scene), *_in_all(scene)]


def _lots(scene: Scene, rows: range) -> list[str]:
    """As in "2 lots: 15 GLD bought 2023-02-14 at 14.60 USD a unit (cost 219.00 USD) in Assets:Broker"."""
    shown = rows if len(rows) <= FEW else rows[:SOME]
    said = "; ".join(_lot(scene, row) for row in shown)
    tail = f"; {scene.all_rows}" if len(shown) < len(rows) or scene.evidence.table.truncated else ""
    lead = f"You hold {figures.count(scene.evidence.table.row_count, 'lot')}{scene.of('in')}"
    return [f"{lead}{scene.as_of or scene.newest}{scene.resting}: {said}{tail}.", *_totals(scene)]


def _lot(scene: Scene, row: int) -> str:
    """One lot: how many are left of it, when it was bought, at what cost a unit and in all."""
    bought, paid, cost = text(scene.cell(row, "bought")), scene.amount(row, "unit_cost"), scene.amount(row, "cost")
    units = scene.amount(row, "units")
    said = scene.units(*units) if units else ""
    said += f" bought {bought}" if bought else ""
    said += f" at a cost of {scene.units(*paid)} a unit" if paid else ""
    said += f" (cost {scene.worth(*cost)})" if cost else ""
    account = text(scene.cell(row, "account"))
    several = len({text(scene.cell(each, "account")) for each in range(len(scene.evidence.table.rows))}) > 1
    return f"{said} in {account}" if several and account else said


def _holding(scene: Scene, row: int) -> str:
    """One row: "12 GLD in Assets:Broker:GLD (cost 1,200.00 USD, market value 1,300.00 USD, gain 100.00 USD)"."""
    units = scene.amount(row, "units")
    account = text(scene.cell(row, "account"))
    commodity = text(scene.cell(row, "commodity"))
    said = scene.units(units[0], units[1] or commodity) if units else commodity
    return f"{said}{f' in {account}' if account else ''}{_worth(scene, row)}"


def _worth(scene: Scene, row: int) -> str:
    parts = []
    for column, word in (("cost", "cost"), ("value", "market value"), ("gain", "unrealised gain"), ("price", "price")):
        if figure := scene.amount(row, column):
            number, currency = figure
            loss = column == "gain" and number < 0
            told = scene.units if column == "price" else scene.worth
            said = told(abs(number) if loss else number, currency)
            parts.append(f"{'unrealised loss' if loss else word} {said}")
    if earned := scene.amount(row, "return"):
        parts.append(f"{earned[0]}% of the cost")
    return f" ({', '.join(parts)})" if parts else ""


def _priced(scene: Scene) -> str:
    """The day of the market prices, where values are shown."""
    if not any(column.name == "value" for column in scene.evidence.table.columns):
        return scene.valued
    day = scene.plan.at.isoformat() if scene.plan.at else phrases.last_day(scene.plan.period)
    return f", market values at {f'prices of {day}' if day else 'the newest prices'}"


def _totals(scene: Scene) -> list[str]:
    """The totals that evidence derived over all holdings."""
    parts = []
    for column, word in (("cost", "cost"), ("value", "market value"), ("gain", "unrealised gain")):
        said = [scene.worth(one.number, one.currency) for one in scene.facts(f"total_{column}")]
        parts += [f"{word} {figures.listed(said)}"] if said else []
    return [f"Together: {', '.join(parts)}."] if parts else []


def _in_all(scene: Scene) -> list[str]:
    """As in "Sales gained 387.00 EUR (price less cost): 1,503.50 EUR together with what is unrealised"."""
    said = []
    for sold in scene.facts("realised"):
        both = next((one for one in scene.facts("gain_in_all") if one.currency == sold.currency), None)
        text_ = f"Sales {_gained(scene, sold)} (price less cost)"
        said.append(f"{text_}; with what is unrealised, {_came_to(scene, both)} in all." if both else f"{text_}.")
    return said


def _gained(scene: Scene, fact: Fact) -> str:
    return f"{'lost' if fact.number < 0 else 'gained'} {scene.worth(abs(fact.number), fact.currency)}"


def _came_to(scene: Scene, fact: Fact) -> str:
    return f"a {'loss' if fact.number < 0 else 'gain'} of {scene.worth(abs(fact.number), fact.currency)}"


# ---------------------------------------------------------------------------------------------------- statements


def income_statement(scene: Scene) -> list[str]:
    """INCOME_STATEMENT: income, expenses and what is left, then the largest accounts."""
    totals = _by_root(scene, (Root.INCOME, Root.EXPENSES))
    lead = f"Income statement{scene.of()}{scene.when}{scene.valued}{scene.resting}"
    return [f"{lead}: {totals}.", *_largest_accounts(scene)]


def balance_sheet(scene: Scene) -> list[str]:
    """BALANCE_SHEET: assets, liabilities and equity, then the largest accounts."""
    totals = _by_root(scene, (Root.ASSETS, Root.LIABILITIES, Root.EQUITY))
    lead = f"Balance sheet{scene.of()}{scene.as_of or scene.newest}{scene.valued}{scene.resting}"
    return [f"{lead}: {totals}.", *_largest_accounts(scene)]


def _by_root(scene: Scene, roots: tuple[Root, ...]) -> str:
    """The totals that evidence derived, by account type, and the net; each in the sign people mean."""
    parts = []
    for root in roots:
        said = [f"{_side(one)}{_total(scene, root, one)}" for one in scene.facts(root.value)]
        parts += [f"{root.value} {figures.listed(said)}"] if said else []
    nets = [f"{_side(one)}{_net(scene, one)}" for one in scene.facts("net") if one.number]
    earned = " earned so far" if Root.INCOME not in roots else ""
    parts += [f"{figures.listed(nets)}{earned}"] if nets else []
    return "; ".join(parts) or scene.all_rows


def _side(fact: Fact) -> str:
    """The side of a comparison that a total belongs to."""
    return f"{phrases.side_name(fact.note)}: " if fact.note else ""


def _total(scene: Scene, root: Root, fact: Fact) -> str:
    if root is Root.LIABILITIES:
        return owed(scene, fact.number, fact.currency)
    return scene.money(-fact.number if root in CREDIT_NORMAL else fact.number, fact.currency)


def _net(scene: Scene, net: Fact) -> str:
    return f"a {'deficit' if net.number > 0 else 'surplus'} of {scene.money(abs(net.number), net.currency)}"


def _largest_accounts(scene: Scene) -> list[str]:
    """The accounts with the largest figures, and how many the table has."""
    if not scene.lines:
        return []
    top = largest(scene.lines)
    return [f"The largest: {'; '.join(_account(scene, line) for line in top)}; {scene.all_rows}."]


def _account(scene: Scene, line: Line) -> str:
    name = ", ".join(part for part in (phrases.side_name(line.side), *line.keys) if part)
    return f"{name} {figure_of(scene, line)}".strip()
