"""States of passages: kept within bounds, told apart, and never restored when they are not what was written."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends.protocols import PassageState
from ledgerqa.fusion.states import States

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = (5, 6, 7)


def state(fill: int = 1, size: int = 1000, fingerprint: str = "model") -> PassageState:
    return PassageState(bytes([fill]) * size, len(TOKENS), fingerprint)


def kept(data_dir: Path) -> Path:
    """A state that was used twice, on disk: its file."""
    states = States(data_dir)
    assert states.get("model", TOKENS) is None
    states.put(TOKENS, state())
    assert states.get("model", TOKENS) == state()
    states.flush()
    [file] = (data_dir / "states").glob("*.kv")
    return file


def test_a_state_belongs_to_its_model_and_its_passage(data_dir: Path) -> None:
    states = States(data_dir)
    states.put(TOKENS, state())
    assert states.get("model", TOKENS) == state()
    assert states.get("other", TOKENS) is None
    assert states.get("model", (5, 6, 8)) is None
    states.drop("model", TOKENS)
    assert states.get("model", TOKENS) is None
    assert states.held().memory_bytes == 0


def test_memory_keeps_the_newest_within_its_bound() -> None:
    states = States(None, memory_bytes=2500)
    for number in range(3):
        states.put((number,), state(number))
        states.get("model", (0,))
    assert states.get("model", (0,)) is not None
    assert states.get("model", (1,)) is None
    assert states.held().memory_bytes == 2000
    states.put((9,), state(9, size=9999))
    assert states.get("model", (9,)) is None


def test_what_is_used_again_goes_to_disk_for_the_user_alone(data_dir: Path) -> None:
    states = States(data_dir)
    states.get("model", (1,))
    states.put((1,), state())
    states.flush()
    assert states.held().disk_states == 0
    file = kept(data_dir)
    assert States(data_dir).get("model", TOKENS) == state()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((file.parent / "uses.json").stat().st_mode) == 0o600


def test_uses_count_across_processes(data_dir: Path) -> None:
    for _ in range(2):
        states = States(data_dir)
        states.get("model", TOKENS)
        states.put(TOKENS, state())
        states.flush()
    assert states.held().disk_states == 1


def test_disk_keeps_the_most_used_within_its_bound(data_dir: Path) -> None:
    states = States(data_dir, disk_bytes=4000)
    for number in range(5):
        states.put((number,), PassageState(bytes(1000), 1, "model"))
        for _ in range(2 + (number == 0)):
            states.get("model", (number,))
        states.flush()
    held = states.held()
    assert held.disk_bytes <= 4000
    assert held.disk_states == 3
    assert States(data_dir).get("model", (0,)) is not None


@pytest.mark.parametrize("place", [0, 3, 20, 40, 100, 200, 300, -1, -500])
def test_a_damaged_file_is_dropped(data_dir: Path, place: int) -> None:
    file = kept(data_dir)
    content = bytearray(file.read_bytes())
    content[place] ^= 4
    file.write_bytes(content)
    assert States(data_dir).get("model", TOKENS) is None
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"ledgerqa-kv 1\n", b"ledgerqa-kv 1\nabc {}\n", b"\n" * 9])
def test_a_cut_or_foreign_file_is_dropped(data_dir: Path, content: bytes) -> None:
    file = kept(data_dir)
    file.write_bytes(content)
    assert States(data_dir).get("model", TOKENS) is None
    assert not file.exists()


def test_a_file_under_another_passages_name_is_dropped(data_dir: Path) -> None:
    file = kept(data_dir)
    states = States(data_dir)
    states.put((1, 2, 3), state(2))
    for _ in range(2):
        states.get("model", (1, 2, 3))
    states.flush()
    [other] = set(file.parent.glob("*.kv")) - {file}
    other.write_bytes(file.read_bytes())
    assert States(data_dir).get("model", (1, 2, 3)) is None
    assert States(data_dir).get("model", TOKENS) == state()


def test_a_disk_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    states = States(tmp_path / "file")
    states.put(TOKENS, state())
    states.get("model", TOKENS)
    states.get("model", TOKENS)
    states.flush()
    assert states.get("model", TOKENS) == state()
