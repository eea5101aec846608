"""What an earlier run of the same questions got wrong and this one gets right, and the other way round."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """Ids of questions, in the order in which they were asked; those of one run alone are in neither."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def read_summary(file: Path) -> Summary:
    """What `ledgerqa eval --json` printed; UsageError where the file holds something else."""
    try:
        summary: Summary = json.loads(file.read_text(encoding="utf-8"))
        _failed(summary), frozenset(summary["passed"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.UsageError(f"{file} is not what `ledgerqa eval --json` prints.") from error
    return summary


def change(before: Summary, now: Summary) -> Change:
    """From one run's summary to another's."""
    failed = _failed(now)
    return Change(
        tuple(each for each in now["passed"] if each in _failed(before)),
        tuple(each for each in failed if each in frozenset(before["passed"])),
    )


def change_lines(found: Change, now: Summary) -> Iterator[str]:
    """Each lost question by its words, each gained one by its id."""
    asked = {each["id"]: each["question"] for each in now["failures"]}
    yield f"since the earlier run {len(found.gained)} more are right and {len(found.lost)} no longer"
    if found.gained:
        yield f"  gained  {', '.join(found.gained)}"
    for each in found.lost:
        yield f"  lost    {each} {asked[each]}"


def _failed(summary: Summary) -> dict[str, None]:
    """Ids of what fell short, in order."""
    return {each["id"]: None for each in summary["failures"]}
