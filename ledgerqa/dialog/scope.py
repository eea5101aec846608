"""From phrases to filters: which reading of each name is meant, how several go together, and when to ask back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ledgerqa.dialog.intents import Intent
from ledgerqa.dialog.lexicon import lexicon
from ledgerqa.dialog.linking import (
    ACCOUNT_PART,
    MOST_LISTED,
    PAYEE_PART,
    Link,
    Phrase,
    narrowed,
    of_roots,
    text_pattern,
)
from ledgerqa.dialog.words import fold, is_plural, name_stems, stems
from ledgerqa.records import Choice, Clarify, Filters, Grouping, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.reading import Said
    from ledgerqa.dialog.vocabulary import Vocabulary

BALANCES = frozenset({Measure.BALANCE, Measure.NET_WORTH, Measure.BALANCE_SHEET})
ANY_ROOT = frozenset(
    {
        Measure.ACCOUNTS,
        Measure.NOTES,
        Measure.DOCUMENTS,
        Measure.BALANCE_CHECKS,
        Measure.METADATA,
        Measure.EVENTS,
        Measure.GAPS,
    }
)
_AT = re.compile(r"\b(?:at|from|to|by|with|via|through)(?: the| a| an| my| our)?\s*[\"'“]?$")
_OR = re.compile(
    r"\b(?:or|vs|versus|than|against|compared (?:to|with)|and|&|plus|,)\s*(?:the |my |our |on |for |in |at )*$|[,/:]\s*$"
)
_SINGULAR_TRIP = re.compile(r"\btrips\b|\bholidays\b|\bvacations\b|\ball\b|\beach\b|\bevery\b")
MOST_CHOICES = 8


@dataclass(frozen=True)
class Subject:
    """One thing asked about, for comparing: what the user calls it, and the filters that keep it."""

    words: str
    filters: Filters


@dataclass(frozen=True)
class Scope:
    """What the names come to: the filters of the whole, each subject by itself, and how they were read."""

    filters: Filters = field(default_factory=Filters)
    subjects: tuple[Subject, ...] = ()
    currencies: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    clarify: Clarify | None = None
    dated_by_tag: bool = False


def wanted_roots(intent: Intent) -> tuple[Root, ...]:
    """The roots of accounts in which the intent would look, the likeliest first; empty for any."""
    if intent.measure in ANY_ROOT:
        return ()
    if intent.measure in BALANCES:
        return (Root.ASSETS, Root.LIABILITIES)
    if intent.measure is Measure.HOLDINGS:
        return (Root.ASSETS,)
    if intent.measure is Measure.BUDGET or intent.flow == "spend":
        return (Root.EXPENSES,)
    return (Root.INCOME,) if intent.flow == "income" else ()


def scope(said: Said, intent: Intent, vocabulary: Vocabulary) -> Scope:
    """The filters that the question's names ask for."""
    chosen: list[tuple[Phrase, Link]] = []
    currencies: list[str] = []
    notes: list[str] = []
    for phrase in _merged(said.phrases, vocabulary):
        option = choose(phrase, intent, vocabulary, said)
        if option is None:
            continue
        if option.kind == "currency" and (
            intent.measure is not Measure.HOLDINGS
            or (_in_currency(phrase) and not vocabulary.commodities[option.values[0]].held_at_cost)
        ):
            currencies += option.values
            continue
        if asked := _ambiguous(said, phrase, option, vocabulary):
            return Scope(clarify=asked)
        chosen.append((phrase, option))
        if note := _note(phrase, option):
            notes.append(note)
    chosen, notes = _of_the_flow(_specific(chosen), intent, vocabulary, notes)
    tags = _tags(said, chosen, vocabulary)
    if isinstance(tags, Clarify):
        return Scope(clarify=tags)
    filters, subjects = _combined(chosen, tags[0], intent, vocabulary)
    filters = _without(filters, said, intent, vocabulary)
    return Scope(filters, subjects, tuple(dict.fromkeys(currencies)), tuple(dict.fromkeys(notes)), None, tags[1])


def _merged(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> list[Phrase]:
    """Neighbours that together name one account: "interest on the home loan" is Home:LoanInterest."""
    result: list[Phrase] = []
    for phrase in phrases:
        last = result[-1] if result else None
        both = (*stems(last.words), *stems(phrase.words)) if last else ()
        if (
            last
            and phrase.of_kind("account")
            and last.of_kind("account")
            and not _OR.search(phrase.lead)
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
        result.append(phrase)
    return result


def _holding_all(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    wanted = set(words)
    rarest = min(wanted, key=lambda word: len(vocabulary.by_stem.get(word, ())))
    return tuple(
        each.name
        for each in vocabulary.by_stem.get(rarest, ())
        if wanted <= each.path and len(wanted.intersection(each.leaf)) > 1
    )


def _specific(chosen: list[tuple[Phrase, Link]]) -> list[tuple[Phrase, Link]]:
    """Without tag phrases that say less than another does ("the LA trip": trips in general, and that one)."""
    tags = [set(option.values) for _, option in chosen if option.kind == "tag"]
    return [
        (phrase, option)
        for phrase, option in chosen
        if option.kind != "tag" or not any(other < set(option.values) for other in tags)
    ]


def _of_the_flow(
    chosen: list[tuple[Phrase, Link]], intent: Intent, vocabulary: Vocabulary, notes: list[str]
) -> tuple[list[tuple[Phrase, Link]], list[str]]:
    """Beside accounts of income or expenses, the accounts that pay or are paid are no part of the sum."""
    if intent.measure not in {Measure.SUM, Measure.AVERAGE, Measure.LIST, Measure.COUNT, None}:
        return chosen, notes

    def moves(option: Link) -> bool:
        return any(vocabulary.by_name[name].root in {Root.INCOME, Root.EXPENSES} for name in option.values)

    if not any(option.kind == "account" and moves(option) for _, option in chosen):
        return chosen, notes
    places = [place for place, (_, option) in enumerate(chosen) if option.kind == "account" and not moves(option)]
    left = [chosen[place][0].words for place in places]
    said = [note for note in notes if not any(note.startswith(f"{words} = ") for words in left)]
    kept = [pair for place, pair in enumerate(chosen) if place not in places]
    return kept, [*said, *(f"{words} left aside: it pays or is paid" for words in left)]


# --------------------------------------------------------------------------------------------------- choosing


def choose(phrase: Phrase, intent: Intent, vocabulary: Vocabulary, said: Said) -> Link | None:
    """The reading of a phrase that fits the intent."""
    if intent.measure in {Measure.HOLDINGS, Measure.PRICE, Measure.COMMODITIES} or (
        intent.measure is Measure.AVERAGE and _is_purchase(said)
    ):
        commodity = phrase.of_kind("currency")
        if commodity and commodity.score >= ACCOUNT_PART - 0.02:
            return commodity
    money = phrase.of_kind("currency")
    if (
        money
        and intent.measure is Measure.BALANCE
        and money.score >= ACCOUNT_PART - 0.02
        and not _is_money_account(phrase, money, vocabulary)
    ):
        return money
    if money and _traded(phrase, money, intent, vocabulary, said):
        return money
    if money and phrase.best is money:
        return money
    if money and _in_currency(phrase) and money.score >= PAYEE_PART - 0.05:
        return money
    tag = phrase.of_kind("tag")
    if tag and (
        re.search(r"\btrips?\b|\btag(?:s|ged)?\b|\bholidays?\b|\bvacations?\b|\bproject\b|#", said.folded)
        or Grouping.TAG in intent.group_by
    ):
        return tag
    text = phrase.of_kind("payee", "narration")
    if text and text.score >= PAYEE_PART and phrase.best.score < 1.0 and _AT.search(phrase.lead):
        return text
    return _rooted(phrase, intent, vocabulary)


def _is_money_account(phrase: Phrase, money: Link, vocabulary: Vocabulary) -> bool:
    """An account called after money ("Cash:USD") is the account, unless the words are the currency's own code."""
    commodity = vocabulary.commodities[money.values[0]]
    return (
        phrase.best.kind == "account"
        and phrase.best.score >= 1.0
        and (commodity.operating or not commodity.held_at_cost)
        and money.how != "exact"
    )


def _traded(phrase: Phrase, money: Link, intent: Intent, vocabulary: Vocabulary, said: Said) -> bool:
    """Whether a commodity held at cost is meant as such: bought, sold, held."""
    commodity = vocabulary.commodities[money.values[0]]
    if not commodity.held_at_cost or money.score < ACCOUNT_PART - 0.02:
        return False
    if intent.flow == "income" and any(
        Root.INCOME is vocabulary.by_name[name].root
        for option in phrase.options
        if option.kind == "account"
        for name in option.values
    ):
        return bool(re.search(r"\bsold\b|\bsell|\bsale", said.folded))
    return bool(
        re.search(
            r"\b(?:buy|bought|purchas\w+|sold|sell\w*|sale|hold|held|own\w*|shares?|units?|coins?|have|got|left|trade\w*)\b",
            said.folded,
        )
    )


def _is_purchase(said: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:purchase|buying|buy|cost|entry|acquisition|paid|pay)\b.*\b(?:price|per|share|unit|basis)\b",
            said.folded,
        )
    )


def _in_currency(phrase: Phrase) -> bool:
    return bool(re.search(r"\b(?:in|to|into|of)\s*$|[\d(,]\s*$", phrase.lead))


def _rooted(phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> Link | None:
    """The best option, accounts kept to the roots that the intent looks in, as far as any lie there."""
    roots = wanted_roots(intent)
    options = [
        option
        for option in phrase.options
        if option.kind != "tag" or option.how == "exact" or phrase.best.kind == "tag"
    ]
    best = options[0] if options else None
    for option in options:
        if (
            option.kind in {"payee", "narration"}
            and option.score < PAYEE_PART
            and best
            and best.kind == "account"
            and best.score > ACCOUNT_PART
        ):
            break  # an account of another root is likelier than a word inside some texts
        if option.kind != "account" or not roots:
            return (
                _siblings(phrase, _preferred(option, intent, vocabulary), vocabulary)
                if option.kind == "account"
                else option
            )
        kept = of_roots(vocabulary, option.values, roots)
        if kept:
            return _siblings(phrase, replace(option, values=kept), vocabulary)
        others = [
            other
            for other in options
            if other is not option and other.kind in {"payee", "narration"} and other.score >= PAYEE_PART
        ]
        if others and intent.flow is not None:
            return others[0]
    return best


def _siblings(phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Link:
    """A plural means the numbered siblings too: "printers" are Printer and Printer2."""
    if option.kind != "account" or option.how != "exact" or not is_plural(phrase.words):
        return option
    stems_of = {name: vocabulary.by_name[name].leaf for name in option.values}
    parents = {name.rpartition(":")[0] for name in option.values}
    more = [
        account.name
        for account in vocabulary.accounts
        if account.name.rpartition(":")[0] in parents
        and any(
            account.leaf[: len(leaf)] == leaf and all(part.isdigit() for part in account.leaf[len(leaf) :])
            for leaf in stems_of.values()
        )
    ]
    return replace(option, values=tuple(dict.fromkeys([*option.values, *more])))


def _preferred(option: Link, intent: Intent, vocabulary: Vocabulary) -> Link:
    """Without a word for spending or income: what moved in expenses, else in income, else anywhere."""
    if intent.measure in ANY_ROOT:
        return option
    for roots in ((Root.EXPENSES,), (Root.INCOME,), (Root.LIABILITIES,), (Root.ASSETS,)):
        if kept := of_roots(vocabulary, option.values, roots):
            return replace(option, values=kept)
    return option


def _note(phrase: Phrase, option: Link) -> str:
    """How a name was read, where the words alone do not say it."""
    if option.kind in {"currency", "root", "link"} or (
        option.kind == "account" and option.how == "exact" and len(option.values) == 1
    ):
        return ""
    named = ", ".join(option.values[:4]) + (f" and {len(option.values) - 4} more" if len(option.values) > 4 else "")
    if option.kind in {"payee", "narration"} and fold(named) == fold(phrase.words):
        return ""
    kind = {"payee": "payee ", "narration": "narration ", "tag": "tag "}.get(option.kind, "")
    return f"{phrase.words} = {kind}{named}"


# -------------------------------------------------------------------------------------------------- asking back


def _ambiguous(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    """A question back, where the name stands for several things whose figures differ and none is named exactly."""
    if option.kind == "payee" and option.how != "exact":
        return _which_payee(said, phrase, option)
    if option.kind == "account" and option.how in {"words", "exact", "synonym"} and option.score <= ACCOUNT_PART:
        return _which_account(said, phrase, option, vocabulary)
    return None


def _which_payee(said: Said, phrase: Phrase, option: Link) -> Clarify | None:
    keys: dict[tuple[str, ...], str] = {}
    for payee in option.values:
        keys.setdefault(tuple(word for word in stems(payee) if not any(letter.isdigit() for letter in word)), payee)
    asked = stems(phrase.words)
    if len(keys) < 2:
        return None
    generic = all(word in lexicon().places or lexicon().groups_of((word,)) for word in asked)
    starting = all(key[: len(asked)] == asked for key in keys)
    plural = is_plural(phrase.words)
    if plural or (starting and not generic) or Grouping.PAYEE in said.intent.group_by:
        return None
    return _asking(said, phrase, list(keys.values()), "payees")


def _which_account(said: Said, phrase: Phrase, option: Link, vocabulary: Vocabulary) -> Clarify | None:
    """Several accounts of which only a part of the name was said, below one parent, and one thing is asked for."""
    if len(option.values) < 2 or said.intent.group_by or (option.how == "synonym" and option.score > 0.7):
        return None
    parents = {name.rpartition(":")[0] for name in option.values}
    plural = is_plural(phrase.words)
    accounts = [vocabulary.by_name[name] for name in option.values if name in vocabulary.by_name]
    if plural or len(parents) > 1 or len({account.root for account in accounts}) > 1:
        return None
    if said.intent.measure in {Measure.BALANCE, Measure.HOLDINGS, Measure.ACCOUNTS}:
        return None
    return _asking(said, phrase, list(option.values), "accounts")


def _asking(said: Said, phrase: Phrase, names: Sequence[str], kind: str) -> Clarify:
    shown = names[:MOST_CHOICES]
    more = f" (and {len(names) - len(shown)} more)" if len(names) > len(shown) else ""
    choices = tuple(Choice(name, _instead(said.text, phrase.words, name)) for name in shown)
    return Clarify(f'Which {kind.removesuffix("s")} is meant by "{phrase.words}": {", ".join(shown)}{more}?', choices)


def _instead(text: str, words: str, name: str) -> str:
    quoted = f'"{name}"' if not name.startswith(("#", "^")) and ":" not in name and not name.isalnum() else name
    at = text.find(words)
    return text[:at] + quoted + text[at + len(words) :] if at >= 0 else f"{text} ({quoted})"


# -------------------------------------------------------------------------------------------------------- tags


def _tags(
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
            kept = tuple(tag for tag in tags if any(_tag_in(tag, period.period, vocabulary) for period in periods))
            if kept:
                tags, dated = kept, True
        elif (
            said.periods
            and len(tags) == 1
            and any(re.search(rf"(?<!\d){year}(?!\d)", tags[0]) for year in _years(said))
        ):
            dated = True
        if len(tags) > 1 and _one_meant(said, phrase):
            names = [f"#{tag}" for tag in tags]
            return _asking(said, phrase, names, "tags")
        found[place] = tags
    return found, dated


def _one_meant(said: Said, phrase: Phrase) -> bool:
    several = _SINGULAR_TRIP.search(said.folded) or Grouping.TAG in said.intent.group_by or said.intent.compare
    return not several and not is_plural(phrase.words)


def _years(said: Said) -> list[str]:
    return [str(each.period.start.year) for each in said.periods if each.period.start]


def _tag_in(tag: str, period: object, vocabulary: Vocabulary) -> bool:
    start, end = getattr(period, "start", None), getattr(period, "end", None)
    if start and str(start.year) in name_stems(tag):
        return True
    if any(part.isdigit() and len(part) == 4 for part in name_stems(tag)):
        return False
    first = vocabulary.tag_days.get(tag)
    return bool(first and (start is None or start <= first) and (end is None or first < end))


# --------------------------------------------------------------------------------------------------- combining


def _combined(
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
            _add_account(accounts, phrase, option, intent, vocabulary)
        elif option.kind in {"payee", "narration"}:
            mentions.append((phrase.words, mention_of(phrase, option), bool(_OR.search(phrase.lead))))
        elif option.kind == "tag":
            tag_groups.append((phrase.words, tags.get(place, option.values)))
        elif option.kind == "link":
            links += option.values
        elif option.kind == "currency":
            held += option.values
        else:
            roots.append(Root(option.values[0]))
    filters = Filters(
        roots=tuple(dict.fromkeys(roots)),
        accounts=tuple(dict.fromkeys(name for _, names in accounts for name in names)),
        mentions=_joined(mentions),
        tags=tuple(dict.fromkeys(tag for _, names in tag_groups for tag in names)),
        links=tuple(dict.fromkeys(links)),
        currencies=tuple(dict.fromkeys(held)),
    )
    return filters, _subjects(accounts, mentions, tag_groups, filters)


def _add_account(
    accounts: list[tuple[str, tuple[str, ...]]], phrase: Phrase, option: Link, intent: Intent, vocabulary: Vocabulary
) -> None:
    """Joins an account phrase to those before it: "salary from Acme" narrows, "rent and power" adds."""
    if (
        accounts
        and not _OR.search(phrase.lead)
        and not (intent.compare and re.search(r"\b(?:or|vs|than)\b", phrase.lead))
    ):
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
    accounts.append((phrase.words, option.values))


def _joined(mentions: Sequence[tuple[str, Mention, bool]]) -> tuple[Mention, ...]:
    """Names joined by "and", "or" and the like are one mention with alternatives; others must all hold."""
    result: list[Mention] = []
    for words, mention, alternative in mentions:
        if alternative and result:
            last = result[-1]
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
) -> tuple[Subject, ...]:
    """The things side by side, if one kind of name has several; the rest of the filters hold for each."""
    if len(accounts) > 1:
        return tuple(Subject(words, replace(whole, accounts=names)) for words, names in accounts)
    if len(mentions) > 1:
        return tuple(Subject(words, replace(whole, mentions=(mention,))) for words, mention, _ in mentions)
    if len(tags) > 1:
        return tuple(Subject(", ".join(names), replace(whole, tags=names)) for _, names in tags)
    if len(tags) == 1 and len(tags[0][1]) > 1:
        return tuple(Subject(tag, replace(whole, tags=(tag,))) for tag in tags[0][1])
    if accounts and mentions and mentions[-1][2]:
        return (
            Subject(accounts[0][0], replace(whole, mentions=())),
            Subject(mentions[-1][0], replace(whole, accounts=())),
        )
    return ()


def mention_of(phrase: Phrase, option: Link) -> Mention:
    """The payees or narrations one by one; where they are many, a pattern of the words."""
    if len(option.values) > MOST_LISTED and option.how != "spelling":
        return Mention(phrase.words, pattern=text_pattern(phrase.words))
    if option.kind == "payee":
        return Mention(phrase.words, payees=option.values)
    return Mention(phrase.words, narrations=option.values)


def _without(filters: Filters, said: Said, intent: Intent, vocabulary: Vocabulary) -> Filters:
    """The filters less what the question leaves out."""
    accounts: list[str] = []
    mentions: list[Mention] = []
    tags: list[str] = []
    spending = replace(intent, flow=intent.flow or "spend") if intent.measure not in BALANCES else intent
    for phrase in said.excluded:
        option = choose(phrase, spending, vocabulary, said)
        if option is None:
            continue
        if option.kind == "account":
            accounts += option.values
        elif option.kind == "tag":
            tags += option.values
        elif option.kind in {"payee", "narration"}:
            mentions.append(mention_of(phrase, option))
    inside = narrowed(vocabulary, filters.accounts, accounts) if filters.accounts else ()
    return replace(
        filters, exclude_accounts=inside or tuple(accounts), exclude_mentions=tuple(mentions), exclude_tags=tuple(tags)
    )
