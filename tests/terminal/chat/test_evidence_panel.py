"""From an answer to its evidence and back: the panel over the sample ledger."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from ledgerqa.terminal.chat.screens import Asking
from ledgerqa.terminal.chat.widgets.slices import SliceView
from tests.terminal.chat.driving import Driver, append, drive

if TYPE_CHECKING:
    import pytest

    from ledgerqa.settings import Settings
    from ledgerqa.terminal.chat.widgets.grid import GridView
    from ledgerqa.terminal.chat.widgets.turn import Turn

GROCERIES = "how much did I spend on groceries in 2024?"


def test_a_citation_leads_to_the_entry_in_its_file(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        turn = await user.ask(GROCERIES)
        await user.press("tab", "down", "enter")
        entry = turn.citations[1].entry
        await user.until(lambda: user.app.panel.display and user.app.panel.query(SliceView) and user.slice)
        assert entry.text.splitlines()[0] in user.slice
        assert f"{entry.line} " in user.slice
        assert str(user.app.panel.query_one("#slice .place", Static).content).startswith(f"{entry.file}:{entry.line}")
        assert str(user.app.panel.query_one("#slice .before", Static).content)
        await user.press("y")
        assert user.app.clipboard == entry.text
        await user.press("escape")
        assert not user.app.panel.display
        assert user.app.focused is user.app.prompt

    drive(settings, steps)


def test_a_mark_in_the_sentence_is_a_link(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        turn = await user.ask(GROCERIES)
        head = turn.query_one(".head", Static)
        column = user.part("headline").index("[1–10]")
        assert column < head.size.width
        await user.pilot.click(head, offset=(column + 1, 1))  # under the question
        await user.until(lambda: user.app.panel.display and user.app.panel.query(SliceView) and user.slice)
        assert turn.citations[0].entry.text.splitlines()[0] in user.slice

    drive(settings, steps)


def test_an_entry_opens_in_the_editor_at_its_line(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "code"
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/opened.part && mv {tmp_path}/opened.part {tmp_path}/opened\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))

    async def steps(user: Driver) -> None:
        turn = await user.ask(GROCERIES)
        await user.press("tab", "e")
        await user.until((tmp_path / "opened").exists)
        entry = turn.citations[0].entry
        main = Path(str(settings.ledger))
        assert (tmp_path / "opened").read_text().split() == ["--goto", f"{main.parent / entry.file}:{entry.line}"]

    drive(settings, steps)


def test_the_plan_can_be_read_and_its_queries_copied(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        await user.press("f3")
        await user.until(lambda: user.app.panel.query("PlanView Static") and "sql:" in text(user, "PlanView .text"))
        assert "Expenses:Food:Groceries" in text(user, "PlanView .text")
        await user.press("q")
        assert user.app.clipboard.startswith("SELECT")
        await user.press("b")
        assert "account ~" in user.app.clipboard or "WHERE" in user.app.clipboard
        assert "p.number" not in user.app.clipboard

    drive(settings, steps)


def test_all_contributing_entries_are_listed_sorted_and_written_as_csv(settings: Settings, tmp_path: Path) -> None:
    written = tmp_path / "out.csv"

    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        await user.press("f5")
        grid = user.app.panel
        await user.until(lambda: grid.query("#entries-grid") and len(grid.grid("entries").grid.lines) == 115)
        view = grid.grid("entries")
        amount = [heading.name for heading in view.grid.headings].index("amount")
        for _ in range(amount + 1):
            await user.press("s")
            await user.pilot.app.workers.wait_for_complete()
        await user.until(lambda: view.order == (amount, False))
        await user.press("S")
        await user.until(lambda: view.grid.lines[0].keys[amount] == max(line.keys[amount] for line in view.grid.lines))
        await user.press("end")
        assert view.cursor == 114
        await user.press("w")
        await user.until(lambda: isinstance(user.app.screen, Asking))
        user.app.screen.query_one(Input).value = str(written)
        await user.press("enter")
        await user.until(written.exists)

    drive(settings, steps)
    rows = list(csv.reader(written.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 116
    assert sum(round(float(row[4]) * 100) for row in rows[1:]) == 336235


def test_narrow_terminals_show_the_evidence_instead_of_the_conversation(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        await user.press("f4")
        await user.until(lambda: user.app.panel.display)
        await user.pilot.pause(0.1)
        narrow = user.app.size.width < 110
        assert user.app.conversation.display is not narrow
        await user.pilot.resize_terminal(200 if narrow else 80, 30)
        await user.until(lambda: user.app.conversation.display is narrow)
        await user.press("escape")
        assert user.app.conversation.display

    drive(settings, steps, size=(80, 24))
    drive(settings, steps, size=(200, 60))


def text(user: Driver, selector: str) -> str:
    return str(user.app.panel.query_one(selector, Static).content)


# --------------------------------------------------------------------------------------------------------- unticking


def test_an_entry_that_was_matched_by_meaning_is_unticked_and_total_citations_and_plan_follow(
    settings: Settings,
) -> None:
    async def steps(user: Driver) -> None:
        turn, view = await matched_by_meaning(user)
        cited = turn.citations[0].entry
        view.cursor = next(place for place, line in enumerate(view.grid.lines) if line.entry == cited.entry_id)
        assert "p its payee" in text(user, ".hint")
        await user.press("space")
        await user.until(lambda: "leaving out 1 entry" in user.part("headline"))
        assert "3,362.35 EUR" not in user.part("headline")
        assert cited.entry_id not in [each.entry.entry_id for each in turn.citations]
        await user.until(lambda: [line.entry for line in view.grid.lines if not line.ticked] == [cited.entry_id])
        await user.press("f3")
        await user.until(lambda: "exclude_entries" in text(user, "PlanView .text"))
        assert f"lineno >= {cited.line}" in text(user, "PlanView .text")
        await user.press("f5")
        entries = user.app.panel.grid("entries")
        await user.until(lambda: len(entries.grid.lines) == 114)
        await user.press("f2")
        view.focus()
        await user.press("space")
        await user.until(lambda: "3,362.35 EUR" in user.part("headline"))
        turn = await user.ask(GROCERIES)
        assert not turn.unticked
        assert "3,362.35 EUR" in user.part("headline")

    drive(settings, steps)


def test_all_of_a_payee_is_unticked_and_one_of_its_ticks_brings_it_back(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        _, view = await matched_by_meaning(user)
        payee = view.line.unticks.payee if view.line and view.line.unticks else ""
        await user.press("p")
        await user.until(lambda: f"leaving out {payee}" in user.part("headline"))
        await user.until(lambda: any(line.ticked is False for line in view.grid.lines))
        assert all(
            (line.unticks is not None and line.unticks.payee == payee) == (line.ticked is False)
            for line in view.grid.lines
        )
        await user.press("space")
        await user.until(lambda: "3,362.35 EUR" in user.part("headline"))

    drive(settings, steps)


def test_what_is_unticked_stays_so_when_another_index_numbers_it_otherwise(room: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.settled()
        _, view = await matched_by_meaning(user, "how much did I spend on food in 2024?")
        await user.press("space")
        await user.until(lambda: view.grid.lines[0].ticked is False)
        assert user.part("headline").startswith("There are no entries for Food (Expenses:Food), leaving out 1 entry")
        append(room, EARLIER)
        await user.until(lambda: user.app.desk.info and user.app.desk.info.generation == 2)
        await user.press("f3", "f2")
        await user.until(lambda: len(view.grid.lines) == 2)
        assert {line.unticks.payee: line.ticked for line in view.grid.lines if line.unticks} == {
            "Green Grocer": False,
            "Corner Shop": True,
        }

    drive(room, steps)


EARLIER = """
2024-01-05 * "Corner Shop" "bread"
  Expenses:Food  3.00 EUR
  Assets:Bank
"""


async def matched_by_meaning(user: Driver, question: str = GROCERIES) -> tuple[Turn, GridView]:
    """A turn whose plan says that a model took the words for an account, and its sources."""
    turn = await user.ask(question)
    assert turn.answer is not None
    assert turn.answer.plan is not None
    turn.answer = replace(turn.answer, plan=replace(turn.answer.plan, meaning="food"))
    await user.press("f2")
    panel = user.app.panel
    await user.until(lambda: panel.query("#sources-grid") and panel.grid("sources").grid.lines)
    return turn, panel.grid("sources")
