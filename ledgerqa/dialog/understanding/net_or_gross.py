"""What was earned, asked for again with costs taken off or not: "no, I meant net", "after costs?", "sorry, gross".

And any figure, whether it has VAT in it: "that's without VAT?", and then "and with?".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.manner import find_vat
from ledgerqa.dialog.language.words import fold
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_OPENING: Final = (
    r"\W*(?:(?:ok|okay|right|and|so|but|then|now|no|nope|sorry|oh|actually|rather|wait|i mean|i meant|i want(?:ed)?"
    r"|make (?:it|that)|what about|how about|what(?:'?s| is| was)|how much (?:is|was))\b[,.!: ]*)*"
    r"(?:(?:it|that|this|the|my|our|just|only|all|left)\b ?)*"
)
_COSTS: Final = r"(?:all )?(?:the |my |our |its |their )?(?:costs?|expenses|outgoings|expenditure)"
_END: Final = r"(?:,? (?:i mean|i meant|please|then|instead|figure|amount|number|result|one|not gross|not net))*\W*"
_NET: Final = compiled(
    rf"{_OPENING}(?:net(?: profit| income| pay| earnings)?(?: of {_COSTS})?|profits?|take[- ]?home(?: pay)?"
    rf"|(?:after|less|minus|net of) {_COSTS}(?: (?:come|are taken) off)?|with {_COSTS} (?:taken )?off){_END}",
    re.IGNORECASE,
)
_GROSS: Final = compiled(
    rf"{_OPENING}(?:gross(?: income| pay| earnings)?|turnover|before {_COSTS}|income|takings|earnings){_END}",
    re.IGNORECASE,
)
_PAY: Final = compiled(r"\b(?:salar(?:y|ies)|wages?|pay|paychecks?|payslips?|paid)\b")
_TAXED: Final = compiled(r"\b(?:vat|gst|hst|mwst|ust|tva|iva|btw|moms|sales tax)\b")
_TAX: Final = r"(?:vat|gst|hst|mwst|ust|tva|iva|btw|moms|sales tax)"
_WITHOUT: Final = r"without|excl(?:uding|usive of|\.)?|ex|net of|before|less|minus"
_WITH: Final = r"with|incl(?:uding|usive of|\.)?|inc\.?|gross of|after|plus"
_OF_VAT: Final = compiled(
    rf"{_OPENING}(?:(?:(?:is|was|are|were) )?(?:that|it|this|those|these)(?:'?s| is| was| are| were)?"
    r"(?: (?:figure|amount|number|total|sum))? ?(?:is |was )?)?"
    rf"(?:(?:{_WITH}|{_WITHOUT}|net|gross) or (?:{_WITH}|{_WITHOUT}|gross|net)|(?P<out>{_WITHOUT})|(?:{_WITH}))"
    rf" (?:the |any )?{_TAX}(?: (?:in it|on (?:it|top)|then|too|already|or not|right|included|added(?: on)?))*\W*",
    re.IGNORECASE,
)
_IN_IT: Final = compiled(
    rf"{_OPENING}(?:is|was|does|did) (?:that |it |the )*(?:have |include )?{_TAX} ?"
    r"(?:in (?:there|it|that)|included|counted in|part of (?:it|that)|on top)?(?: (?:too|already))*\W*",
    re.IGNORECASE,
)
_THE_OTHER_WAY: Final = compiled(
    r"\W*(?:(?:and|so|but|ok|okay|or)[, ]+)*(?:(?:what|how much)(?:'?s| is| was| about)? (?:it |that )?)?"
    r"(?:(?P<out>without|excluding|net)|with|including|gross)(?: (?:it|that|them))?(?:,? (?:then|please))*\W*",
    re.IGNORECASE,
)
_BARE: Final = compiled(r"\b(?:net|gross)\b(?! (?:of|profit|income|earnings))", re.IGNORECASE)
_EARNED: Final = frozenset({Measure.SUM, Measure.LIST, Measure.NET_INCOME, None})


def net_or_gross(asked: str, before: Said | None, names: Vocabulary) -> str:
    """The question in full, where what was earned was asked about; of pay, with what is taken off it."""
    if before is not None and (taxed := _of_vat(asked, before, names)):
        return taxed
    if before is None or before.intent.measure not in _EARNED or len(before.periods) > 1 or before.excluded:
        return asked
    net = _NET.fullmatch(asked) is not None
    if not net and not _GROSS.fullmatch(asked):
        return asked
    pay = any(_is_pay(each, names) for each in before.phrases) or (
        bool(_PAY.search(before.folded)) and before.intent.flow == "income" and not before.phrases
    )
    netted = before.intent.measure is Measure.NET_INCOME
    earned = netted or before.intent.flow == "income" or any(_is_earned(each, names) for each in before.phrases)
    if not (earned or pay) or (_BARE.search(asked) and not pay and _has_vat(names)):
        return asked
    about = " ".join(dict.fromkeys(each.words for each in before.phrases))
    time = before.periods[0].period.label if before.periods else ""
    if pay:
        told = f"how much was the {'net' if net else 'gross'} {about or 'pay'}"
    else:
        told = f"{about} {'profit' if net else 'income'}"
    return f"{told} {time}".strip()


def _of_vat(asked: str, before: Said, names: Vocabulary) -> str:
    """What was asked before, with or without VAT as is asked now; empty where no such thing is, or none is kept."""
    spans, side = find_vat(before.text)
    found = _OF_VAT.fullmatch(asked)
    if _IN_IT.fullmatch(asked):
        return f"{before.text.rstrip(' ?.!,')}, including VAT" if _has_vat(names) else ""
    found = found or (_THE_OTHER_WAY.fullmatch(asked) if side else None)
    if found is None or before.intent.measure not in {*_EARNED, Measure.COUNT, Measure.AVERAGE} or not _has_vat(names):
        return ""
    text = before.text
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return f"{text.rstrip(' ?.!,')}{' excluding VAT' if found['out'] else ', including VAT'}"


def _is_pay(phrase: Phrase, names: Vocabulary) -> bool:
    """Whether it names pay: an account of income called so, or the word itself."""
    best = phrase.best
    called = (
        [each for each in best.values if _PAY.search(fold(each.replace(":", " ")))] if best.kind == "account" else []
    )
    return any(names.by_name[each].root is Root.INCOME for each in called)


def _is_earned(phrase: Phrase, names: Vocabulary) -> bool:
    best = phrase.best
    return best.kind == "account" and any(names.by_name[each].root is Root.INCOME for each in best.values)


def _has_vat(names: Vocabulary) -> bool:
    """Whether net may be meant of VAT, which is kept apart here."""
    return any(_TAXED.search(fold(each.name.replace(":", " "))) for each in names.accounts)
