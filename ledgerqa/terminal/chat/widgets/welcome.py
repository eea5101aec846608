"""What stands in a conversation in which nothing was asked yet: questions made from this ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Welcome(Vertical):
    """A line on what this is, and the examples as they are found."""

    @dataclass
    class Picked(Message):
        """An example was picked."""

        question: str

    def __init__(self, ledger: str) -> None:
        super().__init__(id="welcome")
        self.ledger = ledger
        self.questions: list[str] = []

    def compose(self) -> ComposeResult:
        """A title, what to do, the examples."""
        yield Static(f"Ask {self.ledger} a question in plain words.", classes="title", markup=False)
        yield Static("Every figure is exact and cites the entries that it rests on.", classes="lead")
        yield Static("", classes="state")
        yield OptionList(id="examples", markup=False, compact=True)

    def on_mount(self) -> None:
        """Nothing to pick from yet."""
        self.query_one(OptionList).display = False

    def state(self, text: str) -> None:
        """What is being done before the first question can be answered."""
        self.query_one(".state", Static).update(text)

    def offer(self, question: str) -> None:
        """One more example."""
        self.questions.append(question)
        examples = self.query_one(OptionList)
        examples.add_option(question)
        examples.display = True
        if examples.highlighted is None:
            examples.highlighted = 0
        self.query_one(".state", Static).update("For example:")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask it."""
        event.stop()
        self.post_message(self.Picked(self.questions[event.option_index]))
