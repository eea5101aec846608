"""Sentences for what comes round or stays away: recurring payments, gaps, and budgets against spending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.listings import rows_said
from ledgerqa.grounding.scene import CREDIT_NORMAL, FEW, SOME, text
from ledgerqa.plan_keys import STATED
from ledgerqa.records import Root

if TYPE_CHECKING:
    from decimal import Decimal

    from ledgerqa.grounding.scene import Scene
    from ledgerqa.records import Fact

EACH = {"daily": "a day", "weekly": "a week", "monthly": "a month", "quarterly": "a quarter", "yearly": "a year"}
SHOWN = 2 * FEW  # names that a sentence can hold where each is short


def recurring(scene: Scene) -> list[str]:
    """RECURRING: who is paid how often, and how much of late."""
    rose = {"risen": " that rose", "ended": " that ended", "begun": " that began"}.get(scene.plan.pick, "")
    what = f"{scene.plan.key} payment" if scene.plan.key else "recurring payment"
    lead = figures.count(scene.evidence.table.row_count, f"{what}{rose}", f"{what}s{rose}")
    order = scene.plan.order
    if scene.plan.limit == len(scene.evidence.table.rows) == 1 and order is not None and order.by == "amount":
        which = "dearest" if order.descending else "cheapest"
        of = f" of {figures.count(scene.evidence.table.row_count, 'recurring payment')}"
        return [f"The {which}{of}{scene.of()} is {_cadence(scene, 0)}{_a_year(scene, 0)}{scene.marks}."]
    if scene.evidence.table.row_count == 1:
        return [f"One {what}{rose}{scene.of()}{scene.when}: {_cadence(scene, 0)}{scene.marks}."]
    total = len(scene.evidence.table.rows)
    shown = total if total <= SHOWN else FEW
    said = "; ".join(f"{_cadence(scene, row)}{scene.mark([row])}" for row in range(shown))
    rest = f"; {scene.all_rows}" if shown < scene.evidence.table.row_count else ""
    return [f"{lead}{scene.of()}{scene.when}{_together(scene)}: {said}{rest}."]


def _together(scene: Scene) -> str:
    """What all of them come to, each at its latest amount: ", together 60.91 EUR a month (730.87 EUR a year)"."""
    months, years = (" and ".join(_turned(scene, fact) for fact in scene.facts(name)) for name in ("a_month", "a_year"))
    return f", together {months} a month ({years} a year)" if months else ""


def _turned(scene: Scene, fact: Fact) -> str:
    turn = -1 if scene.roots and scene.roots <= CREDIT_NORMAL else 1
    return scene.money(turn * fact.number, fact.currency)


def _cadence(scene: Scene, row: int) -> str:
    """One row: "Glasdraad, monthly, 55.12 USD (last on 2024-12-01)"."""
    account = text(scene.cell(row, "account"))
    name = text(scene.cell(row, "payee")) or text(scene.cell(row, "narration"))
    cadence = text(scene.cell(row, "cadence"))
    parts = [phrases.shown(name) or account, cadence if cadence != scene.plan.key else ""]
    if usual := scene.amount(row, "amount"):
        turn = -1 if scene.root(account) in CREDIT_NORMAL else 1
        parts.append(scene.money(turn * usual[0], usual[1]))
    if before := scene.amount(row, "before"):
        turn = -1 if scene.root(account) in CREDIT_NORMAL else 1
        parts.append(f"up from {scene.money(turn * before[0], before[1])} on {text(scene.cell(row, 'since'))}")
    if scene.plan.pick == "begun":
        parts.append(f"since {text(scene.cell(row, 'first'))}")
    last = text(scene.cell(row, "last"))
    return f"{', '.join(part for part in parts if part)}{f' (last on {last})' if last else ''}"


def _a_year(scene: Scene, row: int) -> str:
    """What a row comes to in a year, where evidence says so: ", 203.88 EUR a year"."""
    found = next((one for one in scene.facts("yearly") if one.rows == (row,)), None)
    if found is None or text(scene.cell(row, "cadence")) == "yearly":
        return ""
    turn = -1 if scene.root(text(scene.cell(row, "account"))) in CREDIT_NORMAL else 1
    return f", {scene.money(turn * found.number, found.currency)} a year"


def gaps(scene: Scene) -> list[str]:
    """GAPS: the calendar periods in which nothing matches."""
    unit = scene.plan.group_by[0].value if scene.plan.group_by else "month"
    lead = figures.count(scene.evidence.table.row_count, unit)
    keys = [text(row[0]) for row in scene.evidence.table.rows]
    said = ", ".join(keys[:SHOWN]) + (f", …; {scene.all_rows}" if scene.evidence.table.row_count > SHOWN else "")
    return [f"{lead} without any entry{scene.of()}{scene.when}: {said}{scene.marks}."]


def budgets(scene: Scene) -> list[str]:
    """BUDGET: what is set, and what of it was spent where a period was asked for."""
    rows = scene.evidence.table.row_count
    if scene.by_time:
        return _budgets_by_time(scene)
    if rows == 1 and not scene.plan.failing:
        return [f"{_budget(scene, 0)}{scene.marks}."]
    subject = f"{scene.of()}{scene.when if scene.plan.period else ''}"
    unmarked = "" if any(entry is not None for entry in scene.evidence.row_entries) else scene.marks
    exceeded = f" {'was' if rows == 1 else 'were'} exceeded" if scene.plan.failing else ""
    return [f"{figures.count(rows, 'budget')}{exceeded}{subject}: {rows_said(scene, _budget)}{unmarked}."]


def _budgets_by_time(scene: Scene) -> list[str]:
    """Each span of a budget, those in which it was exceeded first: "over budget in 2 of 4 quarters: 2025-Q2, ..."."""
    count, rows = scene.evidence.table.row_count, range(len(scene.evidence.table.rows))
    over = [row for fact in scene.facts("exceeded") for row in fact.rows]
    accounts = list(dict.fromkeys(text(scene.cell(row, "account")) for row in rows))
    alone = len(accounts) == 1
    unit = scene.plan.group_by[0].value if alone else "budget"
    whole = "" if scene.plan.failing else f" of {count:,}"
    lead = f"over budget in {len(over):,}{whole} {unit}{'' if count == 1 else 's'}"
    lead = lead if over else f"within budget in {'all ' if count > 1 else ''}{figures.count(count, unit)}"
    if all(scene.root(account) is Root.INCOME for account in accounts):
        reached = [row for row in rows if (left := scene.amount(row, "left")) and left[0] <= 0]
        lead = f"reached in {len(reached):,} of {figures.count(count, unit)}"
    first = [*(row for row in over if row in rows), *(row for row in rows if row not in over)]
    told = first if count <= FEW else first[: min(len(over), SHOWN) or SOME]
    said = "; ".join(_span_of_budget(scene, row, alone=alone) for row in told)
    rest = f"; {scene.all_rows}" if len(told) < count else ""
    return [f"{accounts[0] if alone else 'Budgets'}{scene.when}, {lead}: {said}{rest}{scene.marks}."]


def _span_of_budget(scene: Scene, row: int, *, alone: bool) -> str:
    """One span: "2025-Q2, 124.15 EUR spent of 100.00 EUR, 24.15 EUR over budget"."""
    budget, spent, left = _of_budget(scene, row)
    if not (budget and spent and left):
        return ""
    named = "" if alone else f"{text(scene.cell(row, 'account'))}, "
    verb, rest = _kept_to(scene, row, left)
    key = text(scene.cell(row, scene.plan.group_by[0].value))
    return f"{named}{key}, {scene.money(*spent)} {verb} of {scene.money(*budget)}, {rest}"


def _of_budget(scene: Scene, row: int) -> tuple[tuple[Decimal, str] | None, ...]:
    """What a budget allows, what was spent or received of it, and what is left."""
    moved = scene.amount(row, "spent") or scene.amount(row, "received")
    return scene.amount(row, "budget"), moved, scene.amount(row, "left")


def _kept_to(scene: Scene, row: int, left: tuple[Decimal, str]) -> tuple[str, str]:
    """Whether it was spent or received, and how far from the budget that is."""
    apart = scene.money(abs(left[0]), left[1])
    if scene.root(text(scene.cell(row, "account"))) is Root.INCOME:
        return "received", f"{apart} {'more than that' if left[0] < 0 else 'short of it'}" if left[0] else "just that"
    return "spent", f"{apart} {'over budget' if left[0] < 0 else 'left'}"


def _budget(scene: Scene, row: int) -> str:
    """One row: "Expenses:Food:Groceries: 60.91 USD spent in August 2017 of a budget of 200.00 USD, 139.09 USD left"."""
    account, interval = text(scene.cell(row, "account")), text(scene.cell(row, "interval"))
    budget, spent, left = _of_budget(scene, row)
    alone = scene.evidence.table.row_count == 1 and not scene.plan.failing
    each = EACH.get(interval, interval)
    limit = scene.money(*budget) if budget else ""
    if spent is None or budget is None:
        if scene.plan.key == STATED:
            return f"{account} {limit} {each} from {text(scene.cell(row, 'since'))}"
        held = " was" if scene.plan.period else " is"
        return f"{'The budget for ' if alone else ''}{account}{held if alone else ''} {limit} {each}".rstrip() + (
            scene.when if alone and scene.plan.period else ""
        )
    verb, rest = _kept_to(scene, row, left) if left is not None else ("spent", "")
    rest = f", {rest}" if rest else ""
    period = scene.when if alone else ""
    every = f" ({interval})" if interval else ""
    return f"{account}: {scene.money(*spent)} {verb}{period} of a budget of {limit}{every}{rest}"
