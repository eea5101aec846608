"""From the words of a question to the names of the ledger.

Every run of words is compared with accounts (at each level), tags, currencies, payees and narrations: exactly, by
stems, by spelling, and through the synonym groups.  Scores rank the ways: exact > all words > stem > spelling >
synonym; accounts stand before payees, payees before narrations, where all else is equal.  The runs that together
explain most of the question are kept, each with all its options, for the planner to choose among.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from ledgerqa.dialog.lexicon import lexicon
from ledgerqa.dialog.words import Token, fold, is_unspaced, name_stems, root, squash, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledgerqa.dialog.vocabulary import Account, Text, Vocabulary
    from ledgerqa.records import Root

Kind = Literal["account", "root", "payee", "narration", "tag", "link", "currency"]

LONGEST_PHRASE = 7
MOST_LISTED = 40  # distinct texts that a mention names one by one; beyond that it is a pattern
SHORTEST_FUZZY = 5
LEAST_SPELLING = 80.0
LEAST_SIMILAR = 0.9
SHORTEST_PREFIX = 4
SHORTEST_SKELETON = 5
SHORTEST_INSIDE = 7  # letters of a run of words that may stand inside a longer component

EXACT_ACCOUNT = 1.0
EXACT_PAYEE = 0.995
EXACT_TAG = 0.99
EXACT_CURRENCY = 0.985
EXACT_NARRATION = 0.79  # below a synonym account: "eating out" is the category, not the entries that say no more
PAYEE_START = 0.90
ACCOUNT_ROOT = 0.88
PAYEE_PART = 0.86
ACCOUNT_PART = 0.84
SYNONYM = 0.80
SYNONYM_PART = 0.62
COVERED = 0.58
NARRATION_PART = 0.72
SCATTERED = 0.66
SPELLING = 0.80
SQUASHED_PREFIX = 0.85
SKELETON = 0.74


@dataclass(frozen=True)
class Link:
    """One way to understand some words: which names of the ledger they are, and how surely (0 to 1)."""

    kind: Kind
    values: tuple[str, ...]
    score: float
    how: Literal["exact", "words", "stem", "spelling", "synonym", "covers"]


@dataclass(frozen=True)
class Phrase:
    """Words of the question (token indices `start` to `end`, exclusive) and what they may name, best first."""

    start: int
    end: int
    words: str
    options: tuple[Link, ...]
    weak: bool = False
    weight: float = 0.0
    lead: str = ""  # the folded words just before it
    capitalised: bool = False

    @property
    def best(self) -> Link:
        """The likeliest reading."""
        return self.options[0]

    def of_kind(self, *kinds: Kind) -> Link | None:
        """The likeliest reading of one of these kinds."""
        return next((option for option in self.options if option.kind in kinds), None)


@dataclass(frozen=True)
class Linked:
    """The phrases that name something, and the tokens that ought to but do not."""

    phrases: tuple[Phrase, ...]
    unknown: tuple[int, ...] = ()


@dataclass
class _Search:
    """One question being linked."""

    tokens: Sequence[Token]
    text: str
    free: Sequence[bool]
    vocabulary: Vocabulary
    texts: dict[str, list[Text]]
    squashed: dict[str, list[Text]]


def link(text: str, tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary) -> Linked:
    """Link the tokens that are `free` (not taken by a period, an amount or the like)."""
    explicit = _explicit(text, tokens, vocabulary)
    taken = {index for phrase in explicit for index in range(phrase.start, phrase.end)}
    open_to = [each and index not in taken for index, each in enumerate(free)]
    search = _search(text, tokens, open_to, vocabulary)
    found = [phrase for start, end in _spans(search) if (phrase := _phrase(search, start, end))]
    chosen = [*explicit, *_cover(found, len(tokens))]
    covered = {index for phrase in chosen for index in range(phrase.start, phrase.end)}
    chosen += _respelt(search, [index for index, each in enumerate(open_to) if each and index not in covered])
    covered = {index for phrase in chosen for index in range(phrase.start, phrase.end)}
    unknown = tuple(
        index for index, each in enumerate(open_to) if each and index not in covered and _is_content(tokens[index])
    )
    return Linked(tuple(sorted(chosen, key=lambda phrase: phrase.start)), unknown)


# --------------------------------------------------------------------------------------- names written in full

_FULL_NAME = re.compile(r"[^\s,;?!\"'()]+(?::[^\s,;?!\"'():]+)+|[#^][\w\-/.]+\w|\"[^\"]+\"|“[^”]+”")


def _explicit(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Accounts, tags and links in Beancount's own spelling, and names in quotation marks."""
    found: list[Phrase] = []
    if re.search(r"\blinks?\b|\blinked\b", fold(text)):
        found += _link_names(text, tokens, vocabulary)
    for match in _FULL_NAME.finditer(text):
        option = _written_out(match.group().rstrip("."), vocabulary)
        inside = [
            index for index, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end()
        ]
        if option and inside:
            found.append(Phrase(inside[0], inside[-1] + 1, match.group().strip('"“”'), (option,)))
    return found


def _link_names(text: str, tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Words that are spelt as a link of the ledger."""
    written = {match.group().lower(): match for match in re.finditer(r"[\w./-]*\w", text) if len(match.group()) > 2}
    found = []
    for name in vocabulary.links(list(written)):
        match = written[name.lower()]
        inside = [
            index for index, token in enumerate(tokens) if match.start() <= token.start and token.end <= match.end()
        ]
        if inside:
            found.append(
                Phrase(inside[0], inside[-1] + 1, match.group(), (Link("link", (name,), EXACT_ACCOUNT, "exact"),))
            )
    return found


def _written_out(written: str, vocabulary: Vocabulary) -> Link | None:
    if written.startswith("#"):
        tags = tuple(tag for tag in vocabulary.tags if fold(tag) == fold(written[1:]))
        return Link("tag", tags, EXACT_ACCOUNT, "exact") if tags else None
    if written.startswith("^"):
        links = tuple(vocabulary.links([written[1:].lower()]))
        return Link("link", links, EXACT_ACCOUNT, "exact") if links else None
    if written[0] in '"“':
        inner = written[1:-1]
        texts = [each for each in vocabulary.texts([inner]) if fold(each.value) == fold(inner)]
        kinds = {each.kind for each in texts}
        for kind in ("payee", "narration"):
            if kind in kinds:
                return _text_link([each for each in texts if each.kind == kind], EXACT_ACCOUNT, "exact")
        return None
    accounts = tuple(name for name in vocabulary.by_name if fold(name) == fold(written))
    return Link("account", accounts, EXACT_ACCOUNT, "exact") if accounts else None


# ---------------------------------------------------------------------------------------------- runs of words


def _search(text: str, tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary) -> _Search:
    found = vocabulary.texts(_needles(tokens, free))
    by_stem: dict[str, list[Text]] = defaultdict(list)
    by_squashed: dict[str, list[Text]] = defaultdict(list)
    for each in found:
        by_squashed[each.squashed].append(each)
        for word in dict.fromkeys(each.stems):
            by_stem[word].append(each)
    return _Search(tokens, text, free, vocabulary, by_stem, by_squashed)


def _needles(tokens: Sequence[Token], free: Sequence[bool]) -> Iterator[str]:
    """What to look for in payees and narrations: content words, and pairs of them written together."""
    words = lexicon()
    for index, token in enumerate(tokens):
        if not free[index]:
            continue
        content = token.fold not in words.grammar
        if content and (len(token.stem) > 2 or token.unspaced or token.text.isupper()):
            yield root(token.stem)
        for group in words.groups_of((token.stem,)) if content and token.fold not in words.weak else ():
            yield from _translations(group)


def _translations(group: str) -> list[str]:
    """Single words of other scripts in a group: what payees and narrations in them would hold."""
    return [
        phrase[0]
        for phrase, groups in lexicon().groups.items()
        if group in groups and len(phrase) == 1 and not phrase[0].isascii()
    ]


def _spans(search: _Search) -> Iterator[tuple[int, int]]:
    """Runs of free tokens that begin and end with content (or are long enough to be a whole narration)."""
    count = len(search.tokens)
    for start in range(count):
        if not search.free[start]:
            continue
        for end in range(start + 1, min(start + LONGEST_PHRASE, count) + 1):
            if not search.free[end - 1] or (end - start > 1 and _parted(search, end - 2)):
                break
            yield start, end


def _parted(search: _Search, index: int) -> bool:
    """Whether punctuation stands between this token and the next that no name goes across."""
    between = search.text[search.tokens[index].end : search.tokens[index + 1].start]
    return any(mark in between for mark in ",;?!()\n") or ". " in between


def _is_content(token: Token) -> bool:
    return token.fold not in lexicon().grammar


def _phrase(search: _Search, start: int, end: int) -> Phrase | None:
    tokens = search.tokens[start:end]
    content = [token for token in tokens if _is_content(token)]
    edges = _is_content(tokens[0]) and _is_content(tokens[-1])
    if not content:
        return None
    words = tuple(token.stem for token in tokens)
    written = search.text[tokens[0].start : tokens[-1].end]
    options: list[Link] = []
    if edges:
        options += _accounts(search.vocabulary, words, written)
        options += _tags(search.vocabulary, tokens)
        options += _currencies(search.vocabulary, words, written)
        options += _roots(search.vocabulary, tokens)
    elif len(tokens) > 1 and lexicon().groups_of(words):
        options += _by_synonym(search.vocabulary, words)  # "eating out", "keeping the lights on"
    options += _texts(search, words, written, whole_only=not edges)
    if not options:
        return None
    best: dict[tuple[Kind, tuple[str, ...]], Link] = {}
    for option in sorted(options, key=lambda each: -each.score):
        best.setdefault((option.kind, option.values), option)
    faint = sum(_is_faint(token) for token in content)
    first = next(iter(best.values()))
    if len(tokens) > 1 and (first.how == "synonym" or first.kind == "currency"):
        faint = 0  # a phrase that is a name although its words are everyday ones: "eating out", "world equity fund"
    inner = (
        0.5 * (len(tokens) - len(content))
        if first.how in {"exact", "synonym"} or first.kind in {"payee", "narration", "tag"}
        else 0.0
    )
    said, score = len(content) - 0.65 * faint + inner, first.score
    return Phrase(start, end, written, tuple(best.values()), faint == len(content), score * (1.25 * said - 0.25))


def _is_faint(token: Token) -> bool:
    """Whether the word is so common, or so short, that it seldom is a name."""
    words = lexicon()
    return (
        token.fold in words.weak
        or token.fold in words.ordinary
        or token.text.isdigit()
        or (len(token.text) == 1 and token.text.isascii())
    )


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


# -------------------------------------------------------------------------------------------------- accounts


def _accounts(vocabulary: Vocabulary, words: tuple[str, ...], written: str) -> list[Link]:
    if words == ("us",) and written != "US":
        return []
    found: dict[str, float] = {}
    _by_words(vocabulary, words, found)
    _by_squash(vocabulary, written, found)
    how: Literal["exact", "words"] = "exact" if max(found.values(), default=0) >= EXACT_ACCOUNT else "words"
    options = _tiers(vocabulary, found, how)
    options += _by_family(vocabulary, words)
    options += _by_synonym(vocabulary, words)
    return options


def _by_words(vocabulary: Vocabulary, words: tuple[str, ...], found: dict[str, float]) -> None:
    """Accounts whose path holds every word, one of them at least in the last component."""
    wanted = set(words)
    rarest = min(wanted, key=lambda word: len(vocabulary.by_stem.get(word, ())))
    for account in vocabulary.by_stem.get(rarest, ()):
        hit = wanted.intersection(account.leaf)
        if hit and wanted <= account.path:
            found[account.name] = EXACT_ACCOUNT if len(hit) == len(set(account.leaf)) else ACCOUNT_PART
    if len(words) == 1 and is_unspaced(words[0]):
        for account in vocabulary.accounts:
            if account.name not in found and words[0] in "".join(account.leaf):
                found[account.name] = ACCOUNT_PART


def _by_squash(vocabulary: Vocabulary, written: str, found: dict[str, float]) -> None:
    """ "pay pal" for PayPal, "homedepot" for Home-Depot."""
    joined = squash(written)
    for form in {joined, stem(joined)}:
        for account in vocabulary.by_squashed.get(form, ()):
            found[account.name] = EXACT_ACCOUNT
    if len(joined) >= SHORTEST_INSIDE:
        for component, accounts in vocabulary.by_squashed.items():
            if joined in component:
                for account in accounts:
                    found.setdefault(account.name, ACCOUNT_PART)


def _tiers(vocabulary: Vocabulary, found: dict[str, float], how: Literal["exact", "words", "synonym"]) -> list[Link]:
    """The accounts found as one option for each score, subtrees for the accounts inside them."""
    options: list[Link] = []
    for score in sorted(set(found.values()), reverse=True):
        names = [name for name, each in found.items() if each >= score]
        options.append(Link("account", _topmost(vocabulary, names), score, how))
    return options


def _topmost(vocabulary: Vocabulary, names: Iterable[str]) -> tuple[str, ...]:
    accounts = [vocabulary.by_name[name] for name in names]
    return tuple(
        sorted(
            each.name
            for each in accounts
            if not any(each.within(other) and each.name != other.name for other in accounts)
        )
    )


def _by_family(vocabulary: Vocabulary, words: tuple[str, ...]) -> list[Link]:
    """Accounts whose last component shares the roots of all words ("photographer": Photography)."""
    roots = {root(word) for word in words}
    if not any(len(each) >= SHORTEST_FUZZY for each in roots):
        return []
    names = [
        account.name
        for account in vocabulary.accounts
        if roots == {root(part) for part in account.leaf} and set(words) != set(account.leaf)
    ]
    return [Link("account", _topmost(vocabulary, names), ACCOUNT_ROOT, "stem")] if names else []


def _by_synonym(vocabulary: Vocabulary, words: tuple[str, ...]) -> list[Link]:
    known = lexicon()
    groups = known.groups_of(words)
    whole = {account.name for group in groups for account in vocabulary.by_group.get(group, ((), ()))[0]}
    partly = {account.name for group in groups for account in vocabulary.by_group.get(group, ((), ()))[1]}
    if not whole and len(words) == 2:
        whole = _by_two_words(vocabulary, words)
    if whole:
        return [Link("account", _topmost(vocabulary, whole), SYNONYM, "synonym")]
    if partly:
        return [Link("account", _topmost(vocabulary, partly), SYNONYM_PART, "synonym")]
    narrower = {inner for group in groups for inner in known.covers.get(group, ())}
    covered = {account.name for group in narrower for account in vocabulary.by_group.get(group, ((), ()))[0]}
    return [Link("account", _topmost(vocabulary, covered), COVERED, "covers")] if covered else []


def _by_two_words(vocabulary: Vocabulary, words: tuple[str, ...]) -> set[str]:
    """ "dental cover" for Teeth:Insurance: one word means the last component, the other one above it."""
    known = lexicon()
    found: set[str] = set()
    for leaf, above in ((words[1], words[0]), (words[0], words[1])):
        groups, over = known.groups_of((leaf,)), known.groups_of((above,))
        leaves = {each.name for group in groups for each in vocabulary.by_group.get(group, ((), ()))[0]}
        leaves |= {each.name for each in vocabulary.by_stem.get(leaf, ()) if each.leaf == (leaf,)}
        tops = {each.name for group in over for each in vocabulary.by_group.get(group, ((), ()))[0]}
        tops |= {each.name for each in vocabulary.by_stem.get(above, ()) if above in each.leaf}
        found |= {name for name in leaves if any(name.startswith(f"{top}:") for top in tops)}
    return found


def _roots(vocabulary: Vocabulary, tokens: Sequence[Token]) -> list[Link]:
    """The ledger's own name of a root, where it is not an English word anyway."""
    if len(tokens) != 1 or tokens[0].fold in lexicon().weak:
        return []
    of = vocabulary.root_words.get(tokens[0].fold)
    return [Link("root", (of.value,), EXACT_ACCOUNT, "exact")] if of else []


# ------------------------------------------------------------------------------------------ tags, currencies


def _tags(vocabulary: Vocabulary, tokens: Sequence[Token]) -> list[Link]:
    words = [token.stem for token in tokens if _is_content(token)]
    exact = tuple(tag for tag in vocabulary.tags if squash(tag) == squash("".join(token.text for token in tokens)))
    if exact:
        return [Link("tag", exact, EXACT_TAG, "exact")]
    if all(word in lexicon().weak for word in words) and not {"trip"} & set(words):
        return []
    partial = tuple(tag for tag in vocabulary.tags if _tag_holds(name_stems(tag), words, tokens))
    score = PAYEE_START if partial and len(words) > 1 else PAYEE_PART
    return [Link("tag", partial, score, "words")] if partial else []


def _tag_holds(parts: tuple[str, ...], words: Sequence[str], tokens: Sequence[Token]) -> bool:
    if set(words) <= set(parts):
        return True
    initials = "".join(part[0] for part in parts if part.isalpha())
    return len(tokens) == 1 and tokens[0].text.isupper() and len(tokens[0].text) > 1 and tokens[0].fold in initials


def _currencies(vocabulary: Vocabulary, words: tuple[str, ...], written: str) -> list[Link]:
    known = vocabulary.commodities
    if written in known or (written.upper() in known and len(written) > 2 and fold(written) not in _everyday()):
        return [Link("currency", (written if written in known else written.upper(),), EXACT_CURRENCY, "exact")]
    begun = tuple(
        code
        for code in known
        if len(code) > 3 and len(words) == 1 and words[0].startswith(fold(code)) and words[0].isalpha()
    )
    if begun:
        return [Link("currency", begun[:1], EXACT_TAG - 0.16, "stem")]
    named = tuple(code for code, each in known.items() if each.name and squash(each.name) == squash(written))
    if named:
        return [Link("currency", named, EXACT_CURRENCY, "exact")]
    codes = tuple(code for code in lexicon().currencies.get(words, ()) if code in known)
    if codes:
        return [Link("currency", _operating_first(vocabulary, codes), SYNONYM + 0.03, "synonym")]
    wanted = set(words)
    partial = tuple(
        code
        for code, each in known.items()
        if each.name and not each.operating and wanted <= set(name_stems(each.name))
    )
    everyday = any(word in _everyday() for word in words)
    if partial and len(wanted) > 1:
        return [Link("currency", partial, PAYEE_PART, "words")]
    return [Link("currency", partial, NARRATION_PART, "words")] if partial and not everyday else []


def _operating_first(vocabulary: Vocabulary, codes: Sequence[str]) -> tuple[str, ...]:
    """Of several "dollars" those that the ledger runs on; else all of them."""
    main = tuple(code for code in codes if code in vocabulary.operating)
    return main or tuple(codes)


def _everyday() -> frozenset[str]:
    words = lexicon()
    return words.grammar | words.weak | words.ordinary


# ---------------------------------------------------------------------------------------- payees, narrations


def _texts(search: _Search, words: tuple[str, ...], written: str, *, whole_only: bool) -> list[Link]:
    options: list[Link] = []
    joined = squash(written)
    exact = search.squashed.get(joined, []) + [
        each for each in search.squashed.get(stem(joined), []) if stem(joined) != joined
    ]
    for kind, score in (("payee", EXACT_PAYEE), ("narration", EXACT_NARRATION)):
        if same := [each for each in exact if each.kind == kind]:
            options.append(_text_link(same, score, "exact"))
    if whole_only:
        return options
    holding = _holding(search, words)
    for kind, start_score, part_score in (
        ("payee", PAYEE_START, PAYEE_PART),
        ("narration", NARRATION_PART + 0.02, NARRATION_PART),
    ):
        texts = [each for each in holding if each.kind == kind]
        options += _graded(texts, words, joined, start_score, part_score)
    if not options:
        options += _abbreviated(search, words, joined)
    return options


def _holding(search: _Search, words: tuple[str, ...]) -> list[Text]:
    """The texts that hold every word (those of scripts without spaces: that contain it)."""
    rarest = min(words, key=lambda word: len(search.texts.get(word, ())))
    if is_unspaced(rarest) or any(is_unspaced(word) for word in words):
        pool = {id(each): each for texts in search.squashed.values() for each in texts}.values()
        return [each for each in pool if all(squash(word) in each.squashed for word in words)]
    wanted = set(words)
    return [each for each in search.texts.get(rarest, ()) if wanted.issubset(each.stems)]


def _graded(
    texts: Sequence[Text], words: tuple[str, ...], joined: str, start_score: float, part_score: float
) -> list[Link]:
    """One option for the texts that begin with the words, one for those that hold them in a row, one for the rest."""
    if not texts:
        return []
    starting = [each for each in texts if each.stems[: len(words)] == words or each.squashed.startswith(joined)]
    inside = [each for each in texts if _in_a_row(each.stems, words)] or [
        each for each in texts if joined in each.squashed
    ]
    if inside and len(starting) == len(inside):
        return [_text_link(inside, start_score, "words")]
    if inside:
        return [_text_link(inside, part_score, "words")]
    return [_text_link(texts, SCATTERED if len(words) > 1 else part_score, "words")]


def _in_a_row(stems: tuple[str, ...], words: tuple[str, ...]) -> bool:
    length = len(words)
    return any(stems[at : at + length] == words for at in range(len(stems) - length + 1))


def _abbreviated(search: _Search, words: tuple[str, ...], joined: str) -> list[Link]:
    """As banks write: run together ("HOMEDEPOT.COM"), or without vowels ("WHOLEFDS")."""
    if any(word in _everyday() for word in words) or len(joined) < SHORTEST_PREFIX or not joined.isascii():
        return []
    pool = [each for texts in search.squashed.values() for each in texts]
    found = [each for each in pool if each.squashed.startswith(joined)]
    if not found and len(joined) > SHORTEST_SKELETON:
        found = [each for each in pool if joined in each.squashed]
    if found:
        return _by_kind(found, SQUASHED_PREFIX, "stem")
    bones = _skeleton(joined)
    if len(bones) >= SHORTEST_SKELETON and len(words) > 1:
        found = [
            each for each in pool if _skeleton(each.squashed).startswith(bones) and each.squashed[:3] == joined[:3]
        ]
    return _by_kind(found, SKELETON, "spelling") if found else []


def _by_kind(texts: Sequence[Text], score: float, how: Literal["stem", "spelling", "synonym"]) -> list[Link]:
    options = []
    for kind, less in (("payee", 0.0), ("narration", 0.12)):
        if same := [each for each in texts if each.kind == kind]:
            options.append(_text_link(same, score - less, how))
    return options


def _skeleton(squashed: str) -> str:
    return squashed[:1] + "".join(letter for letter in squashed[1:] if letter not in "aeiou")


def _text_link(
    texts: Sequence[Text], score: float, how: Literal["exact", "words", "stem", "spelling", "synonym"]
) -> Link:
    values = dict.fromkeys(each.value for each in sorted(texts, key=lambda each: -each.count))
    return Link(texts[0].kind, tuple(values), score, how)


# -------------------------------------------------------------------------------------------------- spelling


def _respelt(search: _Search, rest: Sequence[int]) -> list[Phrase]:
    """Unlinked words that are nearly a name of the ledger, or nearly a word of a synonym group."""
    found: list[Phrase] = []
    for at, index in enumerate(rest):
        token = search.tokens[index]
        if len(token.stem) < SHORTEST_FUZZY or not _is_content(token) or token.fold in _everyday() or token.unspaced:
            continue
        follows = rest[at + 1] if at + 1 < len(rest) and rest[at + 1] == index + 1 else None
        phrase = _misspelt_pair(search, index) if follows is not None else None
        phrase = phrase or _misspelt(search, index)
        if phrase and not any(each.end > phrase.start for each in found):
            found.append(phrase)
    return found


def _misspelt(search: _Search, index: int) -> Phrase | None:
    token = search.tokens[index]
    options: list[Link] = []
    near = _nearest(token.stem, search.vocabulary.by_stem)
    if near:
        for option in _accounts(search.vocabulary, (near[0],), near[0]):
            options.append(replace(option, score=min(option.score, SPELLING) * near[1], how="spelling"))
    meant = _nearest(token.stem, _group_words())
    if meant and not (near and near[1] >= meant[1]):
        options += [
            replace(each, score=each.score * meant[1], how="spelling")
            for each in _accounts(search.vocabulary, (meant[0],), meant[0])
        ]
    options += _similar(search, token.text)
    options.sort(key=lambda option: -option.score)
    return Phrase(index, index + 1, token.text, tuple(options)) if options else None


def _misspelt_pair(search: _Search, index: int) -> Phrase | None:
    written = search.text[search.tokens[index].start : search.tokens[index + 1].end]
    options = _similar(search, written)
    return Phrase(index, index + 2, written, tuple(options)) if options else None


def _similar(search: _Search, written: str) -> list[Link]:
    """Payees spelt nearly so, as a whole or in one of their words."""
    texts = search.vocabulary.similar_texts(written, LEAST_SIMILAR)
    folded = fold(written)
    scored = [
        (max([fuzz.ratio(folded, fold(each.value)), *(fuzz.ratio(folded, word) for word in each.stems)]), each)
        for each in texts
    ]
    scored = [pair for pair in scored if pair[0] >= LEAST_SPELLING]
    if not scored:
        return []
    top = max(score for score, _ in scored)
    return [_text_link([each for score, each in scored if score >= top - 1], SPELLING * top / 100, "spelling")]


def _nearest(word: str, choices: Iterable[str]) -> tuple[str, float] | None:
    """The choice spelt most like a word that begins alike, with its likeness (0 to 1)."""
    alike: list[str] = [each for each in choices if each[:1] == word[:1] and abs(len(each) - len(word)) < 3]
    scorer: Callable[..., float] = fuzz.ratio
    best = process.extractOne(word, alike, scorer=scorer, score_cutoff=LEAST_SPELLING)
    return (best[0], best[1] / 100) if best else None


def _group_words() -> list[str]:
    return [phrase[0] for phrase in lexicon().groups if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_FUZZY]


# --------------------------------------------------------------------------------------- for the planner's use


def text_pattern(words: str) -> str:
    """A pattern for payees and narrations that hold these words in a row, whatever stands between them."""
    parts = [re.escape(part) for part in re.findall(r"\w+", words)]
    return "[^0-9A-Za-z]*".join(parts)


def narrowed(vocabulary: Vocabulary, first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The accounts that lie within one of the first and one of the second ("ETrade", "cash": ETrade:Cash)."""
    names = vocabulary.by_name
    pairs = [(names[one], names[two]) for one in first for two in second if one in names and two in names]
    inner = [one.name if one.within(two) else two.name for one, two in pairs if one.within(two) or two.within(one)]
    return tuple(dict.fromkeys(inner))


def of_roots(vocabulary: Vocabulary, names: Iterable[str], roots: Iterable[Root]) -> tuple[str, ...]:
    """Those of the accounts that belong to one of the roots."""
    wanted = set(roots)
    return tuple(name for name in names if name in vocabulary.by_name and vocabulary.by_name[name].root in wanted)


def account_of(vocabulary: Vocabulary, name: str) -> Account | None:
    """The account of this name."""
    return vocabulary.by_name.get(name)
