"""The application, driven through what it can do, over the sample ledger."""

from __future__ import annotations

import csv
import stat
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input, OptionList, Static

from ledgerqa.corpus.generations import index_folder, locked
from ledgerqa.terminal.chat.screens import Asking, ChatsScreen, KeysScreen, LedgerScreen
from ledgerqa.terminal.chat.store import Store
from ledgerqa.terminal.chat.widgets.completions import Completions
from ledgerqa.terminal.chat.widgets.slices import SliceView
from ledgerqa.terminal.chat.widgets.turn import Choices, Citations
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from tests.terminal.chat.driving import Driver, drive

if TYPE_CHECKING:
    import pytest

    from ledgerqa.settings import Settings

GROCERIES = "how much did I spend on groceries in 2024?"


# ------------------------------------------------------------------------------------------------------ conversation


def test_a_question_gets_a_headline_and_a_follow_up_leans_on_it(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        assert "3,362.35 EUR" in user.part("headline")
        await user.ask("and in 2023?")
        assert "Groceries" in user.part("headline")
        assert user.part("understood").startswith("2023-01-01 to 2023-12-31")

    drive(settings, steps)


def test_the_first_screen_offers_questions_that_this_ledger_answers(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.until(lambda: user.app.query(Welcome))
        welcome = user.app.query_one(Welcome)
        await user.until(lambda: len(welcome.questions) == 6)
        await user.press("tab", "down", "enter")
        await user.until(lambda: user.app.turns and not user.app.conversation.busy)
        assert user.turn.question == welcome.questions[1]
        assert user.turn.answer is not None
        assert user.turn.answer.status == "answered"
        assert not user.app.query(Welcome)

    drive(settings, steps)


def test_an_ambiguous_question_is_asked_back_with_readings_to_pick(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        turn = await user.ask("how much in 2024?")
        assert turn.has_class("clarify") or turn.has_class("unanswerable")
        assert turn.answer is not None
        picked = turn.answer.choices[0].question
        user.app.screen.set_focus(turn.query_one(Choices))
        await user.press("1")
        await user.until(lambda: user.turn is not turn and not user.app.conversation.busy)
        assert user.turn.question == picked
        assert user.app.focused is user.app.prompt

    drive(settings, steps)


def test_escape_takes_a_question_back_at_once_and_the_next_is_answered(room: Settings) -> None:
    held = ExitStack()
    held.enter_context(locked(index_folder(room.ledger_file(), room.data_dir), room.ledger_file()))

    async def steps(user: Driver) -> None:
        await user.type("how much did I spend on food?")
        await user.press("enter")
        await user.until(lambda: user.app.turns)
        await user.press("escape")  # there is no index yet, and nobody can make one
        assert user.turn.has_class("cancelled")
        assert user.part("headline") == "cancelled"
        held.close()
        await user.ask("how much did I spend on food?")
        assert "12.50 EUR" in user.part("headline")

    with held:
        drive(room, steps)


def test_what_the_ledger_cannot_answer_and_what_fails_is_said_in_place(settings: Settings, tmp_path: Path) -> None:
    async def refused(user: Driver) -> None:
        turn = await user.ask("how much did I spend on zeppelins?")
        assert turn.has_class("unanswerable")
        assert "zeppelins" in user.part("headline")

    async def missing(user: Driver) -> None:
        await user.until(lambda: "no such file" in user.status())
        turn = await user.ask(GROCERIES)
        assert turn.has_class("error")
        assert "no such file" in user.part("headline")

    drive(settings, refused)
    drive(replace(settings, ledger=str(tmp_path / "nowhere.beancount")), missing)


def test_series_are_drawn_as_lines_and_breakdowns_as_bars(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask("groceries by month in 2024")
        assert "┤" in user.part("figure")
        assert "2024-06  369.03  EUR" in user.part("figure")
        await user.ask("spending by category in 2024")
        wide = user.part("figure")
        assert "█" in wide
        await user.pilot.resize_terminal(60, 30)
        await user.until(lambda: user.part("figure") != wide)
        assert max(map(len, user.part("figure").splitlines())) <= 60
        assert "20,029.51" in user.part("figure")

    drive(settings, steps)


def test_only_the_newest_turns_stay_on_the_screen_and_earlier_ones_come_back(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        for year in (2022, 2023, 2024, 2025) * 3:
            await user.ask(f"groceries in {year}")
        assert len(user.app.turns) == 8
        assert "4 earlier questions" in str(user.app.query_one("#earlier", Static).content)
        await user.press("ctrl+up")
        assert len(user.app.turns) == 12
        assert "3,362.35 EUR" in user.part("headline", user.app.turns[2])
        assert len(user.app.turns[2].query_one(Citations).citations) == 10

    drive(settings, steps)


# ------------------------------------------------------------------------------------------------------------ typing


def test_earlier_questions_come_back_and_the_draft_stays(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask("groceries in 2023")
        await user.ask("groceries in 2024")
        await user.type("and then")
        await user.press("up", "up")
        assert user.app.prompt.text == "groceries in 2023"
        await user.press("down", "down")
        assert user.app.prompt.text == "and then"

    drive(settings, steps)


def test_a_question_may_have_several_lines(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.type("how much did I spend")
        await user.press("ctrl+j")
        await user.type("on groceries in 2024?")
        assert user.app.prompt.size.height == 2
        await user.press("enter")
        await user.until(lambda: user.app.turns and not user.app.conversation.busy)
        assert "3,362.35 EUR" in user.part("headline")

    drive(settings, steps)


def test_accounts_payees_and_tags_are_completed(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.settled()
        await user.type("spent on @groc")
        await user.until(lambda: user.app.query_one(Completions).display)
        await user.press("tab")
        assert user.app.prompt.text == "spent on Expenses:Food:Groceries "
        await user.type("or #trip")
        await user.until(lambda: user.app.query_one(Completions).display)
        names = user.app.query_one(Completions).names
        assert all(name.startswith("#trip") for name in names)
        await user.press("down", "enter")
        assert user.app.prompt.text == f"spent on Expenses:Food:Groceries or {names[1]} "
        await user.type("@alba")
        await user.until(lambda: user.app.query_one(Completions).display)
        assert '"Alba Markt"' in user.app.query_one(Completions).names
        await user.press("escape")
        assert not user.app.query_one(Completions).display
        assert user.app.prompt.text.endswith("@alba")

    drive(settings, steps)


def test_whoever_types_beside_the_prompt_means_the_prompt(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        await user.press("tab")
        assert isinstance(user.app.focused, Citations)
        await user.pilot.press("a", "n", "d", "space", "c")
        await user.pilot.pause()
        assert user.app.prompt.text == "and c"

    drive(settings, steps)


# ---------------------------------------------------------------------------------------------------------- evidence


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
        headline = turn.query_one(".headline", Static)
        column = str(headline.content).index("[1–10]")
        assert column < headline.size.width
        await user.pilot.click(headline, offset=(column + 1, 0))
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


def test_what_was_matched_by_meaning_can_be_unticked_and_the_total_follows(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        turn = await user.ask(GROCERIES)
        assert turn.answer is not None
        assert turn.answer.plan is not None
        turn.answer = replace(turn.answer, plan=replace(turn.answer.plan, meaning="food"))  # as a model would find it
        await user.press("f2")
        panel = user.app.panel
        await user.until(lambda: panel.query("#sources-grid") and panel.grid("sources").grid.lines)
        view = panel.grid("sources")
        mention = view.line.mention if view.line else None
        await user.press("space")
        await user.until(lambda: "3,362.35 EUR" not in user.part("headline"))
        assert "leaving out" in user.part("headline")
        await user.until(lambda: any(line.ticked is False for line in view.grid.lines))
        assert all((line.mention == mention) == (line.ticked is False) for line in view.grid.lines)
        await user.press("space")
        await user.until(lambda: "3,362.35 EUR" in user.part("headline"))

    drive(settings, steps)


def test_narrow_terminals_show_the_evidence_instead_of_the_conversation(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        await user.press("f4")
        await user.until(lambda: user.app.panel.display)
        await user.pilot.pause(0.1)
        narrow = user.app.size.width < 110
        assert user.app.conversation.display is not narrow

    drive(settings, steps, size=(80, 24))
    drive(settings, steps, size=(200, 60))


# ------------------------------------------------------------------------------------------------------------- chats


def test_a_chat_is_kept_found_again_resumed_and_leaned_on(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def first(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.press("ctrl+n")
        await user.ask("spending by category in 2023")
        await user.until(lambda: len(user.app.store.chats()) == 2)

    async def second(user: Driver) -> None:
        await user.settled()
        await user.press("up")
        assert user.app.prompt.text == "spending by category in 2023"
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen))
        await user.type("grocer")
        assert [chat.title for chat in chats(user).found] == ["groceries in 2024"]
        await user.press("enter")
        await user.until(lambda: user.app.turns)
        await user.until(lambda: "3,362.35 EUR" in user.part("headline"))
        await user.press("escape")
        user.app.prompt.clear()
        await user.ask("and in 2023?")
        assert "Groceries" in user.part("headline")
        await user.until(lambda: [chat.turns for chat in user.app.store.chats("grocer")] == [2])

    drive(kept, first, history=True)
    drive(kept, second, history=True)
    assert stat.S_IMODE((kept.data_dir / "chats.sqlite3").stat().st_mode) == 0o600


def test_a_resumed_turn_shows_its_evidence_over_the_ledger_as_it_is(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def first(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)

    async def second(user: Driver) -> None:
        await user.until(lambda: user.app.turns)
        await user.press("f5")
        await user.until(lambda: user.app.panel.query("#entries-grid"))
        await user.until(lambda: len(user.app.panel.grid("entries").grid.lines) == 115)

    drive(kept, first, history=True)
    drive(kept, second, history=True, resume="last")


def test_chats_are_renamed_exported_and_deleted(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))
    written = tmp_path / "chat.md"

    async def steps(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)
        await user.press("ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, Asking))
        user.app.screen.query_one(Input).value = str(written)
        await user.press("enter")
        await user.until(written.exists)
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen))
        await user.press("ctrl+r")
        await user.until(lambda: isinstance(user.app.screen, Asking))
        user.app.screen.query_one(Input).value = "Food"
        await user.press("enter")
        await user.until(lambda: [chat.title for chat in user.app.store.chats()] == ["Food"])
        await user.press("ctrl+o")
        await user.until(lambda: isinstance(user.app.screen, ChatsScreen))
        await user.press("ctrl+d")
        assert user.app.store.chats()
        await user.press("ctrl+d")
        await user.until(lambda: not user.app.store.chats())
        assert user.app.query(Welcome)

    drive(kept, steps, history=True)
    text = written.read_text(encoding="utf-8")
    assert "## groceries in 2024" in text
    assert "3,362.35 EUR" in text
    assert "```beancount" in text


def test_no_history_keeps_nothing(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))

    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        assert "not kept" in user.status()
        await user.press("ctrl+o")
        assert not isinstance(user.app.screen, ChatsScreen)

    drive(kept, steps)
    assert not (kept.data_dir / "chats.sqlite3").exists()


def test_two_chats_at_once_do_not_disturb_each_other(settings: Settings, tmp_path: Path) -> None:
    kept = replace(settings, data_dir=copied(settings, tmp_path))
    other = Store(kept.data_dir / "chats.sqlite3", str(kept.ledger))

    async def steps(user: Driver) -> None:
        await user.ask("groceries in 2024")
        await user.until(user.app.store.chats)
        theirs = other.begin("another chat")
        await user.ask("and in 2023?")
        await user.until(lambda: sorted(chat.turns for chat in other.chats()) == [0, 2])
        assert theirs is not None
        other.delete(theirs)

    drive(kept, steps, history=True)


# --------------------------------------------------------------------------------------------------------- freshness


def test_a_changed_ledger_is_indexed_behind_and_the_next_answer_uses_it(room: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.ask("how much did I spend on food?")
        assert "12.50 EUR" in user.part("headline")
        before = user.app.status.standing.info
        append(room, '\n2024-04-01 * "Green Grocer" "fruit"\n  Expenses:Food  7.50 EUR\n  Assets:Bank\n')
        await user.ask("how much did I spend on food?")
        assert "20.00 EUR" in user.part("headline")
        after = user.app.status.standing.info
        assert before is not None
        assert after is not None
        assert after.generation > before.generation
        assert user.turn.answer is not None
        assert not user.turn.answer.warnings
        await user.press("f5")
        await user.until(lambda: user.app.panel.query("#entries-grid"))
        await user.until(lambda: len(user.app.panel.grid("entries").grid.lines) == 2)

    drive(room, steps)


def test_errors_of_the_ledger_stand_in_the_status_line_and_can_be_asked_for(room: Settings) -> None:
    append(room, "\n2024-05-01 balance Assets:Bank  1.00 EUR\n")

    async def steps(user: Driver) -> None:
        await user.until(lambda: "1 error" in user.status())
        await user.app.action_ledger_errors()
        await user.until(lambda: user.app.turns and not user.app.conversation.busy)
        assert "Balance failed" in f"{user.part('headline')} {user.part('figure')}"

    drive(room, steps)


# ----------------------------------------------------------------------------------------------------------- comfort


def test_keys_palette_and_themes(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        await user.settled()
        await user.press("f1")
        assert isinstance(user.app.screen, KeysScreen)
        await user.press("escape")
        before = user.app.theme
        seen = set()
        for _ in range(3):
            await user.press("ctrl+t")
            seen.add(user.app.theme)
        assert seen == {"textual-dark", "textual-light", "no-colour"}
        assert user.app.theme == before
        await user.press("ctrl+p")
        assert len(user.app.screen_stack) == 2
        await user.type("errors of")
        await user.pilot.pause(0.3)
        await user.press("enter")
        await user.until(lambda: user.app.turns and not user.app.conversation.busy)
        assert "error" in user.turn.question

    drive(settings, steps)


def test_without_a_ledger_one_is_chosen(settings: Settings, room: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(str(room.ledger)).parent)

    async def steps(user: Driver) -> None:
        await user.until(lambda: isinstance(user.app.screen, LedgerScreen) and user.app.screen.query(OptionList))
        options = user.app.screen.query_one(OptionList)
        labels = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
        assert labels == ["main.beancount", "the sample ledger, to try it out"]
        await user.press("down", "enter")
        await user.ask(GROCERIES)
        assert "3,362.35 EUR" in user.part("headline")

    drive(replace(settings, ledger=None), steps)


# ----------------------------------------------------------------------------------------------------------- helpers


def text(user: Driver, selector: str) -> str:
    return str(user.app.panel.query_one(selector, Static).content)


def chats(user: Driver) -> ChatsScreen:
    assert isinstance(user.app.screen, ChatsScreen)
    return user.app.screen


def append(settings: Settings, text: str) -> None:
    with Path(str(settings.ledger)).open("a", encoding="utf-8") as ledger:
        ledger.write(text)


def copied(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of the test's own with the index that is there already."""
    import shutil

    shutil.copytree(settings.data_dir, tmp_path / "own")
    return tmp_path / "own"
