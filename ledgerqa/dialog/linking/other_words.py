"""Words that stand nowhere in the ledger, looked for under what they are called in other words, or languages.

"The laptop" of a ledger kept in Spanish is a "portátil"; "specs" are glasses.  `nouns.toml` says which words mean the
same.  It needs no model, and is asked before the search by meaning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from ledgerqa.dialog.language.called_otherwise import Words, called_otherwise, false_friends, tags_called
from ledgerqa.dialog.language.dictionary import concepts_of
from ledgerqa.dialog.language.words import tokenize, unaccented
from ledgerqa.dialog.linking.links import EXACT_TAG, NARRATION_PART, PAYEE_PART, SYNONYM, Link, Phrase, text_link
from ledgerqa.records import Filters, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.texts import Text
    from ledgerqa.dialog.language.vocabulary import Vocabulary

MOST_TEXTS: Final = 60  # of more, the word is too common there to mean anything
_AROUND: Final = frozenset(
    "new old first last own second used whole big small stuff thing cost price fee bill charge expense payment victim"
    " relief aid appeal fund help helping".split()
)
MOSTLY: Final = 0.5  # the share of somebody's bills that say so, from which all of them count
# Whose a thing is need not stand with it: the dog has a name of its own.
_OWNERS: Final = frozenset(
    "dog cat pet horse pony hen chicken kid child children baby son daughter wife husband mum mom dad mother"
    " father brother sister boy girl van car bike house flat".split()
)
_SHORT: Final = 5  # letters up to which a word must stand by itself
_LONG: Final = 7  # letters from which a word may begin a longer one


def in_other_words(lost: str, names: Vocabulary) -> tuple[tuple[Phrase, ...], str] | None:
    """The lost words as phrases that name what they are called in this ledger, with a note; None where too few are.

    Words that mean nothing here must be fewer than those that do.
    """
    written = tokenize(lost)
    spoken = tuple(each.stem for each in written)
    found: list[Phrase] = []
    read: set[int] = set()
    for start, end, meant in _concepts(spoken, names):
        if (end - start > 1 or spoken[start] not in _AROUND) and (options := _options(meant, names)):
            found.append(Phrase(start, end, " ".join(each.text for each in written[start:end]), options))
    found = _together(found, names)
    for each in found:
        read.update(range(each.start, each.end))
    rest = [word for at, word in enumerate(spoken) if at not in read and word not in _AROUND | _OWNERS]
    if not found or len(rest) >= len(read):
        return None
    shown = "; ".join(f"{each.words} = {', '.join(each.best.values[:3])}" for each in found)
    unread = f"; not read: {', '.join(rest)}" if rest else ""
    return tuple(found), f"“{lost}” stands nowhere in the ledger; taken for {shown}{unread}"


def in_another_tongue(phrase: Words, names: Vocabulary) -> tuple[Link, ...]:
    """What bears the exact translation of a phrase: "social security" for Seguridad Social, "desk" for Schreibtisch.

    Of several words neither is then taken by itself for what happens to bear it.
    """
    return _options(_Meant(_exact(phrase, names)), names) if len(phrase) > 1 or phrase[0] not in _AROUND else ()


_TELLING: Final = ("tag", "account", "narration", "payee")


def _together(found: Sequence[Phrase], names: Vocabulary) -> list[Phrase]:
    """All of them where an entry bears all; else the most telling, of two alike the later: "the dog's operation"."""
    if len(found) < 2 or names.booked.meets(_all_of(found)):
        return list(found)
    return [min(reversed(found), key=lambda each: _TELLING.index(each.best.kind))]


def _all_of(found: Sequence[Phrase]) -> Filters:
    accounts = [name for each in found if each.best.kind == "account" for name in each.best.values]
    tags = [name for each in found if each.best.kind == "tag" for name in each.best.values]
    texts = [each.best for each in found if each.best.kind not in {"account", "tag"}]
    mentions = tuple(
        Mention("", each.values if each.kind == "payee" else (), each.values if each.kind == "narration" else ())
        for each in texts
    )
    return Filters(accounts=tuple(accounts), mentions=mentions, tags=tuple(tags))


def _concepts(spoken: Words, names: Vocabulary) -> list[tuple[int, int, _Meant]]:
    """Where known words stand, the longest first from the left, and what means the same, the closest first."""
    found = []
    at = 0
    while at < len(spoken):
        runs = ((n, _meant(spoken[at : at + n], names)) for n in range(min(4, len(spoken) - at), 0, -1))
        length, meant = next(((n, meant) for n, meant in runs if any(meant)), (0, _Meant()))
        if length:
            found.append((at, at + length, meant))
        at += length or 1
    return found


class _Meant(NamedTuple):
    """What means the same: exact translations into the languages of the ledger, and the lines of a word."""

    exact: tuple[frozenset[Words], ...] = ()
    lines: tuple[frozenset[Words], ...] = ()


def _meant(phrase: Words, names: Vocabulary) -> _Meant:
    foreign = frozenset() if names.tongues_told else false_friends() - {phrase}
    return _Meant(_exact(phrase, names), tuple(each - foreign for each in called_otherwise().get(phrase, ())))


def _exact(phrase: Words, names: Vocabulary) -> tuple[frozenset[Words], ...]:
    concepts = concepts_of(phrase)
    exact = tuple(each.called(names.tongues_told) for each in concepts) if concepts else ()
    return tuple(each for each in exact if each)


def _options(meant: _Meant, names: Vocabulary) -> tuple[Link, ...]:
    """The accounts, payees and narrations that bear one of the words of the closest group of which any does."""
    groups = (*((group, False) for group in meant.exact), *((group, True) for group in meant.lines))
    return next((options for group, wider in groups if (options := _named(sorted(group), names, wider=wider))), ())


def _named(phrases: Sequence[Words], names: Vocabulary, *, wider: bool) -> tuple[Link, ...]:
    """What bears one of the phrases; `wider`: of whom most bills say so, all of them."""
    options: list[Link] = []
    if tags := tags_called(phrases, names.tags):
        options.append(Link("tag", tags, EXACT_TAG, "synonym"))
    if accounts := _accounts(phrases, names):
        options.append(Link("account", accounts, SYNONYM, "synonym"))
    texts = names.texts([_pattern(phrase) for phrase in phrases])
    for kind, score in (("payee", PAYEE_PART - 0.1), ("narration", NARRATION_PART)):
        same = [each for each in texts if each.kind == kind]
        if not 0 < len(same) <= MOST_TEXTS:
            continue
        if wider and kind == "narration" and (whole := _who_bills(same, names)):
            options.append(Link("payee", whole, score + 0.01, "synonym"))
        options.append(text_link(same, score, "synonym"))
    return tuple(options)


def _who_bills(said: Sequence[Text], names: Vocabulary) -> tuple[str, ...]:
    """The payees of whom most bills say so: then all of them are meant."""
    share: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for by_payee in names.booked.billed({each.value for each in said}).values():
        for payee, (times, of) in by_payee.items():
            share[payee] = [share[payee][0] + times, of]
    if not share or not all(payee and MOSTLY * of <= times for payee, (times, of) in share.items()):
        return ()
    return tuple(share)


def _accounts(phrases: Sequence[Words], names: Vocabulary) -> tuple[str, ...]:
    """Accounts of income or expenses, else any, whose last component is one of the phrases."""
    wanted = set(phrases)
    called = [each for each in names.accounts if tuple(map(_bare, each.leaf)) in wanted or each.leaf in wanted]
    flows = [each for each in called if each.root in {Root.INCOME, Root.EXPENSES}]
    return tuple(sorted(each.name for each in flows or called))


def _bare(word: str) -> str:
    return unaccented(word)


def _pattern(phrase: Words) -> str:
    """A pattern over folded text: whole words with a short ending; a long word may begin a compound."""
    last = unaccented(phrase[-1])
    ending = "" if len(last) < _SHORT - 1 else "[a-z]*" if len(last) >= _LONG else "[a-z]{0,2}"
    inner = r"[^a-z0-9]+".join([*(re.escape(unaccented(word)) + "[a-z]{0,2}" for word in phrase[:-1]), re.escape(last)])
    return rf"\b{inner}{ending}\b"


def is_for(phrase: Phrase, names: Vocabulary) -> bool:
    """As in "new tyres for the car": what one owns, for which something was bought that says no such name."""
    standing = {Root.ASSETS, Root.LIABILITIES}
    owned = phrase.best.kind == "account" and all(names.by_name[name].root in standing for name in phrase.best.values)
    return owned and bool(re.search(r"\bfor (?:the |my |our )?$", phrase.lead))
