from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ledgerqa import patterns
from ledgerqa.patterns import FEWEST_NEW, CompiledPatterns, compiled

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = [
    (r"\b(?:how (?:much|many)|what)\b", 0),
    (r"(?P<day>\d{1,2})\. (?P<month>mai|juni)(?= \d{4})", re.IGNORECASE.value),
    (r"(?<![\w:-])(?:été|straße)(?!\w)", re.IGNORECASE.value),
    (r" ( \w+ ) # a word, and again \1", re.VERBOSE.value),
    (r"(?i:[a-zäöü]+)\s*$", re.MULTILINE.value),
    *[(rf"\b{number}\b", 0) for number in range(FEWEST_NEW)],
]


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A file that another process left."""
    path = tmp_path / "data" / "patterns.bin"
    _all(first := CompiledPatterns())
    first.save(path)
    return path


def _all(store: CompiledPatterns) -> list[re.Pattern[str]]:
    return [store.compiled(pattern, flags) for pattern, flags in WRITTEN]


def _by_re() -> list[re.Pattern[str]]:
    return [re.compile(pattern, flags) for pattern, flags in WRITTEN]


@pytest.fixture(name="compiles")
def _compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that were compiled."""
    seen: list[str] = []
    code_of = patterns._code_of

    def watched(pattern: str, flags: int) -> patterns.Code:
        seen.append(pattern)
        return code_of(pattern, flags)

    monkeypatch.setattr(patterns, "_code_of", watched)
    return seen


def test_a_pattern_is_what_re_compiles() -> None:
    assert _all(CompiledPatterns()) == _by_re()
    match = compiled(r"(?P<day>\d+)\. (\w+)").search("am 3. Mai")
    assert match is not None
    assert (match["day"], match[2], match.re.groups, dict(match.re.groupindex)) == ("3", "Mai", 2, {"day": 1})


def test_a_later_process_compiles_nothing(path: Path, compiles: list[str]) -> None:
    later = CompiledPatterns()
    later.load(path)
    assert _all(later) == _by_re()
    assert [each.search("how much, 3. Mai 2024").groupdict() for each in _all(later)[:2]] == [  # type: ignore[union-attr]
        {},
        {"day": "3", "month": "Mai"},
    ]
    assert compiles == []


def test_only_what_is_new_is_added(path: Path, compiles: list[str]) -> None:
    later = CompiledPatterns()
    later.load(path)
    new = [rf"\bnew {number}\b" for number in range(FEWEST_NEW)]
    for each in new:
        later.compiled(each, 0)
    later.save(path)
    assert compiles == new
    last = CompiledPatterns()
    last.load(path)
    assert _all(last) + [last.compiled(each, 0) for each in new] == _by_re() + [re.compile(each) for each in new]
    assert compiles == new


def test_for_a_few_new_ones_nothing_is_written(path: Path) -> None:
    before = path.read_bytes()
    later = CompiledPatterns()
    later.load(path)
    later.compiled("another", 0)
    later.save(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("at", [0, 5, 40, -3])
def test_a_damaged_file_is_no_file(path: Path, at: int, compiles: list[str]) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    later = CompiledPatterns()
    later.load(path)
    assert _all(later) == _by_re()
    assert len(compiles) == len(WRITTEN)


@pytest.mark.parametrize("length", [0, 3, 8, 100])
def test_a_cut_file_is_no_file(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    later = CompiledPatterns()
    later.load(path)
    assert _all(later) == _by_re()


def test_code_that_re_refuses_is_compiled_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = CompiledPatterns()
    later.load(path)
    monkeypatch.setattr(later, "_code", memoryview(bytes(len(later._code) * 4)).cast("I"))
    assert _all(later) == _by_re()


def test_where_re_is_made_of_other_parts_it_compiles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(pattern: str, flags: int) -> patterns.Code:
        raise AttributeError(pattern, flags)

    monkeypatch.setattr(patterns, "_code_of", missing)
    store = CompiledPatterns()
    assert _all(store) == _by_re()
    store.save(tmp_path / "patterns.bin")
    assert not (tmp_path / "patterns.bin").exists()


def test_a_faulty_pattern_is_told() -> None:
    with pytest.raises(re.error, match="missing"):
        compiled("(")


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _all(store := CompiledPatterns())
    store.save(tmp_path / "file" / "patterns.bin")
    with patterns.kept_in(tmp_path / "file"):
        assert compiled("a|b").search("b")


READ_BACK = """
import sys, re
from pathlib import Path
from ledgerqa import patterns
with patterns.kept_in(Path(sys.argv[1])):
    from ledgerqa.dialog.planner import plan_question
    made = patterns._PATTERNS._made
    assert all(each == re.compile(pattern, flags) for (pattern, flags), each in made.items())
    print(len(made), len(patterns._PATTERNS._new))
"""


def test_all_patterns_of_the_dialog_are_read_back(tmp_path: Path) -> None:
    def run() -> list[int]:
        ran = subprocess.run(
            [sys.executable, "-c", READ_BACK, str(tmp_path)], capture_output=True, text=True, check=True
        )
        return [int(each) for each in ran.stdout.split()]

    made, new = run()
    assert made == new > 500
    assert run() == [made, 0]
