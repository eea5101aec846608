"""One question and its answer, which comes in parts: the headline, the chart and table, sentences, citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ledgerqa.terminal.chat import shown
from ledgerqa.terminal.chat.unticking import NOTHING, Unticked
from ledgerqa.terminal.chat.widgets.soon import soon

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from ledgerqa.records import Answer, Citation
    from ledgerqa.terminal.chat.store import KeptTurn

ALL: Final = "all"  # the option that leads to all contributing entries
# What stands at the head of a turn, each on lines of its own, with its style; together in one widget, as each widget
# costs at every layout.
HEAD: Final = {"question": "bold $text-accent", "headline": "bold", "understood": "$foreground-muted"}
HEADLINE: Final = {
    "clarify": "bold $text-warning",
    "unanswerable": "bold $text-warning",
    "error": "$text-error",
    "cancelled": "italic $foreground-muted",
}


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
        self.auto_links = False  # a line is chosen, nothing in it: looking for links took a fifth of drawing it
        self.citations = citations

    def on_focus(self) -> None:
        """Something is marked as soon as keys come here."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

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

    BLANK = True  # nothing of its own to draw: its lines need no laying out

    @dataclass
    class Cite(Message):
        """A citation was chosen; None asks for all contributing entries."""

        turn: Turn
        citation: int | None

    @dataclass
    class Choose(Message):
        """A reading was chosen."""

        question: str

    @dataclass
    class Grown(Message):
        """It became taller, after its head was shown."""

        turn: Turn

    def __init__(self, question: str, number: int, kept: KeptTurn | None = None) -> None:
        super().__init__(id=f"turn-{number}", classes="restored" if kept else "waiting")
        self.question = question
        self.kept = kept
        self.answer: Answer | None = None
        self.citations: tuple[Citation, ...] = ()
        self.unticked = NOTHING
        self.figure: shown.Figure | None = None
        self.sentences: list[str] = []
        self.parts: dict[str, Content] = {"question": Content(question), "headline": Content("…")}
        self._laid_out_for = 0

    def compose(self) -> ComposeResult:
        """The question, and places for the parts of its answer."""
        yield Static(self._head(), classes="head")
        yield Static(classes="figure")
        yield Static(classes="sentences")
        yield Static(classes="warnings")

    def on_mount(self) -> None:
        """A turn of a kept conversation is there at once."""
        if self.kept:
            self._restore(self.kept)

    # ------------------------------------------------------------------------------------------ parts as they come

    def wait(self, why: str) -> None:
        """Say what is waited for."""
        self._part("headline", Content(why))

    def head(self, answer: Answer, figure: shown.Figure | None, drawn: Content | None, width: int) -> None:
        """The exact part stands."""
        self.answer, self.figure, self._laid_out_for = answer, figure, width
        self.citations = answer.citations
        self.remove_class("restored").add_class(answer.status)
        self.parts["headline"] = shown.sentence(answer.answer, str(self.id))
        self._part("understood", shown.understood(answer))
        self._part("figure", drawn)
        self._warn(answer)
        if answer.choices:
            self._offer(answer)
        elif answer.citations:
            total = answer.evidence.contributing if answer.evidence else 0
            self.call_after_refresh(self.call_later, self._cite, total)  # in a turn of their own: it can be felt

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
        self.parts[name] = content or Content()
        if name in HEAD:
            self.query_one(".head", Static).update(self._head())
            return
        part = self.query_one(f".{name}", Static)
        part.update(self.parts[name])
        part.display = bool(content)

    def _head(self) -> Content:
        status = next((each for each in HEADLINE if self.has_class(each)), "")
        styles = HEAD | ({"headline": HEADLINE[status]} if status else {})
        said = ((self.parts.get(name, Content()), style) for name, style in styles.items())
        return Content("\n").join(part.stylize_before(style) for part, style in said if part)

    def _warn(self, answer: Answer) -> None:
        self._part("warnings", Content("\n".join(answer.warnings)) if answer.warnings else None)

    def _offer(self, answer: Answer) -> None:
        labels = [
            Content.assemble((f"{number}  ", "$text-accent"), choice.label)
            for number, choice in enumerate(answer.choices, start=1)
        ]
        offered = Choices(*(Option(label) for label in labels), markup=False, compact=True)
        self.mount(offered)
        if answer.status == "clarify":  # the suggestions after a refusal can be reached, but take no keys
            offered.highlighted = 0
            self.screen.set_focus(offered)

    def _cite(self, total: int) -> None:
        """List the citations, in the place of those that were listed."""
        if not self.is_attached:  # gone before its frame came
            return
        self.query(Citations).remove()
        if not self.citations:
            return
        cited = Citations(self.citations)
        options = [Option(label) for label in shown.citation_labels(self.citations)]
        if total > len(self.citations):
            options.append(Option(Content.styled(f"… all {total:,} contributing entries", "$foreground-muted"), id=ALL))
        cited.add_options(options)
        self.mount(cited, before=self.query_one(".warnings"))
        self.post_message(self.Grown(self))

    def _restore(self, kept: KeptTurn) -> None:
        """What was kept of it."""
        from ledgerqa.terminal.chat.keeping import citations

        self.add_class(kept.status)
        self.citations = citations(kept)
        self.parts["headline"] = shown.sentence(kept.answer, str(self.id))
        self._part("understood", Content(" · ".join(kept.notes.splitlines())) if kept.notes else None)
        self._part("figure", Content(kept.figure) if kept.figure else None)
        self._cite(0)

    def recite(self, answer: Answer, figure: shown.Figure | None, drawn: Content | None) -> None:
        """Another answer to the same question, because something was unticked; the reader's sentences may not hold."""
        self.sentences.clear()
        self._part("sentences", None)
        self.head(answer, figure, drawn, self._laid_out_for)

    def take_unticked(self, unticked: Unticked) -> None:
        """The same entries under the numbers of another generation."""
        self.unticked = unticked

    # ------------------------------------------------------------------------------------------------ what is chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A citation is shown, a reading is asked."""
        event.stop()
        if isinstance(event.option_list, Choices):
            event.option_list.disabled = True
            if self.answer:
                self.post_message(self.Choose(self.answer.choices[event.option_index].question))
        else:
            number = None if event.option_id == ALL else self.citations[event.option_index].id
            self.post_message(self.Cite(self, number))

    @property
    def room(self) -> int:
        """The cells that its figure was laid out for: where the evidence covers it, it has no size of its own."""
        return self._laid_out_for or self.size.width

    def listed(self) -> OptionList | None:
        """The list that keys may go to: choices, or citations."""
        return next((each for each in self.query(OptionList) if not each.disabled), None)

    # ------------------------------------------------------------------------------------------------ another width

    def on_resize(self, event: events.Resize) -> None:
        """Lay the chart and the table out again where the width has changed."""
        if self.figure and event.size.width != self._laid_out_for and self._laid_out_for:
            self._laid_out_for = event.size.width
            self._lay_out(self.figure, event.size.width)

    @work(thread=True, exclusive=True, group="layout")
    def _lay_out(self, figure: shown.Figure, width: int) -> None:
        drawn = shown.laid_out(figure, width)
        soon(self, self._part, "figure", drawn)
