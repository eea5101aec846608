"""The commands of `chat --plain`: each takes the chat and what stands after its name."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ledgerqa.errors import ChatUnknownError, LedgerqaError
from ledgerqa.terminal import captions
from ledgerqa.terminal.chat import editor
from ledgerqa.terminal.chat.grids import write_csv
from ledgerqa.terminal.chat.moments import moment
from ledgerqa.terminal.chat.slices import slice_of
from ledgerqa.terminal.chat.store import markdown, title_of
from ledgerqa.terminal.chat.unticking import without
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.records import Answer, Entry
    from ledgerqa.terminal.chat.grids import Grid
    from ledgerqa.terminal.chat.plain_loop import PlainChat
    from ledgerqa.terminal.chat.store import Chat
    from ledgerqa.terminal.chat.unticking import Unticked

HELP: Final = """\
/show N          the entry of citation N, as it stands in its file
/edit N          open it in your editor ($VISUAL, $EDITOR)
/sources         how entries were found: by the plan, by meaning, by words
/untick WHAT     leave what was matched by meaning out of the sum: the entry of citation N, or at FILE:LINE as
                 /sources tells it, or all of a payee; again takes it in
/plan            the plan, SQL and BQL
/rows            all rows of the result
/entries         all contributing entries
/csv TAB FILE    write rows, entries or sources as CSV
/examples        questions that this ledger answers
/status          the ledger, its index, its errors
/reindex         index now
/chats [WORDS]   kept chats, all or those with these words
/resume CHAT     go on with a kept chat: its number, a part of its title, or last
/rename TITLE    give this chat another title
/delete CHAT     delete a kept chat, by its number
/export FILE     write this chat as Markdown
/new             a new chat
/quit            end"""


def _answer(chat: PlainChat) -> Answer:
    if chat.answer is None:
        raise LedgerqaError("ask a question first")
    return chat.answer


def _cited(chat: PlainChat, number: str) -> Entry:
    from ledgerqa.terminal.chat.keeping import citations

    kept = citations(chat.turns[-1]) if chat.turns else ()
    for citation in chat.answer.citations if chat.answer else kept:
        if str(citation.id) == number.strip("[]"):
            return citation.entry
    raise LedgerqaError(f"there is no citation [{number}] in the last answer")


def show(chat: PlainChat, rest: str) -> None:
    """An entry in its file."""
    source = slice_of(_cited(chat, rest), chat.desk.ledger.parent, around=3)
    click.echo(f"{source.path or ''}:{source.begin} {source.note}".strip())
    for number, line in enumerate(source.lines, start=source.first):
        click.echo(f"{number:>6} {line}")


def edit(chat: PlainChat, rest: str) -> None:
    """Open it."""
    source = slice_of(_cited(chat, rest), chat.desk.ledger.parent, around=0)
    if source.path is None:
        raise LedgerqaError("this entry was made by a plugin: it stands in no file")
    command = editor.editing(source.path, source.begin)
    subprocess.run(command.arguments, check=False)  # noqa: S603 - the user's own editor


def _grid(chat: PlainChat, tab: str) -> Grid:
    from ledgerqa.terminal.chat import gathering
    from ledgerqa.terminal.tables import shown_table

    answer = _answer(chat)
    with chat.desk.reading() as index:
        if tab == "entries":
            return gathering.entries_grid(answer, index, chat.unticked.over(index))
        if tab == "sources":
            return gathering.sources_grid(answer, index, chat.desk.models().encoder(), chat.unticked.over(index))
        if tab == "rows":
            return gathering.rows_grid(shown_table(answer, index))
    raise LedgerqaError(f"there is no {tab}: rows, entries or sources")


def _print(grid: Grid) -> None:
    if not grid.lines:
        click.echo(grid.note)
    for line in ([heading.name for heading in grid.headings], *(line.cells for line in grid.lines)):
        click.echo("\t".join(line))


def lines(tab: str) -> Callable[[PlainChat, str], None]:
    """The lines of a tab, separated by tabs."""
    return lambda chat, _rest: _print(_grid(chat, tab))


def untick(chat: PlainChat, rest: str) -> None:
    """Ask again without an entry, or without a payee."""
    from ledgerqa.terminal.plain import answer_text

    answer = _answer(chat)
    if answer.plan is None or not answer.plan.meaning:
        raise LedgerqaError("nothing in the last answer was matched by meaning")
    plan = answer.plan
    unticked = chat.unticked = _turned(chat, rest)
    chat.answer, index = chat.desk.ask_plan(answer.question, lambda index: without(plan, unticked.over(index)))
    click.echo(answer_text(chat.answer, index))


def _turned(chat: PlainChat, rest: str) -> Unticked:
    """What is unticked when this is too, or is not any more."""
    number = rest.strip("[]")
    if number.isdecimal():
        return chat.unticked.turned(_cited(chat, number))
    for line in _grid(chat, "sources").lines:
        if line.unticks and rest == captions.place(line.unticks):
            return chat.unticked.turned(line.unticks)
    for line in _grid(chat, "sources").lines:
        if line.unticks and rest in (line.unticks.payee, line.unticks.narration):
            return chat.unticked.turned(line.unticks, with_name=True)
    raise LedgerqaError(f"/sources lists no entry at {rest}, and none of such a payee")


def plan(chat: PlainChat, _rest: str) -> None:
    """Plan, SQL, BQL."""
    from ledgerqa.terminal.explain import explanation

    click.echo(explanation(_answer(chat)))


def csv(chat: PlainChat, rest: str) -> None:
    """Write lines."""
    tab, _, name = rest.partition(" ")
    path = _path(name or f"ledgerqa-{tab}.csv")
    write_csv(_grid(chat, tab), path)
    remark(f"written: {path}")


def _path(name: str) -> Path:
    path = Path(name.strip()).expanduser().absolute()
    if path.exists():
        raise LedgerqaError(f"{path} is there already: give another name")
    if not path.parent.is_dir():
        raise LedgerqaError(f"{path.parent} is no folder")
    return path


def examples(chat: PlainChat, _rest: str) -> None:
    """Questions to begin with."""
    from ledgerqa.terminal.chat.examples import examples as made

    with chat.desk.reading() as index:
        for question in made(index, chat.desk.day(), chat.desk.settings.fiscal_start_month):
            click.echo(question)


def status(chat: PlainChat, _rest: str) -> None:
    """As `ledgerqa status`."""
    from ledgerqa.terminal.standing import standing, standing_lines

    with chat.desk.reading() as index:
        click.echo("\n".join(standing_lines(standing(chat.desk.settings, index))))


def reindex(chat: PlainChat, _rest: str) -> None:
    """Now."""
    chat.keeper.renew()


def chats(chat: PlainChat, rest: str) -> None:
    """Kept chats."""
    for each in chat.store.chats(rest):
        click.echo(f"{each.chat:>4}  {moment(each.last)}  {each.title}  ({each.turns})")


def resume(chat: PlainChat, rest: str) -> None:
    """Go on, and show what was said."""
    chat.resume(rest or "last")
    for turn in chat.turns:
        click.echo(
            "\n".join(part for part in (f"> {turn.question}", turn.answer, turn.figure, turn.notes, " ") if part)
        )


def rename(chat: PlainChat, rest: str) -> None:
    """Another title."""
    if chat.chat is not None:
        chat.store.rename(chat.chat, rest)


def delete(chat: PlainChat, rest: str) -> None:
    """For good; by its number only."""
    found = next((each for each in chat.store.chats() if str(each.chat) == rest), None)
    if found is None:
        raise ChatUnknownError(rest)
    _delete(chat, found)


def _delete(chat: PlainChat, found: Chat) -> None:
    chat.store.delete(found.chat)
    if chat.chat == found.chat:
        new(chat, "")
    remark(f"deleted “{found.title}”")


def export(chat: PlainChat, rest: str) -> None:
    """As Markdown."""
    if not chat.turns:
        raise LedgerqaError("ask a question first")
    path = _path(rest or "ledgerqa-chat.md")
    path.write_text(markdown(title_of(chat.turns[0].question), chat.turns), encoding="utf-8")
    remark(f"written: {path}")


def new(chat: PlainChat, _rest: str) -> None:
    """Begin anew."""
    chat.chat, chat.answer, chat.turns = None, None, []


def help_(_chat: PlainChat, _rest: str) -> None:
    """The commands."""
    click.echo(HELP)


COMMANDS: Final[dict[str, Callable[[PlainChat, str], None]]] = {
    "help": help_,
    "show": show,
    "edit": edit,
    "sources": lines("sources"),
    "untick": untick,
    "plan": plan,
    "rows": lines("rows"),
    "entries": lines("entries"),
    "csv": csv,
    "examples": examples,
    "status": status,
    "reindex": reindex,
    "chats": chats,
    "resume": resume,
    "rename": rename,
    "delete": delete,
    "export": export,
    "new": new,
}
