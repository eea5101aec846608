"""Sentences for one thing that comes round: the day on which it does, and what it cost from when on."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from ledgerqa.grounding import figures, phrases
from ledgerqa.grounding.scene import CREDIT_NORMAL, FEW, text
from ledgerqa.records import Root

if TYPE_CHECKING:
    from ledgerqa.grounding.scene import Scene

WEEKDAY, MONTHDAY, YEARDAY = "usual_weekday", "usual_monthday", "usual_yearday"


def usual_day(scene: Scene) -> str:
    """On which day most bookings are: "usually on the 1st of the month (27 of 27 times)"; "" where none is usual."""
    found = {one.name: one for one in scene.evidence.facts if one.name.startswith("usual_")}
    name = next((each for each in (WEEKDAY, MONTHDAY, YEARDAY) if each in found), None)
    if name is None:
        return ""
    usual, first, last = (int(found[each].number) for each in (name, "usual_first", "usual_last"))
    times, of = (figures.exact(found[each].number) for each in ("usual_times", "usual_of"))
    said = {WEEKDAY: _weekday, MONTHDAY: _monthday, YEARDAY: _yearday}[name]
    many = found["usual_times"].number * 2 >= found["usual_of"].number
    around = f", all of them between {said(first)} and {said(last)}" if first != last and name == MONTHDAY else ""
    if not many and name == MONTHDAY:
        return f"between {said(first)} and {said(last)} of the month, most often {said(usual)} ({times} of {of} times)"
    of_month = " of the month" if name == MONTHDAY else ""
    return f"usually on {said(usual)}{of_month} ({times} of {of} times{around})"


def _weekday(number: int) -> str:
    return f"a {phrases.WEEKDAYS[number - 1]}"


def _monthday(number: int) -> str:
    ending = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"the {number}{ending}"


def _yearday(number: int) -> str:
    return f"{number % 100} {calendar.month_name[number // 100]}"


def steps(scene: Scene, subject: str) -> list[str]:
    """What was paid from when on: "Each payment to Tonvik was 99 SEK from 2023-01-03; 119 SEK from 2024-01-03"."""
    last = next((one.note for one in scene.facts("last_booked")), "")
    count = len(scene.evidence.table.rows)
    shown = list(range(count)) if count <= 2 * FEW else [0, *range(count - FEW, count)]
    said = "; ".join(f"{_amount(scene, row)} from {text(scene.cell(row, 'date'))}{scene.mark([row])}" for row in shown)
    cut = f"; {scene.all_rows}" if len(shown) < count else ""
    never = " and never changed" if count == 1 else ""
    payees = {text(scene.cell(row, "payee")) for row in range(count)}
    who = phrases.shown(payees.pop()) if len(payees) == 1 and not scene.plan.filters.mentions else ""
    way = "from" if scene.roots == {Root.INCOME} else "to"
    return [
        f"{_way(scene)}Each payment{f' {way} {who}' if who else ''}{subject} was {said}{never}, last on {last}{cut}."
    ]


def longest_gap(scene: Scene, subject: str) -> list[str]:
    """As in "The longest gap for Hair was 91 days, from 2022-01-09 [1] to 2022-04-10 [2]"; what still lasts, too."""
    if len(scene.evidence.table.rows) < 2:
        return [f"There are no two bookings{subject} on different days, so no gap between them."]
    days = figures.exact(scene.facts("gap")[0].number)
    first, last = (f"{text(scene.cell(row, 'date'))}{scene.mark([row])}" for row in (0, 1))
    still = [
        f"Since {one.note} there has been none: {figures.exact(one.number)} days already."
        for one in scene.facts("gap_open")
    ]
    return [f"The longest gap between two bookings{subject} was {days} days, from {first} to {last}.", *still]


def _amount(scene: Scene, row: int) -> str:
    figure = scene.amount(row, "amount")
    turn = _turn(scene, row)
    return scene.money(turn * figure[0], figure[1]) if figure else ""


def _turn(scene: Scene, row: int) -> int:
    """-1 where payments bear a minus in the books: what is earned, and what leaves an account of one's own."""
    root, figure = scene.root(text(scene.cell(row, "account"))), scene.amount(row, "amount")
    own = root not in CREDIT_NORMAL and root is not Root.EXPENSES
    return -1 if root in CREDIT_NORMAL or (own and figure is not None and figure[0] < 0) else 1


def _way(scene: Scene) -> str:
    """By how much the last amount is above the first: "It went up by 20 SEK (20%). "; "" where it never changed."""
    step, part = scene.facts("step"), scene.facts("step_percent")
    if len(scene.evidence.table.rows) < 2 or not step:
        return ""
    turn = _turn(scene, 0)
    change = turn * step[0].number
    if not change:
        return "It is what it was at first. "
    said = f" ({figures.percent(abs(part[0].number))})" if part else ""
    return f"It went {'up' if change > 0 else 'down'} by {scene.money(abs(change), step[0].currency)}{said}. "
