"""Questions in fixed wording about a ledger's own names, each with the query that gives its answer.

A check that anybody can make on books of their own: accounts, payees and tags are drawn at random and put into plain
sentences (`own_wordings`), and what is answered is held against beanquery.  Only names that can mean one thing are
drawn (`own_names`), and of each is asked only what has one answer, so that a disagreement is worth a look.
"""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import TYPE_CHECKING, Final

from ledgerqa.terminal.evaluation.own_names import Name, names_of
from ledgerqa.terminal.evaluation.own_wordings import Draw, wordings_of
from ledgerqa.terminal.evaluation.questions import Expected, GoldQuestion

if TYPE_CHECKING:
    from ledgerqa.terminal.evaluation.golds import Golds

PLACES: Final = "SELECT entry.meta['filename'] AS f, entry.meta['lineno'] AS l"
LEAST: Final = 4  # bookings that a name must have to be asked about
TRIES: Final = 50  # draws for each question wanted, before there are taken to be no more


def own_questions(golds: Golds, count: int, seed: int) -> list[GoldQuestion]:
    """At most `count` questions, the same for the same ledger and seed; fewer where it has not so many names."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret by it
    kinds: dict[str, list[Name]] = defaultdict(list)
    for name in names_of(golds):
        if len(name.bookings) >= LEAST:
            kinds[name.kind].append(name)
    years = sorted({each.date.year for names in kinds.values() for name in names for each in name.bookings})
    if not kinds:
        return []
    everything = [name for names in kinds.values() for name in names]
    today = max(each.date for names in kinds.values() for name in names for each in name.bookings)
    found: dict[tuple[str, ...], GoldQuestion] = {}
    for _ in range(TRIES * count):
        if len(found) == count:
            break
        names = kinds[random.choice(sorted(kinds))]
        name = random.choice(names)
        there = sorted({each.date.year for each in name.bookings})
        year, other_year = random.choice(there), random.choice(there)
        whole = years[0] < year < years[-1]
        draw = Draw(name, year, other_year, random.choice(names), everything, today, whole, random)
        asked = random.choice(wordings_of(name.kind))(draw)
        if asked and (*asked.history, asked.question) not in found:
            found[*asked.history, asked.question] = GoldQuestion(
                id=f"own-{len(found) + 1:03}",
                ledger="",
                family=f"{name.kind}, {asked.family}",
                question=asked.question,
                today=today,
                history=asked.history,
                expected=Expected(bql=asked.bql, entries_bql=f"{PLACES} WHERE {asked.where}"),
            )
    return list(found.values())
