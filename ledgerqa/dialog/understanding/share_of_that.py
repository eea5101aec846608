"""What was asked about as a part of a whole named now: "as a share of everything", "what percent of my income is that".

The part is what the question before named, in its time unless another is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.calendar.periods import find_periods
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    import datetime as dt

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = r"\W*(?:(?:ok|okay|right|and|so|but|then|now)[,. ]+)*"
_SHARE: Final = r"(?:share|percentage|percent|per cent|proportion|fraction|part|portion|%)"
_THAT: Final = r"(?:that|it|this|those|they)"
_END: Final = r"(?:,? (?:then|please|though))*\W*"
_AS_PART: Final = rf"(?:as|in) (?:an? |the )?{_SHARE}"
_IS: Final = r"(?:is|was|are|were|does|did)"
_OF_WHOLE: Final = r"of (?P<whole>.+?)"
_ASKS: Final = rf"(?:what|which|how (?:big|large|much of)) (?:an? )?{_SHARE}"
_PUT_SO: Final = rf"(?:(?:what|how much)(?: ?'?s| is| was| are| were) {_THAT},? |{_THAT}(?: is| was)? )?"
_FORMS: Final = tuple(
    compiled(f"{_OPENING}{form}{_END}", re.IGNORECASE)
    for form in (
        rf"{_PUT_SO}{_AS_PART} {_OF_WHOLE}",
        rf"{_ASKS} (?:{_OF_WHOLE} )?{_IS} {_THAT}(?: (?:make up|come to|make))?",
        rf"{_ASKS} {_IS} {_THAT} {_OF_WHOLE}",
        rf"how much {_OF_WHOLE} {_IS} {_THAT},?(?: {_AS_PART}(?: terms)?)?",
        rf"{_PUT_SO}{_AS_PART}(?: terms)?",
    )
)
_ALL: Final = compiled(
    r"(?:the |my |our |it )?(?:everything|all|all of it|total|lot|whole|whole lot|whole thing|grand total)",
    re.IGNORECASE,
)
_POINTS: Final = compiled(r"\b(?:that|it|this|those|them)\b(?! (?:i|we|went|was|is|came)\b)", re.IGNORECASE)
_ADDED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})


def share_of_that(asked: str, before: Said | None, today: dt.date, names: Vocabulary) -> str:
    """The question in full, with the part by its names; as it is where no sum of something named was spoken of."""
    found = next((each for form in _FORMS if (each := form.fullmatch(asked))), None)
    if found is None or before is None or not before.phrases or not _may_be_a_part(before):
        return asked
    earned = before.intent.flow == "income" or all(_is_earned(each, names) for each in before.phrases)
    every = "all my income" if earned else "all my spending"
    whole = (found.groupdict().get("whole") or "").strip()
    if _POINTS.search(whole):
        return asked
    whole = every if not whole or _ALL.fullmatch(whole) else whole
    said = [each for each in find_periods(whole, today) if each.kind != "all"]
    time = "" if said or not before.periods else f" {before.periods[0].period.label}"
    things = " ".join(each.words for each in before.phrases if each.best.kind != "payee")
    things = "" if things and fold(things) in fold(whole) else things  # "of groceries", of those at one shop
    who = " and ".join(each.words for each in before.phrases if each.best.kind == "payee")
    if not (things or who):
        return asked
    at = "from" if earned else "at"
    part = f"{things} {at} {who}" if things and who else things or f"{'spent ' if not earned else ''}{at} {who}"
    return f"what share of {whole}{time} was {part}"


def _may_be_a_part(before: Said) -> bool:
    intent = before.intent
    kept_to = before.excluded or before.bounds.spans or before.labels
    plain = intent.measure in _ADDED and not (intent.compare or kept_to)
    return plain and len(before.periods) < 2 and not (intent.single or intent.limit)


def _is_earned(phrase: Phrase, names: Vocabulary) -> bool:
    best = phrase.best
    if best.kind == "account":
        return all(names.by_name[each].root is Root.INCOME for each in best.values)
    return False
