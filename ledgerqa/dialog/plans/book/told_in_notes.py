"""What was asked, promised, agreed or done, and stands in a note: "when did I ask the bank for a payment holiday".

The words of such a question may each name an account or a payee; together they are those of one note, and no entry
has as many of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import are_forms, name_stems, stems
from ledgerqa.dialog.plans.book.filed import MOST_NOTES, spoken_words
from ledgerqa.dialog.plans.courses.developments import asks_of_change
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_FEWEST: Final = 2  # words of the question in the note itself
_MOST_OF: Final = 2 / 3  # of the words of the question, that the note and where it stands have
_SAID: Final = compiled(
    r"\b(?:asked|told|said|promised|rang|phoned|wrote|written|agreed|applied|complained|warned|spoke|mentioned"
    r"|reminded|chased|announced|threatened|replied)\b"
    r"|\b(?:did|do|does|have|has|had)(?:n'?t)? (?:[\w'&.-]+ ){1,4}?"
    r"(?:ask|tell|say|promise|ring|phone|write|agree|apply|complain|warn|speak|mention|remind|chase|announce|reply)\b"
)
_DONE: Final = compiled(
    r"^(?:and |so )*(?:when|since when|(?:on )?(?:what|which) (?:day|date)|what was the (?:day|date)) "
    r"(?:exactly )?(?:did|was|were|have|had|has)\b"
)
_MONEY: Final = compiled(
    r"\bhow (?:much|many|often)\b|\b(?:spen[dt]|pay|paid|costs?|owe[sd]?|bought|buy|sold|sell|earn\w*|total|sum|average"
    r"|last time|latest|first time|biggest|largest)\b"
)
_MAY_BE: Final = frozenset(
    {None, Measure.LIST, Measure.SUM, Measure.NOTES, Measure.EVENTS, Measure.ACCOUNTS, Measure.BALANCE, Measure.PRICE}
)


def told_in_notes(said: Said, names: Vocabulary) -> tuple[str, ...]:
    """The notes that tell what was said or done; none where the question asks for money, or entries tell as much."""
    rules = (said.by_rules or said.intent).measure
    if not names.counts["notes"] or rules not in _MAY_BE or _MONEY.search(said.folded) or asks_of_change(said.text):
        return ()
    if not (_SAID.search(said.folded) or _DONE.search(said.folded)):
        return ()
    telling = spoken_words(said)
    spoken = telling | spoken_words(said, idle=lexicon().grammar)  # "a payment holiday": an idle word tells as well
    covered: dict[str, int] = {}
    for account, comment in names.index.query(
        f"SELECT account, comment FROM notes ORDER BY entry_id LIMIT {MOST_NOTES}"
    ):
        inside = _shared(spoken, stems(comment))
        if len(inside) >= _FEWEST:
            where = {part for each in account.split(":") for part in name_stems(each)}
            covered[comment] = len(inside | _shared(spoken, where) | _booked_there(account, said, names))
    most = max(covered.values(), default=0)
    if most < _MOST_OF * len(telling) or most <= _told_otherwise(spoken, names):
        return ()
    return tuple(comment for comment, count in covered.items() if count == most)


def _shared(spoken: set[str], told: Iterable[str]) -> set[str]:
    """The words of the question that are told, in whatever form."""
    told = set(told)
    return {word for word in spoken if any(are_forms(word, other) for other in told)}


def _booked_there(account: str, said: Said, names: Vocabulary) -> set[str]:
    """The words for a payee with whom entries to that account are: "Brigstock" of a note on the loan from there."""
    payees = [(each, option) for each in said.phrases if (option := each.of_kind("payee"))]
    return {
        word
        for phrase, option in payees
        if account in names.booked.accounts_beside(mention_of(phrase, option))
        for word in stems(phrase.words)
    }


def _told_otherwise(spoken: set[str], names: Vocabulary) -> int:
    """How many of the words an entry or an event has at most."""
    rows = names.index.query(
        f"SELECT DISTINCT coalesce(payee, ''), coalesce(narration, '') FROM entries LIMIT {MOST_NOTES}"
    )
    events = (f"{kind} {text}" for kind, text, _ in names.events)
    texts = (*(f"{payee} {narration}" for payee, narration in rows), *events)
    return max((len(_shared(spoken, stems(text))) for text in texts), default=0)
