"""One question and its answer, which comes in parts: the headline, the chart and table, sentences, citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ledgerqa.terminal.chat import shown

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from ledgerqa.records import Answer, Citation

ALL = "all"  # the option that leads to all contributing entries


class Citations(OptionList):
    """The entries that an answer cites, a line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "act('edit')", "Edit"),
        Binding("y", "act('copy')", "Copy"),
    ]

    @dataclass
    class Act(Message):
        """Something is to be done with a cited entry."""

        what: str
        citation: Citation

    def __init__(self, citations: tuple[Citation, ...]) -> None:
        super().__init__(markup=False, compact=True)
        self.citations = citations

    def action_act(self, what: str) -> None:
        """Do it with the entry that is marked."""
        if self.highlighted is not None and self.highlighted < len(self.citations):
            self.post_message(self.Act(what, self.citations[self.highlighted]))


class Choices(OptionList):
    """The readings of an ambiguous question; the keys 1 to 9 choose as Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)
    ]

    def action_choose(self, number: int) -> None:
        """Take the choice of this number."""
        if number <= self.option_count:
            self.highlighted = number - 1
            self.action_select()


class Turn(Vertical):
    """A question, and under it what is known of its answer so far."""

    @dataclass
    class Cite(Message):
        """A citation was chosen; None asks for all contributing entries."""

        turn: Turn
        citation: int | None

    @dataclass
    class Choose(Message):
        """A reading was chosen."""

        question: str

    def __init__(self, question: str, number: int) -> None:
        super().__init__(id=f"turn-{number}", classes="waiting")
        self.question = question
        self.answer: Answer | None = None
        self.figure: shown.Figure | None = None
        self.sentences: list[str] = []
        self._laid_out_for = 0

    def compose(self) -> ComposeResult:
        """The question, and places for the parts of its answer."""
        yield Static(Content(self.question), classes="question")
        yield Static("…", classes="headline")
        yield Static(classes="understood")
        yield Static(classes="figure")
        yield Static(classes="sentences")
        yield Static(classes="warnings")

    # ------------------------------------------------------------------------------------------ parts as they come

    def wait(self, why: str) -> None:
        """Say what is waited for."""
        self._part("headline", Content(why))

    def head(self, answer: Answer, figure: shown.Figure | None, drawn: Content | None, width: int) -> None:
        """The exact part stands."""
        self.answer, self.figure, self._laid_out_for = answer, figure, width
        self.remove_class("waiting").add_class(answer.status)
        self._part("headline", shown.sentence(answer.answer, str(self.id)))
        self._part("understood", shown.understood(answer))
        self._part("figure", drawn)
        self._warn(answer)
        if answer.choices:
            self._offer(answer)
        elif answer.citations:
            self._cite(answer)

    def say(self, text: str) -> None:
        """One more sentence."""
        self.sentences.append(text)
        self._part("sentences", shown.sentence(" ".join(self.sentences), str(self.id)))

    def done(self, answer: Answer) -> None:
        """The whole answer is there."""
        self.answer = answer
        self.remove_class("waiting")
        self._warn(answer)

    def fail(self, why: str, *, cancelled: bool = False) -> None:
        """It went wrong, or was cancelled: said in place; what stood already stays."""
        self.remove_class("waiting").add_class("cancelled" if cancelled else "error")
        self._part("headline" if self.answer is None else "warnings", Content(why))

    def _part(self, name: str, content: Content | None) -> None:
        part = self.query_one(f".{name}", Static)
        part.update(content or "")
        part.display = bool(content)

    def _warn(self, answer: Answer) -> None:
        self._part("warnings", Content("\n".join(answer.warnings)) if answer.warnings else None)

    def _offer(self, answer: Answer) -> None:
        labels = [
            Content.assemble((f"{number}  ", "$text-accent"), choice.label)
            for number, choice in enumerate(answer.choices, start=1)
        ]
        offered = Choices(*(Option(label) for label in labels), markup=False, compact=True)
        self.mount(offered)
        offered.highlighted = 0
        offered.focus()

    def _cite(self, answer: Answer) -> None:
        cited = Citations(answer.citations)
        options = [Option(label) for label in shown.citation_labels(answer.citations)]
        total = answer.evidence.contributing if answer.evidence else 0
        if total > len(answer.citations):
            options.append(Option(Content.styled(f"… all {total:,} contributing entries", "$text-muted"), id=ALL))
        cited.add_options(options)
        self.mount(cited, before=self.query_one(".warnings"))

    # ------------------------------------------------------------------------------------------------ what is chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A citation is shown, a reading is asked."""
        event.stop()
        if self.answer is None:
            return
        if isinstance(event.option_list, Choices):
            event.option_list.disabled = True
            self.post_message(self.Choose(self.answer.choices[event.option_index].question))
        else:
            number = None if event.option_id == ALL else self.answer.citations[event.option_index].id
            self.post_message(self.Cite(self, number))

    # ------------------------------------------------------------------------------------------------ another width

    def on_resize(self, event: events.Resize) -> None:
        """Lay the chart and the table out again where the width has changed."""
        if self.figure and event.size.width != self._laid_out_for and self._laid_out_for:
            self._laid_out_for = event.size.width
            self._lay_out(self.figure, event.size.width)

    @work(thread=True, exclusive=True, group="layout")
    def _lay_out(self, figure: shown.Figure, width: int) -> None:
        drawn = shown.laid_out(figure, width)
        self.app.call_from_thread(self._part, "figure", drawn)
