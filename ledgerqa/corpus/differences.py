"""What a reindex found: how the entries of two generations differ, told by the hashes of their source slices.

An entry is one of the generation before where the slices are equal; of several equal ones (twins) those that stand
where one stood are the same, the rest go in the order of the ledger.  The same slice on another line, or in another
file, has moved.  Of what is left, old and new entries that follow the same entry are such as were changed, in their
order; the rest were removed or added.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.corpus.index import Index

UNTOLD = frozenset({"loaded_at", "first_date", "last_date", "decimals", "resumed"})
"""Facts of a ledger that change with its entries."""


class Place(NamedTuple):
    """An entry: the hash of its slice, its file and its first line."""

    slice_hash: str
    file: str
    line: int


@dataclass(frozen=True)
class Differences:
    """How many entries were added, changed, moved or removed, and how many stayed as and where they were.

    `options`: whether options or plugins differ, which may change what any entry comes to.
    """

    added: int = 0
    changed: int = 0
    moved: int = 0
    removed: int = 0
    stayed: int = 0
    options: bool = False

    def __str__(self) -> str:
        """Such as "+12 ~3 →240 -1 entries", without those that are none."""
        signs = (("+", self.added), ("~", self.changed), ("→", self.moved), ("-", self.removed))
        told = " ".join(f"{sign}{number:,}" for sign, number in signs if number)
        entries = f"{told} entries" if told else "no entry changed"
        return f"{entries}, options or plugins changed" if self.options else entries


def between(before: Index | None, after: Index) -> Differences:
    """How the entries of `after` differ from those of `before` (None: all are new)."""
    if before is None:
        return Differences(added=after.info.entries)
    facts = [{key: value for key, value in index.facts.items() if key not in UNTOLD} for index in (before, after)]
    return compare(_places(before), _places(after), options=facts[0] != facts[1])


def _places(index: Index) -> list[Place]:
    return [*map(Place._make, index.query("SELECT slice_hash, file, line FROM entries ORDER BY file, line"))]


def compare(before: Sequence[Place], after: Sequence[Place], *, options: bool = False) -> Differences:
    """The same of places, which are distinct and in order of file and line on both sides."""
    alike = _alike(before, after)  # mostly all but the end, and then the sets are small
    there, here = set(before[alike:]), set(after[alike:])
    gone = [place for place in before[alike:] if place not in here]
    come = [place for place in after[alike:] if place not in there]
    moved = _twins(gone, come)
    if not gone or not come or moved == len(gone) or moved == len(come):
        changed = 0
    else:
        changed = _changed(_lacking(before, gone, come), _lacking(after, come, gone))
    return Differences(
        added=len(come) - moved - changed,
        changed=changed,
        moved=moved,
        removed=len(gone) - moved - changed,
        stayed=len(before) - len(gone),
        options=options,
    )


def _alike(before: Sequence[Place], after: Sequence[Place]) -> int:
    """How many places at the beginning are the same."""
    pairs = zip(before, after, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _counts(places: Iterable[Place]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for place in places:
        counts[place.slice_hash] += 1
    return counts


def _twins(gone: Sequence[Place], come: Sequence[Place]) -> int:
    """How many of those that went came again elsewhere."""
    counts = _counts(gone)
    return sum(min(number, counts.get(slice_hash, 0)) for slice_hash, number in _counts(come).items())


def _lacking(all_: Sequence[Place], own: Sequence[Place], others: Sequence[Place]) -> dict[tuple[str, str], int]:
    """How many of `own` have no equal among `others`, by what they follow in `all_`: an entry or a file's start."""
    left = _counts(others)
    candidates = set(own)
    lacking: dict[tuple[str, str], int] = defaultdict(int)
    file, anchor = "", ("", "")
    for place in all_:
        if place.file != file:
            file, anchor = place.file, ("", place.file)
        if place not in candidates:
            anchor = (place.slice_hash, "")
        elif left.get(place.slice_hash, 0):
            left[place.slice_hash] -= 1
            anchor = (place.slice_hash, "")
        else:
            lacking[anchor] += 1
    return lacking


def _changed(gone: dict[tuple[str, str], int], come: dict[tuple[str, str], int]) -> int:
    """How many of the entries that lack their equal follow the same entry on both sides."""
    return sum(min(number, come.get(anchor, 0)) for anchor, number in gone.items())
