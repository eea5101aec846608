"""Follow-ups about money of one's own: of an account that holds money, only the verb says which way it went.

As in "how much did I transfer to savings in 2025?" and then "and in 2024?", "when was the last?", "list them": these
are of what was moved there, not of all that stands there, so the words asked with before are heard again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.dialog.linking.links import SYNONYM, of_roots
from ledgerqa.dialog.understanding.moving import MOVED, OWN, SIDES, TRANSFERS
from ledgerqa.dialog.understanding.stands_now import asks_what_stands
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_FLOWS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, Measure.AVERAGE, None})
_PAID_WITH: Final = compiled(r"\b(?:on|with|by|using|via|through|from|out of|off)(?: (?:the|my|our|a))? $")
_VERB: Final = (
    r"\b(?:c[ao]me|t[ao]ken?|took|put|paid|pay|mov(?:e|ed)|transfer(?:red)?|go|gone|went|got|get|pull(?:ed)?)"
)
_WENT_OUT: Final = compiled(rf"{_VERB}(?: \w+)? (?:back )?out\b|\bwithdr[ae]w\w*\b|\b(?:went|moved) off\b")
_PAID_OFF: Final = compiled(r"\b(?:re)?pa(?:y|id)(?: it| that)? (?:off|back|down)\b")
_WENT_IN: Final = compiled(rf"{_VERB}(?: \w+)? (?:back )?in(?=\W*$)")
_WAYS: Final = frozenset("on with by using via through from into to in of off".split())
_SMALL_WORDS: Final = compiled(
    r"\b(?:and|or|so|but|ok|okay|then|now|no|not|sorry|i|mean|meant|for|in|on|of|what|how|about|the|same|again|please|just"
    r"|only|rather|actually|that|one|before|after|previous|prior|preceding|following|next|last|earlier|later|years?|months?"
    r"|weeks?|quarters?|days?)\b"
)
_DANGLING: Final = compiled(r"(?: (?:of|in|for|on|during|from|since|at))+\W*$")
_OTHERWISE: Final = compiled(
    rf"{MOVED}|{TRANSFERS}|{SIDES}|\b(?:in|out|back|interest|balance|hold(?:s|ing)?|stands?|left)(?=\W*$)"
    r"|\b(?:spen[dt]|spending|pa(?:y|ys|id)|pays?|earn\w*|receiv\w*|costs?|bought|charged|owe[ds]?)\b"
)


def same_way(said: Said, fragment: Said, before: Said, names: Vocabulary) -> Said:
    """`said`, with the words of `before` where `fragment` has none that say which way money of one's own went."""
    if not any(is_own(each, names) for each in (*before.phrases, *said.phrases)):
        return said
    if (turned := _turned(fragment)) and not fragment.phrases:
        led = (replace(each, lead=turned) if is_own(each, names) else each for each in said.phrases)
        return replace(said, phrases=tuple(led))
    told = (fragment.by_rules or fragment.intent).flow or _OTHERWISE.search(_without_times(fragment))
    if told or not {before.intent.measure, said.intent.measure} <= _FLOWS:
        return said
    text = f"{said.text.rstrip(' ?.!')}: {_less_names(before, said)}"
    return _in_place(replace(said, text=text, phrases=_led_as_before(said, before, names)))


def at_another_time(said: Said, fragment: Said, before: Said) -> Said:
    """`said`, with the words of `before` where `fragment` has none but for a time: all else is asked as before.

    As in "net salary in 2024" and then "and in 2023?", which is of what came in, and not of all that was earned.
    """
    moved = bool(said.periods) and (bool(fragment.periods) or said.periods != before.periods)
    named = fragment.phrases or fragment.excluded or fragment.labels or said.text != fragment.text
    if not moved or named or said.intent.measure is Measure.LIST:
        return said
    if _SMALL_WORDS.sub(" ", _without_times(fragment)).strip(" ?.!,"):
        return said
    asked = _DANGLING.sub("", _less_names(before, said).rstrip(" ?.!"))
    return _in_place(replace(said, text=f"{said.text.rstrip(' ?.!')}: {asked}"))


def _in_place(said: Said) -> Said:
    """The names at the places where the words of both questions have them, which say that nothing else is named so."""
    tokens = [token.fold for token in tokenize(said.text)]

    def found(phrase: Phrase) -> Phrase:
        words = [token.fold for token in tokenize(phrase.words)]
        at = next((at for at in range(len(tokens)) if words and tokens[at : at + len(words)] == words), None)
        return phrase if at is None else replace(phrase, start=at, end=at + len(words))

    return replace(said, phrases=tuple(found(each) for each in said.phrases))


def _turned(said: Said) -> str:
    """As in "and how much came back out?" after what was put there: the way that the question itself says."""
    if _PAID_OFF.search(said.folded):
        return "pay off "
    if _WENT_OUT.search(said.folded):
        return "out of "
    return "into " if _WENT_IN.search(said.folded) else ""


def _led_as_before(said: Said, before: Said, names: Vocabulary) -> tuple[Phrase, ...]:
    """As in "and on the visa?" after "what did I spend on the amex": spent on that one, as on the other."""
    was = [each for each in before.phrases if is_own(each, names) and each not in said.phrases]
    now = [each for each in said.phrases if is_own(each, names)]
    if len(was) != 1 or len(now) != 1 or not was[0].lead.split() or not now[0].lead.strip():
        return said.phrases
    (old,), (new,) = was, now
    alike = set(old.lead.split()) & set(new.lead.split()) & _WAYS
    return tuple(replace(each, lead=old.lead) if each is new and alike else each for each in said.phrases)


def _without_times(said: Said) -> str:
    text = said.text
    for each in said.periods:
        text = text.replace(each.text, " ")
    return fold(text)


def _less_names(before: Said, said: Said) -> str:
    """What was asked before, without its times and without the names that others were put in the place of."""
    gone = [each.text for each in before.periods]
    gone += [each.words for each in before.phrases if each not in said.phrases]
    text = before.text
    for words in sorted(gone, key=len, reverse=True):
        text = text.replace(words, " ")
    return re.sub(r"\s+", " ", text).strip()


def is_own(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether it names an account that holds or owes money, and nothing that is spent or earned."""
    option = phrase.of_kind("account")
    if option is None or option.score < SYNONYM or of_roots(names, option.values, OWN) != option.values:
        return False
    return phrase.best.kind == "account" or bool(_PAID_WITH.search(phrase.lead))


def are_paid_with(said: Said, before: Said, names: Vocabulary) -> bool:
    """As in "and on the visa?" after "what did I spend on petrol": the same spending, as far as that card paid it."""
    if asks_what_stands(said):
        return False  # "and what do we owe on the house"
    spent = before.intent.flow == "spend" or any(_is_spent(each, names) for each in before.phrases)
    paid = (bool(_PAID_WITH.search(each.lead)) and is_own(each, names) for each in said.phrases)
    return spent and bool(said.phrases) and all(paid)


def _is_spent(phrase: Phrase, names: Vocabulary) -> bool:
    option = phrase.best
    return option.kind == "account" and bool(of_roots(names, option.values, (Root.EXPENSES,)))
