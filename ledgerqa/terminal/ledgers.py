"""All the ledgers that the configuration names, each with how fresh its index is; told without opening DuckDB."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ledgerqa.terminal.captions import when
from ledgerqa.terminal.plain import aligned
from ledgerqa.terminal.tables import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledgerqa.settings import Settings


@dataclass(frozen=True)
class NamedLedger:
    """One of them: `state` is fresh, stale, missing or damaged; `chosen` is the one that commands mean by default."""

    name: str
    file: str
    state: str
    why: str
    generation: int | None
    built_at: str | None
    entries: int | None
    ledger_errors: int | None
    chosen: bool


def named_ledgers(settings: Settings) -> list[NamedLedger]:
    """Every configured ledger, in the order of the file."""
    from ledgerqa.corpus.freshness import freshness

    found = []
    for name, each in settings.each():
        standing = freshness(each.ledger_file(), each.data_dir)
        manifest = standing.manifest
        found.append(
            NamedLedger(
                name=name,
                file=str(each.ledger_file()),
                state=standing.state,
                why=standing.why,
                generation=manifest.generation if manifest else None,
                built_at=standing.built_at.isoformat(timespec="seconds") if standing.built_at else None,
                entries=manifest.counts.get("entries") if manifest else None,
                ledger_errors=manifest.counts.get("ledger_errors") if manifest else None,
                chosen=settings.ledger in {name, str(each.ledger_file())},
            )
        )
    return found


def ledgers_json(ledgers: Sequence[NamedLedger]) -> str:
    """One JSON array on one line."""
    return json.dumps([asdict(each) for each in ledgers], ensure_ascii=False)


def ledgers_lines(ledgers: Sequence[NamedLedger]) -> Iterator[str]:
    """A table; the chosen ledger has a star."""
    import datetime as dt

    columns = [
        ShownColumn("name", "ledger", "text"),
        ShownColumn("state", "index", "text"),
        ShownColumn("built", "built", "text"),
        ShownColumn("entries", "entries", "integer"),
        ShownColumn("errors", "errors", "integer"),
        ShownColumn("file", "file", "text"),
    ]
    rows = [
        [
            f"{each.name}{' *' if each.chosen else ''}",
            each.state,
            when(dt.datetime.fromisoformat(each.built_at)) if each.built_at else "–",
            "–" if each.entries is None else f"{each.entries:,}",
            "–" if each.ledger_errors is None else f"{each.ledger_errors:,}",
            each.file,
        ]
        for each in ledgers
    ]
    yield from aligned(columns, rows)
    for each in ledgers:
        if each.state in {"stale", "damaged"}:
            yield f"{each.name}: {each.why}"
    if any(each.state != "fresh" for each in ledgers):
        yield "`ledgerqa reindex --all` brings all of them up to date."
