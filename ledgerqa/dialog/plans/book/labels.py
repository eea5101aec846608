"""What entries are labelled with under a key of their own: "need vs want", "card 3318", "spending by project".

A label is a value that many entries or postings share under one key, of which there are few: a second set of
categories, the card that paid, who a thing was for.  Figures are kept to what bears the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems, stem, stems, tokenize
from ledgerqa.dialog.linking.links import PAYEE_PART, of_roots
from ledgerqa.dialog.linking.metadata_keys import counts_key, of_numbers
from ledgerqa.dialog.plans.asked import Asked, bounded, happened, ordered
from ledgerqa.dialog.plans.book.labels_by import done_by, rare, unkept
from ledgerqa.dialog.plans.book.labels_without import labels_without, only_of_what_paid, paid_apart
from ledgerqa.dialog.plans.book.measured import measured_key
from ledgerqa.dialog.understanding.combining import mention_of
from ledgerqa.dialog.understanding.scope import scope
from ledgerqa.patterns import compiled
from ledgerqa.records import TIME_GROUPINGS, Filters, Measure, MetadataFilter, Period, Plan, Root, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledgerqa.dialog.language.words import Token
    from ledgerqa.dialog.linking.links import Phrase
    from ledgerqa.dialog.linking.metadata_keys import Key
    from ledgerqa.records import Mention, Refusal

_MEASURES: Final = frozenset({Measure.SUM, Measure.AVERAGE, Measure.COUNT, Measure.LIST, None})
_JOINED: Final = compiled(r"\W+(?:(?:v|vs|versus|or|and|against|compared (?:to|with))\W+)?(?:the |my |our )?")
_BESIDE_KEY: Final = compiled(r"\W{1,3}(?:(?:no|nr|number|is|was|of|to|called|named|marked|ending|ends)\W{1,2}){0,2}")
_TOGETHER: Final = r"\b(?:together|combined|in all|altogether)\b"
_WHOSE: Final = compiled(r"\b(?:for|by|of|with|is|was) (?:the |our |my )?$")
_OWNING: Final = compiled(r"['’]s?$")
_MOST_WORDS: Final = 3  # of a label that is said
_SHORT: Final = 4  # letters of a word that is too common to be lost: the "up" of "duplex-up"


@dataclass(frozen=True)
class Labels:
    """A key with those of its labels that are asked for, and the tokens that say so."""

    key: str
    values: tuple[str, ...]
    said: frozenset[int]
    without: bool = False  # what bears one of them is left out

    @property
    def filters(self) -> tuple[MetadataFilter, ...]:
        """Each of the labels, as what bears it."""
        return tuple(MetadataFilter(self.key, value, absent=self.without) for value in self.values)


def labelled(asked: Asked) -> Plan | Refusal | None:
    """The figures of what bears the labels that are named, each by itself; None where none is."""
    labels_kept = asked.names.labels or asked.names.for_whom
    if asked.intent.measure not in _MEASURES or not labels_kept or (asked.key and asked.key.of):
        return None
    if asked.key is not None and _is_measured(asked.key, asked):
        return None
    said, labels = asked.said, asked.said.labels
    found = () if labels else labels_in(asked)
    labels = labels or tuple(each for one_key in found for each in one_key.filters)
    if why_not := only_of_what_paid(labels, asked):
        return why_not
    if all(each.absent for each in labels) or said.unknown:
        return None
    others = scope(replace(said, phrases=without_labels(said.phrases, found)), asked.intent, asked.names)
    weighed = asked.intent.compare or asked.has(r"\b(?:vs|versus|against|compared (?:to|with))\b")
    if others.clarify or (weighed and len(others.subjects) > 1 and said.labels):
        return None  # "van: fuel vs upkeep": sides that all bear the label
    if why_not := paid_apart(labels, others.filters.accounts, asked) or unkept(asked):
        return why_not
    filters = others.filters if others.filters.accounts else replace(others.filters, roots=_roots(labels, asked))
    filters = bounded(replace(filters, metadata=labels), asked)
    plan = Plan(
        asked.intent.measure or Measure.SUM,
        filters,
        happened(asked),
        group_by=asked.intent.group_by if asked.said.labels else (),
        account_depth=asked.intent.account_depth,
        reading=(*others.reading, *(f"{key} = {', '.join(values)}" for key, values in _by_key(labels).items())),
    )
    several = next((one_key for one_key in filters.under_keys if len(one_key) > 1), ())
    if several and plan.measure is not Measure.LIST and not asked.has(_TOGETHER):
        shared = tuple(each for each in labels if each not in several)
        sides = (Variant(each.value or "", replace(filters, metadata=(*shared, each)), Period()) for each in several)
        groups = tuple(each for each in plan.group_by if each in TIME_GROUPINGS)
        return replace(plan, filters=replace(filters, metadata=shared), group_by=groups, compare=tuple(sides))
    return ordered(plan, asked)


def _is_measured(key: Key, asked: Asked) -> bool:
    """As in "how many km did the van do", "hours on the attic": what is kept of it, and neither money nor entries."""
    if counts_key(asked.said.text, asked.names):
        return True
    return of_numbers(key.name, asked.names) and measured_key(asked.said, asked.names) == key


def without_labels(phrases: Sequence[Phrase], found: Sequence[Labels]) -> tuple[Phrase, ...]:
    """The names beside the labels, without everyday words, which say nothing there."""
    places = {at for labels in found for at in labels.said}
    values = {fold(value) for labels in found for value in labels.values}
    if not found:
        return tuple(phrases)
    beside = (each for each in phrases if places.isdisjoint(_within(each)) and fold(each.words) not in values)
    return tuple(each for each in beside if not _is_plain(each.words) or _is_account(each))


def _by_key(labels: Sequence[MetadataFilter]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in (label for label in labels if not label.absent):
        found.setdefault(each.key, []).append(each.value or "whatever it is")
    return found


def _is_account(phrase: Phrase) -> bool:
    """As in "hours on the lantern project", where hours are an account: it is what is asked about."""
    return phrase.best.kind == "account" and phrase.best.how == "exact"


def _is_plain(words: str) -> bool:
    """Whether they are everyday words, that say nothing beside a label ("the old card 3318", "wants stuff")."""
    known = lexicon()
    return all(word in known.weak | known.ordinary for word in fold(words).split())


def labels_in(asked: Asked) -> tuple[Labels, ...]:
    """The labels named side by side, beside their key, or where nothing else is called so.

    Of several keys where labels of each are named: "what did Bo spend on the Rome trip".
    """
    tokens = tokenize(asked.said.text)
    every = asked.names.labels
    found = [Labels(*each, without=True) for each in labels_without(tokens, asked)]
    out = {at for labels in found for at in labels.said}
    by = done_by(tokens, asked)
    persons = Labels(*by) if by else _persons(tokens, asked)
    found += [persons] if persons and out.isdisjoint(persons.said) else []
    free = _free(tokens, asked)
    for key, values in every.items():
        left = [
            at
            for at in range(len(tokens))
            if (at in free or _is_beside(at, key, tokens, asked)) and not any(at in labels.said for labels in found)
        ]
        whole = _in_full(values, tokens, asked, {at for labels in found for at in labels.said})
        spelt = {at for places in whole.values() for at in places}
        named = [(at, value) for at in left if at not in spelt for value in values if says_label(tokens[at], value)]
        named += [(at, value) for value, places in whole.items() for at in (places[0], places[-1])]
        chosen = [pair for pair in named if pair[0] in spelt or _is_meant(pair, named, key, tokens, asked)]
        if chosen:
            words = spelt | {at for at, _ in chosen} | {at for at in free if tokens[at].stem in name_stems(key)}
            told = dict.fromkeys(value for _, value in sorted(chosen))
            found.append(Labels(key, tuple(told), frozenset(words)))
    found += _told_by_texts(tokens, asked, {at for labels in found for at in labels.said})
    positive = any(not labels.without for labels in found)
    one = None if positive else _described(tokens, free, asked) or _of_words(tokens, asked)
    if one is None and not positive and (seldom := rare(tokens, asked)):
        one = Labels(*seldom)
    found += [one] if one and out.isdisjoint(one.said) else []
    keys = {labels.key for labels in found if not labels.without}  # "for the van, not the trailer": it is out anyway
    beside = {labels.key: labels.said for labels in found if labels.without}
    kept = (labels for labels in found if not (labels.without and labels.key in keys))
    return tuple(replace(labels, said=labels.said | beside.get(labels.key, frozenset())) for labels in kept)


def _in_full(
    values: Sequence[str], tokens: Sequence[Token], asked: Asked, taken: Iterable[int]
) -> dict[str, tuple[int, ...]]:
    """The labels of several words that are said in full, with where: "cargo bike", whatever "bikes" are besides.

    Not where all these words are a name for something else.
    """
    dated = [(each.start, each.end) for each in asked.said.periods]
    gone = {at for each in asked.said.excluded for at in _within(each)}.union(taken)
    gone |= {at for at, each in enumerate(tokens) if any(one < each.end and each.start < two for one, two in dated)}
    names = [each for each in asked.said.phrases if each.best.how == "exact" and not each.weak]
    found: dict[str, tuple[int, ...]] = {}
    for value in sorted(values, key=lambda each: -len(name_stems(each))):
        words = name_stems(value)
        for at in range(len(tokens) - len(words) + 1) if len(words) > 1 else ():
            run = range(at, at + len(words))
            said = tuple(tokens[place].stem for place in run) == words and gone.isdisjoint(run)
            if said and not any(set(run) <= set(_within(each)) for each in names):
                found[value] = tuple(run)
                gone.update(run)
                break
    return found


def _of_words(tokens: Sequence[Token], asked: Asked) -> Labels | None:
    """As in "repairs for duplex-up", "Siobhan's rent" of Siobhan McVeigh: labels that are, or begin with, what is said.

    What else is named has entries that bear them; the words are no name by themselves, or but a part of a payee's.
    """
    sayable = _sayable(tokens, asked)
    for length, key in ((length, key) for length in range(_MOST_WORDS, 0, -1) for key in asked.names.labels):
        for at in range(len(tokens) - length + 1):
            run = range(at, at + length)
            if not sayable.issuperset(run) or _is_everyday(tokens[at]):
                continue
            said = tuple(stem(_OWNING.sub("", tokens[place].fold)) for place in run)
            values = tuple(
                each
                for each in asked.names.labels[key]
                if name_stems(each)[:length] == said
                and "," not in each
                and not (_is_count(each) or _is_only_a_payee(key, each, asked))
            )
            others = [each for each in asked.said.phrases if not set(run) & set(_within(each)) and not each.weak]
            accounts = tuple(name for each in others if each.best.kind == "account" for name in each.best.values)
            texts = _texts(others, asked)
            about = Filters(accounts=accounts, mentions=() if accounts else texts)
            if values and (accounts or not texts) and asked.names.booked.bears(key, about, values):
                return Labels(key, values, frozenset(run))
    return None


def _is_only_a_payee(key: str, value: str, asked: Asked) -> bool:
    """As of a client who stands under a key of each invoice, and pays as a payee: of whom only the payee is the whole.

    True where all that bears the value is of the payee called just so, and more is.
    """
    ((bearing, own, both),) = asked.names.index.query(
        "WITH own AS (SELECT entry_id FROM entries WHERE type = 'transaction' AND payee = ?),"
        " bearing AS (SELECT DISTINCT entry_id FROM metadata JOIN entries e USING (entry_id)"
        " WHERE e.type = 'transaction' AND key = ? AND value = ?)"
        " SELECT (SELECT count(*) FROM bearing), (SELECT count(*) FROM own),"
        " (SELECT count(*) FROM own WHERE entry_id IN (FROM bearing))",
        [value, key, value],
    )
    return bool(bearing == both < own)


def _is_count(value: str) -> bool:
    """Whether it is a number so small that it may be said of anything: a label only beside the word for its key."""
    return value.isdigit() and len(value) < _SHORT - 1


def _sayable(tokens: Sequence[Token], asked: Asked) -> frozenset[int]:
    """The tokens that name nothing, or a part of one payee's name or of what entries say; or what only holds money.

    A word for an account that holds money names that too, unless what is spent or earned is named beside it.
    """
    free = set(_free(tokens, asked))
    flows = (Root.INCOME, Root.EXPENSES)
    moved = [each for each in asked.said.phrases if _accounts(each) and of_roots(asked.names, _accounts(each), flows)]
    for each in asked.said.phrases:
        whole = each.end - each.start == 1
        in_part = each.best.kind in {"payee", "narration"} and each.best.how == "words"
        held = _accounts(each) and not of_roots(asked.names, _accounts(each), flows) and moved
        if (whole and in_part) or held:
            free |= set(_within(each))
    free -= {at for each in moved if not each.weak for at in _within(each)}  # "phone bills", of `contact: "phone"`
    lost = {fold(word) for words in (*asked.said.unknown, *asked.said.unread) for word in words.split()}
    named = {at for each in (*asked.said.phrases, *asked.said.excluded) for at in _within(each)}
    return frozenset(at for at in free if at in named or tokens[at].fold in lost or len(tokens[at].fold) < _SHORT)


def _accounts(phrase: Phrase) -> tuple[str, ...]:
    return phrase.best.values if phrase.best.kind == "account" else ()


def _told_by_texts(tokens: Sequence[Token], asked: Asked, taken: set[int]) -> list[Labels]:
    """As in "materials for lantern" for `project: "lantern"`, where narrations say the word, too: "Invoice 7 lantern".

    Only where nearly all entries of those narrations bear the label, and others do, too.
    """
    found: list[Labels] = []
    for phrase in asked.said.phrases:
        if phrase.best.kind != "narration" or not taken.isdisjoint(_within(phrase)):
            continue
        for key, values in asked.names.labels.items():
            value = next((each for each in values if stems(each) == stems(phrase.words)), None)
            if value is not None and _covers(key, value, phrase, asked):
                words = {at for at, token in enumerate(tokens) if token.stem in name_stems(key)}
                found.append(Labels(key, (value,), frozenset({*_within(phrase), *words})))
                break
    return found


_NEARLY_ALL: Final = 0.8


def _covers(key: str, value: str, phrase: Phrase, asked: Asked) -> bool:
    rows = asked.names.index.query(
        "WITH own AS (SELECT entry_id FROM entries WHERE type = 'transaction' AND narration IN (SELECT unnest(?))),"
        " bearing AS (SELECT DISTINCT entry_id FROM metadata WHERE key = ? AND value = ?)"
        " SELECT (SELECT count(*) FROM own), (SELECT count(*) FROM bearing),"
        " (SELECT count(*) FROM own WHERE entry_id IN (FROM bearing))",
        [list(phrase.best.values), key, value],
    )
    ((own, bearing, both),) = rows
    return bool(bearing > own and both >= _NEARLY_ALL * own)


def _described(tokens: Sequence[Token], free: Sequence[int], asked: Asked) -> Labels | None:
    """As in "a rainy day at the stall" for `weather: "rain"`: what else is named has entries that bear the label.

    Only a word in another form of it, which else is at most a part of some name ("rainy" of RainyDay).
    """
    places = [*free, *(at for each in asked.said.phrases if _are_such_days(each, asked) for at in _within(each))]
    for key, values in asked.names.labels.items():
        for at in places:
            label = next((value for value in values if _inflects(tokens[at].fold, fold(value))), None)
            others = [each for each in asked.said.phrases if at not in _within(each) and not each.weak]
            accounts = tuple(name for each in others if each.best.kind == "account" for name in each.best.values)
            if label and accounts and asked.names.booked.bears(key, Filters(accounts=accounts), (label,)):
                return Labels(key, (label,), frozenset({at}))
    return None


def _are_such_days(phrase: Phrase, asked: Asked) -> bool:
    """As in "on rainy days", which are not the account for a rainy day."""
    held = (Root.ASSETS, Root.LIABILITIES)
    accounts = phrase.best.values if phrase.best.kind == "account" else ()
    days = re.search(r" (?:days|mornings|afternoons|evenings|nights|weekends)$", fold(phrase.words))
    return bool(days and accounts) and of_roots(asked.names, accounts, held) == accounts


def _within(phrase: Phrase) -> range:
    return range(phrase.start, phrase.end)


_FORMS: Final = compiled(r"(?:ied|ies|ier|y|ed|ing|e|s)$")
_DOUBLED: Final = compiled(r"([b-df-hj-np-tv-z])\1$")
_SHORTEST: Final = 3


def _inflects(said: str, value: str) -> bool:
    """Whether both are forms of one word.

    >>> _inflects("rainy", "rain"), _inflects("sunny", "sun"), _inflects("rained", "dry")
    (True, True, False)
    """
    one, two = (_DOUBLED.sub(r"\1", _FORMS.sub("", word)) for word in (said, value))
    return one == two and len(one) >= _SHORTEST and said != value and said.isalpha()


def _persons(tokens: Sequence[Token], asked: Asked) -> Labels | None:
    """As in "prescriptions for Ana": whom entries of what else is named were for, whatever else is called so."""
    text = asked.said.text
    left_out = {at for each in asked.said.excluded for at in range(each.start, each.end)}
    for key, values in asked.names.for_whom.items():
        named = [
            (at, value)
            for at, token in enumerate(tokens)
            for value in values
            if says_label(token, value) or _OWNING.sub("", token.fold) == fold(value)
        ]
        places = frozenset(at for at, _ in named if not _owns_occasion(at, tokens, asked)) - left_out
        led = any(_WHOSE.search(fold(text[: tokens[at].start])) or _OWNING.search(tokens[at].fold) for at in places)
        beside = any(_JOINED.fullmatch(text[tokens[one].end : tokens[two].start]) for one in places for two in places)
        others = [each for each in asked.said.phrases if not places & set(range(each.start, each.end))]
        accounts = tuple(
            name for each in others if each.best.kind == "account" and not each.weak for name in each.best.values
        )
        chosen = tuple(dict.fromkeys(value for at, value in named if at in places))
        given = bool(places) and all(_is_given(at, tokens, asked) for at in places)
        if ((led or beside) and accounts) or given:
            about = Filters(accounts=accounts, mentions=() if accounts else _texts(others, asked))
            if asked.names.booked.bears(key, about, chosen):
                return Labels(key, chosen, places)
    return None


def _owns_occasion(at: int, tokens: Sequence[Token], asked: Asked) -> bool:
    """As in "Hamish's wedding", which is a tag: whose occasion it was, and not for whom each thing."""
    tagged = [each for each in asked.said.phrases if each.start == at + 1 and _is_tag(each, asked)]
    given = any(re.match(_A_THING, fold(asked.said.text[tokens[each.end - 1].end :])) for each in tagged)
    return bool(tagged) and not given and bool(_OWNING.search(tokens[at].fold))


_A_THING: Final = r" (?:presents?|gifts?|cards?|flowers|outfit|treat|things?)\b"


def _is_tag(phrase: Phrase, asked: Asked) -> bool:
    return any(tag in asked.scope.filters.tags for each in phrase.options if each.kind == "tag" for tag in each.values)


_GIVEN: Final = compiled(r"\b(?:bought|buy|treat(?:ed)?|spen[dt](?: \w+)? on)(?: for)? (?:the |our |my )?$")
_HANDED: Final = compiled(r"\b(?:g[ai]ven?|giving|g[eo]t)(?: for)? (?:the |our |my )?$")
_A_PRESENT: Final = r"\b(?:presents?|gifts?|birthday|christmas|xmas|easter|wedding|anniversary)\b"


def _is_given(at: int, tokens: Sequence[Token], asked: Asked) -> bool:
    """As in "what did I spend on mum", "what did I give her": what was bought for a person, and no money lent."""
    before = fold(asked.said.text[: tokens[at].start])
    if asked.intent.measure is Measure.AVERAGE or asked.has(r"\b(?:pa(?:id|y)|lent|lend|ow(?:e|es|ed|ing))\b"):
        return False
    owing = any(
        each.of_kind("account") for each in asked.said.phrases if at in range(each.start, each.end)
    )  # who may have been given money
    handed = _HANDED.search(before) and (not owing or asked.has(_A_PRESENT))
    after = fold(asked.said.text[tokens[at].end :])
    theirs = _OWNING.search(tokens[at].fold) and re.match(r"(?: \w+){0,2} (?:presents?|gifts?)\b", after)
    return bool(_GIVEN.search(before) or handed or theirs)


def _texts(phrases: Sequence[Phrase], asked: Asked) -> tuple[Mention, ...]:
    """What else is named of payees and narrations, and is no occasion."""
    texts = ((each, each.of_kind("payee", "narration")) for each in phrases if not _is_tag(each, asked))
    return tuple(mention_of(each, text) for each, text in texts if text)


def _free(tokens: Sequence[Token], asked: Asked) -> list[int]:
    """The tokens that are no part of a time, nor of a name that is surely something else's."""
    dated = [(each.start, each.end) for each in asked.said.periods]
    named = {
        at
        for each in (*asked.said.phrases, *asked.said.excluded)
        if each.best.score >= PAYEE_PART and not each.weak
        for at in range(each.start, each.end)
    }
    return [
        at
        for at, token in enumerate(tokens)
        if at not in named and not any(start < token.end and token.start < end for start, end in dated)
    ]


def says_label(token: Token, value: str) -> bool:
    """Whether the word is the label, or a form of it."""
    return fold(value) in {token.fold, token.stem} or stem(fold(value)) == token.stem


def _is_meant(
    pair: tuple[int, str], named: Sequence[tuple[int, str]], key: str, tokens: Sequence[Token], asked: Asked
) -> bool:
    at, value = pair
    text = fold(asked.said.text) if len(fold(asked.said.text)) == len(asked.said.text) else asked.said.text

    def between(one: int, two: int) -> str:
        first, second = min(one, two), max(one, two)
        return text[tokens[first].end : tokens[second].start]

    others = [place for place, label in named if label != value]
    if any(_JOINED.fullmatch(between(at, other)) for other in others):
        versus = any(re.search(r"\b(?:v|vs|versus|against)\b", between(at, other)) for other in others)
        everyday = all(tokens[place].fold in lexicon().grammar for place in (at, *others))
        return versus or len(others) > 1 or not everyday  # "what I need and want" names no labels
    if _is_beside(at, key, tokens, asked):
        return True
    if _is_count(value):
        return False  # "the 3 dearest shops", where a stay is of `nights: 3`
    lost = any(fold(each) == tokens[at].fold for each in (*asked.said.unknown, *asked.said.unread))
    elsewhere = any(at in _within(each) for each in (*asked.said.phrases, *asked.said.excluded))
    return lost or (tokens[at].fold == fold(value) and not elsewhere and not _is_everyday(tokens[at]))


def _is_beside(at: int, key: str, tokens: Sequence[Token], asked: Asked) -> bool:
    """As in "the Arran trip", "trip to Arran": a label beside the word for its key, whatever else is called so."""
    places = [place for place, token in enumerate(tokens) if (token.stem,) == name_stems(key) and place != at]
    if fold(key) in lexicon().grammar:  # "for Ana", and not "Ben and Ana for each year"
        places = [place for place in places if place < at]
    pairs = ((min(at, place), max(at, place)) for place in places)
    text = asked.said.text
    return any(_BESIDE_KEY.fullmatch(fold(text[tokens[one].end : tokens[two].start])) for one, two in pairs)


def _is_everyday(token: Token) -> bool:
    """Whether a sentence may hold the word for other ends: "need", "work", but no "shed"."""
    known = lexicon()
    return token.fold in known.grammar or not {token.fold, token.stem}.isdisjoint(known.weak | known.ordinary)


def _roots(labels: Sequence[MetadataFilter], asked: Asked) -> tuple[Root, ...]:
    """What the labels are borne by: spending (or income, where that is asked for), else the accounts that paid."""
    key = labels[0].key
    values = [each.value for each in labels if each.key == key and each.value]
    rows = asked.names.index.query(
        "SELECT DISTINCT p.root FROM postings p JOIN metadata m ON m.entry_id = p.entry_id"
        " WHERE m.key = ? AND (m.value IN (SELECT unnest(?)) OR ?)"
        " AND (m.posting_id IS NULL OR m.posting_id = p.posting_id)",
        [key, values, not values],
    )
    roots = {Root(root) for (root,) in rows}
    rules = asked.said.by_rules or asked.intent  # "who paid more, Bo or Ann" takes nothing in
    wanted = Root.INCOME if "income" == rules.flow == asked.intent.flow else Root.EXPENSES
    if wanted is Root.EXPENSES and Root.INCOME in roots and wanted not in roots:
        return (Root.INCOME,)  # what a tenant paid: the account that it went to is no part of the sum
    return (wanted,) if wanted in roots else tuple(sorted(roots))
