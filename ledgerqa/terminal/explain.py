"""How an answer came about, for `ask --explain`: the plan, the SQL with its parameters, the BQL, the timings."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ledgerqa.terminal.contract import plain, statement_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.records import Answer

INDENT = "  "


def explanation(answer: Answer) -> str:
    """Readable, YAML-like lines."""
    return "\n".join(_sections(answer))


def _sections(answer: Answer) -> Iterator[str]:
    yield "plan:"
    yield from _nested(plain(answer.plan) if answer.plan else "none (no query was made of this question)", 1)
    if answer.evidence:
        for statement in answer.evidence.statements:
            yield "sql:"
            yield from _block(statement_text(statement))
        yield "bql:"
        yield from _block(answer.evidence.bql or "(BQL cannot say this)")
    yield "timings_ms:"
    for name, value in dataclasses.asdict(answer.timings).items():
        yield f"{INDENT}{name}: {value:.1f}"


def _nested(value: object, depth: int) -> Iterator[str]:
    """A nested value, one item a line."""
    indent = INDENT * depth
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield f"{indent}{key}:"
                yield from _nested(inner, depth + 1)
            else:
                yield f"{indent}{key}: {_scalar(inner)}"
    elif isinstance(value, list):
        for inner in value:
            yield from _item(inner, depth)
    else:
        yield f"{indent}{_scalar(value)}"


def _item(value: object, depth: int) -> Iterator[str]:
    """One item of a list: its first line carries the dash."""
    indent = INDENT * depth
    first, *others = _nested(value, 0)
    yield f"{indent}- {first}"
    yield from (f"{indent}{INDENT}{line}" for line in others)


def _block(text: str) -> Iterator[str]:
    return (f"{INDENT}{line}" for line in text.splitlines())


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
