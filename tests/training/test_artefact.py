"""The trained planner that is shipped: made from the data beside it, whole, and of some use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledgerqa.backends import files
from ledgerqa.training.fills import TAGS
from ledgerqa.training.phrasings import FIELDS, PHRASINGS, SEVERAL, VOCABULARIES, hash_of
from ledgerqa.training.talk import TALK

if TYPE_CHECKING:
    from pathlib import Path

    from ledgerqa.backends.trained_planner import TrainedPlanner


def test_its_card_fits_the_data_and_the_labels_of_today() -> None:
    from ledgerqa.backends.trained_planner import read_card

    card = read_card()
    assert card["data_sha256"] == hash_of(PHRASINGS, VOCABULARIES), "train anew: ledgerqa train planner"
    assert card["talk"]["data_sha256"] == hash_of(TALK), "train anew: ledgerqa train talk"
    assert tuple(card["tags"]) == TAGS
    assert {name: tuple(classes) for name, classes in card["fields"].items()} == {
        name: classes if name == SEVERAL else ("", *classes) for name, classes in FIELDS.items()
    }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> TrainedPlanner:
    if files.packaged_path(files.MINILM) is None:
        pytest.skip(f"{files.MINILM.distribution} is not installed (extra: offline)")
    from ledgerqa.backends.trained_planner import TrainedPlanner

    return TrainedPlanner(tmp_path_factory.mktemp("planner"))


@pytest.mark.parametrize(
    ("question", "fields", "spans"),
    [
        (
            "how much did we spend on firewood last winter",
            {"measure": "sum", "flow": "spend"},
            [("NAME", "firewood"), ("PERIOD", "last winter")],
        ),
        (
            "total paid to Zorbatek in 2023, not counting rent",
            {"measure": "sum", "flow": "spend"},
            [("NAME", "Zorbatek"), ("PERIOD", "2023"), ("EXCLUDE", "rent")],
        ),
        (
            "when did i last pay the plumber",
            {"measure": "list", "order": "-date", "single": "yes"},
            [("NAME", "plumber")],
        ),
        ("and in march?", {"follow_up": "yes"}, [("PERIOD", "march")]),
        ("delete the last entry", {"outcome": "change"}, None),
    ],
)
def test_it_reads_plain_questions(
    shipped: TrainedPlanner, question: str, fields: dict[str, str], spans: list[tuple[str, str]] | None
) -> None:
    understood = shipped.understand(question)
    best = {name: max(shares, key=lambda each: shares[each]) for name, shares in understood.fields.items()}
    assert {name: best[name] for name in fields} == fields
    if spans is not None:
        assert [(each.label, question[each.start : each.end]) for each in understood.spans] == spans


@pytest.mark.parametrize(
    ("before", "question", "after"),
    [
        ("I'm on the bus with a broken kettle on my lap so", "how much did we spend on firewood last winter", ""),
        ("", "what did Zorbatek get in 2023", "? thanks a lot, you're a star"),
        ("we're sat in the car arguing about it, so", "which month of 2023 was the dearest", ""),
        ("sorry to bother you again,", "list the largest payments of May", ". The cat says hello."),
    ],
)
def test_it_hears_talk(shipped: TrainedPlanner, before: str, question: str, after: str) -> None:
    text = f"{before} {question}{after}".strip()
    talk = [text[each.start : each.end] for each in shipped.understand(text).talk]
    assert talk == [each for each in (before, after) if each]


@pytest.mark.parametrize(
    "question",
    [
        "groceries march?",
        "how much did we spend on firewood last winter, leaving out what Zorbatek got",
        "the five largest payments of 2023 from the joint account, in euros please",
        "Did I pay Zorbatek twice in May?",
        "net worth at the end of each year, at market",
    ],
)
def test_it_hears_no_talk_where_there_is_none(shipped: TrainedPlanner, question: str) -> None:
    assert not shipped.understand(question).talk


def test_the_second_opening_finds_the_merged_file(shipped: TrainedPlanner, tmp_path: Path) -> None:
    from ledgerqa.backends.trained_planner import TrainedPlanner

    TrainedPlanner(tmp_path)
    (made,) = (tmp_path / "models" / "converted").glob("planner-*.safetensors")
    stamp = made.stat().st_mtime_ns
    TrainedPlanner(tmp_path)
    assert made.stat().st_mtime_ns == stamp
    made.write_bytes(b"damaged")
    again = TrainedPlanner(tmp_path)
    assert again.understand("rent?").fields["measure"] == pytest.approx(shipped.understand("rent?").fields["measure"])


def test_a_long_or_empty_text_is_no_fault(shipped: TrainedPlanner) -> None:
    for text in ("", "?", " ", "x" * 5000, "rent " * 2000, "\u202e\x00"):
        assert shipped.understand(text).fields
