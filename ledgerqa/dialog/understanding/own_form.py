"""Follow-ups whose form is the old one but for a word, or wholly their own.

As in "no, per month I meant" after the average of each bill, or "and groceries last month" after what is owed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.brought_back import is_bare_name
from ledgerqa.dialog.understanding.earlier import STANDING, names_flows
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.intent.intents import Per
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_PER: Final = compiled(
    r"\b(?:per|an?) (?P<unit>day|week|month|quarter|year)\b|\b(?P<adverb>dai|week|month|quarter|year)ly\b"
)
_EACH: Final = compiled(
    r"\bper (?:visit|booking|bill|purchase|order|meal|time|payment|invoice|entry|fill(?:[ -]?up)?|go|trip|shop)\b"
)

_MOVED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE})
_ITS_WORTH: Final = compiled(
    r"(?:(?:and|so|ok|but|then)\W+)*(?:what|how much)(?:'?s| is| are) (?:it|that|this|they|those|these|the lot)"
    r"(?: all)? (?:\w+ )?worth\b(?!.*\b(?:a|an|one|each|per) (?:share|unit|coin)\b)"
)


def own_form(said: Said, old: Intent, names: Vocabulary) -> Intent | None:
    """The form where the new question says all of it, or changes nothing but what is divided by; else None."""
    if (per := _averaged_per(said, old)) is not None:
        return replace(old, per=per)
    if old.measure in _MOVED and _ITS_WORTH.match(said.folded):
        return Intent(Measure.HOLDINGS)  # "and what's it worth now", after what was put in
    if old.measure in STANDING and said.intent.measure is None and said.phrases and names_flows(said, names):
        return said.intent  # "and groceries last month", after what is owed: what was spent on them
    if old.measure in STANDING and is_bare_name(said):
        return old  # "no, the bills account", after what is in another: no bills
    return None


_HOW_MANY: Final = compiled(r"(?:(?:and|so|ok|but)\W+)*how many (?P<what>[\w '’-]+?)\W*")


def counts_the_same(said: Said, before: Said) -> bool:
    """As in "how many dinners", after what dinners brought in in a year: of that year, too."""
    found = _HOW_MANY.fullmatch(said.folded)
    if found is None or len(said.phrases) != 1 or fold(said.phrases[0].words) != found["what"]:
        return False
    spoken = {value for each in before.phrases if each.best.kind == "account" for value in each.best.values}
    best = said.phrases[0].best
    return best.kind == "account" and bool(spoken) and set(best.values) >= spoken


def _averaged_per(said: Said, old: Intent) -> Per | None:
    """What the sum is to be divided by, where an average was asked for before; None where the words do not say."""
    new = said.intent
    asks_again = new.measure in {None, Measure.AVERAGE} or new.guessed
    if old.measure is not Measure.AVERAGE or old.group_by or not asks_again:
        return None
    if found := _PER.search(said.folded):
        unit = found["unit"] or found["adverb"]
        return cast("Per", "day" if unit == "dai" else unit)
    return "booking" if _EACH.search(said.folded) else None
