"""Payees and narrations: which of them hold a pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ledgerqa.dialog.language.booked import FOLDED_SQL
from ledgerqa.dialog.language.words import squash, stems

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary

MOST_TEXTS: Final = 1500  # of each kind
MOST_AT_HAND: Final = 5_000  # different texts that are looked through here: 0.2 ms for 355, where queries take 4 ms
DISTINCT_SQL: Final = (
    f"SELECT {{0}}, any_value({FOLDED_SQL}) AS folded, count(*) AS times"
    " FROM entries WHERE type = 'transaction' AND {0} <> ''"
)


@dataclass(frozen=True)
class Text:
    """A payee or a narration, with the number of entries that bear it."""

    value: str
    kind: Literal["payee", "narration"]
    count: int
    stems: tuple[str, ...]
    squashed: str


def texts_with(wanted: str, likely: str, vocabulary: Vocabulary) -> list[Text]:
    """Those of whose folded text the expression `wanted` finds a part; where `likely` does, too, first."""
    found: list[Text] = []
    for kind in ("payee", "narration"):
        known = at_hand(kind, vocabulary)
        rows = _queried(kind, wanted, likely, vocabulary) if known is None else _searched(known, wanted, likely)
        found += [text_of(name, kind, times) for name, _, times in rows]
    return found


Row = tuple[str, str, int]  # a text, the same folded, and how many entries bear it


def at_hand(kind: str, vocabulary: Vocabulary) -> list[Row] | None:
    """All different texts of a kind where they are few, which is quicker than a query; else None."""

    def make() -> tuple[list[Row] | None]:
        rows = vocabulary.index.query(f"{DISTINCT_SQL.format(kind)} GROUP BY 1 LIMIT {MOST_AT_HAND + 1}")
        return ([(text, folded, times) for text, folded, times in rows] if len(rows) <= MOST_AT_HAND else None,)

    return vocabulary.once(("texts at hand", kind), make)[0]


def _searched(known: list[Row], wanted: str, likely: str) -> list[Row]:
    pattern, first = (re.compile(each, re.ASCII) for each in (wanted, likely))  # ASCII: as DuckDB's RE2 takes "\\b"
    said = [each for each in known if pattern.search(each[1])]
    return sorted(said, key=lambda each: (not first.search(each[1]), -each[2], each[0]))[:MOST_TEXTS]


def _queried(kind: str, wanted: str, likely: str, vocabulary: Vocabulary) -> list[Row]:
    folded = FOLDED_SQL.format(kind)
    rows = vocabulary.index.query(
        f"{DISTINCT_SQL.format(kind)} AND regexp_matches({folded}, ?) GROUP BY 1"
        f" ORDER BY regexp_matches({folded}, ?) DESC, times DESC, 1 LIMIT {MOST_TEXTS}",
        [wanted, likely],
    )
    return [(text, folded_text, times) for text, folded_text, times in rows]


def text_of(value: str, kind: str, count: int) -> Text:
    """A text as linking needs it."""
    return Text(value, "payee" if kind == "payee" else "narration", count, stems(value), squash(value))
