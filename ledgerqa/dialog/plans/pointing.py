"""Questions that point at something nobody has named: "has it gone up?", "how much did they pay me back?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.dialog.intent.learned import probability, stands_alone
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import tokenize
from ledgerqa.dialog.plans.book.oddities import looks_doubled
from ledgerqa.dialog.plans.courses.developments import TOLD_BY_CHANGE
from ledgerqa.dialog.understanding.refusals import REFUSING
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Measure

if TYPE_CHECKING:
    from ledgerqa.dialog.linking.said import Said

_POINTING = compiled(
    r"\b(?:it|that|those|them|these|this one|that one|same"
    r"|the (?:same|previous|last|other|former|latter) (?:one|ones))\b"
)
# Of whom or what is told, and nowhere is said who or what that is.
_OF_WHOM = compiled(
    r"\b(?:did|do|does|has|have|had|was|were|is|are|will) (?:they|he|she)\b"
    r"|\b(?:owe|owes|owed|pay|paid|give|gave|sent|send|to|from|for|with) (?:them|him|her)\b"
    r"(?! (?!(?:in|on|last|this|back|for|so|since|yet|now|and|by) )[a-z])"
)
_WHAT_ROSE = compiled(
    r"^\W*(?:and |so |but )?(?:has|have|had|did|does|do|is|are|was|were) (?:that|it|this|they|those|these)\b"
)
_THAN_BEFORE: Final = compiled(
    r"^(?:and |so |but )?(?:is|was|are|were|has|have|did|does)(?:n'?t)? (?P<what>it|that|this|they|those|these)\b.*"
    r"\b(?:than|up on|down on|compared (?:to|with)) (?:the )?"
    r"(?:last (?:time|one|year|month|week|quarter)|before|previous(?:ly)?|the time before|the other one|usual)\W*$"
)
# Whom or what was paid back: nobody and no debt is named.
_PAID_BACK: Final = compiled(
    r"\bhow much (?:have|did|do) (?:i|we) (?:(?:actually|already|ever) )*"
    r"(?:pa(?:y|id) (?:back|off|down)|repa(?:y|id))\b"
    r"(?=\W*$|,? (?:so far|already|yet|in|last|this|to date|altogether|overall)\b)"
)
NO_SUBJECT_NEEDED = frozenset(Measure) - {
    Measure.SUM,
    Measure.AVERAGE,
    Measure.COUNT,
    Measure.LIST,
    Measure.GAPS,
    Measure.METADATA,
}
_STANDING: Final = frozenset({Measure.BALANCE, Measure.NET_WORTH})
_EMPTY = compiled(
    r"^(?:and|so|but|ok(?:ay)?|hm+|well|then|now|next|what|why"
    r"|how much|how many|how|is|was|it|that|this|then what|there|\W)+$"
)
# What words for anything may be read as; the other measures are heard by terms of their own.
EVERYDAY: Final = frozenset({None, Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE})


def to_whom(said: Said, before: Said | None) -> Clarify | None:
    """Of money that is paid to somebody, or back, where nobody and no debt is named, now or before."""
    if said.phrases or said.unknown or said.labels or said.intent.measure not in EVERYDAY:
        return None
    if _PAID_BACK.search(said.folded) and not said.unread:
        return Clarify("Which debt is meant? Name the account, or who was paid back.")
    whom = _OF_WHOM.search(said.folded) if before and before.intent.measure in _STANDING else None
    return Clarify(f'Who is "{whom.group().split()[-1]}"? Name the person or the payee.') if whom else None


def points_nowhere(said: Said, before: Said | None) -> Clarify | None:
    """As in "Compare it with the previous one" without a previous one."""
    told = said.intent.key in TOLD_BY_CHANGE  # "this month against the same month last year"
    if told and before is None and not (said.phrases or said.periods) and (what := _WHAT_ROSE.search(said.folded)):
        return Clarify(f'What is "{what.group().split()[-1]}"? Name the account or the payee that may have changed.')
    if before is not None or told or said.phrases or said.intent.measure in NO_SUBJECT_NEEDED:
        return None
    if re.search(FLAGGED, said.folded) or looks_doubled(said.text):
        return None
    if said.intent.measure in EVERYDAY and (whom := _of_whom(said)):
        return Clarify(f'Who is "{whom}"? Name the person or the payee.')
    bare = said.folded.strip(" ?.!") in {"how much", "how many"}  # that asks what is to be added up
    if _EMPTY.search(said.folded) and not bare and not said.periods and not said.bounds.spans:
        return Clarify(f'What is "{said.text.strip()}" about? Name an account, a payee, a period, or what to add up.')
    lost = said.unknown or said.unread
    if (
        said.periods
        and said.intent.measure is None
        and not (said.bounds.spans or said.intent.sign or said.intent.flow or lost)
    ):
        return Clarify(f"What about {said.periods[0].text.strip()}? Name an account, a payee, or what to add up.")
    if lost:
        return None
    words = re.sub(
        r"\bthose (?:to|from|for|at|with|in|of|by|on|over|under|tagged)\b"
        r"|(?<=[a-z]s) that(?= \w)|\b(?:shop|place|month|year|person|company|client|customer|payment|bill) that(?= \w)"
        r"|^(?:who|which|what \w+s)\b.*\b(?:them|those|these)\b"
        r"|\b(?:customer|client|supplier|tenant|member|donor|pupil|student|shop|store|payee|people|friend)s?\b.*\bthem\b"
        r"|(?:\b(?:is|was)|'s) (?:it|that)\b(?=\s+\w)|\bthat (?:i|we|the|my)\b"
        r"|(?<=\w) that (?:(?:was|were|is|are)(?:n'?t)?|belongs?|has|had|looks?|seems?|goes|went|costs?|c[ao]me|got)\b"
        r"(?=\s+\w)"
        r"|\b(?:out of|come into|comes into) (?:it|this|that)\b",  # "leave the rent out of it"
        " ",
        said.folded,
    )
    pointed = None if stands_alone(said.understood) else _POINTING.search(words)
    if pointed and not re.search(
        r"\b(?:spen[dt]|spending|expenses|income|earn\w*|transactions?|entries|payments?|refunds?)\b", words
    ):
        return _refers(pointed.group())
    return None


def _of_whom(said: Said) -> str:
    """The word for a person where none was named before it; "" where what is said before it may be meant."""
    found = _OF_WHOM.search(said.folded)
    if found is None or said.unknown or said.unread:
        return ""
    before = (token.fold for token in tokenize(said.folded[: found.end()]))
    return found.group().split()[-1] if all(word in lexicon().grammar for word in before) else ""


def too_vague(said: Said, before: Said | None) -> Clarify | None:
    """As in "how's it looking": a model is sure that this needs asking back, and nothing is named."""
    sure = probability(said.understood, "outcome", "clarify") > REFUSING
    heard = (said.by_rules and said.by_rules.measure) or re.search(FLAGGED, said.folded)
    if before is not None or said.phrases or not sure or heard:
        return None
    return Clarify("What is to be told? Name an account, a payee, a period, or what to add up.")


def than_before(said: Said) -> Clarify | None:
    """As in "is it more than last time?" at the beginning of a conversation."""
    pointed = None if said.phrases else _THAN_BEFORE.search(said.folded)
    return _refers(pointed["what"]) if pointed else None


def _refers(word: str) -> Clarify:
    return Clarify(f'What does "{word}" refer to? Name the account, payee or period.')
