"""`python -m ledgerqa.terminal.chat.soak`: a long conversation over a ledger that changes, measured; for developers.

The application runs without a terminal.  Each question is typed key by key, many while the one before is still being
answered, some are cancelled, and entries are added to a copy of the ledger meanwhile.  Told at the end, and as the
exit code: whether memory grew, whether a keystroke was lost, whether a worker is stuck, and how long the event loop
was held (by processor time, so that other processes do not count), at all and while somebody types and nothing else
happens.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import gc
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from asyncio import events
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from ledgerqa.samples import sample_ledger
from ledgerqa.settings import NONE, load_settings

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from ledgerqa.settings import Settings
    from ledgerqa.terminal.chat.app import ChatApp

SETTLED: Final = 50  # questions before memory is taken as what the chat needs
MOST_GROWTH: Final = 0.10
EVERY: Final = 10  # questions between two points of the curve, and in which memory is taken at its lowest
MOST_TOLD: Final = 15
FRAME: Final = 0.016  # seconds: what is held longer can be felt
PATIENCE: Final = 120.0
STEP: Final = 0.02
SETTLING: Final = 0.5  # seconds after which an answer is drawn for certain
TYPED: Final = "what went to @Expenses from @As and #fl this year"
TODAY: Final = dt.date(2025, 12, 31)
KEYS: Final = {
    " ": "space",
    "?": "question_mark",
    "#": "number_sign",
    ":": "colon",
    "-": "minus",
    "@": "at",
    '"': "quotation_mark",
}
KINDS: Final = (
    "how much did I spend on {account} in {year}?",
    "and in {other}?",
    "{account} by month in {year}",
    "spending by category in {year}",
    "what did I pay {payee} in {year}?",
    "what was my net worth at the end of {year}?",
    "the 10 largest expenses in {year}",
    "how much?",
    "what did the zeppelin cost in {year}?",
    "income by quarter in {year}",
)
ENTRY: Final = '\n{day} * "Soak" "entry {number}"\n  {account}  1.00 EUR\n  {other}  -1.00 EUR\n'


@dataclass
class Measured:
    """What a run gave; memory is the resident set in MiB, `held` the longest callbacks in milliseconds.

    `memory_settled` and `memory_end` are the lowest of the last ten questions each: a change of the ledger takes up to
    20 MiB more for some questions, and what comes back says nothing about what is kept.
    `curve` is the memory after so many questions, `grown` of which objects there are most more at the end.
    `over_frame` counts the callbacks that held the loop for longer than a frame, `collecting` those of them that would
    not have but for the garbage collector; `holders` says who they were, `held` the longest with their collecting.
    `typed` are the keys typed into a chat at rest, `typing` the longest callback meanwhile in milliseconds, and
    `typing_over_frame` how many of those were longer than a frame.
    """

    questions: int = 0
    answered: int = 0
    cancelled: int = 0
    reindexed: int = 0
    keystrokes: int = 0
    lost: int = 0
    stuck: int = 0
    memory_settled: float = 0.0
    memory_end: float = 0.0
    curve: list[tuple[int, float]] = field(default_factory=list)
    grown: list[tuple[str, int]] = field(default_factory=list)
    callbacks: int = 0
    over_frame: int = 0
    collecting: int = 0
    held: list[tuple[float, float, str]] = field(default_factory=list)
    holders: dict[str, int] = field(default_factory=dict)
    typed: int = 0
    typing: float = 0.0
    typing_over_frame: int = 0
    seconds: float = 0.0

    def note(self, held: float, collecting: float, name: str) -> None:
        """A callback that held the loop for longer than a frame, and the part of it that was collecting garbage."""
        self.over_frame += 1
        self.collecting += held - collecting <= FRAME
        self.holders[name] = self.holders.get(name, 0) + 1
        told = round(held * 1000, 1), round(collecting * 1000, 1), name
        self.held = sorted([*self.held, told], reverse=True)[:MOST_TOLD]

    @property
    def growth(self) -> float:
        """Of memory, after the first questions."""
        return self.memory_end / self.memory_settled - 1 if self.memory_settled else 0.0

    @property
    def sound(self) -> bool:
        """Whether the chat can be left open all day."""
        return not self.lost and not self.stuck and self.growth <= MOST_GROWTH


class LoopWatch:
    """Notes the processor time of each callback of the event loop, and what of it went to the garbage collector.

    What the soak itself does in its task is left out.
    """

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self._run = events.Handle._run  # noqa: SLF001 - nothing public tells it
        self._collecting = 0.0
        self._began = 0.0
        self._thread = threading.get_ident()
        self.resting = False

    def _collected(self, phase: str, _info: dict[str, int]) -> None:
        if threading.get_ident() != self._thread:
            return
        if phase == "start":
            self._began = time.thread_time()
        else:
            self._collecting += time.thread_time() - self._began

    def __enter__(self) -> Self:
        run, measured, own = self._run, self._measured, asyncio.current_task()

        def watched(handle: Any) -> None:
            if _task(handle) is own:
                run(handle)
                return
            self._collecting = 0.0
            began = time.thread_time()
            run(handle)
            held = time.thread_time() - began
            measured.callbacks += 1
            if self.resting:
                measured.typing = max(measured.typing, round(held * 1000, 1))
                measured.typing_over_frame += held > FRAME
            if held > FRAME:
                measured.note(held, self._collecting, _name(handle))

        gc.callbacks.append(self._collected)
        events.Handle._run = watched  # type: ignore[method-assign,assignment] # noqa: SLF001
        return self

    def __exit__(self, *_: object) -> None:
        gc.callbacks.remove(self._collected)
        events.Handle._run = self._run  # type: ignore[method-assign] # noqa: SLF001


def _task(handle: Any) -> Any:
    return getattr(getattr(handle, "_callback", None), "__self__", None)


def _name(handle: Any) -> str:
    """What a callback does, as far as can be told: a task by the class that it serves."""
    owner = _task(handle)
    return (
        re.split(r"[( ]*(?:id=|classes=|title=|\()", owner.get_name())[0]
        if isinstance(owner, asyncio.Task)
        else repr(handle)[:100]
    )


async def soak(settings: Settings, questions: int, reindexes: int) -> Measured:
    """Hold a conversation of so many questions, with so many changes of the ledger."""
    from ledgerqa.terminal.chat.app import ChatApp
    from ledgerqa.terminal.chat.desk import Desk
    from ledgerqa.terminal.chat.starting import Manner

    measured, began = Measured(), time.monotonic()
    app = ChatApp(Desk(settings, TODAY), Manner())
    async with app.run_test(size=(120, 40)) as pilot:
        await _until(pilot, lambda: app.status.standing.models not in {"", "loading models"})
        asked, memory = _questions(app, questions), list[float]()
        every = max(1, questions // reindexes) if reindexes else questions + 1
        counted = _objects()
        with LoopWatch(measured) as watch:
            for number, question in enumerate(asked):
                if number % every == every - 1 and measured.reindexed < reindexes:
                    await _change(app, pilot, settings, measured)
                await _ask(app, pilot, question, number, measured)
                if number % SETTLED == SETTLED // 2:
                    await _type(app, pilot, watch, measured)
                memory.append(_memory())
                if number == min(SETTLED, questions // 2):
                    measured.memory_settled, counted = min(memory[-EVERY:]), _objects()
                elif number % EVERY == 0:
                    measured.curve.append((number, round(memory[-1], 1)))
                    sys.stderr.write(
                        f"{number} questions, {measured.reindexed} reindexes: {measured.curve[-1][1]} MiB\n"
                    )
        await _until(pilot, lambda: not app.conversation.busy)
        measured.memory_end = min(memory[-EVERY:])
        measured.grown = (_objects() - counted).most_common(MOST_TOLD)
        measured.stuck = await _stuck(app, pilot)
        await app.action_quit()
    measured.seconds = time.monotonic() - began
    return measured


def _questions(app: ChatApp, count: int) -> list[str]:
    accounts = [name for name in app.names.accounts if name.startswith("Expenses") and name.count(":") > 1]
    made = []
    for number in range(count):
        names = {
            "account": accounts[number * 7 % len(accounts)].rpartition(":")[2].lower(),
            "payee": app.names.payees[number * 11 % len(app.names.payees)],
            "year": 2022 + number % 4,
            "other": 2022 + (number + 1) % 4,
        }
        made.append(KINDS[number % len(KINDS)].format(**names))
    return made


async def _ask(app: ChatApp, pilot: Pilot[None], question: str, number: int, measured: Measured) -> None:
    """Type a question while the one before may still be answered; cancel some; look at the evidence of some."""
    typed = "".join(letter for letter in question if letter.isascii())
    for letter in typed:
        await pilot.press(KEYS.get(letter, letter))
    await pilot.pause()
    measured.keystrokes += len(typed)
    if app.prompt.text != typed:
        measured.lost += abs(len(typed) - len(app.prompt.text)) or 1
    await pilot.press("enter")
    await _until(pilot, lambda: app.conversation.current and app.conversation.current.question == typed.strip())
    measured.questions += 1
    if number % 17 == 16:
        await pilot.press("escape")
        measured.cancelled += 1
    elif number % 3:
        await _until(pilot, lambda: not app.conversation.busy)
        measured.answered += 1
        if number % 10 == 1:
            await pilot.press(f"f{2 + number // 10 % 4}")
            await pilot.pause(STEP * 5)
            await pilot.press("escape")


async def _type(app: ChatApp, pilot: Pilot[None], watch: LoopWatch, measured: Measured) -> None:
    """Type while nothing else happens, with names completed on the way; then take all of it back."""
    await _until(pilot, lambda: not app.conversation.busy)
    await pilot.pause(SETTLING)
    watch.resting = True
    for letter in TYPED:
        await pilot.press(KEYS.get(letter, letter))
        await pilot.pause(STEP)
    for _ in TYPED:
        await pilot.press("backspace")
    await pilot.pause(STEP)
    watch.resting = False
    measured.typed += 2 * len(TYPED)
    measured.lost += len(app.prompt.text)


async def _change(app: ChatApp, pilot: Pilot[None], settings: Settings, measured: Measured) -> None:
    """Add an entry and let the chat notice it by itself."""
    info = app.desk.info
    before = info.generation if info else 0
    spent = next(name for name in app.names.accounts if name.startswith("Expenses:"))
    held = next(name for name in app.names.accounts if name.startswith("Assets:") and "Cash" in name)
    added = ENTRY.format(day=TODAY, number=measured.reindexed, account=spent, other=held)
    with settings.ledger_file().open("a", encoding="utf-8") as ledger:
        ledger.write(added)
    await _until(pilot, lambda: app.desk.info is not None and app.desk.info.generation > before)
    measured.reindexed += 1


async def _stuck(app: ChatApp, pilot: Pilot[None]) -> int:
    """Workers that do not end."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(not worker.is_finished for worker in app.workers):
        await pilot.pause(STEP)
    return sum(not worker.is_finished for worker in app.workers)


async def _until(pilot: Pilot[None], holds: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the chat does not get on")
        await pilot.pause(STEP)


def _memory() -> float:
    """The resident set in MiB, without what only waits to be collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _objects() -> Counter[str]:
    """How many objects of each type the collector knows."""
    return Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())


def main() -> int:
    """Over a copy of the sample ledger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--reindexes", type=int, default=50)
    parser.add_argument("--models", action="store_true", help="use the models of the configuration")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "books" / "main.beancount"
        shutil.copytree(sample_ledger().parent, ledger.parent)
        models = {} if options.models else {"LEDGERQA_ENCODER": NONE, "LEDGERQA_READER": NONE}
        settings = load_settings(
            ledger=str(ledger), data_dir=Path(folder) / "data", environment={**os.environ, **models}
        )
        measured = asyncio.run(soak(settings, options.questions, options.reindexes))
    told = {**asdict(measured), "growth": round(measured.growth, 4), "sound": measured.sound}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0 if measured.sound else 1


if __name__ == "__main__":
    sys.exit(main())
