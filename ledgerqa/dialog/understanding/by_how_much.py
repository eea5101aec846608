"""After a question about a price that changed, how much that change is: "how much extra a month is that"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.brought_back import is_bare_name
from ledgerqa.dialog.understanding.earlier import STANDING
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledgerqa.dialog.linking.said import Said

_EACH: Final = (
    r"(?:(?: (?:a|per|each|every) (?:time|day|week|month|quarter|year|payment))|,? (?:monthly|weekly|yearly))"
)
_MORE: Final = r"(?:more|extra|less|dearer|cheaper|higher|lower|(?:more|less) expensive|up|down)"
_THAT: Final = r"(?:that|it|this|the new (?:one|price|amount|rent))"
_OPENING: Final = r"(?:(?:and|so|ok|okay|then|but)[, ]+)*"
_DIFFERENCE: Final = r"(?:difference|increase|rise|hike|jump|change|decrease|drop|reduction)"
_BY_HOW_MUCH: Final = compiled(
    rf"{_OPENING}(?:"
    rf"(?:by )?how (?:much|many \w+) (?:of an? )?(?:{_MORE}|{_DIFFERENCE}){_EACH}?"
    rf" (?:is|was|are|were|does|did|do) {_THAT}(?: (?:make|come to|cost))?{_EACH}?"
    rf"|(?:by |and )?how much (?:did|has|have) (?:it|that) (?:go|gone|went|been put|put) (?:up|down)(?: by)?{_EACH}?"
    rf"|how much (?:is|was) {_THAT} (?:{_MORE}|extra){_EACH}?"
    rf"|how much {_MORE}(?: (?:are|do) (?:we|i) pay(?:ing)?)?(?: now)?{_EACH}?"
    rf"|by how much(?: (?:did it|was it|has it) \w+(?: \w+)?)?"
    rf"|(?:what(?:'?s| is| was)|how (?:much|big|large) (?:is|was)) the {_DIFFERENCE}{_EACH}?"
    r")[ ?.!]*"
)


# "How much is it off", after a check of a balance.
_OFF: Final = compiled(
    rf"{_OPENING}(?:by )?how (?:much|far)(?: (?:is|was|are|were|does|do|did) (?:it|that|they|this|the check)(?: still)?"
    r"(?: (?:off|out|wrong|short|over|under|missing|fail(?:s|ing)?|differ(?:s|ing)?))?(?: by)?)?[ ?.!]*"
)


def by_how_much(asked: str, before: Said | None) -> str:
    """The question in full ("how much did the shop rent go up"), where it asks after a change just spoken of.

    Of a check that fails, the answer told by how much: it is asked again.
    """
    if before and before.intent.measure is Measure.BALANCE_CHECKS and _OFF.fullmatch(fold(asked)):
        return before.text
    if before and (full := _since_that_day(asked, before)):
        return full
    if before is None or not before.phrases or not _BY_HOW_MUCH.fullmatch(fold(asked).replace("’", "'")):
        return asked
    if not _of_a_change(before):
        return asked
    return f"how much did the {' and '.join(each.words for each in before.phrases)} go up"


# "How much has it grown since", after what stood at a day.
_SINCE: Final = compiled(
    rf"{_OPENING}(?:by )?how much (?:has|have|did|is) {_THAT}"
    r" (?:(?:gone|go|went) (?:up|down)|grown?|ris(?:e|en)|risen|fall(?:en)?|dropped|shrunk|increased?|changed?"
    r"|decreased?|up|down)(?: by)? since(?: then| that day)?[ ?.!]*"
)


def _since_that_day(asked: str, before: Said) -> str:
    """The question in full, after one of what stood at a day: from that day on, of the same."""
    found = _SINCE.fullmatch(fold(asked).replace("’", "'"))
    end = before.periods[0].period.end if len(before.periods) == 1 else None
    worth = before.intent.measure is Measure.NET_WORTH
    if not found or end is None or not (worth or (before.intent.measure in STANDING and before.phrases)):
        return ""
    about = "net worth" if worth else f"the balance of {' and '.join(each.words for each in before.phrases)}"
    return f"how much has {about} changed since {end.isoformat()}"


_MOST_WORDS: Final = 6


def of_another(asked: str, before: Said | None, parts: Callable[[str], Said]) -> str:
    """As in "and the phone?" after "when did the rent go up": the same question of another name."""
    if before is None or len(before.phrases) != 1 or not _of_a_change(before) or len(asked.split()) > _MOST_WORDS:
        return asked
    said = parts(asked)
    if not is_bare_name(said) or len(said.phrases) != 1:
        return asked
    named = re.compile(rf"\b{re.escape(before.phrases[0].words)}\b", re.IGNORECASE)
    again = named.sub(lambda _: said.phrases[0].words, before.text, count=1)
    return asked if again == before.text else again


def _of_a_change(before: Said) -> bool:
    words = cues("trends")
    return any(words.found(each, before.folded) for each in ("rise_day", "changed_when", "rise"))
