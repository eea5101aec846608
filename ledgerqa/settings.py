"""What a user may set, from defaults, a TOML file, the environment and the command line: one frozen object.

Later sources win.  The file is `config.toml` in the user's configuration folder (or `LEDGERQA_CONFIG`):

    ledger = "home"                 # a file, or a name from [ledgers]
    data_dir = "~/.local/share/ledgerqa"
    fiscal_start_month = 4
    encoder = "default"             # "none", the name or folder of a sentence-transformers model, or a GGUF file
    reader = "default"              # "none", a GGUF file, a model that was pulled, or a server's http(s) address
    reader_model = "qwen3:4b"       # what that server calls the model
    device = "auto"                 # "cpu", "gpu"
    fusion = "fid"                  # "concat": passages one after another instead of fused
    freshness = "auto"              # a stale index: "auto" reindexes first where that is quick, "warn", "never"
    planner = "learned"             # who reads questions: a model beside the rules, "rules" alone, or "llm": the reader
    passage_tokens = 400            # at most so many tokens of entries are given to the reader at one question
    history = true                  # false: no question and no chat is kept

    [ledgers]
    home = "~/books/main.beancount"

Relative paths in the file count from the file's own folder; `~` is the home folder.  The name "sample" stands
for the sample ledger that comes with the program.  A server on another machine is used only where the file names it.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from ledgerqa.errors import ConfigError, LedgerUnknownError, NoLedgerError
from ledgerqa.samples import SAMPLE, sample_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION: Final = "ledgerqa"
MONTHS_IN_YEAR: Final = 12
DEFAULT: Final = "default"
"""The encoder and the reader that the extra `offline` brings, where it is installed; none where it is not."""
NONE: Final = "none"

Device = Literal["auto", "cpu", "gpu"]
Fusion = Literal["fid", "concat"]
WhenStale = Literal["auto", "warn", "never"]
PlannerChoice = Literal["learned", "rules", "llm"]
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "device": get_args(Device),
    "fusion": get_args(Fusion),
    "freshness": get_args(WhenStale),
    "planner": get_args(PlannerChoice),
}
MODELS: Final = ("encoder", "reader")
PASSAGE_TOKENS: Final = 400
"""What a model of 135M parameters reads in under two seconds on two cores."""
MOST_PASSAGE_TOKENS: Final = 3_000
"""With prompt, result and answer it must fit the 4,096 tokens that a reader is opened with."""


@dataclass(frozen=True)
class Settings:
    """All that can be set.  `ledger` is a file or a name in `ledgers`; `config` the file read if it is there.

    `reader_configured` says that the file itself names this reader: a server on another machine is not used on the
    word of a command line that somebody else may have written.
    """

    config: Path
    data_dir: Path
    ledger: str | None = None
    ledgers: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    fiscal_start_month: int | None = None
    encoder: str = DEFAULT
    reader: str = DEFAULT
    reader_model: str = ""
    reader_key: str = field(default="", repr=False)
    reader_configured: bool = False
    device: Device = "auto"
    fusion: Fusion = "fid"
    freshness: WhenStale = "auto"
    planner: PlannerChoice = "learned"
    passage_tokens: int = PASSAGE_TOKENS
    history: bool = True

    def each(self) -> list[tuple[str, Settings]]:
        """Every ledger in `ledgers` by its name, with settings that name it; raises `NoLedgerError` without any."""
        if not self.ledgers:
            raise NoLedgerError(self.config)
        return [(name, replace(self, ledger=name)) for name in self.ledgers]

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
    encoder: str | None = None,
    reader: str | None = None,
    device: str | None = None,
    fusion: str | None = None,
    freshness: str | None = None,
    planner: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings from all four sources; the keywords are what the command line gave (None: nothing).

    Raises `ConfigError` for a file that is named but missing, is not TOML, or holds an unknown key or a wrong type,
    and for a variable of the environment that is none of its choices.
    """
    file, named = _config_file(config, environment)
    values = _read(file, must_exist=named)
    ledger = ledger or environment.get("LEDGERQA_LEDGER") or values.get("ledger")
    folder = data_dir or _path_of(environment.get("LEDGERQA_DATA_DIR")) or values.get("data_dir") or _default_data_dir()
    given = {"encoder": encoder, "reader": reader, "device": device, "fusion": fusion}
    given |= {"freshness": freshness, "planner": planner}
    own = _from_environment(environment) | {
        key: _model_or_choice("the command line", key, value) for key, value in given.items() if value
    }
    chosen = {key: own.get(key, values.get(key)) for key in (*MODELS, *CHOICES)}
    return Settings(
        config=file,
        data_dir=folder.absolute(),
        ledger=ledger,
        ledgers=MappingProxyType(values.get("ledgers", {})),
        fiscal_start_month=values.get("fiscal_start_month"),
        reader_model=values.get("reader_model", ""),
        passage_tokens=values.get("passage_tokens", PASSAGE_TOKENS),
        history=values.get("history", True),
        reader_key=environment.get("LEDGERQA_READER_KEY", ""),
        reader_configured="reader" in values and chosen["reader"] == values["reader"],
        **{key: value for key, value in chosen.items() if value},
    )


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """The models and the choices that the environment names."""
    variables = {key: f"LEDGERQA_{key.upper()}" for key in (*MODELS, "device", "freshness", "planner")}
    named = {key: name for key, name in variables.items() if environment.get(name)}
    return {key: _model_or_choice(name, key, environment[name]) for key, name in named.items()}


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
    if key == "passage_tokens":
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_PASSAGE_TOKENS:
            raise ConfigError(file, f"{key} must be a number from 0 to {MOST_PASSAGE_TOKENS}, not {value!r}")
        return value
    if key == "history":
        if not isinstance(value, bool):
            raise ConfigError(file, f"{key} must be true or false, not {_kind(value)}")
        return value
    if key in MODELS or key in CHOICES or key == "reader_model":
        return _checked_model(file, key, _text(file, key, value))
    others = ("ledger", "ledgers", "data_dir", "fiscal_start_month", "passage_tokens", "history", "reader_model")
    known = ", ".join((*others, *MODELS, *CHOICES))
    raise ConfigError(file, f'unknown key "{key}" (known: {known})')


def _checked_model(file: Path, key: str, value: str) -> str:
    """The same for what concerns models; a file or folder beside the configuration file is meant where there is one."""
    if key == "reader_model":
        return value
    value = _model_or_choice(file, key, value)
    if key in CHOICES or value in {DEFAULT, NONE} or "://" in value:
        return value
    beside = file.parent / Path(value).expanduser()
    return str(beside) if beside.exists() else value


def _model_or_choice(source: Path | str, key: str, value: str) -> str:
    """A model's name, or one of a setting's choices; `source` is the file, or what else said so."""
    remedy = {} if isinstance(source, Path) else {"remedy": "Change it, or leave it out to use the default."}
    if key in CHOICES and value not in CHOICES[key]:
        raise ConfigError(
            source, f"{key} must be {', '.join(CHOICES[key][:-1])} or {CHOICES[key][-1]}, not {value!r}", **remedy
        )
    if "://" in value and not (key == "reader" and value.startswith(("http://", "https://"))):
        what = "a file or an address that begins with http:// or https://" if key == "reader" else "a name or a file"
        raise ConfigError(source, f"{key} must be {what}, not {value!r}", **remedy)
    return value


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
