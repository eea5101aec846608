"""`ledgerqa status`: the ledger, its index, what is in it, how fresh it is, and the errors that Beancount found."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ledgerqa.backends.opening import known_encoder
from ledgerqa.grounding.figures import span
from ledgerqa.terminal.captions import when
from ledgerqa.terminal.contract import index_object
from ledgerqa.terminal.ledgers import ledgers_json, ledgers_lines, named_ledgers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ledgerqa.corpus import Index
    from ledgerqa.corpus.coverage import Coverage
    from ledgerqa.settings import Settings
    from ledgerqa.terminal.ledgers import NamedLedger


@dataclass(frozen=True)
class Standing:
    """What `status` tells.  `counts` are directives by type, the most frequent first; `errors` have file and line."""

    ledger: Path
    title: str
    config: Path
    data_dir: Path
    currencies: tuple[str, ...]
    dates: str
    index: dict[str, Any]
    built: str
    accounts: int
    files: int
    counts: dict[str, int]
    errors: tuple[tuple[str, int | None, str, str], ...]
    vectors: tuple[Coverage, ...]
    changed: str = ""


def status_and_tell(settings: Settings, *, everything: bool, as_json: bool) -> None:
    """Print the standing of the chosen ledger, and a line for each that the configuration names.

    These lines alone where `everything` is wanted, or no ledger is chosen.
    """
    from ledgerqa.corpus import open_index

    ledgers = named_ledgers(settings) if settings.ledgers or everything else []
    if everything or (settings.ledger is None and ledgers):
        click.echo(ledgers_json(ledgers) if as_json else "\n".join(ledgers_lines(ledgers)))
        return
    with open_index(settings.ledger_file(), settings.data_dir) as opened:
        told = standing(settings, opened)
    if as_json:
        click.echo(standing_json(told, ledgers))
    else:
        click.echo("\n".join(standing_lines(told)))
        if ledgers:
            click.echo("\n" + "\n".join(ledgers_lines(ledgers)))


def standing(settings: Settings, index: Index) -> Standing:
    """Read the standing of an open index."""
    ((accounts, files),) = index.query("SELECT (SELECT count(*) FROM accounts), (SELECT count(*) FROM sources)")
    types = index.query("SELECT type, count(*) AS entries FROM entries GROUP BY type ORDER BY entries DESC, type")
    errors = index.query("SELECT file, line, kind, message FROM ledger_errors ORDER BY error_id")
    return Standing(
        ledger=settings.ledger_file(),
        title=index.ledger.title,
        config=settings.config,
        data_dir=settings.data_dir,
        currencies=index.ledger.operating_currencies,
        dates=span(index.ledger.first_date, index.ledger.last_date),
        index=index_object(index.info) or {},
        built=when(index.info.built_at),
        accounts=accounts,
        files=files,
        counts=dict(types),
        errors=tuple((file or "", line, kind, " ".join(message.split())) for file, line, kind, message in errors),
        vectors=vectors_of(settings, index),
        changed=index.changed(),
    )


def vectors_of(settings: Settings, index: Index) -> tuple[Coverage, ...]:
    """Of each encoder, the settings' own first, how much of the index it has embedded."""
    from ledgerqa.corpus.coverage import Coverage, coverage, to_embed

    made = coverage(index)
    known = known_encoder(settings.encoder, settings.data_dir)
    if known is None:
        return made
    own = [each for each in made if each.encoder_sha256 == known[1]] or [Coverage(*known, 0, to_embed(index))]
    return (*own, *(each for each in made if each.encoder_sha256 != known[1]))


def vectors_line(each: Coverage) -> str:
    """Such as "653 of 653 texts and names, all-MiniLM-L6-v2"."""
    remedy = ": `ledgerqa reindex` completes them" if each.embedded < each.total else ""
    return f"{each.embedded:,} of {each.total:,} texts and names, {each.encoder}{remedy}"


def standing_json(told: Standing, ledgers: Sequence[NamedLedger] = ()) -> str:
    """The same on one line of JSON, with all ledgers that are named."""
    fields = {
        "ledger": str(told.ledger),
        "title": told.title,
        "config": str(told.config),
        "data_dir": str(told.data_dir),
        "operating_currencies": list(told.currencies),
        "dates": told.dates,
        "index": told.index,
        "accounts": told.accounts,
        "files": told.files,
        "counts": told.counts,
        "vectors": [dataclasses.asdict(each) for each in told.vectors],
        "ledgers": [dataclasses.asdict(each) for each in ledgers],
        "errors": [dict(zip(("file", "line", "kind", "message"), error, strict=True)) for error in told.errors],
    }
    return json.dumps(fields, ensure_ascii=False)


def standing_lines(told: Standing) -> Iterator[str]:
    """A line a fact, then a line an error, as `file:line: message`."""
    stale = (
        f"the ledger has changed since ({told.changed}): `ledgerqa reindex` takes in the changes"
        if told.index["stale"]
        else "up to date"
    )
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in told.counts.items())
    facts = {
        "ledger": f"{told.ledger}{f' ({told.title})' if told.title else ''}",
        "files": f"{told.files:,}",
        "index": f"generation {told.index['generation']}, built {told.built}, {stale}",
        "entries": f"{told.index['entries']:,} ({kinds})",
        "accounts": f"{told.accounts:,}",
        "transactions": told.dates,
        "vectors": "; ".join(map(vectors_line, told.vectors)) or "none, so there is no search by meaning",
        "operating currency": ", ".join(told.currencies),
        "data": str(told.data_dir),
        "configuration": f"{told.config}{'' if told.config.exists() else ' (not there)'}",
        "errors": f"{len(told.errors):,}",
    }
    width = max(map(len, facts))
    yield from (f"{name:<{width}}  {value}" for name, value in facts.items() if value)
    for file, line, _, message in told.errors:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        yield f"  {where}{message}"
