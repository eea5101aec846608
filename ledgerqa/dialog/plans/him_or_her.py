"""Somebody else: "what about her?" after what he paid is of who was spoken of before, or of the only one beside him.

Nobody asks the same of the same person again, so a bare "and her?" is of somebody else; in a sentence it is so where
the person spoken of last was called otherwise: "when did he last pay me", and then "how much has she paid".  Of whom
the books keep the pay, a sentence that asks for something new is of the same person: "and how much tax did he pay?".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.understanding.earners import earners
from ledgerqa.dialog.understanding.named_again import at_the_same_time
from ledgerqa.patterns import compiled
from ledgerqa.records import Clarify, Root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

_HE: Final = frozenset({"he", "him", "his"})
_BARE: Final = compiled(
    r"\W*(?:(?:ok|okay|right|thanks|thank you|cheers|and|so|but|then|now|what about|how about|what of|(?:the )?same"
    r"(?: again)? for|for|with|from)\b[,.! ]*)+(?P<who>him|hers?|his|he|she)(?:,? (?:then|please))?\W*",
    re.IGNORECASE,
)
_IN_A_SENTENCE: Final = compiled(
    r"\b(?:(?P<subject>he|she)|(?P<object>him|her)(?=\W*$| (?:back|in|this|last|since|so far|for|altogether)\b))\b",
    re.IGNORECASE,
)
_OF_THEIRS: Final = compiled(r"\b(?P<of>his|her)\b(?=(?: own)? [a-z])", re.IGNORECASE)
_SMALL: Final = frozenset(
    "and so but ok okay then now what about how much many did does do has have had in for the same".split()
)
_CALLED: Final = compiled(r"\b(?:he|him|his|she|her|hers)\b")
_HOLDING: Final = frozenset({Root.ASSETS, Root.LIABILITIES})


def him_or_her(asked: str, before: Said | None, names: Vocabulary) -> str | Clarify:
    """The question with the name of who is meant, where that is somebody else than spoken of last; or asked back."""
    last = _person(before, names) if before else ""
    if before is None:
        return asked
    bare = _BARE.fullmatch(asked)
    if not last:
        return (
            _of_before(asked, before, names) if bare is None else Clarify(f'Who is "{bare["who"].lower()}"? Name them.')
        )
    if not bare and fold(last) in earners(names):
        return _of_an_earner(asked, last, before, names)
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
        return _put_for(last, other, before)
    return f"{asked[: found.start()]}{other}{asked[found.end() :]}"


def _put_for(last: str, other: str, before: Said) -> str:
    """What was asked of the one, asked of the other."""
    return re.sub(rf"(?<!\w){re.escape(last)}(?!\w)", other, before.text, count=1, flags=re.IGNORECASE)


def _of_an_earner(asked: str, last: str, before: Said, names: Vocabulary) -> str:
    """As in "and how much tax did he pay?": he who was spoken of, unless it asks for nothing new; at that time."""
    found = _OF_THEIRS.search(asked) or _IN_A_SENTENCE.search(asked)
    if found is None or any(fold(each) in fold(asked).split() for each in earners(names)):
        return asked
    word = found.group().lower()
    new = set(fold(asked).strip(" ?.!").split()) - _SMALL - {word}
    other = _other(last, word, before, names)
    nothing_new = not new - set(fold(before.put or before.text).strip(" ?.!").split())
    if other and nothing_new:
        return _put_for(last, other, before)
    who = other if other and _sex(last, before, names) not in {"", _of(word)} else last
    owns = found.re is _OF_THEIRS
    told = f"{asked[: found.start()]}{who}{chr(39) + 's' if owns else ''}{asked[found.end() :]}"
    return at_the_same_time(told, before)


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
    paid = [each for each in earners(names).get(fold(last), ()) if fold(each) != fold(last)]
    if len(paid) == 1:
        return paid[0]
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
    paid = earners(names)
    called = [
        re.sub(r"^([^\W\d_]+)['’]s\b.*", lambda at: at[1] if fold(at[1]) in paid else at[0], each) for each in called
    ]
    people = [each for each in called if _parents(each, names) or fold(each) in paid]
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
