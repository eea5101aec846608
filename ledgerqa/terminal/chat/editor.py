"""A file opened at a line in the user's editor: each family of editors has its own way of saying it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledgerqa.errors import NoEditorError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FALLBACKS: Final = ("nano", "vim", "vi", "emacs")
PLUS: Final = frozenset(
    "vi vim nvim gvim mvim view nano pico emacs emacsclient micro kak mg joe jed ne gedit xed pluma".split()
)
GOTO: Final = frozenset("code code-insiders codium vscodium cursor windsurf code-server".split())
COLON: Final = frozenset("hx helix subl zed zeditor lapce atom".split())
LINE: Final = frozenset("kate kwrite idea pycharm goland clion mate bbedit".split())
WINDOWED: Final = GOTO | LINE | frozenset("gvim mvim gedit xed pluma subl zed zeditor lapce atom".split())
EMACS: Final = frozenset({"emacs", "emacsclient"})


@dataclass(frozen=True)
class Command:
    """What to run; `windowed` says that it opens a window of its own, so that the terminal need not be handed over."""

    arguments: tuple[str, ...]
    windowed: bool = False


@dataclass
class Windows:
    """Editors in windows of their own: they outlive the chat."""

    _open: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def open(self, arguments: tuple[str, ...]) -> None:
        """Start one; raises OSError."""
        self._open = [each for each in self._open if each.poll() is None]
        nowhere = subprocess.DEVNULL
        self._open.append(
            subprocess.Popen(arguments, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)  # noqa: S603 - the user's own
        )

    def leave(self) -> None:
        """Let those that are still open be."""
        for each in self._open:
            if each.poll() is None:
                each.returncode = 0  # Python would complain of a process that nobody waits for


def editing(
    path: Path,
    line: int,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> Command:
    """The command that opens `path` at `line`, by VISUAL, EDITOR, or what is installed; raises `NoEditorError`."""
    named = environment.get("VISUAL") or environment.get("EDITOR")
    if not named:
        named = next((each for each in FALLBACKS if which(each)), "")
        if not named:
            raise NoEditorError
    words = shlex.split(named) or [""]
    if not which(words[0]):
        raise NoEditorError(words[0])
    name = Path(words[0]).name.removesuffix(".exe")
    return Command((*words, *_place(name, path, line)), _windowed(name, words, environment))


def _place(name: str, path: Path, line: int) -> tuple[str, ...]:
    """File and line as this editor takes them; of one that is not known, the file."""
    if name in PLUS:
        return (f"+{line}", str(path))
    if name in GOTO:
        return ("--goto", f"{path}:{line}")
    if name in COLON:
        return (f"{path}:{line}",)
    if name in LINE:
        return ("--line", str(line), str(path))
    return (str(path),)


def _windowed(name: str, words: list[str], environment: Mapping[str, str]) -> bool:
    """Emacs opens a window where there is a display, unless told otherwise."""
    if name in EMACS:
        display = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        in_terminal = any(word in {"-nw", "-t", "-tty", "--tty", "--no-window-system"} for word in words)
        return bool(display) and not in_terminal
    return name in WINDOWED
