"""Names of the ledger whose words mean something else, too: a unit of time, an order, what the rows of a table are."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.intent.intents import comes_each
from ledgerqa.dialog.language.words import fold, tokenize
from ledgerqa.patterns import compiled
from ledgerqa.records import Grouping, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Linked, Phrase

_ROWS: Final = {
    Grouping.PAYEE: compiled(r"shops?|stores?|clients?|customers?"),
    Grouping.TAG: compiled(r"projects?|trips?|events?"),
}
_BY: Final = r"\b(?:by|per|each|every|which|what|top(?: \w+)?|of (?:the|my|our|all))"

# "A trip to Fenwick", "per visit to the Crown": one of the times that one was there, and no journey with a tag.
_VISIT: Final = r"\b(?P<each>per |an? |each |every )?(?:\w+ )?(?:trip|visit|run|outing|stop)s? (?:to|at) "
_HOW_MANY: Final = r"\bhow many (?:of )?(?:the |our |my |new )*"
_MADE: Final = (
    r"(?: jobs?| ones)? (?:(?:have|had|did|do) )?(?:we|i) (?:have |had )?(?:actually |now )?"
    r"(?:do|done|ma[dk]e|s[eo]ll|sold|fit(?:ted)?|buil[dt]|(?:install|finish|complet|deliver|produc|print|bak|teach|supply|supplie|repair|fix)e?d?"
    r"|taught|run|ran|give|gave|given|book|booked|play|played|buy|bought|get|got|put (?:in|up))\b"
)


def without_own_names(text: str, vocabulary: Vocabulary) -> str:
    """The text with accounts blanked out that are called by several words ("Tax Refund", "Eating Out").

    So "without the tax refund" leaves that out, and says nothing of refunds.
    """
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        for account in vocabulary.by_stem.get(token.stem, ()):
            run = tokens[at : at + len(account.leaf)]
            if len(run) > 1 and tuple(each.stem for each in run) == account.leaf:
                start, end = run[0].start, run[-1].end
                text = text[:start] + re.sub(r"\w", "x", text[start:end]) + text[end:]
    return text


def less_groups_of_names(intent: Intent, by_rules: Intent, linked: Linked, text: str) -> Intent:
    """As in "the week in the lakes", where an entry says so: no row a week, whatever a model makes of the word.

    Nor a row a month for "the club that comes out every month, what in total", or a row a shop for "shop by month",
    where an account is called so.
    """
    exact = [fold(each.words) for each in linked.phrases if each.best.how == "exact"]
    named = {word for each in exact for word in each.split()[:-1]}
    named.add(comes_each(text))
    kept = [each for each in intent.group_by if each in by_rules.group_by or each.value not in named]
    if intent.order is None:
        rows = [each for each in exact if any(_is_row(each, group) for group in kept)]
        names = [each for each in rows if not re.search(rf"{_BY} {re.escape(each)}\b", text)]
        kept = [each for each in kept if not any(_is_row(name, each) for name in names)]
    entries = intent.count_of == "payees" and by_rules.count_of != "payees" and _counts_what_was_made(linked, text)
    intent = replace(intent, group_by=tuple(kept), count_of="entries" if entries else intent.count_of)
    return _of_one_visit(intent, linked, text)


def is_only_named(tokens: Sequence[Token], free: Sequence[bool], linked: Linked) -> bool:
    """As in "society in 2025", "bills by month": what is called just so, a time, and no word of a measure."""
    if any(each.of_kind("currency") for each in linked.phrases) or "each" in {
        each.fold for each in (*tokens[:1], *tokens[-1:])
    }:
        return False  # "BTC at the end of June": its price; "bills in May, each": one by one
    named = {place for each in linked.phrases if each.best.how == "exact" for place in range(each.start, each.end)}
    rest = (token for place, token in enumerate(tokens) if free[place] and place not in named)
    return bool(named) and all(token.fold in _LITTLE for token in rest)


_LITTLE: Final = frozenset(
    "the our my for in on of at to and a an this during by per each month quarter year week".split()
)


def in_another_tongue(
    tokens: Sequence[Token], free: Sequence[bool], linked: Linked, ordinary: Callable[[str], bool] | None
) -> bool:
    """Whether words are left that are none of the language, and name nothing: no rule knows what they ask for."""
    named = {place for each in linked.phrases for place in range(each.start, each.end)}
    rest = (token for place, token in enumerate(tokens) if free[place] and place not in named)
    foreign = (each for each in rest if len(each.fold) >= _WORD and each.text.islower() and each.fold.isalpha())
    return ordinary is not None and any(not ordinary(each.fold) for each in foreign)


_WORD: Final = 4  # letters, from which on a word is told to be of a language or of none


_JOINED: Final = compiled(
    r"^(?!.*\b(?:except|without|excluding|excl|bar|minus|less|not|no|never|but|leav\w+)\b)"
    r"(?:.*\b(?:and|or|plus|vs|versus|then)\b.*|.*[,;&+/].*)$"
)


def are_several(linked: Linked, tokens: Sequence[Token], text: str) -> bool:
    """Whether names stand side by side, as in "rent and power, each", and not one beside what else is said of it."""
    for one, other in itertools.pairwise(linked.phrases):
        between = fold(text[tokens[one.end - 1].end : tokens[other.start].start])
        if one.best.values != other.best.values and len(between.split()) <= _NEAR and _JOINED.search(between):
            return True
    return False


_NEAR: Final = 5  # words from one to the next, at most


def _counts_what_was_made(linked: Linked, text: str) -> bool:
    """As in "how many kitchens did we fit", where an account is called so: the times, and not for how many people."""
    names = [re.escape(fold(each.words)) for each in linked.phrases if each.best.kind == "account"]
    return any(re.search(f"{_HOW_MANY}{name}{_MADE}", text) for name in names)


def _of_one_visit(intent: Intent, linked: Linked, text: str) -> Intent:
    """As in "what do I spend per trip to Fenwick": the average of what was spent there, and no row a tag."""
    shops = [f"(?:the |our |my )?{re.escape(fold(each.words))}" for each in linked.phrases if each.best.kind == "payee"]
    kinds = [f"(?:the|an?) {re.escape(fold(each.words))}" for each in linked.phrases if each.best.kind == "account"]
    names = (*shops, *kinds)  # "to Fenwick", "to the hairdresser", and no "trip to Rome"
    found = next((found for name in names if (found := re.search(f"{_VISIT}{name}\\b", text))), None)
    if found is None or Grouping.TAG not in intent.group_by:
        return intent
    groups = tuple(each for each in intent.group_by if each is not Grouping.TAG)
    if intent.measure is not Measure.SUM or not found["each"]:
        return replace(intent, group_by=groups)
    return replace(intent, measure=Measure.AVERAGE, per="booking", group_by=groups)


_RESULT: Final = compiled(r"\b(?:ma[kd]e|making|run|ran|running|turn(?:ed)?|post(?:ed)?|at) (?:an? |any )?(?:\w+ )?$")
_IS_RESULT: Final = compiled(r"(?:loss|losses|profits?|surplus|deficits?)$", re.IGNORECASE)


def less_what_rows_are(phrases: tuple[Phrase, ...], intent: Intent, vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """As in "spending by shop", where an account is called Shop, too: all spending, and a row a shop.

    Nor is "a loss" that is made one of the account for losses.
    """
    if intent.measure is Measure.NET_INCOME:
        phrases = tuple(each for each in phrases if not (_RESULT.search(each.lead) and _IS_RESULT.match(each.words)))
    leaves = {each.name for each in vocabulary.leaf_accounts(Root)}

    def is_row(phrase: Phrase) -> bool:
        called = any(_is_row(fold(phrase.words), group) for group in intent.group_by)
        return called and phrase.best.kind == "account" and leaves.issuperset(phrase.best.values)

    return tuple(each for each in phrases if not (re.search(rf"{_BY} $", each.lead) and is_row(each)))


def _is_row(words: str, group: Grouping) -> bool:
    return group in _ROWS and _ROWS[group].fullmatch(words) is not None
