"""What something took: the income under a name that has both sides, as in "what did the fete take"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_ADDED: Final = frozenset({Measure.SUM, Measure.AVERAGE, None})
_MADE: Final = compiled(
    r"\b(?:ma[dk]es?|earn(?:s|ed)?|t[ao]kes?|took|br(?:ings?|ought)(?: us)? in|rais(?:e|es|ed)|grossed)\b"
    r"(?! (?:a |the )?(?:loss|cost|payments?|up|off|out)\b)"
)
_BOTH: Final = {Root.INCOME, Root.EXPENSES}


def taking(said: Said, names: Vocabulary) -> Said:
    """The question with income meant, where it asks what one thing took that brings in money as well as it costs some.

    Of anything else (a shop, a bank) what it takes is what we pay.
    """
    if said.intent.measure not in _ADDED or said.intent.flow == "income":
        return said
    both = [each for each in said.phrases if _has_both(each, names)]
    several = len(both) > 1 or Grouping.TAG in said.intent.group_by  # "how much did each show make"
    if not (several and _MADE.search(said.folded)) and not (both and cues("cues").found("took", said.folded)):
        return said
    return replace(said, intent=replace(said.intent, flow="income"))


def _has_both(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether there is income and spending under the name, by its accounts or its tag."""
    roots = {
        names.by_name[name].root for option in phrase.options if option.kind == "account" for name in option.values
    }
    if phrase.best.kind == "tag":
        roots |= set(names.booked.roots_touched(Filters(tags=phrase.best.values)))
    return roots >= _BOTH
