"""A set of questions with their golds: JSON lines, read and checked as a whole before the first is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from ledgerqa.errors import BatchError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledgerqa.settings import Settings

STATUSES: Final = {"answer": "answered", "clarify": "clarify", "refuse": "unanswerable"}
CITED: Final = ("any", "all")
INDEX: Final = "index.json"
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Comparing:
    """How rows are compared: numbers within `tolerance`, without their sign where `absolute`.

    As many rows as `extra_rows` may be there beyond those expected (None: one, for a total, where any is expected),
    and as many cells in a row as `extra_cells` beyond the widest.
    """

    tolerance: Decimal = Decimal("0.005")
    absolute: bool = True
    extra_rows: int | None = None
    extra_cells: int = 8


@dataclass(frozen=True)
class Expected:
    """What a question's line says of its answer.  `rows` are literal ones, `bql` the query whose rows they are.

    `plan` holds the fields of the plan that are fixed, as `--json` prints them; None where the line fixes none.
    """

    status: str = "answered"
    bql: str = ""
    rows: Rows | None = None
    entries_bql: str = ""
    cite_all: bool = False
    must_say: tuple[str, ...] = ()
    comparing: Comparing = field(default_factory=Comparing)
    plan: Mapping[str, Any] | None = None
    empty_ok: bool = False


@dataclass(frozen=True)
class GoldQuestion:
    """One line: a question, where and when it is asked, and what its answer must be."""

    id: str
    ledger: str
    family: str
    question: str
    today: dt.date
    history: tuple[str, ...]
    expected: Expected


def read_gold_questions(file: Path, today: dt.date) -> list[GoldQuestion]:
    """The questions of a file, in order; `today` is for lines without their own.  Raises `BatchError`."""
    read: list[GoldQuestion] = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read.append(_question(json.loads(line), number, today))
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            reason = f"this is no question of a set ({type(error).__name__}: {error})"
            raise BatchError(file, number, reason) from error
    return read


def _question(values: Mapping[str, Any], number: int, today: dt.date) -> GoldQuestion:
    history = values.get("history") or ()
    if not isinstance(values["question"], str) or not all(isinstance(each, str) for each in history):
        raise TypeError("question must be a text, history a list of texts")
    return GoldQuestion(
        id=str(values.get("id", number)),
        ledger=str(values.get("ledger", "")),
        family=str(values.get("family") or "–"),
        question=values["question"],
        today=dt.date.fromisoformat(values["today"]) if values.get("today") else today,
        history=tuple(history),
        expected=_expected(values),
    )


def _expected(values: Mapping[str, Any]) -> Expected:
    rules = values.get("compare") or {}
    rows, plan = values.get("gold_rows"), values.get("plan")
    if plan is not None and not isinstance(plan, Mapping):
        raise TypeError("plan must be an object")
    extra_rows = rules.get("extra_rows")
    return Expected(
        status=STATUSES[values.get("expect") or "answer"],
        bql=values.get("gold_bql") or "",
        rows=None if rows is None else tuple(tuple(str(cell) for cell in row) for row in rows),
        entries_bql=values.get("gold_entries_bql") or "",
        cite_all=CITED.index(values.get("cite") or "any") == 1,
        must_say=tuple(values.get("must_say") or ()),
        comparing=Comparing(
            tolerance=Decimal(str(rules.get("tolerance", "0.005"))),
            absolute=bool(rules.get("abs", True)),
            extra_rows=None if extra_rows is None else int(extra_rows),
            extra_cells=int(rules.get("extra_cells", 8)),
        ),
        plan=None if plan is None else MappingProxyType(dict(plan)),
        empty_ok=bool(values.get("empty_ok")),
    )


# --------------------------------------------------------------------------------------------------- ledgers


def read_ledgers(place: Path) -> dict[str, Path]:
    """Main files by the names that questions call them: a JSON file, or `index.json` in a folder.

    It maps each name to {"main": FILE}; relative paths count from the file's folder.  Raises `ConfigError`.
    """
    file = place / INDEX if place.is_dir() else place
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        return {name: (file.parent / each["main"]).resolve() for name, each in values.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(file, 'this does not map names to {"main": FILE}') from error


def by_ledger(
    questions: Sequence[GoldQuestion], settings: Settings, mains: Mapping[str, Path] | None
) -> dict[Path, list[GoldQuestion]]:
    """The questions by the main file that they are asked of.

    `mains` are the ledgers of --ledgers; without, a name is one of the configuration's, and questions that name none,
    or all the same unknown one, are asked of the ledger of the settings.
    """
    names = {question.ledger for question in questions}
    known = settings.ledgers if mains is None else mains
    unknown = sorted(name for name in names if name not in known)
    if unknown and (mains is not None or len(unknown) > 1):
        where = "--ledgers does" if mains is not None else "the configuration does"
        raise click.UsageError(f"{where} not name these ledgers: {', '.join(name or '(none)' for name in unknown)}.")
    found: dict[Path, list[GoldQuestion]] = defaultdict(list)
    for question in questions:
        found[known[question.ledger] if question.ledger in known else settings.ledger_file()].append(question)
    return found
