"""Words that stand nowhere in the ledger ("the dentist"), taken for the names that `candidates` finds nearest.

What is found is never mixed silently into an exact answer: it must stand clear of everything else that could be
meant, the plan bears `meaning`, and its reading says what the words were taken for and how near that is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from ledgerqa.dialog.language.called_otherwise import countries
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, stems
from ledgerqa.dialog.linking.candidates import LEAD, by_meaning
from ledgerqa.dialog.linking.candidates import meant as clear_candidate
from ledgerqa.dialog.linking.false_friends import is_false_friend
from ledgerqa.dialog.linking.kinds import FLOWS
from ledgerqa.dialog.linking.links import Link, Phrase, narrowed
from ledgerqa.patterns import compiled
from ledgerqa.records import Choice, Clarify, Measure, Root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledgerqa.backends.protocols import Encoder
    from ledgerqa.corpus import Index
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.linking.candidates import Candidate
    from ledgerqa.dialog.linking.said import Said


MOST_OFFERED = 3
MOST_ASKED = 6  # names among which one is to be chosen
LEAST_ASKED = 0.4  # the least score of the best of them: fainter ones are no choice, only the nearest there is
_TRADE = compiled(r"^[a-z]+(?:er|or|ist|ian|ant|man|woman|smith|wright|eon|vet|nurse|tutor|coach)s?$")
_AT = compiled(r"\bat ([\w'&-]+)")
_PAID_TO = compiled(
    r"\b(?:pa(?:y|id|ying)|owed?|gave|give|charged? by|bought (?:from|at)|payments? to)"
    r"(?: to)? (?P<name>[A-Z][\w'&-]+(?: [A-Z][\w'&-]+)+)"
)
_NAME = 4  # words of a name at most
# Groups of terms of bookkeeping and pay: nobody is called "VAT", however near a short name may be.
_TERMS = frozenset(
    "vat input_vat taxes withholding social_security salary bonus thirteenth_salary pension dividends interest"
    " capital_gains mortgage loan student_loan".split()
)


class Meaning(Protocol):
    """What some words may mean in one ledger, likeliest first; nothing where nothing is near."""

    def __call__(self, words: str) -> tuple[Candidate, ...]:
        """Search."""


def searcher(
    index: Index,
    encoder: Callable[[], Encoder | None],
    encoder_sha256: str,
    complete: Callable[[], None] | None = None,
) -> Meaning:
    """A search of `index`; it finds nothing where there are no vectors, and opens no encoder for them then.

    `complete` is called before each search, and may make the vectors that lack.
    """

    def search(words: str) -> tuple[Candidate, ...]:
        if encoder_sha256 and complete is not None:
            complete()
        if not encoder_sha256 or index.vectors("names", encoder_sha256) is None:
            return ()
        model = encoder()
        return () if model is None else by_meaning(words, index, model)

    return search


def meant(words: str, candidates: Sequence[Candidate], names: Vocabulary) -> tuple[Phrase, str] | None:
    """The words as a phrase that names the candidate that stands clear, and the note that says so."""
    candidate = clear_candidate(candidates)
    if candidate is None:
        return None
    link = link_of(candidate)
    if len(words.split()) > _NAME or _is_kind(words):  # "paying the card late", "dining out": nobody's name
        link = Link("account", (candidate.account,), candidate.score, "meaning")
    if link.kind != "account" and lexicon().groups_of(stems(words)) & _TERMS:
        return None
    if is_false_friend(words, candidate, link, names):
        return None
    note = f"“{words}” stands nowhere in the ledger; matched by meaning to {link.values[0]} ({candidate.score:.2f})"
    return Phrase(0, 1, words, (link,)), note


def is_somebody(words: str, text: str) -> bool:
    """As in "what did we pay Murphy Electrical": whom it names, and no kind of thing that is near to it.

    Two words with capitals after what was paid, or to whom, are a name.
    """
    named = _PAID_TO.search(text)
    return named is not None and set(named["name"].split()) <= set(words.split())


def adds_another(lost: str, near: Phrase, said: Said, names: Vocabulary) -> bool:
    """As in "computer repair", where repairs are booked: an account that is near to the first word is no part of them.

    What is said of the name right behind it narrows that, if anything; the two are not to be added up.
    """
    if near.best.kind != "account":
        return False
    behind = (each.best for each in said.phrases if f"{fold(lost)} {fold(each.words)}" in said.folded)
    accounts = [each.values for each in behind if each.kind == "account"]
    found = near.best.values
    return any(not narrowed(names, each, found) and not narrowed(names, found, each) for each in accounts)


def at_a_shop(said: Said, ordinary: Callable[[str], bool] | None) -> bool:
    """As in "what did I spend at screwfix": what follows "at" and is no word is a shop, and not what is near to it."""
    lost = {fold(each) for each in said.unknown}
    named = (found.group(1) for found in _AT.finditer(said.folded))
    strange = (each for each in named if each in lost and not lexicon().groups_of(stems(each)))
    return ordinary is not None and any(not ordinary(each) for each in strange)


_ARTICLE = compiled(r"\b(?:the|my|our|your|a|an|this|that|any|some|all|for|of) $", re.IGNORECASE)


def is_proper(said: Said) -> bool:
    """As in "what did I pay Marek": a capital inside a sentence of small letters writes a name, and no kind of thing.

    Unless an article stands before it ("the Porch"), or it is a word for a kind of spending ("Groceries").
    """
    words = re.findall(r"[^\W\d_]{2,}", said.text)[1:]
    if sum(each.islower() for each in words) * 2 < len(words):
        return False  # written in capitals throughout

    def names(word: str) -> bool:
        found = re.search(rf"\b{re.escape(word)}\b", said.text)
        led = said.text[: found.start()] if found else ""
        kind = lexicon().groups_of(stems(word))
        after = fold(said.text[found.end() :]) if found else ""
        tags = (fold(each.words) for each in said.phrases if each.best.kind == "tag")
        own = any(after.startswith(f" {each}") for each in tags)  # "the Turin fair", where other fairs are tagged
        written = word[:1].isupper() and not word.isupper() and bool(led)
        return written and not kind and (own or not _ARTICLE.search(led))

    return any(names(each) for each in (*said.unknown, *said.unread))


def heeded(meaning: Meaning | None, said: Said, ordinary: Callable[[str], bool] | None) -> Meaning | None:
    """The search as far as the lost words mean anything: none for somebody's name, nor from one odd name to another."""
    if meaning is None or at_a_shop(said, ordinary) or is_proper(said):
        return None
    if ordinary is None:
        return meaning

    def is_odd(words: str) -> bool:
        parts = re.findall(r"[^\W\d_]{2,}", fold(words))
        return bool(parts) and not any(ordinary(each) or lexicon().groups_of(stems(each)) for each in parts)

    def search(words: str) -> tuple[Candidate, ...]:
        found = meaning(words)
        near = link_of(found[0]) if found else None
        odd = near is not None and near.kind != "account" and is_odd(words) and is_odd(near.values[0])
        return () if odd else found  # "saoirse" is no Cais Velho, however alike the two are spelt

    return search


_SHARES = compiled(r"\b(?:shares?|stocks?|etfs?|price of)\b")
_CODE = compiled(r"[A-Z][A-Z0-9]{1,5}(?:\.[A-Z]{1,3})?")
_OWNER = frozenset({"owner", "owners", "owner's", "proprietor", "director", "directors"})
_WENT_TO = compiled(r"\b(?:in|to|from|around|through|across)(?: the)? $", re.IGNORECASE)
_CALLED = compiled(
    r"\b(?:called|named|by the name of|trading as|known as) (?P<a>[\w'&.-]+)"
    r"|\b(?P<b>[A-Z][\w'&.-]+) (?P<c>[A-Z][\w'&.-]+)\b"
)


def is_called(said: Said) -> bool:
    """As in "a company called Pemberton Coaches": words that are somebody's own name mean nobody else.

    Nor do the names of firms that everybody knows, the code of a share, or a country that somebody was in.
    """
    lost = set(said.unknown)
    priced = said.intent.measure in {Measure.PRICE, Measure.HOLDINGS} or _SHARES.search(said.folded)
    if lost and all(fold(each) in lexicon().owners | _OWNER and not _is_given(each, said) for each in lost):
        return True  # whoever keeps the books
    if any(fold(each) in lexicon().brands or (priced and _CODE.fullmatch(each)) for each in lost):
        return True
    if lost and all(stems(each) in countries() and _WENT_TO.search(said.text[: said.text.find(each)]) for each in lost):
        return True  # no airline, however near its flights
    found = ({each for each in match.groups() if each} for match in _CALLED.finditer(said.text))
    return any(words <= lost for words in found)


def _is_given(word: str, said: Said) -> bool:
    """As in "what did we give to charity", "charity in 2024": no article makes it one, so it keeps no books."""
    before = said.text[: max(0, said.text.find(word))]
    return not before.strip() or bool(re.search(r"\b(?:to|towards|for|on) $", before))


def _is_kind(words: str) -> bool:
    """Whether it is a word for a kind of spending, as in "eating", "snacks": the account is meant, and no one payee."""
    return bool(re.search(r"(?:ing|s)\b", words) and lexicon().groups_of(stems(words)))


def is_listed(lost: str, said: Said) -> bool:
    """As in "at the pub and eating out": one of several, of which another is called so; what is near narrows that."""
    gap = r"(?:(?:,| and| or|,? &)(?: (?:on|at|for|the|my|our|some|any))* |/)"
    named = (re.escape(fold(each.words)) for each in said.phrases)
    pairs = ((fold(lost), each) for each in named)
    return any(
        re.search(rf"\b{re.escape(one)}{gap}{other}\b|\b{other}{gap}{re.escape(one)}\b", said.folded)
        for one, other in pairs
    )


_WORTH = compiled(r"\b(?:market|current|total) value\b|\bvalue of\b|\b(?:is|are|was|were)\b.*\bworth\b")
_BACK = compiled(r"\b(?:back|refund\w*|return(?:ed|s)?)\b")


def going(candidates: tuple[Candidate, ...], said: Said, names: Vocabulary) -> tuple[Candidate, ...]:
    """Nothing where money is said to go the other way: what a "wedding" brought in is no hire of a marquee.

    Nor where a value is asked for, as of "the brokerage account", and what is near holds none; nor for "the Danish
    account", where what is near is no account that anything stands on.
    """
    if candidates and any(says_account(each, said) for each in (*said.unknown, *said.unread)):
        near = link_of(candidates[0])
        held = near.kind == "account" and names.by_name[candidates[0].account].root not in FLOWS
        candidates = candidates if held else ()
    flow = None if _BACK.search(said.folded) else said.intent.flow
    roots = {"income": Root.EXPENSES, "spend": Root.INCOME}
    best = names.by_name.get(candidates[0].account) if candidates else None
    if best is not None and best.root in FLOWS and _WORTH.search(said.folded):
        return ()
    return () if best is not None and best.root is roots.get(flow or "") else candidates


_ACCOUNT = r"\b{} (?:(?:bank|savings|current|joint) )?(?:accounts?|bank)\b"


def says_account(words: str, said: Said) -> bool:
    """Whether the words say which account, or which bank, is meant."""
    return re.search(_ACCOUNT.format(re.escape(fold(words))), said.folded) is not None


def offered(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Questions that name what the words may mean, where nothing stands clear."""
    names = dict.fromkeys(link_of(candidate).values[0] for candidate in candidates)
    return tuple(f'How much did I spend on "{name}"?' for name in list(names)[:MOST_OFFERED])


def asking_whom(text: str, words: str, candidates: Sequence[Candidate]) -> Clarify | None:
    """As in "what did we pay the plumber" where two might be one: which is meant; None where no trade is named so.

    Those are offered whose score, or whose nearest name, is about as good as the best.
    """
    if not _TRADE.match(words) or not re.search(
        rf"\b(?:the|my|our|a|an|that) {re.escape(words)}\b", text, re.IGNORECASE
    ):
        return None
    if not candidates or candidates[0].score < LEAST_ASKED:
        return None
    close = [each for each in candidates if candidates[0].score - each.score < LEAD]
    names = dict.fromkeys(name for each in close for name in _persons(each))
    if len(names) < 2:
        return None
    shown = list(names)[:MOST_ASKED]
    choices = tuple(Choice(name, _with_name(text, words, name)) for name in shown)
    return Clarify(f'Nothing is called "{words}"; which is meant: {", ".join(shown)}?', choices)


def _persons(candidate: Candidate) -> tuple[str, ...]:
    """Whom a candidate may mean: the payees whose names are near, else the one that its nearest text is of."""
    best = candidate.names[0].cosine if candidate.names else 0.0
    near = tuple(each.name for each in candidate.names if each.kind == "payee" and best - each.cosine < LEAD)
    return near or (candidate.payees[:1] if candidate.names and candidate.names[0].kind == "narration" else ())


def _with_name(text: str, words: str, name: str) -> str:
    return re.sub(rf"\b(?:the|my|our|a|an|that) {re.escape(words)}\b", f'"{name}"', text, count=1, flags=re.IGNORECASE)


def lost_words(said: Said) -> str:
    """The words of the question that found no name, in the order in which they stand there."""
    words = dict.fromkeys((*said.unknown, *said.unread))
    return " ".join(sorted(words, key=said.text.find))


def link_of(candidate: Candidate) -> Link:
    """The account; or where a payee or narration is nearer than it, whom or what that names."""
    nearest = candidate.names[0] if candidate.names else None
    if nearest is None or nearest.kind == "account":
        return Link("account", (candidate.account,), candidate.score, "meaning")
    if nearest.kind == "narration" and candidate.payees:
        return Link("payee", candidate.payees[:1], candidate.score, "meaning")
    return Link(nearest.kind, (nearest.name,), candidate.score, "meaning")
