"""The format of authored phrasings, and the files themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledgerqa.errors import PhrasingError
from ledgerqa.training.phrasings import FIELDS, LABELS, Slot, read_file, read_phrasings

PACKAGE = Path(__file__).parents[2] / "ledgerqa" / "training"


def written(folder: Path, text: str) -> Path:
    path = folder / "x.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_headers_give_the_fields_of_the_lines_below_them(tmp_path: Path) -> None:
    first, second = read_file(
        written(
            tmp_path,
            "# a comment\n\n[measure=sum flow=spend group=account,month]\nhow much on {category=the cats}\n\n[outcome=refuse]\nhello\n",
        )
    )
    assert first.fields == {"measure": ("sum",), "flow": ("spend",), "group": ("account", "month")}
    assert first.parts == ("how much on ", Slot("category", "the cats"))
    assert first.where == "x.txt:4"
    assert second.fields == {"outcome": ("refuse",)}


def test_flags_need_no_value(tmp_path: Path) -> None:
    (only,) = read_file(written(tmp_path, "[measure=list order=-date single]\nlast time at {payee}\n"))
    assert only.fields["single"] == ("yes",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[measure=sum", "closing bracket"),
        ("[measure=total]", "measure is one of"),
        ("[colour=red]", "no field"),
        ("[flow=spend,income]", "flow is one of"),
        ("[outcome=refuse measure=sum]", "alone"),
        ("[measure=sum]\nhow much on {kategory}", "no slot"),
        ("[measure=sum]\nhow much on {category", "brace"),
        ("how much", "before the first header"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(PhrasingError, match=why) as raised:
        read_file(written(tmp_path, line + "\n"))
    assert f"x.txt:{line.count(chr(10)) + 1}:" in str(raised.value)


def test_the_skeleton_is_the_same_whatever_fills_the_slots(tmp_path: Path) -> None:
    one, two = read_file(
        written(tmp_path, "[measure=sum]\nSpend on {category}, {period}?\nspend on {payee=Bob} {when}\n")
    )
    assert one.skeleton == two.skeleton == "spend on NAME PERIOD"


def test_all_authored_phrasings_can_be_read_and_are_many() -> None:
    phrasings = read_phrasings(PACKAGE / "phrasings")
    assert len({each.skeleton for each in phrasings}) > 3000
    seen = {(name, each) for phrasing in phrasings for name, classes in phrasing.fields.items() for each in classes}
    assert {name for name, _ in seen} == set(FIELDS)
    measures = {each for name, each in seen if name == "measure"}
    assert measures == set(FIELDS["measure"])


def test_every_label_is_used() -> None:
    phrasings = read_phrasings(PACKAGE / "phrasings")
    used = {part.label for phrasing in phrasings for part in phrasing.parts if isinstance(part, Slot)}
    assert used == set(LABELS.values())
