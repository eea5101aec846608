"""`ledgerqa train`: making the trained parts anew, from the files that they were authored in."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from ledgerqa.errors import BackendMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.settings import Settings

MOST_KINDS = 25
EXTRA = "training"


def train_and_tell(settings: Settings, *, out: Path | None, held_out: Path | None, only_talk: bool = False) -> None:
    """Train the planner, or its head for talk alone, telling how on stderr; what it reaches on stdout."""
    if find_spec("torch") is None:
        raise BackendMissingError("torch", EXTRA)
    from ledgerqa.backends.trained_planner import FOLDER
    from ledgerqa.training.making import make_planner, make_talk

    make = make_talk if only_talk else make_planner
    made = make(settings.data_dir, lambda line: click.echo(line, err=True), out=out or FOLDER, held_out=held_out)
    click.echo(f"{made.folder}: trained in {made.seconds / 60:.1f} minutes, sha256 {made.sha256}")
    for name, score in made.scores.items():
        lines = score.lines()
        click.echo(f"{name}: {lines[0]}")
        if name == "all":
            click.echo("\n".join(lines[1:]))
    for name, line in made.talk.items():
        click.echo(f"{name}: {line}")


def check_and_tell(settings: Settings, count: int, seed: int) -> None:
    """Ask authored phrasings of invented ledgers: how many are read otherwise than labelled, in what, and which."""
    from ledgerqa.backends.opening import planner_of
    from ledgerqa.terminal.streams import remark
    from ledgerqa.training.checking import check_phrasings

    model = planner_of(settings, remark)
    checked = check_phrasings(count, seed, model, lambda line: click.echo(line, err=True))
    share = 100 * checked.differing / max(1, checked.asked)
    click.echo(f"{checked.asked} phrasings asked, {checked.differing} ({share:.1f}%) read otherwise than labelled")
    for kind, number in checked.kinds.most_common(MOST_KINDS):
        click.echo(f"{number:6} {kind}")
    click.echo("\n".join(["", *checked.lines]))
