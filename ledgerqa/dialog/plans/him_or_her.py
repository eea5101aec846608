"""Somebody else: "what about her?" after what he paid is of who was spoken of before, or of the only one beside him.

Nobody asks the same of the same person again, so a bare "and her?" is of somebody else; in a sentence it is so where
the person spoken of last was called otherwise: "when did he last pay me", and then "how much has she paid".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.records import Clarify, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_HE: Final = frozenset({"he", "him", "his"})
_BARE: Final = re.compile(
    r"\W*(?:(?:ok|okay|right|thanks|thank you|cheers|and|so|but|then|now|what about|how about|what of|(?:the )?same"
    r"(?: again)? for|for|with|from)\b[,.! ]*)+(?P<who>him|her|he|she)(?:,? (?:then|please))?\W*",
    re.IGNORECASE,
)
_IN_A_SENTENCE: Final = re.compile(
    r"\b(?:(?P<subject>he|she)|(?P<object>him|her)(?=\W*$| (?:back|in|this|last|since|so far|for|altogether)\b))\b",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(r"\b(?:he|him|his|she|her|hers)\b")
_HOLDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def him_or_her(asked: str, before: Said | None, names: Vocabulary) -> str | Clarify:
    """The question with the name of who is meant, where that is somebody else than spoken of last; or asked back."""
    last = _person(before, names) if before else ""
    if before is None:
        return asked
    if not last:
        return _of_before(asked, before, names)
    bare = _BARE.fullmatch(asked)
    found = bare or _IN_A_SENTENCE.search(asked)
    if found is None:
        return asked
    word = (bare["who"] if bare else found.group()).lower()
    if not bare and _sex(last, before, names) in {"", _of(word)}:
        return asked
    other = _other(last, word, before, names)
    if not other:
        return Clarify(f'Who is "{word}"? Name the person.') if bare else asked
    if bare:
        return re.sub(rf"(?<!\w){re.escape(last)}(?!\w)", other, before.text, count=1, flags=re.IGNORECASE)
    return f"{asked[: found.start()]}{other}{asked[found.end() :]}"


def _of_before(asked: str, before: Said, names: Vocabulary) -> str | Clarify:
    """As in "and what did he put down for food", after a question on something else: who was spoken of before that."""
    found = _IN_A_SENTENCE.search(asked)
    if found is None or _BARE.fullmatch(asked) or any(_parents(each, names) for each in re.findall(r"[\w-]+", asked)):
        return asked
    who = {fold(name): name for each in _turns(before) if (name := _person(each, names))}
    word = _of(found.group().lower())
    may_be = [name for name in who.values() if _sex(name, before, names) in {"", word}]
    sure = [name for name in may_be if _sex(name, before, names) == word] or may_be
    if len(sure) > 1:
        return Clarify(f'Who is "{found.group().lower()}": {", ".join(sure)}? Name the person.')
    return f"{asked[: found.start()]}{sure[0]}{asked[found.end() :]}" if sure else asked


def _other(last: str, word: str, before: Said, names: Vocabulary) -> str:
    """Who else was spoken of, the latest first, unless called otherwise; else the only one beside; else nobody."""
    for each in _turns(before):
        name = _person(each, names)
        if name and fold(name) != fold(last) and _sex(name, before, names) in {"", _of(word)}:
            return name
    beside = {
        account.name.rpartition(":")[2]
        for over in _parents(last, names)
        for account in names.accounts
        if account.name.rpartition(":")[0] == over and account.postings and not account.closed
    }
    others = [each for each in beside if fold(each) != fold(last)]
    return others[0] if len(others) == 1 else ""


def _person(said: Said, names: Vocabulary) -> str:
    """Whom a turn is about: what stands on an account called so beside others; empty where it is about no one."""
    called = [*(each.words for each in said.phrases), *(each.value or "" for each in said.labels)]
    people = [each for each in called if _parents(each, names)]
    return people[0] if len(set(map(fold, people))) == 1 and people[0].lower() in said.text.lower() else ""


def _parents(name: str, names: Vocabulary) -> set[str]:
    """What the accounts of somebody lie below, with those of others."""
    called = fold(name).removesuffix("'s")
    over = [
        account.name.rpartition(":")[0]
        for account in names.accounts
        if account.root in _HOLDING and fold(account.name.rpartition(":")[2]) == called
    ]
    return {each for each in over if ":" in each}


def _sex(name: str, before: Said, names: Vocabulary) -> str:
    """How somebody was spoken of: "he" or "she"; empty where only by name."""
    for each in _turns(before):
        said = fold(_person(each, names)) == fold(name) and fold(name) not in fold(each.put)
        if said and (called := _CALLED.search(fold(each.put))):
            return _of(called.group())
    return ""


def _of(word: str) -> str:
    return "he" if word in _HE else "she"


def _turns(last: Said) -> Iterator[Said]:
    each: Said | None = last
    while each is not None:
        yield each
        each = each.earlier
