"""Commands that answer: `ask`, `chat`, and `sources` of an answer."""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from ledgerqa.patterns import kept_in
from ledgerqa.terminal.options import (
    EXIT_CODES,
    Day,
    LedgerName,
    model_options,
    settings_of,
    settings_options,
)
from ledgerqa.terminal.streams import remark

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.errors import ExitCode


@click.command(epilog=EXIT_CODES)
@click.argument("question", nargs=-1)
@settings_options
@click.option("--today", type=Day(), help='The day that "last month" counts from. Default: this day.')
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as one JSON object on one line.")
@click.option(
    "--batch",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Answer each line of a JSONL file (-: standard input).",
)
@click.option(
    "-c", "--continue", "continuing", is_flag=True, help="Go on with the conversation of the last question asked."
)
@click.option("--no-history", is_flag=True, help="Keep nothing of this question.")
@click.option(
    "--explain", is_flag=True, help="Show the plan, the SQL with its parameters, the same as BQL, and the timings."
)
@click.option("--no-color", is_flag=True, help="No colours on a terminal (as the environment variable NO_COLOR).")
@model_options("reader", "device", "fusion", "freshness", "planner")
@click.pass_context
def ask(
    ctx: click.Context,
    question: tuple[str, ...],
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    today: dt.date | None,
    as_json: bool,
    batch: str | None,
    continuing: bool,
    no_history: bool,
    explain: bool,
    no_color: bool,
    reader: str | None,
    device: str | None,
    fusion: str | None,
    freshness: str | None,
    planner: str | None,
) -> ExitCode:
    """Answer a question about the ledger.

    The ledger is indexed first where it must be: at the first question, and whenever one of its files has changed (see
    --freshness). One that took over 30 seconds to index is not waited for: the answer says that it is stale. On a
    terminal the answer has a small table and a chart where one helps; piped, it is plain text.

    Where the extra `offline` is installed, a small language model reads the entries too, and a sentence of it is shown
    only where each figure, date and name in it stands in the entries cited. --reader none leaves it out, --reader names
    another one. A server on another machine is used only where the configuration file names it.

    With --planner llm that language model also reads the question: it is shown the question and a short list of the
    ledger's names, and what it makes of them is checked; where it fails, the question is read without it, and a line on
    standard error says so. The default reader is too small for it.

    The questions of the last conversation of each ledger are kept in the user's data folder, readable by the user
    alone, for `sources` and for --continue, which goes on with it within twelve hours. --no-history keeps nothing of
    this one, `history = false` in the configuration nothing at all.

    \b
    Examples:
      ledgerqa ask "what did we pay for the car this year?"
      ledgerqa ask --continue "and last year?"
      ledgerqa ask --explain spending by category in 2023
      ledgerqa ask --json --today 2024-12-31 "how much did I earn last month?"
      ledgerqa ask --batch questions.jsonl > answers.jsonl
      ledgerqa ask --reader http://127.0.0.1:8080/v1 "what did the trip to the sea cost?"

    A batch has one JSON object a line, such as {"id": "a1", "question": "…", "history": ["…"], "today": "2024-12-31"};
    all but "question" may be left out, and "history" holds the earlier questions of the conversation. It is answered
    with one JSON object a line, in the same order; a question that
    fails has the status "error" and stops none of the others, and the exit code is 0.
    """
    chosen = {"reader": reader, "device": device, "fusion": fusion, "freshness": freshness, "planner": planner}
    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config, **chosen)
    ctx.with_resource(kept_in(settings.data_dir))  # before the dialog is imported, which compiles them
    from ledgerqa.terminal.asking import Manner, ask_batch, ask_one
    from ledgerqa.terminal.memory import Asked, continued

    day = today or dt.datetime.now().astimezone().date()
    if batch is not None:
        if question or continuing:
            raise click.UsageError(f"Give {'a question' if question else '--continue'} or --batch, not both.")
        return ask_batch(settings, batch, day)
    text = " ".join(question).strip()
    if not text:
        raise click.UsageError('What is the question? For example: ledgerqa ask "how much did I spend last month?"')
    asked = continued(settings, text, today) if continuing else Asked(text, day)
    manner = Manner(as_json=as_json, explain=explain, color=not no_color, kept=not no_history)
    return ask_one(settings, asked, manner)


@click.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and scripts.")
@click.option("--resume", metavar="CHAT", help='Go on with a kept chat: its number, a part of its title, or "last".')
@click.option("--no-history", is_flag=True, help="Keep nothing of this chat.")
@click.option("--today", type=Day(), help='The day that "last month" counts from. Default: this day.')
@click.option("--no-color", is_flag=True, help="No colours (as the environment variable NO_COLOR).")
@model_options("reader", "device", "fusion", "planner")
@click.pass_context
def chat(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    plain: bool,
    resume: str | None,
    no_history: bool,
    today: dt.date | None,
    no_color: bool,
    reader: str | None,
    device: str | None,
    fusion: str | None,
    planner: str | None,
) -> None:
    """Chat with the ledger: ask on, look at the evidence, open entries in an editor.

    `ledgerqa` alone on a terminal does the same. Chats are kept in the user's data folder, readable by the user alone,
    unless --no-history is given. While the chat is open the ledger may change: it is indexed again behind it, and the
    next answer uses what is new. F1 shows the keys; with --plain, /help shows the commands.

    \b
    Examples:
      ledgerqa chat
      ledgerqa chat ~/books/main.beancount
      ledgerqa chat --resume last
      ledgerqa chat --plain < questions.txt
    """
    if ledger_argument and ledger:
        raise click.UsageError("Name the ledger once: as the argument or by --ledger.")
    models = {"reader": reader, "device": device, "fusion": fusion, "planner": planner}
    settings = settings_of(ctx, ledger=ledger_argument or ledger, data_dir=data_dir, config=config, **models)
    ctx.with_resource(kept_in(settings.data_dir))
    from ledgerqa.terminal.chat.starting import Manner as ChatManner
    from ledgerqa.terminal.chat.starting import chat as begin

    kept = settings.history and not no_history
    begin(settings, ChatManner(plain=plain, history=kept, resume=resume, color=not no_color, today=today))


@click.command(epilog=EXIT_CODES)
@click.argument("question", nargs=-1)
@settings_options
@click.option(
    "--all", "everything", is_flag=True, help="Every contributing entry, not only those that the answer cites."
)
@click.option("--text", is_flag=True, help="Show each entry as it stands in the file.")
@click.option("--today", type=Day(), help='The day that "last month" counts from, for a question given here.')
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON object on one line.")
@click.pass_context
def sources(
    ctx: click.Context,
    question: tuple[str, ...],
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    text: bool,
    today: dt.date | None,
    as_json: bool,
) -> None:
    """List the entries that an answer rests on: of the last question asked of this ledger, or of a question given.

    \b
    Examples:
      ledgerqa sources
      ledgerqa sources --all --text
      ledgerqa sources --all "how much did I spend on groceries in 2023?"
    """
    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    ctx.with_resource(kept_in(settings.data_dir))
    from ledgerqa.backends.opening import models_of
    from ledgerqa.terminal import sourcing
    from ledgerqa.terminal.embedding import completing
    from ledgerqa.terminal.memory import Asked, recall
    from ledgerqa.terminal.opening import open_fresh

    day = today or dt.datetime.now().astimezone().date()
    asked = Asked(" ".join(question), day) if question else recall(settings)
    if asked is None:
        raise click.UsageError("No question was asked of this ledger yet. Ask one, or give one here.")
    settings = asked.planned_by(settings)
    models, fiscal_start = completing(models_of(settings, remark), settings), settings.fiscal_start_month
    with open_fresh(settings) as opened:
        found = sourcing.sources(asked, opened, everything=everything, models=models, fiscal_start=fiscal_start)
    click.echo(sourcing.sources_json(found) if as_json else "\n".join(sourcing.sources_lines(found, text=text)))
