"""Payees and narrations that a run of words may name, as written or as banks write."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz

from ledgerqa.dialog.language.called_otherwise import only_in_company
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.spelling import is_slip
from ledgerqa.dialog.language.words import fold, is_unspaced, root, squash, stem, unaccented
from ledgerqa.dialog.linking.links import (
    EXACT_NARRATION,
    EXACT_PAYEE,
    FAMILY,
    FAMILY_OF_PERSON,
    NARRATION_PART,
    PAYEE_PART,
    PAYEE_START,
    SCATTERED,
    SKELETON,
    SPELLING,
    SQUASHED_PREFIX,
    Link,
    everyday,
    is_content,
    is_faint,
    text_link,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledgerqa.dialog.language.texts import Text
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

LEAST_SPELLING = 80.0
LEAST_SIMILAR = 0.9
SHORTEST_PREFIX = 4
SHORTEST_SKELETON = 5
SHORTEST_ROOT = 5
_HOMES = frozenset({("house",), ("home",), ("flat",)})
_PERSONS = ("er", "or", "ist", "ian")
_COMPANY_FORMS = frozenset(
    "ab ag as bv co corp gmbh inc kg llc ltd limited ltda nv oy plc sa sarl sas sl spa srl".split()
)
SHORTEST_INITIALS = 3
LONGEST_INITIALS = 6
_JOINING = "and|of|the|for|in|at|de|du|des|la|le|les|el|y|e|et|der|die|das|und|van|von|di"
_ARTICLES = frozenset("the la le les el los il lo der die das de het".split())
_BACK = frozenset(stem(word) for word in "rebate refund refunded credit returned reimbursement grant back".split())
_GIVEN = frozenset(stem(word) for word in "taken took sent brought gave given paid money part partly".split())
SHORTEST_INSIDE = 7  # letters of a run of words that may stand inside a longer component


@dataclass
class Search:
    """One question being linked."""

    tokens: Sequence[Token]
    text: str
    free: Sequence[bool]
    vocabulary: Vocabulary
    texts: dict[str, list[Text]]
    squashed: dict[str, list[Text]]
    roots: dict[str, list[Text]]


def parted(search: Search, index: int) -> bool:
    """Whether punctuation stands between this token and the next that no name goes across."""
    between = search.text[search.tokens[index].end : search.tokens[index + 1].start]
    return any(mark in between for mark in ",;?!()\n") or ". " in between


def search_for(text: str, tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary) -> Search:
    """The payees and narrations that may hold what the free tokens say, read from the ledger once a question."""
    telling, everyday = _needles(tokens, free, vocabulary)
    found = vocabulary.texts([*telling, *everyday], telling)
    by_stem: dict[str, list[Text]] = defaultdict(list)
    by_squashed: dict[str, list[Text]] = defaultdict(list)
    by_root: dict[str, list[Text]] = defaultdict(list)
    for each in found:
        by_squashed[each.squashed].append(each)
        for word in dict.fromkeys(each.stems):
            by_stem[word].append(each)
        for word in {root(word) for word in each.stems}:
            by_root[word].append(each)
    return Search(tokens, text, free, vocabulary, by_stem, by_squashed, by_root)


def _needles(tokens: Sequence[Token], free: Sequence[bool], vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Patterns to look for in payees and narrations: content words by their roots, everyday ones apart."""
    everyday: list[str] = []
    telling: list[str] = []
    for token, open_to in zip(tokens, free, strict=True):
        if not open_to or not is_content(token):
            continue
        if len(token.stem) > 2 or token.unspaced or token.text.isupper() or _heads_a_payee(token, vocabulary):
            (everyday if is_faint(token) else telling).append(_needle(token))
    return telling, everyday


def _heads_a_payee(token: Token, vocabulary: Vocabulary) -> bool:
    """As in "bp" of "BP HILLSBRO SF CONNECT": what a payee is called, though short and typed small."""
    short = len(token.text) > 1 and token.text.isalnum() and not token.text.isdigit() and not is_faint(token)
    return short and any(each.kind == "payee" for each in vocabulary.texts([rf"^{re.escape(token.fold)}\b"]))


def _needle(token: Token) -> str:
    """A pattern for the word as banks may write it: "homedepot" also with separators inside."""
    word = unaccented(root(token.stem))
    if not token.text.isascii():
        return "|".join({re.escape(word).replace("ss", "(?:ss|ß)"), re.escape(token.text.lower())})
    if "ss" in word:
        return re.escape(word).replace("ss", "(?:ss|ß)")
    if len(word) < SHORTEST_INSIDE or token.unspaced or token.fold in lexicon().words:
        return re.escape(word)
    return "[^a-z0-9]?".join(map(re.escape, word))


def text_links(search: Search, words: tuple[str, ...], written: str, *, whole_only: bool) -> list[Link]:
    """Payees and narrations that bear the words, likeliest first; `whole_only`: those that say nothing else."""
    options: list[Link] = []
    joined = squash(written)
    exact = search.squashed.get(joined, []) + [
        each for each in search.squashed.get(stem(joined), []) if stem(joined) != joined
    ]
    for kind, score in (("payee", EXACT_PAYEE), ("narration", EXACT_NARRATION)):
        if same := [each for each in exact if each.kind == kind]:
            variants = _variants(search, words, same) if kind == "payee" else _with_more(search, words, joined)
            options.append(text_link([*same, *variants], score, "exact"))
    if whole_only:
        return options
    holding = _holding(search, words)
    if len(words) == 1 and (apart := [each for each in holding if only_in_company(words[0], each.stems)]):
        if len(apart) == len(holding):
            return options
        holding = [each for each in holding if each not in apart]
    at_home = words in _HOMES and written.islower()
    if at_home:  # "the house" is no hotel that is called so
        holding = [each for each in holding if each.kind != "payee"]
    for kind, start_score, part_score in (
        ("payee", PAYEE_START, PAYEE_PART),
        ("narration", NARRATION_PART + 0.02, NARRATION_PART),
    ):
        texts = [each for each in holding if each.kind == kind]
        options += _graded(texts, words, joined, start_score, part_score)
    if at_home:
        return options
    if not options:
        options += _abbreviated(search, words, joined)
    if not options:
        options += _of_one_family(search, words)
    return options or _by_initials(search, words, written)


def _with_more(search: Search, words: tuple[str, ...], joined: str) -> list[Text]:
    """Narrations that begin so and name more after a mark ("MOT, wipers"), or tell its return ("coat taken back")."""
    return [
        each
        for each in _holding(search, words)
        if each.kind == "narration"
        and each.squashed != joined
        and (squash(re.split(r"[,;:+&/(]", each.value)[0]) == joined or _came_back(each, words))
    ]


def _came_back(text: Text, words: tuple[str, ...]) -> bool:
    rest = text.stems[len(words) :]
    return text.stems[: len(words)] == words and bool(_BACK.intersection(rest)) and set(rest) <= _BACK | _GIVEN


def _variants(search: Search, words: tuple[str, ...], same: Sequence[Text]) -> list[Text]:
    """The same payee as banks write it: with a branch's number, in capitals, with a company's form, without article."""
    known = {each.value for each in same}
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    return [
        each
        for each in _holding(search, words)
        if each.kind == "payee"
        and each.value not in known
        and _in_a_row(each.stems, words)
        and _is_raw(each, words, capitals=not same[0].value.isupper())
    ]


def _is_raw(text: Text, words: tuple[str, ...], *, capitals: bool) -> bool:
    rest = [word for word in text.stems if word not in words and word not in _ARTICLES]
    return (
        (capitals and text.value.isupper())
        or all(any(letter.isdigit() for letter in word) or word in _COMPANY_FORMS for word in rest)
        or bool(re.search(r"[*#]|\d{3,}", text.value))
    )


def _of_one_family(search: Search, words: tuple[str, ...]) -> list[Link]:
    """Texts with words of the same roots: "the plumber" for "Halvorsen Plumbing"."""
    roots = {root(word) for word in words}
    if any(word in everyday() for word in words) or not all(len(each) >= SHORTEST_ROOT for each in roots):
        return []
    rarest = min(roots, key=lambda each: len(search.roots.get(each, ())))
    found = [each for each in search.roots.get(rarest, ()) if roots <= {root(word) for word in each.stems}]
    return _by_kind(found, FAMILY_OF_PERSON if words[-1].endswith(_PERSONS) else FAMILY, "stem")


def _holding(search: Search, words: tuple[str, ...]) -> list[Text]:
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
        return [text_link(inside, start_score, "words")]
    if inside:
        return [text_link(inside, part_score, "words")]
    if len(words) > 1 and any(word in lexicon().weak for word in words):
        return []  # "owes the house": an everyday word beside another, somewhere in the same entry
    return [text_link(texts, SCATTERED if len(words) > 1 else part_score, "words")]


def _in_a_row(stems: tuple[str, ...], words: tuple[str, ...]) -> bool:
    length = len(words)
    return any(stems[at : at + length] == words for at in range(len(stems) - length + 1))


def _abbreviated(search: Search, words: tuple[str, ...], joined: str) -> list[Link]:
    """As banks write: run together ("HOMEDEPOT.COM"), or without vowels ("WHOLEFDS")."""
    if any(word in everyday() for word in words) or len(joined) < SHORTEST_PREFIX or not joined.isascii():
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


def _by_initials(search: Search, words: tuple[str, ...], written: str) -> list[Link]:
    """As in "CRT" for "Canal & River Trust": the first letters of all words of a payee, in capitals."""
    if not (written.isalpha() and written.isupper() and SHORTEST_INITIALS <= len(written) <= LONGEST_INITIALS):
        return []
    if any(word in everyday() for word in words) or not written.isascii():
        return []
    parts = rf"(?:[^a-z0-9]+(?:{_JOINING}))*[^a-z0-9]+".join(rf"{letter}[a-z]*(?:['’]s)?" for letter in fold(written))
    forms = "|".join(sorted(_COMPANY_FORMS))
    found = search.vocabulary.texts([rf"^(?:the )?{parts}(?:[^a-z0-9]+(?:{forms}))?[^a-z0-9]*$"])
    payees = [each for each in found if each.kind == "payee"]
    return [text_link(payees, SQUASHED_PREFIX, "spelling")] if payees else []


def _by_kind(texts: Sequence[Text], score: float, how: Literal["stem", "spelling", "synonym"]) -> list[Link]:
    options = []
    for kind, less in (("payee", 0.0), ("narration", 0.12)):
        if same := [each for each in texts if each.kind == kind]:
            options.append(text_link(same, score - less, how))
    return options


def _skeleton(squashed: str) -> str:
    return squashed[:1] + "".join(letter for letter in squashed[1:] if letter not in "aeiou")


def similar_links(search: Search, written: str) -> list[Link]:
    """Payees spelt nearly so, as a whole or in one of their words."""
    texts = search.vocabulary.similar_texts(written, LEAST_SIMILAR)
    folded = fold(written)
    scored = [
        (
            max(fuzz.ratio(folded, name) if is_slip(folded, name) else 0.0 for name in (fold(each.value), *each.stems)),
            each,
        )
        for each in texts
    ]
    scored = [pair for pair in scored if pair[0] >= LEAST_SPELLING]
    if not scored:
        return []
    top = max(score for score, _ in scored)
    return [text_link([each for score, each in scored if score >= top - 1], SPELLING * top / 100, "spelling")]
