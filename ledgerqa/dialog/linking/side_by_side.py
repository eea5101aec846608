"""Two names beside each other that nothing joins: accounts of unlike roots are not added up.

As in "the finance on the blue car", where the car stands in the books as well, "rent from the lodgers' front room",
"the internet in the van": one of the two says where or for whom, or is idle.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import FOLDED_SQL
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.choosing import note_of
from ledgerqa.dialog.linking.links import narrowed
from ledgerqa.dialog.linking.merged import OR
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Link, Phrase
    from ledgerqa.dialog.linking.meeting import Chosen
    from ledgerqa.dialog.linking.said import Said

_JOINED: Final = compiled(
    r"[;&+/:]|\b(?:and|or|plus|minus|less|than|vs|versus|against|with|without|after|before|net|to|into|as well|both)\b"
)
_PLACE: Final = compiled(r"\b(?:in|inside|aboard)(?: (?:the|my|our))* $")
_OF: Final = compiled(
    r"\b(?:on|for|of|from|in|at|out of|by)(?: (?:the|my|our|his|her|their|its|own|old|new|blue|red|\w+'s))* $"
)
_FLOWS: Final = frozenset({Measure.SUM, Measure.COUNT, Measure.AVERAGE, Measure.LIST, Measure.NET_INCOME, None})
_ROOT_OF: Final = {"income": Root.INCOME, "spend": Root.EXPENSES}
# "What percent of the takings went on diesel": both are asked for, each by itself.
_OF_A_WHOLE: Final = compiled(
    r"%|\b(?:shares?|part|portion|per ?cent\w*|proportion|fraction|ratio|margin|out of every|for every|how much of)\b"
)
_TAKEN: Final = compiled(
    r"\b(?:we|i|they|you) (?:get|got|take|took|receive|received|earn|earned|banked)\b|\b(?:c[ao]me|coming|comes) in\b"
    r"|\b(?:brings?|brought|took|takes?) in\b|\bearned\b|\breceived\b"
)


def of_unlike_roots(
    chosen: list[Chosen], notes: list[str], said: Said, intent: Intent, vocabulary: Vocabulary
) -> tuple[list[Chosen], list[str]]:
    """The names without those that stand beside a name of another root and are joined to it by nothing."""
    kept, rest = list(chosen), notes
    netted = (said.by_rules or intent).measure is Measure.NET_INCOME
    if intent.compare or netted or _OF_A_WHOLE.search(said.folded):
        return kept, rest
    meant = replace(intent, flow=intent.flow or ("income" if _TAKEN.search(said.folded) else None))
    for one, other in itertools.pairwise([each for each in chosen if each[1].kind == "account"]):
        idle = _idle(one, other, meant, vocabulary) if _side_by_side(one, other, said.folded) else None
        if idle is None or all(each is not idle for each in kept):
            continue
        head = other if idle is one else one
        link = _said_of(idle[0], head, vocabulary)
        place = next(at for at, each in enumerate(kept) if each is idle)
        kept[place : place + 1] = [(idle[0], link)] if link else []
        rest = [note for note in rest if not note.startswith(f"{idle[0].words} = ")]
        rest.append(note_of(idle[0], link) if link else f"{idle[0].words} left aside: it says more of {head[0].words}")
    return kept, [note for note in rest if note]


def _said_of(idle: Phrase, head: Chosen, vocabulary: Vocabulary) -> Link | None:
    """As in "internet in the van", where some of it is tagged so: what narrows the other name after all."""
    for link in idle.options:
        narrows = link.kind == "tag" and Filters(accounts=head[1].values, tags=link.values)
        if narrows and vocabulary.booked.meets(narrows):
            return link
    return None


def _side_by_side(one: Chosen, other: Chosen, text: str) -> bool:
    """Whether two accounts follow each other with no word between that adds or weighs them."""
    between = re.search(rf"\b{re.escape(fold(one[0].words))}\b(.*?)\b{re.escape(fold(other[0].words))}\b", text)
    return between is not None and not OR.search(other[0].lead) and not _JOINED.search(between.group(1))


def _idle(one: Chosen, other: Chosen, intent: Intent, vocabulary: Vocabulary) -> Chosen | None:
    """Which of the two is no part of what is asked for; None where both may be."""
    first, second = _root(one, vocabulary), _root(other, vocabulary)
    if intent.measure is Measure.BALANCE and {first, second} == {Root.ASSETS, Root.LIABILITIES}:
        if other[0].start == one[0].end:  # "the car loan"
            return one
        found = _less_sure(one, other) if _PLACE.search(other[0].lead) else other
        return found if _OF.search(other[0].lead) else None
    if intent.measure not in _FLOWS:
        return None
    if other[0].start == one[0].end and (idle := _idle_in_a_text(one, other, vocabulary)):
        return idle
    if {first, second} == {Root.INCOME, Root.EXPENSES} and intent.flow in _ROOT_OF:
        return one if second is _ROOT_OF[intent.flow] else other
    if first is second is Root.EXPENSES and _PLACE.search(other[0].lead) and not _within(one, other, vocabulary):
        return _less_sure(one, other)
    return None


def _less_sure(one: Chosen, other: Chosen) -> Chosen:
    """The second, which only says where, unless it alone is called so: "the kid in daycare", a child as costs go."""
    return one if other[1].how == "exact" and one[1].how == "synonym" else other


def _idle_in_a_text(one: Chosen, other: Chosen, vocabulary: Vocabulary) -> Chosen | None:
    """As in "the boat jumble", which entries of JumbleTable say, none of Boats: the one they are not booked to."""
    said = f"{fold(one[0].words)} {fold(other[0].words)}"
    rows = vocabulary.index.query(
        "SELECT DISTINCT account FROM postings WHERE entry_id IN (SELECT entry_id FROM entries WHERE"
        f" contains({FOLDED_SQL.format('concat_ws(chr(10), payee, narration)')}, ?))",
        [said],
    )
    booked = [name for (name,) in rows]
    touched = [
        any(f"{name}:".startswith(f"{top}:") for name in booked for top in each[1].values) for each in (one, other)
    ]
    return None if touched[0] == touched[1] else other if touched[0] else one


def _root(each: Chosen, vocabulary: Vocabulary) -> Root | None:
    """The root of all accounts of the name; None where they have several."""
    roots = {vocabulary.by_name[name].root for name in each[1].values}
    return roots.pop() if len(roots) == 1 else None


def _within(one: Chosen, other: Chosen, vocabulary: Vocabulary) -> bool:
    """Whether accounts of the one lie below those of the other, or side by side with them ("meals in the canteen")."""
    wide, inner = one[1].values, other[1].values
    nested = narrowed(vocabulary, wide, inner) or narrowed(vocabulary, inner, wide)
    parents = [{name.rpartition(":")[0] for name in names} for names in (wide, inner)]
    return bool(nested) or (parents[0] == parents[1] and all(":" in name for name in parents[0]))
