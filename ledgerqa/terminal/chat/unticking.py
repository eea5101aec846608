"""What a user takes out of an answer that was matched by meaning: entries one by one, or all of a payee.

It holds for that answer alone.  An entry's number is that of one generation of the index, so in another one the same
entries are looked for again, by their text and where they stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledgerqa.corpus import Index
    from ledgerqa.records import Entry, Mention, Plan


@dataclass(frozen=True)
class Unticked:
    """Payees or narrations, and entries of the index of this `generation`."""

    names: frozenset[Mention] = frozenset()
    entries: frozenset[Entry] = frozenset()
    generation: int = 0

    def __bool__(self) -> bool:
        return bool(self.names or self.entries)

    def holds(self, entry: Entry) -> bool:
        """Whether this entry is taken out, by itself or with its payee."""
        return entry in self.entries or name_of(entry) in self.names

    def turned(self, entry: Entry, *, with_name: bool = False) -> Unticked:
        """The same with one entry's tick turned; `with_name` turns all that bears its payee.

        The tick of an entry that went with its payee brings all of the payee back.
        """
        name = name_of(entry)
        if with_name or name in self.names:
            others = frozenset(each for each in self.entries if name_of(each) != name)
            return replace(self, names=self.names ^ {name}, entries=others)
        return replace(self, entries=self.entries ^ {entry})

    def over(self, index: Index) -> Unticked:
        """The same over this index; an entry that is not in it any more needs no leaving out."""
        generation = index.info.generation
        if generation == self.generation:
            return self
        return replace(self, entries=frozenset(found_again(self.entries, index)), generation=generation)


NOTHING: Final = Unticked()


def name_of(entry: Entry) -> Mention:
    """What all of a payee's entries go by: the payee, or the narration where there is none; no words of the user's."""
    from ledgerqa.records import Mention  # after the first paint

    return Mention("", payees=(entry.payee,)) if entry.payee else Mention("", narrations=(entry.narration,))


def without(plan: Plan, unticked: Unticked) -> Plan:
    """The plan less what is unticked, and with all that was unticked before."""
    from ledgerqa.records import LeftOut

    asked = tuple(mention for mention in plan.filters.exclude_mentions if mention.words)
    names = sorted(unticked.names, key=lambda mention: (mention.payees, mention.narrations))
    entries = sorted(unticked.entries, key=lambda entry: entry.entry_id)
    left_out = tuple(LeftOut(entry.entry_id, entry.file, entry.line, entry.end_line) for entry in entries)
    return replace(plan, filters=replace(plan.filters, exclude_mentions=(*asked, *names), exclude_entries=left_out))


def found_again(entries: Iterable[Entry], index: Index) -> Iterator[Entry]:
    """These entries as another generation numbers them: of the same text, nearest to where each stood."""
    taken: set[int] = set()
    for entry in sorted(entries, key=lambda each: (each.file, each.line)):
        rows = index.query(
            "SELECT entry_id FROM entries WHERE type = ? AND date = ? AND coalesce(payee, '') = ?"
            " AND coalesce(narration, '') = ? AND slice = ? ORDER BY file <> ?, abs(line - ?), entry_id",
            (entry.type, entry.date, entry.payee, entry.narration, entry.text, entry.file, entry.line),
        )
        entry_id = next((entry_id for (entry_id,) in rows if entry_id not in taken), None)
        if entry_id is not None:
            taken.add(entry_id)
            yield index.entries([entry_id])[0]
