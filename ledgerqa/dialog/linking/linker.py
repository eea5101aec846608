"""From the words of a question to the names of the ledger.

Every run of words is compared with accounts (at each level), tags, currencies, payees and narrations: exactly, by
stems, by spelling, and through the synonym groups.  Scores rank the ways: exact > all words > stem > spelling >
synonym; accounts stand before payees, payees before narrations, where all else is equal.  The runs that together
explain most of the question are kept, each with all its options, for the planner to choose among.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from ledgerqa.dialog.calendar.time_tokens import WEEKDAYS
from ledgerqa.dialog.language.called_otherwise import is_known
from ledgerqa.dialog.language.cues import cues
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import is_slip
from ledgerqa.dialog.language.words import fold
from ledgerqa.dialog.linking.account_links import (
    account_links,
    by_synonym,
    currency_links,
    root_links,
    tag_links,
    whole_account_links,
    with_small_parts,
)
from ledgerqa.dialog.linking.behind_accounts import behind_accounts
from ledgerqa.dialog.linking.composed import turned, without_head
from ledgerqa.dialog.linking.dwellings import says_which_kind
from ledgerqa.dialog.linking.like_grammar import like_grammar
from ledgerqa.dialog.linking.links import (
    EXACT_ACCOUNT,
    SPELLING,
    SYNONYM,
    TELLING_APART,
    Kind,
    Link,
    Linked,
    Phrase,
    everyday,
    is_content,
    is_faint,
)
from ledgerqa.dialog.linking.no_names import asks_or_counts, tells_a_balance, told_at_large
from ledgerqa.dialog.linking.other_words import in_another_tongue
from ledgerqa.dialog.linking.parts_by_weak_words import told_by_weak_words
from ledgerqa.dialog.linking.pastimes import is_pastime, places_of_pastimes, without_their_parts
from ledgerqa.dialog.linking.text_links import LEAST_SPELLING, Search, parted, search_for, similar_links, text_links
from ledgerqa.dialog.linking.trades import is_of_somebody, of_a_trade
from ledgerqa.dialog.linking.written_names import numbers, payees_in_full, written_names
from ledgerqa.records import Filters, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

LONGEST_PHRASE = 7
SHORTEST_FUZZY = 5
IDIOM = 0.1  # what a phrase that means one thing has before its words apart: "mobile phone"


def link(
    text: str,
    tokens: Sequence[Token],
    free: Sequence[bool],
    vocabulary: Vocabulary,
    ordinary: Callable[[str], bool] | None = None,
) -> Linked:
    """Link the tokens that are `free` (not taken by a period, an amount or the like).

    `ordinary` says whether a word is one of the language; such a word is no misspelt name.
    """
    explicit = written_names(text, tokens, vocabulary)
    explicit += [each for each in numbers(text, tokens, vocabulary) if free[each.start]]
    taken = {index for phrase in explicit for index in range(phrase.start, phrase.end)}
    open_to = [each and index not in taken for index, each in enumerate(free)]
    search = search_for(text, tokens, open_to, vocabulary)
    found = [phrase for start, end in _spans(search) if (phrase := _phrase(search, start, end))]
    lost = places_of_pastimes(found, tokens, open_to, text)
    found = _less_other_kinds(without_their_parts(found, lost), search)
    chosen = [*explicit, *_cover(_uncut(found), len(tokens))]
    chosen = told_by_weak_words(chosen, text, tokens, open_to, vocabulary)
    covered = {index for phrase in chosen for index in range(phrase.start, phrase.end)}
    covered |= {index for start, end in lost for index in range(start, end)}
    rest = [index for index, each in enumerate(open_to) if each and index not in covered]
    behind = behind_accounts(text, tokens, rest, vocabulary)
    chosen += behind
    named = {index for phrase in behind for index in range(phrase.start, phrase.end)}
    rest = [index for index in rest if index not in named]
    chosen += _in_another_tongue(tokens, rest, vocabulary)
    covered = {index for phrase in chosen for index in range(phrase.start, phrase.end)}
    rest = [index for index in rest if index not in covered]
    chosen += _respelt(search, [index for index in rest if ordinary is None or not ordinary(tokens[index].fold)])
    rest = _unnamed(chosen, tokens, open_to)
    if rest and (in_full := payees_in_full(text, tokens, rest, vocabulary)):
        named = {index for phrase in in_full for index in range(phrase.start, phrase.end)}
        chosen = [*in_full, *(each for each in chosen if named.isdisjoint(range(each.start, each.end)))]
        rest = _unnamed(chosen, tokens, open_to)
    unknown = tuple(rest)
    return Linked(_of_one_name(sorted(chosen, key=lambda phrase: phrase.start), text, tokens), unknown)


def _unnamed(chosen: Iterable[Phrase], tokens: Sequence[Token], open_to: Sequence[bool]) -> list[int]:
    """Where words stand that should be a name and are in none."""
    covered = {index for phrase in chosen for index in range(phrase.start, phrase.end)}
    return [index for index, each in enumerate(open_to) if each and index not in covered and is_content(tokens[index])]


def _less_other_kinds(found: Sequence[Phrase], search: Search) -> list[Phrase]:
    """As in "eye doctor", who is no VanDoctor: two words for somebody known, of whom an account bears but one.

    Where entries of an account for doctors tell who it is, those are meant.
    """
    kept = list(found)
    for at in range(len(search.tokens) - 1):
        said = f"{search.tokens[at].fold} {search.tokens[at + 1].fold}"
        whole = any(each.start <= at and at + 2 <= each.end for each in found)
        if whole or not (search.free[at] and search.free[at + 1] and is_of_somebody(said)):
            continue
        inside = [each for each in kept if at <= each.start and each.end <= at + 2 and each.best.kind == "account"]
        billed = of_a_trade(said, search.vocabulary)
        link = billed[0].best if billed else None
        for each in inside:
            mention = Mention(said, link.values) if link and link.kind == "payee" else None
            narrows = mention and Filters(accounts=each.best.values, mentions=(mention,))
            told = narrows and (each.best.how == "words" or search.vocabulary.booked.meets(narrows))
            if told and billed and each.best.how != "exact":
                kept = [other for other in kept if other not in inside]
                kept.append(replace(billed[0], start=at, end=at + 2, words=said, weight=_TOLD_WHOLE))
                break
            if each.best.how == "words":
                kept.remove(each)
    return kept


_TOLD_WHOLE: Final = 2.0


_ASKED: Final = frozenset({"did", "do", "does", "i", "we", "to", "will"})  # "how much did Ruiz pay me" names no salary


def _in_another_tongue(tokens: Sequence[Token], rest: Sequence[int], vocabulary: Vocabulary) -> list[Phrase]:
    """Words that no name bears, by their exact translations in what entries say: "desk" for Schreibtisch."""
    asked = next((at for at, token in enumerate(tokens) if token.fold in _ASKED), len(tokens))
    verbs = {at for at, token in enumerate(tokens) if token.fold == "pay" and at > asked}
    verbs |= {at for at, token in enumerate(tokens[1:]) if token.fold in {"me", "us"}}  # "can you show me"
    found = ((index, in_another_tongue((tokens[index].stem,), vocabulary)) for index in rest if index not in verbs)
    return [Phrase(index, index + 1, tokens[index].text, options) for index, options in found if options]


def _of_one_name(phrases: Iterable[Phrase], text: str, tokens: Sequence[Token]) -> tuple[Phrase, ...]:
    """The phrases, those that stand side by side and name the same made one: "Dr. Roggli" is nobody's two names."""
    kept: list[Phrase] = []
    for phrase in phrases:
        last = kept[-1] if kept else None
        if last is None or last.end != phrase.start or _named(last) != _named(phrase):
            kept.append(phrase)
        else:
            better = max(last, phrase, key=lambda each: each.best.score)
            words = text[tokens[last.start].start : tokens[phrase.end - 1].end]
            kept[-1] = replace(better, start=last.start, end=phrase.end, words=words)
    return tuple(kept)


def _named(phrase: Phrase) -> tuple[Kind, tuple[str, ...]]:
    return phrase.best.kind, phrase.best.values


def _spans(search: Search) -> Iterator[tuple[int, int]]:
    """Runs of free tokens that begin and end with content (or are long enough to be a whole narration)."""
    count = len(search.tokens)
    for start in range(count):
        if not search.free[start]:
            continue
        for end in range(start + 1, min(start + LONGEST_PHRASE, count) + 1):
            if not search.free[end - 1] or (end - start > 1 and parted(search, end - 2)):
                break
            yield start, end


def _names_day(token: Token, search: Search) -> bool:
    """As in "the Sunday plate", "weekend classes", where an account is called so: Plate:Sunday.

    Of another language it may be a part of a tag: "the rehearsal weekend" for #probenwochenende.
    """
    named = token.stem in search.vocabulary.by_stem
    return named if token.fold in WEEKDAYS else token.fold == "weekend" and (named or bool(search.vocabulary.tongues))


_OWNED: Final = frozenset({"my", "our", "the", "his", "her", "their"})


def _phrase(search: Search, start: int, end: int) -> Phrase | None:
    tokens = search.tokens[start:end]
    if end - start > 1 and _costs(search, tokens):
        return None
    content = [token for token in tokens if is_content(token)]
    edges = all(is_content(token) or _names_day(token, search) for token in (tokens[0], tokens[-1]))
    edges = edges or is_known(tuple(token.stem for token in tokens))  # "mother's day"
    if not content and _is_pastime(search, start, end):
        content = [tokens[-1]]
    if not content:
        return like_grammar(search, start, end)
    words = tuple(token.stem for token in tokens)
    written = search.text[tokens[0].start : tokens[-1].end]
    if asks_or_counts(search.tokens, start, end):
        return None
    options = told_at_large(tokens, _options(search, tokens, written, edges=edges))
    if not options or _told_apart(search, tokens, options):
        return None
    options = _no_dwelling(search, start, tokens, options)
    if tells_a_balance(search.tokens, start, end):
        options = list(_that_stand(options, search.vocabulary))
    if not options or (_has_done(search, start, tokens) and all(each.kind == "narration" for each in options)):
        return None
    if (
        len(tokens) > 1
        and tokens[0].fold in _OWNED
        and (all(each.kind == "narration" for each in options) or _is_no_name(search, start, tokens, options))
    ):
        shorter = account_links(search.vocabulary, words[1:], search.text[tokens[1].start : tokens[-1].end])
        if any(each.how == "exact" and each.score >= EXACT_ACCOUNT for each in shorter):
            return None  # "my tithes", "on the garden": the account, no entries that say so, nor a place called so
    best: dict[tuple[Kind, tuple[str, ...]], Link] = {}
    for option in sorted(options, key=lambda each: -each.score):
        best.setdefault((option.kind, option.values), option)
    faint = sum(is_faint(token) for token in content)
    first = next(iter(best.values()))
    whole = first.kind == "account" and first.how == "exact"
    if len(tokens) > 1 and (whole or first.how in {"synonym", "covers"} or first.kind == "currency"):
        faint = 0  # a phrase that is a name although its words are everyday ones: "eating out", "world equity fund"
    apart = first.how == "exact" and tokens[0].fold in TELLING_APART  # "the new bike": what was bought under that name
    known = IDIOM if len(tokens) > 1 and (first.how == "synonym" or apart) else 0.0
    told = 1.0 if first.kind == "payee" and first.how == "exact" else 0.5  # "Next Door Housing" is no "Next"
    inner = (
        told * (len(tokens) - len(content))
        if first.how in {"exact", "synonym"} or first.kind in {"payee", "narration", "tag"}
        else 0.0
    )
    said, score = len(content) - 0.65 * faint + inner, first.score
    return Phrase(
        start, end, written, tuple(best.values()), faint == len(content), score * (1.25 * said - 0.25) + known
    )


_TO_WHOM: Final = frozenset("at from to by with in into near via called".split())


def _is_no_name(search: Search, start: int, tokens: Sequence[Token], options: Sequence[Link]) -> bool:
    """As in "on the garden", where a café is called The Garden: it is not written as its name, and nobody is paid."""
    before = search.tokens[start - 1].fold if start else ""
    small = all(token.text.islower() for token in tokens) and len(tokens) == 2
    return small and before not in _TO_WHOM and all(each.kind == "payee" for each in options)


_AUXILIARIES: Final = frozenset({"has", "have", "had", "did", "does", "hasn't", "haven't", "didn't"})
_DONE: Final = frozenset("pay paid pays send sent settle settled owe owed give gave given put repay repaid".split())


def _has_done(search: Search, start: int, tokens: Sequence[Token]) -> bool:
    """As in "has Ada paid her share": the question's own verb, and no entry that happens to say "Ada paid"."""
    before = {each.fold for each in search.tokens[max(start - 2, 0) : start]}
    return len(tokens) > 1 and tokens[-1].fold in _DONE and not before.isdisjoint(_AUXILIARIES)


def _that_stand(options: Iterable[Link], vocabulary: Vocabulary) -> Iterator[Link]:
    """The options less the accounts of what is spent or earned."""
    for each in options:
        stands = tuple(
            name
            for name in each.values
            if each.kind != "account" or vocabulary.by_name[name].root not in {Root.EXPENSES, Root.INCOME}
        )
        if stands:
            yield replace(each, values=stands)


def _no_dwelling(search: Search, start: int, tokens: Sequence[Token], options: list[Link]) -> list[Link]:
    """The options but for the home that "the flats" would mean, where several are kept apart by name."""
    before = search.tokens[start - 1].fold if start else ""
    return [each for each in options if not says_which_kind(tokens, before, each, search.vocabulary)]


def _options(search: Search, tokens: Sequence[Token], written: str, *, edges: bool) -> list[Link]:
    """All that a run of words may name; `edges`: whether it begins and ends with words that may be in a name."""
    words = tuple(token.stem for token in tokens)
    names = search.vocabulary
    options: list[Link] = []
    if edges:
        options += account_links(names, words, written)
        if len(words) > 1 and any(each in lexicon().brands and _is_payee(search, (each,)) for each in words):
            options = [each for each in options if each.how != "synonym"]  # "my Netflix subscription"
        options += tag_links(names, tokens)
        options += currency_links(names, words, written)
        options += root_links(names, tokens)
        other = turned(words)
        if other:
            options += by_synonym(names, other)  # "tickets of the train"
        paid_for = () if options else without_head(other or words)
        if paid_for and not _is_payee(search, paid_for):
            options += _paid_for(names, paid_for)
    elif len(tokens) > 1:
        options += with_small_parts(names, words, written, {each.stem for each in tokens if not is_content(each)})
        options += whole_account_links(names, written)  # "big shop" for BigShop
        if lexicon().groups_of(words):
            options += by_synonym(names, words)  # "eating out", "keeping the lights on"
    options += text_links(search, words, written, whole_only=not edges)
    if edges and len(words) > 1 and not any(each.kind == "account" or each.how == "exact" for each in options):
        options += in_another_tongue(words, names)
    return options


def _paid_for(names: Vocabulary, words: tuple[str, ...]) -> list[Link]:
    """As in "university fees": all that is spent on it, where no account of fees is called so."""
    return [
        replace(each, score=SYNONYM, how="exact" if _is_whole(names, each, words) else "synonym")
        for each in account_links(names, words, " ".join(words))
        if each.score >= SYNONYM and all(names.by_name[name].root is Root.EXPENSES for name in each.values)
    ]


def _is_payee(search: Search, words: tuple[str, ...]) -> bool:
    """As in "Netflix bill", where somebody is called so: no bill of all that is watched."""
    brand = len(words) == 1 and words[0] in lexicon().brands
    return any(each.kind == "payee" and (brand or each.stems == words) for each in search.texts.get(words[0], ()))


def _costs(search: Search, tokens: Sequence[Token]) -> bool:
    """As in "what did the mortgage interest cost": a verb, and no word for a payment."""
    before = (each.fold for each in search.tokens if each.start < tokens[0].start)
    return tokens[-1].fold == "cost" and not {"did", "does", "do", "will", "would"}.isdisjoint(before)


def _is_whole(names: Vocabulary, link: Link, words: tuple[str, ...]) -> bool:
    """As in "car share bill" for CarShare: no bill of a share."""
    return len(words) > 1 and all(names.by_name[name].leaf == words for name in link.values)


def _told_apart(search: Search, tokens: Sequence[Token], options: Sequence[Link]) -> bool:
    """As in "repairs, church and hall separately", where an entry says "power, church and hall": two names, not one.

    Only where both are parts of an account that is named as well (Repairs:Church, Repairs:Hall).
    """
    joint = next((place for place, token in enumerate(tokens) if token.fold in {"and", "or"}), 0)
    texts = all(each.kind in {"payee", "narration"} and each.how != "exact" for each in options)
    if not (joint and texts and cues("cues").found("apart", fold(search.text))):
        return False
    one, two = (_holders(search.vocabulary, side) for side in (tokens[:joint], tokens[joint + 1 :]))
    said = {token.stem for token in search.tokens}
    return any(said.issuperset(search.vocabulary.by_name[name].leaf) for name in one & two)


def _holders(vocabulary: Vocabulary, tokens: Sequence[Token]) -> set[str]:
    """The accounts just above those that are called what the words say, without the roots."""
    leaf = tuple(token.stem for token in tokens)
    called = [each.name for each in vocabulary.by_stem.get(leaf[0], ()) if each.leaf == leaf] if leaf else []
    return {name.rpartition(":")[0] for name in called} & vocabulary.by_name.keys()


_LEADS_NOUN: Final = frozenset({"on", "for", "did", "does", "do", "by", "my", "our", "of"})
_LEADS_AWAY: Final = frozenset({"of", "to", "from", "through"})


def _is_pastime(search: Search, start: int, end: int) -> bool:
    """As in "what did going out cost": words that are none of a name by themselves, where only a noun can stand."""
    led = start and search.tokens[start - 1].fold in _LEADS_NOUN
    follows = search.tokens[end].fold if end < len(search.tokens) else ""
    named = end - start > 1 and led and follows not in _LEADS_AWAY
    called = named and lexicon().groups_of(tuple(token.stem for token in search.tokens[start:end]))
    return bool(called) or (end - start > 1 and is_pastime(search.tokens, search.free, start, end, search.text))


def _uncut(found: Sequence[Phrase]) -> list[Phrase]:
    """Without what begins or ends inside a payee's whole name and goes on beyond: the average "Lane Supplies" bill."""
    whole = [each for each in found if each.end - each.start > 1 and _is_whole_payee(each)]
    return [each for each in found if not any(_cuts(each, name) for name in whole)]


def _is_whole_payee(phrase: Phrase) -> bool:
    return any(
        option.kind == "payee" and any(fold(value) == fold(phrase.words) for value in option.values)
        for option in phrase.options
    )


def _cuts(phrase: Phrase, name: Phrase) -> bool:
    apart = phrase.end <= name.start or name.end <= phrase.start
    inside = name.start <= phrase.start and phrase.end <= name.end
    around = phrase.start <= name.start and name.end <= phrase.end
    return not (apart or inside or around)


def _cover(found: Sequence[Phrase], count: int) -> list[Phrase]:
    """The phrases, none overlapping, that explain most (weighted interval scheduling)."""
    ending: dict[int, list[Phrase]] = defaultdict(list)
    for phrase in found:
        ending[phrase.end].append(phrase)
    best: list[tuple[float, tuple[Phrase, ...]]] = [(0.0, ())]
    for end in range(1, count + 1):
        score, chosen = best[end - 1]
        for phrase in ending[end]:
            before, earlier = best[phrase.start]
            total = before + phrase.weight
            if total > score:
                score, chosen = total, (*earlier, phrase)
        best.append((score, chosen))
    return list(best[count][1])


def _respelt(search: Search, rest: Sequence[int]) -> list[Phrase]:
    """Unlinked words that are nearly a name of the ledger, or nearly a word of a synonym group."""
    found: list[Phrase] = []
    for at, index in enumerate(rest):
        token = search.tokens[index]
        if len(token.stem) < SHORTEST_FUZZY or not is_content(token) or token.fold in everyday() or token.unspaced:
            continue
        follows = rest[at + 1] if at + 1 < len(rest) and rest[at + 1] == index + 1 else None
        phrase = _misspelt_pair(search, index) if follows is not None else None
        phrase = phrase or _misspelt(search, index)
        if phrase and not any(each.end > phrase.start for each in found):
            found.append(phrase)
    return found


def _misspelt(search: Search, index: int) -> Phrase | None:
    token = search.tokens[index]
    options: list[Link] = []
    near = _nearest(token.stem, search.vocabulary.by_stem)
    near = near if near and is_slip(token.stem, near[0]) else None
    if near:
        options += [
            replace(option, score=min(option.score, SPELLING) * near[1], how="spelling")
            for option in account_links(search.vocabulary, (near[0],), near[0])
        ]
    meant = _nearest(token.stem, group_words())
    meant = meant if meant and is_slip(token.stem, meant[0]) else None
    if meant and not (near and near[1] >= meant[1]):
        options += [
            replace(each, score=each.score * meant[1], how="spelling")
            for each in account_links(search.vocabulary, (meant[0],), meant[0])
        ]
    options += similar_links(search, token.text)
    options = sorted(_no_dwelling(search, index, [token], options), key=lambda option: -option.score)
    return Phrase(index, index + 1, token.text, tuple(options)) if options else None


def _misspelt_pair(search: Search, index: int) -> Phrase | None:
    written = search.text[search.tokens[index].start : search.tokens[index + 1].end]
    options = similar_links(search, written)
    return Phrase(index, index + 2, written, tuple(options)) if options else None


def _nearest(word: str, choices: Iterable[str]) -> tuple[str, float] | None:
    """The choice spelt most like a word that begins alike, with its likeness (0 to 1)."""
    alike: list[str] = [each for each in choices if each[:1] == word[:1] and abs(len(each) - len(word)) < 3]
    scorer: Callable[..., float] = fuzz.ratio
    best = process.extractOne(word, alike, scorer=scorer, score_cutoff=LEAST_SPELLING)
    return (best[0], best[1] / 100) if best else None


def group_words() -> list[str]:
    """The single words of all synonym groups that are long enough to be misspelt."""
    return [phrase[0] for phrase in lexicon().groups if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_FUZZY]
