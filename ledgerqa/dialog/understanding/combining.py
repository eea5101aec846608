"""How several names go together: those of one kind are alternatives or narrow each other, others narrow."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.linking.links import Link, Phrase, narrowed, text_pattern
from ledgerqa.dialog.linking.merged import OR
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary

_OR_ELSE = compiled(r"\b(?:or|vs|than)(?: (?:on|for|at|to|in|the|my|our|your|a|all))* $")
_PART_OF = compiled(
    r"(?<!\band )(?<!\bor )(?<!\bplus )\b(?:at|in|into|to|with|under|of|for|on)(?: the| my| our)?(?: own)? $"
)
_AGAINST = compiled(
    r"\b(?:or|vs\.?|versus|than|against|compared (?:to|with))"
    r"(?: (?:on|for|at|to|in|the|my|our|your|a|what|that|all))* $"
)
_NAMES = frozenset({"account", "payee", "narration"})
MOST_LISTED = 40  # distinct texts that a mention names one by one; beyond that it is a pattern


@dataclass(frozen=True)
class Subject:
    """One thing asked about, for comparing: what the user calls it, and the filters that keep it."""

    words: str
    filters: Filters


def combined(
    chosen: Sequence[tuple[Phrase, Link]], tags: dict[int, tuple[str, ...]], intent: Intent, vocabulary: Vocabulary
) -> tuple[Filters, tuple[Subject, ...]]:
    """Names of one kind side by side are alternatives, or narrow each other; names of different kinds narrow."""
    accounts: list[tuple[str, tuple[str, ...]]] = []
    mentions: list[tuple[str, Mention, bool]] = []
    tag_groups: list[tuple[str, tuple[str, ...]]] = []
    links: list[str] = []
    roots: list[Root] = []
    held: list[str] = []
    for place, (phrase, option) in enumerate(chosen):
        if option.kind == "account":
            earlier = [each for before, link in chosen[:place] if link.kind == "account" for each in before.options]
            wider = [name for each in earlier if each.kind == "account" for name in each.values]
            _add_account(accounts, phrase, option, intent, vocabulary, wider)
        elif option.kind in {"payee", "narration"}:
            listed = bool(OR.search(phrase.lead)) or (place > 0 and _in_a_row(chosen[place - 1], (phrase, option)))
            mentions.append((phrase.words, mention_of(phrase, option), listed))
        elif option.kind == "tag":
            tag_groups.append((phrase.words, tags.get(place, option.values)))
        elif option.kind == "link":
            links += option.values
        elif option.kind == "currency":
            held += option.values
        else:
            roots.append(Root(option.values[0]))
    either = any(
        one[1].kind in {"payee", "narration"} and two[1].kind == "account" and OR.search(two[0].lead)
        for one, two in itertools.pairwise(chosen)
    )
    filters = Filters(
        roots=tuple(dict.fromkeys(roots)),
        accounts=_outermost(tuple(dict.fromkeys(name for _, names in accounts for name in names))),
        mentions=_joined(mentions),
        tags=tuple(dict.fromkeys(tag for _, names in tag_groups for tag in names)),
        links=tuple(dict.fromkeys(links)),
        currencies=tuple(dict.fromkeys(held)),
    )
    flows = tuple(dict.fromkeys(vocabulary.by_name[name].root for name in filters.accounts))
    unlike = _of_unlike_kinds(
        chosen, filters, flows or ((Root.INCOME,) if intent.flow == "income" else (Root.EXPENSES,))
    )
    unlike = unlike or _all_listed(chosen, filters, flows)
    return filters, unlike or _subjects(accounts, mentions, tag_groups, filters, flows, either=either)


def _all_listed(chosen: Sequence[tuple[Phrase, Link]], whole: Filters, flows: tuple[Root, ...]) -> tuple[Subject, ...]:
    """As in "taxis, Habitat and the vet", accounts and names in one list of three or more: each of them by itself."""
    kinds = {option.kind for _, option in chosen}
    listed = len(chosen) > 2 and all(OR.search(phrase.lead) for phrase, _ in chosen[1:])
    if not listed or "account" not in kinds or not kinds & {"payee", "narration"} or len(kinds - _NAMES):
        return ()
    if len(set(whole.accounts)) < sum(option.kind == "account" for _, option in chosen):
        return ()
    accounts = replace(whole, mentions=())
    texts = replace(whole, accounts=(), roots=flows)
    return tuple(
        Subject(phrase.words, replace(accounts, accounts=option.values))
        if option.kind == "account"
        else Subject(phrase.words, replace(texts, mentions=(mention_of(phrase, option),)))
        for phrase, option in chosen
    )


def _of_unlike_kinds(
    chosen: Sequence[tuple[Phrase, Link]], whole: Filters, flows: tuple[Root, ...]
) -> tuple[Subject, ...]:
    """As in "did the congress cost more than the clutch", a tag set against a name: each of them, and never both."""
    kinds = [option.kind for _, option in chosen]
    if len(kinds) != 2 or kinds.count("tag") != 1 or not {*kinds} & _NAMES or not _AGAINST.search(chosen[1][0].lead):
        return ()
    tagged = replace(whole, accounts=(), mentions=(), roots=flows)
    named = replace(whole, tags=(), roots=() if whole.accounts else flows)
    return tuple(Subject(phrase.words, tagged if option.kind == "tag" else named) for phrase, option in chosen)


def _in_a_row(one: tuple[Phrase, Link], two: tuple[Phrase, Link]) -> bool:
    """As in "Kroger Aldi Costco", dictated: an entry has one payee, so two that stand in a row are alternatives."""
    payees = one[1].kind == two[1].kind == "payee" and not set(one[1].values) & set(two[1].values)
    return payees and one[0].end == two[0].start and not (_raw_lines(one[0]) or _raw_lines(two[0]))


def _outermost(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not any(name.startswith(f"{other}:") for other in names))


def _add_account(
    accounts: list[tuple[str, tuple[str, ...]]],
    phrase: Phrase,
    option: Link,
    intent: Intent,
    vocabulary: Vocabulary,
    wider: Sequence[str] = (),
) -> None:
    """Joins an account phrase to those before it: "salary from Acme" narrows, "rent and power" adds."""
    if accounts and not OR.search(phrase.lead) and not (intent.compare and _OR_ELSE.search(phrase.lead)):
        words, names = accounts[-1]
        wide = tuple(
            dict.fromkeys(
                [
                    *option.values,
                    *(value for other in phrase.options if other.kind == "account" for value in other.values),
                ]
            )
        )
        inner = narrowed(vocabulary, names, option.values) or narrowed(vocabulary, names, wide)
        if inner:
            accounts[-1] = (f"{words} {phrase.words}", inner)
            return
    if accounts and _PART_OF.search(phrase.lead):
        words, names = accounts[-1]  # "the cash at the broker": the first name again, as a part of the second
        parts = tuple(name for name in narrowed(vocabulary, option.values, wider) if name not in option.values)
        if parts and not narrowed(vocabulary, option.values, names):
            accounts[-1] = (f"{words} {phrase.words}", parts)
            return
    accounts.append((phrase.words, option.values))


def _joined(mentions: Sequence[tuple[str, Mention, bool]]) -> tuple[Mention, ...]:
    """Names joined by "and", "or" and the like are one mention with alternatives; others must all hold."""
    result: list[Mention] = []
    for words, mention, alternative in mentions:
        last = result[-1] if result else None
        if last and replace(last, words=words) == mention:
            continue  # "Riverbend 2023 against Riverbend 2024"
        if alternative and last:
            pattern = "|".join(part for part in (last.pattern, mention.pattern) if part)
            result[-1] = Mention(
                f"{last.words} or {words}", last.payees + mention.payees, last.narrations + mention.narrations, pattern
            )
        else:
            result.append(mention)
    return tuple(result)


def _subjects(
    accounts: Sequence[tuple[str, tuple[str, ...]]],
    mentions: Sequence[tuple[str, Mention, bool]],
    tags: Sequence[tuple[str, tuple[str, ...]]],
    whole: Filters,
    flows: tuple[Root, ...],
    *,
    either: bool,
) -> tuple[Subject, ...]:
    """The things side by side, if one kind of name has several; the rest of the filters hold for each.

    Or `either` a name or the account after it: "heating oil against power".
    """
    if len(accounts) > 1 and mentions and all(alternative for *_, alternative in mentions):
        parts = [Subject(words, replace(whole, accounts=names, mentions=())) for words, names in accounts]
        rest = replace(whole, accounts=(), roots=flows)
        parts += [Subject(words, replace(rest, mentions=(each,))) for words, each, _ in mentions]
        return tuple(dict.fromkeys(parts))  # "dentist or doctors, physio": nothing narrows all of the others
    if len(accounts) > 1:
        return tuple(dict.fromkeys(Subject(words, replace(whole, accounts=names)) for words, names in accounts))
    if len(mentions) > 1:
        return tuple(Subject(words, replace(whole, mentions=(mention,))) for words, mention, _ in mentions)
    if len(tags) > 1:
        return tuple(Subject(", ".join(names), replace(whole, tags=names)) for _, names in tags)
    if len(tags) == 1 and len(tags[0][1]) > 1:
        return tuple(Subject(tag, replace(whole, tags=(tag,))) for tag in tags[0][1])
    if accounts and mentions and (mentions[-1][2] or either):
        sides = (
            Subject(accounts[0][0], replace(whole, mentions=())),
            Subject(mentions[-1][0], replace(whole, accounts=())),
        )
        return sides if mentions[-1][2] else sides[::-1]
    return ()


def mention_of(phrase: Phrase, option: Link) -> Mention:
    """The payees or narrations one by one; where they are many, a pattern of the words."""
    if len(option.values) > MOST_LISTED and option.how != "spelling":
        return Mention(phrase.words, pattern=text_pattern(phrase.words))
    if option.kind == "payee":
        return Mention(phrase.words, payees=option.values, narrations=_raw_lines(phrase))
    return Mention(phrase.words, narrations=option.values)


def _raw_lines(phrase: Phrase) -> tuple[str, ...]:
    """What a bank wrote of the same payee in lines that name none: "MIGRELLA 0412 BERN" for Migrella."""
    lines = phrase.of_kind("narration")
    raw = tuple(value for value in lines.values if value.isupper()) if lines and lines.how in {"exact", "words"} else ()
    return raw if len(raw) <= MOST_LISTED else ()
