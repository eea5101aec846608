"""What a user may set, from defaults, a TOML file, the environment and the command line: one frozen object.

Later sources win.  The file is `config.toml` in the user's configuration folder (or `LEDGERQA_CONFIG`):

    ledger = "home"                 # a file, or a name from [ledgers]
    data_dir = "~/.local/share/ledgerqa"
    fiscal_start_month = 4

    [ledgers]
    home = "~/books/main.beancount"

Relative paths in the file count from the file's own folder; `~` is the home folder.  The name "sample" stands
for the sample ledger that comes with the program.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ledgerqa.errors import ConfigError, LedgerUnknownError, NoLedgerError
from ledgerqa.samples import SAMPLE, sample_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION: Final = "ledgerqa"
MONTHS_IN_YEAR: Final = 12


@dataclass(frozen=True)
class Settings:
    """All that can be set.  `ledger` is a file or a name in `ledgers`; `config` the file read if it is there."""

    config: Path
    data_dir: Path
    ledger: str | None = None
    ledgers: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    fiscal_start_month: int | None = None

    def ledger_file(self) -> Path:
        """The main file of the ledger to ask, made absolute; whether it exists is for the loader to say."""
        if self.ledger is None:
            raise NoLedgerError(self.config)
        if self.ledger in self.ledgers:
            return self.ledgers[self.ledger]
        path = Path(self.ledger).expanduser()
        if self.ledger == SAMPLE and not path.exists():
            return sample_ledger()
        if self.ledgers and path.name == self.ledger and not path.suffix and not path.exists():
            raise LedgerUnknownError(self.ledger, sorted(self.ledgers), self.config)
        return path.absolute()


def load_settings(
    *,
    ledger: str | None = None,
    data_dir: Path | None = None,
    config: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings from all four sources; the keywords are what the command line gave (None: nothing).

    Raises `ConfigError` for a file that is named but missing, is not TOML, or holds an unknown key or a wrong type.
    """
    file, named = _config_file(config, environment)
    values = _read(file, must_exist=named)
    ledger = ledger or environment.get("LEDGERQA_LEDGER") or values.get("ledger")
    folder = data_dir or _path_of(environment.get("LEDGERQA_DATA_DIR")) or values.get("data_dir") or _default_data_dir()
    return Settings(
        config=file,
        data_dir=folder.absolute(),
        ledger=ledger,
        ledgers=MappingProxyType(values.get("ledgers", {})),
        fiscal_start_month=values.get("fiscal_start_month"),
    )


def _config_file(given: Path | None, environment: Mapping[str, str]) -> tuple[Path, bool]:
    """The configuration file, and whether somebody named it (then it must exist)."""
    named = given or _path_of(environment.get("LEDGERQA_CONFIG"))
    if named:
        return named.expanduser().absolute(), True
    import platformdirs

    return Path(platformdirs.user_config_dir(APPLICATION)) / "config.toml", False


def _default_data_dir() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATION))


def _path_of(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _read(file: Path, *, must_exist: bool) -> dict[str, Any]:
    """The checked values of a configuration file; none where there is no file."""
    try:
        with file.open("rb") as stream:
            values = tomllib.load(stream)
    except FileNotFoundError:
        if must_exist:
            raise ConfigError(file, "there is no such file") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(file, f"this is not TOML ({error})") from None
    except OSError as error:
        raise ConfigError(file, f"cannot be read ({error.strerror})") from None
    checked = {key: _checked(file, key, value) for key, value in values.items()}
    ledger = checked.get("ledger")
    if ledger and ledger not in checked.get("ledgers", {}):
        checked["ledger"] = str(file.parent / Path(ledger).expanduser())
    return checked


def _checked(file: Path, key: str, value: Any) -> Any:
    """The value of one key, of the type that `Settings` wants."""
    if key == "ledger":
        return _text(file, key, value)
    if key == "data_dir":
        return file.parent / Path(_text(file, key, value)).expanduser()
    if key == "ledgers":
        if not isinstance(value, dict):
            raise ConfigError(file, f"{key} must be a table of names and files, not {_kind(value)}")
        return {
            name: file.parent / Path(_text(file, f"ledgers.{name}", path)).expanduser() for name, path in value.items()
        }
    if key == "fiscal_start_month":
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MONTHS_IN_YEAR:
            raise ConfigError(file, f"{key} must be a month from 1 to 12, not {value!r}")
        return value
    known = "ledger, ledgers, data_dir, fiscal_start_month"
    raise ConfigError(file, f'unknown key "{key}" (known: {known})')


def _text(file: Path, key: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ConfigError(file, f"{key} must be a text, not {_kind(value)}")
    return value


def _kind(value: object) -> str:
    """What TOML calls the type of a value."""
    names = {bool: "a boolean", int: "a number", float: "a number", list: "an array", dict: "a table"}
    if isinstance(value, str):
        return "a text" if value else "an empty text"
    return names.get(type(value), "a date")
