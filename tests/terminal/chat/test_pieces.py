"""The parts of the chat that need no screen: editors, completion, slices, grids, bars, finding ledgers."""

from __future__ import annotations

import gc
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import hypothesis.strategies as st
import pytest
from rich.cells import cell_len

from ledgerqa.errors import NoEditorError
from ledgerqa.samples import sample_ledger
from ledgerqa.terminal.chat.completion import Names, names_of
from ledgerqa.terminal.chat.editor import editing
from ledgerqa.terminal.chat.examples import examples
from ledgerqa.terminal.chat.finding import ledgers_nearby
from ledgerqa.terminal.chat.grids import Grid, Heading, Line, sized, total_width, write_csv
from ledgerqa.terminal.chat.shown import block_bar, sentence
from ledgerqa.terminal.chat.slices import slice_of, tokens
from ledgerqa.terminal.chat.tidying import Tidier
from ledgerqa.terminal.chat.widgets.slices import drawn_in
from tests.terminal.chat.conftest import TODAY

if TYPE_CHECKING:
    from ledgerqa.corpus import Index
    from ledgerqa.settings import Settings
    from tests.conftest import MakeLedger

FILE = Path("/books/a b.beancount")


@pytest.mark.parametrize(
    ("editor", "arguments", "windowed"),
    [
        ("vim", ["vim", "+7", str(FILE)], False),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+7", str(FILE)], False),
        ("nano", ["nano", "+7", str(FILE)], False),
        ("emacs -nw", ["emacs", "-nw", "+7", str(FILE)], False),
        ("emacsclient", ["emacsclient", "+7", str(FILE)], True),
        ("code -w", ["code", "-w", "--goto", f"{FILE}:7"], True),
        ("hx", ["hx", f"{FILE}:7"], False),
        ("kate", ["kate", "--line", "7", str(FILE)], True),
        ("ed", ["ed", str(FILE)], False),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, arguments: list[str], windowed: bool) -> None:  # noqa: FBT001
    command = editing(FILE, 7, {"EDITOR": editor, "DISPLAY": ":0"}, which=lambda name: name)
    assert (list(command.arguments), command.windowed) == (arguments, windowed)


def test_visual_wins_what_is_installed_serves_and_nothing_is_said() -> None:
    named = {"VISUAL": "hx", "EDITOR": "vim"}
    assert editing(FILE, 1, named, which=lambda name: name).arguments[0] == "hx"
    assert editing(FILE, 1, {}, which=lambda name: name if name == "vi" else None).arguments[0] == "vi"
    with pytest.raises(NoEditorError, match="Set EDITOR"):
        editing(FILE, 1, {}, which=lambda _name: None)
    with pytest.raises(NoEditorError, match='"vin" was not found'):
        editing(FILE, 1, {"EDITOR": "vin"}, which=lambda _name: None)


NAMES = Names(
    ("Expenses:Food:Groceries", "Expenses:Fun", "Assets:Cash:Food"), ("Fig & Co", "Green Grocer"), ("fun", "trip-far")
)


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("@fu", ["Expenses:Fun"]),
        ("@food", ["Assets:Cash:Food", "Expenses:Food:Groceries"]),
        ("@gro", ["Expenses:Food:Groceries", '"Green Grocer"']),
        ("@gcs", ["Expenses:Food:Groceries"]),
        ("#far", ["#trip-far"]),
        ("#", ["#fun", "#trip-far"]),
        ("@zzz", []),
        ("food", []),
    ],
)
def test_completion_ranks_by_how_a_name_matches(word: str, names: list[str]) -> None:
    assert list(NAMES.matching(word)) == names


def test_names_come_from_the_ledger_with_parents_and_the_most_used_first(sample_index: Index) -> None:
    names = names_of(sample_index)
    assert "Expenses:Food" in names.accounts
    assert names.matching("@groc")[0] == "Expenses:Food:Groceries"
    assert "#trip-lisbon-2022" in names.matching("#lisbon")


def test_examples_are_answered_with_citations(sample_index: Index) -> None:
    assert len(list(examples(sample_index, TODAY))) == 6


def test_a_slice_is_found_again_when_lines_were_inserted_or_the_entry_was_changed(
    make_ledger: MakeLedger, tmp_path: Path
) -> None:
    """
    2024-01-01 open Assets:Bank
    2024-01-01 open Expenses:Food

    2024-02-01 * "Grocer" "vegetables"
      Expenses:Food  1.00 EUR
      Assets:Bank
    """
    from ledgerqa.corpus import build, open_index

    ledger = make_ledger()
    build(ledger, tmp_path / "data")
    with open_index(ledger, tmp_path / "data") as index:
        entry = next(each for each in index.entries([0, 1, 2]) if each.payee == "Grocer")
    source = slice_of(entry, tmp_path)
    assert source.lines[source.begin - source.first].strip().startswith("2024-02-01")
    assert (source.begin, source.note) == (entry.line, "")
    text = ledger.read_text()
    ledger.write_text("; a line more\n; and another\n" + text)
    assert (slice_of(entry, tmp_path).begin, slice_of(entry, tmp_path).note) == (
        entry.line + 2,
        f"moved from line {entry.line}",
    )
    ledger.write_text(text.replace("1.00", "2.00"))
    assert "changed since" in slice_of(entry, tmp_path).note
    assert "1.00" in "".join(slice_of(entry, tmp_path).lines)
    ledger.unlink()
    assert "cannot be read now" in slice_of(entry, tmp_path).note


def test_a_line_is_taken_apart_for_colours() -> None:
    line = '2024-02-01 * "Grocer; Co" "x" #tag ^link ; said'
    assert [(kind, line[begin:end]) for kind, begin, end in tokens(line)] == [
        ("date", "2024-02-01"),
        ("flag", "*"),
        ("text", '"Grocer; Co"'),
        ("text", '"x"'),
        ("tag", "#tag"),
        ("tag", "^link"),
        ("comment", "; said"),
    ]
    posting = "  Ausgaben:Café:Été  -1,234.50 EUR"
    assert [kind for kind, *_ in tokens(posting)] == ["account", "number", "currency"]


@hypothesis.given(st.text(), st.integers(4, 40))
def test_a_narrowed_line_keeps_its_words(line: str, room: int) -> None:
    narrowed = drawn_in(line, room)
    assert narrowed.split() == line.split()
    assert cell_len(narrowed) <= cell_len(line)


@hypothesis.given(st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"])), st.integers(1, 30), st.booleans())
def test_a_cell_has_exactly_its_width(text: str, width: int, tail: bool) -> None:  # noqa: FBT001
    assert cell_len(sized(text, width, Heading("x", tail=tail))) == width


def grid(*rows: tuple[str, int | str]) -> Grid:
    lines = tuple(
        Line((name, str(number)), (name, number if number == "" else Decimal(number))) for name, number in rows
    )
    return Grid((Heading("name", shrinks=True), Heading("n", right=True, minor=1)), lines).measured()


def test_a_grid_sorts_numbers_as_numbers_and_nothing_first() -> None:
    ordered = grid(("b", 10), ("a", 9), ("c", "")).sorted_by(1, descending=False)
    assert [line.cells[0] for line in ordered.lines] == ["c", "a", "b"]


@hypothesis.given(st.integers(1, 60))
def test_a_grid_fits_or_has_given_up_its_minor_columns(width: int) -> None:
    widths = grid(("a name of some length", 12345)).widths(width)
    assert total_width(widths) <= width or (widths[1] == 0 and widths[0] <= 8)


def test_csv_is_never_written_over_a_file(tmp_path: Path) -> None:
    write_csv(grid(("a, b", 1)), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text().splitlines() == ["name,n", '"a, b",1']
    with pytest.raises(FileExistsError):
        write_csv(grid(("a", 1)), tmp_path / "x.csv")


@hypothesis.given(st.floats(0, 1), st.integers(1, 40))
def test_a_bar_is_as_long_as_its_share_and_never_invisible(share: float, width: int) -> None:
    bar = block_bar(share, width)
    assert abs(len(bar) - share * width) <= 1
    assert bool(bar) == (share > 0)


def test_each_number_of_a_mark_is_a_link_to_its_entry() -> None:
    content = sentence("You spent 5 EUR [1, 3], of 9 [2].", "turn-4")
    links = {span.style.meta["@click"] for span in content.spans if not isinstance(span.style, str) and span.style.meta}
    assert links == {f"app.cite('turn-4', {number})" for number in (1, 2, 3)}


def test_ledgers_nearby_leave_out_what_another_includes(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "main.beancount").write_text('include "2024.beancount"\ninclude "/elsewhere/x.beancount"\n')
    (tmp_path / "books" / "2024.beancount").write_text("")
    (tmp_path / "other.bean").write_text("")
    found = ledgers_nearby(settings, tmp_path)
    assert [label for label, _ in found] == [
        "other.bean",
        "books/main.beancount",
        "the sample ledger, to try it out",
    ]
    assert found[-1][1] == sample_ledger()


def test_garbage_is_collected_once_after_the_keys_have_rested(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[float] = []
    clock = [100.0]
    monkeypatch.setattr("ledgerqa.terminal.chat.tidying.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("ledgerqa.terminal.chat.tidying.gc.collect", lambda: collected.append(clock[0]))
    tidier = Tidier()
    tidier.begin()
    assert not gc.isenabled()
    try:
        for moment, typed in (
            (101, True),
            (110, False),
            (132, False),
            (150, False),
            (200, True),
            (231, False),
            (700, True),
            (710, False),
            (832, True),
            (834, False),
            (836, False),
        ):
            clock[0] = float(moment)
            if typed:
                tidier.touched()
            tidier.tidy()
    finally:
        tidier.end()
    assert collected == [132.0, 231.0, 836.0], "a pause of some seconds does once ten minutes have gone by, only then"
    assert gc.isenabled()


def test_what_is_young_is_collected_between_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr("ledgerqa.terminal.chat.tidying.gc.collect", collected.append)
    tidier = Tidier()
    tidier.between_frames()
    assert collected == [], "not before all is loaded"
    tidier.begin()
    made: list[list[int]] = []
    tidier.between_frames()
    assert collected == [], "not for a few"
    made += [[] for _ in range(1000)]
    tidier.between_frames()
    tidier.end()
    assert collected == [1]
