"""The command `ledgerqa`: its commands, their options and help; what each does stands in a module of its own.

Nothing heavy is imported here: `ledgerqa --help` loads neither DuckDB nor Beancount, and asking no Beancount.
"""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

import datetime as dt
import pathlib
import sys
from typing import TYPE_CHECKING, Literal

import click

from ledgerqa import __version__
from ledgerqa.errors import ExitCode
from ledgerqa.terminal.options import (
    CONTEXT,
    Day,
    LedgerName,
    QuestionGroup,
    TimeOfDay,
    model_options,
    settings_of,
    settings_options,
)
from ledgerqa.terminal.streams import remark, speak_utf8

if TYPE_CHECKING:
    from pathlib import Path

EXIT_CODES = """
\b
Exit codes:
  0    answered, or done
  1    an error of ledgerqa itself, or of a model; doctor: something does not work
  2    the command line or the configuration is wrong
  3    the ledger cannot be read at all: missing, a folder, not text, empty
  4    the index cannot be built, read or written
  5    ask: the ledger cannot answer, or the question must be made clearer
  130  interrupted (Ctrl-C)
"""


@click.group(
    cls=QuestionGroup, context_settings=CONTEXT, epilog=EXIT_CODES, subcommand_metavar="[QUESTION | COMMAND] ..."
)
@settings_options
@click.version_option(__version__, "-V", "--version", prog_name="ledgerqa")
@click.pass_context
def cli(ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None) -> None:
    """Ask a Beancount ledger a question in plain words.

    The answer is an exact figure or the right entries, each traced to the lines of the ledger that it rests on.
    Nothing leaves this machine, unless the configuration names a reader on another one; the ledger is never written.

    \b
    Examples:
      ledgerqa "how much did I spend on groceries in 2023?"
      ledgerqa --ledger home net worth at the end of last year
      ledgerqa ask --json "rent by month in 2024"
      ledgerqa index ~/books/main.beancount
      ledgerqa status

    A question needs no command; one that begins with a command's name may need `ask` before it. The ledger comes from
    --ledger, from the environment variable LEDGERQA_LEDGER, or from the configuration file. The name "sample" stands
    for the sample ledger that comes with the program.
    """
    ctx.obj = {"ledger": ledger, "data_dir": data_dir, "config": config}


@cli.command(epilog=EXIT_CODES)
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
    ledger's names, and what it makes of them is checked; where it fails, the rules read the question, and a line on
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
    from ledgerqa.terminal.asking import Manner, ask_batch, ask_one
    from ledgerqa.terminal.memory import Asked, continued

    chosen = {"reader": reader, "device": device, "fusion": fusion, "freshness": freshness, "planner": planner}
    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config, **chosen)
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


@cli.command(epilog=EXIT_CODES)
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
    from ledgerqa.terminal.chat.starting import Manner as ChatManner
    from ledgerqa.terminal.chat.starting import chat as begin

    if ledger_argument and ledger:
        raise click.UsageError("Name the ledger once: as the argument or by --ledger.")
    models = {"reader": reader, "device": device, "fusion": fusion, "planner": planner}
    settings = settings_of(ctx, ledger=ledger_argument or ledger, data_dir=data_dir, config=config, **models)
    kept = settings.history and not no_history
    begin(settings, ChatManner(plain=plain, history=kept, resume=resume, color=not no_color, today=today))


@cli.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
@click.option("--no-embed", is_flag=True, help="Leave the vectors for the search by meaning to a later time.")
@model_options("device")
@click.pass_context
def index(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    as_json: bool,
    no_embed: bool,
    device: str | None,
) -> None:
    """Read the ledger and build its index anew.

    `ask` does this by itself where it must. The index lies in the user's data folder, readable by the user alone; it
    is built aside and moved into place whole, so that questions can be asked meanwhile. Indexing runs the plugins that
    the ledger names, as bean-check does: index only ledgers that you trust.

    Where the extra `offline` is installed, the texts of entries are then embedded for the search by meaning, the newest
    first. Questions can be asked from the first line on; what is done stays when this is interrupted.

    \b
    Examples:
      ledgerqa index ~/books/main.beancount
      ledgerqa index home
    """
    from ledgerqa.terminal.building import build_and_tell

    if ledger_argument and ledger:
        raise click.UsageError("Name the ledger once: as the argument or by --ledger.")
    named = ledger_argument or ledger
    settings = settings_of(ctx, ledger=named, data_dir=data_dir, config=config, device=device)
    build_and_tell(settings, as_json=as_json, embedding=not no_embed)


@cli.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@click.option("--keep-sound", is_flag=True, help="Leave the index alone where the syntax has new errors.")
@click.option("--no-embed", is_flag=True, help="Leave the vectors for the search by meaning to a later time.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object a ledger.")
@model_options("device")
@click.pass_context
def reindex(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    keep_sound: bool,
    no_embed: bool,
    as_json: bool,
    device: str | None,
) -> ExitCode:
    """Take in what has changed in the ledger, and say what that was.

    Where nothing has changed in any file that the ledger consists of, nothing is loaded. Else a line tells how many
    entries were added (+), changed (~), moved to other lines (→) and removed (-), and how many texts were embedded:
    only such as never were. Questions can be asked meanwhile, of the index as it was.

    \b
    Examples:
      ledgerqa reindex
      ledgerqa reindex home
      ledgerqa reindex --all --json
    """
    from ledgerqa.terminal.reindexing import reindex_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    settings = settings_of(ctx, ledger=ledger_argument or ledger, data_dir=data_dir, config=config, device=device)
    chosen = settings.each() if everything else [("", settings)]
    return reindex_and_tell(chosen, as_json=as_json, embedding=not no_embed, keep_sound=keep_sound)


@cli.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@click.pass_context
def watch(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
) -> ExitCode:
    """Reindex whenever the ledger is saved, until Ctrl-C.

    A line tells of each reindex. While somebody is typing and the syntax has errors, the last sound index stays in
    force, and a line says that the ledger has errors now. Chats and batches that are open take each new index between
    two questions.

    \b
    Examples:
      ledgerqa watch
      ledgerqa watch ~/books/main.beancount
      ledgerqa watch --all
    """
    from ledgerqa.terminal.watching import watch_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    settings = settings_of(ctx, ledger=ledger_argument or ledger, data_dir=data_dir, config=config)
    return watch_and_tell(settings.each() if everything else [("", settings)])


@cli.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option("--all", "everything", is_flag=True, help="Every ledger that the configuration file names.")
@click.option("--at", type=TimeOfDay(), default="06:00", show_default=True, help="When, on the clock of this machine.")
@click.option(
    "--by", type=click.Choice(["systemd", "cron"]), help="What starts it. Default: systemd where it runs, else cron."
)
@click.option("--install", is_flag=True, help="Install it without asking.")
@click.option("--remove", is_flag=True, help="Take it away again.")
@click.pass_context
def schedule(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    everything: bool,
    at: dt.time,
    by: Literal["systemd", "cron"] | None,
    install: bool,
    remove: bool,
) -> ExitCode:
    """Print, and with your consent install, a daily reindex.

    It is a timer of systemd that is yours alone, or a line of your crontab. On a terminal you are asked whether to
    install it; --install does it without asking.

    \b
    Examples:
      ledgerqa schedule
      ledgerqa schedule home --at 07:30 --install
      ledgerqa schedule --all --by cron --install
      ledgerqa schedule --remove
    """
    from ledgerqa.terminal.scheduling import schedule_and_tell

    if (ledger_argument and ledger) or (everything and (ledger_argument or ledger)):
        raise click.UsageError("Name the ledger once: as the argument, by --ledger, or all of them by --all.")
    if install and remove:
        raise click.UsageError("Give --install or --remove, not both.")
    settings = settings_of(ctx, ledger=ledger_argument or ledger, data_dir=data_dir, config=config)
    return schedule_and_tell(settings, at=at, by=by, everything=everything, install=install, remove=remove)


@cli.command(epilog=EXIT_CODES)
@settings_options
@click.option(
    "--all", "everything", is_flag=True, help="Only a line for each ledger that the configuration file names."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object on one line (--all: an array).")
@click.pass_context
def status(
    ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None, everything: bool, as_json: bool
) -> None:
    """Show the ledger, its index, how fresh it is, and the errors that Beancount found in it.

    "vectors" is how much of it the search by meaning covers. Errors are listed as file:line with their message; they
    never stop the rest of the ledger from being asked. The index is not built by this command; without one the exit
    code is 4. Where the configuration file names ledgers, all of them follow, each with how fresh its index is.

    \b
    Examples:
      ledgerqa status
      ledgerqa --ledger home status --json
      ledgerqa status --all
    """
    from ledgerqa.terminal.standing import status_and_tell

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    status_and_tell(settings, everything=everything, as_json=as_json)


@cli.command(epilog=EXIT_CODES)
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
    from ledgerqa.backends.opening import models_of
    from ledgerqa.terminal import sourcing
    from ledgerqa.terminal.memory import Asked, recall
    from ledgerqa.terminal.opening import open_fresh

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    day = today or dt.datetime.now().astimezone().date()
    asked = Asked(" ".join(question), day) if question else recall(settings)
    if asked is None:
        raise click.UsageError("No question was asked of this ledger yet. Ask one, or give one here.")
    settings = asked.planned_by(settings)
    models, fiscal_start = models_of(settings, remark), settings.fiscal_start_month
    with open_fresh(settings) as opened:
        found = sourcing.sources(asked, opened, everything=everything, models=models, fiscal_start=fiscal_start)
    click.echo(sourcing.sources_json(found) if as_json else "\n".join(sourcing.sources_lines(found, text=text)))


@cli.command(epilog=EXIT_CODES)
@click.argument("ledger_argument", metavar="[LEDGER]", required=False, type=LedgerName())
@settings_options
@click.option(
    "--transactions", metavar="N", type=click.IntRange(min=1), help="Measure a ledger of N transactions made for it."
)
@click.option(
    "--runs", metavar="N", type=click.IntRange(min=1), default=3, show_default=True, help="Runs that each median is of."
)
@click.option(
    "--vectors", is_flag=True, help="Measure search by meaning instead: exact against HNSW, and embedding in bulk."
)
@click.option(
    "--reading", is_flag=True, help="Measure the reader instead: fused against concatenated entries, cold and kept."
)
@click.option("--reindex", "reindexing", is_flag=True, help="Measure reindexing instead: a day more, and no change.")
@click.option("--noisy", is_flag=True, help="With --reindex: narrations as banks write them, nearly all different.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as one JSON object.")
@click.pass_context
def bench(
    ctx: click.Context,
    ledger_argument: str | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    transactions: int | None,
    runs: int,
    vectors: bool,
    reading: bool,
    reindexing: bool,
    noisy: bool,
    as_json: bool,
) -> None:
    """Measure this machine: loading, indexing and asking, beside Beancount's loader and beanquery.

    Each part runs in processes of its own on the same ledger, the sample ledger by default, so that the ratios are of
    one run. Nothing is kept. The comparison needs beanquery: pip install 'ledgerqa[bench]'.

    \b
    Examples:
      ledgerqa bench
      ledgerqa bench ~/books/main.beancount --runs 5
      ledgerqa bench --transactions 100000 --json
      ledgerqa bench --vectors
      ledgerqa bench --reading --runs 5
      ledgerqa bench --reindex --noisy
    """
    from ledgerqa.samples import SAMPLE
    from ledgerqa.terminal.bench import bench_and_tell
    from ledgerqa.terminal.bench_reading import bench_reading_and_tell
    from ledgerqa.terminal.bench_reindex import SIZES, bench_reindex_and_tell
    from ledgerqa.terminal.bench_vectors import bench_vectors_and_tell

    named = ledger_argument or ledger
    if (transactions and (named or vectors or reading)) or (vectors and reading):
        raise click.UsageError("Give a ledger or --transactions, not both; --vectors or --reading goes with a ledger.")
    if (reindexing and (named or vectors or reading)) or (noisy and not reindexing):
        raise click.UsageError("--reindex makes its ledgers: give it --transactions, --noisy and --runs alone.")
    if reindexing:
        bench_reindex_and_tell([transactions] if transactions else SIZES, runs, noisy=noisy, as_json=as_json)
        return
    settings = settings_of(ctx, ledger=named or SAMPLE, data_dir=data_dir, config=config)
    if vectors:
        bench_vectors_and_tell(settings.ledger_file(), settings.encoder, settings.data_dir, as_json=as_json)
        return
    if reading:
        model = settings.reader, settings.device, settings.data_dir
        bench_reading_and_tell(settings.ledger_file(), *model, runs, as_json=as_json)
        return
    bench_and_tell(None if transactions else settings.ledger_file(), transactions or 0, runs, as_json=as_json)


@cli.group(epilog=EXIT_CODES)
def models() -> None:
    """List, fetch and check the models that search by meaning and read.

    Exact answers need none. The extra `offline` brings an encoder and a reader inside Python packages, and nothing is
    downloaded unless `models pull` is asked to.

    \b
    Examples:
      ledgerqa models list
      ledgerqa models pull OWNER/REPOSITORY/FILE.gguf
      ledgerqa models verify
    """


@models.command("list", epilog=EXIT_CODES)
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print them as one JSON array on one line.")
@click.pass_context
def models_list(
    ctx: click.Context, ledger: str | None, data_dir: Path | None, config: Path | None, as_json: bool
) -> None:
    """List the models on this machine, and which are in use.

    \b
    Examples:
      ledgerqa models list
      ledgerqa models list --json
    """
    from ledgerqa.terminal.models import list_and_tell

    list_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), as_json=as_json)


@models.command("pull", epilog=EXIT_CODES)
@click.argument("name", metavar="OWNER/REPOSITORY/FILE")
@settings_options
@click.option("--revision", default="main", show_default=True, help="The branch, tag or commit to take it from.")
@click.pass_context
def models_pull(
    ctx: click.Context, name: str, ledger: str | None, data_dir: Path | None, config: Path | None, revision: str
) -> None:
    """Fetch one model file from the Hugging Face hub into the data folder.

    This is the only command that goes to the network for itself. A pull that broke off goes on where it broke; the
    file's hash is compared with the hub's and shown. HF_TOKEN is sent along where it is set, and HF_ENDPOINT names
    another hub.

    \b
    Examples:
      ledgerqa models pull OWNER/REPOSITORY-GGUF/model-q4_k_m.gguf
      ledgerqa models pull --revision v1.0 OWNER/REPOSITORY/model.gguf
    """
    from ledgerqa.terminal.models import pull_and_tell

    pull_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), name, revision)


@models.command("verify", epilog=EXIT_CODES)
@click.argument("names", metavar="[MODEL]...", nargs=-1)
@settings_options
@click.pass_context
def models_verify(
    ctx: click.Context, names: tuple[str, ...], ledger: str | None, data_dir: Path | None, config: Path | None
) -> ExitCode:
    """Read the weights again, all of them by default, and compare their hashes with those that were published.

    The exit code is 1 where one is not what it should be.

    \b
    Examples:
      ledgerqa models verify
      ledgerqa models verify all-MiniLM-L6-v2
    """
    from ledgerqa.terminal.models import verify_and_tell

    return verify_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config), names)


@cli.command(epilog=EXIT_CODES)
@settings_options
@model_options("reader", "device")
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON array on one line.")
@click.pass_context
def doctor(
    ctx: click.Context,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    reader: str | None,
    device: str | None,
    as_json: bool,
) -> ExitCode:
    """Check configuration, permissions, index, llama.cpp, GPU and models, and say what to do about each.

    Models are loaded to see that they work; a reader on a server is asked for its list of models. The exit code is 1
    where something that is asked for does not work; what is merely not installed is a note.

    \b
    Examples:
      ledgerqa doctor
      ledgerqa --ledger home doctor --json
      ledgerqa doctor --reader http://127.0.0.1:11434/v1
    """
    from ledgerqa.terminal.doctor import doctor_and_tell

    options = {"ledger": ledger, "reader": reader, "device": device}
    return doctor_and_tell(lambda: settings_of(ctx, data_dir=data_dir, config=config, **options), as_json=as_json)


@cli.command("eval", epilog=EXIT_CODES)
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@click.option(
    "--ledgers",
    type=click.Path(exists=True, path_type=pathlib.Path),
    help='JSON that maps the names of ledgers to {"main": FILE}, or a folder with such an index.json.',
)
@click.option("--retrieval", is_flag=True, help="Measure how many of the right entries are found instead.")
@click.option("--today", type=Day(), help="The day of questions that name none. Default: this day.")
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as one JSON object on one line.")
@model_options("reader", "device", "planner")
@click.pass_context
def evaluate(
    ctx: click.Context,
    questions: Path,
    ledgers: Path | None,
    retrieval: bool,
    today: dt.date | None,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    as_json: bool,
    reader: str | None,
    device: str | None,
    planner: str | None,
) -> None:
    """Measure how well questions are understood whose answers are known.

    Each line of QUESTIONS is a JSON object: "question", and as wanted "id", "family", "ledger", "today", "history", and
    what is right: "expect" (answer, clarify or refuse), "gold_bql" (the query that gives the rows; beanquery runs it)
    or "gold_rows", "gold_entries_bql" (file and line of the entries that contribute), "must_say", and "plan", whose
    fields, as --json prints them, must be exactly these. A "ledger" is a name from --ledgers or from the configuration;
    without one the questions are asked of --ledger.

    Told are, by family, how many answers, statuses, citations and plans are right and how many numbers are borne out;
    how many of the names that the golds ask for are linked; and each question that fell short, with the plan it became
    and what was expected. Gold queries need beanquery: pip install 'ledgerqa[bench]'.

    \b
    Examples:
      ledgerqa eval questions.jsonl
      ledgerqa eval questions.jsonl --ledgers ~/books/index.json --json
      ledgerqa eval questions.jsonl --ledgers index.json --retrieval
    """
    chosen = {"reader": reader, "device": device, "planner": planner}
    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config, **chosen)
    if retrieval:
        from ledgerqa.terminal.evaluating import evaluate_and_tell

        if ledgers is None:
            raise click.UsageError("--retrieval needs --ledgers.")
        evaluate_and_tell(settings, questions, ledgers, as_json=as_json)
        return
    from ledgerqa.terminal.evaluation.running import evaluate_questions

    day = today or dt.datetime.now().astimezone().date()
    evaluate_questions(settings, questions, ledgers, day, as_json=as_json)


@cli.group(epilog=EXIT_CODES)
def train() -> None:
    """Make the trained parts anew from the files that they were authored in (needs the extra `training`).

    \b
    Examples:
      ledgerqa train planner
    """


@train.command("planner", epilog=EXIT_CODES)
@settings_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=pathlib.Path),
    help="Where the trained files go. Default: into the installed package, where they are used.",
)
@click.option(
    "--held-out",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
    help="Phrasings and vocabularies to score on, never trained on.",
)
@click.pass_context
def train_planner(
    ctx: click.Context,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    out: Path | None,
    held_out: Path | None,
) -> None:
    """Train the planner: an adapted copy of the default encoder that reads what a question asks for.

    Takes 15 to 40 minutes on two cores. Adapters (LoRA) on the upper layers and heads for the intent and the slots are
    trained on thousands of authored phrasings; seeds are fixed. Nothing is downloaded, and no ledger is read.

    \b
    Examples:
      ledgerqa train planner
      ledgerqa train planner --out /tmp/planner --held-out tests/phrasings
    """
    from ledgerqa.terminal.training import train_and_tell

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    train_and_tell(settings, out=out, held_out=held_out)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes ledgerqa's commands and options in a shell.

    \b
    Examples:
      ledgerqa completion bash > ~/.local/share/bash-completion/completions/ledgerqa
      ledgerqa completion zsh > ~/.zfunc/_ledgerqa
      ledgerqa completion fish > ~/.config/fish/completions/ledgerqa.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click knows no completion for {shell}.")
    click.echo(kind(cli, {}, "ledgerqa", "_LEDGERQA_COMPLETE").source())


def main() -> None:
    """Run the command line; ends the process."""
    speak_utf8()
    try:
        cli(prog_name="ledgerqa")
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
