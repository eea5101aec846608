"""Sentences for what moved: sums, counts, averages and net income."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledgerqa.dialog.language.words import stem
from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.groups import MONEY_WORDS, compared, grouped
from ledgerqa.plan_keys import BOTH_WAYS, RATIO
from ledgerqa.records import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.grounding.scene import Line, Scene

_SIDES = {RATIO: "Share", BOTH_WAYS: "Money in and out"}
COUNTED = {
    "postings": "posting",
    "entries": "entry",
    "days": "day",
    "months": "month",
    "years": "year",
    "payees": "payee",
    "accounts": "account",
    "tags": "tag",
}


# --------------------------------------------------------------------------------------------------------- sums


def sums(scene: Scene) -> list[str]:
    """SUM: the total, in the words of the account type that it is of."""
    if scene.plan.compare:
        return compared(scene, _SIDES.get(scene.plan.key or "") or _topic(scene))
    if scene.plan.group_by:
        return grouped(scene, _topic(scene))
    return [f"{_moved(scene, scene.lines)}{scene.when}{scene.valued}{scene.resting}."]


def _moved(scene: Scene, lines: Sequence[Line]) -> str:
    """The total of one account type as a clause, without period: "You spent 1,204.50 USD on Groceries (...)"."""
    root = next(iter(scene.roots)) if len(scene.roots) == 1 else None
    turned = [scene.turned(line) for line in lines]
    negative = bool(turned) and all(number < 0 for number in turned)
    plain = amounts(scene, lines, absolute=negative)
    if root is Root.EXPENSES:
        if negative:
            return f"There was a net refund of {plain}{scene.of('on', 'from')}"
        return f"You spent {plain}{scene.of('on', 'at')}"
    if root is Root.INCOME:
        if negative:
            return f"There was a net loss or reversal of {plain}{scene.of('on', 'from')}"
        return f"You received {plain}{scene.of('as', 'from')}"
    if root is Root.LIABILITIES:
        moved = "rose" if negative else "fell"
        mixed = len({number < 0 for number in turned}) > 1
        owed = f"What you owe{scene.of('on', 'with')}"
        return f"{owed} changed by {amounts(scene, lines)}" if mixed else f"{owed} {moved} by {plain}"
    return f"{_net_movement(scene, lines)}"


def _net_movement(scene: Scene, lines: Sequence[Line]) -> str:
    """Assets, equity, or several types at once: what came in or went out, or the plain sum."""
    filters, turned = scene.plan.filters, {scene.turned(line) > 0 for line in lines}
    if scene.roots == {Root.ASSETS} and (filters.sign or (filters.alongside and len(turned) == 1)):
        came = filters.sign > 0 if filters.sign else True in turned
        figure = amounts(scene, lines, absolute=True)
        of = scene.of("", "for").strip()
        where = of if filters.accounts else ", ".join(part for part in ("your assets", of) if part)
        return phrases.capitalised(f"{figure} {'came into' if came else 'went out of'} {where}")
    if scene.outward == "drawn" and turned == {True}:
        return phrases.capitalised(f"{amounts(scene, lines)} was drawn{scene.of('on', 'by')}")
    if len(scene.roots) == 1:
        return f"The net change{scene.of('in', 'for')} was {amounts(scene, lines)}"
    return f"The sum{scene.of('of', 'for') or ' of all postings'} is {amounts(scene, lines)}"


def amounts(scene: Scene, lines: Sequence[Line], *, absolute: bool = False) -> str:
    """The turned figures of ungrouped lines, one a currency: "12.00 EUR and 30.00 USD"."""
    turned = [(scene.turned(line), line.currency) for line in lines]
    said = [scene.money(abs(number) if absolute else number, currency) for number, currency in turned]
    if len(said) <= MONEY_WORDS + 1:
        return figures.listed(said)
    return f"{', '.join(said[:MONEY_WORDS])} and amounts in other currencies"


def _topic(scene: Scene) -> str:
    """What a group of figures is, to open a sentence: "Spending on Home (Expenses:Home)"."""
    if scene.roots == {Root.EXPENSES}:
        return f"Spending{scene.of('on', 'at')}"
    if scene.roots == {Root.INCOME}:
        return f"Income{scene.of('from', 'from')}"
    if scene.plan.compare and scene.roots == {Root.EXPENSES, Root.INCOME}:
        return "Paid and received"
    if scene.outward:
        return f"{'Billed' if scene.outward == 'billed' else 'Drawn'}{scene.of('on', 'by')}"
    if (
        scene.roots == {Root.ASSETS}
        and scene.plan.compare
        and all(each.filters.sign > 0 for each in scene.plan.compare)
    ):
        return phrases.capitalised(figures.listed([each.label for each in scene.plan.compare]))  # "Invoiced and paid"
    kind = phrases.kind_of(scene.roots)
    return f"Net change{scene.of('in', 'for') or (f' in {kind}' if kind else '')}"


# ------------------------------------------------------------------------------------------- counts and averages


def counts(scene: Scene) -> list[str]:
    """COUNT: how many there are."""
    noun = COUNTED.get(scene.plan.count_of) or scene.plan.by_key or "value"
    subject = scene.of("for", "at" if scene.roots == {Root.EXPENSES} else "with")
    if scene.plan.compare:
        return compared(scene, f"Number of {figures.pluralised(noun)}{subject}", noun)
    if scene.plan.group_by:
        return grouped(scene, f"Number of {figures.pluralised(noun)}{subject}", noun)
    if scene.plan.averaged:
        return [_mean_count(scene, noun, subject)]
    number = scene.lines[0].number if scene.lines else 0
    verb = "is" if number == 1 else "are"
    if noun in ("entry", "posting"):
        return [f"There {verb} {figures.count(number, noun)}{subject}{scene.when}{scene.marks}."]
    number_of = figures.count(number, noun if number == 1 else f"different {noun}")
    having = f" with entries{subject}" if subject or noun in ("day", "month", "year") else ""
    return [f"There {verb} {number_of}{having}{scene.when}{scene.resting}."]


def _mean_count(scene: Scene, noun: str, subject: str) -> str:
    """How many in each month (week, ...), and the exact number and divisor that it comes from."""
    mean = scene.quotient(scene.lines[0].number, "")
    (counted,), (divisor,) = scene.facts("count"), scene.facts("divisor")
    division = f" ({figures.count(counted.number, noun)} divided by {figures.count(divisor.number, scene.plan.per)})"
    several = figures.pluralised(noun)
    return f"On average there are {mean} {several} per {scene.plan.per}{subject}{scene.when}{division}{scene.marks}."


def averages(scene: Scene) -> list[str]:
    """AVERAGE: the quotient, and the exact total and divisor that it comes from."""
    if scene.plan.commodity and not scene.plan.group_by:
        said = figures.listed([scene.quotient(line.number, line.currency) for line in scene.lines])
        return [f"On average one {scene.plan.commodity} cost {said}{scene.of('in')}{scene.as_of}{scene.resting}."]
    each = f"per {_one_of(scene.plan.key) or _booking(scene) if scene.plan.per == 'booking' else scene.plan.per}"
    if scene.roots == {Root.INCOME, Root.EXPENSES} and not (scene.plan.compare or scene.plan.group_by):
        return [f"On average {_kept(scene)} {each}{scene.of()}{scene.when}{scene.valued}{scene.resting}."]
    root = next(iter(scene.roots)) if len(scene.roots) == 1 else None
    topic, about, at = {
        Root.EXPENSES: ("you spent", "on", "at"),
        Root.INCOME: ("you received", "as", "from"),
    }.get(root or Root.ASSETS, ("the amount was", "in", "for"))
    subject = scene.of(about, at)
    if scene.plan.compare or scene.plan.group_by:
        lead = f"Average {each}{scene.of('for', 'with')}"
        return compared(scene, lead) if scene.plan.compare else grouped(scene, lead)
    said = figures.listed([scene.quotient(scene.turned(line), line.currency) for line in scene.lines])
    return [f"On average {topic} {said} {each}{subject}{scene.when}{scene.valued}{_division(scene)}{scene.resting}."]


def _booking(scene: Scene) -> str:
    """What the total was divided by: entries, or postings where these are more."""
    divided = sum(one.number for one in scene.facts("divisor"))
    return "posting" if divided > scene.evidence.contributing else "entry"


def _one_of(key: str | None) -> str:
    """What a price is of, where it is one of what is kept under a key: "litres" -> "litre"."""
    return stem(key) if key else ""


def _kept(scene: Scene) -> str:
    """What income left over expenses, a clause for each sign: "income exceeded expenses by 12.00 EUR"."""
    clauses = []
    for verdict, surplus in (("income exceeded expenses", True), ("expenses exceeded income", False)):
        lines = [line for line in scene.lines if (line.number < 0) is surplus]
        if lines:
            said = figures.listed([scene.quotient(abs(line.number), line.currency) for line in lines])
            clauses.append(f"{verdict} by {said}")
    return figures.listed(clauses)


def _division(scene: Scene) -> str:
    """The total and the divisor of an ungrouped average: " (661.44 USD divided by 12 months)"."""
    totals, divisors = scene.facts("total"), scene.facts("divisor")
    if not totals or not divisors or len({one.number for one in divisors}) != 1:
        return ""
    turn = -1 if scene.roots == {Root.INCOME} else 1
    said = figures.listed([scene.money(turn * one.number, one.currency) for one in totals])
    if scene.plan.key:
        return f" ({said} divided by {figures.exact(divisors[0].number)} {scene.plan.key})"
    parts = scene.facts("per_posting")
    unit = scene.plan.per if scene.plan.per != "booking" else "entry" if parts else "posting"
    each = "".join(f"; {scene.quotient(turn * one.number, one.currency)} per posting" for one in parts)
    return f" ({said} divided by {figures.count(divisors[0].number, unit)}{each})"


# ---------------------------------------------------------------------------------------------------- net income


def net_income(scene: Scene) -> list[str]:
    """NET_INCOME: a surplus or a deficit (the ledger's sign is negative for a surplus)."""
    if scene.plan.compare:
        return compared(scene, "Net income", flip=True)
    if scene.plan.group_by:
        return grouped(scene, "Net income", flip=True)
    tail = f"{scene.valued}{scene.resting}"
    if len({line.number < 0 for line in scene.lines}) > 1:
        said = figures.listed([_result(scene, line) for line in scene.lines])
        return [f"Income less expenses{scene.of()}{scene.when}: {said}{tail}."]
    surplus = scene.lines[0].number < 0
    said = figures.listed([scene.money(abs(line.number), line.currency) for line in scene.lines])
    verdict = "Income exceeded expenses" if surplus else "Expenses exceeded income"
    return [f"{verdict}{scene.of()}{scene.when} by {said}: a {'surplus' if surplus else 'deficit'}{tail}."]


def _result(scene: Scene, line: Line) -> str:
    return f"a {'surplus' if line.number < 0 else 'deficit'} of {scene.money(abs(line.number), line.currency)}"
