"""`ledgerqa doctor`: whether models, llama.cpp, GPU, index and permissions are as they should be, and what to do.

Each check gives one line.  "bad" is what the user asked for and does not work, and ends with exit code 1; "note" is
what could be better, or is simply not there.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import stat
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from ledgerqa import __version__
from ledgerqa.backends import opening
from ledgerqa.errors import ExitCode, IndexMissingError, LedgerqaError, NoLedgerError
from ledgerqa.settings import DEFAULT, NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledgerqa.backends.device import DeviceFacts
    from ledgerqa.settings import Settings

State = Literal["ok", "note", "bad"]

INSTALL: Final = "pip install 'ledgerqa[offline]'"
CUDA: Final = "CMAKE_ARGS=-DGGML_CUDA=on pip install --force-reinstall --no-cache-dir llama-cpp-python"
NVIDIA: Final = Path("/proc/driver/nvidia/version")
LITTLE_SPACE: Final = 500_000_000  # bytes; an index takes tens of megabytes, models hundreds
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
SERVER_SECONDS: Final = 10.0


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, how it is, what was found, and what to do ("": nothing)."""

    name: str
    state: State
    found: str
    remedy: str = ""


def doctor_and_tell(settings_of: Callable[[], Settings], *, as_json: bool) -> ExitCode:
    """Check all and print it; FAILURE where something is bad."""
    done = []
    for check in checks(settings_of):
        done.append(check)
        if not as_json:
            click.echo(line(check))
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(check) for check in done], ensure_ascii=False))
    return ExitCode.FAILURE if any(check.state == "bad" for check in done) else ExitCode.OK


def line(check: Check) -> str:
    """Such as "note  reader      not installed" with the remedy below it."""
    text = f"{check.state:<4}  {check.name:<13}  {check.found}"
    return f"{text}\n{'':21}→ {check.remedy}" if check.remedy else text


def checks(settings_of: Callable[[], Settings]) -> Iterator[Check]:
    """All checks, each as soon as it is done; only the first ones where the configuration is broken."""
    yield Check("ledgerqa", "ok", f"{__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    try:
        settings = settings_of()
    except LedgerqaError as error:
        yield Check("configuration", "bad", str(error))
        return
    there = "" if settings.config.exists() else " (not there, so the defaults hold)"
    yield Check("configuration", "ok", f"{settings.config}{there}")
    yield from _data_folder(settings.data_dir)
    yield from _index(settings)
    facts = _facts()
    yield _llama(facts)
    yield _gpu(settings, facts)
    yield _encoder(settings)
    yield _planner(settings)
    yield _reader(settings)


# ------------------------------------------------------------------------------------------- folders and index


def _data_folder(folder: Path) -> Iterator[Check]:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Check("data folder", "bad", f"{folder} cannot be written", f"chmod u+rwx {there}, or set --data-dir")
        return
    free = shutil.disk_usage(there).free
    space = f"{free / 1e9:,.1f} GB free"
    if free < LITTLE_SPACE:
        yield Check("data folder", "note", f"{folder}, only {space}", "Free some space: an index is built aside.")
    else:
        yield Check("data folder", "ok", f"{folder}, {space}")
    open_to_others = [path for path in _private(folder) if path.stat().st_mode & OTHERS]
    if open_to_others:
        paths = " ".join(map(str, open_to_others))
        yield Check(
            "permissions", "bad", f"others can look into {paths}, which hold your ledger", f"chmod go-rwx {paths}"
        )
    else:
        yield Check("permissions", "ok", "what is kept of your ledgers is readable by you alone")


def _private(folder: Path) -> Iterator[Path]:
    """Folders that hold what a ledger says."""
    for name in ("indexes", "questions", "states"):
        path = folder / name
        if path.is_dir():
            yield path
            yield from (inner for inner in sorted(path.iterdir()) if name == "indexes" and inner.is_dir())


def _index(settings: Settings) -> Iterator[Check]:
    from ledgerqa.corpus import open_index
    from ledgerqa.terminal.standing import vectors_line, vectors_of

    try:
        ledger = settings.ledger_file()
    except NoLedgerError:
        yield Check(
            "ledger", "note", "none is named", 'Set LEDGERQA_LEDGER, or put ledger = "FILE" into the configuration.'
        )
        return
    except LedgerqaError as error:
        yield Check("ledger", "bad", str(error))
        return
    if not os.access(ledger, os.R_OK) or not ledger.is_file():
        yield Check(
            "ledger", "bad", f"{ledger} is no file that can be read", "Check --ledger, and the file's permissions."
        )
        return
    yield Check("ledger", "ok", str(ledger))
    try:
        with open_index(ledger, settings.data_dir) as index:
            info, vectors = index.info, vectors_of(settings, index)
    except IndexMissingError:
        yield Check("index", "note", "there is none yet", "Run `ledgerqa index`; the first question does it too.")
        return
    except LedgerqaError as error:
        yield Check("index", "bad", str(error), "Run `ledgerqa index`.")
        return
    stale = "the ledger has changed since" if info.stale else "up to date"
    remedy = "`ledgerqa reindex`, or the next question, takes in the changes." if info.stale else ""
    found = (
        f"generation {info.generation}, {info.entries:,} entries, {info.ledger_errors:,} errors in the ledger, {stale}"
    )
    yield Check("index", "note" if info.stale else "ok", found, remedy)
    for each in vectors:
        whole = each.embedded >= each.total
        yield Check(
            "vectors",
            "ok" if whole else "note",
            vectors_line(each).partition(":")[0],
            "" if whole else "Run `ledgerqa reindex`.",
        )


# ---------------------------------------------------------------------------------------------------- machine


def _facts() -> DeviceFacts | str:
    """What llama.cpp says of itself and of the machine, or why it cannot be loaded."""
    from ledgerqa.backends.device import facts

    try:
        return facts()
    except (OSError, RuntimeError, AttributeError) as error:  # a library that was built for another machine
        return f"{type(error).__name__}: {error}"


def _llama(facts: DeviceFacts | str) -> Check:
    if isinstance(facts, str):
        return Check(
            "llama.cpp", "bad", f"it cannot be loaded ({facts})", "pip install --force-reinstall llama-cpp-python"
        )
    version = facts.versions.get("llama-cpp-python", "")
    if not version or not facts.llama_system:
        return Check("llama.cpp", "note", "not installed; exact answers need none", INSTALL)
    threads = f"{facts.threads} thread{'s' * (facts.threads != 1)}"
    return Check("llama.cpp", "ok", f"llama-cpp-python {version}, {threads}, {facts.llama_system}")


def _gpu(settings: Settings, facts: DeviceFacts | str) -> Check:
    offload = not isinstance(facts, str) and facts.gpu_offload
    devices = ", ".join(facts.devices) if not isinstance(facts, str) else ""
    if offload:
        used = "not used, as device is cpu" if settings.device == "cpu" else "used"
        return Check("GPU", "ok", f"{used}: {devices or 'llama.cpp names no device'}")
    present = NVIDIA.exists() or shutil.which("nvidia-smi") is not None
    why = "there is one, but this llama.cpp was built without it" if present else "none that llama.cpp can use"
    if settings.device == "gpu":
        return Check("GPU", "bad", f"device is gpu, and {why}", f"{CUDA}, or use --device auto")
    if present and not isinstance(facts, str) and facts.llama_system:
        return Check("GPU", "note", why, CUDA)
    return Check("GPU", "ok", f"{why}; models run on the CPU")


# ----------------------------------------------------------------------------------------------------- models


def _encoder(settings: Settings) -> Check:
    """Open the encoder and embed a word."""
    return _model("encoder", settings.encoder, lambda: _try_encoder(settings), opening.default_encoder_installed)


def _try_encoder(settings: Settings) -> str:
    encoder = opening.open_encoder(settings.encoder, settings.device, settings.data_dir)
    if encoder is None:
        return ""
    length = encoder.encode(["ledger"]).shape[1]
    return f"{encoder.name}, {length} dimensions, sha256 {encoder.sha256[:12]}…"


def _planner(settings: Settings) -> Check:
    """Let the trained planner read a question; where the rules read alone, why."""
    if settings.planner == "rules":
        return Check("planner", "ok", "rules alone, as the settings say")
    if settings.planner == "llm":
        return Check("planner", "ok", "the reader, as the settings say")
    if settings.encoder != DEFAULT:
        return Check("planner", "ok", "rules alone: the trained planner belongs to the default encoder")
    return _model("planner", DEFAULT, lambda: _try_planner(settings), opening.default_planner_installed)


def _try_planner(settings: Settings) -> str:
    planner = opening.planner_of(settings, lambda _: None, forgiving=False)
    if planner is None:
        return ""
    planner.understand("how much did I spend last month?")
    return f"{planner.name} beside the rules, sha256 {planner.sha256[:12]}…"


def _reader(settings: Settings) -> Check:
    """Open the reader and let it read a word; of a server, ask which models it has."""
    if opening.is_server(settings.reader):
        return _server(settings)
    return _model("reader", settings.reader, lambda: _try_reader(settings), opening.default_reader_installed)


def _try_reader(settings: Settings) -> str:
    reader: Any = opening.open_reader(settings.reader, settings.reader_model, settings.device, settings.data_dir)
    if reader is None:
        return ""
    try:
        reader.start(reader.tokenize("ledger", start=True))
        how = "" if reader.fusable else ", which cannot fuse passages and takes them one after another"
        return f"{reader.name}, room for {reader.capacity:,} tokens, sha256 {reader.sha256[:12]}…{how}"
    finally:
        reader.close()


def _model(name: str, setting: str, attempt: Callable[[], str], installed: Callable[[], bool]) -> Check:
    """The check of a model in this process."""
    if setting == NONE:
        return Check(name, "ok", "none, as the settings say")
    if setting == DEFAULT and not installed():
        return Check(name, "note", "not installed; exact answers need none", INSTALL)
    began = time.monotonic()
    try:
        found = attempt()
    except LedgerqaError as error:
        return Check(name, "bad", str(error))
    except (ImportError, OSError, RuntimeError) as error:
        return Check(name, "bad", f"{setting}: {type(error).__name__}: {error}", f"{INSTALL} --force-reinstall")
    return Check(name, "ok", f"{found}, opened in {time.monotonic() - began:.1f} s")


def _server(settings: Settings) -> Check:
    from ledgerqa.backends.openai_reader import OpenAIReader

    configured, key = settings.reader_configured, settings.reader_key
    try:
        server = OpenAIReader(
            settings.reader, settings.reader_model, key, configured=configured, silent_seconds=SERVER_SECONDS
        )
        models = server.models()
    except LedgerqaError as error:
        return Check("reader", "bad", str(error))
    offered = ", ".join(models) or "no models"
    if settings.reader_model and settings.reader_model not in models:
        return Check("reader", "bad", f"{server.name}: it offers {offered}", "Set reader_model to one of them.")
    return Check("reader", "ok", f"{server.name}: it answers and offers {offered}")
