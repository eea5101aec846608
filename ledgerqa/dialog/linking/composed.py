"""Two words of the question that one name of another language says together: "semester fee" for Semesterbeitrag.

Each word is put into a language of the ledger by itself, so that no list needs to know the whole: "parking fees" are
Parkgebühren, "dog tax" is Hundesteuer, "phone bill" is FacturaTelefono.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.dictionary import parts_of
from ledgerqa.dialog.language.words import name_stems
from ledgerqa.dialog.linking.links import TWO_WORDS, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary

    Words = tuple[str, ...]

_JOINTS: Final = ("", "s", "n", "en", "es", "er", "e", "ens")
_LONGEST: Final = 4  # words of a phrase that one name may say
_SHORTEST_PART: Final = 3
# Small words between the parts of a name: SeguroDoCarro.
_SMALL: Final = frozenset("de del la do da dos das di du des der die van il lo le".split())


def composed_links(vocabulary: Vocabulary, words: Words) -> list[Link]:
    """The accounts whose last component says, part by part, what the words do in a language of the ledger."""
    if not vocabulary.tongues or not 1 < len(words) <= _LONGEST:
        return []
    paid_for = without_head(words)  # "casa payments", where Casa itself is an account: no ContaCasa
    if paid_for and any(each.leaf == paid_for for each in vocabulary.by_stem.get(paid_for[0], ())):
        return []
    parted = list(_told(words, vocabulary))
    names = [
        account.name
        for account in vocabulary.accounts
        if account.leaf != words and any(_says(account.leaf, first, last) for first, last in parted)
    ]
    return [Link("account", tuple(sorted(names)), TWO_WORDS, "synonym")] if names else []


def composed_tags(vocabulary: Vocabulary, words: Words) -> tuple[str, ...]:
    """The tags that say so, their years aside: "rehearsal weekend" for #probenwochenende."""
    if not vocabulary.tongues or not 1 < len(words) <= _LONGEST:
        return ()
    parted = list(_told(words, vocabulary))
    told = {tag: tuple(part for part in name_stems(tag) if not part.isdigit()) for tag in vocabulary.tags}
    return tuple(tag for tag, parts in told.items() if any(_says(parts, *each) for each in parted))


def without_head(words: Words) -> Words:
    """As in "university fees" for the university: what a word for any payment is paid for; none where it is none.

    >>> without_head(("university", "fee")), without_head(("university", "book"))
    (('university',), ())
    """
    return words[:-1] if len(words) > 1 and words[-1] in _PAYMENTS and not set(words[:-1]) & _ARTICLES else ()


_PAYMENTS: Final = frozenset({"fee", "charge", "cost", "expense", "bill", "payment"})


def _told(words: Words, vocabulary: Vocabulary) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """What the first and the last part of the phrase are called, for each language and each way to part it.

    The first part may be the same word there: "semester".
    """
    for at in range(1, len(words)):
        for tongue in sorted(vocabulary.tongues):
            first, last = parts_of(words[:at], tongue), parts_of(words[at:], tongue)
            own = {words[0]} if at == 1 and len(words[0]) > _SHORTEST_PART else set()
            if last and (first or own):
                yield first | own, last


def _says(leaf: Words, first: frozenset[str], last: frozenset[str]) -> bool:
    """Whether a name consists of one of each, run together or side by side in either order."""
    told = [part for part in leaf if part not in _SMALL]
    if len(told) == 2 and ((told[0] in first and told[1] in last) or (told[1] in first and told[0] in last)):
        return True
    return len(told) == 1 and any(
        told[0].endswith(end) and len(end) >= _SHORTEST_PART and _begins(told[0].removesuffix(end), first)
        for end in last
    )


def _begins(head: str, first: frozenset[str]) -> bool:
    """Whether it is one of the words, as the first part of a compound: Miet-, Hunde-, Wohnungs-."""
    return any(
        head in {f"{form}{joint}" for joint in _JOINTS}
        for each in first
        for form in {each, each.removesuffix("e")}
        if len(form) >= _SHORTEST_PART
    )


_DONE: Final = {"serviced": "service", "repaired": "repair", "insured": "insurance", "cleaned": "cleaning"}


def turned(words: Words) -> Words:
    """As in "insurance of the car": the car insurance; none where no "of" stands between, and nothing was done.

    >>> turned(("ticket", "of", "the", "train")), turned(("car", "serviced"))
    (('train', 'ticket'), ('car', 'service'))
    """
    if len(words) > 1 and words[-1] in _DONE and not set(words[:-1]) & _ARTICLES:
        return (*words[:-1], _DONE[words[-1]])
    if "of" not in words[1:-1]:
        return ()
    at = words.index("of")
    after = tuple(word for word in words[at + 1 :] if word not in _ARTICLES)
    return (*after, *words[:at]) if after and not set(words[:at]) & _ARTICLES and "of" not in after else ()


_ARTICLES: Final = frozenset({"the", "a", "an", "my", "our", "this"})
