"""How an answer came about, for `ask --explain`: the plan, the SQL with its parameters, the BQL, the timings."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ledgerqa.terminal.captions import place
from ledgerqa.terminal.contract import plain, statement_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.records import Answer, Retrieved

INDENT = "  "


def explanation(answer: Answer) -> str:
    """Readable, YAML-like lines."""
    return "\n".join(_sections(answer))


def _sections(answer: Answer) -> Iterator[str]:
    yield f"plan (by {answer.planner.name}):" if answer.planner else "plan:"
    yield from _nested(plain(answer.plan) if answer.plan else "none (no query was made of this question)", 1)
    if answer.evidence:
        for statement in answer.evidence.statements:
            yield "sql:"
            yield from _block(statement_text(statement))
        yield "bql:"
        yield from _block(answer.evidence.bql or "(BQL cannot say this)")
    if answer.retrieved:
        yield "retrieved:"
        yield from (f"{INDENT}{line}" for line in _retrieved(answer.retrieved))
    for note in answer.notes:
        yield f"note: {note}"
    yield "timings_ms:"
    for name, value in dataclasses.asdict(answer.timings).items():
        yield f"{INDENT}{name}: {value:.1f}"


def _retrieved(found: Sequence[Retrieved]) -> Iterator[str]:
    """Each entry that was searched for, how it was found, and what became of it."""
    for each in found:
        cosine = "" if each.cosine is None else f" {each.cosine:.2f}"
        became = [] if each.contributes else ["no part of the answer"]
        became += ["read"] if each.read else []
        ways = "+".join(each.found_by)
        yield f"{place(each.entry)}  {', '.join((f'{ways}{cosine}', *became))}"


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
