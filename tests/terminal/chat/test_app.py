"""The application, driven through what it can do, over the sample ledger."""

from __future__ import annotations

import gc
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache
from textual.widget import Widget
from textual.widgets import OptionList, Static

from ledgerqa.agent import Done, Headline
from ledgerqa.corpus.generations import index_folder, locked
from ledgerqa.terminal.chat.desk import Desk
from ledgerqa.terminal.chat.screens import KeysScreen, LedgerScreen
from ledgerqa.terminal.chat.widgets.completions import Completions
from ledgerqa.terminal.chat.widgets.turn import Choices, Citations
from ledgerqa.terminal.chat.widgets.welcome import Welcome
from tests.terminal.chat.driving import PATIENCE, Driver, append, drive

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from ledgerqa.agent import Event
    from ledgerqa.corpus import Index
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


def test_an_answer_that_its_citations_make_too_tall_is_shown_from_its_beginning(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = threading.Event()
    ask = Desk.ask

    def pausing(*asked: Any) -> Iterator[tuple[Event, Index]]:
        """The headline, and the end only once the test has looked."""
        for event, index in ask(*asked):
            if isinstance(event, Done):
                yield Headline(event.answer), index
                written.wait(PATIENCE)
            yield event, index

    async def steps(user: Driver) -> None:
        await user.ask(GROCERIES)
        conversation, before = user.app.conversation, user.turn
        monkeypatch.setattr(Desk, "ask", pausing)
        user.app.prompt.text = "groceries by month in 2023"
        await user.press("enter")
        await user.until(lambda: user.turn is not before and user.turn.query(Citations))
        await user.until(lambda: user.turn.region.height > conversation.region.height)
        await user.until(lambda: user.turn.region.y == conversation.region.y)
        assert conversation.busy
        written.set()
        await user.until(lambda: not conversation.busy)

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


def test_nothing_that_was_drawn_is_kept_of_turns_that_have_gone(settings: Settings) -> None:
    async def steps(user: Driver) -> None:
        for year in (2022, 2023, 2024, 2025) * 4:
            await user.ask(f"groceries in {year}")
        gc.collect()
        drawn = [each for each in gc.get_objects() if isinstance(each, StylesCache)]
        widgets = [each for each in gc.get_objects() if isinstance(each, Widget)]
        assert len(drawn) <= len(widgets) + 10

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
        before = user.app.conversation.region
        await user.type("spent on @groc")
        await user.until(lambda: user.app.query_one(Completions).display)
        listed, row = user.app.query_one(Completions).region, user.app.query_one("#prompt-row").region
        assert user.app.conversation.region == before, "the list lies over the conversation, which is not laid out anew"
        assert listed.height
        assert listed.bottom == row.y
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
