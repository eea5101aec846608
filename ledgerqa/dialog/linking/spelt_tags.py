"""Tags spelt out as words ("the new year party 2024" for #new-year-2024), and tags preferred to accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.booked import at_or_below
from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.linking.links import EXACT_TAG, Link, Phrase
from ledgerqa.patterns import compiled
from ledgerqa.records import Filters, Grouping, Measure, Mention, Root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

Place = tuple[int, int]

_OCCASION: Final = frozenset(
    "party trip holiday weekend do visit tour meal dinner fest feier fete fiesta bash celebration".split()
)
_BY_TAG: Final = compiled(r"\b(?:going |judging |told |according )?(?:by|to) (?:the |its )?(?:[\w-]+ )?tag\b")
_LIKE: Final = 3  # letters that a word and a tag begin with alike


def spelt_tags(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Tags of several words, common ones all of them, that stand in a row before the word for an occasion.

    Or by themselves, where only a noun can stand and nothing goes on: "what did the open days cost" for #open-day.
    """
    said = [each.stem for each in tokens]
    idle = lexicon().grammar | lexicon().weak | lexicon().ordinary
    found = []
    for tag in vocabulary.tags:
        parts = [part for part in name_stems(tag) if not part.isdigit()]
        years = [part for part in name_stems(tag) if part.isdigit()]
        if len(parts) < 2 or not all(part in idle or f"{part}s" in idle for part in parts):
            continue
        if not all(year in said for year in years):
            continue
        for at in range(len(said) - len(parts) + 1):
            after = at + len(parts)
            if said[at:after] != parts:
                continue
            if after < len(said) and said[after] in _OCCASION:
                words = " ".join(each.text for each in tokens[at : after + 1])
                found.append(Phrase(at, after + 1, words, (Link("tag", (tag,), EXACT_TAG, "exact"),)))
            elif _stands_alone(at, after, tokens) and not _is_else(parts, vocabulary):
                words = " ".join(each.text for each in tokens[at:after])
                found.append(Phrase(at, after, words, (Link("tag", (tag,), EXACT_TAG, "exact"),)))
    return found


_TIMES: Final = frozenset({"year", "month", "quarter", "week"})  # "since the new year" is a time
_LEADS: Final = frozenset("the a an our my both all these those each every last latest first two three".split())


def _is_else(parts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the words name a time, or an account, before they do a tag."""
    called = vocabulary.by_stem.get(parts[0], ())
    return not _TIMES.isdisjoint(parts) or any(each.leaf == tuple(parts) for each in called)


def _stands_alone(start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Whether a determiner leads the words, and neither another noun nor a joined word goes on with them."""
    led = start == 0 or not _LEADS.isdisjoint((tokens[start - 1].fold, tokens[start].fold))
    follows = tokens[end].fold if end < len(tokens) else ""
    known = lexicon()
    return led and (not follows or follows.isdigit() or follows in known.grammar or follows in known.weak)


def tags_said(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Tags of several words that are all said, in any order and form: "visiting Ilse" for #visit-ilse-2024.

    "Badlands road trip" says #roadtrip-badlands-2024 in full, so that "road" is no other name.
    """
    found: list[Phrase] = []
    idle = lexicon().grammar | lexicon().weak | lexicon().ordinary
    saying = _saying(tokens)
    for words, tags in vocabulary.tags_of_words.items():
        if all(word in idle or f"{word}s" in idle for word in words):
            continue  # "on new year's eve" is no #new-year-2024
        places = _places(words, tokens, saying)
        if places is None or any(_overlaps(each, places) for each in found):
            continue
        start, end = places
        written = " ".join(token.text for token in tokens[start:end])
        found.append(Phrase(start, end, written, (Link("tag", tags, EXACT_TAG, "exact"),)))
    return found


def _places(words: Sequence[str], tokens: Sequence[Token], saying: Mapping[str, Sequence[Place]]) -> Place | None:
    """From where to where all the words stand, with nothing but grammar between; None where they do not."""
    held: set[int] = set()
    for word in words:
        found = (*saying.get(word, ()), *(saying.get(_base(word), ()) if len(word) > _LIKE else ()))
        at = next((range(*each) for each in found if held.isdisjoint(range(*each))), None)
        if at is None:
            return None
        held |= set(at)
    start, end = min(held), max(held) + 1
    between = (tokens[at] for at in range(start, end) if at not in held)
    return (start, end) if all(each.fold in lexicon().grammar for each in between) else None


def _saying(tokens: Sequence[Token]) -> dict[str, list[Place]]:
    """Where each word is said: by one token in any form of it, or by two that run together as it."""
    found: dict[str, list[Place]] = defaultdict(list)
    for at, token in enumerate(tokens):
        for form in dict.fromkeys((token.stem, _base(token.fold))):
            found[form].append((at, at + 1))
        if at + 1 < len(tokens):
            found[token.fold + tokens[at + 1].stem].append((at, at + 2))
    return found


def _base(word: str) -> str:
    """What visit, visits, visited and visiting share."""
    return _FORM.sub("", word)


_FORM: Final = compiled(r"(?:ing|ed|e|s)$")


def _overlaps(phrase: Phrase, places: tuple[int, int]) -> bool:
    return phrase.start < places[1] and places[0] < phrase.end


def occasion_of(text: Link, phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "what did the week in the lakes cost", where the entry that says so bears #lakes-2025: the whole of it."""
    if text.kind != "narration" or text.how != "exact" or phrase.best is not text:
        return None
    spoken = set(name_stems(phrase.words))
    tags = [
        tag for tag in vocabulary.tags if (parts := _words_of(tag)) and parts < set(name_stems(tag)) and parts <= spoken
    ]
    for tag in tags:
        ((without, every),) = vocabulary.index.query(
            "SELECT count(*) FILTER (entry_id NOT IN (SELECT entry_id FROM tags WHERE tag = ?)), count(*)"
            " FROM entries WHERE narration IN (SELECT unnest(?))",
            [tag, list(text.values)],
        )
        if every and not without:
            return Link("tag", (tag,), EXACT_TAG, "words")
    return None


def is_dated_so(tag: Link, phrase: Phrase, folded: str) -> bool:
    """As in "brisa 2023, all in?" for #brisa-2023: with the year beside it, more of a tag than of a longer payee."""
    year = re.search(rf"\b{re.escape(fold(phrase.words))} ((?:19|20)\d\d)\b", folded)
    if year is None or phrase.best.how == "exact" or phrase.best.kind not in {"payee", "narration"}:
        return False
    return any(set(name_stems(value)) == {*name_stems(phrase.words), year[1]} for value in tag.values)


def _words_of(tag: str) -> set[str]:
    """The stems of a dated tag without its date."""
    return {part for part in name_stems(tag) if not part.isdigit()}


_COSTS: Final = frozenset({Measure.SUM, Measure.LIST, Measure.COUNT, None})


@dataclass(frozen=True)
class _Overlap:
    """Postings to expenses: on the account and under the tag, on the account alone (with other tags), the tag alone."""

    both: int
    account_alone: int
    otherwise_tagged: int
    tag_alone: int


def _overlap(account: Link, tag: Link, vocabulary: Vocabulary) -> _Overlap:
    below, names = at_or_below(account.values)
    (counts,) = vocabulary.index.query(
        "WITH bearing AS (SELECT entry_id FROM tags WHERE tag IN (SELECT unnest(?))),"
        f" flows AS (SELECT {below} AS own, entry_id IN (FROM bearing) AS borne,"
        " entry_id IN (SELECT entry_id FROM tags) AS tagged FROM postings WHERE root = 'expenses')"
        " SELECT count(*) FILTER (own AND borne), count(*) FILTER (own AND NOT borne),"
        " count(*) FILTER (own AND NOT borne AND tagged), count(*) FILTER (borne AND NOT own) FROM flows",
        [list(tag.values), *names],
    )
    return _Overlap(*counts)


def _is_part_of(account: Link, tag: Link, vocabulary: Vocabulary) -> bool:
    """As in "what did the wedding cost", where all on Expenses:Wedding bears #wedding, as trains do."""
    if account.how != "exact":
        return False
    found = _overlap(account, tag, vocabulary)
    return bool(found.both and found.tag_alone and not found.account_alone)


def rather_account(phrase: Phrase, vocabulary: Vocabulary) -> Link | None:
    """As in "what did the cats cost", where #cats is on some of what is spent on Expenses:Pets and on nothing else.

    Where other tags are on the rest, the tags tell what is whose.
    """
    account = phrase.of_kind("account")
    if phrase.best.kind != "tag" or account is None:
        return None
    found = _overlap(account, phrase.best, vocabulary)
    parted = found.tag_alone or found.otherwise_tagged
    return account if found.both and found.account_alone and not parted else None


def rather_tag(tag: Link, phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> bool:
    """As in "mudanza, by account": one account without any below cannot be told by account, its tag can.

    And as in "what did I spend during Erasmus", where whoever is called so only ever paid us: all that bears the tag.
    """
    account = phrase.of_kind("account")
    if tag.how == "exact" and intent.flow in {None, "spend"} and _only_paid_us(phrase, tag, intent, vocabulary):
        return True
    if tag.how == "exact" and account and intent.measure in _COSTS and _is_part_of(account, tag, vocabulary):
        return True
    if tag.how != "exact" or Grouping.ACCOUNT not in intent.group_by or account is None:
        return False
    return not any(each.name.startswith(f"{name}:") for name in account.values for each in vocabulary.accounts)


_FROM: Final = compiled(r"\b(?:from|by|did|does|has|have)(?: the)? $")


def _only_paid_us(phrase: Phrase, tag: Link, intent: Intent, vocabulary: Vocabulary) -> bool:
    """Whether the payee of that name is on no expense, and entries with the tag are."""
    payee, booked = phrase.best, vocabulary.booked
    if payee.kind != "payee" or intent.measure not in _COSTS or (intent.flow is None and _FROM.search(phrase.lead)):
        return False
    moved = booked.roots_touched(Filters(mentions=(Mention(phrase.words, payees=payee.values),)))
    return Root.EXPENSES not in moved and Root.EXPENSES in booked.roots_touched(Filters(tags=tag.values))


def told_by_tag(chosen: list[tuple[Phrase, Link]], folded: str) -> list[tuple[Phrase, Link]]:
    """As in "what did moving cost, going by the move tag": the tag says it, and its like is no account beside it."""
    tags = [name for _, option in chosen if option.kind == "tag" for name in option.values]
    if not tags or not _BY_TAG.search(folded):
        return chosen

    def alike(phrase: Phrase) -> bool:
        return any(fold(phrase.words)[:_LIKE] == tag.lower()[:_LIKE] for tag in tags)

    return [each for each in chosen if each[1].kind == "tag" or not alike(each[0])]
