"""What becomes of a reader's sentences over a set of questions: counted, their share told, reasons of a kind as one."""

from __future__ import annotations

from typing import Any

from ledgerqa.terminal.evaluation.reading import reading, reading_lines


def answer(drafted: int, *dropped: str, reader: str | None = "small", read_ms: float = 1000.0) -> dict[str, Any]:
    return {
        "models": {"reader": reader and {"name": reader, "sha256": ""}, "embedder": None},
        "timings_ms": {"read": read_ms},
        "verification": {
            "numbers": 1,
            "drafted": drafted,
            "shown": drafted - len(dropped),
            "dropped": len(dropped),
            "unsupported": ["The headline's own. (not borne by the result: 1)", *dropped],
        },
    }


def test_sentences_are_counted_and_reasons_gathered() -> None:
    answers = [
        answer(2, "It was 3.00 EUR. (3.00 EUR is no amount of the entry of 2023-05-12)", read_ms=500),
        answer(2, "It was 1,450 (net) USD. (1,450 USD is no amount of the entry of 2022-01-01)", read_ms=1500),
        answer(1, read_ms=2500),
        answer(0, reader=None, read_ms=0),
    ]
    told = reading(answers)
    assert told is not None
    assert (told["reader"], told["answers"], told["drafted"], told["shown"], told["dropped"]) == ("small", 3, 5, 3, 2)
    assert (told["shown_share"], told["median_read_ms"]) == (0.6, 1500)
    assert told["reasons"] == {"… is no amount of the entry of …": 2}
    assert list(reading_lines(told)) == [
        "reader small: 5 sentences drafted in 3 answers, 3 shown (60.0%), 2 dropped; median 1.5 s",
        "  2 × … is no amount of the entry of …",
    ]


def test_without_a_reader_there_is_nothing_to_tell() -> None:
    assert reading([answer(0, reader=None)]) is None
    told = reading([answer(0)])
    assert told is not None
    assert told["shown_share"] is None
    assert "0 shown, 0 dropped" in next(reading_lines(told))
