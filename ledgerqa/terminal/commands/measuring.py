"""Commands that measure, and that make what is measured: `bench`, `eval` and `train`."""
# ruff: noqa: D301 - click wants a real backspace before a paragraph that it must not wrap

from __future__ import annotations

import datetime as dt
import pathlib
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

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.terminal.options import Command


@click.command(epilog=EXIT_CODES)
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
@click.option("--planning", is_flag=True, help="Measure instead how long a question takes to become a plan.")
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
    planning: bool,
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
      ledgerqa bench --planning
      ledgerqa bench --reindex --noisy
    """
    from ledgerqa.samples import SAMPLE
    from ledgerqa.terminal.bench import bench_and_tell
    from ledgerqa.terminal.bench_planning import bench_planning_and_tell
    from ledgerqa.terminal.bench_reading import bench_reading_and_tell
    from ledgerqa.terminal.bench_reindex import SIZES, bench_reindex_and_tell
    from ledgerqa.terminal.bench_vectors import bench_vectors_and_tell

    named = ledger_argument or ledger or (ctx.find_object(dict) or {}).get("ledger")
    of_a_ledger = sum((vectors, reading, planning))
    if (transactions and (named or of_a_ledger)) or of_a_ledger > 1:
        raise click.UsageError(
            "Give a ledger or --transactions, not both; --vectors, --reading or --planning goes with a ledger."
        )
    if (reindexing and (named or of_a_ledger)) or (noisy and not reindexing):
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
    if planning:
        ctx.with_resource(kept_in(settings.data_dir))  # as the commands that answer
        bench_planning_and_tell(settings, runs, as_json=as_json)
        return
    bench_and_tell(None if transactions else settings.ledger_file(), transactions or 0, runs, as_json=as_json)


@click.command("eval", epilog=EXIT_CODES)
@click.argument("questions", required=False, type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@click.option(
    "--own", metavar="N", type=click.IntRange(min=1), help="Ask N plain questions about the ledger's own names instead."
)
@click.option("--seed", metavar="S", type=int, help="With --own: other questions for each number. Default: 1.")
@click.option(
    "--ledgers",
    type=click.Path(exists=True, path_type=pathlib.Path),
    help='JSON that maps the names of ledgers to {"main": FILE}, or a folder with such an index.json.',
)
@click.option("--retrieval", is_flag=True, help="Measure how many of the right entries are found instead.")
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path),
    help="What an earlier run printed with --json: tell which questions came right since, and which went wrong.",
)
@click.option("--today", type=Day(), help="The day of questions that name none. Default: this day.")
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as one JSON object on one line.")
@model_options("reader", "device", "planner")
@click.pass_context
def evaluate(
    ctx: click.Context,
    questions: Path | None,
    own: int | None,
    seed: int | None,
    ledgers: Path | None,
    retrieval: bool,
    against: Path | None,
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

    With --own, plain questions are made from the accounts, payees and tags of the ledger itself, and what is answered
    is held against beanquery: a check of your own books.

    \b
    Examples:
      ledgerqa eval --own 200 --ledger ~/books/main.beancount
      ledgerqa eval questions.jsonl
      ledgerqa eval questions.jsonl --ledgers ~/books/index.json --json
      ledgerqa eval questions.jsonl --json > before.json
      ledgerqa eval questions.jsonl --against before.json
      ledgerqa eval questions.jsonl --ledgers index.json --retrieval
    """
    chosen = {"reader": reader, "device": device, "planner": planner}
    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config, **chosen)
    if (questions is None) == (own is None):
        raise click.UsageError("Give either a file of questions or --own.")
    if own is None and seed is not None:
        raise click.UsageError("--seed goes with --own.")
    if questions is None:
        from ledgerqa.terminal.evaluation.running import evaluate_own

        if retrieval or ledgers or today:
            raise click.UsageError("--own takes one ledger, as it is at its last entry: leave out the other options.")
        evaluate_own(settings, own or 0, 1 if seed is None else seed, against, as_json=as_json)
        return
    if retrieval:
        from ledgerqa.terminal.evaluating import evaluate_and_tell

        if ledgers is None:
            raise click.UsageError("--retrieval needs --ledgers.")
        if against:
            raise click.UsageError("--against compares answers: leave out --retrieval.")
        evaluate_and_tell(settings, questions, ledgers, as_json=as_json)
        return
    from ledgerqa.terminal.evaluation.running import evaluate_questions

    day = today or dt.datetime.now().astimezone().date()
    evaluate_questions(settings, questions, ledgers, day, against, as_json=as_json)


@click.group(epilog=EXIT_CODES)
def train() -> None:
    """Make the trained parts anew from the files that they were authored in (needs the extra `training`).

    \b
    Examples:
      ledgerqa train planner
      ledgerqa train talk
      ledgerqa train check
    """


def _training_options(command: Command) -> Command:
    """The options of all that is trained."""
    for option in (
        click.option(
            "--held-out",
            metavar="FOLDER",
            type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
            help="Phrasings, vocabularies and talk to score on, never trained on.",
        ),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=pathlib.Path),
            help="Where the trained files go. Default: into the installed package, where they are used.",
        ),
        settings_options,
    ):
        command = option(command)
    return command


@train.command("planner", epilog=EXIT_CODES)
@_training_options
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

    Takes about an hour of one core, more beside other work. Adapters (LoRA) in every layer and heads for the intent and
    the slots are trained on thousands of authored phrasings, then the head that tells talk from the question; seeds are
    fixed. Nothing is downloaded, and no ledger is read.

    \b
    Examples:
      ledgerqa train planner
      ledgerqa train planner --out /tmp/planner --held-out tests/phrasings
    """
    from ledgerqa.terminal.training import train_and_tell

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    train_and_tell(settings, out=out, held_out=held_out)


@train.command("talk", epilog=EXIT_CODES)
@_training_options
@click.pass_context
def train_talk(
    ctx: click.Context,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    out: Path | None,
    held_out: Path | None,
) -> None:
    """Train only the head that tells talk from the question, over a planner that stays as it is.

    The last step of `train planner` by itself, after a change of the files of talk; a quarter of an hour of one core.

    \b
    Examples:
      ledgerqa train talk --held-out tests/phrasings
    """
    from ledgerqa.terminal.training import train_and_tell

    settings = settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config)
    train_and_tell(settings, out=out, held_out=held_out, only_talk=True)


@train.command("check", epilog=EXIT_CODES)
@click.option(
    "--lines",
    "count",
    metavar="N",
    type=click.IntRange(1, 20_000),
    default=1000,
    show_default=True,
    help="How many authored phrasings are asked.",
)
@click.option("--seed", metavar="S", type=int, default=1, show_default=True, help="Other phrasings for each number.")
@settings_options
@model_options("planner")
@click.pass_context
def train_check(
    ctx: click.Context,
    count: int,
    seed: int,
    ledger: str | None,
    data_dir: Path | None,
    config: Path | None,
    planner: str | None,
) -> None:
    """Hold the whole planner against the phrasings that its model was trained on.

    Each is filled with names of a ledger that is invented for it, asked of that ledger, and its plan compared with the
    phrasing's label: the measure, the names, the days, the grouping. Told are the kinds of differences, and each line.
    It needs no torch, and reads no ledger of yours. What the model has learned it knows: what differs is mostly what
    the rules beside it make of a line.

    \b
    Examples:
      ledgerqa train check
      ledgerqa train check --lines 3000 --seed 7 > differing.txt
      ledgerqa train check --planner rules
    """
    from ledgerqa.terminal.training import check_and_tell

    check_and_tell(settings_of(ctx, ledger=ledger, data_dir=data_dir, config=config, planner=planner), count, seed)
