"""Questions of what something costs (or brings) each time: "what's our rent", "how much do I pay for Netflix"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import Intent
from ledgerqa.dialog.language.words import fold, is_plural
from ledgerqa.dialog.linking.links import SYNONYM
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Measure, Order, Root

if TYPE_CHECKING:
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.said import Said

_CHARGES: Final = compiled(
    r"(?:what|how much) (?:do|does) ([\w .&'-]+?) charge(?: (?:me|us))?"
    r"(?: (?:now|nowadays|these days|today|currently|at the moment|at present|right now|a month|per month|a year))*"
    r"[?.! ]*"
)
_WHATS: Final = compiled(
    r"(?:what(?:'?s| is)|how (?:much|high|big) is) (?:(?:my|our|the) )?"
    r"((?:(?<=my )|(?<=our )|(?<=the )|[\w-]+'s )[\w -]+?)[?.! ]*"
)
_PAYING: Final = compiled(
    r"(?:and |so )?(?:(?:what|how much) (?:do|am) (?:i|we) (?:usually |normally |currently )?pay(?:ing)? (?:for|to)"
    r"|(?:what|how much) (?:does|is)) "
    r"(?:(?:my|our|the|an?) )?([\w .&'*-]+?)(?: cost(?: me| us)?)?[?.! ]*"
)


def last_of_it(said: Said, names: Vocabulary) -> Said:
    """The question as one for the latest entry, where it asks what something is each time."""
    if not whats_my(said, names):
        return said
    return replace(said, intent=Intent(Measure.LIST, order=Order("date", descending=True), single=True))


def whats_my(said: Said, names: Vocabulary) -> bool:
    """As in "what's our rent": what is paid (or earned) each time, so what it came to last."""
    if len(said.phrases) != 1:
        return False
    (phrase,) = said.phrases
    if (charging := _CHARGES.fullmatch(said.folded)) and phrase.best.kind == "payee":
        return phrase.best.how == "exact" and fold(phrase.words) == charging.group(1)
    summed = (said.by_rules or said.intent).measure in {Measure.SUM, None}
    if not summed or said.periods or is_plural(phrase.words):
        return False
    words, paying = _WHATS.fullmatch(said.folded), _PAYING.fullmatch(said.folded)
    if paying and fold(phrase.words) == paying.group(1) and _is_steady(phrase, names):
        return True
    if words is None or phrase.best.kind != "account" or phrase.best.score < SYNONYM:
        return False
    flow = all(names.by_name[name].root in {Root.INCOME, Root.EXPENSES} for name in phrase.best.values)
    return flow and fold(phrase.words) == words.group(1)


_TWICE: Final = 2


def _is_steady(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "how much is a haircut", "what do I pay for Netflix": it cost the same the last two times.

    Groceries have no price: of them it is asked what they come to.
    """
    if phrase.best.kind == "account":
        filters = Filters(accounts=phrase.best.values)
    elif phrase.best.kind in {"payee", "narration"}:
        filters = Filters(mentions=(mention_of(phrase, phrase.best),))
    else:
        return False
    paid = [amount for _, amount in names.booked.charges(filters, None, None)[-_TWICE:]]
    return len(paid) == _TWICE and paid[0] == paid[1]
