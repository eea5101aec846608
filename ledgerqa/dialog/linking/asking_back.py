"""When a name has several readings whose figures differ and none is named exactly: a question back, with choices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, is_plural, name_stems, stems
from ledgerqa.dialog.linking.links import ACCOUNT_PART, Link, Phrase
from ledgerqa.dialog.linking.modified import are_in_a_row
from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify, Filters, Grouping, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.said import Said

MOST_CHOICES = 8
_THEIR_ACCOUNT = compiled(r"\w's account$")
_PLACED = compiled(r"\b(?:in|of|at|on|near)(?: the)? $")
_TOGETHER = compiled(r"\b(?:all|total|altogether|together|combined|overall|each|every|sum)\b")
_IN_ALL = r"(?:income|earnings|costs|spending|expenses|payments)"
_PAIR = 2
_COMPARABLE = 0.2  # the share of entries, beside those of the commonest, that makes a reading one that may be meant
_SINGULAR_TRIP = compiled(r"\btrips\b|\bholidays\b|\bvacations\b|\ball\b|\beach\b|\bevery\b")


def ambiguous(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    """A question back, where the name stands for several things whose figures differ and none is named exactly."""
    if option.kind == "payee" and option.how not in {"exact", "meaning"}:
        return _which_payee(said, phrase, option, vocabulary)
    if option.kind == "account" and (asked := _which_of_theirs(said, phrase, option, vocabulary)):
        return asked
    if option.kind == "account" and option.how in {"words", "exact", "synonym"} and option.score <= ACCOUNT_PART:
        return _which_account(said, phrase, option, vocabulary)
    return None


def _which_payee(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    keys: dict[tuple[str, ...], str] = {}
    for payee in option.values:
        keys.setdefault(tuple(word for word in stems(payee) if not any(letter.isdigit() for letter in word)), payee)
    asked = stems(phrase.words)
    if len(keys) < 2 or _is_their_place(said, phrase, option):
        return None
    generic = all(word in lexicon().places or lexicon().groups_of((word,)) for word in asked)
    starting = len({key[: _end_of(asked, key)] for key in keys}) == 1
    plural = is_plural(phrase.words)
    if starting and not generic and _are_namesakes(said, phrase, tuple(keys.values()), vocabulary):
        return asking(said.text, phrase.words, list(keys.values()), "payee")
    if plural or (starting and not generic) or Grouping.PAYEE in said.intent.group_by:
        return None
    return asking(said.text, phrase.words, list(keys.values()), "payee")


def _is_their_place(said: Said, phrase: Phrase, option: Link) -> bool:
    """As in "at Kestrel in Hull" for "Kestrel Hull", where "Hull Ferries" is another payee: both words are its own."""
    others = (each.best for each in said.phrases if each.end < phrase.start and each.best.kind == "payee")
    return bool(_PLACED.search(phrase.lead)) and any(set(each.values) & set(option.values) for each in others)


def _are_namesakes(said: Said, phrase: Phrase, payees: Sequence[str], vocabulary: Vocabulary) -> bool:
    """As in "Kestrel" for a surgery that pays invoices and a bank that savings lie at: no chain of shops.

    What is booked to them lies on different accounts, and not on the same side, whichever way the question looks.
    """
    if len(said.phrases) != 1 or said.intent.measure is not Measure.SUM or said.intent.group_by or said.intent.compare:
        return False
    named = [Mention(phrase.words, payees=(each,)) for each in payees]
    root = {"spend": Root.EXPENSES, "income": Root.INCOME}.get((said.by_rules or said.intent).flow or "")
    if root:
        often = [vocabulary.booked.roots_touched(Filters(mentions=(each,))).get(root, 0) for each in named]
        named = [each for each, count in zip(named, often, strict=True) if count >= _COMPARABLE * max(often)]
    touched = [vocabulary.booked.accounts_beside(each) for each in named]
    sides = {frozenset(each.values()) for each in touched}
    names = [name for each in touched for name in each]
    return len(touched) > 1 and len(sides) == len(touched) and len(set(names)) == len(names)


def _end_of(words: tuple[str, ...], key: tuple[str, ...]) -> int:
    """Where the words end in a payee's, as a bank writes it: "CRD" stands before the shop, its branch behind."""
    begins = (at for at in range(len(key)) if key[at : at + len(words)] == words)
    return next(begins, 0) + len(words)


def _which_account(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    """Several accounts of which only a part of the name was said, below one parent, and one thing is asked for."""
    if len(option.values) < 2 or said.intent.group_by or (option.how == "synonym" and option.score > 0.7):
        return None
    parents = {name.rpartition(":")[0] for name in option.values}
    plural = is_plural(phrase.words)
    accounts = [vocabulary.by_name[name] for name in option.values if name in vocabulary.by_name]
    if plural or len(parents) > 1 or len({account.root for account in accounts}) > 1:
        return None
    if phrase.lead.endswith(("how much ", "which ")) or re.search(
        rf"\b{re.escape(fold(phrase.words))} {_IN_ALL}\b", said.folded
    ):
        return None  # "how much pension did we get", "our pension income": of whatever kind
    if said.intent.measure in {Measure.BALANCE, Measure.HOLDINGS, Measure.ACCOUNTS}:
        return None
    return asking(said.text, phrase.words, list(option.values), "account")


def _which_of_theirs(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    """As in "the balance on Ada's account", who has several: their sum is no account, and each of them may be meant."""
    if said.intent.measure is not Measure.BALANCE or said.intent.group_by or said.intent.key:
        return None
    if not _THEIR_ACCOUNT.search(fold(phrase.words).replace("’", "'")) or _TOGETHER.search(said.folded):
        return None
    tops = tuple(f"{name}:" for name in option.values)
    theirs = [
        each.name
        for each in vocabulary.leaf_accounts((Root.ASSETS,))
        if each.name.startswith(tops) and each.postings and not each.closed
    ]
    return asking(said.text, phrase.words, theirs, "account") if len(theirs) > 1 else None


def of_nothing_there(said: Said, chosen: Sequence[tuple[Phrase, Link]], vocabulary: Vocabulary) -> Clarify | None:
    """As in "dog insurance", where insurance is kept for the cars alone: the dog and all insurance are no answer."""
    named = [each for each in chosen if each[1].kind == "account"]
    if len(named) != len(chosen) or len(named) != _PAIR or said.intent.compare or said.excluded:
        return None
    (first, whole), (second, other) = named
    if (
        not are_in_a_row(named[0], named[1], said.folded, vocabulary)
        or said.intent.group_by
        or _TOGETHER.search(said.folded)
    ):
        return None
    if not all(vocabulary.by_name[name].root is Root.EXPENSES for name in (*whole.values, *other.values)):
        return None
    above = {name.rpartition(":")[0] for name in (*whole.values, *other.values)}
    if len(above) == 1 and ":" in next(iter(above)):
        return None  # "groceries restaurants", side by side under Food: a list
    words = f"{first.words} {second.words}"
    names = (*whole.values, *other.values)[:MOST_CHOICES]
    choices = tuple(Choice(name, instead(said.text, words, name)) for name in names)
    return Clarify(f'No account is called "{words}". Which one is meant: {", ".join(names)}?', choices)


def asking(text: str, words: str, names: Sequence[str], kind: str) -> Clarify:
    """The question which of these is meant by the words, each with the question that names it."""
    shown = names[:MOST_CHOICES]
    more = f" (and {len(names) - len(shown)} more)" if len(names) > len(shown) else ""
    choices = tuple(Choice(name, instead(text, words, name)) for name in shown)
    return Clarify(f'Which {kind} is meant by "{words}": {", ".join(shown)}{more}?', choices)


def instead(text: str, words: str, name: str) -> str:
    """The question with a name in place of the words that may mean it."""
    quoted = f'"{name}"' if not name.startswith(("#", "^")) and ":" not in name and not name.isalnum() else name
    at = fold(text).find(fold(words)) if len(fold(text)) == len(text) else text.find(words)
    return text[:at] + quoted + text[at + len(words) :] if at >= 0 else f"{text} ({quoted})"


def settled_tags(
    said: Said, chosen: list[tuple[Phrase, Link]], vocabulary: Vocabulary
) -> tuple[dict[int, tuple[str, ...]], bool] | Clarify:
    """The tags of each tag phrase (by its place in `chosen`), told apart by the periods that the question names."""
    found: dict[int, tuple[str, ...]] = {}
    dated = False
    places = [place for place, (_, option) in enumerate(chosen) if option.kind == "tag"]
    for order, place in enumerate(places):
        phrase, option = chosen[place]
        tags = option.values
        if len(tags) > 1 and said.periods:
            periods = said.periods[order : order + 1] if len(places) == len(said.periods) > 1 else said.periods
            kept = tuple(tag for tag in tags if any(tag_in(tag, period.period, vocabulary) for period in periods))
            if kept:
                tags, dated = kept, True
        elif len(tags) == 1 and not phrase.words.startswith("#"):  # "#oslo-2024 in 2024" leaves out what came after
            dated = any(re.search(rf"(?<!\d){year}(?!\d)", tags[0]) for year in _years(said)) or dated
        if len(tags) > 1 and _one_meant(said, phrase):
            names = [f"#{tag}" for tag in tags]
            return asking(said.text, phrase.words, names, "tag")
        found[place] = tags
    return found, dated


def _one_meant(said: Said, phrase: Phrase) -> bool:
    by_tag = Grouping.TAG in (said.by_rules or said.intent).group_by  # a model hears "the trip" as a word for tags
    several = _SINGULAR_TRIP.search(said.folded) or by_tag or said.intent.compare
    return not several and not is_plural(phrase.words)


def _years(said: Said) -> list[str]:
    return [str(each.period.start.year) for each in said.periods if each.period.start]


def tag_in(tag: str, period: object, vocabulary: Vocabulary) -> bool:
    """Whether the tag is of this time: by the year in its name, or by the first day on which it stands."""
    start, end = getattr(period, "start", None), getattr(period, "end", None)
    if start and str(start.year) in name_stems(tag):
        return True
    if any(part.isdigit() and len(part) == 4 for part in name_stems(tag)):
        return False
    first = vocabulary.tag_days.get(tag)
    return bool(first and (start is None or start <= first) and (end is None or first < end))
