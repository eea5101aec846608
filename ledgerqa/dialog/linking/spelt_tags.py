"""Tags spelt out as words ("the new year party 2024" for #new-year-2024), and tags preferred to accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ledgerqa.dialog.language.lexicon import lexicon
from ledgerqa.dialog.language.words import fold, name_stems
from ledgerqa.dialog.linking.links import EXACT_TAG, Link, Phrase
from ledgerqa.records import Grouping, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledgerqa.dialog.intent.intents import Intent
    from ledgerqa.dialog.language.vocabulary import Vocabulary
    from ledgerqa.dialog.language.words import Token

Place = tuple[int, int]

_OCCASION: Final = frozenset(
    "party trip holiday weekend do visit tour meal dinner fest feier fete fiesta bash celebration".split()
)
_BY_TAG: Final = re.compile(r"\b(?:going |judging |told |according )?(?:by|to) (?:the |its )?(?:[\w-]+ )?tag\b")
_LIKE: Final = 3  # letters that a word and a tag begin with alike


def spelt_tags(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Phrase]:
    """Tags of several words, common ones all of them, that stand in a row before the word for an occasion."""
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
        for at in range(len(said) - len(parts)):
            after = at + len(parts)
            if said[at:after] == parts and said[after] in _OCCASION:
                words = " ".join(each.text for each in tokens[at : after + 1])
                found.append(Phrase(at, after + 1, words, (Link("tag", (tag,), EXACT_TAG, "exact"),)))
    return found


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


_FORM: Final = re.compile(r"(?:ing|ed|e|s)$")


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


def _is_part_of(account: Link, tag: Link, vocabulary: Vocabulary) -> bool:
    """As in "what did the wedding cost", where all on Expenses:Wedding bears #wedding, as trains do."""
    if account.how != "exact":
        return False
    ((inside, outside, more),) = vocabulary.index.query(
        "WITH bearing AS (SELECT entry_id FROM tags WHERE tag IN (SELECT unnest(?))),"
        " flows AS (SELECT account IN (SELECT unnest(?)) AS own, entry_id IN (SELECT entry_id FROM bearing) AS borne"
        " FROM postings WHERE root = 'expenses')"
        " SELECT count(*) FILTER (own AND borne), count(*) FILTER (own AND NOT borne),"
        " count(*) FILTER (borne AND NOT own) FROM flows",
        [list(tag.values), list(account.values)],
    )
    return bool(inside and more and not outside)


def rather_tag(tag: Link, phrase: Phrase, intent: Intent, vocabulary: Vocabulary) -> bool:
    """As in "mudanza, by account": one account without any below cannot be told by account, its tag can."""
    account = phrase.of_kind("account")
    if tag.how == "exact" and account and intent.measure in _COSTS and _is_part_of(account, tag, vocabulary):
        return True
    if tag.how != "exact" or Grouping.ACCOUNT not in intent.group_by or account is None:
        return False
    return not any(each.name.startswith(f"{name}:") for name in account.values for each in vocabulary.accounts)


def told_by_tag(chosen: list[tuple[Phrase, Link]], folded: str) -> list[tuple[Phrase, Link]]:
    """As in "what did moving cost, going by the move tag": the tag says it, and its like is no account beside it."""
    tags = [name for _, option in chosen if option.kind == "tag" for name in option.values]
    if not tags or not _BY_TAG.search(folded):
        return chosen

    def alike(phrase: Phrase) -> bool:
        return any(fold(phrase.words)[:_LIKE] == tag.lower()[:_LIKE] for tag in tags)

    return [each for each in chosen if each[1].kind == "tag" or not alike(each[0])]
