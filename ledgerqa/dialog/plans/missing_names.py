"""What a question asks for and the ledger does not have: a name that stands nowhere, or no subject at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.flags import FLAGGED
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.links import PAYEE_PART
from ledgerqa.dialog.plans.cash.settlements import asks_of_deductions
from ledgerqa.dialog.plans.pointing import NO_SUBJECT_NEEDED
from ledgerqa.dialog.understanding.refusals import EXAMPLES
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_WHOLE: Final = frozenset({Measure.NET_WORTH, Measure.NET_INCOME, Measure.INCOME_STATEMENT, Measure.BALANCE_SHEET})
_MONEY: Final = frozenset({"cash", "money", "funds"})
_OURS: Final = frozenset("household family business company firm practice".split())  # what these cost is all there is
_PEOPLE: Final = compiled(r"(?:(?:house|flat|room|class|team)mate|member|friend|person|people|colleague|neighbou?r)s?")


def missing(said: Said, names: Vocabulary) -> Refusal | None:
    """A name that stands nowhere in the ledger; or no subject at all where one is needed."""
    if said.unknown:
        whole = said.intent.measure in _WHOLE or (said.intent.measure is not None and _acts(said.unknown, said, names))
        if whole and not said.phrases and _owners(said):
            return None
        if said.intent.measure is Measure.BALANCE and all(fold(word) in _MONEY for word in said.unknown):
            return None  # "how much cash do we have", where it lies in a bank
        if said.intent.key == "shared" and all(_PEOPLE.fullmatch(fold(word)) for word in said.unknown):
            return None  # "what does each housemate owe"
        return _nothing_called(" ".join(said.unknown), names, said)
    if (counted := _OF_EACH.search(said.folded)) and counted[1] in {fold(each) for each in said.unread}:
        return _nothing_called(counted[1], names)
    idle = said.intent.flow and _acts(said.unread, said, names) and _owners(said)
    if said.unread and not idle and not said.phrases and said.intent.measure not in NO_SUBJECT_NEEDED:
        return _nothing_called(" ".join(said.unread[:3]), names)
    if (
        said.intent.measure is None
        and not said.phrases
        and not said.bounds.spans
        and not said.intent.sign
        and not (said.intent.order and said.by_rules and said.by_rules.measure)  # "the latest invoice"
        and not re.search(FLAGGED, said.folded)
        and not asks_of_deductions(said.text)
    ):
        return Refusal("This ledger holds nothing that answers this question.", EXAMPLES)
    return None


# "How many spokes per wheel", where wheels are booked: of spokes nothing is known.
_OF_EACH: Final = compiled(
    r"\bhow many (\w+)\b.*\b(?:per|in each|to each) (?!day|week|month|quarter|year|visit|time|entry|person|head)\w"
)


_AFTER_IT: Final = (
    r"(?:did|do|does|have|has|had|is|are|was|were|can|in|on|at|for|from|to|per|with|without|over|under|above|below|i|we"
    r"|he|she|they|you|it|last|this|since|during|between|there|my|our|the|a|an|each|every|more|less|and|or|so|that|which"
    r"|went|came|come|go|made|by|before|after|until|ever)"
)
_HOW_MANY: Final = compiled(rf"\bhow many (?!of\b)(?P<what>(?:(?!{_AFTER_IT}\b)[a-z'-]+ ?){{1,4}})")
_BOOKED: Final = compiled(
    r"\b(?:entry|entries|transactions?|payments?|purchases?|postings?|bookings?|expenses?|expenditures?|costs?|outgoings?"
    r"|debits?|credits?|charges?|bills?|invoices?|receipts?|records?|items?|things?|times?|lines?|rows?|deposits?"
    r"|withdrawals?|transfers?|orders?|movements?|operations?|occasions?|visits?|buys?|incomes?|earnings|paychecks?"
    r"|paycheques?|payslips?|paydays?|refunds?|fees?|sales?|ones?|amounts?|txns?|trans|spendings?|people|persons?)\b"
)


def nothing_to_count(said: Said, names: Vocabulary) -> Refusal | None:
    """As in "how many shifts did I do", of which no entry tells: all entries there are would be no answer."""
    found = _HOW_MANY.search(said.folded)
    if found is None or said.earlier is not None or _BOOKED.search(found["what"]):
        return None
    return _nothing_called(found["what"].strip(), names)


def of_a_longer_name(said: Said, names: Vocabulary) -> Refusal | None:
    """As in "the receipt for the washing machine", where only "cash machine" is booked."""
    for phrase in said.phrases:
        word = re.search(r"(\w[\w-]*) $", phrase.lead)
        loose = phrase.best.kind in {"payee", "narration"} and phrase.best.score < PAYEE_PART
        if loose and word and any(fold(each) == word.group(1) for each in said.unknown):
            return _nothing_called(f"{word.group(1)} {phrase.words}", names)
    return None


def _acts(words: Sequence[str], said: Said, names: Vocabulary) -> bool:
    """Whether whoever keeps the books does what is asked about ("did the choir spend"), and is no name to look for."""
    led = r"\b(?:do|does|did|has|have|had|is|was|are|were|can|could)(?: the| our| my)? "
    did = (
        r" (?:has |have |had )?(?:spent|spends|earned|earns|made|makes|paid|pays|owe[sd]|owns|took|raised|saved|lost)\b"
    )
    bought = r"(?! (?:costs?|comes? to)\b)"  # "what did the band cost us": hired, and not us
    ours = _OURS | set(fold(names.index.ledger.title).split())
    acting = [(re.escape(word), "" if word in ours else bought) for word in map(fold, words)]
    return all(re.search(rf"{led}{word}\b{no}|\b(?:the|our|my) {word}{did}", said.folded) for word, no in acting)


def _owners(said: Said) -> bool:
    """Whether what found no name is only a word for whoever keeps the books ("the net worth of the choir")."""
    return all(fold(word) in lexicon().owners for word in (*said.unknown, *said.unread))


def _nothing_called(words: str, names: Vocabulary, said: Said | None = None) -> Refusal:
    near = names.nearest(words)
    offered = tuple(f"How much did I spend on {each}?" for each in near[:3])
    rest = _without_unknown(said) if said is not None and said.phrases else ""
    if said is not None and rest and len(_BARE.findall(rest)) == len(_BARE.findall(said.text)):
        offered = (rest, *offered[:2])
    return Refusal(f'Nothing in this ledger is called "{words}".', offered or EXAMPLES, words)


# Articles that nothing follows that they could belong to: "did the [greenhouse] cost more than the vet".
_BARE: Final = compiled(
    r"\b(?:the|my|our|an?|his|her|their)\s+(?:(?:costs?|than|versus|vs|and|or|in|on|at|is|was|were|did|do|does|for|from"
    r"|per|by|to|since|come|came|bring|brought|earn(?:ed)?|pay|paid)\b|[?.,;!]|$)",
    re.IGNORECASE,
)


def _without_unknown(said: Said) -> str:
    """As in "the kitchen renovation" where there is a renovation: the question without the word that is no name."""
    words = "|".join(re.escape(word) for word in said.unknown)
    led = r"(?:\b(?:at|from|by|with|for|on|in|to|of)\s+(?:(?:the|my|our|a|an|this|that)\s+)?)?"
    return re.sub(rf"\s*{led}\b(?:{words})\b(?=\W*$)|\s*\b(?:{words})\b", "", said.text).strip()
