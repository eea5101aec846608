"""Names side by side that are one: "interest on the home loan" is one account, "train tickets" one kind of thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import name_stems, stems
from ledgerqa.dialog.linking.account_links import account_links
from ledgerqa.dialog.linking.links import Link, Phrase, narrowed, of_roots
from ledgerqa.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary

OR = compiled(
    r"\b(?:or|vs|versus|than|against|compared (?:to|with)|and|&|plus|,)\s*"
    r"(?:also |then |the |my |our |on |for |in |at )*$"
    r"|[,/:+]\s*$"
)

_COMMA = compiled(r",\s*$")
BARE_AND = compiled(r"(?:\b(?:and|or|vs\.?|versus|plus)|&) $")


def merged(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """Neighbours that together name one account: "interest on the home loan" is Home:LoanInterest."""
    result: list[Phrase] = []
    for phrase in phrases:
        last = result[-1] if result else None
        both = (*_words_of(last, vocabulary), *_words_of(phrase, vocabulary)) if last else ()
        if (
            last
            and phrase.of_kind("account")
            and last.of_kind("account")
            and not OR.search(phrase.lead)
            and (names := _holding_all(both, vocabulary))
        ):
            alone = {
                name
                for option in (*last.options, *phrase.options)
                if option.kind == "account" and option.score >= 1.0
                for name in option.values
            }
            if not alone & set(names) and not narrowed(vocabulary, last.best.values, phrase.best.values):
                link = Link("account", names, 1.0, "words")
                result[-1] = replace(last, end=phrase.end, words=f"{last.words} {phrase.words}", options=(link,))
                continue
        if last and last.end == phrase.start and _is_one_thing(last, phrase, vocabulary):
            result[-1] = replace(last, end=phrase.end, words=f"{last.words} {phrase.words}")
            continue
        result.append(phrase)
    return _with_shared_head(result, vocabulary)


def _with_shared_head(phrases: list[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """As in "house, boat and van repairs", where there are House:Repairs and Van:Repairs: not the whole house."""
    result = list(phrases)
    for place in reversed(range(len(phrases) - 1)):
        first, second = result[place], result[place + 1]
        joined = second.start - first.end <= 1 and (BARE_AND.search(second.lead) or _COMMA.search(second.lead))
        if not joined or first.best.kind != "account" or not _is_of_two_words(second, vocabulary):
            continue
        head = second.words.split()[-1]
        roots = {vocabulary.by_name[name].root for name in second.best.values}
        found = _on_path((*stems(first.words), *stems(head)), vocabulary) or _inside(first, head, vocabulary)
        names = tuple(name for name in of_roots(vocabulary, found, roots) if name not in second.best.values)
        if names and not set(stems(head)) & set(stems(first.words)):
            link = Link("account", names, 1.0, "words")
            result[place] = replace(first, words=f"{first.words} {head}", options=(link,))
    return result


def _is_of_two_words(phrase: Phrase, vocabulary: Vocabulary) -> bool:
    """Whether its first word names where the account lies, and its last one what it is: "van repairs"."""
    words = stems(phrase.words)
    if phrase.best.kind != "account" or len(words) < 2 or not stems(phrase.words.split()[-1]):
        return False
    accounts = [vocabulary.by_name[name] for name in phrase.best.values]
    return phrase.best.how in {"exact", "words"} or all(words[0] in each.path - {*each.leaf} for each in accounts)


def _inside(phrase: Phrase, head: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The accounts called by the head word that lie in what the phrase names."""
    wide = [name for link in account_links(vocabulary, stems(head), head) for name in link.values]
    return tuple(name for name in narrowed(vocabulary, phrase.best.values, wide) if name not in phrase.best.values)


def _on_path(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The accounts that are called by all of the words: Van:Repairs, Insurance:Car."""
    wanted = set(words)
    pool = (each for word in wanted for each in vocabulary.by_stem.get(word, ()))
    return tuple(sorted({each.name for each in pool if wanted <= each.path and wanted.issuperset(each.leaf)}))


def _words_of(phrase: Phrase, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of its words; of the account's own name, where that is called otherwise ("house loan": Mortgage)."""
    if phrase.best.kind == "account" and phrase.best.how == "synonym" and len(phrase.best.values) == 1:
        return name_stems(vocabulary.by_name[phrase.best.values[0]].component)
    return stems(phrase.words)


def _is_one_thing(first: Phrase, second: Phrase, vocabulary: Vocabulary) -> bool:
    """As in "train tickets": two accounts' names in a row that together are a word for what the first is of."""
    both = lexicon().groups_of((*stems(first.words), *stems(second.words)))
    if not both or first.best.kind != "account" or second.best.kind != "account":
        return False
    named = (vocabulary.by_name[name].component for name in first.best.values)
    return all(both & lexicon().groups_of_name(component)[0] for component in named)


def _holding_all(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    wanted = set(words)
    rarest = min(wanted, key=lambda word: len(vocabulary.by_stem.get(word, ())))
    return tuple(
        each.name
        for each in vocabulary.by_stem.get(rarest, ())
        if wanted <= each.path and len(wanted.intersection(each.leaf)) > 1
    )
